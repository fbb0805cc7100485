"""Reading a register: what a row says, why one is rejected, and when a whole file is refused."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from cli.failure import Failure
from cli.imports.mapping import Mapping, load_mapping, shipped_mappings
from cli.imports.records import HistoricRecord, Reader, Rejected
from cli.imports.rows import open_register
from cli.imports.scratch import Placement, Scratch
from cli.imports.workbook import SharedStrings

TODAY = dt.date(2025, 12, 31)
TOML = """
name = "old"
key = ["no"]
dates = ["%Y-%m-%d", "%Y年%m月%d日", "roc"]
nothing = ["无"]
[columns]
number = "no"
title = "title"
unit_name = "unit"
published_on = "day"
note = ["a", "b"]
[constants]
channel_name = "公报"
[units]
"区财政局" = "U04"
"""
HEADER = "no,title,unit,day,a,b\n"


@pytest.fixture
def mapping(tmp_path: Path) -> Mapping:
    return written_mapping(tmp_path, TOML)


def written_mapping(folder: Path, toml: str) -> Mapping:
    path = folder / "old.toml"
    path.write_text(toml, encoding="utf-8")
    return load_mapping(str(path))


def csv(folder: Path, content: str | bytes) -> Path:
    path = folder / "register.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def xlsx(folder: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    path = folder / "register.xlsx"
    book.save(path)
    return path


def with_shared_texts(folder: Path, texts: list[str], rows: list[list[int]]) -> Path:
    """A workbook as other programs write it: every cell names its text by number."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    cells = [
        "".join(f'<c r="{chr(65 + place)}{line}" t="s"><v>{number}</v></c>' for place, number in enumerate(row))
        for line, row in enumerate(rows, start=1)
    ]
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/></Types>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>'
        + "".join(f'<row r="{line}">{row}</row>' for line, row in enumerate(cells, start=1))
        + "</sheetData></worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">'
        + "".join(f"<si><t>{text}</t></si>" for text in texts)
        + "</sst>",
    }
    path = folder / "by-hand.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def outcomes(path: Path, mapping: Mapping) -> Iterator[HistoricRecord | tuple[int, str, str]]:
    with open_register(path, mapping) as register:
        reader = Reader(mapping, register.header, TODAY)
        for row in register.rows:
            try:
                yield reader.read(row)
            except Rejected as rejected:
                yield (row.line, *rejected.problem)


def only(path: Path, mapping: Mapping) -> HistoricRecord | tuple[int, str, str]:
    (outcome,) = outcomes(path, mapping)
    return outcome


class TestWhatARowSays:
    def test_takes_columns_constants_units_and_joins_notes(self, tmp_path: Path, mapping: Mapping) -> None:
        record = only(csv(tmp_path, HEADER + "澄政〔2017〕1号, 标题 ,区财政局,2017-08-09,甲,乙\n"), mapping)

        assert record.stated == {
            "channel_name": "公报",
            "number": "澄政〔2017〕1号",
            "title": "标题",
            "unit_name": "区财政局",
            "published_on": "2017-08-09",
            "note": "甲；乙",
            "unit": "U04",
        }

    @pytest.mark.parametrize(
        "written",
        ["2013-01-02", "2013年1月2日", "2013年01月02日", "102-01-02", "102/1/2", "民國102年1月2日", "102.1.2"],
    )
    def test_reads_the_day_in_each_form_that_the_mapping_names(
        self, tmp_path: Path, mapping: Mapping, written: str
    ) -> None:
        record = only(csv(tmp_path, HEADER + f"1,标题,单位,{written},,\n"), mapping)

        assert record.stated["published_on"] == "2013-01-02"

    @pytest.mark.parametrize("nothing", ["", "  ", "无"])
    def test_a_number_may_be_missing(self, tmp_path: Path, mapping: Mapping, nothing: str) -> None:
        record = only(csv(tmp_path, HEADER + f"{nothing},标题,单位,,,\n"), mapping)

        assert record.stated["number"] is None
        assert record.stated["published_on"] is None

    def test_a_byte_order_mark_is_not_part_of_the_first_column(self, tmp_path: Path, mapping: Mapping) -> None:
        record = only(csv(tmp_path, b"\xef\xbb\xbf" + (HEADER + "1,标题,单位,,,\n").encode()), mapping)

        assert record.stated["number"] == "1"

    def test_other_encodings_are_read_when_the_mapping_names_them(self, tmp_path: Path) -> None:
        mapping = written_mapping(tmp_path, 'encoding = "gb18030"\n' + TOML)

        record = only(csv(tmp_path, (HEADER + "1,标题,单位,,,\n").encode("gb18030")), mapping)

        assert record.stated["title"] == "标题"

    def test_a_line_end_in_a_cell_does_not_disturb_the_counting_of_lines(
        self, tmp_path: Path, mapping: Mapping
    ) -> None:
        lines = [
            outcome.line
            for outcome in outcomes(csv(tmp_path, HEADER + '1,"标题\n第二行",单位,,,\n\n2,标题,单位,,,\n'), mapping)
        ]

        assert lines == [2, 5]

    def test_a_cell_that_begins_with_an_equals_sign_is_text_in_a_csv(self, tmp_path: Path, mapping: Mapping) -> None:
        record = only(csv(tmp_path, HEADER + "=1+1,标题,单位,,,\n"), mapping)

        assert record.stated["number"] == "=1+1"


