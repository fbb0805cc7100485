"""The projections at the operator's door: followed, shown, rebuilt, retried."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from projections.engine import DeadLetter, ProjectionStatus
from projections.standard import STANDARD
from tests.cli.conftest import SIZE, Operator
from tests.support.ledgers import NOON

PROGRAM = Path(sys.executable).with_name("disclosure-ledger")
NAMES = [projection.name for projection in STANDARD]


def by_name(operator: Operator, *command: object) -> dict[str, dict[str, object]]:
    return {status["name"]: status for status in operator.types(*command, "--json").json}


class TestStatus:
    def test_catching_up_brings_all_to_the_end(self, at_district: Operator) -> None:
        outcome = at_district.types("project", "--once")

        assert outcome.code == 0
        assert "在用 live" in outcome.out
        assert {status["position"] for status in by_name(at_district, "projections").values()} == {SIZE}

    def test_one_that_has_stopped_is_not_well(self, at_district: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
        def stopped(_: object) -> list[object]:
            letter = DeadLetter(7, "document.drafted/1", "KeyError: 'item'", NOON)
            return [ProjectionStatus("catalogue", 1, 1, 6, SIZE - 6, "stopped", letter)]

        monkeypatch.setattr("projections.engine.Projector.status", stopped)

        outcome = at_district.types("projections")

        assert outcome.code == 1
        assert "已停 stopped" in outcome.out
        assert "7 document.drafted/1: KeyError: 'item'" in outcome.out


class TestRebuild:
    def test_one_is_written_anew(self, at_district: Operator) -> None:
        at_district.types("project", "--once")
        before = by_name(at_district, "projections")

        after = by_name(at_district, "rebuild", "catalogue")

        assert after["catalogue"]["generation"] == int(str(before["catalogue"]["generation"])) + 1
        assert after["register"]["generation"] == before["register"]["generation"]
        assert {status["lag"] for status in after.values()} == {0}

    def test_or_all_are(self, at_district: Operator) -> None:
        assert list(by_name(at_district, "rebuild", "--all")) == NAMES

    def test_an_unknown_one_is_answered_with_those_there_are(self, at_district: Operator) -> None:
        for command in ("rebuild", "retry"):
            outcome = at_district.types(command, "nothing")
            assert outcome.code == 1
            assert "there is no projection 'nothing'" in outcome.err

    @pytest.mark.parametrize("arguments", [[], ["catalogue", "--all"]])
    def test_one_or_all_must_be_said(self, at_district: Operator, arguments: list[str]) -> None:
        assert at_district.types("rebuild", *arguments).code == 2

    def test_retrying_what_never_stopped_changes_nothing(self, at_district: Operator) -> None:
        assert at_district.types("retry", "catalogue").code == 0


def test_the_worker_follows_until_it_is_told_to_stop(district_url: str) -> None:
    worker = subprocess.Popen(
        [PROGRAM, "project"],
        env={**os.environ, "LEDGER_DATABASE_URL": district_url},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert worker.stderr is not None
    assert "投影进程已启动" in worker.stderr.readline()
    time.sleep(0.3)

    worker.send_signal(signal.SIGTERM)
    _, rest = worker.communicate(timeout=20)

    assert worker.returncode == 0
    assert "投影进程已停止" in rest
