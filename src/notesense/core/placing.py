"""Who stands on which side: of those who attend and speak, as far as the source or what is known of people tells.

A side that the source tells is never changed. One of us stands on our side; one with a domain or known person of the
account on the customer's. In the company of ours, the only other domain or person that there is, is the customer's.
"""

from collections.abc import Sequence
from typing import NamedTuple

from notesense.core.accounts import key
from notesense.core.note import Attendee, Note, Side, Turn
from notesense.core.passages import turns
from notesense.core.reading import Reading
from notesense.core.spellings import can_be_one, is_full_name_of
from notesense.core.vocabulary import Origin
from notesense.core.whose import Directory, attendees_of, marks, resembles


class _Placed(NamedTuple):
    attendees: tuple[Attendee, ...]
    turns: tuple[Turn, ...]


def placed(reading: Reading, account: str, known: Directory) -> Reading:
    """Return the reading with the sides of those who attend and speak in it."""
    found = _placed(reading.text, reading.turns, attendees_of(reading), account, known)
    return reading.model_copy(update=found._asdict())


def placed_anew(note: Note, known: Directory) -> Note:
    """Return a note with the sides of those who stood on none when it was taken in, by what is known now."""
    found = _placed(note.text, note.turns, note.source.attendees, note.account, known)
    source = note.source.model_copy(update={"attendees": found.attendees})
    return note.model_copy(update={"turns": found.turns, "source": source})


def _placed(
    text: str, told_turns: tuple[Turn, ...], people: tuple[Attendee, ...], account: str, known: Directory
) -> _Placed:
    attendees = _attendees_placed(people, account, known)
    told = told_turns or (turns(text) if known or attendees else ())
    sides = {
        one.speaker: _side(one.speaker, attendees, account, known)
        for one in told
        if one.speaker and one.side == "unknown" and one.origin is not Origin.VENDOR_SUMMARY
    }
    listed = {one.name for one in attendees}
    speaking = [Attendee(name=name, side=side) for name, side in sides.items() if side != "unknown"]
    return _Placed(
        attendees=(*attendees, *(one for one in speaking if one.name not in listed)),
        turns=tuple(
            one.model_copy(update={"side": sides[one.speaker]})
            if one.side == "unknown" and one.speaker in sides
            else one
            for one in told_turns
        ),
    )


def _attendees_placed(attendees: Sequence[Attendee], account: str, known: Directory) -> tuple[Attendee, ...]:
    ours = [known.is_of_us(one) for one in attendees]
    theirs = [one for one, is_ours in zip(attendees, ours, strict=True) if not is_ours]
    held = {one.domain: known.holders(one.domain) for one in theirs if one.domain}
    free = {domain for domain, holders in held.items() if not holders}
    alone = len(held) == 1 and any(ours)

    def is_customer(one: Attendee) -> bool:
        if one.domain and held[one.domain] == {account}:
            return True
        if one.domain in free and (alone or resembles(one.domain, known.names_of(account))):
            return True
        if not one.domain and one.email and any(ours) and len(theirs) == 1:
            return True
        return any(account in known.accounts_of_person(mark) for mark in marks(one))

    def side(one: Attendee, is_ours: bool) -> Side:
        if one.side != "unknown":
            return one.side
        return "us" if is_ours else "customer" if is_customer(one) else "unknown"

    sides = [side(one, is_ours) for one, is_ours in zip(attendees, ours, strict=True)]
    return tuple(one.model_copy(update={"side": its}) for one, its in zip(attendees, sides, strict=True))


def _side(name: str, attendees: Sequence[Attendee], account: str, known: Directory) -> Side:
    """Return the side of a speaker: of the attendee who bears the name, of the one whose name it shortens, or known."""
    exact = [one for one in attendees if _bears(one, name)]
    for fitting in (exact, [one for one in attendees if one.name and can_be_one(one.name, name)]):
        sides = {one.side for one in fitting}
        if fitting:
            return sides.pop() if len(sides) == 1 else "unknown"
    if known.ours.has_address(name) if "@" in name else known.has_name_of_us(name):
        return "us"
    return "customer" if account in known.accounts_of_person(name) else "unknown"


def _bears(one: Attendee, name: str) -> bool:
    return key(name) in (key(one.name), one.email.casefold()) or is_full_name_of(one.name, name)
