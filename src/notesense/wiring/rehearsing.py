"""A dry run put together: the notes that an engine would read, and what it would ask a model about them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from notesense.core.expenses import Planned, planned
from notesense.core.note import Note
from notesense.core.reading import Readings
from notesense.core.trackers import NO_TRACKERS, Trackers
from notesense.errors import InputError
from notesense.workflows import rehearsing
from notesense.workflows.intake import Given
from notesense.workflows.upkeep import to_be_read_again

if TYPE_CHECKING:
    from notesense.wiring.parts import Parts


def of_readings(notes: "Parts", readings: Readings, given: Given, kept: bool) -> Planned:
    """Return what would be asked if these readings were kept, or else only looked at."""
    found = readings.notes
    wanted = rehearsing.to_be_kept(found, given, notes.store) if kept else rehearsing.to_be_read(found, given)
    return _planned(notes, wanted, notes.trackers)


def of_unread(notes: "Parts") -> Planned:
    """Return what would be asked about the notes that an engine had failed on."""
    return _planned(notes, to_be_read_again(notes.store, knows_languages=True), notes.trackers)


def of_evaluation(notes: "Parts", paths: Sequence[Path]) -> Planned:
    """Return what would be asked about labelled notes."""
    from notesense.wiring.evaluating import form_of, labelled, sound

    data = sound(paths, form_of(notes), "asked")
    return _planned(notes, [one.note for one in data.notes], labelled(notes.trackers, data))


def of_accounts(notes: "Parts", paths: Sequence[Path]) -> Planned:
    """Return what would be asked about the notes of account histories."""
    from notesense.wiring.account_evaluating import sound_histories

    data = sound_histories(notes, paths, "asked")
    return _planned(notes, [one.note for one in data.notes], NO_TRACKERS)


def _planned(notes: "Parts", wanted: Iterable[Note], trackers: Trackers) -> Planned:
    work = notes.modelling
    if not work.wishes.dry_run:
        raise InputError("A dry run was not asked for.", "Open NoteSense with ModelWishes(dry_run=True).")
    number = rehearsing.rehearse(wanted, notes.engine_with(trackers))
    return planned(
        work.unsent.requests,
        work.estimator,
        work.price,
        work.as_sent,
        model=work.endpoint.name,
        host=work.endpoint.host,
        notes=number,
        cached=work.spending.cached,
        verify=work.wishes.verify,
    )
