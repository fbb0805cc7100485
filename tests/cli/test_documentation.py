"""docs/cli.md speaks of every command and every option, and of none that there are not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.app import app
from cli.imports.mapping import FIELDS, Mapping, shipped_mappings

DOCUMENT = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## `([^`]+)`\n(.*?)(?=^## |\Z)", DOCUMENT, flags=re.MULTILINE | re.DOTALL))
BUILT_IN = {"--help", "-h", "--version"}
GLOBAL = {"--database", "--json"}
HANDED_OVER = {"--session"}
"""What the program hands a command itself; nobody types it."""


def commands() -> dict[str, object]:
    """Every command by its full name."""
    found: dict[str, object] = {}
    for name in app:
        if name in BUILT_IN:
            continue
        if app[name].default_command is None:
            found |= {f"{name} {part}": app[name][part] for part in app[name] if part not in BUILT_IN}
        else:
            found[name] = app[name]
    return found


def options_of(command: object) -> set[str]:
    arguments = command.assemble_argument_collection()
    return {name for argument in arguments for name in argument.names if name.startswith("--")} - HANDED_OVER


def test_has_a_section_for_every_command_and_no_other() -> None:
    assert SECTIONS.keys() == commands().keys()


@pytest.mark.parametrize("name", commands())
def test_names_every_option(name: str) -> None:
    missing = {option for option in options_of(commands()[name]) if f"`{option}`" not in SECTIONS[name]}

    assert missing == set()


@pytest.mark.parametrize("name", commands())
def test_names_no_option_that_there_is_not(name: str) -> None:
    named = set(re.findall(r"`(--[a-z-]+)`", SECTIONS[name]))

    assert named - options_of(commands()[name]) == set()


def test_names_the_global_options() -> None:
    assert all(f"`{option}" in DOCUMENT for option in GLOBAL)


def test_shows_every_key_and_field_of_a_mapping() -> None:
    example = SECTIONS["import"]
    keys = {name for name in Mapping.__slots__ if not name.startswith("about_")}

    assert [key for key in keys if not re.search(rf"^\[?{key}\b", example, flags=re.MULTILINE)] == []
    assert [field for field in FIELDS if not re.search(rf"^{field} =", example, flags=re.MULTILINE)] == []
    assert [name for name in shipped_mappings() if f"`{name}`" not in example] == []
