"""What all routes share while the service runs: the ledger, the Registry, the projections, and the threads.

Opened in one order and closed in the other.  Blocking work never runs on the event loop: commands have
threads enough that the ledger can commit many at once, questions have threads of their own, so that
neither waits for the other.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

import ledger
from aggregates.registry import Registry
from ledger.clock import Clock, system_clock
from ledger.credentials import Tokens
from ledger.database import open_database
from ledger.signing import signing_for
from projections.engine import Projector
from projections.reading import Reader
from projections.standard import STANDARD
from web.outside import Outside
from web.principal import Principals
from web.problem_codes import ProblemCode
from web.problems import Problem
from web.receipts import VersioningLedger
from web.settings import Settings
from web.tail import Tail

UPLOADS = 4
"""Contents taken in at once; each is in memory as a whole."""

PACKAGES = 2
"""Evidence packages sent at once; each is printed by a process of its own."""

_MIGRATIONS = Path(ledger.__file__).parent / "migrations"

P = ParamSpec("P")
T = TypeVar("T")


class Crew:
    """Threads for one kind of blocking work, and how much may wait for them: what waits for ever helps nobody."""

    def __init__(self, threads: int, name: str, backlog: int) -> None:
        self._executor = ThreadPoolExecutor(threads, name)
        self._most = threads + backlog
        self.in_hand = 0

    async def run(self, work: Callable[[], T]) -> T:
        """Do the work in a thread.  Raises Problem BUSY when too much is in hand already."""
        if self.in_hand >= self._most:
            raise Problem(ProblemCode.BUSY, headers={"Retry-After": "1"})
        self.in_hand += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, work)
        finally:
            self.in_hand -= 1

    def close(self) -> None:
        """Finish what is in hand."""
        self._executor.shutdown()


class Service:
    """The open service.  Use it in a ``with``; what waits is committed before the database is closed."""

    def __init__(self, settings: Settings, clock: Clock = system_clock) -> None:
        self.settings, self.clock = settings, clock
        self.database = open_database(
            settings.address, pool_size=settings.database_connections, create=settings.creates_schema
        )
        self.ledger = VersioningLedger(
            self.database,
            settings.name,
            clock=clock,
            largest_content=settings.largest_content,
            signing=signing_for(
                settings.address,
                settings.name,
                settings.signing_directory,
                settings.origin,
                post_quantum=settings.post_quantum,
            ),
        )
        self.outside = Outside(settings, self.ledger)
        self.registry = Registry(self.ledger)
        self.projector = Projector(self.ledger, STANDARD)
        self.reader = Reader(self.ledger)
        self.tokens = Tokens(self.database, clock)
        self.principals = Principals(self.tokens, self.registry, clock, settings.credential_memory_s)
        self.uploads = asyncio.Semaphore(UPLOADS)
        self.packages = asyncio.Semaphore(PACKAGES)
        self.tail: Tail
        self._commanding = Crew(settings.command_threads, "command", settings.backlog)
        self._asking = Crew(settings.reading_threads, "asking", settings.backlog)
        self._stop = threading.Event()
        self._worker = threading.Thread(target=self.projector.run_forever, args=(self._stop,), name="projections")

    def start(self) -> None:
        """Begin to follow the log, where this process is to write the projections; call it on the event loop."""
        if self.settings.projects:
            self._worker.start()
        self.outside.start(asyncio.get_running_loop())

    def schema_is_ours(self) -> bool:
        """Whether the database's schema is the one that this program was written for."""
        wanted = set(ScriptDirectory(str(_MIGRATIONS)).get_heads())
        with self.database.engine.connect() as connection:
            return set(MigrationContext.configure(connection).get_current_heads()) == wanted

    async def commanding(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a command that blocks until it is durable.  Raises Problem BUSY."""
        return await self._commanding.run(partial(work, *args, **kwargs))

    async def asking(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a question that blocks on the database.  Raises Problem BUSY."""
        return await self._asking.run(partial(work, *args, **kwargs))

    async def all_witnessed(self) -> None:
        """In strict mode, wait until a quorum has seen all that is recorded now.  Raises Problem NOT_WITNESSED_YET."""
        if self.outside.strict:
            await self.outside.until_witnessed(await self.asking(self.ledger.feed.size))

    def close(self) -> None:
        """Finish what is in hand, then the projections, the Registry, the ledger, the database."""
        self._commanding.close()
        self._stop.set()
        if self._worker.is_alive():
            self._worker.join()
        self.outside.close()
        self.tail.close()
        self._asking.close()
        self.registry.close()
        self.ledger.close()
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
