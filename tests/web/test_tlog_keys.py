"""The log's keys at its public door: which were in force when, and how the administrator changes them."""

from __future__ import annotations

from pathlib import Path

from aggregates.registry import Registry
from ledger.audit_published import compare_checkpoints
from ledger.ledger import Ledger
from ledger.note import Verifier, open_note, parse_verifier
from ledger.policy import Policy
from ledger.receipt_file import check_receipt_file
from ledger.recorded_rotations import parse_published_keys
from ledger.rotation import vouched
from ledger.signing import signing_for
from tests.web.district import Door

KEYS = "/api/tlog/keys"


def key_of(door: Door) -> Verifier:
    """The verifier key as an inspector would pin it."""
    return parse_verifier(door.get(None, "/api/tlog").json()["verifier_keys"][0])


def wish(door: Door, **more: str) -> dict[str, str]:
    return {"key": key_of(door).key_id.hex(), "ground": "年度更换"} | more


class TestChanging:
    def test_is_recorded_and_everybody_sees_which_key_signs_from_where(self, small_door: Door) -> None:
        old = key_of(small_door)

        done = small_door.carried_out("ADM", KEYS, wish(small_door)).json()

        new = key_of(small_door)
        assert new != old
        _, by_both = open_note(done["checkpoint"], [old, new])
        assert [verifier for verifier, _ in by_both] == [old, new]
        assert small_door.get(None, "/api/tlog").json()["keys"] == [
            {"from_position": 1, "until_position": done["position"] - 1, "verifier_keys": [old.to_text()]},
            {"from_position": done["position"], "until_position": None, "verifier_keys": [new.to_text()]},
        ]
        small_door.drafted("I-2025-0001")
        _, by_new = open_note(small_door.get(None, "/tlog/checkpoint").text, [old, new])
        assert [verifier for verifier, _ in by_new] == [new]

    def test_is_for_the_administrator_and_the_attempt_stays(self, small_door: Door) -> None:
        old = key_of(small_door)

        refused = small_door.post("P02", KEYS, wish(small_door))

        assert refused.status_code == 403
        assert refused.json()["code"] == "POST_NOT_ENTITLED"
        assert small_door.post(None, KEYS, wish(small_door)).status_code == 401
        assert key_of(small_door) == old
        assert small_door.district.ledger.read(after=small_door.district.ledger.head().size - 1)[0].type == (
            "attempt.refused/1"
        )

    def test_happens_once_however_often_it_is_asked(self, small_door: Door) -> None:
        body = wish(small_door)
        first = small_door.carried_out("ADM", KEYS, body, Idempotency_Key="yearly")
        new = key_of(small_door)

        again = small_door.carried_out("ADM", KEYS, body, Idempotency_Key="yearly")
        other = small_door.post("ADM", KEYS, body, Idempotency_Key="yearly-too")

        assert again.content == first.content
        assert other.status_code == 409
        assert other.json()["code"] == "KEY_NOT_IN_FORCE"
        assert key_of(small_door) == new

    def test_takes_nothing_that_is_no_key_id(self, small_door: Door) -> None:
        for key in ("", "abc", "../../..", "0" * 7, "G" * 8):
            assert small_door.post("ADM", KEYS, wish(small_door, key=key)).status_code == 422

    def test_by_another_process_is_followed_at_once(self, small_door: Door) -> None:
        """As the operator's command line does it while the service runs."""
        district, old = small_door.district, key_of(small_door)
        address = district.database.url.render_as_string(hide_password=False)
        with Ledger(district.database, signing=signing_for(address, "district")) as elsewhere:
            registry = Registry(elsewhere)
            registry.rotate_log_key(district.deed("ADM", "administrator", "U01"), key=old.key_id.hex(), ground="…")
            registry.close()

        new = key_of(small_door)
        small_door.drafted("I-2025-0001")

        assert new != old
        assert open_note(small_door.get(None, "/tlog/checkpoint").text, [new])
        assert small_door.get(None, "/api/tlog").json()["fault"] is None


class TestWhoeverHoldsTheOldKey:
    def test_is_led_to_the_new_one_by_public_statements(self, small_door: Door) -> None:
        old, before = key_of(small_door), small_door.get(None, "/tlog/checkpoint").text
        for _ in range(2):
            small_door.carried_out("ADM", KEYS, wish(small_door))
        small_door.drafted("I-2025-0001")

        rotations = parse_published_keys(small_door.get(None, "/tlog/keys").content)

        assert vouched(rotations, [old]).now == (key_of(small_door),)
        now = small_door.get(None, "/tlog/checkpoint").text
        published = small_door.district.ledger.published
        assert compare_checkpoints(before, now, [old], published.consistency, rotations).fork is None
        receipt = small_door.get(None, "/api/events/2/receipt").text
        entry = small_door.district.ledger.entry(2).raw
        assert check_receipt_file(entry, receipt, Policy((old,)), rotations).index == 1

    def test_a_log_that_never_changed_its_keys_shows_the_one_it_has(self, small_door: Door) -> None:
        told = small_door.get(None, "/tlog/keys").json()

        assert [epoch["verifier_keys"] for epoch in told["history"]] == [[key_of(small_door).to_text()]]
        assert parse_published_keys(small_door.get(None, "/tlog/keys").content) == []


def test_the_private_keys_stay_with_the_service(small_door: Door) -> None:
    small_door.carried_out("ADM", KEYS, wish(small_door))
    signing = Path(f"{small_door.district.database.url.database}.signing")
    lines = [line for file in signing.glob("log.key*") for line in file.read_text().splitlines()]
    private = [line.split("+", 4)[-1] for line in lines]
    told = "".join(small_door.get(None, path).text for path in ("/tlog/keys", "/api/tlog", "/tlog/checkpoint"))

    assert len(private) >= 2
    assert not any(seed in told for seed in private)
