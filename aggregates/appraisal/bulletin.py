"""The monthly bulletins of the district (每月通报制度), figures frozen at a cut-off (十七)."""

from typing import Any

from eventsourcing.domain import event

from aggregates import fields
from aggregates.appraisal.figures import Rows, digest, missing_months
from aggregates.appraisal.words_lists import AppraisalFlag
from aggregates.appraisal.words_refusals import AppraisalRefusal
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.refusal import refuse


class Bulletins(Record):
    """All bulletins, month by month; the stream is ``bulletin/district``."""

    TOPIC = "bulletin"
    STREAM = "bulletin"
    IDENTIFIER = "district"

    class Compiled(Record.Event):
        """Each unit's figures of the month, counted from the entries up to a position (每月汇总)."""

        TOPIC = "bulletin.compiled/1"
        bulletin: str
        month: str
        cut_off_position: int
        figures: list[dict[str, Any]]
        figures_sha256: str

    class Issued(Record.Event):
        """The month's bulletin went to all units; months before it without one are named (每月通报)."""

        TOPIC = "bulletin.issued/1"
        bulletin: str
        month: str
        figures_sha256: str
        missing_months: list[str]
        flags: list[str]

    def __init__(self) -> None:
        self.compiled: dict[str, str] = {}
        """By month, the digest of the figures as they were last compiled."""
        self.issued: dict[str, str] = {}
        """By month, the bulletin that was issued."""

    def compile(self, deed: Deed, *, bulletin: str, month: str, cut_off_position: int, figures: Rows) -> None:
        """Freeze the figures of a month that is over; until it is issued a month may be compiled again."""
        self._refuse_issued(month)
        if deed.day[:7] <= month:
            raise refuse(AppraisalRefusal.MONTH_NOT_OVER, month=month, day=deed.day)
        self.write(
            self.Compiled,
            deed,
            bulletin=fields.code(bulletin, "bulletin"),
            month=month,
            cut_off_position=cut_off_position,
            figures=figures,
            figures_sha256=digest(figures),
        )

    @event(Compiled)
    def _compiled(self, month: str, figures_sha256: str) -> None:
        self.compiled[month] = figures_sha256

    def issue(self, deed: Deed, *, bulletin: str, month: str) -> None:
        """Issue the bulletin with the figures last compiled; earlier months that never had one are flagged."""
        self._refuse_issued(month)
        missing = missing_months(self.issued, month)
        self.write(
            self.Issued,
            deed,
            bulletin=fields.code(bulletin, "bulletin"),
            month=month,
            figures_sha256=self.compiled[month],
            missing_months=missing,
            flags=[str(AppraisalFlag.MISSING_BULLETIN)] if missing else [],
        )

    @event(Issued)
    def _issued(self, month: str, bulletin: str) -> None:
        self.issued[month] = bulletin

    def _refuse_issued(self, month: str) -> None:
        if month in self.issued:
            raise refuse(AppraisalRefusal.BULLETIN_ISSUED_ALREADY, month=month, bulletin=self.issued[month])
