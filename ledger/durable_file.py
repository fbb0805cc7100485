"""A small file that is wholly the old or wholly the new one, whatever happens in between."""

import os
from pathlib import Path


def write_durably(file: Path, text: str, mode: int = 0o666) -> None:
    """Replace a file's text so that after a crash it is wholly the old or wholly the new one.

    ``mode`` is who may read it, before the umask; it holds from the first byte on.
    """
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)
    directory = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
