"""The trained heads of the local engine, and the arithmetic that applies them to dense rows."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Choice(NamedTuple):
    """A linear head that picks one value of an attribute; `""` stands for leaving it out."""

    values: tuple[str, ...]
    weights: Floats
    bias: Floats

    def pick(self, row: Floats) -> tuple[str, float]:
        """Return the likeliest value and its probability among the values."""
        logits = row @ self.weights + self.bias
        shares = np.exp(logits - logits.max())
        best = int(np.argmax(shares))
        return self.values[best], float(shares[best] / shares.sum())


class Heads(NamedTuple):
    """Linear heads. `thresholds` has a number for each of `kinds`, `calibration` slope and offset of a logit.

    `weights` is (DENSE, kinds), `tag_weights` (384, tags): a tag marks the tokens that name an attribute's value.
    """

    kinds: tuple[str, ...]
    weights: Floats
    bias: Floats
    tags: tuple[str, ...]
    tag_weights: Floats
    tag_bias: Floats
    thresholds: Floats
    calibration: Floats
    choices: dict[str, Choice]

    def scores(self, dense: Floats) -> Floats:
        """Return for each row and kind a score between 0 and 1."""
        result: Floats = squash(dense @ self.weights + self.bias)
        return result

    def confidence(self, score: float) -> float:
        """Return the probability that a statement of this score is right."""
        slope, offset = self.calibration
        value = float(squash(np.float32(slope * logit(np.float32(score)) + offset)))
        return min(max(value, 0.01), 0.99)


def squash(values: Any) -> Any:
    """Return the logistic function."""
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))


def logit(values: Any) -> Any:
    """Return the inverse of the logistic function, kept finite."""
    clipped = np.clip(values, 1e-7, 1 - 1e-7)
    return np.log(clipped / (1 - clipped))
