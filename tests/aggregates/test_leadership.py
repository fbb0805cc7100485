"""Leaders answer for disclosure: one deputy in charge, the yearly hearing, and both made public (十四)."""

from aggregates.organisation.derived import Missed, deputies_in_charge, missed_duties
from tests.aggregates.house import House, types_of
from tests.aggregates.test_gate import requirement


def given_a_vacancy(house: House) -> None:
    """U05 without a deputy in charge: F05's charge ended with the year before."""
    house.as_("ADM").relieve_officer(officer="F05", unit="U05", post="deputy_in_charge", until_date="2024-12-31")


class TestTheDeputyInCharge:
    @requirement("R120")
    def test_one_is_in_charge_and_nothing_is_flagged(self, house: House) -> None:
        given_a_vacancy(house)
        before = house.size

        house.as_("Z05", at="2025-01-06T10:05+08:00").appoint_deputy_in_charge(unit="U05", officer="F05")

        written = dict(house.since(before))
        assert written["officer.appointed/1"]["from_date"] == "2025-01-06"
        deputy = written["leadership.deputy_appointed/1"]
        assert (deputy["in_charge"], deputy["flags"]) == (["F05"], [])

    @requirement("R120")
    def test_two_at_once_are_flagged_and_not_refused(self, house: House) -> None:
        given_a_vacancy(house)
        house.as_("ADM").register_officer(officer="F05b")
        house.as_("Z05", at="2025-01-06T10:05+08:00").appoint_deputy_in_charge(unit="U05", officer="F05")
        before = house.size

        house.as_("Z05", at="2025-01-06T10:06+08:00").appoint_deputy_in_charge(unit="U05", officer="F05b")

        deputy = dict(house.since(before))["leadership.deputy_appointed/1"]
        assert deputy["in_charge"] == ["F05", "F05b"]
        assert deputy["flags"] == ["TWO_DEPUTIES_IN_CHARGE"]
        assert deputies_in_charge(house.entries(), "U05", "2025-01-06") == ["F05", "F05b"]

    @requirement("R120")
    def test_the_plain_appointment_to_the_post_is_no_way_around_the_flag(self, house: House) -> None:
        house.as_("ADM").register_officer(officer="F05b")
        before = house.size

        house.as_("ADM").appoint_officer(officer="F05b", unit="U05", post="deputy_in_charge", from_date="2025-01-06")

        assert dict(house.since(before))["leadership.deputy_appointed/1"]["flags"] == ["TWO_DEPUTIES_IN_CHARGE"]

    @requirement("R120")
    def test_a_hand_over_from_one_day_to_the_next_is_not_flagged(self, house: House) -> None:
        house.as_("ADM").register_officer(officer="F05b")
        house.as_("ADM").relieve_officer(officer="F05", unit="U05", post="deputy_in_charge", until_date="2025-01-31")
        before = house.size

        house.as_("Z05").appoint_deputy_in_charge(unit="U05", officer="F05b", from_date="2025-02-01")

        assert dict(house.since(before))["leadership.deputy_appointed/1"]["flags"] == []
        everything = house.entries()
        assert deputies_in_charge(everything, "U05", "2025-01-31") == ["F05"]
        assert deputies_in_charge(everything, "U05", "2025-02-01") == ["F05b"]

    @requirement("R120")
    def test_a_unit_left_without_one_is_flagged(self, house: House) -> None:
        before = house.size

        given_a_vacancy(house)

        relieved = dict(house.since(before))["leadership.deputy_relieved/1"]
        assert (relieved["in_charge"], relieved["flags"]) == ([], ["NO_DEPUTY_IN_CHARGE"])
        assert deputies_in_charge(house.entries(), "U05", "2025-01-06") == []

    @requirement("R121")
    def test_what_a_leader_does_for_the_work_is_recorded(self, house: House) -> None:
        before = house.size

        house.as_("F02", at="2025-03-03T09:00+08:00").record_leadership_action(
            unit="U02", officer="F02", action_kind="INTERPRETATION", description="督促解读材料"
        )

        [(type_, data)] = house.since(before)
        assert type_ == "leadership.action_recorded/1"
        assert (data["unit"], data["officer"], data["acted_on"]) == ("U02", "F02", "2025-03-03")

    @requirement("R121")
    def test_nobody_is_recorded_as_a_leader_who_was_none_that_day(self, house: House) -> None:
        with house.refuses("NOT_A_LEADER", officer="D02", unit="U02"):
            house.as_("F02").record_leadership_action(
                unit="U02", officer="D02", action_kind="DISCLOSURE", description="…"
            )


class TestMadePublic:
    @requirement("R124")
    def test_the_division_of_work_is_public_so_many_days_after_the_appointment(self, house: House) -> None:
        house.as_("ADM").relieve_officer(officer="F02", unit="U02", post="deputy_in_charge", until_date="2025-01-05")
        house.as_("Z02", at="2025-01-06T10:00+08:00").appoint_deputy_in_charge(unit="U02", officer="F02")
        house.now = house.now.replace(day=7, hour=14)
        house.published("I-001", text="分工")
        before = house.size

        house.as_("P02").publish_leadership_division(unit="U02", officer="F02", item="I-001")

        [(type_, data)] = house.since(before)
        assert type_ == "leadership.division_published/1"
        assert (data["publication"], data["appointed_on"], data["lag_days"]) == ("I-001#1", "2025-01-06", 1)

    @requirement("R124")
    def test_nothing_is_made_public_past_the_gate(self, house: House) -> None:
        house.approved("I-001")

        with house.refuses("NOT_PUBLISHED"):
            house.as_("P02").publish_leadership_division(unit="U02", officer="F02", item="I-001")

    @requirement("R124")
    def test_the_division_is_that_of_a_deputy_in_charge(self, house: House) -> None:
        house.published("I-001")

        with house.refuses("NOT_DEPUTY_IN_CHARGE", officer="Z02"):
            house.as_("P02").publish_leadership_division(unit="U02", officer="Z02", item="I-001")

    @requirement("R124")
    def test_what_went_out_before_the_hearing_is_not_its_notice(self, house: House) -> None:
        house.published("I-H")
        house.as_("Z02", at="2025-12-05T09:00+08:00").record_leadership_hearing(
            unit="U02", hearing="LH-2025", officer="Z02", subject="政务公开工作"
        )

        with house.refuses("PUBLISHED_BEFORE_THE_FACT", since="2025-12-05"):
            house.as_("P02").publish_hearing_notice(unit="U02", hearing="LH-2025", item="I-H")


