"""Who watches public opinion, day by day, and special monitoring for an occasion (八)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.opinion.refusals import OpinionRefusal
from aggregates.opinion.terms import MonitoringOccasion, SourceKind
from aggregates.refusal import RefusalCode, refuse

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Duty:
    """Days, first and last included, on which a named officer watches."""

    officer: str
    from_date: str
    until_date: str


def gaps(duties: Iterable[Duty], from_date: str, until_date: str) -> list[tuple[str, str]]:
    """The days between two days, both included, on which nobody watches: as first and last day of each gap."""
    begin, end = date.fromisoformat(from_date), date.fromisoformat(until_date)
    found = []
    for duty in sorted(duties, key=lambda duty: (duty.from_date, duty.until_date)):
        first, last = date.fromisoformat(duty.from_date), date.fromisoformat(duty.until_date)
        if begin < first:
            found.append((begin, min(first - _DAY, end)))
        begin = max(begin, last + _DAY)
        if begin > end:
            break
    if begin <= end:
        found.append((begin, end))
    return [(first.isoformat(), last.isoformat()) for first, last in found]


class Monitoring(Record):
    """The monitoring roster of one unit; its stream is ``monitoring/<unit>``."""

    TOPIC = "monitoring"
    STREAM = "monitoring"
    IDENTIFIER = "unit"

    class DutyAssigned(Record.Event):
        """An officer watches on these days (监测值守)."""

        TOPIC = "monitoring.duty_assigned/1"
        unit: str
        officer: str
        from_date: str
        until_date: str

    def assign(self, deed: Deed, *, unit: str, officer: str, from_date: str | date, until_date: str | date) -> None:
        """Name who watches from a day to a day, both included."""
        first, last = fields.day(from_date, "from_date"), fields.day(until_date, "until_date")
        if last < first:
            raise fields.invalid("until_date", "不能早于起始日期", "it must not be before the first day")
        named = fields.code(officer, "officer")
        self.write(self.DutyAssigned, deed, unit=unit, officer=named, from_date=first, until_date=last)


class SpecialMonitoring(Record):
    """Monitoring for a key moment or an emergency; its stream is ``special_monitoring/<code>``."""

    TOPIC = "special_monitoring"
    STREAM = "special_monitoring"
    IDENTIFIER = "session"

    class Opened(Record.Event):
        """From a day to a day these sources are watched for this occasion (专项监测)."""

        TOPIC = "special_monitoring.opened/1"
        session: str
        unit: str
        occasion_kind: str
        occasion: str
        source_kinds: list[str]
        from_date: str
        until_date: str
        opinion: str | None

    def open(
        self,
        deed: Deed,
        *,
        session: str,
        occasion_kind: str,
        occasion: str,
        source_kinds: Iterable[str],
        from_date: str | date,
        until_date: str | date,
        opinion: str | None = None,
    ) -> None:
        """Open it; for an emergency it names the case."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        kind = fields.term(MonitoringOccasion, occasion_kind, "occasion_kind")
        if kind == MonitoringOccasion.EMERGENCY and opinion is None:
            raise refuse(OpinionRefusal.MONITORING_UNLINKED, session=session)
        first, last = fields.day(from_date, "from_date"), fields.day(until_date, "until_date")
        if last < first:
            raise fields.invalid("until_date", "不能早于起始日期", "it must not be before the first day")
        self.write(
            self.Opened,
            deed,
            session=fields.code(session, "session"),
            unit=deed.unit,
            occasion_kind=kind,
            occasion=fields.text(occasion, "occasion"),
            source_kinds=[
                fields.term(SourceKind, each, "source_kinds") for each in fields.texts(source_kinds, "source_kinds")
            ],
            from_date=first,
            until_date=last,
            opinion=fields.optional_code(opinion, "opinion"),
        )
