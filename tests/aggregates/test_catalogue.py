"""What the units disclose and what they need not: the catalogue and the negative list (前言) (三)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from aggregates.catalogue.catalogue import digest
from aggregates.catalogue.derived import (
    catalogue_at,
    coverage,
    exceptions_by_unit,
    negative_list_at,
    negative_list_by_ground,
    quality,
)
from tests.aggregates.areas.catalogue import a_negative_entry, an_entry, completed
from tests.aggregates.house import House, utc

requirement = pytest.mark.requirement


def the_last(house: House) -> Any:
    return house.entries(house.size - 1)[0].data


class TestFiveKindsOfOpenness:
    @requirement("R1")
    @pytest.mark.parametrize("phase", ["decision", "execution", "administration", "service", "result"])
    def test_every_entry_of_the_catalogue_is_of_one_of_the_five(self, house: House, phase: str) -> None:
        house.as_("D02").define_catalogue_entry(**an_entry("CE-1", phase=phase))

        assert the_last(house)["phase"] == phase

    @requirement("R1")
    @pytest.mark.parametrize(("phase", "code"), [("publicity", "INVALID"), ("", "CATALOGUE_FIELD_MISSING")])
    def test_there_is_no_sixth_and_no_entry_without(self, house: House, phase: str, code: str) -> None:
        with house.refuses(code):
            house.as_("D02").define_catalogue_entry(**an_entry("CE-1", phase=phase))

    @requirement("R1")
    def test_the_coverage_counts_each_of_them_also_those_without_entries(self, house: House) -> None:
        for number, phase in enumerate(["decision", "result", "result"]):
            house.as_("D02").define_catalogue_entry(**an_entry(f"CE-{number}", phase=phase))

        counted = coverage(catalogue_at(house.entries()).values())

        assert counted == {"decision": 1, "execution": 0, "administration": 0, "service": 0, "result": 2}

    @requirement("R1")
    def test_an_item_is_classified_and_goes_out_under_its_phase(self, house: House) -> None:
        house.cleared("I-1")
        house.as_("D02").classify_disclosure_item(item="I-1", phase="decision")
        house.as_("D02").classify_disclosure_item(item="I-1", phase="result")
        assert the_last(house) == {"item": "I-1", "phase": "result", "phase_before": "decision"}

        house.as_("P02").publish_information(item="I-1", channels=["CH-01"])

        assert the_last(house)["phase"] == "result"
        with house.refuses("NOTHING_TO_CHANGE"):
            house.as_("D02").classify_disclosure_item(item="I-1", phase="result")


class TestAnEntry:
    @requirement("R24")
    @pytest.mark.parametrize("member", ["disclosing_body", "disclosed_matter", "time_limit", "method"])
    @pytest.mark.parametrize("blank", ["", " \u3000"])
    def test_without_subject_content_time_limit_or_method_is_refused(
        self, house: House, member: str, blank: str
    ) -> None:
        with house.refuses("CATALOGUE_FIELD_MISSING", fields=[member], entries="CE-1"):
            house.as_("D02").define_catalogue_entry(**an_entry("CE-1", **{member: blank}))

    @requirement("R24")
    def test_says_who_discloses_what_within_which_time_and_how(self, house: House) -> None:
        house.as_("D02").define_catalogue_entry(**an_entry("CE-1"))

        assert the_last(house) == {
            **an_entry("CE-1"),
            "legal_basis": [],
            "superior_catalogue": None,
            "entry_version": 1,
        }

    def test_is_amended_as_a_version_and_never_into_an_incomplete_one(self, house: House) -> None:
        house.as_("D02").define_catalogue_entry(**an_entry("CE-1"))
        house.as_("D02").amend_catalogue_entry(entry="CE-1", reason="缩短时限", time_limit="10个工作日内")
        assert the_last(house)["entry_version"] == 2
        assert the_last(house)["method"] == an_entry("CE-1")["method"]

        with house.refuses("CATALOGUE_FIELD_MISSING"):
            house.as_("D02").amend_catalogue_entry(entry="CE-1", reason="…", method=" ")
        with house.refuses("NOTHING_TO_CHANGE"):
            house.as_("D02").amend_catalogue_entry(entry="CE-1", reason="…", time_limit="10个工作日内")

    def test_that_was_removed_is_gone_and_its_number_is_not_given_again(self, house: House) -> None:
        house.as_("D02").define_catalogue_entry(**an_entry("CE-1"))
        before = house.now
        house.as_("G02").remove_catalogue_entry(entry="CE-1", reason="职能划转")

        assert catalogue_at(house.entries()) == {}
        assert set(catalogue_at(house.entries(), before)) == {"CE-1"}
        with house.refuses("CATALOGUE_ENTRY_UNKNOWN"):
            house.as_("D02").amend_catalogue_entry(entry="CE-1", reason="…", method="公报")
        with house.refuses("ALREADY_REGISTERED"):
            house.as_("D02").define_catalogue_entry(**an_entry("CE-1"))

    @requirement("R22")
    def test_follows_a_superior_departments_catalogue_and_cites_it(self, house: House) -> None:
        house.as_("D02").define_catalogue_entry(**an_entry("CE-1"))
        house.as_("D02").define_catalogue_entry(**an_entry("CE-2", superior_catalogue="ZJ-FGW-2024"))
        house.as_("G02").align_catalogue_with_superior(
            unit="U02", superior_body="市发展改革委", superior_catalogue="NB-FGW-2025", entries=["CE-1"]
        )

        cited = {number: entry.superior_catalogue for number, entry in catalogue_at(house.entries()).items()}
        assert cited == {"CE-1": "NB-FGW-2025", "CE-2": "ZJ-FGW-2024"}
        with house.refuses("CATALOGUE_ENTRY_UNKNOWN"):
            house.as_("G05").align_catalogue_with_superior(
                unit="U05", superior_body="市局", superior_catalogue="NB-1", entries=["CE-1"]
            )

    @requirement("R27")
    def test_counts_as_standard_once_nothing_is_missing_and_the_share_follows(self, house: House) -> None:
        assert quality([]).standard_percent is None
        house.as_("D02").define_catalogue_entry(**an_entry("CE-1", superior_catalogue="NB-1"))
        house.as_("D02").carry_over_catalogue_entry(
            entry="CE-2", unit="U02", source_catalogue="v2024.2", disclosed_matter="年报"
        )
        house.as_("D02").carry_over_catalogue_entry(entry="CE-3", unit="U02", source_catalogue="v2024.2")

        then = quality(catalogue_at(house.entries()).values())
        assert (then.entries, then.standard, then.aligned, then.standard_percent) == (3, 1, 1, 33.3)
        house.as_("D02").amend_catalogue_entry(**completed("CE-2"), reason="补全")

        assert quality(catalogue_at(house.entries()).values()).standard_percent == 66.7


class TestARevision:
    def given_a_catalogue(self, house: House) -> None:
        """Two units' entries, one of them taken over without its time limit; and the annual work points."""
        house.drafted("I-030", "U01")
        house.as_("D02").define_catalogue_entry(**an_entry("CE-1"))
        taken_over = {**an_entry("CE-2", "U05"), "time_limit": None, "source_catalogue": "v2024.2"}
        house.as_("D05").carry_over_catalogue_entry(**taken_over)

    @requirement("R25")
    def test_of_the_district_cites_the_annual_work_points_and_makes_a_version(self, house: House) -> None:
        self.given_a_catalogue(house)
        house.as_("G01").open_catalogue_revision(revision="CAT-2025", work_points_item="I-030")
        assert the_last(house) == {
            "revision": "CAT-2025",
            "revision_scope": "DISTRICT",
            "unit": None,
            "work_points_item": "I-030",
        }

        with house.refuses("CATALOGUE_FIELD_MISSING", entries="CE-2", number=1, fields=["time_limit"]):
            house.as_("G01").close_catalogue_revision(revision="CAT-2025", catalogue_version="2025.1")
        house.as_("D05").amend_catalogue_entry(entry="CE-2", reason="补全时限", time_limit="20个工作日内")
        house.as_("G01").close_catalogue_revision(revision="CAT-2025", catalogue_version="2025.1")

        closed = the_last(house)
        assert (closed["catalogue_version"], closed["entry_count"]) == ("2025.1", 2)
        assert closed["catalogue_sha256"] == digest(catalogue_at(house.entries()).values())

    @requirement("R25")
    def test_of_the_district_without_work_points_of_this_ledger_is_refused(self, house: House) -> None:
        with house.refuses("WORK_POINTS_MISSING"):
            house.as_("G01").open_catalogue_revision(revision="CAT-2025")
        with house.refuses("ITEM_UNKNOWN"):
            house.as_("G01").open_catalogue_revision(revision="CAT-2025", work_points_item="I-030")

    @requirement("R25")
    def test_of_the_district_is_organised_by_the_district_office(self, house: House) -> None:
        self.given_a_catalogue(house)
        with house.refuses("NOT_DISTRICT_OFFICE"):
            house.as_("G02").open_catalogue_revision(revision="CAT-2025", work_points_item="I-030")
        house.as_("G01").open_catalogue_revision(revision="CAT-2025", work_points_item="I-030")
        with house.refuses("NOT_DISTRICT_OFFICE"):
            house.as_("G02").close_catalogue_revision(revision="CAT-2025", catalogue_version="2025.1")

    def test_of_a_scope_is_one_at_a_time_and_a_version_is_given_once(self, house: House) -> None:
        house.as_("D02").define_catalogue_entry(**an_entry("CE-1"))
        house.as_("G02").open_catalogue_revision(revision="R-1", unit="U02")
        with house.refuses("CATALOGUE_REVISION_OPEN"):
            house.as_("G02").open_catalogue_revision(revision="R-2", unit="U02")
        house.as_("G02").close_catalogue_revision(revision="R-1", catalogue_version="2025.1")
        with house.refuses("CATALOGUE_REVISION_CLOSED", version="2025.1"):
            house.as_("G02").close_catalogue_revision(revision="R-1", catalogue_version="2025.2")
        house.as_("G02").open_catalogue_revision(revision="R-2", unit="U02")

        with house.refuses("CATALOGUE_VERSION_USED"):
            house.as_("G02").close_catalogue_revision(revision="R-2", catalogue_version="2025.1")
        with house.refuses("CATALOGUE_REVISION_UNKNOWN"):
            house.as_("G02").close_catalogue_revision(revision="R-3", catalogue_version="2025.2")

    def test_of_a_unit_counts_its_own_entries(self, house: House) -> None:
        self.given_a_catalogue(house)
        house.as_("G02").open_catalogue_revision(revision="R-1", unit="U02")
        house.as_("G02").close_catalogue_revision(revision="R-1", catalogue_version="2025.1")

        assert (the_last(house)["revision_scope"], the_last(house)["entry_count"]) == ("UNIT", 1)


