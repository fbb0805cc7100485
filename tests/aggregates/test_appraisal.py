"""Appraisal: counted from the ledger, cited, reproducible; praise, criticism and accountability side by side (十七)."""

from typing import Any

from aggregates.appraisal.derived import months_without_bulletin, unit_standings
from aggregates.appraisal.figures import differences, digest, figures_of, missing_months, positions_of
from aggregates.appraisal.table_two import identity_breaks, table_two
from aggregates.vocabulary import LISTS
from tests.aggregates.areas import requests
from tests.aggregates.house import House, types_of
from tests.aggregates.test_gate import requirement

MONTH = "2025-01"


def row(figures: list[dict[str, Any]], unit: str) -> dict[str, Any]:
    return next(each for each in figures if each["unit"] == unit)


def in_february(house: House) -> None:
    house.now = house.now.replace(month=2, day=5, hour=9)


class TestTheCycle:
    def open_cycle(self, house: House, *parts: tuple[str, int]) -> None:
        house.as_("G01").open_appraisal_cycle(
            appraisal="AP-2025",
            year=2025,
            title_zh="目标管理考核",
            weights=[{"part": part, "weight": weight} for part, weight in parts],
        )

    @requirement("R142")
    def test_weighs_disclosure_among_its_parts(self, house: House) -> None:
        before = house.size

        self.open_cycle(house, ("DISCLOSURE", 10), ("ECONOMY", 90))

        [(type_, data)] = house.since(before)
        assert type_ == "appraisal.cycle_opened/1"
        assert data["weights"][0] == {"part": "DISCLOSURE", "weight": 10}

    @requirement("R142")
    def test_without_disclosure_or_with_other_than_a_hundred_is_none(self, house: House) -> None:
        with house.refuses("DISCLOSURE_NOT_APPRAISED"):
            self.open_cycle(house, ("ECONOMY", 100))
        with house.refuses("WEIGHTS_NOT_HUNDRED", total=99):
            self.open_cycle(house, ("DISCLOSURE", 9), ("ECONOMY", 90))


class TestIndicators:
    INDICATORS = (
        {"indicator": "K1", "title_zh": "主动公开", "weight": 60, "figure": "PUBLISHED", "target": 4},
        {"indicator": "K2", "title_zh": "组织领导", "weight": 40},
    )

    def given_a_cycle(self, house: House) -> None:
        TestTheCycle().open_cycle(house, ("DISCLOSURE", 100))
        self.adopt(house)

    def adopt(self, house: House) -> None:
        house.as_("G01").adopt_indicator_set(indicator_set="IS-1", title_zh="指标体系", indicators=self.INDICATORS)

    def score(self, house: House, indicator: str, **more: Any) -> None:
        house.as_("G01").score_indicator(
            appraisal="AP-2025", unit="U02", indicator_set="IS-1", indicator=indicator, **more
        )

    @requirement("R143")
    def test_have_versions_and_a_score_cites_the_one_it_was_given_by(self, house: House) -> None:
        self.given_a_cycle(house)
        self.adopt(house)
        self.adopt(house)
        before = house.size

        self.score(house, "K2", score=38, evidence_positions=[2, 1])

        [(_, data)] = house.since(before)
        assert (data["version"], data["score"], data["evidence_positions"]) == (3, 38, [1, 2])

    @requirement("R143")
    def test_a_judged_score_rests_on_entries_of_this_ledger(self, house: House) -> None:
        self.given_a_cycle(house)

        with house.refuses("SCORE_WITHOUT_EVIDENCE", unit="U02", indicator="K2"):
            self.score(house, "K2", score=38)
        with house.refuses("EVIDENCE_UNKNOWN"):
            self.score(house, "K2", score=38, evidence_positions=[10**9])
        with house.refuses("INVALID", field="score"):
            self.score(house, "K2", score=41, evidence_positions=[1])

    @requirement("R143")
    def test_a_counted_score_is_what_the_ledger_counts_at_the_cut_off(self, house: House) -> None:
        self.given_a_cycle(house)
        house.published("I-1", text="一")
        house.published("I-2", text="二")
        cut_off = house.size
        house.published("I-3", text="三")
        before = house.size

        self.score(house, "K1", cut_off_position=cut_off)

        [(_, data)] = house.since(before)
        assert (data["counted"], data["score"], data["cut_off_position"]) == (2, 30, cut_off)
        again = positions_of(house.ledger.read(0, 100_000, cut_off), "2025", "U02", "PUBLISHED")
        assert data["evidence_positions"] == again

    @requirement("R143")
    def test_a_counted_score_is_not_talked_up(self, house: House) -> None:
        self.given_a_cycle(house)
        house.published("I-1")

        with house.refuses("SCORE_NOT_REPRODUCIBLE", counted=15, score=60):
            self.score(house, "K1", score=60)

    def test_are_those_of_the_set_and_the_cycle(self, house: House) -> None:
        self.given_a_cycle(house)

        with house.refuses("INDICATOR_UNKNOWN", indicator="K9"):
            self.score(house, "K9", score=1, evidence_positions=[1])
        with house.refuses("CYCLE_UNKNOWN"):
            house.as_("G01").score_indicator(appraisal="AP-404", unit="U02", indicator_set="IS-1", indicator="K2")
        with house.refuses("INVALID", field="indicators.target"):
            house.as_("G01").adopt_indicator_set(
                indicator_set="IS-2",
                title_zh="…",
                indicators=[{"indicator": "K1", "title_zh": "…", "weight": 100, "figure": "PUBLISHED"}],
            )


