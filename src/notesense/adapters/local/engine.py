"""The local engine: finds signals with a tuned sentence encoder and trained heads, on this machine alone.

Each clause is read where it stands, with what comes before and after it. The same note gets the same answer in any
batch. A statement that stands again in quoted history is claimed once.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np

from notesense.adapters.local.attributes import Statement, attributes, scene
from notesense.adapters.local.features import Encoded, Floats, Reading, TokenEncoder, encode, read
from notesense.adapters.local.heads import Heads, inside_tag
from notesense.adapters.local.model import MODEL, Trained, load
from notesense.adapters.local.quotes import quoted
from notesense.adapters.local.spans import repeats, runs
from notesense.adapters.local.team import Team, applied
from notesense.adapters.local.team import load as load_team
from notesense.core.note import Note
from notesense.core.ports import Progress
from notesense.core.signal import Certainty, Draft, Drafts, Usage
from notesense.core.vocabulary import Kind

_BATCH_PASSAGES = 4096
"""Passages that are encoded at once: bounds the memory of a long import."""


class Tunable(Protocol):
    """A published encoder that can be loaded with changes added to its weights."""

    def tuned(self, changes: dict[str, Floats]) -> TokenEncoder:
        """Return the changed encoder. Raises EmbeddingError when there are no usable weights."""
        ...


class LocalEngine:
    """Finds signals without key or network.

    `model` is another trained file than the one that ships; `team` is where a team's own heads are, if it has any.
    """

    name = "local"
    batch = 16

    def __init__(
        self, published: Tunable, model: Path = MODEL, *, team: Path | None = None, progress: Progress | None = None
    ) -> None:
        self._published = published
        self._model = model
        self._team_file = team
        self._progress = progress

    @property
    def version(self) -> str:
        """The mark of the model, and of the team's heads where there are some: another training gives another one."""
        return f"{self.shipped.version}+{self._team.mark}" if self._team else self.shipped.version

    @cached_property
    def shipped(self) -> Trained:
        """The model without the team's heads."""
        return load(self._model)

    @cached_property
    def _team(self) -> Team | None:
        """The team's heads, where they belong to this model."""
        found = self._team_found
        return found if found and found.about.get("base") == self.shipped.version else None

    @cached_property
    def _team_found(self) -> Team | None:
        return load_team(self._team_file) if self._team_file else None

    @property
    def outdated(self) -> bool:
        """True where the team has heads, but for another model than the one that ships now; they are not used."""
        return self._team is not self._team_found

    @cached_property
    def heads(self) -> Heads:
        """The heads in use: the team's own, where it has some for this model."""
        return applied(self.shipped.heads, self._team) if self._team else self.shipped.heads

    @cached_property
    def _encoder(self) -> TokenEncoder:
        return self._published.tuned(self.shipped.changes)

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        """Answer for each note in order. Raises EngineError where the model cannot be read."""
        for batch in _batches(notes):
            try:
                answers = self._read(batch)
            except Exception:
                if len(batch) == 1:
                    raise
                answers = (answer for reading in batch for answer in self._read([reading]))  # so that one alone fails
            yield from answers

    def _read(self, batch: Sequence[Reading]) -> Iterable[Drafts]:
        began = time.perf_counter()
        drafts = [self._drafts(self.heads, *pair) for pair in zip(batch, self.encode(batch), strict=True)]
        usage = Usage(seconds=(time.perf_counter() - began) / len(batch))
        return [
            Drafts(note_id=reading.note.id, drafts=found, usage=usage)
            for reading, found in zip(batch, drafts, strict=True)
        ]

    def encode(self, readings: Sequence[Reading]) -> list[Encoded]:
        """Return these notes as the heads read them."""
        return encode(readings, self._encoder, self.heads.tag_weights, self.heads.tag_bias, self._progress)

    def attention(self, readings: Sequence[Reading]) -> Iterator[Floats]:
        """Yield for each note the highest raw probability of any kind for each passage; 0 for one that only repeats.

        It is what the heads that ship say, before calibration, so that thresholds hold for every team.
        """
        for reading, encoded in zip(readings, self.encode(readings), strict=True):
            highest = self.shipped.heads.raw(encoded.dense).max(axis=1, initial=0)
            yield np.where(repeats(reading.passages), 0, highest).astype(np.float32)

    def _drafts(self, heads: Heads, reading: Reading, encoded: Encoded) -> tuple[Draft, ...]:
        """Turn one note's rows into drafts, in the order of the note."""
        around = scene(reading.note, reading.passages)
        scores = heads.scores(encoded.dense, ~repeats(reading.passages))
        found: list[tuple[int, Draft]] = []
        for column, kind in enumerate(heads.kinds):
            for run in runs(reading.passages, scores[:, column], float(heads.thresholds[column])):
                words = [mine for mine in encoded.words[run.first : run.last + 1] if mine]
                start, quote = quoted(reading, run, words, heads.tags.index(inside_tag(kind)))
                if len(quote.split()) < 2:
                    continue  # one word states nothing
                said = Statement(quote, start, reading.passages[run.best], encoded.dense[run.best], words)
                stated = attributes(kind, said, around, heads)
                draft = Draft(
                    kind=kind,
                    quote=quote,
                    passage=run.first,
                    start=start,
                    attributes=stated,
                    certainty=_certainty(kind, stated),
                    confidence=round(min(max(run.score, 0.01), 0.99), 4),
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


def _certainty(kind: str, stated: dict[str, str]) -> Certainty:
    rumored = kind == Kind.LEADERSHIP_CHANGE and stated.get("certainty") == "rumored"
    return "rumored" if rumored else "stated"
