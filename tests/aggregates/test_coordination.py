"""What concerns another unit goes out when that unit has confirmed exactly this, and is right everywhere (十五)."""

from aggregates.organisation.derived import office_gaps, pending_confirmations, staffing_load
from tests.aggregates.house import House, digest, types_of
from tests.aggregates.test_gate import requirement


def joint(house: House) -> str:
    """An item of U02 that concerns U05, with everything else that the gate asks for."""
    return house.cleared("I-020", concerned_units=["U05"])


class TestTheGate:
    @requirement("R134")
    def test_is_shut_until_the_concerned_unit_has_confirmed(self, house: House) -> None:
        joint(house)

        with house.refuses("UNCONFIRMED_BY", unit="U05", units="U05", draft_version=1) as attempted:
            house.as_("P02").publish_information(item="I-020", channels=["CH-01"])

        assert attempted.refusal.article == "(十五)"

    @requirement("R134")
    def test_opens_with_the_confirmation(self, house: House) -> None:
        joint(house)
        house.as_("A05").confirm_information(item="I-020", unit="U05", draft_version=1)
        before = house.size

        house.as_("P02").publish_information(item="I-020", channels=["CH-01"])

        assert types_of(house.since(before)) == ["publication.published/1"]

    @requirement("R134")
    def test_asks_every_concerned_unit(self, house: House) -> None:
        house.cleared("I-020", concerned_units=["U01", "U05"])
        house.as_("A05").confirm_information(item="I-020", unit="U05")

        with house.refuses("UNCONFIRMED_BY", units="U01"):
            house.as_("P02").publish_information(item="I-020", channels=["CH-01"])

    @requirement("R134")
    def test_a_confirmation_is_of_one_version_and_lapses_with_it(self, house: House) -> None:
        house.drafted("I-020", concerned_units=["U05"])
        house.as_("A05").confirm_information(item="I-020", unit="U05", draft_version=1)
        house.as_("D02").revise_document(item="I-020", content=house.stored("第二稿"), reason="改数字")
        house.attributed("I-020")
        house.as_("D02").submit_draft_for_approval(item="I-020")
        house.as_("Z02").approve_document(item="I-020")
        house.as_("S02").conduct_secrecy_review(item="I-020", conclusion="CLEARED", ground="…")

        with house.refuses("UNCONFIRMED_BY", units="U05", draft_version=2):
            house.as_("P02").publish_information(item="I-020", channels=["CH-01"])

    @requirement("R134")
    def test_an_objection_shuts_it_again(self, house: House) -> None:
        joint(house)
        house.as_("A05").confirm_information(item="I-020", unit="U05")
        house.as_("A05").object_to_information(item="I-020", unit="U05", reason="第四条数字有误")

        with house.refuses("UNCONFIRMED_BY", units="U05"):
            house.as_("P02").publish_information(item="I-020", channels=["CH-01"])

    @requirement("R134")
    def test_a_disagreement_is_settled_by_the_district_office(self, house: House) -> None:
        joint(house)
        house.as_("A05").object_to_information(item="I-020", unit="U05", reason="第四条数字有误")
        with house.refuses("NOT_DISTRICT_OFFICE"):
            house.as_("Z02").settle_disagreement(item="I-020", unit="U05", conclusion="MAY_PUBLISH", reason="…")

        house.as_("G01").settle_disagreement(item="I-020", unit="U05", conclusion="MAY_PUBLISH", reason="数字已核实")

        house.as_("P02").publish_information(item="I-020", channels=["CH-01"])

    @requirement("R134")
    def test_a_disagreement_settled_against_the_draft_keeps_it_shut(self, house: House) -> None:
        joint(house)
        house.as_("A05").object_to_information(item="I-020", unit="U05", reason="第四条数字有误")
        house.as_("G01").settle_disagreement(item="I-020", unit="U05", conclusion="MUST_REVISE", reason="数字有误")

        with house.refuses("UNCONFIRMED_BY"):
            house.as_("P02").publish_information(item="I-020", channels=["CH-01"])

    @requirement("R134")
    def test_a_correction_passes_it_anew(self, house: House) -> None:
        joint(house)
        house.as_("A05").confirm_information(item="I-020", unit="U05")
        house.as_("P02").publish_information(item="I-020", channels=["CH-01"])
        house.as_("D02").revise_document(item="I-020", content=house.stored("第二稿"), reason="改数字")
        house.attributed("I-020")
        house.as_("D02").submit_draft_for_approval(item="I-020")
        house.as_("Z02").approve_document(item="I-020")
        house.as_("S02").conduct_secrecy_review(item="I-020", conclusion="CLEARED", ground="…")

        with house.refuses("UNCONFIRMED_BY", draft_version=2):
            house.as_("P02").correct_publication(item="I-020", reason="改数字")

    def test_there_is_nothing_to_settle_where_nobody_objected(self, house: House) -> None:
        joint(house)

        with house.refuses("NO_DISAGREEMENT", unit="U05"):
            house.as_("G01").settle_disagreement(item="I-020", unit="U05", conclusion="MAY_PUBLISH", reason="…")


