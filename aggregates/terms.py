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
