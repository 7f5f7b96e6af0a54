"""People: changes among the customer's leaders as of a day, each told with the tact that its certainty asks for.

A rumour is told as a rumour. A later word on the same person, or on the same kind of change to the whole company,
takes the place of an earlier one: only the newest is `current`.
"""

import datetime
import re
from typing import Literal

from notesense.core.due import iso_day
from notesense.core.evidence import Evidence
from notesense.core.history import History
from notesense.core.picture import Person
from notesense.core.ports import Found
from notesense.core.promises import owner_of
from notesense.core.vocabulary import Kind
from notesense.core.words import STOP, all_words, same_name

WHOLE_COMPANY = frozenset({"acquisition", "reorganisation", "power_struggle"})
MOST_ORPHANED = 4

PersonCertainty = Literal["rumored", "announced", "effective", "unknown"]


def people_of(history: History) -> tuple[Person, ...]:
    """Return the leadership changes, current ones first, newest first."""
    told = history.of(Kind.LEADERSHIP_CHANGE)
    people = [_person(history, found, told[place + 1 :]) for place, found in enumerate(told)]
    return tuple(sorted(people, key=lambda one: (not one.current, -one.date.toordinal(), one.source.start)))


def is_told(line: Person) -> bool:
    """Tell whether a change says what changes: a person, a role or the whole company; a rumour need not.

    Less than that is left to the briefing.
    """
    return bool(line.person or line.role) or line.change in WHOLE_COMPANY or line.certainty == "rumored"


def name_of(history: History, found: Found) -> str | None:
    """Return the person of a leadership change, or None: never the account itself nor one of our own people."""
    return _name(history, found, "person", history.speakers("us"))


def rival_of(history: History, found: Found) -> str | None:
    """Return the name of a rival, or None: never the account itself nor anybody who speaks in its notes."""
    return _name(history, found, "name", history.speakers())


def _name(history: History, found: Found, attribute: str, taken: tuple[str, ...]) -> str | None:
    """Return a name that the note states, unless it is taken, is no name at all (a weekday) or is told as a place."""
    name = history.stated(found, attribute)
    if name is None or all_words(name) <= STOP or any(same_name(name, other) for other in (history.account, *taken)):
        return None
    return None if re.search(rf"\b(?:in|near) {re.escape(name)}\b", found.signal.quote) else name


def _person(history: History, found: Found, later: tuple[Found, ...]) -> Person:
    source, attributes = history.cite(found), found.signal.attributes
    certainty, name, effective = _certainty(found), name_of(history, found), attributes.get("effective")
    return Person(
        note_id=source.note_id,
        quote=source.quote,
        evidence=(source,),
        person=name,
        role=history.stated(found, "role"),
        change=attributes.get("change"),
        certainty=certainty,
        effective=effective,
        date=found.date,
        current=not any(_supersedes(other, found) for other in later),
        told=_told(certainty, found.date, effective, history.as_of),
        orphaned=_orphaned(history, found, name) if attributes.get("change") == "left" else (),
    )


def _certainty(found: Found) -> PersonCertainty:
    if found.signal.certainty != "stated":
        return "rumored"
    told = found.signal.attributes.get("certainty")
    return told if told in ("rumored", "announced", "effective") else "unknown"  # type: ignore[return-value]


def _supersedes(later: Found, earlier: Found) -> bool:
    new, old = later.signal.attributes, earlier.signal.attributes
    if later.signal.note_id == earlier.signal.note_id:
        return False
    if same_name(new.get("person"), old.get("person")):
        return True
    return new.get("change") == old.get("change") and new.get("change") in WHOLE_COMPANY


def _told(certainty: PersonCertainty, told_on: datetime.date, effective: str | None, as_of: datetime.date) -> str:
    day = iso_day(effective)
    when = f" for {effective}" if effective else ""
    if certainty == "rumored":
        return f"A rumour, told on {told_on}. Not confirmed: listen for it, never state it."
    if certainty == "announced" and day is not None and day <= as_of:
        return f"Announced on {told_on}; was to take effect on {effective}. Confirm that it did."
    if certainty == "announced":
        return f"Announced on {told_on}{when}."
    if certainty == "effective":
        return f"Told as in force on {told_on}{f' ({effective})' if effective else ''}."
    return f"Told on {told_on}{when}; the note does not say how certain it is."


def _orphaned(history: History, left: Found, name: str | None) -> tuple[Evidence, ...]:
    if name is None:
        return ()
    hung = [
        found
        for found in history.of(Kind.COMMITMENT, Kind.EXPECTATION)
        if found.date <= left.date and _hangs_on(history, found, name)
    ]
    return tuple(history.cite(found) for found in hung[-MOST_ORPHANED:])


def _hangs_on(history: History, found: Found, name: str) -> bool:
    signal = found.signal
    if signal.kind is Kind.COMMITMENT and owner_of(history, found) == "us":
        return False
    named = all_words(name) <= all_words(signal.quote)
    return named or same_name(signal.attributes.get("person"), name) or same_name(signal.speaker, name)
