"""What is installed is pinned to its bytes, and pinned without saying from where."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"^[a-z0-9][a-z0-9._-]*==[^\s;]+")


def pins(lock: str) -> dict[str, str]:
    """Each requirement's line with its continuation lines, by its `name==version`."""
    blocks = re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8"))
    return {block.split()[0]: block for block in blocks if not block.startswith("#")}


@pytest.mark.parametrize("lock", LOCKS)
class TestLock:
    def test_pins_every_requirement_to_one_version(self, lock: str) -> None:
        assert [name for name in pins(lock) if not PINNED.match(name)] == []

    def test_has_a_hash_for_every_requirement(self, lock: str) -> None:
        assert [name for name, block in pins(lock).items() if "--hash=sha256:" not in block] == []

    def test_names_no_address(self, lock: str) -> None:
        assert [line for line in (ROOT / lock).read_text(encoding="utf-8").splitlines() if "://" in line] == []


def test_both_locks_agree() -> None:
    run, dev = (set(pins(lock)) for lock in LOCKS)

    assert run - dev == set()
