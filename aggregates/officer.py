"""An officer: one person under a code, and the posts held from day to day (落实到人).

The name is a personal value outside the entries; an event carries a commitment to it.  Every act is
tied to a post that its officer held on that day; a shared account has no officer and holds none.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.organisation.words_lists import Audience, TrainingResult
from aggregates.refusal import RefusalCode, refuse
from aggregates.vocabulary import Post, label

DISCLOSURE_WORK = frozenset(
    {Post.DRAFTER, Post.REVIEWER, Post.SECRECY_REVIEWER, Post.PUBLISHER, Post.DISCLOSURE_OFFICER, Post.ARCHIVIST}
)
"""The posts of those who do the work (从事政务公开工作人员), as against those who lead or watch over it."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A post in a unit, from its first day to its last, both included; no last day yet means it is held."""

    unit: str
    post: str
    from_date: str
    until_date: str | None

    def covers(self, day: str) -> bool:
        """Whether the post is held on that day (``YYYY-MM-DD``, whose order as text is its order in time)."""
        return self.from_date <= day and (self.until_date is None or day <= self.until_date)

    def overlaps(self, from_date: str, until_date: str | None) -> bool:
        """Whether some day lies in both times."""
        begins_before_that_ends = until_date is None or self.from_date <= until_date
        return begins_before_that_ends and (self.until_date is None or from_date <= self.until_date)


