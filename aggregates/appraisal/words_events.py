"""What is recorded in appraisal, bulletins, commendation and criticism."""

from aggregates.terms import EventName


class AppraisalEvent(EventName):
    """What is recorded."""

    CYCLE_OPENED = "appraisal.cycle_opened/1", "考核启动", "appraisal cycle opened", "(十七)"
    INDICATOR_SET_ADOPTED = "indicator_set.adopted/1", "指标体系启用", "indicator set adopted", "(十七)"
    INDICATOR_SCORED = "appraisal.indicator_scored/1", "指标评分", "indicator scored", "(十七)"
    THIRD_PARTY_ASSESSMENT_RECORDED = (
        "third_party_assessment.recorded/1",
        "第三方测评",
        "third-party assessment recorded",
        "(十七)",
    )
    BULLETIN_COMPILED = "bulletin.compiled/1", "每月汇总", "monthly bulletin compiled", "(十七)"
    BULLETIN_ISSUED = "bulletin.issued/1", "每月通报", "monthly bulletin issued", "(十七)"
    REPORT_COMPILED = "annual_report.compiled/1", "年度报告编制", "annual report compiled", "(十七)"
    REPORT_SUBMITTED = "annual_report.submitted/1", "年度报告报送", "annual report submitted", "(十七)"
    REPORT_PUBLISHED = "annual_report.published/1", "年度报告公布", "annual report published", "(十七)"
    UNIT_COMMENDED = "standing.unit_commended/1", "表彰", "unit commended", "(十七)"
    UNIT_CRITICISED = "standing.unit_criticised/1", "通报批评", "unit criticised", "(十七)"
    EVIDENCE_PINNED = "case.evidence_pinned/1", "证据固定", "evidence pinned", "(十七)"
    EFFECT_ASSESSED = "case.effect_assessed/1", "影响评估", "effect assessed", "(十七)"
