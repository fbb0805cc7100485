"""The typesetter in a process of its own: reads what to print from its input and writes the PDF to its output.

It remembers everything it ever set, about a hundred megabytes for each volume, and only the end of the
process makes it forget.
"""

import json
import sys
from datetime import datetime
from pathlib import Path

import typst


def press(order: dict[str, str]) -> bytes:
    """The PDF of ``facts`` by the template ``source``, in the faces of the folder ``fonts`` and no others."""
    # PDF/A-2a is for archives and carries the structure that screen readers need.
    return typst.compile(
        Path(order["source"]).read_bytes(),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[order["fonts"]]),
        sys_inputs={"facts": order["facts"]},
        pdf_standards="a-2a",
        timestamp=datetime.fromisoformat(order["made_at"]),
    )


if __name__ == "__main__":
    sys.stdout.buffer.write(press(json.load(sys.stdin)))
