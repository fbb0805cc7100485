"""The annual report filled from entries: every cell from what was recorded, and what was not stays blank."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from ledger.entry import Entry
from projections.annual.document_json import as_json
from projections.annual.filling import DISTRICT, Compiled, compile_report
from projections.annual.form import APPLICANTS, PARTS, PRESENT, TRIAL, Cell, YearReport, cells_of
from projections.annual.identities import check
from projections.annual.layout import table, width
from projections.annual.letter import letter
from projections.annual.table_file import read_reports
from projections.annual.workbook import workbook

KINDS = [kind for kind in APPLICANTS if kind != "total"]
NOON = "T04:00:00.000000Z"


class Story:
    """Entries one after the other, as far as a report looks at them."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        for unit, kind in (("U01", "district_office"), ("U02", "department"), ("X01", "external")):
            self.tell("unit.registered/1", "2018-01-02", unit=unit, kind=kind, name_zh=unit, name_en=unit, code=None)

    def tell(self, type_: str, day: str, **data: Any) -> "Story":
        position, then = len(self.entries) + 1, datetime.fromisoformat(f"{day}T04:00:00+00:00").astimezone(UTC)
        names = list(Entry.__dataclass_fields__)
        given = {"position": position, "type": type_, "data": data, "occurred_at": then, "recorded_at": then}
        self.entries.append(Entry(**{name: given.get(name) for name in names}))
        return self

    def asked(self, request: str, day: str, unit: str = "U02", kind: str = "natural_person") -> "Story":
        return self.tell("request.received/1", day, request=request, unit=unit, applicant_kind=kind, received_on=day)

    def replied(self, request: str, day: str, row: str) -> "Story":
        return self.tell("request.replied/1", day, request=request, replied_on=day, row=row)

    def drafted(self, item: str, day: str, unit: str = "U02", **more: Any) -> "Story":
        return self.tell("document.drafted/1", day, item=item, unit=unit, **{"policy": False, "theme": None, **more})

    def published(self, item: str, day: str, number: str | None = "某政〔2025〕1号", unit: str = "U02") -> "Story":
        return self.tell(
            "publication.published/1", day, item=item, unit=unit, document_number=number, written_on=None,
            published_at=f"{day}{NOON}",
        )  # fmt: skip

    def report(self, year: int, unit: str | None = None, until: int | None = None) -> Compiled:
        known = self.entries[:until]

        def read(types: Sequence[str]) -> Iterable[Entry]:
            return (entry for entry in known if entry.type in types)

        return compile_report(read, year, unit, len(known))


def cells(compiled: Compiled, table: int, column: str = "total") -> dict[str, Any]:
    """The rows of a table that are not nothing, in one column."""
    found = compiled.report.cells.items()
    return {cell.row: count for cell, count in found if (cell.table, cell.column) == (table, column) and count}


class TestTableTwo:
    @pytest.fixture
    def story(self) -> Story:
        story = (
            Story().asked("Q-1", "2024-12-20").asked("Q-2", "2025-03-03", kind="business").asked("Q-3", "2025-12-22")
        )
        return (
            story.replied("Q-1", "2025-01-10", "3.1")
            .replied("Q-2", "2025-04-01", "3.4.1")
            .asked("Q-4", "2025-06-01", "U01")
        )

    def test_counts_what_came_and_what_became_of_it(self, story: Story) -> None:
        report = story.report(2025, "U02")

        assert cells(report, 2) == {"1": 2, "2": 1, "3.1": 1, "3.4.1": 1, "3.7": 2, "4": 1}
        assert cells(report, 2, "business") == {"1": 1, "3.4.1": 1, "3.7": 1}
        assert report.faults == []

    def test_the_district_is_the_sum_of_its_units(self, story: Story) -> None:
        report = story.report(2025)

        assert cells(report, 2) == {"1": 3, "2": 1, "3.1": 1, "3.4.1": 1, "3.7": 2, "4": 2}
        assert [fault.sentence_zh for fault in report.faults] == []

    def test_speaks_of_what_was_known_at_the_cut_off(self, story: Story) -> None:
        before_the_replies = story.report(2025, "U02", until=6)

        assert cells(before_the_replies, 2) == {"1": 2, "2": 1, "4": 3}

    def test_the_trial_form_has_one_row_for_other_handling(self) -> None:
        story = Story().asked("Q-1", "2020-03-03").replied("Q-1", "2020-03-20", "3.6.2")

        report = story.report(2020, "U02")

        assert cells(report, 2) == {"1": 1, "3.6": 1, "3.7": 1}
        assert report.faults == []

    def test_an_answer_that_the_organ_took_back_to_itself_is_counted_once(self, story: Story) -> None:
        story.replied("Q-1", "2025-05-05", "3.3.4")

        assert cells(story.report(2025, "U02"), 2)["3.7"] == 2

    def test_what_is_recorded_after_a_report_was_compiled_shows_in_the_next(self, story: Story) -> None:
        as_compiled = [
            {"row": row, **dict.fromkeys(KINDS, 0), "total": 0} for row in ("1", "2", *PARTS[PRESENT], "3.7", "4")
        ]
        story.tell("annual_report.compiled/1", "2025-01-05", year=2024, unit="U02", scope="UNIT", table_two=as_compiled)

        report = story.report(2025, "U02")

        assert [(fault.identity, fault.column, fault.found, fault.expected) for fault in report.faults] == [
            ("d", "自然人", 1, 0),
            ("d", "总计", 1, 0),
        ]


