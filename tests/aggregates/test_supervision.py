"""What watches over disclosure: the self-check of November, spot checks, rectification (四)."""

from datetime import date, datetime
from typing import Any

import pytest

from aggregates.deed import CHINA
from aggregates.supervision.derived import (
    coverage,
    rectification_board,
    request_clusters,
    self_check_standing,
    spot_check_holds,
    undisclosed_backlog,
    withheld_items,
)
from aggregates.supervision.sampling import draw, population_digest
from ledger.entry import Entry
from tests.aggregates.areas.requests import calendar_year
from tests.aggregates.areas.supervision import an_order
from tests.aggregates.house import House, types_of

requirement = pytest.mark.requirement

REASONED: dict[str, Any] = {"attribute": "WITHHELD", "reason": "过程性信息", "legal_basis": ["条例第十六条"]}
NOVEMBER = "2025-11-03T09:00+08:00"


def the_last(house: House) -> Entry:
    return house.entries(house.size - 1)[0]


@pytest.fixture
def checked(house: House) -> House:
    """November 2025 in U02: two items withheld, one on request, and the self-check open."""
    for item in ("I-1", "I-2"):
        house.attributed(house.drafted(item, text=item), **REASONED)
    house.attributed(house.drafted("I-6", text="I-6"), attribute="ON_REQUEST", reason="招生计划")
    house.as_("G01", at=NOVEMBER).open_self_check(year=2025, units=["U02"])
    return house


def found(house: House, item: str, conclusion: str = "CONVERTIBLE", **more: Any) -> None:
    data = {"unit": "U02", "year": 2025, "item": item, "finding_scope": "WITHHELD", "conclusion": conclusion}
    house.as_("G02").record_self_check_finding(**{**data, "reason": "决策已作出", **more})


def reviewed(house: House, item: str) -> None:
    house.as_("S02").conduct_secrecy_review(item=item, conclusion="CLEARED", ground="重新审查")


def way_up(house: House, item: str) -> None:
    """What a new attribute asks for before the item goes out."""
    house.as_("A02").review_disclosure_attribute(item=item, conclusion="CONFIRMED")
    house.as_("D02").submit_draft_for_approval(item=item)
    house.as_("Z02").approve_document(item=item)


def reported(house: House, **counts: int) -> None:
    nothing = dict.fromkeys(("findings", "kept", "convertible", "should_be_disclosed"), 0)
    house.as_("G02").submit_self_check_report(unit="U02", year=2025, **{**nothing, **counts})


class TestTheSelfCheckOfTheYear:
    @requirement("R32")
    def test_is_opened_for_all_units_at_once_with_its_window(self, house: House) -> None:
        house.attributed(house.drafted("I-1"), **REASONED)
        house.as_("G01", at=NOVEMBER).open_self_check(year=2025, units=["U02", "U05"])

        opened = [data for _, data in house.since(house.size - 2)]
        assert [data["unit"] for data in opened] == ["U02", "U05"]
        assert opened[0] == {
            "cycle": "SC-2025",
            "unit": "U02",
            "year": 2025,
            "window_from": "2025-11-01",
            "window_until": "2025-11-30",
            "withheld_items": 1,
            "flags": [],
        }

    @requirement("R32")
    def test_is_one_a_unit_a_year_not_before_november_and_flagged_after_it(self, house: House) -> None:
        with house.refuses("SELF_CHECK_TOO_EARLY"):
            house.as_("G02", at="2025-10-31T23:59+08:00").open_self_check(year=2025, units=["U02"])
        house.as_("G02", at="2025-11-30T23:59+08:00").open_self_check(year=2025, units=["U02"])
        assert the_last(house).data["flags"] == []
        with house.refuses("ALREADY_REGISTERED"):
            house.as_("G01").open_self_check(year=2025, units=["U05", "U02"])

        house.as_("G05", at="2025-12-01T00:00+08:00").open_self_check(year=2025, units=["U05"])
        assert the_last(house).data["flags"] == ["OPENED_LATE"]
        with house.refuses("INVALID", field="units"):
            house.as_("G05").open_self_check(year=2025, units=[])

    @requirement("R32")
    @requirement("R36")
    def test_leaves_every_unit_that_did_not_report_overdue_from_the_first_of_december(self, house: House) -> None:
        house.as_("G01", at=NOVEMBER).open_self_check(year=2025, units=["U02", "U05"])
        reported(house)

        def standing(day: str) -> dict[str, str]:
            return self_check_standing(house.entries(), 2025, date.fromisoformat(day))

        assert standing("2025-11-01") == dict.fromkeys(["U01", "U02", "U05"], "NOT_OPENED")
        assert standing("2025-11-30") == {"U01": "NOT_OPENED", "U02": "REPORTED", "U05": "OPENED"}
        assert standing("2025-12-01") == {"U01": "OVERDUE", "U02": "REPORTED", "U05": "OVERDUE"}


