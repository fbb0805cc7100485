"""``tlog stamp`` and ``tlog init``: a foreign clock over the log, with and without a network, and ``verify`` over both."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ledger.append import Command
from ledger.brackets import CLOCK_SKEW
from ledger.clock import system_clock
from ledger.database import open_database
from ledger.ledger import Ledger
from ledger.signing import Signing
from tests.cli.conftest import Operator
from tests.support.authority_at_work import AuthorityAtWork, authority_at_work
from tests.support.ledgers import minutes
from tests.support.timestamp_authority import TimestampAuthority

ORIGIN = "ledger.example/tlog"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> TimestampAuthority:
    return TimestampAuthority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def at_work(authority: TimestampAuthority, tmp_path: Path) -> Iterator[AuthorityAtWork]:
    with authority_at_work(authority, tmp_path) as found:
        yield found


@pytest.fixture
def signed(at_fresh_district: Operator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Operator:
    """An operator whose log is signed."""
    monkeypatch.setenv("LEDGER_SIGNING_DIRECTORY", str(tmp_path / "signing"))
    monkeypatch.setenv("LEDGER_ORIGIN", ORIGIN)
    return at_fresh_district


def written(operator: Operator, tmp_path: Path, wrong_by: timedelta = timedelta()) -> None:
    """Two more entries, by a machine whose clock may be wrong."""
    database = open_database(operator.database)
    with Ledger(
        database, signing=Signing(tmp_path / "signing", ORIGIN), clock=lambda: system_clock() + wrong_by
    ) as ledger:
        version = ledger.stream_version("minutes/1")
        ledger.append(Command(minutes("minutes/1", 2, version + 1)))
    database.close()


class TestStamp:
    def test_asked_over_the_network_is_kept_and_verified(
        self, signed: Operator, at_work: AuthorityAtWork, tmp_path: Path
    ) -> None:
        stamped = signed.types("tlog", "stamp", "--url", at_work.address, "--roots", at_work.roots, "--json")

        assert stamped.code == 0, stamped.err
        assert stamped.json["authority"] == at_work.address
        verified = signed.types("verify", "--roots", at_work.roots, "--json")
        assert (verified.code, verified.json["checked"]["time stamps"]) == (0, "1")
        assert "no roots given" in signed.types("verify").out
        again = signed.types("tlog", "stamp", "--url", at_work.address, "--roots", at_work.roots)
        assert (again.code, at_work.asked) == (1, 1)
        assert "nothing to stamp" in again.err

    def test_carried_there_and_back_is_kept(
        self, signed: Operator, authority: TimestampAuthority, at_work: AuthorityAtWork, tmp_path: Path
    ) -> None:
        query, answer = tmp_path / "request.tsq", tmp_path / "reply.tsr"
        assert signed.types("tlog", "stamp", "--query", query).code == 0
        answer.write_bytes(authority.reply(query.read_bytes()))
        written(signed, tmp_path)

        taken = signed.types(
            "tlog", "stamp", "--answer", answer, "--roots", at_work.roots, "--authority", "公证处", "--json"
        )

        assert taken.code == 0, taken.err
        assert taken.json["authority"] == "by hand: 公证处"
        assert at_work.asked == 0
        assert signed.types("verify", "--roots", at_work.roots).code == 0

    def test_that_does_not_hold_is_not_taken_in(
        self, signed: Operator, at_work: AuthorityAtWork, tmp_path: Path
    ) -> None:
        signed.types("tlog", "key")
        answer = tmp_path / "reply.tsr"
        answer.write_bytes(b"garbage")

        refused = signed.types("tlog", "stamp", "--answer", answer, "--roots", at_work.roots)
        at_work.mood = "other"
        other = signed.types("tlog", "stamp", "--url", at_work.address, "--roots", at_work.roots)

        assert (refused.code, other.code) == (1, 1)
        assert "no time stamp" in refused.err
        assert "does not hold" in other.err
        assert "time stamps" not in signed.types("verify").out

    @pytest.mark.parametrize(
        "arguments",
        [(), ("--url", "http://a", "--query", "b"), ("--url", "http://a"), ("--answer", "a")],
    )
    def test_that_makes_no_sense_does_nothing(self, signed: Operator, arguments: tuple[str, ...]) -> None:
        assert signed.types("tlog", "stamp", *arguments).code == 2


class TestOnAStick:
    @pytest.fixture
    def stick(self, signed: Operator, at_work: AuthorityAtWork, tmp_path: Path) -> Path:
        signed.types("tlog", "stamp", "--url", at_work.address, "--roots", at_work.roots)
        written(signed, tmp_path)
        signed.types("tlog", "stamp", "--url", at_work.address, "--roots", at_work.roots)
        directory = tmp_path / "stick"
        assert signed.types("tlog", "export", directory).code == 0
        return directory

    def test_the_stamps_come_along_and_are_verified(
        self, signed: Operator, stick: Path, at_work: AuthorityAtWork
    ) -> None:
        verified = signed.types("verify", stick, "--roots", at_work.roots, "--json")

        assert (verified.code, verified.json["checked"]["time stamps"]) == (0, "2"), verified.out

    def test_openssl_checks_them_without_us(self, stick: Path, at_work: AuthorityAtWork) -> None:
        for text in (stick / "timestamps").glob("*.txt"):
            (reply,) = (stick / "timestamps").glob(f"{text.stem}-*.tsr")
            command = ["openssl", "ts", "-verify", "-in", str(reply), "-data", str(text), "-CAfile", str(at_work.roots)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr

    def test_a_changed_one_is_named(self, signed: Operator, stick: Path, at_work: AuthorityAtWork) -> None:
        folder = stick / "timestamps"
        first, second = sorted(folder.glob("*.tsr"), key=lambda file: int(file.name.partition("-")[0]))
        first.write_bytes(second.read_bytes())

        verified = signed.types("verify", stick, "--roots", at_work.roots)

        assert verified.code == 1
        assert "does not hold" in verified.out

    def test_one_over_another_past_is_named(self, signed: Operator, stick: Path) -> None:
        text = min((stick / "timestamps").glob("*.txt"), key=lambda file: int(file.stem))
        lines = text.read_text().splitlines()
        text.write_text("\n".join([*lines[:2], "A" * 43 + "="]) + "\n")

        verified = signed.types("verify", stick)

        assert verified.code == 1
        assert "the log's past has been rewritten since it was stamped" in verified.out

    def test_one_that_is_missing_is_named(self, signed: Operator, stick: Path) -> None:
        next((stick / "timestamps").glob("*.tsr")).unlink()

        assert "cannot be read" in signed.types("verify", stick).out


class TestOutsideItsBracket:
    @pytest.mark.parametrize("on_a_stick", [False, True])
    @pytest.mark.parametrize(
        ("wrong_by", "sentence"),
        [(-2 * CLOCK_SKEW, "position 3 .* earlier than its bracket"), (2 * CLOCK_SKEW, "position 2 .* but existed at")],
    )
    def test_an_event_that_claims_another_time_is_reported(  # noqa: PLR0917 - two ways of each of two things
        self,
        operator: Operator,
        monkeypatch: pytest.MonkeyPatch,
        at_work: AuthorityAtWork,
        tmp_path: Path,
        wrong_by: timedelta,
        sentence: str,
        on_a_stick: bool,
    ) -> None:
        monkeypatch.setenv("LEDGER_SIGNING_DIRECTORY", str(tmp_path / "signing"))
        monkeypatch.setenv("LEDGER_ORIGIN", ORIGIN)
        written(operator, tmp_path, wrong_by)
        operator.types("tlog", "stamp", "--url", at_work.address, "--roots", at_work.roots)
        written(operator, tmp_path, wrong_by)
        target = [tmp_path / "stick"] if on_a_stick else []
        if on_a_stick:
            operator.types("tlog", "export", *target)

        verified = operator.types("verify", *target, "--roots", at_work.roots)

        assert verified.code == 1
        assert re.search(sentence, verified.out), verified.out


def test_keys_are_made_before_the_first_start_and_once(operator: Operator, tmp_path: Path) -> None:
    directory = tmp_path / "signing"

    first = operator.types("tlog", "init", directory, "--origin", ORIGIN)
    again = operator.types("tlog", "init", directory, "--origin", ORIGIN)

    assert (first.code, again.code) == (0, 0)
    assert first.out == again.out
    assert first.out.startswith(f"{ORIGIN}+")
    assert "already" in again.err
