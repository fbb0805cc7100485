"""The demo district: a year through the real commands, the same for the same seed, told within seconds."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from aggregates.deed import CHINA
from aggregates.interpretation.words import InterpretationRefusal
from aggregates.refusal_codes import RefusalCode
from cli.app import run
from cli.demo.telling import StoryClock, Teller
from cli.demo.titles import subjects_of
from cli.demo.working_days import at, in_office_hours, is_working
from cli.demo.year import year
from ledger.clock import system_clock
from ledger.credentials import Tokens
from ledger.database import open_database
from ledger.entry import Entry
from ledger.ledger import Ledger
from projections.obligations import asking
from projections.reading import Reader
from projections.temporal import AsOf
from tests.cli.conftest import Operator
from tests.support.ledgers import assert_whole

DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}〔\d{4}〕0*[1-9]\d*号")
INDEX_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z-]{7,18}/(?:\d{4}|\d{6})-\d{5}")


def told(seed: int, folder: Path) -> list[Entry]:
    """The whole log of a seed's year, audited."""
    database, clock = open_database(f"sqlite:///{folder / f'{seed}.db'}"), StoryClock()
    with Ledger(database, clock=clock) as ledger:
        Teller(ledger, clock).tell(year(seed))
        assert_whole(ledger)
        entries = list(ledger.all())
    database.close()
    return entries


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    return told(143, tmp_path_factory.mktemp("year"))


def of(entries: list[Entry], type_: str) -> Iterator[Entry]:
    return (entry for entry in entries if entry.type == type_)


def comparable(entry: Entry) -> tuple[Any, ...]:
    """Everything that the seed decides: all but random ids, the salts of names and the hashes over both."""
    stream = entry.stream.partition("/")[0] if entry.stream.startswith(("attempt/", "consultation/")) else entry.stream
    data = {name: value for name, value in entry.data.items() if not name.endswith("commitment") and name != "pinned"}
    return (entry.position, stream, entry.version, entry.type, data, entry.actor, entry.occurred_at, entry.recorded_at)


class TestTheSameStory:
    def test_for_the_same_seed(self, entries: list[Entry], tmp_path: Path) -> None:
        again = told(143, tmp_path)

        assert [comparable(entry) for entry in again] == [comparable(entry) for entry in entries]

    @pytest.mark.parametrize("seed", [2, 3])
    def test_another_for_another_and_the_rules_answer_as_told(
        self, entries: list[Entry], tmp_path: Path, seed: int
    ) -> None:
        other = told(seed, tmp_path)

        assert [comparable(entry) for entry in other] != [comparable(entry) for entry in entries]


class TestTheYear:
    def test_has_a_few_hundred_items_of_every_attribute(self, entries: list[Entry]) -> None:
        attributes = Counter(entry.data["attribute"] for entry in of(entries, "document.attribute_determined/1"))

        assert len(list(of(entries, "document.drafted/1"))) > 300
        assert attributes.keys() == {"PROACTIVE", "ON_REQUEST", "WITHHELD", "PARTIAL"}

    @pytest.mark.parametrize(
        "type_",
        [
            "document.returned/1",
            "document.defect_waived/1",
            "document.non_disclosure_examined/1",
            "publication.channel_added/1",
            "publication.corrected/1",
            "publication.withdrawn/1",
            "publication.sealed/1",
            "publication.superseded/1",
            "publication.archived/1",
            "found.unregistered_publication/1",
            "case.measure_imposed/1",
            "ledger.consulted/1",
            "officer.relieved/1",
            "policy_package.signed_off/1",
            "policy_package.interpretation_approved/1",
        ],
    )
    def test_has_everything_that_happens_to_a_district(self, entries: list[Entry], type_: str) -> None:
        assert list(of(entries, type_)) != []

    def test_has_the_refusals_that_matter(self, entries: list[Entry]) -> None:
        codes = {entry.data["code"] for entry in of(entries, "attempt.refused/1")}

        assert codes >= {
            RefusalCode.NOT_REVIEWED,
            RefusalCode.SEGREGATION_OF_DUTIES,
            RefusalCode.VERSION_NOT_REVIEWED,
            RefusalCode.ONE_ITEM_ONE_REVIEW,
            RefusalCode.NO_LEGAL_REASON,
            RefusalCode.DISCLOSURE_OFFICE_NOT_CONSULTED,
            RefusalCode.APPROVED_BY_DRAFTER,
            RefusalCode.LEDGER_APPEND_ONLY,
            RefusalCode.BACKDATED,
            InterpretationRefusal.INTERPRETATION_MISSING,
        }

    def test_publishes_policies_with_their_interpretations_and_a_few_late(self, entries: list[Entry]) -> None:
        packages = [entry.data for entry in of(entries, "policy_package.published/1")]
        returned = [entry.data["ground"] for entry in of(entries, "document.returned/1")]

        assert any(package["lag_seconds"] == 0 for package in packages)
        assert any(package["flags"] == ["SYNC_LAG"] for package in packages)
        assert "INCOMPLETE_PACKAGE" in returned

    def test_is_recorded_at_its_own_times(self, entries: list[Entry]) -> None:
        recorded = [entry.recorded_at for entry in entries]
        late = [entry for entry in entries if entry.occurred_at < entry.recorded_at]

        assert recorded == sorted(recorded)
        assert {moment.astimezone(CHINA).year for moment in recorded[:-1]} == {2025}
        assert entries[-1].type == "annual_report.compiled/1"
        assert len(late) >= 5

    def test_publishes_on_working_days_but_for_emergencies(self, entries: list[Entry]) -> None:
        idle = [
            entry.data["title"]
            for entry in of(entries, "publication.published/1")
            if not is_working(entry.recorded_at.astimezone(CHINA).date())
        ]

        assert len(idle) == 3
        assert all(title.startswith("关于松坞镇化学品仓库火灾处置情况的通报") for title in idle)

    def test_numbers_documents_as_offices_do(self, entries: list[Entry]) -> None:
        drafted = [entry.data for entry in of(entries, "document.drafted/1")]

        assert all(DOCUMENT_NUMBER.fullmatch(data["document_number"]) for data in drafted)
        assert all(INDEX_NUMBER.fullmatch(data["index_number"]) for data in drafted)
        assert len({data["index_number"] for data in drafted}) == len(drafted)

    def test_names_nobody_in_an_entry(self, entries: list[Entry]) -> None:
        registered = list(of(entries, "officer.registered/1"))

        assert all(len(entry.data["name_commitment"]) == 64 for entry in registered)
        assert all(set(entry.data) == {"officer", "name_commitment"} for entry in registered)


