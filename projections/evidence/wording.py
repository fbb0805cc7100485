"""How an entry is read by people: one table of fields and one of labels, for the page and for the print.

The page cannot ask Python, so ``glossary`` hands it the same tables and the page follows the same
rules; a test holds the two renderings against each other.  Everything an entry says is shown: what the
table does not know appears under its own name.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from aggregates.area import FieldWords as Field
from aggregates.area_words import AREAS
from aggregates.vocabulary import LISTS, label
from ledger import instants
from ledger.entry import Entry
from projections.feed import BEIJING

_WEEKDAYS_ZH: Final = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_WEEKDAYS_EN: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Row(NamedTuple):
    """One field of one entry, in words; a list has a line for each member."""

    zh: str
    en: str
    lines: tuple[str, ...]


FIELDS: Final[Mapping[str, Field]] = {
    "case": Field("案号", "case"),
    "found": Field("发现编号", "finding"),
    "item": Field("事项编号", "item"),
    "publication": Field("发布编号", "publication"),
    "title": Field("标题", "title"),
    "document_number": Field("文号", "document number"),
    "index_number": Field("索引号", "index number"),
    "number": Field("编号", "number"),
    "officer": Field("人员", "officer", "code"),
    "name_commitment": Field("姓名承诺值", "commitment to the name", "hash"),
    "unit": Field("单位", "unit", "code"),
    "unit_name": Field("原登记单位", "unit as registered then"),
    "post": Field("岗位", "post", "post"),
    "from_date": Field("任职自", "from", "day"),
    "until_date": Field("任职至", "until", "day"),
    "channel": Field("渠道", "channel", "code"),
    "column": Field("栏目", "column", "code"),
    "name_zh": Field("名称", "name in Chinese"),
    "name_en": Field("英文名称", "name in English"),
    "title_zh": Field("名称", "title"),
    "kind": Field("类别", "kind"),
    "code": Field("代码", "code"),
    "office_zh": Field("公开机构", "disclosure office"),
    "successor": Field("承继单位", "successor", "code"),
    "owner_unit": Field("主管单位", "owner", "code"),
    "competent_unit": Field("责任单位", "competent unit", "code"),
    "concerned_units": Field("涉及单位", "units concerned", "code"),
    "on_behalf_of_government": Field("代政府起草", "on behalf of the government", "flag"),
    "policy": Field("政策性文件", "policy document", "flag"),
    "written_on": Field("成文日期", "written on", "day"),
    "theme": Field("主题", "theme"),
    "phase": Field("公开环节", "phase", "phase"),
    "version": Field("版本", "version"),
    "draft_version": Field("稿次", "draft"),
    "attribute": Field("公开属性", "disclosure attribute", "attribute"),
    "proposed": Field("系建议", "as a proposal", "flag"),
    "legal_basis": Field("法律依据", "legal basis"),
    "severed_passages": Field("不予公开的部分", "severed passages", "passages"),
    "withheld_passages": Field("不予公开部分数", "passages withheld"),
    "resubmission_of": Field("对应退文", "answers return"),
    "return_number": Field("退文编号", "return number"),
    "defect": Field("免予退文事项", "defect waived", "defect"),
    "review": Field("审查编号", "review"),
    "conclusion": Field("结论", "conclusion"),
    "question": Field("报请事项", "question"),
    "level": Field("密级", "level", "secrecy_level"),
    "reason_code": Field("原因", "reason code", "withdrawal_reason"),
    "ground": Field("依据", "ground"),
    "reason": Field("理由", "reason"),
    "drafter": Field("拟稿人", "drafter", "code"),
    "reviewer": Field("审核人", "reviewer", "code"),
    "secrecy_reviewer": Field("保密审查员", "secrecy reviewer", "code"),
    "approver": Field("批准人", "approver", "code"),
    "publisher": Field("发布人员", "publishing officer", "code"),
    "channels": Field("发布渠道", "channels", "code"),
    "channel_name": Field("原登记渠道", "channel as registered then"),
    "published_at": Field("发布时间", "published at", "instant"),
    "client_published_at": Field("发布端所报时间", "time stated by the client", "instant"),
    "published_on": Field("原登记发布日期", "publication date as registered then", "day"),
    "found_at": Field("发现时间", "found at", "instant"),
    "seen_published_at": Field("对外出现时间", "seen in public at", "instant"),
    "flags": Field("提示", "flags", "refusal_code"),
    "content": Field("原始内容", "original content", "content"),
    "attachments": Field("附件", "attachments", "content"),
    "adaptation": Field("改编内容", "adaptation", "content"),
    "evidence": Field("证据材料", "evidence", "content"),
    "content_sha256": Field("内容的SHA-256", "SHA-256 of the content", "hash"),
    "sha256s": Field("内容的SHA-256", "SHA-256 of the contents", "hash"),
    "readers": Field("可调阅岗位", "may be opened by", "post"),
    "retention": Field("保管期限", "retention", "retention"),
    "archive_number": Field("档号", "archive number"),
    "by_item": Field("替代事项", "superseded by"),
    "supersedes": Field("所替代事项", "supersedes"),
    "on_date": Field("日期", "on", "day"),
    "source": Field("来源", "source"),
    "workflow": Field("流程", "workflow", "code"),
    "steps": Field("环节", "steps", "workflow_step"),
    "ruleset": Field("规则集", "ruleset", "code"),
    "effective_from": Field("施行日期", "in force from", "day"),
    "parameters": Field("参数", "parameters"),
    "refresh_days": Field("更新周期(天)", "days between refreshes"),
    "command": Field("被拒操作", "refused command", "command"),
    "subject": Field("对象", "subject"),
    "article": Field("条款", "article"),
    "sentence_zh": Field("拒绝理由", "reason for refusal, in Chinese"),
    "sentence_en": Field("拒绝理由(英文)", "reason for refusal"),
    "details": Field("详情", "details"),
    "query": Field("查阅内容", "query"),
    "as_of": Field("查阅时点", "as of"),
    "result_count": Field("结果数", "results"),
    "effect": Field("后果", "effect"),
    "evidence_positions": Field("所据记录号", "positions relied on"),
    "responsibility_class": Field("责任类别", "class of responsibility", "responsibility_class"),
    "finding": Field("认定", "finding"),
    "measure": Field("处理", "measure"),
    "basis": Field("依据", "basis"),
    "record": Field("记录", "record"),
    "fields": Field("字段", "fields"),
    **{name: field for area in AREAS for name, field in area.fields.items()},
    "note": Field("说明", "note"),
}
"""In the order in which they are read."""

_KINDS_BY_TYPE: Final[Mapping[str, str]] = {
    "unit.registered/1 kind": "unit_kind",
    "channel.registered/1 kind": "channel_kind",
    "attempt.refused/1 code": "refusal_code",
    "document.attribute_reviewed/1 conclusion": "attribute_conclusion",
    "document.non_disclosure_examined/1 conclusion": "examination_conclusion",
    "document.secrecy_reviewed/1 conclusion": "secrecy_conclusion",
    "document.secrecy_determined/1 conclusion": "secrecy_determination",
    "document.returned/1 ground": "return_ground",
    "case.opened/1 ground": "case_ground",
    **{place: kind for area in AREAS for place, kind in area.kinds.items()},
}
"""Where the same member is read differently in one type of event."""

_STEERING: Final = (
    *(code for code in range(0x20) if chr(code) not in "\t\n"),
    *range(0x7F, 0xA0),
    0x061C,
    *range(0x200B, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
)
"""Characters that no screen shows and that can make a text read as it is not."""
_VISIBLE: Final = {code: f"⟨U+{code:04X}⟩" for code in _STEERING}

_NAMED: Final[Mapping[str, tuple[str, str, str]]] = {
    "unit.registered/1": ("unit", "name_zh", "name_en"),
    "channel.registered/1": ("channel", "name_zh", "name_en"),
    "column.registered/1": ("column", "name_zh", "name_en"),
    "ruleset.adopted/1": ("ruleset", "title_zh", ""),
    "workflow.adopted/1": ("workflow", "title_zh", ""),
}
"""Which member of a registration is the code, and which ones name it."""

# ASCII digits only: the page reads by the same patterns.
_INSTANT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Names = dict[str, str]
"""What codes stand for, as enclosed registrations say."""


def visible(text: str) -> str:
    """The text with every steering character written out as its number."""
    return text.translate(_VISIBLE)


def instant(text: str) -> str:
    """An instant in the district's time: ``2025年1月23日 星期四 10:15:00 · Thu 23 Jan 2025, 10:15:00``.

    What is no instant is shown as it is.
    """
    try:
        at = instants.from_text(text).astimezone(BEIJING) if _INSTANT.fullmatch(text) else None
    except (ValueError, OverflowError):
        at = None
    if at is None:
        return visible(text)
    zh, en = _day(at.date())
    time = at.strftime("%H:%M:%S")
    return f"{zh} {time} · {en}, {time}"


def instant_in_short(at: datetime) -> str:
    """An instant in the district's time for a table: ``2025-01-23 10:15:00``."""
    return at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")


