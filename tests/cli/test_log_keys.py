"""The operator changes the log's keys; whoever holds the old key alone goes on checking everything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Operator


@pytest.fixture
def signed(at_fresh_district: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Operator:
    """A district whose log is signed from now on."""
    monkeypatch.setenv("LEDGER_SIGNING_DIRECTORY", str(tmp_path / "signing"))
    return at_fresh_district


def key_of(operator: Operator) -> str:
    [key] = operator.types("tlog", "key").out.splitlines()
    return key


def rotate(operator: Operator, *more: object) -> None:
    done = operator.types("tlog", "rotate-key", "--officer", "AD01", "--ground", "年度更换", *more)
    assert done.code == 0, done.err


class TestChanging:
    def test_says_what_to_hand_out(self, signed: Operator) -> None:
        old = key_of(signed)

        done = signed.types("tlog", "rotate-key", "--officer", "AD01", "--ground", "年度更换")

        new = key_of(signed)
        assert done.code == 0
        assert new != old
        assert new in done.out
        assert "新公钥" in done.err
        assert "every witness" in done.err

    def test_is_one_document_for_a_machine(self, signed: Operator) -> None:
        old = key_of(signed)

        told = signed.types("tlog", "rotate-key", "--officer", "AD01", "--ground", "年度更换", "--json").json

        assert told["verifier_keys"] == [key_of(signed)]
        before, after = told["history"]
        assert before["verifier_keys"] == [old]
        assert (before["from_position"], before["until_position"]) == (1, told["position"] - 1)
        assert (after["from_position"], after["until_position"]) == (told["position"], None)
        assert after["statement"].startswith("disclosure-ledger/key-rotation/v1\n")
        assert told["checkpoint"].splitlines()[1] == str(told["position"])

    def test_is_for_the_administrator(self, signed: Operator) -> None:
        old = key_of(signed)

        done = signed.types("tlog", "rotate-key", "--officer", "P05", "--ground", "…")

        assert done.code == 1
        assert "更换台账签名密钥" in done.err
        assert key_of(signed) == old

    def test_replaces_the_key_that_is_meant_and_no_other(self, signed: Operator) -> None:
        old = key_of(signed).split("+")[1]
        rotate(signed, "--key", old)

        done = signed.types("tlog", "rotate-key", "--officer", "AD01", "--ground", "…", "--key", old)

        assert done.code == 1
        assert "KEY_NOT_IN_FORCE" in done.err

    def test_turns_the_second_signature_on(self, signed: Operator) -> None:
        rotate(signed, "--post-quantum")

        keys = signed.types("tlog", "key").out.splitlines()

        assert len(keys) == 2
        assert signed.types("verify").code == 0
        assert signed.types("verify", "--key", keys[0]).code == 0

    def test_lists_every_key_there_has_been(self, signed: Operator) -> None:
        keys = [key_of(signed)]
        for _ in range(2):
            rotate(signed)
            keys.append(key_of(signed))

        shown = signed.types("tlog", "key", "--history")

        assert shown.out.splitlines()[0] == keys[-1]
        assert [line.split()[1] for line in shown.out.splitlines()[1:]] == keys
        assert [epoch["verifier_keys"] for epoch in signed.types("tlog", "key", "--json").json["history"]] == [
            [key] for key in keys
        ]


class TestAnInspectorWithTheOldKey:
    @pytest.fixture
    def old(self, signed: Operator, tmp_path: Path) -> str:
        """The key that was pinned before two changes, with a checkpoint kept under it."""
        old = key_of(signed)
        assert signed.types("tlog", "checkpoint", "--output", tmp_path / "kept").code == 0
        rotate(signed)
        rotate(signed, "--post-quantum")
        return old

    def test_checks_the_database_and_a_stick(self, signed: Operator, old: str, tmp_path: Path) -> None:
        stick, kept = tmp_path / "stick", tmp_path / "kept"
        assert signed.types("tlog", "export", stick).code == 0

        for target in ((), (stick,)):
            found = signed.types("verify", *target, "--key", old, "--old", kept)
            assert found.code == 0, found.out + found.err
            assert "密钥更换 · key changes" in found.out

    def test_by_a_policy_that_names_it(self, signed: Operator, old: str, tmp_path: Path) -> None:
        stick, policy = tmp_path / "stick", tmp_path / "policy.txt"
        assert signed.types("tlog", "export", stick).code == 0
        policy.write_text(f"log {old}\nquorum none\n")

        assert signed.types("verify", stick, "--policy", policy).code == 0

    def test_is_told_of_a_broken_vouching(self, signed: Operator, old: str, tmp_path: Path) -> None:
        stick = tmp_path / "stick"
        assert signed.types("tlog", "export", stick).code == 0
        bundle = next((stick / "tile" / "entries").rglob("*000*/*"))
        raw = bundle.read_bytes()
        key = json.loads((stick / "keys").read_text())["history"][1]["verifier_keys"][0].encode()
        place = raw.index(key) + len(key) - 4
        bundle.write_bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])

        found = signed.types("verify", stick, "--key", old)

        assert found.code == 1
        assert "is not vouched for" in found.out + found.err

    def test_compares_a_checkpoint_of_then_with_one_of_now(self, signed: Operator, old: str, tmp_path: Path) -> None:
        stick = tmp_path / "stick"
        assert signed.types("tlog", "export", stick).code == 0

        for key in (old, key_of_now(signed)):
            found = signed.types("compare", tmp_path / "kept", stick, "--key", key)
            assert found.code == 0, found.err

    def test_as_a_witness_is_asked_to_take_the_new_key_up(self, signed: Operator, old: str, tmp_path: Path) -> None:
        """A witness believes whom its operator names, and is told whom to ask about."""
        stick, directory = tmp_path / "stick", tmp_path / "witness"
        assert signed.types("tlog", "export", stick).code == 0
        assert signed.types("witness", "init", directory, "audit.example").code == 0
        cosign = ("witness", "cosign", stick, "--directory", directory)

        refused = signed.types(*cosign, "--key", old)
        assert refused.code == 1
        assert "changed its keys" in refused.err
        assert key_of_now(signed) in refused.err

        out = tmp_path / "cosigned"
        assert signed.types(*cosign, "--key", old, "--key", key_of_now(signed), "--output", out).code == 0
        policy = tmp_path / "policy.txt"
        policy.write_text(
            f"log {old}\nlog {key_of_now(signed)}\n"
            f"witness audit {(directory / 'witness.vkey').read_text().strip()}\nquorum audit\n"
        )
        assert signed.types("witness", "add", out, "--policy", policy).code == 0
        assert signed.types("verify", "--policy", policy).code == 0


def key_of_now(operator: Operator) -> str:
    return operator.types("tlog", "key").out.splitlines()[0]