class TestFindings:
    @requirement("R33")
    def test_cover_every_item_withheld_on_the_first_of_november(self, checked: House) -> None:
        checked.attributed(checked.drafted("I-9", text="I-9"), **REASONED)
        first = datetime(2025, 11, 1, tzinfo=CHINA)
        assert withheld_items(checked.entries(), "U02", first) == ["I-1", "I-2"]
        assert withheld_items(checked.entries(), "U05", first) == []

        found(checked, "I-1", "KEPT")
        assert coverage(checked.entries(), "U02", 2025).unchecked == ["I-2"]
        found(checked, "I-2")
        assert coverage(checked.entries(), "U02", 2025).checked == ["I-1", "I-2"]

    @requirement("R33")
    @pytest.mark.parametrize(("requests", "clustered"), [(2, False), (3, True), (17, True), (None, False)])
    def test_say_whether_an_item_is_often_asked_for(
        self, checked: House, requests: int | None, clustered: bool
    ) -> None:
        found(checked, "I-6", finding_scope="ON_REQUEST_CLUSTER", requests=requests)

        assert (the_last(checked).data["attribute"], the_last(checked).data["clustered"]) == ("ON_REQUEST", clustered)

    @requirement("R33")
    def test_clusters_are_counted_over_twelve_months(self) -> None:
        asked = [("I-6", date(2025, month, 1)) for month in (1, 5, 10)]
        older = [("I-7", date(2024, 10, 1)), ("I-7", date(2024, 11, 1)), ("I-7", date(2025, 10, 1))]

        assert request_clusters([*asked, *older], date(2025, 11, 1), 3) == {"I-6": 3}
        assert request_clusters([*asked, *older], date(2024, 2, 29), 1) == {}
        assert request_clusters([("I-8", date(2024, 11, 1)), ("I-8", date(2024, 11, 2))], date(2025, 11, 1), 1) == {
            "I-8": 1
        }

    def test_are_about_what_they_claim_once_and_by_the_unit_itself(self, checked: House) -> None:
        with checked.refuses("FINDING_SCOPE_MISMATCH", item="I-6"):
            found(checked, "I-6")
        with checked.refuses("ITEM_UNKNOWN"):
            found(checked, "I-404")
        found(checked, "I-1", "KEPT")
        with checked.refuses("ALREADY_CHECKED", finding_number="SC-2025/U02/1"):
            found(checked, "I-1")
        with checked.refuses("SELF_CHECK_UNKNOWN"):
            found(checked, "I-2", year=2024)
        checked.published("I-5", "U05", text="I-5")
        with checked.refuses("OTHER_UNIT"):
            found(checked, "I-5", finding_scope="UNDISCLOSED")

    def test_after_november_are_flagged(self, checked: House) -> None:
        checked.now = datetime(2025, 12, 1, 8, tzinfo=CHINA)
        found(checked, "I-1", "KEPT")

        assert the_last(checked).data["flags"] == ["RECORDED_LATE"]


