"""``record`` and ``commands``: any command of the rulebook from the operator's door, judged as everywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aggregates.vocabulary import COMMANDS
from tests.cli.conftest import Operator

MINUTE = "2026-01-05T09:00:00+08:00"


@pytest.fixture
def founded(operator: Operator) -> Operator:
    """A district just opened, with a department and its drafter."""
    operator.types("found", "--unit", "U01", "--name-zh", "区政府办公室", "--name-en", "Office", "--officer", "ADM")
    for command, data in (
        ("register_unit", {"unit": "U02", "name_zh": "区发展和改革局", "name_en": "Bureau", "kind": "department"}),
        ("register_officer", {"officer": "D02"}),
        ("appoint_officer", {"officer": "D02", "unit": "U02", "post": "drafter", "from_date": "2025-01-01"}),
    ):
        assert operator.types("record", command, "--officer", "ADM", "--data", json.dumps(data)).code == 0
    return operator


def types_of(operator: Operator) -> list[str]:
    return [line["entry"]["type"] for line in operator.types("export", "events").lines]


class TestACommand:
    def test_is_recorded_with_its_files_in_the_store(self, founded: Operator, tmp_path: Path) -> None:
        text = tmp_path / "正文.txt"
        text.write_text("全文", encoding="utf-8")
        data = tmp_path / "draft.json"
        data.write_text(json.dumps({"item": "I-1", "unit": "U02", "title": "通知"}), encoding="utf-8")

        done = founded.types(
            "record", "draft_document", "--officer", "D02", "--data", f"@{data}", "--store", f"content={text}", "--json"
        )

        assert done.code == 0, done.err
        [event] = done.json["events"]
        assert (event["type"], event["stream"]) == ("document.drafted/1", "document/I-1")
        assert founded.types("verify").code == 0

    def test_that_the_rules_forbid_is_refused_and_kept(self, founded: Operator) -> None:
        data = json.dumps({"item": "I-404", "channels": ["CH-1"]})

        refused = founded.types(
            "record", "publish_information", "--officer", "D02", "--post", "publisher", "--unit", "U02", "--data", data
        )

        assert refused.code == 1
        assert "POST_NOT_HELD" in refused.err
        assert types_of(founded)[-1] == "attempt.refused/1"

    def test_of_an_officer_without_the_post_is_not_even_begun(self, founded: Operator) -> None:
        before = types_of(founded)

        done = founded.types("record", "register_unit", "--officer", "D02", "--data", "{}")

        assert done.code == 1
        assert "administrator" in done.err
        assert types_of(founded) == before

    def test_with_a_key_is_recorded_once(self, founded: Operator) -> None:
        asked = (
            "record",
            "register_officer",
            "--officer",
            "ADM",
            "--data",
            '{"officer": "P02"}',
            "--key",
            "k-1",
            "--json",
        )

        first, second = founded.types(*asked), founded.types(*asked)

        assert (first.json["replayed"], second.json["replayed"]) == (False, True)
        assert first.json["events"] == second.json["events"]

    @pytest.mark.parametrize(
        ("arguments", "named"),
        [
            (("register_unit", "--officer", "ADM", "--data", '{"unit": "U9", "colour": "red"}'), "colour"),
            (("register_unit", "--officer", "ADM", "--data", '{"unit": "U9"}'), "name_zh"),
            (("register_unit", "--officer", "ADM", "--data", '{"unit": 1.5}'), "integer"),
            (("register_unit", "--officer", "ADM", "--data", "[]"), "JSON"),
            (("register_unit", "--officer", "ADM", "--post", "administrator"), "--unit"),
            (("register_unit", "--officer", "ADM", "--occurred-at", "yesterday"), "yesterday"),
            (("register_unit", "--officer", "ADM", "--store", "content"), "content"),
            (("register_unit",), "--officer"),
            (("no_such_command", "--officer", "ADM"), "no_such_command"),
            (("record_historic", "--officer", "ADM"), "import"),
        ],
    )
    def test_that_makes_no_sense_is_named_and_nothing_is_recorded(
        self, founded: Operator, arguments: tuple[str, ...], named: str
    ) -> None:
        before = types_of(founded)

        done = founded.types("record", *arguments)

        assert done.code != 0
        assert named in done.err
        assert types_of(founded) == before


class TestTheList:
    def test_has_every_command_with_its_posts_and_fields(self, operator: Operator) -> None:
        listed = {one["command"]: one for one in operator.types("commands", "--json").json}

        assert listed.keys() == set(map(str, COMMANDS)) - {"found_district", "record_historic"}
        assert listed["register_unit"]["posts"] == {"administrator": "EVERYWHERE"}
        assert listed["register_unit"]["fields"]["name_zh"] is True
        assert listed["register_unit"]["fields"]["code"] is False

    def test_shows_one(self, operator: Operator) -> None:
        shown = operator.types("commands", "register_unit").out

        assert "[code]" in shown
        assert "publish_information" not in shown