class TestRejectedRows:
    @pytest.mark.parametrize(
        ("row", "zh", "en"),
        [
            ("1,,单位,,,", "缺少标题", "no title"),
            ("1,标题,,,,", "缺少单位名称", "no unit"),
            ("1,标题,单位,2017-02-30,,", "发布日期“2017-02-30”不是", "date of publication '2017-02-30' is no date"),
            ("1,标题,单位,20170809,,", "不是", "is no date"),
            ("1,标题,单位,1899-12-31,,", "不在1900-01-01至2025-12-31之间", "not between"),
            ("1,标题,单位,2026-01-01,,", "不在1900-01-01至2025-12-31之间", "not between"),
            ("1,标题,单位", "有3列，表头有6列", "it has 3 cells, the header 6"),
            ("1,标题,单位,,,,多", "有7列，表头有6列", "it has 7 cells"),
            ("1,标\x07题,单位,,,", "控制字符", "control character"),
            (f"1,{'长' * 4001},单位,,,", "最多4000字", "at most 4000"),
        ],
    )
    def test_say_the_line_and_the_reason_in_both_languages(
        self, tmp_path: Path, mapping: Mapping, row: str, zh: str, en: str
    ) -> None:
        line, reason_zh, reason_en = only(csv(tmp_path, HEADER + row + "\n"), mapping)

        assert line == 2
        assert zh in reason_zh
        assert en in reason_en

    def test_one_line_of_another_encoding_costs_one_row(self, tmp_path: Path, mapping: Mapping) -> None:
        content = HEADER.encode() + "1,标题,单位,,,\n".encode("gb18030") + "2,标题,单位,,,\n".encode()

        bad, good = outcomes(csv(tmp_path, content), mapping)

        assert bad == (2, "含有不属于该编码的字节", "it holds bytes that are not of the encoding")
        assert good.line == 3

    @pytest.mark.parametrize("value", ["=A1", "=HYPERLINK(1)"])
    def test_a_formula_is_nobodys_statement(self, tmp_path: Path, mapping: Mapping, value: str) -> None:
        path = xlsx(tmp_path, [HEADER.strip().split(","), ["1", value, "单位", None, None, None]])

        assert only(path, mapping) == (
            2,
            "B列是公式，须为填写的值",
            "column B is a formula; write its value instead",
        )

    def test_an_error_value_is_none_either(self, tmp_path: Path, mapping: Mapping) -> None:
        path = xlsx(tmp_path, [HEADER.strip().split(","), ["1", "#REF!", "单位", None, None, None]])

        assert only(path, mapping) == (2, "B列是错误值#REF!", "column B is the error value #REF!")

    def test_cells_beyond_the_header_are_an_error_only_when_they_say_something(
        self, tmp_path: Path, mapping: Mapping
    ) -> None:
        header = HEADER.strip().split(",")
        path = xlsx(tmp_path, [header, ["1", "标题", "单位"], ["2", "标题", "单位", "", "", "", "多"]])

        short, long = outcomes(path, mapping)

        assert short.stated["title"] == "标题"
        assert long[1] == "有7列，表头有6列"


