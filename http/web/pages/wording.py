"""How values are read aloud on a page: instants in Beijing time, days with their weekday, sizes, codes."""

import re
from datetime import date, datetime
from typing import Final

from aggregates.vocabulary import label
from ledger import instants
from projections.feed import BEIJING
from web.pages.language import Language

_WEEKDAYS: Final = {
    Language.ZH: ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    Language.EN: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KIB: Final = 1024
_ARTICLE: Final = re.compile(r"[(（]([一二三四五六七八九十]+)[)）]")
_ONES: Final = {numeral: number for number, numeral in enumerate("一二三四五六七八九", 1)}

_CONTROLS: Final = (
    *(code for code in range(0x20) if chr(code) not in "\t\n\r"),
    *range(0x7F, 0xA0),
    0x061C,
    *range(0x200E, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    0xFEFF,
)
_VISIBLE: Final = {code: f"⟨U+{code:04X}⟩" for code in _CONTROLS}


def visible(text: str) -> str:
    """The text with every character that would steer the screen written out, so that nothing reads as it is not.

    Direction overrides can make a file name or a title read backwards; here they show themselves.  Markup
    stays markup.
    """
    return text.translate(_VISIBLE)


def as_instant(value: datetime | str) -> datetime:
    """An instant, also where a row holds it as the ledger's text; in Beijing time."""
    instant = instants.from_text(value) if isinstance(value, str) else value
    return instant.astimezone(BEIJING)


def instant_in_full(language: Language, value: datetime | str) -> str:
    """``2025年1月23日（星期四）10:15`` or ``Thu 23 Jan 2025, 10:15``; seconds where there are any."""
    instant = as_instant(value)
    between = "" if language is Language.ZH else ", "
    return f"{_day(language, instant.date())}{between}{_time_of_day(instant)}"


def instant_in_short(value: datetime | str) -> str:
    """``2025-01-23 10:15``, for tables on pages."""
    return as_instant(value).strftime("%Y-%m-%d %H:%M")


def instant_exactly(value: datetime | str) -> str:
    """``2025-01-23 10:15:07``, for files."""
    return as_instant(value).strftime("%Y-%m-%d %H:%M:%S")


def published(value: str | None) -> str:
    """When something was published, for files: an instant, or only the day where an old register knew no more."""
    return instant_exactly(value) if value and "T" in value else value or ""


def day_in_full(language: Language, value: date | str) -> str:
    """``2025年1月23日（星期四）`` or ``Thu 23 Jan 2025``; a text that is no date is shown as it is."""
    try:
        return _day(language, date.fromisoformat(value) if isinstance(value, str) else value)
    except ValueError:
        return str(value)


def size(value: int) -> str:
    """A number of bytes in the largest unit that leaves a whole part."""
    if value < _KIB:
        return f"{value} B"
    amount, unit = (value / _KIB, "KB") if value < _KIB**2 else (value / _KIB**2, "MB")
    return f"{amount:.1f} {unit}"


def number(value: int) -> str:
    """A count with its thousands apart."""
    return f"{value:,}"


def term(language: Language, list_name: str, code: str | None) -> str:
    """A code of the programme read aloud; nothing for nothing."""
    if not code:
        return ""
    wording = label(list_name, code)
    return wording.zh if language is Language.ZH else wording.en


def standing_alone(text: str) -> str:
    """A term where it stands alone: beginning with a capital."""
    return text[:1].upper() + text[1:]


def articles(language: Language, text: str | None) -> str:
    """Articles of the rules, ``(四)(十)``; on an English page by their numbers, ``4, 10``."""
    found = _ARTICLE.findall(text or "")
    if language is Language.ZH or not found:
        return text or ""
    return ", ".join(str(_arabic(numeral)) for numeral in found)


def _arabic(numeral: str) -> int:
    """A number up to nineteen, as the articles are counted: 四, 十, 十七."""
    tens, ten, ones = numeral.rpartition("十")
    return (_ONES.get(tens, 1) * 10 if ten else 0) + _ONES.get(ones, 0)


def _day(language: Language, day: date) -> str:
    weekday = _WEEKDAYS[language][day.weekday()]
    if language is Language.ZH:
        return f"{day.year}年{day.month}月{day.day}日（{weekday}）"
    return f"{weekday} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def _time_of_day(instant: datetime) -> str:
    return instant.strftime("%H:%M:%S" if instant.second else "%H:%M")
