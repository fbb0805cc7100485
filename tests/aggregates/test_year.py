"""A year in the district: what articles (一), (四) and (十) answer to it, step by step and to the letter.

The steps keep their numbers in the district's example year; what lies between them is given.
"""

from collections.abc import Callable
from typing import Any

import pytest

from aggregates.refusal import Refusal
from tests.aggregates.house import House, types_of

MORE_UNITS = ("U04", "U06", "U08", "U09")
LETTERS = {
    "D": "drafter",
    "A": "reviewer",
    "S": "secrecy_reviewer",
    "P": "publisher",
    "G": "disclosure_officer",
    "Z": "principal",
}


@pytest.fixture
def district(house: House) -> House:
    """Four more departments at work, and P09, who does everything in U09 but approve."""
    house.now = house.now.replace(year=2024)
    for unit in MORE_UNITS:
        house.as_("ADM").register_unit(unit=unit, name_zh=f"单位{unit}", name_en=unit, kind="department")
        for letter, post in LETTERS.items():
            officer = f"{letter}{unit[1:]}"
            house.as_("ADM").register_officer(officer=officer)
            house.employ(officer, post, unit)
    for post in ("drafter", "reviewer", "secrecy_reviewer"):
        house.employ("P09", post, "U09")
    return house


class Year:
    """The year so far: who does what, when, and what the rulebook answers."""

    def __init__(self, house: House) -> None:
        self.house = house

    def act(self, officer: str, at: str, post: str | None = None) -> Any:
        letter, unit = officer[0], f"U{officer[1:3]}"
        known = {"T04": ("investigator", "X4"), "X03": ("secrecy_administration", "X3")}
        default, home = known.get(officer, (LETTERS.get(letter, ""), unit))
        return self.house.as_(officer, post or default, home, at=at)

    def answers(self, deed: Callable[[], Any], expected: str) -> None:
        """ACCEPT, or the code with which it is refused and under which the attempt is kept."""
        before = self.house.size
        try:
            deed()
            answer = "ACCEPT"
        except Refusal as refusal:
            answer = refusal.code
            assert types_of(self.house.since(before)) == ["attempt.refused/1"]
        assert answer == expected

    def text(self, text: str, name: str = "正文") -> dict[str, Any]:
        return self.house.stored(text, name)

    def approved(self, item: str, unit: str, day: str, text: str = "全文") -> None:
        number = unit[1:]
        self.act(f"D{number}", f"{day}T08:01+08:00").draft_document(
            item=item, unit=unit, title=item, content=self.text(text)
        )
        self.act(f"D{number}", f"{day}T08:02+08:00").determine_disclosure_attribute(item=item, attribute="PROACTIVE")
        self.act(f"A{number}", f"{day}T08:03+08:00").review_disclosure_attribute(item=item, conclusion="CONFIRMED")
        self.act(f"D{number}", f"{day}T08:04+08:00").submit_draft_for_approval(item=item)
        self.act(f"Z{number}", f"{day}T08:05+08:00").approve_document(item=item)

    def review(self, item: str, officer: str, at: str, **more: Any) -> Callable[[], Any]:
        data = {"item": item, "conclusion": "CLEARED", "ground": "逐项审查", **more}
        return lambda: self.act(officer, at).conduct_secrecy_review(**data)

    def publish(self, item: str, officer: str, at: str, **more: Any) -> Callable[[], Any]:
        data = {"item": item, "channels": ["CH-01"], **more}
        return lambda: self.act(officer, at).publish_information(**data)


@pytest.fixture
def year(district: House) -> Year:
    return Year(district)


@pytest.mark.requirement("R6")
@pytest.mark.requirement("R11")
@pytest.mark.requirement("R13")
def test_steps_17_to_21_a_request_to_issue_is_received_returned_and_resubmitted(year: Year) -> None:
    year.act("D06", "2025-01-16T15:00+08:00").draft_document(
        item="I-004",
        unit="U06",
        title="发文请示",
        on_behalf_of_government=True,
        content=year.text("请示"),
        attachments=[year.text("名单", "附件2")],
    )

    year.answers(lambda: year.act("D06", "2025-01-16T16:00+08:00").submit_draft_for_approval(item="I-004"), "ACCEPT")
    year.answers(
        lambda: year.act("G01", "2025-01-17T09:30+08:00").return_document(
            item="I-004", ground="NO_DISCLOSURE_ATTRIBUTE"
        ),
        "ACCEPT",
    )
    year.answers(
        lambda: year.act("D06", "2025-01-20T09:00+08:00").resubmit_document(
            item="I-004", attribute="WITHHELD", reason="内部"
        ),
        "NO_LEGAL_REASON",
    )
    year.answers(
        lambda: year.act("D06", "2025-01-21T09:00+08:00").resubmit_document(
            item="I-004",
            attribute="PARTIAL",
            reason="附件2含个人信息",
            severed_passages=[{"locator": "附件2", "reason": "个人信息", "basis": "条例第十五条"}],
        ),
        "ACCEPT",
    )


