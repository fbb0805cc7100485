"""How the catalogue is searched: what a text is found by, and how a reader's question is read.

Chinese has no blanks between words, and a dictionary of words changes; so a text is indexed by every
two characters that follow one another (bigrams), and found by any part of it, from one character on.
Latin words and numbers are found by their beginnings.  The index only proposes: a text is found where
what was asked stands in it, both written the same way (``written``).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from unicodedata import normalize

from aggregates.vocabulary import LISTS, label
from projections.errors import ProjectionError

_HAN_BEGINS = "\u2e80"
_LONGEST_WORD = 32
_MOST_TERMS = 10
_TOKEN = re.compile(r"\s+|[^\W_]+|.", flags=re.DOTALL)
_PART = re.compile(rf"[^{_HAN_BEGINS}-\U0010ffff]+|.")
_FIELD_ENDS = "\n"

HAND = "@"
"""What stands before an officer's code in the index; no word begins with it."""


ROLES = ("drafter", "reviewer", "secrecy_reviewer", "approver", "publisher")
"""The hands through which a publication goes, by the field that names them."""


class UnreadableQuestion(ProjectionError, ValueError):
    """A search names something that there is not; the sentences say what, in both languages."""

    def __init__(self, sentence_zh: str, sentence_en: str) -> None:
        super().__init__(f"{sentence_zh} {sentence_en}")
        self.sentence_zh, self.sentence_en = sentence_zh, sentence_en


# ---------------------------------------------------------------------- texts


def written(text: str) -> str:
    """A text as it is searched: one width, one case, no blanks but one before every Latin word or number."""
    return "".join(f" {token}" if is_word else token for token, is_word in _tokens(text))


def searched(*fields: str | None) -> str:
    """The fields of an item as they are searched; nothing is found across the end of one."""
    return _FIELD_ENDS.join(written(one) for one in fields if one)


def grams(*fields: str | None) -> set[str]:
    """What an item is indexed by: of Chinese every two neighbours, and the last one alone; every word."""
    return {gram for one in fields if one for gram in _grams(one)}


def _tokens(text: str) -> Iterator[tuple[str, bool]]:
    """Words, and every other character by itself; blanks are left out."""
    folded = normalize("NFKC", normalize("NFKC", text).casefold())
    for token in _TOKEN.findall(folded):
        if token.isspace():
            continue
        if not token[0].isalnum():
            yield token, False
            continue
        # A run of letters may pass from Latin into Chinese: 5号楼A座.
        for part in _PART.findall(token):
            yield part, part < _HAN_BEGINS


def _grams(text: str) -> Iterator[str]:
    run = ""
    for token, is_word in _tokens(text):
        if not is_word and token.isalnum():
            run += token
            continue
        yield from _neighbours(run)
        run = ""
        if is_word:
            yield token[:_LONGEST_WORD]
    yield from _neighbours(run)


def _neighbours(run: str) -> Iterator[str]:
    for at in range(len(run)):
        yield run[at : at + 2]


@dataclass(frozen=True, slots=True)
class Clue:
    """What the index is asked for a part of a term: a gram as it is, or every gram that begins so."""

    gram: str
    begins: bool


def clues(term: str) -> list[Clue]:
    """What an item that holds a term is certainly indexed by; empty for a term of signs alone."""
    found: list[Clue] = []
    tokens = list(_tokens(term))
    run = ""
    for at, (token, is_word) in enumerate(tokens):
        if not is_word and token.isalnum():
            run += token
            continue
        found += _clues_of_run(run)
        run = ""
        if is_word:
            found.append(Clue(token[:_LONGEST_WORD], begins=at == len(tokens) - 1 and len(token) <= _LONGEST_WORD))
    return list(dict.fromkeys([*found, *_clues_of_run(run)]))


def _clues_of_run(run: str) -> list[Clue]:
    if len(run) == 1:
        return [Clue(run, begins=True)]
    return [Clue(run[at : at + 2], begins=False) for at in range(len(run) - 1)]


# ---------------------------------------------------------------------- questions


@dataclass(frozen=True, slots=True)
class Question:
    """A search as it was understood: every term must stand in the item, every qualifier must hold."""

    terms: tuple[str, ...] = ()
    equals: dict[str, str] = field(default_factory=dict)
    by: tuple[str, ...] = ()
    from_day: str | None = None
    to_day: str | None = None

    def found_in(self, text: str) -> bool:
        """Whether a text (``searched``) holds every term."""
        return all(written(term) in text for term in self.terms)


_QUALIFIERS = {
    "unit": "unit", "单位": "unit", "attr": "attribute", "属性": "attribute", "phase": "phase", "五公开": "phase",
    "by": "by", "经办": "by", "from": "from", "自": "from", "to": "to", "至": "to",
}  # fmt: skip
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def read_question(text: str) -> Question:
    """Read what somebody typed: terms apart by blanks, and qualifiers ``unit: attr: phase: by: from: to:``.

    Raises UnreadableQuestion.
    """
    terms: list[str] = []
    stated: dict[str, str] = {}
    hands: list[str] = []
    for part in text.split():
        name, colon, value = normalize("NFKC", part).partition(":")
        qualifier = _QUALIFIERS.get(name.lower()) if colon else None
        if qualifier is None:
            terms.append(part)
        elif not value:
            raise UnreadableQuestion(f"“{part}”之后没有内容。", f"Nothing follows {part!r}.")
        elif qualifier == "by":
            hands.append(value)
        else:
            stated[qualifier] = _READ[qualifier](value)
    if len(terms) > _MOST_TERMS:
        raise UnreadableQuestion(f"检索词超过{_MOST_TERMS}个。", f"More than {_MOST_TERMS} terms.")
    from_day, to_day = stated.pop("from", None), stated.pop("to", None)
    return Question(tuple(terms), stated, tuple(hands), from_day, None if to_day is None else _end(to_day))


def _term_of(list_name: str, value: str) -> str:
    """The code of a closed list, named by code or in either language."""
    for code in LISTS[list_name]:
        wording = label(list_name, code)
        if value.casefold() in {str(code).casefold(), wording.zh.casefold(), wording.en.casefold()}:
            return str(code)
    known = "、".join(f"{label(list_name, code).zh}({code})" for code in LISTS[list_name])
    raise UnreadableQuestion(f"没有“{value}”；有：{known}。", f"There is no {value!r}; there are: {known}.")


def _day(value: str) -> str:
    if not _DAY.fullmatch(value) or not value.isascii():
        raise UnreadableQuestion(
            f"“{value}”不是日期；请写2025、2025-01或2025-01-23。",
            f"{value!r} is no day; write 2025, 2025-01 or 2025-01-23.",
        )
    return value


_READ: dict[str, Callable[[str], str]] = {
    "unit": str,
    "attribute": lambda value: _term_of("attribute", value),
    "phase": lambda value: _term_of("phase", value),
    "from": _day,
    "to": _day,
}


def _end(value: str) -> str:
    """The last day that a year, a month or a day reaches; days are compared as text."""
    return f"{value}-31" if len(value) == len("2025-01") else f"{value}-12-31" if len(value) == len("2025") else value
