"""The public is asked for thirty days, everything it says is numbered, and it is told what became of it (二) (十二)."""

from typing import Any

import pytest

from aggregates.deed import PUBLIC, Deed
from aggregates.participation import findings
from aggregates.registry import Registry
from aggregates.ruleset import BUILT_IN
from tests.aggregates.areas.participation import (
    closed,
    commented,
    decide,
    in_consultation,
    published,
    ready,
    registered,
    the_public,
)
from tests.aggregates.house import House, types_of

requirement = pytest.mark.requirement


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
    def test_a_comment_that_slips_in_while_they_are_counted_is_counted(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        decision = commented(house, 2)
        registry, last_number = house.registry, house.registry._last_number
        elsewhere, before = Registry(house.ledger), house.size

        def slow(*asked: Any) -> int:
            counted = last_number(*asked)
            if house.size == before:
                elsewhere.submit_comment(Deed(PUBLIC, house.now, "slips-in"), decision=decision, text="晚了")
            return counted

        monkeypatch.setattr(registry, "_last_number", slow)
        house.as_("D02", at="2025-04-18T09:00+08:00").close_comment_period(decision=decision)

        assert dict(house.since(before))["decision.comment_period_closed/1"]["comments"] == 3
        assert dict(house.since(before))["decision.comment_period_closed/1"]["late_comments"] == 1

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
