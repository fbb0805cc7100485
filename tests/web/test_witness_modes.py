"""Strict: no receipt without the quorum.  Open: answers at once, and says what has gone unwitnessed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ledger.clock import system_clock
from ledger.note import open_note
from ledger.policy import parse_policy
from ledger.proof import check_inclusion
from ledger.published import checkpoint_of
from ledger.receipt_file import check_receipt_file
from ledger.signing import open_keys
from ledger.tree import leaf_hash
from tests.support.witness_at_work import WitnessAtWork, witness_at_work
from tests.web.district import District, Door, open_door
from web.settings import UnusableSettings

ORIGIN = "disclosure-ledger.invalid/district"


def eventually(met: Callable[[], Any], within_s: float = 15) -> Any:
    """What ``met`` answers once it is true."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if found := met():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not come about")


@pytest.fixture
def signing(tmp_path: Path) -> Path:
    return tmp_path / "signing"


@pytest.fixture
def witness(signing: Path, tmp_path: Path) -> Iterator[WitnessAtWork]:
    keys, _ = open_keys(signing, ORIGIN)
    with witness_at_work(tuple(keys.verifiers), tmp_path) as found:
        yield found


@pytest.fixture
def policy(witness: WitnessAtWork, tmp_path: Path) -> Path:
    file = tmp_path / "policy"
    file.write_text(f"{witness.statement('audit')}quorum audit\n")
    return file


@pytest.fixture
def settings(signing: Path, policy: Path) -> dict[str, Any]:
    return {
        "signing_directory": signing,
        "witness_policy": policy,
        "witness_interval_s": 0.3,
        "witness_patience_s": 8.0,
        "witness_limit_s": 300.0,
    }


def body(door: Door, item: str) -> dict[str, Any]:
    return {"item": item, "unit": "U02", "title": "通知", "content": door.stored("全文")}


