"""The adapter between the eventsourcing library and this ledger: the one module that knows both.

``LedgerFactory`` is chosen by ``PERSISTENCE_MODULE=ledger.recorder``; it opens the database named by
``LEDGER_URL``, or is handed an open Ledger.  The library's conformance classes hold the recorders to
its contract; what they add is what the library's own lack: positions without gaps, commands that may
be repeated, and an envelope that says who acted, when, and under which rules.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

import orjson
from eventsourcing.domain import DomainEventProtocol, TAggregateID
from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    InfrastructureFactory,
    IntegrityError,
    JSONTranscoder,
    Mapper,
    Notification,
    OperationalError,
    ProcessRecorder,
    StoredEvent,
    Subscription,
    Tracking,
    TrackingRecorder,
    Transcoder,
)
from eventsourcing.utils import Environment, EnvType, get_topic, resolve_topic, strtobool
from sqlalchemy import Connection, insert, select, update
from sqlalchemy import exc as sqlalchemy_errors

from ledger import canonical
from ledger.append import Command, Receipt, TrackingMark
from ledger.database import Database, open_database
from ledger.entry import Entry, EventDraft
from ledger.errors import Conflict, Unavailable
from ledger.ledger import Ledger
from ledger.personal import PersonalValue
from ledger.schema import snapshots, tracking

_ENVELOPE = ("actor", "on_behalf_of", "ruleset", "workflow")


@dataclass(frozen=True)
class DraftedEvent(StoredEvent):
    """A stored event that also carries its envelope, on its way into the ledger."""

    draft: EventDraft


@dataclass(frozen=True)
class RecordedEvent(StoredEvent):
    """A stored event with the entry it was read from."""

    entry: Entry


@dataclass(frozen=True)
class RecordedNotification(Notification):
    """A notification with the entry it was read from; its id is the entry's position."""

    entry: Entry


class LedgerMapper(Mapper[TAggregateID]):
    """Puts a domain event's envelope where the entry has it, and everything else into ``data``.

    An event's ``timestamp`` is its ``occurred_at``; ``actor``, ``on_behalf_of``, ``ruleset`` and
    ``workflow`` are members of the entry.  ``originator_topics`` names the aggregate that each
    creating event creates, so that entries need not.  ``upcasters`` turn a type as it was once
    written, with its data, into the next version of it.
    """

    def __init__(
        self,
        transcoder: Transcoder | None = None,
        *_: Any,
        originator_topics: Mapping[str, str] | None = None,
        upcasters: Mapping[str, "Upcaster"] | None = None,
        **__: Any,
    ) -> None:
        super().__init__(transcoder or JSONTranscoder())
        self._originator_topics = originator_topics or {}
        self._upcasters = upcasters or {}

    def to_stored_event(self, domain_event: DomainEventProtocol[TAggregateID]) -> DraftedEvent:
        """Write a domain event as an event draft.  Raises NotCanonical for data that has no canonical form."""
        data = dict(vars(domain_event))
        stream, version = data.pop("originator_id"), data.pop("originator_version")
        occurred_at = data.pop("timestamp")
        data.pop("originator_topic", None)
        envelope = {name: data.pop(name, None) for name in _ENVELOPE}
        topic = get_topic(type(domain_event))
        state = canonical.encode(data)
        draft = EventDraft(str(stream), version, topic, orjson.Fragment(state), occurred_at=occurred_at, **envelope)
        return DraftedEvent(stream, version, topic, state, draft)

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[TAggregateID]:
        """Read an entry back as the domain event it records, in its newest version."""
        entry = cast("RecordedEvent | RecordedNotification", stored_event).entry
        topic, data = entry.type, entry.data
        while upcaster := self._upcasters.get(topic):
            topic, data = upcaster(data)
        attributes: dict[str, Any] = {
            **data,
            "originator_id": stored_event.originator_id,
            "originator_version": stored_event.originator_version,
            "timestamp": entry.occurred_at,
            **{name: getattr(entry, name) for name in _ENVELOPE},
        }
        if topic in self._originator_topics:
            attributes["originator_topic"] = self._originator_topics[topic]
        domain_event = object.__new__(resolve_topic(topic))
        object.__setattr__(domain_event, "__dict__", attributes)
        return cast("DomainEventProtocol[TAggregateID]", domain_event)


