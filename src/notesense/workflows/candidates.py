"""Which later words are weighed against which earlier statements: for each note the likeliest pairs, by cheap signs.

Weighing takes milliseconds a pair, so not every pair of an account can be weighed. Likeness of meaning (the vectors of
the search index) and shared distinctive words tell most of it; what is measured is told in decision 0015.
"""

import datetime
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Any, NamedTuple

from notesense.core.bearing import BEARABLE, Pair
from notesense.core.note import Note
from notesense.core.passage import Passage
from notesense.core.ports import Matrix
from notesense.core.signal import Signal
from notesense.core.vocabulary import NO_TESTIMONY, Kind
from notesense.core.words import content_stems

MOST_PAIRS = 120
"""Pairs that are weighed at most for the words of one note."""
SHARED_WORDS = 0.12
"""Worth of one shared word that no other note has; 1 is the worth of a cosine of 1."""
WITH_SIGNAL = 0.05
"""Worth of words that carry a signal."""
SAME_KIND = 0.1
"""Further worth of words that carry a signal of the statement's kind."""
LONG_WORDS = 0.2
"""Worth of words of `LONG` characters or more: most of what is shorter tells nothing."""
LONG = 60
SHORT_QUOTE = 25
"""A statement of fewer characters is read with the passages that it stands in."""
SHORT_PASSAGE = 40
"""Later words of fewer characters are read with the passage before them."""

_QUOTE_MARKS = re.compile(r"^[> \t]+", re.MULTILINE)


@dataclass(frozen=True)
class Statement:
    """A statement that later words may bear on, with the passages that its words stand in."""

    signal: Signal
    passages: tuple[Passage, ...]

    @property
    def words(self) -> str:
        """The statement as a judge reads it."""
        if len(self.signal.quote) >= SHORT_QUOTE or not self.passages:
            return self.signal.quote
        return " ".join(passage.text for passage in self.passages)


class Candidate(NamedTuple):
    """An earlier statement, and a passage of another note that is not older. `likeness` is the cosine of both."""

    statement: Statement
    note_id: str
    passage: Passage
    before: Passage | None
    likeness: float

    @property
    def pair(self) -> Pair:
        """The pair as a judge reads it."""
        signal, later = self.statement.signal, self.passage.text
        if len(later) < SHORT_PASSAGE and self.before is not None:
            later = f"{self.before.text} {later}"
        owner = signal.attributes.get("owner", "") if signal.kind is Kind.COMMITMENT else ""
        return Pair(kind=str(signal.kind), owner=owner, earlier=self.statement.words, later=later)


