"""What several notes give rise to: what comes back, what was kept, what was taken back, what is next, the figures.

Pure counting and the picture's own lines; what rests on later words is raised only where these were weighed.
"""

import datetime
from collections.abc import Iterator

from notesense.core.bearing import Effect
from notesense.core.evidence import Evidence
from notesense.core.history import History
from notesense.core.matter import Matter, fresh, matter_of, spoken_day, values_of
from notesense.core.picture import AccountPicture, Need, Occurrence, Recurring
from notesense.core.playbook import Trigger
from notesense.core.vocabulary import Kind

BACK_DAYS = 60
"""Tellings of one matter that lie further apart than this are the same talk again."""
RETURNING_DAYS = 365
KEPT_DAYS = 60
"""What was shown to be kept within so many days is worth a word."""
FIGURE_DAYS = 365
MOST_FIGURES = 4

_RETURNING = frozenset({Kind.PAIN_POINT, Kind.STALLED_ADOPTION, Kind.EXPECTATION})
_REFUSING = frozenset({Effect.REPLACES, Effect.FAILS})


def over_time(history: History, picture: AccountPicture) -> Iterator[Matter]:
    """Yield these matters, in no particular order of weight."""
    yield from _recurring(history, picture)
    yield from _kept(history, picture)
    yield from _declined(history, picture)
    yield from _ahead(history, picture)
    yield from _figures(history, picture)


def refusal(history: History, need: Need) -> Evidence | None:
    """Return the newest words on a need, where they say that it no longer holds; else None."""
    found = history.by_id(need.source.signal_id)
    outcomes = history.outcomes(found) if found else ()
    return outcomes[-1].words if outcomes and outcomes[-1].effect in _REFUSING else None


def _recurring(history: History, picture: AccountPicture) -> Iterator[Matter]:
    """Yield what is told again after a while and not settled: of a pain or a wish, the newest telling leads."""
    closed = {line.source.signal_id for line in picture.pains if line.status == "settled"}
    closed |= {line.source.signal_id for line in picture.expectations if line.status in ("met", "changed")}
    closed |= {line.source.signal_id for line in picture.put_to_use}
    for line in picture.recurring:
        told = [one for one in line.occurrences if one.evidence[0].kind in _RETURNING]
        if _comes_back(history, told) and told[-1].evidence[0].signal_id not in closed:
            yield _returning(history, line, told)


def _comes_back(history: History, told: list[Occurrence]) -> bool:
    if len(told) < 2 or (told[-1].date - told[0].date).days < BACK_DAYS:
        return False
    return history.age(told[-1].date) <= RETURNING_DAYS


def _returning(history: History, line: Recurring, told: list[Occurrence]) -> Matter:
    words = tuple(one.evidence[0] for one in reversed(line.occurrences))
    newest = told[-1].evidence[0]
    values = values_of(history, newest, Trigger.RECURRING)
    values["first"] = spoken_day(told[0].date, history.as_of)
    if line.what != newest.quote and len(line.what.split()) <= MOST_FIGURES:
        values["what"] = line.what
    rest = tuple(one for one in words if one != newest)
    rank = fresh(history.age(newest.date)) + min(3, len(told))
    return Matter(trigger=Trigger.RECURRING, rank=rank, values=values, evidence=(newest, *rest), person=newest.speaker)


def _kept(history: History, picture: AccountPicture) -> Iterator[Matter]:
    for line in picture.promises:
        if line.status == "kept" and line.later and history.age(line.later[-1].date) <= KEPT_DAYS:
            ours = line.owner == "us"
            trigger = Trigger.PROMISE_KEPT_US if ours else Trigger.PROMISE_KEPT_CUSTOMER
            if ours or line.owner == "customer":
                yield matter_of(history, line, trigger, fresh(history.age(line.made)), person=line.person)


def _declined(history: History, picture: AccountPicture) -> Iterator[Matter]:
    """Yield what the customer wanted once and later words took back: not to be pitched."""
    for need in picture.opportunities:
        words = refusal(history, need)
        if words is not None:
            matter = matter_of(history, need, Trigger.DECLINED, fresh(history.age(need.date)))
            yield matter.model_copy(update={"evidence": (need.source, words)})


def _ahead(history: History, picture: AccountPicture) -> Iterator[Matter]:
    """Yield one matter for an account on the A-list: what is next, by their own newest need."""
    needs = [one for one in picture.opportunities if not refusal(history, one)]
    if picture.standing.type == "a_list" and needs:
        yield matter_of(history, needs[0], Trigger.AHEAD, fresh(history.age(needs[0].date)), topic=needs[0].topic)


def _figures(history: History, picture: AccountPicture) -> Iterator[Matter]:
    """Yield one matter where trouble with us or praise was told in two quarters of the last year or more."""
    lines = (*(one for one in picture.pains if one.about == "us"), *picture.praise)
    told = sorted((one.source for one in lines), key=lambda one: (-one.date.toordinal(), one.note_id, one.start))
    recent = tuple(one for one in told if history.age(one.date) <= FIGURE_DAYS)
    if len({_quarter(one.date) for one in recent}) >= 2:
        newest = recent[0]
        values = {name: value for name, value in values_of(history, newest, Trigger.FIGURES).items() if name in _PLAIN}
        yield Matter(trigger=Trigger.FIGURES, rank=0, values=values, evidence=recent[:MOST_FIGURES])


_PLAIN = frozenset({"account", "date", "days"})


def _quarter(day: datetime.date) -> tuple[int, int]:
    return (day.year, (day.month - 1) // 3)
