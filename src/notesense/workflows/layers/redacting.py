"""What is chosen of names, addresses, numbers and amounts never reaches the model: placeholders go out in their place.

Everything inside this layer, what is remembered and recorded too, sees placeholders alone; everything outside it sees
the words themselves.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from notesense.core.ports import LanguageModel
from notesense.core.redaction import Known, Redactable, redacted, restored
from notesense.core.requests import Reply, Request


class Redacting:
    """A language model that is asked with placeholders. `known` tells the names that are known, once it is needed.

    `ordinary` are words, in lower case, that the beginning of a sentence does not make a name.
    """

    def __init__(
        self,
        model: LanguageModel,
        chosen: frozenset[Redactable],
        known: Callable[[], Known],
        ordinary: Collection[str] = frozenset(),
    ) -> None:
        self._model = model
        self._chosen = chosen
        self._tell_known = known
        self._known: Known | None = None
        self._ordinary = ordinary

    @property
    def name(self) -> str:
        """The wrapped model's name."""
        return self._model.name

    def answer(self, requests: Iterable[Request]) -> Iterator[Reply]:
        """Yield the model's replies with all placeholders put back; one that stands for nothing stays as it is."""
        under_way: deque[Mapping[str, str]] = deque()

        def sent() -> Iterator[Request]:
            for request in requests:
                request, originals = redacted(request, self._chosen, self.known, self._ordinary)
                under_way.append(originals)
                yield request

        for reply in self._model.answer(sent()):
            originals = under_way.popleft()
            yield reply.model_copy(update={"data": restored(reply.data, originals)})

    @property
    def known(self) -> Known:
        """The names that are known: asked for once, so that a run redacts alike from its first request to its last."""
        if self._known is None:
            self._known = self._tell_known()
        return self._known
