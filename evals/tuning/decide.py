"""Sets thresholds and calibration on notes that the weights have not seen."""

from collections.abc import Sequence

import numpy as np

from notesense.adapters.local.features import Encoded, Floats, Reading
from notesense.adapters.local.heads import Heads, logit, squash
from notesense.adapters.local.lessons import Example, outcomes
from notesense.adapters.local.spans import repeats

_GRID = tuple(round(0.1 + 0.025 * step, 3) for step in range(31))
_SMOOTH = np.array([1, 2, 3, 4, 5, 4, 3, 2, 1]) / 25
_PULL = 0.5
"""Weight of the threshold that is best for all kinds together: a kind has few labels in the notes that decide."""
_ROUNDS = 50

Outcomes = list[tuple[float, bool]]


def decide(heads: Heads, examples: Sequence[Example], readings: Sequence[Reading], encoded: Sequence[Encoded]) -> Heads:
    """Return the heads with the threshold of each kind that gives the best F1, and what a score is worth.

    A kind's F1 over thresholds is smoothed and drawn towards the F1 of all kinds together.
    """
    scores = [
        np.where(repeats(reading.passages)[:, np.newaxis], 0, heads.scores(note.dense))
        for reading, note in zip(readings, encoded, strict=True)
    ]
    right = np.zeros((len(heads.kinds), len(_GRID)))
    total = np.zeros_like(right)
    every: Outcomes = []
    for column, kind in enumerate(heads.kinds):
        labels = sum(label.kind == kind for example in examples for label in example.labels)
        for index, threshold in enumerate(_GRID):
            found = _all_outcomes(kind, column, examples, readings, scores, threshold)
            right[column, index] = sum(hit for _, hit in found)
            total[column, index] = len(found) + labels
            every += found if index == 0 else []
    curves = _smoothed(2 * right / np.maximum(total, 1))
    together = _smoothed(2 * right.sum(axis=0, keepdims=True) / np.maximum(total.sum(axis=0, keepdims=True), 1))
    best = np.argmax((1 - _PULL) * curves + _PULL * together, axis=1)
    return heads._replace(
        thresholds=np.array([_GRID[index] for index in best], np.float32), calibration=calibrated(every)
    )


def _smoothed(curves: np.ndarray) -> np.ndarray:
    wide = np.pad(curves, ((0, 0), (4, 4)), "edge")
    return np.array([np.convolve(curve, _SMOOTH, "valid") for curve in wide])


def _all_outcomes(
    kind: str,
    column: int,
    examples: Sequence[Example],
    readings: Sequence[Reading],
    scores: Sequence[Floats],
    threshold: float,
) -> Outcomes:
    return [
        outcome
        for example, reading, mine in zip(examples, readings, scores, strict=True)
        for outcome in outcomes(kind, example.labels, reading.passages, mine[:, column], threshold)
    ]


def calibrated(outcomes: Outcomes) -> Floats:
    """Return slope and offset that turn a score's logit into the share of right statements (Platt 1999)."""
    scores = logit(np.array([score for score, _ in outcomes], np.float64))
    table = np.stack([scores, np.ones_like(scores)], axis=1)
    rights = np.array([right for _, right in outcomes], np.float64)
    weights = np.array([1.0, 0.0])
    for _ in range(_ROUNDS):
        shares = squash(table @ weights)
        slope = table.T @ (shares - rights) + 0.1 * (weights - np.array([1.0, 0.0]))
        bend = (table * (shares * (1 - shares))[:, np.newaxis]).T @ table + 0.1 * np.eye(2)
        weights = weights - np.linalg.solve(bend, slope)
    return np.array([max(weights[0], 0.05), weights[1]], np.float32)