Upcaster = Callable[[dict[str, Any]], tuple[str, dict[str, Any]]]
"""From a type's data as once written to the next version's type and data."""


class LedgerApplicationRecorder(ApplicationRecorder):
    """The library's application recorder over a Ledger."""

    def __init__(self, ledger: Ledger, originator_id_type: type[UUID | str] = UUID) -> None:
        self.ledger = ledger
        self._originator_id_type = originator_id_type

    def submit(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        command_id: str | None = None,
        fingerprint: bytes | None = None,
        correlation_id: str | None = None,
        expects: Mapping[str, int] | None = None,
        personal: Sequence[PersonalValue] = (),
        mark: TrackingMark | None = None,
    ) -> "Future[Receipt]":
        """Hand events in as one command; raises and answers as ``Ledger.submit``."""
        drafts = [_draft_of(stored_event) for stored_event in stored_events]
        command = Command(drafts, command_id, fingerprint, correlation_id, expects or {}, personal, mark)
        return self.ledger.submit(command)

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Record events as one command and answer their positions.

        Takes the keywords of ``submit``.  Raises the library's IntegrityError for a conflict and its
        OperationalError when the database is away.
        """
        kwargs.pop("tracking", None)
        return self._insert(stored_events, **kwargs)

    def _insert(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        if not stored_events and kwargs.get("mark") is None:
            return []
        try:
            return list(self.submit(stored_events, **kwargs).result().positions)
        except Conflict as conflict:
            raise IntegrityError(str(conflict)) from conflict
        except Unavailable as unavailable:
            raise OperationalError(str(unavailable)) from unavailable

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """A stream's events in order of version, or the other way round."""
        found = self.ledger.read_stream(str(originator_id), -1 if gt is None else gt, lte)
        ordered = found[::-1] if desc else found
        return [
            RecordedEvent(originator_id, entry.version, entry.type, entry.state_bytes, entry)
            for entry in (ordered if limit is None else ordered[:limit])
        ]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """The log's entries from a position on, as notifications."""
        after = 0 if start is None else start - 1 if inclusive_of_start else start
        return [self._notification(entry) for entry in self.ledger.read(after, limit, stop, topics)]

    def max_notification_id(self) -> int | None:
        """The log's last position, or None while it is empty."""
        return self.ledger.feed.size() or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> "LedgerSubscription":
        """Follow the log from a position on; blocks while there is nothing new, on both databases."""
        return LedgerSubscription(self, gt, topics)

    def _notification(self, entry: Entry) -> RecordedNotification:
        originator_id = self._originator_id_type(entry.stream)
        return RecordedNotification(originator_id, entry.version, entry.type, entry.state_bytes, entry.position, entry)


class LedgerSubscription(Subscription[LedgerApplicationRecorder]):
    """Iterates over the log as it grows, until stopped."""

    _PAGE = 500
    _LOOK_S = 0.5

    def __init__(self, recorder: LedgerApplicationRecorder, gt: int | None, topics: Sequence[str]) -> None:
        super().__init__(recorder=recorder, gt=gt, topics=topics)
        self._page: list[Notification] = []
        self._looked_to = gt or 0

    def __next__(self) -> Notification:
        """The next notification; raises StopIteration once stopped."""
        while not self._has_been_stopped:
            if self._page:
                return self._page.pop(0)
            self._fetch()
        raise StopIteration

    def _fetch(self) -> None:
        size = self._recorder.ledger.feed.size()
        page = self._recorder.select_notifications(
            self._looked_to, self._PAGE, stop=size, topics=self._topics, inclusive_of_start=False
        )
        self._page = list(page)
        self._looked_to = page[-1].id if len(page) == self._PAGE else max(size, self._looked_to)
        if not page:
            self._recorder.ledger.wait_beyond(self._looked_to, self._LOOK_S)


