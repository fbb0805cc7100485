"""A district to test the rulebook in: units, officers, channels, a ledger, and a fluent way to speak.

An officer's code says the post and the unit: ``D02`` drafts in U02, ``S05`` reviews secrets in U05.
``house.as_("P05")`` is that officer with the deed in hand; each command is a minute after the last.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from aggregates.deed import CHINA, Deed
from aggregates.refusal import Refusal
from aggregates.registry import Registry
from ledger.append import Receipt
from ledger.database import open_database
from ledger.entry import Actor, Entry
from ledger.ledger import Ledger

POSTS = {
    "D": "drafter",
    "A": "reviewer",
    "S": "secrecy_reviewer",
    "P": "publisher",
    "G": "disclosure_officer",
    "F": "deputy_in_charge",
    "Z": "principal",
    "R": "archivist",
    "J": "inspector",
    "T": "investigator",
    "X": "secrecy_administration",
    "Y": "opinion_monitor",
    "ADM": "administrator",
}
FOUNDED = datetime(2024, 1, 2, 9, 0, tzinfo=CHINA)
DAWN = datetime(2025, 1, 6, 9, 0, tzinfo=CHINA)
OFFICE, DEPARTMENT, OTHER = "U01", "U02", "U05"
UNITS = {"U01": "district_office", "U02": "department", "U05": "department", "X3": "external", "X4": "external"}


def staff() -> list[tuple[str, str, str]]:
    """Everybody employed: officer, post, unit."""
    everywhere = [
        (f"{letter}{unit[1:]}", post, unit)
        for unit in ("U01", "U02", "U05")
        for letter, post in POSTS.items()
        if letter not in {"J", "T", "X", "ADM"}
    ]
    return [
        *everywhere,
        ("J01", "inspector", "U01"),
        ("T04", "investigator", "X4"),
        ("X03", "secrecy_administration", "X3"),
    ]


def home_of(officer: str) -> tuple[str, str]:
    """Post and unit by the officer's code."""
    for code, post, unit in [*staff(), ("ADM", "administrator", "U01")]:
        if code == officer:
            return post, unit
    raise KeyError(officer)


class Hand:
    """An officer about to act: calls of any command carry the deed."""

    def __init__(self, house: "House", actor: Actor, **deed: Any) -> None:
        self._house, self._actor, self._deed = house, actor, deed

    def __getattr__(self, command: str) -> Any:
        def carry_out(**data: Any) -> Receipt:
            return getattr(self._house.registry, command)(self._house.deed(self._actor, **self._deed), **data)

        return carry_out


