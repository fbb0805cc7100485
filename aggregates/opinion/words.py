"""The words of public opinion and incidents: what may be asked, what is recorded (七) (八) (九)."""

from aggregates.area import Area, FieldWords
from aggregates.opinion.refusals import OpinionRefusal
from aggregates.opinion.terms import (
    ClockStart,
    Grade,
    Matter,
    MonitoringOccasion,
    OpinionFlag,
    ParticipantRole,
    RoutingRule,
    SourceKind,
)
from aggregates.terms import CommandName, EventName

__all__ = ["AREA", "OpinionCommand", "OpinionEvent", "OpinionRefusal"]


class OpinionCommand(CommandName):
    """What may be asked."""

    ASSIGN_MONITORING_DUTY = "assign_monitoring_duty", "安排监测值守", "assign monitoring duty"
    OPEN_SPECIAL_MONITORING = "open_special_monitoring", "开展专项监测", "open special monitoring"
    RECORD_OPINION_SIGNAL = "record_opinion_signal", "登记舆情线索", "record a signal of public opinion"
    ASSIGN_FIRST_RESPONDER = "assign_first_responder", "确定第一回应主体", "assign the first responder"
    ASSIGN_RESPONDERS = "assign_responders", "确定回应分工", "assign several responders"
    CONFIRM_RESPONSE_TEXT = "confirm_response_text", "会签回应口径", "confirm the text of a response"
    ISSUE_COORDINATION_NOTICE = "issue_coordination_notice", "组织协调", "issue a coordination notice"
    URGE_RESPONDER = "urge_responder", "督办", "urge a responder"
    ASSUME_LEADERSHIP = "assume_leadership", "落实领导责任", "assume leadership"
    ISSUE_DIRECTIVE = "issue_directive", "批示指示", "issue a directive"
    ANSWER_DIRECTIVE = "answer_directive", "回复批示", "answer a directive"
    CONVENE_CONSULTATION = "convene_consultation", "会商研判", "convene a consultation"
    ASSESS_OPINION = "assess_opinion", "评估舆情", "assess public opinion"
    PROPOSE_HANDLING = "propose_handling", "提出预控处置意见", "propose how to handle it"
    GRADE_INCIDENT = "grade_incident", "事件定级", "grade an incident"
    REGRADE_INCIDENT = "regrade_incident", "调整事件级别", "regrade an incident"
    ACTIVATE_JOINT_RESPONSE = "activate_joint_response", "启动联动机制", "activate the joint response"
    RELEASE_AUTHORITATIVE_INFORMATION = (
        "release_authoritative_information",
        "发布权威信息",
        "release authoritative information",
    )
    RELEASE_FOLLOW_UP = "release_follow_up", "发布续报", "release a follow-up"
    HOLD_PRESS_CONFERENCE = "hold_press_conference", "举行新闻发布会", "hold a press conference"
    RECORD_OPINION_MEDIA_CONTACT = (
        "record_opinion_media_contact",
        "登记舆情媒体沟通",
        "record a contact with media on a case",
    )
    CLOSE_INCIDENT = "close_incident", "办结舆情", "close the case"


class OpinionEvent(EventName):
    """What is recorded."""

    MONITORING_DUTY_ASSIGNED = "monitoring.duty_assigned/1", "舆情监测值守", "monitoring duty assigned", "(八)"
    SPECIAL_MONITORING_OPENED = "special_monitoring.opened/1", "专项监测", "special monitoring opened", "(八)"
    SIGNAL_DETECTED = "opinion.signal_detected/1", "舆情线索发现", "signal of public opinion detected", "(八)"
    FIRST_RESPONDER_ASSIGNED = (
        "opinion.first_responder_assigned/1",
        "第一回应主体确定",
        "first responder assigned",
        "(七)",
    )
    RESPONDERS_ASSIGNED = "opinion.responders_assigned/1", "回应分工", "responders assigned", "(七)"
    RESPONSE_TEXT_CONFIRMED = "opinion.response_text_confirmed/1", "回应口径会签", "response text confirmed", "(七)"
    COORDINATION_NOTICE_ISSUED = (
        "opinion.coordination_notice_issued/1",
        "组织协调",
        "coordination notice issued",
        "(七)",
    )
    RESPONDER_URGED = "opinion.responder_urged/1", "督办", "responder urged", "(七)"
    LEADERSHIP_ASSUMED = "opinion.leadership_assumed/1", "领导责任落实", "leadership assumed", "(七)"
    DIRECTIVE_ISSUED = "opinion.directive_issued/1", "批示指示", "directive issued", "(七)"
    DIRECTIVE_ANSWERED = "opinion.directive_answered/1", "批示落实", "directive answered", "(七)"
    CONSULTATION_HELD = "opinion.consultation_held/1", "会商研判", "consultation held", "(八)"
    ASSESSED = "opinion.assessed/1", "舆情评估", "public opinion assessed", "(八)"
    HANDLING_PROPOSED = "opinion.handling_proposed/1", "预控处置意见", "handling proposed", "(八)"
    GRADED = "opinion.graded/1", "事件定级", "incident graded", "(九)"
    REGRADED = "opinion.regraded/1", "事件级别调整", "incident regraded", "(九)"
    JOINT_RESPONSE_ACTIVATED = "opinion.joint_response_activated/1", "联动机制启动", "joint response activated", "(九)"
    RELEASED = (
        "opinion.authoritative_information_released/1",
        "权威信息发布",
        "authoritative information released",
        "(九)",
    )
    FOLLOW_UP_RELEASED = "opinion.follow_up_released/1", "续报发布", "follow-up released", "(九)"
    PRESS_CONFERENCE_HELD = "opinion.press_conference_held/1", "新闻发布会举行", "press conference held", "(九)"
    MEDIA_CONTACT_RECORDED = "opinion.media_contact_recorded/1", "媒体沟通", "contact with media recorded", "(九)"
    CLOSED = "opinion.closed/1", "舆情办结", "case closed", "(九)"


