"""All of the district's projections together: every moment is a replay, every rebuild the same bytes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from ledger.append import Command
from ledger.database import open_database
from ledger.entry import Actor, EventDraft
from ledger.instants import to_microseconds
from ledger.ledger import Ledger
from projections import catalogue, register, trail
from projections.dump import digest
from projections.engine import Projector
from projections.folding import Projection
from projections.reading import Reader, View
from projections.standard import STANDARD
from projections.temporal import NOW, AsOf, Content, Key
from tests.projections.district import (
    MONDAY,
    District,
    all_events,
    content,
    corrected,
    determined,
    drafted,
    historic,
    naive,
    published,
)

ITEMS = st.sampled_from(["I-1", "I-2"])
OFFICERS = st.sampled_from(["P05", "S05", "Z05"])
LETTERS = st.sampled_from("abc")


def on_item(type_: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    return st.fixed_dictionaries({"item": ITEMS, **fields}).map(lambda data: (f"{type_}/1", data))


def on_publication(type_: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    numbered = {"number": st.integers(1, 2), **fields}

    def named(data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        number = data.pop("number")
        return f"{type_}/1", {"item": data["item"], "publication": f"{data['item']}#{number}", **data}

    return st.fixed_dictionaries({"item": ITEMS, **numbered}).map(named)


VERSION = st.integers(1, 2)
TEXT = st.sampled_from(["误", "经核实", "a\tb\nc\\d"])
EVENTS = st.one_of(
    st.builds(lambda item, policy: ("document.drafted/1", drafted(item, policy=policy)), ITEMS, st.booleans()),
    st.builds(
        lambda item, attribute, version: (
            "document.attribute_determined/1",
            determined(item, attribute, draft_version=version, severed_passages=[{"locator": "一", "reason": "密"}]),
        ),
        ITEMS,
        st.sampled_from(["PROACTIVE", "WITHHELD", "PARTIAL", "ON_REQUEST"]),
        VERSION,
    ),
    on_item("document.revised", draft_version=VERSION, content=LETTERS.map(content), attachments=st.just([])),
    on_item("document.attribute_reviewed", draft_version=VERSION, conclusion=st.just("CONFIRMED")),
    on_item("document.referred_to_disclosure_office", draft_version=VERSION),
    on_item("document.non_disclosure_examined", draft_version=VERSION, conclusion=st.just("AGREED")),
    on_item("document.submitted", draft_version=VERSION),
    on_item("document.returned", draft_version=VERSION, ground=st.just("OTHER"), return_number=st.just("T1")),
    on_item("document.defect_waived", draft_version=VERSION, defect=TEXT),
    on_item("document.approved", draft_version=VERSION, content_sha256=LETTERS.map(lambda letter: letter * 64)),
    on_item(
        "document.secrecy_reviewed",
        draft_version=VERSION,
        content_sha256=LETTERS,
        review=st.just("R1"),
        conclusion=st.sampled_from(["CLEARED", "ESCALATED", "REFUSED"]),
    ),
    on_item("document.secrecy_escalated", draft_version=VERSION),
    on_item("document.secrecy_determined", draft_version=VERSION, conclusion=st.sampled_from(["SECRET", "NOT_SECRET"])),
    st.builds(
        lambda item, number, officer: ("publication.published/1", published(item, number, publisher=officer)),
        ITEMS,
        st.integers(1, 2),
        OFFICERS,
    ),
    st.builds(
        lambda item, number, letter: ("publication.corrected/1", corrected(item, number, content=content(letter))),
        ITEMS,
        st.integers(1, 2),
        LETTERS,
    ),
    st.builds(
        lambda item, other: ("publication.historic_recorded/1", historic(item, supersedes=other)),
        ITEMS,
        st.none() | ITEMS,
    ),
    on_publication("publication.channel_added", channel=st.sampled_from(["CH-1", "CH-2"]), published_at=TEXT),
    on_publication("publication.withdrawn", reason_code=st.just("ERROR"), reason=TEXT),
    on_publication("publication.superseded", by_item=ITEMS),
    on_publication("publication.archived", retention=st.just("permanent"), archive_number=TEXT),
    on_item("publication.sealed", sha256s=st.lists(LETTERS.map(lambda letter: letter * 64)), reason=TEXT),
    on_item("publication.unsealed", sha256s=st.lists(LETTERS.map(lambda letter: letter * 64)), reason=TEXT),
    st.tuples(
        st.just("officer.appointed/1"),
        st.fixed_dictionaries(
            {"officer": OFFICERS, "unit": st.just("U05"), "post": st.just("publisher"), "from_date": TEXT}
        ),
    ),
    st.tuples(
        st.just("officer.relieved/1"),
        st.fixed_dictionaries(
            {"officer": OFFICERS, "unit": st.just("U05"), "post": st.just("publisher"), "until_date": TEXT}
        ),
    ),
    st.tuples(st.just("column.maintained/1"), st.fixed_dictionaries({"column": st.just("COL-1"), "note": TEXT})),
)
HISTORY = st.lists(st.tuples(EVENTS, st.integers(0, 10), OFFICERS), min_size=1, max_size=25)

LEDGERS = iter(f"district-{number}" for number in range(10**6))


class _OnADatabase:
    def check(self, url: str, history: list[Any], data: st.DataObject) -> None:
        database = open_database(url)
        with Ledger(database, next(LEDGERS)) as ledger:
            self._record_and_fold(ledger, history, data)
            events, reader = all_events(ledger), Reader(ledger)
            until = data.draw(st.integers(0, len(events)), label="until")
            minute = data.draw(st.integers(-1, 11), label="minute")
            instant = MONDAY + timedelta(minutes=minute)
            for projection in STANDARD:
                size = len(events)
                assert rows(reader, projection, NOW) == naive(projection, events, until=size)
                assert rows(reader, projection, AsOf(position=until)) == naive(projection, events, until=until)
                as_it_was = AsOf(position=until, occurred_at=instant)
                expected = naive(projection, events, until=until, occurred=to_microseconds(instant))
                assert rows(reader, projection, as_it_was) == expected
                if projection.name in {"catalogue", "register"}:
                    assert listed(reader, projection, as_it_was) == newest_first(projection, expected)
                live = digested(reader, projection)
                page = data.draw(st.integers(1, 30), label="rebuild page")
                Projector(ledger, STANDARD, rebuild_page_size=page).rebuild(projection.name)
                assert digested(reader, projection) == live
        database.close()

    def _record_and_fold(self, ledger: Ledger, history: list[Any], data: st.DataObject) -> None:
        for version, ((type_, fields), minute, officer) in enumerate(history, start=1):
            actor = Actor(officer, "publisher", "U05")
            happened = MONDAY + timedelta(minutes=minute)
            ledger.append(Command([EventDraft("all/1", version, type_, fields, actor, occurred_at=happened)]))
            if data.draw(st.booleans(), label="fold"):
                Projector(ledger, STANDARD, page_size=data.draw(st.integers(1, 9), label="page")).run_once()
        Projector(ledger, STANDARD, page_size=data.draw(st.integers(1, 9), label="last page")).catch_up()


def rows(reader: Reader, projection: Projection, as_of: AsOf) -> dict[str, dict[Key, Content]]:
    def question(view: View) -> dict[str, dict[Key, Content]]:
        found: dict[str, dict[Key, Content]] = {}
        for shape in projection.tables:
            table = found[shape.name] = {}
            for row in view.rows(shape.name, view.select(shape.name)):
                key = tuple(row.pop(name) for name in shape.key_names)
                assert key not in table, "one answer for a key, never two"
                table[key] = row
        return found

    return reader.ask(projection, as_of, question)


def listed(reader: Reader, projection: Projection, as_of: AsOf) -> list[str]:
    if projection is register.PROJECTION:
        return [row.publication for row in register.list_publications(reader, as_of, limit=1000).rows]
    return [row.item for row in catalogue.search(reader, as_of, listed_only=False, limit=1000).rows]


def newest_first(projection: Projection, found: dict[str, dict[Key, Content]]) -> list[str]:
    """What a list must show, by sorting all of it."""
    table, day = ("publications", "published_on") if projection is register.PROJECTION else ("items", "listed_on")
    return [key[0] for key in sorted(found[table], key=lambda key: (found[table][key][day], key[0]), reverse=True)]


def digested(reader: Reader, projection: Projection) -> str:
    names = tuple(shape.name for shape in projection.tables)
    return reader.ask(projection, NOW, lambda view: digest(view, names))


class TestOnSqlite(_OnADatabase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(HISTORY, st.data())
    def test_every_moment_is_a_replay(self, sqlite_url: str, history: list[Any], data: st.DataObject) -> None:
        self.check(sqlite_url, history, data)


class TestOnPostgresql(_OnADatabase):
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(HISTORY, st.data())
    def test_every_moment_is_a_replay(self, postgres_url: str, history: list[Any], data: st.DataObject) -> None:
        self.check(postgres_url, history, data)


def test_both_databases_hold_the_same_bytes(sqlite_url: str, postgres_url: str) -> None:
    digests = []
    for url in (sqlite_url, postgres_url):
        database = open_database(url)
        with Ledger(database, clock=lambda: MONDAY) as ledger:
            district = District(ledger)
            for number in range(4):
                district.publish(f"I-{number}")
                district.record("publication.corrected/1", corrected(f"I-{number}"), minute=number)
            district.record("publication.historic_recorded/1", historic("H-7", supersedes="I-1"), minute=2)
            district.fold()
            digests.append([digested(district.reader, projection) for projection in STANDARD])
        database.close()

    assert digests[0] == digests[1]


def plan(district: District, projection: Projection, as_of: AsOf, table: str, **key: Any) -> str:
    """How the database means to find one key's row."""

    def question(view: View) -> str:
        source = view.table(table)
        query = view.select(table).where(*(source.c[name] == value for name, value in key.items()))
        compiled = query.compile(view.connection.engine, compile_kwargs={"literal_binds": True})
        explain = "EXPLAIN" if district.ledger.database.is_postgresql else "EXPLAIN QUERY PLAN"
        return "\n".join(str(tuple(row)) for row in view.connection.execute(text(f"{explain} {compiled}")))

    return district.reader.ask(projection, as_of, question)