class TestTheUnitsOwnList:
    @requirement("R26")
    @pytest.mark.parametrize(("day", "late"), [("2017-12-31", 0), ("2018-01-05", 5)])
    def test_is_completed_by_the_end_of_2017_or_is_late_by_so_many_days(
        self, house: House, day: str, late: int
    ) -> None:
        house.as_("D02").define_catalogue_entry(**an_entry("CE-1"))
        house.as_("Z02").complete_unit_catalogue(unit="U02", completed_on=day)

        completed_ = the_last(house)
        assert (completed_["completed_on"], completed_["deadline"]) == (day, "2017-12-31")
        assert (completed_["days_late"], completed_["flags"]) == (late, ["COMPLETED_LATE"] if late else [])
        with house.refuses("ALREADY_REGISTERED"):
            house.as_("Z02").complete_unit_catalogue(unit="U02")

    @requirement("R26")
    def test_is_not_complete_while_it_is_empty_or_lacks_something(self, house: House) -> None:
        with house.refuses("CATALOGUE_EMPTY"):
            house.as_("Z02").complete_unit_catalogue(unit="U02")
        house.as_("D02").carry_over_catalogue_entry(entry="CE-2", unit="U02", source_catalogue="v2024.2")
        with house.refuses("CATALOGUE_FIELD_MISSING"):
            house.as_("Z02").complete_unit_catalogue(unit="U02")

    def test_has_the_deadline_of_the_rules(self, house: House) -> None:
        house.as_("G01").adopt_ruleset(
            ruleset="RS-200",
            document_number="号",
            title_zh="新细则",
            effective_from="2025-01-01",
            parameters={"unit_catalogue_deadline": "2025-12-31"},
        )
        house.as_("D02").define_catalogue_entry(**an_entry("CE-1"))
        house.as_("Z02").complete_unit_catalogue(unit="U02")

        assert (the_last(house)["deadline"], the_last(house)["flags"]) == ("2025-12-31", [])
        house.as_("D05").define_catalogue_entry(**an_entry("CE-2", "U05"))
        with house.refuses("INVALID", field="completed_on"):
            house.as_("Z05").complete_unit_catalogue(unit="U05", completed_on="2999-01-01")


