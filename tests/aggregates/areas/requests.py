"""The area requests in the tests that hold for all areas.

``MAY``        command -> post -> places, as in tests/aggregates/test_authority.py, written by hand.
``asked``      data on U02's affairs for each command that passes whoever may, and is then refused for what it says.
``prepare``    puts into the manned district what those data speak of.
``CATALOGUE``  the published data of every event type of the area.
``happen``     lets every kind of event of the area happen once, in a founded house.
"""

from typing import Any

from aggregates.calendar_sources import propose
from tests.aggregates.house import House

OWN, OFFICE, ALL = {"own"}, {"office"}, {"own", "other", "office"}
CALENDAR_KEEPERS = {
    "administrator": ALL,
    "disclosure_officer": OFFICE,
    "deputy_in_charge": OFFICE,
    "principal": OFFICE,
}
COUNTER = {"disclosure_officer": OWN}
HEADS = {"deputy_in_charge": OWN, "principal": OWN}
HANDLERS = {**COUNTER, **HEADS}

MAY: dict[str, dict[str, set[str]]] = {
    "adopt_calendar_year": CALENDAR_KEEPERS,
    "amend_calendar": CALENDAR_KEEPERS,
    "receive_request": COUNTER,
    "enter_request_from_other_channel": COUNTER,
    "confirm_request_receipt": HANDLERS,
    "split_request": HANDLERS,
    "transfer_request_information": HANDLERS,
    "request_correction": HANDLERS,
    "receive_correction": HANDLERS,
    "abandon_request": HANDLERS,
    "withdraw_request": HANDLERS,
    "consult_third_party": HANDLERS,
    "receive_third_party_opinion": HANDLERS,
    "record_third_party_silence": HANDLERS,
    "consult_co_producer": HANDLERS,
    "receive_co_producer_opinion": HANDLERS,
    "record_co_producer_silence": HANDLERS,
    "approve_extension": HEADS,
    "extend_deadline": HANDLERS,
    "request_reasons": HANDLERS,
    "receive_reasons": HANDLERS,
    "delay_reply": HANDLERS,
    "conduct_search": HANDLERS,
    "issue_fee_notice": HANDLERS,
    "record_fee_paid": HANDLERS,
    "record_fee_not_paid": HANDLERS,
    "reply_request": HANDLERS,
    "serve_reply": HANDLERS,
    "file_reconsideration": HANDLERS,
    "decide_reconsideration": HANDLERS,
    "file_litigation": HANDLERS,
    "judge_litigation": HANDLERS,
    "order_request_disclosure": HANDLERS,
    "request_record_correction": HANDLERS,
    "decide_record_correction": HANDLERS,
    "suggest_disclosure": HANDLERS,
    "examine_suggestion": HANDLERS,
}

CATALOGUE: dict[str, str] = {
    "calendar.year_adopted/1": "year source holidays make_up_workdays",
    "calendar.amended/1": "year source holidays make_up_workdays reason",
    "request.received/1": "request unit channel applicant_kind subject form_asked arrived_on confirmed_on received_on regulation due_on entered_at entry_working_days split_from applicant_name_commitment applicant_id_commitment applicant_contact_commitment description_commitment status_token_sha256 flags",
    "request.receipt_confirmed/1": "request confirmed_on received_on regulation subject due_on",
    "request.split/1": "request subject into",
    "request.information_transferred/1": "request organ contact told_on",
    "request.correction_requested/1": "request items correct_by notice_due_on flags",
    "request.correction_received/1": "request received_on subject due_on flags",
    "request.third_party_consulted/1": "request consultation consulted sent_on letter_received_on limit_days answer_by limit_on",
    "request.third_party_opinion_received/1": "request consultation consultation_opinion reasons received_on due_on flags",
    "request.third_party_silent/1": "request consultation limit_on due_on",
    "request.co_producer_consulted/1": "request consultation consulted sent_on letter_received_on limit_days answer_by limit_on",
    "request.co_producer_opinion_received/1": "request consultation consultation_opinion reasons received_on due_on flags",
    "request.co_producer_deemed_consenting/1": "request consultation limit_on due_on",
    "request.extension_approved/1": "request working_days reason approver",
    "request.deadline_extended/1": "request working_days approver applicant_told_on due_before due_on",
    "request.reasons_requested/1": "request reason",
    "request.reasons_received/1": "request conclusion reason",
    "request.reply_delayed/1": "request until reason applicant_told_on due_before due_on",
    "request.search_conducted/1": "request officer places terms information_found result",
    "request.fee_notice_issued/1": "request scale quantity amount notified_on pay_by",
    "request.fee_paid/1": "request amount paid_on due_on",
    "request.replied/1": "request kind row title document_number facts legal_basis decision remedies sealed reconsideration_first content duplicate_of overriding_reason item replied_on due_on working_days_used late_by in_execution flags",
    "request.closed/1": "request closing row limit_on reason closed_on",
    "request.reply_served/1": "request way served_on",
    "request.reconsideration_filed/1": "request organ number filed_on",
    "request.reconsideration_decided/1": "request result number decided_on",
    "request.litigation_filed/1": "request court number filed_on after_reconsideration flags",
    "request.litigation_judged/1": "request result number judged_on",
    "request.disclosure_ordered/1": "request number effective_on working_days due_on",
    "record_correction.requested/1": "record_correction unit subject received_on applicant_name_commitment applicant_contact_commitment demand_commitment",
    "record_correction.decided/1": "record_correction conclusion reason organ told_on",
    "suggestion.received/1": "suggestion unit subject request item received_on text_commitment",
    "suggestion.examined/1": "suggestion conclusion reason item",
    "request_series.number_assigned/1": "year number request",
}