@pytest.mark.requirement("R39")
@pytest.mark.requirement("R45")
def test_steps_22_to_26_a_notice_put_up_without_review_is_found_reviewed_and_published_anew(year: Year) -> None:
    year.answers(year.publish("I-005", "P05", "2025-01-23T10:15+08:00"), "NOT_REVIEWED")
    year.answers(
        lambda: year.act("P05", "2025-01-23T10:40+08:00").report_unregistered_publication(
            found="F-005", item="I-005", unit="U05", channel="区政府网站", title="拆迁公告", source="网站巡查"
        ),
        "ACCEPT",
    )
    year.approved("I-005", "U05", "2025-01-26")
    year.answers(year.review("I-005", "S05", "2025-01-26T09:00+08:00"), "ACCEPT")
    year.answers(year.publish("I-005", "P05", "2025-01-26T09:30+08:00"), "ACCEPT")


@pytest.mark.requirement("R9")
def test_steps_31_to_34_a_withheld_policy_paper_goes_through_the_disclosure_office(year: Year) -> None:
    year.act("D04", "2025-02-10T08:00+08:00").draft_document(
        item="I-007", unit="U04", title="审计整改政策", policy=True, content=year.text("全文")
    )

    year.answers(
        lambda: year.act("D04", "2025-02-10T09:00+08:00").determine_disclosure_attribute(
            item="I-007", attribute="WITHHELD", reason="过程性信息", legal_basis=["条例第十六条"]
        ),
        "ACCEPT",
    )
    year.answers(
        lambda: year.act("D04", "2025-02-10T09:30+08:00").submit_draft_for_approval(item="I-007"),
        "DISCLOSURE_OFFICE_NOT_CONSULTED",
    )
    year.answers(
        lambda: year.act("G04", "2025-02-11T10:00+08:00").examine_non_disclosure(
            item="I-007", conclusion="AGREED", ground="过程性信息(条例第十六条)"
        ),
        "ACCEPT",
    )
    year.answers(lambda: year.act("D04", "2025-02-11T11:00+08:00").submit_draft_for_approval(item="I-007"), "ACCEPT")


@pytest.mark.requirement("R92")
def test_step_37_one_person_drafts_reviews_and_publishes(year: Year) -> None:
    day = "2025-02-21T1"
    year.act("P09", f"{day}0:00+08:00", "drafter").draft_document(
        item="I-008", unit="U09", title="I-008", content=year.text("全文")
    )
    year.act("P09", f"{day}0:01+08:00", "drafter").determine_disclosure_attribute(item="I-008", attribute="PROACTIVE")
    year.act("P09", f"{day}0:02+08:00", "reviewer").review_disclosure_attribute(item="I-008", conclusion="CONFIRMED")
    year.act("P09", f"{day}0:03+08:00", "drafter").submit_draft_for_approval(item="I-008")
    year.act("Z09", f"{day}0:04+08:00").approve_document(item="I-008")
    year.act("P09", f"{day}0:05+08:00", "secrecy_reviewer").conduct_secrecy_review(
        item="I-008", conclusion="CLEARED", ground="…"
    )

    year.answers(year.publish("I-008", "P09", f"{day}4:00+08:00"), "SEGREGATION_OF_DUTIES")


@pytest.mark.requirement("R43")
def test_steps_38_to_40_one_sheet_for_five_items_and_a_content_changed_after_review(year: Year) -> None:
    year.approved("I-009", "U08", "2025-02-24")
    others = ["I-010", "I-011", "I-012", "I-013"]

    year.answers(year.review("I-009", "S08", "2025-02-24T09:00+08:00", further_items=others), "ONE_ITEM_ONE_REVIEW")
    year.answers(year.review("I-009", "S08", "2025-02-24T10:00+08:00"), "ACCEPT")
    year.answers(
        year.publish("I-009", "P08", "2025-02-24T14:00+08:00", content=year.text("改过的全文")),
        "VERSION_NOT_REVIEWED",
    )


@pytest.mark.requirement("R88")
def test_steps_72_and_73_a_wrong_date_is_corrected_and_the_original_kept(year: Year) -> None:
    year.approved("I-022", "U02", "2025-06-13")
    year.review("I-022", "S02", "2025-06-13T09:00+08:00")()
    year.answers(year.publish("I-022", "P02", "2025-06-16T09:00+08:00"), "ACCEPT")
    year.act("D02", "2025-06-16T10:00+08:00").revise_document(
        item="I-022", content=year.text("日期已改"), reason="附件日期有误"
    )
    year.act("D02", "2025-06-16T10:01+08:00").determine_disclosure_attribute(item="I-022", attribute="PROACTIVE")
    year.act("A02", "2025-06-16T10:02+08:00").review_disclosure_attribute(item="I-022", conclusion="CONFIRMED")
    year.act("D02", "2025-06-16T10:03+08:00").submit_draft_for_approval(item="I-022")
    year.act("Z02", "2025-06-16T10:04+08:00").approve_document(item="I-022")
    year.review("I-022", "S02", "2025-06-16T11:00+08:00")()

    year.answers(
        lambda: year.act("P02", "2025-06-16T11:20+08:00").correct_publication(item="I-022", reason="附件日期有误"),
        "ACCEPT",
    )


