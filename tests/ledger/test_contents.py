"""The content store: bytes under their own hash, sealed and never deleted."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from sqlalchemy import insert, text

from ledger.content import ContentReference, ContentStore, ContentTooLarge
from ledger.database import Database
from ledger.errors import ContentMissing, ContentSealed, IntegrityFault
from ledger.schema import contents

MISSING = "0" * 64


@pytest.fixture
def store(database: Database) -> ContentStore:
    return ContentStore(database)


@pytest.fixture
def document() -> bytes:
    return f"关于印发……的通知 {secrets.token_hex(8)}".encode() + bytes(range(256))


class TestStoring:
    def test_answers_the_hash_and_the_size(self, store: ContentStore, document: bytes) -> None:
        reference = store.put(document)

        assert reference == ContentReference(sha256(document).hexdigest(), len(document))
        assert store.get(reference.sha256) == document

    def test_the_same_bytes_again_changes_nothing(self, store: ContentStore, document: bytes) -> None:
        assert store.put(document) == store.put(document)

    def test_the_same_bytes_from_many_at_once_keeps_them_once(self, store: ContentStore, document: bytes) -> None:
        with ThreadPoolExecutor(8) as pool:
            references = set(pool.map(store.put, [document] * 16))

        assert len(references) == 1
        assert store.get(references.pop().sha256) == document

    def test_nothing_at_all_is_content_too(self, store: ContentStore) -> None:
        assert store.get(store.put(b"").sha256) == b""

    def test_too_much_is_refused(self, database: Database) -> None:
        narrow = ContentStore(database, largest=10)

        with pytest.raises(ContentTooLarge, match="has 11 bytes, at most 10 are stored; nothing was kept"):
            narrow.put(b"x" * 11)
        with pytest.raises(ContentMissing):
            narrow.get(sha256(b"x" * 11).hexdigest())


class TestMissing:
    def test_content_is_named(self, store: ContentStore) -> None:
        with pytest.raises(ContentMissing, match=MISSING):
            store.get(MISSING)

    def test_content_cannot_be_sealed(self, store: ContentStore) -> None:
        with pytest.raises(ContentMissing):
            store.seal(MISSING)
        with pytest.raises(ContentMissing):
            store.unseal(MISSING)
        with pytest.raises(ContentMissing):
            store.open_sealed(MISSING)


class TestSealing:
    def test_makes_content_unreadable(self, store: ContentStore, document: bytes) -> None:
        reference = store.put(document)

        store.seal(reference.sha256)

        with pytest.raises(ContentSealed, match="only the role named in the sealing may open it"):
            store.get(reference.sha256)
        assert store.open_sealed(reference.sha256) == document

    def test_twice_is_nothing(self, store: ContentStore, document: bytes) -> None:
        reference = store.put(document)

        store.seal(reference.sha256)
        store.seal(reference.sha256)

        assert store.open_sealed(reference.sha256) == document

    def test_at_once_from_many_is_sealed_once(self, store: ContentStore, document: bytes) -> None:
        reference = store.put(document)

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(store.seal, [reference.sha256] * 8))

        assert store.open_sealed(reference.sha256) == document

    def test_holds_though_the_same_bytes_are_handed_in_again(self, store: ContentStore, document: bytes) -> None:
        reference = store.put(document)
        store.seal(reference.sha256)

        assert store.put(document) == reference

        with pytest.raises(ContentSealed):
            store.get(reference.sha256)

    def test_holds_though_a_copy_slipped_in_meanwhile(
        self, store: ContentStore, database: Database, document: bytes
    ) -> None:
        reference = store.put(document)
        store.seal(reference.sha256)
        with database.writing() as connection:
            connection.execute(
                insert(contents), {"sha256": reference.sha256, "size": reference.size, "content": document}
            )

        with pytest.raises(ContentSealed):
            store.get(reference.sha256)
        store.unseal(reference.sha256)
        assert store.get(reference.sha256) == document

    def test_is_undone_by_unsealing(self, store: ContentStore, document: bytes) -> None:
        reference = store.put(document)
        store.seal(reference.sha256)

        store.unseal(reference.sha256)

        assert store.get(reference.sha256) == document
        with pytest.raises(ContentMissing):
            store.open_sealed(reference.sha256)


class TestCorruption:
    @pytest.fixture
    def corrupted(self, database: Database) -> str:
        """A hash under which other bytes stand, as after a bad disk or a bad hand."""
        claimed = secrets.token_hex(32)
        with database.writing() as connection:
            connection.execute(insert(contents), {"sha256": claimed, "size": 5, "content": b"other"})
        return claimed

    def test_is_found_on_the_way_out(self, store: ContentStore, corrupted: str) -> None:
        with pytest.raises(IntegrityFault, match=rf"stored as {corrupted} hashes to .*It was not handed out"):
            store.get(corrupted)

    def test_is_found_behind_the_seal_too(self, store: ContentStore, corrupted: str) -> None:
        store.seal(corrupted)

        with pytest.raises(IntegrityFault):
            store.open_sealed(corrupted)


def test_content_is_never_changed_in_place(store: ContentStore, database: Database, document: bytes) -> None:
    reference = store.put(document)

    with pytest.raises(Exception, match="append-only"), database.writing() as connection:
        connection.execute(text("UPDATE ledger_contents SET size = size + 1"))

    assert store.get(reference.sha256) == document
