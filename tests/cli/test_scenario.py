"""The demo's year is the district's example year: 127 rows, each answered as the example says, refused attempts kept."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import holidays
import pytest

from aggregates.appraisal.table_two import ENDED, NEW, PENDING, TOTAL, identity_breaks
from aggregates.calendar import calendar_year
from aggregates.deed import CHINA
from aggregates.opinion.clocks import Clock, clock, first_word_flag
from aggregates.organisation.derived import OfficeGap, missed_duties, office_gaps
from aggregates.supervision.derived import OVERDUE, self_check_standing, spot_check_holds, undisclosed_backlog
from aggregates.working_days import DayReason
from cli.demo.district import acting
from cli.demo.scenario.row import Row
from cli.demo.scenario.rows import ROWS, row
from cli.demo.telling import Answer, StoryClock, Teller
from cli.demo.year import year
from ledger import instants
from ledger.database import open_database
from ledger.entry import Entry
from ledger.ledger import Ledger
from tests.cli.conftest import SHARED
from tests.support.ledgers import assert_whole

EXAMPLE = SHARED / "design" / "scenario.csv"
TICK = timedelta(microseconds=1)
OTHER_CALENDAR = holidays.country_holidays("CN", years=(2025, 2026))

BY_THE_RECORD = {7, 94, 95, 101, 126}
"""Rows in which nobody acts: what follows is asked of the record, below."""


@dataclass
class Story:
    """The year as it was told: every entry, and what the rules answered to each row."""

    entries: list[Entry]
    answers: dict[int, list[Answer]] = field(default_factory=lambda: defaultdict(list))

    def at(self, answer: Answer) -> list[Entry]:
        """The entries of an answer."""
        return [self.entries[position - 1] for position in answer.positions]

    def told(self, number: int) -> list[Entry]:
        """What the last answer to a row recorded."""
        return self.at(self.answers[number][-1])

    def until(self, moment: datetime) -> list[Entry]:
        """What the ledger held at an instant."""
        return [entry for entry in self.entries if entry.recorded_at <= moment]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The year, told once."""
    database, clock_ = open_database(f"sqlite:///{tmp_path_factory.mktemp('story') / 'year.db'}"), StoryClock()
    with Ledger(database, clock=clock_) as ledger:
        told = Teller(ledger, clock_).tell(year(143))
        assert_whole(ledger)
        story = Story(list(ledger.all()))
    database.close()
    for answer in told.answers:
        story.answers[answer.row].append(answer)
    return story


def flags(entries: Iterable[Entry]) -> list[str]:
    return [flag for entry in entries for flag in entry.data.get("flags", [])]


# ── what somebody asks for ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("asked", [one for one in ROWS if one.number not in BY_THE_RECORD], ids=lambda one: one.number)
class TestEveryRow:
    def test_is_answered_as_the_example_says(self, story: Story, asked: Row) -> None:
        first, *_, last = [*story.answers[asked.number], story.answers[asked.number][-1]]

        assert refusal(story, first) == asked.refused
        if asked.refused is not None and "ACCEPT" not in asked.expected:
            return
        assert last.refused is None
        assert tuple(flags(story.at(last))) == asked.flags
        for member, value in asked.says.items():
            assert value in [entry.data.get(member) for entry in story.at(last)], member

    def test_is_asked_by_whom_and_when_the_example_says(self, story: Story, asked: Row) -> None:
        first = story.answers[asked.number][0]

        assert first.step.at == asked.at
        assert all(entry.recorded_at == asked.at for entry in story.at(first))
        if asked.officer not in {"—", "G*"}:
            assert first.step.officer == asked.officer
            assert acting(first.step.officer).unit == asked.unit

    def test_leaves_its_refusal_on_record_and_nothing_else(self, story: Story, asked: Row) -> None:
        for answer in story.answers[asked.number]:
            types = [entry.type for entry in story.at(answer)]
            assert (types == ["attempt.refused/1"]) == (answer.refused is not None)


