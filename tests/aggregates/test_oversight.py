"""Those who look after the record: findings, consultations, cases, old registers (十) (十七)."""

import pytest

from aggregates.historic import HistoricRow
from aggregates.refusal import Refusal
from ledger.append import Receipt
from tests.aggregates.house import House, types_of

requirement = pytest.mark.requirement


class TestFindings:
    def test_a_publication_past_the_register_is_written_down_as_a_breach(self, house: House) -> None:
        evidence = house.stored("网页快照", "snapshot.html")
        before = house.size

        house.as_("P05", at="2025-01-23T10:40+08:00").report_unregistered_publication(
            found="F-2025-001",
            item="I-5",
            unit="U05",
            channel="单位网站",
            title="拆迁公告",
            source="网站巡查",
            seen_published_at="2025-01-23T10:15+08:00",
            evidence=evidence,
        )

        [entry] = house.entries(before)
        assert (entry.stream, entry.type) == ("found/F-2025-001", "found.unregistered_publication/1")
        assert entry.data["found_at"] == "2025-01-23T02:40:00.000000Z"
        assert entry.data["seen_published_at"] == "2025-01-23T02:15:00.000000Z"
        assert entry.data["evidence"] == evidence

    def test_it_does_not_become_a_review_and_the_item_is_published_anew(self, house: House) -> None:
        house.as_("P05").report_unregistered_publication(
            found="F-1", item="I-5", unit="U05", channel="单位网站", title="公告", source="巡查"
        )
        house.approved("I-5", "U05")

        with house.refuses("NOT_REVIEWED"):
            house.as_("P05").publish_information(item="I-5", channels=["CH-01"])

    def test_a_finding_is_given_its_number_once(self, house: House) -> None:
        finding = {"found": "F-1", "unit": "U05", "channel": "网站", "title": "公告", "source": "巡查"}
        house.as_("J01").report_unregistered_publication(**finding)

        with house.refuses("ALREADY_REGISTERED"):
            house.as_("J01").report_unregistered_publication(**finding)


class TestConsultation:
    @requirement("R97")
    def test_reading_is_on_the_record(self, house: House) -> None:
        before = house.size

        house.as_("J01").consult_ledger(
            query="谁发布了 I-25", subject="I-25", as_of="2025-07-02T01:00:00.000000Z", result_count=7
        )

        [entry] = house.entries(before)
        assert entry.actor.officer == "J01"
        assert (entry.type, entry.data) == (
            "ledger.consulted/1",
            {
                "query": "谁发布了 I-25",
                "subject": "I-25",
                "as_of": "2025-07-02T01:00:00.000000Z",
                "result_count": 7,
            },
        )

    @requirement("R97")
    def test_a_drafter_is_no_inspector(self, house: House) -> None:
        with house.refuses("POST_NOT_ENTITLED"):
            house.as_("D02").consult_ledger(query="…", subject="I-1", result_count=0)


class TestCases:
    def given_a_case(self, house: House) -> None:
        house.published("I-25")
        house.as_("T04").open_case(case="AC-1", ground="IMPROPER_DISCLOSURE", effect="造成不良影响", item="I-25")

    @requirement("R98")
    def test_a_finding_cites_positions_of_this_ledger(self, house: House) -> None:
        self.given_a_case(house)
        before = house.size

        house.as_("T04").determine_responsibility(
            case="AC-1",
            officer="S02",
            responsibility_class="DIRECT",
            finding="审查不严",
            evidence_positions=[before - 1, 3],
        )

        [(type_, data), (_, pinned)] = house.since(before)
        assert type_ == "case.responsibility_determined/1"
        assert data["evidence_positions"] == [3, before - 1]
        assert [one["position"] for one in pinned["pinned"]] == [3, before - 1]

    @requirement("R98")
    def test_a_finding_without_evidence_is_none(self, house: House) -> None:
        self.given_a_case(house)

        with house.refuses("EVIDENCE_MISSING", case="AC-1"):
            house.as_("T04").determine_responsibility(
                case="AC-1", officer="S02", responsibility_class="DIRECT", finding="…", evidence_positions=[]
            )

    @requirement("R98")
    def test_evidence_that_is_not_in_the_ledger_is_none(self, house: House) -> None:
        self.given_a_case(house)

        with house.refuses("EVIDENCE_UNKNOWN", position=99_999):
            house.as_("T04").determine_responsibility(
                case="AC-1",
                officer="S02",
                responsibility_class="DIRECT",
                finding="…",
                evidence_positions=[99_999],
            )

    @requirement("R98")
    def test_a_measure_follows_a_finding(self, house: House) -> None:
        self.given_a_case(house)

        with house.refuses("RESPONSIBILITY_NOT_DETERMINED", officer="S02"):
            house.as_("T04").impose_measure(case="AC-1", officer="S02", measure="通报批评", basis="(十七)")

    @requirement("R98")
    def test_a_case_names_a_registered_officer(self, house: House) -> None:
        self.given_a_case(house)

        with house.refuses("OFFICER_NOT_REGISTERED"):
            house.as_("T04").determine_responsibility(
                case="AC-1",
                officer="N01",
                responsibility_class="DIRECT",
                finding="…",
                evidence_positions=[1],
            )

    def test_a_case_must_be_open(self, house: House) -> None:
        with house.refuses("CASE_UNKNOWN", case="AC-9"):
            house.as_("T04").impose_measure(case="AC-9", officer="S02", measure="…", basis="…")

    @requirement("R98")
    def test_the_whole_way_to_a_measure(self, house: House) -> None:
        self.given_a_case(house)
        house.as_("T04").determine_responsibility(
            case="AC-1",
            officer="S02",
            responsibility_class="DIRECT",
            finding="审查不严",
            evidence_positions=[house.size],
        )
        before = house.size

        house.as_("T04").impose_measure(case="AC-1", officer="S02", measure="通报批评", basis="实施细则(十七)")

        assert types_of(house.since(before)) == ["case.measure_imposed/1"]


