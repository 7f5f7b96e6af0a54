"""An engine that is watched: progress is told as each note is read."""

from collections.abc import Iterator, Sequence

from notesense.core.note import Note
from notesense.core.ports import Engine, Progress
from notesense.core.signal import Drafts


class Watched:
    """Wraps an engine that takes seconds a note."""

    def __init__(self, engine: Engine, progress: Progress) -> None:
        self._engine = engine
        self._progress = progress

    @property
    def name(self) -> str:
        """The wrapped engine's name."""
        return self._engine.name

    @property
    def version(self) -> str:
        """The wrapped engine's version."""
        return self._engine.version

    @property
    def batch(self) -> int:
        """How many notes the wrapped engine likes at once."""
        return self._engine.batch

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        """Yield the engine's answers, telling how many there are."""
        for done, drafts in enumerate(self._engine.extract(notes), 1):
            self._progress(done, len(notes))
            yield drafts
