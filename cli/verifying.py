"""``verify``: read the whole log again and hold everything else against it."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

from cryptography import x509
from cyclopts import Parameter

from cli.checking import published_source, read_kept, read_keys, read_policy, read_roots
from cli.progress import progress
from cli.session import Session, SessionOf
from ledger import instants
from ledger.audit import audit
from ledger.audit_coverage import audit_coverage
from ledger.audit_personal import audit_personal
from ledger.audit_proofs import audit_proofs
from ledger.audit_published import Source, audit_published
from ledger.audit_span import Faults
from ledger.ledger import Ledger
from ledger.note import NoteRefused, Verifier, open_note
from ledger.policy import Policy
from projections.comparing import compare_with_a_rebuild
from projections.standard import STANDARD


@dataclass
class Findings:
    """What a verification came to."""

    where: str
    size: int = 0
    streams: int = 0
    root: str = ""
    faults: Faults = field(default_factory=Faults)
    lines: list[tuple[str, str]] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def clean(self) -> bool:
        """Whether nothing disagreed."""
        return self.faults.count == 0


@dataclass(frozen=True)
class Trust:
    """Whose word is taken, and what somebody kept."""

    keys: Sequence[Verifier]
    policy: Policy
    kept: Sequence[tuple[str, str]]
    roots: Sequence[x509.Certificate]


def verify(
    target: str | None = None,
    *,
    session: SessionOf,
    old: Annotated[Sequence[Path], Parameter(negative="")] = (),
    key: Annotated[Sequence[str], Parameter(negative="")] = (),
    policy: Path | None = None,
    roots: Path | None = None,
    projections: Annotated[bool, Parameter(negative="")] = False,
    processes: int | None = None,
) -> int:
    """重算全部台账并核对。Recompute the whole log; names every fault with its position.

    逐条重读台账,重算编号、流水版本、索引列、叶哈希、瓦片、树根、检查点与联署;有一处不符即退出码1。
    Reads every entry, derives numbering, stream versions, index columns, leaf hashes, tiles, root, checkpoints and
    cosignatures anew.  Exit code 1 on any fault.

    :param target: 数据库(默认)、导出的目录或台账网址。The database (default), an exported directory, or an address.
    :param old: 此前留存的检查点文件,可多次。A checkpoint kept earlier; may be given more than once.
    :param key: 台账的验证公钥或其文件,新旧均可;默认取签名目录中的公钥。The log's verifier key or a file of it, the one in
        force or an earlier one; default: the one in the signing directory.
    :param policy: 见证策略文件(C2SP tlog-policy),要求法定见证数。A policy file whose quorum must be met.
    :param roots: 时间戳机构根证书(PEM)。Certificates that vouch for time-stamping authorities.
    :param projections: 并重建查询数据逐字节比对。Also rebuild the projections and compare them byte for byte.
    :param processes: 长账用几个进程同时读,默认为处理器数。Processes that read a long log together; default: one a CPU.
    """
    source = None if target is None else published_source(target)
    if target is not None and source is None:
        session = replace(session, database_url=target)
    rules = read_policy(policy)
    keys = read_keys(key, rules, None if source is not None else session.signing)
    trust = Trust(keys, rules, read_kept(old), read_roots(roots))
    began = time.monotonic()
    if source is not None:
        found = _published(session, str(target), source, trust)
    else:
        found = _database(session, trust, processes or os.cpu_count() or 1, projections=projections)
    found.seconds = time.monotonic() - began
    if session.json:
        session.print_json(_as_json(found, session))
    else:
        _print(found, session)
    return 0 if found.clean else 1


def _database(session: Session, trust: Trust, hands: int, *, projections: bool) -> Findings:
    with session.open_ledger() as ledger:
        with progress(session, "核验 · verify", ledger.feed.size()) as advance:
            report = audit(ledger, advance, processes=hands)
        found = Findings(session.shown_url, report.size, report.streams, report.root.hex(), report.found)
        proofs = audit_proofs(
            ledger, report.size, found.faults, verifiers=trust.keys, kept=trust.kept, roots=trust.roots
        )
        audit_coverage(ledger, report.size, found.faults)
        if proofs.checkpoints:
            signed = "" if trust.keys else "(未给公钥,签名未核 · no key given, signatures not checked)"
            found.lines.append(("检查点 · checkpoints", f"{proofs.checkpoints:,} {signed}".rstrip()))
        for label, count in (
            ("瓦片节点 · subtrees", proofs.subtrees),
            ("联署 · cosignatures", proofs.cosignatures),
            ("留存比对 · kept", proofs.kept),
            ("密钥更换 · key changes", proofs.rotations),
        ):
            if count:
                found.lines.append((label, f"{count:,}"))
        if proofs.timestamps:
            found.lines.append(_stamps(proofs.timestamps, trust))
        if personal := audit_personal(ledger, report.size, found.faults):
            found.lines.append(("个人信息承诺 · commitments", f"{personal:,}"))
        _hold_quorum(ledger.published.checkpoint(report.size), trust, found.faults)
        if projections:
            _projections(session, ledger, found)
    return found


def _projections(session: Session, ledger: Ledger, found: Findings) -> None:
    with progress(session, "重建比对 · rebuild and compare", len(STANDARD)) as advance:
        for done, projection in enumerate(STANDARD, 1):
            difference = compare_with_a_rebuild(ledger, projection)
            if difference is not None:
                found.faults.add(0, difference)
            advance(done)
    found.lines.append(("查询数据 · projections", f"{len(STANDARD)}"))


def _published(session: Session, target: str, source: Source, trust: Trust) -> Findings:
    found = Findings(target)
    with progress(session, "核验 · verify", None) as advance:
        report = audit_published(
            source, found.faults, verifiers=trust.keys, kept=trust.kept, roots=trust.roots, progress=advance
        )
    found.size, found.streams, found.root = report.checkpoint.size, report.streams, report.checkpoint.root.hex()
    signers = "、".join(report.signed_by) or "未给公钥,签名未核 · no key given, the signature was not checked"
    found.lines = [("检查点签名 · signed by", signers), ("瓦片 · tiles", f"{report.tiles:,}")]
    if report.timestamps:
        found.lines.append(_stamps(report.timestamps, trust))
    if report.rotations:
        found.lines.append(("密钥更换 · key changes", f"{report.rotations}"))
    _hold_quorum(report.note, trust, found.faults)
    return found


def _stamps(count: int, trust: Trust) -> tuple[str, str]:
    unknown = "" if trust.roots else " (未给根证书,签发机构未核 · no roots given, whose they are was not checked)"
    return "时间戳 · time stamps", f"{count:,}{unknown}"


def _hold_quorum(note: str | None, trust: Trust, faults: Faults) -> None:
    """The newest checkpoint must bear the cosignatures that the policy asks for."""
    if trust.policy.quorum is None:
        return
    cosigners: list[Verifier] = []
    if note is not None:
        try:
            _, checked = open_note(note, trust.policy.verifiers)
            cosigners = [verifier for verifier, time_s in checked if time_s is not None]
        except NoteRefused as error:
            faults.add(0, f"the newest checkpoint does not hold under the policy: {error}")
            return
    if not trust.policy.satisfied_by(cosigners):
        names = ", ".join(sorted(verifier.name for verifier in cosigners)) or "nobody"
        faults.add(
            0,
            f"the newest checkpoint is cosigned by {names}, the policy asks for the quorum {trust.policy.quorum!r}: what "
            "only the log's own key vouches for may have been shown to you alone",
        )


def _print(found: Findings, session: Session) -> None:
    out = session.console
    out.print(f"台账 · ledger      {session.ledger_name}  ({found.where})", soft_wrap=True, markup=False)
    out.print(f"条目 · entries     {found.size:,}")
    out.print(f"流水 · streams     {found.streams:,}")
    out.print(f"根哈希 · root      {found.root}", soft_wrap=True)
    for label, value in found.lines:
        out.print(f"{label}  {value}", soft_wrap=True, markup=False)
    out.print(f"用时 · took        {found.seconds:.1f} s")
    if found.clean:
        out.print("结论 · conclusion  全部相符 · all agrees", style="green")
        return
    out.print(f"结论 · conclusion  发现{found.faults.count}处不符 · {found.faults.count} faults", style="bold red")
    for fault in found.faults.listed:
        where = f"位置 · position {fault.position}" if fault.position else "全账 · the whole log"
        out.print(f"  {where}: {fault.sentence}", markup=False, soft_wrap=True)
    if found.faults.count > len(found.faults.listed):
        rest = found.faults.count - len(found.faults.listed)
        out.print(f"  另有{rest}处未列出 · {rest} more are not listed")
    session.note(
        "台账与写下时不一致。不要继续写入；保全数据库与备份，与此前留存的根哈希比对，并报告检查人员。",
        "The log is not what was written. Write nothing more; secure the database and its backups, compare with "
        "root hashes kept earlier, and report to the inspector.",
    )


def _as_json(found: Findings, session: Session) -> dict[str, object]:
    return {
        "ledger": session.ledger_name,
        "target": found.where,
        "clean": found.clean,
        "size": found.size,
        "streams": found.streams,
        "root": found.root,
        "checked": {label.partition(" · ")[2]: value for label, value in found.lines},
        "seconds": f"{found.seconds:.3f}",
        "fault_count": found.faults.count,
        "faults": [{"position": fault.position, "sentence": fault.sentence} for fault in found.faults.listed],
        "checked_at": instants.to_text(session.clock()),
    }