def day(text: str) -> str:
    """A date with its weekday, in both languages; a text that is no date is shown as it is."""
    try:
        return " · ".join(_day(date.fromisoformat(text))) if _DAY.fullmatch(text) else visible(text)
    except ValueError:
        return visible(text)


def _day(at: date) -> tuple[str, str]:
    weekday = at.weekday()
    zh = f"{at.year}年{at.month}月{at.day}日 {_WEEKDAYS_ZH[weekday]}"
    return zh, f"{_WEEKDAYS_EN[weekday]} {at.day} {_MONTHS[at.month - 1]} {at.year}"


def names_in(entry: Entry) -> Iterator[tuple[str, str]]:
    """What an entry, if it is a registration, says that a code stands for."""
    code, zh, en = _NAMED.get(entry.type, ("", "", ""))
    data = entry.data if isinstance(entry.data, dict) else {}
    if isinstance(data.get(code), str) and isinstance(data.get(zh), str):
        english = data.get(en)
        yield data[code], data[zh] if not isinstance(english, str) else f"{data[zh]} {english}"


def coded(code: str, names: Names) -> str:
    """A code with its name behind it, where an enclosed entry names it: ``U05 区住建局 Housing Bureau``."""
    # A ruleset and a workflow are cited by version, RS-143/2, and named for all versions.
    name = names.get(code) or names.get(code.partition("/")[0])
    return visible(f"{code} {name}" if name else code)


