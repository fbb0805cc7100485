"""Why something is refused in appraisal, bulletins, commendation and criticism."""

from aggregates.terms import RefusalReason


class AppraisalRefusal(RefusalReason):
    """Why it is refused."""

    DISCLOSURE_NOT_APPRAISED = (
        "DISCLOSURE_NOT_APPRAISED", "(十七)", "考核未纳入政务公开", "disclosure not appraised",
        "考核{appraisal}的权重中没有政务公开(DISCLOSURE)。政务公开须纳入目标管理考核体系，请补充其权重。",
        "The weights of {appraisal} leave DISCLOSURE out; disclosure is part of the appraisal. Give it a weight.",
    )  # fmt: skip
    WEIGHTS_NOT_HUNDRED = (
        "WEIGHTS_NOT_HUNDRED", "(十七)", "权重合计不为100", "weights do not add up",
        "{subject}的权重合计为{total}，应为100。请调整权重。",
        "The weights of {subject} add up to {total} instead of 100. Adjust them.",
    )  # fmt: skip
    CYCLE_UNKNOWN = (
        "CYCLE_UNKNOWN", "(十七)", "考核不存在", "appraisal cycle unknown",
        "台账中没有考核{appraisal}。请核对编号，或先启动考核。",
        "The ledger holds no appraisal cycle {appraisal}. Check its number, or open it first.",
    )  # fmt: skip
    INDICATOR_UNKNOWN = (
        "INDICATOR_UNKNOWN", "(十七)", "指标不存在", "indicator unknown",
        "指标体系{indicator_set}现行版本中没有指标{indicator}。请核对指标，或先启用指标体系。",
        "The indicator set {indicator_set} has no indicator {indicator} in its present version. Check it, or adopt it.",
    )  # fmt: skip
    SCORE_WITHOUT_EVIDENCE = (
        "SCORE_WITHOUT_EVIDENCE", "(十七)", "评分没有台账证据", "score without evidence",
        "{unit}的指标{indicator}评分没有引用台账位置。请写明作为依据的台账位置。",
        "The score of {unit} for {indicator} cites no position of the ledger. Name the positions it rests on.",
    )  # fmt: skip
    SCORE_NOT_REPRODUCIBLE = (
        "SCORE_NOT_REPRODUCIBLE", "(十七)", "评分与台账不符", "score not what the ledger counts",
        "{unit}的指标{indicator}按截止位置计数应得{counted}分，所报{score}分不符。请以台账计数为准。",
        "Counted at the cut-off {unit} has {counted} for {indicator}, not {score}. Let the ledger's count stand.",
    )  # fmt: skip
    MONTH_NOT_OVER = (
        "MONTH_NOT_OVER", "(十七)", "当月未结束", "month not over",
        "{month}尚未结束(办理日期{day})，不能汇总。请在当月结束后办理。",
        "The month {month} is not over on {day}; it cannot be compiled yet. Compile it when it has ended.",
    )  # fmt: skip
    BULLETIN_ISSUED_ALREADY = (
        "BULLETIN_ISSUED_ALREADY", "(十七)", "当月已通报", "bulletin issued already",
        "{month}已以{bulletin}通报，其数据固定不变。以后的更正在其后的通报中作为差异列出。",
        "{month} was issued as {bulletin}; its figures stand. Later corrections show as differences beside it.",
    )  # fmt: skip
    YEAR_NOT_OVER = (
        "YEAR_NOT_OVER", "(十七)", "当年未结束", "year not over",
        "{year}年尚未结束(办理日期{day})，不能编制或报送年度报告。请在年度结束后办理。",
        "The year {year} is not over on {day}; its report cannot be compiled or submitted. Wait for its end.",
    )  # fmt: skip
    ANNUAL_REPORT_UNKNOWN = (
        "ANNUAL_REPORT_UNKNOWN", "(十七)", "年度报告不存在", "annual report unknown",
        "台账中没有年度报告{report}。请核对编号，或先编制或报送。",
        "The ledger holds no annual report {report}. Check its number, or compile or submit it first.",
    )  # fmt: skip
    REPORT_DONE_ALREADY = (
        "REPORT_DONE_ALREADY", "(十七)", "年度报告已办理", "annual report dealt with already",
        "年度报告{report}已经报送或公布，原记录不变。",
        "The annual report {report} is submitted or published already; that record stands.",
    )  # fmt: skip
    BREACH_NOT_CITED = (
        "BREACH_NOT_CITED", "(十七)", "批评未引用事实", "no breach cited",
        "对{unit}的通报批评没有引用台账中的违规记录。请写明所依据的台账位置。",
        "The criticism of {unit} cites no breach on record. Name the positions of the ledger it rests on.",
    )  # fmt: skip