def calendar_year(year: int) -> dict[str, Any]:
    """A year as the commands take it."""
    proposed = propose(year)
    return {
        "year": year,
        "source": f"国务院办公厅关于{year}年部分节假日安排的通知",
        "holidays": proposed.holidays,
        "make_up_workdays": proposed.make_up_workdays,
    }


def asked() -> dict[str, dict[str, Any]]:
    running = {"request": "Q-2024-001"}
    return {
        "adopt_calendar_year": {**calendar_year(2019), "source": ""},
        "amend_calendar": {**calendar_year(2024), "source": "", "reason": ""},
        "receive_request": {"unit": "U02", "channel": "", "applicant_kind": "business"},
        "enter_request_from_other_channel": {
            "unit": "U02",
            "channel": "fax",
            "applicant_kind": "business",
            "arrived_at": "",
        },
        "confirm_request_receipt": running,
        "split_request": {**running, "subject": "", "others": []},
        "transfer_request_information": {**running, "organ": ""},
        "request_correction": {**running, "items": [], "correct_by": ""},
        "receive_correction": running,
        "abandon_request": running,
        "withdraw_request": {**running, "reason": ""},
        "consult_third_party": {**running, "consulted": ""},
        "receive_third_party_opinion": {**running, "opinion": ""},
        "record_third_party_silence": running,
        "consult_co_producer": {**running, "consulted": ""},
        "receive_co_producer_opinion": {**running, "opinion": ""},
        "record_co_producer_silence": running,
        "approve_extension": {**running, "working_days": 20, "reason": ""},
        "extend_deadline": running,
        "request_reasons": {**running, "reason": ""},
        "receive_reasons": {**running, "conclusion": "", "reason": ""},
        "delay_reply": {**running, "until": "", "reason": ""},
        "conduct_search": {**running, "places": [], "terms": [], "found": False, "result": ""},
        "issue_fee_notice": {**running, "scale": "", "quantity": 11},
        "record_fee_paid": {**running, "amount": 100},
        "record_fee_not_paid": running,
        "reply_request": {**running, "kind": ""},
        "serve_reply": {**running, "way": ""},
        "file_reconsideration": {**running, "organ": ""},
        "decide_reconsideration": {**running, "result": ""},
        "file_litigation": {**running, "court": ""},
        "judge_litigation": {**running, "result": ""},
        "order_request_disclosure": running,
        "request_record_correction": {"record_correction": "RC-9", "unit": "U02", "subject": ""},
        "decide_record_correction": {"record_correction": "RC-1", "conclusion": "", "reason": ""},
        "suggest_disclosure": {"suggestion": "S-9", "unit": "U02", "subject": ""},
        "examine_suggestion": {"suggestion": "S-1", "conclusion": "", "reason": ""},
    }


