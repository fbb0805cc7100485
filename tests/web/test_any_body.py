"""Whatever stands in whatever field of whatever command: never an answer of 500, never a success by accident."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.district import Door
from web.policies import POLICIES

JUNK: tuple[Any, ...] = (
    None,
    "",
    " ",
    "x" * 100_000,
    "\u0000",
    "\u202e",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE ledger_entries; --",
    "../../etc/passwd",
    "I-2025-0001",
    0,
    -1,
    2**53 - 1,
    True,
    [],
    [[]],
    {},
    {"a": 1},
    ["x"] * 500,
)
PLAUSIBLE = {
    "format:date": "2025-01-02",
    "format:date-time": "2025-01-02T09:00:00+08:00",
    "string": "I-2025-0001",
    "integer": 1,
    "boolean": False,
    "array": [],
    "object": {},
}


def plausible(schema: dict[str, Any], all_schemas: dict[str, Any]) -> Any:
    """A value that a field's schema might take."""
    if "$ref" in schema:
        model = all_schemas[schema["$ref"].rpartition("/")[2]]
        return {name: plausible(model["properties"][name], all_schemas) for name in model.get("required", ())}
    if "anyOf" in schema:
        return plausible(schema["anyOf"][0], all_schemas)
    if schema.get("type") == "array" and schema.get("minItems"):
        return [plausible(schema["items"], all_schemas)]
    codes = [schema["const"]] if "const" in schema else schema.get("enum")
    return codes[0] if codes else _of_type(schema)


def _of_type(schema: dict[str, Any]) -> Any:
    pattern = schema.get("pattern", "")
    if "0-9a-f]{64}" in pattern:
        return "0" * 64
    if "/" in pattern:
        return "text/html"
    return PLAUSIBLE.get(f"format:{schema.get('format')}", PLAUSIBLE.get(schema.get("type", "string"), "x"))


def commands(door: Door) -> Iterator[tuple[str, set[int], dict[str, Any], bool]]:
    """Address, statuses described, plausible body of every POST that takes one; whether it is closed to some posts."""
    document = door.client.get("/api/openapi.json").json()
    schemas = document["components"]["schemas"]
    for path, operations in document["paths"].items():
        body = operations.get("post", {}).get("requestBody")
        if body is None:
            continue
        reference = body["content"]["application/json"]["schema"]
        filled = "/".join("I-2025-0001" if part.startswith("{") else part for part in path.split("/"))
        statuses = {int(status) for status in operations["post"]["responses"]}
        yield filled, statuses, plausible(reference, schemas), bool(POLICIES[f"POST {path}"].posts)


@pytest.fixture(scope="module")
def door(standing_door: Door) -> Door:
    """An item to write about."""
    standing_door.drafted("I-2025-0001")
    return standing_door


@pytest.mark.parametrize("officer", ["ADM", "P02"])
def test_every_field_of_every_command_takes_junk_without_falling_over(door: Door, officer: str) -> None:
    asked = 0
    for path, described, body, is_closed in commands(door):
        for number, field in enumerate((*body, "unknown_field")):
            # Every third kind of junk for a field, other kinds for the next: each meets hundreds of fields.
            for junk in JUNK[(number + asked) % 3 :: 3]:
                answer = door.post(officer, path, {**body, field: junk}, If_Match='"1"')
                asked += 1

                told = (path, field, json.dumps(junk)[:60], answer.text)
                assert answer.status_code < 500, told
                assert answer.status_code in described, told
                if answer.status_code >= 400:
                    assert answer.headers["Content-Type"] == "application/problem+json"
                if field == "unknown_field":
                    assert answer.status_code in ({403, 422, 413} if is_closed else {422, 413})

    assert asked > 2000