class TestTableThree:
    @pytest.fixture
    def story(self) -> Story:
        story = Story().asked("Q-1", "2024-10-01").asked("Q-2", "2025-01-06")
        story.tell("request.reconsideration_filed/1", "2024-12-01", request="Q-1", filed_on="2024-12-01")
        story.tell(
            "request.reconsideration_decided/1", "2025-02-01", request="Q-1", decided_on="2025-02-01", result="UPHELD"
        )
        story.tell(
            "request.litigation_filed/1", "2025-03-01", request="Q-1", filed_on="2025-03-01", after_reconsideration=True
        )
        story.tell(
            "request.litigation_filed/1",
            "2025-04-01",
            request="Q-2",
            filed_on="2025-04-01",
            after_reconsideration=False,
        )
        return story.tell(
            "request.litigation_judged/1", "2025-09-01", request="Q-2", judged_on="2025-09-01", result="CORRECTED"
        )

    def test_a_case_stands_by_its_result_when_it_is_concluded(self, story: Story) -> None:
        report = story.report(2025, "U02")

        assert cells(report, 3) == {"reconsideration": 1, "direct": 1, "afterwards": 1}
        assert cells(report, 3, "UPHELD") == {"reconsideration": 1}
        assert cells(report, 3, "CORRECTED") == {"direct": 1}
        assert cells(report, 3, "OPEN") == {"afterwards": 1}

    def test_and_as_open_at_the_end_of_the_years_before(self, story: Story) -> None:
        assert cells(story.report(2024, "U02"), 3, "OPEN") == {"reconsideration": 1}
        assert cells(story.report(2024, "U01"), 3) == {}


class TestTableOne:
    def test_policy_documents_with_a_number_are_made_and_repealed(self) -> None:
        story = Story()
        for item, day in (("I-1", "2024-05-05"), ("I-2", "2025-05-05"), ("I-3", "2025-06-06")):
            story.drafted(item, day, policy=True).published(item, day)
        story.drafted("I-4", "2025-07-01", policy=True).published("I-4", "2025-07-01", number=None)
        story.drafted("I-5", "2025-07-01").published("I-5", "2025-07-01")
        story.tell("publication.withdrawn/1", "2025-08-01", item="I-1", reason_code="REPEALED")
        story.tell("publication.withdrawn/1", "2025-08-01", item="I-2", reason_code="SUSPECTED_SECRET")

        report = story.report(2025, "U02").report.cells

        assert [report[Cell(1, "normative", column)] for column in ("made", "repealed", "valid")] == [2, 1, 2]
        assert story.report(2025, "U02").faults == []

    def test_decisions_count_whether_published_or_not_and_stay_blank_where_none_was_recorded(self) -> None:
        story = (
            Story().drafted("I-1", "2025-01-06", theme="行政许可决定").drafted("I-2", "2025-01-06", theme="行政许可")
        )
        story.tell("document.approved/1", "2025-02-06", item="I-1")

        report = story.report(2025, "U02")

        assert report.report.cells[Cell(1, "licence", "decisions")] == 1
        assert Cell(1, "penalty", "decisions") in report.blank
        assert Cell(1, "licence", "decisions") in story.report(2025, "U01").blank

    def test_old_registers_count_by_what_they_call_a_row(self) -> None:
        row = {"unit": "U02", "theme": None, "published_on": "2020-02-01", "written_on": "2019-12-30"}
        story = Story().tell("publication.historic_recorded/1", "2025-01-06", item="H-1", kind="规范性文件", **row)

        report = story.report(2020, "U02").report.cells

        of_form = ("newly_made", "newly_public", "public_total")
        assert [report[Cell(1, "normative", column)] for column in of_form] == [0, 1, 1]


