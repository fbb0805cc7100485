"""The programme's words: every closed list of codes with its Chinese and English label, in one place.

A code is what an event carries; a label is what a person reads.  ``label("post", "drafter")`` answers
for any code of any list, also for one that a later version has added (the code itself, then).
"""

from collections.abc import Iterable, Mapping
from itertools import chain

from aggregates.area_words import AREAS
from aggregates.refusal_codes import RefusalCode
from aggregates.terms import CommandName, EventName, Label, RefusalReason, Term

__all__ = ["COMMANDS", "EVENT_TYPES", "LISTS", "REFUSALS", "Label", "Term", "label"]


class Post(Term):
    """The posts of the programme (岗位); who may do what is in ``aggregates.posts``."""

    DRAFTER = "drafter", "拟稿人", "drafter"
    REVIEWER = "reviewer", "审核人", "reviewer"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查员", "secrecy reviewer"
    PUBLISHER = "publisher", "发布人员", "publishing officer"
    DISCLOSURE_OFFICER = "disclosure_officer", "公开机构工作人员", "disclosure officer"
    DEPUTY_IN_CHARGE = "deputy_in_charge", "分管负责人", "deputy in charge"
    PRINCIPAL = "principal", "主要负责人", "principal"
    ARCHIVIST = "archivist", "档案人员", "archivist"
    INSPECTOR = "inspector", "检查人员", "inspector"
    INVESTIGATOR = "investigator", "调查人员", "investigator"
    SECRECY_ADMINISTRATION = "secrecy_administration", "保密行政管理部门", "secrecy administration"
    ADMINISTRATOR = "administrator", "系统管理员", "administrator"
    OPINION_MONITOR = "opinion_monitor", "舆情监测员", "public opinion monitor"
    ASSESSOR = "assessor", "测评人员", "assessor"
    CITIZEN = "citizen", "公民、法人或者其他组织", "member of the public"


class UnitKind(Term):
    """What a unit is to the district."""

    DISTRICT_OFFICE = "district_office", "区政府办公室", "district government office"
    DEPARTMENT = "department", "区级部门", "department"
    TOWN = "town", "镇", "town"
    SUBDISTRICT = "subdistrict", "街道", "sub-district"
    EXTERNAL = "external", "外部单位", "external body"


class ChannelKind(Term):
    """Where information may be put before the public (十) (十一)."""

    PLATFORM = "platform", "政府信息公开平台", "disclosure platform"
    GAZETTE = "gazette", "政府公报", "gazette"
    WEIBO = "weibo", "微博", "weibo"
    WECHAT = "wechat", "微信", "wechat"
    PRESS_CONFERENCE = "press_conference", "新闻发布会", "press conference"
    NEWSPAPER = "newspaper", "报刊", "newspaper"
    RADIO = "radio", "广播", "radio"
    TELEVISION = "television", "电视", "television"
    NOTICE_BOARD = "notice_board", "公告栏", "notice board"
    WEBSITE = "website", "政府网站", "website"


class Attribute(Term):
    """The disclosure attribute of a document (公开属性), a closed list (一)."""

    PROACTIVE = "PROACTIVE", "主动公开", "proactive disclosure"
    ON_REQUEST = "ON_REQUEST", "依申请公开", "disclosure on request"
    WITHHELD = "WITHHELD", "不予公开", "withheld"
    PARTIAL = "PARTIAL", "部分(区分)公开", "partial (severed) disclosure"


class Phase(Term):
    """The five kinds of openness (五公开)."""

    DECISION = "decision", "决策公开", "decision"
    EXECUTION = "execution", "执行公开", "execution"
    ADMINISTRATION = "administration", "管理公开", "administration"
    SERVICE = "service", "服务公开", "service"
    RESULT = "result", "结果公开", "result"


