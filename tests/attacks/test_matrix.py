"""No row of the threat model is without its attack."""

from __future__ import annotations

import re
from pathlib import Path

ROWS = range(1, 22)


def test_every_row_is_attacked() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    attacked = {int(number) for number in re.findall(r"def test_attack_(\d\d)_", text)}

    assert attacked == set(ROWS)
