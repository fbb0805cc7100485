"""Major decisions: the draft and its basis go before the public before anything is decided (二) (十二)."""

from datetime import timedelta
from typing import Any

import pytest

from aggregates.participation import findings
from aggregates.participation.terms import AttendeeCategory
from aggregates.ruleset import BUILT_IN
from tests.aggregates.areas.participation import COLUMN, column_of_decisions, registered, the_public
from tests.aggregates.house import House, types_of

requirement = pytest.mark.requirement

REGISTERED_ON = "2025-03-17T09:00+08:00"
PUBLISHED_ON = "2025-03-18T15:00+08:00"


def ready(house: House, *items: str, unit: str = "U02") -> None:
    for item in items:
        house.cleared(item, unit, text=item)


def published(house: House, decision: str = "MD-01") -> str:
    """Registered, and its draft and basis before the public."""
    registered(house, decision)
    ready(house, "I-D", "I-B")
    column_of_decisions(house)
    house.as_("P02", at=PUBLISHED_ON).publish_decision_draft(decision=decision, **both())
    return decision


def both(**more: Any) -> dict[str, Any]:
    return {"draft_item": "I-D", "basis_item": "I-B", "column": COLUMN, "channels": ["CH-01"], **more}


def in_consultation(house: House) -> str:
    """Published, and open for comments from 2025-03-18 to 2025-04-17."""
    decision = published(house)
    house.as_("D02", at="2025-03-18T15:05+08:00").open_comment_period(
        decision=decision, period_from="2025-03-18", period_until="2025-04-17", ways="平台、来信"
    )
    return decision


def commented(house: House, comments: int) -> str:
    """In consultation, with so many comments."""
    decision = in_consultation(house)
    for number in range(comments):
        the_public(house).submit_comment(decision=decision, text=f"意见{number}")
    return decision


def closed(house: House, comments: int = 2) -> str:
    decision = commented(house, comments)
    house.as_("D02", at="2025-04-18T09:00+08:00").close_comment_period(decision=decision)
    return decision


def decide(house: House, decision: str = "MD-01", officer: str = "G01", **more: Any) -> None:
    house.as_(officer, **more).record_decision(decision=decision, outcome="PASSED")


class TestTheFlag:
    @requirement("R16")
    def test_the_originating_unit_flags_and_the_office_reviews(self, house: House) -> None:
        before = house.size

        house.as_("D02", at=REGISTERED_ON).register_major_decision(
            decision="MD-01", unit="U02", title="方案", decision_kind="REFORM_PLAN", body="DISTRICT_STANDING_MEETING"
        )
        house.as_("G01").review_major_decision(decision="MD-01", conclusion="CONFIRMED")

        [(first, flagged), (second, reviewed)] = house.since(before)
        assert (first, flagged["unit"], flagged["decision_kind"]) == ("decision.registered/1", "U02", "REFORM_PLAN")
        assert (second, reviewed["conclusion"]) == ("decision.reviewed/1", "CONFIRMED")

    @requirement("R16")
    def test_no_other_unit_flags_and_no_department_reviews(self, house: House) -> None:
        registered(house, "MD-01")

        with house.refuses("OTHER_UNIT", unit="U02"):
            house.as_("D05").register_major_decision(
                decision="MD-02", unit="U02", title="方案", decision_kind="REFORM_PLAN", body="DEPARTMENT_MEETING"
            )
        with house.refuses("NOT_DISTRICT_OFFICE"):
            house.as_("G02").review_major_decision(decision="MD-01", conclusion="CONFIRMED")

    @requirement("R16")
    def test_what_the_office_calls_not_major_needs_no_publication(self, house: House) -> None:
        registered(house, "MD-01")
        house.as_("G01").review_major_decision(decision="MD-01", conclusion="NOT_MAJOR", note="日常事务")
        before = house.size

        decide(house, officer="D02")

        assert house.since(before)[0][1]["flags"] == []

    @requirement("R16")
    def test_a_unit_that_decides_without_the_offices_review_is_flagged(self, house: House) -> None:
        closed(house)
        before = house.size

        decide(house, officer="D02", at="2025-04-30T15:00+08:00")

        assert house.since(before)[0][1]["flags"] == ["FEEDBACK_MISSING", "NOT_REVIEWED_BY_OFFICE"]

    def test_a_decision_is_registered_once(self, house: House) -> None:
        registered(house, "MD-01")

        with house.refuses("ALREADY_REGISTERED"):
            registered(house, "MD-01")


