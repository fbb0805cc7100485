"""The words of the interpretation of policies: what may be asked, what is recorded, why it is refused (五) (六)."""

from aggregates.area import Area, FieldWords
from aggregates.terms import CommandName, EventName, RefusalReason, Term


class InterpretationForm(Term):
    """In what form a policy is interpreted: 形式新颖，注重效果."""

    TEXT = "TEXT", "文字解读", "text"
    INFOGRAPHIC = "INFOGRAPHIC", "图解", "infographic"
    VIDEO = "VIDEO", "视频", "video"
    INTERVIEW = "INTERVIEW", "访谈", "interview"


class OwnerRule(Term):
    """By which rule a unit owes the interpretation: 谁起草、谁解读 (五)."""

    GOVERNMENT_DRAFTER = "GOVERNMENT_DRAFTER", "以区政府名义出台，起草部门解读", "government document: its drafter"
    JOINT_LEAD = "JOINT_LEAD", "联合发文，牵头部门解读", "joint issue: the lead"
    DEPARTMENT_ISSUER = "DEPARTMENT_ISSUER", "部门印发，制发部门解读", "department's document: its issuer"
    OVERRIDE = "OVERRIDE", "另行指定", "assigned otherwise, with a reason"


class PackagePart(Term):
    """What a policy package consists of."""

    DOCUMENT = "DOCUMENT", "文件", "the document"
    INTERPRETATION = "INTERPRETATION", "解读材料", "its interpretation"


class PackageFlag(Term):
    """What the record points out about the publication of a package (六)."""

    SYNC_LAG = "SYNC_LAG", "文件与解读材料未同步发布", "document and interpretation not published together"
    INTERPRETATION_OUTSTANDING = "INTERPRETATION_OUTSTANDING", "解读材料尚未发布", "interpretation not published yet"
    DOCUMENT_OUTSTANDING = "DOCUMENT_OUTSTANDING", "文件尚未发布", "document not published yet"


class InterpretationCommand(CommandName):
    """What may be asked."""

    REGISTER_JOINT_ISSUE = "register_joint_issue", "登记联合发文", "register a joint issue"
    RECORD_COOPERATION = "record_cooperation", "登记配合解读", "record cooperation in an interpretation"
    ASSIGN_INTERPRETATION_DUTY = "assign_interpretation_duty", "确定解读责任", "assign the duty to interpret"
    REGISTER_INTERPRETATION = "register_interpretation", "登记解读材料", "register an interpretation"
    RECORD_INTERPRETATION_EFFECT = (
        "record_interpretation_effect",
        "登记解读效果",
        "record the effect of an interpretation",
    )
    APPROVE_INTERPRETATION = "approve_interpretation", "审定解读材料", "approve an interpretation"
    SIGN_OFF_POLICY_PACKAGE = "sign_off_policy_package", "同步审签文件与解读", "sign off a policy package"
    PUBLISH_POLICY_PACKAGE = "publish_policy_package", "同步发布文件与解读", "publish a policy package"


class InterpretationEvent(EventName):
    """What is recorded."""

    JOINT_ISSUE_REGISTERED = "policy_package.joint_issue_registered/1", "联合发文登记", "joint issue registered", "(五)"
    COOPERATION_RECORDED = "policy_package.cooperation_recorded/1", "配合情况", "cooperation recorded", "(五)"
    DUTY_ASSIGNED = (
        "policy_package.interpretation_duty_assigned/1",
        "解读责任确定",
        "duty to interpret assigned",
        "(五)",
    )
    REGISTERED = "policy_package.interpretation_registered/1", "解读材料登记", "interpretation registered", "(六)"
    EFFECT_RECORDED = (
        "policy_package.effect_recorded/1",
        "解读效果登记",
        "effect of the interpretation recorded",
        "(六)",
    )
    APPROVED = "policy_package.interpretation_approved/1", "解读材料审定", "interpretation approved", "(六)"
    SIGNED_OFF = "policy_package.signed_off/1", "文件与解读同步审签", "policy package signed off", "(六)"
    PUBLISHED = "policy_package.published/1", "文件与解读发布", "policy package published", "(六)"