class TestWhatShouldHaveBeenPublic:
    @requirement("R34")
    def test_is_owed_from_the_finding_until_it_is_published_and_nothing_else_closes_it(self, checked: House) -> None:
        found(checked, "I-040", "SHOULD_BE_DISCLOSED", finding_scope="UNDISCLOSED", due_since="2025-05-20")
        assert types_of(checked.since(checked.size - 2)) == ["self_check.finding_recorded/1", "disclosure_duty.found/1"]
        before = checked.now
        [owed] = undisclosed_backlog(checked.entries())
        assert (owed.item, owed.unit, owed.due_since) == ("I-040", "U02", "2025-05-20")

        checked.cleared("I-040", text="I-040")
        assert [one.item for one in undisclosed_backlog(checked.entries())] == ["I-040"]
        checked.as_("P02").publish_information(item="I-040", channels=["CH-01"])

        assert undisclosed_backlog(checked.entries()) == []
        assert [one.item for one in undisclosed_backlog(checked.entries(), before)] == ["I-040"]

    @requirement("R34")
    def test_is_ordered_by_the_office_too_once_and_not_where_it_is_public(self, house: House) -> None:
        order = {"item": "I-1", "unit": "U02", "cause": "SPOT_CHECK", "reason": "处罚结果未公开"}
        house.as_("J01").order_disclosure(**order)
        with house.refuses("DUTY_FOUND_ALREADY"):
            house.as_("G02").order_disclosure(**order)
        house.published("I-1")
        with house.refuses("ALREADY_PUBLISHED"):
            house.as_("J01").order_disclosure(**order)

        house.as_("P02").withdraw_publication(item="I-1", reason_code="ERROR", reason="误")
        house.as_("J01").order_disclosure(**order)
        assert the_last(house).data["publications_before"] == 1
        assert [one.item for one in undisclosed_backlog(house.entries())] == ["I-1"]


class TestConversion:
    @requirement("R35")
    def test_is_a_new_decision_with_its_cause_and_the_old_one_is_kept(self, checked: House) -> None:
        found(checked, "I-1")
        reviewed(checked, "I-1")
        checked.as_("G02").convert_to_proactive(item="I-1", year=2025, reason="决策已作出")

        assert the_last(checked).data == {
            "item": "I-1",
            "draft_version": 1,
            "attribute_before": "WITHHELD",
            "attribute": "PROACTIVE",
            "cause": "SELF_CHECK",
            "cycle": "SC-2025",
            "review": "I-1/R1",
            "reason": "决策已作出",
        }
        history = [
            data["attribute"]
            for type_, data in checked.since(0)
            if type_.startswith("document.attribute_") and data["item"] == "I-1" and "attribute" in data
        ]
        assert history == ["WITHHELD", "PROACTIVE"]

    @requirement("R35")
    @requirement("R39")
    def test_asks_for_a_secrecy_review_made_after_the_finding(self, checked: House) -> None:
        reviewed(checked, "I-1")
        found(checked, "I-1")
        with checked.refuses("NOT_REVIEWED"):
            checked.as_("G02").convert_to_proactive(item="I-1", year=2025, reason="…")
        checked.as_("S02").conduct_secrecy_review(item="I-1", conclusion="REFUSED", ground="涉密")
        with checked.refuses("NOT_REVIEWED"):
            checked.as_("G02").convert_to_proactive(item="I-1", year=2025, reason="…")

        reviewed(checked, "I-1")
        checked.as_("G02").convert_to_proactive(item="I-1", year=2025, reason="…")

    @requirement("R35")
    @requirement("R45")
    def test_puts_nothing_before_the_public_by_itself(self, checked: House) -> None:
        reviewed(checked, "I-1")
        found(checked, "I-1")
        reviewed(checked, "I-1")
        checked.as_("G02").convert_to_proactive(item="I-1", year=2025, reason="…")
        with checked.refuses("NOT_APPROVED"):
            checked.as_("P02").publish_information(item="I-1", channels=["CH-01"])
        way_up(checked, "I-1")

        with checked.refuses("VERSION_NOT_REVIEWED"):
            checked.as_("P02").publish_information(item="I-1", channels=["CH-01"], review="I-1/R1")
        checked.as_("P02").publish_information(item="I-1", channels=["CH-01"])

        assert the_last(checked).data["review"] == "I-1/R2"

    def test_rests_on_a_finding_of_that_years_self_check(self, checked: House) -> None:
        found(checked, "I-1", "KEPT")
        reviewed(checked, "I-1")
        for item in ("I-1", "I-2"):
            with checked.refuses("NOT_FOUND_CONVERTIBLE", item=item):
                checked.as_("G02").convert_to_proactive(item=item, year=2025, reason="…")
        with checked.refuses("SELF_CHECK_UNKNOWN"):
            checked.as_("G02").convert_to_proactive(item="I-1", year=2024, reason="…")

    def test_of_what_is_proactive_already_changes_nothing(self, checked: House) -> None:
        found(checked, "I-1")
        reviewed(checked, "I-1")
        checked.as_("G02").convert_to_proactive(item="I-1", year=2025, reason="…")

        with checked.refuses("NOTHING_TO_CHANGE"):
            checked.as_("G02").convert_to_proactive(item="I-1", year=2025, reason="…")


