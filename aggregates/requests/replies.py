"""Every way in which a request can end, and the one row of the statutory table 2 in which it is counted."""

from collections.abc import Mapping
from types import MappingProxyType

from aggregates.requests.words_lists import ReplyKind, RequestClosing, Table2Row
from aggregates.terms import Term

ROW_OF: Mapping[Term, Table2Row] = MappingProxyType(
    {
        # 填报说明: what is public already and told where is counted as granted.
        ReplyKind.ALREADY_PUBLIC: Table2Row.GRANTED,
        ReplyKind.GRANTED: Table2Row.GRANTED,
        ReplyKind.PARTIAL: Table2Row.PARTIAL,
        ReplyKind.WITHHELD_STATE_SECRET: Table2Row.STATE_SECRET,
        ReplyKind.WITHHELD_BY_LAW: Table2Row.BY_LAW,
        ReplyKind.WITHHELD_SAFETY: Table2Row.SAFETY,
        ReplyKind.WITHHELD_THIRD_PARTY: Table2Row.THIRD_PARTY,
        ReplyKind.WITHHELD_INTERNAL: Table2Row.INTERNAL,
        ReplyKind.WITHHELD_PROCESS: Table2Row.PROCESS,
        ReplyKind.WITHHELD_ENFORCEMENT_FILE: Table2Row.ENFORCEMENT_FILE,
        ReplyKind.INQUIRY_MATTER: Table2Row.INQUIRY_MATTER,
        ReplyKind.DOES_NOT_EXIST: Table2Row.NOT_HELD,
        ReplyKind.NOT_RESPONSIBLE: Table2Row.NOT_HELD,
        ReplyKind.NEEDS_CREATION: Table2Row.NEEDS_CREATION,
        ReplyKind.STILL_UNCLEAR: Table2Row.STILL_UNCLEAR,
        ReplyKind.PETITION: Table2Row.PETITION,
        ReplyKind.DUPLICATE: Table2Row.DUPLICATE,
        ReplyKind.PUBLIC_PRINT: Table2Row.PUBLIC_PRINT,
        ReplyKind.EXCESSIVE: Table2Row.EXCESSIVE,
        ReplyKind.RECONFIRMATION: Table2Row.RECONFIRMATION,
        ReplyKind.OTHER: Table2Row.OTHER,
        RequestClosing.ABANDONED: Table2Row.ABANDONED,
        RequestClosing.FEE_NOT_PAID: Table2Row.FEE_NOT_PAID,
        RequestClosing.WITHDRAWN: Table2Row.OTHER,
    }
)
"""The mapping; a test holds that every kind has its row and every row its kind."""

DISCLOSING = frozenset({ReplyKind.GRANTED, ReplyKind.PARTIAL})
"""Replies that hand out what was not public before."""

WITHHOLDING = frozenset(
    {
        ReplyKind.WITHHELD_STATE_SECRET,
        ReplyKind.WITHHELD_BY_LAW,
        ReplyKind.WITHHELD_SAFETY,
        ReplyKind.WITHHELD_THIRD_PARTY,
        ReplyKind.WITHHELD_INTERNAL,
        ReplyKind.WITHHELD_PROCESS,
        ReplyKind.WITHHELD_ENFORCEMENT_FILE,
    }
)
"""Replies that refuse disclosure: reconsideration comes before the court (行政复议法(2023)第二十三条第一款第四项)."""


def row_of(ending: str) -> str:
    """The row of table 2 for a reply kind or a closing, by its code."""
    return str(ROW_OF[_TERMS[ending]])


_TERMS: Mapping[str, Term] = {str(term): term for term in ROW_OF}
