"""The discovery agenda: what to raise, in which order, in how many minutes, and on which words of the notes.

Types only; `plan.py` builds them. An item cannot be built without evidence; questions that rest on nothing but a lack
of knowledge are `Unknown`s. The minutes of all timed parts together never exceed the meeting's minutes.
"""

import datetime

from pydantic import Field

from notesense.core.evidence import Backed, Evidence
from notesense.core.note import Value

MOST_MINUTES = 480
PLAYBOOK = "playbook"
"""Who wrote a line that no model wrote."""


class AgendaItem(Backed):
    """One thing to raise: one open question. `say` is what to tell first, `ask_inside` what to find out in-house."""

    trigger: str
    section: str
    title: str
    say: str | None = None
    question: str
    why: str
    practice: int
    minutes: int = Field(ge=1)
    priority: int
    ask_inside: str | None = None
    also: tuple[str, ...] = ()
    """Titles of other matters that were merged into this item; their words are among the evidence."""
    ask: str | None = None
    """Whom it is for, where the notes tell and it is known who will be there."""
    through: str | None = None
    """Whom to ask in their place, where they will not be there."""
    written_by: str = PLAYBOOK
    """`playbook`, or the model that worded title, say, question and why; the plan is never a model's."""


class Parked(Backed):
    """Something worth raising that does not fit: ask it if time allows."""

    trigger: str
    title: str
    question: str
    reason: str
    written_by: str = PLAYBOOK


class Unknown(Value):
    """Something that the notes do not tell, or one of them alone, with the open question that would.

    `evidence` holds the words of what only one note tells; what none tells has none, by its nature. `minutes` is 0 for
    one that does not fit: ask it if time allows.
    """

    code: str
    text: str
    title: str
    question: str
    why: str
    practice: int
    minutes: int = Field(default=0, ge=0)
    evidence: tuple[Evidence, ...] = ()


class Avoid(Backed):
    """What must not be said in this meeting, and the words because of which."""

    trigger: str
    text: str


class Opening(Backed):
    """A line to open the meeting with."""

    trigger: str
    text: str


class Wording(Value):
    """What a model did to the wording of an agenda or a briefing.

    `dropped` counts, by reason, what it wrote and what was not taken. `failure` says why nothing of it could be used.
    """

    model: str
    worded: int = 0
    """Items that it worded."""
    proposed: int = 0
    """Questions of its own that were taken."""
    sentences: int = 0
    """Sentences of "in brief" that were taken."""
    dropped: dict[str, int] = Field(default_factory=dict)
    failure: str | None = None


class Agenda(Value):
    """The whole agenda. Say `opening`, go through `items` in order, then the timed `unknowns`, then `closing`."""

    account: str
    as_of: datetime.date
    meeting: datetime.date | None = None
    minutes: int = Field(ge=1, le=MOST_MINUTES)
    planned_minutes: int = Field(ge=0)
    opening: tuple[Opening, ...] = ()
    opening_minutes: int = Field(default=0, ge=0)
    items: tuple[AgendaItem, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    closing: str = ""
    closing_minutes: int = Field(default=0, ge=0)
    parked: tuple[Parked, ...] = ()
    avoid: tuple[Avoid, ...] = ()
    thin: str | None = None
    """Says so when the notes hold too little to plan a meeting on."""
    playbook: str = ""
    wording: Wording | None = None
    """None where the playbook alone was asked to word it."""
