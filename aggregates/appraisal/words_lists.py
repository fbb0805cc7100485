"""The closed lists of appraisal, bulletins, commendation and criticism (十七)."""

from aggregates.terms import Term


class Figure(Term):
    """What a bulletin counts for each unit (每月政府信息公开情况)."""

    PUBLISHED = "PUBLISHED", "信息发布", "publications"
    CHANNEL_ADDED = "CHANNEL_ADDED", "增加渠道", "channels added"
    CORRECTED = "CORRECTED", "更正", "corrections"
    WITHDRAWN = "WITHDRAWN", "撤回", "withdrawals"
    UNREGISTERED = "UNREGISTERED", "未登记发布", "unregistered publications found"
    REFUSED = "REFUSED", "操作被拒", "refused attempts"


class ReportScope(Term):
    """Whose annual report it is; each has its own deadline."""

    UNIT = "UNIT", "单位年度报告", "annual report of a unit"
    DISTRICT = "DISTRICT", "全区年度报告", "annual report of the district"


class EffectSeverity(Term):
    """How grave the effect was for which responsibility is pursued (造成严重影响)."""

    SERIOUS = "SERIOUS", "造成严重影响", "serious effect"
    ADVERSE = "ADVERSE", "造成不良影响", "adverse effect"
    NONE = "NONE", "未造成影响", "no effect"


class AppraisalFlag(Term):
    """What is recorded and flagged, and refused to nobody."""

    MISSING_BULLETIN = "MISSING_BULLETIN", "此前月份未通报", "earlier month without a bulletin"
    LATE_ANNUAL_REPORT = "LATE_ANNUAL_REPORT", "年度报告逾期", "annual report late"
