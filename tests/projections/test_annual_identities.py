"""The identities of the annual report: each broken once and named by its cell, on files from anywhere."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from projections.annual.form import PRESENT, TRIAL, Cell, YearReport, cells_of
from projections.annual.identities import Fault, check
from projections.annual.table_file import TableFileUnreadable, read_reports

SHARED = Path(__file__).parents[3] / "shared" / "data"
TABLE_TWO = SHARED / "annual_report_table2_pingtan_2019_2025.csv"
ALL_TABLES = SHARED / "annual_report_tables_pingtan.json"

PERSON, FIRM = "natural_person", "business"


def a_report(year: int = 2024, unit: str = "") -> YearReport:
    """A report in which everything holds: five came, one was left over, five were dealt with, one goes on."""
    report = YearReport(year, unit, dict.fromkeys(cells_of(PRESENT if year >= 2021 else TRIAL), 0))
    for row, count in (("1", 5), ("2", 1), ("3.1", 3), ("3.4.1", 2), ("3.7", 5), ("4", 1)):
        report.cells[Cell(2, row, PERSON)] = report.cells[Cell(2, row, "total")] = count
    report.cells[Cell(3, "direct", "UPHELD")] = report.cells[Cell(3, "direct", "total")] = 2
    if year >= PRESENT:
        report.cells.update({Cell(1, "normative", "made"): 3, Cell(1, "normative", "valid"): 10})
    return report


def broken(cell: Cell, value: int, year: int = 2024) -> list[Fault]:
    report = a_report(year)
    report.cells[cell] = value
    return check([report])


def said(faults: list[Fault]) -> list[tuple[str, str, str, object, object]]:
    return [(fault.identity, fault.row, fault.column, fault.found, fault.expected) for fault in faults]


@pytest.mark.parametrize("year", [2019, 2024])
def test_finds_nothing_where_everything_holds(year: int) -> None:
    assert check([a_report(year)]) == []


class TestWithinAReport:
    def test_what_came_in_is_dealt_with_or_goes_on(self) -> None:
        faults = broken(Cell(2, "1", PERSON), 6)

        assert said(faults) == [
            ("a", "三（七）总计", "自然人", 6, 7),
            ("c", "一、本年新收政府信息公开申请数量", "总计", 5, 6),
        ]

    def test_the_total_of_part_three_is_the_sum_of_its_rows(self) -> None:
        faults = broken(Cell(2, "3.4.1", FIRM), 1)

        assert said(faults) == [
            ("b", "三（七）总计", "商业企业", 0, 1),
            ("c", "三（四）1.本机关不掌握相关政府信息", "总计", 2, 3),
        ]

    def test_the_total_of_table_three_is_the_sum_of_its_results(self) -> None:
        faults = broken(Cell(3, "direct", "OPEN"), 1)

        assert said(faults) == [("e", "行政诉讼：未经复议直接起诉", "总计", 2, 3)]

    def test_a_blank_cell_is_named(self) -> None:
        report = a_report()
        del report.cells[Cell(2, "3.6.3", "research")]

        assert said(check([report])) == [("blank", "三（六）3.其他", "科研机构", None, None)]

    def test_the_text_says_what_the_tables_say(self) -> None:
        report = a_report()
        report.claims.update({"收到": 5, "办结": 4, "诉讼": 2, "无法提供": 2})

        assert said(check([report])) == [("g", "报告文字", "办结", 4, 5)]

    @pytest.mark.parametrize(("received", "identities"), [(5, []), (6, []), (7, ["g"])])
    def test_received_may_mean_with_those_carried_over(self, received: int, identities: list[str]) -> None:
        report = a_report()
        report.claims["收到"] = received

        assert [fault.identity for fault in check([report])] == identities

    def test_nobody_is_dropped_for_a_fee_that_was_not_charged(self) -> None:
        report = a_report()
        report.claims["信息处理费"] = 0
        for row, count in (("3.6.2", 2), ("3.4.1", 0)):
            report.cells[Cell(2, row, PERSON)] = report.cells[Cell(2, row, "total")] = count

        (fault,) = check([report])

        assert (fault.identity, fault.found, fault.column) == ("g", 2, "总计")
        assert "未收取信息处理费" in fault.sentence_zh


class TestBetweenReports:
    def test_a_year_begins_with_what_the_last_one_left(self) -> None:
        after = a_report(2025)
        for row, count in (("2", 0), ("4", 0)):
            after.cells[Cell(2, row, PERSON)] = after.cells[Cell(2, row, "total")] = count
        after.cells[Cell(1, "normative", "valid")] = 13

        faults = check([after, a_report(2024)])

        assert [(fault.year, *said([fault])[0]) for fault in faults] == [
            (2025, "d", "二、上年结转政府信息公开申请数量", "自然人", 0, 1),
            (2025, "d", "二、上年结转政府信息公开申请数量", "总计", 0, 1),
        ]

    def test_the_stock_in_force_only_warns(self) -> None:
        faults = check([a_report(2024), a_report(2025)])

        assert said(faults) == [("f", "行政规范性文件", "现行有效件数", 10, 13)]
        assert [fault.warning for fault in faults] == [True]

    def test_the_district_is_the_sum_of_its_units(self) -> None:
        district = a_report(unit="全区")
        faults = check([district, a_report(unit="教育局"), a_report(unit="民政局")])

        assert faults
        assert {fault.identity for fault in faults} == {"h"}
        assert ("h", "三（一）予以公开", "自然人", 3, 6) in said(faults)


HEADER = ["年度", "类别", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def as_csv(*rows: list[object]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


class TestFiles:
    def test_reads_figures_with_and_without_numbers_before_the_captions(self) -> None:
        rows = [[2022, "三（三）1.属于国家秘密", "1,000", *[0] * 5, 1000], [2022, "结转下年度继续办理", *[0] * 7]]

        (report,) = read_reports("表.csv", as_csv(HEADER, *rows))

        assert report.cells[Cell(2, "3.3.1", PERSON)] == 1000
        assert report.cells[Cell(2, "4", "total")] == 0

    def test_reads_what_office_programs_write_in_china(self) -> None:
        content = as_csv(HEADER, [2022, "予以公开", *[0] * 7]).decode().encode("gb18030")

        assert read_reports("表.csv", content)[0].cells[Cell(2, "3.1", "total")] == 0

    @pytest.mark.parametrize(
        ("row", "sentence"),
        [
            ([2022, "予以公开", "8100009x", *[0] * 6], r"C2单元格“8100009x”不是数"),
            ([2022, "予以公开", "NaN", *[0] * 6], r"C2单元格“NaN”不是数"),
            ([2022, "基本公开", *[0] * 7], r"第2行的“基本公开”不是2021年格式表2的行"),
            (["", "予以公开", *[0] * 7], r"第2行没有写明年度"),
        ],
    )
    def test_says_which_cell_it_cannot_read(self, row: list[object], sentence: str) -> None:
        with pytest.raises(TableFileUnreadable, match=sentence):
            read_reports("表.csv", as_csv(HEADER, row))

    def test_a_figure_said_twice_must_be_the_same(self) -> None:
        twice = [[2022, "予以公开", count, *[0] * 6] for count in (1, 2)]

        with pytest.raises(TableFileUnreadable, match="C3单元格与前面所填不一致"):
            read_reports("表.csv", as_csv(HEADER, *twice))

    @pytest.mark.parametrize(("name", "content"), [("a.csv", b"a,b\n1,2\n"), ("a.xlsx", b"PK\x03\x04")])
    def test_a_file_without_tables_is_no_report(self, name: str, content: bytes) -> None:
        with pytest.raises(TableFileUnreadable):
            read_reports(name, content)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="there is no design data beside the project")
class TestSevenRealReports:
    def test_finds_exactly_what_is_wrong_with_table_two(self) -> None:
        faults = check(read_reports(TABLE_TWO.name, TABLE_TWO.read_bytes()))

        assert [(fault.year, *said([fault])[0]) for fault in faults] == [
            (2020, "b", "三（七）总计", "自然人", 20, 26),
            (2020, "b", "三（七）总计", "总计", 21, 27),
        ]

    def test_finds_exactly_what_is_wrong_with_all_tables_and_the_text(self) -> None:
        faults = check(read_reports("年报.xlsx", everything()))

        assert [(fault.year, fault.identity, fault.column, fault.found, fault.expected) for fault in faults] == [
            (2020, "b", "自然人", 20, 26),
            (2020, "b", "总计", 21, 27),
            (2023, "f", "现行有效件数", 470, 643),
            (2024, "f", "现行有效件数", 440, 499),
            (2025, "g", "总计", 2, 0),
            (2025, "f", "现行有效件数", 546, 453),
        ]


def everything() -> bytes:
    """The seven reports as one workbook: table 2 as it is, tables 1 and 3 and the text's figures from the other file."""
    told = json.loads(ALL_TABLES.read_text(encoding="utf-8"))
    book = Workbook()
    for row in csv.reader(TABLE_TWO.read_text(encoding="utf-8").splitlines()):
        book.active.append(row)
    first = book.create_sheet("表1")
    for year, figures in told["table1"].items():
        first.append(["年度", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数"])
        first.append([year, "行政规范性文件", *figures["行政规范性文件"]])
        first.append(["年度", "信息内容", "本年收费金额（单位：万元）"])
        first.append([year, "行政事业性收费", figures["行政事业性收费_万元"]])
    third = book.create_sheet("表3")
    third.append(["年度", "类别", *told["table3_columns"]])
    for year, groups in told["table3"].items():
        for name, figures in zip(("行政复议", "未经复议直接起诉", "复议后起诉"), groups, strict=True):
            third.append([year, name, *figures])
    text = book.create_sheet("文字")
    text.append(["年度", "文字所述", "数值"])
    for year, claims in told["narrative_claims"].items():
        for name, figure in claims.items():
            text.append([year, name, figure])
    text.append([2025, "信息处理费", 0])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_keeps_fractions_exactly() -> None:
    rows = [["年度", "信息内容", "本年收费金额（单位：万元）"], [2025, "行政事业性收费", "4166.241619"]]

    (report,) = read_reports("表.csv", as_csv(*rows))

    assert report.cells == {Cell(1, "charges", "amount"): Decimal("4166.241619")}
