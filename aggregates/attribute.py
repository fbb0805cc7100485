"""The disclosure attribute of a draft: what must be stated with each value, and what must follow (一).

拟不公开的，要依法依规说明理由；拟部分（区分）公开的，要明确不予公开的内容和理由。
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aggregates import fields
from aggregates.refusal import RefusalCode, refuse
from aggregates.vocabulary import Attribute, AttributeConclusion, ExaminationConclusion


@dataclass(frozen=True, slots=True)
class Determination:
    """The attribute as determined (or proposed, for a draft of the government) for one draft version."""

    draft_version: int
    attribute: str
    passages: tuple[str, ...]
    """Where the severed passages stand; the texts themselves are only in the sealed original."""

    @property
    def is_published(self) -> bool:
        """Whether information of this attribute goes before the public on its own."""
        return self.attribute in {Attribute.PROACTIVE, Attribute.PARTIAL}

    @property
    def keeps_back(self) -> bool:
        """Whether something is kept from the public, so that a legal reason is owed."""
        return self.attribute in {Attribute.WITHHELD, Attribute.PARTIAL}


@dataclass(frozen=True, slots=True)
class AttributeReview:
    """What the attribute review said, of which draft version, and who said it."""

    draft_version: int
    conclusion: str
    officer: str

    def confirms(self, draft_version: int) -> bool:
        """Whether the attribute of exactly that draft version was confirmed."""
        return self.draft_version == draft_version and self.conclusion == AttributeConclusion.CONFIRMED


@dataclass(frozen=True, slots=True)
class Examination:
    """What the unit's disclosure office said to a proposed non-disclosure of one draft version."""

    draft_version: int
    conclusion: str

    @property
    def agrees(self) -> bool:
        """Whether the office agreed with withholding."""
        return self.conclusion == ExaminationConclusion.AGREED


def checked(
    item: str,
    *,
    attribute: str,
    reason: str | None,
    legal_basis: Iterable[str],
    severed_passages: Iterable[Mapping[str, Any]],
    drafted_for_government: bool,
) -> dict[str, Any]:
    """The data of a determination, if everything is stated that its value demands.

    Refuses NO_LEGAL_REASON (withheld without reason or basis), SEVERANCE_MISSING (partial without
    passages, or a passage without its reason) and PROPOSAL_REASON_MISSING (a proposal to the
    government without reason, whatever it proposes).
    """
    value = fields.term(Attribute, attribute, "attribute")
    basis = fields.texts(legal_basis, "legal_basis")
    passages = fields.mappings(severed_passages, "severed_passages")
    if value == Attribute.WITHHELD:
        _refuse_unreasoned_withholding(item, reason, basis)
    if value == Attribute.PARTIAL:
        _refuse_unspecified_severance(item, passages)
    if drafted_for_government and not _says_something(reason):
        raise refuse(RefusalCode.PROPOSAL_REASON_MISSING, item=item)
    return {
        "attribute": value,
        "reason": fields.optional_text(reason, "reason", longest=fields.LONG),
        "legal_basis": basis,
        "severed_passages": [_passage(passage) for passage in passages],
    }


def _refuse_unreasoned_withholding(item: str, reason: str | None, basis: list[str]) -> None:
    missing = []
    if not _says_something(reason):
        missing.append(("理由", "a reason"))
    if not basis:
        missing.append(("法律法规依据", "a legal basis"))
    if missing:
        raise refuse(
            RefusalCode.NO_LEGAL_REASON,
            item=item,
            missing_zh="、".join(zh for zh, _ in missing),
            missing=" and ".join(en for _, en in missing),
        )


def _refuse_unspecified_severance(item: str, passages: list[Mapping[str, Any]]) -> None:
    complete = [
        _says_something(passage.get("locator")) and _says_something(passage.get("reason")) for passage in passages
    ]
    if not complete or not all(complete):
        raise refuse(RefusalCode.SEVERANCE_MISSING, item=item)


def _passage(passage: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "locator": fields.text(passage.get("locator"), "severed_passages.locator"),
        "reason": fields.text(passage.get("reason"), "severed_passages.reason", longest=fields.LONG),
        "basis": fields.optional_text(passage.get("basis"), "severed_passages.basis"),
    }


def _says_something(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
