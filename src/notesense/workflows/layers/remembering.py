"""The same question to the same model is asked once: later answers come from the records, at no cost."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypeAlias

from notesense.core.forms import fits
from notesense.core.ports import ModelRecords, Sender
from notesense.core.records import Call
from notesense.core.requests import Reply, Request
from notesense.core.signal import Usage
from notesense.workflows.layers.recording import Clock, utc_now
from notesense.workflows.layers.spending import Spending

Memory: TypeAlias = Literal["use", "renew", "look"]

READ_AHEAD = 64
"""Answers that may wait behind one under way before no more requests are taken."""


@dataclass
class _Place:
    """A request in line; `again` where the same one is under way before it."""

    request: Request
    again: bool
    reply: Reply | None


class Remembering:
    """A language model that answers what was asked before from the records. Failures are never remembered.

    `known_as` names model and server in the records. `renew` asks everything again once, and the new answers take the
    place of the old; `look` answers what is known and writes nothing down. A request that comes twice in one run waits
    for the first one's answer.
    """

    def __init__(
        self,
        model: Sender,
        records: ModelRecords,
        spending: Spending,
        known_as: str,
        memory: Memory = "use",
        now: Clock = utc_now,
    ) -> None:
        self._model = model
        self._records = records
        self._spending = spending
        self._known_as = known_as
        self._memory = memory
        self._asked: set[str] = set()
        self._now = now

    @property
    def name(self) -> str:
        """The wrapped model's name."""
        return self._model.name

    def answer(self, requests: Iterable[Request]) -> Iterator[Reply]:
        """Yield remembered answers at once, and the model's for the rest, all in the order of the requests."""
        waiting = iter(requests)
        for request in waiting:
            reply = self._remembered(request)
            if reply is not None:
                yield self._told(request, reply)
            else:
                yield from self._asking(request, waiting)

    def _asking(self, first: Request, waiting: Iterator[Request]) -> Iterator[Reply]:
        """Ask the model, from this request on, until too many answers wait behind one under way."""
        line: deque[_Place] = deque()
        under_way: set[str] = set()

        def unknown() -> Iterator[Request]:
            behind = 0
            for request in chain([first], waiting):
                again = request.key in under_way
                line.append(_Place(request, again, None if again else self._remembered(request)))
                if again or line[-1].reply:
                    behind += 1
                    if behind == READ_AHEAD:
                        return
                else:
                    behind = 0
                    under_way.add(request.key)
                    yield request

        for reply in self._model.answer(unknown(), self._keep):
            yield from self._ready(line)
            request = line.popleft().request
            under_way.discard(request.key)
            for place in line:
                if place.again and place.request.key == request.key:
                    place.reply = _given_again(reply)
            yield reply
        yield from self._ready(line)

    def _ready(self, line: "deque[_Place]") -> Iterator[Reply]:
        """Yield the answers that no longer wait behind one under way."""
        while line and (reply := line[0].reply):
            yield self._told(line.popleft().request, reply)

    def _remembered(self, request: Request) -> Reply | None:
        if self._memory == "renew" and request.key not in self._asked:
            return None
        return known(self._records, request, self._known_as)

    def _keep(self, request: Request, reply: Reply) -> None:
        """Write an answer down, as soon as it is there: it is paid for, whether its turn still comes or not."""
        self._asked.add(request.key)
        self._records.remember(request, self._known_as, reply)

    def _told(self, request: Request, reply: Reply) -> Reply:
        """Count and record an answer that cost nothing."""
        if reply.cached:
            self._spending.cached += 1
        if reply.cached and self._memory != "look":
            self._records.record([Call.of(request, reply, self.name, self._now())])
        return reply


def known(records: ModelRecords, request: Request, known_as: str) -> Reply | None:
    """Return what this model answered to this request, as far as it has the form that was asked for."""
    reply = records.remembered(request.key, known_as)
    return reply if reply and reply.data is not None and fits(reply.data, request.form) else None


def _given_again(reply: Reply) -> Reply:
    """Return the reply to the same request asked a second time: nothing was sent for it."""
    return reply.model_copy(update={"usage": Usage(), "cached": reply.failure is None})
