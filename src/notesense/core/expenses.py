"""What work with language models cost, and what it would: the answers of `costs` and of a dry run."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from notesense.core.estimating import Estimator
from notesense.core.note import Value
from notesense.core.prices import Price
from notesense.core.records import Spent
from notesense.core.requests import Message, Request
from notesense.core.signal import Usage


class Costs(Value):
    """The answer of `costs`: what was spent by month, model and task, and all of it together.

    `cost_usd` is the sum of the costs that are known, None where none is; the `unpriced` calls are not in it.
    """

    since: datetime.date | None = None
    spent: tuple[Spent, ...] = ()
    calls: int = 0
    cached: int = 0
    unpriced: int = 0
    cost_usd: float | None = None

    @classmethod
    def of(cls, spent: Sequence[Spent], since: datetime.date | None) -> "Costs":
        """Return these sums with their total."""
        known = [one.cost_usd for one in spent if one.cost_usd is not None]
        unpriced = sum(one.unpriced for one in spent)
        return cls(
            since=since,
            spent=tuple(spent),
            calls=sum(one.calls for one in spent),
            cached=sum(one.cached for one in spent),
            unpriced=unpriced,
            cost_usd=sum(known) if known or not unpriced else None,
        )


class PlannedRequest(Value):
    """A request as it would be sent. `tokens` is how many its messages and form will probably be."""

    task: str
    account: str
    note_id: str
    part: int
    parts: int
    messages: tuple[Message, ...]
    form_name: str
    form: dict[str, Any]
    tokens: int


class Planned(Value):
    """The answer of a dry run: what would be sent where, and what it would probably take.

    `cached` requests more were answered before and would cost nothing. `cost_usd` is None without a price. With
    `verify` there would be further requests, which depend on the answers.
    """

    model: str
    host: str
    notes: int
    cached: int = 0
    requests: tuple[PlannedRequest, ...] = ()
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    verify: bool = False


AsSent: TypeAlias = Callable[[Request], tuple[Message, ...]]
"""The messages of a request as they go out to the server that is asked."""


def planned_request(request: Request, as_sent: AsSent, expected: Usage) -> PlannedRequest:
    """Return a request as it would be sent, expected to take so much."""
    same = {name: getattr(request, name) for name in PlannedRequest.model_fields if name not in ("tokens", "messages")}
    return PlannedRequest(**same, messages=as_sent(request), tokens=expected.input_tokens)


def planned(
    requests: Sequence[Request], estimator: Estimator, price: Price | None, as_sent: AsSent, **about: Any
) -> Planned:
    """Return the plan of these requests; `about` holds its other fields."""
    expected = [estimator.expected(request) for request in requests]
    total = sum(expected, Usage())
    return Planned(
        requests=tuple(
            planned_request(request, as_sent, usage) for request, usage in zip(requests, expected, strict=True)
        ),
        input_tokens=total.input_tokens,
        output_tokens=total.output_tokens,
        cost_usd=price.cost(total) if price else None,
        **about,
    )
