"""Commands on comment periods: opened, commented upon by anybody, closed, and answered (二) (十二)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.participation.comment import Comment
from aggregates.participation.decision import Decision
from aggregates.participation.participation_office import ParticipationOffice, known_decision
from aggregates.participation.terms import InputSource, ParticipationFlag
from aggregates.participation.voice import Voice, commitments
from aggregates.participation.words import ParticipationCommand as Command
from aggregates.publishing import Outgoing
from ledger.append import Receipt


class ConsultationCommands(ParticipationOffice):
    """广泛听取公众意见；公开征求意见的采纳情况应予公布."""

    def open_comment_period(
        self,
        deed: Deed,
        *,
        decision: str,
        period_from: str | date,
        period_until: str | date,
        ways: str,
        short_reason: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Ask the public on a published draft, to the end of ``period_until``; ``ways`` says how to answer.

        Thirty days are the rule, the first not counted; a shorter period needs ``short_reason``.
        """
        data: Data = {
            "period_from": period_from,
            "period_until": period_until,
            "ways": ways,
            "short_reason": short_reason,
        }

        def decide(desk: Desk, file: Decision) -> None:
            file.open_comments(desk.deed, desk.rules, **data)

        command = Command.OPEN_COMMENT_PERIOD
        return self._on_decision(command, deed, decision, data, decide, expected_version=expected_version)

    def submit_comment(
        self,
        deed: Deed,
        *,
        decision: str,
        text: str,
        name: str | None = None,
        contact: str | None = None,
        source: str = InputSource.PLATFORM,
        received_at: datetime | str | None = None,
    ) -> Receipt:
        """Comment on a decision's draft; anybody may, and the receipt's stream names the number given.

        Late comments are kept and flagged.  Text, name and contact go to the erasable table; the entry
        commits to them.  ``received_at`` is for officers who enter what came on paper.
        """
        voice = Voice(text, name, contact, source, received_at)
        data: Data = {"decision": decision, **voice.for_the_fingerprint}

        def decide(desk: Desk) -> None:
            desk.entitle()
            file = known_decision(desk.read(Decision, decision), decision)
            desk.require_reach(file.unit)
            flags = file.comment_flags(voice.day(desk.deed))
            number, comment = self._next_file(desk, Comment, decision)
            values = voice.values(comment.stream)
            said = {**voice.data(desk.deed), **commitments(values)}
            comment.receive(
                desk.deed, comment=f"{decision}.{number}", decision=decision, number=number, flags=flags, said=said
            )
            desk.personal = values

        return self._numbered(Order(Command.SUBMIT_COMMENT, deed, decision, data), decide)

    def cluster_comments(
        self,
        deed: Deed,
        *,
        decision: str,
        cluster: str,
        title: str,
        comments: Sequence[int],
        expected_version: int | None = None,
    ) -> Receipt:
        """Put comments of one mind together by their numbers; a cluster grows with every call."""
        data: Data = {"cluster": cluster, "title": title, "comments": comments}

        def decide(desk: Desk, file: Decision) -> None:
            file.cluster_comments(desk.deed, received=self._last_number(Comment, decision), **data)

        command = Command.CLUSTER_COMMENTS
        return self._on_decision(command, deed, decision, data, decide, expected_version=expected_version)

    def close_comment_period(self, deed: Deed, *, decision: str, expected_version: int | None = None) -> Receipt:
        """Close the period after its last day; the comments are counted, and those that came late."""

        def decide(desk: Desk, file: Decision) -> None:
            received = self._last_number(Comment, decision)
            # What is read must still stand so: a comment that slips in makes the count be taken again.
            while desk.read(Comment, f"{decision}.{received + 1}").exists:
                received += 1
            late = sum(self._came_late(f"{decision}.{number}") for number in range(1, received + 1))
            file.close_comments(desk.deed, comments=received, late_comments=late)

        command = Command.CLOSE_COMMENT_PERIOD
        return self._on_decision(command, deed, decision, {}, decide, expected_version=expected_version)

    def _came_late(self, comment: str) -> bool:
        return ParticipationFlag.COMMENT_LATE in self._as_it_stands(Comment, comment).flags

    def publish_consultation_feedback(
        self,
        deed: Deed,
        *,
        decision: str,
        item: str,
        channels: Sequence[str],
        adoption: Sequence[Mapping[str, Any]],
        column: str | None = None,
        content: Mapping[str, Any] | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Tell the public what became of its comments: one line a cluster, ``cluster``, ``adoption``, ``reason``.

        A concentrated cluster that is not, or not wholly, adopted needs its reason.  The text itself is an
        item, which passes the gate of ``publish_information`` here.
        """
        data: Data = {
            "item": item,
            "channels": channels,
            "adoption": adoption,
            "column": column,
            "content": content,
        }

        def decide(desk: Desk, file: Decision) -> None:
            table = file.adoption(desk.rules, adoption)
            shown = self._put_out(desk, Outgoing(item, channels, column, content))
            file.tell(desk.deed, shown=shown, adoption=table)

        command = Command.PUBLISH_CONSULTATION_FEEDBACK
        return self._on_decision(command, deed, decision, data, decide, expected_version=expected_version)
