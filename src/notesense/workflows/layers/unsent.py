"""The innermost model of a dry run: it sends nothing and keeps what would have been sent."""

from collections.abc import Iterable, Iterator

from notesense.core.requests import Failure, Reply, Request


class Unsent:
    """A language model that keeps each request and answers none."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.requests: list[Request] = []

    def answer(self, requests: Iterable[Request]) -> Iterator[Reply]:
        """Yield the same failure for each request: it was not sent."""
        for request in requests:
            self.requests.append(request)
            yield Reply(failure=Failure.NOT_SENT)
