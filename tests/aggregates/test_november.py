"""The district's example year, as far as it is about (四): the rectification of January, the self-check of November.

The steps keep their numbers; what lies between them is given.
"""

from datetime import date
from typing import Any

import pytest

from aggregates.supervision.derived import rectification_board, self_check_standing, spot_check_holds
from tests.aggregates.areas.requests import calendar_year
from tests.aggregates.areas.supervision import an_order
from tests.aggregates.house import House, types_of

requirement = pytest.mark.requirement

POSTS = {
    "D": "drafter",
    "A": "reviewer",
    "S": "secrecy_reviewer",
    "P": "publisher",
    "G": "disclosure_officer",
    "Z": "principal",
}


@pytest.fixture
def district(house: House) -> House:
    """Four more departments at work, and the working calendar of 2025."""
    house.now = house.now.replace(year=2024)
    for unit in ("U03", "U04", "U09", "U12"):
        house.as_("ADM").register_unit(unit=unit, name_zh=f"单位{unit}", name_en=unit, kind="department")
        for letter, post in POSTS.items():
            house.as_("ADM").register_officer(officer=f"{letter}{unit[1:]}")
            house.employ(f"{letter}{unit[1:]}", post, unit)
    house.as_("ADM").adopt_calendar_year(**calendar_year(2025))
    return house


def act(house: House, officer: str, at: str | None = None) -> Any:
    home = {"J01": "inspector"}
    return house.as_(officer, home.get(officer) or POSTS[officer[0]], f"U{officer[1:3]}", at=at)


def way_up(house: House, item: str, unit: str) -> None:
    number = unit[1:]
    act(house, f"A{number}").review_disclosure_attribute(item=item, conclusion="CONFIRMED")
    act(house, f"D{number}").submit_draft_for_approval(item=item)
    act(house, f"Z{number}").approve_document(item=item)


@requirement("R38")
def test_steps_22_to_27_a_notice_put_up_without_review_is_put_right_by_the_due_sunday(district: House) -> None:
    house = district
    house.drafted("I-005", "U05")
    with house.refuses("NOT_REVIEWED"):
        act(house, "P05", "2025-01-23T10:15+08:00").publish_information(item="I-005", channels=["CH-01"])
    act(house, "P05", "2025-01-23T10:40+08:00").report_unregistered_publication(
        found="F-005", item="I-005", unit="U05", channel="区政府网站", title="拆迁公告", source="网站巡查"
    )
    order = an_order("RC-01", "U05", item="I-005", cause="OTHER", due_on="2025-01-26", evidence_positions=[house.size])
    act(house, "G01", "2025-01-23T15:00+08:00").order_rectification(**order)
    house.attributed("I-005", "U05")
    act(house, "D05").submit_draft_for_approval(item="I-005")
    act(house, "Z05").approve_document(item="I-005")
    act(house, "S05", "2025-01-26T09:00+08:00").conduct_secrecy_review(
        item="I-005", conclusion="CLEARED", ground="逐项审查"
    )
    act(house, "P05", "2025-01-26T09:30+08:00").publish_information(item="I-005", channels=["CH-01"])

    act(house, "G01", "2025-01-26T10:00+08:00").confirm_rectification(
        rectification="RC-01", evidence_positions=[house.size]
    )

    [closed] = rectification_board(house.entries(), date(2025, 1, 27))
    assert (closed.state, closed.closed_on) == ("CLOSED", "2025-01-26")