def prepare(house: House) -> None:
    """A calendar to amend; a request, a demand and a suggestion in hand in U02."""
    house.as_("ADM").adopt_calendar_year(**calendar_year(2024))
    house.as_("G02").receive_request(unit="U02", channel="in_person", applicant_kind="business")
    house.as_("G02").request_record_correction(record_correction="RC-1", unit="U02", subject="登记信息")
    house.as_("G02").suggest_disclosure(suggestion="S-1", unit="U02", subject="规划")


REPLY: dict[str, Any] = {
    "title": "政府信息公开申请答复书",
    "document_number": "鄞公开〔2025〕1号",
    "facts": "收到申请，要求公开某信息",
    "legal_basis": ["政府信息公开条例第三十六条"],
    "decision": "答复如下",
    "remedies": "可在60日内申请行政复议",
    "sealed": True,
}
"""All parts that every reply states, but for its kind."""


def happen(house: House) -> None:
    """A year is adopted and corrected; requests go every way that there is."""
    for year in (2025, 2026):
        house.as_("ADM").adopt_calendar_year(**calendar_year(year))
    corrected = {**calendar_year(2026), "make_up_workdays": [], "reason": "通知更正"}
    house.as_("G01").amend_calendar(**corrected)
    house.as_("G01").amend_calendar(**calendar_year(2026), reason="恢复")
    g02, f02 = house.as_("G02"), house.as_("F02")
    one = {"request": "Q-2025-001"}
    house.as_("G02", at="2025-03-03T09:00+08:00").receive_request(
        unit="U02",
        channel="online",
        applicant_kind="natural_person",
        applicant_name="某人",
        applicant_id="330212190001010000",
        applicant_contact="某地",
        description="要某信息",
        form="电子",
        status_token_sha256="a" * 64,
    )
    g02.confirm_request_receipt(**one, subject="某信息")
    g02.request_reasons(**one, reason="数量过多")
    g02.receive_reasons(**one, conclusion="REASONABLE", reason="研究所需")
    g02.delay_reply(**one, until="2025-05-30", reason="数量多")
    g02.conduct_search(**one, places=["档案室"], terms=["某信息"], found=False, result="未检索到")
    g02.transfer_request_information(**one, organ="市某局", contact="0574")
    g02.reply_request(**one, kind="DOES_NOT_EXIST", **REPLY)
    g02.serve_reply(**one, way="邮寄")
    g02.file_reconsideration(**one, organ="区政府")
    g02.decide_reconsideration(**one, result="UPHELD")
    g02.file_litigation(**one, court="区法院")
    g02.judge_litigation(**one, result="CORRECTED")
    g02.order_request_disclosure(**one)
    two, three = {"request": "Q-2025-002"}, {"request": "Q-2025-003"}
    g02.receive_request(unit="U02", channel="in_person", applicant_kind="business", subject="甲和乙")
    g02.split_request(**two, subject="甲", others=["乙"])
    g02.request_correction(**two, items=["写明年份"], correct_by="2025-03-14")
    g02.receive_correction(**two)
    g02.consult_third_party(**two, consulted="某公司")
    g02.receive_third_party_opinion(**two, opinion="CONSENTED")
    g02.consult_co_producer(**two, consulted="U05")
    g02.receive_co_producer_opinion(**two, opinion="CONSENTED")
    f02.approve_extension(**two, working_days=20, reason="材料多")
    g02.extend_deadline(**two, applicant_told_on="2025-03-03")
    g02.issue_fee_notice(**two, scale="per_page", quantity=31)
    g02.record_fee_paid(**two, amount=10)
    g02.consult_third_party(**three, consulted="某公司")
    g02.consult_co_producer(**three, consulted="U05")
    house.as_("G02", at="2025-03-31T09:00+08:00").record_third_party_silence(**three)
    g02.record_co_producer_silence(**three)
    g02.withdraw_request(**three, reason="申请人书面撤回")
    g02.request_record_correction(record_correction="RC-1", unit="U02", subject="登记信息", demand="姓名有误")
    g02.decide_record_correction(record_correction="RC-1", conclusion="CORRECTED", reason="属实")
    g02.suggest_disclosure(suggestion="S-1", unit="U02", subject="规划", text="请公开")
    g02.examine_suggestion(suggestion="S-1", conclusion="ADOPTED", reason="属主动公开范围")
