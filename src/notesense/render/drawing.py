"""The geometry of the two drawings of a briefing: the time line of contact, and the three pillars by quarter.

Numbers only; the templates draw them and put the same facts into words beside them.
"""

from dataclasses import dataclass

from notesense.core.picture import AccountPicture, Pillar

LENGTH = 1000
MOST_QUARTERS = 6
_TALLEST = 14


@dataclass(frozen=True)
class TimeLine:
    """Days of contact as places from 0 to LENGTH. `gap` is the longest silence; `today` is the end."""

    days: tuple[int, ...]
    gap: tuple[int, int] | None
    today: int = LENGTH


@dataclass(frozen=True)
class Bar:
    """A quarter of a pillar: counts, and the heights of its two bars."""

    quarter: str
    good: int
    bad: int
    up: float
    down: float


@dataclass(frozen=True)
class PillarRow:
    """A pillar: its name, its totals, and one bar a quarter (None where nothing was heard)."""

    name: str
    good: int
    bad: int
    bars: tuple[Bar | None, ...]


def time_line(picture: AccountPicture) -> TimeLine | None:
    """Return the time line, or None when there are fewer than two days to draw."""
    contact = picture.contact
    if not contact.days or contact.days[0] >= picture.as_of:
        return None
    first, whole = contact.days[0], (picture.as_of - contact.days[0]).days
    places = [round((day - first).days / whole * LENGTH) for day in contact.days]
    span = contact.longest_gap
    gap = None
    if span:
        begin, end = ((day - first).days / whole * LENGTH for day in span)
        gap = (max(0, round(begin)), min(LENGTH, round(end)))
    return TimeLine(tuple(places), gap)


def pillar_rows(picture: AccountPicture) -> tuple[list[str], list[PillarRow]]:
    """Return the latest quarters, oldest first, and a row for each pillar; no quarters when nothing was heard."""
    named: list[tuple[str, Pillar]] = [
        ("Innovation", picture.pillars.innovation),
        ("Performance", picture.pillars.performance),
        ("Service", picture.pillars.service),
    ]
    quarters = sorted({one.quarter for _, pillar in named for one in pillar.quarters})[-MOST_QUARTERS:]
    counts = [max(one.good, one.bad) for _, pillar in named for one in pillar.quarters if one.quarter in quarters]
    scale = _TALLEST / max([1, *counts])
    return quarters, [PillarRow(name, p.good, p.bad, _bars(p, quarters, scale)) for name, p in named]


def _bars(pillar: Pillar, quarters: list[str], scale: float) -> tuple[Bar | None, ...]:
    heard = {one.quarter: one for one in pillar.quarters}
    return tuple(
        Bar(
            name,
            heard[name].good,
            heard[name].bad,
            round(heard[name].good * scale, 1),
            round(heard[name].bad * scale, 1),
        )
        if name in heard
        else None
        for name in quarters
    )
