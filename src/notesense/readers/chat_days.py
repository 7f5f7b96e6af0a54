"""Days as chats write them before each message. Which figure is the day and which the month, all of them tell together.

Messages stand in order, so an order of the figures under which a later one would be earlier is not theirs.
"""

import datetime
import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

FIGURES = r"\u200e?\d{1,4}[./-]\u200e?\d{1,2}(?:[./-]\u200e?\d{2,4}|\.)?"
"""A day in figures, with or without its year."""
_NAMED = (
    "today yesterday monday tuesday wednesday thursday friday saturday sunday "
    "heute gestern montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "aujourd'hui hier lundi mardi mercredi jeudi vendredi samedi dimanche "
    "hoy ayer lunes martes miércoles jueves viernes sábado domingo "
    "oggi ieri lunedì martedì mercoledì giovedì venerdì sabato domenica "
    "hoje ontem segunda-feira terça-feira quarta-feira quinta-feira sexta-feira "
    "vandaag gisteren maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
).split()
WORDS = rf"(?i:{'|'.join(dict.fromkeys(_NAMED))})"
"""A day by its name, as Teams shows the latest ones."""
_PARTS = re.compile(r"(\d{1,4})([./-])(\d{1,2})[./-](\d{2,4})")
_YEARS = range(2000, 2101)

Days: TypeAlias = Sequence[datetime.date]
_Order: TypeAlias = Callable[[int, int, int], tuple[int, int, int]]
_YEAR_FIRST: _Order = lambda year, month, day: (year, month, day)  # noqa: E731
_DAY_FIRST: _Order = lambda day, month, year: (year, month, day)  # noqa: E731
_MONTH_FIRST: _Order = lambda month, day, year: (year, month, day)  # noqa: E731


def of(written: Sequence[str], known: datetime.date | None = None) -> Days:
    """Return the day of each message, of what is written before it; none where any of them may be of two days.

    Nothing is written before a message of the same day as the one above. `known` is a day that one of them must have.
    """
    told = list(written)
    for number in range(1, len(told)):
        told[number] = told[number] or told[number - 1]
    parts = [_PARTS.fullmatch(one.replace("\u200e", "")) for one in told]
    found = [part for part in parts if part]
    if not found or len(found) < len(parts):
        return ()
    possible = [days for order in _orders(found) if (days := _in_order(found, order))]
    if len(possible) > 1 and known:
        possible = [days for days in possible if known in days] or possible
    return possible[0] if possible and all(days == possible[0] for days in possible) else ()


def _orders(found: Sequence[re.Match[str]]) -> tuple[_Order, ...]:
    """Return the orders in which figures written so may stand."""
    if all(len(part[1]) == 4 for part in found):
        return (_YEAR_FIRST,)
    return (_DAY_FIRST,) if all(part[2] == "." for part in found) else (_DAY_FIRST, _MONTH_FIRST)


def _in_order(found: Sequence[re.Match[str]], order: _Order) -> list[datetime.date]:
    """Return the days under an order of their figures; none where one is no day, or earlier than the one above."""
    days: list[datetime.date] = []
    for part in found:
        year, month, day = order(int(part[1]), int(part[3]), int(part[4]))
        year += 2000 if year < 100 else 0
        try:
            days.append(datetime.date(year, month, day))
        except ValueError:
            return []
        if year not in _YEARS or (len(days) > 1 and days[-1] < days[-2]):
            return []
    return days
