"""The picture of one account as of a day: contact, promises, people, expectations, pains, price and the rest.

Types only; `portrait.py` draws them. Each line that states something of the notes carries evidence; what the notes do
not tell stands in `Gap`s. All days are days of notes, never later than `as_of`. `model_dump(mode="json")` of these
types is the JSON of `brief`.
"""

import datetime
from typing import Literal, Self

from pydantic import Field, model_validator

from notesense.core.evidence import Backed, Evidence, Stated
from notesense.core.note import Value

StandingType = Literal["a_list", "steady", "at_risk", "deja_vu", "unknown"]
Owner = Literal["us", "customer", "unknown"]
PromiseStatus = Literal["open", "overdue", "kept", "dropped", "unclear"]
"""`kept` and `dropped` are given only with the later words that show it, so never where nothing was compared."""
ExpectationStatus = Literal["current", "stale", "met", "missed", "changed"]
ChangeType = Literal["new", "changed", "settled", "still_open", "quiet"]
PatternCode = Literal["quiet", "no_live", "email_only", "long_gap", "renewal_only", "slowing", "decider_unheard"]


class Reason(Backed):
    """Why the account stands as it does: our sentence, with the words it rests on."""

    text: str


class Gap(Value):
    """Something that the notes do not tell. It states nothing of the notes, so it has no evidence."""

    code: str
    text: str


class Standing(Value):
    """How the account stands. `rule` says by which rule; `missing` says what is lacking when the type is unknown."""

    type: StandingType
    rule: str
    reasons: tuple[Reason, ...] = ()
    missing: tuple[Gap, ...] = ()

    @model_validator(mode="after")
    def _has_grounds(self) -> Self:
        if self.type != "unknown" and not self.reasons:
            raise ValueError("a standing needs at least one reason")
        if self.type == "unknown" and not self.missing:
            raise ValueError("an unknown standing says what is missing")
        return self


class Pattern(Value):
    """A habit in the contact history: our sentence, plain counts and dates, and the notes counted."""

    code: PatternCode
    text: str
    days: int | None = None
    since: datetime.date | None = None
    note_ids: tuple[str, ...] = Field(min_length=1)


class Contact(Value):
    """The contact clock. Live contact is a call or a meeting. All fields are None for an account without notes."""

    last_contact: datetime.date | None = None
    days_since_last_contact: int | None = None
    last_live_contact: datetime.date | None = None
    days_since_last_live_contact: int | None = None
    longest_gap_days: int | None = None
    longest_gap: tuple[datetime.date, datetime.date] | None = None
    usual_interval_days: int | None = None
    """Median of the days between one day of contact and the next; None with fewer than three days of contact."""
    earlier_interval_days: int | None = None
    recent_interval_days: int | None = None
    """The same median before and within the last `RECENT_DAYS` of `contact.py`; None where either has too few days."""
    usual_live_interval_days: int | None = None
    longest_live_gap_days: int | None = None
    """Both between calls and meetings alone."""
    channel_mix: dict[str, int] = Field(default_factory=dict)
    channel_mix_by_quarter: dict[str, dict[str, int]] = Field(default_factory=dict)
    """By quarter, such as `2026-Q1`, oldest first; a quarter without contact is there and empty."""
    email_only_since: datetime.date | None = None
    """The day of the first of the last e-mails in a row, where there are enough of them to be a habit."""
    days: tuple[datetime.date, ...] = ()
    """All days of contact, oldest first: the time line."""
    patterns: tuple[Pattern, ...] = ()


class Since(Value):
    """What `since_last_meeting` is measured against.

    `after`: what notes brought after that live meeting. `brought`: the live meeting is the newest note, so what it
    brought itself. `all`: no live meeting is known, so the newest statements of the whole account.
    """

    mode: Literal["after", "brought", "all"]
    meeting: datetime.date | None = None
    text: str


class Change(Stated):
    """What is other than at the last live meeting.

    `new`: told for the first time. `changed`, `settled` and `still_open`: words on what was told `before`. `quiet`:
    open then, and not told of since; the quote is its last mention.
    """

    type: ChangeType
    kind: str
    date: datetime.date
    label: str
    before: Evidence | None = None


class Promise(Stated):
    """A promise by either side. `told` is our word on how it stands.

    `due` is an ISO date where the words settle a day, then told in `due_words`; else it is the note's own words.
    Where later words were compared, the evidence after the first shows the status, or that it was asked for again.
    """

    owner: Owner
    person: str | None = None
    made: datetime.date
    due: str | None = None
    due_words: str | None = None
    days_overdue: int | None = None
    status: PromiseStatus
    hung_on: str | None = None
    """Who was to do it and has left since."""
    told: str


class SupportIssue(Stated):
    """A problem told in a support note, or with a ticket. The evidence after the first shows how it stands."""

    date: datetime.date
    age_days: int
    status: Literal["open", "resolved", "unclear"]
    ticket: str | None = None
    told: str


