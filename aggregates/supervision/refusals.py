"""Why an act of supervision is refused: code, article, and the sentence for the person who asked (四)."""

from aggregates.terms import RefusalReason


class SupervisionRefusal(RefusalReason):
    """Why it is refused."""

    SELF_CHECK_UNKNOWN = (
        "SELF_CHECK_UNKNOWN", "(四)", "自查未启动", "self-check unknown",
        "{unit}{year}年度自查尚未启动。请先启动自查，再登记情况或报送。",
        "The self-check of {unit} for {year} was not opened. Open it first.",
    )  # fmt: skip
    SELF_CHECK_TOO_EARLY = (
        "SELF_CHECK_TOO_EARLY", "(四)", "未到自查时间", "before November",
        "{year}年度自查自{window_from}开始，今天是{day}，尚未到时间。请届时启动。",
        "The self-check for {year} begins on {window_from}; today is {day}. Open it then.",
    )  # fmt: skip
    SELF_CHECK_REPORTED = (
        "SELF_CHECK_REPORTED", "(四)", "自查已报送", "self-check reported",
        "{unit}{year}年度自查整改情况已报送区政府办公室，不能再登记或重复报送。后续问题请按整改办理。",
        ("The self-check of {unit} for {year} is reported to the district office; nothing is added to it. Deal with what "
        "comes up later as a rectification."),
    )  # fmt: skip
    SELF_CHECK_INCOMPLETE = (
        "SELF_CHECK_INCOMPLETE", "(四)", "自查不全面", "self-check incomplete",
        "{unit}尚有{number}件不予公开的信息未自查（如{items}）。须全面自查后再报送。",
        "{unit} has {number} withheld items without a finding, as {items}. Check all of them, then report.",
    )  # fmt: skip
    ALREADY_CHECKED = (
        "ALREADY_CHECKED", "(四)", "该事项已自查", "item checked already",
        "{item}在本年度自查中已有登记（{finding_number}），同一事项不重复登记。",
        "{item} has a finding in this self-check already, {finding_number}; one item is recorded once.",
    )  # fmt: skip
    FINDING_SCOPE_MISMATCH = (
        "FINDING_SCOPE_MISMATCH", "(四)", "自查范围与属性不符", "scope does not fit",
        "{item}现行公开属性为{attribute}，不属于“{scope_zh}”。请核对自查范围。",
        "{item} stands as {attribute}; that is not {scope}. Check why it is looked at.",
    )  # fmt: skip
    REPORT_COUNTS_DIFFER = (
        "REPORT_COUNTS_DIFFER", "(四)", "报送数与登记数不符", "counts differ",
        "{unit}报送的自查情况数与台账登记不符：{differences_zh}。请核对后重新报送。",
        "The counts that {unit} reports are not those recorded: {differences}. Check them and report again.",
    )  # fmt: skip
    NOT_FOUND_CONVERTIBLE = (
        "NOT_FOUND_CONVERTIBLE", "(四)", "自查未认定可转", "not found convertible",
        "{item}在{unit}{year}年度自查中没有“可转为主动公开”或“应公开未公开”的登记，不能据此转为主动公开。请先登记自查情况。",
        ("The self-check of {unit} for {year} has no finding that {item} can be, or should have been, disclosed. Record "
        "the finding first."),
    )  # fmt: skip
    DUTY_FOUND_ALREADY = (
        "DUTY_FOUND_ALREADY", "(四)", "已责令公开", "ordered already",
        "{item}已列入应公开未公开清单，公开之前不重复列入。请尽快审查并发布。",
        "{item} is on the list of what should be public already, until it is published. Review and publish it.",
    )  # fmt: skip
    POPULATION_EMPTY = (
        "POPULATION_EMPTY", "(四)", "抽样总体为空", "nothing to draw from",
        "截至第{position}条记录，所选范围内没有可抽取的事项。请核对总体和单位。",
        "As of position {position} the chosen population holds nothing to draw from. Check it and the units.",
    )  # fmt: skip
    SPOT_CHECK_UNKNOWN = (
        "SPOT_CHECK_UNKNOWN", "(四)", "抽查不存在", "spot check unknown",
        "没有编号为{spot_check}的抽查。请核对编号，或先抽样。",
        "There is no spot check {spot_check}. Check its number, or draw the sample first.",
    )  # fmt: skip
    NOT_IN_SAMPLE = (
        "NOT_IN_SAMPLE", "(四)", "不在样本中", "not in the sample",
        "{item}不在抽查{spot_check}抽取的样本中（或已登记）。样本由种子确定，不得增减。请另行办理。",
        ("{item} was not drawn in the spot check {spot_check}, or is recorded already. The seed fixed the sample; nothing "
        "is added to it."),
    )  # fmt: skip
    RECTIFICATION_UNKNOWN = (
        "RECTIFICATION_UNKNOWN", "(四)", "整改事项不存在", "rectification unknown",
        "整改台账中没有{rectification}。请核对编号，或先督促整改。",
        "There is no rectification {rectification}. Check its number, or order it first.",
    )  # fmt: skip
    RECTIFICATION_CLOSED = (
        "RECTIFICATION_CLOSED", "(四)", "整改已销号", "rectification closed",
        "整改事项{rectification}已于{closed_on}销号，不重复办理。",
        "The rectification {rectification} was confirmed on {closed_on}; it is closed.",
    )  # fmt: skip
    RECTIFICATION_EVIDENCE_MISSING = (
        "RECTIFICATION_EVIDENCE_MISSING", "(四)", "整改无证据", "no evidence of rectification",
        "整改事项{rectification}没有可据以销号的台账记录：须引用督促整改之后发生、涉及{unit}的记录。请写明其位置。",
        ("The rectification {rectification} cannot be closed without evidence: name the position of an entry on {unit} "
        "that happened after the order."),
    )  # fmt: skip
    DUE_DATE_MISSING = (
        "DUE_DATE_MISSING", "(四)", "未定整改期限", "no due date",
        "整改事项{rectification}须写明期限：日期，或工作日数（二者之一）。",
        "The rectification {rectification} needs a due date, or a number of working days: one of the two.",
    )  # fmt: skip
    DUE_DATE_PAST = (
        "DUE_DATE_PAST", "(四)", "整改期限已过", "due date past",
        "整改事项{rectification}的期限{due_on}早于今天{day}。请另定期限。",
        "The due date {due_on} of the rectification {rectification} is before today, {day}. Set another.",
    )  # fmt: skip
    DUE_DATE_UNCOUNTABLE = (
        "DUE_DATE_UNCOUNTABLE", "(四)", "工作日历未启用", "working days unknown",
        "自{day}起{days}个工作日无法计算：相应年度的工作日历尚未启用。请写明日期，或先启用工作日历。",
        ("{days} working days from {day} cannot be counted: the calendar of that year is not adopted. Name a date, or "
        "adopt the calendar first."),
    )  # fmt: skip