class TestTheReport:
    @requirement("R36")
    @pytest.mark.parametrize("wrong", ["findings", "kept", "convertible", "should_be_disclosed"])
    def test_that_counts_otherwise_than_the_record_is_refused(self, checked: House, wrong: str) -> None:
        found(checked, "I-1")
        found(checked, "I-2", "KEPT")
        counts = {"findings": 2, "kept": 1, "convertible": 1, "should_be_disclosed": 0}
        with checked.refuses("REPORT_COUNTS_DIFFER", recorded=counts):
            reported(checked, **{**counts, wrong: counts[wrong] + 1})

        reported(checked, **counts)
        assert {name: the_last(checked).data[name] for name in counts} == counts

    @requirement("R36")
    def test_tells_what_was_put_right_meanwhile(self, checked: House) -> None:
        for item in ("I-1", "I-2"):
            found(checked, item)
            reviewed(checked, item)
        for item in ("I-1", "I-2"):
            checked.as_("G02").convert_to_proactive(item=item, year=2025, reason="…")
        way_up(checked, "I-1")
        checked.as_("P02").publish_information(item="I-1", channels=["CH-01"])
        reported(checked, findings=2, convertible=2)

        told = the_last(checked).data
        assert (told["converted"], told["disclosed"], told["unchecked"], told["flags"]) == (2, 1, [], [])
        with checked.refuses("SELF_CHECK_REPORTED"):
            reported(checked, findings=2, convertible=2)
        with checked.refuses("SELF_CHECK_REPORTED"):
            found(checked, "I-6", finding_scope="ON_REQUEST_CLUSTER")

    @requirement("R33")
    def test_names_what_was_left_unchecked_and_is_refused_where_the_rules_say_so(self, checked: House) -> None:
        found(checked, "I-1", "KEPT")
        checked.as_("G01").adopt_ruleset(
            ruleset="RS-143",
            document_number="号",
            title_zh="细则",
            effective_from="2017-08-09",
            parameters={"self_check_incomplete": "REFUSE"},
        )
        with checked.refuses("SELF_CHECK_INCOMPLETE", number=1):
            reported(checked, findings=1, kept=1)
        found(checked, "I-2", "KEPT")
        reported(checked, findings=2, kept=2)

        assert the_last(checked).data["unchecked_count"] == 0

    @requirement("R33")
    @requirement("R36")
    def test_that_is_incomplete_or_late_is_flagged(self, checked: House) -> None:
        checked.now = datetime(2025, 12, 1, 8, tzinfo=CHINA)
        reported(checked)

        told = the_last(checked).data
        assert told["flags"] == ["REPORTED_LATE", "UNCHECKED_ITEMS"]
        assert (told["withheld_items"], told["unchecked_count"], told["unchecked"]) == (2, 2, ["I-1", "I-2"])


