"""Which passages of a note are worth the attention of a larger reader, by what the local engine sees in them.

A passage is chosen from a threshold on, and its neighbours from a lower one. Transcripts, which are long and say little
in many words, have a pair of their own. All were set on the dev notes, by `python -m evals.attention`, which wrote the
file beside this one.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from notesense.adapters.local.features import Floats, Reading
from notesense.core.vocabulary import LIVE_CHANNELS
from notesense.errors import EngineError

FILE = Path(__file__).with_name("attention.json")


class Pair(NamedTuple):
    """Least raw probability of a passage, and of a passage beside a chosen one."""

    threshold: float
    beside: float

    def chosen(self, scores: Floats) -> frozenset[int]:
        """Return the ordinals of the passages of a note that are worth it; `scores` has a number for each passage."""
        first = scores >= self.threshold
        near = np.zeros_like(first)
        near[1:] |= first[:-1]
        near[:-1] |= first[1:]
        return frozenset(map(int, np.flatnonzero(first | (near & (scores >= self.beside)))))


class Attention(NamedTuple):
    """The pairs for transcripts and for all other notes, set for the model of this version."""

    transcripts: Pair
    others: Pair
    model: str

    def chosen(self, reading: Reading, scores: Floats) -> frozenset[int]:
        """Return the ordinals of the passages of this note that are worth it."""
        return (self.transcripts if is_transcript(reading) else self.others).chosen(scores)


def is_transcript(reading: Reading) -> bool:
    """Tell whether a note is of a call or meeting and names who speaks."""
    return reading.note.channel in LIVE_CHANNELS and any(passage.speaker for passage in reading.passages)


def load(path: Path = FILE) -> Attention:
    """Return the thresholds of a file. Raises EngineError where it cannot be used."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Attention(_pair(told["transcripts"]), _pair(told["others"]), str(told["model"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngineError(f"Cannot read the thresholds {path}: {error}", "Reinstall notesense.") from error


def _pair(numbers: Iterable[float]) -> Pair:
    return Pair(*map(float, numbers))
