"""Time stamps as files, for whoever checks the log without us: an index, the text stamped, the reply.

Below the log's prefix stand ``timestamps/index`` (size, time, authority, a line each), ``timestamps/<size>.txt``
(exactly what was stamped) and ``timestamps/<size>-<authority's mark>.tsr`` (RFC 3161), so that
``openssl ts -verify`` needs nothing else.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256

from ledger import instants
from ledger.brackets import Stamp
from ledger.note import parse_note
from ledger.published import PublishedLog, checkpoint_of

FOLDER = "timestamps"
INDEX = "index"
_TEXT = re.compile(r"([1-9][0-9]{0,18})\.txt")
_REPLY = re.compile(r"([1-9][0-9]{0,18})-([0-9a-f]{16})\.tsr")


def text_name(size: int) -> str:
    """The file of the text that was stamped."""
    return f"{size}.txt"


def reply_name(size: int, authority: str) -> str:
    """The file of an authority's reply."""
    return f"{size}-{sha256(authority.encode()).hexdigest()[:16]}.tsr"


def write_index(stamps: Iterable[Stamp]) -> bytes:
    """The index of these stamps."""
    lines = (f"{stamp.size} {instants.to_text(stamp.stamped_at)} {stamp.authority}\n" for stamp in sorted(stamps))
    return "".join(lines).encode()


def read_index(body: bytes) -> list[tuple[int, datetime, str]]:
    """Size, time and authority of every stamp an index names.  Raises ValueError for a line that is none."""
    found = []
    for line in body.decode().splitlines():
        size, stamped_at, authority = line.split(" ", 2)
        found.append((int(size), instants.from_text(stamped_at), authority))
    return found


def stamp_file(published: PublishedLog, name: str) -> bytes | None:
    """A file of the folder by its name, or None."""
    if name == INDEX:
        return write_index(published.stamps())
    if found := _TEXT.fullmatch(name):
        size = int(found[1])
        note = published.checkpoint(size)
        stamped = note is not None and checkpoint_of(note).size == size and published.stamps(size, size)
        return parse_note(note).text.encode() if note is not None and stamped else None
    if found := _REPLY.fullmatch(name):
        size = int(found[1])
        for stamp in published.stamps(size, size):
            if reply_name(size, stamp.authority) == name:
                return published.timestamp(size, stamp.authority)
    return None


def stamp_files(published: PublishedLog) -> Iterator[tuple[str, bytes]]:
    """Every file of the folder, the index last; nothing where nothing was stamped."""
    stamps = published.stamps()
    for stamp in stamps:
        for name in (text_name(stamp.size), reply_name(stamp.size, stamp.authority)):
            if (body := stamp_file(published, name)) is not None:
                yield name, body
    if stamps:
        yield INDEX, write_index(stamps)