class Person(Stated):
    """Somebody of whose role a change was told, or a change of the whole company, as of the day.

    The statement is the newest valid word. `told` says it with the tact that its certainty asks for.
    """

    person: str | None = None
    role: str | None = None
    change: str | None = None
    certainty: Literal["rumored", "announced", "effective", "unknown"]
    effective: str | None = None
    date: datetime.date
    in_role: bool | None = None
    """Whether they hold `role` on the day; None for a company, and where the notes do not tell."""
    side: Literal["customer", "us"] = "customer"
    also_written: tuple[str, ...] = ()
    """The person's other spellings."""
    contradicted_by: tuple[Evidence, ...] = ()
    """Words of other notes that do not go together with this one."""
    told_before: tuple[Evidence, ...] = ()
    """All other words on the person's role, oldest first."""
    named_since: tuple[Evidence, ...] = ()
    """Of a rumour: the newest later words that name the person. Whether they deny it is for the reader to judge."""
    unconfirmed: bool = False
    """True where it was announced for a day that has passed, and no later word tells that it took effect."""
    told: str
    orphaned: tuple[Evidence, ...] = ()
    """Promises and expectations, not settled, that hung on the person who leaves."""

    @property
    def spelled(self) -> tuple[str, ...]:
        """All spellings of the person, the fullest first."""
        return (self.person, *self.also_written) if self.person else ()


class Expectation(Stated):
    """What the customer expects. `last_confirmed` is the last later day on which it was heard again, or None.

    `met`, `missed` and `changed` only with the later words that show it.
    """

    topic: str | None = None
    deadline: str | None = None
    stated: datetime.date
    last_confirmed: datetime.date | None = None
    age_days: int
    status: ExpectationStatus
    deadline_passed: bool = False
    newest: bool = True
    """False where a later note states the same again: that telling stands for the matter."""
    told: str


class Pain(Stated):
    """A problem that the customer told. A `fire` comes before everything else; `told` says by which rule it is one."""

    area: str | None = None
    about: Literal["us", "other_supplier", "own_business", "unknown"] = "unknown"
    severity: str | None = None
    date: datetime.date
    age_days: int
    fire: bool = False
    status: Literal["open", "settled"] = "open"
    """`settled` where later words show it; where nothing was compared, by praise on it and no complaint since."""
    settled: bool = False
    """Whether the status is `settled`."""
    last_told: datetime.date
    """The day on which it was told last, in whatever words."""
    newest: bool = True
    """False where a later note tells the same again: that telling stands for the matter."""
    told_before: tuple[Evidence, ...] = ()
    """The earlier tellings of the same matter, oldest first."""
    told: str


class Occurrence(Backed):
    """One telling of a recurring matter."""

    date: datetime.date


class Recurring(Value):
    """The same matter, told in several notes."""

    what: str
    kind: str
    occurrences: tuple[Occurrence, ...] = Field(min_length=2)


class Cause(Backed):
    """A likely cause behind a price complaint. `basis` says where it comes from, in our words."""

    cause: str
    basis: str


class Price(Stated):
    """A price complaint with its likely causes, likeliest first. No cause means that the notes leave it unclear."""

    amount: str | None = None
    value_gap: str = "none_stated"
    date: datetime.date
    causes: tuple[Cause, ...] = ()
    proof_of_value: tuple[Evidence, ...] = ()
    told: str


class Stalled(Stated):
    """Something of ours that lies unused.

    Where notes were compared, a thing stands once, at its newest telling; of what was put to use, the evidence after
    the first is the later words that show it.
    """

    what: str | None = None
    date: datetime.date
    age_days: int
    last_mention: datetime.date
    told_before: tuple[Evidence, ...] = ()
    """The earlier tellings, oldest first."""


class Rival(Stated):
    """A competitor told of. `first_told` is the first day on which the same name was heard."""

    name: str | None = None
    date: datetime.date
    first_told: datetime.date


class Need(Stated):
    """A need that the customer voiced."""

    topic: str | None = None
    date: datetime.date


class Praise(Stated):
    """Something of ours that the customer says works."""

    topic: str | None = None
    date: datetime.date


class Quarter(Value):
    """Counts of one calendar quarter, such as `2026-Q1`."""

    quarter: str
    good: int = 0
    bad: int = 0
    neutral: int = 0


class Pillar(Value):
    """One of the three pillars of a long relation: totals, and the quarters that have any signal, oldest first."""

    good: int = 0
    bad: int = 0
    neutral: int = 0
    quarters: tuple[Quarter, ...] = ()


class Pillars(Value):
    """Innovation, performance and service. `unplaced` counts signals that fit none."""

    innovation: Pillar = Pillar()
    performance: Pillar = Pillar()
    service: Pillar = Pillar()
    unplaced: int = 0


class Findings(Value):
    """What was found, by matter. Every list is sorted: what matters most comes first."""

    promises: tuple[Promise, ...] = ()
    support: tuple[SupportIssue, ...] = ()
    people: tuple[Person, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    pains: tuple[Pain, ...] = ()
    recurring: tuple[Recurring, ...] = ()
    recurrence_checked: bool = False
    """False: nothing was compared, so an empty `recurring` does not say that nothing recurs."""
    price: tuple[Price, ...] = ()
    stalled: tuple[Stalled, ...] = ()
    put_to_use: tuple[Stalled, ...] = ()
    """What lay unused once and was put to use later."""
    competitors: tuple[Rival, ...] = ()
    opportunities: tuple[Need, ...] = ()
    praise: tuple[Praise, ...] = ()


class AccountPicture(Findings):
    """What the notes tell about an account as of a day. `gaps` is what they do not tell."""

    account: str
    as_of: datetime.date
    meeting: datetime.date | None = None
    renewal: datetime.date | None = None
    notes: int = 0
    signals: int = 0
    standing: Standing
    contact: Contact
    since: Since
    since_last_meeting: tuple[Change, ...] = ()
    pillars: Pillars = Pillars()
    gaps: tuple[Gap, ...] = ()
