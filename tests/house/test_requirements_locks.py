"""What is installed is pinned to its bytes, and pinned without saying from where."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

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


def test_the_lock_follows_what_is_asked_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    pinned = dict(name.split("==") for name in pins("requirements.lock"))

    unmet = [
        str(requirement)
        for requirement in map(Requirement, asked)
        if not requirement.specifier.contains(pinned.get(requirement.name, "0"))
    ]

    assert unmet == [], "run `make lock`"