class TestPublishedBefore:
    @requirement("R19")
    @requirement("R20")
    def test_draft_and_basis_go_out_together_through_the_gate_in_the_column(self, house: House) -> None:
        registered(house, "MD-01")
        ready(house, "I-D", "I-B")
        column_of_decisions(house)
        before = house.size

        house.as_("P02", at=PUBLISHED_ON).publish_decision_draft(decision="MD-01", **both())

        written = dict(house.since(before))
        assert sorted(types_of(house.since(before))) == [
            "decision.basis_published/1",
            "decision.draft_published/1",
            "publication.published/1",
            "publication.published/1",
        ]
        draft, basis = written["decision.draft_published/1"], written["decision.basis_published/1"]
        for shown, item in ((draft, "I-D"), (basis, "I-B")):
            assert (shown["publication"], shown["column"], shown["channels"]) == (f"{item}#1", COLUMN, ["CH-01"])
            assert house.ledger.contents.get(shown["content_sha256"]) == item.encode()
        assert {entry.occurred_at for entry in house.entries(before)} == {house.now}

    @requirement("R20")
    @requirement("R18")
    def test_one_without_the_other_is_refused(self, house: House) -> None:
        registered(house, "MD-01")
        ready(house, "I-D")
        column_of_decisions(house)

        for basis in (None, "I-D"):
            with house.refuses("DECISION_BASIS_MISSING", decision="MD-01"):
                house.as_("P02", at="2025-03-18T09:00+08:00").publish_decision_draft(
                    decision="MD-01", **both(basis_item=basis)
                )

    @requirement("R20")
    @requirement("R45")
    def test_neither_goes_out_where_one_has_no_secrecy_review(self, house: House) -> None:
        registered(house, "MD-01")
        ready(house, "I-D")
        house.approved("I-B", text="I-B")
        column_of_decisions(house)

        with house.refuses("NOT_REVIEWED", item="I-B"):
            house.as_("P02").publish_decision_draft(decision="MD-01", **both())

    @requirement("R19")
    @pytest.mark.parametrize("where", [{"channels": ["CH-03"]}, {"column": "COL-X"}, {"column": "COL-404"}])
    def test_another_place_than_the_platforms_column_is_refused(self, house: House, where: dict[str, Any]) -> None:
        registered(house, "MD-01")
        ready(house, "I-D", "I-B")
        column_of_decisions(house)
        house.as_("G01").register_column(column="COL-X", name_zh="公示", name_en="x", unit="U01", refresh_days=7)

        with house.refuses("NOT_IN_DECISION_COLUMN", decision="MD-01"):
            house.as_("P02").publish_decision_draft(decision="MD-01", **both(**where))

    @requirement("R19")
    def test_further_channels_beside_the_platform_are_welcome(self, house: House) -> None:
        registered(house, "MD-01")
        ready(house, "I-D", "I-B")
        column_of_decisions(house)
        before = house.size

        house.as_("P02").publish_decision_draft(decision="MD-01", **both(channels=["CH-03", "CH-01"]))

        assert len(house.since(before)) == 4

    @requirement("R18")
    def test_deciding_before_publishing_is_refused(self, house: House) -> None:
        registered(house, "MD-01")

        with house.refuses("DECISION_DRAFT_NOT_PUBLISHED", decision="MD-01"):
            decide(house)

    @requirement("R18")
    def test_publishing_at_the_very_moment_of_deciding_is_not_before(self, house: House) -> None:
        decision = published(house)

        with house.refuses("DECISION_DRAFT_NOT_PUBLISHED"):
            decide(house, decision, at=PUBLISHED_ON)

    @requirement("R18")
    def test_a_decision_dated_before_its_publication_is_back_dated(self, house: House) -> None:
        decision = published(house)

        with house.refuses("BACKDATED"):
            decide(house, decision, at="2025-03-18T14:00+08:00")