class WorkflowStep(Term):
    """The steps a unit's document workflow may name (公文办理与发布流程)."""

    DRAFT = "DRAFT", "拟稿", "drafting"
    ATTRIBUTE = "ATTRIBUTE", "公开属性认定", "attribute determination"
    ATTRIBUTE_REVIEW = "ATTRIBUTE_REVIEW", "公开属性审查", "attribute review"
    NON_DISCLOSURE_EXAMINATION = "NON_DISCLOSURE_EXAMINATION", "拟不公开审查", "non-disclosure examination"
    SUBMISSION = "SUBMISSION", "报批", "submission for approval"
    APPROVAL = "APPROVAL", "批准", "approval"
    SECRECY_REVIEW = "SECRECY_REVIEW", "保密审查", "secrecy review"
    PUBLICATION = "PUBLICATION", "发布", "publication"
    REGISTRATION = "REGISTRATION", "登记", "registration"
    ARCHIVING = "ARCHIVING", "归档", "archiving"


class AttributeConclusion(Term):
    """What the attribute review came to."""

    CONFIRMED = "CONFIRMED", "同意", "confirmed"
    CHANGE_REQUESTED = "CHANGE_REQUESTED", "要求修改", "change requested"


class ExaminationConclusion(Term):
    """What the unit's disclosure office said to a proposed non-disclosure."""

    AGREED = "AGREED", "同意不公开", "agreed"
    DISAGREED = "DISAGREED", "不同意不公开", "disagreed"


class ReturnGround(Term):
    """Why the district office returns a document (退文)."""

    NO_DISCLOSURE_ATTRIBUTE = "NO_DISCLOSURE_ATTRIBUTE", "没有明确的公开属性建议", "no disclosure attribute"
    NO_LEGAL_REASON = "NO_LEGAL_REASON", "没有依法依规说明不公开理由", "no legal reason for non-disclosure"
    INCOMPLETE_PACKAGE = "INCOMPLETE_PACKAGE", "上报材料不齐全(缺解读材料)", "interpretation missing from the package"
    OTHER = "OTHER", "其他按规定应予退文的情形", "another ground by rule"


class Defect(Term):
    """A defect for which the district office may return a document, or waive it (免予退文)."""

    NO_DISCLOSURE_ATTRIBUTE = "NO_DISCLOSURE_ATTRIBUTE", "没有明确的公开属性建议", "no disclosure attribute"
    NO_LEGAL_REASON = "NO_LEGAL_REASON", "没有依法依规说明不公开理由", "no legal reason for non-disclosure"


class SecrecyConclusion(Term):
    """What a secrecy review came to (四)."""

    CLEARED = "CLEARED", "可以公开", "cleared"
    CLEARED_WITH_SEVERANCE = "CLEARED_WITH_SEVERANCE", "区分处理后可以公开", "cleared with severance"
    REFUSED = "REFUSED", "不得公开", "refused"
    ESCALATED = "ESCALATED", "报请确定", "escalated"


class SecrecyDetermination(Term):
    """What the secrecy administration determined."""

    NOT_SECRET = "NOT_SECRET", "不属于国家秘密", "not a state secret"
    SECRET = "SECRET", "属于国家秘密", "state secret"


class SecrecyLevel(Term):
    """The levels of state secrets."""

    CONFIDENTIAL = "CONFIDENTIAL", "秘密", "confidential"
    SECRET = "SECRET", "机密", "secret"
    TOP_SECRET = "TOP_SECRET", "绝密", "top secret"


class WithdrawalReason(Term):
    """Why a publication was taken back."""

    SUSPECTED_SECRET = "SUSPECTED_SECRET", "涉嫌涉密", "suspected state secret"
    ERROR = "ERROR", "内容有误", "error"
    EXPIRED = "EXPIRED", "已失效", "expired"
    REPEALED = "REPEALED", "已废止", "repealed"
    OTHER = "OTHER", "其他", "other"


class Retention(Term):
    """How long a record is kept (保管期限)."""

    PERMANENT = "permanent", "永久", "permanent"
    THIRTY_YEARS = "30_years", "30年", "30 years"
    TEN_YEARS = "10_years", "10年", "10 years"