class Candidates:
    """The candidates among an account's notes, which are given oldest first.

    `places` and `vectors` are what the search index holds of the account; what it lacks is no candidate.
    """

    def __init__(
        self,
        notes: Sequence[Note],
        passages: Mapping[str, Sequence[Passage]],
        signals: Sequence[Signal],
        places: Sequence[tuple[str, int]],
        vectors: Matrix,
    ) -> None:
        self._notes = notes
        self._passages = passages
        self._signals: dict[str, list[Signal]] = defaultdict(list)
        for signal in signals:
            self._signals[signal.note_id].append(signal)
        self._rows = {place: row for row, place in enumerate(places)}
        self._vectors = vectors
        self._dates = {note.id: note.date for note in notes}
        self._chosen: dict[str, list[Candidate]] = {}

    def of(self, note_id: str) -> list[Candidate]:
        """Return the candidates whose later words stand in this note, likeliest first."""
        if note_id not in self._chosen:
            self._chosen[note_id] = self._choose(note_id)
        return self._chosen[note_id]

    def between(self, note_id: str, others: Sequence[str]) -> list[Candidate]:
        """Return the candidates between a note and these others, whichever of the two is the later."""
        known = set(others)
        mine = [one for one in self.of(note_id) if one.statement.signal.note_id in known]
        later = [other for other in others if self._dates[other] >= self._dates[note_id]] if self._told(note_id) else []
        return mine + [one for other in later for one in self.of(other) if one.statement.signal.note_id == note_id]

    def _told(self, note_id: str) -> bool:
        return any(signal.kind in BEARABLE for signal in self._signals[note_id])

    @cached_property
    def _statements(self) -> list[Statement]:
        """All statements whose passages the index holds; of several in one place the first."""
        found: dict[tuple[str, int, int], Statement] = {}
        for note in self._notes:
            for signal in self._signals[note.id]:
                around = tuple(each for each in self._held(note.id) if _overlap(each, signal))
                if signal.kind in BEARABLE and around:
                    found.setdefault((note.id, signal.start, signal.end), Statement(signal, around))
        return list(found.values())

    @cached_property
    def _directions(self) -> Any:
        """The vectors of all statements, a row for each: the direction of the mean of their passages."""
        import numpy as np

        means = [
            np.asarray(self._vectors[self._rows_of(one.signal.note_id, one.passages)]).mean(0)
            for one in self._statements
        ]
        matrix = np.stack(means)
        return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)

    @cached_property
    def _weights(self) -> dict[str, float]:
        """How distinctive each stem is: 1 where one note of the account has it, 0 where all have."""
        spread = Counter(stem for note in self._notes for stem in content_stems(note.text))
        most = log(len(self._notes) + 1)
        return {stem: log((len(self._notes) + 1) / count) / most for stem, count in spread.items()}

    @cached_property
    def _having(self) -> dict[str, Any]:
        """The statements that have a stem, as rows in order."""
        import numpy as np

        places: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self._statements):
            for stem in content_stems(one.signal.quote):
                places[stem].append(at)
        return {stem: np.array(rows) for stem, rows in places.items()}

    @cached_property
    def _of_kind(self) -> dict[str, Any]:
        """The statements of a kind, as rows in order."""
        import numpy as np

        kinds = np.array([str(one.signal.kind) for one in self._statements])
        return {str(kind): np.flatnonzero(kinds == str(kind)) for kind in BEARABLE}

    @cached_property
    def _told_in(self) -> dict[str, list[int]]:
        """The statements of each note, as rows in order."""
        rows: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self._statements):
            rows[one.signal.note_id].append(at)
        return rows

    @cached_property
    def _days(self) -> list[datetime.date]:
        """The day of each statement; they are in order."""
        return [self._dates[one.signal.note_id] for one in self._statements]

    @cached_property
    def _first_told(self) -> dict[str, str]:
        """The oldest note in which each passage stands, by its folded words."""
        first: dict[str, str] = {}
        for note in self._notes:
            for passage in self._testified(note.id):
                first.setdefault(_folded(passage.text), note.id)
        return first

    @cached_property
    def _texts(self) -> list[str]:
        return [_folded(_QUOTE_MARKS.sub("", note.text)) for note in self._notes]

    def _testified(self, note_id: str) -> list[Passage]:
        """The passages of a note that can prove anything."""
        return [each for each in self._passages[note_id] if each.origin not in NO_TESTIMONY]

    def _held(self, note_id: str) -> list[Passage]:
        return [each for each in self._passages[note_id] if (note_id, each.ordinal) in self._rows]

    def _rows_of(self, note_id: str, passages: Sequence[Passage]) -> list[int]:
        return [self._rows[note_id, each.ordinal] for each in passages]

    def _choose(self, note_id: str) -> list[Candidate]:
        import numpy as np

        fresh = [each for each in self._held(note_id) if self._is_fresh(each, note_id)]
        until = bisect_right(self._days, self._dates[note_id])
        own = self._told_in.get(note_id, ())
        if not fresh or until == len(own):
            return []
        likeness = self._directions[:until] @ np.asarray(self._vectors[self._rows_of(note_id, fresh)]).T
        worth = likeness + self._signs(note_id, until, fresh)
        by_ordinal = {each.ordinal: each for each in self._passages[note_id]}
        return [
            Candidate(
                statement=self._statements[row],
                note_id=note_id,
                passage=fresh[column],
                before=by_ordinal.get(fresh[column].ordinal - 1),
                likeness=float(likeness[row, column]),
            )
            for row, column in _best(worth, own)
        ]

    def _signs(self, note_id: str, until: int, fresh: Sequence[Passage]) -> Any:
        """Return what speaks for each pair besides its likeness, (statements before `until`, passages)."""
        import numpy as np

        worth = np.zeros((until, len(fresh)), np.float32)
        for column, passage in enumerate(fresh):
            worth[:, column] += LONG_WORDS * min(len(passage.text), LONG) / LONG
            kinds = {str(signal.kind) for signal in self._signals[note_id] if _overlap(passage, signal)}
            worth[:, column] += WITH_SIGNAL * bool(kinds)
            for rows in (self._of_kind[kind] for kind in sorted(kinds & self._of_kind.keys())):
                worth[rows[: np.searchsorted(rows, until)], column] += SAME_KIND
            for stem in sorted(content_stems(passage.text) & self._having.keys()):
                rows = self._having[stem]
                worth[rows[: np.searchsorted(rows, until)], column] += SHARED_WORDS * self._weights[stem]
        return worth

    def _is_fresh(self, passage: Passage, note_id: str) -> bool:
        """Tell whether the words stood in no older note: neither as a passage nor, quoted from a mail, inside one."""
        folded = _folded(passage.text)
        if passage.origin in NO_TESTIMONY or self._first_told[folded] != note_id:
            return False
        if not passage.quoted:
            return True
        own = next(at for at, note in enumerate(self._notes) if note.id == note_id)
        return not any(folded in text for text in self._texts[:own])


def _best(worth: Any, without: Sequence[int]) -> list[tuple[int, int]]:
    """Return row and column of the greatest numbers, the greatest first, but none of the rows `without`."""
    import numpy as np

    worth[list(without)] = -np.inf
    flat = worth.ravel()
    number = min(MOST_PAIRS, (len(worth) - len(without)) * worth.shape[1])
    least = np.partition(flat, len(flat) - number)[len(flat) - number]
    places = np.flatnonzero(flat >= least)
    order = np.argsort(-flat[places], kind="stable")[:number]
    return [divmod(int(place), worth.shape[1]) for place in places[order]]


def _overlap(passage: Passage, signal: Signal) -> bool:
    return passage.start < signal.end and signal.start < passage.end


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