class TestStrict:
    def test_a_receipt_bears_the_quorum_and_its_proof_leads_to_it(
        self, district: District, settings: dict[str, Any], witness: WitnessAtWork
    ) -> None:
        with open_door(district, **settings, witness_mode="strict") as door:
            receipt = door.drafted("I-2025-0001").json()

        note, signed = open_note(receipt["checkpoint"], [witness.signer.verifier])
        checkpoint = checkpoint_of(note.to_text())
        assert [verifier for verifier, _ in signed] == [witness.signer.verifier]
        path = [bytes.fromhex(hash_) for hash_ in receipt["inclusion_path"]]
        leaf = bytes.fromhex(receipt["leaf_hashes"][-1])
        check_inclusion(leaf, receipt["position"] - 1, checkpoint.size, path, checkpoint.root)

    def test_without_the_quorum_it_is_recorded_and_no_receipt_given_until_it_is_repeated(
        self, small_district: District, settings: dict[str, Any], witness: WitnessAtWork
    ) -> None:
        settings["witness_patience_s"] = 0.3
        with open_door(small_district, **settings, witness_mode="strict") as door:
            wish = body(door, "I-2025-0001")
            witness.away = True
            before = small_district.size

            refused = door.post("D02", "/api/documents", wish, Idempotency_Key="one")

            assert refused.status_code == 503
            assert refused.json()["code"] == "NOT_WITNESSED_YET"
            assert "已记录，尚未" in refused.json()["detail"]
            assert int(refused.headers["Retry-After"]) > 0
            assert "checkpoint" not in refused.json()
            assert small_district.size == before + 1
            assert door.get("D02", f"/api/events/{before + 1}/receipt").json()["code"] == "NOT_WITNESSED_YET"

            witness.away = False
            again = eventually(
                lambda: (
                    (answer := door.post("D02", "/api/documents", wish, Idempotency_Key="one")).status_code == 201
                    and answer
                )
            )

            assert small_district.size == before + 1
            assert again.json()["position"] == before + 1
            assert again.headers["Idempotency-Replayed"] == "true"
            assert open_note(again.json()["checkpoint"], [witness.signer.verifier])[1]

    def test_many_who_wait_are_witnessed_together(
        self, small_district: District, settings: dict[str, Any], witness: WitnessAtWork
    ) -> None:
        with open_door(small_district, **settings, witness_mode="strict", command_threads=4) as door:
            wishes = [body(door, f"I-2025-{number:04d}") for number in range(24)]
            eventually(lambda: door.get(None, "/api/tlog").json()["witnessed_size"] == small_district.size)
            witness.hold.clear()
            asked, before = witness.asked, small_district.size
            with ThreadPoolExecutor(24) as crowd:
                answers = [crowd.submit(door.post, "D02", "/api/documents", wish) for wish in wishes]
                # All are recorded though only four threads carry commands out: waiting takes none of them.
                eventually(lambda: small_district.size == before + len(wishes))
                assert not any(answer.done() for answer in answers)
                witness.hold.set()
                assert {answer.result().status_code for answer in answers} == {201}

            assert witness.asked - asked <= 6

    def test_a_proof_file_leads_to_a_checkpoint_with_the_quorum(
        self, small_district: District, settings: dict[str, Any], witness: WitnessAtWork
    ) -> None:
        with open_door(small_district, **settings, witness_mode="strict") as door:
            position = door.drafted("I-2025-0001").json()["position"]
            key = door.get(None, "/api/tlog").json()["verifier_keys"][0]
            rules = parse_policy(f"log {key}\n{witness.statement('audit')}quorum audit\n")
            entry = small_district.ledger.entry(position)

            file = door.get("D02", f"/api/events/{position}/receipt").text

        assert check_receipt_file(entry.raw, file, rules).index == position - 1
        assert leaf_hash(entry.raw) == entry.leaf_hash

    def test_what_was_witnessed_before_a_restart_needs_no_witness_again(
        self, small_district: District, settings: dict[str, Any], witness: WitnessAtWork
    ) -> None:
        with open_door(small_district, **settings, witness_mode="strict") as door:
            wish = body(door, "I-2025-0001")
            first = door.carried_out("D02", "/api/documents", wish, Idempotency_Key="one")
        witness.away = True
        with open_door(small_district, **settings, witness_mode="strict") as door:
            again = door.post("D02", "/api/documents", wish, Idempotency_Key="one")

        assert again.status_code == 201
        assert again.json()["positions"] == first.json()["positions"]

    @pytest.mark.parametrize("rules", [None, "quorum none\n", "nonsense\n", "unreachable"])
    def test_that_could_never_answer_does_not_start(
        self, small_district: District, settings: dict[str, Any], policy: Path, rules: str | None
    ) -> None:
        if rules is None:
            settings["witness_policy"] = None
        elif rules == "unreachable":
            name, key = policy.read_text().split()[1:3]
            policy.write_text(f"witness {name} {key}\nquorum {name}\n")
        else:
            policy.write_text(rules)

        with (
            pytest.raises(UnusableSettings, match="the service was not started"),
            open_door(small_district, **settings, witness_mode="strict"),
        ):
            pass


