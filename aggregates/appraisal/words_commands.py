"""What may be asked in appraisal, bulletins, commendation and criticism."""

from aggregates.terms import CommandName


class AppraisalCommand(CommandName):
    """What may be asked."""

    OPEN_APPRAISAL_CYCLE = "open_appraisal_cycle", "启动考核", "open an appraisal cycle"
    ADOPT_INDICATOR_SET = "adopt_indicator_set", "启用指标体系", "adopt an indicator set"
    SCORE_INDICATOR = "score_indicator", "指标评分", "score an indicator"
    RECORD_THIRD_PARTY_ASSESSMENT = "record_third_party_assessment", "登记第三方测评", "record a third-party assessment"
    COMPILE_MONTHLY_BULLETIN = "compile_monthly_bulletin", "汇总每月通报", "compile a monthly bulletin"
    ISSUE_MONTHLY_BULLETIN = "issue_monthly_bulletin", "印发每月通报", "issue a monthly bulletin"
    COMPILE_ANNUAL_REPORT = "compile_annual_report", "编制年度报告", "compile an annual report"
    SUBMIT_ANNUAL_REPORT = "submit_annual_report", "报送年度报告", "submit an annual report"
    PUBLISH_ANNUAL_REPORT = "publish_annual_report", "公布年度报告", "publish an annual report"
    COMMEND_UNIT = "commend_unit", "表彰单位", "commend a unit"
    CRITICISE_UNIT = "criticise_unit", "通报批评", "criticise a unit"
    ASSESS_EFFECT = "assess_effect", "评估影响", "assess the effect in a case"
