"""The content store: bytes under their SHA-256, kept in the database.

Sealing moves bytes to a table of their own, which privileges keep from everybody but a named role;
nothing is ever deleted.  The events that seal and unseal are recorded by whoever asked for it.
"""

from dataclasses import dataclass
from hashlib import sha256 as digest

from sqlalchemy import Connection, Table, delete, insert, select
from sqlalchemy.exc import IntegrityError

from ledger.database import Database
from ledger.errors import ContentMissing, ContentSealed, IntegrityFault
from ledger.schema import contents, sealed_contents

LARGEST_CONTENT = 64 * 1024 * 1024
"""Bytes one stored content may have, by default."""


class ContentTooLarge(ValueError):
    """The content exceeds the limit; nothing was stored."""


@dataclass(frozen=True, slots=True)
class ContentReference:
    """What an entry says of a content: its SHA-256 in hexadecimal and its size in bytes."""

    sha256: str
    size: int


class ContentStore:
    """Content-addressed bytes in the ledger's own database."""

    def __init__(self, database: Database, largest: int = LARGEST_CONTENT) -> None:
        self._database, self._largest = database, largest

    def put(self, content: bytes) -> ContentReference:
        """Store bytes; storing the same bytes again changes nothing.  Raises ContentTooLarge."""
        if len(content) > self._largest:
            raise ContentTooLarge(
                f"the content has {len(content):,} bytes, at most {self._largest:,} are stored; nothing was kept"
            )
        reference = ContentReference(digest(content).hexdigest(), len(content))
        if not self._holds(reference.sha256):
            self._insert(reference, content)
        return reference

    def get(self, sha256: str) -> bytes:
        """The bytes under that hash, compared with it on the way out.

        Raises ContentMissing, ContentSealed, or IntegrityFault when the bytes are not what was stored.
        """
        with self._database.engine.connect() as connection:
            # The seal first: bytes stored again while they were being sealed stay sealed.
            if _exists(connection, sealed_contents, sha256):
                raise ContentSealed(sha256)
            return _checked(sha256, _read(connection, contents, sha256))

    def open_sealed(self, sha256: str) -> bytes:
        """The bytes of a sealed content, for the role the sealing names; raises as ``get``."""
        with self._database.engine.connect() as connection:
            return _checked(sha256, _read(connection, sealed_contents, sha256))

    def seal(self, sha256: str) -> None:
        """Make a content unreadable to ``get``.  Raises ContentMissing; sealing twice is nothing."""
        self._move(sha256, contents, sealed_contents)

    def unseal(self, sha256: str) -> None:
        """Make a sealed content readable again.  Raises ContentMissing."""
        self._move(sha256, sealed_contents, contents)

    def _holds(self, sha256: str) -> bool:
        with self._database.engine.connect() as connection:
            return _exists(connection, contents, sha256) or _exists(connection, sealed_contents, sha256)

    def _insert(self, reference: ContentReference, content: bytes) -> None:
        row = {"sha256": reference.sha256, "size": reference.size, "content": content}
        try:
            self._database.transact(lambda connection: connection.execute(insert(contents), row))
        except IntegrityError:
            # Another caller stored the same bytes between the look and the insert.
            if not self._holds(reference.sha256):
                raise

    def _move(self, sha256: str, source: Table, target: Table) -> None:
        def move(connection: Connection) -> None:
            if not _exists(connection, target, sha256):
                columns = ["sha256", "size", "content"]
                found = select(source).where(source.c.sha256 == sha256)
                moved = connection.execute(insert(target).from_select(columns, found)).rowcount
                # What is not here to be moved may have been moved by another officer since the look.
                if moved == 0 and not _exists(connection, target, sha256):
                    raise ContentMissing(sha256)
            connection.execute(delete(source).where(source.c.sha256 == sha256))

        try:
            self._database.transact(move)
        except IntegrityError:
            # The same, between the look and the insert: then it is done.
            self._database.transact(move)


def _exists(connection: Connection, table: Table, sha256: str) -> bool:
    return connection.execute(select(table.c.size).where(table.c.sha256 == sha256)).first() is not None


def _read(connection: Connection, table: Table, sha256: str) -> bytes | None:
    found = connection.execute(select(table.c.content).where(table.c.sha256 == sha256)).scalar()
    return None if found is None else bytes(found)


def _checked(sha256: str, content: bytes | None) -> bytes:
    if content is None:
        raise ContentMissing(sha256)
    if (computed := digest(content).hexdigest()) != sha256:
        raise IntegrityFault(
            0,
            f"the content stored as {sha256} hashes to {computed}: it is not what was stored.  It was not handed "
            "out and nothing was changed; restore it from a backup and run verify",
        )
    return content