class TestExemption:
    def given_a_secret_draft(self, house: House) -> None:
        registered(house, "MD-01")
        house.drafted("I-S")
        house.as_("S02").conduct_secrecy_review(item="I-S", conclusion="REFUSED", ground="属于国家秘密")

    def exempt(self, house: House, **more: Any) -> None:
        data = {"review": "I-S/R1", "legal_basis": ["保守国家秘密法第九条"], "reason": "涉密", **more}
        house.as_("D02").exempt_from_pre_disclosure(decision="MD-01", item="I-S", **data)

    @requirement("R17")
    @requirement("R105")
    def test_what_the_law_keeps_secret_is_decided_without_publication(self, house: House) -> None:
        self.given_a_secret_draft(house)
        before = house.size

        self.exempt(house)
        decide(house)

        [(first, exempted), (second, taken)] = house.since(before)
        assert (first, exempted["review"], exempted["legal_basis"]) == (
            "decision.exempted/1",
            "I-S/R1",
            ["保守国家秘密法第九条"],
        )
        assert (second, taken["flags"]) == ("decision.taken/1", [])

    @requirement("R17")
    def test_an_exemption_needs_a_law(self, house: House) -> None:
        self.given_a_secret_draft(house)

        with house.refuses("EXEMPTION_BASIS_MISSING", decision="MD-01"):
            self.exempt(house, legal_basis=[])

    @requirement("R17")
    def test_an_exemption_needs_a_review_of_that_item(self, house: House) -> None:
        self.given_a_secret_draft(house)

        with house.refuses("EXEMPTION_NOT_REVIEWED", review="I-S/R2"):
            self.exempt(house, review="I-S/R2")

    @requirement("R17")
    def test_what_was_cleared_is_not_exempt(self, house: House) -> None:
        registered(house, "MD-01")
        ready(house, "I-S")

        with house.refuses("EXEMPTION_NOT_REVIEWED"):
            self.exempt(house)

    @requirement("R17")
    def test_what_everybody_has_read_is_not_exempt_afterwards(self, house: House) -> None:
        published(house)
        house.drafted("I-S")
        house.as_("S02").conduct_secrecy_review(item="I-S", conclusion="REFUSED", ground="属于国家秘密")

        with house.refuses("ALREADY_PUBLISHED", publication="I-D#1"):
            self.exempt(house)


