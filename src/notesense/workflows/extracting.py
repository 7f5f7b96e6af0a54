"""Find signals without storing anything."""

from collections.abc import Iterator, Sequence

from notesense.core.grounding import ground
from notesense.core.note import Note, note_id
from notesense.core.passages import passages
from notesense.core.ports import Engine
from notesense.core.reading import Reading
from notesense.core.results import Extracted
from notesense.core.vocabulary import Channel
from notesense.workflows.asking import drafts_of
from notesense.workflows.intake import Given


def extract(readings: Sequence[Reading], given: Given, engine: Engine) -> Iterator[Extracted]:
    """Answer one result for each reading, in order, as soon as it is there."""
    for at in range(0, len(readings), engine.batch):
        notes = [note_of(reading, given) for reading in readings[at : at + engine.batch]]
        for note, drafts in zip(notes, drafts_of(notes, engine), strict=True):
            extraction = ground(note, passages(note.text), drafts, engine.name, trackers=given.trackers.names)
            yield Extracted(note=note, extraction=extraction)


def note_of(reading: Reading, given: Given) -> Note:
    """Return the note that a reading makes, whatever the store holds."""
    account = given.account or reading.account or ""
    date = given.date or reading.date or given.today
    return Note(
        id=reading.id or note_id(account, date, reading.text),
        account=account,
        date=date,
        channel=given.channel or reading.channel or Channel.MEMO,
        title=reading.title,
        text=reading.text,
    )
