"""``export``: events, catalogue and register, as of any moment, a page in memory at a time."""

from __future__ import annotations

import csv
import io
from hashlib import sha256
from pathlib import Path

import orjson
import pytest

from cli.exports.forms import cell
from ledger.tree import leaf_hash
from tests.cli.conftest import ADDED, ITEM, NEWER, PUBLISHED, SIZE, TEXT, Operator


def table(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


class TestEvents:
    def test_a_line_holds_the_bytes_that_were_hashed(self, at_district: Operator) -> None:
        outcome = at_district.types("export", "events")

        for line in outcome.out.splitlines():
            told = orjson.loads(line)
            raw = line.encode().partition(b'"entry":')[2][:-1]
            assert leaf_hash(raw).hex() == told["leaf_hash"]
        assert outcome.err == f"导出{SIZE}行。\n{SIZE} rows exported.\n"

    def test_a_table_has_a_column_for_everything(self, at_district: Operator) -> None:
        rows = table(at_district.types("export", "events", "--format", "csv").out)

        assert len(rows) == SIZE
        assert rows[PUBLISHED - 1]["type"] == "publication.published/1"
        assert (rows[PUBLISHED - 1]["officer"], rows[PUBLISHED - 1]["post"], rows[PUBLISHED - 1]["unit"]) == (
            "P05",
            "publisher",
            "U05",
        )
        assert orjson.loads(rows[PUBLISHED - 1]["data"])["item"] == ITEM

    def test_ends_where_it_is_told(self, at_district: Operator) -> None:
        assert len(at_district.types("export", "events", "--as-of-position", 5).lines) == 5
        assert len(at_district.types("export", "events", "--known-at", "2025-02-03").lines) == PUBLISHED
        as_it_was = at_district.types("export", "events", "--as-at", "2025-02-03").lines
        assert [line["position"] for line in as_it_was][-1] == ADDED


class TestCatalogueAndRegister:
    def test_the_catalogue_is_what_the_public_may_see(self, at_district: Operator) -> None:
        (row,) = at_district.types("export", "catalogue").lines

        assert (row["item"], row["status"], row["title"]) == (ITEM, "withdrawn", "关于道路施工的通告")
        assert row["content"]["sha256"] == sha256(NEWER).hexdigest()

    @pytest.mark.parametrize(
        ("moment", "status"),
        [
            (["--known-at", "2025-02-03"], "published"),
            (["--as-at", "2025-02-05"], "corrected"),
            (["--as-of-position", PUBLISHED], "published"),
        ],
    )
    def test_it_can_be_had_as_of_any_moment(self, at_district: Operator, moment: list[object], status: str) -> None:
        (row,) = at_district.types("export", "catalogue", *moment).lines

        assert row["status"] == status

    def test_the_register_has_the_six_fields(self, at_district: Operator) -> None:
        (row,) = table(at_district.types("export", "register", "--format", "csv").out)

        assert orjson.loads(row["content"])["sha256"] == sha256(TEXT).hexdigest()
        assert (row["unit"], row["reviewer"], row["publisher"]) == ("U05", "A05", "P05")
        assert row["published_at"] == "2025-02-03T03:00:00.000000Z"
        assert [channel["channel"] for channel in orjson.loads(row["channels"])] == ["CH-01", "CH-05", "CH-02"]

    def test_two_ways_of_naming_what_was_known_are_one_too_many(self, at_district: Operator) -> None:
        outcome = at_district.types("export", "catalogue", "--as-of-position", 3, "--known-at", "2025-02-03")

        assert outcome.code == 1
        assert "both a position and an instant" in outcome.err


class TestFiles:
    def test_a_file_takes_its_name_when_it_is_complete(self, at_district: Operator, tmp_path: Path) -> None:
        target = tmp_path / "events.jsonl"

        outcome = at_district.types("export", "events", "--output", target)

        assert (outcome.code, outcome.out) == (0, "")
        assert target.read_text(encoding="utf-8").count("\n") == SIZE
        assert [path.name for path in tmp_path.iterdir()] == ["events.jsonl"]

    def test_an_export_that_fails_leaves_the_old_file(
        self, at_district: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        target = tmp_path / "events.jsonl"
        target.write_text("as it was")
        monkeypatch.setattr("cli.exporting.quoted", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "No space")))

        outcome = at_district.types("export", "events", "--output", target)

        assert outcome.code == 1
        assert target.read_text() == "as it was"
        assert [path.name for path in tmp_path.iterdir()] == ["events.jsonl"]


def test_a_text_is_no_formula_to_a_spreadsheet() -> None:
    assert [cell(text) for text in ("=1+1", "+1", "-1", "@x", "\tx", "1+1")] == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@x",
        "'\tx",
        "1+1",
    ]
    assert [cell(value) for value in (None, True, 5, [], ["a"])] == ["", "true", 5, "", '["a"]']


class TestTheSignedLog:
    def test_goes_into_a_directory_that_verifies_by_itself(self, operator: Operator, tmp_path: Path) -> None:
        operator.types("found", "--unit", "U01", "--name-zh", "办", "--name-en", "Office", "--officer", "ADM")

        exported = operator.types("export", "tlog", tmp_path / "stick")

        if operator.database.startswith("postgres"):  # unsigned where no signing directory is named
            assert exported.code == 1
        else:
            assert exported.code == 0, exported.err
            assert operator.types("verify", tmp_path / "stick").code == 0

    @pytest.mark.parametrize("arguments", [("tlog",), ("events", "folder")])
    def test_takes_a_directory_and_nothing_else_does(self, operator: Operator, arguments: tuple[str, ...]) -> None:
        done = operator.types("export", *arguments)

        assert done.code == 2
        assert "export tlog" in done.err
