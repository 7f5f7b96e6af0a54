"""The local engine: finds signals with sentence vectors and trained heads, on this machine alone.

A batch of notes is embedded in one call. The same note gets the same answer in any batch. A statement that stands again
in quoted history is claimed once.
"""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from notesense.adapters.local.attributes import Statement, attributes, scene
from notesense.adapters.local.features import Reading, features, read
from notesense.adapters.local.heads import HEADS, Heads, load
from notesense.adapters.local.spans import Run, repeats, runs
from notesense.core.note import Note
from notesense.core.ports import Embedder
from notesense.core.signal import Certainty, Draft, Drafts, Usage
from notesense.core.vocabulary import Kind
from notesense.errors import EngineError

_BATCH_PASSAGES = 4096
"""Passages that are embedded at once: bounds the memory of a long import."""


class LocalEngine:
    """Finds signals without key or network. `model` is another heads file than the one that ships."""

    name = "local"

    def __init__(self, embedder: Embedder, model: Path | None = None) -> None:
        self._embedder = embedder
        self._model = model or HEADS

    @property
    def version(self) -> str:
        """The model's own mark: another training gives another one."""
        return str(self._heads.about["version"])

    @property
    def _heads(self) -> Heads:
        return load(self._model)

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        """Answer for each note in order. Raises EngineError where model and embedder do not belong together."""
        heads = self._heads
        wanted = heads.about["embedder"]
        if self._embedder.fingerprint != wanted:
            raise EngineError(
                f"The local engine was trained on {wanted}, not on {self._embedder.fingerprint}.",
                "Set the embedder back to the default, or train the engine for this one.",
            )
        for batch in _batches(notes):
            if not any(reading.passages for reading in batch):
                yield from (Drafts(note_id=reading.note.id) for reading in batch)
                continue
            began = time.perf_counter()
            given = features(batch, self._embedder)
            dense = heads.dense(given)
            scores = heads.scores(given, dense)
            drafts, start = [], 0
            for reading in batch:
                end = start + len(reading.passages)
                drafts.append(self._drafts(heads, reading, scores[start:end], dense[start:end]))
                start = end
            seconds = (time.perf_counter() - began) / len(batch)
            for reading, found in zip(batch, drafts, strict=True):
                yield Drafts(note_id=reading.note.id, drafts=found, usage=Usage(seconds=seconds))

    def _drafts(
        self, heads: Heads, reading: Reading, scores: NDArray[np.float32], dense: NDArray[np.float32]
    ) -> tuple[Draft, ...]:
        """Turn the scores of one note into drafts, in the order of the note."""
        around = scene(reading.note, reading.passages)
        open_scores = np.where(repeats(reading.passages)[:, np.newaxis], 0, scores)
        found: list[tuple[int, Draft]] = []
        for column, kind in enumerate(heads.kinds):
            for run in runs(reading.passages, open_scores[:, column], float(heads.thresholds[column])):
                start, quote = _quote(reading, run)
                if len(quote.split()) < 2:
                    continue  # one word states nothing
                said = Statement(quote, start, reading.passages[run.best], dense[run.best])
                stated = attributes(kind, said, around, heads.choices)
                draft = Draft(
                    kind=kind,
                    quote=quote,
                    passage=run.first,
                    start=start,
                    attributes=stated,
                    certainty=_certainty(kind, stated),
                    confidence=round(heads.confidence(column, run.score), 4),
                )
                found.append((start, draft))
        return tuple(draft for _, draft in sorted(found, key=lambda item: (item[0], item[1].kind)))


def _batches(notes: Sequence[Note]) -> Iterator[list[Reading]]:
    """Yield the notes read, as many at once as the bound on passages allows."""
    batch: list[Reading] = []
    size = 0
    for note in notes:
        reading = read(note)
        if batch and size + len(reading.passages) > _BATCH_PASSAGES:
            yield batch
            batch, size = [], 0
        batch.append(reading)
        size += len(reading.passages)
    if batch:
        yield batch


def _quote(reading: Reading, run: Run) -> tuple[int, str]:
    """Return the statement's place and words, without quotation marks around it or a full stop after it."""
    start, end = reading.passages[run.first].start, reading.passages[run.last].end
    text = reading.note.text
    while start < end and text[start] in "\"“„«‘' ":
        start += 1
    while end > start and text[end - 1] in "\"”“»’' .,;":
        end -= 1
    return start, text[start:end]


def _certainty(kind: str, stated: dict[str, str]) -> Certainty:
    rumored = kind == Kind.LEADERSHIP_CHANGE and stated.get("certainty") == "rumored"
    return "rumored" if rumored else "stated"