class LedgerTrackingRecorder(TrackingRecorder):
    """The library's tracking recorder, for consumers written against the library.

    A view of your own subclasses it and calls ``_insert_tracking`` in the transaction of its tables.
    """

    def __init__(self, database: Database, consumer: str) -> None:
        self.database, self.consumer = database, consumer

    def insert_tracking(self, tracking: Tracking) -> None:
        """Record how far the consumer has come; raises the library's IntegrityError unless it is further."""
        self.database.transact(lambda connection: self._insert_tracking(connection, tracking))

    def _insert_tracking(self, connection: Connection, mark: Tracking) -> None:
        where = (tracking.c.consumer == self.consumer) & (tracking.c.application == mark.application_name)
        values = {
            "consumer": self.consumer,
            "application": mark.application_name,
            "position": mark.notification_id,
        }
        moved = connection.execute(
            update(tracking).where(where, tracking.c.position < mark.notification_id).values(values)
        )
        if moved.rowcount == 0:
            try:
                connection.execute(insert(tracking).values(values))
            except sqlalchemy_errors.IntegrityError as error:
                raise IntegrityError(
                    f"{self.consumer} has already come to position {mark.notification_id} of {mark.application_name}"
                ) from error

    def max_tracking_id(self, application_name: str) -> int | None:
        """The position the consumer has come to, or None."""
        query = select(tracking.c.position).where(
            tracking.c.consumer == self.consumer, tracking.c.application == application_name
        )
        with self.database.engine.connect() as connection:
            return connection.execute(query).scalar()


class LedgerProcessRecorder(LedgerTrackingRecorder, LedgerApplicationRecorder, ProcessRecorder):
    """Events and the tracking of what caused them, in one transaction."""

    def __init__(self, ledger: Ledger, consumer: str, originator_id_type: type[UUID | str] = UUID) -> None:
        LedgerApplicationRecorder.__init__(self, ledger, originator_id_type)
        LedgerTrackingRecorder.__init__(self, ledger.database, consumer)

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Record events, and with ``tracking=`` how far the consumer has come, in one transaction."""
        mark: Tracking | None = kwargs.pop("tracking", None)
        if mark is not None:
            kwargs["mark"] = TrackingMark(self.consumer, mark.application_name, mark.notification_id)
        return self._insert(stored_events, **kwargs)


class LedgerAggregateRecorder(AggregateRecorder):
    """The library's aggregate recorder for what is not part of the log: snapshots."""

    def __init__(self, database: Database, application: str, purpose: str) -> None:
        self._database, self._application, self._purpose = database, application, purpose

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        """Store all or none; raises the library's IntegrityError when one is there already."""
        rows = [
            {
                "application": self._application,
                "purpose": self._purpose,
                "stream": str(stored.originator_id),
                "version": stored.originator_version,
                "topic": stored.topic,
                "state": stored.state,
            }
            for stored in stored_events
        ]
        if rows:
            try:
                self._database.transact(lambda connection: connection.execute(insert(snapshots), rows))
            except sqlalchemy_errors.IntegrityError as error:
                raise IntegrityError("a snapshot of that version is stored already") from error
        return None

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """What is stored of one originator, in order of version."""
        table = snapshots
        query = select(table.c.version, table.c.topic, table.c.state).where(
            table.c.application == self._application,
            table.c.purpose == self._purpose,
            table.c.stream == str(originator_id),
        )
        if gt is not None:
            query = query.where(table.c.version > gt)
        if lte is not None:
            query = query.where(table.c.version <= lte)
        query = query.order_by(table.c.version.desc() if desc else table.c.version).limit(limit)
        with self._database.engine.connect() as connection:
            return [
                StoredEvent(originator_id, version, topic, bytes(state))
                for version, topic, state in connection.execute(query)
            ]