class TestThirdParties:
    @requirement("R144")
    def test_assess_by_a_method_on_a_day_and_are_named(self, house: House) -> None:
        house.as_("ADM").register_officer(officer="X51")
        house.employ("X51", "assessor", "X4")
        before = house.size

        house.as_("X51", "assessor", "X4").record_third_party_assessment(
            third_party_assessment="TP-2025",
            assessor="某大学测评中心",
            assessment_method="抽样与暗访",
            assessed_on="2025-11-19",
            scores=[{"unit": "U02", "score": 91}, {"unit": "U05", "score": 77}],
        )

        [(_, data)] = house.since(before)
        assert (data["assessor"], data["assessment_method"], data["assessed_on"]) == (
            "某大学测评中心",
            "抽样与暗访",
            "2025-11-19",
        )
        assert unit_standings(house.entries())["U05"].assessed == {"TP-2025": 77}

    @requirement("R144")
    def test_assess_units_that_there_are(self, house: House) -> None:
        with house.refuses("UNIT_NOT_REGISTERED", unit="U99"):
            house.as_("G01").record_third_party_assessment(
                third_party_assessment="TP-1",
                assessor="某大学",
                assessment_method="…",
                assessed_on="2025-11-19",
                scores=[{"unit": "U99", "score": 1}],
            )

    @requirement("R145")
    def test_six_kinds_of_supervisors_are_heard_and_told_apart(self, house: House) -> None:
        for number, kind in enumerate(LISTS["supervisor_kind"]):
            house.as_("G02").register_supervision_input(
                supervision_input=f"SV-{number}",
                unit="U02",
                supervisor=str(kind),
                topic="公开不及时",
                source="LETTER",
                text="请及时公开",
            )

        assert {kind.zh for kind in LISTS["supervisor_kind"]} == {
            "人大代表",
            "政协委员",
            "民主党派",
            "人民团体",
            "社会公众",
            "新闻媒体",
        }
        assert unit_standings(house.entries())["U02"].supervised == {str(kind): 1 for kind in LISTS["supervisor_kind"]}


