"""Serving, founding and measuring: commands that hand over to something else."""

from __future__ import annotations

import os
from typing import Any

import pytest

from cli.app import run
from tests.cli.conftest import Operator


def test_the_service_is_told_where_its_ledger_is(at_district: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[tuple[str, dict[str, Any], str]] = []
    monkeypatch.setenv("LEDGER_DATABASE_URL_FILE", "/run/secrets/other")
    monkeypatch.setattr(
        "uvicorn.run",
        lambda application, **options: served.append((application, options, os.environ["LEDGER_DATABASE_URL"])),
    )

    outcome = at_district.types("serve", "--host", "0.0.0.0", "--port", 8080, "--workers", 2)

    ((application, options, database),) = served
    assert outcome.code == 0
    assert (application, database) == ("web.app:app", at_district.database)
    assert (options["host"], options["port"], options["workers"]) == ("0.0.0.0", 8080, 2)
    assert "LEDGER_DATABASE_URL_FILE" not in os.environ


class TestFounding:
    ARGUMENTS = ("found", "--unit", "U01", "--name-zh", "区政府办公室", "--name-en", "Office", "--officer", "AD01")

    def test_opens_a_ledger_and_leaves_the_name_out_of_it(self, operator: Operator) -> None:
        outcome = operator.types(*self.ARGUMENTS, "--name", "某某某", "--json")

        assert outcome.code == 0
        assert outcome.json["positions"] == [1, 2, 3, 4]
        assert "某某某" not in operator.types("export", "events").out
        assert operator.types("verify").code == 0
        assert operator.types("token", "issue", "--officer", "AD01", "--label", "首用").code == 0

    def test_is_done_once_and_the_attempt_is_kept(self, operator: Operator) -> None:
        operator.types(*self.ARGUMENTS)

        again = operator.types(*self.ARGUMENTS)

        assert again.code == 1
        assert "ALREADY_FOUNDED" in again.err
        (attempt,) = operator.types("replay", "--types", "attempt.refused", "--json").lines
        assert attempt["data"]["code"] == "ALREADY_FOUNDED"


def test_measuring_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []

    class Done:
        returncode = 3

    monkeypatch.setattr("subprocess.run", lambda command, **_: ran.append(command) or Done)

    assert run(["--json", "bench", "--quick", "--database", "elsewhere"]) == 3

    # What stands behind the command is the measurements' own; the program's options stand before it.
    assert ran[0][1:] == ["-m", "bench", "--json", "--quick", "--database", "elsewhere"]


def test_measuring_needs_the_source_tree(at_district: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.benchmarking.find_spec", lambda _: None)

    outcome = at_district.types("bench")

    assert outcome.code == 1
    assert "此处没有bench/" in outcome.err
