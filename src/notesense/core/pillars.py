"""The three pillars of a long relation, innovation, performance and service: plain counts per quarter.

Kinds and areas are put to a pillar by the tables below; praise by its topic where the tables have it, else with the
newest problem about us or expectation on the same matter, else to none. Counts of signals are no scores: they tell what
was talked about, and whether it was good or bad.
"""

import datetime
from collections import defaultdict
from typing import Literal

from notesense.core.history import History
from notesense.core.picture import Pillar, Pillars, Quarter
from notesense.core.ports import Found
from notesense.core.vocabulary import Kind

PillarName = Literal["innovation", "performance", "service"]
Tone = Literal["good", "bad", "neutral"]

_AREAS: dict[str, PillarName] = {
    "delivery": "performance",
    "quality": "performance",
    "product": "performance",
    "execution": "performance",
    "communication": "service",
    "support": "service",
    "people": "service",
    "process": "service",
}
_TOPICS: dict[str, PillarName] = {
    "delivery": "performance",
    "product": "performance",
    "security": "performance",
    "support": "service",
    "communication": "service",
    "commercial": "service",
    "training": "innovation",
}
_PLACES = {**_AREAS, **_TOPICS}


def pillars_of(history: History) -> Pillars:
    """Return the balance of the three pillars."""
    counts: dict[PillarName, dict[str, dict[Tone, int]]] = defaultdict(
        lambda: defaultdict(lambda: {"good": 0, "bad": 0, "neutral": 0})
    )
    unplaced = 0
    for found in history.found:
        name, tone = _place(history, found)
        if name is None:
            unplaced += 1
        else:
            counts[name][quarter_of(found.date)][tone] += 1
    return Pillars(
        innovation=_pillar(counts["innovation"]),
        performance=_pillar(counts["performance"]),
        service=_pillar(counts["service"]),
        unplaced=unplaced,
    )


def quarter_of(day: datetime.date) -> str:
    """Return the calendar quarter of a day, such as `2026-Q1`."""
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def _pillar(counts: dict[str, dict[Tone, int]]) -> Pillar:
    quarters = tuple(
        Quarter(quarter=quarter, good=tally["good"], bad=tally["bad"], neutral=tally["neutral"])
        for quarter, tally in sorted(counts.items())
    )
    return Pillar(
        good=sum(one.good for one in quarters),
        bad=sum(one.bad for one in quarters),
        neutral=sum(one.neutral for one in quarters),
        quarters=quarters,
    )


def _place(history: History, found: Found) -> tuple[PillarName | None, Tone]:
    kind, attributes = found.signal.kind, found.signal.attributes
    if kind is Kind.OPPORTUNITY:
        return "innovation", "good"
    if kind is Kind.STALLED_ADOPTION:
        return "innovation", "bad"
    if kind is Kind.PRAISE:
        return _praised(history, found), "good"
    if kind is Kind.PAIN_POINT and attributes.get("about") in (None, "us"):
        return _AREAS.get(attributes.get("area", "")), "bad"
    if kind is Kind.EXPECTATION:
        return _TOPICS.get(attributes.get("topic", "")), "neutral"
    return None, "neutral"


def _praised(history: History, praise: Found) -> PillarName | None:
    topic = praise.signal.attributes.get("topic", "").casefold()
    if topic in _PLACES:
        return _PLACES[topic]
    told = history.signals_like(praise, (Kind.PAIN_POINT, Kind.EXPECTATION))
    names = (_place(history, one)[0] for one in reversed(told))
    return next((name for name in names if name is not None), None)
