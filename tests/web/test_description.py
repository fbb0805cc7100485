"""What docs/api.md says of the service is so: every setting and its default, every parameter of time."""

from __future__ import annotations

import re
from pathlib import Path

from web.answers import REVISED
from web.policies import POLICIES
from web.settings import PREFIX, Settings

DOCUMENT = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(LEDGER_[A-Z_]+)` \| ([^|]+) \|", DOCUMENT, flags=re.MULTILINE))


def test_every_setting_is_described_and_none_that_there_is_not() -> None:
    assert set(ROWS) == {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


def test_plain_defaults_are_the_ones_described() -> None:
    for name, field in Settings.model_fields.items():
        told = re.fullmatch(r"`([^`]+)`", ROWS[f"{PREFIX}{name.upper()}"].strip())
        if told is None or isinstance(field.default, str | None) or hasattr(field.default, "get_secret_value"):
            continue
        assert float(told[1]) == float(field.default), name


def test_every_address_named_exists() -> None:
    named = set(re.findall(r"`(?:GET|PUT|POST) (/api/[a-z/{}0-9._-]+)", DOCUMENT))
    known = {address.partition(" ")[2] for address in POLICIES}

    assert named - known == set()


def test_a_write_that_needs_a_version_says_so() -> None:
    assert 428 in REVISED["responses"]