class TestXlsx:
    def test_dates_and_numbers_are_read_as_people_see_them(self, tmp_path: Path, mapping: Mapping) -> None:
        day = dt.datetime(2013, 1, 2)  # noqa: DTZ001 - a cell has no zone
        path = xlsx(tmp_path, [HEADER.strip().split(","), [17.0, "标题", "单位", day, 3, True]])

        record = only(path, mapping)

        assert record.stated["number"] == "17"
        assert record.stated["published_on"] == "2013-01-02"
        assert record.stated["note"] == "3；TRUE"

    def test_a_text_cut_by_its_formatting_is_whole_and_its_pronunciation_left_out(self) -> None:
        table = (
            '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            "<si><t>一</t></si><si/>"
            "<si><r><t>政务</t></r><r><rPr><b/></rPr><t>公开</t></r><rPh sb='0' eb='2'><t>zhengwu</t></rPh></si></sst>"
        )

        with SharedStrings() as strings:
            strings.fill(io.BytesIO(table.encode()))

            assert [strings[number] for number in range(len(strings))] == ["一", "", "政务公开"]
            with pytest.raises(IndexError):
                strings[3]

    def test_texts_kept_apart_from_their_cells_are_found(self, tmp_path: Path, mapping: Mapping) -> None:
        path = with_shared_texts(tmp_path, [*HEADER.strip().split(","), "标题", "单位"], [[*range(6)], [0, 6, 7]])

        record = only(path, mapping)

        assert (record.stated["number"], record.stated["title"], record.stated["unit_name"]) == ("no", "标题", "单位")

    def test_a_cell_whose_text_is_missing_refuses_the_file(self, tmp_path: Path, mapping: Mapping) -> None:
        path = with_shared_texts(tmp_path, HEADER.strip().split(","), [[*range(6)], [0, 600, 1]])

        with pytest.raises(Failure, match="第2行起无法读取：表格损坏"):
            list(outcomes(path, mapping))

    def test_the_named_sheet_is_read(self, tmp_path: Path) -> None:
        mapping = written_mapping(tmp_path, 'sheet = "无此表"\n' + TOML)

        with pytest.raises(Failure, match=r"没有工作表无此表（有：Sheet）"):
            only(xlsx(tmp_path, [HEADER.strip().split(",")]), mapping)


class TestRefusedFiles:
    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            ("", "第1行起无法读取：文件是空的"),
            ("号,标题\n1,2\n", r"缺少列\['no', 'title', 'unit', 'day', 'a', 'b'\]（表头为：号、标题）"),
            ("no,title,unit,day,a,a\n", r"缺少列\['b'\]"),
            ("no,title,unit,day,a,b,a\n", r"列\['a'\]出现多次"),
            (HEADER + '1,"标题,单位,,,\n2,标题,单位,,,\n', "第2行起无法读取：引号或分隔有误"),
            (HEADER + '1,"标"题,单位,,,\n', "第2行起无法读取"),
            (HEADER + f'1,标题,单位,,,\n2,"{"长" * 200_000}', "第3行起无法读取"),
        ],
    )
    def test_a_broken_structure_refuses_the_whole_file(
        self, tmp_path: Path, mapping: Mapping, content: str, sentence: str
    ) -> None:
        with pytest.raises(Failure, match=sentence):
            list(outcomes(csv(tmp_path, content), mapping))

    def test_a_file_in_another_encoding_is_refused_by_its_header(self, tmp_path: Path) -> None:
        mapping = written_mapping(tmp_path, TOML.replace('"title"', '"标题"'))

        with pytest.raises(Failure, match=r"核对映射old或编码utf-8"):
            list(outcomes(csv(tmp_path, HEADER.replace("title", "标题").encode("gb18030")), mapping))

    def test_a_truncated_workbook_is_refused(self, tmp_path: Path, mapping: Mapping) -> None:
        whole = xlsx(tmp_path, [HEADER.strip().split(","), *([[str(n), "标题", "单位"] for n in range(2000)])])
        whole.write_bytes(whole.read_bytes()[:-400])

        with pytest.raises(Failure, match=r"不是完整的XLSX文件"):
            list(outcomes(whole, mapping))

    def test_a_workbook_damaged_inside_is_refused_where_it_breaks(self, tmp_path: Path, mapping: Mapping) -> None:
        whole = xlsx(tmp_path, [HEADER.strip().split(","), *([[str(n), "标题", "单位"] for n in range(2000)])])
        damaged = tmp_path / "damaged.xlsx"
        with zipfile.ZipFile(whole) as source, zipfile.ZipFile(damaged, "w") as target:
            for name in source.namelist():
                content = source.read(name)
                target.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)

        with pytest.raises(Failure, match=r"表格损坏.*未作任何记录"):
            list(outcomes(damaged, mapping))

    def test_a_csv_that_is_called_xlsx_is_refused(self, tmp_path: Path, mapping: Mapping) -> None:
        path = tmp_path / "register.xlsx"
        path.write_text(HEADER, encoding="utf-8")

        with pytest.raises(Failure, match=r"不是完整的XLSX文件"):
            list(outcomes(path, mapping))


