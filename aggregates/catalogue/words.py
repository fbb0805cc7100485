"""The words of the disclosure catalogue and the negative list: what may be asked, what is recorded, why it is refused (三)."""

from aggregates.area import Area, FieldWords
from aggregates.terms import CommandName, EventName, RefusalReason, Term


class CatalogueCommand(CommandName):
    """What may be asked."""

    CLASSIFY_DISCLOSURE_ITEM = "classify_disclosure_item", "认定五公开类别", "classify a disclosure item"
    DEFINE_CATALOGUE_ENTRY = "define_catalogue_entry", "确定目录事项", "define a catalogue entry"
    CARRY_OVER_CATALOGUE_ENTRY = "carry_over_catalogue_entry", "沿用原目录事项", "carry over a catalogue entry"
    AMEND_CATALOGUE_ENTRY = "amend_catalogue_entry", "调整目录事项", "amend a catalogue entry"
    REMOVE_CATALOGUE_ENTRY = "remove_catalogue_entry", "删减目录事项", "remove a catalogue entry"
    ALIGN_CATALOGUE_WITH_SUPERIOR = (
        "align_catalogue_with_superior",
        "与上级目录对接",
        "align the catalogue with a superior's",
    )
    OPEN_CATALOGUE_REVISION = "open_catalogue_revision", "启动目录修订", "open a catalogue revision"
    CLOSE_CATALOGUE_REVISION = "close_catalogue_revision", "完成目录修订", "close a catalogue revision"
    COMPLETE_UNIT_CATALOGUE = "complete_unit_catalogue", "完成本单位清单修订", "complete the unit's catalogue"
    ADD_NEGATIVE_LIST_ENTRY = "add_negative_list_entry", "增补负面清单", "add a negative-list entry"
    AMEND_NEGATIVE_LIST_ENTRY = "amend_negative_list_entry", "调整负面清单", "amend a negative-list entry"
    REMOVE_NEGATIVE_LIST_ENTRY = "remove_negative_list_entry", "删减负面清单", "remove a negative-list entry"


class CatalogueEvent(EventName):
    """What is recorded."""

    CLASSIFIED = "document.classified/1", "五公开类别认定", "disclosure item classified", "前言"
    ENTRY_DEFINED = "catalogue_entry.defined/1", "目录事项确定", "catalogue entry defined", "(三)"
    ENTRY_CARRIED_OVER = "catalogue_entry.carried_over/1", "原目录事项沿用", "catalogue entry carried over", "(三)"
    ENTRY_AMENDED = "catalogue_entry.amended/1", "目录事项调整", "catalogue entry amended", "(三)"
    ENTRY_REMOVED = "catalogue_entry.removed/1", "目录事项删减", "catalogue entry removed", "(三)"
    ALIGNED = "catalogue.aligned/1", "目录对接", "catalogue aligned", "(三)"
    REVISION_OPENED = "catalogue.revision_opened/1", "目录修订启动", "catalogue revision opened", "(三)"
    REVISION_CLOSED = "catalogue.revision_closed/1", "目录修订完成", "catalogue revised", "(三)"
    UNIT_COMPLETED = "catalogue.unit_completed/1", "单位清单修订完成", "unit catalogue completed", "(三)"
    NEGATIVE_ADDED = "negative_list_entry.added/1", "负面清单增补", "negative-list entry added", "(三)"
    NEGATIVE_AMENDED = "negative_list_entry.amended/1", "负面清单调整", "negative-list entry amended", "(三)"
    NEGATIVE_REMOVED = "negative_list_entry.removed/1", "负面清单删减", "negative-list entry removed", "(三)"


