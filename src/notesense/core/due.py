"""Until when words mean: `due_day` settles "end of next week" to a day, by the day on which it was written.

A period ends on its last day, a working week on its Friday. What hangs on an event ("after the audit"), comes round
("every Monday") or has passed by then settles nothing. English words; an ISO date is a day in any language.
"""

import calendar
import datetime
import re
from collections.abc import Callable

_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name} | {
    name: number for number, name in enumerate(calendar.month_abbr) if name
}
_MONTH_NUMBERS = {name.casefold(): number for name, number in _MONTHS.items()} | {"sept": 9}
_WEEKDAYS = {
    name.casefold(): number for names in (calendar.day_name, calendar.day_abbr) for number, name in enumerate(names)
}
_NUMBERS = {
    name: number
    for number, name in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
} | {"a": 1, "an": 1, "fourteen": 14, "thirty": 30}
_WEEKS = {"day": 1, "week": 7, "fortnight": 14}
FRIDAY = 4

_MONTH = "(?P<month>" + "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = "(?P<weekday>" + "|".join(sorted(_WEEKDAYS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?:,?\s(?P<year>20\d\d))?"
_PART = r"(?P<part>end|close|late|middle|mid|beginning|start|early)"
_UNSETTLED = re.compile(
    r"\b(?:after(?!\stomorrow)|once|when|if|since|as soon as|every|each|weekly|monthly|daily)\b", re.IGNORECASE
)

_Settle = Callable[[re.Match[str], datetime.date], datetime.date | None]


def iso_day(words: str | None) -> datetime.date | None:
    """Return the day that an ISO date (YYYY-MM-DD) names, or None for any other words."""
    if words is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
        return None
    try:
        return datetime.date.fromisoformat(words)
    except ValueError:
        return None


def due_day(words: str | None, written: datetime.date) -> datetime.date | None:
    """Return the last day that the words leave time until, not before the day of writing; None where they tell none."""
    if words is None or _UNSETTLED.search(words):
        return None
    if day := iso_day(words.strip()):
        return day
    for pattern, settle in _FORMS:
        if match := pattern.search(words):
            found = settle(match, written)
            return found if found and found >= written else None
    return None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _last(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _dated(match: re.Match[str], written: datetime.date) -> datetime.date | None:
    """Settle "14 March" and "March 14th": the next one, where no year is told."""
    month, day = _MONTH_NUMBERS[match["month"].casefold()], int(match["day"])
    if match["year"]:
        return _day(int(match["year"]), month, day)
    years = (_day(year, month, day) for year in (written.year, written.year + 1))
    return next((found for found in years if found and found >= written), None)


def _ordinal(match: re.Match[str], written: datetime.date) -> datetime.date | None:
    """Settle "the 14th", "14th": of this month, else of the next."""
    here = _day(written.year, written.month, int(match["day"]))
    if here and here >= written:
        return here
    following = _last(written.year, written.month) + datetime.timedelta(days=1)
    return _day(following.year, following.month, int(match["day"]))


def _near(match: re.Match[str], written: datetime.date) -> datetime.date:
    days = {"tomorrow": 1, "day after tomorrow": 2}
    return written + datetime.timedelta(days=days.get(match[0].casefold(), 0))


def _weekday(match: re.Match[str], written: datetime.date) -> datetime.date:
    """Settle "Friday" to the next one, "Friday week" to the one after, "next Friday" to that of the next week."""
    ahead = (_WEEKDAYS[match["weekday"].casefold()] - written.weekday() - 1) % 7 + 1
    same_week = written.weekday() + ahead < 7
    week_later = bool(match["week"]) or (bool(match["next"]) and same_week)
    return written + datetime.timedelta(days=ahead + 7 * week_later)


def _ahead(match: re.Match[str], written: datetime.date) -> datetime.date:
    """Settle "within two weeks", "in ten working days", "in a month"."""
    told = match["number"].casefold()
    number, unit = _NUMBERS.get(told) or int(told), match["unit"].casefold()
    if unit == "hour":
        return written + datetime.timedelta(days=number // 24)
    if unit == "month":
        months = written.month - 1 + number
        last = _last(written.year + months // 12, months % 12 + 1)
        return last.replace(day=min(written.day, last.day))
    if match["working"]:
        number = number + 2 * ((written.weekday() + number) // 5)
    return written + datetime.timedelta(days=number * _WEEKS[unit])


def _period(match: re.Match[str], written: datetime.date) -> datetime.date:
    """Settle "end of the month", "next week", "by the middle of next quarter"."""
    part, unit, ahead = match["part"], match["unit"].casefold(), (match["which"] or "").casefold() == "next"
    if unit == "week":
        monday = written - datetime.timedelta(days=written.weekday() - 7 * ahead)
        return monday + datetime.timedelta(days=_cut(part, 1, 2, FRIDAY))
    length = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = (written.month - 1) // length * length + length * ahead
    return _of_months(part, written.year + first // 12, first % 12 + 1, length)


def _of_month(match: re.Match[str], written: datetime.date) -> datetime.date:
    """Settle "end of March", "mid-March", "in March": of this year, or of the next where it has passed."""
    month = _MONTH_NUMBERS[match["month"].casefold()]
    year = int(match["year"]) if match["year"] else written.year + (month < written.month)
    return _of_months(match["part"], year, month, 1)


def _quarter(match: re.Match[str], written: datetime.date) -> datetime.date:
    number = int(match["number"])
    year = int(match["year"]) if match["year"] else written.year + (number * 3 < written.month)
    return _of_months(match["part"], year, number * 3 - 2, 3)


def _week_number(match: re.Match[str], written: datetime.date) -> datetime.date | None:
    for year in (written.year, written.year + 1):
        try:
            found = datetime.date.fromisocalendar(year, int(match["number"]), FRIDAY + 1)
        except ValueError:
            continue
        if found >= written:
            return found
    return None


def _of_months(part: str | None, year: int, month: int, length: int) -> datetime.date:
    """Return where a part of so many months ends: the tenth and the middle of the month, or the last day of all."""
    middle = month + (length - 1) // 2
    last = _last(year, month + length - 1)
    early = datetime.date(year, month, 10)
    halfway = datetime.date(year, middle, 15) if length % 2 else _last(year, middle)
    return (early, halfway, last)[_cut(part, 0, 1, 2)]


def _cut(part: str | None, early: int, middle: int, late: int) -> int:
    word = (part or "").casefold()
    return early if word in ("beginning", "start", "early") else middle if word in ("middle", "mid") else late


def _form(pattern: str, settle: _Settle) -> tuple[re.Pattern[str], _Settle]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), settle


_OF = r"[\s-](?:of\s)?(?:the\s)?"
_FORMS: tuple[tuple[re.Pattern[str], _Settle], ...] = (
    _form(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}{_YEAR}", _dated),
    _form(rf"{_MONTH}\s(?:the\s)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d){_YEAR}", _dated),
    _form(r"(?P<day>\d{1,2})(?:st|nd|rd|th)", _ordinal),
    _form(r"day after tomorrow|tomorrow|today|tonight|this (?:morning|afternoon|evening)", _near),
    _form(rf"(?P<next>next\s)?{_WEEKDAY}(?P<week>\sweek)?", _weekday),
    _form(
        r"(?:within|in|inside)\s(?:the\s(?:next|coming)\s)?(?P<number>\d{1,3}|" + "|".join(_NUMBERS) + r")\s"
        r"(?P<working>(?:working|business|work)\s)?(?P<unit>hour|day|week|fortnight|month)s?(?!\s(?:of|before)\b)",
        _ahead,
    ),
    _form(rf"(?:{_PART}{_OF})?q(?P<number>[1-4]){_YEAR}", _quarter),
    _form(r"(?:week|cw|wk|kw)\s?(?P<number>\d{1,2})", _week_number),
    _form(rf"(?:{_PART}{_OF})?(?:(?P<which>next|this|the coming)\s)?(?P<unit>week|month|quarter|year)", _period),
    _form(rf"(?:{_PART}{_OF})?{_MONTH}{_YEAR}", _of_month),
)