class TestComments:
    @requirement("R21")
    def test_a_period_is_thirty_days_from_the_publication(self, house: House) -> None:
        decision = published(house)
        before = house.size

        house.as_("D02").open_comment_period(
            decision=decision, period_from="2025-03-18", period_until="2025-04-17", ways="平台、来信"
        )

        [(type_, data)] = house.since(before)
        assert (type_, data["days"], data["short_reason"]) == ("decision.comment_period_opened/1", 30, None)

    @requirement("R21")
    def test_a_shorter_one_needs_its_reason(self, house: House) -> None:
        decision = published(house)
        short = {"decision": decision, "period_from": "2025-03-18", "period_until": "2025-04-16", "ways": "平台"}

        with house.refuses("COMMENT_PERIOD_TOO_SHORT", days=29, least=30):
            house.as_("D02").open_comment_period(**short)
        before = house.size
        house.as_("D02").open_comment_period(**short, short_reason="汛期将至，情况紧急")

        assert house.since(before)[0][1]["short_reason"] == "汛期将至，情况紧急"

    @requirement("R21")
    def test_how_long_it_must_be_is_a_parameter_of_the_ruleset(self, house: House) -> None:
        house.as_("G01").adopt_ruleset(
            ruleset="RS-143",
            document_number="号",
            title_zh="细则",
            effective_from="2025-01-01",
            parameters={"comment_period_days": 7},
        )
        decision = published(house)
        before = house.size

        house.as_("D02").open_comment_period(
            decision=decision, period_from="2025-03-18", period_until="2025-03-25", ways="平台"
        )

        assert house.since(before)[0][1]["days"] == 7

    @requirement("R21")
    def test_comments_are_asked_for_on_what_is_published_once(self, house: House) -> None:
        registered(house, "MD-02")
        in_consultation(house)
        period = {"period_from": "2025-03-18", "period_until": "2025-04-17", "ways": "平台"}

        with house.refuses("DECISION_DRAFT_NOT_PUBLISHED", decision="MD-02"):
            house.as_("D02").open_comment_period(decision="MD-02", **period)
        with house.refuses("ALREADY_REGISTERED"):
            house.as_("D02").open_comment_period(decision="MD-01", **period)

    @requirement("R21")
    @pytest.mark.parametrize("period_from", ["2025-03-17", "2025-04-18"])
    def test_a_period_begins_neither_in_the_past_nor_after_its_end(self, house: House, period_from: str) -> None:
        decision = published(house)

        with house.refuses("INVALID", field="period_from"):
            house.as_("D02").open_comment_period(
                decision=decision, period_from=period_from, period_until="2025-04-18", ways="平台"
            )

    @requirement("R21")
    def test_the_public_does_not_say_itself_when_it_spoke(self, house: House) -> None:
        decision = in_consultation(house)

        with house.refuses("INVALID", field="received_at"):
            the_public(house, at="2025-04-18T09:00+08:00").submit_comment(
                decision=decision, text="同意", received_at="2025-04-17T09:00+08:00"
            )

    @requirement("R21")
    def test_everybody_may_comment_and_each_comment_has_its_number(self, house: House) -> None:
        decision = in_consultation(house)
        before = house.size

        the_public(house).submit_comment(decision=decision, text="同意", name="某某某", contact="13800000000")
        the_public(house).submit_comment(decision=decision, text="不同意")
        house.as_("G02").submit_comment(
            decision=decision, text="来信一封", source="LETTER", received_at="2025-03-18T15:06+08:00"
        )

        written = [data for _, data in house.since(before)]
        assert [(data["comment"], data["number"], data["source"], data["flags"]) for data in written] == [
            ("MD-01.1", 1, "PLATFORM", []),
            ("MD-01.2", 2, "PLATFORM", []),
            ("MD-01.3", 3, "LETTER", []),
        ]

    @requirement("R21")
    def test_what_was_said_and_by_whom_can_be_read_and_erased_and_stands_in_no_entry(self, house: House) -> None:
        decision = in_consultation(house)
        before = house.size

        the_public(house).submit_comment(decision=decision, text="同意", name="某某某", contact="13800000000")

        [entry] = house.entries(before)
        assert not any(said.encode() in entry.raw for said in ("同意", "某某某", "13800000000"))
        for field, said in (("text", "同意"), ("name", "某某某"), ("contact", "13800000000")):
            value = house.ledger.personal.get("comment/MD-01.1", field)
            assert value is not None
            assert (value.value, value.commitment) == (said, entry.data[f"{field}_commitment"])

    @requirement("R21")
    def test_a_late_comment_is_kept_and_flagged(self, house: House) -> None:
        decision = in_consultation(house)
        before = house.size

        the_public(house, at="2025-04-17T23:59:59+08:00").submit_comment(decision=decision, text="最后一刻")
        the_public(house, at="2025-04-18T00:00+08:00").submit_comment(decision=decision, text="晚了")
        house.as_("D02", at="2025-04-18T09:00+08:00").close_comment_period(decision=decision)
        house.as_("G02").submit_comment(
            decision=decision, text="迟到的来信", source="LETTER", received_at="2025-04-16T09:00+08:00"
        )

        written = house.since(before)
        assert [data["flags"] for type_, data in written if type_ == "comment.received/1"] == [
            [],
            ["COMMENT_LATE"],
            ["ENTERED_AFTER_CLOSING"],
        ]
        [counted] = [data for type_, data in written if type_ == "decision.comment_period_closed/1"]
        assert (counted["comments"], counted["late_comments"]) == (2, 1)

    @requirement("R21")
    def test_nobody_comments_before_the_period_nor_on_what_is_not_there(self, house: House) -> None:
        decision = published(house)

        with house.refuses("NO_COMMENT_PERIOD", decision=decision):
            the_public(house).submit_comment(decision=decision, text="同意")
        with house.refuses("DECISION_UNKNOWN", decision="MD-09"):
            the_public(house).submit_comment(decision="MD-09", text="同意")

    @requirement("R21")
    def test_the_period_is_closed_after_its_last_day_and_once(self, house: House) -> None:
        decision = in_consultation(house)

        with house.refuses("COMMENT_PERIOD_OPEN", until_date="2025-04-17"):
            house.as_("D02", at="2025-04-17T18:00+08:00").close_comment_period(decision=decision)
        house.as_("D02", at="2025-04-18T09:00+08:00").close_comment_period(decision=decision)
        with house.refuses("NOTHING_TO_CHANGE"):
            house.as_("D02").close_comment_period(decision=decision)

    @requirement("R18")
    def test_nothing_is_decided_while_comments_are_open(self, house: House) -> None:
        decision = in_consultation(house)

        for at in ("2025-04-15T09:00+08:00", "2025-04-18T09:00+08:00"):
            with house.refuses("COMMENT_PERIOD_OPEN", decision=decision):
                decide(house, decision, officer="D02", at=at)

    def test_repeating_a_comment_records_it_once(self, house: House) -> None:
        decision = in_consultation(house)
        said = {"decision": decision, "text": "同意"}

        first = the_public(house, command_id="mine").submit_comment(**said)
        again = the_public(house, command_id="mine").submit_comment(**said)
        other = the_public(house).submit_comment(**said)

        assert (again.replayed, again.positions) == (True, first.positions)
        assert house.ledger.entry(other.positions.start).data["number"] == 2

    def test_numbers_go_on_where_another_process_stopped(self, house: House) -> None:
        decision = commented(house, 11)
        house.registry.numbering._seen.clear()
        before = house.size

        the_public(house).submit_comment(decision=decision, text="同意")

        assert house.since(before)[0][1]["number"] == 12


