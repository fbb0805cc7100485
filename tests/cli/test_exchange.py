"""``export`` in the forms of others: OCEL, XES, PROV, any table, XLSX, and a file that is carried on."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from cli.exports.forms import write_xlsx
from cli.exports.rows import TABLES
from tests.cli.conftest import ADDED, ITEM, PUBLISHED, SIZE, Operator
from tests.projections.test_exchange import check_ocel, check_xes


class TestForms:
    def test_the_whole_log_as_objects_and_events(self, at_district: Operator) -> None:
        outcome = at_district.types("export", "ocel")
        log = json.loads(outcome.out)

        check_ocel(log)
        assert [event["id"] for event in log["events"]] == [f"entry/{position}" for position in range(1, SIZE + 1)]
        assert f"{SIZE}个事件、{len(log['objects'])}个对象" in outcome.err

    def test_traces_by_a_chosen_kind(self, at_district: Operator) -> None:
        log = ET.fromstring(at_district.types("export", "xes", "--case", "publication").out)

        check_xes(log)
        traces = log.findall("{*}trace")
        assert [trace.find("{*}string").get("value") for trace in traces] == [f"{ITEM}#1"]
        assert len(traces[0].findall("{*}event")) == 4

    def test_where_an_item_came_from_as_of_then(self, at_district: Operator) -> None:
        whole, then = (
            json.loads(at_district.types("export", "prov", "--subject", f"item/{ITEM}", *options).out)
            for options in ([], ["--as-of-position", PUBLISHED])
        )

        assert f"dl:entry/{PUBLISHED}" in then["activity"]
        assert f"dl:entry/{ADDED}" in whole["activity"].keys() - then["activity"].keys()

    def test_as_it_was_then(self, at_district: Operator) -> None:
        log = json.loads(at_district.types("export", "ocel", "--as-at", "2025-02-03").out)

        assert log["events"][-1]["id"] == f"entry/{ADDED}"

    @pytest.mark.parametrize(
        "words",
        [
            ["poems"],
            ["ocel", "--format", "csv"],
            ["xes", "--case", "poem"],
            ["prov"],
            ["events", "--subject", f"item/{ITEM}"],
            ["events", "--resume"],
            ["register", "--resume", "--output", "x"],
            ["events", "--resume", "--output", "x", "--as-at", "2025-02-03"],
        ],
    )
    def test_a_wish_that_makes_no_sense_is_a_sentence(self, at_district: Operator, words: list[str]) -> None:
        outcome = at_district.types("export", *words)

        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err


class TestTables:
    def test_every_table_of_every_projection_can_be_had(self, at_district: Operator) -> None:
        for name in TABLES:
            outcome = at_district.types("export", name)
            assert outcome.code == 0, outcome.err

        (row,) = at_district.types("export", "documents.items", "--as-of-position", PUBLISHED).lines
        assert row["item"] == ITEM

    def test_a_workbook_holds_texts_and_no_formulas(self, at_district: Operator, tmp_path: Path) -> None:
        target = tmp_path / "units.xlsx"
        at_district.types("export", "directory.units", "--format", "xlsx", "--output", target)

        head, *rows = load_workbook(target).active.iter_rows(values_only=True)
        assert head[0] == "unit"
        assert {"U01", "U05"} <= {row[0] for row in rows}

    def test_what_looks_like_a_formula_stays_a_text(self) -> None:
        file = io.BytesIO()
        write_xlsx(file, ["a"], [{"a": "=1+1"}, {"a": "\u0001b"}])

        cells = [row[0] for row in load_workbook(file).active.iter_rows()]
        assert [(cell.value, cell.data_type) for cell in cells[1:]] == [("=1+1", "s"), ("\ufffdb", "s")]


class TestCarriedOn:
    def test_a_finished_file_is_carried_on(self, at_district: Operator, tmp_path: Path) -> None:
        target, whole = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
        at_district.types("export", "events", "--output", target, "--as-of-position", 5)

        outcome = at_district.types("export", "events", "--resume", "--output", target)
        at_district.types("export", "events", "--output", whole)

        assert f"{SIZE - 5} rows exported, carrying on after position 5" in outcome.err
        assert target.read_bytes() == whole.read_bytes()

    def test_a_broken_run_is_taken_up_where_its_last_whole_line_ends(
        self, at_district: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        target, whole = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
        at_district.types("export", "events", "--output", whole)
        (tmp_path / ".a.jsonl.partial").write_bytes(whole.read_bytes()[:2000])

        with monkeypatch.context() as broken:
            broken.setattr("cli.exporting.quoted", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "No space")))
            assert at_district.types("export", "events", "--resume", "--output", target).code == 1
        assert not target.exists()
        assert at_district.types("export", "events", "--resume", "--output", target).code == 0

        assert target.read_bytes() == whole.read_bytes()
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "b.jsonl"]

    @pytest.mark.parametrize(
        "line", ['{"position":1,"leaf_hash":"00","entry":{}}\n', "poem\n", '{"position":999999}\n']
    )
    def test_another_ledgers_file_is_left_alone(self, at_district: Operator, tmp_path: Path, line: str) -> None:
        target = tmp_path / "a.jsonl"
        target.write_text(line)

        outcome = at_district.types("export", "events", "--resume", "--output", target)

        assert outcome.code == 1
        assert "不是本台账的条目" in outcome.err
        assert target.read_text() == line


class TestParquet:
    def test_without_its_library_it_is_a_sentence(
        self, at_district: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "pyarrow", None)

        outcome = at_district.types("export", "events", "--format", "parquet", "--output", tmp_path / "log")

        assert outcome.code == 1
        assert "disclosure-ledger[parquet]" in outcome.err
        assert list(tmp_path.iterdir()) == []

    def test_parts_hold_every_entry_once_and_are_carried_on(
        self, at_district: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        parquet = pytest.importorskip("pyarrow.parquet")
        monkeypatch.setattr("cli.exports.parquet.PART", 10)
        wish = ["export", "events", "--format", "parquet", "--output", tmp_path]

        at_district.types(*wish, "--as-of-position", 25)
        outcome = at_district.types(*wish)

        assert f"{SIZE - 25} rows exported, carrying on after position 25" in outcome.err
        rows = parquet.read_table(tmp_path).sort_by("position").to_pylist()
        assert [row["position"] for row in rows] == list(range(1, SIZE + 1))
        assert rows[PUBLISHED - 1]["recorded_at"] == datetime(2025, 2, 3, 3, tzinfo=UTC)
        assert not [path for path in tmp_path.iterdir() if path.suffix != ".parquet"]
        (tmp_path / "events-000000000001-000000000010.parquet").unlink()
        assert "gap after position 0" in at_district.types(*wish).err

    @pytest.mark.parametrize("words", [["register"], ["events"], ["events", "--output", "x", "--resume"]])
    def test_is_for_events_in_a_directory(self, at_district: Operator, words: list[str]) -> None:
        assert at_district.types("export", *words, "--format", "parquet").code == 2