class TestTheMonthlyBulletin:
    @requirement("R147")
    @requirement("R148")
    def test_counts_every_unit_and_counting_again_gives_the_same(self, house: House) -> None:
        house.published("I-1", text="一")
        house.published("I-2", "U05", text="二")
        house.as_("P05").add_channel(item="I-2", channel="CH-03")
        with house.refuses("NOT_REVIEWED"):
            house.as_("P05").publish_information(item="I-404", channels=["CH-01"])
        in_february(house)
        house.published("I-3", text="二月的事")
        before = house.size

        house.as_("G01").issue_monthly_bulletin(bulletin="MB-2025-01", month=MONTH)

        compiled, issued = (data for _, data in house.since(before))
        assert [each["unit"] for each in compiled["figures"]] == ["U01", "U02", "U05"]
        assert row(compiled["figures"], "U02")["PUBLISHED"] == 1
        assert [row(compiled["figures"], "U05")[figure] for figure in ("PUBLISHED", "CHANNEL_ADDED", "REFUSED")] == [
            1,
            1,
            1,
        ]
        again = figures_of(house.ledger.read(0, 100_000, compiled["cut_off_position"]), MONTH)
        assert again == compiled["figures"]
        assert digest(again) == compiled["figures_sha256"] == issued["figures_sha256"]

    @requirement("R148")
    def test_counts_what_took_place_in_the_month_by_the_districts_clock(self, house: House) -> None:
        house.cleared("I-1")
        house.cleared("I-2", text="二")
        house.as_("P02", at="2025-01-31T23:59:59+08:00").publish_information(item="I-1", channels=["CH-01"])
        house.as_("P02", at="2025-02-01T00:00:00+08:00").publish_information(item="I-2", channels=["CH-01"])

        january, february = (row(figures_of(house.entries(), month), "U02") for month in (MONTH, "2025-02"))

        assert (january["PUBLISHED"], february["PUBLISHED"]) == (1, 1)

    @requirement("R148")
    def test_what_becomes_known_later_shows_as_a_difference_and_changes_nothing(self, house: House) -> None:
        house.published("I-1")
        in_february(house)
        house.as_("G01").issue_monthly_bulletin(bulletin="MB-2025-01", month=MONTH)
        frozen = next(entry for entry in house.entries() if entry.type == "bulletin.compiled/1").data

        house.as_("J01", at="2025-01-20T09:00+08:00").report_unregistered_publication(
            found="F-1", unit="U02", channel="网站", title="公告", source="巡查"
        )

        now = figures_of(house.entries(), MONTH)
        assert differences(frozen["figures"], now) == [{"unit": "U02", "figure": "UNREGISTERED", "then": 0, "now": 1}]
        assert digest(frozen["figures"]) == frozen["figures_sha256"]
        assert figures_of(house.ledger.read(0, 100_000, frozen["cut_off_position"]), MONTH) == frozen["figures"]

    @requirement("R147")
    def test_a_month_without_one_is_flagged_and_named(self, house: House) -> None:
        in_february(house)
        house.as_("G01").issue_monthly_bulletin(bulletin="MB-2025-01", month=MONTH)
        house.as_("G01", at="2025-03-05T09:00+08:00").issue_monthly_bulletin(bulletin="MB-2025-02", month="2025-02")
        before = house.size

        house.as_("G01", at="2025-05-06T09:00+08:00").issue_monthly_bulletin(bulletin="MB-2025-04", month="2025-04")

        issued = dict(house.since(before))["bulletin.issued/1"]
        assert (issued["missing_months"], issued["flags"]) == (["2025-03"], ["MISSING_BULLETIN"])
        assert months_without_bulletin(house.entries(), "2025-06") == ["2025-03", "2025-05"]

    @requirement("R147")
    def test_the_first_one_ever_misses_none(self, house: House) -> None:
        in_february(house)
        before = house.size

        house.as_("G01").issue_monthly_bulletin(bulletin="MB-2025-01", month=MONTH)

        assert dict(house.since(before))["bulletin.issued/1"]["flags"] == []
        assert missing_months([], "2025-06") == []
        assert missing_months(["2024-11"], "2025-02") == ["2024-12", "2025-01"]

    @requirement("R147")
    def test_there_is_one_a_month_and_none_before_its_end(self, house: House) -> None:
        with house.refuses("MONTH_NOT_OVER", month=MONTH):
            house.as_("G01").compile_monthly_bulletin(bulletin="MB-2025-01", month=MONTH)
        in_february(house)
        house.as_("G01").compile_monthly_bulletin(bulletin="MB-2025-01", month=MONTH)
        house.as_("G01").issue_monthly_bulletin(bulletin="MB-2025-01", month=MONTH)
        with house.refuses("BULLETIN_ISSUED_ALREADY"):
            house.as_("G01").issue_monthly_bulletin(bulletin="MB-2025-01b", month=MONTH)
        with house.refuses("BULLETIN_ISSUED_ALREADY"):
            house.as_("G01").compile_monthly_bulletin(bulletin="MB-2025-01b", month=MONTH)
        with house.refuses("INVALID", field="month"):
            house.as_("G01").compile_monthly_bulletin(bulletin="MB-2025-13", month="2025-13")

    @requirement("R148")
    def test_is_issued_with_the_figures_as_they_were_compiled(self, house: House) -> None:
        in_february(house)
        house.as_("G01").compile_monthly_bulletin(bulletin="MB-2025-01", month=MONTH, cut_off_position=5)
        compiled = house.entries()[-1].data
        before = house.size

        house.as_("G01").issue_monthly_bulletin(bulletin="MB-2025-01", month=MONTH)

        assert types_of(house.since(before)) == ["bulletin.issued/1"]
        assert house.since(before)[0][1]["figures_sha256"] == compiled["figures_sha256"]
        assert compiled["cut_off_position"] == 5
        with house.refuses("EVIDENCE_UNKNOWN"):
            house.as_("G01").compile_monthly_bulletin(bulletin="MB-2024-12", month="2024-12", cut_off_position=10**9)


