"""A district whose record is to be proved: an item's whole way, refused attempts, a case, and hostile words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from ledger.append import Command
from ledger.checkpoint import Checkpoint
from ledger.entry import Actor, EventDraft
from ledger.ledger import Ledger
from ledger.note import ED25519, ED25519_COSIGNATURE, MLDSA44, Note, signer_of
from ledger.personal import PersonalValue
from ledger.proof import MemorySubtrees, prove_consistency, prove_inclusion, tree_root
from ledger.timestamps import request_timestamp
from projections.evidence.package import EvidencePackage, Request
from projections.evidence.selection import Chosen
from projections.evidence.signed_log import Stamp
from tests.support.ledgers import SetClock
from tests.support.timestamp_authority import TimestampAuthority

ORIGIN = "ledger.example/district"
LOG = signer_of(ORIGIN, ED25519, bytes(32))
LOG_POST_QUANTUM = signer_of(ORIGIN, MLDSA44, bytes(32))
AUDIT = signer_of("audit.example", ED25519_COSIGNATURE, b"audit".ljust(32))
ARCHIVE = signer_of("archive.example", MLDSA44, b"archive".ljust(32))
COSIGNED_AT = 1_764_000_000
MADE_AT = datetime(2026, 11, 23, 1, 30, 0, 123456, tzinfo=UTC)
MONDAY = datetime(2025, 1, 6, 1, 0, tzinfo=UTC)

HOSTILE = (
    '</script><script>document.title="broken out"</script><img src=x onerror="document.title=1"> \u202e\u2028]]>--><!--'
)
ITEM = "I-2025-0001"


def policy_text(quorum: str = "none", *groups: str) -> str:
    lines = [
        f"log {LOG.verifier.to_text()}",
        f"witness audit {AUDIT.verifier.to_text()}",
        f"witness archive {ARCHIVE.verifier.to_text()}",
        *groups,
        f"quorum {quorum}",
    ]
    return "\n".join(lines) + "\n"


class SignedMemory:
    """A signed log over a ledger's entries, its tree in memory: what the evidence package asks of one."""

    def __init__(
        self,
        leaves: Sequence[bytes],
        *,
        policy: str | None = None,
        cosigners: Sequence[Any] = (AUDIT, ARCHIVE),
        authority: TimestampAuthority | None = None,
        stamped: Sequence[int] = (),
    ) -> None:
        self._tree, self.size = MemorySubtrees(leaves), len(leaves)
        self.policy = policy_text() if policy is None else policy
        self.checkpoint = self.note_of(self.size, cosigners)
        self.timestamp_roots = b"" if authority is None else authority.root.public_bytes(Encoding.PEM)
        self.stamps = [self._stamp(authority, size) for size in stamped if authority is not None]

    def text_of(self, size: int) -> str:
        return Checkpoint(ORIGIN, size, tree_root(self._tree, size)).to_text()

    def note_of(self, size: int, cosigners: Sequence[Any] = ()) -> str:
        text = self.text_of(size)
        signers = (LOG, LOG_POST_QUANTUM, *cosigners)
        return Note(text, tuple(signer.sign(text, COSIGNED_AT) for signer in signers)).to_text()

    def inclusion_path(self, index: int, size: int) -> Sequence[bytes]:
        return prove_inclusion(self._tree, index, size)

    def consistency_path(self, first: int, second: int) -> Sequence[bytes]:
        return prove_consistency(self._tree, first, second)

    def _stamp(self, authority: TimestampAuthority, size: int) -> Stamp:
        text = self.text_of(size)
        return Stamp(size, text, authority.reply(request_timestamp(text).body))


