"""The closed lists of information requests: ways, applicants, replies, rows of the statutory table (十三)."""

from aggregates.terms import Term


class RequestChannel(Term):
    """How a request reaches the organ; the receipt day follows from it (条例第三十一条)."""

    IN_PERSON = "in_person", "当面提交", "in person"
    ORAL = "oral", "口头提出(代为填写)", "orally, written down by the office"
    REGISTERED_MAIL = "registered_mail", "挂号信、特快专递", "registered mail or express"
    ORDINARY_MAIL = "ordinary_mail", "平常信函", "ordinary mail"
    ONLINE = "online", "互联网", "internet"
    FAX = "fax", "传真", "fax"
    OTHER_OFFICE = "other_office", "寄至机关其他机构", "sent to another office of the organ"


class ApplicantKind(Term):
    """The columns of the statutory table (申请人情况)."""

    NATURAL_PERSON = "natural_person", "自然人", "natural person"
    BUSINESS = "business", "商业企业", "business"
    RESEARCH = "research", "科研机构", "research institution"
    WELFARE = "welfare", "社会公益组织", "public-benefit organisation"
    LEGAL_SERVICE = "legal_service", "法律服务机构", "legal service"
    OTHER = "other", "其他", "other"


class ReplyKind(Term):
    """What a request is answered (条例第三十六条至第三十九条); each is counted in one row of table 2."""

    ALREADY_PUBLIC = "ALREADY_PUBLIC", "已主动公开，告知获取方式", "already public, told where"
    GRANTED = "GRANTED", "予以公开", "granted"
    PARTIAL = "PARTIAL", "部分公开(区分处理)", "partly granted, severed"
    WITHHELD_STATE_SECRET = "WITHHELD_STATE_SECRET", "不予公开：国家秘密", "withheld: state secret"
    WITHHELD_BY_LAW = "WITHHELD_BY_LAW", "不予公开：法律行政法规禁止", "withheld: forbidden by law"
    WITHHELD_SAFETY = "WITHHELD_SAFETY", "不予公开：危及“三安全一稳定”", "withheld: endangers safety or stability"
    WITHHELD_THIRD_PARTY = "WITHHELD_THIRD_PARTY", "不予公开：第三方合法权益", "withheld: a third party's rights"
    WITHHELD_INTERNAL = "WITHHELD_INTERNAL", "不予公开：内部事务信息", "withheld: internal affairs"
    WITHHELD_PROCESS = "WITHHELD_PROCESS", "不予公开：过程性信息", "withheld: process information"
    WITHHELD_ENFORCEMENT_FILE = "WITHHELD_ENFORCEMENT_FILE", "不予公开：行政执法案卷", "withheld: enforcement file"
    INQUIRY_MATTER = "INQUIRY_MATTER", "属于行政查询事项，依专门规定", "an inquiry under special rules"
    DOES_NOT_EXIST = "DOES_NOT_EXIST", "信息不存在", "the information does not exist"
    NOT_RESPONSIBLE = "NOT_RESPONSIBLE", "不属于本机关负责公开", "not this organ's to disclose"
    NEEDS_CREATION = "NEEDS_CREATION", "没有现成信息，需另行制作", "would have to be made first"
    STILL_UNCLEAR = "STILL_UNCLEAR", "补正后内容仍不明确", "still unclear after correction"
    PETITION = "PETITION", "信访举报投诉，不作为申请处理", "a petition, report or complaint"
    DUPLICATE = "DUPLICATE", "重复申请，不予重复处理", "duplicate request"
    PUBLIC_PRINT = "PUBLIC_PRINT", "要求提供公开出版物，告知途径", "asks for a public print"
    EXCESSIVE = "EXCESSIVE", "无正当理由大量反复申请，不予处理", "excessive without good reason"
    RECONFIRMATION = "RECONFIRMATION", "要求确认或重新出具已获取信息", "asks to confirm what was obtained"
    OTHER = "OTHER", "其他处理", "handled otherwise"


class RequestClosing(Term):
    """How a request ends without a reply; counted in table 2 as well."""

    ABANDONED = "ABANDONED", "逾期不补正，视为放弃", "not corrected in time, taken as abandoned"
    FEE_NOT_PAID = "FEE_NOT_PAID", "逾期未缴费，不再处理", "fee not paid in time"
    WITHDRAWN = "WITHDRAWN", "申请人撤回", "withdrawn by the applicant"


