"""The operator at the door, and a small district behind it, on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest

from aggregates.deed import Deed
from aggregates.organisation.words_commands import OrganisationCommand
from aggregates.refusal_codes import RefusalCode
from aggregates.registry import Registry
from aggregates.vocabulary import Command, Post
from cli.app import run
from cli.demo import district
from cli.demo.opening import opening
from cli.demo.steps import Step, reference
from cli.demo.telling import StoryClock, Teller
from cli.demo.working_days import at
from ledger.database import open_database
from ledger.entry import Actor
from ledger.ledger import Ledger
from tests.support.postgres import PostgresDatabases

SHARED = Path(__file__).parents[3] / "shared"
"""The design data beside the project; tests that read it are marked and skipped without it."""


@dataclass(frozen=True)
class Outcome:
    """What one run of the program came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


class Operator:
    """Types commands against one database."""

    def __init__(self, database: str, capture: pytest.CaptureFixture[str]) -> None:
        self.database, self._capture = database, capture

    def types(self, *arguments: object) -> Outcome:
        """Run the program's own entry with these arguments; the database is named for it."""
        self._capture.readouterr()
        code = run([*(str(argument) for argument in arguments), "--database", self.database])
        captured = self._capture.readouterr()
        return Outcome(code, captured.out, captured.err)


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _SET_FOR_THE_SERVICE:
        # Set and taken away again, so that what a command sets for its service is gone after the test.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


_SET_FOR_THE_SERVICE = (
    "LEDGER_DATABASE_URL",
    "LEDGER_DATABASE_URL_FILE",
    "LEDGER_NAME",
    "LEDGER_ENTRIES_PUBLIC",
    "COLUMNS",
    "FORCE_COLOR",
)


@pytest.fixture
def operator(database_url: str, capfd: pytest.CaptureFixture[str]) -> Operator:
    """The operator of a database that is still empty."""
    return Operator(database_url, capfd)


@pytest.fixture
def at_fresh_district(operator: Operator) -> Operator:
    """A district of two units with an archivist each, and nothing else yet."""
    database = open_database(operator.database)
    with Ledger(database) as ledger:
        registry, clerk = Registry(ledger), Actor("AD01", "administrator", "U01")
        deed = Deed(clerk, ledger.clock())
        registry.found_district(deed, unit="U01", name_zh="区政府办公室", name_en="District Office", officer="AD01")
        registry.register_unit(deed, unit="U05", name_zh="区住建局", name_en="Housing Bureau", kind="department")
        for officer, unit, post in (
            ("R01", "U01", "archivist"),
            ("R05", "U05", "archivist"),
            ("P05", "U05", "publisher"),
        ):
            registry.register_officer(deed, officer=officer)
            registry.appoint_officer(deed, officer=officer, unit=unit, post=post, from_date="2020-01-01")
    database.close()
    return operator


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def district_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A district with officers, channels and the week of ``small_story``; its tests only read, or add."""
    if request.param == "sqlite":
        yield _told(f"sqlite:///{tmp_path_factory.mktemp('district') / 'ledger.db'}")
        return
    databases: PostgresDatabases = request.getfixturevalue("postgres_databases")
    url = databases.create()
    yield _told(url)
    databases.drop(url)


@pytest.fixture
def at_district(district_url: str, capfd: pytest.CaptureFixture[str]) -> Operator:
    """The operator of the small district."""
    return Operator(district_url, capfd)


def _told(url: str) -> str:
    database, clock = open_database(url), StoryClock()
    with Ledger(database, clock=clock) as ledger:
        Teller(ledger, clock).tell(sorted([*opening(Random(1)), *small_story()], key=lambda step: step.at))
    database.close()
    return url


_OF_DEPUTIES = {Command.APPOINT_OFFICER, Command.RELIEVE_OFFICER}


def _entries(step: Step) -> int:
    """What a step of the opening comes to: founding is four entries, and a deputy also stands in the leadership."""
    if step.command == Command.FOUND_DISTRICT:
        return 4
    is_deputy = step.command in _OF_DEPUTIES and step.arguments["post"] == Post.DEPUTY_IN_CHARGE
    return 2 if is_deputy or step.command == OrganisationCommand.APPOINT_DEPUTY_IN_CHARGE else 1


BEFORE = sum(_entries(step) for step in opening(Random(1))[:-1])
"""Entries before the story: those of the opening but March's."""

