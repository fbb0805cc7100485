"""The clock of a request: what sets, stops, moves and explains it (十三, 条例 art. 30 to 35)."""

from datetime import date

import pytest

from aggregates.requests import clock
from tests.aggregates.areas.requests import REPLY, calendar_year
from tests.aggregates.house import House
from tests.aggregates.requests.givens import ONE, calendar, due, file, last, officer, received

requirement = pytest.mark.requirement


@requirement("R117")
class TestReplyInTime:
    @pytest.mark.parametrize(
        ("day", "due_on"),
        [
            ("2024-09-25", "2024-10-28"),
            ("2024-12-31", "2025-02-05"),
            ("2025-01-20", "2025-02-21"),
            ("2025-09-26", "2025-10-30"),
            ("2026-02-10", "2026-03-16"),
            ("2026-04-28", "2026-05-28"),
        ],
    )
    def test_twenty_working_days_from_receipt(self, house: House, day: str, due_on: str) -> None:
        assert received(house, day)["due_on"] == due_on

    def test_fifteen_under_the_regulation_of_2007(self, house_of_2019: House) -> None:
        """Received on the last day of the old regulation: 15 working days, the labour-day make-ups behind it."""
        data = received(house_of_2019, "2019-05-14")

        assert (data["due_on"], data["regulation"]) == ("2019-06-04", "ORDER-492")
        assert received(house_of_2019, "2019-05-15")["due_on"] == "2019-06-13"

    def test_a_reply_says_how_many_working_days_it_took(self, house: House) -> None:
        received(house)

        officer(house, "2025-02-18").reply_request(**ONE, kind="GRANTED", **REPLY)

        replied = last(house, "request.replied/1")
        assert (replied["working_days_used"], replied["late_by"], replied["flags"]) == (17, 0, [])
        assert (replied["due_on"], replied["row"]) == ("2025-02-21", "3.1")

    def test_the_last_day_is_in_time(self, house: House) -> None:
        received(house)

        officer(house, "2025-02-21T23:59").reply_request(**ONE, kind="GRANTED", **REPLY)

        assert last(house, "request.replied/1")["flags"] == []

    def test_a_late_reply_is_recorded_and_flagged_never_refused(self, house: House) -> None:
        received(house, "2025-03-20")

        officer(house, "2025-06-20").reply_request(**ONE, kind="GRANTED", **REPLY)

        replied = last(house, "request.replied/1")
        assert (replied["working_days_used"], replied["flags"]) == (62, ["OVERDUE"])
        assert (replied["due_on"], replied["late_by"]) == ("2025-04-18", 42)

    def test_a_reply_on_the_weekend_after_is_late_though_no_working_day_has_passed(self, house: House) -> None:
        received(house)

        officer(house, "2025-02-22").reply_request(**ONE, kind="GRANTED", **REPLY)

        replied = last(house, "request.replied/1")
        assert (replied["late_by"], replied["flags"]) == (0, ["OVERDUE"])

    def test_a_year_without_a_calendar_is_unknown_and_no_guess(self, house: House) -> None:
        data = received(house, "2026-12-21")
        assert data["due_on"] is None

        officer(house, "2027-01-29").reply_request(request="Q-2026-001", kind="GRANTED", **REPLY)

        replied = last(house, "request.replied/1")
        assert (replied["due_on"], replied["working_days_used"], replied["flags"]) == (None, None, ["DUE_UNKNOWN"])

    def test_every_day_of_the_count_is_explained(self, house: House) -> None:
        received(house)

        counted = clock.deadline(file(house).clock, calendar(house))

        assert counted.working_days == 20
        assert [day.number for day in counted.days if day.number is not None] == list(range(1, 21))
        assert {day.note for day in counted.days if day.reason == "HOLIDAY"} == {"春节"}


