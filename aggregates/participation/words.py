"""The words of major decisions and public participation: what may be asked, what is recorded (二) (十二) (十三)."""

from aggregates.area import Area, FieldWords
from aggregates.participation.refusals import ParticipationRefusal
from aggregates.participation.terms import (
    Adoption,
    AttendeeCategory,
    DecisionBody,
    DecisionMatter,
    DecisionOutcome,
    FlagConclusion,
    InputSource,
    MessageKind,
    ParticipationFlag,
    ParticipationMethod,
    SupervisorKind,
)
from aggregates.terms import CommandName, EventName


class ParticipationCommand(CommandName):
    """What may be asked."""

    ADOPT_ATTENDANCE_SYSTEM = "adopt_attendance_system", "建立列席会议制度", "adopt the attendance system"
    INVITE_ATTENDEE = "invite_attendee", "邀请列席会议", "invite to a meeting"
    RECORD_ATTENDANCE = "record_attendance", "登记列席情况", "record who attended"
    REGISTER_MAJOR_DECISION = "register_major_decision", "登记重大决策", "register a major decision"
    REVIEW_MAJOR_DECISION = "review_major_decision", "审核重大决策登记", "review a major decision's registration"
    EXEMPT_FROM_PRE_DISCLOSURE = "exempt_from_pre_disclosure", "豁免预公开", "exempt from disclosure before deciding"
    PUBLISH_DECISION_DRAFT = "publish_decision_draft", "公布决策草案和依据", "publish a decision's draft and basis"
    OPEN_COMMENT_PERIOD = "open_comment_period", "开始征求意见", "open a comment period"
    SUBMIT_COMMENT = "submit_comment", "提交意见", "submit a comment"
    CLUSTER_COMMENTS = "cluster_comments", "归类意见", "cluster comments"
    CLOSE_COMMENT_PERIOD = "close_comment_period", "截止征求意见", "close a comment period"
    PUBLISH_CONSULTATION_FEEDBACK = (
        "publish_consultation_feedback",
        "公布意见采纳情况",
        "publish what became of the comments",
    )
    RECORD_PARTICIPATION = "record_participation", "登记公众参与", "record public participation"
    RECORD_DECISION = "record_decision", "登记决策", "record a decision"
    ANNOUNCE_HEARING = "announce_hearing", "公告听证", "announce a hearing"
    HOLD_HEARING = "hold_hearing", "举行听证", "hold a hearing"
    PUBLISH_HEARING_REPORT = "publish_hearing_report", "公布听证报告", "publish a hearing's report"
    REGISTER_PARTICIPATION_MODE = "register_participation_mode", "登记参与方式", "register a mode of participation"
    REGISTER_PUBLIC_INPUT = "register_public_input", "登记民意", "register public input"
    REGISTER_SUPERVISION_INPUT = "register_supervision_input", "登记监督意见", "register supervision input"
    EVALUATE_IMPLEMENTATION = "evaluate_implementation", "评估执行情况", "evaluate a policy's implementation"
    OPEN_OPINION_BOX = "open_opinion_box", "开设意见箱", "open an opinion box"
    RECEIVE_MESSAGE = "receive_message", "收到留言", "receive a message"
    ASSIGN_MESSAGE = "assign_message", "转办留言", "assign a message"
    REPLY_MESSAGE = "reply_message", "回复留言", "reply to a message"


