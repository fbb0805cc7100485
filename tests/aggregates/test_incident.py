"""(九): the clocks of 5, 24 and 48 hours, the first word, the follow-ups, the press conference, the end."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.opinion.clocks import breach_minutes, elapsed_minutes, start_of
from tests.aggregates.house import House, utc

requirement = pytest.mark.requirement

FIRE = "2025-10-03T02:10:00+08:00"
NOTICED = "2025-10-03T02:40+08:00"
GRADED = "2025-10-03T03:05+08:00"


def noticed(house: House, at: str = NOTICED) -> None:
    house.as_("Y02", at=at).record_opinion_signal(
        opinion="IN-1", source_kind="MICROBLOG", source="微博", summary="化学品仓库火情"
    )


def graded(house: House, grade: str = "MAJOR", at: str = GRADED, occurred: str | None = FIRE) -> None:
    noticed(house)
    house.as_("A02", at=at).grade_incident(
        opinion="IN-1", grade=grade, reason="有人员伤亡", incident_occurred_at=occurred
    )


def last(house: House) -> dict[str, Any]:
    return dict(house.entries()[-1].data)


def released(house: House, at: str, **more: Any) -> dict[str, Any]:
    said = {"title": "情况通报", "content": house.stored("通报"), "channels": ["CH-01"], **more}
    house.as_("P02", at=at).release_authoritative_information(opinion="IN-1", **said)
    return last(house)


def followed_up(house: House, at: str) -> dict[str, Any]:
    said = {"title": "续报", "content": house.stored("续报"), "channels": ["CH-01"]}
    house.as_("P02", at=at).release_follow_up(opinion="IN-1", **said)
    return last(house)


def conferred(house: House, at: str) -> dict[str, Any]:
    house.as_("Z02", at=at).hold_press_conference(
        opinion="IN-1", title="新闻发布会", place="区政府", spokesperson="F02", media=["日报", "电视台"]
    )
    return last(house)


def with_rules(house: House, **parameters: Any) -> None:
    house.as_("G01").adopt_ruleset(
        ruleset="RS-143",
        document_number="号",
        title_zh="细则",
        effective_from="2024-01-01",
        parameters=parameters,
    )


class TestGrading:
    @requirement("R74")
    def test_starts_the_clocks_with_the_occurrence_and_keeps_all_three_starts(self, house: House) -> None:
        graded(house)

        told = last(house)

        assert told["incident_occurred_at"] == told["clock_start"] == "2025-10-02T18:10:00.000000Z"
        assert told["detected_at"] == "2025-10-02T18:40:00.000000Z"
        assert told["graded_at"] == "2025-10-02T19:05:00.000000Z"
        assert told["clock_rule"] == "OCCURRENCE"
        assert told["first_word_due"] == "2025-10-02T23:10:00.000000Z"
        assert told["press_conference_due"] == "2025-10-03T18:10:00.000000Z"
        assert (told["breach_minutes"], told["flags"]) == (0, [])

    @requirement("R74")
    def test_of_an_incident_nobody_knows_the_time_of_starts_them_with_its_detection(self, house: House) -> None:
        graded(house, occurred=None)

        assert (last(house)["clock_rule"], last(house)["clock_start"]) == ("DETECTION", "2025-10-02T18:40:00.000000Z")

    @requirement("R74")
    @pytest.mark.parametrize(
        ("choice", "start"),
        [
            ("OCCURRENCE", "2025-10-02T18:10:00.000000Z"),
            ("DETECTION", "2025-10-02T18:40:00.000000Z"),
            ("GRADING", "2025-10-02T19:05:00.000000Z"),
        ],
    )
    def test_from_when_they_run_is_the_rulesets_choice(self, house: House, choice: str, start: str) -> None:
        with_rules(house, incident_clock_start=choice)

        graded(house)

        assert (last(house)["clock_rule"], last(house)["clock_start"]) == (choice, start)

    def test_a_ruleset_chooses_from_the_list(self, house: House) -> None:
        with house.refuses("INVALID", field="parameters.incident_clock_start"):
            with_rules(house, incident_clock_start="SOMETIME")

    @requirement("R74")
    def test_upwards_keeps_the_original_start_and_may_find_it_late_already(self, house: House) -> None:
        graded(house, "LARGER")
        assert last(house)["press_conference_due"] is None

        house.as_("A02", at="2025-10-03T08:00+08:00").regrade_incident(opinion="IN-1", grade="MAJOR", reason="伤亡增加")

        told = last(house)
        assert (told["previous_grade"], told["grade"]) == ("LARGER", "MAJOR")
        assert told["clock_start"] == "2025-10-02T18:10:00.000000Z"
        assert (told["breach_minutes"], told["flags"]) == (50, ["BREACH_ON_REGRADING"])

    @requirement("R74")
    def test_upwards_after_a_word_in_time_finds_nothing_late(self, house: House) -> None:
        graded(house, "LARGER")
        released(house, "2025-10-03T07:10+08:00")

        house.as_("A02", at="2025-10-03T09:00+08:00").regrade_incident(
            opinion="IN-1", grade="EXTRAORDINARY", reason="伤亡增加"
        )

        assert (last(house)["breach_minutes"], last(house)["flags"]) == (0, [])

    @requirement("R74")
    def test_is_done_once_and_changed_by_regrading(self, house: House) -> None:
        noticed(house)
        with house.refuses("NOT_GRADED"):
            house.as_("A02").regrade_incident(opinion="IN-1", grade="MAJOR", reason="…")
        house.as_("A02").grade_incident(opinion="IN-1", grade="MAJOR", reason="…")

        with house.refuses("ALREADY_GRADED", grade="MAJOR"):
            house.as_("A02").grade_incident(opinion="IN-1", grade="ORDINARY", reason="…")
        with house.refuses("NOTHING_TO_CHANGE"):
            house.as_("A02").regrade_incident(opinion="IN-1", grade="MAJOR", reason="…")

    def test_does_not_say_that_it_happened_after_it_was_graded(self, house: House) -> None:
        noticed(house)

        with house.refuses("INVALID", field="incident_occurred_at"):
            house.as_("A02", at=GRADED).grade_incident(
                opinion="IN-1", grade="MAJOR", reason="…", incident_occurred_at="2025-10-03T03:05:01+08:00"
            )


class TestTheFirstWord:
    """最迟要在5小时内发布权威信息."""

    @requirement("R73")
    @requirement("R75")
    def test_after_five_hours_and_thirty_eight_minutes_is_thirty_eight_minutes_late(self, house: House) -> None:
        graded(house)

        told = released(house, "2025-10-03T07:48+08:00", matter="PUBLIC_EMERGENCY")

        assert (told["elapsed_minutes"], told["breach_minutes"]) == (338, 38)
        assert "BREACH_5H" in told["flags"]
        assert told["matter"] == "PUBLIC_EMERGENCY"
        assert told["due_at"] == "2025-10-02T23:10:00.000000Z"

    @requirement("R75")
    @pytest.mark.parametrize(
        ("after", "minutes", "late"),
        [
            (timedelta(hours=5), 0, False),
            (timedelta(hours=5, microseconds=1), 1, True),
            (timedelta(hours=5, minutes=1), 1, True),
            (timedelta(hours=5, minutes=1, microseconds=1), 2, True),
        ],
    )
    def test_is_in_time_at_five_hours_and_late_a_tick_later(
        self, house: House, after: timedelta, minutes: int, late: bool
    ) -> None:
        graded(house)
        at = (datetime.fromisoformat(FIRE) + after).isoformat()

        told = released(house, at)

        assert (told["breach_minutes"], "BREACH_5H" in told["flags"]) == (minutes, late)

    @requirement("R75")
    def test_that_nobody_has_spoken_yet_shows_without_anybody_doing_anything(self, house: House) -> None:
        graded(house)
        due = utc("2025-10-03T07:10+08:00")
        before = house.size

        at_five_hours, conference = house.registry.opinion_clocks("IN-1", due)
        a_tick_later, _ = house.registry.opinion_clocks("IN-1", due + timedelta(microseconds=1))

        assert (at_five_hours.due, at_five_hours.flag, at_five_hours.breach_minutes) == (due, None, 0)
        assert (a_tick_later.flag, a_tick_later.breach_minutes) == ("BREACH_5H", 1)
        assert conference.due == utc("2025-10-04T02:10+08:00")
        assert house.size == before

    @requirement("R75")
    def test_a_clock_stops_with_the_word(self, house: House) -> None:
        graded(house)
        released(house, "2025-10-03T07:48+08:00")

        first, _ = house.registry.opinion_clocks("IN-1", utc("2025-10-13T09:00+08:00"))

        assert (first.met_at, first.breach_minutes) == (utc("2025-10-03T07:48+08:00"), 38)

    @requirement("R73")
    @pytest.mark.parametrize("hours", [48, 49])
    def test_on_anything_less_grave_has_forty_eight_hours_from_its_detection(self, house: House, hours: int) -> None:
        noticed(house)
        at = (datetime.fromisoformat(NOTICED) + timedelta(hours=hours)).isoformat()

        told = released(house, at)

        assert told["clock_rule"] == "DETECTION"
        assert told["elapsed_minutes"] == hours * 60
        assert ("BREACH_48H" in told["flags"]) is (hours == 49)

    @requirement("R73")
    def test_names_one_of_the_three_key_matters_or_none(self, house: House) -> None:
        graded(house)

        with house.refuses("INVALID", field="matter"):
            released(house, "2025-10-03T05:00+08:00", matter="GOSSIP")

    def test_is_said_once(self, house: House) -> None:
        graded(house)
        released(house, "2025-10-03T05:00+08:00")

        with house.refuses("ALREADY_RELEASED"):
            released(house, "2025-10-03T06:00+08:00")

    def test_is_not_dated_back_into_its_time(self, house: House) -> None:
        graded(house)
        house.as_("G01", at="2025-10-03T07:30+08:00").activate_joint_response(opinion="IN-1", partners=["X3"])

        with house.refuses("BACKDATED"):
            released(house, "2025-10-03T07:00+08:00")

    def test_that_is_the_content_of_a_published_item_is_linked_to_it(self, house: House) -> None:
        house.published("I-1", text="通报")
        house.published("I-2", text="别的")
        graded(house)

        with house.refuses("RELEASE_NOT_AS_PUBLISHED", item="I-2"):
            released(house, "2025-10-03T05:00+08:00", item="I-2")
        told = released(house, "2025-10-03T05:00+08:00", item="I-1")

        assert told["item"] == "I-1"
        assert "NOT_IN_REGISTER" not in told["flags"]

    def test_without_responder_and_item_is_let_through_and_pointed_out(self, house: House) -> None:
        """A word that is due is not held up by what can be put right later."""
        graded(house)

        assert released(house, "2025-10-03T05:00+08:00")["flags"] == ["NO_RESPONDER_ASSIGNED", "NOT_IN_REGISTER"]

    def test_is_of_a_stored_text(self, house: House) -> None:
        graded(house)
        unknown = {"sha256": "0" * 64, "size": 1, "media_type": "text/html", "name": "x"}

        with house.refuses("CONTENT_NOT_STORED"):
            released(house, "2025-10-03T05:00+08:00", content=unknown)


class TestThePressConference:
    """在24小时内举行新闻发布会."""

    @requirement("R76")
    def test_after_seventeen_hours_and_fifty_minutes_is_in_time(self, house: House) -> None:
        graded(house)

        told = conferred(house, "2025-10-03T20:00+08:00")

        assert (told["elapsed_minutes"], told["breach_minutes"], told["flags"]) == (1070, 0, [])
        assert told["due_at"] == "2025-10-03T18:10:00.000000Z"

    @requirement("R76")
    @pytest.mark.parametrize(
        ("at", "minutes", "flags"),
        [
            ("2025-10-04T02:10:00+08:00", 0, []),
            ("2025-10-04T02:10:00.000001+08:00", 1, ["BREACH_24H"]),
            ("2025-10-04T03:10:00+08:00", 60, ["BREACH_24H"]),
        ],
    )
    def test_is_in_time_at_twenty_four_hours_and_late_a_tick_later(
        self, house: House, at: str, minutes: int, flags: list[str]
    ) -> None:
        graded(house)

        told = conferred(house, at)

        assert (told["breach_minutes"], told["flags"]) == (minutes, flags)

    @requirement("R76")
    def test_on_anything_less_grave_has_no_clock(self, house: House) -> None:
        graded(house, "LARGER")

        told = conferred(house, "2025-10-05T09:00+08:00")

        assert (told["due_at"], told["flags"]) == (None, [])

    @requirement("R76")
    def test_that_was_never_held_is_pointed_out_at_the_end(self, house: House) -> None:
        graded(house)
        released(house, "2025-10-03T05:00+08:00")

        house.as_("P02").close_incident(opinion="IN-1", summary="明火扑灭")

        assert last(house)["flags"] == ["PRESS_CONFERENCE_MISSING"]


class TestFollowUps:
    """并根据工作进展情况，持续发布权威信息."""

    @requirement("R77")
    def test_show_the_gaps_between_them(self, house: House) -> None:
        graded(house)
        released(house, "2025-10-03T07:48+08:00")

        gaps = [
            followed_up(house, at)["gap_minutes"]
            for at in ("2025-10-04T10:00+08:00", "2025-10-06T10:00+08:00", "2025-10-11T10:00+08:00")
        ]

        assert gaps == [26 * 60 + 12, 48 * 60, 120 * 60]
        assert last(house)["release"] == "IN-1/R4"

    @requirement("R77")
    def test_follow_a_first_word_and_end_with_the_case(self, house: House) -> None:
        graded(house)
        with house.refuses("NOTHING_RELEASED"):
            followed_up(house, "2025-10-03T05:00+08:00")
        with house.refuses("NOTHING_RELEASED"):
            house.as_("P02").close_incident(opinion="IN-1", summary="…")
        released(house, "2025-10-03T06:00+08:00")
        house.as_("P02", at="2025-10-13T09:00+08:00").close_incident(opinion="IN-1", summary="明火扑灭")

        with house.refuses("OPINION_CLOSED"):
            followed_up(house, "2025-10-13T10:00+08:00")
        with house.refuses("OPINION_CLOSED"):
            noticed(house, "2025-10-13T10:00+08:00")


class TestWorkingTogether:
    def test_a_press_conference_and_the_end_are_the_responders_or_the_offices(self, house: House) -> None:
        graded(house)
        house.as_("G01").assign_first_responder(opinion="IN-1", concerned_units=["U05"])
        with house.refuses("NOT_A_RESPONDER", unit="U02", responders="U05"):
            conferred(house, "2025-10-03T04:00+08:00")
        said = {"title": "情况通报", "content": house.stored("通报"), "channels": ["CH-01"]}
        house.as_("P05", at="2025-10-03T05:00+08:00").release_authoritative_information(opinion="IN-1", **said)
        with house.refuses("NOT_A_RESPONDER", unit="U02"):
            house.as_("P02").close_incident(opinion="IN-1", summary="…")

        house.as_("Z01").hold_press_conference(opinion="IN-1", title="发布会", place="区政府", spokesperson="F01")
        house.as_("G01").close_incident(opinion="IN-1", summary="明火扑灭")

        assert (last(house)["summary"], last(house)["flags"]) == ("明火扑灭", [])

    @requirement("R78")
    def test_publicity_and_cyberspace_are_brought_in_by_the_district_office(self, house: House) -> None:
        graded(house)
        with house.refuses("NOT_DISTRICT_OFFICE"):
            house.as_("G02").activate_joint_response(opinion="IN-1", partners=["X3", "X4"])
        with house.refuses("INVALID", field="partners"):
            house.as_("G01").activate_joint_response(opinion="IN-1", partners=[])

        house.as_("G01", at="2025-10-03T03:20+08:00").activate_joint_response(opinion="IN-1", partners=["X3", "X4"])

        assert last(house)["partners"] == ["X3", "X4"]

    @requirement("R79")
    def test_contacts_with_media_say_who_when_and_about_what(self, house: House) -> None:
        graded(house)

        house.as_("P02", at="2025-10-03T09:00+08:00").record_opinion_media_contact(
            opinion="IN-1", media="市电视台", text="答复采访：现场处置情况", contacted_at="2025-10-03T08:30:00+08:00"
        )

        assert last(house) == {
            "opinion": "IN-1",
            "unit": "U02",
            "media": "市电视台",
            "contacted_at": "2025-10-03T00:30:00.000000Z",
            "text": "答复采访：现场处置情况",
        }


INSTANTS = st.timedeltas(timedelta(0), timedelta(days=365)).map(lambda after: datetime.fromisoformat(FIRE) + after)


@requirement("R75")
@requirement("R76")
@given(INSTANTS, st.timedeltas(timedelta(0), timedelta(days=3)), st.sampled_from([5, 24, 48]))
def test_minutes_over_and_minutes_elapsed_are_of_one_clock(start: datetime, after: timedelta, hours: int) -> None:
    limit, minute = timedelta(hours=hours), timedelta(minutes=1)
    at = start + after

    over = breach_minutes(start + limit, at)

    assert (over > 0) == (after > limit)
    assert timedelta(0) <= over * minute - max(timedelta(0), after - limit) < minute
    assert timedelta(0) <= after - elapsed_minutes(start, at) * minute < minute


@requirement("R74")
@given(st.sampled_from(["OCCURRENCE", "DETECTION", "GRADING"]), st.none() | INSTANTS, st.none() | INSTANTS, INSTANTS)
def test_the_start_is_the_choice_or_the_next_that_is_known(
    choice: str, occurred: datetime | None, detected: datetime | None, at: datetime
) -> None:
    order = [("OCCURRENCE", occurred), ("DETECTION", detected), ("GRADING", at)]
    names = [name for name, _ in order]

    start = start_of(choice, occurred_at=occurred, detected_at=detected, graded_at=at)

    assert (start.rule, start.at) == next(each for each in order[names.index(choice) :] if each[1] is not None)
