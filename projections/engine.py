"""One engine for all projections: it follows the log, page by page, and rebuilds when asked or needed.

Several processes may each run a projector on one database: every event is still folded exactly once
(``projections.scribe``), and of two that meet at one projection the second stands by for a moment.
"""

import logging
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from ledger.ledger import Ledger
from projections import bookkeeping
from projections.bookkeeping import BUILDING, LIVE, DeadLetter, Generation, create_bookkeeping, in_role
from projections.conflicts import repeated
from projections.errors import RebuildLost, RebuildRunning, RebuildStopped, UnknownProjection
from projections.feed import Page, read_page
from projections.folding import Projection, Tables, describe, shape_of
from projections.rebuilding import Progress, Rebuild
from projections.scribe import Overtaken, Scribe

__all__ = ["DeadLetter", "Projection", "ProjectionStatus", "Projector"]

logger = logging.getLogger(__name__)

_STAND_BY_S = 1.0
_LOOK_UP_S = 0.5
_POLL_S = 0.05
_LONGEST_PAUSE_S = 30.0


@dataclass(frozen=True, slots=True)
class ProjectionStatus:
    """How a projection stands.  ``lag`` counts entries; ``state`` is live, building or stopped.

    While ``building``, a newer generation is being written, up to ``building_position``, and the one
    described here serves.  ``stopped`` serves too, but what it says ends before the dead letter.
    """

    name: str
    version: int
    generation: int
    position: int
    lag: int
    state: str
    dead_letter: DeadLetter | None
    building_position: int | None = None
    folded: int = 0
    skipped: int = 0


