"""How any command is carried out: once, on files that have not moved, and with its refusals kept."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from aggregates.deed import Deed
from aggregates.refusal import Refusal
from aggregates.registry import Registry
from ledger.entry import Actor
from ledger.errors import CommandReused, VersionConflict
from tests.aggregates.house import House, types_of


class TestRepetition:
    def test_gets_the_first_receipt(self, house: House) -> None:
        house.cleared("I-1")
        first = house.as_("P02", command_id="once").publish_information(item="I-1", channels=["CH-01"])
        before = house.size

        again = house.as_("P02", command_id="once").publish_information(item="I-1", channels=["CH-01"])

        assert again.replayed
        assert (again.positions, again.leaf_hashes) == (first.positions, first.leaf_hashes)
        assert house.since(before) == []

    def test_of_a_refused_command_gets_the_same_refusal_even_when_it_would_pass_now(self, house: House) -> None:
        house.approved("I-1")
        with house.refuses("NOT_REVIEWED") as attempted:
            house.as_("P02", command_id="once").publish_information(item="I-1", channels=["CH-01"])
        house.as_("S02").conduct_secrecy_review(item="I-1", conclusion="CLEARED", ground="…")
        before = house.size

        with pytest.raises(Refusal) as repeated:
            house.as_("P02", command_id="once").publish_information(item="I-1", channels=["CH-01"])

        assert str(repeated.value) == str(attempted.refusal)
        assert repeated.value.details == attempted.refusal.details
        assert house.since(before) == []

    def test_with_other_data_is_no_repetition(self, house: House) -> None:
        house.cleared("I-1")
        house.as_("P02", command_id="once").publish_information(item="I-1", channels=["CH-01"])
        before = house.size

        with pytest.raises(CommandReused):
            house.as_("P02", command_id="once").publish_information(item="I-1", channels=["CH-03"])

        assert house.since(before) == []

    def test_by_somebody_else_is_no_repetition(self, house: House) -> None:
        house.published("I-1")
        withdrawal = {"item": "I-1", "reason_code": "ERROR", "reason": "…"}
        house.as_("P02", command_id="once").withdraw_publication(**withdrawal)

        with pytest.raises(CommandReused):
            house.as_("Z02", command_id="once").withdraw_publication(**withdrawal)

    def test_is_recognised_by_the_fingerprint_that_came_with_it(self, house: House) -> None:
        house.cleared("I-1")
        house.as_("P02", command_id="once", fingerprint=b"same").publish_information(item="I-1", channels=["CH-01"])

        again = house.as_("P02", command_id="once", fingerprint=b"same").publish_information(
            item="I-1", channels=["CH-03"]
        )

        assert again.replayed

    def test_at_the_same_moment_is_recorded_once(self, house: House) -> None:
        house.cleared("I-1")
        before, now = house.size, house.now
        deed = Deed(Actor("P02", "publisher", "U02"), now, "once")
        start = threading.Barrier(8)

        def publish(_: int) -> range:
            start.wait()
            return house.registry.publish_information(deed, item="I-1", channels=["CH-01"]).positions

        with ThreadPoolExecutor(8) as pool:
            positions = set(pool.map(publish, range(8)))

        assert len(positions) == 1
        assert types_of(house.since(before)) == ["publication.published/1"]


class TestExpectedVersion:
    def test_that_is_the_streams_lets_the_command_pass(self, house: House) -> None:
        house.drafted("I-1")

        house.as_("D02").determine_disclosure_attribute(item="I-1", attribute="PROACTIVE", expected_version=1)

    def test_that_is_not_the_streams_is_a_conflict_and_no_refusal(self, house: House) -> None:
        house.drafted("I-1")
        before = house.size

        with pytest.raises(VersionConflict) as conflict:
            house.as_("D02").determine_disclosure_attribute(item="I-1", attribute="PROACTIVE", expected_version=4)

        assert (conflict.value.stream, conflict.value.expected, conflict.value.actual) == ("document/I-1", 4, 1)
        assert house.since(before) == []


class TestTwoRegistries:
    """Another process writes too; what this one remembers may be behind the ledger, what it records never is."""

    @pytest.fixture
    def elsewhere(self, house: House) -> Registry:
        return Registry(house.ledger)

    def deed(self, house: House, officer: str, post: str, unit: str = "U02") -> Deed:
        return house.deed(Actor(officer, post, unit))

    def test_a_relief_elsewhere_is_known_here_before_anything_is_recorded(
        self, house: House, elsewhere: Registry
    ) -> None:
        house.drafted("I-1")
        elsewhere.relieve_officer(
            self.deed(house, "ADM", "administrator", "U01"),
            officer="D02",
            unit="U02",
            post="drafter",
            until_date="2025-01-05",
        )

        with house.refuses("POST_NOT_HELD"):
            house.drafted("I-2")

    def test_an_appointment_elsewhere_is_known_here_before_anybody_is_refused(
        self, house: House, elsewhere: Registry
    ) -> None:
        with house.refuses("POST_NOT_HELD"):
            house.as_("P02", "drafter", "U02").draft_document(
                item="I-1", unit="U02", title="通知", content=house.stored("全文")
            )
        elsewhere.appoint_officer(
            self.deed(house, "ADM", "administrator", "U01"),
            officer="P02",
            unit="U02",
            post="drafter",
            from_date="2025-01-01",
        )
        before = house.size

        house.as_("P02", "drafter", "U02").draft_document(
            item="I-1", unit="U02", title="通知", content=house.stored("全文")
        )

        assert types_of(house.since(before)) == ["document.drafted/1"]

    def test_a_question_escalated_elsewhere_stops_a_publication_here(self, house: House, elsewhere: Registry) -> None:
        house.cleared("I-1")
        elsewhere.escalate_secrecy_question(
            self.deed(house, "S02", "secrecy_reviewer"), item="I-1", question="是否涉密？"
        )

        with house.refuses("SECRECY_QUESTION_OPEN"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"])

    def test_of_a_publication_and_an_escalation_at_once_never_both_pass_unseen(self, house: House) -> None:
        """Whatever the order, no publication stands on a file that moved after it was read."""
        for number in range(12):
            item = f"I-{number}"
            house.cleared(item)
            here, there = Registry(house.ledger), Registry(house.ledger)
            deeds = [self.deed(house, "P02", "publisher"), self.deed(house, "S02", "secrecy_reviewer")]
            start = threading.Barrier(2)

            def publish(registry=here, deed=deeds[0], item=item, start=start) -> None:
                start.wait()
                registry.publish_information(deed, item=item, channels=["CH-01"])

            def escalate(registry=there, deed=deeds[1], item=item, start=start) -> None:
                start.wait()
                registry.escalate_secrecy_question(deed, item=item, question="是否涉密？")

            with ThreadPoolExecutor(2) as pool:
                for future in [pool.submit(publish), pool.submit(escalate)]:
                    assert not isinstance(future.exception(), VersionConflict)

            order = [
                entry.type
                for entry in house.entries()
                if entry.data.get("item") == item
                and entry.type in {"publication.published/1", "document.secrecy_escalated/1"}
            ]
            assert order in (
                ["publication.published/1", "document.secrecy_escalated/1"],
                ["document.secrecy_escalated/1"],
            )

    def test_many_at_one_document_all_get_through_one_after_the_other(self, house: House) -> None:
        house.drafted("I-1")
        deeds = [self.deed(house, "D02", "drafter") for _ in range(6)]
        deeds = [Deed(deed.actor, house.now, deed.command_id) for deed in deeds]

        def determine(deed: Deed) -> int:
            attribute = "PROACTIVE"
            return Registry(house.ledger).determine_disclosure_attribute(deed, item="I-1", attribute=attribute).position

        with ThreadPoolExecutor(6) as pool:
            positions = set(pool.map(determine, deeds))

        assert len(positions) == 6


class TestWhatIsKeptOfAnAttempt:
    def test_who_what_where_and_the_rule_in_both_languages(self, house: House) -> None:
        house.drafted("I-1")

        with house.refuses("ATTRIBUTE_MISSING") as attempted:
            house.as_("D02", correlation_id="workday-7").submit_draft_for_approval(item="I-1")

        entry = attempted.entry
        assert entry.stream.startswith("attempt/")
        assert {name: entry.data[name] for name in ("command", "subject", "unit", "article")} == {
            "command": "submit_draft_for_approval",
            "subject": "I-1",
            "unit": "U02",
            "article": "(一)",
        }
        assert "公开属性" in entry.data["sentence_zh"]
        assert "attribute" in entry.data["sentence_en"]
        assert (entry.ruleset, entry.correlation_id) == ("RS-143/1", "workday-7")

    def test_a_subject_that_cannot_be_recorded_is_made_legible(self, house: House) -> None:
        with house.refuses("INVALID", field="item") as attempted:
            house.as_("P02").publish_information(item="I-1\x00\ud800" + "x" * 500, channels=["CH-01"])

        assert attempted.entry.data["subject"] == "I-1" + "x" * 59

    def test_a_text_that_does_not_fit_an_entry_is_refused_with_its_size(self, house: House) -> None:
        house.drafted("I-1")
        passages = [{"locator": f"第{n}页", "reason": "理由" * 400} for n in range(60)]

        with house.refuses("INVALID", field="*"):
            house.as_("D02").determine_disclosure_attribute(item="I-1", attribute="PARTIAL", severed_passages=passages)


class TestTime:
    def test_a_deed_without_a_zone_is_no_deed(self) -> None:
        with pytest.raises(ValueError, match="names no zone"):
            Deed(Actor("P02", "publisher", "U02"), datetime(2025, 1, 1, 9, 0))  # noqa: DTZ001

    def test_a_deeds_day_is_the_districts(self) -> None:
        deed = Deed(Actor("P02", "publisher", "U02"), datetime(2025, 1, 1, 16, 0, tzinfo=UTC))

        assert deed.day == "2025-01-02"
