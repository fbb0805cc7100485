"""Who owes what by when: every duty arises from the record and is judged when it is read, on both databases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from aggregates.calendar_sources import propose
from aggregates.deed import CHINA
from ledger.entry import Actor
from projections.dump import digest
from projections.obligations import PROJECTION, asking, gaps
from projections.obligations.asking import Wanted
from projections.obligations.judging import Explanation, Obligation
from projections.temporal import NOW, AsOf
from tests.projections.district import INSPECTOR, District, determined, drafted, published

CLERK = Actor("G02", "disclosure_officer", "U02")
YEAR_END = datetime(2025, 12, 31, 18, 0, tzinfo=CHINA)


def at(text: str) -> datetime:
    """A time of day in the district; nine o'clock where none is named."""
    return datetime.fromisoformat(text if "T" in text else f"{text}T09:00").replace(tzinfo=CHINA)


def adopt(district: District, *years: int) -> None:
    for year in years:
        proposed = propose(year)
        days = {"holidays": proposed.holidays, "make_up_workdays": proposed.make_up_workdays}
        data = {"year": year, "source": "国办发明电", **days}
        district.record("calendar.year_adopted/1", data, stream="calendar/district", at=at("2024-12-01"))


def say(district: District, type_: str, data: dict[str, Any], when: str, actor: Actor = CLERK) -> int:
    stream = type_.split(".", maxsplit=1)[0]
    return district.record(type_, data, actor, stream=f"{stream}/{next(iter(data.values()))}", at=at(when))


def received(district: District, request: str, day: str, **more: Any) -> None:
    known = {"request": request, "unit": "U02", "received_on": day, "regulation": "ORDER-711", **more}
    say(district, "request.received/1", known, day)


def judged(district: District, number: str, when: datetime = YEAR_END, as_of: AsOf = NOW) -> Obligation:
    return explained(district, number, when, as_of).obligation


def explained(district: District, number: str, when: datetime = YEAR_END, as_of: AsOf = NOW) -> Explanation:
    district.fold()
    found = asking.one(district.reader, number, when, as_of).value
    assert found is not None, number
    return found


def numbers(district: District, when: datetime = YEAR_END, as_of: AsOf = NOW, **wanted: Any) -> list[str]:
    district.fold()
    found = asking.list_obligations(district.reader, as_of, when, wanted=Wanted(**wanted), limit=1000)
    return [one.obligation for one in found.rows]


@pytest.fixture
def year(district: District) -> District:
    """The requests of 2025, by every clock there is."""
    return told(district)


@pytest.fixture
def year_everywhere(district_everywhere: District) -> District:
    """The same once on SQLite and once on PostgreSQL."""
    return told(district_everywhere)


def told(district: District) -> District:
    adopt(district, 2025, 2026)
    for number, day in ((1, "2025-01-20"), (2, "2025-03-03"), (3, "2025-04-21"), (4, "2025-06-03"), (7, "2025-12-22")):
        received(district, f"Q-2025-00{number}", day)
    received(district, "Q-2025-006", "2025-09-26")
    correction = {"request": "Q-2025-002", "items": ["写明文件"], "correct_by": "2025-03-27"}
    say(district, "request.correction_requested/1", correction, "2025-03-13")
    say(district, "request.correction_received/1", {"request": "Q-2025-002", "received_on": "2025-03-20"}, "2025-03-20")
    return district


@pytest.mark.requirement("R117")
@pytest.mark.requirement("R118")
def test_the_requests_of_2025_are_due_when_the_year_says(year_everywhere: District) -> None:
    year = year_everywhere
    due = {number: judged(year, f"request_answer.Q-2025-00{number}").due_on for number in (1, 2, 3, 4, 6, 7)}

    assert due == {
        1: "2025-02-21",
        2: "2025-04-18",
        3: "2025-05-21",
        4: "2025-07-01",
        6: "2025-10-30",
        7: "2026-01-20",
    }