class TestOpen:
    def test_answers_wait_for_nobody_and_are_witnessed_afterwards(
        self, small_district: District, settings: dict[str, Any], witness: WitnessAtWork
    ) -> None:
        with open_door(small_district, **settings) as door:
            witness.hold.clear()
            position = door.drafted("I-2025-0001").json()["position"]
            assert (door.get(None, "/api/tlog").json()["witnessed_size"] or 0) < position

            witness.hold.set()

            eventually(lambda: door.get(None, "/api/tlog").json()["witnessed_size"] == position)
            known = door.get(None, "/api/tlog").json()
            assert (known["witness_mode"], known["unwitnessed_since"]) == ("open", None)

    def test_what_has_gone_unwitnessed_too_long_is_said_everywhere(
        self, small_district: District, settings: dict[str, Any], witness: WitnessAtWork
    ) -> None:
        settings |= {"witness_limit_s": 5.0, "witness_interval_s": 0.3, "metrics_public": True}
        with open_door(small_district, **settings) as door:
            eventually(lambda: door.get(None, "/api/tlog").json()["witnessed_size"] == small_district.size)
            seen = small_district.size
            eventually(lambda: "未经见证" not in door.get(None, "/").text)
            witness.away = True
            door.drafted("I-2025-0001")

            since = eventually(lambda: door.get(None, "/api/tlog").json()["unwitnessed_since"])

            recorded = small_district.ledger.entry(seen + 1).recorded_at
            assert since["after_position"] == seen
            assert datetime.fromisoformat(since["instant"]) == recorded
            for page in ("/", "/catalogue", "/register", "/units", "/status", "/items/no-such-item"):
                assert f"第 {seen} 条之后" in door.get(None, page).text, page
                assert "Not witnessed since" in door.get(None, page, lang="en").text, page
            ready = door.get(None, "/health/ready")
            assert ready.status_code == 200
            assert f"after position {seen}" in ready.json()["notices"]["witnesses"]
            figures = door.get(None, "/metrics").text
            assert f"ledger_witnessed_position {float(seen)}" in figures
            assert 'ledger_witness_trouble{witness="audit"} 1.0' in figures

            witness.away = False
            eventually(lambda: door.get(None, "/api/tlog").json()["unwitnessed_since"] is None)
            eventually(lambda: "未经见证" not in door.get(None, "/").text)

    def test_a_quiet_log_is_shown_again_so_that_a_silent_witness_is_noticed(
        self, small_district: District, settings: dict[str, Any], witness: WitnessAtWork
    ) -> None:
        settings |= {"witness_limit_s": 2.0, "witness_interval_s": 0.3}
        with open_door(small_district, **settings) as door:
            eventually(lambda: door.get(None, "/api/tlog").json()["witnessed_size"] == small_district.size)
            witness.away = True

            since = eventually(lambda: door.get(None, "/api/tlog").json()["unwitnessed_since"])

        assert since["after_position"] == small_district.size
        assert system_clock() - datetime.fromisoformat(since["instant"]) < timedelta(minutes=1)

    def test_a_witness_that_knows_another_past_is_reported_loudly(
        self,
        small_district: District,
        settings: dict[str, Any],
        witness: WitnessAtWork,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        settings["metrics_public"] = True
        # The witness remembers a longer log than there is.
        state = witness._state
        with open_door(small_district, **settings) as door:
            eventually(lambda: door.get(None, "/api/tlog").json()["witnessed_size"])
        text = state.last(ORIGIN)
        assert text is not None
        with state.held(ORIGIN) as keep:
            keep(text.replace(f"\n{small_district.size}\n", f"\n{small_district.size + 500}\n"))
        with open_door(small_district, **settings) as door:
            status = eventually(lambda: [w for w in door.get(None, "/api/tlog").json()["witnesses"] if w["disagrees"]])

            assert "are gone" in status[0]["trouble"]
            assert 'ledger_witness_disagrees{witness="audit"} 1.0' in door.get(None, "/metrics").text
            assert "are gone" in door.get(None, "/health/ready").json()["notices"]["witnesses"]
            assert "见证不认可" in door.get(None, "/").text
        assert '"event": "witness_disagrees"' in capsys.readouterr().out


def test_a_wait_is_over_as_soon_as_the_quorum_is_there(
    small_district: District, settings: dict[str, Any], witness: WitnessAtWork
) -> None:
    settings["witness_patience_s"] = 20.0
    with open_door(small_district, **settings, witness_mode="strict") as door:
        wish = body(door, "I-2025-0001")
        witness.hold.clear()
        threading.Timer(0.5, witness.hold.set).start()
        began = time.monotonic()

        assert door.post("D02", "/api/documents", wish).status_code == 201

        assert 0.3 < time.monotonic() - began < settings["witness_patience_s"]
