"""The three pillars by quarter, as small drawings of one scale: good stands above the line, bad below.

Quarters without a word are kept in the row, since a silent quarter tells something too.
"""

import re
from dataclasses import dataclass

from notesense.core.picture import AccountPicture, Pillar, Pillars, Quarter
from notesense.render import words

MOST_QUARTERS = 8
_TALLEST = 22.0
_QUARTER = re.compile(r"^(\d{4})-Q([1-4])$")


@dataclass(frozen=True)
class Bar:
    """A quarter of a pillar: counts, and the heights of its two bars. Both counts are 0 in a silent quarter."""

    quarter: str
    good: int = 0
    bad: int = 0
    up: float = 0.0
    down: float = 0.0


@dataclass(frozen=True)
class PillarRow:
    """A pillar: its name, its totals over all time, and one bar a quarter, oldest first."""

    name: str
    good: int
    bad: int
    bars: tuple[Bar, ...]

    @property
    def told(self) -> str:
        """The latest quarter beside all before it, in words."""
        if not self.good + self.bad:
            return "nothing good or bad was heard"
        last = self.bars[-1]
        now = f"{last.good} good, {last.bad} bad" if last.good + last.bad else "silent"
        return f"{self.good} good, {self.bad} bad in all; {last.quarter}: {now}"


def pillar_rows(picture: AccountPicture) -> tuple[list[str], list[PillarRow]]:
    """Return the latest quarters, oldest first, and a row for each pillar; no quarters where nothing was heard."""
    named: list[tuple[str, Pillar]] = [
        ("Innovation", picture.pillars.innovation),
        ("Performance", picture.pillars.performance),
        ("Service", picture.pillars.service),
    ]
    heard = sorted({one.quarter for _, pillar in named for one in pillar.quarters})
    if not heard:
        return [], []
    now = f"{picture.as_of.year}-Q{(picture.as_of.month + 2) // 3}"
    quarters = _between(heard[0], max(now, heard[-1]))[-MOST_QUARTERS:]
    counts = [max(one.good, one.bad) for _, pillar in named for one in pillar.quarters if one.quarter in quarters]
    scale = _TALLEST / max([1, *counts])
    return quarters, [PillarRow(name, one.good, one.bad, _bars(one, quarters, scale)) for name, one in named]


def unplaced_told(pillars: Pillars) -> str:
    """Return how many signals fit none of the three; empty where there are none."""
    if not pillars.unplaced:
        return ""
    return f"{words.count(pillars.unplaced, 'signal')} in none of the three, such as promises, prices and people."


def _between(first: str, last: str) -> list[str]:
    """Return all quarters from the first to the last."""
    begin, end = (_number(quarter) for quarter in (first, last))
    return [f"{number // 4}-Q{number % 4 + 1}" for number in range(begin, end + 1)]


def _number(quarter: str) -> int:
    found = _QUARTER.match(quarter)
    assert found is not None
    return int(found[1]) * 4 + int(found[2]) - 1


def _bars(pillar: Pillar, quarters: list[str], scale: float) -> tuple[Bar, ...]:
    heard = {one.quarter: one for one in pillar.quarters}
    return tuple(_bar(heard[name], scale) if name in heard else Bar(name) for name in quarters)


def _bar(one: Quarter, scale: float) -> Bar:
    return Bar(one.quarter, one.good, one.bad, round(one.good * scale, 1), round(one.bad * scale, 1))