def test_an_extension_moves_the_day_and_is_itself_told_in_time(year: District) -> None:
    request = {"request": "Q-2025-004", "working_days": 20}
    say(year, "request.extension_approved/1", {**request, "approver": "F02", "reason": "材料多"}, "2025-06-26")
    waiting = judged(year, "request_extension.Q-2025-004", at("2025-06-27"))
    say(year, "request.deadline_extended/1", {**request, "applicant_told_on": "2025-06-27"}, "2025-06-27")

    assert (waiting.state, waiting.due_on) == ("open", "2025-07-01")
    assert judged(year, "request_extension.Q-2025-004").breached is False
    assert judged(year, "request_answer.Q-2025-004").due_on == "2025-07-29"


def test_a_consultation_stops_the_clock_and_the_count_says_so(year: District) -> None:
    letter = {"request": "Q-2025-003", "consultation": 1, "consulted": "某公司", "sent_on": "2025-04-24"}
    limit = {"letter_received_on": "2025-04-24", "limit_days": 15, "answer_by": None}
    say(year, "request.third_party_consulted/1", {**letter, **limit}, "2025-04-24")
    stopped = judged(year, "request_answer.Q-2025-003", at("2025-05-01"))
    opinion = {
        "request": "Q-2025-003",
        "consultation": 1,
        "received_on": "2025-05-14",
        "consultation_opinion": "OBJECTED",
    }
    say(year, "request.third_party_opinion_received/1", opinion, "2025-05-14")

    found = explained(year, "request_answer.Q-2025-003", at("2025-05-15"))

    assert stopped.stopped
    assert [stop["resumed_on"] for stop in found.stops] == ["2025-05-14"]
    why = {day.day: day.reason for day in found.days}
    assert (why["2025-04-21"], why["2025-04-24"], why["2025-04-25"]) == ("RECEIVED", "WORKDAY", "STOPPED")
    assert found.days[-1].number == 20
    third_party = judged(year, "request_third_party.Q-2025-003.1")
    assert (third_party.party, third_party.due_on, third_party.state) == ("某公司", "2025-05-19", "done")


def test_a_correction_begins_the_period_anew_and_its_notice_was_late(year: District) -> None:
    notice = judged(year, "request_correction_notice.Q-2025-002")
    found = explained(year, "request_answer.Q-2025-002", at("2025-04-01"))

    assert (notice.due_on, notice.breached, notice.late_by) == ("2025-03-12", True, 1)
    assert found.restarts[0]["on"] == "2025-03-20"
    assert "request_correction_notice.Q-2025-001" not in numbers(year)


def test_the_holidays_and_make_up_days_of_a_count_are_named(year: District) -> None:
    days = {day.day: day for day in explained(year, "request_answer.Q-2025-001").days}

    assert (days["2025-01-26"].reason, days["2025-01-26"].number) == ("MAKE_UP", 5)
    assert (days["2025-01-29"].reason, days["2025-01-29"].note) == ("HOLIDAY", "春节")
    assert days["2025-02-21"].number == 20


def test_an_answer_is_judged_when_it_is_read_and_as_of_any_moment(year_everywhere: District) -> None:
    year = year_everywhere
    number = "request_answer.Q-2025-002"
    reply = {"request": "Q-2025-002", "replied_on": "2025-06-20"}
    position = say(year, "request.replied/1", reply, "2025-06-20")

    before = judged(year, number, at("2025-05-06"), AsOf(position=position - 1))
    as_it_was = judged(year, number, at("2025-04-18"), AsOf(occurred_at=at("2025-04-18")))
    done = judged(year, number)

    assert (before.state, before.late_by, before.late_unit) == ("overdue", 10, "working_days")
    assert (as_it_was.state, as_it_was.breached) == ("due_soon", False)
    assert (done.state, done.breached, done.late_by) == ("done", True, 42)
    assert (done.done_by, done.done_position) == ("G02", position)
    assert number in numbers(year, at("2025-05-06"), AsOf(position=position - 1), state="overdue")
    assert number not in numbers(year, state="overdue")


