"""The words of information requests: what may be asked, what is recorded, why it is refused (十三)."""

from aggregates.area import Area, FieldWords
from aggregates.terms import CommandName, EventName, RefusalReason


class RequestCommand(CommandName):
    """What may be asked."""

    ADOPT_CALENDAR_YEAR = "adopt_calendar_year", "启用年度工作日历", "adopt a year's working calendar"
    AMEND_CALENDAR = "amend_calendar", "更正工作日历", "amend the working calendar"


class RequestEvent(EventName):
    """What is recorded."""

    CALENDAR_YEAR_ADOPTED = "calendar.year_adopted/1", "工作日历启用", "calendar year adopted", "(十三)"
    CALENDAR_AMENDED = "calendar.amended/1", "工作日历更正", "calendar amended", "(十三)"


class RequestRefusal(RefusalReason):
    """Why it is refused."""

    CALENDAR_YEAR_UNKNOWN = (
        "CALENDAR_YEAR_UNKNOWN", "(十三)", "该年工作日历未启用", "calendar year not adopted",
        "{year}年的工作日历尚未启用，无法更正。请先依国务院办公厅放假通知启用该年日历。",
        "The calendar of {year} is not adopted and cannot be amended. Adopt the year from its notice first.",
    )  # fmt: skip


AREA = Area(
    "requests",
    RequestCommand,
    RequestEvent,
    RequestRefusal,
    fields={
        "year": FieldWords("年份", "year"),
        "holidays": FieldWords("放假日期", "days off"),
        "make_up_workdays": FieldWords("调休上班日", "make-up workdays", "day"),
    },
)
