"""Threads: the tellings of one matter, joined over several notes where later words were weighed to tell it again.

A pain that still hurts and one told again are the same matter told once more, so the likelihoods of `repeats` and of
`fails` count together between statements of one kind. Joined tellings join their others, where enough of these were.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from notesense.core.bearing import Effect, Likelihoods
from notesense.core.evidence import Evidence
from notesense.core.history import History
from notesense.core.outcome import Outcome
from notesense.core.ports import Found
from notesense.core.vocabulary import Kind
from notesense.core.words import content_stems

LEAST_AGAIN = 0.4
"""The likelihood from which on words are taken to tell a matter again."""
LEAST_LINKED = 0.5
"""The share of their pairs that must tell one matter for two threads to be joined: one false link joins no crowds."""
LEAST_LAST_WORD = 0.5
"""The likelihood from which on words decide how a matter that is no promise stands."""

_WISHES = frozenset({Kind.EXPECTATION, Kind.PAIN_POINT})
_THREADED = (Kind.PAIN_POINT, Kind.PRICE_VALUE, Kind.STALLED_ADOPTION, Kind.EXPECTATION, Kind.OPPORTUNITY)


def alike(one: str, other: str) -> bool:
    """Tell whether statements of these kinds can tell one matter: a wish that is not met becomes a pain."""
    return one == other or {one, other} <= _WISHES


class _Again(NamedTuple):
    """Two tellings of one matter, and how likely they are."""

    first: Found
    other: Found
    likelihood: float


@dataclass(frozen=True)
class Threads:
    """The threads of a history."""

    history: History

    @cached_property
    def _of(self) -> dict[str, list[Found]]:
        """The tellings by the id of each of them, oldest first."""
        threads = {found.signal.id: [found] for found in self.history.of(*_THREADED)}
        known = (*self._same_thing(), *sorted(self._weighed(), key=lambda one: -one.likelihood))
        direct = {frozenset((one.first.signal.id, one.other.signal.id)) for one in known}
        for first, other, _ in known:
            joined, added = threads[first.signal.id], threads[other.signal.id]
            if joined is not added and _linked(joined, added, direct) >= LEAST_LINKED:
                joined.extend(added)
                threads.update((found.signal.id, joined) for found in added)
        order = {found.signal.id: place for place, found in enumerate(self.history.found)}
        for thread in threads.values():
            thread.sort(key=lambda found: order[found.signal.id])
        return threads

    def of(self, found: Found) -> tuple[Found, ...]:
        """Return all tellings of the matter, oldest first, the given one among them."""
        return tuple(self._of[found.signal.id])

    def name_of(self, found: Found) -> str:
        """Return what all tellings of a matter have in common and no other matter has."""
        return self._of.get(found.signal.id, [found])[0].signal.id

    def all(self) -> tuple[tuple[Found, ...], ...]:
        """Return all threads, by their oldest telling."""
        unique = {id(thread): tuple(thread) for thread in self._of.values()}
        return tuple(unique.values())

    def same(self, found: Found) -> tuple[Found, ...]:
        """Return the tellings of the matter that are of the same kind, oldest first, the given one among them."""
        return tuple(other for other in self.of(found) if other.signal.kind == found.signal.kind)

    @cached_property
    def _weighed_of(self) -> dict[str, tuple[Outcome, ...]]:
        """What words were weighed to say about any telling of a matter, by the name of the matter."""
        return {}

    def outcomes(self, found: Found) -> tuple[Outcome, ...]:
        """Return what later words say about the matter, by whichever telling they were weighed, oldest first.

        A later telling that no words of their own were weighed for stands as `repeats` of the least likelihood.
        """
        name = self.name_of(found)
        if name not in self._weighed_of:
            self._weighed_of[name] = self._outcomes(self._of[found.signal.id])
        told = self._weighed_of[name]
        return tuple(one for one in told if _follows(found, one.words.date, one.words.note_id))

    def _outcomes(self, tellings: Sequence[Found]) -> tuple[Outcome, ...]:
        weighed = [
            one for telling in tellings for one in self.history.outcomes(telling) if one.likelihood >= LEAST_LAST_WORD
        ]
        told = {one.words: one for one in sorted(weighed, key=lambda one: one.likelihood)}
        known: dict[str, list[Evidence]] = defaultdict(list)
        for words in told:
            known[words.note_id].append(words)
        for words in map(self.history.cite, tellings):
            if not any(words.overlaps(one) for one in known.get(words.note_id, ())):
                told[words] = Outcome(effect=Effect.REPEATS, likelihood=LEAST_AGAIN, words=words)
        return tuple(sorted(told.values(), key=lambda one: (one.words.date, one.words.note_id, one.words.start)))

    def last_word(self, found: Found) -> Outcome | None:
        """Return the newest word on the matter; of several of the same day, the likeliest."""
        return max(self.outcomes(found), key=lambda one: (one.words.date, one.likelihood), default=None)

    def signal_in(self, words: Evidence, kind: str) -> Found | None:
        """Return the statement of a like kind that these words carry: of the same kind, else of most of the words."""
        near = [one for one in self.history.signals_on(words) if alike(one.signal.kind, kind)]
        return max(near, key=lambda one: (one.signal.kind == kind, _shared(one, words)), default=None)

    def _weighed(self) -> Iterator[_Again]:
        for found in self.history.of(*_THREADED):
            for bearing in self.history.bearings_on(found):
                if bearing.likelihoods.repeats + bearing.likelihoods.fails < LEAST_AGAIN:
                    continue
                other = self.signal_in(self.history.cite_place(bearing.words), found.signal.kind)
                if other is not None and (again := _again(found, other, bearing.likelihoods)) >= LEAST_AGAIN:
                    yield _Again(found, other, again)

    def _same_thing(self) -> Iterator[_Again]:
        """Yield tellings of unused things that are named alike, as far as something was compared at all."""
        if not self.history.compared:
            return
        named = [(found, content_stems(found.signal.attributes.get("what", ""))) for found in self._unused()]
        for place, (found, stems) in enumerate(named):
            for other, others in named[:place]:
                if stems and others and (stems <= others or others <= stems):
                    yield _Again(other, found, 1.0)

    def _unused(self) -> tuple[Found, ...]:
        return self.history.of(Kind.STALLED_ADOPTION)


def _again(found: Found, other: Found, likelihoods: Likelihoods) -> float:
    """Return how likely one is told again by the other. A wish that fails is no pain told again."""
    same = found.signal.kind == other.signal.kind
    return likelihoods.repeats + (likelihoods.fails if same else 0.0)


def _linked(some: Sequence[Found], others: Sequence[Found], direct: Set[frozenset[str]]) -> float:
    """Return the share of the pairs of two threads, of different notes, that were weighed to tell one matter."""
    pairs = [
        frozenset((one.signal.id, other.signal.id))
        for one in some
        for other in others
        if one.signal.note_id != other.signal.note_id
    ]
    return sum(pair in direct for pair in pairs) / len(pairs) if pairs else 1.0


def _follows(found: Found, day: datetime.date, note_id: str) -> bool:
    return day >= found.date and note_id != found.signal.note_id


def _shared(found: Found, words: Evidence) -> int:
    return min(found.signal.end, words.end) - max(found.signal.start, words.start)
