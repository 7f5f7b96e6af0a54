"""Which passages of a note are worth the attention of a larger reader, by what the local engine sees in them.

A passage is chosen from a threshold on, and its neighbours from a much lower one. Both were set on the dev notes, by
`python -m evals.attention`, which wrote the file beside this one.
"""

import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

from notesense.adapters.local.features import Floats
from notesense.errors import EngineError

FILE = Path(__file__).with_name("attention.json")


class Attention(NamedTuple):
    """Least raw probabilities of a passage, and of a passage beside a chosen one, set for the version `model`."""

    threshold: float
    beside: float
    model: str

    def chosen(self, scores: Floats) -> frozenset[int]:
        """Return the ordinals of the passages of a note that are worth it; `scores` has a number for each passage."""
        first = scores >= self.threshold
        near = np.zeros_like(first)
        near[1:] |= first[:-1]
        near[:-1] |= first[1:]
        return frozenset(map(int, np.flatnonzero(first | (near & (scores >= self.beside)))))


def load(path: Path = FILE) -> Attention:
    """Return the thresholds of a file. Raises EngineError where it cannot be used."""
    try:
        set_to = json.loads(path.read_text(encoding="utf-8"))
        return Attention(float(set_to["threshold"]), float(set_to["beside"]), str(set_to["model"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngineError(f"Cannot read the thresholds {path}: {error}", "Reinstall notesense.") from error
