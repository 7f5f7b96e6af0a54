"""What is restricted never goes further in: no other layer sees it, and no model."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from notesense.core.ports import LanguageModel
from notesense.core.requests import Failure, Reply, Request
from notesense.core.restriction import Restricted


class Restricting:
    """A language model that is not asked about restricted accounts and notes; it stands outside all other layers.

    `restricted` is asked anew for each request, so that a restriction counts from the moment it is made.
    """

    def __init__(self, model: LanguageModel, restricted: Callable[[], Restricted]) -> None:
        self._model = model
        self._restricted = restricted

    @property
    def name(self) -> str:
        """The wrapped model's name."""
        return self._model.name

    def answer(self, requests: Iterable[Request]) -> Iterator[Reply]:
        """Yield the model's replies, and the failure RESTRICTED for what it was not asked, in order."""
        line: deque[bool] = deque()
        """For each request under way, whether the model was asked."""

        def allowed() -> Iterator[Request]:
            for request in requests:
                line.append(not self._restricted().request(request))
                if line[-1]:
                    yield request

        for reply in self._model.answer(allowed()):
            while not line.popleft():
                yield Reply(failure=Failure.RESTRICTED)
            yield reply
        while line and not line[0]:
            line.popleft()
            yield Reply(failure=Failure.RESTRICTED)