@requirement("R117")
class TestACorrectedCalendar:
    def test_open_dates_move_and_the_days_that_moved_them_are_shown(self, house: House) -> None:
        received(house, "2025-09-15")
        before, facts = calendar(house), file(house).clock
        year = calendar_year(2025)
        more = {**year, "holidays": [*year["holidays"], {"day": "2025-10-09", "name": "国庆节延长"}]}

        officer(house, "2025-09-16", "ADM").amend_calendar(**more, reason="国务院办公厅补充通知")

        moved = clock.recount(facts, before, calendar(house))
        assert (str(moved.before), str(moved.now), moved.has_moved) == ("2025-10-17", "2025-10-20", True)
        assert [(str(new.day), str(old.reason), new.note) for old, new in moved.because] == [
            ("2025-10-09", "WORKDAY", "国庆节延长")
        ]

    def test_a_reply_given_before_can_be_judged_by_it(self, house: House) -> None:
        received(house, "2025-09-15")
        officer(house, "2025-10-20").reply_request(**ONE, kind="GRANTED", **REPLY)
        assert last(house, "request.replied/1")["flags"] == ["OVERDUE"]
        year = calendar_year(2025)
        more = {**year, "holidays": [*year["holidays"], {"day": "2025-10-09", "name": "国庆节延长"}]}

        officer(house, "2025-10-22", "ADM").amend_calendar(**more, reason="补充通知")

        judged = clock.timeliness(file(house).clock, date(2025, 10, 20), calendar(house))
        assert judged == clock.Timeliness(working_days_used=20, late_by=0)

    def test_the_facts_can_be_told_from_the_bare_entries(self, house: House) -> None:
        """What a projection needs to count anew stands in the events, not in the rulebook's memory."""
        received(house, "2025-04-21", subject="合同")
        officer(house, "2025-04-24").consult_third_party(**ONE, consulted="某公司")
        officer(house, "2025-05-14").receive_third_party_opinion(**ONE, opinion="OBJECTED", reasons="商业秘密")

        entries = house.ledger.read_stream("request/Q-2025-001")

        assert clock.of_events((entry.type, entry.data) for entry in entries) == file(house).clock