class ParticipationEvent(EventName):
    """What is recorded."""

    ATTENDANCE_SYSTEM_ADOPTED = (
        "attendance_system.adopted/1",
        "列席会议制度建立",
        "attendance system adopted",
        "(二)",
    )
    ATTENDEE_INVITED = "meeting.attendee_invited/1", "列席邀请", "attendees invited", "(二)"
    ATTENDANCE_RECORDED = "meeting.attendance_recorded/1", "列席情况登记", "attendance recorded", "(二)"
    MAJOR_DECISION_REGISTERED = "decision.registered/1", "重大决策登记", "major decision registered", "(二)"
    MAJOR_DECISION_REVIEWED = "decision.reviewed/1", "重大决策登记审核", "registration reviewed", "(二)"
    PRE_DISCLOSURE_EXEMPTED = "decision.exempted/1", "预公开豁免", "exempted from disclosure before deciding", "(二)"
    DECISION_DRAFT_PUBLISHED = "decision.draft_published/1", "决策草案公布", "decision draft published", "(二)"
    DECISION_BASIS_PUBLISHED = "decision.basis_published/1", "决策依据公布", "decision basis published", "(二)"
    COMMENT_PERIOD_OPENED = "decision.comment_period_opened/1", "征求意见开始", "comment period opened", "(二)"
    COMMENT_RECEIVED = "comment.received/1", "公众意见收到", "public comment received", "(二)"
    COMMENTS_CLUSTERED = "decision.comments_clustered/1", "意见归类", "comments clustered", "(十二)"
    COMMENT_PERIOD_CLOSED = "decision.comment_period_closed/1", "征求意见截止", "comment period closed", "(二)"
    CONSULTATION_FEEDBACK_PUBLISHED = (
        "decision.feedback_published/1",
        "采纳情况公布",
        "what became of the comments published",
        "(十二)",
    )
    PARTICIPATION_RECORDED = "decision.participation_recorded/1", "公众参与登记", "participation recorded", "(十二)"
    DECISION_TAKEN = "decision.taken/1", "决策作出", "decision taken", "(二)"
    HEARING_ANNOUNCED = "public_hearing.announced/1", "听证公告", "hearing announced", "(十二)"
    HEARING_HELD = "public_hearing.held/1", "听证举行", "hearing held", "(十二)"
    HEARING_REPORT_PUBLISHED = "public_hearing.report_published/1", "听证报告公布", "hearing report published", "(十二)"
    PARTICIPATION_MODE_REGISTERED = (
        "participation_mode.registered/1",
        "参与方式登记",
        "mode of participation registered",
        "(十三)",
    )
    PUBLIC_INPUT_REGISTERED = "public_input.registered/1", "民意登记", "public input registered", "(十二)"
    SUPERVISION_INPUT_REGISTERED = (
        "supervision_input.registered/1",
        "监督意见登记",
        "supervision input registered",
        "(十二)",
    )
    IMPLEMENTATION_EVALUATED = "evaluation.recorded/1", "执行情况评估", "implementation evaluated", "(十二)"
    OPINION_BOX_OPENED = "opinion_box.opened/1", "意见箱开设", "opinion box opened", "(十三)"
    MESSAGE_RECEIVED = "message.received/1", "留言收到", "message received", "(十三)"
    MESSAGE_ASSIGNED = "message.assigned/1", "留言转办", "message assigned", "(十三)"
    MESSAGE_REPLIED = "message.replied/1", "留言回复", "message answered", "(十三)"


_FLAGGED = (
    "attendance_system.adopted/1",
    "comment.received/1",
    "decision.taken/1",
    "public_hearing.held/1",
    "message.replied/1",
)

