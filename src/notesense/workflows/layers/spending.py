"""What a run's work with a language model has come to so far."""

from dataclasses import dataclass, field

from notesense.core.requests import Reply
from notesense.core.signal import Usage


@dataclass
class Spending:
    """Running counts of one run; the layers add to them as replies come.

    `sent` requests went out, in so many `tries`, `failed` of them without an answer; `cached` were answered from what
    was remembered; `refused` were not sent, or not once more, because a limit was reached. `unpriced` used tokens at a
    price that is not known, and stand with their tokens in `usage`, whose cost is then None.
    """

    sent: int = 0
    tries: int = 0
    failed: int = 0
    cached: int = 0
    refused: int = 0
    unpriced: int = 0
    usage: Usage = field(default_factory=Usage)

    @property
    def requests(self) -> int:
        """How many requests there were, sent or not."""
        return self.sent + self.cached + self.refused

    def add(self, reply: Reply) -> None:
        """Count a request that was sent."""
        self.sent += 1
        self.tries += reply.tries
        self.failed += reply.failure is not None
        self.unpriced += reply.usage.cost_usd is None
        self.usage += reply.usage
