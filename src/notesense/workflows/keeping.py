"""From readings to saved notes, batch by batch: read by the engine, grounded, each saved in a transaction of its own.

A note is saved even where the engine fails on it; what failed is told, never swallowed.
"""

from collections.abc import Iterable, Iterator, Sequence

from notesense.core.grounding import ground
from notesense.core.news import news_of
from notesense.core.note import Note
from notesense.core.passages import passages_of
from notesense.core.ports import Engine, SignalFilter, Store
from notesense.core.reading import Reading
from notesense.core.results import Kept, News, Refused
from notesense.core.signal import LABELS, SOME_LABELS, Draft, Drafts
from notesense.core.trackers import Trackers
from notesense.errors import InputError
from notesense.workflows.asking import drafts_of
from notesense.workflows.intake import Intake, Known, refusal
from notesense.workflows.tellings import Tellings

LABELLED = 16
"""Notes taken at once where their labels take the place of an engine."""


def keep_all(
    readings: Sequence[Reading], intake: Intake, store: Store, engine: Engine | None, tell_news: bool = False
) -> Iterator[tuple[Reading, Kept | Refused]]:
    """Keep the notes batch by batch, each in its own transaction. Without an engine the labels become the signals."""
    batch = LABELLED if engine is None else engine.batch
    tellings = Tellings(store)
    for at in range(0, len(readings), batch):
        waiting: dict[str, tuple[Note, Reading]] = {}
        taken = [(reading, _take_in(reading, intake, waiting)) for reading in readings[at : at + batch]]
        notes = [note for note, _ in waiting.values()]
        answers = iter(_labelled(waiting.values()) if engine is None else drafts_of(notes, engine))
        for reading, outcome in taken:
            if isinstance(outcome, Note):
                by = _name(reading) if engine is None else engine.name
                kept = _keep(outcome, next(answers), tellings, store, by, intake.trackers, tell_news)
                undated = reading.date is None and intake.assumes_today
                told = {"undated": undated, "read_as": reading.read_as}
                yield reading, kept.model_copy(update=told) if isinstance(kept, Kept) else kept
            elif engine is None and _relabels(reading) and isinstance(outcome, Kept) and store.note(outcome.note.id):
                yield reading, _relabel(outcome.note, reading.labels or (), store, intake.trackers)
            else:
                yield reading, outcome


def _take_in(reading: Reading, intake: Intake, waiting: dict[str, tuple[Note, Reading]]) -> Note | Kept | Refused:
    """Return the reading's note, now among the waiting, or the outcome where it is settled without an engine."""
    try:
        note = intake.note_of(reading)
    except InputError as error:
        return Refused(where=reading.where, reason=refusal(error))
    if isinstance(note, Known):
        return Kept(status="known", note=note.note)
    same = waiting.setdefault(note.id, (note, reading))[0]
    if same is note:
        return note
    if same.text == note.text:
        return Kept(status="known", note=same)
    return Refused(where=reading.where, reason=f'the id "{note.id}" is another note of {same.account}, {same.date}')


def _labelled(waiting: Iterable[tuple[Note, Reading]]) -> Iterator[Drafts]:
    for note, reading in waiting:
        yield Drafts(note_id=note.id, drafts=reading.labels or ())


def _relabels(reading: Reading) -> bool:
    """Tell whether the reading's labels are to take the place of what is there already."""
    return reading.labels is not None and not reading.partial


def _name(reading: Reading) -> str:
    """Return what is remembered in the place of an engine's name, where labels become the signals."""
    return LABELS if _relabels(reading) else SOME_LABELS


def _keep(
    note: Note, drafts: Drafts, tellings: Tellings, store: Store, engine: str, trackers: Trackers, tell_news: bool
) -> Kept | Refused:
    parts = passages_of(note)
    if engine in (LABELS, SOME_LABELS):
        extraction = ground(note, parts, drafts, engine, "label", trackers.names)
    else:
        extraction = tellings.ground(note, drafts, engine, trackers)
    news: tuple[News, ...] = ()
    if tell_news:
        before = store.signals(SignalFilter(account=note.account))
        news = news_of(extraction.signals, before, first_note=not before and not store.notes(note.account))
    try:
        store.save(note, parts, extraction)
    except InputError as error:
        return _saved_meanwhile(note, store, error)
    tellings.keep(note, extraction.signals)
    return Kept(
        status="added",
        note=note,
        signals=extraction.signals,
        rejected=extraction.rejected,
        news=news,
        error=extraction.error,
        language=extraction.language,
    )


def _saved_meanwhile(note: Note, store: Store, error: InputError) -> Kept | Refused:
    """Tell what became of a note that another process was quicker to save."""
    there = store.note(note.id)
    if there is not None and there.text == note.text:
        return Kept(status="known", note=there)
    return Refused(where=note.id, reason=refusal(error))


def _relabel(note: Note, labels: Sequence[Draft], store: Store, trackers: Trackers) -> Kept:
    """Let a person's labels take the place of what an engine had found in a note that is there already."""
    drafts = Drafts(note_id=note.id, drafts=tuple(labels))
    extraction = ground(note, passages_of(note), drafts, LABELS, "label", trackers.names)
    store.replace_extraction(note.id, extraction)
    return Kept(status="known", note=note, signals=extraction.signals, rejected=extraction.rejected)
