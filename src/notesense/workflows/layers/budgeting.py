"""Limits on what a run may cost: no request is sent that would pass them, and all that was done before is kept."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from notesense.core.estimating import Estimator
from notesense.core.ports import Arrived, Sender, unheard
from notesense.core.prices import Price
from notesense.core.requests import Failure, Reply, Request
from notesense.core.signal import Usage
from notesense.workflows.layers.spending import Spending


@dataclass(frozen=True)
class Limits:
    """The most that a run may cost in US$, and the most tokens that it may take, in and out; None is no limit."""

    cost: float | None = None
    tokens: int | None = None


class Budgeted:
    """A language model that stops cleanly before a limit: the first request that would pass it, and all later ones.

    What is under way counts as it is expected, what was answered as the server counted it. `price` is needed for a
    limit on cost. For a server that counts no tokens what was expected counts.
    """

    def __init__(
        self, model: Sender, limits: Limits, price: Price | None, estimator: Estimator, spending: Spending
    ) -> None:
        self._model = model
        self._limits = limits
        self._price = price
        self._estimator = estimator
        self._spending = spending
        self._cost = 0.0
        self._tokens = 0
        self._stopped = False

    @property
    def name(self) -> str:
        """The wrapped model's name."""
        return self._model.name

    def answer(self, requests: Iterable[Request], arrived: Arrived = unheard) -> Iterator[Reply]:
        """Yield the model's replies while the limits allow it, then the refusal of each further request."""
        waiting = iter(requests)
        held: list[Request] = []
        under_way: deque[tuple[Request, Usage]] = deque()

        def allowed() -> Iterator[Request]:
            for request in chain(held[:], waiting):
                held.clear()
                expected = self._expected(request)
                if not self._fits(expected):
                    held.append(request)
                    return
                under_way.append((request, expected))
                self._count(expected)
                yield request

        while not self._stopped:
            try:
                for reply in self._model.answer(allowed(), arrived):
                    self._settle(*under_way.popleft(), reply)
                    yield reply
            finally:
                for _, expected in under_way:
                    self._count(expected, -1)
                under_way.clear()
            if not held:
                return
            self._stopped = not self._fits(self._expected(held[0]))
        for _ in chain(held, waiting):
            self._spending.refused += 1
            yield Reply(failure=Failure.BUDGET)

    def _expected(self, request: Request) -> Usage:
        return self._costing(self._estimator.expected(request))

    def _costing(self, usage: Usage) -> Usage:
        return usage.model_copy(update={"cost_usd": self._price.cost(usage) if self._price else None})

    def _fits(self, expected: Usage) -> bool:
        """Tell whether this too would stay within the limits, with all that is under way."""
        tokens = self._tokens + expected.input_tokens + expected.output_tokens
        within_cost = self._limits.cost is None or self._cost + (expected.cost_usd or 0.0) <= self._limits.cost
        return within_cost and (self._limits.tokens is None or tokens <= self._limits.tokens)

    def _count(self, usage: Usage, sign: int = 1) -> None:
        self._cost += sign * (usage.cost_usd or 0.0)
        self._tokens += sign * (usage.input_tokens + usage.output_tokens)

    def _settle(self, request: Request, expected: Usage, reply: Reply) -> None:
        """Count what a reply took in the place of what was expected."""
        self._estimator.learn(request, reply.usage)
        if reply.usage.input_tokens or reply.usage.output_tokens or reply.failure is not None:
            self._count(expected, -1)
            self._count(self._costing(reply.usage))