class TestWhatBecameOfThem:
    def given_clusters(self, house: House, comments: int = 40, **clusters: range) -> str:
        decision = commented(house, comments)
        for cluster, numbers in clusters.items():
            house.as_("D02").cluster_comments(decision=decision, cluster=cluster, title=cluster, comments=numbers)
        house.as_("D02", at="2025-04-18T09:00+08:00").close_comment_period(decision=decision)
        ready(house, "I-F")
        return decision

    def feedback(self, house: House, *adoption: dict[str, Any], **more: Any) -> None:
        data = {"decision": "MD-01", "item": "I-F", "channels": ["CH-01"], **more}
        house.as_("P02").publish_consultation_feedback(adoption=adoption, **data)

    @requirement("R110")
    def test_the_adoption_table_goes_out_with_the_published_text(self, house: House) -> None:
        self.given_clusters(house, K1=range(1, 31), K2=range(31, 39))
        before = house.size

        self.feedback(
            house,
            {"cluster": "K1", "adoption": "ADOPTED"},
            {"cluster": "K2", "adoption": "NOT_ADOPTED", "reason": "与规划不符"},
        )

        written = dict(house.since(before))
        assert written["publication.published/1"]["item"] == "I-F"
        told = written["decision.feedback_published/1"]
        assert (told["publication"], told["comments"], told["unclustered"]) == ("I-F#1", 40, 2)
        assert told["adoption"] == [
            {"cluster": "K1", "comments": 30, "adoption": "ADOPTED", "reason": None},
            {"cluster": "K2", "comments": 8, "adoption": "NOT_ADOPTED", "reason": "与规划不符"},
        ]

    @requirement("R111")
    def test_a_concentrated_cluster_that_is_not_adopted_needs_its_reason(self, house: House) -> None:
        self.given_clusters(house, K3=range(1, 11))

        for adoption in ("NOT_ADOPTED", "PARTLY_ADOPTED"):
            with house.refuses("UNADOPTED_WITHOUT_REASON", cluster="K3", comments=10, total=40):
                self.feedback(house, {"cluster": "K3", "adoption": adoption})
        self.feedback(house, {"cluster": "K3", "adoption": "NOT_ADOPTED", "reason": "资金所限"})

        [row] = findings.unadopted(house.entries(), BUILT_IN)
        assert (row.cluster, row.comments, row.concentrated, row.reason) == ("K3", 10, True, "资金所限")

    @requirement("R111")
    @pytest.mark.parametrize(("members", "refused"), [(1, False), (2, True)])
    def test_a_share_of_five_in_a_hundred_is_concentrated_too(self, house: House, members: int, refused: bool) -> None:
        self.given_clusters(house, comments=40, K1=range(1, members + 1))

        if refused:
            with house.refuses("UNADOPTED_WITHOUT_REASON"):
                self.feedback(house, {"cluster": "K1", "adoption": "NOT_ADOPTED"})
        else:
            self.feedback(house, {"cluster": "K1", "adoption": "NOT_ADOPTED"})

    @requirement("R111")
    def test_so_many_comments_are_concentrated_whatever_their_share(self, house: House) -> None:
        house.as_("G01").adopt_ruleset(
            ruleset="RS-143",
            document_number="号",
            title_zh="细则",
            effective_from="2025-01-01",
            parameters={"concentrated_percent": 90},
        )
        self.given_clusters(house, K1=range(1, 10), K2=range(11, 21))

        with house.refuses("UNADOPTED_WITHOUT_REASON", cluster="K2", comments=10):
            self.feedback(
                house, {"cluster": "K1", "adoption": "NOT_ADOPTED"}, {"cluster": "K2", "adoption": "NOT_ADOPTED"}
            )

    @requirement("R111")
    def test_what_is_concentrated_is_a_parameter_of_the_ruleset(self, house: House) -> None:
        house.as_("G01").adopt_ruleset(
            ruleset="RS-143",
            document_number="号",
            title_zh="细则",
            effective_from="2025-01-01",
            parameters={"concentrated_comments": 20, "concentrated_percent": 50},
        )
        self.given_clusters(house, K1=range(1, 20))
        before = house.size

        self.feedback(house, {"cluster": "K1", "adoption": "NOT_ADOPTED"})

        assert "decision.feedback_published/1" in types_of(house.since(before))

    @requirement("R110")
    def test_every_cluster_is_answered_and_none_that_there_is_not(self, house: House) -> None:
        self.given_clusters(house, K1=range(1, 3), K2=range(3, 5))

        with house.refuses("ADOPTION_TABLE_INCOMPLETE", missing="K2"):
            self.feedback(house, {"cluster": "K1", "adoption": "ADOPTED"})
        with house.refuses("CLUSTER_UNKNOWN", cluster="K9"):
            self.feedback(house, {"cluster": "K9", "adoption": "ADOPTED"})

    @requirement("R110")
    def test_a_closed_consultation_without_feedback_is_flagged_until_there_is_one(self, house: House) -> None:
        in_consultation(house)
        assert findings.without_feedback(house.entries()) == []
        house.as_("D02", at="2025-04-18T09:00+08:00").close_comment_period(decision="MD-01")
        assert findings.without_feedback(house.entries()) == ["MD-01"]

        ready(house, "I-F")
        self.feedback(house)

        assert findings.without_feedback(house.entries()) == []

    @requirement("R110")
    def test_a_decision_without_feedback_says_so(self, house: House) -> None:
        decision = closed(house)

        decide(house, decision)

        assert findings.decisions_in_breach(house.entries()) == {"MD-01": ["FEEDBACK_MISSING"]}

    @requirement("R110")
    def test_nothing_is_told_while_comments_are_open_nor_twice(self, house: House) -> None:
        in_consultation(house)
        ready(house, "I-F", "I-G")
        with house.refuses("COMMENT_PERIOD_OPEN"):
            self.feedback(house)
        house.as_("D02", at="2025-04-18T09:00+08:00").close_comment_period(decision="MD-01")
        self.feedback(house)

        with house.refuses("FEEDBACK_ALREADY_PUBLISHED", publication="I-F#1"):
            self.feedback(house, item="I-G")
        with house.refuses("FEEDBACK_ALREADY_PUBLISHED"):
            house.as_("D02").cluster_comments(decision="MD-01", cluster="K1", title="…", comments=[1])

    def test_a_cluster_grows_and_counts_nobody_twice(self, house: House) -> None:
        self.given_clusters(house, K1=range(1, 4))
        house.as_("D02").cluster_comments(decision="MD-01", cluster="K1", title="…", comments=[3, 4])
        before = house.size

        self.feedback(house, {"cluster": "K1", "adoption": "ADOPTED"})

        assert dict(house.since(before))["decision.feedback_published/1"]["adoption"][0]["comments"] == 4

    def test_a_comment_that_never_came_is_in_no_cluster(self, house: House) -> None:
        commented(house, 3)

        with house.refuses("COMMENT_UNKNOWN", number=4, count=3):
            house.as_("D02").cluster_comments(decision="MD-01", cluster="K1", title="…", comments=[1, 4])


