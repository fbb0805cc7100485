"""The two languages of the pages: Chinese first, English second; the address says which.

No cookie remembers it.  A page's address is all that decides what it shows, so that an address handed
on, printed or kept as evidence shows the same to everybody.
"""

from enum import StrEnum
from typing import Any

from markupsafe import Markup

PARAMETER = "lang"


class Language(StrEnum):
    """A language of the pages."""

    ZH = "zh"
    EN = "en"

    @property
    def tag(self) -> str:
        """The language tag for ``<html lang>``; the region decides which Han glyphs are drawn."""
        return "zh-CN" if self is Language.ZH else "en"

    @property
    def other(self) -> "Language":
        """The language a reader may switch to."""
        return Language.EN if self is Language.ZH else Language.ZH

    def say(self, zh: str, en: str, /, **values: Any) -> Markup:
        """One of two wordings of our own, which may hold markup; ``values`` are escaped into it."""
        wording = Markup(zh if self is Language.ZH else en)  # noqa: S704 - both wordings stand in our own source
        return wording.format(**values) if values else wording


def chosen(value: str | None) -> Language:
    """The language an address asks for; Chinese where it asks for none that we have."""
    return Language.EN if value == Language.EN else Language.ZH
