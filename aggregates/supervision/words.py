"""The words of self-check, spot checks and rectification: what may be asked, what is recorded, why it is refused (四)."""

from aggregates.area import Area, FieldWords
from aggregates.supervision.refusals import SupervisionRefusal
from aggregates.terms import CommandName, EventName, Term

__all__ = ["AREA", "SupervisionCommand", "SupervisionEvent", "SupervisionRefusal"]


class SupervisionCommand(CommandName):
    """What may be asked."""

    OPEN_SELF_CHECK = "open_self_check", "启动自查", "open the yearly self-check"
    RECORD_SELF_CHECK_FINDING = "record_self_check_finding", "登记自查情况", "record a self-check finding"
    ORDER_DISCLOSURE = "order_disclosure", "责令公开", "order disclosure"
    CONVERT_TO_PROACTIVE = "convert_to_proactive", "转为主动公开", "convert to proactive disclosure"
    SUBMIT_SELF_CHECK_REPORT = "submit_self_check_report", "报送自查整改情况", "submit the self-check report"
    CONDUCT_SPOT_CHECK = "conduct_spot_check", "开展抽查", "conduct a spot check"
    RECORD_SPOT_CHECK_FINDING = "record_spot_check_finding", "登记抽查情况", "record a spot-check finding"
    ORDER_RECTIFICATION = "order_rectification", "督促整改", "order a rectification"
    CONFIRM_RECTIFICATION = "confirm_rectification", "整改销号", "confirm a rectification"


class SupervisionEvent(EventName):
    """What is recorded."""

    SELF_CHECK_OPENED = "self_check.opened/1", "自查启动", "self-check opened", "(四)"
    FINDING_RECORDED = "self_check.finding_recorded/1", "自查情况登记", "self-check finding recorded", "(四)"
    SELF_CHECK_REPORTED = "self_check.reported/1", "自查整改报送", "self-check reported", "(四)"
    DUTY_FOUND = "disclosure_duty.found/1", "发现应公开未公开", "disclosure duty found", "(四)"
    ATTRIBUTE_CHANGED = "document.attribute_changed/1", "转为主动公开", "disclosure attribute changed", "(四)"
    SPOT_CHECK_CONDUCTED = "spot_check.conducted/1", "抽查", "spot check conducted", "(四)"
    SPOT_CHECK_FINDING = "spot_check.finding_recorded/1", "抽查情况登记", "spot-check finding recorded", "(四)"
    RECTIFICATION_ORDERED = "rectification.ordered/1", "督促整改", "rectification ordered", "(四)"
    RECTIFICATION_CONFIRMED = "rectification.confirmed/1", "整改销号", "rectification confirmed", "(四)"


class FindingScope(Term):
    """Why an item is looked at in the self-check."""

    WITHHELD = "WITHHELD", "不予公开的信息", "withheld information"
    ON_REQUEST_CLUSTER = "ON_REQUEST_CLUSTER", "依申请公开较为集中的信息", "information often asked for"
    UNDISCLOSED = "UNDISCLOSED", "应公开未公开的信息", "information that should have been disclosed"


class FindingConclusion(Term):
    """What the self-check says of an item."""

    KEPT = "KEPT", "维持不变", "stays as it is"
    CONVERTIBLE = "CONVERTIBLE", "可转为主动公开", "can be converted to proactive disclosure"
    SHOULD_BE_DISCLOSED = "SHOULD_BE_DISCLOSED", "应公开未公开", "should have been disclosed"


class ChangeCause(Term):
    """Why an attribute was changed after its determination."""

    SELF_CHECK = "SELF_CHECK", "年度自查", "yearly self-check"


class DutyCause(Term):
    """How it was found that something should have been public."""

    SELF_CHECK = "SELF_CHECK", "年度自查", "yearly self-check"
    SPOT_CHECK = "SPOT_CHECK", "抽查", "spot check"
    REPORT = "REPORT", "举报投诉", "complaint"
    OTHER = "OTHER", "其他", "other"


class SpotCheckOccasion(Term):
    """On what occasion the office draws a sample."""

    APPRAISAL = "APPRAISAL", "考核评测", "appraisal"
    THIRD_PARTY_TEST = "THIRD_PARTY_TEST", "第三方网站测评", "third-party site test"
    SPECIAL = "SPECIAL", "专项检查", "special inspection"


class Population(Term):
    """From what a sample is drawn."""

    ITEMS = "ITEMS", "台账中的全部事项", "every item drafted in the ledger"
    WITHHELD = "WITHHELD", "不予公开的事项", "items withheld"
    PUBLICATIONS = "PUBLICATIONS", "全部发布记录", "every publication, historic ones included"


class SpotCheckConclusion(Term):
    """What a spot check says of one drawn item."""

    IN_ORDER = "IN_ORDER", "符合要求", "in order"
    DEFECT_FOUND = "DEFECT_FOUND", "发现问题", "defect found"
    SHOULD_BE_DISCLOSED = "SHOULD_BE_DISCLOSED", "应公开未公开", "should have been disclosed"


