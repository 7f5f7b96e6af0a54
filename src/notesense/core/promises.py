"""The promise ledger: what either side promised, by when, and how it stands as of a day.

The rule counts days and looks at which signals stand on later words: a stated day that has passed without any later
words, or with later words that complain, makes a promise `overdue`. Other later words leave it `unclear`, for a person
to judge. Without a day it is `open` while fresh. Hedged words are no promise. No rule can tell from words alone that a
promise was kept or given up: `kept` and `dropped` are never given in this version. What the customer's side says binds
the customer at most: said to be ours, its owner is unknown, and a promise of nobody knows whom is never overdue.
"""

import datetime
import re

from notesense.core.evidence import Evidence
from notesense.core.history import History
from notesense.core.picture import Owner, Promise, PromiseStatus
from notesense.core.ports import Found
from notesense.core.vocabulary import Kind
from notesense.core.words import same_name

FRESH_DAYS = 45
"""A promise without a day counts as open for this long."""
PRESSING_DAYS = 120

_ORDER: dict[PromiseStatus, int] = {"overdue": 0, "open": 1, "unclear": 2, "dropped": 3, "kept": 4}
_OWNERS: dict[Owner, int] = {"us": 0, "customer": 1, "unknown": 2}
_SENDER = re.compile(r"\s*(?:[a-z-]+:.*\n)*?from:(.+)", re.IGNORECASE)


def promises_of(history: History) -> tuple[Promise, ...]:
    """Return the promises of both sides: overdue first, ours before theirs, then the latest."""
    made = [_promise(history, found) for found in history.of(Kind.COMMITMENT) if found.signal.certainty == "stated"]
    return tuple(
        sorted(
            made,
            key=lambda one: (
                _ORDER[one.status],
                _OWNERS[one.owner],
                one.days_overdue or 0,
                -one.made.toordinal(),
                one.note_id,
                one.source.start,
            ),
        )
    )


def is_pressing(promise: Promise) -> bool:
    """Tell whether an overdue promise must be taken as broken: its day passed lately, or later words on it complain.

    One whose day passed long ago, with not a word on it since, may as well have been kept: that is to be found out.
    """
    if promise.status != "overdue":
        return False
    return bool(promise.later) or (promise.days_overdue or 0) <= PRESSING_DAYS


def iso_day(words: str | None) -> datetime.date | None:
    """Return the day that an ISO date (YYYY-MM-DD) names, or None for any other words."""
    if words is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
        return None
    try:
        return datetime.date.fromisoformat(words)
    except ValueError:
        return None


def _promise(history: History, found: Found) -> Promise:
    source, later, again = history.cite(found), history.later_sentences(found), _again(history, found)
    due, owner = found.signal.attributes.get("due"), owner_of(history, found)
    day = iso_day(due)
    whose = "Whose promise is not clear; " if owner == "unknown" else ""
    since = _since(history, found)
    return Promise(
        note_id=source.note_id,
        quote=source.quote,
        evidence=(source, *_shown(history, later, again)),
        owner=owner,
        person=history.stated(found, "person"),
        made=found.date,
        due=due,
        days_overdue=history.age(day) if day is not None and day < history.as_of else None,
        status=_status(history, found, later, again),
        told=f"{whose}{_lower(since) if whose else since}; {_after(history, found, later, again)}.",
    )


def owner_of(history: History, found: Found) -> Owner:
    """Return whose promise it is. One said to be ours that the customer's side speaks or writes is not known to be."""
    owner = found.signal.attributes.get("owner")
    if owner == "us":
        return "unknown" if found.signal.side == "customer" or _of_a_sender(history, found) else "us"
    return "customer" if owner == "customer" else "unknown"


def _of_a_sender(history: History, found: Found) -> bool:
    """Tell whether these are the words of a mail's sender, of whom it is not known that it is us."""
    sender = _SENDER.match(history.note(found.signal.note_id).text)
    return found.signal.side != "us" and sender is not None and same_name(found.signal.speaker, sender.group(1))


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


def _again(history: History, found: Found) -> tuple[Evidence, ...]:
    """Return the promises of a later day by the same side that share its words, oldest first."""
    return tuple(
        history.cite(other)
        for other in history.later_signals(found, (Kind.COMMITMENT,))
        if other.date > found.date
        and other.signal.certainty == "stated"
        and owner_of(history, other) == owner_of(history, found)
    )


def _shown(history: History, later: tuple[Evidence, ...], again: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Return the later words, oldest first; those that only promise it again stand as that promise."""
    words = [one for one in later if history.complaints((one,)) or not any(one.overlaps(promise) for promise in again)]
    return tuple(sorted((*words, *again), key=lambda one: (one.date, one.note_id, one.start, one.end)))


def _status(history: History, found: Found, later: tuple[Evidence, ...], again: tuple[Evidence, ...]) -> PromiseStatus:
    day = iso_day(found.signal.attributes.get("due"))
    running = history.age(found.date) <= FRESH_DAYS if day is None else day >= history.as_of
    if running:
        return "open"
    if owner_of(history, found) == "unknown":
        return "unclear"
    if _complaints(history, found, later) and not history.is_praise(later[-1]):
        return "overdue"
    heard = later or again or history.hinted_later(found)
    return "unclear" if heard or day is None else "overdue"


def _complaints(history: History, found: Found, later: tuple[Evidence, ...]) -> tuple[Found, ...]:
    """Return the complaints on later words; what the customer expects of us is none on its own promise."""
    theirs = owner_of(history, found) == "customer"
    return tuple(one for one in history.complaints(later) if not (theirs and one.signal.kind is Kind.EXPECTATION))


def _since(history: History, found: Found) -> str:
    day = iso_day(found.signal.attributes.get("due"))
    if day is None:
        return f"Promised {_days(history.age(found.date))} ago, without a calendar day"
    late = history.age(day)
    return f"The day named passed {_days(late)} ago" if late > 0 else "The day named has not passed"


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


def _after(history: History, found: Found, later: tuple[Evidence, ...], again: tuple[Evidence, ...]) -> str:
    told = [f"promised again on {again[-1].date}"] if again else []
    complaints = _complaints(history, found, later)
    if later and history.is_praise(later[-1]):
        told.append("later words speak well of it; judge by them whether it was kept")
    elif complaints:
        told.append(f"later words that share its own tell of {history.told_of(complaints)}")
    elif len(_shown(history, later, again)) > len(again):
        told.append("there are later words on it; judge by them whether it was kept")
    return "; ".join(told) or _unheard(history, found)


def _unheard(history: History, found: Found) -> str:
    if not history.has_later_note(found):
        return "there is no later note"
    hint = history.hinted_later(found)
    if hint is not None:
        return f"a note of {hint} shares a word with it; judge by that note whether it was kept"
    words = history.looked_for(found.signal.quote)
    if not words:
        return "its words are too common to be looked for in later notes"
    return f"no later words on it were found (looked for: {', '.join(words)})"