class Projector:
    """Keeps projections abreast of the log, each in its own transactions and at its own pace.

    Page sizes count events.  A rebuild's pages are larger: a row that begins and ends within one page
    is written once.
    """

    def __init__(
        self,
        ledger: Ledger,
        projections: Iterable[Projection],
        page_size: int = 2000,
        rebuild_page_size: int = 10_000,
    ) -> None:
        self._ledger, self._page_size, self._rebuild_page_size = ledger, page_size, rebuild_page_size
        self._projections = {projection.name: projection for projection in projections}
        self._rebuilds: dict[str, Rebuild] = {}
        self._scribes: dict[str, Scribe] = {}
        self._stand_by_until: dict[str, float] = {}
        self._followed: dict[str, int] = {}
        self._reached: dict[str, int] = {}
        self._moved = threading.Condition()
        create_bookkeeping(ledger.database)

    @property
    def names(self) -> tuple[str, ...]:
        """The projections kept, in the order given."""
        return tuple(self._projections)

    # ------------------------------------------------------------------ following the log

    def run_once(self) -> int:
        """Take one page into each projection; the answer counts entries taken, folded or skipped.

        Zero means that every projection that can move stands at the end of the log.
        """
        pages: dict[int, Page] = {}
        taken = sum(self._advance(projection, pages) for projection in self._projections.values())
        if taken:
            with self._moved:
                self._moved.notify_all()
        return taken

    def catch_up(self) -> int:
        """Take pages until none is left; counts as ``run_once`` does."""
        total = 0
        while taken := self.run_once():
            total += taken
        return total

    def run_forever(self, stop: threading.Event) -> None:
        """Follow the log until told to stop; outlives whatever ails the database."""
        pause_s = _LOOK_UP_S
        while not stop.is_set():
            try:
                taken = self.run_once()
                pause_s = _LOOK_UP_S
                if not taken:
                    self._wait_for_more(stop)
            except Exception as error:  # noqa: BLE001 - a worker that dies unnoticed is the worst of outcomes
                logger.warning("projections pause for %.1f s: %s", pause_s, describe(error))
                stop.wait(pause_s)
                pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
        self._close_rebuilds()

    def _wait_for_more(self, stop: threading.Event) -> None:
        if self._followed:
            self._ledger.wait_beyond(min(self._followed.values()), _LOOK_UP_S)
        else:
            stop.wait(_LOOK_UP_S)

    def _advance(self, projection: Projection, pages: dict[int, Page]) -> int:
        self._followed.pop(projection.name, None)
        found = self._generations(projection.name)
        live = in_role(found, LIVE) or self._begin(projection)
        if live.version < projection.version:
            return self._advance_rebuild(projection, in_role(found, BUILDING))
        # A newer program's tables are left alone: going back is for an operator to say.
        if live.version > projection.version or live.dead_letter is not None or self._stands_by(projection.name):
            return 0
        return self._follow(projection, live, pages)

    def _follow(self, projection: Projection, live: Generation, pages: dict[int, Page]) -> int:
        page = pages.get(live.position)
        if page is None:
            page = pages[live.position] = read_page(self._ledger, live.position, self._page_size)
        scribe = self._scribe(projection, live)
        try:
            if page.until > live.position and (failure := scribe.take(page)) is not None:
                logger.error(
                    "%s stopped at position %d (%s): %s", projection.name, failure.position, failure.type, failure.error
                )
        except Overtaken:
            self._stand_by_until[projection.name] = time.monotonic() + _STAND_BY_S
            return 0
        self._followed[projection.name] = self._reached[projection.name] = scribe.generation.position
        return scribe.generation.position - live.position

    def _scribe(self, projection: Projection, live: Generation) -> Scribe:
        scribe = self._scribes.get(projection.name)
        if scribe is None or scribe.generation.number != live.number:
            scribe = self._scribes[projection.name] = Scribe(self._ledger, projection, live)
        scribe.stand_at(live)
        return scribe

    def _stands_by(self, name: str) -> bool:
        return time.monotonic() < self._stand_by_until.get(name, 0.0)

    def _begin(self, projection: Projection) -> Generation:
        """Create the first generation; of several workers that try at once, one does."""
        begun: list[Generation] = []

        def create(connection: Connection) -> None:
            found = bookkeeping.generations(connection, self._ledger.number, projection.name)
            live = in_role(found, LIVE)
            if live is None:
                live = bookkeeping.add_generation(
                    connection,
                    self._ledger.number,
                    projection.name,
                    version=projection.version,
                    shape=shape_of(projection),
                    role=LIVE,
                )
                tables = Tables(projection, live.number, is_postgresql=self._ledger.database.is_postgresql)
                tables.create(connection)
                tables.index(connection)
            begun.append(live)

        repeated(lambda: self._ledger.database.locked(create))
        return begun[-1]

    def _generations(self, name: str) -> list[Generation]:
        with self._ledger.database.engine.connect() as connection:
            return bookkeeping.generations(connection, self._ledger.number, name)

    # ------------------------------------------------------------------ rebuilding

    def rebuild(self, name: str, progress: Progress | None = None) -> None:
        """Write the projection anew from the log's first entry, beside the tables that serve, and swap.

        Returns when the new tables serve.  Raises UnknownProjection, RebuildRunning while another
        rebuild of it gives signs of life, and RebuildStopped at an event that cannot be folded.
        """
        rebuild = Rebuild(self._ledger, self._projection(name), self._rebuild_page_size)
        rebuild.begin()
        rebuild.run(progress)

    def _advance_rebuild(self, projection: Projection, building: Generation | None) -> int:
        """A page of the rebuild that a newer version calls for, unless another worker is at it."""
        name = projection.name
        if building is not None and building.dead_letter is not None and building.version == projection.version:
            return 0
        try:
            rebuild = self._rebuilds.get(name) or self._claimed(projection)
            before = rebuild.position
            if rebuild.step():
                del self._rebuilds[name]
        except RebuildRunning:
            return 0
        except (RebuildLost, RebuildStopped) as error:
            logger.error("%s", error)  # noqa: TRY400 - the sentence says it all
            self._rebuilds.pop(name).close()
            return 0
        # The swap itself is a step too, even where no entry was left.
        return max(rebuild.position - before, 1)

    def _claimed(self, projection: Projection) -> Rebuild:
        rebuild = Rebuild(self._ledger, projection, self._rebuild_page_size)
        rebuild.begin(resume=True)
        self._rebuilds[projection.name] = rebuild
        return rebuild

    def _close_rebuilds(self) -> None:
        while self._rebuilds:
            self._rebuilds.popitem()[1].close()

    # ------------------------------------------------------------------ what the person on duty asks

    def retry(self, name: str) -> None:
        """Let a stopped projection try its event again; it goes on from there.  Raises UnknownProjection."""
        self._projection(name)
        with self._ledger.database.writing() as connection:
            for generation in bookkeeping.generations(connection, self._ledger.number, name):
                if generation.dead_letter is not None:
                    bookkeeping.revive(connection, generation)

    def status(self) -> list[ProjectionStatus]:
        """How every projection stands, in the order given; one without tables yet stands at 0."""
        with self._ledger.database.engine.connect() as connection:
            found = bookkeeping.generations(connection, self._ledger.number)
        size = self._ledger.feed.size()
        return [
            self._status(projection, [generation for generation in found if generation.name == name], size)
            for name, projection in self._projections.items()
        ]

    def _status(self, projection: Projection, found: list[Generation], size: int) -> ProjectionStatus:
        live, building = in_role(found, LIVE), in_role(found, BUILDING)
        if live is None:
            position = building.position if building else None
            return ProjectionStatus(projection.name, projection.version, 0, 0, size, "building", None, position)
        dead_letter = live.dead_letter or (building.dead_letter if building else None)
        waits = building is not None or live.version < projection.version
        state = "stopped" if dead_letter else "building" if waits else "live"
        return ProjectionStatus(
            projection.name,
            live.version,
            live.number,
            live.position,
            max(size - live.position, 0),
            state,
            dead_letter,
            building.position if building else None,
            live.folded,
            live.skipped,
        )

    def wait_for(self, position: int, timeout_s: float, names: Sequence[str] = ()) -> bool:
        """Block until the projections named (all without) have taken in a position, whoever folds them.

        False when the time is over first, and at once when one of them stands still before it.  Raises
        UnknownProjection.
        """
        awaited = [self._projection(name).name for name in names] or list(self.names)
        deadline = time.monotonic() + timeout_s
        # What this process has folded itself, it need not ask the database about.
        while any(self._reached.get(name, 0) < position for name in awaited):
            behind = [status for status in self.status() if status.name in awaited and status.position < position]
            if not behind:
                return True
            left_s = deadline - time.monotonic()
            if left_s <= 0 or any(self._stands_still(status) for status in behind):
                return False
            with self._moved:
                self._moved.wait(min(left_s, _POLL_S))
        return True

    def _stands_still(self, status: ProjectionStatus) -> bool:
        """Whether the tables that serve will not move by waiting: stopped, or of another version."""
        other_version = status.generation > 0 and status.version != self._projections[status.name].version
        return status.state == "stopped" or other_version

    def _projection(self, name: str) -> Projection:
        if name not in self._projections:
            raise UnknownProjection(name, self.names)
        return self._projections[name]
