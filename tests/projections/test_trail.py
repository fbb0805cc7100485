"""The audit trail: everything that concerns a subject, whoever did it, refused attempts and readings too."""

from __future__ import annotations

from hashlib import sha256

import pytest

from projections import trail
from projections.temporal import AsOf
from tests.projections.district import DRAFTER, INSPECTOR, PUBLISHER, District, determined, drafted, historic

ITEM = "I-2025-0001"
REFUSED = {
    "command": "publish_information",
    "subject": ITEM,
    "unit": "U05",
    "code": "NOT_REVIEWED",
    "article": "(四)",
    "sentence_zh": "未经保密审查",
    "sentence_en": "not reviewed",
    "details": {"item": ITEM},
}
CONSULTED = {"query": "trail", "subject": f"document/{ITEM}", "as_of": "7", "result_count": 12}


def types(district: District, kind: str, subject: str, **wanted: object) -> list[str]:
    return [row.type for row in trail.of(district.reader, kind, subject, **wanted).rows]


@pytest.mark.requirement("R45", "R97")
def test_an_items_trail_holds_deeds_refusals_and_readings(district_everywhere: District) -> None:
    district = district_everywhere
    district.record("document.drafted/1", drafted(ITEM), DRAFTER)
    district.record("attempt.refused/1", REFUSED, PUBLISHER, stream="attempt/1", ruleset="RS-143/1")
    district.record("ledger.consulted/1", CONSULTED, INSPECTOR, stream="consultation/1")
    found = {"found": "F-1", "item": ITEM, "unit": "U05", "channel": "CH-01", "title": "公告", "source": "巡查"}
    district.record("found.unregistered_publication/1", found)
    district.fold()

    page = trail.of(district.reader, "item", ITEM)

    assert [row.type for row in page.rows] == [
        "document.drafted/1",
        "attempt.refused/1",
        "ledger.consulted/1",
        "found.unregistered_publication/1",
    ]
    refused = page.rows[1]
    assert (refused.code, refused.article, refused.ruleset) == ("NOT_REVIEWED", "(四)", "RS-143/1")
    assert (refused.officer, refused.post, refused.unit) == ("P05", "publisher", "U05")
    assert "sentence_zh" not in refused.summary
    assert [row.position for row in trail.refused_attempts(district.reader).rows] == [2]
    assert [row.officer for row in trail.readings(district.reader).rows] == ["J01"]
    assert types(district, "channel", "CH-01") == ["found.unregistered_publication/1"]


def test_officers_and_units_have_what_they_did_and_what_was_done_with_them(district: District) -> None:
    district.record("officer.appointed/1", {"officer": "P05", "unit": "U05", "post": "publisher",
                                            "from_date": "2025-01-06", "until_date": None})  # fmt: skip
    district.publish(ITEM, channels=["CH-01", "CH-03"])
    opened = {"case": "AC-01", "ground": "RULE_VIOLATION", "effect": "影响", "item": ITEM, "evidence_positions": [8]}
    district.record("case.opened/1", opened)
    held = {"case": "AC-01", "officer": "P05", "responsibility_class": "DIRECT", "evidence_positions": [8],
            "finding": "未审即发"}  # fmt: skip
    district.record("case.responsibility_determined/1", held)
    district.fold()

    assert types(district, "officer", "P05") == [
        "officer.appointed/1",
        "publication.published/1",
        "case.responsibility_determined/1",
    ]
    assert types(district, "officer", "S05") == ["document.secrecy_reviewed/1", "publication.published/1"]
    assert len(types(district, "unit", "U05")) == 8
    assert types(district, "channel", "CH-03") == ["publication.published/1"]
    assert types(district, "case", "AC-01") == ["case.opened/1", "case.responsibility_determined/1"]
    assert types(district, "publication", f"{ITEM}#1") == ["publication.published/1"]


def test_a_summary_counts_passages_and_names_contents_by_hash(district: District) -> None:
    passages = [{"locator": "第三条", "reason": "张三的住址", "basis": None}]
    data = determined(ITEM, "PARTIAL", severed_passages=passages, legal_basis=["条例第十五条"], reason="长" * 300)
    district.record("document.drafted/1", drafted(ITEM, title="很" * 300), DRAFTER)
    district.record("document.attribute_determined/1", data, DRAFTER)
    district.fold()

    first, second = trail.of(district.reader, "item", ITEM).rows

    assert first.summary["content"]["sha256"] == "a" * 64
    assert len(first.summary["title"]) == 200
    assert second.summary["severed_passages"] == {"count": 1}
    assert second.summary["legal_basis"] == ["条例第十五条"]
    assert "张三" not in str(second)
    assert "第三条" not in str(second)


def test_by_type_by_time_from_the_end_and_as_of(district: District) -> None:
    district.publish(ITEM)
    district.record("publication.historic_recorded/1", historic("H-1", supersedes=ITEM))
    district.fold()

    chosen = types(district, "item", ITEM, types=["document.approved/1", "publication.published/1"])
    bounded = types(district, "item", ITEM, from_instant="2025-01-06T01:06:00.000000Z",
                    until_instant="2025-01-06T01:07:00.000000Z")  # fmt: skip
    latest = types(district, "item", ITEM, latest_first=True, limit=1)
    earlier = trail.of(district.reader, "item", ITEM, AsOf(position=3))

    assert chosen == ["document.approved/1", "publication.published/1"]
    assert bounded == ["document.secrecy_reviewed/1", "publication.published/1"]
    assert latest == ["publication.historic_recorded/1"]
    assert ([row.position for row in earlier.rows], earlier.position) == ([1, 2, 3], 3)


@pytest.mark.parametrize(
    ("subject", "meant"),
    [
        ("I-2025-0001", ("item", "I-2025-0001")),
        ("I-2025-0001#2", ("publication", "I-2025-0001#2")),
        ("document/I-7", ("item", "I-7")),
        ("officer/P05", ("officer", "P05")),
        ("U05", ("unit", "U05")),
        ("P05", ("officer", "P05")),
        ("F05b", ("officer", "F05b")),
        ("CH-01", ("channel", "CH-01")),
        ("AC-01", ("case", "AC-01")),
        ("RS-143", ("ruleset", "RS-143")),
        ("岚征补公告", ("item", "岚征补公告")),
        ("", ("item", "")),
    ],
)
def test_a_subject_named_by_its_code_alone(subject: str, meant: tuple[str, str]) -> None:
    assert trail.meant(subject) == meant


def test_the_trail_is_rebuilt_when_event_types_are_added() -> None:
    known = sha256(" ".join(sorted(trail.TYPES)).encode()).hexdigest()[:12]

    assert (trail.PROJECTION.version, known) == (3, "07a1d1f419c8"), "raise the trail's version, then note both here"
