"""``evidence``: chosen entries in one zip that proves itself to somebody who trusts neither us nor the database."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from cli.checking import read_policy, read_text
from cli.failure import Failure
from cli.projecting import abreast
from cli.session import SessionOf
from ledger.ledger import Ledger
from ledger.published import checkpoint_of
from projections import trail
from projections.evidence.package import EvidencePackage, Request
from projections.evidence.selection import Selection, evidence_of
from projections.evidence.signed_log import NothingSigned, PublishedEvidence, own_policy

Subjects = Annotated[Sequence[str], Parameter(negative="")]


def evidence(
    output: Path,
    *,
    session: SessionOf,
    subject: Subjects = (),
    position: Annotated[Sequence[int], Parameter(negative="")] = (),
    reference: str = "",
    policy: Path | None = None,
    roots: Path | None = None,
) -> None:
    """生成证据包:一个压缩包,可在没有网络、没有本系统处自行核验。An evidence package: one zip that checks itself.

    含条目原文、证明、签名检查点、原始内容、中英文网页与打印件、verify.py。交接时请记下所示指纹。
    Exact entries, proofs, the signed checkpoint, contents, a page and a print in both languages, and verify.py.  Note
    the fingerprint that is shown when you hand it over.

    :param output: 写入的文件(.zip)。The file to write.
    :param subject: 对象,写作 种类/编号,如item/I-2025-0001、officer/S04、unit/U04、case/AC-01;可多次。A subject as
        kind/code; may be repeated.
    :param position: 台账位置,可多次。A position of the log; may be repeated.
    :param reference: 印在封面的案号。A reference that is printed on it.
    :param policy: 见证策略文件,一并放入。A policy file to enclose and satisfy.
    :param roots: 时间戳机构根证书(PEM),一并放入。Certificates of stamping authorities to enclose.
    """
    subjects = tuple(subject_of(text) for text in subject)
    read_policy(policy)
    with session.open_ledger(signed=True) as ledger:
        rules = _own_policy(ledger) if policy is None else read_text(policy)
        certificates = b"" if roots is None else roots.read_bytes()
        log = PublishedEvidence(ledger.published, rules, timestamp_roots=certificates)
        size = checkpoint_of(log.checkpoint).size
        abreast(ledger, trail.PROJECTION)
        chosen = evidence_of(ledger, Selection(subjects, tuple(position)), size)
        package = EvidencePackage(ledger, log, Request(chosen, session.clock(), reference))
        fresh = output.with_name(f"{output.name}.part")
        with fresh.open("wb") as file:
            fingerprint = package.write(file)
        os.replace(fresh, output)  # noqa: PTH105 - a package takes its name when it is whole
    told = {"file": str(output), "entries": len(chosen.positions), "size": size, "fingerprint": fingerprint}
    if session.json:
        session.print_json(told)
        return
    session.console.print(f"{output}: {told['entries']} 条 · entries, 指纹 · fingerprint {fingerprint}", soft_wrap=True)


def subject_of(text: str) -> tuple[str, str]:
    """The subject that is written ``kind/code``.  Raises Failure."""
    kind, _, code = text.partition("/")
    if kind not in trail.SUBJECT_KINDS or not code:
        kinds = ", ".join(trail.SUBJECT_KINDS)
        raise Failure(
            f"“{text}”不是对象。请写作 种类/编号,种类为:{kinds}。",
            f"{text!r} names no subject. Write kind/code; the kinds are {kinds}.",
        )
    return kind, code


def _own_policy(ledger: Ledger) -> str:
    try:
        return own_policy(ledger)
    except NothingSigned:
        raise Failure(
            "台账没有签名,不能生成证据包。请设LEDGER_SIGNING_DIRECTORY。",
            "The log is not signed; there is nothing to prove with. Set LEDGER_SIGNING_DIRECTORY.",
        ) from None
