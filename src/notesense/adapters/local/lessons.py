"""What labelled notes teach: which passages carry which kinds, by the annotation guide's rule of when spans match."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from notesense.adapters.local.spans import Run, runs
from notesense.core.claims import Claim
from notesense.core.note import Note
from notesense.core.passage import Passage
from notesense.core.signal import Signal
from notesense.core.spans import same_span
from notesense.core.vocabulary import Kind

KINDS = tuple(str(kind) for kind in Kind)

Floats = NDArray[np.float32]


class Labelled(NamedTuple):
    """A labelled statement: kind, place in the note, attributes."""

    kind: str
    start: int
    end: int
    attributes: dict[str, str]


class Example(NamedTuple):
    """A note with its labels and the writer whose voice it is in."""

    note: Note
    labels: tuple[Labelled, ...]
    writer: str


def example_of(note: Note, statements: Iterable[Claim | Signal], writer: str) -> Example:
    """Return a labelled note as an example; statements of trackers teach the heads nothing and are left out."""
    labels = (Labelled(str(s.kind), s.start or 0, s.end or 0, s.attributes) for s in statements if s.kind in KINDS)
    return Example(note, tuple(labels), writer)


class Targets(NamedTuple):
    """What a note's passages should get, (passages, kinds): 1 for a statement; weight 0 where nothing is taught."""

    values: Floats
    weights: Floats


def targets(labels: Sequence[Labelled], passages: Sequence[Passage]) -> Targets:
    """Return what these labels teach; a passage that holds a mere scrap of a statement teaches nothing of its kind."""
    values = np.zeros((len(passages), len(KINDS)), np.float32)
    weights = np.ones_like(values)
    for row, passage in enumerate(passages):
        for label in labels:
            column = KINDS.index(label.kind)
            if same_span((passage.start, passage.end), (label.start, label.end)):
                values[row, column], weights[row, column] = 1.0, 1.0
            elif min(passage.end, label.end) > max(passage.start, label.start) and not values[row, column]:
                weights[row, column] = 0.0
    return Targets(values, weights)


def judged(
    kind: str, labels: Sequence[Labelled], passages: Sequence[Passage], scores: Floats, threshold: float
) -> list[tuple[Run, bool]]:
    """Return every statement of a kind that this threshold lets through in a note, and whether it is right."""
    found = []
    open_labels = [label for label in labels if label.kind == kind]
    for run in runs(passages, scores, threshold):
        span = (passages[run.first].start, passages[run.last].end)
        hit = next((label for label in open_labels if same_span(span, (label.start, label.end))), None)
        if hit:
            open_labels.remove(hit)
        found.append((run, hit is not None))
    return found