class TestTheAnnualReport:
    def submit(self, house: House, at: str) -> dict[str, Any]:
        before = house.size
        house.as_("G02", at=at).submit_annual_report(
            report="AR-2024-U02", year=2024, unit="U02", content=house.stored("年报")
        )
        return house.since(before)[0][1]

    def test_of_a_unit_is_due_on_31_january(self, house: House) -> None:
        data = self.submit(house, "2025-01-31T23:00+08:00")

        assert (data["due_on"], data["flags"]) == ("2025-01-31", [])

    def test_a_day_later_it_is_taken_and_flagged(self, house: House) -> None:
        assert self.submit(house, "2025-02-01T00:00+08:00")["flags"] == ["LATE_ANNUAL_REPORT"]

    def test_of_the_district_is_public_by_20_february(self, house: House) -> None:
        house.as_("G01", at="2025-02-10T09:00+08:00").compile_annual_report(
            report="AR-2024", year=2024, unit="U01", scope="DISTRICT"
        )
        house.now = house.now.replace(day=20, hour=8)
        house.published("I-AR", "U01", text="年报")
        before = house.size

        house.as_("G01", at="2025-02-24T09:00+08:00").publish_annual_report(report="AR-2024", item="I-AR")

        [(_, data)] = house.since(before)
        assert (data["due_on"], data["flags"], data["publication"]) == ("2025-02-20", [], "I-AR#1")

    def test_counts_the_units_own_year_or_all_units(self, house: House) -> None:
        house.published("I-1")
        house.as_("G02", at="2026-01-10T09:00+08:00").compile_annual_report(report="AR-U02", year=2025, unit="U02")
        own = house.entries()[-1].data
        house.as_("G01").compile_annual_report(report="AR-D", year=2025, unit="U01", scope="DISTRICT")
        district = house.entries()[-1].data

        assert [each["unit"] for each in own["figures"]] == ["U02"]
        assert row(own["figures"], "U02")["PUBLISHED"] == 1
        assert [each["unit"] for each in district["figures"]] == ["U01", "U02", "U05"]

    def test_comes_after_its_year_once_and_from_who_answers_for_it(self, house: House) -> None:
        with house.refuses("YEAR_NOT_OVER", year=2025):
            house.as_("G02").compile_annual_report(report="AR-1", year=2025, unit="U02")
        with house.refuses("NOT_DISTRICT_OFFICE"):
            house.as_("G02").compile_annual_report(report="AR-1", year=2024, unit="U02", scope="DISTRICT")
        with house.refuses("ANNUAL_REPORT_UNKNOWN"):
            house.as_("G02").publish_annual_report(report="AR-404", item="I-1")
        self.submit(house, "2025-01-20T09:00+08:00")
        with house.refuses("REPORT_DONE_ALREADY"):
            self.submit(house, "2025-01-21T09:00+08:00")
        with house.refuses("REPORT_DONE_ALREADY"):
            house.as_("G02").compile_annual_report(report="AR-2024-U02", year=2024, unit="U02")
        with house.refuses("INVALID", field="report"):
            house.as_("G02").compile_annual_report(report="AR-2024-U02", year=2023, unit="U02")


