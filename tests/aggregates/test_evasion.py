"""Separation of duties holds against a change of post in mid-flow, a second account, and a service token."""

from collections.abc import Mapping
from typing import Any

from aggregates.organisation.derived import publications_in_one_hand
from aggregates.organisation.persons import PersonFile
from ledger.entry import Actor
from tests.aggregates.house import House
from tests.aggregates.test_gate import requirement


def submitted(house: House, item: str = "I-1") -> str:
    house.attributed(house.drafted(item))
    house.as_("D02").submit_draft_for_approval(item=item)
    return item


class TestAChangeOfPostInMidFlow:
    @requirement("R87")
    @requirement("R92")
    def test_lets_no_drafter_approve_what_they_drafted(self, house: House) -> None:
        submitted(house)
        house.as_("ADM").relieve_officer(officer="D02", unit="U02", post="drafter", until_date="2025-01-05")
        house.employ("D02", "principal", "U02", "2025-01-06")

        with house.refuses("APPROVED_BY_DRAFTER", officer="D02"):
            house.as_("D02", "principal", "U02").approve_document(item="I-1")

    @requirement("R92")
    def test_lets_no_drafter_review_what_they_drafted(self, house: House) -> None:
        house.approved("I-1")
        house.employ("D02", "secrecy_reviewer", "U02", "2024-06-01")
        house.as_("D02", "secrecy_reviewer", "U02").conduct_secrecy_review(item="I-1", conclusion="CLEARED", ground="…")

        with house.refuses("SEGREGATION_OF_DUTIES", same="D02"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"])

    @requirement("R92")
    def test_lets_no_reviewer_publish_what_they_reviewed(self, house: House) -> None:
        house.cleared("I-1")
        house.as_("ADM").relieve_officer(officer="S02", unit="U02", post="secrecy_reviewer", until_date="2025-01-05")
        house.employ("S02", "publisher", "U02", "2024-06-01")

        with house.refuses("SEGREGATION_OF_DUTIES", same="S02"):
            house.as_("S02", "publisher", "U02").publish_information(item="I-1", channels=["CH-01"])

    @requirement("R87")
    def test_a_post_that_ended_in_mid_flow_carries_nothing_on(self, house: House) -> None:
        house.cleared("I-1")
        house.as_("ADM").relieve_officer(officer="P02", unit="U02", post="publisher", until_date="2025-01-05")

        with house.refuses("POST_NOT_HELD", officer="P02"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"])

    @requirement("R134")
    def test_lets_no_drafter_confirm_for_another_unit(self, house: House) -> None:
        house.drafted("I-1", concerned_units=["U05"])
        house.employ("D02", "reviewer", "U05")

        with house.refuses("CONFIRMED_BY_DRAFTER", officer="D02", unit="U05"):
            house.as_("D02", "reviewer", "U05").confirm_information(item="I-1", unit="U05")


class TestASecondAccount:
    def given_a_second_account(self, house: House, post: str, of: str = "D02", *, linked: bool = True) -> None:
        """The person behind one code has another, ``N99``, in the same unit."""
        house.as_("ADM").register_officer(officer="N99")
        house.employ("N99", post, "U02", "2024-01-01")
        if linked:
            house.as_("J01").link_officers(officer="N99", same_as=of, basis="人事档案核对为同一人")

    @requirement("R92")
    def test_reviews_nothing_that_the_first_drafted(self, house: House) -> None:
        self.given_a_second_account(house, "secrecy_reviewer")
        house.approved("I-1")
        house.as_("N99", "secrecy_reviewer", "U02").conduct_secrecy_review(item="I-1", conclusion="CLEARED", ground="…")

        with house.refuses("SEGREGATION_OF_DUTIES", same="N99"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"])

    @requirement("R92")
    def test_approves_nothing_that_the_first_drafted(self, house: House) -> None:
        self.given_a_second_account(house, "principal")
        submitted(house)

        with house.refuses("APPROVED_BY_DRAFTER", officer="N99"):
            house.as_("N99", "principal", "U02").approve_document(item="I-1")

    @requirement("R92")
    def test_drafts_nothing_that_the_first_approved(self, house: House) -> None:
        self.given_a_second_account(house, "drafter", of="Z02")
        house.approved("I-1")

        with house.refuses("APPROVED_BY_DRAFTER", officer="N99"):
            house.as_("N99", "drafter", "U02").revise_document(item="I-1", content=house.stored("改"), reason="…")

    @requirement("R93")
    def test_publishes_nothing_that_the_first_reviewed(self, house: House) -> None:
        self.given_a_second_account(house, "publisher", of="S02")
        house.cleared("I-1")

        with house.refuses("SEGREGATION_OF_DUTIES", same="S02"):
            house.as_("N99", "publisher", "U02").publish_information(item="I-1", channels=["CH-01"])

    @requirement("R92")
    def test_found_out_in_mid_flow_stops_what_is_on_its_way(self, house: House) -> None:
        self.given_a_second_account(house, "publisher", of="S02", linked=False)
        house.cleared("I-1")
        house.as_("J01").link_officers(officer="S02", same_as="N99", basis="同一人")

        with house.refuses("SEGREGATION_OF_DUTIES"):
            house.as_("N99", "publisher", "U02").publish_information(item="I-1", channels=["CH-01"])

    @requirement("R92")
    def test_found_out_afterwards_shows_what_went_through_one_hand(self, house: House) -> None:
        """The ledger cannot see by itself that two codes are one person; it remembers who did what."""
        self.given_a_second_account(house, "publisher", of="S02", linked=False)
        house.cleared("I-1")
        house.as_("N99", "publisher", "U02").publish_information(item="I-1", channels=["CH-01"])
        house.published("I-2", text="二")

        house.as_("J01").link_officers(officer="N99", same_as="S02", basis="同一人")

        file = house.registry.repository.get("persons/district")
        assert isinstance(file, PersonFile)
        assert publications_in_one_hand(house.entries(), file.persons) == [("I-1#1", ["S02"])]

    def test_three_codes_of_one_person_are_one_in_whatever_order_they_are_linked(self, house: House) -> None:
        for pair in (("D02", "S02"), ("P02", "D05"), ("S02", "P02")):
            house.as_("J01").link_officers(officer=pair[0], same_as=pair[1], basis="同一人")

        persons = house.registry.repository.get("persons/district").persons

        assert len({persons.of(code) for code in ("D02", "S02", "P02", "D05")}) == 1
        with house.refuses("NOTHING_TO_CHANGE"):
            house.as_("J01").link_officers(officer="D02", same_as="D05", basis="同一人")

    def test_links_registered_codes_only(self, house: House) -> None:
        with house.refuses("OFFICER_NOT_REGISTERED", officer="N404"):
            house.as_("J01").link_officers(officer="N404", same_as="D02", basis="…")

    @requirement("R92")
    def test_is_flagged_where_the_rules_only_flag(self, house: House) -> None:
        self.given_a_second_account(house, "publisher", of="S02")
        house.as_("G01").adopt_ruleset(
            ruleset="RS-143",
            document_number="号",
            title_zh="细则",
            effective_from="2025-01-01",
            parameters={"segregation_of_duties": "FLAG"},
        )
        house.cleared("I-1")
        before = house.size

        house.as_("N99", "publisher", "U02").publish_information(item="I-1", channels=["CH-01"])

        assert house.since(before)[0][1]["flags"] == ["SEGREGATION_OF_DUTIES"]


class TestAServiceToken:
    def act(self, house: House, actor: Actor, command: str, data: Mapping[str, Any]) -> None:
        getattr(house.registry, command)(house.deed(actor), **data)

    @requirement("R93")
    def test_whose_subject_is_no_officer_publishes_nothing(self, house: House) -> None:
        house.cleared("I-1")
        robot = Actor("CMS-ROBOT", "publisher", "U02", "token:abc")

        with house.refuses("POST_NOT_HELD", officer="CMS-ROBOT") as attempted:
            self.act(house, robot, "publish_information", {"item": "I-1", "channels": ["CH-01"]})

        assert attempted.entry.actor.credential == "token:abc"

    @requirement("R93")
    def test_whose_subject_holds_another_post_publishes_nothing(self, house: House) -> None:
        house.cleared("I-1")
        drafter = Actor("D02", "publisher", "U02", "token:abc")

        with house.refuses("POST_NOT_HELD", officer="D02"):
            self.act(house, drafter, "publish_information", {"item": "I-1", "channels": ["CH-01"]})

    @requirement("R93")
    def test_does_not_make_another_person_of_an_officer(self, house: House) -> None:
        house.cleared("I-1")
        house.employ("S02", "publisher", "U02", "2024-06-01")
        machine = Actor("S02", "publisher", "U02", "token:of-a-machine")

        with house.refuses("SEGREGATION_OF_DUTIES", same="S02"):
            self.act(house, machine, "publish_information", {"item": "I-1", "channels": ["CH-01"]})

    @requirement("R93")
    def test_of_an_officer_who_left_publishes_nothing(self, house: House) -> None:
        house.cleared("I-1")
        house.as_("ADM").relieve_officer(officer="P02", unit="U02", post="publisher", until_date="2025-01-05")

        with house.refuses("POST_NOT_HELD"):
            self.act(
                house,
                Actor("P02", "publisher", "U02", "token:still-valid"),
                "publish_information",
                {"item": "I-1", "channels": ["CH-01"]},
            )
