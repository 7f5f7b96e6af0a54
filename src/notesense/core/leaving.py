"""Who has left: people of either side on whom a promise may have hung, and the day from which they were gone.

The customer's people are told of by leadership changes; a succession tells of the one before, too. Of our own people,
whose changes are no signals, a later sentence has to say by name that they leave. A rumour is nobody's leaving.
"""

import datetime
import re
from collections.abc import Collection
from typing import NamedTuple

from notesense.core.due import due_day
from notesense.core.evidence import Evidence, cite_slice
from notesense.core.history import History
from notesense.core.naming import find_names
from notesense.core.ports import Found
from notesense.core.spellings import is_among
from notesense.core.vocabulary import Kind
from notesense.core.words import all_words, same_name, sentences

_LEAVING = re.compile(
    r"[^.,;:!?\n]{0,24}?"
    r"\b(?:leaves?|is leaving|has left|left|quits?|has quit|resign(?:s|ed)|retire[sd]?|is gone|has gone)"
    r"(?:\s+(?:us|at|on|in|by|for|from|since|after|this|next|the\s(?:company|firm|house|team))\b|\s*[.,;!\n]|\s*$)"
)
_FOLLOWING = re.compile(
    r"[^.,;:!?\n]{0,24}?"
    r"\b(?:take(?:s|n)? over|is taking over|took over|steps? in|stepped in|succeeds?|follows?|replace[sd]?)\b"
    r"[^.;:!?\n]*"
)
"""What is said of somebody, right after the name."""
FOLLOWING_SENTENCES = 3
"""Who follows one of ours is looked for in the sentence that tells of the leaving and in the two after it."""


class Follower(NamedTuple):
    """Who takes over from one of our own people, and the words that say so."""

    name: str
    words: Evidence


def left_on(history: History, name: str, made: datetime.date) -> datetime.date | None:
    """Return the day, after the one given, from which a person is known to be gone; None where they are not.

    Whoever takes another role leaves the old one; but not somebody whom no earlier note names: they only come.
    """
    told = [
        day
        for found in history.of(Kind.LEADERSHIP_CHANGE)
        if (day := _leaves(found, name)) is not None and (not _is_move(found) or history.is_named_before(found, name))
    ]
    gone = [day for day in told if made <= day <= history.as_of]
    return max(gone, default=None)


def colleague_left_on(history: History, name: str, made: datetime.date) -> datetime.date | None:
    """Return the day of the first later note that says by name that one of our own people leaves, or None."""
    words = leaving_words(history, name, made)
    return words.date if words else None


def leaving_words(history: History, name: str, after: datetime.date = datetime.date.min) -> Evidence | None:
    """Return the first sentence, in a note after that day, that says by name that one of our own people leaves."""
    first = name.split()[0]
    for note in history.notes_naming(first):
        told = _said_of(first, note.testimony, _LEAVING) if note.date > after else None
        if told:
            bounds = sentences(note.testimony)
            start, end = next((pair for pair in bounds if pair[0] <= told[0] < pair[1]), told)
            return cite_slice(note, start, end)
    return None


def following_words(history: History, leaving: Evidence, theirs: Collection[str]) -> Follower | None:
    """Return who takes over, by name, from the one of our own people whom these words have leaving.

    None where the words around name nobody or two; `theirs` are names that cannot be meant.
    """
    note = history.note(leaving.note_id)
    after = [pair for pair in sentences(note.testimony) if pair[1] > leaving.start][:FOLLOWING_SENTENCES]
    first, last = leaving.start, after[-1][1]
    said = note.text[first:last]
    found: list[Follower] = []
    for name in find_names([said]):
        told = _said_of(name.text, said, _FOLLOWING)
        if told and name.label != "COMPANY" and not is_among(name.text, theirs):
            found.append(Follower(name.text, cite_slice(note, first + told[0], first + told[1])))
    return found[0] if len(found) == 1 else None


def _said_of(name: str, text: str, what: re.Pattern[str]) -> tuple[int, int] | None:
    """Return the bounds of the first place where this is said right after the name, the name included; or None."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        told = what.match(text, end) if _stands_alone(text, start, end) else None
        if told:
            return start, told.end()
        start = text.find(name, start + 1)
    return None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether no letter or digit stands right before or after these words."""
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def going_of(history: History, found: Found, name: str) -> datetime.date | None:
    """Return the last day in office that the same note tells of a person, or None."""
    same = (one for one in history.of(Kind.LEADERSHIP_CHANGE) if one.signal.note_id == found.signal.note_id)
    days = [day for one in same if (day := _leaves(one, name)) is not None]
    return max(days, default=None)


def _is_move(found: Found) -> bool:
    return found.signal.attributes.get("change") == "role_change"


def _leaves(found: Found, name: str) -> datetime.date | None:
    """Return from when on this change has a person gone, or None where it does not."""
    told = found.signal.attributes
    if found.signal.certainty != "stated" or told.get("certainty") == "rumored":
        return None
    person = told.get("person")
    himself = told.get("change") in ("left", "role_change") and same_name(person, name)
    before = told.get("change") == "succession" and not same_name(person, name) and _named(name, found.signal.quote)
    if not (himself or before):
        return None
    day = due_day(told.get("effective"), found.date)
    if day is not None and told.get("change") == "role_change":
        return day - datetime.timedelta(days=1)
    return day or (found.date if told.get("certainty") == "effective" else None)


def _named(name: str, quote: str) -> bool:
    return any(len(part) > 2 for part in all_words(name) & all_words(quote))
