"""Who is at the door: from the credential to the officer, and from the officer to the posts held now.

The credential is a bearer token in the header ``Authorization``, or, for a browser that has signed in
on a page, the same token in a cookie that scripts cannot read.  Nothing in a body says who acts.
"""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256

from eventsourcing.application import AggregateNotFoundError, Repository
from fastapi import Request

from aggregates.deed import CHINA, PUBLIC
from aggregates.officer import Officer
from aggregates.registry import Registry
from aggregates.unit import Unit
from ledger.clock import Clock
from ledger.credentials import Token, Tokens

_MOST_REMEMBERED = 4096
_LONGEST_TOKEN = 256


@dataclass(frozen=True, slots=True, order=True)
class HeldPost:
    """A post held in a unit at this moment."""

    post: str
    unit: str

    def __str__(self) -> str:
        """As the header ``Acting-Post`` names it."""
        return f"{self.post}@{self.unit}"


@dataclass(frozen=True, slots=True)
class Principal:
    """An officer who has signed in, with the posts held at that moment; a code, never a name."""

    officer: str
    token_id: str
    posts: tuple[HeldPost, ...]
    in_district_office: bool

    @property
    def credential(self) -> str:
        """How an event says by what the officer was recognised."""
        return f"token:{self.token_id}"

    @property
    def post_names(self) -> frozenset[str]:
        """The posts held, in whichever unit."""
        return frozenset(held.post for held in self.posts)

    @property
    def units(self) -> frozenset[str]:
        """The units in which a post is held."""
        return frozenset(held.unit for held in self.posts)


THE_PUBLIC = Principal(PUBLIC.officer, "", (HeldPost(PUBLIC.post, PUBLIC.unit),), in_district_office=False)
"""Whoever has not signed in, where a command is open to the public."""


@dataclass(frozen=True, slots=True)
class Credential:
    """What was presented; ``by_cookie`` when the browser sent it by itself, so that its wish must be proved."""

    text: str
    by_cookie: bool

    def __repr__(self) -> str:
        """Never the text: representations end up in logs."""
        return f"Credential(by_cookie={self.by_cookie})"


def cookie_name(*, https: bool) -> str:
    """The session cookie's name; ``__Host-`` ties it to this host and to https."""
    return "__Host-ledger" if https else "ledger"


def credential_of(request: Request, *, https: bool) -> Credential | None:
    """What the request presents, if anything; a header counts before the cookie."""
    scheme, _, text = request.headers.get("authorization", "").partition(" ")
    if scheme:
        return Credential(text.strip() if scheme.lower() == "bearer" else "", by_cookie=False)
    cookie = request.cookies.get(cookie_name(https=https))
    return None if cookie is None else Credential(cookie, by_cookie=True)


class Principals:
    """Recognises officers by their tokens.

    A token once checked is believed for ``memory_s``; that is how long a revocation or the end of a
    post may take to show in what is read.  Commands are judged by the Registry at every deed anew.
    """

    def __init__(self, tokens: Tokens, registry: Registry, clock: Clock, memory_s: float) -> None:
        self._tokens, self._clock, self._memory_s = tokens, clock, memory_s
        # Without the Registry's memory of files: another process may have changed a post a moment ago.
        self._files = Repository[str](registry.events)
        self._remembered: OrderedDict[bytes, tuple[float, Token, Principal]] = OrderedDict()
        self._lock = threading.Lock()

    def remembered(self, text: str) -> Principal | None:
        """The officer of a token checked a moment ago, without asking the database."""
        with self._lock:
            found = self._remembered.get(_key(text))
        if found is None or found[0] < time.monotonic() or not found[1].is_valid(self._clock()):
            return None
        return found[2]

    def recognise(self, text: str) -> Principal | None:
        """The officer a token stands for, or None; asks the database."""
        token = self._tokens.check(text) if len(text) <= _LONGEST_TOKEN else None
        if token is None:
            return None
        principal = self._principal(token)
        if self._memory_s:
            self._remember(text, token, principal)
        return principal

    def _remember(self, text: str, token: Token, principal: Principal) -> None:
        with self._lock:
            self._remembered[_key(text)] = (time.monotonic() + self._memory_s, token, principal)
            self._remembered.move_to_end(_key(text))
            while len(self._remembered) > _MOST_REMEMBERED:
                self._remembered.popitem(last=False)

    def _principal(self, token: Token) -> Principal:
        held = self._posts_held(token.subject)
        in_office = any(self._is_district_office(unit) for unit in {one.unit for one in held})
        return Principal(token.subject, token.token_id, held, in_office)

    def _posts_held(self, code: str) -> tuple[HeldPost, ...]:
        day = self._clock().astimezone(CHINA).date().isoformat()
        try:
            officer: Officer = self._files.get(Officer.stream_of(code))
        except AggregateNotFoundError:
            return ()
        held = {HeldPost(one.post, one.unit) for one in officer.appointments if one.covers(day)}
        return tuple(sorted(held))

    def _is_district_office(self, code: str) -> bool:
        unit: Unit = self._files.get(Unit.stream_of(code))
        return unit.is_district_office and unit.stands_at(self._clock())


def _key(text: str) -> bytes:
    # Only the hash stays in memory: a dump of the process shows no token.
    return sha256(text.encode(errors="surrogatepass")).digest()
