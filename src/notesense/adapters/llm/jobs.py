"""Jobs of one or more requests each, answered in order while later ones are already under way."""

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from notesense.core.ports import LanguageModel
from notesense.core.requests import Failure, Reply, Request


class Job(Protocol):
    """Something that takes some requests, or none."""

    @property
    def requests(self) -> Sequence[Request]:
        """What is to be asked, in order."""
        ...


J = TypeVar("J", bound=Job)


def answered(model: LanguageModel, jobs: Iterable[J]) -> Iterator[tuple[J, tuple[Reply, ...]]]:
    """Yield each job with one reply for each of its requests, in order.

    Jobs are made only as the model takes requests. What it leaves without a reply was not sent.
    """
    waiting: deque[J] = deque()
    got: deque[Reply] = deque()

    def requests() -> Iterator[Request]:
        for job in jobs:
            waiting.append(job)
            yield from job.requests

    replies = model.answer(requests())
    try:
        for reply in replies:
            got.append(reply)
            yield from _done(waiting, got)
        got.extend(Reply(failure=Failure.NOT_SENT) for job in waiting for _ in job.requests)
        yield from _done(waiting, got)
    finally:
        if isinstance(replies, Generator):
            replies.close()


def _done(waiting: deque[J], got: deque[Reply]) -> Iterator[tuple[J, tuple[Reply, ...]]]:
    """Yield the first jobs as long as all their replies are there."""
    while waiting and len(waiting[0].requests) <= len(got):
        job = waiting.popleft()
        yield job, tuple(got.popleft() for _ in job.requests)
