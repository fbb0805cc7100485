"""How requests end: reasons, fees, replies, remedies, and what else may be asked of the record (十三)."""

import pytest

from aggregates.refusal import Refusal
from tests.aggregates.areas.requests import REPLY
from tests.aggregates.house import House
from tests.aggregates.requests.givens import ONE, due, file, last, officer, received

requirement = pytest.mark.requirement


@requirement("R117")
class TestExcessive:
    """Reasons, delay or no handling where number or frequency plainly exceeds what is reasonable (L10)."""

    def test_a_reply_is_delayed_only_for_good_reasons(self, house: House) -> None:
        received(house)
        with house.refuses("REASONS_NOT_REASONABLE"):
            officer(house, "2025-01-21").delay_reply(**ONE, until="2025-06-30", reason="数量多")
        officer(house, "2025-01-21").request_reasons(**ONE, reason="一个月内申请80件")
        officer(house, "2025-01-24").receive_reasons(**ONE, conclusion="REASONABLE", reason="研究所需")

        officer(house, "2025-01-26").delay_reply(**ONE, until="2025-06-30", reason="数量多")

        assert due(house) == "2025-06-30"

    def test_a_later_day_is_later(self, house: House) -> None:
        received(house)
        officer(house, "2025-01-21").request_reasons(**ONE, reason="数量多")
        officer(house, "2025-01-24").receive_reasons(**ONE, conclusion="REASONABLE", reason="研究所需")

        with house.refuses("INVALID", field="until"):
            officer(house, "2025-01-26").delay_reply(**ONE, until="2025-02-21", reason="数量多")

    def test_without_good_reasons_it_is_not_handled(self, house: House) -> None:
        received(house)
        with house.refuses("REASONS_NOT_EXAMINED"):
            officer(house, "2025-01-21").reply_request(**ONE, kind="EXCESSIVE", **REPLY)
        with house.refuses("REASONS_NOT_REQUESTED"):
            officer(house, "2025-01-21").receive_reasons(**ONE, conclusion="NOT_GIVEN", reason="未说明")
        officer(house, "2025-01-21").request_reasons(**ONE, reason="数量多")
        officer(house, "2025-02-10").receive_reasons(**ONE, conclusion="NOT_GIVEN", reason="未说明")

        officer(house, "2025-02-10").reply_request(**ONE, kind="EXCESSIVE", **REPLY)

        assert last(house, "request.replied/1")["row"] == "3.5.4"


@requirement("R117")
class TestFees:
    def test_the_amount_is_the_scales_and_the_clock_waits(self, house: House) -> None:
        received(house)

        officer(house, "2025-01-21").issue_fee_notice(**ONE, scale="per_page", quantity=150)

        notice = last(house, "request.fee_notice_issued/1")
        assert (notice["amount"], notice["pay_by"]) == (1700, "2025-02-20")
        assert (file(house).state, due(house)) == ("AWAITING_PAYMENT", None)

    def test_paid_exactly_the_period_is_counted_anew(self, house: House) -> None:
        received(house)
        officer(house, "2025-01-21").issue_fee_notice(**ONE, scale="per_request", quantity=31)
        with house.refuses("FEE_AMOUNT_DIFFERS", amount=100, expected=200):
            officer(house, "2025-02-06").record_fee_paid(**ONE, amount=100)

        officer(house, "2025-02-06").record_fee_paid(**ONE, amount=200)

        assert last(house, "request.fee_paid/1")["due_on"] == due(house) == "2025-03-05"

    def test_the_two_scales_are_never_both_applied(self, house: House) -> None:
        received(house)
        officer(house, "2025-01-21").issue_fee_notice(**ONE, scale="per_page", quantity=150)

        with house.refuses("FEE_NOTICE_ISSUED_BEFORE", scale="per_page"):
            officer(house, "2025-01-22").issue_fee_notice(**ONE, scale="per_request", quantity=31)

    def test_what_is_free_is_not_charged(self, house: House) -> None:
        received(house)

        with house.refuses("NO_FEE_DUE", quantity=10):
            officer(house, "2025-01-21").issue_fee_notice(**ONE, scale="per_request", quantity=10)

    def test_the_regulation_of_2007_knows_no_such_fee(self, house_of_2019: House) -> None:
        received(house_of_2019, "2019-05-06")

        with house_of_2019.refuses("NO_FEE_DUE"):
            officer(house_of_2019, "2019-05-07").issue_fee_notice(request="Q-2019-001", scale="per_page", quantity=500)

    def test_what_is_not_paid_in_time_is_not_handled_any_more(self, house: House) -> None:
        received(house)
        officer(house, "2025-01-21").issue_fee_notice(**ONE, scale="per_page", quantity=150)
        with house.refuses("PAYMENT_PERIOD_OPEN", pay_by="2025-02-20"):
            officer(house, "2025-02-20").record_fee_not_paid(**ONE)

        officer(house, "2025-02-21").record_fee_not_paid(**ONE)

        assert (last(house, "request.closed/1")["row"], file(house).state) == ("3.6.2", "CLOSED")


