"""A layer that overhears what is asked before it is redacted, and keeps of the known names those that bear on it."""

from collections.abc import Iterable, Iterator

from notesense.core.batch_names import relevant
from notesense.core.ports import LanguageModel
from notesense.core.redaction import Known
from notesense.core.requests import Reply, Request


class Overhearing:
    """A language model around one that redacts with these known names."""

    def __init__(self, model: LanguageModel, known: Known) -> None:
        self._model = model
        self._known = known
        self._names: dict[tuple[str, int], str] = {}

    @property
    def name(self) -> str:
        """The wrapped model's name."""
        return self._model.name

    def names(self, note_id: str, part: int) -> str:
        """Return, once, what the redaction of this part of a note rested on."""
        return self._names.pop((note_id, part), "")

    def answer(self, requests: Iterable[Request]) -> Iterator[Reply]:
        """Yield the model's replies."""
        return self._model.answer(self._overheard(requests))

    def _overheard(self, requests: Iterable[Request]) -> Iterator[Request]:
        for request in requests:
            text = "\n".join(message.text for message in request.messages)
            self._names[request.note_id, request.part] = relevant(self._known, text)
            yield request
