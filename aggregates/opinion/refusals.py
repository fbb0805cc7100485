"""Why something about public opinion or an incident is refused (七) (八) (九)."""

from aggregates.terms import RefusalReason


class OpinionRefusal(RefusalReason):
    """Why it is refused."""

    OPINION_UNKNOWN = (
        "OPINION_UNKNOWN", "(八)", "舆情未登记", "case unknown",
        "没有编号为{opinion}的舆情。请核对编号，或先登记舆情线索。",
        "There is no case {opinion} of public opinion. Check its number, or record its first signal.",
    )  # fmt: skip
    OPINION_CLOSED = (
        "OPINION_CLOSED", "(九)", "舆情已办结", "case closed",
        "舆情{opinion}已于{closed_at}办结，不再接受办理。如有新情况，请登记新的舆情线索。",
        "The case {opinion} was closed at {closed_at}; nothing more is entered. Record a new case for what is new.",
    )  # fmt: skip
    ROUTING_INCOMPLETE = (
        "ROUTING_INCOMPLETE", "(七)", "无法确定回应主体", "no responder can be derived",
        "按规则{rule}（{rule_zh}）须指明主管部门，{opinion}未填或所填单位不是区级部门。请补充主管部门。",
        ("By the rule {rule} the competent department of the district answers; {opinion} names none, or a unit that "
         "is no department. Name it."),
    )  # fmt: skip
    SHARES_REQUIRED = (
        "SHARES_REQUIRED", "(七)", "须确定回应分工", "several responders needed",
        "{opinion}涉及多个部门（{departments}），相关部门按职责分工回应。请改用“确定回应分工”并写明各自职责。",
        ("{opinion} concerns several departments ({departments}), each of which answers for its part. Assign the "
         "responders with their shares."),
    )  # fmt: skip
    SHARES_NOT_MET = (
        "SHARES_NOT_MET", "(七)", "不属多部门情形", "not the case of several departments",
        "{opinion}依规则{rule}（{rule_zh}）只有一个第一回应主体，不适用多部门分工。请改用“确定第一回应主体”。",
        "By the rule {rule} one unit answers first for {opinion}; shares are for several departments. Assign it.",
    )  # fmt: skip
    NOT_A_RESPONDER = (
        "NOT_A_RESPONDER", "(七)", "不是回应主体", "not a responder",
        "{unit}不是舆情{opinion}的回应主体（回应主体：{responders}）。请由回应主体办理，或先调整分工。",
        "{unit} does not answer for {opinion}; {responders} does. Let a responder act, or assign the responders anew.",
    )  # fmt: skip
    RESPONSE_TEXT_NOT_CONFIRMED = (
        "RESPONSE_TEXT_NOT_CONFIRMED", "(七)", "口径未经会签", "text not confirmed by all",
        "舆情{opinion}的这份回应（{sha256}）尚未经{missing}确认，不得发布。回应信息须准确一致，请先会签同一文本。",
        ("This response to {opinion}, content {sha256}, is not confirmed by {missing} and cannot be released. What "
         "several units say must agree: have each confirm this very text."),
    )  # fmt: skip
    NOT_COORDINATOR = (
        "NOT_COORDINATOR", "(七)", "不是组织协调单位", "not a coordinator",
        "{unit}不是区政府办公室，也不是规则集指明的宣传部门（{publicity}），不能组织协调或督办。请由二者办理。",
        ("{unit} is neither the district office nor the publicity department of the ruleset ({publicity}); it cannot "
         "coordinate or urge. Let one of them do it."),
    )  # fmt: skip
    DIRECTIVE_UNKNOWN = (
        "DIRECTIVE_UNKNOWN", "(七)", "批示不存在", "directive unknown",
        "舆情{opinion}没有发给{unit}的批示{directive}。请核对批示编号和主送单位。",
        "In {opinion} there is no directive {directive} to {unit}. Check its number and whom it addresses.",
    )  # fmt: skip
    CONSULTATION_INCOMPLETE = (
        "CONSULTATION_INCOMPLETE", "(八)", "会商方不齐", "participants missing",
        "舆情{opinion}的会商缺少：{missing_zh}。会商须有涉事单位和主管部门参加，请补充后登记。",
        ("The consultation on {opinion} lacks {missing}: the unit involved and the competent department take part. "
         "Add them and record it again."),
    )  # fmt: skip
    CONSULTATION_UNKNOWN = (
        "CONSULTATION_UNKNOWN", "(八)", "会商不存在", "consultation unknown",
        "舆情{opinion}没有会商{consultation}。请核对编号，或先登记会商。",
        "In {opinion} there is no consultation {consultation}. Check its number, or record it first.",
    )  # fmt: skip
    ASSESSMENT_UNKNOWN = (
        "ASSESSMENT_UNKNOWN", "(八)", "评估不存在", "assessment unknown",
        "舆情{opinion}没有评估{assessment}，处置意见须依据评估提出。请先评估。",
        "In {opinion} there is no assessment {assessment}; handling is proposed on one. Assess it first.",
    )  # fmt: skip
    MONITORING_UNLINKED = (
        "MONITORING_UNLINKED", "(八)", "专项监测未关联事件", "not linked to an incident",
        "专项监测{session}属于突发事件监测，须关联已登记的舆情。请填写舆情编号。",
        "The special monitoring {session} is for an emergency and must name its case. State the case.",
    )  # fmt: skip
    ALREADY_GRADED = (
        "ALREADY_GRADED", "(九)", "已定级", "graded already",
        "{opinion}已定为{grade_zh}。级别变化请用“调整事件级别”，时钟仍自原起算时间计算。",
        "{opinion} is graded {grade} already. Regrade it; its clocks keep their original start.",
    )  # fmt: skip
    NOT_GRADED = (
        "NOT_GRADED", "(九)", "未定级", "not graded",
        "{opinion}尚未定级，不能调整级别。请先定级。",
        "{opinion} is not graded yet, so its grade cannot be changed. Grade it first.",
    )  # fmt: skip
    ALREADY_RELEASED = (
        "ALREADY_RELEASED", "(九)", "首次权威信息已发布", "released already",
        "{opinion}的首次权威信息已于{released_at}发布。后续情况请以续报发布。",
        "The first authoritative information on {opinion} was released at {released_at}. Release a follow-up.",
    )  # fmt: skip
    NOTHING_RELEASED = (
        "NOTHING_RELEASED", "(九)", "尚未发布权威信息", "nothing released yet",
        "{opinion}尚未发布任何权威信息，不能续报，也不能办结。请先发布权威信息。",
        "Nothing authoritative was released on {opinion} yet; it can be neither followed up nor closed. Release first.",
    )  # fmt: skip
    RELEASE_NOT_AS_PUBLISHED = (
        "RELEASE_NOT_AS_PUBLISHED", "(九)", "与已发布内容不符", "not what was published",
        "{opinion}的回应内容{sha256}不是{item}已发布的内容。请核对事项编号，或先按程序发布该内容。",
        ("The content {sha256} given for {opinion} is not what {item} shows the public. Check the item, or publish "
         "this content first."),
    )  # fmt: skip
