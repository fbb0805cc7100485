"""The program as a whole: its options, its exit codes, and that it never answers with a stack trace."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.app import run
from cli.session import Session
from tests.cli.conftest import Operator

PROGRAM = Path(sys.executable).with_name("disclosure-ledger")


class TestGlobalOptions:
    def test_stand_before_or_after_the_command(self, district_url: str, capfd: pytest.CaptureFixture[str]) -> None:
        for arguments in (
            ["--json", "--database", district_url, "verify"],
            ["verify", "--json", f"--database={district_url}"],
            ["--database", district_url, "verify", "--json"],
        ):
            assert run(arguments) == 0
            assert json.loads(capfd.readouterr().out)["clean"] is True

    def test_the_database_may_come_from_the_environment_or_a_file_it_names(
        self, district_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("LEDGER_DATABASE_URL", district_url)
        assert run(["verify"]) == 0

        monkeypatch.delenv("LEDGER_DATABASE_URL")
        (tmp_path / "address").write_text(f"{district_url}\n")
        monkeypatch.setenv("LEDGER_DATABASE_URL_FILE", str(tmp_path / "address"))
        assert run(["verify"]) == 0

    def test_the_default_is_a_file_in_the_present_folder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert Session.from_environment(None, json=False).database_url == "disclosure-ledger.db"


class TestSentences:
    def test_a_place_without_a_ledger_is_never_well(self, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
        nowhere = tmp_path / "nowhere.db"

        for command in (["verify"], ["replay"], ["export", "events"], ["projections"], ["token", "list"]):
            assert run([*command, "--database", str(nowhere)]) == 1
            captured = capfd.readouterr()
            assert captured.out == ""
            assert "没有名为“district”的台账" in captured.err
            assert "There is no ledger 'district'" in captured.err

        assert not nowhere.exists()

    def test_another_ledger_of_the_database_is_named(
        self, district_url: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("LEDGER_NAME", "elsewhere")

        assert run(["verify", "--database", district_url]) == 1
        assert "这里有：district" in capfd.readouterr().err

    @pytest.mark.parametrize(
        ("address", "sentence"),
        [
            ("mysql://root:geheim@host/db", "names the driver mysql"),
            ("postgresql://someone:geheim@127.0.0.1:1/db", "Connection refused"),
            (__file__, "file is not a database"),
            ("postgresql://a:geheim@host:port/db", "cannot be read"),
        ],
    )
    def test_a_database_that_cannot_be_used_is_a_sentence_without_its_password(
        self, address: str, sentence: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        code = run(["verify", "--database", address])

        captured = capfd.readouterr()
        assert code == 1
        assert sentence in captured.err
        assert "Traceback" not in captured.err
        assert "geheim" not in captured.err

    @pytest.mark.parametrize(
        "arguments",
        [["nothing"], ["verify", "--loudly"], ["replay", "--until-position", "x"], ["import"], ["token", "issue"]],
    )
    def test_a_command_line_that_makes_no_sense_ends_with_2(
        self, arguments: list[str], capfd: pytest.CaptureFixture[str]
    ) -> None:
        assert run(arguments) == 2
        assert capfd.readouterr().err.startswith("命令行有误，未作任何改动。")

    def test_a_file_that_is_not_there_is_a_sentence(self, at_district: Operator) -> None:
        outcome = at_district.types("import", "nowhere.csv", "--mapping", "gazette", "--officer", "R05")

        assert outcome.code == 1
        assert "文件nowhere.csv无法读写" in outcome.err

    def test_an_interruption_is_said_and_not_traced(
        self, monkeypatch: pytest.MonkeyPatch, at_district: Operator
    ) -> None:
        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("cli.verifying.audit", interrupted)

        outcome = at_district.types("verify")

        assert (outcome.code, outcome.err) == (130, "已中断。Interrupted.\n")


class TestAsAProcess:
    def test_runs_under_its_name(self, district_url: str) -> None:
        done = subprocess.run(
            [PROGRAM, "verify", "--database", district_url], capture_output=True, text=True, check=False
        )

        assert (done.returncode, done.stderr) == (0, "")
        assert "全部相符 · all agrees" in done.stdout

    def test_writes_no_colours_and_no_bars_into_a_pipe(self, district_url: str) -> None:
        done = subprocess.run([PROGRAM, "replay", "--database", district_url], capture_output=True, check=False)

        assert b"\x1b" not in done.stdout + done.stderr

    def test_is_quiet_when_its_reader_has_seen_enough(self, district_url: str) -> None:
        shell = f"'{PROGRAM}' export events --database '{district_url}' | head -n 1"
        done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)

        assert json.loads(done.stdout)["position"] == 1
        assert "Traceback" not in done.stderr

    def test_says_its_version(self, capfd: pytest.CaptureFixture[str]) -> None:
        assert run(["--version"]) == 0
        assert capfd.readouterr().out.startswith("0.")


def test_help_describes_every_command_in_both_languages(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    overview = capfd.readouterr().out

    for command in ("serve", "project", "demo", "migrate", "found", "import", "import-texts", "verify", "replay"):
        assert run([command, "--help"]) == 0
        page = capfd.readouterr().out
        assert command in overview
        assert any("\u4e00" <= character <= "\u9fff" for character in page)