class TestWorkingDays:
    def test_know_the_holidays_and_the_make_up_days(self) -> None:
        assert is_working(at("2025-01-26", "09:00").date())
        assert not is_working(at("2025-10-03", "09:00").date())

    @pytest.mark.parametrize(
        ("moment", "day"),
        [("2025-09-30T18:00", "2025-10-09"), ("2025-07-04T23:00", "2025-07-07"), ("2025-07-04T07:00", "2025-07-04")],
    )
    def test_work_goes_on_in_office_hours(self, moment: str, day: str) -> None:
        went_on = in_office_hours(at(*moment.split("T")))

        assert went_on.date().isoformat() == day
        assert 8 <= went_on.hour < 18

    def test_every_unit_has_something_to_write_about(self) -> None:
        assert all(len(subjects_of(f"U{number:02}")) > 10 for number in range(1, 13))


class TestTheCommand:
    def test_builds_it_and_shows_tokens_that_work(self, operator: Operator) -> None:
        outcome = operator.types("demo", "--no-serve", "--json")

        assert outcome.code == 0
        assert outcome.json["refused"] > 20
        database = open_database(operator.database)
        tokens = Tokens(database, system_clock)
        assert {tokens.check(secret).subject for secret in outcome.json["tokens"].values()} >= {"D05", "P05", "J01"}
        database.close()
        assert operator.types("verify").code == 0

    def test_a_second_run_serves_what_is_there(self, at_demo: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
        served: list[Any] = []
        monkeypatch.setattr("uvicorn.run", lambda application, **options: served.append((application, options)))

        outcome = at_demo.types("demo", "--port", 8123)

        assert outcome.code == 0
        assert "示范区已在，直接使用" in outcome.err
        assert "http://127.0.0.1:8123" in outcome.err
        ((application, options),) = served
        assert application == "web.app:app"
        assert options["port"] == 8123

    @pytest.mark.parametrize(("set_before", "served_with"), [(None, "1"), ("0", "0")])
    def test_any_verifier_may_read_the_invented_district_unless_told_otherwise(
        self, at_demo: Operator, monkeypatch: pytest.MonkeyPatch, set_before: str | None, served_with: str
    ) -> None:
        served: list[str | None] = []
        monkeypatch.setattr("uvicorn.run", lambda *_, **__: served.append(os.environ.get("LEDGER_ENTRIES_PUBLIC")))
        if set_before is not None:
            monkeypatch.setenv("LEDGER_ENTRIES_PUBLIC", set_before)

        at_demo.types("demo")

        assert served == [served_with]

    def test_resetting_tells_it_anew(self, at_demo: Operator) -> None:
        first = ids(at_demo.database)

        at_demo.types("demo", "--no-serve", "--reset")

        assert ids(at_demo.database) & first == set()

    def test_another_ledger_is_left_alone(self, at_fresh_district: Operator) -> None:
        for options in ([], ["--reset"]):
            outcome = at_fresh_district.types("demo", "--no-serve", *options)

            assert outcome.code == 1
            assert outcome.out == ""
            assert "Nothing was changed" in outcome.err

    def test_an_interrupted_build_leaves_nothing_behind(
        self, sqlite_url: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        operator = Operator(sqlite_url, capfd)
        with monkeypatch.context() as patch:
            patch.setattr("cli.demo.telling.Teller._record", _interrupted)
            assert operator.types("demo", "--no-serve").code == 130
        assert operator.types("verify").code == 1

        assert operator.types("demo", "--no-serve").code == 0
        assert operator.types("verify").code == 0


def _interrupted(*_: object) -> bool:
    raise KeyboardInterrupt


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo district in a SQLite file, built by the command."""
    file = tmp_path_factory.mktemp("built") / "demo.db"
    assert run(["demo", "--no-serve", "--database", str(file)]) == 0
    return file


@pytest.fixture
def at_demo(built: Path, sqlite_url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Operator:
    shutil.copy(built, tmp_path / "ledger.db")
    return Operator(sqlite_url, capfd)


def ids(url: str) -> set[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT hex(leaf_hash) FROM ledger_entries")).scalars()
        hashes = set(found)
    engine.dispose()
    return hashes


# ── who owed what by when ─────────────────────────────────────────────────────────────────────────

ANSWER, NOTICE, WORD = "request_answer.{request}", "request_correction_notice.{request}", "first_word.{opinion}"
STATED: dict[str, list[tuple[str, str, str]]] = {
    "request.received/1": [(ANSWER, "due_on", "due_on")],
    "request.correction_requested/1": [(NOTICE, "due_on", "notice_due_on")],
    "request.correction_received/1": [(ANSWER, "due_on", "due_on")],
    "request.third_party_consulted/1": [("request_third_party.{request}.{consultation}", "due_on", "limit_on")],
    "request.third_party_opinion_received/1": [(ANSWER, "due_on", "due_on")],
    "request.deadline_extended/1": [(ANSWER, "due_on", "due_on")],
    "request.replied/1": [(ANSWER, "due_on", "due_on"), (ANSWER, "late_by", "late_by")],
    "opinion.graded/1": [(WORD, "due_at", "first_word_due")],
    "opinion.authoritative_information_released/1": [(WORD, "late_by", "breach_minutes")],
    "rectification.confirmed/1": [("rectification.{rectification}", "late_by", "days_late")],
}
"""What entries themselves say of due days and lateness: of which duty, as what, in which member."""


def stated(entry: Entry) -> list[tuple[str, str, Any]]:
    data = entry.data
    if entry.type == "publication.published/1":
        return [(f"proactive_disclosure.{data['item']}", "breached", "LATE_DISCLOSURE" in data["flags"])]
    said = STATED.get(entry.type, [])
    return [(number.format(**data), member, data[name]) for number, member, name in said if data[name] is not None]


def test_due_days_agree_with_what_its_own_entries_say(at_demo: Operator) -> None:
    """The rulebook counted when it decided; counted from the record at each of those positions it is the same."""
    assert at_demo.types("project", "--once").code == 0
    database = open_database(at_demo.database)
    with Ledger(database) as ledger:
        reader, kinds, disagreeing = Reader(ledger), set[str](), []
        for entry in ledger.all():
            for number, member, value in stated(entry):
                found = asking.one(reader, number, entry.occurred_at, AsOf(position=entry.position)).value
                kinds.add(number.partition(".")[0])
                if found is None or getattr(found.obligation, member) != value:
                    disagreeing.append((entry.position, number, member, value, found and found.obligation))
    database.close()

    assert disagreeing == []
    assert kinds >= {"request_answer", "request_third_party", "first_word", "rectification", "proactive_disclosure"}


def test_lists_what_is_overdue_on_a_day(at_demo: Operator) -> None:
    told = at_demo.types("obligations", "--state", "overdue", "--as-at", "2025-12-31", "--unit", "U09")
    lines = at_demo.types("obligations", "--json", "--kind", "rectification", "--as-at", "2025-12-31").lines

    assert (told.code, told.err.splitlines()[0]) == (0, "共2项，截至2025-12-31 23:59:59。")
    assert (
        "2025-11-28        逾期               33 天  U09   整改                  RC-07                     (四)"
        in told.out
    )
    assert [(line["obligation"], line["state"], line["late_by"]) for line in lines] == [
        ("rectification.RC-07", "overdue", 33)
    ]


def test_an_officers_list_and_an_unknown_kind(at_demo: Operator) -> None:
    done = at_demo.types("obligations", "--json", "--state", "done", "--officer", "G07").lines
    unknown = at_demo.types("obligations", "--kind", "nothing")

    assert {line["done_by"] for line in done} == {"G07"}
    assert (unknown.code, "没有责任种类nothing" in unknown.err) == (2, True)
