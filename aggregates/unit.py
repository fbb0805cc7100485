"""A unit: an office, department, town or sub-district, as it was registered, and what became of it."""

from datetime import datetime

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.refusal import RefusalCode, refuse
from aggregates.vocabulary import UnitKind


class Unit(Record):
    """One unit; its stream is ``unit/<code>``."""

    TOPIC = "unit"
    STREAM = "unit"
    IDENTIFIER = "unit"

    class Registered(Record.Event):
        """The unit exists from this event's time on."""

        TOPIC = "unit.registered/1"
        unit: str
        name_zh: str
        name_en: str
        kind: str
        code: str | None

    class DisclosureOfficeDesignated(Record.Event):
        """The unit named the office that does its disclosure work (十五)."""

        TOPIC = "unit.disclosure_office_designated/1"
        unit: str
        office_zh: str

    class Succeeded(Record.Event):
        """The unit was reorganised; what it did keeps its name, what comes is the successor's."""

        TOPIC = "unit.succeeded/1"
        unit: str
        successor: str

    def __init__(self) -> None:
        self.unit = ""
        self.kind = ""
        self.registered_at: datetime | None = None
        self.disclosure_office: str | None = None
        self.successor: str | None = None
        self.succeeded_at: datetime | None = None

    @property
    def is_district_office(self) -> bool:
        """Whether this is the 区政府办公室: it returns documents and supervises all units."""
        return self.kind == UnitKind.DISTRICT_OFFICE

    def stands_at(self, instant: datetime) -> bool:
        """Whether the unit existed at that instant: registered by then and not yet succeeded."""
        if self.registered_at is None or instant < self.registered_at:
            return False
        return self.succeeded_at is None or instant < self.succeeded_at

    def register(
        self, deed: Deed, *, unit: str, name_zh: str, name_en: str, kind: str, code: str | None = None
    ) -> None:
        """Enter the unit under its code; a code is given once."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(
            self.Registered,
            deed,
            unit=fields.code(unit, "unit"),
            name_zh=fields.text(name_zh, "name_zh"),
            name_en=fields.text(name_en, "name_en"),
            kind=fields.term(UnitKind, kind, "kind"),
            code=fields.optional_text(code, "code"),
        )

    @event(Registered)
    def _registered(self, unit: str, kind: str, timestamp: datetime) -> None:
        self.unit = unit
        self.kind = kind
        self.registered_at = timestamp

    def designate_disclosure_office(self, deed: Deed, *, office_zh: str) -> None:
        """Name the office in charge of disclosure; a later designation replaces the earlier."""
        if office_zh == self.disclosure_office:
            raise refuse(RefusalCode.NOTHING_TO_CHANGE, subject=self.stream)
        self.write(self.DisclosureOfficeDesignated, deed, unit=self.unit, office_zh=fields.text(office_zh, "office_zh"))

    @event(DisclosureOfficeDesignated)
    def _disclosure_office_designated(self, office_zh: str) -> None:
        self.disclosure_office = office_zh

    def succeed(self, deed: Deed, *, successor: str) -> None:
        """Link the unit that carries on; a unit is succeeded once and never by itself."""
        if self.successor is not None:
            raise refuse(RefusalCode.NOTHING_TO_CHANGE, subject=self.stream)
        if successor == self.unit:
            raise fields.invalid("successor", "不能是本单位", "it must not be the unit itself")
        self.write(self.Succeeded, deed, unit=self.unit, successor=fields.code(successor, "successor"))

    @event(Succeeded)
    def _succeeded(self, successor: str, timestamp: datetime) -> None:
        self.successor = successor
        self.succeeded_at = timestamp
