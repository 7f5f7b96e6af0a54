"""Sets thresholds and calibration on notes that the weights have not seen."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from notesense.adapters.local.features import Encoded, Floats, Reading
from notesense.adapters.local.heads import Heads, company, logit, squash
from notesense.adapters.local.lessons import Example, judged
from notesense.adapters.local.spans import repeats

_GRID = tuple(round(0.1 + 0.025 * step, 3) for step in range(31))
_SMOOTH = np.array([1, 2, 3, 4, 5, 4, 3, 2, 1]) / 25
_PULL = 0.5
"""Weight of the threshold that is best for all kinds together: a kind has few labels in the notes that decide."""
_OPEN = 0.15
"""Raw score from which a statement takes part in the calibration."""
_ROUNDS = 50


def decide(heads: Heads, examples: Sequence[Example], readings: Sequence[Reading], encoded: Sequence[Encoded]) -> Heads:
    """Return the heads calibrated, with the threshold of each kind that gives the best F1.

    A kind's F1 over thresholds is smoothed and drawn towards the F1 of all kinds together.
    """
    told = [~repeats(reading.passages) for reading in readings]
    heads = heads._replace(calibration=_calibrated(heads, examples, readings, encoded, told))
    scores = [heads.scores(note.dense, mine) for note, mine in zip(encoded, told, strict=True)]
    right = np.zeros((len(heads.kinds), len(_GRID)))
    total = np.zeros_like(right)
    for column, kind in enumerate(heads.kinds):
        labels = sum(label.kind == kind for example in examples for label in example.labels)
        for index, threshold in enumerate(_GRID):
            found = [
                hit
                for example, reading, mine in zip(examples, readings, scores, strict=True)
                for _, hit in judged(kind, example.labels, reading.passages, mine[:, column], threshold)
            ]
            right[column, index] = sum(found)
            total[column, index] = len(found) + labels
    curves = _smoothed(2 * right / np.maximum(total, 1))
    together = _smoothed(2 * right.sum(axis=0, keepdims=True) / np.maximum(total.sum(axis=0, keepdims=True), 1))
    best = np.argmax((1 - _PULL) * curves + _PULL * together, axis=1)
    return heads._replace(thresholds=np.array([_GRID[index] for index in best], np.float32))


def _calibrated(
    heads: Heads,
    examples: Sequence[Example],
    readings: Sequence[Reading],
    encoded: Sequence[Encoded],
    told: Sequence[NDArray[np.bool_]],
) -> Floats:
    """Return slope, offset and weight of the company, fitted to which statements of unseen notes are right."""
    rows: list[tuple[float, float, bool]] = []
    for example, reading, note, mine in zip(examples, readings, encoded, told, strict=True):
        raw = np.where(mine[:, np.newaxis], heads.raw(note.dense), 0).astype(np.float32)
        around = company(raw)
        for column, kind in enumerate(heads.kinds):
            for run, hit in judged(kind, example.labels, reading.passages, raw[:, column], _OPEN):
                rows.append((float(logit(run.score)), float(around[run.best, column]), hit))
    table = np.array([(score, 1.0, near) for score, near, _ in rows])
    return logistic(table, np.array([hit for *_, hit in rows], np.float64))


def _smoothed(curves: np.ndarray) -> np.ndarray:
    wide = np.pad(curves, ((0, 0), (4, 4)), "edge")
    return np.array([np.convolve(curve, _SMOOTH, "valid") for curve in wide])


def logistic(table: NDArray[np.float64], rights: NDArray[np.float64]) -> Floats:
    """Return the weights of a logistic regression by Newton steps, drawn a little to (1, 0, ...)."""
    prior = np.eye(1, table.shape[1])[0]
    weights = prior.copy()
    for _ in range(_ROUNDS):
        shares = squash(table @ weights)
        slope = table.T @ (shares - rights) + 0.1 * (weights - prior)
        bend = (table * (shares * (1 - shares))[:, np.newaxis]).T @ table + 0.1 * np.eye(len(weights))
        weights = weights - np.linalg.solve(bend, slope)
    return weights.astype(np.float32)
