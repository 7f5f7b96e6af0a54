"""What is counted in each note, as arrays with one row a note: the raw material of every figure and of its interval."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from notesense.core.claims import Claim, Refusal, outcome
from notesense.core.evaluated import NoteRow
from notesense.core.signal import OF_OTHER_THAN_WORDS
from notesense.core.vocabulary import CORE_KINDS, KINDS, Kind
from notesense.evaluation.bootstrap import Floats, draws, mean, ratio

OUTCOMES = ("right", "wrong", "missing", "extra")


class Tally(NamedTuple):
    """Counts of N notes: by kind (N x K), by attribute and outcome (N x F x 4), of quotes and of notes without labels.

    `labelled` are the columns of those of the nine kinds that have labels at all, over which macro figures are means.
    """

    kinds: tuple[str, ...]
    fields: tuple[str, ...]
    matched: Floats
    predicted: Floats
    gold: Floats
    outcomes: Floats
    rejected: Floats
    identical: Floats
    shared: Floats
    empty: Floats
    labelled: tuple[int, ...]

    @property
    def nine(self) -> tuple[int, ...]:
        """The columns of the guide's kinds: what a team's trackers do stands in no figure over several kinds."""
        return tuple(column for column, kind in enumerate(self.kinds) if kind in KINDS)

    @property
    def core(self) -> tuple[int, ...]:
        """The columns of the core kinds that have labels."""
        return tuple(column for column in self.labelled if self.kinds[column] in CORE_KINDS)


def kinds_of(*runs: Sequence[NoteRow]) -> tuple[str, ...]:
    """Return the guide's nine kinds and any others that occur, in order."""
    found = {claim.kind for rows in runs for row in rows for claim in (*row.gold, *row.predicted)}
    return (*map(str, Kind), *sorted(found - set(Kind)))


def fields_of(*runs: Sequence[NoteRow]) -> tuple[str, ...]:
    """Return the attributes (`kind.field`) that matched pairs state, in the order of their kinds."""
    order = kinds_of(*runs)
    found = {
        f"{row.gold[j].kind}.{field}"
        for rows in runs
        for row in rows
        for i, j in row.pairs
        for field in row.predicted[i].attributes.keys() | row.gold[j].attributes.keys()
    }
    return tuple(sorted(found, key=lambda name: (order.index(name.partition(".")[0]), name)))


def tally(rows: Sequence[NoteRow], kinds: Sequence[str], fields: Sequence[str]) -> Tally:
    """Count every note."""
    size = len(rows)
    matched, predicted, gold = (np.zeros((size, len(kinds))) for _ in range(3))
    outcomes = np.zeros((size, len(fields), len(OUTCOMES)))
    identical, shared = np.zeros(size), np.zeros(size)
    column = {kind: at for at, kind in enumerate(kinds)}
    place = {field: at for at, field in enumerate(fields)}
    for at, row in enumerate(rows):
        for claim in row.predicted:
            predicted[at, column[claim.kind]] += 1
        for label in row.gold:
            gold[at, column[label.kind]] += 1
        for i, j in row.pairs:
            claim, label = row.predicted[i], row.gold[j]
            matched[at, column[label.kind]] += 1
            identical[at] += (claim.start, claim.end) == (label.start, label.end)
            shared[at] += overlap(claim, label)
            for field in claim.attributes.keys() | label.attributes.keys():
                found = outcome(field, claim.attributes, label.attributes)
                outcomes[at, place[f"{label.kind}.{field}"], OUTCOMES.index(found)] += 1
    return Tally(
        kinds=tuple(kinds),
        fields=tuple(fields),
        matched=matched,
        predicted=predicted,
        gold=gold,
        outcomes=outcomes,
        rejected=np.array([sum(map(_is_about_words, row.rejected)) for row in rows], np.float64),
        identical=identical,
        shared=shared,
        empty=np.array([not row.gold for row in rows], np.float64),
        labelled=tuple(int(at) for at in np.flatnonzero(gold.sum(axis=0)) if kinds[int(at)] in KINDS),
    )


def _is_about_words(refusal: Refusal) -> bool:
    return refusal.reason not in OF_OTHER_THAN_WORDS


def overlap(one: Claim, other: Claim) -> float:
    """Return the characters that two spans share, as a share of all that they cover."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return 0.0
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(common, 0) / (max(one.end, other.end) - min(one.start, other.start))


class Series:
    """Every figure of a tally over the data (first value) and all its resamples."""

    def __init__(self, counted: Tally) -> None:
        self.counted = counted
        self.draws = draws(len(counted.empty))
        self.matched = self.draws @ counted.matched
        self.predicted = self.draws @ counted.predicted
        self.gold = self.draws @ counted.gold
        self.f1 = ratio(2 * self.matched, self.predicted + self.gold)

    @property
    def micro_f1(self) -> Floats:
        """F1 over the nine kinds counted together."""
        nine = self.counted.nine
        return ratio(2 * self.matched[:, nine].sum(axis=1), (self.predicted + self.gold)[:, nine].sum(axis=1))

    @property
    def macro_f1(self) -> Floats:
        """Mean F1 of the kinds that have labels."""
        return mean(self.f1[:, self.counted.labelled])

    @property
    def core_macro_f1(self) -> Floats:
        """Mean F1 of the core kinds that have labels."""
        return mean(self.f1[:, self.counted.core])

    @property
    def fields(self) -> Floats:
        """Accuracy of each attribute, a column each."""
        right = self.draws @ self.counted.outcomes[:, :, 0]
        return ratio(right, self.draws @ self.counted.outcomes.sum(axis=2))

    @property
    def attributes(self) -> Floats:
        """Accuracy over all attributes together."""
        right = self.draws @ self.counted.outcomes[:, :, 0].sum(axis=1)
        return ratio(right, self.draws @ self.counted.outcomes.sum(axis=(1, 2)))

    @property
    def false_signals(self) -> Floats:
        """Predictions of the nine kinds for each note without a label."""
        false = self.counted.predicted[:, self.counted.nine].sum(axis=1) * self.counted.empty
        return ratio(self.draws @ false, self.draws @ self.counted.empty)