class TestAsking:
    @requirement("R133")
    def test_another_unit_makes_it_concerned_and_sets_a_day(self, house: House) -> None:
        house.cleared("I-1")
        before = house.size

        house.as_("G02").request_confirmation(item="I-1", units=["U05"], due_date="2025-12-31", question="数字是否准确")

        [(type_, data)] = house.since(before)
        assert type_ == "document.confirmation_requested/1"
        assert (data["content_sha256"], data["due_date"]) == (digest("全文"), "2025-12-31")
        assert pending_confirmations(house.entries()) == {("I-1", "U05"): "2025-12-31"}
        with house.refuses("UNCONFIRMED_BY", units="U05"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"])

    @requirement("R133")
    def test_an_answer_ends_the_waiting(self, house: House) -> None:
        house.drafted("I-1")
        house.as_("G02").request_confirmation(item="I-1", units=["U05"], due_date="2025-12-31")

        house.as_("A05").object_to_information(item="I-1", unit="U05", reason="有误")

        assert pending_confirmations(house.entries()) == {}

    @requirement("R133")
    def test_is_about_other_units_and_a_day_to_come(self, house: House) -> None:
        house.drafted("I-1")

        with house.refuses("INVALID", field="units"):
            house.as_("G02").request_confirmation(item="I-1", units=["U02"], due_date="2025-12-31")
        with house.refuses("INVALID", field="due_date"):
            house.as_("G02").request_confirmation(item="I-1", units=["U05"], due_date="2025-01-05")

    @requirement("R134")
    def test_only_the_concerned_unit_answers_and_only_what_it_has_read(self, house: House) -> None:
        joint(house)

        with house.refuses("OTHER_UNIT"):
            house.as_("A02").confirm_information(item="I-020", unit="U05")
        with house.refuses("NOT_CONCERNED", unit="U01"):
            house.as_("A01").confirm_information(item="I-020", unit="U01")
        with house.refuses("VERSION_OUTDATED", current=1):
            house.as_("A05").confirm_information(item="I-020", unit="U05", draft_version=2)


class TestConsistency:
    @requirement("R135")
    def test_two_units_that_say_different_things_of_one_fact_are_flagged(self, house: House) -> None:
        house.published("I-1", text="十二所")
        house.published("I-2", "U05", text="十三所")
        before = house.size

        house.as_("G01").flag_inconsistency(
            inconsistency="IC-1",
            fact="学校数",
            values=[{"item": "I-1", "value": "12"}, {"item": "I-2", "value": "13"}],
        )

        [(_, data)] = house.since(before)
        assert (data["units"], data["publications"]) == (["U02", "U05"], ["I-1#1", "I-2#1"])

    @requirement("R135")
    def test_one_unit_or_one_value_is_no_inconsistency(self, house: House) -> None:
        house.published("I-1", text="十二所")
        house.published("I-2", "U05", text="十三所")

        with house.refuses("NOT_INCONSISTENT", units=2, values=1):
            house.as_("G01").flag_inconsistency(
                inconsistency="IC-1",
                fact="学校数",
                values=[{"item": "I-1", "value": "12"}, {"item": "I-2", "value": "12"}],
            )
        with house.refuses("NOT_INCONSISTENT", units=1):
            house.as_("G01").flag_inconsistency(
                inconsistency="IC-1",
                fact="学校数",
                values=[{"item": "I-1", "value": "12"}, {"item": "I-1", "value": "13"}],
            )


class TestTheSection:
    @requirement("R125")
    def test_is_established_in_the_district_office_with_its_six_lines_of_work(self, house: House) -> None:
        before = house.size

        house.as_("G01").establish_disclosure_section(unit="U01", section_zh="政务公开科")

        [(type_, data)] = house.since(before)
        assert (type_, data["unit"], len(data["duties"])) == ("section.established/1", "U01", 6)
        with house.refuses("SECTION_NOT_OF_DISTRICT_OFFICE"):
            house.as_("G01").establish_disclosure_section(unit="U02", section_zh="政务公开科")
        with house.refuses("ALREADY_REGISTERED"):
            house.as_("G01").establish_disclosure_section(unit="U01", section_zh="政务公开科")

    @requirement("R126")
    def test_a_unit_without_a_disclosure_office_shows_for_how_long(self, house: House) -> None:
        house.as_("ADM", at="2025-01-08T10:00+08:00").register_unit(
            unit="U12", name_zh="十二", name_en="Twelve", kind="town"
        )
        house.as_("ADM").register_officer(officer="Z12")
        house.employ("Z12", "principal", "U12")
        assert {gap.unit: gap.days for gap in office_gaps(house.entries(), "2025-02-08")}["U12"] == 31

        house.as_("Z12", "principal", "U12", at="2025-03-03T09:00+08:00").designate_disclosure_office(
            unit="U12", office_zh="党政办"
        )

        [gap] = [gap for gap in office_gaps(house.entries(), "2025-12-31") if gap.unit == "U12"]
        assert (gap.since, gap.until, gap.days) == ("2025-01-08", "2025-03-03", 54)

    @requirement("R127")
    def test_staff_and_work_are_set_against_each_other(self, house: House) -> None:
        house.published("I-1")

        acts, officers = staffing_load(house.entries(), "2025")["U02"]

        assert (acts, officers) == (6, 4)

    @requirement("R128")
    def test_inspects_every_unit_and_the_finding_cites_the_ledger(self, house: House) -> None:
        house.as_("ADM").register_unit(unit="U10", name_zh="镇", name_en="Town", kind="town")
        before = house.size

        house.as_("G01").conduct_inspection(
            inspection="IN-1", unit="U10", scope="栏目更新", finding="一处超期", evidence_positions=[3]
        )

        assert house.since(before)[0][1]["unit"] == "U10"
        with house.refuses("NOT_DISTRICT_OFFICE"):
            house.as_("G02").conduct_inspection(inspection="IN-2", unit="U10", scope="…", finding="…")
        with house.refuses("EVIDENCE_UNKNOWN"):
            house.as_("G01").conduct_inspection(
                inspection="IN-2", unit="U10", scope="…", finding="…", evidence_positions=[10**9]
            )

    @requirement("R130")
    @requirement("R131")
    def test_works_with_publicity_and_cyberspace_and_guides_media(self, house: House) -> None:
        before = house.size

        house.as_("G01").record_section_cooperation(
            cooperation="C-1", counterpart="区委网信办", counterpart_kind="CYBERSPACE", subject="联合监测"
        )
        house.as_("G01").issue_media_guidance(
            guidance="MG-1",
            counterpart="区新闻网",
            counterpart_kind="NEWS_WEBSITE",
            subject="预算公开",
            description="转载以区政府网站为准",
        )

        assert types_of(house.since(before)) == ["cooperation.recorded/1", "guidance.issued/1"]
        assert house.entries()[-1].data["issued_on"] == "2025-01-06"


class TestTheGazette:
    def given_a_gazette(self, house: House) -> None:
        house.as_("G01").register_channel(
            channel="CH-04", kind="gazette", name_zh="公报", name_en="gazette", owner_unit="U01"
        )

    @requirement("R129")
    @requirement("R132")
    def test_contains_items_that_stand_published_and_is_a_channel_of_each(self, house: House) -> None:
        self.given_a_gazette(house)
        house.published("I-1", text="一")
        house.published("I-2", "U05", text="二")
        before = house.size

        house.as_("P01").publish_gazette_issue(
            issue="G-2025-01", year=2025, number=1, channel="CH-04", items=["I-1", "I-2"]
        )

        written = house.since(before)
        assert sorted(types_of(written)) == ["gazette.issue_published/1", *["publication.channel_added/1"] * 2]
        assert dict(written)["gazette.issue_published/1"]["publications"] == ["I-1#1", "I-2#1"]

    @requirement("R129")
    def test_holds_nothing_that_has_not_passed_the_gate(self, house: House) -> None:
        self.given_a_gazette(house)
        house.cleared("I-1")

        with house.refuses("NOT_PUBLISHED"):
            house.as_("P01").publish_gazette_issue(
                issue="G-2025-01", year=2025, number=1, channel="CH-04", items=["I-1"]
            )

    @requirement("R129")
    def test_is_a_gazette_and_has_contents(self, house: House) -> None:
        self.given_a_gazette(house)

        with house.refuses("NOT_A_GAZETTE", channel="CH-01"):
            house.as_("P01").publish_gazette_issue(issue="G-1", year=2025, number=1, channel="CH-01", items=[])
        with house.refuses("GAZETTE_ISSUE_EMPTY"):
            house.as_("P01").publish_gazette_issue(issue="G-1", year=2025, number=1, channel="CH-04", items=[])
