"""``--fault-cycles N``: how often the drills kill what they kill; the default fits into a test run."""

from __future__ import annotations

import pytest

DEFAULT = 20


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("faults").addoption(
        "--fault-cycles",
        type=int,
        default=DEFAULT,
        help=f"kills in tests/faults, shared among its drills (default {DEFAULT})",
    )
