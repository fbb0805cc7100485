"""Bearer tokens: shown once when issued, kept only as a hash, checked in constant time.

A token reads ``dl_<id>_<secret>``: the id finds the row, the secret (256 random bits) proves it.
A token speaks for one subject; what the subject may do is decided elsewhere, at every command anew.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Row, insert, select, update

from ledger import instants
from ledger.clock import Clock
from ledger.database import Database
from ledger.schema import tokens

PREFIX = "dl"


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token: never its secret."""

    token_id: str
    subject: str
    label: str
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    def is_valid(self, at: datetime) -> bool:
        """Whether the token counts at an instant."""
        return self.revoked_at is None and at < self.expires_at


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new token with the text that its holder must keep; it cannot be shown again."""

    token: Token
    text: str

    def __repr__(self) -> str:
        """Name the token and never its text: representations end up in logs."""
        return f"IssuedToken({self.token.token_id!r}, …)"


class Tokens:
    """The tokens of one database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def issue(self, subject: str, label: str, lifetime: timedelta) -> IssuedToken:
        """Make a token for a subject, valid from now for ``lifetime``."""
        now = self._clock()
        token = Token(secrets.token_hex(6), subject, label, now, now + lifetime, None)
        secret = secrets.token_urlsafe(32)
        row = {
            "token_id": token.token_id,
            "secret_sha256": _hash(secret),
            "subject": subject,
            "label": label,
            "issued_at": instants.to_microseconds(token.issued_at),
            "expires_at": instants.to_microseconds(token.expires_at),
        }
        self._database.transact(lambda connection: connection.execute(insert(tokens), row))
        return IssuedToken(token, f"{PREFIX}_{token.token_id}_{secret}")

    def check(self, text: str) -> Token | None:
        """The token a text stands for, or None: unknown, wrong, expired and revoked all look alike."""
        prefix, _, rest = text.partition("_")
        token_id, _, secret = rest.partition("_")
        if prefix != PREFIX or not token_id or not secret or not text.isascii():
            return None
        with self._database.engine.connect() as connection:
            row = connection.execute(select(tokens).where(tokens.c.token_id == token_id)).one_or_none()
        if row is None or not hmac.compare_digest(bytes(row.secret_sha256), _hash(secret)):
            return None
        token = _token(row)
        return token if token.is_valid(self._clock()) else None

    def revoke(self, token_id: str) -> bool:
        """End a token now; false when there is no such token or it had ended before."""
        statement = (
            update(tokens)
            .where(tokens.c.token_id == token_id, tokens.c.revoked_at.is_(None))
            .values(revoked_at=instants.to_microseconds(self._clock()))
        )
        return self._database.transact(lambda connection: bool(connection.execute(statement).rowcount))

    def all(self) -> list[Token]:
        """Every token ever issued, newest first, without secrets."""
        with self._database.engine.connect() as connection:
            query = select(tokens).order_by(tokens.c.issued_at.desc(), tokens.c.token_id)
            return [_token(row) for row in connection.execute(query)]


def _hash(secret: str) -> bytes:
    # The secret has 256 random bits: a plain hash cannot be searched, and checking stays cheap.
    return sha256(secret.encode()).digest()


def _token(row: Row[tuple[object, ...]]) -> Token:
    revoked_at = None if row.revoked_at is None else instants.from_microseconds(row.revoked_at)
    return Token(
        row.token_id,
        row.subject,
        row.label,
        instants.from_microseconds(row.issued_at),
        instants.from_microseconds(row.expires_at),
        revoked_at,
    )
