"""What a run may cost, and what of it is left while several requests are under way."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from notesense.core.estimating import Estimator
from notesense.core.prices import Price
from notesense.core.requests import Reply, Request
from notesense.core.signal import Usage


@dataclass(frozen=True)
class Limits:
    """The most that a run may cost in US$, and the most tokens that it may take, in and out; None is no limit."""

    cost: float | None = None
    tokens: int | None = None


class Budget:
    """Sets aside what requests will probably take, and counts what they took; all threads may ask it.

    `price` is needed for a limit on cost. For an answer whose tokens a server does not count what was expected counts.
    """

    def __init__(self, limits: Limits, price: Price | None, estimator: Estimator) -> None:
        self._limits = limits
        self._price = price
        self._estimator = estimator
        self._lock = threading.Lock()
        self._taken = Usage()
        self._aside: dict[str, Usage] = {}

    def has_room(self, request: Request) -> bool:
        """Tell whether a request would stay within the limits, with all that is under way."""
        with self._lock:
            return self._bears(self._expected(request))

    def begin(self, request: Request) -> bool:
        """Set aside what a request will probably take; False, and nothing is, where a limit would be passed."""
        with self._lock:
            expected = self._expected(request)
            if not self._bears(expected):
                return False
            self._aside[request.key] = expected
            return True

    def further(self, request: Request, answered: Sequence[Usage]) -> bool:
        """Set aside what one more try will take, beside what the tries took that were answered; False as in `begin`."""
        with self._lock:
            expected = self._expected(request)
            taken = [self._costing(each) if _is_counted(each) else expected for each in answered]
            wanted = sum(taken, expected)
            before = self._aside.pop(request.key, Usage())
            fits = self._bears(wanted)
            self._aside[request.key] = wanted if fits else before
            return fits

    def settle(self, request: Request, reply: Reply) -> None:
        """Count what a reply took in the place of what was set aside."""
        with self._lock:
            expected = self._aside.pop(request.key, Usage())
            if reply.tries == 1:
                self._estimator.learn(request, reply.usage)
            known = _is_counted(reply.usage) or reply.failure is not None
            self._taken += self._costing(reply.usage) if known else expected

    def release(self, request: Request) -> None:
        """Set nothing aside any more for a request of which no reply comes."""
        with self._lock:
            self._aside.pop(request.key, None)

    def _expected(self, request: Request) -> Usage:
        return self._costing(self._estimator.expected(request))

    def _costing(self, usage: Usage) -> Usage:
        return usage.model_copy(update={"cost_usd": self._price.cost(usage) if self._price else None})

    def _bears(self, more: Usage) -> bool:
        every = (self._taken, *self._aside.values(), more)
        tokens = sum(each.input_tokens + each.output_tokens for each in every)
        cost = sum(each.cost_usd or 0.0 for each in every)
        within_cost = self._limits.cost is None or cost <= self._limits.cost
        return within_cost and (self._limits.tokens is None or tokens <= self._limits.tokens)


def _is_counted(usage: Usage) -> bool:
    return bool(usage.input_tokens or usage.output_tokens)
