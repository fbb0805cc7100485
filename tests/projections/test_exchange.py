"""The log as OCEL, XES and PROV: whole by the standards' own rules, and nothing in it that must stay here."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from ledger.entry import Entry, decode_entry
from projections.exchange.ocel import write_ocel
from projections.exchange.prov import provenance
from projections.exchange.relations import ObjectRef, coded_members, relations_of
from projections.exchange.xes import NAMESPACE, write_xes

GOLDEN = Path(__file__).parents[1] / "golden" / "entries.jsonl"
ACTOR = {"officer": "P05", "post": "publisher", "unit": "U05"}
OCEL_TYPES = {"string", "time", "integer", "float", "boolean"}
XES_ATTRIBUTES = {"string", "date", "int", "float", "boolean", "id", "list", "container"}


def entry(position: int, type_: str, data: dict[str, Any], stream: str = "publication/I-1", day: int = 1) -> Entry:
    at = f"2025-02-{day:02}T01:00:00.000000Z"
    members = {"event_id": f"{position:032x}", "stream": stream, "version": position, "type": type_, "actor": ACTOR,
               "recorded_at": "2025-03-01T01:00:00.000000Z", "occurred_at": at, "ruleset": "RS-143/1",
               "data": data}  # fmt: skip
    return decode_entry(position, json.dumps(members).encode(), bytes(32))


def golden() -> list[Entry]:
    """An entry of every type there is."""
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    return [decode_entry(n, json.loads(line)["entry"].encode(), bytes(32)) for n, line in enumerate(lines, 1)]


def ocel(entries: list[Entry]) -> dict[str, Any]:
    file = io.BytesIO()
    write_ocel(file, entries)
    return json.loads(file.getvalue())


def xes(entries: list[Entry], kind: str = "item") -> ET.Element:
    file = io.BytesIO()
    write_xes(file, entries, kind)
    return ET.fromstring(file.getvalue())


def check_ocel(log: dict[str, Any]) -> None:
    """What the JSON schema and the metamodel of OCEL 2.0 ask for."""
    assert log.keys() == {"events", "objects", "eventTypes", "objectTypes"}
    for kind, things in (("eventTypes", log["events"]), ("objectTypes", log["objects"])):
        declared = {type_["name"]: {a["name"]: a["type"] for a in type_["attributes"]} for type_ in log[kind]}
        assert {type_ for attributes in declared.values() for type_ in attributes.values()} <= OCEL_TYPES
        for thing in things:
            assert {a["name"] for a in thing["attributes"]} <= declared[thing["type"]].keys()
    ids = [thing["id"] for thing in log["events"] + log["objects"]]
    assert len(ids) == len(set(ids))
    objects = {thing["id"] for thing in log["objects"]}
    for thing in log["events"] + log["objects"]:
        related = [(r["objectId"], r["qualifier"]) for r in thing["relationships"]]
        assert len(related) == len(set(related))
        assert {target for target, _ in related} <= objects


def check_xes(log: ET.Element) -> None:
    """What the schema of XES asks for, and that every key of an event is of a declared extension, once."""
    names = [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in log]
    order = ["extension", "global", "classifier", "string", "trace"]
    assert log.tag == f"{{{NAMESPACE}}}log"
    assert names == sorted(names, key=order.index)
    prefixes = {child.get("prefix") for child in log.iter(f"{{{NAMESPACE}}}extension")}
    assert {"concept", "time", "org", "lifecycle"} <= prefixes
    for event in log.iter(f"{{{NAMESPACE}}}event"):
        keys = [str(child.get("key")) for child in event]
        assert len(keys) == len(set(keys))
        assert {"concept:name", "time:timestamp", "lifecycle:transition", "label_zh", "label_en"} <= set(keys)
        assert {key.partition(":")[0] for key in keys if ":" in key} <= prefixes
        assert {child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in event} <= XES_ATTRIBUTES


def test_every_type_of_event_makes_a_whole_object_centric_log() -> None:
    entries = golden()
    log = ocel(entries)

    check_ocel(log)
    assert len(log["events"]) == len(entries)
    assert {event["type"] for event in log["events"]} == {type_["name"] for type_ in log["eventTypes"]}
    assert {"item", "publication", "request", "decision", "opinion", "unit", "officer"} <= {
        type_["name"] for type_ in log["objectTypes"]
    }


@pytest.mark.parametrize("kind", ["item", "officer", "request"])
def test_every_type_of_event_makes_a_whole_log_of_traces(kind: str) -> None:
    check_xes(xes(golden(), kind))


PUBLISHED = {"item": "I-1", "publication": "I-1#1", "title": "甲", "drafter": "D05", "channels": ["CH-01", "CH-02"],
             "unit": "U05", "attribute": "PROACTIVE"}  # fmt: skip


def test_an_event_says_in_which_part_each_object_had_to_do_with_it() -> None:
    found = {(str(target), part) for target, part in relations_of(entry(1, "publication.published/1", PUBLISHED))}

    assert found == {
        ("item/I-1", "subject"),
        ("officer/P05", "actor"),
        ("unit/U05", "acting_unit"),
        ("unit/U05", "unit"),
        ("publication/I-1#1", "publication"),
        ("officer/D05", "drafter"),
        ("channel/CH-01", "channel"),
        ("channel/CH-02", "channel"),
    }


def test_an_object_keeps_every_title_it_had_with_its_time() -> None:
    corrected = entry(2, "publication.corrected/1", {"item": "I-1", "publication": "I-1#1", "title": "乙"}, day=5)
    log = ocel([entry(1, "publication.published/1", PUBLISHED), corrected])

    (item,) = [thing for thing in log["objects"] if thing["id"] == "item/I-1"]
    assert [(a["time"], a["value"]) for a in item["attributes"]] == [
        ("2025-02-01T01:00:00.000000Z", "甲"),
        ("2025-02-05T01:00:00.000000Z", "乙"),
    ]
    assert {"objectId": "publication/I-1#1", "qualifier": "publication"} in item["relationships"]


SECRETS = {"reason": "王某某的电话", "note": "秘密", "name_commitment": "ab" * 32, "name": "王某某",
           "contact": "13900000000", "text": "原话", "conclusion": "张三认为同意", "published_on": "张三 2025"}  # fmt: skip


def test_no_free_text_and_nothing_about_a_person_goes_out() -> None:
    hushed = entry(1, "publication.corrected/1", {**PUBLISHED, **SECRETS, "content": {
        "sha256": "cd" * 32, "size": 9, "media_type": "text/plain", "name": "王某某的申请.txt"}})  # fmt: skip
    told = [json.dumps(ocel([hushed]), ensure_ascii=False), ET.tostring(xes([hushed]), "unicode"),
            json.dumps(provenance(ObjectRef("item", "I-1"), [hushed]), ensure_ascii=False)]  # fmt: skip

    assert coded_members(hushed) == {"attribute": "PROACTIVE"}
    for text in told:
        assert [secret for secret in (*SECRETS.values(), "王某某") if secret in text] == []


def test_a_trace_is_told_in_the_order_of_what_happened() -> None:
    late = entry(2, "publication.channel_added/1", {"item": "I-1", "publication": "I-1#1"}, day=1)
    log = xes([entry(1, "publication.published/1", PUBLISHED, day=3), late])

    keys = [child.get("value") for child in log.iter(f"{{{NAMESPACE}}}int")]
    assert keys == ["2", "1"]


def test_what_xml_cannot_write_is_shown_as_unknown() -> None:
    log = xes([entry(1, "publication.published/1", PUBLISHED, stream='publication/I-"<\u0001&')])

    trace = log.find(f"{{{NAMESPACE}}}trace/{{{NAMESPACE}}}string")
    assert trace is not None
    assert trace.get("value") == 'I-"<\ufffd&'


def test_provenance_is_a_chain_of_versions() -> None:
    withdrawn = entry(3, "publication.withdrawn/1", {"item": "I-1", "publication": "I-1#1", "reason_code": "ERROR"})
    refused = entry(2, "attempt.refused/1", {"subject": "I-1", "code": "NOT_REVIEWED"}, stream="attempt/1")
    published = entry(1, "publication.published/1", {**PUBLISHED, "content": {"sha256": "cd" * 32, "size": 9}})
    found = provenance(ObjectRef("item", "I-1"), [published, refused, withdrawn])

    first, last = "dl:item/I-1@1", "dl:item/I-1@3"
    assert {first, last, "dl:item/I-1", f"dl:sha256/{'cd' * 32}", "dl:ruleset/RS-143/1"} == found["entity"].keys()
    assert [(d["prov:generatedEntity"], d["prov:usedEntity"]) for d in found["wasDerivedFrom"].values()] == [
        (last, first)
    ]
    assert [u["prov:activity"] for u in found["used"].values()] == ["dl:entry/2", "dl:entry/3"]
    assert [i["prov:entity"] for i in found["wasInvalidatedBy"].values()] == [first]
    assert {a["prov:role"] for a in found["wasAssociatedWith"].values()} == {"publisher"}
    named = set().union(*(found[kind] for kind in ("entity", "activity", "agent")))
    for relation in found.keys() - {"prefix", "entity", "activity", "agent"}:
        for members in found[relation].values():
            referred = {v for k, v in members.items() if k not in {"prov:time", "prov:role", "prov:type"}}
            assert referred <= named


def test_memory_does_not_grow_with_the_log() -> None:
    def long(size: int) -> Iterator[Entry]:
        for number in range(1, size + 1):
            data = {**PUBLISHED, "item": f"I-{number}", "publication": f"I-{number}#1"}
            yield entry(number, "publication.published/1", data, stream=f"publication/I-{number}")

    class Nowhere(io.RawIOBase):
        def write(self, data: Any) -> int:
            return len(data)

    def peak(size: int) -> int:
        tracemalloc.start()
        write_ocel(Nowhere(), long(size))
        write_xes(Nowhere(), long(size), "item")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(2000) < peak(200) + 200_000
