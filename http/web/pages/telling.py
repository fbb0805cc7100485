"""How an event is told to a reader: the article it rests on, and which of its fields are shown, in which words.

One table.  A field that is absent or empty is not shown; an event type that the table does not know is
told by its name alone, and its entry shows the rest.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final, NamedTuple

from aggregates.vocabulary import EVENT_TYPES
from ledger.entry import Actor, Entry
from projections.evidence.wording import FIELDS


class Shown(NamedTuple):
    """One field of an event: its name there, what it is called, and how its value is read.

    ``kind`` is ``text``, ``day``, ``instant``, ``code``, ``officer``, ``unit``, ``channels``, ``content``,
    ``contents``, ``texts``, ``positions``, or the name of a list of the vocabulary.
    """

    name: str
    zh: str
    en: str
    kind: str = "text"


class Fact(NamedTuple):
    """One field of one event, ready to be put into words."""

    name: str
    zh: str
    en: str
    kind: str
    value: Any


_DRAFT = Shown("draft_version", "稿次", "draft")
_CONTENT = Shown("content", "原始内容", "content", "content")
_ATTACHMENTS = Shown("attachments", "附件", "attachments", "contents")
_CONCLUSION = "结论", "conclusion"
_REASON = Shown("reason", "理由", "reason")
_NOTE = Shown("note", "说明", "note")
_GROUND = Shown("ground", "依据", "ground")
_REVIEW = Shown("review", "审查编号", "review", "code")
_CHANNELS = Shown("channels", "渠道", "channels", "channels")
_CHAIN = (
    Shown("drafter", "拟稿", "drafted by", "officer"),
    Shown("reviewer", "审核", "reviewed by", "officer"),
    Shown("secrecy_reviewer", "保密审查", "secrecy reviewed by", "officer"),
    Shown("approver", "批准", "approved by", "officer"),
    Shown("publisher", "发布", "published by", "officer"),
)
_POST = (
    Shown("officer", "人员", "officer", "officer"),
    Shown("unit", "单位", "unit", "unit"),
    Shown("post", "岗位", "post", "post"),
)

_ARTICLES: Final[Mapping[str, str]] = {
    "unit.disclosure_office_designated/1": "(十五)",
    "channel.registered/1": "(十一)",
    "platform.owner_assigned/1": "(十)",
    "column.registered/1": "(十)",
    "column.maintained/1": "(十)",
    "workflow.adopted/1": "(一)",
    "document.drafted/1": "(一)",
    "document.revised/1": "(一)",
    "document.attribute_determined/1": "(一)",
    "document.attribute_reviewed/1": "(一)",
    "document.referred_to_disclosure_office/1": "(一)",
    "document.non_disclosure_examined/1": "(一)",
    "document.submitted/1": "(一)",
    "document.returned/1": "(一)",
    "document.defect_waived/1": "(一)",
    "document.approved/1": "(四)",
    "document.secrecy_reviewed/1": "(四)",
    "document.secrecy_escalated/1": "(四)",
    "document.secrecy_determined/1": "(四)",
    "publication.published/1": "(四)(十)",
    "publication.channel_added/1": "(十)(十一)",
    "publication.corrected/1": "(四)(十)",
    "publication.withdrawn/1": "(十)",
    "publication.sealed/1": "(四)(十)",
    "publication.unsealed/1": "(四)(十)",
    "publication.archived/1": "(十)",
    "publication.historic_recorded/1": "(十)",
    "publication.superseded/1": "(十)",
    "found.unregistered_publication/1": "(四)(十)",
    "ledger.consulted/1": "(十)",
    "case.opened/1": "(十七)",
    "case.responsibility_determined/1": "(十七)",
    "case.measure_imposed/1": "(十七)",
}

_ARTICLES_OF_AREAS: Final = {str(event): event.article for event in EVENT_TYPES}

_KINDS: Final = {"flag": "text", "passages": "texts", "hash": "code"}
"""How this page reads a kind that the evidence package has and this table has not."""

_SHOWN: Final[Mapping[str, tuple[Shown, ...]]] = {
    "unit.registered/1": (Shown("name_zh", "名称", "name"), Shown("kind", "类别", "kind", "unit_kind")),
    "unit.disclosure_office_designated/1": (Shown("office_zh", "公开机构", "office"),),
    "unit.succeeded/1": (Shown("successor", "承继单位", "successor", "unit"),),
    "officer.registered/1": (Shown("officer", "人员", "officer", "officer"),),
    "officer.appointed/1": (*_POST, Shown("from_date", "自", "from", "day"), Shown("until_date", "至", "until", "day")),
    "officer.relieved/1": (*_POST, Shown("until_date", "至", "until", "day")),
    "channel.registered/1": (Shown("name_zh", "名称", "name"), Shown("kind", "类别", "kind", "channel_kind")),
    "channel.retired/1": (_REASON,),
    "column.maintained/1": (_NOTE,),
    "workflow.adopted/1": (Shown("title_zh", "名称", "title"), Shown("steps", "环节", "steps", "workflow_step")),
    "ruleset.adopted/1": (
        Shown("title_zh", "名称", "title"),
        Shown("document_number", "文号", "document number"),
        Shown("effective_from", "施行日期", "in force from", "day"),
    ),
    "document.drafted/1": (
        Shown("title", "标题", "title"),
        Shown("document_number", "文号", "document number"),
        Shown("written_on", "成文日期", "written on", "day"),
        _CONTENT,
        _ATTACHMENTS,
    ),
    "document.revised/1": (_DRAFT, _REASON, _CONTENT, _ATTACHMENTS),
    "document.attribute_determined/1": (
        _DRAFT,
        Shown("attribute", "公开属性", "attribute", "attribute"),
        _REASON,
        Shown("legal_basis", "依据", "legal basis", "texts"),
        Shown("severed_passages", "不予公开的内容", "severed passages", "passages"),
    ),
    "document.attribute_reviewed/1": (_DRAFT, Shown("conclusion", *_CONCLUSION, "attribute_conclusion"), _NOTE),
    "document.referred_to_disclosure_office/1": (_DRAFT,),
    "document.non_disclosure_examined/1": (
        _DRAFT,
        Shown("conclusion", *_CONCLUSION, "examination_conclusion"),
        _GROUND,
        _NOTE,
    ),
    "document.submitted/1": (_DRAFT, Shown("resubmission_of", "对应退文", "answers return", "code")),
    "document.returned/1": (
        _DRAFT,
        Shown("ground", "退文理由", "ground", "return_ground"),
        Shown("return_number", "退文编号", "return", "code"),
        _NOTE,
    ),
    "document.defect_waived/1": (_DRAFT, Shown("defect", "免退事项", "defect", "defect"), _REASON),
    "document.approved/1": (_DRAFT, Shown("content_sha256", "内容哈希", "content hash", "hash")),
    "document.secrecy_reviewed/1": (
        _DRAFT,
        Shown("conclusion", *_CONCLUSION, "secrecy_conclusion"),
        _GROUND,
        _REVIEW,
        Shown("content_sha256", "内容哈希", "content hash", "hash"),
    ),
    "document.secrecy_escalated/1": (_DRAFT, Shown("question", "报请事项", "question")),
    "document.secrecy_determined/1": (
        _DRAFT,
        Shown("conclusion", *_CONCLUSION, "secrecy_determination"),
        Shown("level", "密级", "level", "secrecy_level"),
        _GROUND,
    ),
    "publication.published/1": (
        Shown("publication", "发布编号", "publication", "code"),
        _CHANNELS,
        *_CHAIN,
        _REVIEW,
        _CONTENT,
        _ATTACHMENTS,
        Shown("flags", "提示", "flags", "refusal_code"),
    ),
    "publication.channel_added/1": (Shown("channel", "渠道", "channel", "channels"),),
    "publication.corrected/1": (_REASON, Shown("title", "标题", "title"), *_CHAIN, _REVIEW, _CONTENT, _ATTACHMENTS),
    "publication.withdrawn/1": (
        Shown("reason_code", "撤回原因", "ground", "withdrawal_reason"),
        _REASON,
        _CHANNELS,
    ),
    "publication.sealed/1": (_REASON, Shown("readers", "可调阅岗位", "may be opened by", "post")),
    "publication.unsealed/1": (_REASON,),
    "publication.archived/1": (
        Shown("archive_number", "档号", "archive number", "code"),
        Shown("retention", "保管期限", "retention", "retention"),
    ),
    "publication.historic_recorded/1": (
        Shown("title", "标题", "title"),
        Shown("published_on", "原登记发布日期", "published on", "day"),
        Shown("channel_name", "原登记渠道", "channel"),
        Shown("source", "来源", "source", "source"),
        _NOTE,
    ),
    "publication.superseded/1": (
        Shown("by_item", "替代事项", "superseded by", "item"),
        Shown("on_date", "日期", "on", "day"),
    ),
    "found.unregistered_publication/1": (
        Shown("title", "标题", "title"),
        Shown("seen_published_at", "对外出现时间", "seen since", "instant"),
        Shown("source", "发现途径", "found by"),
        Shown("evidence", "证据", "evidence", "content"),
    ),
    "ledger.consulted/1": (Shown("query", "查阅内容", "query", "code"), Shown("result_count", "结果数", "results")),
    "personal.erased/1": (
        Shown("record", "对象", "record", "code"),
        Shown("ground", "理由", "ground"),
        Shown("approver", "批准", "approved by", "officer"),
    ),
    "case.opened/1": (
        Shown("ground", "立案事由", "ground", "case_ground"),
        Shown("effect", "后果", "effect"),
        Shown("evidence_positions", "证据", "evidence", "positions"),
    ),
    "case.responsibility_determined/1": (
        Shown("officer", "人员", "officer", "officer"),
        Shown("responsibility_class", "责任类别", "class", "responsibility_class"),
        Shown("finding", "认定", "finding"),
        Shown("evidence_positions", "证据", "evidence", "positions"),
    ),
    "case.measure_imposed/1": (
        Shown("officer", "人员", "officer", "officer"),
        Shown("measure", "处理", "measure"),
        Shown("basis", "依据", "basis"),
    ),
}

CONSULTED: Final = "ledger.consulted/1"
"""A reading by supervision; it is told apart from what was done."""

REFUSED: Final = "attempt.refused/1"
"""The one event that records what was not done."""


def article_of(type_: str, data: Mapping[str, Any]) -> str:
    """The article of the rules on which an act rests, or the one by which it was refused."""
    if type_ == REFUSED:
        return str(data.get("article", ""))
    return _ARTICLES.get(type_) or _ARTICLES_OF_AREAS.get(type_, "")


def facts_of(type_: str, data: Mapping[str, Any]) -> Iterator[Fact]:
    """What is shown of an event, in the order in which it is read."""
    for shown in _SHOWN.get(type_) or _as_in_evidence(data):
        value = data.get(shown.name)
        if value not in (None, "", [], {}):
            yield Fact(shown.name, shown.zh, shown.en, shown.kind, value)


def _as_in_evidence(data: Mapping[str, Any]) -> Iterator[Shown]:
    """All members of an event that has no row of its own, by the names that the evidence package gives them."""
    for name, field in FIELDS.items():
        if name in data:
            yield Shown(name, field.zh, field.en, _KINDS.get(field.kind, field.kind))


_NOT_SAID_IN_A_LINE: Final = frozenset({"content", "contents", "hash", "positions", "passages", "source"})


def gist_of(type_: str, data: Mapping[str, Any], most: int = 2) -> list[Fact]:
    """The first facts of an event that fit in a line; what a table's row says of it."""
    told = (fact for fact in facts_of(type_, data) if fact.kind not in _NOT_SAID_IN_A_LINE)
    return list(islice((fact for fact in told if fact.name not in {"draft_version", "title"}), most))


