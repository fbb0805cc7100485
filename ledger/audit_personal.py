"""The audit of personal values: each is the one its entry committed to, or was erased with an event that says why."""

from collections.abc import Iterator
from typing import Any

import orjson

from ledger.audit_span import Faults
from ledger.ledger import Ledger
from ledger.personal import COMMITMENT, ERASED

_PAGE = 2000
_MARK = f'{COMMITMENT}":"'.encode()


def audit_personal(ledger: Ledger, size: int, faults: Faults) -> int:
    """Hold every commitment of the first ``size`` entries against the stored values; answers how many there are.

    A later commitment of the same stream and name takes the place of an earlier one.
    """
    commitments: dict[tuple[str, str], tuple[int, str]] = {}
    erased: set[tuple[str, str]] = set()
    for position, kind, members in _concerned(ledger, size):
        if kind == ERASED:
            erased.update((members["data"]["record"], name) for name in members["data"]["fields"])
            continue
        for name, value in (members.get("data") or {}).items():
            if name.endswith(COMMITMENT) and value is not None:
                field = name.removesuffix(COMMITMENT)
                commitments[members["stream"], field] = (position, value)
    for (record, field), (position, commitment) in commitments.items():
        stored = ledger.personal.get(record, field)
        if stored is None and (record, field) not in erased:
            faults.add(
                position,
                f"the {field} of {record}, to which position {position} commits, is missing, and no erasure of it is "
                "recorded: somebody deleted it without ground or approval",
            )
        elif stored is not None and stored.commitment != commitment:
            faults.add(
                position,
                f"the {field} stored for {record} is not the one that position {position} committed to: it has been "
                "changed",
            )
        elif stored is not None and (record, field) in erased:
            faults.add(position, f"the {field} of {record} was declared erased and is still stored: erase it again")
    return len(commitments)


def _concerned(ledger: Ledger, size: int) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """The entries that commit to a value or declare an erasure, in order."""
    after = 0
    while after < size:
        page = ledger.read_raw(after, _PAGE, size)
        if not page:
            return
        for position, _, _, kind, raw in page:
            if kind == ERASED or _MARK in raw:
                yield position, kind, orjson.loads(raw)
        after = page[-1][0]