class District:
    """A ledger that fills, event by event, a minute apart."""

    def __init__(self, ledger: Ledger, clock: SetClock) -> None:
        self.ledger, self._clock = ledger, clock
        self._minute = 0
        self._versions: dict[str, int] = {}

    def content(self, text: bytes, name: str, media_type: str = "application/pdf") -> dict[str, Any]:
        reference = self.ledger.contents.put(text)
        return {"sha256": reference.sha256, "size": reference.size, "media_type": media_type, "name": name}

    def record(
        self,
        type_: str,
        stream: str,
        data: Any,
        actor: Actor | None = None,
        *,
        personal: Sequence[PersonalValue] = (),
        **envelope: Any,
    ) -> int:
        self._minute += 37
        version = self._versions[stream] = self._versions.get(stream, 0) + 1
        occurred_at = envelope.setdefault("occurred_at", MONDAY + timedelta(minutes=self._minute))
        self._clock.now = max(self._clock.now, occurred_at + timedelta(seconds=20))
        draft = EventDraft(stream, version, type_, data, actor, **envelope)
        return self.ledger.append(Command([draft], personal=personal)).positions.start

    def leaves(self) -> list[bytes]:
        return [entry.leaf_hash for entry in self.ledger.all()]

    def signed(self, **conditions: Any) -> SignedMemory:
        return SignedMemory(self.leaves(), **conditions)

    def everything(self) -> Chosen:
        size = self.ledger.head().size
        registered = tuple(
            entry.position
            for entry in self.ledger.all()
            if entry.type.endswith(("registered/1", "appointed/1", "adopted/1"))
        )
        chosen = tuple(position for position in range(1, size + 1) if position not in registered)
        return Chosen(chosen, registered, size)

    def package(
        self, folder: Path, chosen: Chosen | None = None, log: SignedMemory | None = None, **asked: Any
    ) -> tuple[Path, EvidencePackage]:
        """A package in a file."""
        package = EvidencePackage(
            self.ledger, log or self.signed(), Request(chosen or self.everything(), MADE_AT, **asked)
        )
        path = folder / "evidence.zip"
        with path.open("wb") as file:
            package.write(file)
        return path, package


