"""The log as the world sees it: tiles, checkpoints, and proofs made from them.

Everything here is derived from what the append transactions wrote; nothing here writes to the log.
"""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from ledger import instants
from ledger.brackets import BY_HAND, Brackets, Stamp
from ledger.checkpoint import Checkpoint, parse_checkpoint
from ledger.database import Database
from ledger.note import Signature, Verifier, parse_note, parse_signature
from ledger.proof import prove_consistency, prove_inclusion
from ledger.receipt_file import ReceiptFile
from ledger.recorded_rotations import recorded_rotations
from ledger.rotation import Rotation
from ledger.schema import checkpoints, cosignatures, entries, head, subtrees, timestamps
from ledger.tiles import ENTRIES, HEIGHT, WIDTH, Tile, TiledSubtrees, pack_entries, pack_hashes

LARGEST_POSITION = 2**63 - 1
_PAGE = 200


class PublishedLog:
    """One ledger's tiles, checkpoints and proofs, read from its database."""

    def __init__(self, database: Database, ledger: int) -> None:
        self._database, self._ledger = database, ledger
        self.subtrees = TiledSubtrees(self._hashes)

    def tile(self, tile: Tile) -> bytes | None:
        """The body of a tile or bundle, or None when the log does not reach that far."""
        if tile.level == ENTRIES:
            raws = self._column(entries.c.entry, tile.number, tile.width)
            return pack_entries(raws) if len(raws) == tile.width else None
        hashes = self._hashes(tile.level, tile.number, tile.width)
        return pack_hashes(hashes) if len(hashes) == tile.width else None

    def checkpoint(self, at_most: int | None = None) -> str | None:
        """The newest signed checkpoint (of at most that size), with every cosignature it has; None before the first."""
        query = select(checkpoints.c.note).order_by(checkpoints.c.size.desc())
        if at_most is not None:
            query = query.where(checkpoints.c.size <= at_most)
        return self._note(query)

    def checkpoint_covering(self, position: int) -> str | None:
        """The first checkpoint that covers a position, as the log signed it; None when none does."""
        query = (
            select(checkpoints.c.note)
            .where(checkpoints.c.ledger == self._ledger, checkpoints.c.size >= position)
            .order_by(checkpoints.c.size)
            .limit(1)
        )
        with self._database.engine.connect() as connection:
            return connection.execute(query).scalar()

    def witnessed_checkpoint(self) -> str | None:
        """The newest checkpoint that any witness has cosigned, or None."""
        query = (
            select(checkpoints.c.note)
            .join(
                cosignatures,
                (cosignatures.c.ledger == checkpoints.c.ledger) & (cosignatures.c.size == checkpoints.c.size),
            )
            .order_by(checkpoints.c.size.desc())
        )
        return self._note(query)

    def cosigned_sizes(self, first: int = 0, *, newest_first: bool = False) -> Iterator[tuple[int, set[str]]]:
        """The sizes from ``first`` on whose checkpoint somebody has cosigned, with the cosigners' verifier keys.

        The keys are what the cosignatures are filed under; nothing is checked here.
        """
        size = cosignatures.c.size
        query = (
            select(size, cosignatures.c.witness)
            .where(cosignatures.c.ledger == self._ledger, size >= first)
            .order_by(size.desc() if newest_first else size)
        )
        with self._database.engine.connect() as connection:
            rows = connection.execution_options(yield_per=_PAGE).execute(query)
            for found, group in groupby(rows, key=lambda row: row.size):
                yield found, {row.witness for row in group}

    def rotations(self) -> list[Rotation]:
        """Every change of the log's keys that it holds.  Raises IntegrityFault for one that cannot be read."""
        with self._database.engine.connect() as connection:
            return recorded_rotations(connection, self._ledger)

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """PATH(index, D[0:size]); raises ValueError for what the log has not, IndexError for a size beyond it."""
        return prove_inclusion(self.subtrees, index, size)

    def consistency(self, first: int, second: int) -> list[bytes]:
        """PROOF(first, D[0:second]); raises as ``inclusion``."""
        return prove_consistency(self.subtrees, first, second)

    def receipt_file(self, position: int, note: str | None = None) -> ReceiptFile | None:
        """The receipt of a position under a checkpoint (the newest without); None when none covers it."""
        note = note or self.checkpoint()
        if note is None:
            return None
        size = checkpoint_of(note).size
        if not 1 <= position <= size:
            return None
        return ReceiptFile(position - 1, tuple(self.inclusion(position - 1, size)), note)

    def add_cosignature(self, size: int, verifier: Verifier, signature: Signature, cosigned_at: datetime) -> None:
        """Keep a witness's signature over the checkpoint of a size; a later one of the same witness replaces it."""
        key = {"ledger": self._ledger, "size": size, "witness": verifier.to_text()}
        values = {"line": signature.line(), "cosigned_at": instants.to_microseconds(cosigned_at)}
        where = [cosignatures.c[name] == value for name, value in key.items()]
        with self._database.writing() as connection:
            if connection.execute(update(cosignatures).where(*where).values(values)).rowcount == 0:
                connection.execute(insert(cosignatures).values(key | values))

    def add_timestamp(self, size: int, authority: str, stamped_at: datetime, token: bytes) -> None:
        """Keep an authority's reply over the checkpoint of a size; of two at once the first is kept."""
        row = {
            "ledger": self._ledger,
            "size": size,
            "authority": authority,
            "stamped_at": instants.to_microseconds(stamped_at),
            "token": token,
        }
        if self.timestamp(size, authority) is not None:
            return
        try:
            with self._database.writing() as connection:
                connection.execute(insert(timestamps).values(row))
        except IntegrityError:
            # Another process has asked at the same moment.
            if self.timestamp(size, authority) is None:
                raise

    def timestamps(self, first: int = 0, last: int | None = None) -> list[tuple[int, str, datetime, bytes]]:
        """The stamps over checkpoints of sizes ``first`` to ``last``: size, authority, time, reply; by size."""
        query = select(timestamps).where(timestamps.c.ledger == self._ledger, timestamps.c.size >= first)
        if last is not None:
            query = query.where(timestamps.c.size <= last)
        with self._database.engine.connect() as connection:
            return [
                (row.size, row.authority, instants.from_microseconds(row.stamped_at), bytes(row.token))
                for row in connection.execute(query.order_by(timestamps.c.size, timestamps.c.authority))
            ]

    def brackets(self, first: int, last: int) -> Brackets:
        """The time brackets of the positions from ``first`` to ``last``, from the stamps around them."""
        table = timestamps
        ours = table.c.ledger == self._ledger
        below = select(func.max(table.c.size)).where(ours, table.c.size < first, ~table.c.authority.startswith(BY_HAND))
        above = select(func.min(table.c.size)).where(ours, table.c.size >= last)
        query = select(table.c.size, table.c.stamped_at, table.c.authority).where(
            ours,
            table.c.size >= func.coalesce(below.scalar_subquery(), 0),
            table.c.size <= func.coalesce(above.scalar_subquery(), LARGEST_POSITION),
        )
        with self._database.engine.connect() as connection:
            rows = connection.execute(query).all()
        return Brackets(Stamp(row.size, instants.from_microseconds(row.stamped_at), row.authority) for row in rows)

    def stamps(self, first: int = 0, last: int = LARGEST_POSITION) -> list[Stamp]:
        """The stamps over checkpoints of sizes ``first`` to ``last``, without their replies."""
        table = timestamps
        query = select(table.c.size, table.c.stamped_at, table.c.authority).where(
            table.c.ledger == self._ledger, table.c.size >= first, table.c.size <= last
        )
        with self._database.engine.connect() as connection:
            rows = connection.execute(query).all()
        return sorted(Stamp(row.size, instants.from_microseconds(row.stamped_at), row.authority) for row in rows)

    def latest_stamp(self) -> Stamp | None:
        """The stamp over the most entries, or None."""
        query = select(timestamps.c.size, timestamps.c.stamped_at, timestamps.c.authority)
        newest = query.where(timestamps.c.ledger == self._ledger).order_by(
            timestamps.c.size.desc(), timestamps.c.stamped_at.desc()
        )
        with self._database.engine.connect() as connection:
            row = connection.execute(newest.limit(1)).one_or_none()
        return row and Stamp(row.size, instants.from_microseconds(row.stamped_at), row.authority)

    def latest_stamp_of(self, authority: str) -> datetime | None:
        """When an authority stamped last, or None."""
        query = select(func.max(timestamps.c.stamped_at)).where(
            timestamps.c.ledger == self._ledger, timestamps.c.authority == authority
        )
        with self._database.engine.connect() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else instants.from_microseconds(found)

    def timestamp(self, size: int, authority: str) -> bytes | None:
        """An authority's reply over the checkpoint of a size, or None."""
        query = select(timestamps.c.token).where(
            timestamps.c.ledger == self._ledger, timestamps.c.size == size, timestamps.c.authority == authority
        )
        with self._database.engine.connect() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else bytes(found)

    def checkpoint_stamped(self, imprint: bytes) -> str | None:
        """The checkpoint whose text has this SHA-256, as the log signed it; None where there is none."""
        query = (
            select(checkpoints.c.note).where(checkpoints.c.ledger == self._ledger).order_by(checkpoints.c.size.desc())
        )
        with self._database.engine.connect() as connection:
            for (note,) in connection.execution_options(yield_per=_PAGE).execute(query):
                if sha256(parse_note(note).text.encode()).digest() == imprint:
                    return str(note)
        return None

    def _note(self, query: Select[Any]) -> str | None:
        with self._database.engine.connect() as connection:
            text = connection.execute(query.where(checkpoints.c.ledger == self._ledger).limit(1)).scalar()
            return None if text is None else self._with_cosignatures(connection, text)

    def _with_cosignatures(self, connection: Connection, text: str) -> str:
        note = parse_note(text)
        query = (
            select(cosignatures.c.line)
            .where(cosignatures.c.ledger == self._ledger, cosignatures.c.size == parse_checkpoint(note.text).size)
            .order_by(cosignatures.c.witness)
        )
        lines = [line for (line,) in connection.execute(query)]
        return note.with_signatures(parse_signature(line) for line in lines).to_text()

    def _hashes(self, level: int, number: int, width: int = WIDTH) -> list[bytes]:
        if level == 0:
            return self._column(entries.c.leaf_hash, number, width)
        first = number * WIDTH
        query = (
            select(subtrees.c.hash)
            .where(
                subtrees.c.ledger == self._ledger,
                subtrees.c.level == HEIGHT * level,
                subtrees.c.number >= first,
                subtrees.c.number < first + width,
            )
            .order_by(subtrees.c.number)
        )
        with self._database.engine.connect() as connection:
            return [bytes(hash_) for (hash_,) in connection.execute(query)]

    def _column(self, column: Any, number: int, width: int) -> list[bytes]:
        """A column of the entries of one tile; never beyond what the sequencer says is committed."""
        first = number * WIDTH
        query = (
            select(column)
            .where(
                entries.c.ledger == self._ledger,
                entries.c.position > first,
                entries.c.position <= first + width,
                entries.c.position <= select(head.c.size).where(head.c.ledger == self._ledger).scalar_subquery(),
            )
            .order_by(entries.c.position)
        )
        with self._database.engine.connect() as connection:
            return [bytes(value) for (value,) in connection.execute(query)]


class TreeAt:
    """The tree as it was at a size, for the proofs of what had been recorded by then."""

    def __init__(self, published: PublishedLog, size: int) -> None:
        self._published, self._size = published, size

    def inclusion_path(self, index: int) -> list[bytes]:
        """The path of a leaf in the tree of that size."""
        return self._published.inclusion(index, self._size)


def checkpoint_of(note: str) -> Checkpoint:
    """The checkpoint that a note of our own database carries; its signatures are not checked here."""
    return parse_checkpoint(parse_note(note).text)
