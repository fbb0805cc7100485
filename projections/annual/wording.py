"""What stands around the tables of a compiled report: its title, how it was counted, what stays to be filled in."""

from collections.abc import Mapping, Sequence

from projections.annual.documents import THEMES
from projections.annual.filling import DISTRICT, Compiled
from projections.annual.form import PRESENT, TABLE_TITLES, column_label, row_label

HEADINGS: Mapping[int, str] = {1: "二", 2: "三", 3: "四"}
"""The number of the report's section in which each table stands."""

FORMS: Mapping[bool, tuple[str, str]] = {
    True: ("国办公开办函〔2021〕30号", "the form of 2021"),
    False: ("国办公开办函〔2019〕60号（试行）", "the trial form of 2019"),
}
"""Which form it is, by whether it is the present one."""


def title(compiled: Compiled) -> tuple[str, str]:
    """The report's title in both languages."""
    return (
        f"{compiled.year}年政府信息公开工作年度报告",
        f"Annual report on government information disclosure, {compiled.year}",
    )


def heading(number: int) -> tuple[str, str]:
    """The heading over a table."""
    zh, en = TABLE_TITLES[number]
    return f"{HEADINGS[number]}、{zh}", en


def owner(compiled: Compiled, name: str | None = None) -> str:
    """Whose report it is, as the form states it."""
    unit = compiled.report.unit
    return f"单位：{unit}" if unit == DISTRICT or not name else f"单位：{unit} {name}"


def section_six(compiled: Compiled) -> tuple[str, str]:
    """What section 六 must say of fees."""
    notices, paid = compiled.fees.notices, compiled.fees.paid
    return (
        f"六、其他需要报告的事项：本年发出信息处理费收费通知{notices}件，收取信息处理费{paid}元。",
        f"Section 6: {notices} fee notices were issued this year, {paid} yuan were paid.",
    )


def basis(compiled: Compiled) -> Sequence[tuple[str, str]]:
    """How it was counted, for whoever signs it."""
    form_zh, form_en = FORMS[compiled.edition == PRESENT]
    themes = "、".join(THEMES)
    return (
        (
            f"表样：{form_zh}。数字截至{compiled.year}年12月31日，按台账第{compiled.position}条为止所知计数。",
            f"Laid out as {form_en}. Figures as of 31 December {compiled.year}, known at position {compiled.position}.",
        ),
        (
            "表1第一项：历史登记中类别为规章、（行政）规范性文件的，和有文号并已发布的政策性文件；撤回原因为废止、失效的，和被替代的，计为废止。",
            "Table 1: old registers' rows of these kinds, published policy documents with a number; repealed if withdrawn as such.",
        ),
        (
            f"{themes}：主题以此开头、已批准的公文，不论是否公开；台账从未记载的留空。",
            "Decisions: approved documents whose theme begins so, published or not; blank where the ledger never had one.",
        ),
        (
            "表3：按提起日和审结日计，记在办理申请的机关名下。",
            "Table 3: by the days of filing and of conclusion, for the organ that had the request.",
        ),
    )


def blanks(compiled: Compiled) -> str:
    """The cells that the ledger does not carry, by their captions; "" where there are none."""
    edition = compiled.edition
    return "；".join(f"{row_label(cell, edition)}－{column_label(cell, edition)}" for cell in compiled.blank)