class House:
    """A ledger in a file or a database, its registry, and a clock that only deeds move."""

    def __init__(self, address: Path | str) -> None:
        self.database = open_database(str(address))
        self.ledger = Ledger(self.database)
        self.registry = Registry(self.ledger)
        self.now = FOUNDED
        self.commands = 0

    def close(self) -> None:
        self.registry.close()
        self.ledger.close()
        self.database.close()

    # ── speaking ──────────────────────────────────────────────────────────────────────────────────

    def deed(self, actor: Actor, *, at: str | datetime | None = None, **more: Any) -> Deed:
        if at is not None:
            self.now = datetime.fromisoformat(at) if isinstance(at, str) else at
        else:
            self.now += timedelta(minutes=1)
        self.commands += 1
        return replace(Deed(actor, self.now, f"c-{self.commands}"), **more)

    def as_(self, officer: str, post: str | None = None, unit: str | None = None, **deed: Any) -> Hand:
        home = home_of(officer) if post is None or unit is None else ("", "")
        return Hand(self, Actor(officer, post or home[0], unit or home[1]), **deed)

    # ── what is given ─────────────────────────────────────────────────────────────────────────────

    def found(self) -> None:
        """The district office, its first administrator, all units, everybody at work, two channels."""
        self.as_("ADM").found_district(unit="U01", name_zh="区政府办公室", name_en="Office", officer="ADM")
        for unit, kind in UNITS.items():
            if unit != "U01":
                self.as_("ADM").register_unit(unit=unit, name_zh=f"单位{unit}", name_en=f"Unit {unit}", kind=kind)
        for officer, post, unit in staff():
            self.as_("ADM").register_officer(officer=officer)
            self.employ(officer, post, unit)
        for channel, kind in (("CH-01", "platform"), ("CH-03", "wechat")):
            self.as_("G01").register_channel(
                channel=channel, kind=kind, name_zh=channel, name_en=channel, owner_unit="U01"
            )

    def employ(
        self, officer: str, post: str, unit: str, from_date: str = "2024-01-01", until: str | None = None
    ) -> None:
        self.as_("ADM").appoint_officer(officer=officer, unit=unit, post=post, from_date=from_date, until_date=until)

    def stored(self, text: str, name: str = "text.html") -> dict[str, Any]:
        """A content that is in the store, as events describe it."""
        reference = self.ledger.contents.put(text.encode())
        return {"sha256": reference.sha256, "size": reference.size, "media_type": "text/html", "name": name}

    def drafted(self, item: str, unit: str = DEPARTMENT, text: str = "全文", **more: Any) -> str:
        data = {"title": "关于某事的通知", "content": self.stored(text), **more}
        self.as_(f"D{unit[1:]}").draft_document(item=item, unit=unit, **data)
        return item

    def attributed(self, item: str, unit: str = DEPARTMENT, attribute: str = "PROACTIVE", **more: Any) -> str:
        self.as_(f"D{unit[1:]}").determine_disclosure_attribute(item=item, attribute=attribute, **more)
        self.as_(f"A{unit[1:]}").review_disclosure_attribute(item=item, conclusion="CONFIRMED")
        return item

    def approved(self, item: str, unit: str = DEPARTMENT, **more: Any) -> str:
        """Drafted, attributed as proactive, reviewed, submitted and approved."""
        self.attributed(self.drafted(item, unit, **more), unit)
        self.as_(f"D{unit[1:]}").submit_draft_for_approval(item=item)
        self.as_(f"Z{unit[1:]}").approve_document(item=item)
        return item

    def cleared(self, item: str, unit: str = DEPARTMENT, **more: Any) -> str:
        """Approved, and cleared by the unit's secrecy reviewer: only publishing is left."""
        self.approved(item, unit, **more)
        self.as_(f"S{unit[1:]}").conduct_secrecy_review(item=item, conclusion="CLEARED", ground="逐项审查")
        return item

    def published(self, item: str, unit: str = DEPARTMENT, **more: Any) -> str:
        self.cleared(item, unit, **more)
        self.as_(f"P{unit[1:]}").publish_information(item=item, channels=["CH-01"])
        return item

    def partially(self, item: str, severed: str = "节选", unit: str = DEPARTMENT, **more: Any) -> dict[str, Any]:
        """A document for partial disclosure, up to its submission; answers the severed content."""
        passages = [{"locator": "附件2", "reason": "个人信息", "basis": "条例第十五条"}]
        self.attributed(self.drafted(item, unit, **more), unit, "PARTIAL", severed_passages=passages)
        self.as_(f"D{unit[1:]}").submit_draft_for_approval(item=item)
        return self.stored(severed, "severed.html")

    # ── what was written ──────────────────────────────────────────────────────────────────────────

    @property
    def size(self) -> int:
        return self.ledger.head().size

    def entries(self, after: int = 0) -> list[Entry]:
        return self.ledger.read(after, limit=100_000)

    def since(self, size: int) -> list[tuple[str, Any]]:
        """Type and data of what was written since the ledger had that size."""
        return [(entry.type, entry.data) for entry in self.entries(size)]

    @contextmanager
    def refuses(self, code: str, **details: Any) -> Iterator["Attempted"]:
        """What is done inside must be refused with that code, and nothing written but the attempt."""
        before, attempted = self.size, Attempted()
        with pytest.raises(Refusal) as raised:
            yield attempted
        refusal = raised.value
        assert refusal.code == code, str(refusal)
        written = self.entries(before)
        assert [entry.type for entry in written] == ["attempt.refused/1"]
        attempted.refusal, attempted.entry = refusal, written[0]
        assert attempted.entry.data["code"] == code
        assert attempted.entry.data["sentence_zh"] == refusal.sentence_zh
        assert attempted.entry.actor is not None
        assert {name: refusal.details[name] for name in details} == details


class Attempted:
    """The refusal that was raised and the entry that keeps it."""

    refusal: Refusal
    entry: Entry


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def types_of(written: Sequence[tuple[str, Any]]) -> list[str]:
    return [type_ for type_, _ in written]
