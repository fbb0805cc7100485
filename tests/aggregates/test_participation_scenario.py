"""A renewal plan from its registration to its decision, day by day; and two years of real letters through the box."""

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path
from statistics import median

import pytest

from aggregates.deed import CHINA
from aggregates.participation import findings
from ledger.audit import audit
from tests.aggregates.areas.participation import COLUMN, column_of_decisions, the_public
from tests.aggregates.house import House

requirement = pytest.mark.requirement

LETTERS = Path(__file__).parents[3] / "shared" / "data" / "beijing_citizen_letters_derived.csv"


@requirement("R16")
@requirement("R18")
@requirement("R20")
@requirement("R21")
@requirement("R106")
@requirement("R111")
def test_an_old_quarters_renewal_is_published_discussed_answered_and_only_then_decided(house: House) -> None:
    column_of_decisions(house)
    for item in ("I-DRAFT", "I-BASIS", "I-NOTICE", "I-FEEDBACK"):
        house.cleared(item, "U05", text=item)

    house.as_("D05", at="2025-03-17T09:00+08:00").register_major_decision(
        decision="MD-01",
        unit="U05",
        title="老旧小区改造方案",
        decision_kind="POLICY_MEASURE",
        body="DISTRICT_STANDING_MEETING",
    )
    draft = {"decision": "MD-01", "draft_item": "I-DRAFT", "column": COLUMN, "channels": ["CH-01"]}
    with house.refuses("DECISION_BASIS_MISSING"):
        house.as_("P05", at="2025-03-18T09:00+08:00").publish_decision_draft(**draft)
    house.as_("P05", at="2025-03-18T15:00+08:00").publish_decision_draft(**draft, basis_item="I-BASIS")
    house.as_("D05", at="2025-03-18T15:05+08:00").open_comment_period(
        decision="MD-01", period_from="2025-03-18", period_until="2025-04-17", ways="平台、来信"
    )
    the_public(house, at="2025-03-20T10:00+08:00")
    for number in range(213):
        the_public(house).submit_comment(decision="MD-01", text=f"意见{number}")
    house.as_("P05", at="2025-04-03T14:00+08:00").publish_information(item="I-NOTICE", channels=["CH-01"])
    house.as_("D05", at="2025-04-03T15:00+08:00").announce_hearing(
        public_hearing="HR-01",
        unit="U05",
        title="听证会",
        item="I-NOTICE",
        held_on="2025-04-11",
        place="区行政中心",
        documents=[house.stored("听证材料")],
        decision="MD-01",
    )
    house.as_("D05", at="2025-04-11T14:00+08:00").hold_hearing(
        public_hearing="HR-01",
        attendance=[
            {"category": "STAKEHOLDER", "number": 12},
            {"category": "PUBLIC_REPRESENTATIVE", "number": 3},
            {"category": "EXPERT", "number": 2},
            {"category": "LEGAL_ADVISER", "number": 1},
            {"category": "MEDIA", "number": 2},
        ],
        minutes=house.stored("笔录"),
    )
    with house.refuses("COMMENT_PERIOD_OPEN"):
        house.as_("D05", at="2025-04-15T09:00+08:00").record_decision(decision="MD-01", outcome="PASSED")
    the_public(house, at="2025-04-18T08:30+08:00").submit_comment(decision="MD-01", text="晚了一天")
    clusters = {"K1": 80, "K2": 60, "K3": 46, "K4": 20, "K5": 8}
    first = 1
    for cluster, size in clusters.items():
        house.as_("D05").cluster_comments(
            decision="MD-01", cluster=cluster, title=cluster, comments=range(first, first + size)
        )
        first += size
    before = house.size
    house.as_("D05", at="2025-04-18T09:00+08:00").close_comment_period(decision="MD-01")
    [(_, counted)] = house.since(before)
    assert (counted["comments"], counted["late_comments"], counted["clusters"]) == (214, 1, 5)

    adoption = [{"cluster": cluster, "adoption": "ADOPTED"} for cluster in clusters if cluster != "K3"]
    table = {"decision": "MD-01", "item": "I-FEEDBACK", "channels": ["CH-01"]}
    with house.refuses("UNADOPTED_WITHOUT_REASON", cluster="K3", comments=46):
        house.as_("P05", at="2025-04-25T10:00+08:00").publish_consultation_feedback(
            adoption=[*adoption, {"cluster": "K3", "adoption": "NOT_ADOPTED"}], **table
        )
    house.as_("P05", at="2025-04-28T10:00+08:00").publish_consultation_feedback(
        adoption=[*adoption, {"cluster": "K3", "adoption": "NOT_ADOPTED", "reason": "不符合日照间距规定"}], **table
    )
    house.as_("G01", at="2025-04-29T09:00+08:00").invite_attendee(
        meeting="MT-07",
        unit="U01",
        title="区政府常务会议",
        held_on="2025-04-30",
        invited=[
            {"category": category, "number": 1}
            for category in ("STAKEHOLDER", "PUBLIC_REPRESENTATIVE", "EXPERT", "MEDIA", "LEGAL_ADVISER")
        ],
        agenda=["MD-01"],
    )
    before = house.size
    house.as_("G01", at="2025-04-30T15:00+08:00").record_decision(decision="MD-01", outcome="PASSED", meeting="MT-07")

    [(type_, taken)] = house.since(before)
    assert (type_, taken["flags"]) == ("decision.taken/1", [])
    assert audit(house.ledger).clean


@pytest.mark.shared
@pytest.mark.skipif(not LETTERS.exists(), reason="the real letters are not beside the project")
@requirement("R114")
def test_real_letters_through_the_box_take_as_long_as_they_took(house: House) -> None:
    """Received and answered on the days of the file; the box's own clock gives its median and its maximum."""
    with LETTERS.open(encoding="utf-8-sig", newline="") as file:
        letters = sorted(csv.DictReader(file), key=lambda letter: letter["date_received"])
    house.as_("G01").open_opinion_box(box="BOX-01", unit="U01", name_zh="意见箱", name_en="Box", channel="CH-01")
    # The district of these tests was founded in 2024: the letters keep their distances and come later.
    for letter in letters:
        the_public(house, at=later(letter["date_received"], hour=9)).receive_message(
            box="BOX-01", kind="SUGGESTION", text="信"
        )
    for number, letter in enumerate(letters, 1):
        answer = house.as_("G01", at=later(letter["date_replied"], hour=17))
        answer.reply_message(message=f"BOX-01.{number}", text="答")

    days = [entry.data["days"] for entry in house.entries() if entry.type == "message.replied/1"]
    assert sorted(days) == sorted(int(letter["calendar_days_to_reply"]) for letter in letters)
    assert (len(days), median(days), max(days)) == (2807, 5, 41)
    timeliness = findings.timeliness(house.entries())["U01"]
    assert (timeliness.median_days, timeliness.longest_days) == (5, 41)


def later(day: str, hour: int) -> datetime:
    return datetime.combine(date.fromisoformat(day) + timedelta(days=2000), time(hour), CHINA)
