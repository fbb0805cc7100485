"""Commands on the working calendar, by which every period of working days is counted."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from aggregates.calendar import Calendar
from aggregates.deed import Deed
from aggregates.desk import DISTRICT, Data, Desk, Order
from aggregates.office import Office
from aggregates.refusal import refuse
from aggregates.requests.words import RequestCommand, RequestRefusal
from ledger.append import Receipt


class CalendarCommands(Office):
    """Adopting a year from its notice, and correcting it."""

    def adopt_calendar_year(
        self,
        deed: Deed,
        *,
        year: int,
        source: str,
        holidays: Sequence[Mapping[str, Any]],
        make_up_workdays: Sequence[str | date],
        expected_version: int | None = None,
    ) -> Receipt:
        """Adopt a year's calendar from the notice that ``source`` cites, as 国办发明电〔2024〕12号.

        ``holidays`` are all days off as ``{"day", "name"}``, those on weekends too; ``make_up_workdays`` the
        weekend days that are worked.  What libraries propose is in ``aggregates.calendar_sources``.
        """
        data: Data = {"year": year, "source": source, "holidays": holidays, "make_up_workdays": make_up_workdays}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            desk.open(Calendar, DISTRICT).adopt_year(desk.deed, **data)

        stream = Calendar.stream_of(DISTRICT)
        return self.carry_out(
            Order(RequestCommand.ADOPT_CALENDAR_YEAR, deed, str(year), data, stream, expected_version), decide
        )

    def amend_calendar(
        self,
        deed: Deed,
        *,
        year: int,
        source: str,
        holidays: Sequence[Mapping[str, Any]],
        make_up_workdays: Sequence[str | date],
        reason: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Correct an adopted year, restating it whole; every open date is counted by it from then on."""
        data: Data = {
            "year": year,
            "source": source,
            "holidays": holidays,
            "make_up_workdays": make_up_workdays,
            "reason": reason,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            calendar = desk.open(Calendar, DISTRICT)
            if year not in calendar.years:
                raise refuse(RequestRefusal.CALENDAR_YEAR_UNKNOWN, year=year)
            calendar.amend(desk.deed, **data)

        stream = Calendar.stream_of(DISTRICT)
        return self.carry_out(
            Order(RequestCommand.AMEND_CALENDAR, deed, str(year), data, stream, expected_version), decide
        )
