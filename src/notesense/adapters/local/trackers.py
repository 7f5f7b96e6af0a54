"""Engines that find a team's own kinds: one for the trackers alone, and one that puts it beside another engine.

A passage's vector is all that is read, the same that the search index is filled with, so nothing is embedded twice.
"""

import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from notesense.adapters.local.fewshot import Learned, confidence, contested
from notesense.adapters.local.spans import repeats
from notesense.core.note import Note
from notesense.core.passage import Passage
from notesense.core.passages import passages_of
from notesense.core.ports import Embedder, Engine
from notesense.core.signal import Draft, Drafts, Usage
from notesense.core.trackers import Trackers

_BATCH_PASSAGES = 4096
"""Passages that are embedded at once: bounds the memory of a long import."""
_LONGEST = 300
_AROUND = "\"“”„«»‘’' "
_AFTER = ".,;"


class TrackerEngine:
    """Finds the signals of trackers and nothing else. `readers` is called when the first note is read."""

    name = "trackers"
    batch = 16

    def __init__(self, trackers: Trackers, embedder: Embedder, readers: Callable[[], tuple[Learned, ...]]) -> None:
        self._trackers = trackers
        self._embedder = embedder
        self._readers = readers

    @property
    def version(self) -> str:
        """Changes with any word of the tracker file."""
        return self._trackers.mark

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        """Answer for each note in order."""
        readers = self._readers()
        for batch in _batches(notes):
            began = time.perf_counter()
            texts = [passage.text for _, found in batch for passage in found]
            vectors = np.asarray(self._embedder.embed(texts), np.float64)
            scores = contested(np.stack([reader.scores(vectors) for reader in readers])) if texts else ()
            seconds = (time.perf_counter() - began) / len(batch)
            start = 0
            for note, found in batch:
                own = slice(start, start + len(found))
                drafts = tuple(
                    draft
                    for reader, above in zip(readers, scores, strict=False)
                    for draft in _drafts(reader.name, note, found, above[own])
                )
                yield Drafts(note_id=note.id, drafts=drafts, usage=Usage(seconds=seconds))
                start += len(found)


class WithTrackers:
    """Another engine, with what the trackers find beside its own drafts; a note that it failed on stays failed."""

    def __init__(self, engine: Engine, trackers: Engine) -> None:
        self._engine = engine
        self._tracking = trackers

    @property
    def name(self) -> str:
        """The other engine's name."""
        return self._engine.name

    @property
    def version(self) -> str:
        """Changes with the other engine and with the trackers."""
        return f"{self._engine.version}+{self._tracking.version}"

    @property
    def batch(self) -> int:
        """The other engine's number of notes."""
        return self._engine.batch

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        """Answer for each note in order."""
        for first, second in zip(self._engine.extract(notes), self._tracking.extract(notes), strict=True):
            if first.error is not None:
                yield first
                continue
            seconds = first.usage.seconds + second.usage.seconds
            yield first.model_copy(
                update={
                    "drafts": (*first.drafts, *second.drafts),
                    "usage": first.usage.model_copy(update={"seconds": seconds}),
                }
            )


_Read = tuple[Note, tuple[Passage, ...]]


def _batches(notes: Sequence[Note]) -> Iterator[list[_Read]]:
    """Yield the notes with their passages, as many at once as the bound on passages allows."""
    batch: list[_Read] = []
    size = 0
    for note in notes:
        found = passages_of(note)
        if batch and size + len(found) > _BATCH_PASSAGES:
            yield batch
            batch, size = [], 0
        batch.append((note, found))
        size += len(found)
    if batch:
        yield batch


def _drafts(name: str, note: Note, found: Sequence[Passage], above: NDArray[np.float64]) -> Iterator[Draft]:
    """Yield the statements of one tracker in a note: a passage, or neighbours of one sentence that each are found."""
    hits = (above >= 0) & ~repeats(found)
    at = 0
    while at < len(found):
        last = at
        if hits[at]:
            while last + 1 < len(found) and hits[last + 1] and _goes_on(found[at], found[last], found[last + 1]):
                last += 1
            quote, start = _quote(note, found[at].start, found[last].end)
            if len(quote.split()) > 1:  # one word states nothing
                sure = round(confidence(float(above[at : last + 1].max())), 4)
                yield Draft(kind=name, quote=quote, passage=at, start=start, confidence=sure)
        at = last + 1


def _goes_on(first: Passage, before: Passage, after: Passage) -> bool:
    """Tell whether the passage `after` is of the same sentence as the one before it."""
    return (
        (before.turn, before.line, before.quoted) == (after.turn, after.line, after.quoted)
        and not before.text.rstrip(_AROUND).endswith((".", "!", "?"))
        and after.end - first.start <= _LONGEST
    )


def _quote(note: Note, start: int, end: int) -> tuple[str, int]:
    """Return the statement without quotation marks around it or a full stop after it, and its place."""
    while start < end and note.text[start] in _AROUND:
        start += 1
    while end > start and note.text[end - 1] in _AROUND + _AFTER:
        end -= 1
    return note.text[start:end], start