class TestTheForm:
    @pytest.mark.parametrize(("year", "columns"), [(2025, [4, 10, 15]), (2019, [4, 10, 15])])
    def test_every_table_is_a_whole_rectangle(self, year: int, columns: list[int]) -> None:
        for number, wide in zip((1, 2, 3), columns, strict=True):
            rows = table(YearReport(year), number)
            boxes = sum(box.rows * box.columns for row in rows for box in row)

            assert width(rows) == wide
            assert boxes == wide * len(rows)

    @pytest.mark.parametrize("year", [2019, 2025])
    def test_shows_every_cell_once(self, year: int) -> None:
        shown = [box.cell for number in (1, 2, 3) for row in table(YearReport(year), number) for box in row if box.cell]

        assert sorted(shown) == sorted(cells_of(TRIAL if year < PRESENT else PRESENT))

    def test_says_what_the_form_says(self) -> None:
        captions = [box.text for number in (1, 2, 3) for row in table(YearReport(2025), number) for box in row]

        assert "第二十条第（八）项" in captions
        assert "本年收费金额（单位：万元）" in captions
        assert "（二）部分公开（区分处理的，只计这一情形，不计其他情形）" in captions
        assert "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请" in captions
        assert "未经复议直接起诉" in captions


@pytest.mark.parametrize("year", [2020, 2025])
def test_the_workbook_is_read_back_by_the_checker_cell_for_cell(year: int) -> None:
    story = Story().asked("Q-1", f"{year}-03-03").replied("Q-1", f"{year}-03-20", "3.3.4")
    story.drafted("I-1", f"{year}-05-05", policy=True).published("I-1", f"{year}-05-05")
    compiled = story.report(year)
    written = workbook(compiled, None, datetime(2026, 1, 6, tzinfo=UTC))

    (read,) = read_reports("年报.xlsx", written)

    assert (read.year, read.unit) == (year, DISTRICT)
    assert read.cells == compiled.report.cells
    assert check([read]) == []
    assert load_workbook(io.BytesIO(written)).sheetnames == ["表1", "表2", "表3", "说明"]


@pytest.mark.parametrize("year", [2020, 2025])
def test_the_letter_has_the_six_sections_and_the_figures_of_the_tables(year: int) -> None:
    compiled = Story().asked("Q-1", f"{year}-03-03").replied("Q-1", f"{year}-03-20", "3.3.4").report(year)

    document = Document(io.BytesIO(letter(compiled, None, datetime(2026, 1, 6, tzinfo=UTC))))

    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert [text[0] for text in headings] == ["一", "二", "三", "四", "五", "六", "填"]
    received = [cell.text for cell in document.tables[1].rows[3].cells]
    assert received == ["一、本年新收政府信息公开申请数量"] * 3 + ["1", "0", "0", "0", "0", "0", "1"]
    third_party = next(row for row in document.tables[1].rows if row.cells[2].text == "4.保护第三方合法权益")
    assert [cell.text for cell in third_party.cells][:4] == [
        "三、本年度办理结果",
        "（三）不予公开",
        "4.保护第三方合法权益",
        "1",
    ]
    assert [cell.text for cell in document.tables[2].rows[-1].cells] == ["0"] * 15


def test_json_says_every_cell_with_its_captions() -> None:
    told = as_json(Story().asked("Q-1", "2025-03-03").report(2025, "U02"))

    first = told["tables"]["2"]["rows"][0]
    assert (told["year"], told["unit"], told["edition"], told["position"]) == (2025, "U02", 2021, 4)
    assert first["label"] == "一、本年新收政府信息公开申请数量"
    assert first["cells"][0] == {"column": "natural_person", "label": "自然人", "value": 1}
    assert {"table": 1, "row": "charges", "column": "amount"} in told["blank"]
