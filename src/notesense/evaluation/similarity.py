"""The zero-shot baseline: a clause is claimed for the kind whose definition its vector lies nearest to.

One rule for all kinds: the nearest kind (highest cosine to any sentence of its definition) is claimed when the cosine
reaches one threshold. The threshold is chosen on another data set than the one that is scored. No label is learned
from otherwise; it is a yardstick and stands beside every result.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from notesense.core.claims import Prediction
from notesense.core.note import Note
from notesense.core.passages import passages_of
from notesense.core.ports import Embedder
from notesense.core.signal import Draft, Drafts, Usage
from notesense.core.vocabulary import Kind
from notesense.evaluation.datasets import LabelledNote
from notesense.evaluation.running import Read
from notesense.evaluation.scores import score

THRESHOLD = 0.2
"""Chosen by `tuned` on evals/datasets/train: the threshold with the best core macro-F1 there."""
GRID = tuple(round(0.02 * step, 2) for step in range(1, 26))

DEFINITIONS: dict[Kind, tuple[str, ...]] = {
    Kind.EXPECTATION: (
        "Something the customer expects, requires or assumes of us or of the result.",
        "The customer expects a deliverable, a date, a service level, a way of working or a measure of success.",
    ),
    Kind.PAIN_POINT: (
        "A problem, frustration or risk that the customer states.",
        "The customer has a problem with us, with another supplier, or in its own business.",
    ),
    Kind.LEADERSHIP_CHANGE: (
        "A change among the customer's leaders, owners or decision makers.",
        "Someone joins, leaves, is promoted or changes role.",
        "A reorganisation moves authority, a merger, acquisition or sale, a succession, an open power struggle.",
    ),
    Kind.PRICE_VALUE: (
        "The customer holds price, cost, budget or discount against what it gets.",
        "Too expensive, asks for a cut, a cheaper rival, pays for what it does not use, cannot show the return.",
    ),
    Kind.COMMITMENT: ("A concrete promise by either side to do something after this interaction.",),
    Kind.STALLED_ADOPTION: (
        "Something that we delivered lies unused, half implemented or forgotten.",
        "The customer asks us to redo or update earlier work that it never put to use.",
    ),
    Kind.COMPETITOR: ("The customer uses, weighs, was approached by or praises a rival of ours.",),
    Kind.OPPORTUNITY: (
        "A new need, project, site, budget or growth at the customer.",
        "The customer is interested in something new that we could serve.",
    ),
    Kind.PRAISE: ("The customer says that something of ours works, helped or paid off.",),
}
"""The sentences of the annotation guide's column "it is"."""


class Similarity:
    """Port `Engine` by the likeness of vectors alone. It names no attributes."""

    name = "similarity"
    batch = 16

    def __init__(self, embedder: Embedder, threshold: float = THRESHOLD) -> None:
        self._embedder = embedder
        self.threshold = threshold
        self._kinds = [kind for kind, sentences in DEFINITIONS.items() for _ in sentences]

    @property
    def version(self) -> str:
        """Changes with the vectors and the threshold."""
        return f"similarity-1 {self._embedder.fingerprint} {self.threshold:.2f}"

    @cached_property
    def _definitions(self) -> NDArray[np.float32]:
        sentences = [sentence for each in DEFINITIONS.values() for sentence in each]
        return np.asarray(self._embedder.embed(sentences), dtype=np.float32)

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        """Claim every clause that lies near enough to a definition."""
        for note in notes:
            began = time.perf_counter()
            found = tuple(self._claims(note))
            yield Drafts(note_id=note.id, drafts=found, usage=Usage(seconds=time.perf_counter() - began))

    def _claims(self, note: Note) -> Iterator[Draft]:
        cut = passages_of(note)
        if not cut:
            return
        likeness = np.asarray(self._embedder.embed([p.text for p in cut]), dtype=np.float32) @ self._definitions.T
        for passage, row in zip(cut, likeness, strict=True):
            best = int(np.argmax(row))
            if row[best] >= self.threshold:
                yield Draft(
                    kind=self._kinds[best],
                    quote=passage.text,
                    passage=passage.ordinal,
                    start=passage.start,
                    confidence=round(float(min(max(row[best], 0.0), 1.0)), 4),
                )


def tuned(notes: Sequence[LabelledNote], embedder: Embedder, read: Callable[[Similarity], Read]) -> float:
    """Return the threshold of the grid that gives the best core macro-F1 on these notes."""
    least = read(Similarity(embedder, GRID[0]))
    answers = [
        [
            Prediction(kind=s.kind, quote=s.quote, start=s.start, end=s.end, confidence=s.confidence)
            for s in extraction.signals
        ]
        for extraction in least([one.note for one in notes])
    ]

    def worth(threshold: float) -> float:
        kept = [[claim for claim in claims if claim.confidence >= threshold] for claims in answers]
        return score(zip(kept, (one.labels for one in notes), strict=True)).core_macro_f1

    return max(GRID, key=worth)