@requirement("R117")
class TestCorrection:
    """补正: once, told within 7 working days, and the period begins anew (law table L2 to L5)."""

    def test_a_notice_within_seven_working_days_is_in_time(self, house: House) -> None:
        received(house, "2025-03-03")

        officer(house, "2025-03-12").request_correction(**ONE, items=["写明年份"], correct_by="2025-03-26")

        asked = last(house, "request.correction_requested/1")
        assert (asked["notice_due_on"], asked["flags"]) == ("2025-03-12", [])
        assert (file(house).state, due(house)) == ("AWAITING_CORRECTION", None)

    def test_a_notice_on_the_eighth_is_recorded_and_flagged(self, house: House) -> None:
        received(house, "2025-03-03")

        officer(house, "2025-03-13").request_correction(**ONE, items=["写明年份"], correct_by="2025-03-27")

        assert last(house, "request.correction_requested/1")["flags"] == ["CORRECTION_NOTICE_LATE"]

    def test_the_corrected_request_starts_the_period_anew(self, house: House) -> None:
        received(house, "2025-03-03")
        officer(house, "2025-03-13").request_correction(**ONE, items=["写明年份"], correct_by="2025-03-27")

        officer(house, "2025-03-20").receive_correction(**ONE)

        assert last(house, "request.correction_received/1")["due_on"] == due(house) == "2025-04-18"

    def test_an_extension_belongs_to_the_period_that_it_extended(self, house: House) -> None:
        received(house, "2025-03-03")
        officer(house, "2025-03-04", "F02").extend_deadline(**ONE, reason="材料多", applicant_told_on="2025-03-04")
        officer(house, "2025-03-05").request_correction(**ONE, items=["写明年份"], correct_by="2025-03-26")

        officer(house, "2025-03-20").receive_correction(**ONE)

        assert due(house) == "2025-04-18"

    def test_it_is_asked_for_once(self, house: House) -> None:
        received(house, "2025-03-03")
        officer(house, "2025-03-05").request_correction(**ONE, items=["写明年份"], correct_by="2025-03-14")
        officer(house, "2025-03-06").receive_correction(**ONE)

        with house.refuses("CORRECTION_REQUESTED_BEFORE"):
            officer(house, "2025-03-07").request_correction(**ONE, items=["再写明"], correct_by="2025-03-20")

    def test_an_unreasonably_long_period_is_flagged(self, house: House) -> None:
        received(house, "2025-03-03")

        officer(house, "2025-03-05").request_correction(**ONE, items=["写明年份"], correct_by="2025-03-27")

        assert last(house, "request.correction_requested/1")["flags"] == ["CORRECTION_PERIOD_LONG"]

    def test_what_is_to_be_corrected_must_be_said(self, house: House) -> None:
        received(house, "2025-03-03")

        with house.refuses("INVALID", field="items"):
            officer(house, "2025-03-05").request_correction(**ONE, items=[], correct_by="2025-03-14")

    def test_who_does_not_correct_in_time_has_given_up(self, house: House) -> None:
        received(house, "2025-03-03")
        officer(house, "2025-03-05").request_correction(**ONE, items=["写明年份"], correct_by="2025-03-14")

        officer(house, "2025-03-15").abandon_request(**ONE)

        assert last(house, "request.closed/1") == {
            "request": "Q-2025-001",
            "closing": "ABANDONED",
            "row": "3.6.1",
            "limit_on": "2025-03-14",
            "reason": None,
            "closed_on": "2025-03-15",
        }

    def test_on_the_last_day_nobody_has(self, house: House) -> None:
        received(house, "2025-03-03")
        officer(house, "2025-03-05").request_correction(**ONE, items=["写明年份"], correct_by="2025-03-14")

        with house.refuses("CORRECTION_PERIOD_OPEN", correct_by="2025-03-14"):
            officer(house, "2025-03-14").abandon_request(**ONE)

    def test_a_late_correction_is_taken_and_flagged(self, house: House) -> None:
        """Whether there was a good reason is the organ's to judge; until it gives up, a correction counts."""
        received(house, "2025-03-03")
        officer(house, "2025-03-05").request_correction(**ONE, items=["写明年份"], correct_by="2025-03-14")

        officer(house, "2025-03-17").receive_correction(**ONE)

        assert last(house, "request.correction_received/1")["flags"] == ["CORRECTION_LATE"]

    def test_still_unclear_is_an_answer_only_after_a_correction(self, house: House) -> None:
        received(house, "2025-03-03")

        with house.refuses("CORRECTION_NOT_RECEIVED"):
            officer(house, "2025-03-05").reply_request(**ONE, kind="STILL_UNCLEAR", **REPLY)

    def test_the_regulation_of_2007_sets_no_day_for_the_notice(self, house_of_2019: House) -> None:
        received(house_of_2019, "2019-03-01")

        officer(house_of_2019, "2019-04-01").request_correction(
            request="Q-2019-001", items=["写明年份"], correct_by="2019-04-10"
        )

        asked = last(house_of_2019, "request.correction_requested/1")
        assert (asked["notice_due_on"], asked["flags"]) == (None, [])