def tell_the_story(district: District) -> None:
    """Registrations, one document from its draft to its withdrawal, a refusal, a finding, a case."""
    admin = Actor("K01", "administrator", "U01", "cli")
    drafter, reviewer = Actor("D05", "drafter", "U05"), Actor("A05", "reviewer", "U05")
    secrecy, principal = Actor("S05", "secrecy_reviewer", "U05"), Actor("Z05", "principal", "U05")
    publisher, investigator = Actor("P05", "publisher", "U05", "token:17"), Actor("T04", "investigator", "U09")
    ledger, record = district.ledger, district.record
    under = {"ruleset": "RS-143/1", "workflow": "WF-U05/1"}

    for unit, kind, zh, en in (
        ("U01", "district_office", "鄞州区人民政府办公室", "District Government Office"),
        ("U05", "department", "鄞州区住房和城乡建设局", "Housing and Urban-Rural Development Bureau"),
    ):
        record(
            "unit.registered/1",
            f"unit/{unit}",
            {"unit": unit, "name_zh": zh, "name_en": en, "kind": kind, "code": None},
            admin,
        )
    for officer, name, post in (("P05", "欧阳㛃", "publisher"), ("S05", "李四", "secrecy_reviewer")):
        value = ledger.personal.commit(f"officer/{officer}", "name", name)
        data = {"officer": officer, "name_commitment": value.commitment}
        record("officer.registered/1", f"officer/{officer}", data, admin, personal=[value])
        appointed = {"officer": officer, "unit": "U05", "post": post, "from_date": "2025-01-06", "until_date": None}
        record("officer.appointed/1", f"officer/{officer}", appointed, admin)
    record(
        "channel.registered/1",
        "channel/CH-01",
        {
            "channel": "CH-01",
            "kind": "platform",
            "name_zh": "区政府门户网站",
            "name_en": "District portal",
            "owner_unit": "U01",
        },
        admin,
    )
    rules = {"ruleset": "RS-143", "version": 1, "document_number": "鄞政办发〔2017〕143号", "title_zh": "政务公开工作实施意见",
             "effective_from": "2017-09-01", "parameters": {"segregation_of_duties": "REFUSE", "untrained_officer": "FLAG"}}  # fmt: skip
    record("ruleset.adopted/1", "ruleset/district", rules, admin)

    notice = district.content("关于旧小区改造的公告\n全文……\n".encode() * 40, "关于旧小区改造的公告.pdf")
    plan = district.content(b"PK\x03\x04 not really a spreadsheet", "附件1 改造清单.xlsx", "application/vnd.ms-excel")
    page = district.content(b"<script>alert(1)</script>", "</td><script>alert(1)</script>.html", "text/html")
    drafted = {"item": ITEM, "unit": "U05", "title": "关于旧小区改造的公告", "document_number": "鄞住建〔2025〕3号",
               "index_number": None, "policy": True, "on_behalf_of_government": False, "concerned_units": ["U01"],
               "written_on": "2025-01-06", "theme": "城乡建设", "phase": "decision", "version": 1,
               "content": notice, "attachments": [plan, page]}  # fmt: skip
    stream = f"document/{ITEM}"
    record("document.drafted/1", stream, drafted, drafter, **under)
    passages = [{"locator": "附件1第12行", "reason": "个人住址", "basis": "条例第十五条"}]
    record("document.attribute_determined/1", stream, {"item": ITEM, "draft_version": 1, "attribute": "PARTIAL",
           "reason": "附件含个人住址", "legal_basis": ["政府信息公开条例第十五条"], "severed_passages": passages, "proposed": False}, drafter, **under)  # fmt: skip
    record(
        "document.attribute_reviewed/1",
        stream,
        {"item": ITEM, "draft_version": 1, "conclusion": "CONFIRMED", "note": None},
        reviewer,
        **under,
    )
    refused = {"command": "publish_information", "subject": ITEM, "unit": "U05", "code": "NOT_REVIEWED", "article": "(四)",
               "sentence_zh": "该稿尚未经保密审查，不得发布。", "sentence_en": "This draft has had no secrecy review; it must not be published.",
               "details": {"item": ITEM, "draft_version": 1}}  # fmt: skip
    record("attempt.refused/1", "attempt/6d2c", refused, publisher, **under)
    record(
        "document.approved/1",
        stream,
        {"item": ITEM, "draft_version": 1, "content_sha256": notice["sha256"]},
        principal,
        **under,
    )
    record("document.secrecy_reviewed/1", stream, {"item": ITEM, "draft_version": 1, "content_sha256": notice["sha256"],
           "review": f"{ITEM}/R1", "conclusion": "CLEARED_WITH_SEVERANCE", "ground": "逐项审查，不涉及国家秘密"}, secrecy, **under)  # fmt: skip
    published = {"item": ITEM, "publication": f"{ITEM}#1", "unit": "U05", "title": "关于旧小区改造的公告",
                 "document_number": "鄞住建〔2025〕3号", "index_number": None, "attribute": "PARTIAL", "phase": "decision",
                 "theme": "城乡建设", "written_on": "2025-01-06", "draft_version": 1, "content": notice, "attachments": [plan],
                 "withheld_passages": 1, "drafter": "D05", "reviewer": "A05", "secrecy_reviewer": "S05", "approver": "Z05",
                 "publisher": "P05", "review": f"{ITEM}/R1", "channels": ["CH-01"], "column": None,
                 "published_at": "2025-01-07T01:15:00.000000Z", "client_published_at": None, "competent_unit": "U05",
                 "flags": []}  # fmt: skip
    record("publication.published/1", f"publication/{ITEM}", published, publisher, on_behalf_of="U01", **under)
    record("publication.withdrawn/1", f"publication/{ITEM}", {"item": ITEM, "publication": f"{ITEM}#1", "reason_code": "SUSPECTED_SECRET",
           "reason": HOSTILE, "channels": ["CH-01"]}, publisher, **under)  # fmt: skip
    ledger.contents.seal(plan["sha256"])
    record("publication.sealed/1", f"publication/{ITEM}", {"item": ITEM, "publication": f"{ITEM}#1", "sha256s": [plan["sha256"]],
           "reason": "涉嫌涉密", "readers": ["secrecy_administration", "investigator"]}, secrecy, **under)  # fmt: skip
    found = {"found": "F-1", "item": None, "unit": "U05", "channel": "CH-01", "title": "未登记的公告", "found_at": "2025-02-03T02:00:00.000000Z",
             "seen_published_at": None, "evidence": {"sha256": "f" * 64, "size": 5, "media_type": "image/png", "name": "截图.png"}, "source": "巡查"}  # fmt: skip
    record("found.unregistered_publication/1", "found/F-1", found, investigator)
    record("case.opened/1", "case/AC-01", {"case": "AC-01", "ground": "RULE_VIOLATION", "effect": "造成不良影响", "item": ITEM,
           "evidence_positions": [10, 14]}, investigator)  # fmt: skip
    record(
        "odd.told/1",
        "odd/1",
        {
            "__proto__": {"a": 1},
            "constructor": "x",
            "note": "第一行\n第二行 ⟨⟩ 𠮷 🏛",
            "list": [1, True, {"b": [], "a": None}],
        },
    )
    record("odd.bytes/1", "odd/1", b"\x00\xff no JSON")
