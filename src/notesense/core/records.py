"""What is kept of the work with language models: calls and what they cost, abilities, restrictions.

Nothing here holds a key. A call tells what it was about by note id and account, never in a note's words.
"""

import datetime
from typing import Literal, TypeAlias

from notesense.core.note import Value
from notesense.core.requests import Failure, Reply, Request
from notesense.core.signal import Usage

Outcome: TypeAlias = Literal["answered", "cached", "failed"]

UNSENT = frozenset({Failure.BUDGET, Failure.RESTRICTED, Failure.NOT_SENT, Failure.WAITING, Failure.INTERRUPTED})
"""Failures of requests that never left: no calls."""


class Call(Value):
    """One request that was sent, or answered from what was remembered. `made` is in UTC; `key` is the request's."""

    made: datetime.datetime
    task: str
    model: str
    key: str
    note_id: str = ""
    account: str = ""
    usage: Usage = Usage()
    outcome: Outcome = "answered"
    failure: Failure | None = None

    @classmethod
    def of(cls, request: Request, reply: Reply, model: str, made: datetime.datetime) -> "Call":
        """Return the call that this request was."""
        outcome: Outcome = "failed" if reply.failure else "cached" if reply.cached else "answered"
        return cls(
            made=made,
            task=request.task,
            model=model,
            key=request.key,
            note_id=request.note_id,
            account=request.account,
            usage=reply.usage,
            outcome=outcome,
            failure=reply.failure,
        )


class Spent(Value):
    """What a month's calls of one model for one task came to. A month is `2026-03`, in UTC.

    `calls` were sent, `failed` of them without an answer; `cached` more were answered from what was remembered.
    `cost_usd` is the sum of the costs that are known, None where none is; `unpriced` calls stand in no sum of it.
    """

    month: str
    model: str
    task: str
    calls: int = 0
    failed: int = 0
    cached: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cost_usd: float | None = None
    unpriced: int = 0


class Ability(Value):
    """The way in which a server's model was found to give structured answers, such as `json_schema`."""

    server: str
    model: str
    step: str


class Restriction(Value):
    """An account, or one note of it, whose words never leave this machine. An empty `note_id` means all its notes."""

    account: str
    note_id: str = ""
