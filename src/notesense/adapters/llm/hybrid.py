"""The hybrid engine: the local engine chooses passages worth a model's attention, the model reads those alone.

What is left out never leaves this machine. Of a note in another language than English, for which the local engine was
not trained, everything is sent. A team's trackers are not asked for: they are found on this machine, over
the whole note.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from notesense.adapters.llm.engine import LlmEngine
from notesense.adapters.local.attention import Attention, load
from notesense.adapters.local.engine import LocalEngine
from notesense.adapters.local.features import Reading
from notesense.core.languages import Tell, foreign
from notesense.core.note import Note
from notesense.core.passage import Passage
from notesense.core.ports import LanguageModel


class LocalChooser:
    """Chooses the passages in which the local engine sees anything at all, with their neighbours.

    Of a note in a language that it was not trained for, these are all. `tell` tells languages.
    """

    batch = LocalEngine.batch

    def __init__(self, local: LocalEngine, tell: Tell) -> None:
        self._local = local
        self._tell = tell

    @cached_property
    def _attention(self) -> Attention:
        return load()

    @property
    def version(self) -> str:
        """The local model and the thresholds."""
        pairs = (*self._attention.transcripts, *self._attention.others)
        return "-".join([self._local.shipped.version, *(f"{number:g}" for number in pairs)])

    def choose(self, notes: Sequence[tuple[Note, tuple[Passage, ...]]]) -> Iterator[Collection[int]]:
        """Yield for each note the ordinals of the passages to be sent."""
        readings = [Reading(*each) for each in notes]
        for reading, scores in zip(readings, self._local.attention(readings), strict=True):
            is_foreign = foreign((passage.text for passage in reading.passages), self._tell)
            yield range(len(reading.passages)) if is_foreign else self._attention.chosen(reading, scores)


def hybrid(model: LanguageModel, local: LocalEngine, tell: Tell, *, verify: bool = False) -> LlmEngine:
    """Return an engine that sends a model only what the local engine finds worth it."""
    return LlmEngine(model, verify=verify, chooser=LocalChooser(local, tell))