class TestDisclosureIsTheNorm:
    @requirement("R23")
    def test_an_attribute_that_is_not_named_is_proactive(self, house: House) -> None:
        house.drafted("I-1")
        house.as_("D02").determine_disclosure_attribute(item="I-1")

        assert the_last(house)["attribute"] == "PROACTIVE"

    @requirement("R23")
    def test_how_far_each_unit_keeps_to_it_follows_from_the_last_attribute_of_its_items(self, house: House) -> None:
        for number, attribute in enumerate(["PROACTIVE", "PROACTIVE", "ON_REQUEST"]):
            house.as_("D02").determine_disclosure_attribute(item=house.drafted(f"I-{number}"), attribute=attribute)
        withheld: dict[str, Any] = {"attribute": "WITHHELD", "reason": "过程性信息", "legal_basis": ["条例第十六条"]}
        house.attributed(house.drafted("I-5", "U05"), "U05", **withheld)
        before = house.now
        house.attributed("I-2", reason="经办理可公开")

        then, now = exceptions_by_unit(house.entries(), before), exceptions_by_unit(house.entries())
        assert (then["U02"].items, then["U02"].exceptions, then["U02"].without_reason) == (3, 1, 1)
        assert (then["U02"].percent, now["U02"].percent) == (33.3, 0.0)
        assert (now["U05"].percent, now["U05"].without_reason) == (100.0, 0)

    @requirement("R23")
    @pytest.mark.parametrize("command", ["determine_disclosure_attribute", "submit_draft_for_approval"])
    def test_an_exception_without_its_reason_is_refused_where_the_rules_say_so(
        self, house: House, command: str
    ) -> None:
        house.as_("G01").adopt_ruleset(
            ruleset="RS-143",
            document_number="号",
            title_zh="细则",
            effective_from="2017-08-09",
            parameters={"exception_without_reason": "REFUSE"},
        )
        house.drafted("I-1")
        with house.refuses("EXCEPTION_WITHOUT_REASON", item="I-1", attribute="ON_REQUEST"):
            getattr(house.as_("D02"), command)(item="I-1", attribute="ON_REQUEST")

        getattr(house.as_("D02"), command)(item="I-1", attribute="ON_REQUEST", reason="涉及特定申请人")


