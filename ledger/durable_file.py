"""A small file that is wholly the old or wholly the new one, whatever happens in between."""

import os
from pathlib import Path


def write_durably(file: Path, text: str) -> None:
    """Replace a file's text so that after a crash it is wholly the old or wholly the new one."""
    fresh = file.with_suffix(".new")
    with fresh.open("w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)
    directory = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
