"""The tests' own time-stamping authority behind HTTP, which may be away or talk nonsense."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from ledger.timestamps import REPLY_TYPE, request_timestamp
from tests.support.timestamp_authority import TimestampAuthority
from tests.support.witness_at_work import serving


class AuthorityAtWork:
    """``mood`` is what it answers with: ``well``, ``away``, ``garbage``, or ``other`` (a stamp over another text)."""

    def __init__(self, authority: TimestampAuthority, folder: Path) -> None:
        self.authority, self.mood, self.asked, self.address = authority, "well", 0, ""
        self.roots = folder / "roots.pem"
        self.roots.write_bytes(authority.root.public_bytes(Encoding.PEM))

    def answer(self, query: bytes) -> tuple[int, bytes]:
        """What is said to a query now."""
        self.asked += 1
        if self.mood == "away":
            return 503, b"back later"
        if self.mood == "garbage":
            return 200, b"<html>a portal wants you to sign in</html>"
        return 200, self.authority.reply(request_timestamp("other\n").body if self.mood == "other" else query)


@contextmanager
def authority_at_work(authority: TimestampAuthority, folder: Path) -> Iterator[AuthorityAtWork]:
    """The authority, listening until the ``with`` ends."""
    at_work = AuthorityAtWork(authority, folder)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, reply = at_work.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Type", REPLY_TYPE)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as address:
        at_work.address = address
        yield at_work
