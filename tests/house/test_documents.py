"""What the documents tell a reader to type exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md")
    for path in ROOT.glob(pattern)
    if path.name != "CHANGELOG.md"  # it also speaks of what once was
)


def identify(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=identify)
class TestDocument:
    def test_every_make_command_is_a_target(self, document: Path) -> None:
        named = set(re.findall(r"(?:^|`)make ([a-z]+)", document.read_text(encoding="utf-8"), flags=re.MULTILINE))

        assert named - TARGETS == set()

    def test_every_relative_link_leads_somewhere(self, document: Path) -> None:
        links = re.findall(r"\]\((?![a-z]+:|#)([^)#\s]+)", document.read_text(encoding="utf-8"))

        assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_readme_names_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert "make run" in readme
    assert "make test" in readme


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")

    assert [path.name for path in folder.glob("0*.md") if path.name not in index] == []
