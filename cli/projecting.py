"""The projections at the operator's door: how they stand, a worker that follows the log, rebuild, retry."""

import signal
import threading
from collections.abc import Callable
from typing import Annotated

from cyclopts import Parameter

from cli.failure import Failure, wrong_usage
from cli.progress import Advance, progress
from cli.session import Session, SessionOf
from cli.tables import Column, print_table
from ledger import instants
from ledger.ledger import Ledger
from projections.engine import ProjectionStatus, Projector
from projections.folding import Projection
from projections.standard import STANDARD

_COLUMNS = (
    Column("投影\nprojection", 12),
    Column("版本\nversion", 8, right=True),
    Column("代\ngeneration", 10, right=True),
    Column("位置\nposition", 10, right=True),
    Column("落后\nlag", 8, right=True),
    Column("状态\nstate", 18),
    Column("停在何处\nstopped at"),
)
_STATES = {"live": "在用 live", "building": "重建中 building", "stopped": "已停 stopped"}


def project(*, session: SessionOf, once: Annotated[bool, Parameter(negative="")] = False) -> int:
    """投影进程:跟随台账,直到收到终止信号。Follow the log and write the projections, until told to stop.

    :param once: 追上台账末尾即结束。End as soon as the log's end is reached.
    """
    with session.open_ledger() as ledger:
        projector = Projector(ledger, STANDARD)
        if once:
            projector.catch_up()
            return _report(session, projector)
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        session.note("投影进程已启动。", "The projection worker is running.")
        projector.run_forever(stop)
        session.note("投影进程已停止。", "The projection worker has stopped.")
    return 0


def show_projections(*, session: SessionOf) -> int:
    """各投影的状态;有停下的即退出码1。How the projections stand; exit code 1 when one has stopped."""
    with session.open_ledger() as ledger:
        return _report(session, Projector(ledger, STANDARD))


def rebuild(
    name: str | None = None,
    *,
    session: SessionOf,
    all_: Annotated[bool, Parameter(name="--all", negative="")] = False,
) -> int:
    """从第一条起重建投影;原表继续服务,完成后换上。Write a projection anew from the first entry, then swap.

    :param name: 投影名称。Name of the projection.
    :param all_: 全部重建。All of them.
    """
    if (name is None) == (not all_):
        raise wrong_usage("请写明一个投影名称，或用--all。", "Name one projection, or say --all.")
    with session.open_ledger() as ledger:
        projector = Projector(ledger, STANDARD)
        for chosen in projector.names if all_ else [str(name)]:
            with progress(session, f"重建 · rebuild {chosen}", ledger.feed.size()) as done:
                projector.rebuild(chosen, _told(done))
        projector.catch_up()
        return _report(session, projector)


def _told(done: Advance) -> Callable[[int, int], None]:
    return lambda position, _size: done(position)


def retry(name: str, *, session: SessionOf) -> int:
    """让停下的投影重试那一条。Let a stopped projection try its event again.

    :param name: 投影名称。Name of the projection.
    """
    with session.open_ledger() as ledger:
        projector = Projector(ledger, STANDARD)
        projector.retry(name)
        projector.catch_up()
        return _report(session, projector)


def abreast(ledger: Ledger, projection: Projection) -> None:
    """Bring one projection to the log's end, so that what is read of it is complete.  Raises Failure."""
    projector = Projector(ledger, [projection])
    size = ledger.feed.size()
    projector.catch_up()
    if projector.wait_for(size, timeout_s=60):
        return
    (status,) = projector.status()
    where = status.dead_letter.position if status.dead_letter else status.position
    raise Failure(
        f"投影{status.name}停在位置{where}，没有跟上台账（{size}条）。未导出。请查看 disclosure-ledger projections。",
        f"The projection {status.name} stands at position {where} and not at the log's end ({size}). Nothing was "
        "exported. See disclosure-ledger projections.",
    )


def _report(session: Session, projector: Projector) -> int:
    found = projector.status()
    if session.json:
        session.print_json([_as_json(status) for status in found])
    else:
        print_table(session.console, _COLUMNS, (_row(status) for status in found))
    return 1 if any(status.state == "stopped" for status in found) else 0


def _row(status: ProjectionStatus) -> list[object]:
    dead = status.dead_letter
    where = "" if dead is None else f"{dead.position} {dead.type}: {dead.error}"
    state = _STATES.get(status.state, status.state)
    return [status.name, status.version, status.generation, status.position, status.lag, state, where]


def _as_json(status: ProjectionStatus) -> dict[str, object]:
    dead = status.dead_letter
    return {
        "name": status.name,
        "version": status.version,
        "generation": status.generation,
        "position": status.position,
        "lag": status.lag,
        "state": status.state,
        "building_position": status.building_position,
        "dead_letter": None
        if dead is None
        else {"position": dead.position, "type": dead.type, "error": dead.error, "since": instants.to_text(dead.since)},
    }
