"""Lets an engine read labelled notes, pairs what it found with the labels, note by note as the answers come."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from notesense.core.claims import Prediction, Refusal
from notesense.core.evaluated import NoteRow
from notesense.core.note import Note
from notesense.core.passages import passages_of
from notesense.core.signal import Extraction, Signal
from notesense.evaluation.datasets import LabelledNote
from notesense.evaluation.matching import pair

Read: TypeAlias = Callable[[Sequence[Note]], Iterator[Extraction]]
"""An engine with passages and grounding as in use: one extraction for each note, in order."""


def read_all(notes: Sequence[LabelledNote], read: Read) -> Iterator[NoteRow]:
    """Yield a row for each note, in order, as soon as it is there."""
    for one, extraction in zip(notes, read([each.note for each in notes]), strict=True):
        yield row(one, extraction)


def row(one: LabelledNote, extraction: Extraction) -> NoteRow:
    """Return a note with labels, predictions and pairs; without predictions where the engine failed."""
    failed = extraction.error is not None
    predicted = () if failed else tuple(_prediction(signal) for signal in extraction.signals)
    return NoteRow(
        id=one.note.id,
        where=one.where,
        account=one.note.account,
        date=one.note.date,
        channel=one.note.channel.value,
        title=one.note.title,
        text=one.note.text,
        gold=one.labels,
        predicted=predicted,
        pairs=pair(predicted, one.labels),
        rejected=() if failed else _refusals(extraction),
        passages=len(passages_of(one.note)),
        error=extraction.error,
        usage=extraction.usage,
    )


def in_order(notes: Iterable[LabelledNote], done: Iterable[NoteRow]) -> tuple[NoteRow, ...]:
    """Return the rows in the order of the notes."""
    by_id = {each.id: each for each in done}
    return tuple(by_id[one.note.id] for one in notes)


def _prediction(signal: Signal) -> Prediction:
    return Prediction(
        kind=str(signal.kind),
        quote=signal.quote,
        start=signal.start,
        end=signal.end,
        attributes=signal.attributes,
        confidence=signal.confidence,
        review=signal.review,
    )


def _refusals(extraction: Extraction) -> tuple[Refusal, ...]:
    return tuple(
        Refusal(kind=each.draft.kind, quote=each.draft.quote, reason=each.reason.value) for each in extraction.rejected
    )
