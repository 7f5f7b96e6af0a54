"""What a briefing says, read from its JSON: the form that `brief --format json` writes and scripts rely on.

Only what is measured is read. Words keep their place where the briefing tells it. A field that the briefing lacks is
taken as empty, and told of (`lacking`).
"""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, get_args

from pydantic import BaseModel, ConfigDict, model_validator

from notesense.core.briefing import Briefing


class Said(BaseModel):
    """Base of all that is read: immutable, and blind to what is not measured."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    instead: ClassVar[Mapping[str, str]] = {}
    """Fields that another one stands in for."""
    by_form: ClassVar[frozenset[str]] = frozenset()
    """Fields that only some lines have, by their form."""


class Words(Said):
    """Words of a note. `start` is None where their place is not told."""

    note_id: str
    quote: str
    start: int | None = None
    kind: str | None = None


class Line(Said):
    """A line that rests on words."""

    evidence: tuple[Words, ...] = ()

    @property
    def words(self) -> Words:
        """The words that the line is about."""
        return self.evidence[0]

    @property
    def later(self) -> tuple[Words, ...]:
        """Later words on it."""
        return self.evidence[1:]


class Contact(Said):
    """The contact clock."""

    instead = {"email_only_since": "patterns"}
    last_contact: datetime.date | None = None
    days_since_last_contact: int | None = None
    last_live_contact: datetime.date | None = None
    longest_gap_days: int | None = None
    channel_mix: dict[str, int] = {}
    email_only_since: datetime.date | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_pattern(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Take the day from the habit of that name where the clock does not tell it by itself."""
        habits = (one["since"] for one in given.get("patterns", ()) if one["code"] == "email_only")
        return {"email_only_since": next(habits, None), **given}


class Promise(Line):
    """A promise in the ledger. `hung_on` is who was to do it and has left."""

    status: str
    hung_on: str | None = None


class Person(Line):
    """A change of role. `in_role` is None where the briefing does not tell."""

    person: str | None = None
    change: str | None = None
    certainty: str | None = None
    in_role: bool | None = None
    orphaned: tuple[Words, ...] = ()


class Change(Line):
    """Something since the last live meeting. `before` is what it is held against."""

    type: str | None = None
    before: Words | None = None


class Status(Line):
    """A line with a status."""

    status: str


class Pain(Status):
    """A problem."""

    instead = {"status": "settled"}
    fire: bool = False

    @model_validator(mode="before")
    @classmethod
    def _from_flag(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Take the status from the flag `settled` where it is not told by name."""
        return {"status": "settled" if given.get("settled") else "open", **given}


class Recurring(Said):
    """A matter told in several notes."""

    occurrences: tuple[Line, ...]


class Cause(Line):
    """What may lie behind a price complaint."""

    cause: str


class Price(Line):
    """A price complaint."""

    causes: tuple[Cause, ...] = ()
    proof_of_value: tuple[Words, ...] = ()


class Stalled(Line):
    """Something unused; `date` is the day of its last mention."""

    date: datetime.date


class Spoken(Line):
    """A line of the agenda that is said aloud. Without evidence it states nothing of the notes."""

    text: str


class AgendaLine(Line):
    """A line of the agenda, with all of its parts that are said aloud."""

    by_form = frozenset({"text", "say", "question"})
    text: str = ""
    say: str | None = None
    question: str = ""

    @property
    def aloud(self) -> tuple[Spoken, ...]:
        """What is said of it."""
        texts = (self.text, self.say or "", self.question)
        return tuple(Spoken(text=text, evidence=self.evidence) for text in texts if text)


class Agenda(Said):
    """The agenda."""

    opening: tuple[AgendaLine, ...] = ()
    items: tuple[AgendaLine, ...] = ()
    parked: tuple[AgendaLine, ...] = ()
    unknowns: tuple["Question", ...] = ()
    closing: str = ""

    @property
    def aloud(self) -> tuple[Spoken, ...]:
        """All that is said aloud in the meeting, questions for spare time among it; never what is only to be known."""
        lines = [spoken for one in (*self.opening, *self.items, *self.parked) for spoken in one.aloud]
        lines += [Spoken(text=one.question) for one in self.unknowns if one.question]
        return (*lines, Spoken(text=self.closing)) if self.closing else tuple(lines)

    @property
    def first_words(self) -> tuple[Spoken, ...]:
        """What the meeting opens with: the opening lines, else the first item."""
        return tuple(spoken for one in self.opening or self.items[:1] for spoken in one.aloud)


class Question(Said):
    """A question on what the notes do not tell."""

    question: str


class Standing(Said):
    """How the account stands."""

    type: str


class Told(Said):
    """All of a briefing that is measured."""

    contact: Contact
    promises: tuple[Promise, ...] = ()
    people: tuple[Person, ...] = ()
    since_last_meeting: tuple[Change, ...] = ()
    expectations: tuple[Status, ...] = ()
    pains: tuple[Pain, ...] = ()
    recurring: tuple[Recurring, ...] = ()
    recurrence_checked: bool = False
    price: tuple[Price, ...] = ()
    support: tuple[Status, ...] = ()
    stalled: tuple[Stalled, ...] = ()
    standing: Standing
    agenda: Agenda


def told_by(briefing: Briefing | dict[str, Any]) -> Told:
    """Return what a briefing, or its JSON read back, tells."""
    plain = briefing.model_dump(mode="json") if isinstance(briefing, Briefing) else briefing
    return Told.model_validate(plain)


def lacking(briefing: Briefing | dict[str, Any]) -> tuple[str, ...]:
    """Return the measured fields that a briefing, or its JSON, does not have, such as `people.in_role`, in order."""
    plain = briefing.model_dump(mode="json") if isinstance(briefing, Briefing) else briefing
    return tuple(dict.fromkeys(_lacking(Told, plain, "")))


def _lacking(form: type[Said], given: Mapping[str, Any], where: str) -> Iterator[str]:
    for name, field in form.model_fields.items():
        if name not in given:
            if name not in form.by_form and form.instead.get(name) not in given:
                yield f"{where}{name}"
            continue
        inner = next((one for one in _types(field.annotation) if issubclass(one, Said)), None)
        values = given[name] if isinstance(given[name], list) else [given[name]]
        for value in values:
            if inner is not None and isinstance(value, dict):
                yield from _lacking(inner, value, f"{where}{name}.")


def _types(annotation: Any) -> Iterator[type]:
    """Yield the classes of an annotation: those of a tuple's items, of each side of a union."""
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for each in get_args(annotation):
        yield from _types(each)
