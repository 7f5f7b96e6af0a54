"""Every call written down with its tokens, its cost, its time and its outcome."""

import datetime
from collections.abc import Callable, Iterable, Iterator

from notesense.core.ports import Arrived, ModelRecords, Sender, unheard
from notesense.core.prices import Price
from notesense.core.records import Call
from notesense.core.requests import Reply, Request
from notesense.core.signal import Usage
from notesense.workflows.layers.spending import Spending

Clock = Callable[[], datetime.datetime]


def utc_now() -> datetime.datetime:
    """Return this moment, in UTC."""
    return datetime.datetime.now(datetime.UTC)


class Recorded:
    """A language model whose calls are priced, and recorded as soon as their replies are there.

    Without a price the cost is None, and so it is for an answer whose tokens the server did not count.
    """

    def __init__(
        self,
        model: Sender,
        records: ModelRecords,
        price: Price | None,
        spending: Spending,
        now: Clock = utc_now,
    ) -> None:
        self._model = model
        self._records = records
        self._price = price
        self._spending = spending
        self._now = now

    @property
    def name(self) -> str:
        """The wrapped model's name."""
        return self._model.name

    def answer(self, requests: Iterable[Request], arrived: Arrived = unheard) -> Iterator[Reply]:
        """Yield the model's replies, with what they cost."""

        def record(request: Request, reply: Reply) -> None:
            told = self._told(reply)
            if _was_sent(reply):
                self._spending.add(told)
                self._records.record([Call.of(request, told, self.name, self._now())])
            arrived(request, told)

        yield from map(self._told, self._model.answer(requests, record))

    def _told(self, reply: Reply) -> Reply:
        return reply.model_copy(update={"usage": priced(reply, self._price)}) if _was_sent(reply) else reply


def priced(reply: Reply, price: Price | None) -> Usage:
    """Return a reply's usage with its cost: None without a price, or where an answer's tokens are not known."""
    usage = reply.usage
    counted = usage.input_tokens or usage.output_tokens
    if not counted and reply.failure is not None:
        return usage.model_copy(update={"cost_usd": 0.0})
    return usage.model_copy(update={"cost_usd": price.cost(usage) if price and counted else None})


def _was_sent(reply: Reply) -> bool:
    """Tell whether the request left: a failure on which no time was spent came from giving up before."""
    return reply.failure is None or reply.usage != Usage()