class InterpretationRefusal(RefusalReason):
    """Why it is refused."""

    INTERPRETATION_MISSING = (
        "INTERPRETATION_MISSING", "(六)", "没有解读材料", "interpretation missing",
        "政策性文件{item}没有登记解读材料，不得报批。文件与解读材料须同步组织、同步审签，请先登记解读材料再报批。",
        ("The policy document {item} has no registered interpretation and cannot be submitted. The two are prepared "
         "and signed together: register its interpretation, then submit."),
    )  # fmt: skip
    INCOMPLETE_PACKAGE = (
        "INCOMPLETE_PACKAGE", "(六)", "上报材料不齐全", "incomplete package",
        "{item}的上报材料不齐全：没有经起草部门主要负责人审定的解读材料。不得批准或审签，应当以INCOMPLETE_PACKAGE退文。",
        ("What was submitted with {item} is incomplete: an interpretation approved by the drafting unit's principal "
         "is missing. It cannot be approved or signed; it must be returned as INCOMPLETE_PACKAGE."),
    )  # fmt: skip
    NOT_POLICY_DOCUMENT = (
        "NOT_POLICY_DOCUMENT", "(六)", "不是政策性文件", "not a policy document",
        "{item}不是政策性文件，没有文件与解读同步办理的要求。请核对事项编号。",
        "{item} is not a policy document; nothing asks for a package of document and interpretation. Check the item.",
    )  # fmt: skip
    JOINT_LEAD_AMBIGUOUS = (
        "JOINT_LEAD_AMBIGUOUS", "(五)", "牵头部门不明确", "lead not clear",
        "{item}的联合发文须有且只有一个牵头部门和至少一个其他部门，所填为牵头{lead}、其他{co_issuers}。请改正后登记。",
        ("A joint issue has exactly one lead and at least one other unit; {item} was given the lead {lead} and the "
         "others {co_issuers}. Correct it and register again."),
    )  # fmt: skip
    NOT_CO_ISSUER = (
        "NOT_CO_ISSUER", "(五)", "不是联合发文部门", "not a co-issuer",
        "{unit}不是{item}的联合发文部门，没有配合情况可登记。请核对单位，或先登记联合发文。",
        "{unit} is no co-issuer of {item}; there is no cooperation to record. Check the unit, or register the issue.",
    )  # fmt: skip
    OVERRIDE_WITHOUT_REASON = (
        "OVERRIDE_WITHOUT_REASON", "(五)", "另行指定没有理由", "override without reason",
        "{item}的解读责任单位依规则为{derived}，另行指定{owner}须说明理由。责任未作变更，请补充理由。",
        "By the rules {derived} interprets {item}; assigning {owner} needs a reason. Nothing changed; state the reason.",
    )  # fmt: skip
    INTERPRETATION_NOT_BY_OWNER = (
        "INTERPRETATION_NOT_BY_OWNER", "(五)", "不是解读责任单位", "not by the owner of the duty",
        "{interpretation}由{unit}起草，而{item}的解读责任单位是{owner}。请由责任单位起草，或先另行指定责任单位。",
        ("{interpretation} was drafted in {unit}, but {owner} owes the interpretation of {item}. Let it be drafted "
         "there, or assign the duty otherwise first."),
    )  # fmt: skip
    INTERPRETATION_UNKNOWN = (
        "INTERPRETATION_UNKNOWN", "(六)", "解读材料未登记", "interpretation unknown",
        "{interpretation}没有登记为{item}的解读材料。请核对编号，或先登记。",
        "{interpretation} is not registered as an interpretation of {item}. Check its number, or register it first.",
    )  # fmt: skip
    POLICY_PACKAGE_REQUIRED = (
        "POLICY_PACKAGE_REQUIRED", "(六)", "须与解读同步发布", "to be published as a package",
        "{item}是政策性文件，公布时解读材料应同步发布，不得单独发布。请以“同步发布文件与解读”办理。",
        ("{item} is a policy document, whose interpretation is published at the same time; it does not go out alone. "
         "Publish the policy package."),
    )  # fmt: skip
    PACKAGE_NOT_SIGNED_OFF = (
        "PACKAGE_NOT_SIGNED_OFF", "(六)", "文件与解读未同步审签", "package not signed off",
        "{item}的现行文件与解读材料（{interpretations}）未经同步审签，不得发布。请先由负责人一并审签。",
        ("{item} and its interpretations ({interpretations}), as they stand, were not signed off together and cannot "
         "be published. Have the head sign both."),
    )  # fmt: skip
    NOT_ON_PLATFORM = (
        "NOT_ON_PLATFORM", "(六)", "未含公开平台", "not on the platform",
        "{item}的文件与解读材料应在政府信息公开平台上发布，所选渠道（{channels}）中没有平台。请加上平台后发布。",
        ("The document and interpretation of {item} are published on the disclosure platform; {channels} is no "
         "platform. Add the platform and publish."),
    )  # fmt: skip
    INTERPRETATION_ALREADY_PUBLISHED = (
        "INTERPRETATION_ALREADY_PUBLISHED", "(六)", "解读已发布", "interpretations published already",
        "{item}的解读材料已全部发布，没有可再发布的。请核对，或先登记新的解读材料。",
        "All interpretations of {item} are published; none is left to publish. Check, or register a further one.",
    )  # fmt: skip


AREA = Area(
    "interpretation",
    InterpretationCommand,
    InterpretationEvent,
    InterpretationRefusal,
    lists={
        "interpretation_form": InterpretationForm,
        "owner_rule": OwnerRule,
        "package_part": PackagePart,
        "package_flag": PackageFlag,
    },
    fields={
        "lead": FieldWords("牵头部门", "lead", "code"),
        "co_issuers": FieldWords("其他联合发文部门", "co-issuers", "code"),
        "contribution": FieldWords("配合情况", "contribution"),
        "owner": FieldWords("解读责任单位", "owes the interpretation", "code"),
        "derived_owner": FieldWords("依规则的责任单位", "owner by the rules", "code"),
        "owner_rule": FieldWords("责任依据", "by rule", "owner_rule"),
        "interpretation": FieldWords("解读材料", "interpretation"),
        "interpretations": FieldWords("解读材料", "interpretations"),
        "form": FieldWords("解读形式", "form", "interpretation_form"),
        "views": FieldWords("阅读(播放)次数", "views"),
        "measured_on": FieldWords("统计日期", "measured on", "day"),
        "parts": FieldWords("发布内容", "parts", "package_part"),
        "publications": FieldWords("发布编号", "publications"),
        "document_published_at": FieldWords("文件发布时间", "document published at", "instant"),
        "interpretation_published_at": FieldWords("解读发布时间", "interpretation published at", "instant"),
        "lag_seconds": FieldWords("时差(秒)", "lag in seconds"),
        "tolerance_seconds": FieldWords("允许时差(秒)", "tolerance in seconds"),
    },
    kinds={"policy_package.published/1 flags": "package_flag"},
    subjects={"lead": "unit", "owner": "unit", "interpretation": "item"},
    streams={"policy_package": "item"},
)
