"""A major decision: published before it is taken, with the public asked and answered, or exempt by law (二) (十二).

除依法应当保密的外，决策前向社会公布决策草案、决策依据，广泛听取公众意见。
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from eventsourcing.domain import event

from aggregates import fields
from aggregates.deed import Deed
from aggregates.participation.adoption import Consultation, adoption_table
from aggregates.participation.decision_events import DecisionEvents
from aggregates.participation.refusals import ParticipationRefusal
from aggregates.participation.terms import (
    DecisionBody,
    DecisionMatter,
    DecisionOutcome,
    FlagConclusion,
    ParticipationFlag,
)
from aggregates.refusal import RefusalCode, refuse
from aggregates.ruleset import Rules
from aggregates.secrecy import SecrecyFile
from ledger import instants

COLUMN = "重大决策公开"
"""The column of the platform that the rules name (二)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An item that has just gone out for a decision: its publication and the content that the public sees."""

    item: str
    publication: str
    sha256: str
    column: str
    channels: list[str]


class Decision(DecisionEvents):
    """One matter that is to be decided; its stream is ``decision/<number>``."""

    TOPIC = "decision"
    STREAM = "decision"
    IDENTIFIER = "decision"

    def __init__(self) -> None:
        self.decision = ""
        self.unit = ""
        self.conclusion: str | None = None
        self.exempt = False
        self.draft_published_at: datetime | None = None
        self.draft_publication = ""
        self.period: tuple[str, str] | None = None
        self.closed = False
        self.comments = 0
        self.clusters: dict[str, list[int]] = {}
        self.feedback: str | None = None
        self.modes: list[str] = []
        self.taken_at: datetime | None = None

    # ── facts ─────────────────────────────────────────────────────────────────────────────────────

    @property
    def is_major(self) -> bool:
        """Whether the rules on major decisions hold for it: unless the district office has said otherwise."""
        return self.conclusion != FlagConclusion.NOT_MAJOR

    @property
    def in_consultation(self) -> bool:
        """Whether a comment period was opened and not closed."""
        return self.period is not None and not self.closed

    @property
    def public_took_part(self) -> bool:
        """Whether the public was asked in at least one way, and had its say."""
        return self.closed or bool(self.modes)

    def _refuse_taken(self) -> None:
        if self.taken_at is not None:
            raise refuse(
                ParticipationRefusal.DECISION_ALREADY_TAKEN,
                decision=self.decision,
                taken_at=instants.to_text(self.taken_at),
            )

    def _refuse_period_open(self) -> None:
        if self.period is not None and not self.closed:
            raise refuse(ParticipationRefusal.COMMENT_PERIOD_OPEN, decision=self.decision, until_date=self.period[1])

    def _refuse_unpublished(self, deed: Deed) -> None:
        if self.draft_published_at is None or self.draft_published_at >= deed.occurred_at:
            raise refuse(
                ParticipationRefusal.DECISION_DRAFT_NOT_PUBLISHED,
                decision=self.decision,
                occurred_at=instants.to_text(deed.occurred_at),
            )

    # ── registration and exemption ────────────────────────────────────────────────────────────────

    def register(self, deed: Deed, *, decision: str, unit: str, title: str, decision_kind: str, body: str) -> None:
        """Flag a matter as a major decision, before anything else is done about it."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(
            self.Registered,
            deed,
            major_decision=fields.code(decision, "decision"),
            unit=fields.code(unit, "unit"),
            title=fields.text(title, "title"),
            decision_kind=fields.term(DecisionMatter, decision_kind, "decision_kind"),
            body=fields.term(DecisionBody, body, "body"),
        )

    def review(self, deed: Deed, *, conclusion: str, note: str | None = None) -> None:
        """Say for the district office whether the matter is a major decision; before it is decided."""
        self._refuse_taken()
        self.refuse_back_dating(deed)
        self.write(
            self.Reviewed,
            deed,
            major_decision=self.decision,
            conclusion=fields.term(FlagConclusion, conclusion, "conclusion"),
            note=fields.optional_text(note, "note", longest=fields.LONG),
        )

    def exempt_by_law(
        self, deed: Deed, *, item: str, review: str, secrecy: SecrecyFile, legal_basis: Iterable[str], reason: str
    ) -> None:
        """Exempt what the law keeps secret; the ground is a law and a secrecy review that keeps the item in."""
        self._refuse_taken()
        self.refuse_back_dating(deed)
        if self.draft_published_at is not None:
            # What everybody has read is no secret any more.
            raise refuse(RefusalCode.ALREADY_PUBLISHED, publication=self.draft_publication)
        basis = fields.texts(legal_basis, "legal_basis")
        if not basis:
            raise refuse(ParticipationRefusal.EXEMPTION_BASIS_MISSING, decision=self.decision)
        if not _keeps_in(secrecy, review):
            raise refuse(ParticipationRefusal.EXEMPTION_NOT_REVIEWED, decision=self.decision, item=item, review=review)
        self.write(
            self.Exempted,
            deed,
            major_decision=self.decision,
            item=item,
            review=review,
            legal_basis=basis,
            reason=fields.text(reason, "reason", longest=fields.LONG),
        )

    # ── publication before the decision ───────────────────────────────────────────────────────────

    def publishable(self, draft_item: str, basis_item: str | None) -> tuple[str, str]:
        """The two items to publish, draft and basis; one without the other is refused."""
        self._refuse_taken()
        draft = fields.code(draft_item, "draft_item")
        if basis_item is None or basis_item == draft_item:
            raise refuse(ParticipationRefusal.DECISION_BASIS_MISSING, decision=self.decision)
        return draft, fields.code(basis_item, "basis_item")

    def show(self, deed: Deed, *, draft: Shown, basis: Shown) -> None:
        """Note that draft and basis have gone out, in this very command."""
        self.refuse_back_dating(deed)
        self.write(self.DraftPublished, deed, major_decision=self.decision, draft_item=draft.item, **_where(draft))
        self.write(self.BasisPublished, deed, major_decision=self.decision, basis_item=basis.item, **_where(basis))

    # ── the public is asked ───────────────────────────────────────────────────────────────────────

    def open_comments(
        self,
        deed: Deed,
        rules: Rules,
        *,
        period_from: str | date,
        period_until: str | date,
        ways: str,
        short_reason: str | None = None,
    ) -> None:
        """Ask the public until the end of a day; the first day is not counted (L18)."""
        self._refuse_taken()
        self.refuse_back_dating(deed)
        self._refuse_unpublished(deed)
        if self.period is not None:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=f"{self.stream} {self.period[0]}–{self.period[1]}")
        first, last = fields.day(period_from, "period_from"), fields.day(period_until, "period_until")
        if first < deed.day or last <= first:
            raise fields.invalid(
                "period_from", "须不早于今日且早于截止日", "it must be no earlier than today, and before the end"
            )
        days, least = (date.fromisoformat(last) - date.fromisoformat(first)).days, rules.number("comment_period_days")
        if days < least and short_reason is None:
            raise refuse(ParticipationRefusal.COMMENT_PERIOD_TOO_SHORT, decision=self.decision, days=days, least=least)
        self.write(
            self.CommentPeriodOpened,
            deed,
            major_decision=self.decision,
            period_from=first,
            period_until=last,
            days=days,
            ways=fields.text(ways, "ways", longest=fields.LONG),
            short_reason=fields.optional_text(short_reason, "short_reason", longest=fields.LONG),
        )

    def comment_flags(self, received_on: str) -> list[str]:
        """What is to be said of a comment that came on that day; none is turned away once the period has begun."""
        if self.period is None or received_on < self.period[0]:
            raise refuse(ParticipationRefusal.NO_COMMENT_PERIOD, decision=self.decision)
        late = [ParticipationFlag.COMMENT_LATE] if received_on > self.period[1] else []
        after = [ParticipationFlag.ENTERED_AFTER_CLOSING] if self.closed else []
        return [str(flag) for flag in (*late, *after)]

    def cluster_comments(self, deed: Deed, *, cluster: str, title: str, comments: Iterable[int], received: int) -> None:
        """Put comments that say the same together; of ``received`` ones, by their numbers."""
        self.refuse_back_dating(deed)
        self._refuse_feedback()
        numbers = fields.numbers(comments, "comments")
        if not numbers:
            raise fields.invalid("comments", "至少一条", "it must name at least one")
        if numbers[-1] > received:
            raise refuse(
                ParticipationRefusal.COMMENT_UNKNOWN, decision=self.decision, number=numbers[-1], count=received
            )
        self.write(
            self.CommentsClustered,
            deed,
            major_decision=self.decision,
            cluster=fields.code(cluster, "cluster"),
            title=fields.text(title, "title"),
            comments=numbers,
        )

    def close_comments(self, deed: Deed, *, comments: int, late_comments: int) -> None:
        """Close the period, after its last day."""
        self.refuse_back_dating(deed)
        if self.period is None:
            raise refuse(ParticipationRefusal.NO_COMMENT_PERIOD, decision=self.decision)
        if self.closed:
            raise refuse(RefusalCode.NOTHING_TO_CHANGE, subject=self.stream)
        if deed.day <= self.period[1]:
            self._refuse_period_open()
        self.write(
            self.CommentPeriodClosed,
            deed,
            major_decision=self.decision,
            comments=comments,
            late_comments=late_comments,
            clusters=len(self.clusters),
        )

    def _refuse_feedback(self) -> None:
        if self.feedback is not None:
            raise refuse(
                ParticipationRefusal.FEEDBACK_ALREADY_PUBLISHED, decision=self.decision, publication=self.feedback
            )

    def adoption(self, rules: Rules, table: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The adoption table as it may be published: complete, and with reasons where the rules ask for them."""
        if self.period is None:
            raise refuse(ParticipationRefusal.NO_COMMENT_PERIOD, decision=self.decision)
        self._refuse_period_open()
        self._refuse_feedback()
        return adoption_table(Consultation(self.decision, self.clusters, self.comments), rules, table)

    def tell(self, deed: Deed, *, shown: Shown, adoption: list[dict[str, Any]]) -> None:
        """Note that the public was told, in this very command, what became of its comments."""
        self.refuse_back_dating(deed)
        clustered = {number for numbers in self.clusters.values() for number in numbers}
        self.write(
            self.FeedbackPublished,
            deed,
            major_decision=self.decision,
            item=shown.item,
            publication=shown.publication,
            content_sha256=shown.sha256,
            adoption=adoption,
            comments=self.comments,
            unclustered=sum(number not in clustered for number in range(1, self.comments + 1)),
        )

    def record_participation(
        self,
        deed: Deed,
        *,
        mode: str,
        held_on: str | date,
        participants: int,
        summary: str,
        source: str | None = None,
    ) -> None:
        """Note that the public took part in a way that is not the comment period; before the decision."""
        self._refuse_taken()
        self.refuse_back_dating(deed)
        day = fields.day(held_on, "held_on")
        if day > deed.day:
            raise fields.invalid("held_on", "不能晚于今日", "it must not be later than today")
        self.write(
            self.ParticipationRecorded,
            deed,
            major_decision=self.decision,
            mode=mode,
            held_on=day,
            people=fields.number(participants, "participants", most=1_000_000),
            summary=fields.text(summary, "summary", longest=fields.LONG),
            source=fields.optional_text(source, "source"),
        )

    # ── the decision ──────────────────────────────────────────────────────────────────────────────

    def take(
        self,
        deed: Deed,
        rules: Rules,
        *,
        outcome: str,
        by_office: bool,
        meeting: str | None = None,
        note: str | None = None,
    ) -> None:
        """Record the decision: published before, public heard, comment period closed, or exempt by law."""
        self._refuse_taken()
        self.refuse_back_dating(deed)
        self._refuse_period_open()
        flags = self._flags_of_decision(deed, rules) if self.is_major and not self.exempt else []
        if self.conclusion is None and not by_office:
            flags.append(str(ParticipationFlag.NOT_REVIEWED_BY_OFFICE))
        self.write(
            self.Taken,
            deed,
            major_decision=self.decision,
            outcome=fields.term(DecisionOutcome, outcome, "outcome"),
            meeting=fields.optional_code(meeting, "meeting"),
            note=fields.optional_text(note, "note", longest=fields.LONG),
            flags=flags,
        )

    def _flags_of_decision(self, deed: Deed, rules: Rules) -> list[str]:
        self._refuse_unpublished(deed)
        flags = []
        if not self.public_took_part:
            if rules.refuses("decision_without_participation"):
                raise refuse(ParticipationRefusal.PARTICIPATION_MISSING, decision=self.decision)
            flags.append(ParticipationFlag.PARTICIPATION_MISSING)
        if self.closed and self.feedback is None:
            flags.append(ParticipationFlag.FEEDBACK_MISSING)
        return [str(flag) for flag in flags]

    # ── how each event is filed; nothing is judged here ───────────────────────────────────────────

    @event(DecisionEvents.Registered)
    def _registered(self, *, major_decision: str, unit: str) -> None:
        self.decision = major_decision
        self.unit = unit

    @event(DecisionEvents.Reviewed)
    def _reviewed(self, conclusion: str) -> None:
        self.conclusion = conclusion

    @event(DecisionEvents.Exempted)
    def _exempted(self) -> None:
        self.exempt = True

    @event(DecisionEvents.DraftPublished)
    def _draft_published(self, publication: str, timestamp: datetime) -> None:
        self.draft_published_at = timestamp
        self.draft_publication = publication

    @event(DecisionEvents.CommentPeriodOpened)
    def _comment_period_opened(self, *, period_from: str, period_until: str) -> None:
        self.period = (period_from, period_until)

    @event(DecisionEvents.CommentsClustered)
    def _comments_clustered(self, *, cluster: str, comments: list[int]) -> None:
        self.clusters[cluster] = sorted({*self.clusters.get(cluster, ()), *comments})

    @event(DecisionEvents.CommentPeriodClosed)
    def _comment_period_closed(self, comments: int) -> None:
        self.closed = True
        self.comments = comments

    @event(DecisionEvents.FeedbackPublished)
    def _feedback_published(self, publication: str) -> None:
        self.feedback = publication

    @event(DecisionEvents.ParticipationRecorded)
    def _participation_recorded(self, mode: str) -> None:
        self.modes.append(mode)

    @event(DecisionEvents.Taken)
    def _taken(self, timestamp: datetime) -> None:
        self.taken_at = timestamp


def _where(shown: Shown) -> dict[str, Any]:
    return {
        "publication": shown.publication,
        "content_sha256": shown.sha256,
        "column": shown.column,
        "channels": shown.channels,
    }


def _keeps_in(secrecy: SecrecyFile, named: str) -> bool:
    """Whether the item's file holds that review and it does not let the content out."""
    found = [review for review in secrecy.reviews if review.review == named]
    return bool(found) and (not found[-1].clears or found[-1].sha256 in secrecy.secret_contents)
