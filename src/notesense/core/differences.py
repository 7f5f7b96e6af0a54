"""Typed differences: what a window of notes brings against all that was told before it.

Each stretch of words stands once, as what it likeliest is: it settles a matter, changes it, tells it again while it is
open, or is new. A matter stands once for each type, in its newest words. Open matters of which the window does not
speak have gone quiet; only the weightiest of them are told.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from notesense.core.bearing import BEARABLE, Effect
from notesense.core.evidence import Evidence
from notesense.core.history import History
from notesense.core.ledger import LEAST_KEPT
from notesense.core.outcome import Outcome
from notesense.core.people import name_of, rival_of
from notesense.core.picture import ChangeType, Findings
from notesense.core.ports import Found
from notesense.core.tenure import WHOLE_COMPANY
from notesense.core.threads import LEAST_LAST_WORD, Threads
from notesense.core.vocabulary import Kind
from notesense.core.words import same_name

MOST_QUIET = 3
QUIET_DAYS = 180
"""A matter last told longer ago than this before the window has not gone quiet now: it was so already."""

_CLOSED = frozenset({"kept", "dropped", "settled", "met", "changed", "used"})
_SETTLED = frozenset({"kept", "settled", "met", "used"})
_ORDER = (
    Kind.PAIN_POINT,
    Kind.STALLED_ADOPTION,
    Kind.PRICE_VALUE,
    Kind.COMMITMENT,
    Kind.EXPECTATION,
    Kind.LEADERSHIP_CHANGE,
)
"""Which of several matters that the same words speak of is told, and which quiet one weighs more."""


class Window(NamedTuple):
    """The statements that are measured, and the notes they are of."""

    found: tuple[Found, ...]
    notes: frozenset[str]


class Difference(NamedTuple):
    """One difference, in its words. `about` is the statement that gives it its kind and its weight."""

    type: ChangeType
    words: Evidence
    about: Found
    before: Evidence | None
    likelihood: float = 1.0


def differences_of(history: History, threads: Threads, found: Findings, window: Window) -> tuple[Difference, ...]:
    """Return all differences, in no particular order."""
    reader = _Reader(history, threads, found, window)
    told = _once(threads, (*reader.borne(), *reader.told_again(), *reader.about_the_same()))
    known = (*(one.words for one in told), *(one.before for one in told if one.before))
    cited = ((one, history.cite(one)) for one in window.found)
    new = (
        Difference("new", words, one, None) for one, words in cited if not any(words.overlaps(other) for other in known)
    )
    return (*told, *new, *reader.quiet())


def _order(found: Found) -> int:
    return _ORDER.index(Kind(found.signal.kind)) if found.signal.kind in _ORDER else len(_ORDER)


def _once(threads: Threads, told: Iterable[Difference]) -> tuple[Difference, ...]:
    """Return one difference for each stretch of words, the likeliest, and one for each type of each matter."""
    by_words: dict[tuple[str, int], Difference] = {}
    for one in sorted(told, key=lambda one: (one.likelihood, -_order(one.about), one.about.date)):
        by_words[one.words.note_id, one.words.start] = one
    by_matter: dict[tuple[str, str], Difference] = {}
    for one in sorted(by_words.values(), key=lambda one: (one.words.date, one.likelihood, -one.words.start)):
        by_matter[one.type, threads.name_of(one.about)] = one
    return tuple(by_matter.values())


@dataclass(frozen=True)
class _Reader:
    history: History
    threads: Threads
    found: Findings
    window: Window

    @cached_property
    def _status(self) -> dict[str | None, str]:
        """How each statement stands, by the id of its signal."""
        told: dict[str | None, str] = {}
        for lines in (self.found.promises, self.found.expectations, self.found.pains):
            told.update((line.source.signal_id, line.status) for line in lines)
        told.update(
            (one.signal_id, "used") for line in self.found.put_to_use for one in (line.source, *line.told_before)
        )
        return told

    def borne(self) -> Iterator[Difference]:
        """Yield what words of the window were weighed to say about earlier statements."""
        for statement in self.history.of(*BEARABLE):
            for outcome in self.history.outcomes(statement):
                if outcome.words.note_id in self.window.notes and (type_ := self._type(statement, outcome)):
                    words = self._told_in(outcome.words, statement)
                    yield Difference(type_, words, statement, self.history.cite(statement), outcome.likelihood)

    def _type(self, statement: Found, outcome: Outcome) -> ChangeType | None:
        """Return what an outcome is, where it fits how the matter stands."""
        status, kind = self._status.get(statement.signal.id), statement.signal.kind
        enough = LEAST_KEPT if kind is Kind.COMMITMENT else LEAST_LAST_WORD
        if outcome.effect is Effect.SETTLES:
            return "settled" if outcome.likelihood >= enough and (status is None or status in _SETTLED) else None
        if outcome.effect is Effect.REPLACES or (kind is Kind.COMMITMENT and status == "dropped"):
            return "changed" if outcome.likelihood >= LEAST_LAST_WORD else None
        if kind is Kind.PRICE_VALUE:
            return "changed" if self._other_price(statement, outcome.words) else "still_open"
        return None if status in _CLOSED else "still_open"

    def _other_price(self, statement: Found, words: Evidence) -> bool:
        """Tell whether price is held against something else than before: another amount, or another rival."""
        again = self.threads.signal_in(words, Kind.PRICE_VALUE)
        return again is not None and any(
            again.signal.attributes.get(name) not in (None, statement.signal.attributes.get(name))
            for name in ("amount", "competitor")
        )

    def _told_in(self, words: Evidence, statement: Found) -> Evidence:
        """Return the signal that these words carry, best one of a kind like the statement's, else the words."""
        near = self.history.signals_on(words)
        like = self.threads.signal_in(words, statement.signal.kind)
        chosen = like or max(near, key=lambda one: one.signal.end - one.signal.start, default=None)
        return self.history.cite(chosen) if chosen else words

    def told_again(self) -> Iterator[Difference]:
        """Yield the statements of the window that tell a matter once more by way of another telling."""
        for found in self.window.found:
            if found.signal.kind in BEARABLE and found.signal.kind is not Kind.COMMITMENT:
                before = [one for one in self.threads.of(found) if one.date < found.date]
                if before:
                    words = self.history.cite(found)
                    changed = found.signal.kind is Kind.PRICE_VALUE and self._other_price(before[-1], words)
                    yield Difference(
                        "changed" if changed else "still_open", words, before[-1], self.history.cite(before[-1]), 0.5
                    )

    def about_the_same(self) -> Iterator[Difference]:
        """Yield later news of a rival or a person, or of a change to the whole company, told of before."""
        for found in self.window.found:
            before = next((one for one in reversed(self.history.found) if self._same_news(one, found)), None)
            if before is not None:
                yield Difference("changed", self.history.cite(found), found, self.history.cite(before))

    def _same_news(self, one: Found, other: Found) -> bool:
        kind = one.signal.kind
        if kind is not other.signal.kind or one.date >= other.date:
            return False
        if kind is Kind.COMPETITOR:
            return same_name(rival_of(self.history, one), rival_of(self.history, other))
        if kind is not Kind.LEADERSHIP_CHANGE:
            return False
        change = one.signal.attributes.get("change")
        whole = change in WHOLE_COMPANY and change == other.signal.attributes.get("change")
        return whole or same_name(name_of(self.history, one), name_of(self.history, other))

    def quiet(self) -> tuple[Difference, ...]:
        """Return the weightiest open matters told before the window of which it does not speak."""
        began = min(self.history.note(note).date for note in self.window.notes)
        silent = [
            one
            for one in self._open()
            if one.signal.note_id not in self.window.notes and (began - one.date).days <= QUIET_DAYS
        ]
        last = max((note.date for note in self.history.notes if note.id not in self.window.notes), default=began)
        ranked = sorted(silent, key=lambda one: (one.date != last, _order(one), -one.date.toordinal()))
        unheard = (one for one in ranked if not self._spoken_of(one))
        return tuple(
            Difference("quiet", self._last_mention(one), one, None) for one in itertools.islice(unheard, MOST_QUIET)
        )

    def _last_mention(self, found: Found) -> Evidence:
        told = self.history.outcomes(found)
        return self._told_in(told[-1].words, found) if told else self.history.cite(found)

    def _open(self) -> Iterator[Found]:
        """Yield the newest tellings of the matters that are open, oldest first."""
        rumours = {line.source.signal_id for line in self.found.people if line.certainty == "rumored"}
        overdue = {line.source.signal_id for line in self.found.promises if line.status == "overdue"}
        for found in self.history.found:
            signal = found.signal
            if signal.kind in (Kind.PAIN_POINT, Kind.EXPECTATION, Kind.STALLED_ADOPTION, Kind.PRICE_VALUE):
                if self._status.get(signal.id) not in _CLOSED and self.threads.of(found)[-1] is found:
                    yield found
            elif signal.id in rumours or signal.id in overdue:
                yield found

    def _spoken_of(self, found: Found) -> bool:
        weighed = any(one.words.note_id in self.window.notes for one in self.history.outcomes(found))
        return weighed or any(one.note_id in self.window.notes for one in self.history.later_sentences(found))