class TestTableTwo:
    """The statutory table on requests, from the entries of a district's year."""

    def row_of(self, table: list[dict[str, Any]], row: str) -> dict[str, Any]:
        return next(each for each in table if each["row"] == row)

    def test_counts_each_request_once_and_its_identity_holds(self, house: House) -> None:
        requests.happen(house)

        table = table_two(house.entries(), 2025)

        assert [self.row_of(table, row)["total"] for row in ("1", "2", "3.7", "4")] == [3, 0, 2, 1]
        assert self.row_of(table, "3.4.1")["natural_person"] == 1
        assert self.row_of(table, "3.6.3")["business"] == 1
        assert identity_breaks(table) == []

    def test_what_was_pending_is_carried_over_into_the_next_year(self, house: House) -> None:
        requests.happen(house)

        this, next_ = (table_two(house.entries(), year) for year in (2025, 2026))

        assert self.row_of(next_, "2")["total"] == self.row_of(this, "4")["total"] == 1
        assert identity_breaks(next_) == []

    def test_is_of_the_units_asked_for(self, house: House) -> None:
        requests.happen(house)

        assert self.row_of(table_two(house.entries(), 2025, {"U02"}), "1")["total"] == 3
        assert self.row_of(table_two(house.entries(), 2025, {"U05"}), "1")["total"] == 0

    def test_stands_in_the_report_as_it_was_at_the_cut_off(self, house: House) -> None:
        requests.happen(house)

        house.as_("G01", at="2026-01-20T09:00+08:00").compile_annual_report(
            report="AR-2025", year=2025, unit="U01", scope="DISTRICT"
        )

        compiled = house.entries()[-1].data
        assert compiled["table_two"] == table_two(house.ledger.read(0, 100_000, compiled["cut_off_position"]), 2025)

    def test_a_table_filled_in_by_hand_is_told_where_it_does_not_add_up(self, house: House) -> None:
        requests.happen(house)
        table = table_two(house.entries(), 2025)
        self.row_of(table, "3.4.1")["natural_person"] += 6

        assert identity_breaks(table) == ["natural_person: 3.1..3.6 = 7 != 3.7 = 1"]


class TestIncentives:
    @requirement("R149")
    def test_a_commendation_cites_its_basis(self, house: House) -> None:
        before = house.size

        house.as_("G01").commend_unit(commendation="CM-1", unit="U02", basis="AP-2025考核96分")

        [(type_, data)] = house.since(before)
        assert (type_, data["basis"]) == ("standing.unit_commended/1", "AP-2025考核96分")
        with house.refuses("ALREADY_REGISTERED"):
            house.as_("G01").commend_unit(commendation="CM-1", unit="U02", basis="…")

    @requirement("R150")
    def test_a_criticism_cites_the_breaches_by_their_positions(self, house: House) -> None:
        house.as_("J01").report_unregistered_publication(
            found="F-1", unit="U05", channel="网站", title="公告", source="巡查"
        )
        breach = house.size

        house.as_("G01").criticise_unit(criticism="CR-1", unit="U05", basis="(十七)", breach_positions=[breach])

        assert house.entries()[-1].data["breach_positions"] == [breach]
        with house.refuses("BREACH_NOT_CITED", unit="U05"):
            house.as_("G01").criticise_unit(criticism="CR-2", unit="U05", basis="(十七)", breach_positions=[])
        with house.refuses("EVIDENCE_UNKNOWN"):
            house.as_("G01").criticise_unit(criticism="CR-2", unit="U05", basis="(十七)", breach_positions=[10**9])

    @requirement("R146")
    def test_praise_and_accountability_stand_side_by_side(self, house: House) -> None:
        house.as_("G01").commend_unit(commendation="CM-1", unit="U02", basis="96分")
        praise = house.size
        house.as_("G01").criticise_unit(criticism="CR-1", unit="U02", basis="(十七)", breach_positions=[1])
        blame = house.size
        house.as_("T04").open_case(case="AC-1", ground="RULE_VIOLATION", effect="…")
        house.as_("T04").determine_responsibility(
            case="AC-1", officer="S02", responsibility_class="DIRECT", finding="…", evidence_positions=[1]
        )
        house.as_("T04").impose_measure(case="AC-1", officer="S02", measure="…", basis="…")

        standing = unit_standings(house.entries())["U02"]

        assert (standing.commended, standing.criticised, standing.measures) == ([praise], [blame], [house.size])