def refusal(story: Story, answer: Answer) -> str | None:
    """The code as the example writes it: where a unit has not confirmed, the unit is named with it."""
    if answer.refused != "UNCONFIRMED_BY":
        return answer.refused
    (attempt,) = story.at(answer)
    return f"{answer.refused}_{attempt.data['details']['unit']}"


# ── what nobody does, and the record says ─────────────────────────────────────────────────────────────


class TestByTheRecord:
    def test_row_7_a_unit_without_an_office(self, story: Story) -> None:
        def gap(at: datetime) -> OfficeGap | None:
            day = at.astimezone(CHINA).date().isoformat()
            return next((one for one in office_gaps(story.until(at), day) if one.unit == row(7).unit), None)

        assert gap(row(41).at - timedelta(days=1)) == OfficeGap("U12", "2025-01-08", None, 53)
        assert gap(row(41).at) == OfficeGap("U12", "2025-01-08", "2025-03-03", 54)
        assert "54 days" in row(7).expected

    def test_row_94_a_request_nobody_has_entered(self, story: Story) -> None:
        request = row(94).subject

        known = [entry for entry in story.until(row(94).at) if entry.data.get("request") == request]
        happened = [entry for entry in story.entries if entry.stream == f"request/{request}"]

        assert known == []
        assert happened[0].occurred_at == row(94).at
        assert happened[0].recorded_at == row(105).at

    def test_row_95_a_fire_nobody_has_noticed(self, story: Story) -> None:
        assert [entry for entry in story.until(row(95).at) if entry.data.get("opinion") == "IN-01"] == []

        (graded,) = story.told(97)
        assert instants.from_text(graded.data["incident_occurred_at"]) == row(95).at

    def test_row_101_five_hours_and_no_word(self, story: Story) -> None:
        """A word at the very instant is within five hours; from the next one on there is a breach."""
        on_time, after = (first_word(story, row(101).at + late) for late in (timedelta(), TICK))

        assert (on_time.due, on_time.flag) == (row(101).at, None)
        assert f"FLAG {after.flag}" == row(101).expected

    def test_row_126_a_year_without_a_hearing(self, story: Story) -> None:
        missed = [one for one in missed_duties(story.until(row(126).at), 2025) if one.code == "NO_ANNUAL_HEARING"]

        assert [(one.unit, f"FLAG {one.code}") for one in missed] == [(row(126).subject, row(126).expected)]


def first_word(story: Story, at: datetime) -> Clock:
    """The clock of the first word on the fire, from what was recorded by then."""
    known = [entry for entry in story.until(at) if entry.data.get("opinion") == "IN-01"]
    graded = [entry for entry in known if "first_word_due" in entry.data][-1].data
    words = [entry.occurred_at for entry in known if entry.type == "opinion.authoritative_information_released/1"]
    due = instants.from_text(graded["first_word_due"])
    return clock(due, next(iter(words), None), at, first_word_flag(graded["grade"]))


# ── what follows from several rows ────────────────────────────────────────────────────────────────────


