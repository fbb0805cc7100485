"""What others made stands beside its licence, under the package and version it came from, unchanged."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

VENDOR = Path(__file__).parents[2] / "projections" / "evidence" / "vendor"


@pytest.mark.parametrize("file", ["noble/noble.js", "noto-sans-sc/NotoSansSC-Regular.ttf"])
def test_it_is_the_file_its_readme_names(file: str) -> None:
    path = VENDOR / file
    readme = (path.parent / "README.md").read_text(encoding="utf-8")

    assert sha256(path.read_bytes()).hexdigest() in readme
    assert "npm package | version | licence" in readme
    assert (path.parent / "LICENSE").is_file()