def test_a_corrected_calendar_moves_the_day_by_itself(year: District) -> None:
    before = judged(year, "request_answer.Q-2025-007").due_on
    proposed = propose(2026)
    more = [*proposed.holidays, {"day": "2026-01-19", "name": "临时放假"}]
    amended = {"year": 2026, "source": "补充通知", "holidays": more, "make_up_workdays": proposed.make_up_workdays}
    position = year.record("calendar.amended/1", {**amended, "reason": "更正"}, stream="calendar/district")

    assert (before, judged(year, "request_answer.Q-2025-007").due_on) == ("2026-01-20", "2026-01-21")
    known_before = AsOf(position=position - 1)
    assert judged(year, "request_answer.Q-2025-007", YEAR_END, known_before).due_on == "2026-01-20"


def test_without_a_calendar_no_day_is_guessed(district: District) -> None:
    received(district, "Q-2025-001", "2025-01-20")

    found = judged(district, "request_answer.Q-2025-001")

    assert (found.state, found.due_on, found.breached) == ("open", None, False)


@pytest.mark.requirement("R75", "R76")
def test_the_clocks_of_an_incident(district_everywhere: District) -> None:
    district = district_everywhere
    signal = {"opinion": "IN-2", "unit": "U09", "detected_at": "2025-10-03T01:00:00.000000Z"}
    say(district, "opinion.signal_detected/1", signal, "2025-10-03T09:05")
    ungraded = judged(district, "first_word.IN-2", at("2025-10-03T09:10"))
    graded = {"opinion": "IN-2", "grade": "MAJOR", "clock_start": "2025-10-03T00:52:00.000000Z"}
    say(district, "opinion.graded/1", graded, "2025-10-03T09:30")
    say(district, "opinion.first_responder_assigned/1", {"opinion": "IN-2", "responder": "U07"}, "2025-10-03T09:40")
    soon = judged(district, "first_word.IN-2", at("2025-10-03T12:30"))
    late = judged(district, "first_word.IN-2", at("2025-10-03T14:00"))
    say(district, "opinion.authoritative_information_released/1", {"opinion": "IN-2"}, "2025-10-03T14:30")
    say(district, "opinion.press_conference_held/1", {"opinion": "IN-2"}, "2025-10-04T02:42")

    assert (ungraded.due_at, ungraded.allowed) == ("2025-10-05T01:00:00.000000Z", 48)
    assert (soon.state, soon.due_at, soon.unit) == ("due_soon", "2025-10-03T05:52:00.000000Z", "U07")
    assert (late.state, late.late_by, late.late_unit) == ("overdue", 8, "minutes")
    first, conference = judged(district, "first_word.IN-2"), judged(district, "press_conference.IN-2")
    assert (first.state, first.breached, first.late_by) == ("done", True, 38)
    assert (conference.state, conference.breached) == ("done", False)


def test_a_lesser_incident_owes_no_press_conference(district: District) -> None:
    signal = {"opinion": "IN-3", "unit": "U09", "detected_at": "2025-10-03T01:00:00.000000Z"}
    say(district, "opinion.signal_detected/1", signal, "2025-10-03T09:05")

    assert numbers(district) == ["first_word.IN-3"]


@pytest.mark.requirement("R38")
def test_a_rectification_is_overdue_after_its_day(district_everywhere: District) -> None:
    district = district_everywhere
    say(
        district,
        "rectification.ordered/1",
        {"rectification": "RC-07", "unit": "U09", "due_on": "2025-11-28"},
        "2025-11-25",
    )

    assert judged(district, "rectification.RC-07", at("2025-11-28")).state == "due_soon"
    late = judged(district, "rectification.RC-07", at("2025-12-01"))
    assert (late.state, late.late_by, late.late_unit) == ("overdue", 3, "days")
    say(district, "rectification.confirmed/1", {"rectification": "RC-07", "unit": "U09"}, "2025-12-02", INSPECTOR)
    assert judged(district, "rectification.RC-07").done_by == "J01"
    assert numbers(district, units=frozenset({"U09"}), state="done") == ["rectification.RC-07"]


