"""The publication register: six fields and all hands of every publication, complete without gaps."""

from __future__ import annotations

import pytest

from projections import register
from projections.temporal import AsOf
from tests.projections.district import MONDAY, PRINCIPAL, PUBLISHER, District, content, corrected, historic, published

ITEM = "I-2025-0001"


@pytest.mark.requirement("R89", "R90", "R91", "R92", "R93", "R94", "R95", "R83", "R84", "R85")
def test_a_row_holds_the_six_fields_and_every_hand(district: District) -> None:
    position = district.publish(ITEM, channels=["CH-01", "CH-03"], competent_unit="U02")

    district.fold()

    answer = register.get(district.reader, f"{ITEM}#1")
    row = answer.value
    assert answer.position == position
    assert row is not None
    assert row.content == content("a")
    assert (row.unit, row.competent_unit) == ("U05", "U02")
    assert (row.drafter, row.reviewer, row.secrecy_reviewer, row.approver, row.publisher) == (
        "D05",
        "A05",
        "S05",
        "Z05",
        "P05",
    )
    assert (row.published_at, row.published_on) == ("2025-01-09T01:00:00.000000Z", "2025-01-06")
    assert [entry["channel"] for entry in row.channels] == ["CH-01", "CH-03"]
    assert (row.registered_position, row.review, row.status) == (position, f"{ITEM}/R1", "published")


@pytest.mark.requirement("R88")
def test_a_correction_stands_beside_the_original(district: District) -> None:
    district.publish(ITEM)
    position = district.record("publication.corrected/1", corrected(ITEM), PUBLISHER)

    district.fold()

    row = register.get(district.reader, f"{ITEM}#1").value
    assert row is not None
    assert (row.status, row.content) == ("corrected", content("a"))
    (correction,) = row.corrections
    assert (correction["position"], correction["content"], correction["publisher"]) == (position, content("c"), "P06")


def test_withdrawal_sealing_and_archive_are_on_the_row(district: District) -> None:
    district.publish(ITEM)
    withdrawn = {
        "item": ITEM,
        "publication": f"{ITEM}#1",
        "reason_code": "SUSPECTED_SECRET",
        "reason": "附件疑涉密",
        "channels": ["CH-01"],
    }
    district.record("publication.withdrawn/1", withdrawn, PUBLISHER)
    sealed = {"item": ITEM, "publication": f"{ITEM}#1", "sha256s": ["a" * 64], "reason": "疑涉密", "readers": []}
    district.record("publication.sealed/1", sealed, PRINCIPAL)
    archived = {"item": ITEM, "publication": f"{ITEM}#1", "retention": "30_years", "archive_number": "2025-永-1"}
    district.record("publication.archived/1", archived)
    district.fold()
    before = district.ledger.head().size

    unsealed = {"item": ITEM, "sha256s": ["a" * 64], "reason": "确定不属于国家秘密"}
    district.record("publication.unsealed/1", unsealed, PRINCIPAL)
    district.fold()

    row = register.get(district.reader, f"{ITEM}#1", AsOf(position=before)).value
    assert row is not None
    assert (row.status, row.withdrawal_reason_code, row.retention) == ("withdrawn", "SUSPECTED_SECRET", "30_years")
    assert row.sealed == ("a" * 64,)
    now = register.get(district.reader, f"{ITEM}#1").value
    assert now is not None
    assert now.sealed == ()


def test_an_old_register_row_pretends_no_review(district: District) -> None:
    district.record("publication.historic_recorded/1", historic("H-7"))

    district.fold()

    row = register.get(district.reader, "H-7#1").value
    assert row is not None
    assert (row.kind, row.published_on, row.document_number) == ("historic", "2013-12-02", "鄞政办发〔2013〕214号")
    assert (row.reviewer, row.secrecy_reviewer, row.review, row.content) == (None, None, None, None)
    assert row.source == {"file": "公报.csv", "line": 7, "row_sha256": "f" * 64}