class TestASpotCheck:
    def drawn(self, house: House, **more: Any) -> Entry:
        data = {"spot_check": "SK-2025", "check_occasion": "THIRD_PARTY_TEST", "seed": "20251124", "sample_size": 60}
        house.as_("J01").conduct_spot_check(**{**data, **more})
        return the_last(house)

    def given(self, house: House, count: int = 12) -> list[str]:
        return [house.drafted(f"I-{number:03}", "U02" if number % 2 else "U05") for number in range(count)]

    @requirement("R37")
    def test_is_drawn_again_from_what_it_recorded(self, house: House) -> None:
        items = self.given(house)
        conducted = self.drawn(house, sample_size=5, occasion_reference="TP-2025")
        self.given_more(house)

        data = conducted.data
        assert (data["seed"], data["check_occasion"], data["occasion_reference"]) == (
            "20251124",
            "THIRD_PARTY_TEST",
            "TP-2025",
        )
        assert data["population_size"] == 12
        assert data["population_sha256"] == population_digest(items)
        assert data["sample"] == draw(reversed(items), "20251124", 5)
        assert len(set(data["sample"])) == 5
        assert spot_check_holds(conducted, house.entries())

    def given_more(self, house: House) -> None:
        """What comes after the drawing was not in the population."""
        house.drafted("I-LATER")

    @requirement("R37")
    @pytest.mark.parametrize("touched", ["seed", "sample", "population_size", "population_sha256", "sample_size"])
    def test_that_was_touched_does_not_hold(self, house: House, touched: str) -> None:
        self.given(house)
        conducted = self.drawn(house, sample_size=5)
        other = {"seed": "1", "sample": conducted.data["sample"][::-1], "population_sha256": "0" * 64}
        conducted.data[touched] = other.get(touched, 4)

        assert not spot_check_holds(conducted, house.entries())

    @requirement("R37")
    def test_another_seed_draws_another_sample(self, house: House) -> None:
        items = self.given(house, 40)
        samples = {tuple(sorted(draw(items, str(seed), 10))) for seed in range(50)}
        often = [sum(item in sample for sample in samples) for item in items]

        assert len(samples) == 50
        assert min(often) > 0
        assert max(often) < 30

    @requirement("R37")
    def test_is_about_these_units_these_items_or_the_publications(self, house: House) -> None:
        self.given(house)
        house.attributed("I-001", **REASONED)
        house.published("I-P", text="I-P")
        of_unit = self.drawn(house, units=["U05"])
        assert set(of_unit.data["sample"]) == {f"I-{number:03}" for number in range(0, 12, 2)}
        assert of_unit.data["flags"] == ["WHOLE_POPULATION"]
        withheld = self.drawn(house, spot_check="SK-2", population="WITHHELD", sample_size=1)
        assert (withheld.data["sample"], withheld.data["flags"]) == (["I-001"], ["WHOLE_POPULATION"])

        published = self.drawn(house, spot_check="SK-3", population="PUBLICATIONS")
        assert published.data["sample"] == ["I-P#1"]
        assert all(spot_check_holds(entry, house.entries()) for entry in (of_unit, withheld, published))
        with house.refuses("POPULATION_EMPTY"):
            self.drawn(house, spot_check="SK-4", population="WITHHELD", units=["U05"])

    @requirement("R37")
    def test_is_drawn_once_and_nothing_is_added_to_the_sample(self, house: House) -> None:
        self.given(house)
        sample = self.drawn(house, sample_size=3).data["sample"]
        with house.refuses("ALREADY_REGISTERED"):
            self.drawn(house, seed="another", sample_size=3)
        left_out = next(item for item in draw(self.given_items(), "20251124", 12) if item not in sample)
        finding = {"spot_check": "SK-2025", "conclusion": "DEFECT_FOUND", "note": "时限超期"}
        with house.refuses("NOT_IN_SAMPLE", item=left_out):
            house.as_("J01").record_spot_check_finding(drawn=left_out, **finding)
        house.as_("J01").record_spot_check_finding(drawn=sample[0], **finding)

        assert the_last(house).data["item"] == sample[0]
        with house.refuses("NOT_IN_SAMPLE"):
            house.as_("J01").record_spot_check_finding(drawn=sample[0], **finding)
        with house.refuses("SPOT_CHECK_UNKNOWN"):
            house.as_("J01").record_spot_check_finding(drawn="I-1", **{**finding, "spot_check": "SK-404"})

    def given_items(self) -> list[str]:
        return [f"I-{number:03}" for number in range(12)]


