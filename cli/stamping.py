"""``tlog stamp``: a foreign clock over the newest checkpoint, asked now, or on foot where there is no network."""

from datetime import timedelta
from pathlib import Path

from cli.checking import read_roots
from cli.failure import Failure, wrong_usage
from cli.session import Session, SessionOf
from cli.tiles import unsigned
from ledger import instants
from ledger.brackets import Stamp
from ledger.ledger import Ledger
from ledger.note import parse_note
from ledger.published import checkpoint_of
from ledger.stamping import Stamping, take_in
from ledger.timestamps import request_timestamp


def stamp(
    *,
    session: SessionOf,
    url: str | None = None,
    query: Path | None = None,
    answer: Path | None = None,
    authority: str | None = None,
    roots: Path | None = None,
) -> None:
    """给最新检查点加盖可信时间戳(RFC 3161)。Have the newest checkpoint stamped by a time-stamping authority.

    联网用--url;不联网先用--query写出请求文件,带到机构,再用--answer取回答复。
    With a network: --url.  Without: --query writes the request, --answer takes the authority's reply in later.

    :param url: 时间戳机构地址。The authority's address.
    :param query: 写出请求文件,不联网。Write the request to this file instead; no network.
    :param answer: 机构的答复文件。The authority's reply, to be taken in.
    :param authority: 随答复登记的机构名称。The name under which the reply is filed.
    :param roots: 机构的根证书(PEM);没有它不采信任何时间戳。Certificates that vouch for the authority.
    """
    if sum(one is not None for one in (url, query, answer)) != 1:
        raise wrong_usage("请在--url、--query、--answer中选一个。", "Name exactly one of --url, --query and --answer.")
    with session.open_ledger(signed=True) as ledger:
        if query is not None:
            _write_query(session, ledger, query)
        elif url is not None:
            _tell(session, _ask(session, ledger, url, roots))
        elif answer is not None:
            _tell(session, _take_in(ledger, answer, authority or "unnamed", roots))


def _write_query(session: Session, ledger: Ledger, file: Path) -> None:
    note = ledger.published.checkpoint()
    if note is None:
        raise unsigned()
    file.write_bytes(request_timestamp(parse_note(note).text).body)
    size = checkpoint_of(note).size
    if session.json:
        session.print_json({"query": str(file), "size": size})
        return
    session.console.print(f"{file}: 检查点 · checkpoint {size:,}", markup=False, soft_wrap=True)


def _ask(session: Session, ledger: Ledger, url: str, roots: Path | None) -> Stamp:
    _need_roots(roots)
    stamping = Stamping(ledger.published, url, read_roots(roots), session.clock, timedelta())
    if (found := stamping.run_once()) is None:
        raise Failure(
            "没有可加盖的检查点:还没有签过检查点,或最新的一个已由该机构加盖过。未作任何改动。",
            "There is nothing to stamp: no checkpoint was signed yet, or this authority has stamped the newest. Nothing "
            "was changed.",
        )
    return found


def _take_in(ledger: Ledger, file: Path, authority: str, roots: Path | None) -> Stamp:
    _need_roots(roots)
    return take_in(ledger.published, file.read_bytes(), authority, read_roots(roots))


def _need_roots(roots: Path | None) -> None:
    if roots is None:
        raise wrong_usage(
            "请用--roots给出机构的根证书(PEM);没有它不采信任何时间戳。",
            "Name the authority's root certificates (PEM) by --roots; without them no stamp is believed.",
        )


def _tell(session: Session, stamp: Stamp) -> None:
    if session.json:
        told = {"size": stamp.size, "authority": stamp.authority, "stamped_at": instants.to_text(stamp.stamped_at)}
        session.print_json(told)
        return
    session.console.print(
        f"前{stamp.size:,}条在{instants.to_text(stamp.stamped_at)}已存在({stamp.authority})",
        markup=False,
        soft_wrap=True,
    )
    session.console.print(
        f"The first {stamp.size:,} entries existed at {instants.to_text(stamp.stamped_at)}",
        markup=False,
        soft_wrap=True,
    )
