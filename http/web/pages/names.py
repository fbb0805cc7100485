"""What codes are called: units and channels for everybody, officers for whoever has signed in.

Looked up when a page first needs them, at the page's moment.  A name that has been erased, or that
this reader may not see, is simply not known; the page then shows the code.
"""

from collections.abc import Iterable
from functools import cached_property

from aggregates.officer import Officer
from ledger.ledger import Ledger
from projections import directory
from projections.errors import NotBuiltYet
from projections.reading import LARGEST_PAGE, Reader
from projections.temporal import AsOf
from web.pages.language import Language

NameInBoth = tuple[str, str]


class Names:
    """The names that one page needs."""

    def __init__(self, ledger: Ledger, reader: Reader, as_of: AsOf, *, signed_in: bool) -> None:
        self._ledger, self._reader, self._as_of, self._signed_in = ledger, reader, as_of, signed_in
        self._officers: dict[str, str | None] = {}
        self._openable: frozenset[str] = frozenset()

    @cached_property
    def units(self) -> dict[str, NameInBoth]:
        """Every unit's names by its code."""
        try:
            found = directory.units(self._reader, self._as_of, limit=LARGEST_PAGE).rows
        except NotBuiltYet:
            return {}
        return {unit.unit: (unit.name_zh, unit.name_en) for unit in found}

    @cached_property
    def channels(self) -> dict[str, NameInBoth]:
        """Every channel's names by its code."""
        try:
            found = directory.channels(self._reader, self._as_of, limit=LARGEST_PAGE).rows
        except NotBuiltYet:
            return {}
        return {channel.channel: (channel.name_zh, channel.name_en) for channel in found}

    def unit(self, code: str | None, language: Language) -> str | None:
        """A unit's name, or None."""
        return _in(language, self.units.get(code or ""))

    def channel(self, code: str, language: Language) -> str | None:
        """A channel's name, or None."""
        return _in(language, self.channels.get(code))

    def look_up_officers(self, codes: Iterable[str | None]) -> None:
        """Fetch the names of many officers at once."""
        wanted = {code for code in codes if code} - self._officers.keys()
        if not self._signed_in or not wanted:
            return
        records = {Officer.stream_of(code): code for code in wanted}
        found = self._ledger.personal.of_records(list(records), "name")
        self._officers |= {
            code: str(found[record].value) if record in found else None for record, code in records.items()
        }

    def officer(self, code: str) -> str | None:
        """An officer's name, or None for the public and where it has been erased."""
        self.look_up_officers([code])
        return self._officers.get(code)

    def open_contents(self, sha256s: Iterable[str]) -> None:
        """Say which contents this reader may download from this page."""
        self._openable |= frozenset(sha256s)

    def may_open(self, sha256: str) -> bool:
        """Whether a content is offered for download."""
        return sha256 in self._openable


def _in(language: Language, names: NameInBoth | None) -> str | None:
    return None if names is None else names[0 if language is Language.ZH else 1]