class TestWhatFollows:
    def test_rows_29_and_127_are_cut_off_where_their_time_ends(self, story: Story) -> None:
        for number, ends in ((29, "2025-02-01T00:00:00+08:00"), (127, "2026-01-01T00:00:00+08:00")):
            held = len(story.until(datetime.fromisoformat(ends) - TICK))

            assert story.told(number)[0].data["cut_off_position"] == held

    def test_rows_25_and_26_are_on_a_sunday_that_is_a_working_day(self, story: Story) -> None:
        adopted = next(entry.data for entry in story.entries if entry.type == "calendar.year_adopted/1")
        calendar = calendar_year(**adopted)

        assert calendar.reason(row(25).at.date()) is calendar.reason(row(26).at.date()) is DayReason.MAKE_UP

    def test_row_60_invites_five_categories_of_which_one_stays_away(self, story: Story) -> None:
        (came,) = [e.data["attendance"] for e in story.entries if e.type == "meeting.attendance_recorded/1"]

        assert len(story.told(60)[0].data["invited"]) == 5
        assert [one["category"] for one in came if one["number"] == 0] == ["MEDIA"]

    def test_row_71_goes_out_in_two_acts(self, story: Story) -> None:
        acts = story.answers[71]

        assert [act.step.at.astimezone(CHINA).strftime("%H:%M") for act in acts] == ["10:00", "16:30"]
        assert flags(story.at(acts[0])) == ["INTERPRETATION_OUTSTANDING"]

    def test_row_80_is_sealed_for_all_but_the_investigators(self, story: Story) -> None:
        (sealed,) = [entry.data for entry in story.entries if entry.type == "publication.sealed/1"]

        assert (sealed["item"], sealed["readers"]) == ("I-025", ["investigator"])

    def test_row_83_is_answered_from_what_stood_then(self, story: Story) -> None:
        (published,) = [
            entry.data
            for entry in story.until(row(77).at)
            if entry.type == "publication.published/1" and entry.data["item"] == "I-025"
        ]

        hands = [published[hand] for hand in ("drafter", "reviewer", "secrecy_reviewer", "approver", "publisher")]
        assert hands == ["D04", "A04", "S04", "F04", "P04"]
        assert published["channels"] == ["CH-01", "CH-02", "CH-03"]
        assert len(published["content"]["sha256"]) == 64

    def test_row_84_finds_two_officers_by_positions_of_the_ledger(self, story: Story) -> None:
        found = [story.at(answer)[0].data for answer in story.answers[84]]
        classes = {one["officer"]: one["responsibility_class"] for one in found}

        assert classes == {"F04": "SUPERVISOR", "S04": "DIRECT"}
        assert all(one["evidence_positions"] for one in found)

    def test_row_92_is_the_same_question_as_row_20(self, story: Story) -> None:
        asked = [story.entries[story.answers[number][-1].positions[-1] - 1].data["subject"] for number in (20, 92)]

        assert asked[0] == asked[1]

    def test_row_100_leads_what_was_regraded_ten_minutes_before(self, story: Story) -> None:
        (regraded,) = [entry for entry in story.entries if entry.type == "opinion.regraded/1"]

        assert regraded.occurred_at == row(100).at - timedelta(minutes=10)
        assert (regraded.data["grade"], regraded.data["flags"]) == ("EXTRAORDINARY", [])

    def test_row_107_rests_on_the_late_word_itself(self, story: Story) -> None:
        assert story.told(107)[0].data["breach_positions"] == list(story.answers[102][-1].positions)

    def test_row_104_is_followed_by_two_more(self, story: Story) -> None:
        days = [
            entry.occurred_at.astimezone(CHINA).date().isoformat()
            for entry in story.entries
            if entry.type == "opinion.follow_up_released/1"
        ]

        assert days == ["2025-10-04", "2025-10-06", "2025-10-11"]

    def test_row_106_every_word_on_the_fire_was_confirmed_by_three_units(self, story: Story) -> None:
        of_fire = [entry for entry in story.entries if entry.data.get("opinion") == "IN-01"]
        confirmed = defaultdict(set)
        for entry in of_fire:
            if entry.type == "opinion.response_text_confirmed/1":
                confirmed[entry.data["content"]["sha256"]].add(entry.data["unit"])
        words = [entry.data["content"]["sha256"] for entry in of_fire if "release" in entry.data]

        assert len(words) == 4
        assert all(confirmed[sha256] == {"U07", "U08", "U11"} for sha256 in words)

    def test_row_122_has_three_resolutions_and_is_public_on_the_next_working_day(self, story: Story) -> None:
        types = [entry.type for entry in story.told(122)]
        (noticed,) = [e.data for e in story.entries if e.type == "leadership.hearing_notice_published/1"]

        assert types.count("leadership.hearing_resolution_recorded/1") == 3
        assert instants.from_text(noticed["published_at"]).astimezone(CHINA).date() == date(2025, 12, 8)

    def test_row_124_cites_evidence_and_comes_to_what_row_125_commends(self, story: Story) -> None:
        scores = [story.at(answer)[0].data for answer in story.answers[124]]

        assert sum(one["score"] for one in scores) == 96
        assert all(one["evidence_positions"] for one in scores)
        assert "96" in story.told(125)[0].data["basis"]

    def test_row_118_can_be_drawn_again(self, story: Story) -> None:
        (conducted,) = story.told(118)

        assert spot_check_holds(conducted, story.entries)

    def test_rows_116_and_120_a_duty_is_found_and_closed_by_publishing(self, story: Story) -> None:
        def owed(number: int) -> list[str]:
            return [one.item for one in undisclosed_backlog(story.until(row(number).at))]

        assert (owed(116), owed(120)) == (["I-040"], [])

    def test_row_121_eleven_units_report_and_one_is_missing_on_1_december(self, story: Story) -> None:
        reporting = [story.at(answer)[0].data["unit"] for answer in story.answers[121]]
        standing = self_check_standing(story.entries, 2025, date(2025, 12, 1))

        assert row(121).unit == "11 units"
        assert len(set(reporting)) == 11
        assert [unit for unit, state in standing.items() if state == OVERDUE] == ["U12"]

    def test_row_127_the_identity_holds(self, story: Story) -> None:
        (compiled,) = story.told(127)
        table = compiled.data["table_two"]
        totals = {line["row"]: line[TOTAL] for line in table}

        assert identity_breaks(table) == []
        assert (totals[NEW], totals[ENDED], totals[PENDING]) == (7, 6, 1)