class CaseGround(Term):
    """On what ground responsibility is pursued (十七)."""

    RULE_VIOLATION = "RULE_VIOLATION", "违反政务公开有关规定", "violation of the rules"
    NON_PERFORMANCE = "NON_PERFORMANCE", "不履行公开义务", "duty to disclose not performed"
    IMPROPER_DISCLOSURE = "IMPROPER_DISCLOSURE", "公开不应当公开事项", "improper disclosure"


class ResponsibilityClass(Term):
    """In what way an officer is responsible (十七)."""

    SUPERVISOR = "SUPERVISOR", "直接负责的主管人员", "supervisor directly in charge"
    DIRECT = "DIRECT", "直接责任人员", "person directly responsible"


class Mode(Term):
    """What a rule that the text leaves open does in this district."""

    REFUSE = "REFUSE", "拒绝", "refuse"
    FLAG = "FLAG", "记录并提示", "record and flag"


class EventType(EventName):
    """Every event of the ground floor's stable published name and how it is read."""

    UNIT_REGISTERED = "unit.registered/1", "单位登记", "unit registered"
    DISCLOSURE_OFFICE_DESIGNATED = "unit.disclosure_office_designated/1", "明确公开机构", "disclosure office designated"
    UNIT_SUCCEEDED = "unit.succeeded/1", "机构承继", "unit succeeded"
    OFFICER_REGISTERED = "officer.registered/1", "人员登记", "officer registered"
    OFFICER_APPOINTED = "officer.appointed/1", "岗位任命", "officer appointed"
    OFFICER_RELIEVED = "officer.relieved/1", "岗位解除", "officer relieved"
    CHANNEL_REGISTERED = "channel.registered/1", "渠道登记", "channel registered"
    CHANNEL_RETIRED = "channel.retired/1", "渠道注销", "channel retired"
    PLATFORM_OWNER_ASSIGNED = "platform.owner_assigned/1", "平台责任主体确定", "platform owner assigned"
    COLUMN_REGISTERED = "column.registered/1", "栏目登记", "column registered"
    COLUMN_MAINTAINED = "column.maintained/1", "栏目维护", "column maintained"
    WORKFLOW_ADOPTED = "workflow.adopted/1", "发布流程启用", "workflow adopted"
    RULESET_ADOPTED = "ruleset.adopted/1", "规则集启用", "ruleset adopted"
    DOCUMENT_DRAFTED = "document.drafted/1", "公文起草", "document drafted"
    DOCUMENT_REVISED = "document.revised/1", "公文修改", "document revised"
    ATTRIBUTE_DETERMINED = "document.attribute_determined/1", "公开属性认定", "disclosure attribute determined"
    ATTRIBUTE_REVIEWED = "document.attribute_reviewed/1", "公开属性审查", "disclosure attribute reviewed"
    REFERRED = "document.referred_to_disclosure_office/1", "送公开机构审查", "referred to the disclosure office"
    NON_DISCLOSURE_EXAMINED = "document.non_disclosure_examined/1", "拟不公开审查", "non-disclosure examined"
    DOCUMENT_SUBMITTED = "document.submitted/1", "公文报批", "document submitted for approval"
    DOCUMENT_RETURNED = "document.returned/1", "退文", "document returned"
    DEFECT_WAIVED = "document.defect_waived/1", "免予退文", "defect waived"
    DOCUMENT_APPROVED = "document.approved/1", "公文批准", "document approved"
    SECRECY_REVIEWED = "document.secrecy_reviewed/1", "保密审查", "secrecy reviewed"
    SECRECY_ESCALATED = "document.secrecy_escalated/1", "保密问题报请确定", "secrecy question escalated"
    SECRECY_DETERMINED = "document.secrecy_determined/1", "密级确定", "secrecy determined"
    PUBLISHED = "publication.published/1", "信息发布", "information published"
    CHANNEL_ADDED = "publication.channel_added/1", "增加渠道", "channel added"
    CORRECTED = "publication.corrected/1", "更正", "publication corrected"
    WITHDRAWN = "publication.withdrawn/1", "撤回", "publication withdrawn"
    SEALED = "publication.sealed/1", "内容封存", "content sealed"
    UNSEALED = "publication.unsealed/1", "内容启封", "content unsealed"
    ARCHIVED = "publication.archived/1", "记录归档", "record archived"
    HISTORIC_RECORDED = "publication.historic_recorded/1", "历史登记导入", "historic register row recorded"
    SUPERSEDED = "publication.superseded/1", "被替代", "publication superseded"
    UNREGISTERED_PUBLICATION_FOUND = (
        "found.unregistered_publication/1",
        "未登记发布",
        "unregistered publication found",
    )
    ATTEMPT_REFUSED = "attempt.refused/1", "操作被拒", "attempt refused"
    LEDGER_CONSULTED = "ledger.consulted/1", "台账查阅", "ledger consulted"
    PERSONAL_VALUES_ERASED = "personal.erased/1", "个人信息删除", "personal values erased"
    CASE_OPENED = "case.opened/1", "责任追究立案", "accountability case opened"
    RESPONSIBILITY_DETERMINED = "case.responsibility_determined/1", "责任认定", "responsibility determined"
    MEASURE_IMPOSED = "case.measure_imposed/1", "处理决定", "measure imposed"


