"""The words of information requests: what may be asked, what is recorded, why it is refused (十三)."""

from aggregates.area import Area
from aggregates.requests.words_fields import FIELDS, KINDS, LISTS, PERSONAL
from aggregates.requests.words_refusals import RequestRefusal
from aggregates.terms import CommandName, EventName

__all__ = ["AREA", "RequestCommand", "RequestEvent", "RequestRefusal"]


class RequestCommand(CommandName):
    """What may be asked."""

    ADOPT_CALENDAR_YEAR = "adopt_calendar_year", "启用年度工作日历", "adopt a year's working calendar"
    AMEND_CALENDAR = "amend_calendar", "更正工作日历", "amend the working calendar"
    RECEIVE_REQUEST = "receive_request", "登记申请", "receive a request"
    ENTER_REQUEST_FROM_OTHER_CHANNEL = (
        "enter_request_from_other_channel",
        "录入其他途径的申请",
        "enter a request from another channel",
    )
    CONFIRM_REQUEST_RECEIPT = "confirm_request_receipt", "确认收到申请", "confirm a request's receipt"
    SPLIT_REQUEST = "split_request", "拆分申请", "split a request"
    TRANSFER_REQUEST_INFORMATION = "transfer_request_information", "告知其他机关", "name the organ that answers for it"
    REQUEST_CORRECTION = "request_correction", "告知补正", "ask for a correction"
    RECEIVE_CORRECTION = "receive_correction", "登记补正", "receive a correction"
    ABANDON_REQUEST = "abandon_request", "视为放弃申请", "take a request as abandoned"
    WITHDRAW_REQUEST = "withdraw_request", "登记撤回申请", "record a request's withdrawal"
    CONSULT_THIRD_PARTY = "consult_third_party", "征求第三方意见", "consult a third party"
    RECEIVE_THIRD_PARTY_OPINION = "receive_third_party_opinion", "登记第三方意见", "receive a third party's opinion"
    RECORD_THIRD_PARTY_SILENCE = "record_third_party_silence", "登记第三方逾期未提", "record a third party's silence"
    CONSULT_CO_PRODUCER = "consult_co_producer", "征求共同制作机关意见", "consult a co-producing organ"
    RECEIVE_CO_PRODUCER_OPINION = (
        "receive_co_producer_opinion",
        "登记共同制作机关意见",
        "receive a co-producing organ's opinion",
    )
    RECORD_CO_PRODUCER_SILENCE = (
        "record_co_producer_silence",
        "登记共同制作机关视为同意",
        "record a co-producing organ's consent by silence",
    )
    APPROVE_EXTENSION = "approve_extension", "批准延期", "approve an extension"
    EXTEND_DEADLINE = "extend_deadline", "延长答复期限", "extend a deadline"
    REQUEST_REASONS = "request_reasons", "要求说明理由", "ask for reasons"
    RECEIVE_REASONS = "receive_reasons", "认定申请理由", "conclude on the reasons"
    DELAY_REPLY = "delay_reply", "延迟答复", "delay a reply"
    CONDUCT_SEARCH = "conduct_search", "登记检索", "record a search"
    ISSUE_FEE_NOTICE = "issue_fee_notice", "发出收费通知", "issue a fee notice"
    RECORD_FEE_PAID = "record_fee_paid", "登记缴费", "record a fee as paid"
    RECORD_FEE_NOT_PAID = "record_fee_not_paid", "登记逾期未缴费", "record a fee as not paid"
    REPLY_REQUEST = "reply_request", "答复申请", "reply to a request"
    SERVE_REPLY = "serve_reply", "登记送达", "record a reply's service"
    FILE_RECONSIDERATION = "file_reconsideration", "登记申请行政复议", "record a reconsideration"
    DECIDE_RECONSIDERATION = "decide_reconsideration", "登记行政复议决定", "record a reconsideration's decision"
    FILE_LITIGATION = "file_litigation", "登记提起行政诉讼", "record a lawsuit"
    JUDGE_LITIGATION = "judge_litigation", "登记行政诉讼判决", "record a judgment"
    ORDER_REQUEST_DISCLOSURE = "order_request_disclosure", "登记判决公开", "record a court's order to disclose"
    REQUEST_RECORD_CORRECTION = "request_record_correction", "登记更正申请", "enter a demand to correct a record"
    DECIDE_RECORD_CORRECTION = "decide_record_correction", "处理更正申请", "decide a demand to correct a record"
    SUGGEST_DISCLOSURE = "suggest_disclosure", "建议主动公开", "suggest proactive disclosure"
    EXAMINE_SUGGESTION = "examine_suggestion", "审核主动公开建议", "examine a suggestion"


