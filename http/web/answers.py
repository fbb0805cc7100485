"""How answers are described in the OpenAPI document, and the parameters that many addresses share."""

from typing import Annotated, Any

from fastapi import Path, Response

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}

_MEANINGS = {
    400: "请求无法读取 · the request cannot be read",
    401: "未登录 · not signed in",
    403: "无权 · not permitted",
    404: "没有此项 · not found",
    405: "方法不允许 · method not allowed",
    409: "规则不允许(原因见code) · refused by the rules, see code",
    412: "版本已变 · changed meanwhile",
    413: "内容过大 · too large",
    415: "媒体类型不支持 · unsupported media type",
    422: "填写不合要求 · not well formed",
    428: "须写明版本 · name the version read",
    429: "过多 · too many",
    500: "内部错误 · internal error",
    503: "暂不可用 · try again later",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problem responses of a route."""
    return {status: {"description": _MEANINGS[status], "content": PROBLEM} for status in statuses}


_HEADERS_OF_A_RECEIPT = {
    "ETag": {"schema": {"type": "string"}, "description": "写入后的版本 · the stream's version after it"},
    "Ledger-Position": {"schema": {"type": "string"}, "description": "台账位置 · the position to wait for"},
    "Idempotency-Replayed": {"schema": {"type": "string"}, "description": "true：此前已记录 · recorded before"},
}
_RECEIPT = {
    "description": "已记录 · recorded and durable",
    "headers": _HEADERS_OF_A_RECEIPT,
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Receipt"}}},
}

RECORDED: dict[str, Any] = {
    "status_code": 201,
    "response_class": Response,
    "responses": {201: _RECEIPT, **problems(400, 401, 403, 404, 409, 412, 413, 415, 422, 500, 503)},
}
"""Arguments of a route that carries out a command."""

REVISED: dict[str, Any] = {
    **RECORDED,
    "responses": {**RECORDED["responses"], **problems(428)},
}
"""The same where ``If-Match`` is required."""

READ: dict[str, Any] = {
    "response_class": Response,
    "responses": {200: {"description": "答复 · the answer", "content": {"application/json": {"schema": {}}}}}
    | problems(400, 401, 403, 404, 422, 500, 503),
}
"""Arguments of a route that reads."""

COMPONENTS: dict[str, Any] = {
    "Problem": {
        "type": "object",
        "description": "RFC 9457",
        "required": ["type", "title", "status", "detail", "code", "instance"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference", "examples": ["/problems/NOT_REVIEWED"]},
            "title": {"type": "string", "examples": ["未经保密审查 · not reviewed"]},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "detail_zh": {"type": "string"},
            "detail_en": {"type": "string"},
            "code": {"type": "string", "examples": ["NOT_REVIEWED"]},
            "article": {"type": "string", "examples": ["(四)"]},
            "details": {"type": "object"},
            "instance": {"type": "string", "format": "uri-reference"},
            "request_id": {"type": ["string", "null"]},
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["pointer", "detail"],
                    "properties": {"pointer": {"type": "string"}, "detail": {"type": ["string", "null"]}},
                },
            },
        },
    },
    "Receipt": {
        "type": "object",
        "required": [
            "command_id",
            "position",
            "positions",
            "recorded_at",
            "leaf_hashes",
            "streams",
            "checkpoint",
            "inclusion_path",
        ],
        "properties": {
            "command_id": {"type": ["string", "null"]},
            "position": {"type": "integer", "description": "台账位置 · position of the last event"},
            "positions": {"type": "array", "items": {"type": "integer"}},
            "recorded_at": {"type": "string", "format": "date-time"},
            "leaf_hashes": {"type": "array", "items": {"type": "string", "pattern": "^[0-9a-f]{64}$"}},
            "streams": {"type": "object", "additionalProperties": {"type": "integer"}},
            "checkpoint": {
                "type": ["string", "null"],
                "description": "本次提交签名的检查点 · the checkpoint signed for the commit (C2SP tlog-checkpoint)",
            },
            "inclusion_path": {
                "type": "array",
                "items": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                "description": "最后一条的包含证明 · proof that the last event is in the checkpoint's tree (RFC 6962)",
            },
        },
    },
}

Named = Annotated[str, Path(pattern=r"^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$", examples=["I-2025-0001"])]
"""An identifier in an address."""
