"""What an engine would ask a model about notes, without anything being sent or stored."""

from collections.abc import Iterable, Iterator, Sequence

from notesense.core.note import Note
from notesense.core.ports import Engine, Store
from notesense.core.reading import Reading
from notesense.errors import InputError
from notesense.workflows.extracting import note_of
from notesense.workflows.intake import Given, Intake


def rehearse(notes: Iterable[Note], engine: Engine) -> int:
    """Let the engine read the notes and pass over its answers; return how many notes there were."""
    return sum(1 for _ in engine.extract(list(notes)))


def to_be_kept(readings: Sequence[Reading], given: Given, store: Store) -> Iterator[Note]:
    """Yield the notes that would be read if these readings were kept: none that is known already or cannot be taken."""
    intake = Intake(store, given)
    seen: set[str] = set()
    for reading in readings:
        if reading.recorded is not None:
            continue
        try:
            note = intake.note_of(reading)
        except InputError:
            continue
        if isinstance(note, Note) and note.id not in seen:
            seen.add(note.id)
            yield note


def to_be_read(readings: Sequence[Reading], given: Given) -> Iterator[Note]:
    """Yield the notes that `extract` would read."""
    for reading in readings:
        yield note_of(reading, given)
