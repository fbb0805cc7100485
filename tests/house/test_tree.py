"""The house rules that a look at the tree can check."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("ledger", "aggregates", "projections", "http", "cli")
LINES_MOST = 600
NAMELESS = {"util", "utils", "helper", "helpers", "common", "misc", "manager"}

# In brackets, so that this file does not find itself.
TRACES = {
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work|farm|root|home/\w+|Users/\w+)/"),
    "the address of a package registry": re.compile(r"pypi[.]org|python[h]osted|npm[j]s[.]|debian[.]org"),
    "a private key": re.compile(r"-----BEGIN (?:\w+ )?PRIVATE[ ]KEY-----"),
}


def tracked_files() -> list[Path]:
    """What is committed or about to be; a tree without git (an sdist) is taken as it lies."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode != 0:
        return [path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]
    return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def texts() -> Iterator[tuple[Path, str]]:
    for path in tracked_files():
        content = path.read_bytes()
        if b"\0" not in content:
            yield path.relative_to(ROOT), content.decode("utf-8", errors="replace")


def test_http_is_a_source_root_and_never_a_package() -> None:
    # An http/__init__.py would shadow the standard library's http in every process that has the root on its path.
    assert not (ROOT / "http" / "__init__.py").exists()


@pytest.mark.parametrize("trace", TRACES)
def test_no_file_carries(trace: str) -> None:
    carriers = [str(path) for path, text in texts() if TRACES[trace].search(text)]

    assert carriers == []


def test_every_file_is_named_after_the_thing_it_holds() -> None:
    nameless = [str(path) for path in tracked_files() if path.stem.lower() in NAMELESS]

    assert nameless == []


def test_every_python_file_fits_in_one_reading() -> None:
    too_long = {
        str(path): lines for path, text in texts() if path.suffix == ".py" and (lines := text.count("\n")) > LINES_MOST
    }

    assert too_long == {}


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_says_what_it_is_for(room: str) -> None:
    silent = [
        str(path)
        for path, text in texts()
        if path.suffix == ".py" and path.parts[0] == room and not text.lstrip().startswith(('"""', 'r"""'))
    ]

    assert silent == []