class TestTheYearlyHearing:
    def given_a_hearing(self, house: House) -> None:
        house.as_("Z02", at="2025-12-05T09:00+08:00").record_leadership_hearing(
            unit="U02",
            hearing="LH-2025",
            officer="Z02",
            subject="政务公开工作",
            resolutions=[
                {"decided": f"事项{number}", "resolution_owner": "F02", "due_date": "2026-03-31"}
                for number in (1, 2, 3)
            ],
        )

    @requirement("R122")
    @requirement("R123")
    def test_is_recorded_with_its_resolutions_each_with_owner_and_day(self, house: House) -> None:
        before = house.size

        self.given_a_hearing(house)

        (held, *resolutions) = house.since(before)
        assert (held[0], held[1]["officer"], held[1]["held_on"]) == ("leadership.hearing_held/1", "Z02", "2025-12-05")
        assert [data["resolution"] for _, data in resolutions] == ["LH-2025/1", "LH-2025/2", "LH-2025/3"]
        assert {(data["resolution_owner"], data["due_date"]) for _, data in resolutions} == {("F02", "2026-03-31")}

    @requirement("R123")
    def test_a_further_resolution_follows_and_needs_a_day_after_the_hearing(self, house: House) -> None:
        self.given_a_hearing(house)
        house.as_("G02").record_hearing_resolution(
            unit="U02", hearing="LH-2025", decided="补充", resolution_owner="G02", due_date="2026-01-31"
        )

        with house.refuses("INVALID", field="resolutions.due_date"):
            house.as_("G02").record_hearing_resolution(
                unit="U02", hearing="LH-2025", decided="补充", resolution_owner="G02", due_date="2025-12-04"
            )

        assert house.entries()[-2].data["resolution"] == "LH-2025/4"

    @requirement("R123")
    def test_a_resolution_belongs_to_a_hearing(self, house: House) -> None:
        with house.refuses("HEARING_UNKNOWN", hearing="LH-404"):
            house.as_("G02").record_hearing_resolution(
                unit="U02", hearing="LH-404", decided="…", resolution_owner="G02", due_date="2026-01-31"
            )

    @requirement("R122")
    def test_only_the_principal_hears_it(self, house: House) -> None:
        with house.refuses("NOT_A_LEADER", officer="F02", wanted="principal"):
            house.as_("G02").record_leadership_hearing(
                unit="U02", hearing="LH-2025", officer="F02", subject="政务公开工作"
            )

    @requirement("R122")
    def test_is_not_recorded_before_it_took_place(self, house: House) -> None:
        with house.refuses("INVALID", field="held_on"):
            house.as_("G02", at="2025-12-01T09:00+08:00").record_leadership_hearing(
                unit="U02", hearing="LH-2025", officer="Z02", subject="…", held_on="2025-12-05"
            )

    @requirement("R124")
    def test_its_notice_is_public_so_many_days_after(self, house: House) -> None:
        self.given_a_hearing(house)
        house.now = house.now.replace(day=8)
        house.published("I-H")
        before = house.size

        house.as_("P02").publish_hearing_notice(unit="U02", hearing="LH-2025", item="I-H")

        [(_, data)] = house.since(before)
        assert (data["publication"], data["lag_days"]) == ("I-H#1", 3)

    @requirement("R119")
    @requirement("R122")
    @requirement("R136")
    def test_a_unit_without_one_in_the_year_has_missed_its_duty(self, house: House) -> None:
        self.given_a_hearing(house)
        house.as_("Z05").record_agenda_item(unit="U05", meeting="局党委会", subject="政务公开", held_on="2025-06-30")

        missed = missed_duties(house.entries(), 2025)

        assert Missed("NO_ANNUAL_HEARING", "U05", 2025) in missed
        assert Missed("NO_ANNUAL_HEARING", "U02", 2025) not in missed
        assert Missed("NO_AGENDA_ITEM", "U02", 2025) in missed
        assert Missed("NO_AGENDA_ITEM", "U05", 2025) not in missed
        assert Missed("NO_ANNUAL_TRAINING", None, 2025) in missed
        assert {one.unit for one in missed} == {"U01", "U02", "U05", None}


class TestTheAgenda:
    @requirement("R119")
    def test_of_the_leaders_meeting_holds_disclosure(self, house: House) -> None:
        before = house.size

        house.as_("Z02", at="2025-02-10T09:00+08:00").record_agenda_item(
            unit="U02", meeting="第3次局党委会", subject="年度政务公开要点"
        )

        assert types_of(house.since(before)) == ["leadership.agenda_item_recorded/1"]
        assert house.entries()[-1].data["held_on"] == "2025-02-10"
