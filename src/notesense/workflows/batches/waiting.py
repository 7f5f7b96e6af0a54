"""The innermost language models of batches: one that only writes down what is asked, one that answers from a file."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from notesense.core.batch_ports import BatchServer
from notesense.core.batches import Outcome
from notesense.core.ports import Arrived, unheard
from notesense.core.requests import Failure, Reply, Request
from notesense.core.signal import Usage

Recall = Callable[[Request], Reply | None]
"""What was answered to this request before, or None."""


@dataclass(frozen=True)
class Bounds:
    """The most that a run may cost in US$, and the most tokens that it may take, in and out; None is no limit."""

    cost: float | None = None
    tokens: int | None = None

    def bear(self, usage: Usage) -> bool:
        """Tell whether this much may be spent; what has no known price costs nothing here."""
        tokens = usage.input_tokens + usage.output_tokens
        within_cost = self.cost is None or (usage.cost_usd or 0.0) <= self.cost
        return within_cost and (self.tokens is None or tokens <= self.tokens)


class Noting:
    """A language model that sends nothing: it answers what was answered before, and notes the rest as waiting.

    `underway` tells of a request whether it waits for its answer already; then it costs nothing more. `usage` is what
    the rest will probably take. From the first request that would pass the bounds none is noted any more.
    """

    def __init__(
        self,
        name: str,
        recall: Recall,
        expected: Callable[[Request], Usage],
        underway: Callable[[Request], bool] = lambda request: False,
        bounds: Bounds | None = None,
    ) -> None:
        self.name = name
        self.usage = Usage()
        self._recall = recall
        self._expected = expected
        self._underway = underway
        self._noted: set[str] = set()
        self._bounds = bounds or Bounds()
        self._full = False
        self._by_note: defaultdict[str, list[Request]] = defaultdict(list)

    def answer(self, requests: Iterable[Request], arrived: Arrived = unheard) -> Iterator[Reply]:
        """Yield a reply for each request: a remembered one, else that it waits, or that a limit is reached."""
        for request in requests:
            yield self._recall(request) or self._note(request)

    def taken(self, note_id: str) -> list[Request]:
        """Return, once, what was noted about a note."""
        return self._by_note.pop(note_id, [])

    def _note(self, request: Request) -> Reply:
        if request.key not in self._noted and not self._underway(request):
            usage = self.usage + self._expected(request)
            self._full = self._full or not self._bounds.bear(usage)
            if self._full:
                return Reply(failure=Failure.BUDGET)
            self.usage = usage
            self._noted.add(request.key)
        self._by_note[request.note_id].append(request)
        return Reply(failure=Failure.WAITING)


class FromFile:
    """A language model that answers from what a batch brought. `waiting` are keys that other batches will bring.

    `lacking` are the notes about which it was asked something that was not answered.
    """

    def __init__(
        self, name: str, outcomes: Mapping[str, Outcome], server: BatchServer, waiting: Collection[str] = ()
    ) -> None:
        self.name = name
        self.lacking: set[str] = set()
        self._outcomes = outcomes
        self._server = server
        self._waiting = waiting

    def answer(self, requests: Iterable[Request], arrived: Arrived = unheard) -> Iterator[Reply]:
        """Yield what the batch answered to each request, or why there is nothing."""
        for request in requests:
            reply = self._reply(request)
            if reply.data is None:
                self.lacking.add(request.note_id)
            arrived(request, reply)
            yield reply

    def _reply(self, request: Request) -> Reply:
        outcome = self._outcomes.get(request.key)
        if outcome is None and request.key in self._waiting:
            return Reply(failure=Failure.WAITING)
        if outcome is None:
            return Reply(failure=Failure.NOT_SENT, detail="it was not in the batch")
        if outcome.body is None:
            return Reply(failure=outcome.failure, detail=outcome.detail)
        return self._server.reply(request, outcome.body)
