"""How a promise stands by what later words were weighed to say about it.

`kept` and `dropped` only with the words that show it. Made anew for another day by the same side, the older telling is
dropped and the newer one goes on, whatever is said later. Otherwise the words of the newest day decide. What had failed
and is settled later was kept late; what was settled and fails later, or both on one day, is a contradiction, unless
the newest words are likelier. Asked for again, a promise stays what its day makes of it.
"""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from notesense.core.bearing import Effect
from notesense.core.due import due_day
from notesense.core.evidence import Evidence
from notesense.core.history import History
from notesense.core.outcome import Outcome
from notesense.core.picture import PromiseStatus
from notesense.core.ports import Found
from notesense.core.vocabulary import Kind

LEAST_KEPT = 0.4
"""The likelihood from which on words show a promise kept."""
LEAST_DROPPED = 0.5
"""The likelihood from which on words withdraw or replace a promise; fainter ones that do leave it unclear."""
LEAST_ANEW = 0.35
"""A new promise of the same side needs less to be on the same matter: that it is a promise is known."""
CLEARLY = 0.2
"""Of words of one day that conflict, the likelier decide where they are likelier by so much."""


@dataclass(frozen=True)
class Course:
    """How a promise stands, the later words that show it (oldest first), and our word on it."""

    status: PromiseStatus
    words: tuple[Evidence, ...]
    told: str


class _Words(NamedTuple):
    """What later words say of a promise: kept, not kept, withdrawn, and too weakly to count."""

    kept: tuple[Outcome, ...]
    failed: tuple[Outcome, ...]
    dropped: tuple[Outcome, ...]
    faint: tuple[Outcome, ...]


def course_of(history: History, found: Found, day: datetime.date | None) -> Course:
    """Return how a promise stands whose day is settled so, or that has none."""
    words = _heard(history.outcomes(found))
    again = anew(history, found, day)
    if again and not any(one.words.date < again.date for one in words.kept):
        when = again.signal.attributes["due"]
        return Course("dropped", (history.cite(again),), f"made anew on {again.date}, for {when}: that promise counts")
    kept, failed, dropped = (_newest(some) for some in words[:3])
    if kept and not _outweighed(kept, failed) and not _outweighed(kept, dropped):
        if failed and not _comes_late(kept, failed):
            return Course("unclear", _cited(*words.kept, *words.failed), _CONFLICT)
        return Course("kept", _cited(*words.kept), f"words of {kept.words.date} show it kept")
    if dropped:
        return Course("dropped", _cited(*words.dropped), f"words of {dropped.words.date} withdraw or replace it")
    return _waiting(history, words, day)


_CONFLICT = "later words conflict: some show it kept, others that it was not; judge by them"


def _heard(outcomes: tuple[Outcome, ...]) -> _Words:
    kept = tuple(one for one in outcomes if one.effect is Effect.SETTLES and one.likelihood >= LEAST_KEPT)
    dropped = tuple(one for one in outcomes if one.effect is Effect.REPLACES and one.likelihood >= LEAST_DROPPED)
    failed = tuple(one for one in outcomes if one.effect is Effect.FAILS)
    faint = tuple(
        one
        for one in outcomes
        if one.effect in (Effect.SETTLES, Effect.REPLACES) and one not in kept and one not in dropped
    )
    return _Words(kept, failed, dropped, faint)


def _newest(words: tuple[Outcome, ...]) -> Outcome | None:
    return max(words, key=lambda one: (one.words.date, one.likelihood), default=None)


def _outweighed(kept: Outcome, other: Outcome | None) -> bool:
    """Tell whether other words undo that it was kept: newer and likelier, or of the same day and clearly likelier."""
    if other is None or other.words.date < kept.words.date:
        return False
    more = other.likelihood - kept.likelihood
    return more > 0 if other.words.date > kept.words.date else more >= CLEARLY


def _comes_late(kept: Outcome, failed: Outcome) -> bool:
    """Tell whether it was kept after all: after the words that it was not, or on their day and clearly likelier."""
    if kept.words.date == failed.words.date:
        return kept.likelihood - failed.likelihood >= CLEARLY
    return kept.words.date > failed.words.date


def _waiting(history: History, words: _Words, day: datetime.date | None) -> Course:
    """Return how a promise stands that was neither kept nor dropped: by its day, and by words too weak to count."""
    late = day is not None and day < history.as_of
    newest = _newest((*words.failed, *words.faint))
    if late and newest in words.faint:
        return Course("unclear", _cited(*words.failed, *words.faint), "later words may show it settled; judge by them")
    asked = f"still waited for on {words.failed[-1].words.date}" if words.failed else "no later words show it kept"
    return Course("overdue" if late else "open", _cited(*words.failed), asked)


def anew(history: History, found: Found, day: datetime.date | None) -> Found | None:
    """Return the newest later promise of the same side on the same matter for another day, or None."""
    made = []
    for bearing in history.bearings_on(found):
        likelihoods = bearing.likelihoods
        if likelihoods.replaces + likelihoods.repeats + likelihoods.fails >= LEAST_ANEW:
            near = history.signals_on(history.cite_place(bearing.words))
            made += [one for one in near if _is_anew(one, found, day)]
    return max(made, key=lambda one: one.date, default=None)


def _is_anew(other: Found, found: Found, day: datetime.date | None) -> bool:
    signal = other.signal
    if signal.kind is not Kind.COMMITMENT or signal.certainty != "stated" or other.date <= found.date:
        return False
    again = due_day(signal.attributes.get("due"), other.date)
    return signal.attributes.get("owner") == found.signal.attributes.get("owner") and again not in (None, day)


def _cited(*outcomes: Outcome) -> tuple[Evidence, ...]:
    told = {one.words for one in outcomes}
    return tuple(sorted(told, key=lambda one: (one.date, one.note_id, one.start)))
