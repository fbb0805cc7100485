"""Erasing personal values: two pairs of eyes, the value and its salt gone, the log whole and the gap declared."""

from ledger.append import Command
from ledger.audit import audit
from ledger.audit_personal import audit_personal
from ledger.audit_span import Faults
from ledger.entry import EventDraft
from tests.aggregates.house import House, types_of

NAME = "张三丰"


def given_a_name(house: House) -> None:
    house.as_("ADM").register_officer(officer="D77", name=NAME)


def faults_of(house: House) -> list[str]:
    faults = Faults()
    audit_personal(house.ledger, house.size, faults)
    return [fault.sentence for fault in faults.listed]


class TestErasure:
    def test_the_value_goes_and_the_record_says_why(self, house: House) -> None:
        given_a_name(house)
        before = house.size

        house.as_("ADM").erase_personal_values(
            record="officer/D77", names=["name"], ground="已离职，保存期限届满", approver="Z01"
        )

        [(type_, data)] = house.since(before)
        assert type_ == "personal.erased/1"
        assert data == {
            "record": "officer/D77",
            "fields": ["name"],
            "ground": "已离职，保存期限届满",
            "approver": "Z01",
        }
        assert house.ledger.personal.get("officer/D77", "name") is None
        assert audit(house.ledger).clean
        assert faults_of(house) == []

    def test_the_name_never_stood_in_the_log(self, house: House) -> None:
        given_a_name(house)

        assert all(NAME.encode() not in entry.raw for entry in house.entries(0))

    def test_a_repeated_erasure_is_recorded_once(self, house: House) -> None:
        given_a_name(house)
        erasure = {"record": "officer/D77", "names": ["name"], "ground": "…", "approver": "Z01"}
        house.as_("ADM", command_id="once").erase_personal_values(**erasure)
        before = house.size

        assert house.as_("ADM", command_id="once").erase_personal_values(**erasure).replayed
        assert house.size == before

    def test_nobody_approves_what_they_erase_themselves(self, house: House) -> None:
        given_a_name(house)
        house.employ("Z01", "administrator", "U01")
        erasing = house.as_("Z01", "administrator", "U01")

        with house.refuses("ERASURE_NOT_APPROVED", approver="Z01"):
            erasing.erase_personal_values(record="officer/D77", names=["name"], ground="…", approver="Z01")
        assert house.ledger.personal.get("officer/D77", "name") is not None

    def test_not_everybody_may_approve(self, house: House) -> None:
        given_a_name(house)

        for approver in ("D02", "P02", "D99"):
            with house.refuses("ERASURE_NOT_APPROVED", approver=approver):
                house.as_("ADM").erase_personal_values(
                    record="officer/D77", names=["name"], ground="…", approver=approver
                )

    def test_what_is_not_there_cannot_be_erased(self, house: House) -> None:
        with house.refuses("NOTHING_TO_CHANGE"):
            house.as_("ADM").erase_personal_values(record="officer/D02", names=["name"], ground="…", approver="Z01")


class TestTheAudit:
    def test_finds_a_value_that_went_without_a_word(self, house: House) -> None:
        given_a_name(house)
        assert faults_of(house) == []

        house.ledger.personal.erase("officer/D77", ["name"])

        [sentence] = faults_of(house)
        assert "the name of officer/D77" in sentence
        assert "no erasure of it is recorded" in sentence

    def test_finds_a_value_that_was_put_in_the_place_of_another(self, house: House) -> None:
        given_a_name(house)
        house.ledger.personal.erase("officer/D77", ["name"])
        other = house.ledger.personal.commit("officer/D77", "name", "李四")
        house.ledger.append(Command([EventDraft("minutes/1", 1, "minutes.noted/1", {})], personal=[other]))

        [sentence] = faults_of(house)
        assert "is not the one that position" in sentence

    def test_finds_a_value_that_was_declared_erased_and_is_still_there(self, house: House) -> None:
        given_a_name(house)
        kept = house.ledger.personal.get("officer/D77", "name")
        house.as_("ADM").erase_personal_values(record="officer/D77", names=["name"], ground="…", approver="Z01")
        assert kept is not None
        house.ledger.append(Command([EventDraft("minutes/1", 1, "minutes.noted/1", {})], personal=[kept]))

        [sentence] = faults_of(house)
        assert "was declared erased and is still stored" in sentence


def test_the_erasure_stands_in_a_stream_of_its_own(house: House) -> None:
    given_a_name(house)
    before = house.size

    house.as_("ADM").erase_personal_values(record="officer/D77", names=["name"], ground="…", approver="F02")

    [entry] = house.entries(before)
    assert entry.stream.startswith("erasure/")
    assert types_of(house.since(before)) == ["personal.erased/1"]