class TestTheNegativeList:
    @requirement("R28")
    def test_an_entry_rests_on_a_legal_basis(self, house: House) -> None:
        with house.refuses("NEGATIVE_LIST_BASIS_MISSING"):
            house.as_("D02").add_negative_list_entry(**a_negative_entry("NL-1", legal_basis=[]))
        with house.refuses("NEGATIVE_LIST_BASIS_MISSING"):
            house.as_("D02").add_negative_list_entry(**a_negative_entry("NL-1", legal_basis=["  "]))
        house.as_("D02").add_negative_list_entry(**a_negative_entry("NL-1"))

        assert the_last(house)["legal_basis"] == ["政府信息公开条例第十四条"]

    @requirement("R29")
    @pytest.mark.parametrize("vague", [{"scope": " "}, {"examples": []}, {"examples": [" "]}])
    def test_an_entry_states_its_scope_precisely_with_examples(self, house: House, vague: dict[str, Any]) -> None:
        with house.refuses("NEGATIVE_LIST_SCOPE_MISSING"):
            house.as_("D02").add_negative_list_entry(**a_negative_entry("NL-1", **vague))

    @requirement("R30")
    def test_the_ground_is_one_of_the_four_harms_and_any_other_needs_its_provision(self, house: House) -> None:
        harms = ["STATE_SECURITY", "ECONOMIC_SECURITY", "PUBLIC_SECURITY", "SOCIAL_STABILITY"]
        for number, ground in enumerate(harms):
            house.as_("D02").add_negative_list_entry(**a_negative_entry(f"NL-{number}", harm_ground=ground))
        with house.refuses("INVALID", field="harm_ground"):
            house.as_("D02").add_negative_list_entry(**a_negative_entry("NL-8", harm_ground="INCONVENIENCE"))
        with house.refuses("NEGATIVE_LIST_CITATION_MISSING"):
            house.as_("D02").add_negative_list_entry(**a_negative_entry("NL-8", harm_ground="OTHER"))
        cited = a_negative_entry("NL-8", harm_ground="OTHER", citation="统计法第二十五条")
        house.as_("D02").add_negative_list_entry(**cited)

        listed = negative_list_by_ground(negative_list_at(house.entries()).values())
        assert listed == {**{ground: [f"NL-{n}"] for n, ground in enumerate(harms)}, "OTHER": ["NL-8"]}

    @requirement("R31")
    def test_the_list_of_any_date_is_told_by_its_versions(self, house: House) -> None:
        house.as_("D02", at="2025-03-01T09:00+08:00").add_negative_list_entry(**a_negative_entry("NL-1"))
        house.as_("D02", at="2025-05-01T09:00+08:00").amend_negative_list_entry(
            negative_entry="NL-1", reason="细化", scope="储存地点坐标及安防布置"
        )
        house.as_("G02", at="2025-07-01T09:00+08:00").remove_negative_list_entry(negative_entry="NL-1", reason="已公开")

        def scope_on(day: str) -> str | None:
            listed = negative_list_at(house.entries(), utc(f"{day}T23:59+08:00"))
            return listed["NL-1"].withholding.scope if "NL-1" in listed else None

        assert scope_on("2025-02-28") is None
        assert scope_on("2025-04-30") == "危险化学品储存地点的精确坐标"
        assert scope_on("2025-06-30") == "储存地点坐标及安防布置"
        assert scope_on("2025-07-01") is None
        assert negative_list_at(house.entries(), datetime(2025, 5, 2, tzinfo=UTC))["NL-1"].entry_version == 2

    @requirement("R31")
    def test_what_was_taken_off_is_neither_amended_nor_added_again(self, house: House) -> None:
        house.as_("D02").add_negative_list_entry(**a_negative_entry("NL-1"))
        with house.refuses("NOTHING_TO_CHANGE"):
            house.as_("D02").amend_negative_list_entry(negative_entry="NL-1", reason="…", examples=["某仓库平面图"])
        house.as_("G02").remove_negative_list_entry(negative_entry="NL-1", reason="已公开")

        with house.refuses("NEGATIVE_LIST_ENTRY_UNKNOWN"):
            house.as_("D02").amend_negative_list_entry(negative_entry="NL-1", reason="…", scope="…")
        with house.refuses("ALREADY_REGISTERED"):
            house.as_("D02").add_negative_list_entry(**a_negative_entry("NL-1"))