class Officer(Record):
    """One officer; the stream is ``officer/<code>``."""

    TOPIC = "officer"
    STREAM = "officer"
    IDENTIFIER = "officer"

    class Registered(Record.Event):
        """The officer has a code; the name is elsewhere and can be erased."""

        TOPIC = "officer.registered/1"
        officer: str
        name_commitment: str | None

    class Appointed(Record.Event):
        """The officer holds a post in a unit from a day on (岗位任命)."""

        TOPIC = "officer.appointed/1"
        officer: str
        unit: str
        post: str
        from_date: str
        until_date: str | None

    class Relieved(Record.Event):
        """The officer's post ends; ``until_date`` is the last day on which it was held (岗位解除)."""

        TOPIC = "officer.relieved/1"
        officer: str
        unit: str
        post: str
        until_date: str

    class TrainingResultRecorded(Record.Event):
        """What the officer's part in a training came to (培训结果); ABSENT for whoever was called and stayed away."""

        TOPIC = "officer.training_result_recorded/1"
        officer: str
        training: str
        audience: str
        held_on: str
        result: str

    class ActedUntrained(Record.Event):
        """A newcomer reviewed or published before being trained; the rules let it pass and flag it (未经培训上岗)."""

        TOPIC = "officer.acted_untrained/1"
        officer: str
        unit: str
        post: str
        command: str
        subject: str

    def __init__(self) -> None:
        self.officer = ""
        self.appointments: list[Appointment] = []
        self.trainings: dict[tuple[str, str], str] = {}
        """By training and audience, what it came to."""

    def holds(self, post: str, unit: str, day: str) -> bool:
        """Whether the post in the unit was held on that day."""
        return any(held.post == post and held.unit == unit and held.covers(day) for held in self.appointments)

    def register(self, deed: Deed, *, officer: str, name_commitment: str | None = None) -> None:
        """Enter the officer under a code that is not a name; a code is given once."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(self.Registered, deed, officer=fields.code(officer, "officer"), name_commitment=name_commitment)

    @event(Registered)
    def _registered(self, officer: str) -> None:
        self.officer = officer

    def appoint(
        self, deed: Deed, *, unit: str, post: str, from_date: str | date, until_date: str | date | None = None
    ) -> None:
        """Give the officer a post for a time; nobody appoints themself, and times of one post do not overlap."""
        post = fields.term(Post, post, "post")
        if post == Post.CITIZEN:
            raise fields.invalid(
                "post", "社会公众不是岗位，无需任命", "the public is not a post that anybody is appointed to"
            )
        first = fields.day(from_date, "from_date")
        last = fields.optional_day(until_date, "until_date")
        if last is not None and last < first:
            raise fields.invalid("until_date", "早于起始日", "it lies before from_date")
        if deed.officer == self.officer:
            raise refuse(RefusalCode.SELF_APPOINTMENT, officer=self.officer, post=post, post_zh=label("post", post).zh)
        self._refuse_second_appointment(unit, post, first, last)
        self._appoint(deed, unit, post, first, last)

    def appoint_founder(self, deed: Deed, *, unit: str) -> None:
        """Make the founder the first administrator: the one appointment that nobody else could make."""
        self._appoint(deed, unit, str(Post.ADMINISTRATOR), deed.day, None)

    def _refuse_second_appointment(self, unit: str, post: str, first: str, last: str | None) -> None:
        for held in self.appointments:
            if (held.unit, held.post) == (unit, post) and held.overlaps(first, last):
                raise refuse(
                    RefusalCode.ALREADY_APPOINTED,
                    officer=self.officer,
                    unit=unit,
                    post=post,
                    post_zh=label("post", post).zh,
                    from_date=first,
                )

    def _appoint(self, deed: Deed, unit: str, post: str, first: str, last: str | None) -> None:
        self.write(
            self.Appointed,
            deed,
            officer=self.officer,
            unit=fields.code(unit, "unit"),
            post=post,
            from_date=first,
            until_date=last,
        )

    @event(Appointed)
    def _appointed(self, unit: str, post: str, from_date: str, until_date: str | None) -> None:
        self.appointments.append(Appointment(unit, post, from_date, until_date))

    def relieve(self, deed: Deed, *, unit: str, post: str, until_date: str | date) -> None:
        """End an appointment; ``until_date`` is its last day, the day before to end it at once."""
        last = fields.day(until_date, "until_date")
        if self._endable(unit, post, last) is None:
            raise refuse(
                RefusalCode.APPOINTMENT_NOT_FOUND,
                officer=self.officer,
                unit=unit,
                post=post,
                post_zh=label("post", post).zh,
                until_date=last,
            )
        self.write(self.Relieved, deed, officer=self.officer, unit=unit, post=post, until_date=last)

    @event(Relieved)
    def _relieved(self, unit: str, post: str, until_date: str) -> None:
        place = self._endable(unit, post, until_date)
        if place is not None:
            self.appointments[place] = replace(self.appointments[place], until_date=until_date)

    def _endable(self, unit: str, post: str, last: str) -> int | None:
        """Which appointment could end on that day: begun by the day after, and not ended by it already."""
        begun_by = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
        for place, held in enumerate(self.appointments):
            is_the_post = (held.unit, held.post) == (unit, post)
            if is_the_post and held.from_date <= begun_by and (held.until_date is None or last < held.until_date):
                return place
        return None

    # ── training ──────────────────────────────────────────────────────────────────────────────────

    def is_untrained_newcomer(self, founded_on: str | None) -> bool:
        """Whether the officer came new to disclosure work, or was called as a newcomer, and passed no training yet."""
        results = [result for (_, audience), result in self.trainings.items() if audience == Audience.NEWCOMER]
        if TrainingResult.PASSED in results:
            return False
        work = [held.from_date for held in self.appointments if held.post in DISCLOSURE_WORK]
        came_later = founded_on is not None and bool(work) and min(work) > founded_on
        return came_later or bool(results)

    def record_training(self, deed: Deed, *, training: str, audience: str, held_on: str, result: str) -> None:
        """Write down what a training came to for this officer; a later result takes the place of an earlier."""
        outcome = fields.term(TrainingResult, result, "result")
        if self.trainings.get((training, audience)) == outcome:
            raise refuse(RefusalCode.NOTHING_TO_CHANGE, subject=f"{training} {self.officer}")
        self.write(
            self.TrainingResultRecorded,
            deed,
            officer=self.officer,
            training=training,
            audience=audience,
            held_on=held_on,
            result=outcome,
        )

    @event(TrainingResultRecorded)
    def _training_result_recorded(self, training: str, audience: str, result: str) -> None:
        self.trainings[training, audience] = result

    def act_untrained(self, deed: Deed, *, command: str, subject: str) -> None:
        """Write down that this newcomer acts untrained, in which post and on what."""
        actor = deed.actor
        self.write(
            self.ActedUntrained,
            deed,
            officer=self.officer,
            unit=actor.unit,
            post=actor.post,
            command=command,
            subject=subject,
        )
