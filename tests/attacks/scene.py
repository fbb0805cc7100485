"""The scene of the attacks: a log that signs, the inspector who verifies it, and the owner of its database."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from cli.app import run
from ledger.append import Command
from ledger.database import Database, open_database
from ledger.entry import Actor, EventDraft
from ledger.ledger import Ledger
from ledger.note import ED25519_COSIGNATURE, signer_of
from ledger.schema import checkpoints, commands, entries, head, metadata
from ledger.signing import Signing
from ledger.tree import RightEdge
from tests.support.ledgers import SetClock

ORIGIN = "ledger.example/district"
WITNESS = signer_of("audit.example", ED25519_COSIGNATURE, b"\x01" * 32)
NOW = 1_764_000_000
SIZE = 24
OFFICER = Actor("P05", "publisher", "U05", "cli")


def minute(number: int, said: str = "as it was") -> Command:
    """One event of one stream, under a command id of its own."""
    event = EventDraft("minutes/1", number, "minutes.noted/1", {"number": number, "said": said}, OFFICER)
    return Command([event], command_id=f"minute-{number}")


@dataclass(frozen=True)
class Verdict:
    """What ``verify`` or ``compare`` came to: its exit code and what it printed."""

    code: int
    out: str

    def names(self, *words: str) -> bool:
        """Whether it condemned the log, in these words among others."""
        return self.code == 1 and all(word in self.out for word in words)

    @property
    def positions(self) -> list[int]:
        """The positions of the faults in a verdict of ``verify --json``."""
        return [fault["position"] for fault in json.loads(self.out)["faults"]]


class Scene:
    """24 entries, signed commit by commit, in a database of their own."""

    def __init__(self, url: str, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.url, self.folder, self._capture = url, folder, capture
        self.clock = SetClock()
        self.database = open_database(url)
        self.ledger = self.opened()
        for number in range(1, SIZE + 1):
            self.clock.advance(seconds=10)
            self.ledger.append(minute(number))
        assert self.ledger.signer is not None
        self.key = self.ledger.signer.verifiers[0].to_text()
        self.written = {entry.position: entry for entry in self.ledger.all()}

    def opened(self, **options: Any) -> Ledger:
        """The ledger as its service opens it."""
        return Ledger(self.database, clock=self.clock, signing=Signing(self.folder / "signing", ORIGIN), **options)

    def close(self) -> None:
        """End the service."""
        self.ledger.close()
        self.database.close()

    # ── the inspector ─────────────────────────────────────────────────────────────────────────────

    def kept(self, ledger: Ledger | None = None) -> Path:
        """The newest checkpoint in a file, as an inspector carries it away."""
        note = (ledger or self.ledger).published.checkpoint()
        assert note is not None
        file = self.folder / f"kept-{len(list(self.folder.glob('kept-*')))}.checkpoint"
        file.write_text(note)
        return file

    def verify(self, *arguments: object, target: object = None) -> Verdict:
        """``disclosure-ledger verify`` with the log's key pinned."""
        return self.types("verify", *([target] if target else []), "--key", self.key, *arguments)

    def types(self, *arguments: object) -> Verdict:
        """A command of the operator's program, against this database."""
        self._capture.readouterr()
        code = run([*(str(argument) for argument in arguments), "--database", self.url])
        captured = self._capture.readouterr()
        return Verdict(code, captured.out + ("" if "--json" in arguments else captured.err))

    # ── the owner of the database ─────────────────────────────────────────────────────────────────

    @contextmanager
    def as_owner(self) -> Iterator[Connection]:
        """A transaction past every guard."""
        with self.database.writing() as connection:
            without_guards(self.database, connection)
            yield connection
            if self.database.is_postgresql:
                connection.execute(text("SET session_replication_role = DEFAULT"))

    def change(self, position: int, **values: Any) -> None:
        """Change columns of an entry's row."""
        with self.as_owner() as connection:
            connection.execute(update(entries).where(entries.c.position == position).values(**values))

    def cut_to(self, size: int) -> None:
        """Take the tail away, and make every table agree with it."""
        edge = RightEdge()
        edge.extend(self.written[position].leaf_hash for position in range(1, size + 1))
        with self.as_owner() as connection:
            connection.execute(delete(entries).where(entries.c.position > size))
            connection.execute(delete(commands).where(commands.c.first_position > size))
            connection.execute(delete(checkpoints).where(checkpoints.c.size > size))
            moment = connection.execute(select(entries.c.recorded_at).where(entries.c.position == size)).scalar_one()
            connection.execute(update(head).values(size=size, edge=edge.to_bytes(), recorded_at=moment))

    def backup(self) -> dict[str, list[dict[str, Any]]]:
        """Every row of every table."""
        with self.database.engine.connect() as connection:
            return {
                table.name: [dict(row._mapping) for row in connection.execute(select(table))]
                for table in metadata.sorted_tables
            }

    def restore(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        """The tables as they were backed up."""
        with self.as_owner() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))
            for table in metadata.sorted_tables:
                if rows[table.name]:
                    connection.execute(insert(table), rows[table.name])

    # ── the thief of the key ──────────────────────────────────────────────────────────────────────

    @contextmanager
    def forged(self, name: str = "forged") -> Iterator[Ledger]:
        """An empty log in another database that signs with the stolen key."""
        signing = self.folder / f"{name}.signing"
        signing.mkdir()
        shutil.copy(self.folder / "signing" / "log.key", signing / "log.key")
        (signing / "log.key").chmod(0o600)
        database = open_database(f"sqlite:///{self.folder / name}.db")
        with Ledger(database, clock=self.clock, signing=Signing(signing, ORIGIN)) as ledger:
            yield ledger
        database.close()


def without_guards(database: Database, connection: Connection) -> None:
    """What the owner of a database can always do."""
    if database.is_postgresql:
        connection.execute(text("SET session_replication_role = replica"))
        return
    for name in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
        connection.execute(text(f"DROP TRIGGER {name}"))
