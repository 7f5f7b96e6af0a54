"""Days and hours as exports write them: ISO, milliseconds since 1970, figures whose order the whole column tells."""

import datetime
import re
from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

Order: TypeAlias = Literal["day first", "month first", "unclear"]
_FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:,?\s+\d.*)?")
_STAMP = re.compile(r"\d{13}")
_SECONDS = re.compile(r"\d{10}")
_WORDS = ("%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%Y/%m/%d")
_FIX = "write it as 2026-03-12"


class When(NamedTuple):
    """A day, and the moment where the source tells the hour."""

    day: datetime.date | None = None
    started: datetime.datetime | None = None


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
    written = written.strip()
    if not written:
        return When()
    try:
        if figures := _FIGURES.fullmatch(written):
            return When(_by_order(figures, order))
        moment = _moment(written)
    except (ValueError, OverflowError, OSError) as error:
        if isinstance(error, _UnclearError):
            raise
        raise ValueError(f'"{written[:40]}" is no day; {_FIX}') from None
    return When(moment.date(), None if moment.time() == datetime.time() else moment)


class _UnclearError(ValueError):
    """A day that may be either of two."""


def _by_order(figures: re.Match[str], order: Order) -> datetime.date:
    one, two, year = int(figures[1]), int(figures[3]), int(figures[4])
    if figures[2] == "." or order == "day first" or one > 12:
        return datetime.date(year, two, one)
    if order == "unclear" and two <= 12 and one != two:
        raise _UnclearError(f'"{figures[0][:40]}" may be one of two days; {_FIX}')
    return datetime.date(year, one, two)


def _moment(written: str) -> datetime.datetime:
    if _STAMP.fullmatch(written):
        return datetime.datetime.fromtimestamp(int(written) / 1000, datetime.UTC)
    if _SECONDS.fullmatch(written):
        return datetime.datetime.fromtimestamp(int(written), datetime.UTC)
    for form in _WORDS:
        try:
            return datetime.datetime.strptime(written, form)
        except ValueError:
            continue
    return datetime.datetime.fromisoformat(written)
