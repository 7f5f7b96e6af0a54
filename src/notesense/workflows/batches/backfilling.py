"""Many notes at once: kept and read on this machine now, and read by a model when its batch comes back."""

from collections.abc import Sequence
from contextlib import suppress

from notesense.core.batch_results import Backfilled, Submitted
from notesense.core.batches import Terms
from notesense.core.note import Note
from notesense.core.ports import Engine, Progress, Store
from notesense.core.reading import Reading, Readings
from notesense.errors import InputError, NoteSenseError
from notesense.workflows.batches.office import Office
from notesense.workflows.batches.submitting import Wishes, submit
from notesense.workflows.importing import counting, import_all, whole
from notesense.workflows.intake import Given, Intake, Known
from notesense.workflows.shelves import Shelves


def backfill(
    readings: Readings,
    given: Given,
    terms: Terms,
    office: Office,
    wishes: Wishes,
    local: tuple[Engine, Shelves],
    progress: tuple[Progress, Progress] | None = None,
) -> Backfilled:
    """Keep the notes as the local engine reads them, and submit them. A dry run keeps and submits nothing.

    Notes that were there before are submitted, too. `progress` is for keeping and for submitting. What goes wrong once
    the notes are kept is told in the answer.
    """
    engine, shelves = local
    keeping, submitting = progress or (None, None)
    if wishes.dry_run:
        notes = notes_of(readings.notes, given, office.store)
        return Backfilled(imported=None, submitted=submit(notes, terms, office, wishes, submitting))
    told = counting(keeping, len(readings.notes))
    imported = import_all(whole(readings), given, shelves, engine, progress=told)
    if imported.interrupted:
        return Backfilled(imported=imported, submitted=Submitted(model=terms.model))
    notes = [note for note in notes_of(readings.notes, given, office.store) if office.store.note(note.id)]
    try:
        submitted = submit(notes, terms, office, wishes, submitting)
    except NoteSenseError as error:
        submitted = Submitted(model=terms.model, error=f"{error.message} {error.fix}".strip())
    return Backfilled(imported=imported, submitted=submitted)


def any_new(readings: Sequence[Reading], given: Given, store: Store) -> bool:
    """Tell whether one of these readings makes a note that is not kept yet."""
    intake = Intake(store, given)
    for reading in readings:
        with suppress(InputError):
            if not isinstance(intake.note_of(reading), Known):
                return True
    return False


def notes_of(readings: Sequence[Reading], given: Given, store: Store) -> list[Note]:
    """Return the notes that these readings make or have made, each once; what cannot be taken is left out."""
    intake = Intake(store, given)
    found: dict[str, Note] = {}
    for reading in readings:
        try:
            note = intake.note_of(reading)
        except InputError:
            continue
        note = note.note if isinstance(note, Known) else note
        found.setdefault(note.id, note)
    return list(found.values())
