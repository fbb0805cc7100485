"""Why the rules on major decisions and public participation refuse (二) (十二) (十三)."""

from aggregates.terms import RefusalReason


class ParticipationRefusal(RefusalReason):
    """The reasons, each with its article and its sentence."""

    # ── what is not there ─────────────────────────────────────────────────────────────────────────
    DECISION_UNKNOWN = (
        "DECISION_UNKNOWN", "(二)", "决策事项不存在", "decision unknown",
        "台账中没有决策事项{decision}。请核对编号，或先登记重大决策。",
        "The ledger holds no decision {decision}. Check its number, or register the major decision first.",
    )  # fmt: skip
    PUBLIC_HEARING_UNKNOWN = (
        "PUBLIC_HEARING_UNKNOWN", "(十二)", "听证不存在", "hearing unknown",
        "听证{public_hearing}尚未公告。听证应先公告、后举行，请先公告听证。",
        "The hearing {public_hearing} was not announced. A hearing is announced before it is held; announce it first.",
    )  # fmt: skip
    MEETING_UNKNOWN = (
        "MEETING_UNKNOWN", "(二)", "会议不存在", "meeting unknown",
        "台账中没有会议{meeting}的列席邀请。请核对编号，或先登记邀请。",
        "The ledger holds no invitation to the meeting {meeting}. Check its number, or record the invitation first.",
    )  # fmt: skip
    COMMENT_UNKNOWN = (
        "COMMENT_UNKNOWN", "(十二)", "意见不存在", "comment unknown",
        "{decision}收到{count}条意见，没有第{number}条。请核对意见编号。",
        "{decision} has {count} comments and none numbered {number}. Check the numbers.",
    )  # fmt: skip
    CLUSTER_UNKNOWN = (
        "CLUSTER_UNKNOWN", "(十二)", "意见归类不存在", "cluster unknown",
        "{decision}没有意见归类{cluster}。请核对，或先归类意见。",
        "{decision} has no cluster of comments {cluster}. Check it, or cluster the comments first.",
    )  # fmt: skip
    PARTICIPATION_MODE_UNKNOWN = (
        "PARTICIPATION_MODE_UNKNOWN", "(十三)", "参与方式未登记", "mode of participation unknown",
        "参与方式{mode}未登记。请先登记该参与方式，或改用在册方式。",
        "The mode of participation {mode} is not registered. Register it first, or use one that is.",
    )  # fmt: skip
    OPINION_BOX_UNKNOWN = (
        "OPINION_BOX_UNKNOWN", "(十三)", "意见箱不存在", "opinion box unknown",
        "意见箱{box}未开设。请核对编号，或先开设意见箱。",
        "There is no opinion box {box}. Check its code, or open the box first.",
    )  # fmt: skip
    MESSAGE_UNKNOWN = (
        "MESSAGE_UNKNOWN", "(十三)", "留言不存在", "message unknown",
        "意见箱没有留言{message}。请核对编号。",
        "The opinion box holds no message {message}. Check its number.",
    )  # fmt: skip

    # ── pre-disclosure of major decisions (二) ────────────────────────────────────────────────────
    EXEMPTION_BASIS_MISSING = (
        "EXEMPTION_BASIS_MISSING", "(二)", "预公开豁免缺少法定保密依据", "exemption without legal basis",
        "{decision}拟不预公开，但未引用任何保密的法律依据。除依法应当保密的外，决策前均须公开。请写明依据。",
        ("{decision} is to be exempted from disclosure before the decision, and no legal basis for secrecy is cited. "
        "Only what the law keeps secret is exempt; cite the basis."),
    )  # fmt: skip
    EXEMPTION_NOT_REVIEWED = (
        "EXEMPTION_NOT_REVIEWED", "(二)", "预公开豁免未经保密审查", "exemption without a review",
        "{item}没有编号为{review}且结论为不得公开的保密审查，不能据以豁免{decision}的预公开。请先作保密审查。",
        ("{item} has no secrecy review {review} that keeps it from the public, so {decision} cannot be exempted by it. "
        "Have the draft reviewed first."),
    )  # fmt: skip
    DECISION_BASIS_MISSING = (
        "DECISION_BASIS_MISSING", "(二)", "未同时公布决策依据", "decision draft without its basis",
        "{decision}只提供了决策草案，没有决策依据。决策草案、决策依据须一并向社会公布。请补充决策依据后一并公布。",
        ("{decision} comes with its draft and without its basis. Draft and basis are put before the public together; "
        "add the basis and publish both."),
    )  # fmt: skip
    NOT_IN_DECISION_COLUMN = (
        "NOT_IN_DECISION_COLUMN", "(二)", "未在规定栏目公布", "not in the prescribed column",
        "{decision}拟在栏目{column}、渠道{channels}公布，须在政府信息公开平台的“重大决策公开”栏目。请改用该平台和栏目。",
        ("{decision} is to be published in the column {column} on {channels}; the rules name the column 重大决策公开 of "
        "the disclosure platform. Use that column and that channel."),
    )  # fmt: skip
    DECISION_DRAFT_NOT_PUBLISHED = (
        "DECISION_DRAFT_NOT_PUBLISHED", "(二)", "决策草案未预公开", "decision draft not published",
        "{decision}的决策草案及依据在{occurred_at}之前没有向社会公布，也没有依法豁免。请在决策前先行公布。",
        ("Draft and basis of {decision} were not before the public by {occurred_at}, nor is it exempt by law. "
        "Publish both before anything is decided or asked."),
    )  # fmt: skip
    DECISION_ALREADY_TAKEN = (
        "DECISION_ALREADY_TAKEN", "(二)", "决策已作出", "decision taken already",
        "{decision}已于{taken_at}作出决策，不能再办理此事。原记录不变。",
        "{decision} was decided at {taken_at}; this can no longer be done. The record stands as it is.",
    )  # fmt: skip

    # ── comments (二) (十二) ──────────────────────────────────────────────────────────────────────
    COMMENT_PERIOD_TOO_SHORT = (
        "COMMENT_PERIOD_TOO_SHORT", "(二)", "征求意见期限过短", "comment period too short",
        "{decision}的征求意见期为{days}日，一般不少于{least}日；缩短期限须说明理由。请延长期限或写明理由。",
        ("The comment period of {decision} has {days} days, where {least} are the rule and a shorter one needs its "
        "reason stated. Lengthen it, or state the reason."),
    )  # fmt: skip
    COMMENT_PERIOD_OPEN = (
        "COMMENT_PERIOD_OPEN", "(二)", "征求意见尚未截止", "comment period open",
        "{decision}的征求意见期至{until_date}止，尚未截止。请待期满并办理截止后再办。",
        ("The comment period of {decision} runs to the end of {until_date} and is not closed. "
        "Wait for its end, close it, and go on then."),
    )  # fmt: skip
    NO_COMMENT_PERIOD = (
        "NO_COMMENT_PERIOD", "(二)", "未在征求意见", "no comment period",
        "{decision}在该时点没有开始征求意见。请先开始征求意见。",
        "No comment period of {decision} had begun at that time. Open one first.",
    )  # fmt: skip
    ADOPTION_TABLE_INCOMPLETE = (
        "ADOPTION_TABLE_INCOMPLETE", "(十二)", "采纳情况不完整", "adoption table incomplete",
        "{decision}的采纳情况缺少意见归类：{missing}。采纳情况应全部公布，请逐类补齐。",
        "The adoption table of {decision} leaves out the clusters {missing}. All of them are published; complete it.",
    )  # fmt: skip
    UNADOPTED_WITHOUT_REASON = (
        "UNADOPTED_WITHOUT_REASON", "(十二)", "集中意见不采纳未说明理由", "unadopted without reason",
        ("{decision}的意见归类{cluster}（{comments}条，共{total}条）相对集中而不予采纳，未说明理由。"
        "相对集中的意见不予采纳的，公布时要说明理由。请补充理由。"),
        ("The cluster {cluster} of {decision}, {comments} of {total} comments, is concentrated and not adopted, and no "
        "reason is given. Publish the reason with it."),
    )  # fmt: skip
    FEEDBACK_ALREADY_PUBLISHED = (
        "FEEDBACK_ALREADY_PUBLISHED", "(十二)", "采纳情况已公布", "feedback published already",
        "{decision}的意见采纳情况已公布（{publication}）。如有错误，请更正该发布。",
        "What became of the comments on {decision} is published ({publication}). If it is wrong, correct that.",
    )  # fmt: skip
    PARTICIPATION_MISSING = (
        "PARTICIPATION_MISSING", "(十二)", "未经公众参与", "without public participation",
        "{decision}没有任何公众参与（征求意见、听证座谈、咨询协商、列席会议），也没有依法豁免。请先组织公众参与。",
        ("{decision} went through no public participation (consultation, hearing, advisory discussion, attendance) and "
        "is not exempt by law. Let the public take part first."),
    )  # fmt: skip

    # ── hearings (十二) ───────────────────────────────────────────────────────────────────────────
    HEARING_DOCUMENTS_LATE = (
        "HEARING_DOCUMENTS_LATE", "(十二)", "听证材料送达过晚", "hearing papers too late",
        "听证{public_hearing}定于{held_on}举行，材料于{documents_on}送达，应提前{least}日。请推迟听证或提前送达。",
        ("The papers of the hearing {public_hearing} reach the participants on {documents_on}, the hearing is on {held_on}; "
        "there must be {least} days between. Hold it later, or send them earlier."),
    )  # fmt: skip
    HEARING_OUT_OF_ORDER = (
        "HEARING_OUT_OF_ORDER", "(十二)", "听证程序次序不当", "hearing out of order",
        "听证{public_hearing}现状为：{found_zh}。听证须依公告、举行、报告的次序办理。请按次序办理。",
        ("The hearing {public_hearing} stands so: {found}. A hearing is announced, held and reported upon, in this order; "
        "keep to it."),
    )  # fmt: skip

    # ── evaluation, opinion box (十二) (十三) ─────────────────────────────────────────────────────
    NOT_A_POLICY = (
        "NOT_A_POLICY", "(十二)", "不是政策性文件", "not a policy document",
        "{item}不是政策性文件，执行情况评估须对应一份政策性文件。请核对事项编号。",
        "{item} is no policy document; an evaluation belongs to one. Check the item's number.",
    )  # fmt: skip
    BOX_NOT_ON_PLATFORM = (
        "BOX_NOT_ON_PLATFORM", "(十三)", "不是信息公开平台", "not on the disclosure platform",
        "渠道{channel}不是政府信息公开平台，意见箱须开设在政府信息公开平台上。请改用平台渠道。",
        "The channel {channel} is not the disclosure platform, where the opinion box belongs. Name the platform.",
    )  # fmt: skip
    MESSAGE_ALREADY_REPLIED = (
        "MESSAGE_ALREADY_REPLIED", "(十三)", "留言已回复", "message answered already",
        "留言{message}已于{replied_at}回复，原回复不变。",
        "The message {message} was answered at {replied_at}; that answer stands.",
    )  # fmt: skip