class CatalogueRefusal(RefusalReason):
    """Why it is refused."""

    CATALOGUE_ENTRY_UNKNOWN = (
        "CATALOGUE_ENTRY_UNKNOWN", "(三)", "目录事项不存在", "catalogue entry unknown",
        "公开目录中没有事项{entry}（或已删减）。请核对编号，或先确定该事项。",
        "The catalogue holds no entry {entry}, or no longer. Check its number, or define it first.",
    )  # fmt: skip
    CATALOGUE_FIELD_MISSING = (
        "CATALOGUE_FIELD_MISSING", "(三)", "目录事项要素不全", "catalogue field missing",
        "目录事项{entries}缺少：{missing_zh}。五公开类别及主体、内容、时限、方式均须明确。请补全后再办理，目录未作变更。",
        ("The catalogue entries {entries} lack {missing}. Phase, subject, content, time limit and method must all be "
        "stated. Complete them and ask again; the catalogue stands as it was."),
    )  # fmt: skip
    CATALOGUE_EMPTY = (
        "CATALOGUE_EMPTY", "(三)", "目录没有事项", "catalogue empty",
        "{unit}的主动公开目录中没有任何事项，不能作为修订完成。请先确定目录事项。",
        "The catalogue of {unit} holds no entry; it cannot be completed. Define its entries first.",
    )  # fmt: skip
    CATALOGUE_REVISION_UNKNOWN = (
        "CATALOGUE_REVISION_UNKNOWN", "(三)", "目录修订不存在", "catalogue revision unknown",
        "没有编号为{revision}的目录修订。请核对编号，或先启动修订。",
        "There is no catalogue revision {revision}. Check its number, or open it first.",
    )  # fmt: skip
    CATALOGUE_REVISION_CLOSED = (
        "CATALOGUE_REVISION_CLOSED", "(三)", "目录修订已完成", "catalogue revision closed",
        "目录修订{revision}已完成（版本{version}），不能再次办理。请启动新的修订。",
        "The catalogue revision {revision} was closed as version {version}; open a new one.",
    )  # fmt: skip
    CATALOGUE_REVISION_OPEN = (
        "CATALOGUE_REVISION_OPEN", "(三)", "同一范围修订未完成", "another revision open",
        "目录修订{revision}尚未完成，同一范围不能同时有两个修订。请先完成该修订。",
        "The revision {revision} of the same scope is still open; close it before opening another.",
    )  # fmt: skip
    CATALOGUE_VERSION_USED = (
        "CATALOGUE_VERSION_USED", "(三)", "目录版本号已用", "catalogue version used",
        "目录版本{version}已经发布过，版本号不能重复。请另用版本号。",
        "The catalogue version {version} was given before; a version is given once. Use another.",
    )  # fmt: skip
    WORK_POINTS_MISSING = (
        "WORK_POINTS_MISSING", "(三)", "未引用年度工作要点", "work points not cited",
        "全区目录修订{revision}须依据政务公开年度工作要点，尚未写明台账中的工作要点文件。请补充其事项编号。",
        ("The district revision {revision} must rest on the annual work points; name the item of that document, as it "
        "stands in this ledger."),
    )  # fmt: skip
    NEGATIVE_LIST_ENTRY_UNKNOWN = (
        "NEGATIVE_LIST_ENTRY_UNKNOWN", "(三)", "负面清单事项不存在", "negative-list entry unknown",
        "负面清单中没有事项{entry}（或已删减）。请核对编号。",
        "The negative list holds no entry {entry}, or no longer. Check its number.",
    )  # fmt: skip
    NEGATIVE_LIST_BASIS_MISSING = (
        "NEGATIVE_LIST_BASIS_MISSING", "(三)", "负面清单无依据", "negative-list entry without legal basis",
        "负面清单事项{entry}没有法律法规依据。不公开为例外，须至少引用一条依据。请补充。",
        "The negative-list entry {entry} names no legal basis. Not disclosing is the exception; cite at least one.",
    )  # fmt: skip
    NEGATIVE_LIST_SCOPE_MISSING = (
        "NEGATIVE_LIST_SCOPE_MISSING", "(三)", "不予公开范围未细化", "negative-list scope not precise",
        "负面清单事项{entry}缺少{missing_zh}。不予公开范围须细化明确，写明范围并举例。请补充。",
        "The negative-list entry {entry} lacks {missing}. State precisely what is not disclosed, with examples.",
    )  # fmt: skip
    NEGATIVE_LIST_CITATION_MISSING = (
        "NEGATIVE_LIST_CITATION_MISSING", "(三)", "其他事由未引用规定", "ground without citation",
        "负面清单事项{entry}不属于危及国家安全、经济安全、公共安全、社会稳定的情形，须引用将其列入的具体规定。请补充。",
        ("The negative-list entry {entry} rests on none of the four harms (state, economic and public security, social "
        "stability); cite the provision that puts it on the list."),
    )  # fmt: skip
    EXCEPTION_WITHOUT_REASON = (
        "EXCEPTION_WITHOUT_REASON", "(三)", "例外未说明理由", "exception without reason",
        "{item}拟定为“{attribute_zh}”。公开为常态、不公开为例外，主动公开以外的属性须说明理由。请补充理由。",
        ("{item} is to stand as {attribute}. Disclosure is the norm; every other attribute is an exception and needs "
        "its reason. State it."),
    )  # fmt: skip


