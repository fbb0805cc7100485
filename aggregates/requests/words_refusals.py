"""Why something about a request is refused: code, article, labels, sentences (十三)."""

from aggregates.terms import RefusalReason


class RequestRefusal(RefusalReason):
    """The reason codes of information requests and of the working calendar."""

    CALENDAR_YEAR_UNKNOWN = (
        "CALENDAR_YEAR_UNKNOWN", "(十三)", "该年工作日历未启用", "calendar year not adopted",
        "{year}年的工作日历尚未启用，无法更正。请先依国务院办公厅放假通知启用该年日历。",
        "The calendar of {year} is not adopted and cannot be amended. Adopt the year from its notice first.",
    )  # fmt: skip
    CALENDAR_NOT_ADOPTED = (
        "CALENDAR_NOT_ADOPTED", "(十三)", "期限无法计算", "period cannot be counted",
        "{request}自{since}起的期限跨入工作日历未启用的年份，无法认定是否届满。请先启用该年日历。",
        ("The period of {request} from {since} runs into a year whose calendar is not adopted; whether it has ended "
        "cannot be told. Adopt that year first."),
    )  # fmt: skip
    REQUEST_UNKNOWN = (
        "REQUEST_UNKNOWN", "(十三)", "申请不存在", "request unknown",
        "台账中没有申请{request}。请核对申请编号，或先登记申请。",
        "The ledger holds no request {request}. Check its number, or enter the request first.",
    )  # fmt: skip
    REQUEST_NUMBER_NOT_NEXT = (
        "REQUEST_NUMBER_NOT_NEXT", "(十三)", "申请编号不连续", "request number out of series",
        "编号{request}不是下一个编号，下一个为{following}。申请按年连续编号，请用下一个编号或由台账编号。",
        ("The number {request} is not the next one, which is {following}. Requests are numbered year by year "
        "without a gap; use the next number, or leave it to the ledger."),
    )  # fmt: skip
    REQUEST_STATE = (
        "REQUEST_STATE", "(十三)", "与办理状态不符", "does not fit the request's state",
        "{request}现为“{state_zh}”，不能办理此事项。请核对该申请的办理过程。",
        "{request} stands as {state} ({state_en}); this does not fit. Look at what was recorded of it.",
    )  # fmt: skip
    NOT_ONE_MATTER = (
        "NOT_ONE_MATTER", "(十三)", "没有多个事项", "there are not several matters",
        "拆分{request}须写明保留的事项和至少一个另立的事项，且一并来自同一申请。请补充后重新办理。",
        "To split {request}, name the matter it keeps and at least one that becomes a request of its own.",
    )  # fmt: skip
    CORRECTION_REQUESTED_BEFORE = (
        "CORRECTION_REQUESTED_BEFORE", "(十三)", "已告知补正", "correction requested before",
        "{request}已告知补正（期限{correct_by}），补正须一次性告知。请按现有内容办理或答复。",
        ("The applicant of {request} was asked to correct before (by {correct_by}); this is done once and for all. "
        "Handle or answer the request as it is."),
    )  # fmt: skip
    CORRECTION_PERIOD_OPEN = (
        "CORRECTION_PERIOD_OPEN", "(十三)", "补正期限未满", "correction period open",
        "{request}的补正期限到{correct_by}为止，尚未届满，不能视为放弃。",
        "The applicant of {request} may correct until {correct_by}; it cannot be taken as abandoned yet.",
    )  # fmt: skip
    CORRECTION_NOT_RECEIVED = (
        "CORRECTION_NOT_RECEIVED", "(十三)", "未经补正", "not corrected",
        "{request}未经补正，不能以“补正后内容仍不明确”答复。请先告知补正。",
        "{request} was not corrected, so it cannot be answered as still unclear after correction. Ask for it first.",
    )  # fmt: skip
    CONSULTATION_NOT_OPEN = (
        "CONSULTATION_NOT_OPEN", "(十三)", "没有进行中的征求意见", "no consultation open",
        "{request}没有进行中的该类征求意见。请核对，或先发出征求意见书。",
        "{request} has no such consultation open. Check it, or send the letter first.",
    )  # fmt: skip
    CONSULTATION_PERIOD_OPEN = (
        "CONSULTATION_PERIOD_OPEN", "(十三)", "征求意见期限未满", "consultation period open",
        "{request}征求意见的期限到{limit_on}为止，尚未届满，不能认定逾期未提。",
        "The opinion on {request} may come until {limit_on}; silence cannot be recorded yet.",
    )  # fmt: skip
    CONSULTATION_PENDING = (
        "CONSULTATION_PENDING", "(十三)", "第三方意见未定", "third party not heard",
        "{request}正在征求第三方意见，既无意见也未登记逾期，不得公开。请先登记意见或逾期。",
        ("A third party's opinion on {request} is asked for and neither it nor silence is on the record; nothing is "
        "disclosed before. Record one of them first."),
    )  # fmt: skip
    THIRD_PARTY_OBJECTED = (
        "THIRD_PARTY_OBJECTED", "(十三)", "第三方不同意公开", "third party objected",
        "{request}的第三方不同意公开。决定公开须写明其理由不成立或不公开将对公共利益造成重大影响。",
        ("The third party objected to disclosing {request}. To disclose, state why its reasons do not hold or what "
        "grave harm to the public interest secrecy would do."),
    )  # fmt: skip
    EXTENSION_NOT_APPROVED = (
        "EXTENSION_NOT_APPROVED", "(十三)", "延期未经批准", "extension not approved",
        "{request}的延期未经政府信息公开工作机构负责人同意，{officer}不能自行延期。期限不变，请先报负责人批准。",
        ("The extension of {request} was not approved by the head of the disclosure office; {officer} cannot extend "
        "it alone. The period stands; have it approved first."),
    )  # fmt: skip
    EXTENSION_NOT_TOLD = (
        "EXTENSION_NOT_TOLD", "(十三)", "延期未告知申请人", "applicant not told of the extension",
        "{request}的延期未写明告知申请人的日期。延期须批准并告知申请人，期限不变，请先告知。",
        ("When the applicant of {request} was told of the extension is not stated. It must be approved and told; the "
        "period stands, tell the applicant first."),
    )  # fmt: skip
    EXTENSION_TOO_LATE = (
        "EXTENSION_TOO_LATE", "(十三)", "期限已过，不能延期", "too late to extend",
        "{request}的答复期限已于{due_on}届满，不能再延期。请尽快答复，逾期将如实记录。",
        "The period of {request} ended on {due_on} and cannot be extended any more. Answer it; the delay is recorded.",
    )  # fmt: skip
    EXTENDED_BEFORE = (
        "EXTENDED_BEFORE", "(十三)", "已经延期", "extended before",
        "{request}已延期{working_days}个工作日，只能延期一次。",
        "{request} was extended by {working_days} working days before; it can be extended once.",
    )  # fmt: skip
    REASONS_NOT_REQUESTED = (
        "REASONS_NOT_REQUESTED", "(十三)", "未要求说明理由", "reasons not requested",
        "尚未要求{request}的申请人说明理由。请先要求说明理由。",
        "The applicant of {request} was not asked for reasons. Ask first.",
    )  # fmt: skip
    REASONS_NOT_REASONABLE = (
        "REASONS_NOT_REASONABLE", "(十三)", "未认定理由合理", "reasons not found reasonable",
        "{request}的申请理由未被认定为合理，不能延迟答复。请先要求说明理由并作出认定。",
        ("The reasons for {request} were not found reasonable, so the reply cannot be delayed. Ask for reasons and "
        "conclude on them first."),
    )  # fmt: skip
    REASONS_NOT_EXAMINED = (
        "REASONS_NOT_EXAMINED", "(十三)", "未认定理由不合理", "reasons not found wanting",
        "{request}未认定理由不合理或未说明理由，不能以“无正当理由大量反复申请”不予处理。",
        ("That {request} has no good reason was not concluded; it cannot be left unhandled as excessive. Ask for "
        "reasons and conclude on them first."),
    )  # fmt: skip
    SEARCH_NOT_CONDUCTED = (
        "SEARCH_NOT_CONDUCTED", "(十三)", "未经检索", "no search on the record",
        "{request}没有检索记录，不能答复信息不存在。请先检索，并登记检索范围、检索词和结果。",
        ("No search for {request} is on the record, so it cannot be answered that the information does not exist. "
        "Search, and record where, for what and with what result."),
    )  # fmt: skip
    ORIGINAL_NOT_REPLIED = (
        "ORIGINAL_NOT_REPLIED", "(十三)", "原申请未答复", "the original was not replied to",
        "以重复申请答复{request}，须写明已经答复的原申请（所报：{original}）。",
        "To answer {request} as a duplicate, name an earlier request that was answered (named: {original}).",
    )  # fmt: skip
    REPLY_PART_MISSING = (
        "REPLY_PART_MISSING", "(十三)", "答复要素不全", "reply lacks a part",
        "{request}的答复缺少：{missing_zh}。请补齐后答复。",
        "The reply to {request} lacks: {missing}. Complete it and answer.",
    )  # fmt: skip
    FEE_NOTICE_ISSUED_BEFORE = (
        "FEE_NOTICE_ISSUED_BEFORE", "(十三)", "已发收费通知", "fee notice issued before",
        "{request}已按“{scale}”标准发出收费通知，两种标准不得同时适用。",
        "A fee notice by the scale {scale} was issued for {request}; the two scales are never both applied.",
    )  # fmt: skip
    NO_FEE_DUE = (
        "NO_FEE_DUE", "(十三)", "不应收费", "no fee is due",
        "{request}（数量{quantity}）在免费范围内，或所适用的条例没有此项收费。不得收费。",
        ("{request} with the quantity {quantity} lies within what is free, or its regulation knows no such fee. "
        "Nothing may be charged."),
    )  # fmt: skip
    FEE_AMOUNT_DIFFERS = (
        "FEE_AMOUNT_DIFFERS", "(十三)", "金额不符", "amount differs",
        "{request}应缴{expected}元，所报{amount}元。请核对后登记。",
        "The fee of {request} is {expected} yuan, {amount} were named. Check and record it again.",
    )  # fmt: skip
    PAYMENT_PERIOD_OPEN = (
        "PAYMENT_PERIOD_OPEN", "(十三)", "缴费期限未满", "payment period open",
        "{request}的缴费期限到{pay_by}为止，尚未届满。",
        "The fee of {request} may be paid until {pay_by}; it cannot be taken as unpaid yet.",
    )  # fmt: skip
    REMEDY_NOT_OPEN = (
        "REMEDY_NOT_OPEN", "(十三)", "没有待决的救济", "no remedy open",
        "{request}没有待决的行政复议或行政诉讼。请先登记提起情况。",
        "No reconsideration or lawsuit about {request} is open. Record that it was filed first.",
    )  # fmt: skip
    RECORD_CORRECTION_UNKNOWN = (
        "RECORD_CORRECTION_UNKNOWN", "(十三)", "更正申请不存在", "record correction unknown",
        "台账中没有更正申请{record_correction}。请核对编号。",
        "The ledger holds no demand {record_correction} to correct a record. Check its number.",
    )  # fmt: skip
    SUGGESTION_UNKNOWN = (
        "SUGGESTION_UNKNOWN", "(十三)", "建议不存在", "suggestion unknown",
        "台账中没有建议{suggestion}。请核对编号。",
        "The ledger holds no suggestion {suggestion}. Check its number.",
    )  # fmt: skip
    DECIDED_BEFORE = (
        "DECIDED_BEFORE", "(十三)", "已经处理", "decided before",
        "{subject}已经作出处理，不能再次处理。",
        "{subject} was decided before and cannot be decided again.",
    )  # fmt: skip
