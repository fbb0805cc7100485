"""Table 1, 主动公开政府信息情况, as far as the ledger carries it.

* 规章, 行政规范性文件: rows of old registers whose kind says so, and published policy documents that bear a
  document number.  制发 is the day it was written, else published; 废止 is its withdrawal as repealed or
  expired, or its supersession.
* 行政许可, 行政处罚, 行政强制: documents whose theme begins so, from the day of their approval whether they
  were published or not, and rows of old registers likewise.  A unit that never recorded one has none to
  count: the cell stays blank, because its decisions may be kept elsewhere.
* Charges, procurement and the numbers of items are not in the ledger.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from aggregates.deed import CHINA
from aggregates.vocabulary import EventType, WithdrawalReason
from ledger import instants
from ledger.entry import Entry
from projections.annual.form import (
    COERCION,
    DECISIONS,
    LICENCE,
    MADE,
    NORMATIVE,
    PENALTY,
    PRESENT,
    REPEALED,
    RULES,
    VALID,
    Cell,
    edition_of,
)

TYPES = (
    str(EventType.DOCUMENT_DRAFTED),
    str(EventType.DOCUMENT_APPROVED),
    str(EventType.PUBLISHED),
    str(EventType.HISTORIC_RECORDED),
    str(EventType.WITHDRAWN),
    str(EventType.SUPERSEDED),
)
"""The entries that the table is made from."""

KINDS: Mapping[str, str] = {"规章": RULES, "行政规范性文件": NORMATIVE, "规范性文件": NORMATIVE}
"""What an old register calls the two kinds of documents."""

THEMES: Mapping[str, str] = {"行政许可": LICENCE, "行政处罚": PENALTY, "行政强制": COERCION}
"""How the theme of each kind of decision begins."""

ENDING = frozenset({str(WithdrawalReason.REPEALED), str(WithdrawalReason.EXPIRED)})
"""Withdrawals after which a document is no longer in force; the others take it off the page and leave it valid."""


@dataclass(slots=True)
class _Document:
    unit: str
    row: str
    made_on: str | None = None
    public_on: str | None = None
    ended_on: str | None = None


@dataclass(slots=True)
class Documents:
    """Every document and decision that table 1 counts, by its item."""

    counted: dict[str, _Document] = field(default_factory=dict)
    decided: dict[str, _Document] = field(default_factory=dict)
    _policies: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Documents":
        """Take in the entries in the order of their positions."""
        documents = cls()
        for entry in entries:
            documents._take(entry)
        return documents

    @property
    def units(self) -> set[str]:
        """The units whose documents or decisions these are."""
        return {document.unit for document in (*self.counted.values(), *self.decided.values())}

    def count(self, year: int, units: Collection[str]) -> dict[Cell, int]:
        """The cells of a year for some units; those that the ledger does not carry are left out."""
        cells: dict[Cell, int] = {}
        first, last = f"{year:04d}-01-01", f"{year:04d}-12-31"
        for row in (RULES, NORMATIVE):
            own = [one for one in self.counted.values() if one.row == row and one.unit in units]
            made = [one for one in own if one.made_on is not None and one.made_on <= last]
            new = sum(one.made_on is not None and one.made_on >= first for one in made)
            ended = [one for one in made if one.ended_on is not None and one.ended_on <= last]
            if edition_of(year) == PRESENT:
                cells[Cell(1, row, MADE)] = new
                cells[Cell(1, row, REPEALED)] = sum(one.ended_on is not None and one.ended_on >= first for one in ended)
                cells[Cell(1, row, VALID)] = len(made) - len(ended)
            else:
                public = [one.public_on for one in own if one.public_on is not None and one.public_on <= last]
                cells[Cell(1, row, "newly_made")] = new
                cells[Cell(1, row, "newly_public")] = sum(day >= first for day in public)
                cells[Cell(1, row, "public_total")] = len(public)
        for row in THEMES.values():
            decided = [one.made_on for one in self.decided.values() if one.row == row and one.unit in units]
            if any(decided):
                cells[Cell(1, row, DECISIONS)] = sum(day is not None and first <= day <= last for day in decided)
        return cells

    def _take(self, entry: Entry) -> None:
        data = entry.data
        item = data["item"]
        if entry.type == EventType.DOCUMENT_DRAFTED:
            self._drafted(item, data["unit"], data)
        elif entry.type == EventType.DOCUMENT_APPROVED and item in self.decided:
            decided = self.decided[item]
            decided.made_on = decided.made_on or _day(entry.occurred_at)
        elif entry.type == EventType.PUBLISHED and item in self._policies and data["document_number"]:
            self._published(item, data)
        elif entry.type == EventType.HISTORIC_RECORDED and data["unit"] is not None:
            self._historic(item, data)
        elif entry.type == EventType.WITHDRAWN and data["reason_code"] in ENDING:
            self._ended(item, _day(entry.occurred_at))
        elif entry.type == EventType.SUPERSEDED:
            self._ended(item, data["on_date"] or _day(entry.occurred_at))

    def _drafted(self, item: str, unit: str, data: Mapping[str, object]) -> None:
        if data["policy"]:
            self._policies[item] = unit
        if (row := _theme(data["theme"])) is not None:
            self.decided[item] = _Document(unit, row)

    def _published(self, item: str, data: Mapping[str, str]) -> None:
        public_on = _day(instants.from_text(data["published_at"]))
        document = self.counted.setdefault(item, _Document(data["unit"], NORMATIVE))
        document.made_on = document.made_on or data["written_on"] or public_on
        document.public_on = document.public_on or public_on
        document.ended_on = None

    def _historic(self, item: str, data: Mapping[str, str]) -> None:
        made_on = data["written_on"] or data["published_on"]
        kind = data["kind"] or ""
        if kind in KINDS:
            self.counted[item] = _Document(data["unit"], KINDS[kind], made_on, data["published_on"])
        elif (row := _theme(data["theme"]) or _theme(kind)) is not None:
            self.decided[item] = _Document(data["unit"], row, made_on)

    def _ended(self, item: str, day: str) -> None:
        if item in self.counted and self.counted[item].ended_on is None:
            self.counted[item].ended_on = day


def _theme(text: object) -> str | None:
    if not isinstance(text, str):
        return None
    return next((row for theme, row in THEMES.items() if text.startswith(theme)), None)


def _day(instant: datetime) -> str:
    return instant.astimezone(CHINA).date().isoformat()