_AT_ONCE: Final = timedelta(minutes=5)
"""An act recorded within this time of happening is not called late."""

_IN_PUBLIC: Final = ("publication.", "found.")


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as a reader is told it."""

    position: int
    type: str
    stream: str
    occurred_at: datetime
    recorded_at: datetime
    actor: Actor | None
    on_behalf_of: str | None
    ruleset: str | None
    workflow: str | None
    article: str
    facts: tuple[Fact, ...]
    refusal: Mapping[str, Any] | None

    @property
    def is_late(self) -> bool:
        """Whether it was recorded noticeably after it happened."""
        return self.recorded_at - self.occurred_at > _AT_ONCE

    @property
    def mark(self) -> str:
        """How it is marked on a timeline: refused, seen by the public, or neither."""
        if self.refusal is not None:
            return "refused"
        return "public" if self.type.startswith(_IN_PUBLIC) else "inside"


def tell(entry: Entry) -> Told:
    """Tell an entry; one whose data are not an object is told by its type alone."""
    data: Mapping[str, Any] = entry.data if isinstance(entry.data, dict) else {}
    return Told(
        entry.position,
        entry.type,
        entry.stream,
        entry.occurred_at,
        entry.recorded_at,
        entry.actor,
        entry.on_behalf_of,
        entry.ruleset,
        entry.workflow,
        article_of(entry.type, data),
        tuple(facts_of(entry.type, data)),
        data if entry.type == REFUSED else None,
    )
