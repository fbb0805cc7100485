"""Training: held for audiences, with results, and newcomers who act untrained are flagged or refused (十六)."""

from typing import Any

import pytest

from aggregates.organisation.derived import Missed, missed_duties, untrained_officers
from tests.aggregates.house import House, types_of
from tests.aggregates.test_gate import requirement


def newcomers_training(house: House, **who: Any) -> None:
    house.as_("G01").hold_training(
        training="T-2025-01",
        kind="NEWCOMER",
        title_zh="新兵培训",
        audiences=[{"audience": "NEWCOMER", "attended": len(who.get("attended", []))}],
        **who,
    )


def given_a_newcomer(house: House) -> None:
    """P12 publishes in U02 since today, long after the ledger was opened."""
    house.as_("ADM").register_officer(officer="P12")
    house.employ("P12", "publisher", "U02", "2025-01-06")


class TestHeld:
    @requirement("R137")
    @requirement("R138")
    @requirement("R139")
    def test_a_newcomers_training_settles_who_passed_and_who_stayed_away(self, house: House) -> None:
        given_a_newcomer(house)
        before = house.size

        newcomers_training(house, attended=["S02", "A02"], absent=["P12"])

        (held, *results) = house.since(before)
        assert (held[0], held[1]["kind"]) == ("training.held/1", "NEWCOMER")
        assert {data["officer"]: data["result"] for _, data in results} == {
            "S02": "PASSED",
            "A02": "PASSED",
            "P12": "ABSENT",
        }

    @requirement("R136")
    @requirement("R138")
    @requirement("R141")
    def test_the_yearly_one_tells_staff_newcomers_and_leaders_apart(self, house: House) -> None:
        before = house.size

        house.as_("G01", at="2025-07-28T09:00+08:00").hold_training(
            training="T-2025-02",
            kind="ANNUAL",
            title_zh="年度培训",
            audiences=[
                {"audience": "STAFF", "attended": 96},
                {"audience": "NEWCOMER", "attended": 14},
                {"audience": "LEADER", "attended": 22},
            ],
        )
        house.as_("G01").record_training_result(training="T-2025-02", officer="Z02", audience="LEADER", result="PASSED")

        (held, result) = house.since(before)
        assert [(each["audience"], each["attended"]) for each in held[1]["audiences"]] == [
            ("STAFF", 96),
            ("NEWCOMER", 14),
            ("LEADER", 22),
        ]
        assert (result[1]["officer"], result[1]["audience"], result[1]["held_on"]) == ("Z02", "LEADER", "2025-07-28")
        assert Missed("NO_ANNUAL_TRAINING", None, 2025) not in missed_duties(house.entries(), 2025)
        assert Missed("NO_ANNUAL_TRAINING", None, 2024) in missed_duties(house.entries(), 2024)

    @requirement("R138")
    def test_a_result_is_of_an_audience_for_whom_it_was_held(self, house: House) -> None:
        newcomers_training(house)

        with house.refuses("AUDIENCE_NOT_OF_TRAINING", audience="LEADER"):
            house.as_("G01").record_training_result(
                training="T-2025-01", officer="Z02", audience="LEADER", result="PASSED"
            )
        with house.refuses("TRAINING_UNKNOWN"):
            house.as_("G01").record_training_result(training="T-404", officer="Z02", audience="LEADER", result="PASSED")

    def test_nobody_both_comes_and_stays_away(self, house: House) -> None:
        with house.refuses("INVALID", field="absent"):
            newcomers_training(house, attended=["P02"], absent=["P02"])


class TestANewcomer:
    @requirement("R140")
    def test_who_publishes_untrained_is_let_through_and_flagged(self, house: House) -> None:
        given_a_newcomer(house)
        house.cleared("I-033")
        before = house.size

        house.as_("P12", "publisher", "U02").publish_information(item="I-033", channels=["CH-01"])

        written = dict(house.since(before))
        assert written["publication.published/1"]["flags"] == ["UNTRAINED_OFFICER"]
        assert written["officer.acted_untrained/1"] == {
            "officer": "P12",
            "unit": "U02",
            "post": "publisher",
            "command": "publish_information",
            "subject": "I-033",
        }

    @requirement("R140")
    @pytest.mark.parametrize("post", ["reviewer", "secrecy_reviewer"])
    def test_who_reviews_untrained_is_flagged_too(self, house: House, post: str) -> None:
        house.as_("ADM").register_officer(officer="N02")
        house.employ("N02", post, "U02", "2025-01-06")
        house.drafted("I-1")
        house.as_("D02").determine_disclosure_attribute(item="I-1", attribute="PROACTIVE")
        before = house.size

        hand = house.as_("N02", post, "U02")
        if post == "reviewer":
            hand.review_disclosure_attribute(item="I-1", conclusion="CONFIRMED")
        else:
            hand.conduct_secrecy_review(item="I-1", conclusion="CLEARED", ground="…")

        assert types_of(house.since(before))[1:] == ["officer.acted_untrained/1"]

    @requirement("R140")
    def test_is_refused_where_the_rules_say_so(self, house: House) -> None:
        given_a_newcomer(house)
        house.as_("G01").adopt_ruleset(
            ruleset="RS-143",
            document_number="号",
            title_zh="细则",
            effective_from="2025-01-01",
            parameters={"untrained_officer": "REFUSE"},
        )
        house.cleared("I-033")

        with house.refuses("UNTRAINED_OFFICER", officer="P12"):
            house.as_("P12", "publisher", "U02").publish_information(item="I-033", channels=["CH-01"])

    @requirement("R140")
    def test_is_none_any_more_after_passing_the_training(self, house: House) -> None:
        given_a_newcomer(house)
        newcomers_training(house, attended=["P12"])
        house.cleared("I-033")
        before = house.size

        house.as_("P12", "publisher", "U02").publish_information(item="I-033", channels=["CH-01"])

        [(_, data)] = house.since(before)
        assert data["flags"] == []

    @requirement("R140")
    @pytest.mark.parametrize("result", ["FAILED", "ABSENT"])
    def test_stays_one_without_passing(self, house: House, result: str) -> None:
        given_a_newcomer(house)
        newcomers_training(house, attended=["P12"])
        house.as_("G01").record_training_result(training="T-2025-01", officer="P12", audience="NEWCOMER", result=result)
        house.cleared("I-033")
        before = house.size

        house.as_("P12", "publisher", "U02").publish_information(item="I-033", channels=["CH-01"])

        assert dict(house.since(before))["publication.published/1"]["flags"] == ["UNTRAINED_OFFICER"]

    @requirement("R140")
    def test_whoever_was_called_as_one_and_stayed_away_is_one(self, house: House) -> None:
        newcomers_training(house, absent=["P02"])
        house.cleared("I-033")
        before = house.size

        house.as_("P02").publish_information(item="I-033", channels=["CH-01"])

        assert dict(house.since(before))["publication.published/1"]["flags"] == ["UNTRAINED_OFFICER"]

    @requirement("R139")
    @requirement("R140")
    def test_everybody_without_training_is_listed_newcomer_or_not(self, house: House) -> None:
        newcomers_training(house, attended=["P02"])

        untrained = untrained_officers(house.entries())

        assert "P02" not in untrained
        assert {"S02", "D05"} <= untrained
        assert "Z02" not in untrained
