"""The scribe of one generation: takes pages of events, and writes each exactly once.

Rows and bookmark are written in one transaction that begins by moving the bookmark from where the
page begins.  Whoever comes second finds it moved, writes nothing, and is told so (``Overtaken``).
"""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from ledger import instants
from ledger.ledger import Ledger
from projections import bookkeeping
from projections.bookkeeping import DeadLetter, Generation
from projections.conflicts import has_lost, repeated
from projections.errors import ProjectionError
from projections.feed import Page
from projections.folding import Failure, Folded, Projection, Tables, describe, fold_page, write_page
from projections.memory import CELLS_OF_A_FOLLOWER, no_cycle_collection

_WIDEST_EVENT = 200


class Overtaken(ProjectionError):
    """Another worker has moved the bookmark; the page was dropped and nothing of it was written."""


class Scribe:
    """Folds and writes for one generation of one projection; ``generation`` knows the bookmark."""

    def __init__(
        self,
        ledger: Ledger,
        projection: Projection,
        generation: Generation,
        cells_remembered: int = CELLS_OF_A_FOLLOWER,
    ) -> None:
        self._ledger, self._projection = ledger, projection
        self._database = ledger.database
        self.generation = generation
        self.tables = Tables(
            projection,
            generation.number,
            is_postgresql=ledger.database.is_postgresql,
            cells_remembered=cells_remembered,
        )
        self.tables.forget(empty=generation.position == 0)
        self.cells_per_event = float(_WIDEST_EVENT)
        """What an event of the last page cost, for whoever decides how large the next one is."""

    def stand_at(self, generation: Generation) -> None:
        """Take the bookkeeping's word for the bookmark: what others have written is not in our memory."""
        if generation.position != self.generation.position:
            self.tables.forget()
        self.generation = generation

    def take(self, page: Page) -> Failure | None:
        """Fold and write a page; the answer is the failure that stopped the generation, if one did.

        Raises Overtaken, and the database's own errors when it could not do it now.
        """
        with no_cycle_collection():
            return repeated(lambda: self._take(page))

    def _take(self, page: Page) -> Failure | None:
        with self._database.engine.connect() as connection, connection.begin():
            folded = self.fold(connection, page)
        try:
            with self._database.writing() as connection:
                self.write(connection, page, folded)
        except Exception as error:
            self.tables.forget()
            if self._is_not_the_pages(error) or not page.events:
                raise
            return self._narrow(page, error)
        self.come_to(page, folded)
        return folded.failure

    def fold(self, connection: Connection, page: Page) -> Folded:
        """Fold a page upon the rows as they stand; reads only."""
        return fold_page(connection, self._projection, self.tables.bulks, page.events, once=page.once)

    def write(self, connection: Connection, page: Page, folded: Folded) -> None:
        """Move the bookmark and write the rows, in the caller's transaction."""
        assert page.after == self.generation.position, "a page is written where it begins"
        until = _reached(page, folded)
        if not bookkeeping.advance(connection, self.generation, until, folded.count, self._now()):
            raise Overtaken(f"{self._projection.name}: another worker was first at position {page.after}")
        write_page(connection, self.tables.bulks, folded)
        if folded.failure is not None:
            self._stop(connection, folded.failure)

    def _narrow(self, page: Page, error: Exception) -> Failure | None:
        """Find the event whose rows the database refuses, and stop before it; its neighbours are written."""
        if len(page.events) > 1:
            for half in page.halves():
                if (failure := self._take(half)) is not None:
                    return failure
            return None
        event = page.events[0]
        failure = Failure(event.position, event.type, describe(error))
        with self._database.writing() as connection:
            nothing = Folded({}, 0, failure)
            self.write(connection, page, nothing)
        self.come_to(page, nothing)
        return failure

    def come_to(self, page: Page, folded: Folded) -> None:
        """Remember what was written and committed."""
        self.generation = self.generation.moved_to(_reached(page, folded))
        if folded.count:
            self.cells_per_event = max(self.tables.cells(folded.sheets) / folded.count, 1.0)
        self.tables.remember(folded.sheets)
        for bulk in self.tables.bulks.values():
            bulk.analyse_when_grown(self._database)

    def _stop(self, connection: Connection, failure: Failure) -> None:
        letter = DeadLetter(failure.position, failure.type, failure.error, self._ledger.clock())
        bookkeeping.bury(connection, self.generation, letter)

    def _is_not_the_pages(self, error: Exception) -> bool:
        """Whether another worker, or a database that could not do it now, is the reason."""
        if isinstance(error, Overtaken) or has_lost(error):
            return True
        driver: Any = self._database.engine.dialect.loaded_dbapi
        if isinstance(error, DBAPIError):
            return isinstance(error, OperationalError | InterfaceError)
        return isinstance(error, driver.OperationalError | driver.InterfaceError)

    def _now(self) -> int:
        return instants.to_microseconds(self._ledger.clock())


def _reached(page: Page, folded: Folded) -> int:
    return page.until if folded.failure is None else folded.failure.position - 1