def test_what_is_to_be_public_is_due_in_twenty_working_days(district: District) -> None:
    adopt(district, 2025)
    district.record("document.drafted/1", drafted("I-1"))
    assert numbers(district) == []
    district.record("document.attribute_determined/1", determined("I-1"))
    due = judged(district, "proactive_disclosure.I-1", at("2025-02-07"))
    district.record("publication.published/1", published("I-1", published_at="2025-02-12T01:00:00.000000Z"))

    assert (due.due_on, due.state) == ("2025-02-08", "due_soon")
    done = judged(district, "proactive_disclosure.I-1")
    assert (done.breached, done.late_by, done.done_by) == (True, 3, "K01")


def test_each_unit_that_is_asked_owes_its_confirmation(district: District) -> None:
    wanted = {"item": "I-9", "units": ["U02", "U05"], "due_date": "2025-06-10"}
    say(district, "document.confirmation_requested/1", wanted, "2025-06-05")
    say(district, "document.information_confirmed/1", {"item": "I-9", "unit": "U02"}, "2025-06-06")

    assert numbers(district, units=frozenset({"U05"}), state="overdue") == ["confirmation.I-9.U05"]
    assert judged(district, "confirmation.I-9.U02").state == "done"


def test_an_interpretation_is_due_with_its_document(district: District) -> None:
    say(
        district,
        "policy_package.interpretation_duty_assigned/1",
        {"item": "I-71", "owner": "U02", "co_issuers": []},
        "2025-06-10",
    )
    assert judged(district, "interpretation.I-71").state == "open"
    out = {"item": "I-71", "document_published_at": "2025-06-16T01:30:00.000000Z", "interpretation_published_at": None}
    say(district, "policy_package.published/1", out, "2025-06-16T09:30")
    waiting = judged(district, "interpretation.I-71", at("2025-06-16T10:30"))
    explained_at = "2025-06-16T08:00:00.000000Z"
    say(
        district, "policy_package.published/1", {**out, "interpretation_published_at": explained_at}, "2025-06-16T16:00"
    )

    assert (waiting.state, waiting.late_by) == ("overdue", 60)
    assert judged(district, "interpretation.I-71").late_by == 390


def test_what_comes_round_is_owed_though_nobody_said_a_word(district_everywhere: District) -> None:
    district = district_everywhere
    for unit, kind in (("U01", "district_office"), ("U02", "department"), ("X3", "external")):
        say(district, "unit.registered/1", {"unit": unit, "kind": kind}, "2025-01-06")
    say(district, "self_check.reported/1", {"unit": "U02", "cycle": "SC-2025"}, "2025-11-28")
    say(district, "leadership.hearing_held/1", {"unit": "U02", "held_on": "2025-12-19"}, "2025-12-19")
    say(district, "bulletin.issued/1", {"month": "2025-10"}, "2025-11-05")

    assert numbers(district, state="overdue") == [
        "annual_report.U01.2024",
        "annual_report.U02.2024",
        "district_report.U01.2024",
        "self_check.U01.2025",
    ]
    soon = numbers(district, state="due_soon")
    assert soon == ["monthly_bulletin.2025-11", "yearly_hearing.U01.2025"]
    assert sorted(numbers(district, state="done")) == [
        "monthly_bulletin.2025-10",
        "self_check.U02.2025",
        "yearly_hearing.U02.2025",
    ]
    assert judged(district, "self_check.U01.2025").due_on == "2025-11-30"


def test_messages_columns_feedback_and_directives(district: District) -> None:
    message = {"message": "BOX.1", "unit": "U01", "received_at": "2025-03-01T01:00:00.000000Z", "due_on": "2025-03-16"}
    say(district, "message.received/1", message, "2025-03-01")
    say(district, "message.assigned/1", {"message": "BOX.1", "unit": "U05"}, "2025-03-02")
    say(district, "column.registered/1", {"column": "COL-1", "unit": "U05", "refresh_days": 14}, "2025-03-01")
    say(district, "column.maintained/1", {"column": "COL-1"}, "2025-03-10")
    say(district, "decision.registered/1", {"major_decision": "MD-1", "unit": "U05"}, "2025-03-01")
    say(district, "decision.comment_period_closed/1", {"major_decision": "MD-1"}, "2025-03-31")
    say(
        district,
        "opinion.directive_issued/1",
        {"opinion": "IN-1", "directive": "IN-1/D1", "units": ["U05"]},
        "2025-03-02",
    )

    assert numbers(district, at("2025-04-02"), units=frozenset({"U05"}), state="open") == [
        "message_reply.BOX.1",
        "column_refresh.COL-1",
        "comment_feedback.MD-1",
        "directive.IN-1~D1.U05",
    ]
    assert judged(district, "column_refresh.COL-1").due_on == "2025-03-24"


