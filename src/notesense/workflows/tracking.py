"""Read the notes that are there already for new or changed trackers: note by note, so that it can go on after a stop.

The signals of the nine kinds, a person's labels and the signals of trackers that are gone from the file stay.
"""

from dataclasses import dataclass

from notesense.core.ports import Engine, Progress, Store
from notesense.core.trackers import Trackers
from notesense.workflows.asking import drafts_of
from notesense.workflows.tellings import Tellings


@dataclass(frozen=True)
class Tracking:
    """The team's trackers, and the engine that finds them and nothing else."""

    trackers: Trackers
    engine: Engine


def read_for_trackers(store: Store, tracking: Tracking, progress: Progress | None = None) -> int:
    """Read each note that these trackers have not seen; return how many were read.

    A note that is saved is done; one on which the engine fails is left for the next time.
    """
    trackers, engine = tracking.trackers, tracking.engine
    waiting = store.untracked(trackers.mark) if trackers.trackers else ()
    tellings = Tellings(store)
    read = 0
    for at in range(0, len(waiting), engine.batch):
        notes = [note for note_id in waiting[at : at + engine.batch] if (note := store.note(note_id)) is not None]
        for note, drafts in zip(notes, drafts_of(notes, engine), strict=True):
            if drafts.error is None:
                extraction = tellings.ground(note, drafts, engine.name, trackers)
                store.replace_tracked(note.id, extraction, trackers.names)
                read += 1
        if progress is not None and len(waiting) > engine.batch:
            progress(min(at + engine.batch, len(waiting)), len(waiting))
    return read
