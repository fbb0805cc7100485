"""The erasure of personal values: the value goes, the commitment in the entry stays, and this says why.

Personal Information Protection Law, article 47: what is no longer needed, or was unlawfully kept, is
deleted.  A value that is missing without such an event is a fault to the audit.
"""

from collections.abc import Iterable

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.officer import Officer
from aggregates.refusal import RefusalCode, refuse
from aggregates.vocabulary import Post
from ledger.personal import ERASED

APPROVING_POSTS = frozenset({Post.PRINCIPAL, Post.DEPUTY_IN_CHARGE})


class Erasure(Record):
    """One erasure; its stream is ``erasure/<uuid>``."""

    TOPIC = "erasure"
    STREAM = "erasure"
    IDENTIFIER = "erasure"

    class Erased(Record.Event):
        """Values and salts of a record were deleted, on a ground, with somebody's approval (个人信息删除)."""

        TOPIC = ERASED
        record: str
        fields: list[str]
        ground: str
        approver: str

    def erase(self, deed: Deed, *, record: str, names: Iterable[str], ground: str, approver: Officer) -> None:
        """Decide an erasure.  Two pairs of eyes: whoever erases cannot also approve."""
        may = any(held.post in APPROVING_POSTS and held.covers(deed.day) for held in approver.appointments)
        if not may or approver.officer == deed.officer:
            raise refuse(RefusalCode.ERASURE_NOT_APPROVED, record=record, approver=approver.stream.rpartition("/")[2])
        self.write(
            self.Erased,
            deed,
            record=fields.text(record, "record"),
            fields=sorted({fields.text(name, "fields") for name in names}),
            ground=fields.text(ground, "ground", longest=fields.LONG),
            approver=approver.officer,
        )
