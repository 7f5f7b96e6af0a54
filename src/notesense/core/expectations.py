"""Expectations: when stated, when last heard again, and what became of them.

Where later words were weighed, the newest word on the matter decides: it was met, it was missed, or another wish took
its place. Asked for again before its day has passed, an expectation is heard again and no more. What was not heard for
`STALE_DAYS` is `stale`: an old assumption to be tested, not a fact. Where nothing was weighed, heard again means that
a later expectation shares the distinctive words, and nothing is called met.
"""

import datetime

from notesense.core.bearing import Effect
from notesense.core.due import due_day, iso_day
from notesense.core.evidence import Evidence
from notesense.core.history import History
from notesense.core.outcome import Outcome
from notesense.core.picture import Expectation, ExpectationStatus
from notesense.core.ports import Found
from notesense.core.threads import Threads
from notesense.core.vocabulary import Kind

STALE_DAYS = 180

_TOLD: dict[ExpectationStatus, str] = {
    "met": "words of {day} show it met",
    "missed": "words of {day} show it missed",
    "changed": "words of {day} take its place",
}


def expectations_of(history: History, threads: Threads) -> tuple[Expectation, ...]:
    """Return the expectations, newest first. Where nothing was compared, one heard again stands once, as first told."""
    told = history.of(Kind.EXPECTATION)
    lines = [_weighed(history, found, threads) for found in told] if history.compared else _by_words(history, told)
    return tuple(sorted(lines, key=lambda one: (one.age_days, one.note_id, one.source.start)))


def _by_words(history: History, told: tuple[Found, ...]) -> list[Expectation]:
    again = {found.signal.id: history.later_signals(found, (Kind.EXPECTATION,)) for found in told}
    repeats: set[str] = set()
    lines = []
    for found in told:
        if found.signal.id not in repeats:
            heard = again[found.signal.id]
            words = tuple(history.cite(other) for other in heard)
            lines.append(_line(history, found, words, heard[-1].date if heard else None))
            repeats.update(other.signal.id for other in heard)
    return lines


def _weighed(history: History, found: Found, threads: Threads) -> Expectation:
    outcomes = threads.outcomes(found)
    heard = max((one.words.date for one in outcomes if one.effect is not Effect.SETTLES), default=None)
    judged = [one for one in outcomes if _status(history, found, one)]
    last = max(judged, key=lambda one: (one.words.date, one.likelihood), default=None)
    status = _status(history, found, last) if last else None
    words = tuple(one.words for one in outcomes if _status(history, found, one) == status)
    line = _line(history, found, words, heard, status)
    return line.model_copy(update={"newest": threads.same(found)[-1] is found})


def _status(history: History, found: Found, outcome: Outcome) -> ExpectationStatus | None:
    """Return what these words alone make of an expectation; None where they only ask for it or tell it again."""
    if outcome.effect is Effect.SETTLES:
        return "met"
    if outcome.effect is Effect.REPLACES:
        return "changed"
    kinds = {one.signal.kind for one in history.signals_on(outcome.words)}
    if outcome.effect is Effect.REPEATS:
        return "missed" if Kind.PAIN_POINT in kinds and Kind.EXPECTATION not in kinds else None
    if Kind.PAIN_POINT in kinds:
        return "missed"
    day = due_day(found.signal.attributes.get("deadline"), found.date)
    only_asked = Kind.EXPECTATION in kinds if day is None else outcome.words.date <= day
    return None if only_asked else "missed"


def _line(
    history: History,
    found: Found,
    words: tuple[Evidence, ...],
    confirmed: datetime.date | None,
    status: ExpectationStatus | None = None,
) -> Expectation:
    source = history.cite(found)
    age = history.age(confirmed or found.date)
    deadline = found.signal.attributes.get("deadline")
    day = iso_day(deadline)
    passed = status in (None, "missed") and day is not None and day < history.as_of
    heard = f"last heard {age} days ago" if confirmed else f"heard once, {age} days ago"
    told = _TOLD[status].format(day=words[-1].date) if status else heard
    return Expectation(
        note_id=source.note_id,
        quote=source.quote,
        evidence=(source, *words),
        topic=found.signal.attributes.get("topic"),
        deadline=deadline,
        stated=found.date,
        last_confirmed=confirmed,
        age_days=age,
        status=status or ("stale" if age > STALE_DAYS else "current"),
        deadline_passed=passed,
        told=f"Stated {found.date}, {told}{f'; its day, {deadline}, has passed' if passed else ''}.",
    )
