"""The words of appraisal, bulletins, commendation and criticism: what may be asked, is recorded, is refused (十七)."""

from aggregates.appraisal.words_commands import AppraisalCommand
from aggregates.appraisal.words_events import AppraisalEvent
from aggregates.appraisal.words_lists import AppraisalFlag, EffectSeverity, Figure, ReportScope
from aggregates.appraisal.words_refusals import AppraisalRefusal
from aggregates.area import Area, FieldWords

__all__ = ["AREA", "AppraisalCommand", "AppraisalEvent", "AppraisalRefusal"]

AREA = Area(
    "appraisal",
    AppraisalCommand,
    AppraisalEvent,
    AppraisalRefusal,
    lists={
        "figure": Figure,
        "report_scope": ReportScope,
        "effect_severity": EffectSeverity,
        "appraisal_flag": AppraisalFlag,
    },
    fields={
        "appraisal": FieldWords("考核编号", "appraisal"),
        "year": FieldWords("年度", "year"),
        "weights": FieldWords("权重", "weights"),
        "weight": FieldWords("权重", "weight"),
        "indicator_set": FieldWords("指标体系", "indicator set"),
        "indicators": FieldWords("指标", "indicators"),
        "indicator": FieldWords("指标", "indicator"),
        "score": FieldWords("得分", "score"),
        "counted": FieldWords("台账计数", "count of the ledger"),
        "cut_off_position": FieldWords("截止记录号", "counted up to position"),
        "third_party_assessment": FieldWords("测评编号", "third-party assessment"),
        "assessor": FieldWords("测评机构", "assessor"),
        "assessment_method": FieldWords("测评方法", "method of the assessment"),
        "assessed_on": FieldWords("测评日期", "assessed on", "day"),
        "scores": FieldWords("各单位得分", "scores"),
        "bulletin": FieldWords("通报编号", "bulletin"),
        "month": FieldWords("月份", "month"),
        "figures": FieldWords("数据", "figures"),
        "figures_sha256": FieldWords("数据的SHA-256", "SHA-256 of the figures", "hash"),
        "table_two": FieldWords("申请情况表", "table 2, requests"),
        "missing_months": FieldWords("未通报月份", "months without a bulletin"),
        "report": FieldWords("年度报告编号", "annual report"),
        "due_on": FieldWords("期限", "due on", "day"),
        "commendation": FieldWords("表彰编号", "commendation"),
        "criticism": FieldWords("批评编号", "criticism"),
        "breach_positions": FieldWords("违规记录号", "positions of the breach"),
        "pinned": FieldWords("固定的证据", "pinned evidence"),
        "severity": FieldWords("影响程度", "severity", "effect_severity"),
    },
    kinds={
        "bulletin.issued/1 flags": "appraisal_flag",
        "annual_report.submitted/1 flags": "appraisal_flag",
        "annual_report.published/1 flags": "appraisal_flag",
        "annual_report.compiled/1 scope": "report_scope",
        "annual_report.submitted/1 scope": "report_scope",
        "annual_report.published/1 scope": "report_scope",
    },
    subjects={
        "appraisal": "appraisal",
        "indicator_set": "indicator_set",
        "third_party_assessment": "third_party_assessment",
        "bulletin": "bulletin",
        "report": "annual_report",
    },
    streams={"standing": "unit"},
)