class LedgerFactory(InfrastructureFactory[LedgerTrackingRecorder]):
    """Makes the recorders of one application, over one Ledger."""

    LEDGER_URL = "LEDGER_URL"
    CREATE_TABLE = "CREATE_TABLE"
    ORIGINATOR_ID_TYPE = "ORIGINATOR_ID_TYPE"

    def __init__(self, env: Environment | EnvType | None, ledger: Ledger | None = None) -> None:
        super().__init__(env)
        self._name = self.env.name.lower() or "stored"
        self._ledger = ledger
        self._database = None if ledger is None else ledger.database
        self._owned: list[Database | Ledger] = []

    @property
    def database(self) -> Database:
        """The database of the Ledger handed in, or the one that ``LEDGER_URL`` names, opened at first use."""
        if self._database is None:
            create = strtobool(self.env.get(self.CREATE_TABLE) or "yes")
            address = self.env.get(self.LEDGER_URL)
            if not address:
                raise OSError("LEDGER_URL names no database; set it to a path or a postgresql:// address")
            self._database = open_database(address, create=create)
            self._owned.append(self._database)
        return self._database

    @property
    def ledger(self) -> Ledger:
        """The Ledger handed in, or the application's own in its database, opened at first use."""
        if self._ledger is None:
            self._ledger = Ledger(self.database, self._name)
            self._owned.append(self._ledger)
        return self._ledger

    def aggregate_recorder(self, purpose: str = "events") -> LedgerAggregateRecorder:
        """A recorder beside the log."""
        return LedgerAggregateRecorder(self.database, self._name, purpose)

    def application_recorder(self) -> LedgerApplicationRecorder:
        """A recorder of the log itself."""
        return LedgerApplicationRecorder(self.ledger, self._originator_id_type())

    def tracking_recorder(
        self, tracking_recorder_class: type[LedgerTrackingRecorder] | None = None
    ) -> LedgerTrackingRecorder:
        """A tracking recorder, of the class given or named by ``TRACKING_RECORDER_TOPIC``."""
        chosen = tracking_recorder_class or LedgerTrackingRecorder
        if tracking_recorder_class is None and (topic := self.env.get(self.TRACKING_RECORDER_TOPIC)):
            chosen = resolve_topic(topic)
        return chosen(self.database, self._name)

    def process_recorder(self) -> LedgerProcessRecorder:
        """A recorder of events together with tracking."""
        return LedgerProcessRecorder(self.ledger, self._name, self._originator_id_type())

    def close(self) -> None:
        """Close what this factory opened; a Ledger handed in stays open."""
        while self._owned:
            self._owned.pop().close()

    def _originator_id_type(self) -> type[UUID | str]:
        return str if (self.env.get(self.ORIGINATOR_ID_TYPE) or "uuid") == "text" else UUID


def _draft_of(stored_event: StoredEvent) -> EventDraft:
    if isinstance(stored_event, DraftedEvent):
        return stored_event.draft
    data = _canonical_or_bytes(stored_event.state)
    return EventDraft(str(stored_event.originator_id), stored_event.originator_version, stored_event.topic, data)


def _canonical_or_bytes(state: bytes) -> Any:
    """State as the entry will carry it: itself where it is canonical JSON, otherwise bytes for base64."""
    try:
        value = orjson.loads(state)
        return orjson.Fragment(state) if canonical.encode(value) == state else state
    except (orjson.JSONDecodeError, canonical.NotCanonical):
        return state


__all__ = [
    "DraftedEvent",
    "LedgerAggregateRecorder",
    "LedgerApplicationRecorder",
    "LedgerFactory",
    "LedgerMapper",
    "LedgerProcessRecorder",
    "LedgerSubscription",
    "LedgerTrackingRecorder",
    "RecordedEvent",
    "RecordedNotification",
    "Upcaster",
]