class RequestEvent(EventName):
    """What is recorded."""

    CALENDAR_YEAR_ADOPTED = "calendar.year_adopted/1", "工作日历启用", "calendar year adopted", "(十三)"
    CALENDAR_AMENDED = "calendar.amended/1", "工作日历更正", "calendar amended", "(十三)"
    NUMBER_ASSIGNED = "request_series.number_assigned/1", "申请编号", "request number assigned", "(十三)"
    RECEIVED = "request.received/1", "申请收到", "request received", "(十三)"
    RECEIPT_CONFIRMED = "request.receipt_confirmed/1", "收到确认", "receipt confirmed", "(十三)"
    SPLIT = "request.split/1", "申请拆分", "request split", "(十三)"
    INFORMATION_TRANSFERRED = "request.information_transferred/1", "告知其他机关", "other organ named", "(十三)"
    CORRECTION_REQUESTED = "request.correction_requested/1", "补正告知", "correction requested", "(十三)"
    CORRECTION_RECEIVED = "request.correction_received/1", "补正收到", "correction received", "(十三)"
    THIRD_PARTY_CONSULTED = "request.third_party_consulted/1", "征求第三方意见", "third party consulted", "(十三)"
    THIRD_PARTY_OPINION = "request.third_party_opinion_received/1", "第三方意见", "third party's opinion", "(十三)"
    THIRD_PARTY_SILENT = "request.third_party_silent/1", "第三方逾期未提", "third party silent", "(十三)"
    CO_PRODUCER_CONSULTED = "request.co_producer_consulted/1", "征求共同制作机关", "co-producer consulted", "(十三)"
    CO_PRODUCER_OPINION = (
        "request.co_producer_opinion_received/1",
        "共同制作机关意见",
        "co-producer's opinion",
        "(十三)",
    )
    CO_PRODUCER_CONSENTING = (
        "request.co_producer_deemed_consenting/1",
        "共同制作机关视为同意",
        "co-producer deemed consenting",
        "(十三)",
    )
    EXTENSION_APPROVED = "request.extension_approved/1", "延期批准", "extension approved", "(十三)"
    DEADLINE_EXTENDED = "request.deadline_extended/1", "延期告知", "deadline extended", "(十三)"
    REASONS_REQUESTED = "request.reasons_requested/1", "要求说明理由", "reasons requested", "(十三)"
    REASONS_RECEIVED = "request.reasons_received/1", "申请理由认定", "reasons concluded on", "(十三)"
    REPLY_DELAYED = "request.reply_delayed/1", "延迟答复", "reply delayed", "(十三)"
    SEARCH_CONDUCTED = "request.search_conducted/1", "检索记录", "search conducted", "(十三)"
    FEE_NOTICE_ISSUED = "request.fee_notice_issued/1", "收费通知", "fee notice issued", "(十三)"
    FEE_PAID = "request.fee_paid/1", "缴费", "fee paid", "(十三)"
    REPLIED = "request.replied/1", "申请答复", "request replied", "(十三)"
    CLOSED = "request.closed/1", "不再处理", "request closed", "(十三)"
    REPLY_SERVED = "request.reply_served/1", "答复送达", "reply served", "(十三)"
    RECONSIDERATION_FILED = "request.reconsideration_filed/1", "申请行政复议", "reconsideration filed", "(十三)"
    RECONSIDERATION_DECIDED = "request.reconsideration_decided/1", "行政复议决定", "reconsideration decided", "(十三)"
    LITIGATION_FILED = "request.litigation_filed/1", "提起行政诉讼", "litigation filed", "(十三)"
    LITIGATION_JUDGED = "request.litigation_judged/1", "行政诉讼判决", "litigation judged", "(十三)"
    DISCLOSURE_ORDERED = "request.disclosure_ordered/1", "判决公开", "court ordered disclosure", "(十三)"
    RECORD_CORRECTION_REQUESTED = (
        "record_correction.requested/1",
        "更正申请",
        "record correction requested",
        "(十三)",
    )
    RECORD_CORRECTION_DECIDED = "record_correction.decided/1", "更正处理", "record correction decided", "(十三)"
    SUGGESTION_RECEIVED = "suggestion.received/1", "主动公开建议收到", "proactive suggestion received", "(十三)"
    SUGGESTION_EXAMINED = "suggestion.examined/1", "主动公开建议审核", "proactive suggestion examined", "(十三)"


AREA = Area(
    "requests",
    RequestCommand,
    RequestEvent,
    RequestRefusal,
    lists=LISTS,
    fields=FIELDS,
    kinds=KINDS,
    subjects={
        "request": "request",
        "duplicate_of": "request",
        "split_from": "request",
        "record_correction": "record_correction",
        "suggestion": "suggestion",
    },
    streams={"request": "request", "record_correction": "record_correction", "suggestion": "suggestion"},
    personal=PERSONAL,
)
