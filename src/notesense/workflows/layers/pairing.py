"""Requests beside their replies, where a model only promises the same order."""

from collections import deque
from collections.abc import Iterable, Iterator

from notesense.core.ports import LanguageModel
from notesense.core.requests import Reply, Request


def paired(model: LanguageModel, requests: Iterable[Request]) -> Iterator[tuple[Request, Reply]]:
    """Yield each request with its reply, taking requests only as the model does."""
    under_way: deque[Request] = deque()

    def noted() -> Iterator[Request]:
        for request in requests:
            under_way.append(request)
            yield request

    for reply in model.answer(noted()):
        yield under_way.popleft(), reply