class RevisionScope(Term):
    """What a revision of the catalogue is about."""

    DISTRICT = "DISTRICT", "全区目录", "the district's catalogue"
    UNIT = "UNIT", "本单位目录", "one unit's catalogue"


class HarmGround(Term):
    """Why a matter is on the negative list: the four harms, or a provision that is cited (三安全一稳定)."""

    STATE_SECURITY = "STATE_SECURITY", "公开后危及国家安全", "harm to state security"
    ECONOMIC_SECURITY = "ECONOMIC_SECURITY", "公开后危及经济安全", "harm to economic security"
    PUBLIC_SECURITY = "PUBLIC_SECURITY", "公开后危及公共安全", "harm to public security"
    SOCIAL_STABILITY = "SOCIAL_STABILITY", "公开后危及社会稳定", "harm to social stability"
    OTHER = "OTHER", "其他规定不予公开", "withheld by another provision"


class CatalogueFlag(Term):
    """What an act on the catalogue is recorded with, though it is not refused."""

    COMPLETED_LATE = "COMPLETED_LATE", "逾期完成", "completed after the deadline"


AREA = Area(
    "catalogue",
    CatalogueCommand,
    CatalogueEvent,
    CatalogueRefusal,
    lists={"revision_scope": RevisionScope, "harm_ground": HarmGround, "catalogue_flag": CatalogueFlag},
    fields={
        "entry": FieldWords("目录事项编号", "entry"),
        "negative_entry": FieldWords("负面清单编号", "negative-list entry"),
        "disclosing_body": FieldWords("公开主体", "subject"),
        "disclosed_matter": FieldWords("公开内容", "content"),
        "time_limit": FieldWords("公开时限", "time limit"),
        "method": FieldWords("公开方式", "method"),
        "entry_version": FieldWords("事项版次", "version of the entry"),
        "source_catalogue": FieldWords("原目录", "catalogue taken over"),
        "superior_body": FieldWords("上级部门", "superior department"),
        "superior_catalogue": FieldWords("上级目录编号", "superior's catalogue"),
        "entries": FieldWords("目录事项", "entries"),
        "revision": FieldWords("修订编号", "revision"),
        "revision_scope": FieldWords("修订范围", "scope of the revision", "revision_scope"),
        "work_points_item": FieldWords("工作要点事项编号", "item of the work points"),
        "catalogue_version": FieldWords("目录版本", "version of the catalogue"),
        "entry_count": FieldWords("事项数", "entries in number"),
        "catalogue_sha256": FieldWords("目录的SHA-256", "SHA-256 of the catalogue", "hash"),
        "completed_on": FieldWords("完成日期", "completed on", "day"),
        "deadline": FieldWords("期限", "deadline", "day"),
        "days_late": FieldWords("逾期天数", "days late"),
        "harm_ground": FieldWords("列入事由", "ground for listing", "harm_ground"),
        "scope": FieldWords("范围", "scope"),
        "examples": FieldWords("举例", "examples"),
        "citation": FieldWords("所引规定", "provision cited"),
    },
    kinds={"catalogue.unit_completed/1 flags": "catalogue_flag"},
    subjects={
        "entry": "catalogue_entry",
        "negative_entry": "negative_list_entry",
        "revision": "catalogue_revision",
        "work_points_item": "item",
    },
    streams={"negative_list_entry": "negative_list_entry"},
)
