"""An engine that is watched: progress is told as each note is read."""

from collections.abc import Iterator, Sequence

from notesense.core.note import Note
from notesense.core.ports import Engine, Progress
from notesense.core.signal import Drafts
from notesense.workflows.wrapping import Around


class Watched(Around):
    """Wraps an engine that takes seconds a note."""

    def __init__(self, engine: Engine, progress: Progress) -> None:
        super().__init__(engine)
        self._progress = progress

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        """Yield the engine's answers, telling how many there are."""
        for done, drafts in enumerate(self._engine.extract(notes), 1):
            self._progress(done, len(notes))
            yield drafts