class SupervisionFlag(Term):
    """What an act of supervision is recorded with, though it is not refused."""

    OPENED_LATE = "OPENED_LATE", "逾期启动", "opened after November"
    RECORDED_LATE = "RECORDED_LATE", "逾期登记", "recorded after November"
    REPORTED_LATE = "REPORTED_LATE", "逾期报送", "reported after November"
    UNCHECKED_ITEMS = "UNCHECKED_ITEMS", "自查不全面", "withheld items left unchecked"
    WHOLE_POPULATION = "WHOLE_POPULATION", "总体不足，全部抽取", "the population is no larger than the sample"
    RECTIFIED_LATE = "RECTIFIED_LATE", "逾期整改", "rectified after the due date"


class PublicationFlag(Term):
    """What a publication is recorded with, though it is not refused."""

    LATE_DISCLOSURE = "LATE_DISCLOSURE", "逾期公开", "disclosed later than the regulation allows"
    SEGREGATION_OF_DUTIES = "SEGREGATION_OF_DUTIES", "审核与拟稿、发布未分离", "duties not segregated"
    UNTRAINED_OFFICER = "UNTRAINED_OFFICER", "未经培训上岗", "untrained officer"


AREA = Area(
    "supervision",
    SupervisionCommand,
    SupervisionEvent,
    SupervisionRefusal,
    lists={
        "finding_scope": FindingScope,
        "finding_conclusion": FindingConclusion,
        "change_cause": ChangeCause,
        "duty_cause": DutyCause,
        "spot_check_occasion": SpotCheckOccasion,
        "population": Population,
        "spot_check_conclusion": SpotCheckConclusion,
        "supervision_flag": SupervisionFlag,
        "publication_flag": PublicationFlag,
    },
    fields={
        "phase_before": FieldWords("原五公开类别", "phase before", "phase"),
        "cycle": FieldWords("自查编号", "self-check"),
        "year": FieldWords("年度", "year"),
        "window_from": FieldWords("自查自", "window from", "day"),
        "window_until": FieldWords("自查至", "window until", "day"),
        "withheld_items": FieldWords("不予公开事项数", "items withheld"),
        "finding_scope": FieldWords("自查范围", "why it is checked", "finding_scope"),
        "finding_number": FieldWords("情况编号", "number of the finding"),
        "requests": FieldWords("被申请次数", "requests"),
        "clustered": FieldWords("申请较为集中", "often asked for", "flag"),
        "due_since": FieldWords("应公开之日", "should have been public since", "day"),
        "findings": FieldWords("情况数", "findings"),
        "kept": FieldWords("维持数", "kept"),
        "convertible": FieldWords("可转数", "convertible"),
        "should_be_disclosed": FieldWords("应公开未公开数", "should have been disclosed"),
        "converted": FieldWords("已转数", "converted"),
        "disclosed": FieldWords("已公开数", "disclosed"),
        "unchecked_count": FieldWords("未自查数", "items unchecked"),
        "unchecked": FieldWords("未自查事项", "items left unchecked"),
        "cause": FieldWords("原因", "cause"),
        "attribute_before": FieldWords("原公开属性", "attribute before", "attribute"),
        "publications_before": FieldWords("此前发布次数", "publications before"),
        "due_on": FieldWords("期限", "due on", "day"),
        "spot_check": FieldWords("抽查编号", "spot check"),
        "check_occasion": FieldWords("抽查缘由", "check_occasion", "spot_check_occasion"),
        "occasion_reference": FieldWords("缘由编号", "reference of the occasion"),
        "population": FieldWords("抽样总体", "population", "population"),
        "units": FieldWords("有关单位", "units", "code"),
        "seed": FieldWords("随机种子", "seed"),
        "population_position": FieldWords("总体截至记录号", "population as of position"),
        "population_size": FieldWords("总体数", "size of the population"),
        "population_sha256": FieldWords("总体的SHA-256", "SHA-256 of the population", "hash"),
        "sample_size": FieldWords("抽取数", "sample size"),
        "sample": FieldWords("样本", "sample"),
        "drawn": FieldWords("样本事项", "drawn"),
        "rectification": FieldWords("整改编号", "rectification"),
        "problem": FieldWords("存在问题", "problem"),
        "demand": FieldWords("整改要求", "what is demanded"),
        "days_late": FieldWords("逾期天数", "days late"),
    },
    kinds={
        "publication.published/1 flags": "publication_flag",
        "publication.corrected/1 flags": "publication_flag",
        "document.attribute_changed/1 cause": "change_cause",
        "disclosure_duty.found/1 cause": "duty_cause",
        "rectification.ordered/1 cause": "duty_cause",
        "self_check.finding_recorded/1 conclusion": "finding_conclusion",
        "spot_check.finding_recorded/1 conclusion": "spot_check_conclusion",
        **{
            f"{event} flags": "supervision_flag"
            for event in (
                SupervisionEvent.SELF_CHECK_OPENED,
                SupervisionEvent.FINDING_RECORDED,
                SupervisionEvent.SELF_CHECK_REPORTED,
                SupervisionEvent.SPOT_CHECK_CONDUCTED,
                SupervisionEvent.RECTIFICATION_CONFIRMED,
            )
        },
    },
    subjects={"cycle": "self_check", "spot_check": "spot_check", "rectification": "rectification"},
    streams={"rectification": "rectification", "spot_check": "spot_check"},
)
