"""A matter: something in an account's picture that gives rise to something to raise, with evidence and template values.

The values are what may be said aloud: words of our own side only where they are our own promises, and `tact.py` takes
out what is better not quoted.
"""

import datetime

from notesense.core.due import iso_day
from notesense.core.evidence import Backed, Evidence, Stated
from notesense.core.history import History
from notesense.core.playbook import Trigger

LONGEST_SPOKEN = 140
LONGEST_NAME = 60
MOST_RANK = 9

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_OURS = frozenset({Trigger.PROMISE_OVERDUE_US, Trigger.PROMISE_ASKED_US, Trigger.PROMISE_OPEN_US})


class Matter(Backed):
    """Something to raise. `rank` (0 to 9) orders matters of one trigger; `values` fill the playbook's templates."""

    trigger: Trigger
    rank: int
    values: dict[str, str]
    key: str | None = None
    """Matters of one trigger with the same key are one matter: problems of one area, tellings of one rival."""
    person: str | None = None
    """Whom it is about, or who said it: the one to ask."""


def spoken_day(day: datetime.date, as_of: datetime.date) -> str:
    """Return the day as one says it; the year only where it is not plain from `as_of`."""
    year = "" if day.year == as_of.year else f" {day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"


def matter_of(history: History, line: Stated, trigger: Trigger, rank: int, **names: str | None) -> Matter:
    """Return the matter that a line of the picture gives; `names` are the template values of its own, None without."""
    source = line.source
    values = values_of(history, source, trigger)
    values.update({name: value for name, value in names.items() if value and _short(value, LONGEST_NAME)})
    return Matter(
        trigger=trigger,
        rank=max(0, min(rank, MOST_RANK)),
        values=values,
        evidence=line.evidence,
        person=names.get("person"),
    )


def values_of(history: History, source: Evidence, trigger: Trigger) -> dict[str, str]:
    """Return the template values that every statement has, and its words where they may be said."""
    values = {
        "account": history.account,
        "date": spoken_day(source.date, history.as_of),
        "days": str(history.age(source.date)),
    }
    quote = source.quote.strip(" .;,")
    if _short(quote, LONGEST_SPOKEN) and (source.side != "us" or trigger in _OURS):
        values["quote"] = quote
        if source.voiced:
            values["said"] = quote
    return values


def _short(text: str, longest: int) -> bool:
    return 0 < len(text) <= longest and not set(text) & set("\n\r“”")


def day_or_words(history: History, words: str | None) -> str | None:
    """Return a day as one says it, other words as they are."""
    day = iso_day(words)
    return words if day is None else spoken_day(day, history.as_of)


def day_only(history: History, words: str | None) -> str | None:
    """Return a day as one says it, or None for other words."""
    return None if iso_day(words) is None else day_or_words(history, words)


def fresh(age: int) -> int:
    """Return 4 for what was told within 45 days, one less for each 45 days more, 0 at least."""
    return 4 - min(4, age // 45)
