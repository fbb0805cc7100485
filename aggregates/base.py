"""What all files of the ledger have in common: an event's envelope, and how an event is written down.

Public methods of a file decide, and may refuse.  Methods under ``@event`` only record what was decided:
they run again on every replay, so a rule placed there would judge the past.

A file begins empty, at version 0, and every event fills it; the first one opens it.  So there is no
"created" event apart from the others, and no entry has to say which class reads it: its type does.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar, Self, cast

from eventsourcing.domain import BaseAggregate, CanMutateAggregate, MetaDomainEvent

from aggregates.deed import Deed
from aggregates.refusal import RefusalCode, refuse
from ledger import instants
from ledger.entry import Actor

BEFORE_EVERYTHING = datetime.min.replace(tzinfo=UTC)


class LedgerEvent(CanMutateAggregate[str], metaclass=MetaDomainEvent):
    """The envelope of every event; what a subclass adds is the entry's data, in JSON values only."""

    originator_id: str
    originator_version: int
    timestamp: datetime
    actor: Actor | None
    on_behalf_of: str | None
    ruleset: str | None
    workflow: str | None

    kept_by: ClassVar[type["Record"]]
    ENTRY_NAMES: ClassVar[Mapping[str, str]] = {}
    """Attributes that bear another name in the entry's data, because the envelope has that name too."""

    @staticmethod
    def create_timestamp() -> datetime:
        """Refuse to invent a time: when it happened is part of the deed."""
        raise TypeError("an event's time comes from its deed; it is never made up here")

    def mutate(self, aggregate: Any) -> Any:
        """Fill the file with this event; the first event finds none and opens an empty one."""
        file = self.kept_by.blank(self.originator_id) if aggregate is None else aggregate
        return super().mutate(file)


class Record(BaseAggregate[str]):
    """A file of the ledger: one stream of events and what they add up to.

    ``STREAM`` is the first part of the stream's name, ``IDENTIFIER`` the field that names the second.
    """

    INITIAL_VERSION = 0
    STREAM = ""
    IDENTIFIER = ""

    class Event(LedgerEvent):
        """The base of this file's events."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for event_class in vars(cls).values():
            if isinstance(event_class, type) and issubclass(event_class, LedgerEvent):
                event_class.kept_by = cls

    @classmethod
    def stream_of(cls, identifier: str) -> str:
        """The stream in which the file with that identifier stands, ``document/I-2025-0001``."""
        return f"{cls.STREAM}/{identifier}"

    @classmethod
    def blank(cls, stream: str) -> Self:
        """An empty file for a stream: nothing has happened in it yet."""
        file = cls.__new__(cls)
        file.__base_init__(stream, cls.INITIAL_VERSION, BEFORE_EVERYTHING)
        cls.__init__(file)
        return file

    @property
    def stream(self) -> str:
        """The name of the file's stream."""
        return self.id

    @property
    def exists(self) -> bool:
        """Whether anything has been recorded in this file."""
        return self.version > 0

    def write(self, event_class: type[LedgerEvent], deed: Deed, **data: Any) -> None:
        """Write an event down, in the deed's name and at the deed's time."""
        self.trigger_event(
            event_class,
            timestamp=deed.occurred_at,
            actor=deed.actor,
            on_behalf_of=deed.on_behalf_of,
            ruleset=deed.ruleset,
            workflow=deed.workflow,
            **data,
        )

    def written(self) -> list[LedgerEvent]:
        """The events decided and not yet recorded in the ledger."""
        return cast("list[LedgerEvent]", list(self.pending_events))

    def refuse_back_dating(self, deed: Deed, since: datetime | None = None) -> None:
        """Refuse a deed dated before the last act recorded here: review first, publish then (四)."""
        last = self.modified_on if since is None else since
        if deed.occurred_at < last:
            raise refuse(
                RefusalCode.BACKDATED,
                subject=self.stream,
                occurred_at=instants.to_text(deed.occurred_at),
                last=instants.to_text(last),
            )
