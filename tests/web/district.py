"""A district behind its doors: an application over a fresh ledger, officers with tokens, and a short way to ask.

An officer's code says the post and the unit: ``D02`` drafts in U02, ``S02`` reviews secrets there.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI

from aggregates.deed import Deed
from aggregates.registry import Registry
from ledger.clock import Clock, system_clock
from ledger.credentials import Tokens
from ledger.database import open_database
from ledger.entry import Actor, Entry
from ledger.ledger import Ledger
from web.app import create_app
from web.settings import Settings

POSTS = {
    "D": "drafter",
    "A": "reviewer",
    "S": "secrecy_reviewer",
    "P": "publisher",
    "G": "disclosure_officer",
    "Z": "principal",
    "R": "archivist",
}
STAFF = [
    *[(f"{letter}{number}", post, f"U{number}") for number in ("01", "02", "05") for letter, post in POSTS.items()],
    ("J01", "inspector", "U01"),
    ("T04", "investigator", "X04"),
    ("X03", "secrecy_administration", "X03"),
]
KINDS = {"U02": "department", "U05": "department", "X03": "external", "X04": "external"}
LIFETIME = timedelta(days=1)


def settings_for(database_url: str, **more: Any) -> Settings:
    """Settings of a service that looks after itself: schema, projections, quick to notice."""
    chosen = {"create_schema": True, "run_projections": True, "credential_memory_s": 0.0, "command_threads": 32, **more}
    return Settings(database_url=database_url, **chosen)


class District:
    """A founded district with everybody at work, and a token for each."""

    def __init__(self, database_url: str, clock: Clock = system_clock, *, founded: bool = False) -> None:
        self.database_url, self.clock = database_url, clock
        self.database = open_database(database_url)
        self.ledger = Ledger(self.database, clock=clock)
        self.registry = Registry(self.ledger)
        self.tokens = Tokens(self.database, clock)
        self._texts: dict[str, str] = {}
        if not founded:
            self._found()

    def close(self) -> None:
        self.registry.close()
        self.ledger.close()
        self.database.close()

    # ── what is given ─────────────────────────────────────────────────────────────────────────────

    def deed(self, officer: str, post: str, unit: str) -> Deed:
        return Deed(Actor(officer, post, unit, "cli"), self.clock(), f"given-{secrets.token_hex(8)}")

    def as_administrator(self, command: str, **data: Any) -> None:
        getattr(self.registry, command)(self.deed("ADM", "administrator", "U01"), **data)

    def _found(self) -> None:
        office = {"unit": "U01", "name_zh": "区政府办公室", "name_en": "District Office"}
        self.as_administrator("found_district", **office, officer="ADM", name="管理员")
        for unit, kind in KINDS.items():
            self.as_administrator("register_unit", unit=unit, name_zh=f"单位{unit}", name_en=f"Unit {unit}", kind=kind)
        for officer, post, unit in STAFF:
            self.as_administrator("register_officer", officer=officer, name=f"姓名{officer}")
            self.employ(officer, post, unit)
        for channel, kind in (("CH-01", "platform"), ("CH-03", "wechat")):
            names = {"name_zh": channel, "name_en": channel}
            self.as_administrator("register_channel", channel=channel, kind=kind, owner_unit="U01", **names)

    def employ(self, officer: str, post: str, unit: str) -> None:
        self.as_administrator("appoint_officer", officer=officer, unit=unit, post=post, from_date="2024-01-01")

    def token(self, officer: str) -> str:
        """The officer's token; the same one each time."""
        if officer not in self._texts:
            self._texts[officer] = self.tokens.issue(officer, "test", LIFETIME).text
        return self._texts[officer]

    # ── what was written ──────────────────────────────────────────────────────────────────────────

    @property
    def size(self) -> int:
        return self.ledger.feed.size()

    def entries(self, *types: str) -> list[Entry]:
        return self.ledger.read(0, 10_000, None, types)


