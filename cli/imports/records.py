"""From a row to what will be recorded of it, or the reason why it cannot be."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

import orjson

from aggregates.historic import HistoricRow
from aggregates.refusal import Refusal
from cli.imports.mapping import DATES, REQUIRED, Mapping
from cli.imports.rows import Problem, Row

ROC = "roc"
_ROC_DATE = re.compile(r"(?:中華民國|民國|民国)?\s*(\d{1,3})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_ROC_BEGINS_AFTER = 1911
_EARLIEST = date(1900, 1, 1)
_JOINED_BY = "；"
_ANY_SOURCE = {"file": "-", "line": 1, "row_sha256": "0" * 64}


class Rejected(Exception):
    """A row that cannot be recorded as it stands."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")
        self.problem = Problem(zh, en)


@dataclass(frozen=True, slots=True)
class HistoricRecord:
    """What one row says.

    ``identity`` is the mapping, the key columns and what is said: a row read again has it again, whatever
    has changed in columns that are not recorded.  ``row_sha256`` is of the whole row, cell by cell.
    """

    line: int
    identity: bytes
    row_sha256: str
    series: bytes | None
    version_on: str | None
    stated: dict[str, str | None]


class Reader:
    """Reads rows under one header; ``today`` is the district's day, after which nothing was published."""

    def __init__(self, mapping: Mapping, header: list[str], today: date) -> None:
        self._mapping, self._today = mapping, today
        place = {name: number for number, name in enumerate(header)}
        self._places = {field: [place[name] for name in names] for field, names in mapping.columns.items()}
        self._key = [place[name] for name in mapping.key]
        rule = mapping.supersession
        self._series = [place[name] for name in rule.series] if rule else []
        self._order = place[rule.order] if rule else -1
        self._day = lru_cache(maxsize=4096)(self._read_day)

    def read(self, row: Row) -> HistoricRecord:
        """What the row says.  Raises Rejected with the reason."""
        if row.problem is not None:
            raise Rejected(*row.problem)
        stated = self._stated(row.cells)
        try:
            self._examine(stated)
        except Refusal as refusal:
            raise Rejected(refusal.sentence_zh, refusal.sentence_en) from None
        identity = _hash_of([self._mapping.name, [row.cells[place] for place in self._key], sorted(stated.items())])
        series, version_on = self._version(row.cells)
        return HistoricRecord(row.line, identity, _hash_of(row.cells).hex(), series, version_on, stated)

    def _stated(self, cells: list[str]) -> dict[str, str | None]:
        stated: dict[str, str | None] = dict(self._mapping.constants)
        for field, places in self._places.items():
            texts = [text for place in places if (text := self._meant(cells[place]))]
            stated[field] = _JOINED_BY.join(texts) or None
        name = stated.get("unit_name")
        stated["unit"] = self._mapping.units.get(name) if name else None
        for field in DATES:
            if (day := stated.get(field)) is not None:
                stated[field] = self._day_of(field, day)
        return stated

    def _meant(self, cell: str) -> str:
        text = cell.strip()
        return "" if text in self._mapping.nothing else text

    def _examine(self, stated: dict[str, str | None]) -> None:
        for field in REQUIRED:
            if stated.get(field) is None:
                raise Rejected(f"缺少{_NAMES_ZH[field]}", f"it has no {_NAMES_EN[field]}")
        # The rulebook's own examination, before anything is recorded and not after half of it is.
        HistoricRow(item="I", source=_ANY_SOURCE, **stated).checked()  # type: ignore[arg-type]  # both required are there

    def _day_of(self, field: str, text: str) -> str:
        day = self._day(text)
        zh, en = _NAMES_ZH[field], _NAMES_EN[field]
        if day is None:
            formats = ", ".join(self._mapping.dates)
            raise Rejected(
                f"{zh}“{text}”不是{formats}格式的日期", f"the {en} {text!r} is no date of the form {formats}"
            )
        if not _EARLIEST <= day <= self._today:
            raise Rejected(
                f"{zh}{day}不在{_EARLIEST}至{self._today}之间",
                f"the {en} {day} is not between {_EARLIEST} and {self._today}",
            )
        return day.isoformat()

    def _read_day(self, text: str) -> date | None:
        return next((day for form in self._mapping.dates if (day := _day_in(form)(text)) is not None), None)

    def _version(self, cells: list[str]) -> tuple[bytes | None, str | None]:
        if not self._series or not (text := self._meant(cells[self._order])):
            return None, None
        day = self._day(text)
        if day is None:
            formats = ", ".join(self._mapping.dates)
            raise Rejected(
                f"版本日期“{text}”不是{formats}格式的日期",
                f"the version's date {text!r} is no date of the form {formats}",
            )
        return _hash_of([cells[place].strip() for place in self._series]), day.isoformat()


_NAMES_ZH = {"title": "标题", "unit_name": "单位名称", "written_on": "成文日期", "published_on": "发布日期"}
_NAMES_EN = {
    "title": "title",
    "unit_name": "unit",
    "written_on": "date of writing",
    "published_on": "date of publication",
}


def _day_in(form: str) -> Callable[[str], date | None]:
    if form == ROC:
        return _roc_day
    return lambda text: _strptime(text, form)


def _strptime(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _roc_day(text: str) -> date | None:
    found = _ROC_DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year + _ROC_BEGINS_AFTER, month, day)
    except ValueError:
        return None


def _hash_of(value: Any) -> bytes:
    """SHA-256 of a value as JSON without spaces; of a row that is the array of its cells."""
    return sha256(orjson.dumps(value)).digest()


def historic_row(record: HistoricRecord, item: str, file: str, supersedes: str | None) -> HistoricRow:
    """The row as the rulebook takes it over."""
    source = {"file": file, "line": record.line, "row_sha256": record.row_sha256}
    return HistoricRow(item=item, source=source, supersedes=supersedes, **record.stated)  # type: ignore[arg-type]  # examined
