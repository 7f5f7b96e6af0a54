"""The facts of a history (`account.json`): what a careful account manager who has read all of it knows on a day.

The form is documented in evals/README.md. Nothing is optional but what may be null; nothing unknown is let through.
"""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from notesense.core.picture import StandingType
from notesense.core.vocabulary import Channel

Rule = Literal[
    "ok_over_issue",
    "pitch_declined",
    "rumour_as_fact",
    "own_words_as_customers",
    "hedge_as_promise",
    "blame_person",
    "renewal_first",
]
Change = Literal[
    "joined",
    "left",
    "promoted",
    "role_change",
    "reorganisation",
    "acquisition",
    "succession",
    "power_struggle",
]
CauseName = Literal[
    "delivery",
    "communication",
    "execution",
    "quality",
    "unused",
    "unclear_return",
    "competitor",
    "budget",
    "new_decider",
]


class Fact(BaseModel):
    """Base of all facts: immutable, strict, complete."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Words(Fact):
    """An exact run of a note."""

    note_id: str = Field(min_length=1)
    quote: str = Field(min_length=1)


class ContactFacts(Fact):
    """What plain counting gives."""

    last_contact: datetime.date
    days_since_last_contact: int
    last_live_contact: datetime.date | None
    longest_gap_days: int | None
    channel_mix: dict[Channel, int]
    email_only_since: datetime.date | None


class Shown(Words):
    """A statement, and later words that show how it stands."""

    evidence: tuple[Words, ...]


class PromiseFact(Shown):
    """A labelled commitment."""

    owner: Literal["us", "customer"]
    person: str | None
    due: datetime.date | None
    status: Literal["open", "overdue", "kept", "dropped", "unclear"]
    hung_on_leaver: bool


class PersonFact(Words):
    """Someone about whom a change of role was told, as of the day. `effective` is a day or the note's own words."""

    person: str | None
    role: str | None
    side: Literal["customer", "us"]
    change: Change
    certainty: Literal["rumored", "announced", "effective"]
    effective: str | None
    in_role: bool


class SinceFact(Words):
    """What came after the last live meeting; `before` is the matter as it was told before."""

    type: Literal["new", "changed", "settled", "still_open", "quiet"]
    before: Words | None


class ExpectationFact(Shown):
    """What the customer expects."""

    status: Literal["met", "missed", "changed", "stale", "current"]


class PainFact(Shown):
    """A problem; a `fire` must be put out before anything else."""

    status: Literal["open", "settled"]
    fire: bool


class RecurringFact(Fact):
    """A matter with all its tellings."""

    what: str
    kind: str
    occurrences: tuple[Words, ...] = Field(min_length=2)


class CauseFact(Fact):
    """What lies behind a price complaint."""

    cause: CauseName
    evidence: tuple[Words, ...] = Field(min_length=1)


class PriceFact(Words):
    """A price complaint; no cause means that the notes leave it unclear."""

    causes: tuple[CauseFact, ...]
    proof_of_value: tuple[Words, ...]


class SupportFact(Shown):
    """A problem told in a support note or with a ticket."""

    status: Literal["open", "resolved"]


class StalledFact(Words):
    """Something of ours that is still unused on the day: its newest telling."""

    last_mention: datetime.date


class StandingFact(Fact):
    """How the account stands."""

    type: StandingType
    reasons: tuple[Words, ...]


class Topic(Fact):
    """What a good agenda must raise."""

    topic: str
    evidence: tuple[Words, ...] = Field(min_length=1)


class Trap(Words):
    """What must not happen in the meeting; `words` may not be said aloud because of it."""

    rule: Rule
    words: tuple[Annotated[str, Field(pattern=r"\S")], ...]


class Facts(Fact):
    """All facts of a history on the day `as_of`."""

    account: str
    as_of: datetime.date
    meeting: datetime.date
    renewal: datetime.date | None
    minutes: int = Field(ge=1)
    present: tuple[str, ...] = Field(alias="with")
    contact: ContactFacts
    promises: tuple[PromiseFact, ...]
    people: tuple[PersonFact, ...]
    since_last_meeting: tuple[SinceFact, ...]
    expectations: tuple[ExpectationFact, ...]
    pains: tuple[PainFact, ...]
    recurring: tuple[RecurringFact, ...]
    price: tuple[PriceFact, ...]
    support: tuple[SupportFact, ...]
    stalled: tuple[StalledFact, ...]
    standing: StandingFact
    must_ask: tuple[Topic, ...]
    must_not: tuple[Trap, ...]