@pytest.mark.requirement("R40")
@pytest.mark.requirement("R96")
@pytest.mark.requirement("R97")
@pytest.mark.requirement("R98")
def test_steps_77_to_85_a_secret_is_withdrawn_sealed_determined_pursued_and_cannot_be_deleted(year: Year) -> None:
    year.approved("I-025", "U04", "2025-07-01", text="预算附件")
    year.review("I-025", "S04", "2025-07-01T09:00+08:00")()

    year.answers(year.publish("I-025", "P04", "2025-07-02T09:00+08:00", channels=["CH-01", "CH-03"]), "ACCEPT")
    year.answers(
        lambda: year.act("P04", "2025-07-03T20:40+08:00").withdraw_publication(
            item="I-025", reason_code="SUSPECTED_SECRET", reason="含敏感坐标"
        ),
        "ACCEPT",
    )
    year.answers(
        lambda: year.act("S04", "2025-07-04T09:00+08:00").escalate_secrecy_question(
            item="I-025", question="坐标是否涉密"
        ),
        "ACCEPT",
    )
    year.answers(
        lambda: year.act("S04", "2025-07-04T09:01+08:00").seal_content(
            item="I-025", reason="涉嫌涉密", readers=["investigator"]
        ),
        "ACCEPT",
    )
    year.answers(
        lambda: year.act("X03", "2025-07-10T10:00+08:00").determine_secrecy(
            item="I-025", conclusion="SECRET", level="CONFIDENTIAL", ground="坐标"
        ),
        "ACCEPT",
    )
    year.answers(
        lambda: year.act("T04", "2025-07-11T09:00+08:00").open_case(
            case="AC-01", ground="IMPROPER_DISCLOSURE", effect="serious", item="I-025"
        ),
        "ACCEPT",
    )
    year.answers(
        lambda: year.act("T04", "2025-07-14T09:00+08:00").consult_ledger(
            query="replay of I-025", subject="AC-01", as_of="2025-07-02T09:00+08:00", result_count=7
        ),
        "ACCEPT",
    )
    year.answers(
        lambda: year.act("T04", "2025-07-18T09:00+08:00").determine_responsibility(
            case="AC-01",
            officer="S04",
            responsibility_class="DIRECT",
            finding="审查不严",
            evidence_positions=[year.house.size],
        ),
        "ACCEPT",
    )
    year.answers(
        lambda: year.act("P04", "2025-07-21T09:00+08:00").delete_publication(item="I-025", publication="I-025#1"),
        "LEDGER_APPEND_ONLY",
    )


@pytest.mark.requirement("R39")
def test_steps_112_to_115_what_was_withheld_becomes_public_only_after_a_new_review(year: Year) -> None:
    def on_request(item: str, unit: str) -> None:
        number = unit[1:]
        year.act(f"D{number}", "2025-02-06T09:00+08:00").draft_document(
            item=item, unit=unit, title=item, content=year.text("全文")
        )
        year.act(f"D{number}", "2025-02-06T09:01+08:00").determine_disclosure_attribute(
            item=item, attribute="ON_REQUEST"
        )

    def converted(item: str, unit: str, day: str) -> None:
        number = unit[1:]
        year.act(f"G{number}", f"{day}T10:00+08:00").determine_disclosure_attribute(
            item=item, attribute="PROACTIVE", reason="自查可转主动公开"
        )
        year.act(f"A{number}", f"{day}T10:10+08:00").review_disclosure_attribute(item=item, conclusion="CONFIRMED")
        year.act(f"D{number}", f"{day}T10:20+08:00").submit_draft_for_approval(item=item)
        year.act(f"Z{number}", f"{day}T10:30+08:00").approve_document(item=item)

    on_request("I-007", "U04")
    on_request("I-006", "U06")

    year.answers(year.publish("I-007", "P04", "2025-11-12T09:00+08:00"), "NOT_PROACTIVE")
    year.answers(year.review("I-007", "S04", "2025-11-13T09:00+08:00"), "ACCEPT")
    converted("I-007", "U04", "2025-11-13")
    year.answers(year.publish("I-007", "P04", "2025-11-13T11:00+08:00"), "ACCEPT")
    converted("I-006", "U06", "2025-11-14")
    year.answers(year.publish("I-006", "P06", "2025-11-14T11:00+08:00"), "NOT_REVIEWED")
