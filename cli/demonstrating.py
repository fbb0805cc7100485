"""``demo``: an invented district with a year behind it, to look at and to try things on."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from cli.demo import district
from cli.demo.telling import StoryClock, Teller, Told
from cli.demo.year import year
from cli.failure import Failure
from cli.progress import progress
from cli.serving import serve_at
from cli.session import Session, SessionOf
from ledger.credentials import Tokens
from ledger.database import normalise_url, open_database
from ledger.ledger import Ledger

SEED = 143
_TOKEN_DAYS = 30
_HOLDERS = ("D05", "A05", "S05", "F05", "P05", "G01", district.INSPECTOR)
"""Officers for whom tokens are issued: one unit's whole chain, the district office, the inspector."""
_ENTRIES_PUBLIC = "LEDGER_ENTRIES_PUBLIC"


def demo(
    *,
    session: SessionOf,
    seed: int = SEED,
    reset: Annotated[bool, Parameter(negative="")] = False,
    no_serve: Annotated[bool, Parameter(negative="")] = False,
    host: str = "127.0.0.1",
    port: int = 8000,
) -> None:
    """打开示范区:虚构的澄湾区和它的2025年。Open the demo district: invented Chengwan and its year 2025.

    首次运行经真实命令逐步建成(同一种子,同一年份),并显示几位人员的令牌;以后直接启动服务。
    The first run tells the year through the real commands (the same for the same seed) and shows tokens of a few
    officers; later runs serve what is there.

    :param seed: 种子;同一种子讲同一个故事。Seed of the story.
    :param reset: 重建示范区(只限SQLite上的示范区)。Tell it anew; only a demo district on SQLite.
    :param no_serve: 只建,不启动服务。Build it and do not serve.
    :param host: 监听地址。Address to listen on.
    :param port: 端口。Port.
    """
    if reset:
        _remove(session)
    if _stands(session):
        session.note(
            "示范区已在，直接使用。需要令牌：disclosure-ledger token issue --officer P05 --label demo",
            "The demo district is there already. For a token: disclosure-ledger token issue --officer P05 --label demo",
        )
    else:
        _build(session, seed)
    if not no_serve:
        session.note(f"示范区：http://{host}:{port}", f"The demo district: http://{host}:{port}")
        # An invented district has no drafts to protect: any C2SP verifier may read the whole log at /tlog.
        if not os.environ.get(f"{_ENTRIES_PUBLIC}_FILE"):
            os.environ.setdefault(_ENTRIES_PUBLIC, "1")
        serve_at(session, host, port, workers=1)


def _file_of(session: Session) -> Path | None:
    """The SQLite file, or None on PostgreSQL."""
    url = normalise_url(session.database_url)
    return Path(url.database or "").expanduser() if url.get_backend_name() == "sqlite" else None


def _stands(session: Session) -> bool:
    """Whether the demo district is there.  Raises Failure when another ledger is."""
    file = _file_of(session)
    if file is not None and not file.exists():
        return False
    database = open_database(session.database_url)
    try:
        with Ledger(database, session.ledger_name) as ledger:
            first = ledger.read(limit=1)
    finally:
        database.close()
    if not first:
        return False
    actor = first[0].actor
    if actor is None or actor.credential != district.CREDENTIAL:
        raise Failure(
            f"{session.shown_url}里已有一本不是示范区的台账。未作任何改动。请用--database另指一处。",
            f"{session.shown_url} holds a ledger that is not the demo's. Nothing was changed. Name another place with "
            "--database.",
        )
    return True


def _remove(session: Session) -> None:
    """Throw a demo district away; nothing but a demo, and nothing on a server."""
    file = _file_of(session)
    if file is None:
        raise Failure(
            "PostgreSQL上的台账不能由此程序清空。未作任何改动。请新建一个空数据库再运行。",
            "A ledger on PostgreSQL is not emptied by this program. Nothing was changed. Create an empty database "
            "and run demo there.",
        )
    if _stands(session):
        for path in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
            path.unlink(missing_ok=True)


def _build(session: Session, seed: int) -> None:
    """Tell the year; on SQLite into a file of its own, which takes its place when it is complete."""
    file = _file_of(session)
    building = session.database_url if file is None else str(file.with_name(f"{file.name}.building"))
    if file is not None:
        for path in (building, f"{building}-wal", f"{building}-shm"):
            Path(path).unlink(missing_ok=True)
        _set_aside(Path(f"{file}.signing"))
    told, tokens = _tell(session, building, seed)
    if file is not None:
        os.replace(building, file)  # noqa: PTH105 - building is the database's address too
    _report(session, seed, told, tokens)


def _set_aside(signing: Path) -> None:
    """Keep the keys and the last checkpoint of a demo that is gone: this one is another log, with keys of its own."""
    if signing.is_dir():
        number = sum(1 for _ in signing.parent.glob(f"{signing.name}.[0-9]*")) + 1
        signing.rename(signing.with_name(f"{signing.name}.{number}"))


def _tell(session: Session, address: str, seed: int) -> tuple[Told, dict[str, str]]:
    steps, clock = year(seed), StoryClock()
    database = open_database(address)
    try:
        with (
            Ledger(database, session.ledger_name, clock=clock, signing=session.signing) as ledger,
            progress(session, "示范区 · demo", len(steps)) as done,
        ):
            told = Teller(ledger, clock).tell(steps, done)
        issued = Tokens(database, session.clock)
        lifetime = timedelta(days=_TOKEN_DAYS)
        return told, {officer: issued.issue(officer, "demo", lifetime).text for officer in _HOLDERS}
    finally:
        database.close()


def _report(session: Session, seed: int, told: Told, tokens: dict[str, str]) -> None:
    if session.json:
        session.print_json({"seed": seed, "commands": told.steps, "refused": told.refused, "tokens": tokens})
        return
    session.note(
        f"{district.NAME_ZH}的2025年已建成：{told.steps}个命令，其中{told.refused}个被拒并留痕。令牌（只显示这一次）：",
        f"The year 2025 of {district.NAME_EN} stands: {told.steps} commands, {told.refused} of them refused and kept. "
        "Tokens (shown this once):",
    )
    for officer, token in tokens.items():
        post = district.acting(officer).post
        session.console.print(f"{officer:4} {post:20} {token}", markup=False, soft_wrap=True)