class TestARectification:
    @requirement("R38")
    def test_is_followed_to_its_closure_by_evidence(self, house: House) -> None:
        house.as_("G01", at="2025-01-23T15:00+08:00").order_rectification(
            **an_order("RC-01", "U05", item="I-5", due_on="2025-01-26")
        )
        with house.refuses("RECTIFICATION_EVIDENCE_MISSING"):
            house.as_("G01").confirm_rectification(rectification="RC-01", evidence_positions=[])
        house.published("I-5", "U05")
        evidence = house.size
        house.as_("G01", at="2025-01-26T10:00+08:00").confirm_rectification(
            rectification="RC-01", evidence_positions=[evidence], note="已重新发布"
        )

        closed = the_last(house).data
        assert (closed["evidence_positions"], closed["days_late"], closed["flags"]) == ([evidence], 0, [])
        with house.refuses("RECTIFICATION_CLOSED", closed_on="2025-01-26"):
            house.as_("G01").confirm_rectification(rectification="RC-01", evidence_positions=[evidence])

    @requirement("R38")
    def test_is_not_closed_by_what_was_before_it_by_itself_by_a_refusal_or_by_another_unit(self, house: House) -> None:
        house.drafted("I-5", "U05")
        before = house.size
        house.as_("G01").order_rectification(**an_order("RC-01", "U05", item="I-5"))
        order = house.size
        with house.refuses("NOT_REVIEWED"):
            house.as_("P05").publish_information(item="I-5", channels=["CH-01"])
        refused = house.size
        house.drafted("I-2", text="I-2")
        for position in (before, order, refused, house.size):
            with house.refuses("RECTIFICATION_EVIDENCE_MISSING"):
                house.as_("G01").confirm_rectification(rectification="RC-01", evidence_positions=[position])
        with house.refuses("EVIDENCE_UNKNOWN"):
            house.as_("G01").confirm_rectification(rectification="RC-01", evidence_positions=[999_999])
        with house.refuses("RECTIFICATION_UNKNOWN"):
            house.as_("G01").confirm_rectification(rectification="RC-404", evidence_positions=[1])

    @requirement("R38")
    def test_stands_on_the_board_open_late_and_closed(self, house: House) -> None:
        order = an_order("RC-01", due_on="2025-01-26")
        house.as_("J01", at="2025-01-23T15:00+08:00").order_rectification(**order)
        house.now = datetime(2025, 1, 28, 9, tzinfo=CHINA)
        house.drafted("I-1")
        house.as_("J01").confirm_rectification(rectification="RC-01", evidence_positions=[house.size])
        assert (the_last(house).data["days_late"], the_last(house).data["flags"]) == (2, ["RECTIFIED_LATE"])

        def state(day: str) -> list[str]:
            return [row.state for row in rectification_board(house.entries(), date.fromisoformat(day))]

        assert [state(f"2025-01-{day}") for day in (22, 23, 26, 27, 28)] == [
            [],
            ["OPEN"],
            ["OPEN"],
            ["LATE"],
            ["CLOSED"],
        ]

    @requirement("R38")
    def test_has_a_due_date_given_or_counted_in_working_days(self, house: House) -> None:
        def ordered(**due: Any) -> Any:
            data = {name: value for name, value in an_order("RC-01").items() if name != "due_on"}
            return house.as_("G01", at="2025-01-23T15:00+08:00").order_rectification(**data, **due)

        with house.refuses("DUE_DATE_MISSING"):
            ordered()
        with house.refuses("DUE_DATE_MISSING"):
            ordered(due_on="2025-01-26", due_in_working_days=2)
        with house.refuses("DUE_DATE_PAST"):
            ordered(due_on="2025-01-22")
        with house.refuses("DUE_DATE_UNCOUNTABLE"):
            ordered(due_in_working_days=2)
        house.as_("ADM").adopt_calendar_year(**calendar_year(2025))
        ordered(due_in_working_days=2)

        # 2025-01-23 is a Thursday; Sunday the 26th is a make-up workday.
        assert the_last(house).data["due_on"] == "2025-01-26"
        house.as_("J01").order_rectification(**an_order("RC-02", evidence_positions=[3, 1]))
        assert the_last(house).data["evidence_positions"] == [1, 3]
        with house.refuses("EVIDENCE_UNKNOWN"):
            house.as_("J01").order_rectification(**an_order("RC-03", evidence_positions=[999_999]))
        with house.refuses("ALREADY_REGISTERED"):
            house.as_("J01").order_rectification(**an_order("RC-02"))