def test_an_officers_list_is_what_is_owed_in_the_post_or_was_done(year: District) -> None:
    say(year, "request.replied/1", {"request": "Q-2025-001", "replied_on": "2025-02-18"}, "2025-02-18")
    mine = {"officer": "G02", "posts": frozenset({("disclosure_officer", "U02")})}

    assert "request_answer.Q-2025-001" in numbers(year, **mine, state="done")
    assert "request_answer.Q-2025-007" in numbers(year, **mine, state="open")
    assert numbers(year, officer="P05", posts=frozenset({("publisher", "U05")})) == []


def test_pages_are_judged_at_one_moment(year_everywhere: District) -> None:
    year = year_everywhere
    year.fold()
    first = asking.list_obligations(year.reader, NOW, YEAR_END, limit=3)
    received(year, "Q-2025-008", "2025-01-02")
    year.fold()
    second = asking.list_obligations(year.reader, NOW, at("2027-01-01"), limit=50, cursor=first.next_cursor)

    together = [one.obligation for one in (*first.rows, *second.rows)]
    assert "request_answer.Q-2025-008" not in together
    assert len(together) == len(set(together))
    assert {one.judged_at for one in second.rows} == {first.rows[0].judged_at}
    assert second.position == first.position


def test_what_is_done_is_listed_from_the_last_page_by_page(year_everywhere: District) -> None:
    district = year_everywhere
    for number in (1, 3, 7):
        say(district, "request.replied/1", {"request": f"Q-2025-00{number}", "replied_on": "2025-12-23"}, "2025-12-23")
    responders = [{"unit": "U07", "scope": "救援"}, {"unit": "U09", "scope": "善后"}]
    signal = {"opinion": "IN-2", "unit": "U05", "detected_at": "2025-10-03T01:00:00.000000Z"}
    say(district, "opinion.signal_detected/1", signal, "2025-10-03")
    say(district, "opinion.responders_assigned/1", {"opinion": "IN-2", "responders": responders}, "2025-10-03")
    say(district, "opinion.authoritative_information_released/1", {"opinion": "IN-2"}, "2025-10-03T11:00")
    district.fold()

    def page(cursor: str | None = None, **wanted: Any) -> Any:
        of_done = Wanted(state="done", **wanted)
        return asking.list_obligations(district.reader, NOW, YEAR_END, wanted=of_done, limit=2, cursor=cursor)

    first = page()
    rest = page(first.next_cursor).rows + page(page(first.next_cursor).next_cursor).rows
    assert [one.obligation for one in (*first.rows, *rest)] == [
        "first_word.IN-2",
        "request_answer.Q-2025-007",
        "request_answer.Q-2025-003",
        "request_answer.Q-2025-001",
        "request_correction_notice.Q-2025-002",
    ]
    assert [one.obligation for one in page(units=frozenset({"U09"})).rows] == ["first_word.IN-2"]
    assert page(officer="P05").rows == ()


def test_a_rebuild_is_the_same_bytes(year_everywhere: District) -> None:
    year = year_everywhere
    year.fold()
    names = tuple(shape.name for shape in PROJECTION.tables)

    def bytes_now() -> str:
        return year.reader.ask(PROJECTION, NOW, lambda view: digest(view, names))

    live = bytes_now()
    year.projector.rebuild(PROJECTION.name)

    assert bytes_now() == live