class TestTheDates:
    """The days that the rows state, counted once more by a library from which the ledger's calendar does not come."""

    @pytest.mark.parametrize(
        ("number", "member", "since", "days"),
        [
            (20, "due_on", "2025-01-20", 20),
            (43, "notice_due_on", "2025-03-03", 7),
            (48, "due_on", "2025-03-20", 20),
            (56, "due_on", "2025-04-21", 20),
            (57, "limit_on", "2025-04-24", 15),
            (64, "due_on", "2025-06-03", 20),
            (76, "due_on", "2025-06-03", 40),
            (105, "due_on", "2025-09-26", 20),
            (123, "due_on", "2025-12-22", 20),
        ],
    )
    def test_due(self, story: Story, number: int, member: str, since: str, days: int) -> None:
        day = date.fromisoformat(since)
        for _ in range(days):
            day = next_working_day(day)

        assert day.isoformat() in [entry.data.get(member) for entry in story.told(number)]

    @pytest.mark.parametrize(
        ("number", "member", "since"),
        [
            (35, "working_days_used", "2025-01-20"),
            (74, "working_days_used", "2025-03-20"),
            (105, "entry_working_days", "2025-09-26"),
        ],
    )
    def test_used(self, story: Story, number: int, member: str, since: str) -> None:
        day, used, last = date.fromisoformat(since), 0, row(number).at.date()
        while (day := next_working_day(day)) <= last:
            used += 1

        assert used in [entry.data.get(member) for entry in story.told(number)]


def next_working_day(day: date) -> date:
    while not OTHER_CALENDAR.is_working_day(day := day + timedelta(days=1)):
        pass
    return day


# ── the table itself ──────────────────────────────────────────────────────────────────────────────────


def test_every_row_is_answered_by_somebody_or_by_the_record(story: Story) -> None:
    assert [one.number for one in ROWS] == list(range(1, 128))
    assert set(story.answers) == {one.number for one in ROWS} - BY_THE_RECORD


@pytest.mark.shared
@pytest.mark.skipif(not EXAMPLE.exists(), reason="the example year is not beside the project")
def test_the_table_is_the_example_row_by_row() -> None:
    with EXAMPLE.open(encoding="utf-8-sig", newline="") as file:
        example = [
            (int(one["step"]), one["occurred_at"], one["unit"], one["actor"], one["object"], one["expected"])
            for one in csv.DictReader(file)
        ]

    assert [
        (one.number, f"{one.clock}+08:00", one.unit, one.officer, one.subject, one.expected) for one in ROWS
    ] == example
