"""The trained heads of the local engine, and the arithmetic that applies them to dense rows."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def inside_tag(kind: str) -> str:
    """Return the tag of the tokens inside a statement of this kind."""
    return f"inside.{kind}"


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
    """Linear heads. `weights` is (DENSE, kinds), `tag_weights` (384, tags).

    A tag marks the tokens that name a value, or those inside a statement of a kind (see `inside_tag`).

    `thresholds` has a number for each of `kinds`. `calibration` is (slope, offset, company): see `scores`.
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

    def raw(self, dense: Floats) -> Floats:
        """Return for each passage of a note and each kind what the heads say of it by itself, between 0 and 1."""
        result: Floats = squash(dense @ self.weights + self.bias)
        return result

    def scores(self, dense: Floats, told: NDArray[np.bool_]) -> Floats:
        """Return for each passage of a note and each kind the probability that it is a statement.

        What the heads say is calibrated (Platt 1999), and weighed by the company that a passage keeps: in a long note
        in which hardly anything else is a statement, this one is less likely to be. Passages not `told` score 0.
        """
        raw = np.where(told[:, np.newaxis], self.raw(dense), 0).astype(np.float32)
        slope, offset, weight = self.calibration
        settled: Floats = squash(slope * logit(raw) + offset + weight * company(raw))
        return np.where(told[:, np.newaxis], settled, 0).astype(np.float32)


def company(raw: Floats) -> Floats:
    """Return for each passage and kind how many other statements the note seems to hold for its length, as a logarithm.

    0 is what notes hold on average, and what a note of one passage gets.
    """
    others = raw.sum() - raw
    usual = USUAL * max(len(raw) - 1, 0)
    result: Floats = np.log((others + LEAST_KNOWN) / (usual + LEAST_KNOWN))
    return result


USUAL = 0.26
"""Statements for each passage in the training notes."""
LEAST_KNOWN = 2.0
"""How many statements' worth of the average is mixed in, so that a short note is not judged by its length."""


def squash(values: Any) -> Any:
    """Return the logistic function."""
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))


def logit(values: Any) -> Any:
    """Return the inverse of the logistic function, kept finite."""
    clipped = np.clip(values, 1e-7, 1 - 1e-7)
    return np.log(clipped / (1 - clipped))
