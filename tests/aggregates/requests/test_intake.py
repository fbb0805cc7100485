"""Requests as they come in: numbers, the day of receipt, confirmation, splitting, other ways, persons (十三)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import ClassVar

import pytest

from aggregates.deed import CHINA, PUBLIC, Deed
from aggregates.registry import Registry
from ledger.audit_personal import audit_personal
from ledger.audit_span import Faults
from tests.aggregates.areas.requests import REPLY
from tests.aggregates.house import House
from tests.aggregates.requests.givens import ONE, due, file, last, officer, received

requirement = pytest.mark.requirement


@requirement("R115")
class TestNumbers:
    def test_each_year_has_its_series_without_a_gap(self, house: House) -> None:
        for day in ("2024-12-30", "2025-01-06", "2025-01-07", "2026-01-05"):
            received(house, day)

        numbers = [data["request"] for type_, data in house.since(0) if type_ == "request.received/1"]
        assert numbers == ["Q-2024-001", "Q-2025-001", "Q-2025-002", "Q-2026-001"]

    def test_a_number_that_is_brought_along_must_be_the_next(self, house: House) -> None:
        received(house, request="Q-2025-001")

        with house.refuses("REQUEST_NUMBER_NOT_NEXT", request="Q-2025-003", following="Q-2025-002"):
            received(house, "2025-01-21", request="Q-2025-003")

    def test_many_at_once_get_a_number_each(self, house: House) -> None:
        def ask(number: int) -> None:
            deed = Deed(PUBLIC, datetime(2025, 3, 3, 9, tzinfo=CHINA), f"asked-{number}")
            own = {"applicant_name": "某人", "applicant_contact": "某处", "description": "某信息"}
            house.registry.receive_request(deed, unit="U02", channel="online", applicant_kind="business", **own)

        with ThreadPoolExecutor(16) as people:
            list(people.map(ask, range(60)))

        numbers = [data["number"] for type_, data in house.since(0) if type_ == "request_series.number_assigned/1"]
        assert numbers == list(range(1, 61))

    def test_two_services_on_one_ledger_share_the_series(self, house: House) -> None:
        first, second = house.registry, Registry(house.ledger)
        for registry in (first, second, second, first):
            house.registry = registry
            received(house)

        numbers = [data["number"] for type_, data in house.since(0) if type_ == "request_series.number_assigned/1"]
        assert numbers == [1, 2, 3, 4]

    def test_a_refused_request_takes_no_number(self, house: House) -> None:
        with house.refuses("INVALID"):
            received(house, channel="pigeon")

        assert received(house)["request"] == "Q-2025-001"


@requirement("R115")
@requirement("R116")
@pytest.mark.parametrize(
    ("arrived", "channel", "confirmed", "received_on", "regulation"),
    [
        ("2025-03-03", "in_person", None, "2025-03-03", "ORDER-711"),
        ("2025-03-03", "oral", None, "2025-03-03", "ORDER-711"),
        ("2025-03-03", "registered_mail", None, "2025-03-03", "ORDER-711"),
        ("2025-03-03", "ordinary_mail", None, None, "ORDER-711"),
        ("2025-03-03", "ordinary_mail", "2025-03-04", "2025-03-04", "ORDER-711"),
        ("2025-03-03", "online", None, None, "ORDER-711"),
        ("2025-03-03", "online", "2025-03-05", "2025-03-05", "ORDER-711"),
        ("2025-03-03", "fax", None, None, "ORDER-711"),
        ("2025-03-03", "other_office", "2025-03-05", "2025-03-05", "ORDER-711"),
        # Under the rules of 2007 a mailbox receives when the system has it: no confirmation.
        ("2019-04-01", "online", None, "2019-04-01", "ORDER-492"),
        ("2019-04-01", "in_person", None, "2019-04-01", "ORDER-492"),
        ("2019-04-01", "registered_mail", None, "2019-04-01", "ORDER-492"),
        ("2019-04-01", "fax", None, None, "ORDER-492"),
        ("2019-04-01", "ordinary_mail", "2019-04-02", "2019-04-02", "ORDER-492"),
        ("2019-04-01", "other_office", "2019-04-03", "2019-04-03", "ORDER-492"),
        ("2019-05-14", "in_person", None, "2019-05-14", "ORDER-492"),
        ("2019-05-15", "in_person", None, "2019-05-15", "ORDER-711"),
        # Arrived under the old regulation, received under the new one.
        ("2019-05-13", "fax", "2019-05-16", "2019-05-16", "ORDER-711"),
    ],
)
def test_the_day_of_receipt_follows_from_the_way_and_the_regulation(  # noqa: PLR0917 - one column each
    house: House, arrived: str, channel: str, confirmed: str | None, received_on: str | None, regulation: str
) -> None:
    data = received(house, "2025-04-01", channel, arrived_at=f"{arrived}T10:00:00+08:00", confirmed_on=confirmed)

    assert (data["arrived_on"], data["received_on"], data["regulation"]) == (arrived, received_on, regulation)


@requirement("R116")
class TestConfirmation:
    def test_the_clock_runs_from_the_day_both_sides_confirmed(self, house: House) -> None:
        received(house, "2025-06-02", "fax")
        assert (file(house).state, due(house)) == ("ARRIVED", None)

        officer(house, "2025-06-03").confirm_request_receipt(**ONE, subject="某合同")

        assert last(house, "request.receipt_confirmed/1")["due_on"] == due(house) == "2025-07-01"
        assert (file(house).state, file(house).subject) == ("RUNNING", "某合同")

    def test_it_is_confirmed_once(self, house: House) -> None:
        received(house, "2025-06-02", "fax", confirmed_on="2025-06-02")

        with house.refuses("REQUEST_STATE", state="RUNNING"):
            officer(house, "2025-06-03").confirm_request_receipt(**ONE)

    def test_nothing_is_confirmed_before_it_came_or_in_the_future(self, house: House) -> None:
        received(house, "2025-06-02", "fax")

        for day in ("2025-06-01", "2025-06-04"):
            with house.refuses("INVALID", field="confirmed_on"):
                officer(house, "2025-06-03").confirm_request_receipt(**ONE, confirmed_on=day)

    def test_a_request_that_is_not_confirmed_cannot_be_answered(self, house: House) -> None:
        received(house, "2025-06-02", "fax")

        with house.refuses("REQUEST_STATE", state="ARRIVED"):
            officer(house, "2025-06-03").reply_request(**ONE, kind="GRANTED", **REPLY)


class TestSplittingAndOtherOrgans:
    def test_each_matter_is_a_request_of_its_own_received_when_the_whole_was(self, house: House) -> None:
        received(house, subject="甲、乙、丙")

        officer(house, "2025-01-22").split_request(**ONE, subject="甲", others=["乙", "丙"])

        assert last(house, "request.split/1")["into"] == ["Q-2025-002", "Q-2025-003"]
        parts = [data for type_, data in house.since(0) if type_ == "request.received/1"][1:]
        assert [(part["subject"], part["split_from"], part["due_on"]) for part in parts] == [
            ("乙", "Q-2025-001", "2025-02-21"),
            ("丙", "Q-2025-001", "2025-02-21"),
        ]

    def test_one_matter_is_not_split(self, house: House) -> None:
        received(house)

        with house.refuses("NOT_ONE_MATTER"):
            officer(house, "2025-01-22").split_request(**ONE, subject="甲", others=[])

    def test_the_applicant_is_told_which_organ_answers_for_it(self, house: House) -> None:
        received(house)

        officer(house, "2025-01-22").transfer_request_information(**ONE, organ="市自然资源局", contact="0574-12345")
        officer(house, "2025-01-22").reply_request(**ONE, kind="NOT_RESPONSIBLE", **REPLY)

        assert last(house, "request.information_transferred/1")["organ"] == "市自然资源局"
        assert last(house, "request.replied/1")["row"] == "3.4.1"


@requirement("R118")
class TestLateEntry:
    PAPER: ClassVar = {"unit": "U02", "channel": "in_person", "applicant_kind": "natural_person"}

    def test_both_times_are_kept_and_the_delay_is_flagged(self, house: House) -> None:
        before = house.size

        officer(house, "2025-10-09T08:40").enter_request_from_other_channel(
            **self.PAPER, arrived_at="2025-09-26T15:00+08:00"
        )

        data = last(house, "request.received/1")
        assert (data["entry_working_days"], data["flags"], data["due_on"]) == (4, ["LATE_ENTRY"], "2025-10-30")
        entry = next(entry for entry in house.entries(before) if entry.type == "request.received/1")
        assert entry.occurred_at.isoformat() == "2025-09-26T07:00:00+00:00"
        assert data["entered_at"] == "2025-10-09T00:40:00.000000Z"

    def test_the_next_working_day_is_prompt(self, house: House) -> None:
        officer(house, "2025-09-28").enter_request_from_other_channel(**self.PAPER, arrived_at="2025-09-26T15:00+08:00")

        assert last(house, "request.received/1")["flags"] == []

    def test_how_prompt_is_the_rulesets_to_say(self, house: House) -> None:
        officer(house, "2025-01-10", "G01").adopt_ruleset(
            ruleset="RS-143",
            document_number="号",
            title_zh="细则",
            effective_from="2025-01-11",
            parameters={"request_entry_days": 4},
        )

        officer(house, "2025-10-09").enter_request_from_other_channel(**self.PAPER, arrived_at="2025-09-26T15:00+08:00")

        assert last(house, "request.received/1")["flags"] == []

    def test_it_cannot_have_come_after_it_was_entered(self, house: House) -> None:
        with house.refuses("INVALID", field="arrived_at"):
            officer(house, "2025-09-26").enter_request_from_other_channel(
                **self.PAPER, arrived_at="2025-09-26T15:00+08:00"
            )

    def test_what_came_online_is_not_entered_as_paper(self, house: House) -> None:
        with house.refuses("INVALID", field="channel"):
            officer(house, "2025-09-27").enter_request_from_other_channel(
                **{**self.PAPER, "channel": "online"}, arrived_at="2025-09-26T15:00+08:00"
            )


class TestTheApplicant:
    OWN: ClassVar = {
        "applicant_name": "王小明",
        "applicant_id": "330212199001011234",
        "applicant_contact": "13800000000",
        "description": "我要我家拆迁的文件",
    }

    def test_no_entry_holds_what_is_about_a_person(self, house: House) -> None:
        received(house, **self.OWN)

        log = b"".join(entry.raw for entry in house.entries())
        for value in self.OWN.values():
            assert value.encode() not in log
        stored = {name: house.ledger.personal.get("request/Q-2025-001", name) for name in self.OWN}
        assert {name: value.value for name, value in stored.items() if value} == self.OWN
        data = last(house, "request.received/1")
        assert all(data[f"{name}_commitment"] == value.commitment for name, value in stored.items() if value)

    def test_it_can_be_erased_and_the_log_stays_whole(self, house: House) -> None:
        received(house, **self.OWN)

        house.as_("ADM").erase_personal_values(
            record="request/Q-2025-001", names=list(self.OWN), ground="保存期满", approver="Z01"
        )

        assert house.ledger.personal.get("request/Q-2025-001", "applicant_name") is None
        faults = Faults()
        audit_personal(house.ledger, house.size, faults)
        assert list(faults.listed) == []

    def test_a_repeated_command_stores_nothing_twice(self, house: House) -> None:
        hand = house.as_("G02", at="2025-01-20T09:00+08:00", command_id="once")
        wish = {"unit": "U02", "channel": "in_person", "applicant_kind": "natural_person", **self.OWN}
        hand.receive_request(**wish)
        size = house.size

        assert house.as_("G02", command_id="once").receive_request(**wish).replayed
        assert house.size == size