PUBLISHED, ADDED, FOUND, CORRECTED, WITHDRAWN = (BEFORE + step for step in (8, 9, 10, 16, 17))
SIZE = WITHDRAWN + 1
"""Positions of what the public saw, and how long the log is."""

ITEM = "I-2025-0001"
TEXT = "关于道路施工的通告\n正文。\n".encode()
NEWER = TEXT + "（更正日期）\n".encode()


def small_story() -> list[Step]:
    """One item: refused, published, put on weibo late, corrected, withdrawn; and one found outside the register."""
    drafted = {
        "item": ITEM,
        "unit": "U05",
        "title": "关于道路施工的通告",
        "content": reference(TEXT, "通告.txt"),
        "document_number": "澄建〔2025〕1号",
    }
    out = {"item": ITEM, "channels": [district.PLATFORM, district.BOARD]}
    cleared = {"item": ITEM, "conclusion": "CLEARED", "ground": "不涉密"}
    attribute = {"item": ITEM, "attribute": "PROACTIVE"}
    confirmed = {"item": ITEM, "conclusion": "CONFIRMED"}
    one = {"item": ITEM}
    revised = {**one, "content": reference(NEWER, "通告.txt"), "reason": "更正日期"}
    weibo = {**one, "channel": district.WEIBO}
    found = {"found": "UR-1", "unit": "U12", "channel": "区政府网站", "title": "未登记的公告", "source": "网站巡查"}
    withdrawn = {**one, "reason_code": "EXPIRED", "reason": "施工结束"}
    return [
        Step(at("2025-02-03", "09:00"), "D05", Command.DRAFT_DOCUMENT, drafted, stored=(TEXT,)),
        Step(at("2025-02-03", "09:10"), "D05", Command.DETERMINE_DISCLOSURE_ATTRIBUTE, attribute),
        Step(at("2025-02-03", "09:30"), "A05", Command.REVIEW_DISCLOSURE_ATTRIBUTE, confirmed),
        Step(at("2025-02-03", "09:40"), "D05", Command.SUBMIT_DRAFT_FOR_APPROVAL, one),
        Step(at("2025-02-03", "10:00"), "F05", Command.APPROVE_DOCUMENT, one),
        Step(at("2025-02-03", "10:05"), "P05", Command.PUBLISH_INFORMATION, out, refused=RefusalCode.NOT_REVIEWED),
        Step(at("2025-02-03", "10:30"), "S05", Command.CONDUCT_SECRECY_REVIEW, cleared),
        Step(at("2025-02-03", "11:00"), "P05", Command.PUBLISH_INFORMATION, out),
        Step(
            at("2025-02-04", "08:50"),
            "P05",
            Command.ADD_CHANNEL,
            weibo,
            occurred_at=at("2025-02-03", "18:30"),
        ),
        Step(at("2025-02-04", "09:00"), "G12", Command.REPORT_UNREGISTERED_PUBLICATION, found),
        Step(at("2025-02-05", "09:00"), "D05", Command.REVISE_DOCUMENT, revised, stored=(NEWER,)),
        Step(at("2025-02-05", "09:30"), "A05", Command.REVIEW_DISCLOSURE_ATTRIBUTE, confirmed),
        Step(at("2025-02-05", "09:40"), "D05", Command.SUBMIT_DRAFT_FOR_APPROVAL, one),
        Step(at("2025-02-05", "10:00"), "F05", Command.APPROVE_DOCUMENT, one),
        Step(at("2025-02-05", "10:30"), "S05", Command.CONDUCT_SECRECY_REVIEW, cleared),
        Step(at("2025-02-05", "11:00"), "P05", Command.CORRECT_PUBLICATION, {**one, "reason": "更正日期"}),
        Step(at("2025-02-28", "17:00"), "P05", Command.WITHDRAW_PUBLICATION, withdrawn),
    ]