@requirement("R32")
@requirement("R33")
@requirement("R34")
@requirement("R35")
@requirement("R36")
@requirement("R37")
@requirement("R38")
def test_steps_109_to_121_a_november(district: House) -> None:
    house = district
    on_request = {"attribute": "ON_REQUEST", "reason": "招生计划"}
    withheld: dict[str, Any] = {"attribute": "WITHHELD", "reason": "过程性信息", "legal_basis": ["条例第十六条"]}
    house.now = house.now.replace(year=2025, month=2, day=6)
    for item, unit, said in (("I-006", "U03", on_request), ("I-007", "U04", withheld)):
        draft = {"item": item, "unit": unit, "title": item, "content": house.stored(item)}
        act(house, f"D{unit[1:]}").draft_document(**draft)
        act(house, f"D{unit[1:]}").determine_disclosure_attribute(item=item, **said)

    units = ["U02", "U03", "U04", "U05", "U09", "U12"]
    act(house, "G01", "2025-11-03T09:00+08:00").open_self_check(year=2025, units=units)
    act(house, "G03", "2025-11-10T09:00+08:00").record_self_check_finding(
        unit="U03",
        year=2025,
        item="I-006",
        finding_scope="ON_REQUEST_CLUSTER",
        conclusion="CONVERTIBLE",
        requests=17,
        reason="申请17次",
    )
    act(house, "G04", "2025-11-12T09:00+08:00").record_self_check_finding(
        unit="U04",
        year=2025,
        item="I-007",
        finding_scope="WITHHELD",
        conclusion="CONVERTIBLE",
        reason="过程性信息，决策已作出",
    )
    act(house, "S04", "2025-11-13T09:00+08:00").conduct_secrecy_review(
        item="I-007", conclusion="CLEARED", ground="转公开重新审查"
    )
    act(house, "G04", "2025-11-13T10:00+08:00").convert_to_proactive(item="I-007", year=2025, reason="可转")
    way_up(house, "I-007", "U04")
    act(house, "P04", "2025-11-13T11:00+08:00").publish_information(item="I-007", channels=["CH-01"])
    with house.refuses("NOT_REVIEWED"):
        act(house, "G03", "2025-11-14T11:00+08:00").convert_to_proactive(item="I-006", year=2025, reason="可转")

    before = house.size
    act(house, "G09", "2025-11-18T09:00+08:00").record_self_check_finding(
        unit="U09",
        year=2025,
        item="I-040",
        finding_scope="UNDISCLOSED",
        conclusion="SHOULD_BE_DISCLOSED",
        due_since="2025-05-20",
        reason="行政处罚结果应自2025-05-20公开",
    )
    assert types_of(house.since(before)) == ["self_check.finding_recorded/1", "disclosure_duty.found/1"]

    act(house, "J01", "2025-11-24T09:00+08:00").conduct_spot_check(
        spot_check="SK-2025",
        check_occasion="THIRD_PARTY_TEST",
        occasion_reference="TP-2025",
        seed="20251124",
        sample_size=60,
    )
    conducted = house.entries(house.size - 1)[0]
    assert (conducted.data["seed"], conducted.data["sample_size"]) == ("20251124", 60)
    assert spot_check_holds(conducted, house.entries())
    order = an_order("RC-07", "U09", item="I-040", due_on="2025-11-28")
    act(house, "J01", "2025-11-25T09:00+08:00").order_rectification(**order)

    draft = {"item": "I-040", "unit": "U09", "title": "处罚结果", "content": house.stored("I-040")}
    act(house, "D09", "2025-11-26T09:00+08:00").draft_document(**draft, written_on="2025-04-18")
    act(house, "D09").determine_disclosure_attribute(item="I-040")
    way_up(house, "I-040", "U09")
    act(house, "S09").conduct_secrecy_review(item="I-040", conclusion="CLEARED", ground="逐项审查")
    act(house, "P09", "2025-11-27T09:00+08:00").publish_information(item="I-040", channels=["CH-01"])
    assert house.entries(house.size - 1)[0].data["flags"] == ["LATE_DISCLOSURE"]

    counts = dict.fromkeys(("findings", "kept", "convertible", "should_be_disclosed"), 0)
    found = {"U03": {"convertible": 1}, "U04": {"convertible": 1}, "U09": {"should_be_disclosed": 1}}
    house.now = house.now.replace(day=28, hour=17)
    for unit in units[:-1]:
        own = found.get(unit, {})
        act(house, f"G{unit[1:]}").submit_self_check_report(
            unit=unit, year=2025, **{**counts, **own, "findings": len(own)}
        )

    def standing(day: str) -> str:
        return self_check_standing(house.entries(), 2025, date.fromisoformat(day))["U12"]

    assert (standing("2025-11-30"), standing("2025-12-01")) == ("OPENED", "OVERDUE")
    overdue = self_check_standing(house.entries(), 2025, date(2025, 12, 1))
    assert sorted(unit for unit, state in overdue.items() if state == "OVERDUE") == ["U01", "U12"]