@requirement("R117")
class TestThirdParty:
    """Consultation stops the clock; silence means that the organ decides itself (L8)."""

    def consulted(self, house: House) -> None:
        received(house, "2025-04-21", subject="合同")
        assert due(house) == "2025-05-21"
        officer(house, "2025-04-24").consult_third_party(**ONE, consulted="某公司")

    def test_the_third_party_has_fifteen_working_days(self, house: House) -> None:
        self.consulted(house)

        asked = last(house, "request.third_party_consulted/1")
        assert (asked["limit_days"], asked["limit_on"]) == (15, "2025-05-19")

    def test_the_time_until_the_opinion_is_not_counted(self, house: House) -> None:
        self.consulted(house)

        officer(house, "2025-05-14").receive_third_party_opinion(**ONE, opinion="OBJECTED", reasons="商业秘密")
        officer(house, "2025-06-05").reply_request(**ONE, kind="WITHHELD_THIRD_PARTY", **REPLY)

        assert last(house, "request.third_party_opinion_received/1")["due_on"] == "2025-06-09"
        replied = last(house, "request.replied/1")
        assert (replied["working_days_used"], replied["flags"], replied["row"]) == (18, [], "3.3.4")

    def test_while_it_is_open_the_day_is_a_projection(self, house: House) -> None:
        self.consulted(house)

        counted = clock.deadline(file(house).clock, calendar(house))

        assert (counted.projected, counted.text) == (True, "2025-06-12")

    def test_silence_resumes_the_clock_after_the_last_day(self, house: House) -> None:
        self.consulted(house)
        with house.refuses("CONSULTATION_PERIOD_OPEN", limit_on="2025-05-19"):
            officer(house, "2025-05-19").record_third_party_silence(**ONE)

        officer(house, "2025-05-26").record_third_party_silence(**ONE)

        assert last(house, "request.third_party_silent/1")["due_on"] == due(house) == "2025-06-12"
        officer(house, "2025-05-27").reply_request(**ONE, kind="GRANTED", **REPLY)
        assert last(house, "request.replied/1")["kind"] == "GRANTED"

    def test_a_late_opinion_does_not_stop_the_clock_any_longer(self, house: House) -> None:
        self.consulted(house)

        officer(house, "2025-05-30").receive_third_party_opinion(**ONE, opinion="CONSENTED")

        late = last(house, "request.third_party_opinion_received/1")
        assert (late["flags"], late["due_on"]) == (["OPINION_LATE"], "2025-06-12")

    def test_nothing_is_disclosed_before_the_third_party_was_heard(self, house: House) -> None:
        self.consulted(house)

        with house.refuses("CONSULTATION_PENDING"):
            officer(house, "2025-05-12").reply_request(**ONE, kind="GRANTED", **REPLY)

    def test_over_an_objection_only_with_a_reason(self, house: House) -> None:
        self.consulted(house)
        officer(house, "2025-05-14").receive_third_party_opinion(**ONE, opinion="OBJECTED", reasons="商业秘密")
        with house.refuses("THIRD_PARTY_OBJECTED"):
            officer(house, "2025-05-15").reply_request(**ONE, kind="PARTIAL", **REPLY)

        officer(house, "2025-05-15").reply_request(
            **ONE, kind="PARTIAL", overriding_reason="不公开将对公共利益造成重大影响", **REPLY
        )

        assert last(house, "request.replied/1")["overriding_reason"] == "不公开将对公共利益造成重大影响"

    def test_an_opinion_needs_a_consultation(self, house: House) -> None:
        received(house)

        with house.refuses("CONSULTATION_NOT_OPEN"):
            officer(house, "2025-01-21").receive_third_party_opinion(**ONE, opinion="CONSENTED")

    def test_under_the_regulation_of_2007_the_letter_names_the_day(self, house_of_2019: House) -> None:
        received(house_of_2019, "2019-04-01")
        old = {"request": "Q-2019-001"}
        with house_of_2019.refuses("INVALID", field="answer_by"):
            officer(house_of_2019, "2019-04-02").consult_third_party(**old, consulted="某公司")

        officer(house_of_2019, "2019-04-02").consult_third_party(**old, consulted="某公司", answer_by="2019-04-12")

        asked = last(house_of_2019, "request.third_party_consulted/1")
        assert (asked["limit_days"], asked["answer_by"], asked["limit_on"]) == (None, "2019-04-12", "2019-04-12")
        assert due(house_of_2019, "Q-2019-001") == "2019-05-05"


@requirement("R117")
class TestCoProducer:
    """Silence of an organ that made the information too is consent: not as with a third party (L9)."""

    def test_silence_is_consent(self, house: House) -> None:
        received(house, "2025-04-21")
        officer(house, "2025-04-24").consult_co_producer(**ONE, consulted="U05")

        officer(house, "2025-05-20").record_co_producer_silence(**ONE)
        officer(house, "2025-05-21").reply_request(**ONE, kind="GRANTED", **REPLY)

        assert last(house, "request.co_producer_deemed_consenting/1")["limit_on"] == "2025-05-19"
        assert last(house, "request.replied/1")["flags"] == []

    def test_its_objection_does_not_bind_the_organ(self, house: House) -> None:
        received(house, "2025-04-21")
        officer(house, "2025-04-24").consult_co_producer(**ONE, consulted="U05")
        officer(house, "2025-05-06").receive_co_producer_opinion(**ONE, opinion="OBJECTED", reasons="尚在论证")

        officer(house, "2025-05-07").reply_request(**ONE, kind="GRANTED", **REPLY)

        assert last(house, "request.replied/1")["kind"] == "GRANTED"

    def test_the_clock_stands_still_once_where_two_are_asked_at_a_time(self, house: House) -> None:
        received(house, "2025-04-21")
        officer(house, "2025-04-24").consult_third_party(**ONE, consulted="某公司")
        officer(house, "2025-04-24").consult_co_producer(**ONE, consulted="U05")

        officer(house, "2025-05-14").receive_third_party_opinion(**ONE, opinion="CONSENTED")
        officer(house, "2025-05-14").receive_co_producer_opinion(**ONE, opinion="CONSENTED")

        assert due(house) == "2025-06-09"


