"""The design's own promises: contrast in light and dark, a style for paper, nothing fetched from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import web

STATIC = Path(web.__file__).parent / "static"
TEMPLATES = Path(web.__file__).parent / "templates"

TEXT = [
    ("ink", "paper"),
    ("ink", "paper-soft"),
    ("ink-soft", "paper"),
    ("ink-soft", "paper-soft"),
    ("blue", "paper"),
    ("blue", "paper-soft"),
    ("blue", "blue-soft"),
    ("blue-strong", "paper"),
    ("red", "red-soft"),
    ("red", "paper"),
    ("green", "green-soft"),
    ("amber", "amber-soft"),
    ("ink", "amber-soft"),
    ("blue", "amber-soft"),
    ("ink", "red-soft"),
    ("ink", "green-soft"),
    ("ink", "blue-soft"),
    ("ink", "grey-soft"),
    ("paper", "blue"),
    ("band-ink", "band"),
    ("band-ink-soft", "band"),
    ("focus", "focus-ground"),
]
EDGES = [("line-strong", "paper"), ("line-strong", "paper-soft"), ("blue", "paper"), ("amber", "amber-soft")]


def tokens(scheme: str) -> dict[str, str]:
    text = (STATIC / "tokens.css").read_text(encoding="utf-8")
    light, _, dark = text.partition("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", light))
    return found | (dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", dark)) if scheme == "dark" else {})


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
class TestContrast:
    @pytest.mark.parametrize(("ink", "ground"), TEXT)
    def test_of_text_is_at_least_4_5(self, scheme: str, ink: str, ground: str) -> None:
        colours = tokens(scheme)

        assert contrast(colours[ink], colours[ground]) >= 4.5

    @pytest.mark.parametrize(("edge", "ground"), EDGES)
    def test_of_edges_is_at_least_3(self, scheme: str, edge: str, ground: str) -> None:
        colours = tokens(scheme)

        assert contrast(colours[edge], colours[ground]) >= 3


class TestStyleSheet:
    @pytest.mark.parametrize("path", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
    def test_fetches_nothing_and_overrides_nothing(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")

        assert not re.search(r"url\(|@import|!important|@font-face", text)

    def test_repeats_table_heads_on_every_sheet_of_a4(self) -> None:
        text = (STATIC / "print.css").read_text(encoding="utf-8")

        assert "size: A4" in text
        assert "display: table-header-group" in text

    def test_uses_only_tokens_that_exist(self) -> None:
        text = "\n".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.css"))
        defined = set(re.findall(r"(--[a-z-]+):", text))

        assert set(re.findall(r"var\((--[a-z-]+)\)", text)) <= defined

    def test_styles_every_class_that_templates_name(self) -> None:
        styles = "\n".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.css"))
        templates = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))
        named = {name for names in re.findall(r'class="([^"{}]+)"', templates) for name in names.split()}

        assert {name for name in named if f".{name}" not in styles} == set()


class TestTemplates:
    @pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
    def test_never_switch_escaping_off(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")

        assert not re.search(r"\|\s*safe\b|autoescape|<script|style=|\son[a-z]+=", text)