@requirement("R117")
class TestReplies:
    def test_that_nothing_exists_is_said_only_after_a_search(self, house: House) -> None:
        received(house)
        with house.refuses("SEARCH_NOT_CONDUCTED"):
            officer(house, "2025-01-21").reply_request(**ONE, kind="DOES_NOT_EXIST", **REPLY)
        officer(house, "2025-01-21").conduct_search(
            **ONE, places=["档案室", "办公系统"], terms=["旧城改造"], found=False, result="未检索到"
        )

        officer(house, "2025-01-21").reply_request(**ONE, kind="DOES_NOT_EXIST", **REPLY)

        searched = last(house, "request.search_conducted/1")
        assert (searched["officer"], searched["places"]) == ("G02", ["档案室", "办公系统"])
        assert last(house, "request.replied/1")["row"] == "3.4.1"

    def test_a_duplicate_names_an_earlier_request_that_was_answered(self, house: House) -> None:
        received(house)
        received(house, "2025-01-21")
        again = {"request": "Q-2025-002", "kind": "DUPLICATE", **REPLY}
        with house.refuses("ORIGINAL_NOT_REPLIED"):
            officer(house, "2025-01-22").reply_request(**again, duplicate_of="Q-2025-001")
        with house.refuses("ORIGINAL_NOT_REPLIED"):
            officer(house, "2025-01-22").reply_request(**again)
        with house.refuses("REQUEST_UNKNOWN"):
            officer(house, "2025-01-22").reply_request(**again, duplicate_of="Q-2025-009")
        officer(house, "2025-01-22").reply_request(**ONE, kind="GRANTED", **REPLY)

        officer(house, "2025-01-23").reply_request(**again, duplicate_of="Q-2025-001")

        replied = last(house, "request.replied/1")
        assert (replied["duplicate_of"], replied["row"]) == ("Q-2025-001", "3.5.2")

    @pytest.mark.parametrize("part", list(REPLY))
    def test_a_reply_states_all_its_parts(self, house: House, part: str) -> None:
        received(house)
        lacking = {name: value for name, value in REPLY.items() if name != part}

        with house.refuses("REPLY_PART_MISSING"):
            officer(house, "2025-01-21").reply_request(**ONE, kind="GRANTED", **lacking)

    def test_a_ruleset_may_flag_that_instead(self, house: House) -> None:
        officer(house, "2025-01-10", "G01").adopt_ruleset(
            ruleset="RS-143",
            document_number="号",
            title_zh="细则",
            effective_from="2025-01-11",
            parameters={"reply_part_missing": "FLAG"},
        )
        received(house)

        officer(house, "2025-01-21").reply_request(**ONE, kind="GRANTED")

        assert last(house, "request.replied/1")["flags"] == ["REPLY_PART_MISSING"]

    def test_a_request_is_answered_once(self, house: House) -> None:
        received(house)
        officer(house, "2025-01-21").reply_request(**ONE, kind="GRANTED", **REPLY)

        with house.refuses("REQUEST_STATE", state="REPLIED"):
            officer(house, "2025-01-22").reply_request(**ONE, kind="GRANTED", **REPLY)

    def test_the_stored_reply_must_be_in_the_store(self, house: House) -> None:
        received(house)
        missing = {"sha256": "0" * 64, "size": 1, "media_type": "text/html", "name": "答复"}

        with house.refuses("CONTENT_NOT_STORED"):
            officer(house, "2025-01-21").reply_request(**ONE, kind="GRANTED", content=missing, **REPLY)

    def test_another_unit_does_not_answer(self, house: House) -> None:
        received(house)

        with house.refuses("OTHER_UNIT"):
            officer(house, "2025-01-21", "G05").reply_request(**ONE, kind="GRANTED", **REPLY)

    def test_nothing_is_dated_back(self, house: House) -> None:
        received(house)

        with house.refuses("BACKDATED"):
            officer(house, "2025-01-17").reply_request(**ONE, kind="GRANTED", **REPLY)

    def test_it_is_served(self, house: House) -> None:
        received(house)
        officer(house, "2025-01-21").reply_request(**ONE, kind="GRANTED", **REPLY)

        officer(house, "2025-01-23").serve_reply(**ONE, way="邮寄", served_on="2025-01-22")

        assert last(house, "request.reply_served/1")["served_on"] == "2025-01-22"

    def test_the_applicant_may_take_it_back(self, house: House) -> None:
        received(house)

        officer(house, "2025-01-21").withdraw_request(**ONE, reason="书面撤回")

        assert (last(house, "request.closed/1")["row"], file(house).state) == ("3.6.3", "CLOSED")


