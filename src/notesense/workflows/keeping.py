"""From readings to saved notes, batch by batch: read by the engine, grounded, each saved in a transaction of its own.

A note is saved even where the engine fails on it; what failed is told, never swallowed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from notesense.core.carried import Recorded
from notesense.core.grounding import ground
from notesense.core.likeness import is_fuller
from notesense.core.news import news_of
from notesense.core.note import Note
from notesense.core.passages import passages_of
from notesense.core.ports import Engine, SignalFilter, Store
from notesense.core.reading import Reading
from notesense.core.results import Elsewhere, Kept, News, Refused, Unsettled
from notesense.core.signal import LABELS, SOME_LABELS, Draft, Drafts
from notesense.core.source_ports import OtherForm
from notesense.core.trackers import Trackers
from notesense.errors import InputError, Unplaced
from notesense.workflows.asking import drafts_of
from notesense.workflows.doubles import Double, Doubles, form_of
from notesense.workflows.intake import Intake, Known, refusal
from notesense.workflows.tellings import Tellings

LEAST_ALIKE = 120
"""Characters of a text from which on it is told that another account has it, too; short notes return."""
LABELLED = 16
"""Notes taken at once where their labels take the place of an engine."""


@dataclass(frozen=True)
class Another:
    """A note that is another form of one that is there, or that waits to be saved before it."""

    form: OtherForm
    there: Note


def keep_all(
    readings: Iterable[Reading],
    intake: Intake,
    store: Store,
    engine: Engine | None,
    doubles: Doubles,
    tell_news: bool = False,
) -> Iterator[tuple[Reading, Kept | Refused]]:
    """Keep the notes batch by batch, each in its own transaction. Without an engine the labels become the signals.

    Readings are taken as they come, a batch at a time, wherever they come from. One that is another form of a note
    that is there is kept with that one, unread. What another store knew of a note is kept with it, unread, too.
    """
    tellings, coming = Tellings(store), iter(readings)
    while batch := list(islice(coming, LABELLED if engine is None else engine.batch)):
        waiting: dict[str, Note] = {}
        taken = [(reading, take_in(reading, intake, waiting, doubles)) for reading in batch]
        new = [(reading, outcome) for reading, outcome in taken if isinstance(outcome, Note)]
        unread = [(reading, note) for reading, note in new if reading.recorded is None]
        answers = iter(_labelled(unread) if engine is None else drafts_of([note for _, note in unread], engine))
        for reading, outcome in taken:
            if isinstance(outcome, Note) and reading.recorded is not None:
                restored = _restore(outcome, reading.recorded, reading.where, store)
                yield reading, _with_forms(restored, reading.recorded, doubles)
            elif isinstance(outcome, Kept) and reading.recorded is not None:
                yield reading, _with_forms(outcome, reading.recorded, doubles)
            elif isinstance(outcome, Note):
                by = _name(reading) if engine is None else engine.name
                kept = _keep(outcome, next(answers), tellings, store, by, intake.trackers, tell_news)
                undated = reading.date is None and intake.assumes_today
                unclear = reading.unclear_day if undated else ""
                told = {"undated": undated, "unclear_day": unclear, "read_as": reading.read_as}
                yield reading, kept.model_copy(update=told) if isinstance(kept, Kept) else kept
            elif isinstance(outcome, Another):
                yield reading, _join(outcome, doubles, reading.where)
            elif engine is None and _relabels(reading) and isinstance(outcome, Kept) and store.note(outcome.note.id):
                yield reading, _relabel(outcome.note, reading.labels or (), store, intake.trackers)
            else:
                yield reading, outcome
        if len(unread) < len(new):
            tellings = Tellings(store)


def take_in(
    reading: Reading, intake: Intake, waiting: dict[str, Note], doubles: Doubles
) -> Note | Another | Kept | Refused:
    """Return the reading's note, now among the waiting, or the outcome where it is settled without an engine."""
    try:
        note = intake.note_of(reading)
    except Unplaced as error:
        return Unsettled(where=reading.where, reason=refusal(error))
    except InputError as error:
        return Refused(where=reading.where, reason=refusal(error))
    if isinstance(note, Known):
        return Kept(status="known", note=note.note)
    there = waiting.get(note.id)
    if there is not None and there.text == note.text:
        return Kept(status="known", note=there)
    if there is not None:
        return Refused(
            where=reading.where, reason=f'the id "{note.id}" is another note of {there.account}, {there.date}'
        )
    double = _double_of(reading, note, intake, doubles, waiting)
    if double is not None and double.exact:
        return Kept(status="known", note=double.note)
    if double is not None:
        return Another(form_of(note, reading.where, double.note.id), double.note)
    waiting[note.id] = note
    return note


def _double_of(
    reading: Reading, note: Note, intake: Intake, doubles: Doubles, waiting: Mapping[str, Note]
) -> Double | None:
    """Return the note of which this one is another form.

    What comes with an id of its own, or with labels, is what its source says it is: it is never another form.
    """
    dated = reading.date is not None or not intake.assumes_today
    if reading.id is not None or reading.labels is not None:
        doubles.add(note, dated)
        return None
    return doubles.of(note, dated, waiting)


def _join(found: Another, doubles: Doubles, where: str) -> Kept | Refused:
    try:
        doubles.keep(found.form, found.there.account)
    except InputError as error:
        return Refused(where=where, reason=refusal(error))
    return Kept(status="joined", note=found.there, fuller=is_fuller(found.form.text, found.there.text))


def _labelled(new: Iterable[tuple[Reading, Note]]) -> Iterator[Drafts]:
    for reading, note in new:
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
    others = store.elsewhere(note) if len(note.text) >= LEAST_ALIKE or note.source.meeting else ()
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
        elsewhere=tuple(Elsewhere(note_id=one.id, account=one.account) for one in others),
    )


def _restore(note: Note, recorded: Recorded, where: str, store: Store) -> Kept | Refused:
    """Keep a note with all that another store knew of it."""
    try:
        store.save(note, passages_of(note), recorded.extraction, recorded.corrections)
    except InputError as error:
        told = _saved_meanwhile(note, store, error)
        return told.model_copy(update={"where": where}) if isinstance(told, Refused) else told
    found = recorded.extraction
    return Kept(status="added", note=note, signals=recorded.shown, rejected=found.rejected, error=found.error)


def _with_forms(kept: Kept | Refused, recorded: Recorded, doubles: Doubles) -> Kept | Refused:
    """Keep the other forms of a note that another store had, unless they are there."""
    if isinstance(kept, Kept):
        for form in recorded.forms:
            doubles.keep(form, kept.note.account)
    return kept


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