def a_row(line: int, item: str = "", **more) -> HistoricRow:
    source = {"file": "登记簿.csv", "line": line, "row_sha256": f"{line:064x}"}
    return HistoricRow(item or f"H-{line}", source, f"第{line}号公告", "原某局", **more)


class TestOldRegisters:
    def test_every_row_is_a_command_of_its_own_in_its_order(self, house: House) -> None:
        before = house.size

        answers = list(house.as_("R01").record_historic(rows=(a_row(line) for line in range(1, 1201))))

        assert all(isinstance(answer, Receipt) for answer in answers)
        assert [data["item"] for _, data in house.since(before)] == [f"H-{line}" for line in range(1, 1201)]
        assert len({answer.command_id for answer in answers}) == 1200

    def test_a_row_says_what_the_register_said_and_nothing_of_a_review(self, house: House) -> None:
        before = house.size

        list(
            house.as_("R01").record_historic(
                rows=[a_row(7, number="无", written_on="2017-08-09", published_on="2017-11-06")]
            )
        )

        [(type_, data)] = house.since(before)
        assert type_ == "publication.historic_recorded/1"
        assert (data["publication"], data["number"], data["unit_name"]) == ("H-7#1", "无", "原某局")
        assert not {"review", "reviewer", "approver"} & data.keys()

    def test_taking_the_same_file_over_again_records_nothing_twice(self, house: House) -> None:
        rows = [a_row(line) for line in range(1, 50)]
        first = list(house.as_("R01").record_historic(rows=rows))
        before = house.size

        again = list(house.as_("R01").record_historic(rows=rows))

        assert [answer.positions for answer in again] == [answer.positions for answer in first]
        assert all(answer.replayed for answer in again)
        assert house.since(before) == []

    def test_two_rows_of_one_item_are_two_publications(self, house: House) -> None:
        before = house.size

        list(house.as_("R01").record_historic(rows=[a_row(1, "H-1"), a_row(2, "H-1"), a_row(3, "H-1")]))

        assert [data["publication"] for _, data in house.since(before)] == ["H-1#1", "H-1#2", "H-1#3"]

    def test_a_row_of_an_item_that_is_there_already_comes_after_it(self, house: House) -> None:
        list(house.as_("R01").record_historic(rows=[a_row(1, "H-1")]))
        before = house.size

        list(house.as_("R01").record_historic(rows=[a_row(2, "H-1"), a_row(3, "H-1")]))

        assert {data["publication"] for _, data in house.since(before)} == {"H-1#2", "H-1#3"}

    def test_a_malformed_row_is_refused_alone_and_may_come_again(self, house: House) -> None:
        before = house.size
        rows = [a_row(1), a_row(2, written_on="2017年8月"), a_row(3)]

        answers = list(house.as_("R01").record_historic(rows=rows))

        assert isinstance(answers[1], Refusal)
        assert (answers[1].code, answers[1].details["field"]) == ("INVALID", "written_on")
        assert sorted(types_of(house.since(before))) == [
            "attempt.refused/1",
            "publication.historic_recorded/1",
            "publication.historic_recorded/1",
        ]
        [mended] = house.as_("R01").record_historic(rows=[a_row(2, written_on="2017-08-09")])
        assert isinstance(mended, Receipt)

    def test_the_longest_row_there_may_be_still_fits_an_entry(self, house: House) -> None:
        wide, wider = "\U00020000" * 500, "\U00020000" * 4000
        row = HistoricRow(
            "H-1",
            {"file": wide, "line": 1, "row_sha256": "1" * 64},
            wider,
            wide,
            number=wide,
            channel_name=wide,
            kind=wide,
            theme=wide,
            supersedes=wide,
            note=wider,
        )

        [answer] = house.as_("R01").record_historic(rows=[row])

        assert isinstance(answer, Receipt)

    def test_a_row_without_its_source_is_refused(self, house: House) -> None:
        [answer] = house.as_("R01").record_historic(rows=[HistoricRow("H-1", "登记簿", "公告", "某局")])

        assert isinstance(answer, Refusal)
        assert answer.details["field"] == "source"

    def test_an_old_publication_is_no_hindrance_to_a_new_one(self, house: House) -> None:
        house.cleared("H-1")
        list(house.as_("R01").record_historic(rows=[a_row(1, "H-1")]))
        before = house.size

        house.as_("P02", at="2025-06-01T09:00+08:00").publish_information(item="H-1", channels=["CH-01"])

        assert house.since(before)[0][1]["publication"] == "H-1#2"