@requirement("R24")
@requirement("R25")
@requirement("R30")
def test_steps_88_to_90_the_years_revision_is_refused_with_three_entries_incomplete_then_closed(house: House) -> None:
    house.drafted("I-030", "U01")
    for number in range(409):
        house.as_("D02").define_catalogue_entry(**an_entry(f"CE-{number}"))
    lacking = {**completed("CE-9"), "time_limit": None, "unit": "U02", "source_catalogue": "v2024.2"}
    for number in range(409, 412):
        house.as_("D02").carry_over_catalogue_entry(**{**lacking, "entry": f"CE-{number}"})
    house.as_("G01", at="2025-08-04T09:00+08:00").open_catalogue_revision(revision="CAT-2025", work_points_item="I-030")

    with house.refuses("CATALOGUE_FIELD_MISSING", number=3, entries="CE-409, CE-410, CE-411"):
        house.as_("G01", at="2025-08-29T17:00+08:00").close_catalogue_revision(
            revision="CAT-2025", catalogue_version="2025.1"
        )
    for number in range(409, 412):
        house.as_("D02").amend_catalogue_entry(entry=f"CE-{number}", reason="补全时限", time_limit="20个工作日内")
    house.as_("G01").close_catalogue_revision(revision="CAT-2025", catalogue_version="2025.1")

    assert (the_last(house)["catalogue_version"], the_last(house)["entry_count"]) == ("2025.1", 412)
    house.as_("D05", at="2025-08-29T17:30+08:00").add_negative_list_entry(**a_negative_entry("NL-19", "U05"))
