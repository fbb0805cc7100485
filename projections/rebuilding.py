"""Rebuilding a projection beside the tables that serve, and putting it in their place.

A rebuild writes generation g+1 from the log's first entry while generation g goes on serving and being
folded.  When it has caught up it takes over in one transaction; generation g is kept until the next
swap, for readers that resolved its name just before.  The builder shows a sign of life with every
page; only one that has fallen silent can be replaced.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

from sqlalchemy import Connection

from ledger import instants
from ledger.ledger import Ledger
from projections import bookkeeping
from projections.bookkeeping import BUILDING, LIVE, PREVIOUS, Generation, in_role
from projections.conflicts import repeated
from projections.errors import RebuildLost, RebuildRunning, RebuildStopped
from projections.feed import Page, read_page
from projections.folding import Failure, Projection, shape_of, types_to_read
from projections.memory import CELLS
from projections.scribe import Overtaken, Scribe

_SMALLEST_PAGE = 500
SILENCE_S = 60
"""After so long without a sign of life a builder counts as gone."""

Progress = Callable[[int, int], None]
"""Called with the position reached and the log's size."""


class Rebuild:
    """One rebuild of one projection, from ``begin`` to the swap that ``step`` makes at the end."""

    def __init__(self, ledger: Ledger, projection: Projection, page_size: int) -> None:
        self._ledger, self._projection, self._page_size = ledger, projection, page_size
        self._database = ledger.database
        self._types = types_to_read(projection)
        self._builder = uuid4().hex
        self._reader = ThreadPoolExecutor(1, thread_name_prefix=f"rebuild-{projection.name}")
        self._ahead: tuple[int, Future[Page]] | None = None
        self._scribe: Scribe | None = None

    @property
    def position(self) -> int:
        """How far the new tables have come."""
        return self._begun().generation.position

    def begin(self, *, resume: bool = False) -> None:
        """Claim the rebuild and create its tables; ``resume`` goes on where a silent builder left off.

        Raises RebuildRunning while another builder gives signs of life.
        """
        self._alone(lambda connection: self._claim(connection, resume=resume))

    def step(self) -> bool:
        """Fold one page, or swap when none is left; True when the new tables serve.

        Raises RebuildStopped at an event that cannot be folded and RebuildLost when another builder
        has taken over.
        """
        scribe = self._begun()
        page = self._page(self.position)
        if page.until > self.position:
            self._take(scribe, page)
        if page.full:
            return False
        # An index is cheaper to build than to keep while its table is being filled.
        self._alone(scribe.tables.index)
        self._alone(self._swap)
        self._alone(self._drop_leftovers)
        self.close()
        return True

    def run(self, progress: Progress | None = None) -> None:
        """Step until the new tables serve; what was written is dropped when an event cannot be folded."""
        try:
            while not self.step():
                if progress is not None:
                    progress(self.position, self._ledger.feed.size())
        except RebuildStopped:
            self._alone(self._abandon)
            raise
        finally:
            self.close()
        if progress is not None:
            progress(self.position, self._ledger.feed.size())

    def close(self) -> None:
        """Stop reading ahead."""
        self._reader.shutdown(cancel_futures=True)

    # ------------------------------------------------------------------ a page

    def _page(self, position: int) -> Page:
        """The page after a position; the one after it is read meanwhile."""
        ahead, self._ahead = self._ahead, None
        page = ahead[1].result() if ahead and ahead[0] == position else self._read(position)
        if page.full:
            self._ahead = page.until, self._reader.submit(self._read, page.until)
        return page

    def _read(self, position: int) -> Page:
        # As many events as fill a page's memory, going by the last page; never so few that it costs time.
        affordable = max(int(CELLS / self._begun().cells_per_event), _SMALLEST_PAGE)
        return read_page(self._ledger, position, min(self._page_size, affordable), self._types, once=True)

    def _take(self, scribe: Scribe, page: Page) -> None:
        try:
            failure = scribe.take(page)
        except Overtaken:
            raise RebuildLost(self._projection.name) from None
        if failure is not None:
            raise self._stopped(failure)

    def _stopped(self, failure: Failure) -> RebuildStopped:
        return RebuildStopped(self._projection.name, failure.position, failure.type, failure.error)

    # ------------------------------------------------------------------ claiming, swapping, dropping

    def _claim(self, connection: Connection, *, resume: bool) -> None:
        standing = in_role(self._generations(connection), BUILDING)
        if standing is not None:
            silent_s = (self._now() - standing.builder_seen) // 1_000_000
            if standing.dead_letter is None and silent_s < SILENCE_S:
                raise RebuildRunning(self._projection.name, silent_s, SILENCE_S)
            if resume and standing.version == self._projection.version and self._resume(connection, standing):
                return
            self._drop(connection, standing)
        building = bookkeeping.add_generation(
            connection,
            self._ledger.number,
            self._projection.name,
            version=self._projection.version,
            shape=shape_of(self._projection),
            role=BUILDING,
            builder=self._builder,
            seen=self._now(),
        )
        self._scribe = Scribe(self._ledger, self._projection, building, cells_remembered=CELLS)
        self._scribe.tables.create(connection)

    def _resume(self, connection: Connection, standing: Generation) -> bool:
        if not bookkeeping.take_over(connection, standing, self._builder, self._now()):
            return False
        mine = replace(standing, builder=self._builder)
        self._scribe = Scribe(self._ledger, self._projection, mine, cells_remembered=CELLS)
        return True

    def _swap(self, connection: Connection) -> None:
        """Put the new generation in the live one's place, behind which it may never fall."""
        serving = in_role(self._generations(connection), LIVE)
        live = None if serving is None else bookkeeping.hold(connection, serving)
        scribe = self._begun()
        if self._held(connection) is None:
            raise RebuildLost(self._projection.name)
        while live is not None and self.position < live.position:
            page = self._read(self.position)
            self._take_within(connection, scribe, page)
        if live is not None:
            bookkeeping.give_role(connection, live, PREVIOUS)
        # From here on the new tables serve.
        bookkeeping.give_role(connection, scribe.generation, LIVE)

    def _take_within(self, connection: Connection, scribe: Scribe, page: Page) -> None:
        """Take a last short page while the live generation is held still."""
        folded = scribe.fold(connection, page)
        if folded.failure is not None:
            raise self._stopped(folded.failure)
        scribe.write(connection, page, folded)
        scribe.come_to(page, folded)

    def _drop_leftovers(self, connection: Connection) -> None:
        """Drop what served before the generation that served last."""
        previous = [generation for generation in self._generations(connection) if generation.role == PREVIOUS]
        for generation in previous[:-1]:
            self._drop(connection, generation)

    def _abandon(self, connection: Connection) -> None:
        if (held := self._held(connection)) is not None:
            self._drop(connection, held)

    def _drop(self, connection: Connection, generation: Generation) -> None:
        for table in generation.table_names:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
        bookkeeping.forget(connection, generation)

    def _alone(self, work: Callable[[Connection], None]) -> None:
        """Change tables and their bookkeeping in one transaction, alone among all processes."""
        repeated(lambda: self._database.locked(work))

    def _held(self, connection: Connection) -> Generation | None:
        """Our generation, locked until the transaction ends; None when it is ours no longer."""
        held = bookkeeping.hold(connection, self._begun().generation)
        return held if held is not None and held.builder == self._builder else None

    def _generations(self, connection: Connection) -> list[Generation]:
        return bookkeeping.generations(connection, self._ledger.number, self._projection.name)

    def _begun(self) -> Scribe:
        assert self._scribe is not None, "begin first"
        return self._scribe

    def _now(self) -> int:
        return instants.to_microseconds(self._ledger.clock())
