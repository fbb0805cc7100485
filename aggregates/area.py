"""What one area of the rules brings along: its words, in a shape that the common tables are put together from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from aggregates.terms import CommandName, EventName, RefusalReason, Term


class FieldWords(NamedTuple):
    """What a member of an event's data is called, and how its value is read.

    ``kind`` is ``text``, ``day``, ``instant``, ``hash``, ``flag``, ``content``, ``passages``, ``code`` (of a unit, an
    officer, a channel), or the name of a list of the vocabulary.
    """

    zh: str
    en: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Area:
    """One area of the rules.

    ``lists`` are its closed lists by name.  ``fields`` names the members of its events that the common
    table does not know yet; ``kinds`` says where a member is read otherwise in one type of event, by
    ``"<type> <member>"``.  ``subjects`` says which members name a subject with an audit trail, and of
    which kind; ``streams`` which first part of a stream's name stands for which kind.  ``personal`` says
    which fields of a command's body are about a person: no hash that outlives them may cover them.
    """

    name: str
    commands: type[CommandName]
    events: type[EventName]
    refusals: type[RefusalReason]
    lists: Mapping[str, type[Term]] = field(default_factory=dict)
    fields: Mapping[str, FieldWords] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    subjects: Mapping[str, str] = field(default_factory=dict)
    streams: Mapping[str, str] = field(default_factory=dict)
    personal: Mapping[str, frozenset[str]] = field(default_factory=dict)