def envelope(entry: Entry, names: Names) -> list[Row]:
    """Who acted when, for whom and under which rules, as the entry's own members say."""
    found = []
    if entry.actor is not None:
        actor = entry.actor
        who = (coded(actor.officer, names), post_label(actor.post), coded(actor.unit, names))
        found.append(Row("经办", "by", (" · ".join(who),)))
    found.append(Row("发生时间", "occurred at", (instant(instants.to_text(entry.occurred_at)),)))
    found.append(Row("记录时间", "recorded at", (instant(instants.to_text(entry.recorded_at)),)))
    cited = (("代表", "on behalf of", entry.on_behalf_of), ("规则集", "under ruleset", entry.ruleset),
             ("流程", "under workflow", entry.workflow))  # fmt: skip
    found.extend(Row(zh, en, (coded(code, names),)) for zh, en, code in cited if code)
    found.append(Row("序列", "stream", (visible(f"{entry.stream} #{entry.version}"),)))
    return found


def kind_of(type_: str, member: str) -> str:
    """How a member of an event of this type is read: its ``FieldWords.kind``, or ``text`` if it is not known."""
    return _KINDS_BY_TYPE.get(f"{type_} {member}", FIELDS.get(member, Field(member, "")).kind)


def rows(entry: Entry, names: Names) -> list[Row]:
    """Everything that an entry's data say, in the order in which it is read; empty members are left out."""
    if not isinstance(entry.data, dict):
        return [] if entry.data is None else [Row("数据", "data", (_plain(entry.data),))]
    known = [name for name in FIELDS if name in entry.data]
    unknown = sorted(name for name in entry.data if name not in FIELDS)
    return [
        Row(field.zh, field.en, tuple(lines))
        for name in known + unknown
        if entry.data[name] not in (None, "", [], {})
        for field in [FIELDS.get(name, Field(name, ""))]
        for lines in [_lines(_KINDS_BY_TYPE.get(f"{entry.type} {name}", field.kind), entry.data[name], names)]
    ]