class Command(CommandName):
    """What may be asked of the Registry on the ground floor; who may ask it is in ``aggregates.posts``."""

    FOUND_DISTRICT = "found_district", "开立台账", "found the district"
    REGISTER_UNIT = "register_unit", "登记单位", "register a unit"
    SUCCEED_UNIT = "succeed_unit", "登记机构承继", "record a unit's successor"
    DESIGNATE_DISCLOSURE_OFFICE = "designate_disclosure_office", "明确公开机构", "designate the disclosure office"
    REGISTER_OFFICER = "register_officer", "登记人员", "register an officer"
    APPOINT_OFFICER = "appoint_officer", "任命岗位", "appoint an officer"
    RELIEVE_OFFICER = "relieve_officer", "解除岗位", "relieve an officer"
    REGISTER_CHANNEL = "register_channel", "登记渠道", "register a channel"
    RETIRE_CHANNEL = "retire_channel", "注销渠道", "retire a channel"
    ASSIGN_PLATFORM_OWNER = "assign_platform_owner", "确定平台责任主体", "assign the platform's owner"
    REGISTER_COLUMN = "register_column", "登记栏目", "register a column"
    MAINTAIN_COLUMN = "maintain_column", "维护栏目", "maintain a column"
    ADOPT_WORKFLOW = "adopt_workflow", "启用流程", "adopt a workflow"
    ADOPT_RULESET = "adopt_ruleset", "启用规则集", "adopt a ruleset"
    DRAFT_DOCUMENT = "draft_document", "起草公文", "draft a document"
    REVISE_DOCUMENT = "revise_document", "修改公文", "revise a document"
    DETERMINE_DISCLOSURE_ATTRIBUTE = (
        "determine_disclosure_attribute",
        "认定公开属性",
        "determine the disclosure attribute",
    )
    REVIEW_DISCLOSURE_ATTRIBUTE = "review_disclosure_attribute", "审查公开属性", "review the disclosure attribute"
    REFER_TO_DISCLOSURE_OFFICE = "refer_to_disclosure_office", "送公开机构审查", "refer to the disclosure office"
    EXAMINE_NON_DISCLOSURE = "examine_non_disclosure", "审查拟不公开", "examine a proposed non-disclosure"
    SUBMIT_DRAFT_FOR_APPROVAL = "submit_draft_for_approval", "报批", "submit a draft for approval"
    RETURN_DOCUMENT = "return_document", "退文", "return a document"
    WAIVE_DEFECT = "waive_defect", "免予退文", "waive a defect"
    RESUBMIT_DOCUMENT = "resubmit_document", "重新报送", "resubmit a document"
    APPROVE_DOCUMENT = "approve_document", "批准公文", "approve a document"
    CONDUCT_SECRECY_REVIEW = "conduct_secrecy_review", "进行保密审查", "conduct a secrecy review"
    ESCALATE_SECRECY_QUESTION = "escalate_secrecy_question", "报请确定密级", "escalate a secrecy question"
    DETERMINE_SECRECY = "determine_secrecy", "确定密级", "determine secrecy"
    PUBLISH_INFORMATION = "publish_information", "发布信息", "publish information"
    ADD_CHANNEL = "add_channel", "增加渠道", "add a channel"
    CORRECT_PUBLICATION = "correct_publication", "更正发布", "correct a publication"
    WITHDRAW_PUBLICATION = "withdraw_publication", "撤回发布", "withdraw a publication"
    SUPERSEDE_PUBLICATION = "supersede_publication", "标注替代", "mark a publication as superseded"
    SEAL_CONTENT = "seal_content", "封存内容", "seal content"
    UNSEAL_CONTENT = "unseal_content", "启封内容", "unseal content"
    ARCHIVE_RECORD = "archive_record", "归档", "archive a record"
    DELETE_PUBLICATION = "delete_publication", "删除发布记录", "delete a publication record"
    RECORD_HISTORIC = "record_historic", "导入历史登记", "record historic register rows"
    REPORT_UNREGISTERED_PUBLICATION = (
        "report_unregistered_publication",
        "登记未登记发布",
        "report an unregistered publication",
    )
    CONSULT_LEDGER = "consult_ledger", "查阅台账", "consult the ledger"
    ERASE_PERSONAL_VALUES = "erase_personal_values", "删除个人信息", "erase personal values"
    OPEN_CASE = "open_case", "立案追责", "open an accountability case"
    DETERMINE_RESPONSIBILITY = "determine_responsibility", "认定责任", "determine responsibility"
    IMPOSE_MEASURE = "impose_measure", "作出处理决定", "impose a measure"


