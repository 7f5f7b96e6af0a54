"""Sentences of an account's notes: where each stands, those that are new in their note."""

from collections.abc import Iterable
from dataclasses import dataclass

from notesense.core.evidence import Evidence, cite_slice
from notesense.core.note import Note
from notesense.core.words import sentences


@dataclass(frozen=True)
class Sentence:
    """A sentence of a note."""

    note: Note
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.note.text[self.start : self.end]

    def cite(self) -> Evidence:
        """Return the evidence that the sentence gives."""
        return cite_slice(self.note, self.start, self.end)


def sentences_of(notes: Iterable[Note]) -> tuple[Sentence, ...]:
    """Return the sentences of these notes in their order, without those that stood word for word in an earlier note."""
    seen: set[str] = set()
    kept: list[Sentence] = []
    for note in notes:
        bounds = [pair for pair in sentences(note.testimony) if note.text[slice(*pair)] not in seen]
        kept += [Sentence(note, start, end) for start, end in bounds]
        seen.update(note.text[start:end] for start, end in bounds)
    return tuple(kept)
