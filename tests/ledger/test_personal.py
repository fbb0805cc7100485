"""Personal values: the log holds commitments that tell nothing, the erasable table holds the rest."""

from __future__ import annotations

import hmac

import pytest

from ledger import canonical
from ledger.append import Command
from ledger.canonical import NotCanonical
from ledger.ledger import Ledger
from ledger.personal import PersonalValue, PersonalValues, commitment
from tests.support.ledgers import assert_whole, noted

NAME = "王芳"


@pytest.fixture
def recorded(ledger: Ledger) -> PersonalValue:
    """A name in the ledger, its commitment in the entry."""
    value = PersonalValues.commit("officer/P01", "name", NAME)
    ledger.append(Command([noted("officer/P01", name_commitment=value.commitment)], personal=[value]))
    return value


class TestCommitment:
    def test_is_recomputed_by_whoever_is_shown_value_and_salt(self, ledger: Ledger, recorded: PersonalValue) -> None:
        shown = ledger.personal.get("officer/P01", "name")

        assert shown == recorded
        assert commitment(shown.salt, shown.field, shown.value) == ledger.entry(1).data["name_commitment"]

    def test_is_the_hmac_it_says_it_is(self) -> None:
        message = b"pi/v1" + b"name" + canonical.encode(NAME)

        assert commitment(b"\1" * 32, "name", NAME) == hmac.new(b"\1" * 32, message, "sha256").hexdigest()

    def test_differs_for_the_same_value(self) -> None:
        values = [PersonalValues.commit("officer/P01", "name", NAME) for _ in range(50)]

        assert len({value.salt for value in values}) == len({value.commitment for value in values}) == 50
        assert {len(value.salt) for value in values} == {32}

    @pytest.mark.parametrize("other", [("phone", NAME), ("name", "王方"), ("name", [NAME])])
    def test_holds_for_nothing_else(self, other: tuple[str, object]) -> None:
        assert commitment(b"\1" * 32, *other) != commitment(b"\1" * 32, "name", NAME)

    def test_is_over_a_value_that_has_a_canonical_form(self, ledger: Ledger) -> None:
        with pytest.raises(NotCanonical):
            PersonalValues.commit("officer/P01", "height", 1.72).commitment  # noqa: B018 - reading it computes it
        with pytest.raises(NotCanonical):
            ledger.append(Command([noted()], personal=[PersonalValues.commit("officer/P01", "height", 1.72)]))

        assert ledger.head().size == 0


class TestSecrecy:
    def test_no_representation_shows_the_value(self, recorded: PersonalValue) -> None:
        command = Command([noted()], personal=[recorded])

        for shown in (repr(recorded), str(recorded), f"{recorded}", repr([recorded]), repr(command)):
            assert NAME not in shown
            assert recorded.salt.hex() not in shown
            assert repr(recorded.salt) not in shown

    def test_the_log_holds_nothing_of_it(self, ledger: Ledger, recorded: PersonalValue) -> None:
        raw = ledger.entry(1).raw

        assert NAME.encode() not in raw
        assert recorded.salt.hex().encode() not in raw


class TestErasing:
    def test_leaves_nothing_but_the_commitment(self, ledger: Ledger, recorded: PersonalValue) -> None:
        erased = ledger.personal.erase("officer/P01", ["name", "phone"])

        assert erased == 1
        assert ledger.personal.get("officer/P01", "name") is None
        assert ledger.personal.of_records(["officer/P01"], "name") == {}
        assert ledger.entry(1).data["name_commitment"] == recorded.commitment
        assert_whole(ledger)

    def test_spares_other_fields_and_records(self, ledger: Ledger, recorded: PersonalValue) -> None:
        others = [PersonalValues.commit("officer/P01", "phone", "1"), PersonalValues.commit("officer/P02", "name", "2")]
        ledger.append(Command([noted("officer/P02")], personal=others))

        ledger.personal.erase("officer/P01", ["name"])

        assert ledger.personal.get("officer/P01", "phone") == others[0]
        assert ledger.personal.of_records(["officer/P01", "officer/P02"], "name") == {"officer/P02": others[1]}

    def test_in_one_district_spares_another(self, ledger: Ledger, recorded: PersonalValue) -> None:
        with Ledger(ledger.database, f"{ledger.name} and another") as other:
            other.append(Command([noted("officer/P01")], personal=[recorded]))

            ledger.personal.erase("officer/P01", ["name"])

            assert other.personal.get("officer/P01", "name") == recorded

    def test_makes_room_for_a_new_value(self, ledger: Ledger, recorded: PersonalValue) -> None:
        ledger.personal.erase("officer/P01", ["name"])
        new = PersonalValues.commit("officer/P01", "name", "李明")

        ledger.append(Command([noted("officer/P01", 2)], personal=[new]))

        assert ledger.personal.get("officer/P01", "name") == new
        assert_whole(ledger)

    def test_of_what_is_not_there_is_nothing(self, ledger: Ledger) -> None:
        assert ledger.personal.erase("officer/P99", ["name"]) == 0


@pytest.mark.parametrize("value", [NAME, 18, None, True, ["a", {"b": "c"}], ""])
def test_any_json_value_comes_back_as_it_was(ledger: Ledger, value: object) -> None:
    committed = PersonalValues.commit("officer/P01", "value", value)

    ledger.append(Command([noted()], personal=[committed]))

    assert ledger.personal.get("officer/P01", "value") == committed
