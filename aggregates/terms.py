"""What a term of the programme is: a code that is recorded, and the labels by which people read it."""

from enum import StrEnum
from typing import NamedTuple, Self


class Label(NamedTuple):
    """How a code is read: Chinese first, English second."""

    zh: str
    en: str


class Term(StrEnum):
    """A code of a closed list together with its labels; compares equal to the plain text."""

    zh: str
    en: str

    def __new__(cls, code: str, zh: str, en: str) -> Self:
        """Make the member: the code is its value, the labels hang on it."""
        term = str.__new__(cls, code)
        term._value_ = code
        term.zh, term.en = zh, en
        return term

    @property
    def label(self) -> Label:
        """Both labels at once."""
        return Label(self.zh, self.en)


class CommandName(Term):
    """What may be asked of the Registry; the code is the method's name.  Each area has its own."""


class EventName(Term):
    """An event's stable published name with its schema version; ``article`` is the rule it rests on, or empty."""

    article: str

    def __new__(cls, code: str, zh: str, en: str, article: str = "") -> Self:
        """Make the member: the code is its value, the labels and the article hang on it."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.zh, member.en, member.article = zh, en, article
        return member


class RefusalReason(Term):
    """A stable reason to refuse: code, article, short labels, and the sentence for the person who asked.

    The sentences say what was found, what was expected, how things stand now and what to do; the words
    in braces are the refusal's details and are recorded with it.
    """

    article: str
    sentence_zh: str
    sentence_en: str

    def __new__(  # noqa: PLR0917 - the columns of the table, in their order
        cls, code: str, article: str, zh: str, en: str, sentence_zh: str, sentence_en: str
    ) -> Self:
        """Make the member: the code is its value, the rest of its row hangs on it."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.article, member.zh, member.en = article, zh, en
        member.sentence_zh, member.sentence_en = sentence_zh, sentence_en
        return member