class TestMappings:
    def test_those_shipped_are_sound(self) -> None:
        assert shipped_mappings() == ["gazette", "laws", "pingtan", "shanghai"]
        assert [load_mapping(name).name for name in shipped_mappings()] == shipped_mappings()

    @pytest.mark.parametrize(
        ("toml", "sentence"),
        [
            ("name = ", "不是可读的TOML"),
            (TOML.replace("[units]", "[towns]"), r"有不认识的键\['towns'\]"),
            (TOML.replace('note = ["a", "b"]', 'remark = "a"'), r"没有字段\['remark'\]"),
            (TOML.replace('title = "title"\n', ""), r"未给出字段\['title'\]"),
            (TOML.replace("channel_name", "title"), r"字段\['title'\]既取列又取常数"),
            (TOML.replace('name = "old"', ""), "缺少name"),
            ('encoding = "utf-9"\n' + TOML, "没有编码utf-9"),
            (TOML + '\n[supersession]\nseries = "title"\n', "supersession须有series和order"),
            (TOML.replace('["no"]', "1"), "key须为文字或文字列表"),
        ],
    )
    def test_a_faulty_one_is_named_with_its_fault(self, tmp_path: Path, toml: str, sentence: str) -> None:
        with pytest.raises(Failure, match=sentence):
            written_mapping(tmp_path, toml)

    def test_an_unknown_one_is_answered_with_those_there_are(self) -> None:
        with pytest.raises(Failure, match=r"随程序提供的有：gazette, laws, pingtan, shanghai"):
            load_mapping("nowhere")


def record(line: int, identity: bytes, series: bytes | None = None, version_on: str | None = None) -> HistoricRecord:
    return HistoricRecord(line, identity, "0" * 64, series, version_on, {})


class TestPlacing:
    def test_rows_alike_are_numbered_in_the_order_of_the_file(self) -> None:
        with Scratch() as scratch:
            for line, identity in [(2, b"a"), (3, b"b"), (4, b"a"), (5, b"a")]:
                scratch.accept(record(line, identity))
            scratch.complete()

            placed = [(found.line, *found.placement) for found in scratch.placements()]

        assert placed == [(2, b"a", 0), (3, b"b", 0), (4, b"a", 1), (5, b"a", 2)]

    def test_a_later_version_supersedes_every_row_of_the_one_before(self) -> None:
        with Scratch() as scratch:
            scratch.accept(record(2, b"new", b"law", "2024-01-01"))
            scratch.accept(record(3, b"old", b"law", "2010-01-01"))
            scratch.accept(record(4, b"copy of old", b"law", "2010-01-01"))
            scratch.accept(record(5, b"oldest", b"law", "1990-01-01"))
            scratch.accept(record(6, b"undated"))
            scratch.accept(record(7, b"other", b"another law", "2000-01-01"))
            scratch.complete()

            succeeded = {
                (found.earlier.identity, found.later.identity, found.on_date) for found in scratch.successions()
            }
            supersedes = {found.placement.identity: found.supersedes for found in scratch.placements()}

        assert succeeded == {
            (b"old", b"new", "2024-01-01"),
            (b"copy of old", b"new", "2024-01-01"),
            (b"oldest", b"old", "2010-01-01"),
        }
        assert supersedes[b"new"] == Placement(b"old", 0)
        assert supersedes[b"copy of old"] == Placement(b"oldest", 0)
        assert supersedes[b"undated"] is None

    def test_nothing_is_left_behind(self) -> None:
        with Scratch() as scratch:
            folder = Path(scratch._folder.name)
            assert folder.exists()

        assert not folder.exists()


class TestIdentity:
    def test_is_the_same_whatever_changes_in_columns_that_are_not_recorded(self, tmp_path: Path) -> None:
        mapping = written_mapping(tmp_path, TOML.replace('note = ["a", "b"]', 'note = "a"'))

        one = only(csv(tmp_path, HEADER + "1,标题,单位,,甲,今天\n"), mapping)
        other = only(csv(tmp_path, HEADER + "1,标题,单位,,甲,明天\n"), mapping)

        assert one.identity == other.identity
        assert one.row_sha256 != other.row_sha256

    def test_differs_by_the_key_where_the_rows_say_the_same(self, tmp_path: Path) -> None:
        mapping = written_mapping(
            tmp_path, TOML.replace('key = ["no"]', 'key = ["b"]').replace('note = ["a", "b"]', 'note = "a"')
        )

        one, other = outcomes(csv(tmp_path, HEADER + "1,标题,单位,,甲,一\n1,标题,单位,,甲,二\n"), mapping)

        assert one.stated == other.stated
        assert one.identity != other.identity