class Table2Row(Term):
    """The rows of part 三 of table 2 of the annual report (国办公开办函〔2021〕30号), word for word."""

    GRANTED = "3.1", "予以公开", "granted"
    PARTIAL = "3.2", "部分公开（区分处理的，只计这一情形，不计其他情形）", "partly granted"
    STATE_SECRET = "3.3.1", "属于国家秘密", "state secret"
    BY_LAW = "3.3.2", "其他法律行政法规禁止公开", "forbidden by law"
    SAFETY = "3.3.3", "危及“三安全一稳定”", "endangers safety or stability"
    THIRD_PARTY = "3.3.4", "保护第三方合法权益", "a third party's rights"
    INTERNAL = "3.3.5", "属于三类内部事务信息", "internal affairs"
    PROCESS = "3.3.6", "属于四类过程性信息", "process information"
    ENFORCEMENT_FILE = "3.3.7", "属于行政执法案卷", "enforcement file"
    INQUIRY_MATTER = "3.3.8", "属于行政查询事项", "inquiry matter"
    NOT_HELD = "3.4.1", "本机关不掌握相关政府信息", "not held"
    NEEDS_CREATION = "3.4.2", "没有现成信息需要另行制作", "would have to be made"
    STILL_UNCLEAR = "3.4.3", "补正后申请内容仍不明确", "still unclear"
    PETITION = "3.5.1", "信访举报投诉类申请", "petition, report, complaint"
    DUPLICATE = "3.5.2", "重复申请", "duplicate"
    PUBLIC_PRINT = "3.5.3", "要求提供公开出版物", "public print"
    EXCESSIVE = "3.5.4", "无正当理由大量反复申请", "excessive"
    RECONFIRMATION = "3.5.5", "要求行政机关确认或重新出具已获取信息", "reconfirmation"
    ABANDONED = "3.6.1", "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "not corrected in time"
    FEE_NOT_PAID = "3.6.2", "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "fee not paid"
    OTHER = "3.6.3", "其他", "other"


class ReplyPart(Term):
    """What every reply states (江苏省政府信息公开申请办理答复规范)."""

    TITLE = "TITLE", "标题", "title"
    DOCUMENT_NUMBER = "DOCUMENT_NUMBER", "文号", "document number"
    APPLICANT = "APPLICANT", "申请人", "applicant"
    FACTS = "FACTS", "申请事实", "facts of the request"
    LEGAL_BASIS = "LEGAL_BASIS", "法律依据", "legal basis"
    DECISION = "DECISION", "处理决定", "decision"
    REMEDIES = "REMEDIES", "复议诉讼的权利和期限", "remedies and their time limits"
    AUTHORITY = "AUTHORITY", "答复主体", "replying organ"
    DATE = "DATE", "答复日期", "date"
    SEAL = "SEAL", "印章", "seal"


class RequestFlag(Term):
    """What is recorded and flagged instead of refused."""

    LATE_ENTRY = "LATE_ENTRY", "录入不及时", "entered late"
    CORRECTION_NOTICE_LATE = "CORRECTION_NOTICE_LATE", "补正告知超过7个工作日", "correction notice late"
    CORRECTION_PERIOD_LONG = "CORRECTION_PERIOD_LONG", "补正期限过长", "correction period long"
    CORRECTION_LATE = "CORRECTION_LATE", "逾期补正", "corrected late"
    OPINION_LATE = "OPINION_LATE", "意见逾期", "opinion came late"
    OVERDUE = "OVERDUE", "逾期答复", "replied late"
    DUE_UNKNOWN = "DUE_UNKNOWN", "到期日未知(该年日历未启用)", "due day unknown, calendar not adopted"
    REPLY_PART_MISSING = "REPLY_PART_MISSING", "答复要素不全", "reply lacks a part"
    RECONSIDERATION_NOT_FIRST = "RECONSIDERATION_NOT_FIRST", "未经复议前置", "no reconsideration before"


class Opinion(Term):
    """What a third party or a co-producing organ says."""

    CONSENTED = "CONSENTED", "同意公开", "consents"
    OBJECTED = "OBJECTED", "不同意公开", "objects"


class ReasonsConclusion(Term):
    """What the organ makes of the reasons for so many requests (条例第三十五条)."""

    REASONABLE = "REASONABLE", "理由合理", "reasonable"
    UNREASONABLE = "UNREASONABLE", "理由不合理", "not reasonable"
    NOT_GIVEN = "NOT_GIVEN", "未说明理由", "none were given"


class FeeScale(Term):
    """One of two, never both (国办函〔2020〕109号)."""

    PER_REQUEST = "per_request", "按件计收", "per request"
    PER_PAGE = "per_page", "按量计收", "per page"


class RemedyResult(Term):
    """What a reconsideration or a lawsuit came to: the columns of table 3."""

    UPHELD = "UPHELD", "结果维持", "upheld"
    CORRECTED = "CORRECTED", "结果纠正", "corrected"
    OTHER = "OTHER", "其他结果", "other result"


class RecordCorrectionConclusion(Term):
    """What became of a demand to correct a record about oneself (条例第四十一条)."""

    CORRECTED = "CORRECTED", "予以更正", "corrected"
    NOT_CORRECTED = "NOT_CORRECTED", "不予更正", "not corrected"
    TRANSFERRED = "TRANSFERRED", "转送有权机关", "passed to the competent organ"
    REFERRED = "REFERRED", "告知向有权机关提出", "told to ask the competent organ"


class SuggestionConclusion(Term):
    """What became of a suggestion to disclose proactively (条例第四十四条)."""

    ADOPTED = "ADOPTED", "纳入主动公开", "taken into proactive disclosure"
    NOT_ADOPTED = "NOT_ADOPTED", "不纳入", "not adopted"
