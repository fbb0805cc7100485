"""The package in print: PDF/A, A4, Chinese and English, page x of y, size and root on every page.

Set by typst (the extra ``disclosure-ledger[evidence]``) in an enclosed face, so that it looks the same
everywhere.  What entries say reaches it as data and never as markup.
"""

import json
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import cache
from importlib.resources import as_file, files
from importlib.util import find_spec
from typing import Any

from ledger.entry import Entry
from ledger.errors import LedgerError
from projections.evidence import wording
from projections.evidence.wording import Names

ENTRIES_PER_PART = 400
"""How many entries one PDF holds; a longer selection is printed in several, so that memory stays bounded."""

HOW_TO_CHECK = (
    (
        "一、从别的渠道(公报、网站、见证单位)取得台账公钥，与上列公钥逐字比对；公钥不对，其余核验都没有意义。",
        (
            "First take the log's key from elsewhere (gazette, web site, witness) and compare it with the one above: "
            "with a wrong key nothing else means anything."
        ),
    ),
    (
        "二、不用计算机：把页脚的记录数和根哈希，与公报、年度报告、见证单位或检查人员手里同一记录数的根哈希比对。",
        (
            "Without a computer: compare size and root hash at the foot of this page with those that the gazette, "
            "the annual report, a witness or an inspector holds for the same size."
        ),
    ),
    (
        "三、用计算机：打开包内 index.html，或运行 python verify.py --key 公钥 证据包.zip；VERIFY.md 写明每一步。",
        (
            "With one: open index.html of the package, or run python verify.py --key KEY package.zip; "
            "VERIFY.md tells every step."
        ),
    ),
    (
        "本稿转述记录；有证明力的是包内的记录原文、证明与签名的检查点。",
        "This print retells the entries; what proves are their exact bytes, the proofs and the signed checkpoint.",
    ),
)
"""Printed on the first page, Chinese and English."""

_LONGEST_LINE, _SHOWN = 400, 120
"""Characters of a line of a checkpoint or policy that is printed in full, and of one that is not."""

_PER_LINE, _LINES_KEPT_WHOLE = 34, 36
"""Chinese characters that fit in a line, and lines that surely fit on a page."""

_OTHERWISE_SET = {0x0A, 0x27E8, 0x27E9}
"""A newline, and the brackets around a character's number, which the typesetter's own faces have."""

_SEGMENTED_COVERAGE = 12
"""The format of a cmap table that lists the characters as ranges."""

_HERE = files(__package__)
_FONT = "vendor/noto-sans-sc/NotoSansSC-Regular.ttf"
_PRESS = ("paper.typ", _FONT, "press.py")


def can_print() -> bool:
    """Whether the typesetter is installed."""
    return find_spec("typst") is not None


class PrintFailed(LedgerError):
    """The typesetter did not set the print; the package was broken off."""


def printed(facts: Mapping[str, Any], made_at: datetime) -> bytes:
    """One PDF of what ``paper.typ`` reads from these facts; the same facts give the same bytes.  Raises PrintFailed."""
    with ExitStack() as lent:
        template, font, press = (lent.enter_context(as_file(_HERE.joinpath(name))) for name in _PRESS)
        order = {
            "source": str(template),
            "fonts": str(font.parent),
            "facts": json.dumps(_printable(facts), ensure_ascii=False),
            # A PDF states whole seconds.
            "made_at": made_at.replace(microsecond=0).isoformat(),
        }
        # -P: the modules beside the program are ours, and none of them is meant by what it imports.
        command = [sys.executable, "-P", str(press)]
        done = subprocess.run(command, input=json.dumps(order).encode(), capture_output=True, check=False)  # noqa: S603 - our own program
    if done.returncode:
        raise PrintFailed(
            f"the typesetter stopped: {done.stderr.decode(errors='replace').strip()[-300:]}.  The package was broken off "
            "and nothing was changed; take typst out of the environment to make packages without a print"
        )
    return done.stdout


def told(entry: Entry, path: Sequence[str], names: Names) -> dict[str, Any]:
    """An entry as the print tells it; ``whole`` is false for one too long to be kept on one page."""
    rows = [*wording.envelope(entry, names), *wording.rows(entry, names)]
    return {
        "position": entry.position,
        "event": wording.event_label(entry.type),
        "at": wording.instant_in_short(entry.occurred_at),
        "by": "" if entry.actor is None else f"{wording.coded(entry.actor.officer, names)} · {entry.actor.unit}",
        "rows": [[row.zh, row.en, list(row.lines)] for row in rows],
        "whole": sum(1 + len(line) // _PER_LINE for row in rows for line in row.lines) <= _LINES_KEPT_WHOLE,
        "file": f"{entry.position:09}",
        "leaf": entry.leaf_hash.hex(),
        "hashes": len(path),
    }


def abbreviated(text: str, source: str) -> str:
    """A note or a policy with its longest lines, those of post-quantum keys and signatures, cut short."""
    return "\n".join(
        f"{line[:_SHOWN]}… (共{len(line)}字符，全文见 {len(line)} characters, in full in {source})"
        if len(line) > _LONGEST_LINE
        else line
        for line in text.split("\n")
    )


def _printable(value: Any) -> Any:
    """The value with every character that the face has not written out as its number: nothing is lost in print."""
    if isinstance(value, str):
        missing = {ord(character) for character in value} - _characters() - _OTHERWISE_SET
        return value.translate({code: f"⟨U+{code:04X}⟩" for code in missing}) if missing else value
    if isinstance(value, Mapping):
        return {name: _printable(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(member) for member in value]
    return value


@cache
def _characters() -> frozenset[int]:
    """The characters the face has: its cmap table in format 12 (OpenType specification, ``cmap``)."""
    font = _HERE.joinpath(_FONT).read_bytes()
    directory = struct.iter_unpack(">4sIII", font[12 : 12 + 16 * _u16(font, 4)])
    cmap = next(offset for tag, _, offset, _ in directory if tag == b"cmap")
    records = (struct.unpack_from(">HHI", font, cmap + 4 + 8 * at) for at in range(_u16(font, cmap + 2)))
    start = next(cmap + offset for *_, offset in records if _u16(font, cmap + offset) == _SEGMENTED_COVERAGE)
    count = struct.unpack_from(">I", font, start + 12)[0]
    groups = (struct.unpack_from(">III", font, start + 16 + 12 * at) for at in range(count))
    return frozenset(code for first, last, _ in groups for code in range(first, last + 1))


def _u16(data: bytes, at: int) -> int:
    return int(struct.unpack_from(">H", data, at)[0])
