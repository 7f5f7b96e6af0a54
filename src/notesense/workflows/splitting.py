"""An engine that keeps restricted notes on this machine: they are read by the local engine, all others by the other."""

from collections.abc import Callable, Iterator, Sequence

from notesense.core.note import Note
from notesense.core.ports import Engine
from notesense.core.signal import Drafts
from notesense.workflows.wrapping import Around


class Marking(Around):
    """Port `Engine` that hands all notes to `mark` before another engine sees one of them."""

    def __init__(self, engine: Engine, mark: Callable[[Sequence[Note]], None]) -> None:
        super().__init__(engine)
        self._mark = mark

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        """Mark the notes, then let the engine answer."""
        self._mark(notes)
        yield from self._engine.extract(notes)


class Split(Around):
    """Port `Engine` over two engines, named after the first.

    `stays` tells which notes the local one, made when it is needed, reads. Their ids are put into `stayed`,
    and their drafts tell who read them.
    """

    def __init__(
        self, outside: Engine, local: Callable[[], Engine], stays: Callable[[Note], bool], stayed: set[str]
    ) -> None:
        super().__init__(outside)
        self._local = local
        self._stays = stays
        self._stayed = stayed

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        """Answer for each note, in order, by the engine that may read it."""
        staying = {note.id for note in notes if self._stays(note)}
        inside = self._inside([note for note in notes if note.id in staying])
        outside = iter(self._engine.extract([note for note in notes if note.id not in staying]))
        self._stayed |= staying
        for note in notes:
            yield next(inside if note.id in staying else outside)

    def _inside(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        if notes:
            local = self._local()
            for drafts in local.extract(notes):
                yield drafts.model_copy(update={"engine": local.name})
