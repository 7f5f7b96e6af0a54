"""What `eval accounts` answers: how briefings of written histories agree with what their writers know, part by part.

Every figure is a share of counts, so figures of several histories are pooled by adding. None where nothing is to be
measured, never 0.
"""

import datetime

from pydantic import Field

from notesense.core.evaluated import About, Limit
from notesense.core.note import Value


class Score(Value):
    """One figure. `right` of `total` are right; for an F1 they are twice the pairs, and the claims of both sides."""

    name: str
    """As `--min` takes it: `promises.kept.precision`."""
    right: int
    total: int
    value: float | None
    target: float | None = None
    """What it should reach; None where no target was set."""
    reached: bool | None = None
    """None without a target. A figure that could not be measured reaches none."""


class Quoted(Value):
    """Words of a note."""

    note_id: str
    quote: str


class Miss(Value):
    """One place where briefing and facts differ. `gold` is None for what only we told, `told` for what we lacked."""

    part: str
    gold: str | None
    told: str | None
    words: tuple[Quoted, ...] = ()


class HistoryScores(Value):
    """What one history came to. One with `failed` notes stands in no pooled figure."""

    name: str
    """The history's folder."""
    account: str
    as_of: datetime.date
    notes: int
    compared: bool = False
    """False: nobody weighed what later words say, so nothing could be found kept, settled or told again by meaning."""
    lacking: tuple[str, ...] = ()
    """Measured fields that the briefing does not have, such as `people.in_role`: taken as empty."""
    failed: tuple[str, ...] = ()
    """The notes on which the engine failed, each with the reason."""
    scores: tuple[Score, ...] = ()
    misses: tuple[Miss, ...] = ()


class AccountsScored(Value):
    """The answer of `eval accounts`."""

    about: About
    scores: tuple[Score, ...]
    histories: tuple[HistoryScores, ...] = Field(min_length=1)
    limits: tuple[Limit, ...] = ()