AREA = Area(
    "participation",
    ParticipationCommand,
    ParticipationEvent,
    ParticipationRefusal,
    lists={
        "decision_matter": DecisionMatter,
        "decision_body": DecisionBody,
        "flag_conclusion": FlagConclusion,
        "decision_outcome": DecisionOutcome,
        "adoption": Adoption,
        "participation_method": ParticipationMethod,
        "attendee_category": AttendeeCategory,
        "supervisor_kind": SupervisorKind,
        "input_source": InputSource,
        "message_kind": MessageKind,
        "participation_flag": ParticipationFlag,
    },
    fields={
        "major_decision": FieldWords("决策事项", "major decision"),
        "decision_kind": FieldWords("决策类别", "matter", "decision_matter"),
        "body": FieldWords("审议机构", "deliberated by", "decision_body"),
        "draft_item": FieldWords("决策草案", "draft"),
        "basis_item": FieldWords("决策依据", "basis of the decision"),
        "adopted_on": FieldWords("建立日期", "adopted on", "day"),
        "period_from": FieldWords("征求意见自", "comments from", "day"),
        "period_until": FieldWords("征求意见至", "comments until", "day"),
        "days": FieldWords("天数", "days"),
        "ways": FieldWords("提出意见的方式", "how to comment"),
        "short_reason": FieldWords("缩短期限的理由", "reason for the shorter period"),
        "comment": FieldWords("意见编号", "comment"),
        "characters": FieldWords("字数", "characters"),
        "text_commitment": FieldWords("正文承诺值", "commitment to the text", "hash"),
        "contact_commitment": FieldWords("联系方式承诺值", "commitment to the contact", "hash"),
        "reply_commitment": FieldWords("回复承诺值", "commitment to the reply", "hash"),
        "received_at": FieldWords("收到时间", "received at", "instant"),
        "cluster": FieldWords("意见归类", "cluster of comments"),
        "comments": FieldWords("意见", "comments"),
        "late_comments": FieldWords("逾期意见数", "late comments"),
        "clusters": FieldWords("归类数", "clusters"),
        "unclustered": FieldWords("未归类意见数", "comments in no cluster"),
        "adoption": FieldWords("采纳情况", "adoption"),
        "mode": FieldWords("参与方式", "mode of participation", "participation_method"),
        "people": FieldWords("参与人数", "people"),
        "held_on": FieldWords("举行日期", "held on", "day"),
        "summary": FieldWords("内容摘要", "summary"),
        "outcome": FieldWords("决策结果", "outcome", "decision_outcome"),
        "meeting": FieldWords("会议", "meeting"),
        "agenda": FieldWords("相关议题", "decisions on the agenda"),
        "invited": FieldWords("邀请列席", "invited"),
        "attendance": FieldWords("到场人员", "attended"),
        "public_hearing": FieldWords("听证", "hearing"),
        "place": FieldWords("地点", "place"),
        "documents": FieldWords("听证材料", "papers", "content"),
        "documents_on": FieldWords("材料送达日期", "papers delivered on", "day"),
        "minutes": FieldWords("听证笔录", "minutes", "content"),
        "public_input": FieldWords("民意编号", "public input"),
        "supervision_input": FieldWords("监督意见编号", "supervision input"),
        "supervisor": FieldWords("监督主体", "supervisor", "supervisor_kind"),
        "topic": FieldWords("事由", "topic"),
        "evaluation": FieldWords("评估编号", "evaluation"),
        "report_item": FieldWords("评估报告", "report"),
        "period": FieldWords("评估期间", "period"),
        "box": FieldWords("意见箱", "opinion box"),
        "message": FieldWords("留言编号", "message"),
        "due_on": FieldWords("期限", "due on", "day"),
    },
    kinds={
        "decision.reviewed/1 conclusion": "flag_conclusion",
        "comment.received/1 source": "input_source",
        "public_input.registered/1 source": "input_source",
        "supervision_input.registered/1 source": "input_source",
        "message.received/1 source": "input_source",
        "message.received/1 kind": "message_kind",
        **{f"{type_} flags": "participation_flag" for type_ in _FLAGGED},
    },
    subjects={
        "draft_item": "item",
        "basis_item": "item",
        "report_item": "item",
        "major_decision": "decision",
        "public_hearing": "public_hearing",
        "box": "opinion_box",
        "message": "message",
    },
    personal={
        **dict.fromkeys(
            ("submit_comment", "receive_message", "register_public_input", "register_supervision_input"),
            frozenset({"text", "name", "contact"}),
        ),
        "reply_message": frozenset({"text"}),
    },
)
