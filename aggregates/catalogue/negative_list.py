"""The negative list (负面清单): what is not disclosed, why, how far, and by which provision (三).

An entry is amended and removed as a version, never overwritten: the list of any day can be told.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.catalogue.words import CatalogueRefusal, HarmGround
from aggregates.deed import Deed
from aggregates.refusal import RefusalCode, refuse


@dataclass(frozen=True, slots=True)
class Withholding:
    """What an entry of the negative list says: ground, precise scope, examples, basis."""

    harm_ground: str
    scope: str
    examples: list[str]
    legal_basis: list[str]
    citation: str | None


class NegativeListEntry(Record):
    """One entry of a unit's negative list; its stream is ``negative_list_entry/<number>``."""

    TOPIC = "negative_list_entry"
    STREAM = "negative_list_entry"
    IDENTIFIER = "negative_entry"

    class Added(Record.Event):
        """From now on the unit does not disclose this (负面清单增补)."""

        TOPIC = "negative_list_entry.added/1"
        negative_entry: str
        unit: str
        harm_ground: str
        scope: str
        examples: list[str]
        legal_basis: list[str]
        citation: str | None
        entry_version: int

    class Amended(Record.Event):
        """The entry's next version, whole (负面清单调整)."""

        TOPIC = "negative_list_entry.amended/1"
        negative_entry: str
        unit: str
        harm_ground: str
        scope: str
        examples: list[str]
        legal_basis: list[str]
        citation: str | None
        entry_version: int
        reason: str

    class Removed(Record.Event):
        """What stood here is no longer withheld on this ground (负面清单删减)."""

        TOPIC = "negative_list_entry.removed/1"
        negative_entry: str
        unit: str
        reason: str

    def __init__(self) -> None:
        self.negative_entry = ""
        self.unit = ""
        self.withholding: Withholding | None = None
        self.entry_version = 0

    @property
    def stands(self) -> bool:
        """Whether it was added and not removed since."""
        return self.withholding is not None

    def add(self, deed: Deed, *, negative_entry: str, unit: str, **said: Any) -> None:
        """Add it, with its ground, its scope with examples, and its legal basis."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        number = fields.code(negative_entry, "negative_entry")
        withholding = _checked(number, **said)
        self.write(self.Added, deed, negative_entry=number, unit=unit, **asdict(withholding), entry_version=1)

    def amend(self, deed: Deed, *, reason: str, changes: dict[str, Any]) -> None:
        """Write its next version: the present one with the ``changes``."""
        assert self.withholding is not None, "the Registry refuses what does not stand"
        new = _checked(self.negative_entry, **{**asdict(self.withholding), **changes})
        if new == self.withholding:
            raise refuse(RefusalCode.NOTHING_TO_CHANGE, subject=self.stream)
        self.refuse_back_dating(deed)
        self.write(
            self.Amended,
            deed,
            negative_entry=self.negative_entry,
            unit=self.unit,
            **asdict(new),
            entry_version=self.entry_version + 1,
            reason=fields.text(reason, "reason", longest=fields.LONG),
        )

    def remove(self, deed: Deed, *, reason: str) -> None:
        """Take it off the list; its number is not given again."""
        self.refuse_back_dating(deed)
        said = fields.text(reason, "reason", longest=fields.LONG)
        self.write(self.Removed, deed, negative_entry=self.negative_entry, unit=self.unit, reason=said)

    # ── how each event is filed; nothing is judged here ───────────────────────────────────────────────

    @event(Added)
    def _added(
        self,
        *,
        negative_entry: str,
        unit: str,
        harm_ground: str,
        scope: str,
        examples: list[str],
        legal_basis: list[str],
        citation: str | None,
    ) -> None:
        self.negative_entry, self.unit, self.entry_version = negative_entry, unit, 1
        self.withholding = Withholding(harm_ground, scope, examples, legal_basis, citation)

    @event(Amended)
    def _amended(
        self,
        *,
        harm_ground: str,
        scope: str,
        examples: list[str],
        legal_basis: list[str],
        citation: str | None,
        entry_version: int,
    ) -> None:
        self.entry_version = entry_version
        self.withholding = Withholding(harm_ground, scope, examples, legal_basis, citation)

    @event(Removed)
    def _removed(self) -> None:
        self.withholding = None


def _checked(
    number: str,
    *,
    harm_ground: Any,
    scope: Any,
    examples: Iterable[Any],
    legal_basis: Iterable[Any],
    citation: Any = None,
) -> Withholding:
    """The entry, if its scope is precise, its basis named, and a ground beside the four harms cited."""
    found = Withholding(
        harm_ground=fields.term(HarmGround, harm_ground, "harm_ground"),
        scope=_said(scope),
        examples=[example for example in examples if _said(example)],
        legal_basis=[basis for basis in legal_basis if _said(basis)],
        citation=fields.optional_text(citation, "citation"),
    )
    _refuse_imprecise(number, found)
    if not found.legal_basis:
        raise refuse(CatalogueRefusal.NEGATIVE_LIST_BASIS_MISSING, entry=number)
    if found.harm_ground == HarmGround.OTHER and found.citation is None:
        raise refuse(CatalogueRefusal.NEGATIVE_LIST_CITATION_MISSING, entry=number)
    return replace(
        found,
        scope=fields.text(found.scope, "scope", longest=fields.LONG),
        examples=fields.texts(found.examples, "examples"),
        legal_basis=fields.texts(found.legal_basis, "legal_basis"),
    )


def _refuse_imprecise(number: str, found: Withholding) -> None:
    missing = []
    if not found.scope:
        missing.append(("范围", "its scope"))
    if not found.examples:
        missing.append(("举例", "examples"))
    if missing:
        raise refuse(
            CatalogueRefusal.NEGATIVE_LIST_SCOPE_MISSING,
            entry=number,
            missing_zh="、".join(zh for zh, _ in missing),
            missing=" and ".join(en for _, en in missing),
        )


def _said(value: Any) -> Any:
    """What was said, or nothing where it is only blanks."""
    return "" if value is None or (isinstance(value, str) and not value.strip()) else value
