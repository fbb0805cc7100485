"""The closed lists of leadership, media, coordination and training (十一) (十四) (十五) (十六)."""

from aggregates.terms import Term


class Counterpart(Term):
    """With whom a unit is in contact about disclosure (十一) (十五)."""

    PUBLICITY = "PUBLICITY", "宣传部门", "publicity department"
    CYBERSPACE = "CYBERSPACE", "网信部门", "cyberspace administration"
    MEDIA = "MEDIA", "新闻媒体", "news media"
    NEWS_WEBSITE = "NEWS_WEBSITE", "重点新闻网站", "key news website"


class LeadershipActionKind(Term):
    """What a leader did to push the work forward (十四)."""

    DISCLOSURE = "DISCLOSURE", "信息公开", "disclosure"
    INTERPRETATION = "INTERPRETATION", "政策解读", "policy interpretation"
    RESPONSE = "RESPONSE", "回应关切", "response to concerns"
    OTHER = "OTHER", "其他", "other"


class SectionDuty(Term):
    """The lines of work of the disclosure section (十五)."""

    DISCLOSURE = "DISCLOSURE", "信息公开", "disclosure"
    WEBSITE = "WEBSITE", "政府网站", "government website"
    GAZETTE = "GAZETTE", "政府公报", "gazette"
    INTERPRETATION = "INTERPRETATION", "政策解读", "policy interpretation"
    RESPONSE = "RESPONSE", "回应关切", "response to concerns"
    PARTICIPATION = "PARTICIPATION", "公众参与", "public participation"


class DisagreementConclusion(Term):
    """How the district office settled a disagreement between units on a text."""

    MAY_PUBLISH = "MAY_PUBLISH", "可以发布", "may be published"
    MUST_REVISE = "MUST_REVISE", "应当修改", "must be revised"


class TrainingKind(Term):
    """How a training is held (十六)."""

    ANNUAL = "ANNUAL", "年度培训", "annual training"
    NEWCOMER = "NEWCOMER", "新兵培训", "newcomers' training"
    OTHER = "OTHER", "其他培训", "other training"


class Audience(Term):
    """For whom a training is held (区分不同层次和对象)."""

    STAFF = "STAFF", "工作人员", "staff"
    NEWCOMER = "NEWCOMER", "新任人员", "newcomers"
    LEADER = "LEADER", "领导干部", "leaders"


class TrainingResult(Term):
    """What an officer's attendance at a training came to."""

    PASSED = "PASSED", "合格", "passed"
    FAILED = "FAILED", "不合格", "failed"
    ABSENT = "ABSENT", "缺席", "absent"


class OrganisationFlag(Term):
    """What is recorded and flagged, and refused to nobody."""

    TWO_DEPUTIES_IN_CHARGE = "TWO_DEPUTIES_IN_CHARGE", "同时有两位以上分管负责人", "two deputies in charge at once"
    NO_DEPUTY_IN_CHARGE = "NO_DEPUTY_IN_CHARGE", "没有分管负责人", "no deputy in charge"
