"""What a body may say: the shapes of its fields, all bounded, none guessed, unknown ones refused.

The rulebook has the last word on what a field must be (``aggregates.fields``); what is refused here
never reached it and is not recorded.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from aggregates import fields
from aggregates.vocabulary import Post


class Wish(BaseModel):
    """A body: what is asked for.  Who asks is never part of it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, str_max_length=fields.LONG)

    def stated(self) -> dict[str, Any]:
        """The fields as the Registry's method takes them."""
        return self.model_dump()


# Control characters and halves of surrogate pairs are never recorded; marks that turn the direction of
# writing around make a title read as another one.
_HARMFUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _harmless(text: str) -> str:
    if found := _HARMFUL.search(text):
        raise ValueError(f"character {found.start() + 1} is a control character or turns the writing direction")
    if not text.strip():
        raise ValueError("it must not be blank")
    return text


def _a_day(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError("write a date as YYYY-MM-DD")
    return text


def _an_instant(text: str) -> str:
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("write an instant with its zone, as 2025-01-23T10:15:00+08:00")
    return text


CODE_PATTERN = r"^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$"
"""1 to 64 letters, digits, dots, hyphens or underscores, beginning and ending with one of the first two."""

Short = Annotated[str, Field(min_length=1, max_length=fields.SHORT), AfterValidator(_harmless)]
"""A title, a name, a number."""
Long = Annotated[str, Field(min_length=1, max_length=fields.LONG), AfterValidator(_harmless)]
"""A reason, a note, a ground."""
Code = Annotated[str, Field(pattern=CODE_PATTERN, examples=["I-2025-0001"])]
"""An identifier."""
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""A hash."""
Day = Annotated[
    str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", json_schema_extra={"format": "date"}), AfterValidator(_a_day)
]
"""A date."""
Instant = Annotated[str, Field(max_length=40, json_schema_extra={"format": "date-time"}), AfterValidator(_an_instant)]
"""An instant with its zone."""
DraftVersion = Annotated[int, Field(ge=1, le=1_000_000)]
"""The number of a draft."""
LedgerPosition = Annotated[int, Field(ge=1, le=2**53 - 1)]
"""A position of the ledger."""


class OneOf:
    """Metadata of a field that takes a code of a closed list."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._codes = [str(code) for code in codes]

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take exactly the list's codes."""
        return core_schema.literal_schema(self._codes)


PostCode = Annotated[str, OneOf(Post)]


class Content(Wish):
    """A stored content: upload it first by ``PUT /api/contents``."""

    sha256: Sha256
    size: Annotated[int, Field(ge=0, le=2**53 - 1)]
    media_type: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$")]
    name: Short


Attachments = Annotated[list[Content], Field(max_length=fields.MOST)]
Codes = Annotated[list[Code], Field(max_length=fields.MOST)]
Posts = Annotated[list[PostCode], Field(max_length=fields.MOST)]
Hashes = Annotated[list[Sha256], Field(max_length=fields.MOST)]
Shorts = Annotated[list[Short], Field(max_length=fields.MOST)]
Positions = Annotated[list[LedgerPosition], Field(max_length=fields.MOST)]
