"""The promise ledger: what either side promised, by when, and how it stands as of a day.

Where later words were weighed, `ledger.py` says what they show: kept, dropped, asked for again, or conflicting. With
nothing shown, a promise whose day has passed is `overdue`, any other is `open`. Where nothing was weighed, words shared
with later notes are all there is, for a person to judge: a day that passed without any, or with some that complain,
makes a promise `overdue`, others leave it `unclear`, and nothing is called kept or dropped.

Hedged words are no promise. What an engine takes for ours though the customer's side says it has no known owner, and
a promise of nobody knows whom is never overdue.
"""

import datetime
import re

from notesense.core.due import due_day
from notesense.core.evidence import Evidence
from notesense.core.history import History
from notesense.core.leaving import colleague_left_on, going_of, left_on
from notesense.core.ledger import Course, course_of
from notesense.core.picture import Owner, Promise, PromiseStatus
from notesense.core.ports import Found
from notesense.core.vocabulary import Kind
from notesense.core.words import content_stems, same_name

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


def _promise(history: History, found: Found) -> Promise:
    source, owner, due = history.cite(found), owner_of(history, found), found.signal.attributes.get("due")
    day = _day(history, found)
    course = course_of(history, found, day) if history.compared else _course_by_words(history, found, day)
    overdue = course.status == "overdue" and owner != "unknown"
    status = "unclear" if course.status == "overdue" and not overdue else course.status
    since, whose = _since(history, found, day), "Whose promise is not clear; " if owner == "unknown" else ""
    return Promise(
        note_id=source.note_id,
        quote=source.quote,
        evidence=(source, *course.words),
        owner=owner,
        person=history.stated(found, "person"),
        made=found.date,
        due=day.isoformat() if day else due,
        due_words=due if day and due != day.isoformat() else None,
        days_overdue=history.age(day) if day is not None and day < history.as_of else None,
        status=status,
        hung_on=_hung_on(history, found, owner) if status != "kept" else None,
        told=f"{whose}{_lower(since) if whose else since}; {course.told}.",
    )


def _day(history: History, found: Found) -> datetime.date | None:
    """Return the day until which a promise is due, where its words settle one.

    "Before I go" does where the same note tells when that is.
    """
    due = found.signal.attributes.get("due")
    day = due_day(due, found.date)
    if day is None and due and due.casefold().startswith("before ") and not content_stems(due):
        return going_of(history, found, _who(found))
    return day


def _who(found: Found) -> str:
    return found.signal.attributes.get("person") or found.signal.speaker or ""


def _hung_on(history: History, found: Found, owner: Owner) -> str | None:
    """Return the person who was to do it and has left since, on either side; None where nobody has."""
    name = _who(found)
    if not content_stems(name):
        return None
    gone = left_on(history, name, found.date)
    if gone is None and owner == "us":
        gone = colleague_left_on(history, name, found.date)
    return name if gone is not None else None


def owner_of(history: History, found: Found) -> Owner:
    """Return whose promise it is. One that an engine takes for ours while the customer speaks is not known to be."""
    owner = found.signal.attributes.get("owner")
    if owner == "us" and found.signal.source == "engine":
        return "unknown" if found.signal.side == "customer" or _of_a_sender(history, found) else "us"
    return "us" if owner == "us" else "customer" if owner == "customer" else "unknown"


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


def _course_by_words(history: History, found: Found, day: datetime.date | None) -> Course:
    """Return how a promise stands where nobody weighed later words: by those that share its own."""
    later, again = history.later_sentences(found), _again(history, found)
    words, told = _shown(history, later, again), _after(history, found, later, again)
    return Course(_status(history, found, day, (later, again)), words, told)


def _status(
    history: History,
    found: Found,
    day: datetime.date | None,
    heard: tuple[tuple[Evidence, ...], tuple[Evidence, ...]],
) -> PromiseStatus:
    later, again = heard
    running = history.age(found.date) <= FRESH_DAYS if day is None else day >= history.as_of
    if running:
        return "open"
    if _complaints(history, found, later) and not history.is_praise(later[-1]):
        return "overdue"
    return "unclear" if later or again or history.hinted_later(found) or day is None else "overdue"


def _complaints(history: History, found: Found, later: tuple[Evidence, ...]) -> tuple[Found, ...]:
    """Return the complaints on later words; what the customer expects of us is none on its own promise."""
    theirs = owner_of(history, found) == "customer"
    return tuple(one for one in history.complaints(later) if not (theirs and one.signal.kind is Kind.EXPECTATION))


def _since(history: History, found: Found, day: datetime.date | None) -> str:
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
