"""The reasons that are the door's own, beside those of the rulebook: code, status, label, sentence.

Refusals keep the codes of ``aggregates.refusal_codes``; both are explained at ``/problems/{code}``.
A code, once published, keeps its meaning for ever.
"""

from enum import StrEnum
from http import HTTPStatus
from typing import NamedTuple, Self

from aggregates.refusal import RefusalCode
from aggregates.vocabulary import REFUSALS


class ProblemCode(StrEnum):
    """The door's own codes.  Columns: code, status, label zh, en, sentence zh, en."""

    status: HTTPStatus
    zh: str
    en: str
    sentence_zh: str
    sentence_en: str

    def __new__(  # noqa: PLR0917 - the columns of the table, in their order
        cls, code: str, status: HTTPStatus, zh: str, en: str, sentence_zh: str, sentence_en: str
    ) -> Self:
        """Make the member: the code is its value, the rest of its row hangs on it."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.status, member.zh, member.en = status, zh, en
        member.sentence_zh, member.sentence_en = sentence_zh, sentence_en
        return member

    # ── what was sent cannot be read ──────────────────────────────────────────────────────────────
    BAD_REQUEST = (
        "BAD_REQUEST", HTTPStatus.BAD_REQUEST, "请求无法读取", "the request cannot be read",
        "请求不符合HTTP规范，未作任何变更。请改正后重新提交。",
        "The request is not well-formed HTTP; nothing was changed. Correct it and ask again.",
    )  # fmt: skip
    NOT_JSON = (
        "NOT_JSON", HTTPStatus.BAD_REQUEST, "不是规范的JSON", "not strict JSON",
        "请求正文不是规范的JSON，未作任何变更。请按errors所指位置改正。",
        ("The body is not strict JSON (no duplicate members, no floats, no NaN, at most 32 levels, UTF-8); nothing was "
        "changed. Correct what errors points at."),
    )  # fmt: skip
    UNSUPPORTED_MEDIA_TYPE = (
        "UNSUPPORTED_MEDIA_TYPE", HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "不支持的媒体类型", "unsupported media type",
        "此处只接受application/json，未作任何变更。请改用正确的Content-Type，且不要压缩正文。",
        ("Only application/json without Content-Encoding is read here; nothing was changed. Send it with that "
        "Content-Type."),
    )  # fmt: skip
    BODY_TOO_LARGE = (
        "BODY_TOO_LARGE", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "请求正文过大", "body too large",
        "请求正文超过此处允许的大小，未作任何变更。原始内容请以PUT /api/contents上传。",
        ("The body is larger than this place takes; nothing was changed. Upload original content by PUT "
        "/api/contents."),
    )  # fmt: skip
    NOT_VALID = (
        "NOT_VALID", HTTPStatus.UNPROCESSABLE_ENTITY, "填写不合要求", "not well formed",
        "有字段填写不合要求，未作任何变更。请按errors逐项改正。",
        "Some fields are not well formed; nothing was changed. Correct each one that errors names.",
    )  # fmt: skip
    NOT_CANONICAL = (
        "NOT_CANONICAL", HTTPStatus.UNPROCESSABLE_ENTITY, "无法规范记录", "not recordable",
        "有内容无法以规范形式记入台账，未作任何变更。请按errors所指位置改正。",
        "Something sent has no canonical form and cannot be recorded; nothing was changed. Correct what errors names.",
    )  # fmt: skip
    ENTRY_TOO_LARGE = (
        "ENTRY_TOO_LARGE", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "单条记录过大", "entry too large",
        "一条记录最多65,535字节，未作任何变更。请把长文本存入内容库，并引用其哈希。",
        ("One entry of the ledger has at most 65,535 bytes; nothing was changed. Store long text as content and cite "
        "its hash."),
    )  # fmt: skip
    CONTENT_TOO_LARGE = (
        "CONTENT_TOO_LARGE", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "原始内容过大", "content too large",
        "上传的原始内容超过允许的大小，未予保存。请分拆后上传，或请管理员调整上限。",
        "The content is larger than is stored here; nothing was kept. Split it, or have the limit raised.",
    )  # fmt: skip
    CONTRADICTORY_MOMENT = (
        "CONTRADICTORY_MOMENT", HTTPStatus.UNPROCESSABLE_ENTITY, "时点自相矛盾", "contradictory moment",
        "所指时点自相矛盾：as_of_position与known_at只能用一个，且不得早于台账开始。",
        "The moment was named in two ways that exclude each other: give as_of_position or known_at, not both.",
    )  # fmt: skip
    INVALID_CURSOR = (
        "INVALID_CURSOR", HTTPStatus.UNPROCESSABLE_ENTITY, "游标无效", "invalid cursor",
        "该游标不是本列表给出的。请从头开始，不带游标。",
        "The cursor was not given out by this list. Begin again without one.",
    )  # fmt: skip

    # ── who is asking ─────────────────────────────────────────────────────────────────────────────
    NOT_SIGNED_IN = (
        "NOT_SIGNED_IN", HTTPStatus.UNAUTHORIZED, "未登录", "not signed in",
        "此处须以有效令牌访问；令牌缺失、错误、过期或已吊销。请使用有效令牌，或请管理员另发。",
        ("A valid token is needed here; it is missing, wrong, expired or revoked. Use a valid one, or have the "
        "administrator issue another."),
    )  # fmt: skip
    NOT_PERMITTED = (
        "NOT_PERMITTED", HTTPStatus.FORBIDDEN, "无权查阅", "not permitted",
        "现任岗位无权在此查阅。有权岗位见说明；请转由有权岗位办理。",
        "The posts held now do not open this. Ask somebody whose post does.",
    )  # fmt: skip
    CROSS_SITE = (
        "CROSS_SITE", HTTPStatus.FORBIDDEN, "跨站请求", "cross-site request",
        "以浏览器登录身份提交的请求须来自本站页面，未作任何变更。请在本站页面内操作。",
        ("A request with the browser's sign-in must come from a page of this site; nothing was changed. Use the page "
        "itself."),
    )  # fmt: skip
    POST_AMBIGUOUS = (
        "POST_AMBIGUOUS", HTTPStatus.CONFLICT, "须指明以何岗位行事", "name the acting post",
        "现任多个岗位都有此职权，未作任何变更。请以Acting-Post请求头指明，如 publisher@U05。",
        ("Several posts held now may do this; nothing was changed. Name one in the header Acting-Post, as "
        "publisher@U05."),
    )  # fmt: skip
    CONTENT_SEALED = (
        "CONTENT_SEALED", HTTPStatus.FORBIDDEN, "内容已封存", "content sealed",
        "该内容已封存，只有封存时指定的岗位可以调阅；本次请求未给出内容。",
        "The content is sealed; only the posts named in the sealing may open it. It was not handed out.",
    )  # fmt: skip

    # ── what is asked for is not there ────────────────────────────────────────────────────────────
    NOT_FOUND = (
        "NOT_FOUND", HTTPStatus.NOT_FOUND, "没有此项", "not found",
        "此处没有所请求的内容（或该时点尚无）。请核对地址和编号。",
        "There is nothing here under that address or number, or was not at that moment. Check it.",
    )  # fmt: skip
    METHOD_NOT_ALLOWED = (
        "METHOD_NOT_ALLOWED", HTTPStatus.METHOD_NOT_ALLOWED, "方法不允许", "method not allowed",
        "此地址不接受该方法；可用的方法见Allow响应头。",
        "This address does not answer to that method; the header Allow names those it does.",
    )  # fmt: skip

    # ── somebody was faster, or the same key means something else ─────────────────────────────────
    VERSION_CONFLICT = (
        "VERSION_CONFLICT", HTTPStatus.PRECONDITION_FAILED, "已被他人更新", "changed meanwhile",
        "所依据的版本已不是现行版本，未作任何变更。请阅读现行版本后重新决定。",
        ("It has been changed since the version named; nothing was recorded. Read the present version and decide "
        "again."),
    )  # fmt: skip
    PRECONDITION_REQUIRED = (
        "PRECONDITION_REQUIRED", HTTPStatus.PRECONDITION_REQUIRED, "须写明所依据的版本", "name the version you have read",
        "此操作须以If-Match写明所依据的版本（取自GET的ETag），未作任何变更。",
        "This needs If-Match with the version you have read (the ETag of the GET); nothing was changed.",
    )  # fmt: skip
    COMMAND_REUSED = (
        "COMMAND_REUSED", HTTPStatus.UNPROCESSABLE_ENTITY, "幂等键已用于其他请求", "idempotency key reused",
        "该Idempotency-Key已用于另一请求，未作任何变更。新的请求请用新的键。",
        ("That Idempotency-Key stands for a different request already; nothing was recorded. Use a new key for a new "
        "request."),
    )  # fmt: skip

    # ── the machine ───────────────────────────────────────────────────────────────────────────────
    TOO_MANY_STREAMS = (
        "TOO_MANY_STREAMS", HTTPStatus.TOO_MANY_REQUESTS, "打开的事件流过多", "too many event streams",
        "打开的事件流已达上限。请先关闭不用的事件流。",
        "As many event streams are open as are allowed. Close one that is not needed.",
    )  # fmt: skip
    BUSY = (
        "BUSY", HTTPStatus.SERVICE_UNAVAILABLE, "暂时繁忙", "busy",
        "等待的请求过多，本次未受理，未作任何变更。请按Retry-After稍后重试。",
        "Too many requests wait; this one was not taken and nothing was changed. Try again after Retry-After.",
    )  # fmt: skip
    UNAVAILABLE = (
        "UNAVAILABLE", HTTPStatus.SERVICE_UNAVAILABLE, "数据库暂不可用", "database away",
        "数据库未及时应答；本次写入是否完成未知。请以同一Idempotency-Key重试，只会记录一次。",
        ("The database did not answer in time; whether a write was done is not known. Repeat it with the same "
        "Idempotency-Key: it is recorded once."),
    )  # fmt: skip
    NOT_WITNESSED_YET = (
        "NOT_WITNESSED_YET", HTTPStatus.SERVICE_UNAVAILABLE, "已记录，尚未见证", "recorded, not yet witnessed",
        "已记录，尚未达到法定见证数，因此暂不给出回执。请按Retry-After以同一Idempotency-Key重试，见证后即得回执，只记录一次。",
        ("It is recorded, and not yet witnessed by the quorum, so no receipt is given out yet. Repeat it with the same "
        "Idempotency-Key after Retry-After: once witnessed, the receipt is given, and it is recorded once."),
    )  # fmt: skip
    PROJECTION_BEHIND = (
        "PROJECTION_BEHIND", HTTPStatus.SERVICE_UNAVAILABLE, "查询数据尚未跟上", "projections behind",
        "查询数据尚未更新到所要求的位置，台账本身不受影响。请按Retry-After稍后重试。",
        "The projections have not come to that position yet; the ledger is not concerned. Try again after Retry-After.",
    )  # fmt: skip
    INTEGRITY_FAULT = (
        "INTEGRITY_FAULT", HTTPStatus.INTERNAL_SERVER_ERROR, "记录完整性异常", "integrity fault",
        "所读记录与当初写入的不一致，未予给出，值班人员须立即运行verify核对。",
        ("What was read is not what was written; it was not handed out. The person on duty must run verify at once."),
    )  # fmt: skip
    INTERNAL = (
        "INTERNAL", HTTPStatus.INTERNAL_SERVER_ERROR, "内部错误", "internal error",
        "服务内部出错，已记入日志（见request_id）。请稍后重试，仍不行请告知值班人员。",
        ("Something went wrong inside; it is in the log under request_id. Try again later, then tell the person on "
        "duty."),
    )  # fmt: skip


_REFUSED_FOR_WHO_ASKS = {
    RefusalCode.POST_NOT_HELD,
    RefusalCode.POST_NOT_ENTITLED,
    RefusalCode.OTHER_UNIT,
    RefusalCode.NOT_DISTRICT_OFFICE,
}
_REFUSED_FOR_WHAT_IS_NOT_THERE = {
    RefusalCode.ITEM_UNKNOWN,
    RefusalCode.CASE_UNKNOWN,
    # The areas of the rules keep to this: a file that is not there is its kind, then UNKNOWN.
    *(code for code in REFUSALS if not isinstance(code, RefusalCode) and code.endswith("_UNKNOWN")),
}


def status_of_refusal(code: str) -> HTTPStatus:
    """The status that a refusal of the rulebook is answered with."""
    if code == RefusalCode.INVALID:
        return HTTPStatus.UNPROCESSABLE_ENTITY
    if code in _REFUSED_FOR_WHO_ASKS:
        return HTTPStatus.FORBIDDEN
    if code in _REFUSED_FOR_WHAT_IS_NOT_THERE:
        return HTTPStatus.NOT_FOUND
    return HTTPStatus.CONFLICT


class Explanation(NamedTuple):
    """What a code means, for the page that explains it."""

    code: str
    status: int
    article: str | None
    zh: str
    en: str
    sentence_zh: str
    sentence_en: str


def explain(code: str) -> Explanation | None:
    """The meaning of a code of either table, or None."""
    own = _OWN.get(code)
    if own is not None:
        return Explanation(own, own.status, None, own.zh, own.en, own.sentence_zh, own.sentence_en)
    refusal = _REFUSALS.get(code)
    if refusal is None:
        return None
    status = status_of_refusal(code)
    return Explanation(
        refusal, status, refusal.article, refusal.zh, refusal.en, refusal.sentence_zh, refusal.sentence_en
    )


_OWN = {str(code): code for code in ProblemCode}
_REFUSALS = {str(code): code for code in REFUSALS}


def all_codes() -> tuple[str, ...]:
    """Every code that a problem may carry."""
    return (*_OWN, *_REFUSALS)
