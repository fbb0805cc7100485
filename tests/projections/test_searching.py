"""The catalogue's search: whatever is asked, the index finds what a scan of every item finds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.database import open_database
from ledger.ledger import Ledger
from projections import catalogue, search_index
from projections.engine import Projector
from projections.reading import LARGEST_PAGE
from projections.searching import Question, UnreadableQuestion, clues, grams, read_question, searched, written
from projections.temporal import NOW, AsOf
from tests.projections.district import PUBLISHER, District, corrected, drafted, historic, published
from tests.support.postgres import PostgresDatabases

LETTERS = "公开目录关于印发鄞州区〔〕号（)2013 214Ab-_%／Ａ①é\u3000"
TEXTS = st.text(LETTERS, max_size=14) | st.text(max_size=8)
TITLES = (
    "关于印发《鄞州区政务公开实施细则》的通知",
    "关于公布政府信息公开目录的通知",
    "老旧小区改造三年行动方案（2025—2027年）",
    "Notice on the New Town A-13 project",
    "Ａ座5号楼加装电梯的公告",
    "100%_安全生产",
)
WORDS = ["公开", "公", "开目", "通知", "鄞州", "2025", "202", "a-13", "new", "ew", "5号楼", "〔", "%_", "的"]
TERMS = st.lists(st.sampled_from(WORDS) | st.text("公开目录通知2013〔", min_size=1, max_size=3), max_size=3)


def known(gram: str, indexed: set[str], *, begins: bool) -> bool:
    return any(one.startswith(gram) for one in indexed) if begins else gram in indexed


class TestTheIndex:
    @settings(max_examples=300, deadline=None)
    @given(st.lists(TEXTS, max_size=3), TEXTS, st.data())
    def test_proposes_whatever_a_scan_finds(self, fields: list[str], term: str, data: st.DataObject) -> None:
        if fields and data.draw(st.booleans()):
            text = data.draw(st.sampled_from(fields))
            start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
            term = text[start:end]
        if written(term) and written(term) in searched(*fields):
            indexed = grams(*fields)
            assert all(known(clue.gram, indexed, begins=clue.begins) for clue in clues(term))

    def test_is_of_two_neighbours_and_of_words(self) -> None:
        assert grams("公开Ａ１3号") == {"公开", "开", "a13", "号"}
        assert [(clue.gram, clue.begins) for clue in clues("鄞")] == [("鄞", True)]
        assert [(clue.gram, clue.begins) for clue in clues("〔2013〕21")] == [("2013", False), ("21", True)]
        assert clues("〔%") == []


class TestQuestions:
    def test_are_terms_and_qualifiers(self) -> None:
        question = read_question("公开 目录 unit:U05 attr:主动公开 phase：decision by:P05 from:2025-03 to:2025")

        assert question.terms == ("公开", "目录")
        assert question.equals == {"unit": "U05", "attribute": "PROACTIVE", "phase": "decision"}
        assert (question.by, question.from_day, question.to_day) == (("P05",), "2025-03", "2025-12-31")
        assert read_question("单位:U05 http://x").terms == ("http://x",)

    @pytest.mark.parametrize("text", ["attr:秘密", "from:gestern", "unit:", "a b c d e f g h i j k"])
    def test_of_what_there_is_not_are_refused_in_a_sentence(self, text: str) -> None:
        with pytest.raises(UnreadableQuestion):
            read_question(text)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    """Six items, one of them retitled by a correction, one historic, one still a draft."""
    if request.param == "sqlite":
        yield from _archive(f"sqlite:///{tmp_path_factory.mktemp('search') / 'ledger.db'}")
        return
    databases: PostgresDatabases = request.getfixturevalue("postgres_databases")
    url = databases.create()
    yield from _archive(url)
    databases.drop(url)


def _archive(url: str) -> Iterator[District]:
    database = open_database(url)
    with Ledger(database) as ledger:
        district = District(ledger)
        for number, title in enumerate(TITLES):
            data = published(f"I-2025-000{number}", title=title, unit=f"U0{number}")
            district.record("publication.published/1", data, PUBLISHER)
        retitled = corrected("I-2025-0002", title="关于公开老旧小区改造方案的通知")
        district.record("publication.corrected/1", retitled, PUBLISHER)
        district.record("publication.historic_recorded/1", historic("H-7"))
        district.record("document.drafted/1", drafted("I-2025-0009", title="在办的公开通知"))
        district.fold()
        yield district
    database.close()


def items(district: District, text: str, as_of: AsOf = NOW) -> list[str]:
    return [row.item for row in catalogue.search(district.reader, as_of, question=read_question(text)).rows]


class TestTheCatalogue:
    @settings(max_examples=60, deadline=None)
    @given(terms=TERMS, data=st.data())
    def test_finds_what_a_scan_finds_at_every_moment(
        self, archive: District, terms: list[str], data: st.DataObject
    ) -> None:
        question = Question(tuple(terms))
        position = data.draw(st.none() | st.integers(0, archive.ledger.head().size))
        as_of = NOW if position is None else AsOf(position)

        found = catalogue.search(archive.reader, as_of, question=question, limit=LARGEST_PAGE).rows

        everything = catalogue.search(archive.reader, as_of, limit=LARGEST_PAGE).rows
        assert found == tuple(
            row
            for row in everything
            if question.found_in(searched(row.title, row.document_number, row.index_number, row.item))
        )

    def test_finds_numbers_and_the_new_title_and_not_the_old(self, archive: District) -> None:
        assert items(archive, "〔2013〕214") == ["H-7"]
        assert items(archive, "老旧小区 通知") == ["I-2025-0002"]
        assert items(archive, "三年行动") == []
        assert items(archive, "三年行动", AsOf(6)) == ["I-2025-0002"]
        assert items(archive, "i-2025-0004 电梯") == ["I-2025-0004"]

    def test_finds_by_qualifiers(self, archive: District) -> None:
        assert items(archive, "unit:U05 100%") == ["I-2025-0005"]
        assert items(archive, "by:P06") == ["I-2025-0002"]
        assert items(archive, "by:P06", AsOf(6)) == []
        assert items(archive, "to:2013 公开") == ["H-7"]
        assert items(archive, "from:2025 by:P05 attr:主动公开 new") == ["I-2025-0003"]

    def test_shows_nothing_that_is_on_its_way(self, archive: District) -> None:
        assert items(archive, "在办") == []
        (row,) = catalogue.search(archive.reader, question=read_question("在办"), listed_only=False).rows
        assert row.item == "I-2025-0009"

    def test_reads_the_list_in_its_order_where_the_index_knows_many(
        self, archive: District, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        looked_up = items(archive, "公开 通知")
        monkeypatch.setattr(search_index, "FEW", 1)

        assert items(archive, "公开 通知") == looked_up
        assert len(looked_up) > 1


def test_an_index_that_is_away_or_behind_costs_no_answer(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    with Ledger(database) as ledger:
        district = District(ledger, [catalogue.PROJECTION])
        district.record("publication.published/1", published("I-1", title="关于公开的通知"), PUBLISHER)
        district.fold()
        assert items(district, "公开") == ["I-1"], "no index yet"

        Projector(ledger, [search_index.PROJECTION]).catch_up()
        district.record("publication.published/1", published("I-2", title="关于公开的公告"), PUBLISHER)
        district.fold()
        assert items(district, "公开") == ["I-2", "I-1"], "the index is an entry behind"
        assert items(district, "by:P05 公告") == ["I-2"]
    database.close()