def list_plan(district: District, as_of: AsOf, **equal: Any) -> str:
    """How the database means to read the first page of the catalogue."""

    def question(view: View) -> str:
        source = view.table("items")
        query = view.select("items").where(*(source.c[name] == value for name, value in equal.items()))
        ordered = query.order_by(source.c.listed_on.desc(), source.c.item.desc()).limit(50)
        compiled = ordered.compile(view.connection.engine, compile_kwargs={"literal_binds": True})
        explain = "EXPLAIN" if district.ledger.database.is_postgresql else "EXPLAIN QUERY PLAN"
        return "\n".join(str(tuple(row)) for row in view.connection.execute(text(f"{explain} {compiled}")))

    return district.reader.ask(catalogue.PROJECTION, as_of, question)


class TestNoQuestionReadsAllOfHistory:
    """Kept honest by the planner's own word, on tables that have some weight."""

    MOMENTS = (NOW, AsOf(position=700), AsOf(position=700, occurred_at=MONDAY + timedelta(days=9)))

    @pytest.fixture
    def heavy(self, district_everywhere: District) -> District:
        district = district_everywhere
        drafts = []
        for number in range(600):
            item, occurred = f"I-{number:04d}", MONDAY + timedelta(minutes=number)
            drafts += [
                EventDraft(f"a/{item}", 1, "publication.published/1", published(item), occurred_at=occurred),
                EventDraft(f"a/{item}", 2, "publication.corrected/1", corrected(item), occurred_at=occurred),
            ]
        district.ledger.append(Command(drafts))
        district.fold()
        return district

    @pytest.mark.parametrize("as_of", MOMENTS)
    def test_a_key_is_looked_up(self, heavy: District, as_of: AsOf) -> None:
        plans = [
            plan(heavy, catalogue.PROJECTION, as_of, "items", item="I-0300"),
            plan(heavy, register.PROJECTION, as_of, "publications", publication="I-0300#1"),
            plan(heavy, trail.PROJECTION, as_of, "entries", subject_kind="item", subject="I-0300"),
        ]

        for found in plans:
            assert "SCAN" not in found, found
            assert "Seq Scan" not in found, found

    @pytest.mark.parametrize("as_of", MOMENTS)
    def test_a_list_is_read_in_the_order_of_its_index(self, heavy: District, as_of: AsOf) -> None:
        for found in (list_plan(heavy, as_of), list_plan(heavy, as_of, unit="U05")):
            assert "Seq Scan" not in found, found
            assert "Sort" not in found, found
            assert "TEMP B-TREE" not in found, found
            assert "INDEX" in found.upper(), found
