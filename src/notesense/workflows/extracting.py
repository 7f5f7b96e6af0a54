"""Find signals without storing anything."""

from collections.abc import Iterator, Sequence

from notesense.core.grounding import ground
from notesense.core.note import Note
from notesense.core.passages import passages_of
from notesense.core.ports import Engine
from notesense.core.reading import Reading
from notesense.core.results import Extracted
from notesense.core.trackers import Trackers
from notesense.core.vocabulary import Channel
from notesense.workflows.asking import drafts_of
from notesense.workflows.intake import Given


def extract(readings: Sequence[Reading], given: Given, engine: Engine) -> Iterator[Extracted]:
    """Answer one result for each reading, in order, as soon as it is there."""
    return extract_from([note_of(reading, given) for reading in readings], engine, given.trackers)


def extract_from(notes: Sequence[Note], engine: Engine, trackers: Trackers) -> Iterator[Extracted]:
    """Answer one result for each note, in order, as soon as it is there."""
    for at in range(0, len(notes), engine.batch):
        batch = notes[at : at + engine.batch]
        for note, drafts in zip(batch, drafts_of(batch, engine), strict=True):
            extraction = ground(note, passages_of(note), drafts, engine.name, trackers=trackers.names)
            yield Extracted(note=note, extraction=extraction)


def note_of(reading: Reading, given: Given) -> Note:
    """Return the note that a reading makes, whatever the store holds."""
    account = given.account or reading.account or ""
    date = given.date or reading.date or given.today
    return reading.as_note(account, date, given.channel or reading.channel or Channel.MEMO)
