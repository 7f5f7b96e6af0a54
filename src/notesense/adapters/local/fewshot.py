"""Learns trackers from a handful of examples: a linear reader of sentence vectors for each, made in a moment.

The direction is that of linear discriminant analysis with the background's covariance for both classes (Hariharan,
Malik, Ramanan: Discriminative Decorrelation for Clustering and Classification, ECCV 2012), strongly shrunk: only the
mean of the examples has to be learned from them. Scores are in standard deviations of ordinary sentences. What was
tried and measured beside it stands in docs/decisions/0007-trackers.md.
"""

from collections.abc import Callable
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from notesense.core.ports import Embedder
from notesense.core.trackers import Tracker, Trackers

Floats = NDArray[np.float64]

SHRINKAGE = 10.0
"""Added to the background's covariance: this many times the mean variance of a direction."""
AWAY = 0.2
"""How far the direction turns away from the negative examples."""
SHARE, OFFSET = 0.6, 0.7
"""The threshold, from the mean leave-one-out score of the positive examples ..."""
LOWEST, HIGHEST = 3.0, 4.5
"""... and its bounds."""
ALIKE = 0.8
"""Cosine from which a sentence counts as an example said again."""
BEHIND = 1.5
"""How far a tracker may stand behind the surest one on the same sentence, both counted from their thresholds."""
AT_THRESHOLD, SLOPE = -0.8, 1.5
"""Log odds of being right: at the threshold, and more for each standard deviation above it. Fitted to the test
sentences of the decision note among a thousand ordinary passages for twenty that are meant."""


class Learned(NamedTuple):
    """A reader for one tracker. `found` and `mistaken` count its examples and counter-examples, each left out once."""

    name: str
    weights: Floats
    bias: float
    threshold: float
    examples: Floats
    not_examples: Floats
    found: int
    mistaken: int

    def scores(self, vectors: Floats) -> Floats:
        """Return how far each row stands above the threshold; below 0 it is none.

        A row that says an example again is found, and one that says a counter-example again is not.
        """
        above: Floats = vectors @ self.weights - self.bias - self.threshold
        like = _nearest(vectors, self.examples)
        unlike = _nearest(vectors, self.not_examples)
        above = np.where((like >= ALIKE) & (like > unlike), np.maximum(above, 1.0), above)
        return np.where((unlike >= ALIKE) & (unlike >= like), np.minimum(above, -1.0), above)


def contested(scores: Floats) -> Floats:
    """Return the scores (trackers by rows) with those put below 0 that another tracker leaves far behind."""
    return np.where(scores < scores.max(axis=0) - BEHIND, np.minimum(scores, -1.0), scores)


def confidence(above: float) -> float:
    """Return the probability that a sentence this far above the threshold is right."""
    return float(min(max(1 / (1 + np.exp(-(AT_THRESHOLD + SLOPE * above))), 0.01), 0.99))


def background() -> list[str]:
    """Return the ordinary sentences that ship: passages of invented notes, none of them chosen for what it says."""
    text = resources.files("notesense.adapters.local").joinpath("background.txt").read_text(encoding="utf-8")
    return text.splitlines()


def learn(trackers: Trackers, embedder: Embedder) -> tuple[Learned, ...]:
    """Return a reader for each tracker, in order. All texts are embedded in one call."""
    ordinary = background()
    told = [[one.definition, *one.examples, *one.not_examples] for one in trackers.trackers]
    rows = np.asarray(embedder.embed([*ordinary, *(text for texts in told for text in texts)]), np.float64)
    space = Space(rows[: len(ordinary)])
    learned, at = [], len(ordinary)
    for tracker, texts in zip(trackers.trackers, told, strict=True):
        learned.append(_learned(tracker, rows[at : at + len(texts)], space))
        at += len(texts)
    return tuple(learned)


class Space:
    """What the background tells of all directions: its mean, its covariance and the shrunk inverse of that."""

    def __init__(self, rows: Floats) -> None:
        self.mean: Floats = rows.mean(axis=0)
        self._covariance = np.cov(rows.T)
        size = len(self._covariance)
        ridge = SHRINKAGE * np.trace(self._covariance) / size * np.eye(size)
        self._inverse: Floats = np.linalg.inv(self._covariance + ridge)

    def direction(self, definition: Floats, positive: Floats, negative: Floats) -> Floats:
        """Return the weights for these examples; the background's scores have a standard deviation of 1."""
        told = np.vstack([positive, definition]).mean(axis=0) - self.mean
        if len(negative):
            told = told - AWAY * (negative.mean(axis=0) - self.mean)
        weights = self._inverse @ told
        result: Floats = weights / np.sqrt(weights @ self._covariance @ weights)
        return result


def _learned(tracker: Tracker, rows: Floats, space: Space) -> Learned:
    last = 1 + len(tracker.examples)
    definition, positive, negative = rows[0], rows[1:last], rows[last:]
    left_out = _left_out(positive, lambda rest: space.direction(definition, rest, negative), space.mean)
    threshold = float(np.clip(SHARE * left_out.mean() + OFFSET, LOWEST, HIGHEST))
    against = _left_out(negative, lambda rest: space.direction(definition, positive, rest), space.mean)
    weights = space.direction(definition, positive, negative)
    return Learned(
        name=tracker.name,
        weights=weights,
        bias=float(space.mean @ weights),
        threshold=threshold,
        examples=positive,
        not_examples=negative,
        found=int((left_out >= threshold).sum()),
        mistaken=int((against >= threshold).sum()),
    )


def _left_out(rows: Floats, direction: Callable[[Floats], Floats], mean: Floats) -> Floats:
    """Return the score of each row by weights that were made without it."""
    return np.array([(rows[at] - mean) @ direction(np.delete(rows, at, axis=0)) for at in range(len(rows))])


def _nearest(vectors: Floats, examples: Floats) -> Floats:
    """Return each row's highest cosine to an example; -1 without any."""
    if not len(examples):
        return np.full(len(vectors), -1.0)
    nearest: Floats = (vectors @ examples.T).max(axis=1)
    return nearest