@pytest.mark.parametrize(
    ("written_on", "published_at", "flags"),
    [
        (None, "2025-03-20T09:00+08:00", []),
        ("2025-02-06", "2025-03-05T09:00+08:00", []),  # the 20th working day: Saturday 8 February is one
        ("2025-02-06", "2025-03-06T09:00+08:00", ["LATE_DISCLOSURE"]),
        ("2025-09-26", "2025-10-30T09:00+08:00", []),  # eight days of holiday lie between
        ("2025-09-26", "2025-10-31T09:00+08:00", ["LATE_DISCLOSURE"]),
        ("2023-09-26", "2025-10-31T09:00+08:00", []),  # that year's calendar is not adopted
    ],
)
def test_what_goes_out_after_twenty_working_days_is_flagged(
    district: House, written_on: str | None, published_at: str, flags: list[str]
) -> None:
    district.cleared("I-1", written_on=written_on)
    district.as_("P02", at=published_at).publish_information(item="I-1", channels=["CH-01"])

    assert district.entries(district.size - 1)[0].data["flags"] == flags


def test_only_the_first_publication_can_be_late(district: House) -> None:
    district.cleared("I-1", written_on="2025-01-06")
    district.as_("P02", at="2025-01-20T09:00+08:00").publish_information(item="I-1", channels=["CH-01"])
    district.as_("P02").withdraw_publication(item="I-1", reason_code="ERROR", reason="误")
    district.as_("S02").conduct_secrecy_review(item="I-1", conclusion="CLEARED", ground="再审")
    district.as_("P02", at="2025-06-20T09:00+08:00").publish_information(item="I-1", channels=["CH-01"])

    assert district.entries(district.size - 1)[0].data["flags"] == []


@pytest.mark.parametrize(
    ("published_at", "flags"),
    [("2025-12-11T09:00+08:00", []), ("2025-12-12T09:00+08:00", ["LATE_DISCLOSURE"])],
)
def test_what_a_self_check_turns_public_is_due_from_its_conversion(
    district: House, published_at: str, flags: list[str]
) -> None:
    withheld: dict[str, Any] = {"attribute": "WITHHELD", "reason": "过程性信息", "legal_basis": ["条例第十六条"]}
    draft = {"item": "I-1", "unit": "U04", "title": "I-1", "content": district.stored("I-1")}
    act(district, "D04").draft_document(**draft, written_on="2025-02-10")
    act(district, "D04").determine_disclosure_attribute(item="I-1", **withheld)
    act(district, "A04").review_disclosure_attribute(item="I-1", conclusion="CONFIRMED")
    act(district, "G01", "2025-11-03T09:00+08:00").open_self_check(year=2025, units=["U04"])
    found = {"finding_scope": "WITHHELD", "conclusion": "CONVERTIBLE", "reason": "决定已作出"}
    act(district, "G04", "2025-11-12T09:00+08:00").record_self_check_finding(unit="U04", year=2025, item="I-1", **found)
    act(district, "S04", "2025-11-13T09:00+08:00").conduct_secrecy_review(
        item="I-1", conclusion="CLEARED", ground="转公开重新审查"
    )
    act(district, "G04", "2025-11-13T10:00+08:00").convert_to_proactive(item="I-1", year=2025, reason="可转")
    way_up(district, "I-1", "U04")

    act(district, "P04", published_at).publish_information(item="I-1", channels=["CH-01"])

    assert district.entries(district.size - 1)[0].data["flags"] == flags