class TestParticipation:
    @requirement("R105")
    def test_a_decision_nobody_was_asked_about_is_refused(self, house: House) -> None:
        decision = published(house)

        with house.refuses("PARTICIPATION_MISSING", decision=decision):
            decide(house, decision)

    @requirement("R105")
    def test_or_flagged_as_the_ruleset_says(self, house: House) -> None:
        house.as_("G01").adopt_ruleset(
            ruleset="RS-143",
            document_number="号",
            title_zh="细则",
            effective_from="2025-01-01",
            parameters={"decision_without_participation": "FLAG"},
        )
        decision = published(house)

        decide(house, decision)

        assert findings.decisions_in_breach(house.entries()) == {decision: ["PARTICIPATION_MISSING"]}

    @requirement("R105")
    @pytest.mark.parametrize("mode", ["CONSULTATION", "HEARING", "ADVISORY", "ATTENDANCE"])
    def test_any_of_the_four_ways_will_do(self, house: House, mode: str) -> None:
        decision = published(house)
        house.as_("D02").record_participation(
            decision=decision, mode=mode, held_on="2025-03-18", participants=12, summary="座谈", source="meeting/MT-07"
        )
        before = house.size

        decide(house, decision)

        assert house.since(before)[0][1]["flags"] == []

    @requirement("R112")
    def test_a_new_mode_is_registered_and_used_without_a_change_to_the_program(self, house: House) -> None:
        decision = published(house)
        seen = {"decision": decision, "held_on": "2025-03-18", "participants": 300, "summary": "线上投票"}
        with house.refuses("PARTICIPATION_MODE_UNKNOWN", mode="ONLINE_VOTE"):
            house.as_("D02").record_participation(mode="ONLINE_VOTE", **seen)
        house.as_("G01").register_participation_mode(
            mode="ONLINE_VOTE", unit="U01", name_zh="线上投票", name_en="Online vote", summary="居民投票"
        )
        before = house.size

        house.as_("D02").record_participation(mode="ONLINE_VOTE", **seen)
        decide(house, decision)

        assert types_of(house.since(before)) == ["decision.participation_recorded/1", "decision.taken/1"]

    @requirement("R112")
    @pytest.mark.parametrize("mode", ["HEARING", "ONLINE_VOTE"])
    def test_a_mode_is_registered_once(self, house: House, mode: str) -> None:
        words = {"unit": "U01", "name_zh": "方式", "name_en": "mode", "summary": "…"}
        house.as_("G01").register_participation_mode(mode="ONLINE_VOTE", **words)

        with house.refuses("ALREADY_REGISTERED"):
            house.as_("G01").register_participation_mode(mode=mode, **words)

    @requirement("R18")
    def test_after_the_decision_nothing_before_it_can_be_made_up_for(self, house: House) -> None:
        closed(house)
        decide(house, at="2025-04-30T15:00+08:00")
        seen = {"mode": "HEARING", "held_on": "2025-04-30", "participants": 1, "summary": "…"}

        with house.refuses("DECISION_ALREADY_TAKEN"):
            house.as_("D02").record_participation(decision="MD-01", **seen)
        with house.refuses("DECISION_ALREADY_TAKEN"):
            decide(house)
        with house.refuses("DECISION_ALREADY_TAKEN"):
            house.as_("P02").publish_decision_draft(decision="MD-01", **both())
        with house.refuses("DECISION_ALREADY_TAKEN"):
            house.as_("G01").review_major_decision(decision="MD-01", conclusion="NOT_MAJOR")


