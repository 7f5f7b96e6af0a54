"""Limits on what a run may cost: no request is sent that would pass them, and all that was done before is kept."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain

from notesense.core.ports import Arrived, Sender, unheard
from notesense.core.requests import Failure, Reply, Request
from notesense.workflows.layers.budget import Budget
from notesense.workflows.layers.spending import Spending


class Budgeted:
    """A language model that stops cleanly before a limit: the first request that would pass it, and all later ones.

    What is under way counts as it is expected, what was answered as the server counted it. Whoever sends asks the same
    budget before each further try of a request.
    """

    def __init__(self, model: Sender, budget: Budget, spending: Spending) -> None:
        self._model = model
        self._budget = budget
        self._spending = spending
        self._stopped = False

    @property
    def name(self) -> str:
        """The wrapped model's name."""
        return self._model.name

    def answer(self, requests: Iterable[Request], arrived: Arrived = unheard) -> Iterator[Reply]:
        """Yield the model's replies while the limits allow it, then the refusal of each further request."""
        waiting = iter(requests)
        held: list[Request] = []
        under_way: deque[Request] = deque()

        def allowed() -> Iterator[Request]:
            for request in chain(held[:], waiting):
                held.clear()
                if not self._budget.begin(request):
                    held.append(request)
                    return
                under_way.append(request)
                yield request

        while not self._stopped:
            try:
                for reply in self._model.answer(allowed(), arrived):
                    self._budget.settle(under_way.popleft(), reply)
                    self._spending.refused += reply.failure is Failure.BUDGET
                    yield reply
            finally:
                for request in under_way:
                    self._budget.release(request)
                under_way.clear()
            if not held:
                return
            self._stopped = not self._budget.has_room(held[0])
        for _ in chain(held, waiting):
            self._spending.refused += 1
            yield Reply(failure=Failure.BUDGET)
