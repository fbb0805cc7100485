"""The file an export goes to: it takes its name when everything is in it, and may be carried on after a break."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import orjson

from cli.failure import Failure
from ledger.ledger import Ledger

_TAIL: Final = 1 << 18
"""Bytes in which the last line of events surely begins; the largest entry is a quarter of it."""


@contextmanager
def target(output: Path | None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that takes its name only when everything is in it."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    partial = _partial(output)
    try:
        with partial.open("wb") as file:
            yield file
            _settle(file)
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def resumed(output: Path) -> Iterator[IO[bytes]]:
    """The file of an earlier run, open at its end: what a broken run left, or else a copy of the finished file.

    What is written is kept when the run breaks, for the next one.
    """
    partial = _partial(output)
    if not partial.exists():
        _copied(output, partial)
    with partial.open("r+b") as file:
        yield file
        _settle(file)
    partial.replace(output)


def carried_to(file: IO[bytes], ledger: Ledger) -> int:
    """The last position whose line stands whole in the file, 0 if none; what follows that line is cut off.

    Raises Failure when that line is not this ledger's.
    """
    size = file.seek(0, os.SEEK_END)
    begin = max(0, size - _TAIL)
    file.seek(begin)
    whole, _, _ = file.read().rpartition(b"\n")
    file.truncate(begin + len(whole) + 1 if whole else 0)
    file.seek(0, os.SEEK_END)
    return _position_of(whole.rpartition(b"\n")[2], ledger) if whole else 0


def _position_of(line: bytes, ledger: Ledger) -> int:
    try:
        told = orjson.loads(line)
        position, leaf = int(told["position"]), told["leaf_hash"]
    except (ValueError, KeyError, TypeError):
        position, leaf = 0, ""
    if position < 1 or position > ledger.head().size or ledger.entry(position).leaf_hash.hex() != leaf:
        raise Failure(
            "文件的最后一行不是本台账的条目，没有接着写，原文件未动。请换一个文件名，或不用--resume重新导出。",
            "The file's last line is no entry of this ledger; nothing was added and the file is as it was. Name another "
            "file, or export anew without --resume.",
        )
    return position


def _partial(output: Path) -> Path:
    return output.with_name(f".{output.name}.partial")


def _copied(output: Path, partial: Path) -> None:
    if not output.exists():
        partial.touch()
        return
    # Under a third name first: half a copy must not be taken for what a broken run left.
    copy = partial.with_suffix(".copy")
    shutil.copyfile(output, copy)
    copy.replace(partial)


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