class TestMeetings:
    @requirement("R14")
    @pytest.mark.parametrize(("adopted_on", "flags"), [("2017-12-31", []), ("2018-01-01", ["ADOPTED_LATE"])])
    def test_the_system_was_due_by_the_end_of_2017(self, house: House, adopted_on: str, flags: list[str]) -> None:
        before = house.size

        house.as_("G01").adopt_attendance_system(title="列席会议制度", adopted_on=adopted_on)
        house.as_("G01").adopt_attendance_system(title="列席会议制度(修订)", adopted_on="2024-06-01")

        assert [(data["version"], data["flags"]) for _, data in house.since(before)] == [(1, flags), (2, [])]

    @requirement("R14")
    def test_it_is_not_adopted_in_advance(self, house: House) -> None:
        with house.refuses("INVALID", field="adopted_on"):
            house.as_("G01").adopt_attendance_system(title="制度", adopted_on=house.now.date() + timedelta(days=1))

    @requirement("R15")
    def test_who_was_invited_and_who_came_is_recorded_by_category(self, house: House) -> None:
        invited = [{"category": str(category), "number": 1} for category in AttendeeCategory if category != "OTHER"]
        came = [{**count, "number": int(count["category"] != "MEDIA")} for count in invited]

        house.as_("G01", at="2025-04-29T09:00+08:00").invite_attendee(
            meeting="MT-07", unit="U01", title="第7次常务会议", held_on="2025-04-30", invited=invited
        )
        house.as_("G01", at="2025-04-30T15:00+08:00").record_attendance(meeting="MT-07", attendance=came)

        assert findings.absent(house.entries(), "MT-07") == ["MEDIA"]

    @requirement("R15")
    def test_the_categories_are_the_five_of_the_rules_and_other(self, house: House) -> None:
        assert [category.zh for category in AttendeeCategory] == [
            "利益相关方",
            "公众代表",
            "专家",
            "媒体",
            "法律顾问",
            "其他",
        ]
        with house.refuses("INVALID", field="invited.category"):
            house.as_("G01").invite_attendee(
                meeting="MT-07",
                unit="U01",
                title="会议",
                held_on="2025-04-30",
                invited=[{"category": "FRIEND", "number": 1}],
            )

    @requirement("R15")
    def test_nobody_attends_a_meeting_to_which_nobody_was_invited_or_that_is_to_come(self, house: House) -> None:
        came = [{"category": "EXPERT", "number": 1}]
        house.as_("G01").invite_attendee(meeting="MT-07", unit="U01", title="会议", held_on="2025-04-30", invited=came)

        with house.refuses("MEETING_UNKNOWN", meeting="MT-08"):
            house.as_("G01").record_attendance(meeting="MT-08", attendance=came)
        with house.refuses("INVALID", field="attendance"):
            house.as_("G01", at="2025-04-29T09:00+08:00").record_attendance(meeting="MT-07", attendance=came)
