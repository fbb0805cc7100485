"""``verify``: read the whole log again and hold everything else against it."""

import os
import time

from cli.progress import progress
from cli.session import Session, SessionOf
from ledger import instants
from ledger.audit import AuditReport, audit


def verify(*, session: SessionOf, processes: int | None = None) -> int:
    """重算全部台账并核对。Recompute the whole log; names every fault with its position.

    逐条重读台账,重算编号、流水版本、索引列、叶哈希和树根;有一处不符即退出码1。
    Reads every entry, derives numbering, stream versions, index columns, leaf hashes and root anew.
    Exit code 1 on any fault.

    :param processes: 长账用几个进程同时读,默认为处理器数。Processes that read a long log together; default: one a CPU.
    """
    hands = processes or os.cpu_count() or 1
    with session.open_ledger() as ledger:
        began = time.monotonic()
        with progress(session, "核验 · verify", ledger.feed.size()) as advance:
            report = audit(ledger, advance, processes=hands)
        seconds = time.monotonic() - began
    if session.json:
        session.print_json(_as_json(report, session, seconds))
    else:
        _print(report, session, seconds)
    return 0 if report.clean else 1


def _print(report: AuditReport, session: Session, seconds: float) -> None:
    out = session.console
    out.print(f"台账 · ledger      {session.ledger_name}  ({session.shown_url})", soft_wrap=True)
    out.print(f"条目 · entries     {report.size:,}")
    out.print(f"流水 · streams     {report.streams:,}")
    out.print(f"根哈希 · root      {report.root.hex()}", soft_wrap=True)
    out.print(f"用时 · took        {seconds:.1f} s")
    if report.clean:
        out.print("结论 · conclusion  全部相符 · all agrees", style="green")
        return
    out.print(f"结论 · conclusion  发现{report.fault_count}处不符 · {report.fault_count} faults", style="bold red")
    for fault in report.faults:
        where = f"位置 · position {fault.position}" if fault.position else "全账 · the whole log"
        out.print(f"  {where}: {fault.sentence}", markup=False, soft_wrap=True)
    if report.fault_count > len(report.faults):
        rest = report.fault_count - len(report.faults)
        out.print(f"  另有{rest}处未列出 · {rest} more are not listed")
    session.note(
        "台账与写下时不一致。不要继续写入；保全数据库与备份，与此前留存的根哈希比对，并报告检查人员。",
        "The log is not what was written. Write nothing more; secure the database and its backups, compare with "
        "root hashes kept earlier, and report to the inspector.",
    )


def _as_json(report: AuditReport, session: Session, seconds: float) -> dict[str, object]:
    return {
        "ledger": session.ledger_name,
        "clean": report.clean,
        "size": report.size,
        "streams": report.streams,
        "root": report.root.hex(),
        "seconds": f"{seconds:.3f}",
        "fault_count": report.fault_count,
        "faults": [{"position": fault.position, "sentence": fault.sentence} for fault in report.faults],
        "checked_at": instants.to_text(session.clock()),
    }