def _lines(kind: str, value: Any, names: Names) -> list[str]:
    if isinstance(value, list):
        return [line for member in value for line in _lines(kind, member, names)]
    if isinstance(value, dict):
        return _object_lines(kind, value)
    return _text_lines(kind, value, names) if isinstance(value, str) else [_plain(value)]


def _text_lines(kind: str, value: str, names: Names) -> list[str]:
    match kind:
        case "code":
            return [coded(value, names)]
        case "day":
            return [day(value)]
        case "instant":
            return [instant(value)]
        case _ if value in _codes(kind):
            return [" ".join(label(kind, value))]
        case _:
            return visible(value).split("\n")


def _object_lines(kind: str, value: Mapping[str, Any]) -> list[str]:
    if kind == "content":
        described = [value.get("name"), value.get("media_type")]
        size = [f"{value['size']} bytes"] if isinstance(value.get("size"), int) else []
        line = " · ".join([visible(part) for part in described if isinstance(part, str) and part] + size)
        return [line, f"SHA-256 {visible(str(value.get('sha256')))}"]
    if kind == "passages":
        parts = [value.get(name) for name in ("locator", "reason", "basis")]
        return [" — ".join(visible(part) for part in parts if isinstance(part, str) and part)]
    return [_plain(value)]


def _plain(value: Any) -> str:
    if value is True or value is False:
        return "是 yes" if value else "否 no"
    return visible(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(", ", ": ")))


def _codes(list_name: str) -> frozenset[str]:
    return frozenset(str(term) for term in LISTS.get(list_name, ()))


def event_label(type_: str) -> str:
    """An event's type in both languages, Chinese first; an unknown one by its own name."""
    zh, en = label("event_type", type_)
    return visible(type_) if zh == en == type_ else f"{zh} {en}"


def post_label(post: str) -> str:
    """A post in both languages."""
    zh, en = label("post", post)
    return visible(post) if zh == en == post else f"{zh} {en}"


STATES: Final[Mapping[str, tuple[str, str]]] = {
    "ENCLOSED": ("在包内", "enclosed"),
    "OPENED": ("已封存，依权调阅，附入", "sealed, enclosed for a post that may read it"),
    "SEALED": ("已封存，未附", "sealed, not enclosed"),
    "MISSING": ("台账未存，未附", "not stored, not enclosed"),
    "DAMAGED": ("所存与哈希不符，未附", "what is stored does not match its hash, not enclosed"),
    "DISCLOSED": ("依请求披露", "disclosed on request"),
    "ERASED": ("已删除", "erased"),
    "ABSENT": ("已不存，包内无删除记录", "no longer held; the erasure is not in this package"),
    "UNCOMMITTED": ("所选记录无此承诺值，未披露", "no chosen entry commits to it, not disclosed"),
}
"""What has become of a content or of a personal value."""


def glossary() -> dict[str, Any]:
    """The same tables for the page."""
    return {
        "fields": FIELDS,
        "kinds_by_type": _KINDS_BY_TYPE,
        "lists": {name: {str(term): term.label for term in terms} for name, terms in LISTS.items()},
        "named": _NAMED,
        "states": STATES,
        "steering": _STEERING,
    }