@pytest.mark.requirement("R126")
def test_gaps_follow_from_the_record_on_a_day(district: District) -> None:
    for unit in ("U05", "U06"):
        say(district, "unit.registered/1", {"unit": unit, "kind": "department"}, "2025-01-06")
    office = {"unit": "U05", "office_zh": "党政综合办"}
    position = say(district, "unit.disclosure_office_designated/1", office, "2025-03-01")
    watch = {"unit": "U05", "officer": "Y05", "from_date": "2025-01-01", "until_date": "2025-06-30"}
    say(district, "monitoring.duty_assigned/1", watch, "2025-01-06")
    deputy = {"unit": "U05", "from_date": "2025-01-06", "until_date": None}
    for officer in ("F05", "F06"):
        say(district, "leadership.deputy_appointed/1", {**deputy, "officer": officer}, "2025-01-06")
    for month, day in (("2025-01", "2025-02-05"), ("2025-03", "2025-04-07")):
        say(district, "bulletin.issued/1", {"month": month}, day)

    def found(as_of: AsOf = NOW) -> set[tuple[str, str | None, str | None, str | None]]:
        told = gaps.find(district.ledger, as_of, "2025-04-30").value or ()
        return {(gap.code, gap.unit, gap.subject, gap.until) for gap in told}

    assert found() == {
        ("SEVERAL_DEPUTIES", "U05", "F05 F06", None),
        ("NO_DEPUTY_IN_CHARGE", "U06", None, None),
        ("NO_MONITORING_DUTY", "U06", None, None),
        ("NO_DISCLOSURE_OFFICE", "U05", None, "2025-03-01"),
        ("NO_DISCLOSURE_OFFICE", "U06", None, None),
        ("NO_ANNUAL_TRAINING", None, "2024", None),
        ("MISSING_BULLETIN", None, "2025-02", None),
    }
    assert ("NO_DISCLOSURE_OFFICE", "U05", None, None) in found(AsOf(position=position - 1))


def test_what_is_converted_is_due_from_the_day_of_the_change(district: District) -> None:
    adopt(district, 2025)
    district.record("document.drafted/1", drafted("I-1"))
    district.record("document.attribute_determined/1", determined("I-1", "ON_REQUEST"))
    change = {"item": "I-1", "attribute": "PROACTIVE"}
    district.record("document.attribute_changed/1", change, at=at("2025-11-17"))

    assert judged(district, "proactive_disclosure.I-1").due_on == "2025-12-15"


def test_an_extension_nobody_was_told_of_ends_with_the_answer(year: District) -> None:
    request = {"request": "Q-2025-004", "working_days": 20}
    say(year, "request.extension_approved/1", {**request, "approver": "F02", "reason": "材料多"}, "2025-06-26")
    say(year, "request.replied/1", {"request": "Q-2025-004", "replied_on": "2025-06-30"}, "2025-06-30")

    told = judged(year, "request_extension.Q-2025-004")
    assert (told.state, told.outcome, told.breached) == ("done", "CLOSED", False)


def test_a_signal_after_the_grading_moves_no_clock(district: District) -> None:
    signal = {"opinion": "IN-2", "unit": "U09", "detected_at": "2025-10-03T01:00:00.000000Z"}
    say(district, "opinion.signal_detected/1", signal, "2025-10-03T09:05")
    graded = {"opinion": "IN-2", "grade": "MAJOR", "clock_start": "2025-10-03T01:00:00.000000Z"}
    say(district, "opinion.graded/1", graded, "2025-10-03T09:30")
    earlier = {**signal, "detected_at": "2025-10-03T00:10:00.000000Z"}
    say(district, "opinion.signal_detected/1", earlier, "2025-10-03T09:40")

    assert judged(district, "first_word.IN-2").due_at == "2025-10-03T06:00:00.000000Z"


def test_a_unit_owes_nothing_that_was_due_before_it_was_there(district: District) -> None:
    say(district, "unit.registered/1", {"unit": "U13", "kind": "town"}, "2025-03-01")
    before = numbers(district, at("2025-12-31"))
    say(district, "unit.succeeded/1", {"unit": "U13", "successor": "U12"}, "2025-10-20")

    assert before == ["self_check.U13.2025", "yearly_hearing.U13.2025"]
    assert numbers(district, at("2026-03-01")) == ["yearly_hearing.U13.2025"]
