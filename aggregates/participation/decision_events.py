"""What is recorded of a major decision, from its registration to the decision itself (二) (十二)."""

from typing import Any

from aggregates.base import Record


class DecisionEvents(Record):
    """The events of a decision's file; what they add up to is in ``aggregates.participation.decision``."""

    class Registered(Record.Event):
        """The originating unit flags a matter as a major decision (重大决策登记)."""

        TOPIC = "decision.registered/1"
        major_decision: str
        unit: str
        title: str
        decision_kind: str
        body: str

    class Reviewed(Record.Event):
        """The district office says whether the flag is right."""

        TOPIC = "decision.reviewed/1"
        major_decision: str
        conclusion: str
        note: str | None

    class Exempted(Record.Event):
        """The law keeps it secret, so nothing of it is published before the decision (预公开豁免)."""

        TOPIC = "decision.exempted/1"
        major_decision: str
        item: str
        review: str
        legal_basis: list[str]
        reason: str

    class DraftPublished(Record.Event):
        """The draft is before the public, in the column 重大决策公开 of the platform."""

        TOPIC = "decision.draft_published/1"
        major_decision: str
        draft_item: str
        publication: str
        content_sha256: str
        column: str
        channels: list[str]

    class BasisPublished(Record.Event):
        """So is what the draft rests on, at the same moment."""

        TOPIC = "decision.basis_published/1"
        major_decision: str
        basis_item: str
        publication: str
        content_sha256: str
        column: str
        channels: list[str]

    class CommentPeriodOpened(Record.Event):
        """The public is asked, until the end of a day (征求意见开始)."""

        TOPIC = "decision.comment_period_opened/1"
        major_decision: str
        period_from: str
        period_until: str
        days: int
        ways: str
        short_reason: str | None

    class CommentsClustered(Record.Event):
        """Comments that say the same are put together; more may follow for the same cluster."""

        TOPIC = "decision.comments_clustered/1"
        major_decision: str
        cluster: str
        title: str
        comments: list[int]

    class CommentPeriodClosed(Record.Event):
        """The period is over and its comments are counted."""

        TOPIC = "decision.comment_period_closed/1"
        major_decision: str
        comments: int
        late_comments: int
        clusters: int

    class FeedbackPublished(Record.Event):
        """The public is told what became of its comments, cluster by cluster (采纳情况公布)."""

        TOPIC = "decision.feedback_published/1"
        major_decision: str
        item: str
        publication: str
        content_sha256: str
        adoption: list[dict[str, Any]]
        comments: int
        unclustered: int

    class ParticipationRecorded(Record.Event):
        """The public took part in some other way: a hearing, a discussion, at the table."""

        TOPIC = "decision.participation_recorded/1"
        major_decision: str
        mode: str
        held_on: str
        people: int
        summary: str
        source: str | None

    class Taken(Record.Event):
        """It was decided (决策作出)."""

        TOPIC = "decision.taken/1"
        major_decision: str
        outcome: str
        meeting: str | None
        note: str | None
        flags: list[str]
