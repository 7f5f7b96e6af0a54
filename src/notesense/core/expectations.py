"""Expectations by age: when stated, when last heard again, and which have become stale.

Heard again means that a later expectation shares the distinctive words. After `STALE_DAYS` without being heard again an
expectation is `stale`: an old assumption to be tested, not a fact.
"""

from notesense.core.history import History
from notesense.core.picture import Expectation
from notesense.core.ports import Found
from notesense.core.promises import iso_day
from notesense.core.vocabulary import Kind

STALE_DAYS = 180


def expectations_of(history: History) -> tuple[Expectation, ...]:
    """Return the expectations, newest first. One heard again later stands only once, at its first telling."""
    told = history.of(Kind.EXPECTATION)
    again = {found.signal.id: history.later_signals(found, (Kind.EXPECTATION,)) for found in told}
    repeats: set[str] = set()
    lines = []
    for found in told:
        if found.signal.id not in repeats:
            lines.append(_expectation(history, found, again[found.signal.id]))
            repeats.update(other.signal.id for other in again[found.signal.id])
    return tuple(sorted(lines, key=lambda one: (one.age_days, one.note_id, one.source.start)))


def _expectation(history: History, found: Found, again: tuple[Found, ...]) -> Expectation:
    source = history.cite(found)
    confirmed = again[-1].date if again else None
    age = history.age(confirmed or found.date)
    deadline = found.signal.attributes.get("deadline")
    day = iso_day(deadline)
    passed = day is not None and day < history.as_of
    heard = f"last heard {age} days ago" if confirmed else f"heard once, {age} days ago"
    return Expectation(
        note_id=source.note_id,
        quote=source.quote,
        evidence=(source, *(history.cite(other) for other in again)),
        topic=found.signal.attributes.get("topic"),
        deadline=deadline,
        stated=found.date,
        last_confirmed=confirmed,
        age_days=age,
        status="stale" if age > STALE_DAYS else "current",
        deadline_passed=passed,
        told=f"Stated {found.date}, {heard}{f'; its day, {deadline}, has passed' if passed else ''}.",
    )