COMMANDS: tuple[CommandName, ...] = (*Command, *chain.from_iterable(area.commands for area in AREAS))
"""Everything that may be asked of the Registry."""
EVENT_TYPES: tuple[EventName, ...] = (*EventType, *chain.from_iterable(area.events for area in AREAS))
"""Every event there is."""
REFUSALS: tuple[RefusalReason, ...] = (*RefusalCode, *chain.from_iterable(area.refusals for area in AREAS))
"""Every reason to refuse."""

_LISTS: Mapping[str, Iterable[Term]] = {
    "post": Post,
    "unit_kind": UnitKind,
    "channel_kind": ChannelKind,
    "attribute": Attribute,
    "phase": Phase,
    "workflow_step": WorkflowStep,
    "attribute_conclusion": AttributeConclusion,
    "examination_conclusion": ExaminationConclusion,
    "return_ground": ReturnGround,
    "defect": Defect,
    "secrecy_conclusion": SecrecyConclusion,
    "secrecy_determination": SecrecyDetermination,
    "secrecy_level": SecrecyLevel,
    "withdrawal_reason": WithdrawalReason,
    "retention": Retention,
    "case_ground": CaseGround,
    "responsibility_class": ResponsibilityClass,
    "mode": Mode,
    "event_type": EVENT_TYPES,
    "command": COMMANDS,
    "refusal_code": REFUSALS,
    **{name: terms for area in AREAS for name, terms in area.lists.items()},
}

LISTS: Mapping[str, tuple[Term, ...]] = {name: tuple(terms) for name, terms in _LISTS.items()}
"""Every closed list by its name."""


_LABELS = {name: {str(term): term.label for term in terms} for name, terms in LISTS.items()}


def label(list_name: str, code: str) -> Label:
    """Read a code aloud; a code the list does not know is answered with itself, never with an error."""
    return _LABELS.get(list_name, {}).get(code, Label(code, code))
