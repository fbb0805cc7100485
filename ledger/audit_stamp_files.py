"""The audit of the time stamps that a published log brings along: on a stick, or at its address."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from cryptography import x509

from ledger.audit_span import Faults
from ledger.audit_stamps import StampRow, audit_stamps, check_brackets
from ledger.brackets import Brackets, Stamp
from ledger.checkpoint import parse_checkpoint
from ledger.errors import LedgerError
from ledger.note import NoteRefused
from ledger.stamp_files import FOLDER, INDEX, read_index, reply_name, text_name


class PublishedStamps:
    """The stamps over the first ``size`` entries, as the log's index names them; a log need not have any."""

    def __init__(self, read: Callable[[str], bytes], size: int, faults: Faults) -> None:
        self._read, self._faults = read, faults
        self._named = [row for row in self._index() if 0 < row[0] <= size]
        self._root_at: Callable[[int], bytes] | None = None

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._named)

    def edges(self) -> set[int]:
        """The positions whose moment of recording the audit needs."""
        return Brackets(Stamp(size, stamped_at, authority) for size, stamped_at, authority in self._named).edges()

    def audit(
        self, root_at: Callable[[int], bytes], roots: Sequence[x509.Certificate], recorded: Mapping[int, datetime]
    ) -> None:
        """Hold every stamp against the tree, and the entries at its edges against their brackets."""
        self._root_at = root_at
        held = audit_stamps(self._rows(), self._text, roots, self._faults)
        check_brackets(held, recorded, self._faults)

    def _index(self) -> list[tuple[int, datetime, str]]:
        try:
            body = self._read(f"{FOLDER}/{INDEX}")
        except LedgerError:
            return []
        try:
            return read_index(body)
        except ValueError as error:
            self._faults.add(0, f"{FOLDER}/{INDEX} cannot be read as a list of time stamps: {error}")
            return []

    def _rows(self) -> list[StampRow]:
        rows = []
        for size, stamped_at, authority in self._named:
            try:
                token = self._read(f"{FOLDER}/{reply_name(size, authority)}")
            except LedgerError as error:
                self._faults.add(size, f"the time stamp over size {size} by {authority} cannot be read: {error}")
            else:
                rows.append((size, authority, stamped_at, token))
        return rows

    def _text(self, size: int) -> str | None:
        """What was stamped, if it is a checkpoint of this very tree."""
        assert self._root_at is not None
        try:
            text = self._read(f"{FOLDER}/{text_name(size)}").decode()
            checkpoint = parse_checkpoint(text)
            root = self._root_at(size)
        except (LedgerError, NoteRefused, ValueError, IndexError):
            return None
        if (checkpoint.size, checkpoint.root) != (size, root):
            self._faults.add(
                size,
                f"the stamped checkpoint of size {size} has root {checkpoint.root.hex()}, these entries hash to "
                f"{root.hex()}: the log's past has been rewritten since it was stamped",
            )
        return text
