"""The closed lists of public opinion and incidents (七) (八) (九)."""

from aggregates.terms import Term


class ClockStart(Term):
    """From when the clocks of (九) run; what a choice does not find falls back to the next, down to the grading."""

    OCCURRENCE = "OCCURRENCE", "事发时间(不明的自发现起)", "occurrence, or else first detection"
    DETECTION = "DETECTION", "首次发现时间", "first detection"
    GRADING = "GRADING", "定级时间", "grading"


class SourceKind(Term):
    """Where opinion is monitored (八)."""

    PORTAL = "PORTAL", "主要门户网站", "portal"
    FORUM = "FORUM", "用户活跃论坛", "forum"
    BLOG = "BLOG", "博客", "blog"
    MICROBLOG = "MICROBLOG", "微博", "microblog"
    NEWS_COMMENT = "NEWS_COMMENT", "新闻跟帖", "comment on news"
    TRADITIONAL_MEDIA = "TRADITIONAL_MEDIA", "传统媒体", "traditional media"
    OTHER = "OTHER", "其他", "other"


class MonitoringOccasion(Term):
    """What special monitoring is for (八)."""

    KEY_MOMENT = "KEY_MOMENT", "重要时机", "key moment"
    EMERGENCY = "EMERGENCY", "突发事件", "emergency"


class RoutingRule(Term):
    """By which rule a unit answers first, in the order in which they are asked (七)."""

    DISTRICT_POLICY = "DISTRICT_POLICY", "涉及区政府重大政策、重要决策部署", "district policy"
    MULTI_TOWN = "MULTI_TOWN", "涉及多个镇(街道)", "several towns"
    MULTI_DEPARTMENT = "MULTI_DEPARTMENT", "涉及多个部门", "several departments"
    SINGLE_TOWN = "SINGLE_TOWN", "涉及一个镇(街道)", "one town"
    COMPETENCE = "COMPETENCE", "谁主管谁负责", "whoever is competent"


class ParticipantRole(Term):
    """In what capacity a unit takes part in a consultation (八)."""

    INVOLVED = "INVOLVED", "涉事单位", "unit involved"
    COMPETENT = "COMPETENT", "主管部门", "competent department"
    PUBLICITY = "PUBLICITY", "宣传部门", "publicity department"
    OTHER = "OTHER", "相关方面", "other party"


class Grade(Term):
    """How grave an incident is."""

    EXTRAORDINARY = "EXTRAORDINARY", "特别重大", "extraordinary"
    MAJOR = "MAJOR", "重大", "major"
    LARGER = "LARGER", "较大", "larger"
    ORDINARY = "ORDINARY", "一般", "ordinary"


class Matter(Term):
    """The key matters on which information is published promptly (九)."""

    PEOPLES_INTERESTS = "PEOPLES_INTERESTS", "涉及群众切身利益", "people's own interests"
    MARKET_EXPECTATIONS = "MARKET_EXPECTATIONS", "影响市场预期", "market expectations"
    PUBLIC_EMERGENCY = "PUBLIC_EMERGENCY", "突发公共事件", "public emergency"


class OpinionFlag(Term):
    """What the record points out about the handling of a case."""

    BREACH_5H = "BREACH_5H", "超过5小时未发布权威信息", "no authoritative word within 5 hours"
    BREACH_24H = "BREACH_24H", "超过24小时未举行新闻发布会", "no press conference within 24 hours"
    BREACH_48H = "BREACH_48H", "超过48小时未回应", "no answer within 48 hours"
    BREACH_ON_REGRADING = "BREACH_ON_REGRADING", "升级时已超时", "late already when regraded"
    NO_RESPONDER_ASSIGNED = "NO_RESPONDER_ASSIGNED", "未确定回应主体", "no responder assigned"
    NOT_IN_REGISTER = "NOT_IN_REGISTER", "未注明所发布事项", "not linked to a published item"
    LEADERSHIP_NOT_ASSUMED = "LEADERSHIP_NOT_ASSUMED", "区政府主要负责人未到位", "no leadership by the district's head"
    PRESS_CONFERENCE_MISSING = "PRESS_CONFERENCE_MISSING", "未举行新闻发布会", "no press conference"
    DIRECTIVE_UNANSWERED = "DIRECTIVE_UNANSWERED", "批示未回复", "a directive without response"
