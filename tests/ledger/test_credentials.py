"""Bearer tokens: shown once, kept as a hash, and all that do not count look alike."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from sqlalchemy import select

from ledger.credentials import Tokens
from ledger.database import Database
from ledger.schema import tokens as table
from tests.support.ledgers import SetClock


@pytest.fixture
def tokens(database: Database, clock: SetClock) -> Tokens:
    return Tokens(database, clock)


@pytest.fixture
def subject() -> str:
    return f"P-{secrets.token_hex(4)}"


class TestChecking:
    def test_an_issued_token_answers_whose_it_is(self, tokens: Tokens, subject: str, clock: SetClock) -> None:
        issued = tokens.issue(subject, "desk", timedelta(days=1))

        found = tokens.check(issued.text)

        assert found == issued.token
        assert (found.subject, found.label, found.issued_at) == (subject, "desk", clock.now)
        assert found.expires_at == clock.now + timedelta(days=1)

    def test_an_expired_token_is_nothing(self, tokens: Tokens, subject: str, clock: SetClock) -> None:
        issued = tokens.issue(subject, "desk", timedelta(hours=1))

        clock.advance(minutes=59)
        before = tokens.check(issued.text)
        clock.advance(minutes=1)

        assert before == issued.token
        assert tokens.check(issued.text) is None

    def test_a_revoked_token_is_nothing(self, tokens: Tokens, subject: str) -> None:
        issued = tokens.issue(subject, "desk", timedelta(days=1))
        other = tokens.issue(subject, "home", timedelta(days=1))

        assert tokens.revoke(issued.token.token_id)

        assert tokens.check(issued.text) is None
        assert tokens.check(other.text) == other.token

    def test_a_text_that_was_never_issued_is_nothing(self, tokens: Tokens, subject: str) -> None:
        text = tokens.issue(subject, "desk", timedelta(days=1)).text
        prefix, token_id, secret = text.split("_", 2)

        for forged in (
            "",
            "dl",
            "dl__",
            f"{prefix}_{token_id}",
            f"{prefix}_{token_id}_",
            f"{prefix}__{secret}",
            f"xx_{token_id}_{secret}",
            f"{text}x",
            text[:-1],
            text.upper(),
            f" {text}",
            f"{prefix}_{token_id}_密",
            f"{prefix}_{'0' * 12}_{secret}",
            f"{prefix}_{token_id}_{secrets.token_urlsafe(32)}",
        ):
            assert tokens.check(forged) is None, forged

    def test_another_tokens_secret_does_not_help(self, tokens: Tokens, subject: str) -> None:
        one, other = (tokens.issue(subject, "desk", timedelta(days=1)) for _ in range(2))
        secret = other.text.split("_", 2)[2]

        assert tokens.check(f"dl_{one.token.token_id}_{secret}") is None


class TestKeeping:
    def test_the_secret_is_nowhere_in_the_database(self, tokens: Tokens, subject: str, database: Database) -> None:
        issued = tokens.issue(subject, "desk", timedelta(days=1))
        secret = issued.text.split("_", 2)[2]

        with database.engine.connect() as connection:
            row = connection.execute(select(table).where(table.c.token_id == issued.token.token_id)).one()

        assert secret not in repr(tuple(row))
        assert secret.encode() not in bytes(row.secret_sha256)

    def test_no_representation_shows_the_secret(self, tokens: Tokens, subject: str) -> None:
        issued = tokens.issue(subject, "desk", timedelta(days=1))

        assert issued.text not in f"{issued!r} {issued}"
        assert issued.text.split("_", 2)[2] not in repr([issued])

    def test_all_are_listed_newest_first(self, tokens: Tokens, subject: str, clock: SetClock) -> None:
        issued = []
        for label in ("first", "second", "third"):
            clock.advance(seconds=1)
            issued.append(tokens.issue(subject, label, timedelta(days=1)).token)

        own = [token for token in tokens.all() if token.subject == subject]

        assert own == issued[::-1]


class TestRevoking:
    def test_is_told_once(self, tokens: Tokens, subject: str, clock: SetClock) -> None:
        token_id = tokens.issue(subject, "desk", timedelta(days=1)).token.token_id

        assert tokens.revoke(token_id)
        revoked_at = clock.now
        clock.advance(hours=1)
        assert not tokens.revoke(token_id)

        assert next(token for token in tokens.all() if token.token_id == token_id).revoked_at == revoked_at

    def test_what_never_was_is_told_too(self, tokens: Tokens) -> None:
        assert not tokens.revoke("no such token")
