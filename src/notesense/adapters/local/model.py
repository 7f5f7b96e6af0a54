"""The local engine's trained file: how the encoder was tuned, and the heads that read it.

What was tuned ships as the difference from the published weights, each number in four bits (rows share a scale), for
the differences are small and their last digits say nothing. The idea is that of BitDelta (Liu et al. 2024,
https://arxiv.org/abs/2402.10193), with more bits because this encoder is small.
"""

import json
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from notesense.adapters.local.heads import Choice, Heads
from notesense.errors import EngineError

MODEL = Path(__file__).with_name("model.npz")
FORMAT = 2

Floats = NDArray[np.float32]
_LEVELS = 7
_CHANGE = "change."


class Trained(NamedTuple):
    """All that training made. `changes` are added to the published tensors of the same names."""

    changes: dict[str, Floats]
    heads: Heads
    about: dict[str, Any]

    @property
    def version(self) -> str:
        """The training's own mark."""
        return str(self.about["version"])


def pack(change: Floats) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """Return a matrix of even width in four bits a number, and the scale of each row.

    Of several clippings of the largest values, each row takes the one that comes nearest to it.
    """
    largest = np.abs(change).max(axis=1, keepdims=True) + np.float32(1e-12)
    best_error = np.full((len(change), 1), np.inf, np.float32)
    best_scale = largest / _LEVELS
    for share in (1.0, 0.85, 0.7, 0.55, 0.4):
        scale = (largest * np.float32(share) / _LEVELS).astype(np.float16).astype(np.float32) + np.float32(1e-12)
        levels = np.clip(np.rint(change / scale), -_LEVELS, _LEVELS)
        error = ((levels * scale - change) ** 2).sum(axis=1, keepdims=True)
        best_scale = np.where(error < best_error, scale, best_scale)
        best_error = np.minimum(error, best_error)
    levels = np.clip(np.rint(change / best_scale), -_LEVELS, _LEVELS).astype(np.int8) + 8
    codes = levels.astype(np.uint8)
    return codes[:, ::2] << 4 | codes[:, 1::2], best_scale[:, 0].astype(np.float16)


def unpack(codes: NDArray[np.uint8], scale: NDArray[np.float16]) -> Floats:
    """Return the matrix that `pack` was given, but for rounding."""
    levels = np.empty((codes.shape[0], codes.shape[1] * 2), np.float32)
    levels[:, ::2] = codes >> 4
    levels[:, 1::2] = codes & 15
    levels -= 8
    levels *= scale.astype(np.float32)[:, np.newaxis]
    return levels


def packed(changes: Mapping[str, Floats]) -> dict[str, NDArray[Any]]:
    """Return changes as the arrays of a file: matrices in four bits, all else in half precision."""
    arrays: dict[str, NDArray[Any]] = {}
    for name, change in changes.items():
        if change.ndim == 2:
            arrays[f"{_CHANGE}{name}"], arrays[f"scale.{name}"] = pack(change)
        else:
            arrays[f"{_CHANGE}{name}"] = change.astype(np.float16)
    return arrays


def save(trained: Trained, path: Path) -> None:
    """Write the file; the same training gives the same bytes."""
    heads = trained.heads
    described = {
        **trained.about,
        "format": FORMAT,
        "kinds": heads.kinds,
        "tags": heads.tags,
        "choices": {field: choice.values for field, choice in heads.choices.items()},
    }
    arrays: dict[str, NDArray[Any]] = {
        "about": np.frombuffer(json.dumps(described, sort_keys=True).encode(), dtype=np.uint8),
        **{name: getattr(heads, name).astype(np.float32) for name in _HEADS},
    }
    for field, choice in heads.choices.items():
        arrays[f"choice.{field}.weights"] = choice.weights.astype(np.float16)
        arrays[f"choice.{field}.bias"] = choice.bias.astype(np.float32)
    arrays |= packed(trained.changes)
    with path.open("wb") as stream:
        np.savez(stream, **arrays)  # type: ignore[arg-type]


_HEADS = ("weights", "bias", "tag_weights", "tag_bias", "thresholds", "calibration")


@lru_cache(maxsize=2)
def load(path: Path = MODEL) -> Trained:
    """Return what a file holds. Raises EngineError where there is none, or one of another format."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(arrays.pop("about").tobytes())
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise EngineError(f"Cannot read the local engine's model {path}: {error}", "Reinstall notesense.") from error
    if about.get("format") != FORMAT:
        raise EngineError(f"The local engine's model {path} has another format.", "Reinstall notesense.")
    return Trained(changes_in(arrays), _heads(arrays, about), about)


def changes_in(arrays: Mapping[str, NDArray[Any]]) -> dict[str, Floats]:
    """Return the changes that `packed` was given, but for rounding."""
    names = [name.removeprefix(_CHANGE) for name in arrays if name.startswith(_CHANGE)]
    return {
        name: unpack(arrays[f"{_CHANGE}{name}"], arrays[f"scale.{name}"])
        if f"scale.{name}" in arrays
        else arrays[f"{_CHANGE}{name}"].astype(np.float32)
        for name in names
    }


def _heads(arrays: Mapping[str, NDArray[Any]], about: Mapping[str, Any]) -> Heads:
    choices = {
        field: Choice(
            tuple(values),
            arrays[f"choice.{field}.weights"].astype(np.float32),
            arrays[f"choice.{field}.bias"].astype(np.float32),
        )
        for field, values in about["choices"].items()
    }
    return Heads(
        kinds=tuple(about["kinds"]),
        tags=tuple(about["tags"]),
        choices=choices,
        **{name: arrays[name].astype(np.float32) for name in _HEADS},
    )
