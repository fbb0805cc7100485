"""Where information is put: channels, the columns of the platform, and the platform's owner (十) (十一)."""

from datetime import datetime

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import CHINA, Deed
from aggregates.refusal import RefusalCode, refuse
from aggregates.vocabulary import ChannelKind


class Channel(Record):
    """One registered channel; nothing is published to another.  Its stream is ``channel/<code>``."""

    TOPIC = "channel"
    STREAM = "channel"
    IDENTIFIER = "channel"

    class Registered(Record.Event):
        """The channel may be used from this event's time on (渠道登记)."""

        TOPIC = "channel.registered/1"
        channel: str
        kind: str
        name_zh: str
        name_en: str
        owner_unit: str

    class Retired(Record.Event):
        """Nothing more is published here; what was, stays on the record (渠道注销)."""

        TOPIC = "channel.retired/1"
        channel: str
        reason: str

    def __init__(self) -> None:
        self.channel = ""
        self.kind = ""
        self.owner_unit = ""
        self.registered_at: datetime | None = None
        self.retired_at: datetime | None = None

    def open_at(self, instant: datetime) -> bool:
        """Whether the channel was registered by that instant and not yet retired."""
        if self.registered_at is None or instant < self.registered_at:
            return False
        return self.retired_at is None or instant < self.retired_at

    def register(self, deed: Deed, *, channel: str, kind: str, name_zh: str, name_en: str, owner_unit: str) -> None:
        """Enter the channel with the unit that answers for it."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(
            self.Registered,
            deed,
            channel=fields.code(channel, "channel"),
            kind=fields.term(ChannelKind, kind, "kind"),
            name_zh=fields.text(name_zh, "name_zh"),
            name_en=fields.text(name_en, "name_en"),
            owner_unit=fields.code(owner_unit, "owner_unit"),
        )

    @event(Registered)
    def _registered(self, channel: str, kind: str, owner_unit: str, timestamp: datetime) -> None:
        self.channel = channel
        self.kind = kind
        self.owner_unit = owner_unit
        self.registered_at = timestamp

    def retire(self, deed: Deed, *, reason: str) -> None:
        """Close the channel for further publications."""
        if not self.exists or self.retired_at is not None:
            raise refuse(RefusalCode.CHANNEL_NOT_REGISTERED, channel=self.channel)
        self.write(self.Retired, deed, channel=self.channel, reason=fields.text(reason, "reason", longest=fields.LONG))

    @event(Retired)
    def _retired(self, timestamp: datetime) -> None:
        self.retired_at = timestamp


class Platform(Record):
    """The district's disclosure platform and its one owner; its stream is ``platform/district``."""

    TOPIC = "platform"
    STREAM = "platform"
    IDENTIFIER = "platform"

    class OwnerAssigned(Record.Event):
        """The unit is the platform's first responsible body from now on, and no other is."""

        TOPIC = "platform.owner_assigned/1"
        unit: str

    def __init__(self) -> None:
        self.owner: str | None = None
        self.founded_on: str | None = None
        """The civil day on which the ledger was opened with its first owner."""

    def assign_owner(self, deed: Deed, *, unit: str, is_district_office: bool) -> None:
        """Assign the owner; the rules name the district office, and a new owner replaces the old."""
        if not is_district_office:
            raise refuse(RefusalCode.PLATFORM_OWNER_NOT_DISTRICT_OFFICE, unit=unit)
        if unit == self.owner:
            raise refuse(RefusalCode.NOTHING_TO_CHANGE, subject=self.stream)
        self.write(self.OwnerAssigned, deed, unit=fields.code(unit, "unit"))

    @event(OwnerAssigned)
    def _owner_assigned(self, unit: str, timestamp: datetime) -> None:
        self.owner = unit
        self.founded_on = self.founded_on or timestamp.astimezone(CHINA).date().isoformat()


class Column(Record):
    """A column of the platform, kept by one unit at a period; its stream is ``column/<code>``."""

    TOPIC = "column"
    STREAM = "column"
    IDENTIFIER = "column"

    class Registered(Record.Event):
        """The column has an owning unit and a period in which it must be refreshed."""

        TOPIC = "column.registered/1"
        column: str
        name_zh: str
        name_en: str
        unit: str
        refresh_days: int

    class Maintained(Record.Event):
        """The column was looked after (栏目维护)."""

        TOPIC = "column.maintained/1"
        column: str
        note: str

    def __init__(self) -> None:
        self.column = ""
        self.name_zh = ""
        self.unit = ""
        self.refresh_days = 0

    def register(self, deed: Deed, *, column: str, name_zh: str, name_en: str, unit: str, refresh_days: int) -> None:
        """Enter the column with the unit that keeps it and the days within which it is refreshed."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(
            self.Registered,
            deed,
            column=fields.code(column, "column"),
            name_zh=fields.text(name_zh, "name_zh"),
            name_en=fields.text(name_en, "name_en"),
            unit=fields.code(unit, "unit"),
            refresh_days=fields.number(refresh_days, "refresh_days", most=3660),
        )

    @event(Registered)
    def _registered(self, *, column: str, name_zh: str, unit: str, refresh_days: int) -> None:
        self.column = column
        self.name_zh = name_zh
        self.unit = unit
        self.refresh_days = refresh_days

    def maintain(self, deed: Deed, *, note: str) -> None:
        """Note that the column was looked after."""
        self.write(self.Maintained, deed, column=self.column, note=fields.text(note, "note", longest=fields.LONG))
