"""Replay with what each entry changed: as a list, or a step at a time, forward and back through the past."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cli import moments
from cli.evidence import held, quoted
from cli.failure import Failure
from cli.projecting import abreast
from cli.session import Session
from cli.tables import plain
from cli.told import Titles, Told, Wanted
from ledger.brackets import Brackets
from ledger.entry import Entry
from ledger.ledger import Ledger
from projections.reading import Reader
from projections.touched import STATEFUL, RowChange, changes_of

_WINDOW = 1000
_SIGNS = {"added": "+", "changed": "~", "retold": "↺"}
_NOTHING = "—"
_HELP_ZH = "回车 下一条，b 上一条，数字 到该位置，日期或时间 到当时所记的最后一条，q 退出"
_HELP_EN = (
    "Enter: next, b: back, a number: to that position, a day or an instant: to the last entry recorded by then, q: quit"
)


@dataclass(frozen=True)
class Chosen:
    """The entries that are replayed: of these types (all without), up to this position, and as wanted."""

    types: Sequence[str]
    until: int | None
    wanted: Wanted

    def forward(self, ledger: Ledger, after: int) -> Iterator[Entry]:
        """The entries after a position, in order."""
        entries = quoted(ledger, after=after, until=self.until, types=self.types)
        return (entry for entry in entries if self.wanted.includes(entry))

    def backward(self, ledger: Ledger, before: int) -> Iterator[Entry]:
        """The entries before a position, the latest first; a window of positions in memory at a time."""
        end = before - 1 if self.until is None else min(before - 1, self.until)
        while end > 0:
            begin = max(0, end - _WINDOW)
            page = ledger.read(begin, _WINDOW, end, self.types)
            yield from (entry for entry in map(held, reversed(page)) if self.wanted.includes(entry))
            end = begin


class Teller:
    """Tells entries with what each of them changed.  Raises Failure where a projection has stopped."""

    def __init__(self, session: Session, ledger: Ledger) -> None:
        for projection in STATEFUL:
            abreast(ledger, projection)
        self._session, self._reader = session, Reader(ledger)
        self._titles, self._brackets = Titles(ledger), Brackets(ledger.published.stamps())

    def tell(self, entry: Entry) -> None:
        """One entry: a line, and below it a line for each row and each field that it changed."""
        told, changes = Told(entry, self._titles, self._brackets), changes_of(self._reader, entry)
        if self._session.json:
            self._session.print_json({**told.as_json(), "changes": [change.told() for change in changes]})
            return
        self._print(" ".join(str(cell) for cell in ("#", *told.row()) if cell).replace("# ", "#", 1))
        for change in changes:
            for line in _lines(change):
                self._print(line)

    def _print(self, line: str) -> None:
        self._session.console.print(plain(line), markup=False, highlight=False, soft_wrap=True)


def _lines(change: RowChange) -> Iterator[str]:
    retold = f"（过去{change.retold}段重述 · {change.retold} spans of its past told anew）" if change.retold else ""
    name = f"{change.projection}.{change.table}"
    yield f"    {_SIGNS[change.kind]} {name} {' '.join(map(str, change.key))}{retold}"
    before, after = change.before or {}, change.after or {}
    for field in change.fields:
        was, now = _short(before.get(field)), _short(after[field])
        if (was, now) != (_NOTHING, _NOTHING):
            yield f"        {field}: {now if change.before is None else f'{was} → {now}'}"


def _short(value: Any) -> str:
    """A value in a line; lists and objects stand in full with ``--json`` only."""
    match value:
        case bool():
            return "true" if value else "false"
        case list() | dict() if value:
            return f"{len(value)}项 items"
        case None | list() | dict():
            return _NOTHING
        case _:
            return str(value)


def tell_changes(session: Session, ledger: Ledger, chosen: Chosen) -> None:
    """Every chosen entry with what it changed, in order."""
    teller, count = Teller(session, ledger), 0
    for entry in chosen.forward(ledger, 0):
        teller.tell(entry)
        count += 1
    session.note(f"共{count}条。", f"{count} entries.")


# ── step by step ──────────────────────────────────────────────────────────────────────────────────


def step(session: Session, ledger: Ledger, chosen: Chosen) -> None:
    """Go through the chosen entries by what is typed on standard input, until its end or ``q``."""
    walk = _Walk(session, ledger, chosen)
    session.note(_HELP_ZH, _HELP_EN)
    walk.next()
    for line in _typed(walk):
        try:
            walk.follow(line.strip())
        except Failure as failure:
            session.note(failure.sentence_zh, failure.sentence_en)


def _typed(walk: "_Walk") -> Iterator[str]:
    while True:
        walk.prompt()
        line = sys.stdin.readline()
        if not line or line.strip() == "q":
            return
        yield line


class _Walk:
    """Where the operator stands in the past."""

    def __init__(self, session: Session, ledger: Ledger, chosen: Chosen) -> None:
        self._session, self._ledger, self._chosen = session, ledger, chosen
        self._teller = Teller(session, ledger)
        self._at = 0

    def prompt(self) -> None:
        """Say where we stand, where somebody sits who can read it; whoever drives us has his answer before."""
        sys.stdout.flush()
        if sys.stdin.isatty():
            size = self._ledger.head().size
            self._session.notices.print(f"#{self._at}/{size} > ", end="", markup=False, highlight=False)

    def follow(self, word: str) -> None:
        """Go where a typed word says.  Raises Failure for a word that is no moment."""
        match word:
            case "" | "n":
                self.next()
            case "b":
                self._stand(next(self._chosen.backward(self._ledger, self._at), None))
            case _:
                self._stand(next(self._chosen.backward(self._ledger, self._position(word) + 1), None))

    def next(self) -> None:
        """One entry on."""
        self._stand(next(self._chosen.forward(self._ledger, self._at), None))

    def _position(self, word: str) -> int:
        if word.isascii() and word.isdigit():
            return min(int(word), self._ledger.head().size)
        instant = moments.end(word, "replay --step")
        assert instant is not None
        return self._ledger.position_at(instant)

    def _stand(self, entry: Entry | None) -> None:
        if entry is None:
            self._session.note("没有更多条目。", "There is no further entry.")
            return
        self._at = entry.position
        self._teller.tell(entry)