AREA = Area(
    "opinion",
    OpinionCommand,
    OpinionEvent,
    OpinionRefusal,
    lists={
        "clock_start": ClockStart,
        "source_kind": SourceKind,
        "monitoring_occasion": MonitoringOccasion,
        "routing_rule": RoutingRule,
        "participant_role": ParticipantRole,
        "incident_grade": Grade,
        "key_matter": Matter,
        "opinion_flag": OpinionFlag,
    },
    fields={
        "opinion": FieldWords("舆情编号", "case of public opinion"),
        "session": FieldWords("专项监测编号", "session"),
        "occasion_kind": FieldWords("监测类型", "occasion", "monitoring_occasion"),
        "occasion": FieldWords("监测事由", "occasion"),
        "source_kind": FieldWords("来源类别", "kind of source", "source_kind"),
        "source_kinds": FieldWords("监测来源", "sources", "source_kind"),
        "signal": FieldWords("线索编号", "signal"),
        "summary": FieldWords("内容摘要", "summary"),
        "detected_at": FieldWords("发现时间", "detected at", "instant"),
        "incident_occurred_at": FieldWords("事发时间", "incident occurred at", "instant"),
        "graded_at": FieldWords("定级时间", "graded at", "instant"),
        "grade": FieldWords("级别", "grade", "incident_grade"),
        "previous_grade": FieldWords("原级别", "grade before", "incident_grade"),
        "clock_rule": FieldWords("起算依据", "clock runs from", "clock_start"),
        "clock_start": FieldWords("起算时间", "clock start", "instant"),
        "first_word_due": FieldWords("首发时限", "first word due", "instant"),
        "press_conference_due": FieldWords("发布会时限", "press conference due", "instant"),
        "due_at": FieldWords("时限", "due", "instant"),
        "elapsed_minutes": FieldWords("用时(分钟)", "elapsed minutes"),
        "breach_minutes": FieldWords("超时(分钟)", "minutes over"),
        "gap_minutes": FieldWords("距上次发布(分钟)", "minutes since the last release"),
        "release": FieldWords("发布序号", "release"),
        "matter": FieldWords("重点事项", "key matter", "key_matter"),
        "routing_rule": FieldWords("确定规则", "by rule", "routing_rule"),
        "responder": FieldWords("第一回应主体", "first responder", "code"),
        "responders": FieldWords("回应分工", "responders"),
        "towns": FieldWords("涉及镇(街道)", "towns concerned", "code"),
        "departments": FieldWords("涉及部门", "departments concerned", "code"),
        "district_policy": FieldWords("涉及区政府重大政策", "concerns a district policy", "flag"),
        "participants": FieldWords("参加方", "participants"),
        "partners": FieldWords("联动单位", "partners", "code"),
        "consultation": FieldWords("会商（征求意见）编号", "consultation"),
        "assessment": FieldWords("评估编号", "assessment"),
        "nature": FieldWords("事件性质", "nature"),
        "trend": FieldWords("舆情走势", "trend"),
        "risk": FieldWords("可能风险", "risk"),
        "proposal": FieldWords("处置意见", "proposal"),
        "directive": FieldWords("批示编号", "directive"),
        "text": FieldWords("内容", "text"),
        "response": FieldWords("回复", "response"),
        "units": FieldWords("有关单位", "units", "code"),
        "place": FieldWords("地点", "place"),
        "spokesperson": FieldWords("发布人", "spokesperson", "code"),
        "media": FieldWords("媒体", "media"),
        "contacted_at": FieldWords("沟通时间", "contacted at", "instant"),
    },
    kinds={
        f"opinion.{event}/1 flags": "opinion_flag"
        for event in (
            "graded",
            "regraded",
            "authoritative_information_released",
            "follow_up_released",
            "press_conference_held",
            "closed",
        )
    },
    subjects={"opinion": "opinion", "session": "special_monitoring", "responder": "unit", "spokesperson": "officer"},
    streams={"opinion": "opinion", "special_monitoring": "special_monitoring", "monitoring": "unit"},
)