class Door:
    """An open application with one way to knock: ``door.post("P02", "/api/publications", {...})``."""

    app: FastAPI

    def __init__(self, district: District, client: httpx.Client) -> None:
        self.district, self.client = district, client

    def headers(self, officer: str | None, more: dict[str, str] | None) -> dict[str, str]:
        bearer = {} if officer is None else {"Authorization": f"Bearer {self.district.token(officer)}"}
        return {**bearer, **(more or {})}

    def get(
        self, officer: str | None, path: str, headers: dict[str, str] | None = None, **query: Any
    ) -> httpx.Response:
        return self.client.get(path, params=query or None, headers=self.headers(officer, headers))

    def post(self, officer: str | None, path: str, body: Any, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(path, json=body, headers=self.headers(officer, named))

    def raw(self, officer: str | None, path: str, body: bytes, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(path, content=body, headers=self.headers(officer, named))

    # ── what is given, over the same doors ────────────────────────────────────────────────────────

    def stored(self, text: str, name: str = "通知.html") -> dict[str, Any]:
        """A content uploaded over the API, as a body cites it."""
        answer = self.client.put("/api/contents", content=text.encode(), headers=self.headers("D02", None))
        assert answer.status_code == 201, answer.text
        return {**answer.json(), "media_type": "text/html", "name": name}

    def etag(self, officer: str, path: str, position: int = 0) -> str:
        answer = self.get(officer, path, min_position=position)
        assert answer.status_code == 200, answer.text
        return answer.headers["ETag"]

    def carried_out(self, officer: str, path: str, body: Any, **headers: str) -> httpx.Response:
        answer = self.post(officer, path, body, **headers)
        assert answer.status_code == 201, answer.text
        return answer

    def drafted(self, item: str, text: str = "全文", **more: Any) -> httpx.Response:
        body = {"item": item, "unit": "U02", "title": "关于某事的通知", "content": self.stored(text), **more}
        return self.carried_out("D02", "/api/documents", body)

    def approved(self, item: str, text: str = "全文") -> httpx.Response:
        """Drafted, attributed as proactive, reviewed, submitted and approved."""
        self.drafted(item, text)
        return self.way_up(item)

    def way_up(self, item: str) -> httpx.Response:
        self.carried_out("D02", f"/api/documents/{item}/attributes", {"attribute": "PROACTIVE"})
        self.carried_out("A02", f"/api/documents/{item}/attribute-reviews", {"conclusion": "CONFIRMED"})
        submitted = self.carried_out("D02", f"/api/documents/{item}/submissions", {})
        return self.carried_out("A02", f"/api/documents/{item}/approvals", {}, If_Match=submitted.headers["ETag"])

    def reviewed(self, item: str, etag: str) -> httpx.Response:
        body = {"conclusion": "CLEARED", "ground": "不涉密"}
        return self.carried_out("S02", f"/api/documents/{item}/secrecy-reviews", body, If_Match=etag)

    def cleared(self, item: str, text: str = "全文") -> httpx.Response:
        """Approved and reviewed for secrets: ready to be published."""
        return self.reviewed(item, self.approved(item, text).headers["ETag"])

    def published(self, item: str, text: str = "全文") -> httpx.Response:
        self.cleared(item, text)
        return self.carried_out("P02", "/api/publications", {"item": item, "channels": ["CH-01"]})


class InProcess(httpx.BaseTransport):
    """Carries requests to an application whose event loop runs in a thread of its own; from any number of threads."""

    def __init__(self, app: FastAPI, portal: BlockingPortal) -> None:
        self.app, self._portal = app, portal
        self._inner = httpx.ASGITransport(app, raise_app_exceptions=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        return self._portal.call(self._send, request)

    async def _send(self, request: httpx.Request) -> httpx.Response:
        handed = httpx.Request(request.method, request.url, headers=request.headers, content=request.content)
        answer = await self._inner.handle_async_request(handed)
        return httpx.Response(answer.status_code, headers=answer.headers, content=await answer.aread())


@contextmanager
def open_door(district: District, **settings: Any) -> Iterator[Door]:
    """The application in this process, behind httpx."""
    app = create_app(settings_for(district.database_url, **settings), clock=district.clock)
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(app.router.lifespan_context(app)),
        httpx.Client(transport=InProcess(app, portal), base_url="http://ledger.test", timeout=60) as client,
    ):
        door = Door(district, client)
        door.app = app
        if app.state.settings.projects:
            assert app.state.service.projector.wait_for(district.size, 20)
        yield door


def now() -> datetime:
    """The moment, for tests that must name one."""
    return datetime.now(UTC)
