"""The words: every code, term and event has its Chinese and its English, in one place, and they agree."""

import ast
import string
from functools import cache
from pathlib import Path

import pytest

import aggregates
from aggregates.area_words import AREAS
from aggregates.base import LedgerEvent, Record
from aggregates.refusal import Refusal, refuse
from aggregates.refusal_codes import RefusalCode
from aggregates.registry import Registry
from aggregates.terms import RefusalReason
from aggregates.vocabulary import COMMANDS, EVENT_TYPES, LISTS, REFUSALS, label
from tests.aggregates.areas import AREAS as AREAS_IN_TESTS

ROOM = Path(aggregates.__file__).parent
ARTICLES = {
    "—",
    *(
        f"({number})"
        for number in [
            "一",
            "二",
            "三",
            "四",
            "五",
            "六",
            "七",
            "八",
            "九",
            *(f"十{digit}" for digit in ("", *"一二三四五六七")),
        ]
    ),
}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@cache
def refusals_raised() -> list[tuple[str, str, set[str]]]:
    """Every ``refuse(RefusalCode.X, a=…)`` in the rulebook: file and line, code, details."""
    found = []
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "refuse":
                code = node.args[0]
                if isinstance(code, ast.Attribute):
                    details = {keyword.arg for keyword in node.keywords if keyword.arg}
                    found.append((f"{path.name}:{node.lineno}", code.attr, details))
    return found


@pytest.mark.parametrize("code", REFUSALS)
class TestEveryRefusal:
    def test_has_an_article_a_label_and_a_full_sentence_in_both_languages(self, code: RefusalReason) -> None:
        assert code.article in ARTICLES
        assert any("一" <= character <= "鿿" for character in code.zh)
        assert code.sentence_zh.endswith("。")
        assert code.sentence_en.endswith(".")
        assert label("refusal_code", code) == (code.zh, code.en)

    def test_is_raised_somewhere_with_all_that_its_sentences_say(self, code: RefusalReason) -> None:
        raised = [(place, details) for place, name, details in refusals_raised() if name == code.name]

        assert raised, f"{code} is in the table and nothing raises it"
        needed = placeholders(code.sentence_zh) | placeholders(code.sentence_en)
        for place, details in raised:
            assert needed <= details, f"{place} leaves out {needed - details}"


def test_a_refusal_survives_being_recorded() -> None:
    first = refuse(RefusalCode.NOT_REVIEWED, item="I-5")

    again = Refusal.as_recorded(
        {
            "code": first.code,
            "article": first.article,
            "sentence_zh": first.sentence_zh,
            "sentence_en": first.sentence_en,
            "details": first.details,
        }
    )

    assert (str(again), again.details) == (str(first), {"item": "I-5"})


@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_term_has_both_labels_and_is_plain_text_as_a_code(name: str) -> None:
    for term in LISTS[name]:
        assert term.zh
        assert term.en
        assert type(str(term)) is str
        assert label(name, str(term)) == (term.zh, term.en)


def test_an_unknown_code_is_read_as_itself() -> None:
    assert label("post", "astronaut") == ("astronaut", "astronaut")
    assert label("no_such_list", "x") == ("x", "x")


def test_every_event_type_is_in_the_vocabulary_and_the_other_way_round() -> None:
    written = {
        event.TOPIC
        for record in all_below(Record)
        for event in vars(record).values()
        if isinstance(event, type) and issubclass(event, LedgerEvent) and hasattr(event, "TOPIC")
    }

    assert written == {str(event_type) for event_type in EVENT_TYPES}


def all_below(kind: type) -> list[type]:
    return [below for child in kind.__subclasses__() for below in [child, *all_below(child)]]


def test_every_command_is_documented() -> None:
    for command in COMMANDS:
        assert (getattr(Registry, command).__doc__ or "").strip(), command


def test_no_file_of_the_rulebook_is_longer_than_a_sitting() -> None:
    for path in ROOM.rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 450, path.name


def test_no_two_areas_call_a_member_of_their_events_by_two_names() -> None:
    names: dict[str, set[object]] = {}
    for area in AREAS:
        for member, words in area.fields.items():
            names.setdefault(member, set()).add(words)

    assert {member: found for member, found in names.items() if len(found) > 1} == {}


def test_a_member_that_names_a_subject_does_so_in_every_area() -> None:
    """A trail gathers by the member's name: another area's member of that name would stray into it."""
    kinds: dict[str, dict[str, str]] = {}
    for area, promises in zip(AREAS, AREAS_IN_TESTS, strict=True):
        for member, kind in area.subjects.items():
            kinds.setdefault(member, {})[area.name] = kind
        assert area.name == promises.__name__.rpartition(".")[2]
    for member, meant in kinds.items():
        for promises in AREAS_IN_TESTS:
            used = any(member in members.split() for members in promises.CATALOGUE.values())
            assert not used or promises.__name__.rpartition(".")[2] in meant, (member, promises.__name__)