class TestLists:
    def publications(self, district: District, **wanted: str) -> list[str]:
        return [row.publication for row in register.list_publications(district.reader, **wanted).rows]

    def test_by_unit_officer_role_channel_kind_and_day(self, district: District) -> None:
        district.publish("I-1")
        district.publish("I-2", unit="U02", channels=["CH-02"], publisher="P02", approver="P05")
        district.record("publication.corrected/1", corrected("I-1", publisher="P09"), PUBLISHER)
        district.record("publication.historic_recorded/1", historic("H-7", channel_name="CH-02"))
        district.fold()

        assert self.publications(district) == ["I-2#1", "I-1#1", "H-7#1"]
        assert self.publications(district, unit="U02") == ["I-2#1"]
        assert self.publications(district, officer="P05") == ["I-2#1", "I-1#1"]
        assert self.publications(district, officer="P05", role="approver") == ["I-2#1"]
        assert self.publications(district, officer="P09") == ["I-1#1"], "who corrected it had it in hand too"
        assert self.publications(district, channel="CH-02") == ["I-2#1", "H-7#1"]
        assert self.publications(district, kind="historic") == ["H-7#1"]
        assert self.publications(district, item="I-1") == ["I-1#1"]
        assert self.publications(district, status="corrected") == ["I-1#1"]
        assert self.publications(district, from_day="2013-12-02", until_day="2024-12-31") == ["H-7#1"]

    def test_pages_speak_for_one_position(self, district_everywhere: District) -> None:
        district = district_everywhere
        for number in range(5):
            district.publish(f"I-{number}")
        district.fold()
        first = register.list_publications(district.reader, limit=2)

        district.publish("I-9")
        district.fold()
        second = register.list_publications(district.reader, limit=2, cursor=first.next_cursor)
        third = register.list_publications(district.reader, limit=2, cursor=second.next_cursor)

        seen = [row.publication for page in (first, second, third) for row in page.rows]
        assert seen == ["I-4#1", "I-3#1", "I-2#1", "I-1#1", "I-0#1"]
        assert first.position == second.position == third.position
        assert third.next_cursor is None


@pytest.mark.requirement("R89")
class TestCompleteness:
    def test_every_publication_event_has_its_row(self, district_everywhere: District) -> None:
        district = district_everywhere
        for number in range(3):
            district.publish(f"I-{number}")
        district.record("publication.historic_recorded/1", historic("H-7"))
        district.fold()
        district.publish("I-after")

        complete = register.check_complete(district.reader)

        assert complete.is_complete
        assert (complete.events, complete.rows) == (4, 4)
        assert complete.position == district.ledger.head().size - 7, "what is not folded yet is not claimed"

    def test_names_what_is_missing(self, district_everywhere: District) -> None:
        district = district_everywhere
        district.publish("I-1")
        # The same publication a second time: the register keeps the first row, and says so.
        position = district.record("publication.published/1", published("I-1"), PUBLISHER)
        district.fold()

        complete = register.check_complete(district.reader)

        assert not complete.is_complete
        assert complete.missing == (position,)
        assert (complete.events, complete.rows, complete.extra) == (2, 1, ())

    def test_as_of_an_earlier_position(self, district: District) -> None:
        earlier = district.publish("I-1")
        district.publish("I-2")
        district.fold()

        assert register.check_complete(district.reader, earlier).events == 1
        assert register.check_complete(district.reader, earlier).is_complete


def test_a_late_entry_is_known_from_its_recording_and_holds_from_its_occurrence(district: District) -> None:
    position = district.publish(ITEM)
    archived = {"item": ITEM, "publication": f"{ITEM}#1", "retention": "permanent", "archive_number": "A-1"}
    late = district.record("publication.archived/1", archived, minute=8)
    withdrawn = {"item": ITEM, "publication": f"{ITEM}#1", "reason_code": "ERROR", "reason": "有误", "channels": []}
    district.record("publication.withdrawn/1", withdrawn, minute=30)
    added = {"item": ITEM, "publication": f"{ITEM}#1", "channel": "CH-09", "adaptation": None,
             "published_at": "2025-01-06T01:20:00.000000Z"}  # fmt: skip
    district.record("publication.channel_added/1", added, minute=20)
    district.fold()
    from datetime import timedelta

    def as_it_was(minute: int) -> register.Publication | None:
        return register.get(district.reader, f"{ITEM}#1", AsOf(occurred_at=MONDAY + timedelta(minutes=minute))).value

    at_25, at_10 = as_it_was(25), as_it_was(10)
    assert at_25 is not None
    assert at_10 is not None
    assert [entry["channel"] for entry in at_25.channels] == ["CH-01", "CH-09"]
    assert at_25.status == "published", "it was withdrawn at 30"
    assert (at_10.archive_number, len(at_10.channels)) == ("A-1", 1)
    assert as_it_was(2) is None
    known = register.get(district.reader, f"{ITEM}#1", AsOf(position=late - 1)).value
    assert known is not None
    assert known.archive_number is None
    assert position == late - 1
