"""Port `Judge`: a cross-encoder that reads an earlier statement and later words together, on this machine alone.

Statement and words go through the tuned encoder as one sequence, so that each word of the one sees each of the other
(Nogueira and Cho 2019, https://arxiv.org/abs/1901.04085, rank passages so); one softmax over the pooled states tells
the effect. It goes on from the engine's encoder, which knows how such notes are written; what was tuned further ships
as the engine's model does: in four bits, as the difference from the engine's weights.
"""

import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from notesense.adapters.embedding.encoder import TokenEncoder
from notesense.adapters.local import model
from notesense.adapters.local.model import changes_in, packed
from notesense.core.bearing import Effect, Likelihoods, Pair
from notesense.errors import EngineError

MODEL = Path(__file__).with_name("judge.npz")
FORMAT = 1
WIDTH = 384
LONGEST = 96
"""Tokens that are read of a statement, and of the words."""
CLASSES = (*(effect.value for effect in Effect), "none")

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


class Joined(NamedTuple):
    """A pair as one sequence of tokens. The statement's stand in `[1, middle)`, the words' in `[middle + 1, -1)`."""

    ids: Integers
    middle: int


class Ruling(NamedTuple):
    """All that training made. `changes` are added to the engine's weights; `weights` is (features, classes)."""

    changes: dict[str, Floats]
    weights: Floats
    bias: Floats
    about: dict[str, Any]


class Published(Protocol):
    """A published encoder that can be loaded with changes added to its weights."""

    def tuned(self, changes: dict[str, Floats]) -> TokenEncoder:
        """Return the encoder with these changes. Raises EmbeddingError when there are no usable weights."""
        ...


class LocalJudge:
    """Weighs pairs by the shipped model."""

    def __init__(self, published: Published, file: Path = MODEL) -> None:
        self._published = published
        self._file = file

    @property
    def version(self) -> str:
        """The training's own mark. Raises EngineError where the file cannot be read."""
        return str(self._ruling.about["version"])

    def weigh(self, pairs: Sequence[Pair]) -> tuple[Likelihoods, ...]:
        """Return one verdict for each pair, in order. Raises EmbeddingError when there are no usable weights."""
        if not pairs:
            return ()
        sequences = [joined(pair, self._encoder) for pair in pairs]
        states = self._encoder.states(sequence.ids for sequence in sequences)
        rows = np.stack([pooled(state, sequence.middle) for state, sequence in zip(states, sequences, strict=True)])
        return tuple(_likelihoods(row) for row in softmax(rows @ self._ruling.weights + self._ruling.bias))

    @cached_property
    def _ruling(self) -> Ruling:
        return load(self._file)

    @cached_property
    def _encoder(self) -> TokenEncoder:
        return self._published.tuned(summed(model.load().changes, self._ruling.changes))


def summed(first: Mapping[str, Floats], then: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return two changes, one after the other, as one."""
    both = {name: first[name] + then[name] for name in first.keys() & then.keys()}
    return {**first, **then, **both}


def joined(pair: Pair, encoder: TokenEncoder) -> Joined:
    """Return the pair as one sequence, the kind of the statement (and whose promise it is) before its words."""
    told = f"{pair.owner} {pair.kind.replace('_', ' ')}: {pair.earlier}".strip()
    earlier, later = (encoder.tokens(text).ids[:LONGEST] for text in (told, pair.later))
    ids = np.concatenate([[encoder.first], earlier, [encoder.last], later, [encoder.last]]).astype(np.int64)
    return Joined(ids, len(earlier) + 1)


def pooled(states: Floats, middle: int) -> Floats:
    """Return the features of a sequence: its first state, the means of both sides, what they share and don't."""
    earlier = states[1 : max(middle, 2)].mean(0)
    later = states[middle + 1 : -1].mean(0) if len(states) > middle + 2 else states[-1]
    return np.concatenate([states[0], earlier, later, np.abs(earlier - later), earlier * later])


def softmax(logits: Floats) -> Floats:
    """Return likelihoods, row by row."""
    powers = np.exp(logits - logits.max(1, keepdims=True))
    shares: Floats = powers / powers.sum(1, keepdims=True)
    return shares


def _likelihoods(row: Floats) -> Likelihoods:
    return Likelihoods(**{effect.value: float(share) for effect, share in zip(Effect, row[:-1], strict=True)})


def save(ruling: Ruling, path: Path) -> None:
    """Write the file; the same training gives the same bytes."""
    described = {**ruling.about, "format": FORMAT, "classes": CLASSES}
    arrays: Mapping[str, NDArray[Any]] = {
        "about": np.frombuffer(json.dumps(described, sort_keys=True).encode(), dtype=np.uint8),
        "weights": ruling.weights.astype(np.float16),
        "bias": ruling.bias.astype(np.float32),
        **packed(ruling.changes),
    }
    with path.open("wb") as stream:
        np.savez(stream, **arrays)  # type: ignore[arg-type]


@lru_cache(maxsize=2)
def load(path: Path = MODEL) -> Ruling:
    """Return what a file holds. Raises EngineError where there is none, or one of another format."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(arrays.pop("about").tobytes())
        weights, bias = (arrays[name].astype(np.float32) for name in ("weights", "bias"))
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise EngineError(f"Cannot read the model of later words {path}: {error}", "Reinstall notesense.") from error
    if about.get("format") != FORMAT or tuple(about.get("classes", ())) != CLASSES:
        raise EngineError(f"The model of later words {path} has another format.", "Reinstall notesense.")
    if about.get("engine") != model.load().version:
        raise EngineError(f"The model of later words {path} belongs to another engine.", "Reinstall notesense.")
    return Ruling(changes_in(arrays), weights, bias, about)
