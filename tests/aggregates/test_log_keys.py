"""The administrator changes the log's keys; nobody else does, nobody twice, and whoever tried is on record."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from aggregates.log_keys.file import KEYS, LogKeys
from aggregates.log_keys.words import LogKeyEvent
from aggregates.registry import Registry
from ledger.errors import CommandReused, LedgerReadOnly, LedgerUnavailable
from ledger.keyring import KEY_FILE
from ledger.ledger import Ledger
from ledger.rotation import ROTATED, STREAM
from ledger.signing import Signing
from tests.aggregates.house import House


@pytest.fixture
def signed(house: House, tmp_path: Path) -> Iterator[House]:
    """The house over a log that is signed."""
    house.registry.close()
    house.ledger.close()
    house.ledger = Ledger(house.database, signing=Signing(tmp_path / "signing", "ledger.example/house"))
    house.registry = Registry(house.ledger)
    yield house
    assert house.ledger.fault is None


def key(house: House) -> str:
    history = house.ledger.key_history()
    assert history is not None
    return history.now[0].key_id.hex()


def key_files(house: House) -> int:
    assert house.ledger.signer is not None
    return len([file for file in house.ledger.signer.directory.iterdir() if file.name.startswith(KEY_FILE)])


def test_the_file_is_the_stream_that_the_ledger_reads() -> None:
    assert LogKeys.stream_of(KEYS) == STREAM
    assert LogKeyEvent.LOG_KEY_ROTATED == ROTATED == LogKeys.Rotated.TOPIC


def test_the_administrator_changes_the_keys_and_the_entry_says_who_and_why(signed: House) -> None:
    old = key(signed)

    receipt = signed.as_("ADM").rotate_log_key(key=old, ground="年度更换")

    entry = signed.ledger.entry(receipt.position)
    assert (entry.type, entry.stream, entry.data["ground"]) == (ROTATED, STREAM, "年度更换")
    assert entry.actor is not None
    assert entry.actor.officer == "ADM"
    assert key(signed) != old
    assert signed.ledger.signer is not None
    assert [signed.ledger.signer.verifiers[0].to_text()] == entry.data["new_verifier_keys"]


@pytest.mark.parametrize("officer", ["P02", "Z01", "G01"])
def test_nobody_else_may_and_the_attempt_stays(signed: House, officer: str) -> None:
    old, files = key(signed), key_files(signed)

    with signed.refuses("POST_NOT_ENTITLED"):
        signed.as_(officer).rotate_log_key(key=old, ground="…")

    assert (key(signed), key_files(signed)) == (old, files)


def test_a_key_is_replaced_once(signed: House) -> None:
    """Two administrators, or one who clicks twice, ask for the same change."""
    old = key(signed)
    signed.as_("ADM").rotate_log_key(key=old, ground="…")
    new, files = key(signed), key_files(signed)

    with signed.refuses("KEY_NOT_IN_FORCE", key=old, in_force=new):
        signed.as_("ADM").rotate_log_key(key=old, ground="…")

    assert (key(signed), key_files(signed)) == (new, files)


def test_a_repeated_command_is_answered_and_changes_nothing(signed: House) -> None:
    old = key(signed)
    first = signed.as_("ADM", command_id="once").rotate_log_key(key=old, ground="…")
    new, files = key(signed), key_files(signed)

    again = signed.as_("ADM", command_id="once").rotate_log_key(key=old, ground="…")

    assert again.replayed
    assert again.position == first.position
    assert (key(signed), key_files(signed)) == (new, files)
    with pytest.raises(CommandReused):
        signed.as_("ADM", command_id="once").rotate_log_key(key=new, ground="…")
    assert (key(signed), key_files(signed)) == (new, files)


def test_a_ground_is_asked_for(signed: House) -> None:
    files = key_files(signed)
    with signed.refuses("INVALID"):
        signed.as_("ADM").rotate_log_key(key=key(signed), ground=" ")
    assert key_files(signed) == files


def test_a_log_that_is_not_signed_has_no_keys_to_change(house: House) -> None:
    with house.refuses("LOG_NOT_SIGNED"):
        house.as_("ADM").rotate_log_key(key="00000000", ground="…")


def test_an_answer_that_is_lost_keeps_the_new_keys(signed: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it was recorded is not known: the log may be signing with them already."""
    files = key_files(signed)

    def lost(*_: object) -> None:
        raise LedgerUnavailable("…")

    monkeypatch.setattr(signed.ledger, "append", lost)
    with pytest.raises(LedgerUnavailable):
        signed.as_("ADM").rotate_log_key(key=key(signed), ground="…")

    assert key_files(signed) == files + 1


def test_a_log_that_is_read_only_changes_no_keys(signed: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(signed.ledger), "fault", property(lambda _: "the database was set back"))

    with pytest.raises(LedgerReadOnly, match="set back"):
        signed.as_("ADM").rotate_log_key(key="00000000", ground="…")

    monkeypatch.undo()
