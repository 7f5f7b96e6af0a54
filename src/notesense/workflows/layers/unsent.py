"""The innermost model of a dry run: it sends nothing and keeps what would have been sent."""

from collections.abc import Iterable, Iterator

from notesense.core.ports import Arrived, unheard
from notesense.core.requests import Failure, Reply, Request


class Unsent:
    """A language model that keeps each request, the same one once, and answers none."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._kept: dict[str, Request] = {}

    @property
    def requests(self) -> tuple[Request, ...]:
        """What would have been sent, in order."""
        return tuple(self._kept.values())

    def answer(self, requests: Iterable[Request], arrived: Arrived = unheard) -> Iterator[Reply]:
        """Yield the same failure for each request: it was not sent, and nothing arrives."""
        for request in requests:
            self._kept.setdefault(request.key, request)
            yield Reply(failure=Failure.NOT_SENT)
