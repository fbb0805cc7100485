"""``import-texts``: original texts through every step of the rules, byte for byte."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from ledger.database import open_database
from ledger.ledger import Ledger
from tests.cli.conftest import SHARED, Operator, Outcome
from tests.support.ledgers import assert_whole

HANDS = (
    *("--unit", "U01", "--drafter", "D01", "--reviewer", "A01", "--approver", "Z01"),
    *("--secrecy-reviewer", "S01", "--publisher", "P01", "--channel", "CH-01", "--channel", "CH-02"),
)
STEPS = [
    "document.drafted/1",
    "document.attribute_determined/1",
    "document.attribute_reviewed/1",
    "document.submitted/1",
    "document.approved/1",
    "document.secrecy_reviewed/1",
    "publication.published/1",
]


def imported(operator: Operator, *files: Path) -> Outcome:
    return operator.types("import-texts", *files, *HANDS, "--theme", "政务公开", "--phase", "decision", "--json")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "办法(2024-05-06).md"
    path.write_text("# 某办法\n\n澄政办发〔2024〕3号\n\n2010年1月1日通过\n", encoding="utf-8")
    return path


class TestOneText:
    def test_takes_every_step_in_its_officers_name(self, at_district: Operator, text: Path) -> None:
        told = imported(at_district, text).json

        database = open_database(at_district.database)
        with Ledger(database) as ledger:
            assert_whole(ledger)
            streams = [ledger.read_stream(f"{kind}/{told['item']}") for kind in ("document", "publication")]
            entries = [entry for stream in streams for entry in stream]
            stored = ledger.contents.get(told["sha256"])
        database.close()
        assert [entry.type for entry in entries] == STEPS
        assert [entry.actor.officer for entry in entries] == ["D01", "D01", "A01", "D01", "Z01", "S01", "P01"]
        assert stored == text.read_bytes()
        assert entries[-1].data["channels"] == ["CH-01", "CH-02"]

    def test_says_of_itself_what_it_is(self, at_district: Operator, text: Path) -> None:
        told = imported(at_district, text).json

        assert (told["title"], told["document_number"]) == ("某办法", "澄政办发〔2024〕3号")
        assert told["written_on"] == "2024-05-06"
        assert told["sha256"] == sha256(text.read_bytes()).hexdigest()

    def test_is_not_recorded_twice(self, at_district: Operator, text: Path) -> None:
        text.write_text("只有首行作标题\n正文\n", encoding="utf-8")

        first, again = imported(at_district, text).json, imported(at_district, text).json

        assert (first["known_before"], again["known_before"]) == (False, True)
        assert first["position"] == again["position"]
        assert first["title"] == "只有首行作标题"

    @pytest.mark.parametrize(
        ("name", "content", "sentence"),
        [
            ("图.pdf", b"%PDF", "不是.md或.txt"),
            ("旧.txt", "旧编码".encode("gb18030"), "不是UTF-8"),
            ("空.txt", b"\n \n", "是空的"),
        ],
    )
    def test_what_is_no_text_is_refused(
        self, at_district: Operator, tmp_path: Path, name: str, content: bytes, sentence: str
    ) -> None:
        (tmp_path / name).write_bytes(content)

        outcome = imported(at_district, tmp_path / name)

        assert outcome.code == 1
        assert sentence in outcome.err

    def test_the_rules_hold_here_too(self, at_district: Operator, text: Path) -> None:
        text.write_text("# 另一办法\n", encoding="utf-8")
        hands = [*HANDS]
        hands[hands.index("--publisher") + 1] = "P05"

        outcome = at_district.types("import-texts", text, *hands)

        assert outcome.code == 1
        assert "OTHER_UNIT" in outcome.err

    def test_no_file_makes_no_sense(self, at_district: Operator) -> None:
        assert imported(at_district).code == 2


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the design data is not beside the project")
def test_the_rules_themselves_and_the_laws_behind_them(at_district: Operator) -> None:
    files = [*sorted((SHARED / "seed").glob("*.txt")), *sorted((SHARED / "data" / "law").glob("*.md"))]

    told = imported(at_district, *files).lines

    assert len(told) == 8
    rules = told[0]
    assert rules["document_number"] == "鄞政办发〔2017〕143号"
    assert rules["written_on"] == "2017-08-09"
    assert "全面推进政务公开工作实施细则" in rules["title"]
    assert {line["written_on"] for line in told[1:]} >= {"2024-02-27", "2019-04-03", "2020-06-20"}
