"""Keys exchanged, put back, forged or set back: the log notices, says why, and signs nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from ledger.append import Command
from ledger.checkpoint import Checkpoint
from ledger.database import Database
from ledger.errors import LedgerReadOnly
from ledger.keyring import KEY_FILE, KeyFileRefused, KeyRing, SigningKeys
from ledger.ledger import Ledger
from ledger.note import Note
from ledger.rotation import (
    Statement,
    data_of,
    read_rotation,
)
from ledger.signing import LogSigner, Signing
from ledger.tree import RightEdge
from tests.support.ledgers import minutes
from tests.support.rotations import (
    ORIGIN,
    STRANGER,
    change,
    keys_of,
    more,
    rotate,
)


@pytest.fixture
def signing(tmp_path: Path) -> Signing:
    return Signing(tmp_path / "signing", ORIGIN)


@pytest.fixture
def opened(database: Database, name: str, signing: Signing) -> Callable[[], Ledger]:
    """Opens the test's ledger, as often as it likes."""
    return lambda: Ledger(database, name, signing=signing)


class TestAnAttack:
    @pytest.fixture
    def signed(self, opened: Callable[[], Ledger]) -> Iterator[Ledger]:
        """Not looked at afterwards: it has been attacked."""
        with opened() as ledger:
            ledger.append(Command(minutes("minutes/1", 5)))
            yield ledger

    def lied_to(self, ledger: Ledger, statement: str, **parameters: Any) -> None:
        """Do something to the database that its guards would refuse to the service."""
        with ledger.database.writing() as connection:
            if ledger.database.is_postgresql:
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            else:
                for (trigger,) in connection.execute(
                    text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                ).all():
                    connection.execute(text(f'DROP TRIGGER "{trigger}"'))
            connection.execute(text(statement), {"ledger": ledger.number, **parameters})

    def test_older_key_files_put_back_are_noticed(
        self, signed: Ledger, opened: Callable[[], Ledger], signing: Signing, tmp_path: Path
    ) -> None:
        shutil.copytree(signing.directory, tmp_path / "backup")
        rotate(signed)
        signed.close()
        shutil.rmtree(signing.directory)
        shutil.copytree(tmp_path / "backup", signing.directory)

        with opened() as again:
            assert again.fault is not None
            assert "whose private key is not in" in again.fault
            with pytest.raises(LedgerReadOnly):
                more(again)

    def test_only_the_old_key_put_back_is_mended(
        self, signed: Ledger, opened: Callable[[], Ledger], signing: Signing
    ) -> None:
        """The key in force lies under its id beside it: the log says which is which, not the file's name."""
        old = (signing.directory / KEY_FILE).read_text()
        rotate(signed)
        new = keys_of(signed)
        signed.close()
        (signing.directory / KEY_FILE).write_text(old)

        with opened() as again:
            assert again.fault is None
            assert keys_of(again) == new
        assert (signing.directory / KEY_FILE).read_text() != old

    def test_a_key_file_exchanged_without_a_change_on_record_is_noticed(
        self, signed: Ledger, opened: Callable[[], Ledger], signing: Signing
    ) -> None:
        signed.close()
        file = signing.directory / KEY_FILE
        file.rename(file.with_name(f"{KEY_FILE}.{keys_of(signed)[0].key_id.hex()}"))
        KeyRing.write(file, SigningKeys(ORIGIN, (STRANGER,)))

        with opened() as again:
            assert again.fault is not None
            assert "said to have signed was not" in again.fault
            with pytest.raises(LedgerReadOnly):
                more(again)

    def test_a_lost_key_is_not_replaced_by_a_new_one(
        self, signed: Ledger, opened: Callable[[], Ledger], signing: Signing
    ) -> None:
        rotate(signed)
        signed.close()
        (signing.directory / KEY_FILE).unlink()

        with pytest.raises(KeyFileRefused, match="has been signed before"):
            opened()

    def test_a_database_from_before_the_change_is_noticed(self, signed: Ledger, opened: Callable[[], Ledger]) -> None:
        rotate(signed)
        signed.close()
        for table, column in (("ledger_entries", "position"), ("ledger_checkpoints", "size")):
            self.lied_to(signed, f"DELETE FROM {table} WHERE ledger = :ledger AND {column} > 5")
        edge = RightEdge()
        for entry in signed.read(limit=5):
            edge.append(entry.leaf_hash)
        self.lied_to(
            signed, "UPDATE ledger_head SET size = 5, edge = :edge WHERE ledger = :ledger", edge=edge.to_bytes()
        )

        with opened() as again:
            assert again.fault is not None
            assert "does not continue the checkpoint" in again.fault

    def test_a_forged_change_under_a_running_log_stops_it(self, signed: Ledger) -> None:
        """Written past the service, with all that belongs to it; only the old key's word is missing."""
        head = signed.head()
        statement = Statement(ORIGIN, 1, head.size, head.root, keys_of(signed), (STRANGER.verifier,))
        data = data_of(statement, statement.signed_by([STRANGER]), "…")
        with Ledger(signed.database, signed.name) as past_the_service:
            past_the_service._committer._signer = _Believing()  # type: ignore[assignment]
            past_the_service.append(change(data, 1))

        with pytest.raises(LedgerReadOnly, match="does not vouch for the new keys"):
            more(signed)
        with Ledger(signed.database, signed.name, signing=_signing_of(signed)) as again:
            assert "does not vouch for the new keys" in str(again.fault)


class _Believing:
    """A signer that believes everything: what a service would be whose checks somebody has cut out."""

    class history:  # noqa: N801 - stands in for an attribute
        rotations = ()

    def refuse_fork(self, _: object) -> None: ...

    def admit(self, position: int, data: Any) -> Any:
        return read_rotation(position, data)

    def rotated(self, _: object) -> None: ...

    def keep(self, _: object) -> None: ...

    def sign(self, size: int, root: bytes, _: object) -> str:
        body = Checkpoint(ORIGIN, size, root).to_text()
        return Note(body, (STRANGER.sign(body),)).to_text()


def _signing_of(ledger: Ledger) -> Signing:
    assert isinstance(ledger.signer, LogSigner)
    return Signing(ledger.signer.directory, ORIGIN)
