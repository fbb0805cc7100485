"""Commands on the leaders of a unit's disclosure work (十四)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from aggregates import fields
from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.office import Office
from aggregates.officer import Officer
from aggregates.organisation.leadership import Leadership
from aggregates.organisation.showing import shown_by
from aggregates.organisation.words_commands import OrganisationCommand as Command
from aggregates.organisation.words_refusals import OrganisationRefusal
from aggregates.refusal import RefusalCode, refuse
from aggregates.vocabulary import Post
from ledger.append import Receipt

LEADERS = (Post.DEPUTY_IN_CHARGE, Post.PRINCIPAL)


class LeadershipCommands(Office):
    """各单位要将政务公开纳入重要议事日程，明确一位分管负责人具体抓."""

    def _on_leadership(
        self,
        command: Command,
        deed: Deed,
        unit: str,
        data: Data,
        decide: Callable[[Desk, Leadership], None],
        *,
        expected_version: int | None,
    ) -> Receipt:
        """Carry out a command on a unit's leadership, by somebody whose reach extends to it."""

        def decide_on_leadership(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            decide(desk, desk.open(Leadership, unit))

        stream = Leadership.stream_of(unit)
        order = Order(command, deed, unit, {"unit": unit, **data}, stream, expected_version)
        return self.carry_out(order, decide_on_leadership)

    def appoint_deputy_in_charge(
        self,
        deed: Deed,
        *,
        unit: str,
        officer: str,
        from_date: str | date | None = None,
        until_date: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Put an officer in charge of a unit's disclosure, from the deed's day when no other is named.

        The post is given with it.  A second deputy at the same time is flagged TWO_DEPUTIES_IN_CHARGE
        with all who are in charge then, and is not refused.
        """
        data: Data = {"officer": officer, "from_date": from_date, "until_date": until_date}

        def decide(desk: Desk, leadership: Leadership) -> None:
            file = desk.open(Officer, officer)
            if not file.exists:
                raise refuse(RefusalCode.OFFICER_NOT_REGISTERED, officer=officer)
            first = desk.deed.day if from_date is None else from_date
            post = str(Post.DEPUTY_IN_CHARGE)
            file.appoint(desk.deed, unit=unit, post=post, from_date=first, until_date=until_date)
            held = file.appointments[-1]
            leadership.note_appointment(
                desk.deed, unit=unit, officer=officer, first=held.from_date, last=held.until_date
            )

        return self._on_leadership(
            Command.APPOINT_DEPUTY_IN_CHARGE, deed, unit, data, decide, expected_version=expected_version
        )

    def publish_leadership_division(
        self, deed: Deed, *, unit: str, officer: str, item: str, expected_version: int | None = None
    ) -> Receipt:
        """Record that the deputy's division of work is public, by the item that shows it.

        The item went through the gate like any other; the lag from the appointment is in the event.
        """

        def decide(desk: Desk, leadership: Leadership) -> None:
            leadership.publish_division(desk.deed, unit=unit, officer=officer, shown=shown_by(desk, item))

        data: Data = {"officer": officer, "item": item}
        return self._on_leadership(
            Command.PUBLISH_LEADERSHIP_DIVISION, deed, unit, data, decide, expected_version=expected_version
        )

    def record_leadership_action(
        self,
        deed: Deed,
        *,
        unit: str,
        officer: str,
        action_kind: str,
        description: str,
        acted_on: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record what the deputy in charge, or the principal, did to push the work forward."""
        data: Data = {
            "officer": officer,
            "action_kind": action_kind,
            "description": description,
            "acted_on": acted_on,
        }

        def decide(desk: Desk, leadership: Leadership) -> None:
            day = fields.day(acted_on or desk.deed.day, "acted_on")
            _require_leader(desk, unit, officer, day, LEADERS)
            leadership.record_action(desk.deed, unit=unit, **{**data, "acted_on": day})

        return self._on_leadership(
            Command.RECORD_LEADERSHIP_ACTION, deed, unit, data, decide, expected_version=expected_version
        )

    def record_agenda_item(
        self,
        deed: Deed,
        *,
        unit: str,
        meeting: str,
        subject: str,
        held_on: str | date | None = None,
        note: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record that disclosure was on the agenda of a meeting of the unit's leaders."""
        data: Data = {"meeting": meeting, "subject": subject, "held_on": held_on, "note": note}

        def decide(desk: Desk, leadership: Leadership) -> None:
            day = desk.deed.day if held_on is None else held_on
            leadership.record_agenda_item(desk.deed, unit=unit, **{**data, "held_on": day})

        return self._on_leadership(
            Command.RECORD_AGENDA_ITEM, deed, unit, data, decide, expected_version=expected_version
        )

    def record_leadership_hearing(
        self,
        deed: Deed,
        *,
        unit: str,
        hearing: str,
        officer: str,
        subject: str,
        held_on: str | date | None = None,
        resolutions: Sequence[Mapping[str, Any]] = (),
        expected_version: int | None = None,
    ) -> Receipt:
        """Record that the unit's principal heard a report on disclosure, as every year.

        ``officer`` is the principal who heard it; ``resolutions`` state ``decided``, ``resolution_owner`` (an officer
        or a unit) and ``due_date``, and may also follow.
        """
        data: Data = {
            "hearing": hearing,
            "officer": officer,
            "subject": subject,
            "held_on": held_on,
            "resolutions": resolutions,
        }

        def decide(desk: Desk, leadership: Leadership) -> None:
            day = fields.day(held_on or desk.deed.day, "held_on")
            if day > desk.deed.day:
                raise fields.invalid("held_on", "晚于办理日期", "it lies after the day of the act")
            _require_leader(desk, unit, officer, day, (Post.PRINCIPAL,))
            leadership.hold_hearing(
                desk.deed, unit=unit, hearing=hearing, officer=officer, held_on=day, subject=subject
            )
            leadership.resolve(desk.deed, unit=unit, hearing=hearing, resolutions=resolutions)

        return self._on_leadership(
            Command.RECORD_LEADERSHIP_HEARING, deed, unit, data, decide, expected_version=expected_version
        )

    def record_hearing_resolution(
        self,
        deed: Deed,
        *,
        unit: str,
        hearing: str,
        decided: str,
        resolution_owner: str,
        due_date: str | date,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record one more resolution of a hearing, with its owner and due date."""
        data: Data = {
            "hearing": hearing,
            "decided": decided,
            "resolution_owner": resolution_owner,
            "due_date": due_date,
        }

        def decide(desk: Desk, leadership: Leadership) -> None:
            resolution = {"decided": decided, "resolution_owner": resolution_owner, "due_date": due_date}
            leadership.resolve(desk.deed, unit=unit, hearing=hearing, resolutions=[resolution])

        return self._on_leadership(
            Command.RECORD_HEARING_RESOLUTION, deed, unit, data, decide, expected_version=expected_version
        )

    def publish_hearing_notice(
        self, deed: Deed, *, unit: str, hearing: str, item: str, expected_version: int | None = None
    ) -> Receipt:
        """Record that a hearing's facts are public, by the item that shows them; the lag is in the event."""

        def decide(desk: Desk, leadership: Leadership) -> None:
            leadership.publish_hearing_notice(desk.deed, unit=unit, hearing=hearing, shown=shown_by(desk, item))

        data: Data = {"hearing": hearing, "item": item}
        return self._on_leadership(
            Command.PUBLISH_HEARING_NOTICE, deed, unit, data, decide, expected_version=expected_version
        )


def _require_leader(desk: Desk, unit: str, officer: str, day: str, posts: Sequence[Post]) -> None:
    """Refuse to name as a leader whoever did not hold such a post in the unit on that day."""
    file = desk.read(Officer, officer)
    if not any(file.holds(post, unit, day) for post in posts):
        raise refuse(
            OrganisationRefusal.NOT_A_LEADER,
            officer=officer,
            unit=unit,
            day=day,
            wanted=", ".join(posts),
            wanted_zh="、".join(post.zh for post in posts),
        )
