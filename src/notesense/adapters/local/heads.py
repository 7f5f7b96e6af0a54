"""The trained part of the local engine: a data file of weights, and the arithmetic that applies them.

Two readers vote on each kind: small networks over sentence vectors, and a linear one over word patterns. The file knows
its training data, its embedder and its seed; it is read at the first note.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from notesense.adapters.local.features import Features
from notesense.errors import EngineError

HEADS = Path(__file__).with_name("heads.npz")
FORMAT = 1

Floats = NDArray[np.float32]


class Network(NamedTuple):
    """One hidden layer of rectified units."""

    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats

    def logits(self, dense: Floats) -> Floats:
        """Return a row of kinds for each row of features."""
        hidden = np.maximum(dense @ self.inner + self.inner_bias, np.float32(0))
        return np.asarray(hidden @ self.outer + self.outer_bias, np.float32)


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
    """All trained weights. `thresholds` and `calibration` have a row for each kind, in the order of `kinds`."""

    kinds: tuple[str, ...]
    scale: tuple[Floats, Floats]
    networks: tuple[Network, ...]
    patterns: Floats
    pattern_facts: Floats
    pattern_bias: Floats
    thresholds: Floats
    calibration: Floats
    choices: dict[str, Choice]
    about: dict[str, Any]

    def dense(self, features: Features) -> Floats:
        """Return vectors and facts on one scale, as the networks and choices read them."""
        return np.hstack([features.dense * VECTOR_SCALE, self.facts(features)]).astype(np.float32)

    def facts(self, features: Features) -> Floats:
        """Return the facts, centred and scaled."""
        return np.asarray((features.facts - self.scale[0]) / self.scale[1], np.float32)

    def scores(self, features: Features, dense: Floats) -> Floats:
        """Return for each passage and kind a score between 0 and 1: the mean vote of both readers."""
        if not len(dense):
            return np.zeros((0, len(self.kinds)), np.float32)
        network = squash(np.mean([logit(squash(net.logits(dense))) for net in self.networks], axis=0))
        linear = squash(self._pattern_logits(features))
        result: Floats = squash((logit(network) + logit(linear)) / 2)
        return result

    def confidence(self, kind: int, score: float) -> float:
        """Return the probability that a statement of this score is right."""
        slope, offset = self.calibration[kind]
        value = float(squash(np.float32(slope * logit(np.float32(score)) + offset)))
        return min(max(value, 0.01), 0.99)

    def _pattern_logits(self, features: Features) -> Floats:
        words = np.stack([bag(self.patterns, slots) for slots in features.patterns])
        facts = FACT_SCALE * self.facts(features) @ self.pattern_facts
        return np.asarray(words + facts + self.pattern_bias, np.float32)


VECTOR_SCALE = np.float32(8.0)
"""Unit vectors of 384 numbers have tiny entries; this brings them to the size of the facts."""
FACT_SCALE = np.float32(0.3)


def bag(weights: Floats, slots: NDArray[np.int64]) -> Floats:
    """Return the summed weights of a passage's patterns, so scaled that long passages weigh no more than short ones."""
    if not len(slots):
        return np.zeros(weights.shape[1], np.float32)
    result: Floats = weights[slots].sum(axis=0) / np.sqrt(np.float32(len(slots)))
    return result


def squash(values: Any) -> Any:
    """Return the logistic function."""
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))


def logit(values: Any) -> Any:
    """Return the inverse of the logistic function, kept finite."""
    clipped = np.clip(values, 1e-7, 1 - 1e-7)
    return np.log(clipped / (1 - clipped))


def save(heads: Heads, path: Path) -> None:
    """Write the heads in half precision; the same heads give the same bytes."""
    arrays: dict[str, NDArray[Any]] = {
        "about": np.frombuffer(json.dumps(_described(heads), sort_keys=True).encode(), dtype=np.uint8),
        "scale": np.stack(heads.scale),
        "patterns": heads.patterns.astype(np.float16),
        "pattern_facts": heads.pattern_facts.astype(np.float16),
        "pattern_bias": heads.pattern_bias,
        "thresholds": heads.thresholds,
        "calibration": heads.calibration,
    }
    for number, network in enumerate(heads.networks):
        for name, values in network._asdict().items():
            arrays[f"network{number}.{name}"] = values.astype(np.float16)
    for field, choice in heads.choices.items():
        arrays[f"choice.{field}.weights"] = choice.weights.astype(np.float16)
        arrays[f"choice.{field}.bias"] = choice.bias
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def _described(heads: Heads) -> dict[str, Any]:
    return {
        **heads.about,
        "format": FORMAT,
        "kinds": heads.kinds,
        "networks": len(heads.networks),
        "choices": {field: choice.values for field, choice in heads.choices.items()},
    }


@lru_cache(maxsize=4)
def load(path: Path = HEADS) -> Heads:
    """Return the heads of a file. Raises EngineError where there is none, or one of another format."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(arrays["about"].tobytes())
    except (OSError, KeyError, ValueError) as error:
        raise EngineError(f"Cannot read the local engine's model {path}: {error}", "Reinstall notesense.") from error
    if about.get("format") != FORMAT:
        raise EngineError(f"The local engine's model {path} has another format.", "Reinstall notesense.")
    return _assembled(arrays, about)


def _assembled(arrays: dict[str, NDArray[Any]], about: dict[str, Any]) -> Heads:
    wide = {name: values.astype(np.float32) for name, values in arrays.items() if name != "about"}
    networks = tuple(
        Network(*(wide[f"network{number}.{name}"] for name in Network._fields)) for number in range(about["networks"])
    )
    choices = {
        field: Choice(tuple(values), wide[f"choice.{field}.weights"], wide[f"choice.{field}.bias"])
        for field, values in about["choices"].items()
    }
    return Heads(
        kinds=tuple(about["kinds"]),
        scale=(wide["scale"][0], wide["scale"][1]),
        networks=networks,
        patterns=wide["patterns"],
        pattern_facts=wide["pattern_facts"],
        pattern_bias=wide["pattern_bias"],
        thresholds=wide["thresholds"],
        calibration=wide["calibration"],
        choices=choices,
        about=about,
    )