@requirement("R117")
class TestExtension:
    """At most once, approved by the head of the disclosure work and told to the applicant (L7)."""

    def given(self, house: House) -> None:
        received(house, "2025-06-03", "fax", confirmed_on="2025-06-03")
        assert due(house) == "2025-07-01"

    def test_an_officer_alone_cannot_extend(self, house: House) -> None:
        self.given(house)

        with house.refuses("EXTENSION_NOT_APPROVED", officer="G02"):
            officer(house, "2025-06-27").extend_deadline(**ONE, working_days=20, applicant_told_on="2025-06-27")

        assert due(house) == "2025-07-01"

    def test_the_head_approves_and_tells_at_once(self, house: House) -> None:
        self.given(house)

        officer(house, "2025-06-27T15:00", "F02").extend_deadline(
            **ONE, working_days=20, reason="材料多", applicant_told_on="2025-06-27"
        )

        extended = last(house, "request.deadline_extended/1")
        assert (extended["due_before"], extended["due_on"]) == ("2025-07-01", "2025-07-29")
        assert (last(house, "request.extension_approved/1")["approver"], due(house)) == ("F02", "2025-07-29")

    def test_an_officer_tells_what_the_head_approved(self, house: House) -> None:
        self.given(house)
        officer(house, "2025-06-26", "Z02").approve_extension(**ONE, working_days=10, reason="材料多")
        assert due(house) == "2025-07-01"

        officer(house, "2025-06-27").extend_deadline(**ONE, applicant_told_on="2025-06-27")

        assert (last(house, "request.deadline_extended/1")["approver"], due(house)) == ("Z02", "2025-07-15")

    def test_the_applicant_must_be_told(self, house: House) -> None:
        self.given(house)

        with house.refuses("EXTENSION_NOT_TOLD"):
            officer(house, "2025-06-27", "F02").extend_deadline(**ONE, working_days=20, reason="材料多")

    def test_it_is_extended_once(self, house: House) -> None:
        self.given(house)
        officer(house, "2025-06-27", "F02").extend_deadline(**ONE, reason="材料多", applicant_told_on="2025-06-27")

        with house.refuses("EXTENDED_BEFORE", working_days=20):
            officer(house, "2025-07-02", "F02").approve_extension(**ONE, working_days=5, reason="仍多")

    def test_by_twenty_working_days_at_most(self, house: House) -> None:
        self.given(house)

        with house.refuses("INVALID", field="working_days"):
            officer(house, "2025-06-27", "F02").approve_extension(**ONE, working_days=21, reason="材料多")

    def test_by_fifteen_under_the_regulation_of_2007(self, house_of_2019: House) -> None:
        received(house_of_2019, "2019-05-06")
        old = {"request": "Q-2019-001"}
        with house_of_2019.refuses("INVALID", field="working_days"):
            officer(house_of_2019, "2019-05-07", "F02").approve_extension(**old, working_days=16, reason="材料多")

        officer(house_of_2019, "2019-05-07", "F02").extend_deadline(
            **old, reason="材料多", applicant_told_on="2019-05-07"
        )

        assert last(house_of_2019, "request.deadline_extended/1")["working_days"] == 15

    def test_not_after_the_period_has_ended(self, house: House) -> None:
        self.given(house)

        with house.refuses("EXTENSION_TOO_LATE", due_on="2025-07-01"):
            officer(house, "2025-07-02", "F02").extend_deadline(**ONE, reason="材料多", applicant_told_on="2025-07-02")