@requirement("R117")
class TestRemedies:
    """Reconsideration first, then the court (L23); a judgment is carried out in 20 working days (L22)."""

    def refused(self, house: House) -> None:
        received(house)
        officer(house, "2025-02-18").reply_request(**ONE, kind="WITHHELD_PROCESS", **REPLY)

    def test_a_refusal_goes_to_reconsideration_first(self, house: House) -> None:
        self.refused(house)
        assert last(house, "request.replied/1")["reconsideration_first"] is True
        officer(house, "2025-02-20").file_reconsideration(**ONE, organ="区政府")
        officer(house, "2025-04-18").decide_reconsideration(**ONE, result="UPHELD")

        officer(house, "2025-04-25").file_litigation(**ONE, court="区法院")

        filed = last(house, "request.litigation_filed/1")
        assert (filed["after_reconsideration"], filed["flags"]) == (True, [])

    def test_a_case_that_went_to_court_directly_is_flagged(self, house: House) -> None:
        self.refused(house)

        officer(house, "2025-02-20").file_litigation(**ONE, court="区法院")

        assert last(house, "request.litigation_filed/1")["flags"] == ["RECONSIDERATION_NOT_FIRST"]

    def test_what_was_granted_need_not(self, house: House) -> None:
        received(house)
        officer(house, "2025-02-18").reply_request(**ONE, kind="GRANTED", **REPLY)

        officer(house, "2025-02-20").file_litigation(**ONE, court="区法院")

        filed = last(house, "request.litigation_filed/1")
        assert (filed["after_reconsideration"], filed["flags"]) == (False, [])

    def test_an_ordered_disclosure_is_a_new_reply_with_a_day_of_its_own(self, house: House) -> None:
        self.refused(house)
        officer(house, "2025-02-20").file_litigation(**ONE, court="区法院")
        officer(house, "2025-06-03").judge_litigation(**ONE, result="CORRECTED")
        officer(house, "2025-06-04").order_request_disclosure(**ONE, effective_on="2025-06-03")
        assert last(house, "request.disclosure_ordered/1")["due_on"] == "2025-07-01"

        officer(house, "2025-07-02").reply_request(**ONE, kind="GRANTED", **REPLY)

        replied = last(house, "request.replied/1")
        assert (replied["in_execution"], replied["due_on"], replied["flags"]) == (True, "2025-07-01", ["OVERDUE"])

    def test_what_a_reconsideration_set_aside_is_answered_anew(self, house: House) -> None:
        self.refused(house)
        officer(house, "2025-02-20").file_reconsideration(**ONE, organ="区政府")
        officer(house, "2025-04-18").decide_reconsideration(**ONE, result="CORRECTED")

        officer(house, "2025-04-25").reply_request(**ONE, kind="PARTIAL", **REPLY)

        assert (last(house, "request.replied/1")["in_execution"], file(house).row) == (True, "3.2")

    def test_nothing_is_decided_that_was_not_filed(self, house: House) -> None:
        self.refused(house)

        with house.refuses("REMEDY_NOT_OPEN"):
            officer(house, "2025-02-20").decide_reconsideration(**ONE, result="UPHELD")
        with house.refuses("REMEDY_NOT_OPEN"):
            officer(house, "2025-02-20").judge_litigation(**ONE, result="UPHELD")
        with house.refuses("REMEDY_NOT_OPEN"):
            officer(house, "2025-02-20").order_request_disclosure(**ONE)


class TestOtherDemands:
    def test_a_wrong_record_about_oneself_is_verified_corrected_and_told(self, house: House) -> None:
        officer(house, "2025-03-03").request_record_correction(
            record_correction="RC-1", unit="U02", subject="企业登记信息", applicant_name="王小明", demand="地址有误"
        )

        officer(house, "2025-03-05").decide_record_correction(
            record_correction="RC-1", conclusion="CORRECTED", reason="审核属实"
        )

        assert last(house, "record_correction.decided/1")["told_on"] == "2025-03-05"
        with house.refuses("DECIDED_BEFORE"):
            officer(house, "2025-03-06").decide_record_correction(
                record_correction="RC-1", conclusion="NOT_CORRECTED", reason="…"
            )

    def test_what_is_passed_on_names_the_organ(self, house: House) -> None:
        officer(house, "2025-03-03").request_record_correction(record_correction="RC-1", unit="U02", subject="户籍")

        with house.refuses("INVALID", field="organ"):
            officer(house, "2025-03-05").decide_record_correction(
                record_correction="RC-1", conclusion="TRANSFERRED", reason="非本机关职能"
            )

    def test_a_suggestion_is_examined(self, house: House) -> None:
        received(house)
        officer(house, "2025-03-03").suggest_disclosure(
            suggestion="S-1", unit="U02", subject="学区划分", request="Q-2025-001", text="大家都想知道"
        )

        officer(house, "2025-03-10").examine_suggestion(suggestion="S-1", conclusion="ADOPTED", reason="涉及公众利益")

        assert last(house, "suggestion.examined/1")["conclusion"] == "ADOPTED"
        with house.refuses("SUGGESTION_UNKNOWN"):
            officer(house, "2025-03-10").examine_suggestion(suggestion="S-2", conclusion="ADOPTED", reason="…")
        with house.refuses("RECORD_CORRECTION_UNKNOWN"):
            officer(house, "2025-03-10").decide_record_correction(
                record_correction="RC-2", conclusion="CORRECTED", reason="…"
            )


def test_a_request_that_is_not_there_is_not_handled(house: House) -> None:
    with pytest.raises(Refusal) as refused:
        officer(house, "2025-03-10").abandon_request(request="Q-2025-404")

    assert refused.value.code == "REQUEST_UNKNOWN"
