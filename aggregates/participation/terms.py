"""The closed lists of major decisions and public participation (二) (十二) (十三)."""

from aggregates.terms import Term


class DecisionMatter(Term):
    """For what a matter counts as a major decision."""

    REFORM_PLAN = "REFORM_PLAN", "重要改革方案", "major reform plan"
    POLICY_MEASURE = "POLICY_MEASURE", "重大政策措施", "major policy measure"
    PUBLIC_INTEREST = "PUBLIC_INTEREST", "涉及重大公共利益和公众权益", "major public interest"


class DecisionBody(Term):
    """Which meeting deliberates."""

    DISTRICT_STANDING_MEETING = "DISTRICT_STANDING_MEETING", "区政府常务会议", "district standing meeting"
    DEPARTMENT_MEETING = "DEPARTMENT_MEETING", "政府部门会议", "department meeting"


class FlagConclusion(Term):
    """What the district office says to a unit's registering a matter as a major decision."""

    CONFIRMED = "CONFIRMED", "属于重大决策", "a major decision"
    NOT_MAJOR = "NOT_MAJOR", "不属于重大决策", "not a major decision"


class DecisionOutcome(Term):
    """How the meeting decided."""

    PASSED = "PASSED", "通过", "passed"
    PASSED_WITH_CHANGES = "PASSED_WITH_CHANGES", "修改后通过", "passed with changes"
    NOT_PASSED = "NOT_PASSED", "未通过", "not passed"


class Adoption(Term):
    """What became of a cluster of comments."""

    ADOPTED = "ADOPTED", "采纳", "adopted"
    PARTLY_ADOPTED = "PARTLY_ADOPTED", "部分采纳", "adopted in part"
    NOT_ADOPTED = "NOT_ADOPTED", "未采纳", "not adopted"


class ParticipationMethod(Term):
    """The ways to take part that the rules name; others are registered as modes."""

    CONSULTATION = "CONSULTATION", "征求意见", "consultation"
    HEARING = "HEARING", "听证座谈", "hearing or symposium"
    ADVISORY = "ADVISORY", "咨询协商", "advisory discussion"
    ATTENDANCE = "ATTENDANCE", "列席会议", "attendance at the meeting"


class AttendeeCategory(Term):
    """Who comes to a meeting or a hearing from outside."""

    STAKEHOLDER = "STAKEHOLDER", "利益相关方", "stakeholder"
    PUBLIC_REPRESENTATIVE = "PUBLIC_REPRESENTATIVE", "公众代表", "public representative"
    EXPERT = "EXPERT", "专家", "expert"
    MEDIA = "MEDIA", "媒体", "media"
    LEGAL_ADVISER = "LEGAL_ADVISER", "法律顾问", "legal adviser"
    OTHER = "OTHER", "其他", "other"


class SupervisorKind(Term):
    """The six kinds of supervisors (十七), of whom (十二) names four."""

    NPC_DEPUTY = "NPC_DEPUTY", "人大代表", "deputy to the people's congress"
    CPPCC_MEMBER = "CPPCC_MEMBER", "政协委员", "CPPCC member"
    DEMOCRATIC_PARTY = "DEMOCRATIC_PARTY", "民主党派", "democratic party"
    PEOPLES_ORGANISATION = "PEOPLES_ORGANISATION", "人民团体", "people's organisation"
    PUBLIC = "PUBLIC", "社会公众", "the public"
    NEWS_MEDIA = "NEWS_MEDIA", "新闻媒体", "news media"


class InputSource(Term):
    """By which way something reached the unit."""

    PLATFORM = "PLATFORM", "政府信息公开平台", "disclosure platform"
    LETTER = "LETTER", "来信", "letter"
    EMAIL = "EMAIL", "电子邮件", "e-mail"
    PHONE = "PHONE", "来电", "telephone"
    VISIT = "VISIT", "来访", "visit"
    SOCIAL_MEDIA = "SOCIAL_MEDIA", "新媒体", "social media"
    MEETING = "MEETING", "会议", "meeting"
    SURVEY = "SURVEY", "问卷调查", "survey"
    OTHER = "OTHER", "其他", "other"


class MessageKind(Term):
    """What a message in the opinion box is."""

    SUGGESTION = "SUGGESTION", "建议", "suggestion"
    ENQUIRY = "ENQUIRY", "咨询", "enquiry"
    COMPLAINT = "COMPLAINT", "投诉", "complaint"
    HELP = "HELP", "求助", "call for help"
    OTHER = "OTHER", "其他", "other"


class ParticipationFlag(Term):
    """What was recorded all the same, and is pointed out."""

    ADOPTED_LATE = "ADOPTED_LATE", "制度逾期建立", "system adopted after its deadline"
    COMMENT_LATE = "COMMENT_LATE", "逾期意见", "received after the comment period"
    ENTERED_AFTER_CLOSING = "ENTERED_AFTER_CLOSING", "截止后录入", "entered after the period was closed"
    PARTICIPATION_MISSING = "PARTICIPATION_MISSING", "未经公众参与", "without public participation"
    FEEDBACK_MISSING = "FEEDBACK_MISSING", "意见采纳情况未公布", "adoption of comments not published"
    NOT_REVIEWED_BY_OFFICE = "NOT_REVIEWED_BY_OFFICE", "未经区政府办公室审核", "not reviewed by the district office"
    HEARING_POSTPONED = "HEARING_POSTPONED", "听证延期举行", "held later than announced"
    REPLY_OVERDUE = "REPLY_OVERDUE", "逾期回复", "answered after its limit"
