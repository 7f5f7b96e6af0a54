"""Refits the heads that find statements to a team's own labelled notes, and keeps them only where they are better.

The encoder stays as it is. New weights are drawn towards the old ones (a Gaussian prior centred on them: Chelba and
Acero 2004, "Adaptation of maximum entropy capitalizer"), so that a few dozen notes move them a little and many move
them far. How strongly, and whether at all, is decided by cross-validation over accounts.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from notesense.adapters.local.features import Floats, Reading
from notesense.adapters.local.heads import Heads, squash
from notesense.adapters.local.lessons import Example, judged, targets
from notesense.adapters.local.spans import repeats
from notesense.core.ports import Progress

PULLS = (300.0, 30.0)
"""How strongly new weights are drawn to the old ones, strongest first."""
FOLDS = 5
LEAST_GAIN = 0.01
"""By how much new heads must be better: the best of several pulls on the same folds always looks a little better."""
LEAST_NOTES = 20
LEAST_SIGNALS = 60
_STEPS = 15
_CLOSE = 1e-3


Table = NDArray[np.float64]


class Lesson(NamedTuple):
    """A labelled note as the heads read it: `dense` is (passages, DENSE)."""

    example: Example
    reading: Reading
    dense: Floats


class Measured(NamedTuple):
    """F1 over all kinds on notes that the weights had not seen: of the old weights, and of the best new ones."""

    old: float
    new: float
    pull: float
    folds: int
    by_account: bool = True


def measure(heads: Heads, lessons: Sequence[Lesson], progress: Progress | None = None) -> Measured:
    """Return what refitting is worth on these notes, by cross-validation over accounts (one account: over notes).

    `progress` hears (done, total) fits.
    """
    folds = _folds(lessons)
    done = 0
    old = _f1([count for fold in folds for count in _counts(heads, [lessons[index] for index in fold])])
    best = (-1.0, PULLS[0])
    for pull in PULLS:
        counts = []
        for fold in folds:
            held = set(fold)
            fitted = refit(heads, [lesson for index, lesson in enumerate(lessons) if index not in held], pull)
            counts += _counts(fitted, [lessons[index] for index in fold])
            done += 1
            if progress is not None:
                progress(done, len(PULLS) * len(folds))
        best = max(best, (_f1(counts), pull))
    accounts = {lesson.example.note.account for lesson in lessons}
    return Measured(old, best[0], best[1], len(folds), by_account=len(accounts) > 1)


def refit(heads: Heads, lessons: Sequence[Lesson], pull: float) -> Heads:
    """Return the heads with weights fitted to these notes by Newton's method, drawn to the old ones by `pull`."""
    taught = [targets(lesson.example.labels, lesson.reading.passages) for lesson in lessons]
    rows = np.concatenate([lesson.dense for lesson in lessons]).astype(np.float64)
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    values = np.concatenate([each.values for each in taught])
    weights = np.concatenate([each.weights for each in taught])
    old = np.vstack([heads.weights, heads.bias]).astype(np.float64)
    # The pull leaves what no row speaks of as it is, so few rows need few unknowns.
    basis = np.linalg.qr(rows.T)[0] if len(rows) < rows.shape[1] else np.eye(rows.shape[1])
    given, known = rows @ basis, rows @ old
    change = np.column_stack(
        [_change(given, known[:, kind], values[:, kind], weights[:, kind], pull) for kind in range(old.shape[1])]
    )
    new = (old + basis @ change).astype(np.float32)
    return heads._replace(weights=new[:-1], bias=new[-1])


def _change(rows: Table, known: Table, values: Floats, weights: Floats, pull: float) -> Table:
    """Return what to add to the weights for the least loss, by Newton's method, each step halved until it helps.

    `known` are the logits that the old weights give.
    """

    def loss(guess: Table) -> float:
        logits = known + rows @ guess
        told = weights * (np.logaddexp(0, logits) - values * logits)
        return float(told.sum() + pull / 2 * (guess**2).sum())

    change = np.zeros(rows.shape[1])
    now = loss(change)
    for _ in range(_STEPS):
        shares = squash(known + rows @ change)
        slope = rows.T @ (weights * (shares - values)) + pull * change
        bend = (rows * (weights * shares * (1 - shares))[:, np.newaxis]).T @ rows
        bend[np.diag_indices_from(bend)] += pull
        step = np.linalg.solve(bend, slope)
        while (then := loss(change - step)) > now and np.abs(step).max() > _CLOSE:
            step /= 2
        if then > now:
            break
        change, now = change - step, then
        if np.abs(step).max() < _CLOSE:
            break
    return change


def _folds(lessons: Sequence[Lesson]) -> list[list[int]]:
    """Deal the notes into folds by account (one account's by note), the largest first, each to the smallest fold."""
    groups: dict[str, list[int]] = {}
    for index, lesson in enumerate(lessons):
        groups.setdefault(lesson.example.note.account, []).append(index)
    if len(groups) == 1:
        groups = {str(index): [index] for index in range(len(lessons))}
    folds: list[list[int]] = [[] for _ in range(min(FOLDS, len(groups)))]
    for group in sorted(groups.values(), key=len, reverse=True):
        min(folds, key=len).extend(group)
    return folds


def _counts(heads: Heads, lessons: Sequence[Lesson]) -> list[tuple[int, int, int]]:
    """Return for each note how many statements were matched, claimed and labelled."""
    return [_count(heads, lesson) for lesson in lessons]


def _count(heads: Heads, lesson: Lesson) -> tuple[int, int, int]:
    passages = lesson.reading.passages
    scores = heads.scores(lesson.dense, ~repeats(passages))
    found = [
        right
        for column, kind in enumerate(heads.kinds)
        for _, right in judged(
            kind, lesson.example.labels, passages, scores[:, column], float(heads.thresholds[column])
        )
    ]
    return sum(found), len(found), len(lesson.example.labels)


def _f1(counts: Sequence[tuple[int, int, int]]) -> float:
    matched, claimed, labelled = (sum(column) for column in zip(*counts, strict=True))
    return 2 * matched / (claimed + labelled) if claimed + labelled else 0.0
