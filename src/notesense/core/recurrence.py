"""What comes back: matters told in several notes in other words, and what of ours still lies unused.

Both rest on threads, so on what later words were weighed to say. Where nothing was weighed, nothing is called recurring
and every telling of something unused stands for itself.
"""

from notesense.core.evidence import Evidence
from notesense.core.history import History
from notesense.core.pains import settling
from notesense.core.picture import Occurrence, Recurring, Stalled
from notesense.core.ports import Found
from notesense.core.threads import Threads
from notesense.core.vocabulary import Kind
from notesense.core.words import as_title

_WEIGHT = (Kind.PAIN_POINT, Kind.PRICE_VALUE, Kind.STALLED_ADOPTION, Kind.EXPECTATION, Kind.OPPORTUNITY)


def recurring_of(history: History, threads: Threads) -> tuple[Recurring, ...]:
    """Return the matters told in two notes or more, the most often told first, each with all its tellings."""
    told = [thread for thread in threads.all() if len({found.signal.note_id for found in thread}) > 1]
    ranked = sorted(told, key=lambda thread: (-len(thread), -thread[-1].date.toordinal(), thread[-1].signal.id))
    return tuple(_recurring(history, thread) for thread in ranked)


def _recurring(history: History, thread: tuple[Found, ...]) -> Recurring:
    kinds = {found.signal.kind for found in thread}
    newest = thread[-1]
    name = next((title for found in reversed(thread) if (title := _name(history, found))), None)
    return Recurring(
        what=name or newest.signal.quote,
        kind=str(next(kind for kind in _WEIGHT if kind in kinds)),
        occurrences=tuple(Occurrence(date=found.date, evidence=(history.cite(found),)) for found in thread),
    )


def _name(history: History, found: Found) -> str | None:
    return as_title(history.stated(found, "what") or history.stated(found, "topic"))


def stalled_of(history: History, threads: Threads) -> tuple[tuple[Stalled, ...], tuple[Stalled, ...]]:
    """Return what still lies unused and what was put to use since, newest first."""
    unused: list[Stalled] = []
    used: list[Stalled] = []
    for found in reversed(history.of(Kind.STALLED_ADOPTION)):
        if not history.compared:
            unused.append(_stalled(history, found, history.later_sentences(found), ()))
            continue
        thread = threads.of(found)
        if found is not thread[-1]:
            continue
        settled = tuple(one.words for one in settling(threads, found))
        before = tuple(history.cite(other) for other in thread[:-1])
        later = settled or tuple(one.words for one in threads.outcomes(found))
        (used if settled else unused).append(_stalled(history, found, later, before))
    return tuple(unused), tuple(used)


def _stalled(history: History, found: Found, later: tuple[Evidence, ...], before: tuple[Evidence, ...]) -> Stalled:
    source = history.cite(found)
    return Stalled(
        note_id=source.note_id,
        quote=source.quote,
        evidence=(source, *later),
        what=as_title(history.stated(found, "what")),
        date=found.date,
        age_days=history.age(found.date),
        last_mention=found.date,
        told_before=before,
    )
