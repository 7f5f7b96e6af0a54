"""Days and hours as people and exports write them: ISO, figures, months in words, milliseconds since 1970.

What can be read in only one way is taken: figures with dots are day, month, year; a figure above 12 is a day. What may
be either of two days is taken only where the column that it stands in tells the order.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

Order: TypeAlias = Literal["day first", "month first", "unclear"]
_FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:,?\s+\d.*)?")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([/.-])(?P<month>\d{1,2})\2(?P<day>\d{1,2})\.?(?:,?\s+(?P<hour>\d.*))?")
_SHORT_YEAR = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2}(?:,?\s+\d.*)?")
_STAMP = re.compile(r"\d{13}")
_SECONDS = re.compile(r"\d{10}")
_FIX = "write it as 2026-03-12"
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?,?\s+)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})"
_MONTH = r"(?P<month>[^\W\d_]{3,12})"
_TIME = r"(?:(?:,|\s|\bat\b|\bum\b|\bà\b|\ba las\b|T)*\s(?P<hour>\d.*))?"
_IN_WORDS = tuple(
    re.compile(f"{_WEEKDAY}{form}{_TIME}")
    for form in (
        rf"{_DAY}(?:\.|er|st|nd|rd|th|º)?[\s-](?:de\s|of\s)?{_MONTH}\.?,?[\s-](?:de\s|del\s)?{_YEAR}",
        rf"{_DAY}[\s-]{_MONTH}\.?[\s-](?P<year>\d\d)",
        rf"{_MONTH}\.?\s{_DAY}(?:st|nd|rd|th)?,?\s{_YEAR}",
        rf"{_YEAR}[\s-]{_MONTH}[\s-]{_DAY}",
    )
)
_NO_YEAR = tuple(
    re.compile(f"{_WEEKDAY}{form}")
    for form in (rf"{_DAY}(?:\.|st|nd|rd|th)?\s(?:de\s)?{_MONTH}\.?", rf"{_MONTH}\.?\s{_DAY}(?:st|nd|rd|th)?")
)
_EASTERN = re.compile(r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일].*")
_HOUR = re.compile(
    r"(?P<hour>\d{1,2})[:h.](?P<minute>\d\d)(?::\d\d)?(?:[\s\u202f]?(?P<half>[AaPp])\.?[Mm]\.?)?(?:\s?Uhr)?"
)
_LONGEST = 80
_MONTHS = (
    "january januar janvier enero gennaio janeiro januari styczen stycznia",
    "february februar fevrier febrero febbraio fevereiro februari luty lutego",
    "march marz maerz mars marzo marco maart marts marzec marca",
    "april avril abril aprile kwiecien kwietnia",
    "may mai mayo maggio maio mei maj maja",
    "june juni juin junio giugno junho czerwiec czerwca",
    "july juli juillet julio luglio julho lipiec lipca",
    "august aout agosto augustus augusti sierpien sierpnia",
    "september septembre septiembre settembre setembro wrzesien wrzesnia",
    "october oktober octobre octubre ottobre outubro pazdziernik pazdziernika",
    "november novembre noviembre novembro listopad listopada",
    "december dezember decembre diciembre dicembre dezembro grudzien grudnia",
)
"""The months in ten languages, without accents."""
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}


class When(NamedTuple):
    """A day, and the moment where the source tells the hour."""

    day: datetime.date | None = None
    started: datetime.datetime | None = None


class UnclearDay(ValueError):
    """A day that may be one of several; the message says which, without a fix."""


def order_of(written: Iterable[str]) -> Order:
    """Return in which order a column has day and month; a figure above 12 tells, else 3/12/2026 is American."""
    found = [match for value in written if (match := _FIGURES.fullmatch(value.strip())) and match[2] != "."]
    day_first = any(int(match[1]) > 12 for match in found)
    month_first = any(int(match[3]) > 12 for match in found)
    if day_first != month_first:
        return "day first" if day_first else "month first"
    padded = any("0" in (match[1][0], match[3][0]) for match in found)
    return "unclear" if day_first or padded else "month first"


def when(written: str, order: Order) -> When:
    """Return the moment that is written there; nothing for nothing. Raises ValueError with the reason and the fix.

    An hour of midnight says no more than the day, which is never shifted by a time zone.
    """
    try:
        return _when(written.strip(), order)
    except UnclearDay as error:
        raise ValueError(f"{error}; {_FIX}") from None
    except (ValueError, OverflowError, OSError):
        raise ValueError(f'"{written.strip()[:40]}" is no day; {_FIX}') from None


def alone(written: str) -> When:
    """Return the moment that is written by itself, as in the head of a note, where nothing tells the order of figures.

    Raises UnclearDay for what may be one of several days, ValueError for what is none.
    """
    written = written.strip()
    if _SHORT_YEAR.fullmatch(written):
        raise UnclearDay(f'"{written[:40]}" does not tell which of its figures is the year')
    if any((found := form.fullmatch(written)) and _month(found["month"]) for form in _NO_YEAR):
        raise UnclearDay(f'"{written[:40]}" tells no year')
    try:
        return _when(written, "unclear")
    except UnclearDay:
        raise
    except (ValueError, OverflowError, OSError):
        raise ValueError(f'"{written[:40]}" is no day') from None


def _when(written: str, order: Order) -> When:
    if not written:
        return When()
    if figures := _FIGURES.fullmatch(written):
        return When(_by_order(figures, order))
    moment = _moment(written)
    return moment if isinstance(moment, When) else When(moment.date(), None if _is_midnight(moment) else moment)


def _is_midnight(moment: datetime.datetime) -> bool:
    return moment.time() == datetime.time()


def _by_order(figures: re.Match[str], order: Order) -> datetime.date:
    one, two, year = int(figures[1]), int(figures[3]), int(figures[4])
    if figures[2] == "." or order == "day first" or one > 12:
        return datetime.date(year, two, one)
    if order == "unclear" and two <= 12 and one != two:
        first, second = datetime.date(year, two, one), datetime.date(year, one, two)
        raise UnclearDay(f'"{figures[0][:40]}" may be {first.day} {first:%B} or {second.day} {second:%B}')
    return datetime.date(year, one, two)


def _moment(written: str) -> datetime.datetime | When:
    if _STAMP.fullmatch(written):
        return datetime.datetime.fromtimestamp(int(written) / 1000, datetime.UTC)
    if _SECONDS.fullmatch(written):
        return datetime.datetime.fromtimestamp(int(written), datetime.UTC)
    return _worded(written) or datetime.datetime.fromisoformat(written)


def _worded(written: str) -> When | None:
    """Return the moment of a day whose month stands in words, or whose year stands first; None for any other."""
    if len(written) > _LONGEST:
        return None
    for pattern in (_YEAR_FIRST, _EASTERN, *_IN_WORDS):
        found = pattern.fullmatch(written)
        month = _month(found["month"]) if found else None
        if found and month:
            year = int(found["year"])
            day = datetime.date(year if year > 99 else 2000 + year, month, int(found["day"]))
            return When(day, _at(day, found.groupdict().get("hour") or ""))
    return None


def _month(word: str) -> int | None:
    """Return the number of a month that is written out, or so cut short that it can be no other."""
    if word.isdecimal():
        return int(word)
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", word.casefold()) if letter.isalpha())
    fits = {number for name, number in _NUMBER_OF.items() if name.startswith(bare)}
    return _NUMBER_OF.get(bare) or (fits.pop() if len(fits) == 1 else None)


def _at(day: datetime.date, hour: str) -> datetime.datetime | None:
    """Return the moment of this hour; None where it is midnight, cannot be read, or its zone is named."""
    found = _HOUR.fullmatch(hour.strip())
    if not found:
        return None
    number = int(found["hour"])
    if found["half"]:
        number = number % 12 + (12 if found["half"] in "Pp" else 0)
    try:
        moment = datetime.datetime.combine(day, datetime.time(number, int(found["minute"])))
    except ValueError:
        return None
    return None if _is_midnight(moment) else moment
