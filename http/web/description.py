"""What the OpenAPI document says of the API as a whole."""

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from web.answers import COMPONENTS

TITLE = "政务公开台账 · Disclosure Ledger"
SUMMARY = "每一次审查、批准、发布和更正，都是不能悄悄改掉的记录。"
DESCRIPTION = """\
Every review, approval, publication and correction of a district's open-government programme, as an event
nobody can quietly change.

* **谁在办理 · who acts** comes from the bearer token, never from the body. Where several posts held may do
  something, `Acting-Post: publisher@U05` chooses.
* **幂等 · idempotency**: `Idempotency-Key` makes a write harmless to repeat; without one, repeating is asking again.
* **版本 · versions**: a GET of a document or publication carries an `ETag`; `If-Match` names the version a write was
  decided on. Revisions, approvals, secrecy reviews, corrections, withdrawals and supersessions require it (428).
* **时点 · as of**: every read takes `as_of_position` or `known_at` (what was known) and `as_at` (how it was).
* **读己之写 · reading your own writes**: hand the receipt's position in as `min_position`.
* **错误 · errors** are RFC 9457 problems; `type` leads to the meaning of the code.
"""

try:
    VERSION = version("disclosure-ledger")
except PackageNotFoundError:  # run from a tree that was never installed
    VERSION = "0"

TAGS: list[dict[str, Any]] = [
    {"name": "catalogue", "description": "公开目录 · the disclosure catalogue"},
    {"name": "register", "description": "信息发布登记簿 · the register of publications"},
    {"name": "contents", "description": "信息原始内容 · original contents"},
    {"name": "documents", "description": "公文 · documents on their way"},
    {"name": "publications", "description": "发布 · what is before the public"},
    {"name": "historic", "description": "历史登记 · old registers"},
    {"name": "found", "description": "未登记发布 · found outside the register"},
    {"name": "policy-packages", "description": "文件与解读 · policy documents with their interpretations"},
    {"name": "monitoring", "description": "舆情监测 · watching public opinion"},
    {"name": "opinions", "description": "政务舆情回应 · public opinion and incidents"},
    {"name": "trails", "description": "审计轨迹 · audit trails"},
    {"name": "cases", "description": "责任追究 · accountability"},
    {"name": "consultations", "description": "查阅 · consultations"},
    {"name": "personal", "description": "个人信息 · personal values"},
    {"name": "district", "description": "开立 · opening the ledger"},
    {"name": "units", "description": "机构 · units"},
    {"name": "officers", "description": "人员与岗位 · officers and posts"},
    {"name": "channels", "description": "渠道与平台 · channels and the platform"},
    {"name": "columns", "description": "栏目 · columns"},
    {"name": "workflows", "description": "流程 · workflows"},
    {"name": "rulesets", "description": "规则集 · rulesets"},
    {"name": "events", "description": "事件流 · the log as a feed"},
    {"name": "evidence", "description": "证据包 · evidence packages that prove themselves"},
    {"name": "tlog", "description": "可验证日志 · the log as everybody may check it (C2SP tlog-tiles)"},
    {"name": "projections", "description": "查询数据 · how far the projections have come"},
    {"name": "problems", "description": "原因代码 · reason codes"},
    {"name": "operations", "description": "运行 · running the service"},
]


def complete(app: FastAPI) -> None:
    """Describe on demand what the routes alone do not say: problems, receipts, and who must sign in."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # the framework's documented way


def _described(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version=app.openapi_version,
        summary=app.summary,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
    )
    components = schema.setdefault("components", {})
    components.setdefault("schemas", {}).update(COMPONENTS)
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    policies = {door.address: door.policy for door in app.state.doors.by_endpoint.values()}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            policy = policies.get(f"{method.upper()} {path}")
            if policy is not None and policy.signed_in:
                operation["security"] = [{"token": []}]
            if policy is not None:
                operation["x-policy"] = policy.name
            _replace_validation_errors(operation)
    for unused in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(unused, None)
    return schema


def _replace_validation_errors(operation: dict[str, Any]) -> None:
    """The framework describes its own 422; ours is a problem."""
    found = operation.get("responses", {}).get("422")
    if found is not None:
        found["content"] = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
