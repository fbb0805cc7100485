"""A zip that is written while it is made: the same bytes for the same input, and never whole in memory."""

import zipfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import IO, NamedTuple, cast

# The earliest time a zip can state: when a file was made is said in the manifest, where it can be checked.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE_BY_ALL = 0o100644 << 16
_UNIX = 3


class ArchivedFile(NamedTuple):
    """A file of the archive: its path, its size in bytes and its SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str


class _Sink:
    """What the zip writes into; it is emptied after every write and cannot be sought in."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def drain(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


class Archive:
    """Files go in one after the other; what each call yields is the next piece of the zip."""

    def __init__(self) -> None:
        self._sink = _Sink()
        self._zip = zipfile.ZipFile(cast("IO[bytes]", self._sink), "w", zipfile.ZIP_DEFLATED)
        self.files: list[ArchivedFile] = []

    def add(self, path: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Put a file in; its hash and size are in ``files`` once the last piece is taken."""
        info = zipfile.ZipInfo(path, _NO_TIME)
        info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, _READABLE_BY_ALL, _UNIX
        digest, size = sha256(), 0
        with self._zip.open(info, "w") as member:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                member.write(chunk)
                yield self._sink.drain()
        self.files.append(ArchivedFile(path, size, digest.hexdigest()))
        yield self._sink.drain()

    def close(self) -> Iterator[bytes]:
        """The end of the zip: its directory."""
        self._zip.close()
        yield self._sink.drain()
