"""An engine that says of a note when it was not trained for its language, and reads it all the same."""

from collections.abc import Iterator, Sequence

from notesense.core.languages import Tell, foreign
from notesense.core.note import Note
from notesense.core.passages import passages_of
from notesense.core.ports import Engine
from notesense.core.signal import Drafts
from notesense.workflows.wrapping import Around


class TrainedOnEnglish(Around):
    """Port `Engine` around one that was trained on English alone; `tell` tells languages."""

    def __init__(self, engine: Engine, tell: Tell) -> None:
        super().__init__(engine)
        self._tell = tell

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        """Yield the engine's answers with the language of the notes that are not in English."""
        for note, drafts in zip(notes, self._engine.extract(notes), strict=True):
            language = foreign((passage.text for passage in passages_of(note)), self._tell)
            yield drafts.model_copy(update={"language": language}) if language else drafts