class TestAccountability:
    @requirement("R151")
    def test_has_one_of_three_grounds_and_the_effect_is_assessed(self, house: House) -> None:
        for number, ground in enumerate(("RULE_VIOLATION", "NON_PERFORMANCE", "IMPROPER_DISCLOSURE")):
            house.as_("T04").open_case(case=f"AC-{number}", ground=ground, effect="…")
        with house.refuses("INVALID", field="ground"):
            house.as_("T04").open_case(case="AC-9", ground="DISLIKE", effect="…")
        before = house.size

        house.as_("T04").assess_effect(case="AC-0", severity="SERIOUS", finding="外泄", evidence_positions=[1])

        assert house.since(before)[0][1]["severity"] == "SERIOUS"
        with house.refuses("INVALID", field="severity"):
            house.as_("T04").assess_effect(case="AC-0", severity="SO-SO", finding="…")
        with house.refuses("CASE_UNKNOWN"):
            house.as_("T04").assess_effect(case="AC-404", severity="SERIOUS", finding="…")

    @requirement("R151")
    @requirement("R152")
    def test_its_evidence_is_pinned_by_the_hashes_of_the_entries_once(self, house: House) -> None:
        house.published("I-25")
        proof = house.size
        house.as_("T04").open_case(
            case="AC-1", ground="IMPROPER_DISCLOSURE", effect="…", item="I-25", evidence_positions=[proof]
        )
        pinned = house.entries()[-1]
        before = house.size

        house.as_("T04").determine_responsibility(
            case="AC-1",
            officer="S02",
            responsibility_class="DIRECT",
            finding="…",
            evidence_positions=[proof, proof - 1],
        )

        assert pinned.data["pinned"] == [{"position": proof, "leaf_hash": house.ledger.entry(proof).leaf_hash.hex()}]
        (_, again) = house.since(before)
        assert [one["position"] for one in again[1]["pinned"]] == [proof - 1]

    @requirement("R152")
    def test_a_person_is_responsible_as_supervisor_or_directly_by_evidence(self, house: House) -> None:
        house.as_("T04").open_case(case="AC-1", ground="IMPROPER_DISCLOSURE", effect="…")
        before = house.size

        for officer, class_ in (("F02", "SUPERVISOR"), ("S02", "DIRECT")):
            house.as_("T04").determine_responsibility(
                case="AC-1", officer=officer, responsibility_class=class_, finding="…", evidence_positions=[1]
            )

        found = [data for type_, data in house.since(before) if type_ == "case.responsibility_determined/1"]
        assert [(data["officer"], data["responsibility_class"]) for data in found] == [
            ("F02", "SUPERVISOR"),
            ("S02", "DIRECT"),
        ]
        with house.refuses("EVIDENCE_MISSING"):
            house.as_("T04").determine_responsibility(
                case="AC-1", officer="F02", responsibility_class="SUPERVISOR", finding="…", evidence_positions=[]
            )
