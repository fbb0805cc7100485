"""What every command is handed: which ledger is meant, and where to speak to the operator."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import orjson
from cyclopts import Parameter
from rich.console import Console
from sqlalchemy import inspect, select

from cli.failure import Failure
from ledger import instants
from ledger.clock import Clock, system_clock
from ledger.database import Database, UnusableDatabaseUrl, normalise_url, open_database
from ledger.ledger import Ledger
from ledger.schema import head
from ledger.signing import Signing, signing_for

DATABASE_VARIABLE = "LEDGER_DATABASE_URL"
NAME_VARIABLE = "LEDGER_NAME"
SIGNING_VARIABLE = "LEDGER_SIGNING_DIRECTORY"
ORIGIN_VARIABLE = "LEDGER_ORIGIN"
POST_QUANTUM_VARIABLE = "LEDGER_POST_QUANTUM"
DEFAULT_DATABASE = "disclosure-ledger.db"

_WIDTH_OF_A_PIPE = 160
"""Columns of a table whose reader is not a terminal; COLUMNS overrides it."""


@dataclass
class Session:
    """One run of the program: the ledger that is meant, the operator's two ears, and the clock.

    ``console`` is standard output and carries results only; ``notices`` is standard error and carries
    progress, warnings and sentences about errors.
    """

    database_url: str
    ledger_name: str = "district"
    json: bool = False
    clock: Clock = system_clock
    console: Console = field(default_factory=lambda: _console(sys.stdout))
    notices: Console = field(default_factory=lambda: _console(sys.stderr))

    @classmethod
    def from_environment(cls, database: str | None, *, json: bool) -> "Session":
        """A session by the options given, then by the environment, then by the defaults.  Raises OSError."""
        address = database or os.environ.get(DATABASE_VARIABLE) or _address_in_file() or DEFAULT_DATABASE
        return cls(address, os.environ.get(NAME_VARIABLE) or "district", json)

    @property
    def shown_url(self) -> str:
        """The database's address as it may be shown: without its password, or nothing of an unreadable one."""
        try:
            return normalise_url(self.database_url).render_as_string(hide_password=True)
        except UnusableDatabaseUrl:
            return ""

    @contextmanager
    def open_database(self) -> Iterator[Database]:
        """The database, which must hold a ledger's tables; nothing is created by looking."""
        url = normalise_url(self.database_url)
        if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
            raise self._no_ledger()
        database = open_database(self.database_url, create=False)
        try:
            if not inspect(database.engine).has_table(head.name):
                raise self._no_ledger()
            yield database
        finally:
            database.close()

    @property
    def signing(self) -> Signing | None:
        """How the ledger is signed, by the environment: as the service does, so that both sign one past."""
        named = os.environ.get(SIGNING_VARIABLE)
        return signing_for(
            self.database_url,
            self.ledger_name,
            Path(named) if named else None,
            os.environ.get(ORIGIN_VARIABLE),
            post_quantum=os.environ.get(POST_QUANTUM_VARIABLE, "").lower() in {"1", "true", "yes", "on"},
        )

    @contextmanager
    def open_ledger(self, *, clock: Clock | None = None, signed: bool = False) -> Iterator[Ledger]:
        """The ledger, which must exist: a mistyped address must never answer "all is well, 0 entries".

        What writes says ``signed``, so that its commits are signed as the service's are; looking signs nothing.
        """
        with self.open_database() as database:
            names = select(head.c.name).order_by(head.c.ledger)
            with database.engine.connect() as connection:
                known = list(connection.execute(names).scalars())
            if self.ledger_name not in known:
                raise self._no_ledger(known)
            signing = self.signing if signed else None
            with Ledger(database, self.ledger_name, clock=clock or self.clock, signing=signing) as ledger:
                yield ledger

    def _no_ledger(self, known: list[str] | None = None) -> Failure:
        others_zh = f"（这里有：{'、'.join(known)}）" if known else ""
        others_en = f" (there are: {', '.join(known)})" if known else ""
        return Failure(
            f"{self.shown_url}里没有名为“{self.ledger_name}”的台账{others_zh}。未作任何改动。请核对--database，"
            "或先运行 disclosure-ledger found（新建）、disclosure-ledger demo（示范区）。",
            f"There is no ledger {self.ledger_name!r} in {self.shown_url}{others_en}. Nothing was changed. Check "
            "--database, or first run disclosure-ledger found (a new district) or disclosure-ledger demo.",
        )

    def print_json(self, value: Any) -> None:
        """Write one JSON value as one line on standard output."""
        line = orjson.dumps(value, default=_plain, option=orjson.OPT_APPEND_NEWLINE)
        write_line(line)

    def note(self, zh: str, en: str) -> None:
        """Tell the operator something that is not a result."""
        self.notices.print(f"{zh}\n{en}", markup=False, highlight=False, soft_wrap=True)


SessionOf = Annotated[Session, Parameter(parse=False)]
"""How a command asks for its session; it is never read from the command line."""


def _address_in_file() -> str | None:
    """The address in the file that the environment names, so that a password need not stand in either."""
    named = os.environ.get(f"{DATABASE_VARIABLE}_FILE")
    return Path(named).read_text(encoding="utf-8").rstrip("\r\n") if named else None


def write_line(line: bytes) -> None:
    """Write bytes to standard output as they are, whatever encoding the terminal has been given."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(line.decode())
    else:
        sys.stdout.flush()
        buffer.write(line)


def _console(stream: Any) -> Console:
    """A console that folds nothing when a program reads it; colours follow NO_COLOR and the terminal."""
    if stream.isatty():
        return Console(file=stream, highlight=False)
    return Console(file=stream, highlight=False, width=int(os.environ.get("COLUMNS") or _WIDTH_OF_A_PIPE))


def _plain(value: Any) -> Any:
    if hasattr(value, "hex") and isinstance(value, bytes):
        return value.hex()
    if hasattr(value, "isoformat"):
        return instants.to_text(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
