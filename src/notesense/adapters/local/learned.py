"""Keeps learned trackers between two commands, so that only a changed file is learned anew.

The file holds numbers only, is readable by its owner only, and can be deleted at any time. It knows what it was made
from: the trackers' texts, the embedder, and the settings of the learning.
"""

import contextlib
import hashlib
import zipfile
from pathlib import Path

import numpy as np

from notesense.adapters.local import fewshot
from notesense.adapters.local.fewshot import Learned, background, learn
from notesense.adapters.local.files import write_arrays
from notesense.core.ports import Embedder
from notesense.core.trackers import Trackers

_NUMBERS = ("bias", "threshold", "found", "mistaken")
_ROWS = ("weights", "examples", "not_examples")


def learned(trackers: Trackers, embedder: Embedder, cache: Path | None) -> tuple[Learned, ...]:
    """Return a reader for each tracker: from the cache file where it fits, else learned and remembered there."""
    key = _key(trackers, embedder)
    known = _remembered(cache, key, trackers) if cache is not None else None
    if known is not None:
        return known
    new = learn(trackers, embedder)
    if cache is not None:
        _remember(new, cache, key)
    return new


def _key(trackers: Trackers, embedder: Embedder) -> str:
    """Identify everything that the readers depend on."""
    settings = (fewshot.SHRINKAGE, fewshot.AWAY, fewshot.SHARE, fewshot.OFFSET, fewshot.LOWEST, fewshot.HIGHEST)
    mark = hashlib.sha256(repr((trackers.mark, embedder.fingerprint, settings)).encode())
    mark.update("\n".join(background()).encode())
    return mark.hexdigest()


def _remembered(cache: Path, key: str, trackers: Trackers) -> tuple[Learned, ...] | None:
    try:
        with cache.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            if str(file["key"]) != key:
                return None
            return tuple(
                Learned(
                    tracker.name,
                    **{name: file[f"{at}.{name}"] for name in _ROWS},
                    bias=float(file[f"{at}.bias"]),
                    threshold=float(file[f"{at}.threshold"]),
                    found=int(file[f"{at}.found"]),
                    mistaken=int(file[f"{at}.mistaken"]),
                )
                for at, tracker in enumerate(trackers.trackers)
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _remember(readers: tuple[Learned, ...], cache: Path, key: str) -> None:
    values = {f"{at}.{name}": getattr(one, name) for at, one in enumerate(readers) for name in (*_ROWS, *_NUMBERS)}
    # A cache that cannot be written costs time at the next start and nothing else.
    with contextlib.suppress(OSError):
        write_arrays(cache, {"key": np.array(key), **{name: np.asarray(value) for name, value in values.items()}})
