"""Proof of attributes: a listed value where there is a list, a day that the note can mean, or words of the note itself.

Names, roles and amounts must stand in the note as they are claimed; what a statement is about may be put together
from the note's words.
"""

import datetime
import re
from collections.abc import Mapping, Sequence

from notesense.core.folding import Folded, cuts_word, words
from notesense.core.kinds import shape_of

DATE_FIELDS = frozenset({"deadline", "due", "effective"})
VERBATIM_FIELDS = frozenset({"person", "role", "name", "competitor", "amount"})

_SUFFIX = re.compile(r"['’](?:s|ll|d|ve|re)\b", re.IGNORECASE)
_RELATIVE_DAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?\b"
    r"|\b(?:today|tomorrow|tmrw|tmr|tonight|yesterday|noon|midday|lunch(?:time)?|eod|cob|eow|eom|fortnight)\b"
    r"|\b(?:this|next|last|coming|following|same|each|every|end of(?: the)?|by the|within the)"
    r" (?:day|week(?:end)?|month|quarter|year|morning|afternoon|evening|night)\b"
    r"|\b(?:in|within|inside) (?:an? |the |\w+ )?(?:\w+ )?(?:hours?|days?|weeks?|months?)\b"
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()


class Evidence:
    """What a note offers as proof: its text, title and account, each folded."""

    def __init__(self, parts: Sequence[Folded]) -> None:
        self._parts = parts
        self._words: frozenset[str] | None = None

    def has_words(self, value: str) -> bool:
        """Tell whether each word of the value stands somewhere in the note."""
        if self._words is None:
            whole = [word for part in self._parts for word in words(part.source)]
            self._words = frozenset(whole).union(part for word in whole for part in word.split("'"))
        found = words(value)
        return bool(found) and all(word in self._words for word in found)

    def has_run(self, value: str) -> bool:
        """Tell whether the value stands in the note in one piece, no word or number cut; `'s` or `'ll` may follow."""
        needle = Folded(value)
        return bool(words(value)) and any(
            not cuts_word(part.source, start)
            and (not cuts_word(part.source, end) or _SUFFIX.match(part.source, end) is not None)
            for part in self._parts
            for start, end in part.find(needle)
        )

    def has_name(self, value: str) -> bool:
        """Tell whether the value stands in the note in one piece, hyphens (`Bae Soo-jin`) read as spaces or not."""
        return self.has_run(value) or Evidence([Folded(_unhyphened(part.source)) for part in self._parts]).has_run(
            _unhyphened(value)
        )

    def has_day(self, day: datetime.date) -> bool:
        """Tell whether the note has something that this day can come from: its number, a weekday, a relative day."""
        number = re.compile(rf"(?<!\d)0?{day.day}(?!\d)|\b{_ORDINALS[day.day - 1]}\b")
        return any(number.search(part.text) or _RELATIVE_DAY.search(part.text) for part in self._parts)


def proven_attributes(kind: str, claimed: Mapping[str, str], evidence: Evidence) -> dict[str, str]:
    """Return the claimed attributes that hold, in the kind's order; all others are left out.

    Names, roles and amounts hold when the note has them in one piece, other free text when each of its words stands in
    the note, an ISO day when the note has something that it can come from. A tracker's signals have none.
    """
    proven: dict[str, str] = {}
    for name in shape_of(kind).model_fields:
        value = claimed.get(name, "").strip()
        listed = listed_values(kind, name)
        if value and (value in listed if listed is not None else _holds(name, value, evidence)):
            proven[name] = value
    return proven


def _holds(name: str, value: str, evidence: Evidence) -> bool:
    day = iso_day(value) if name in DATE_FIELDS else None
    if day is not None:
        return evidence.has_day(day)
    if name == "person":
        return evidence.has_name(value)
    return evidence.has_run(value) if name in VERBATIM_FIELDS else evidence.has_words(value)


def iso_day(value: str) -> datetime.date | None:
    """Return the day that the value writes as YYYY-MM-DD, or None where the calendar has none."""
    try:
        day = datetime.date.fromisoformat(value)
    except ValueError:
        return None
    return day if day.isoformat() == value else None


def _unhyphened(text: str) -> str:
    return re.sub(r"(?<=[^\W\d_])[-‐‑](?=[^\W\d_])", " ", text)


def listed_values(kind: str, name: str) -> tuple[str, ...] | None:
    """Return the values that a kind's attribute may have, or None where any words are allowed."""
    model = shape_of(kind)
    return _listed(model.model_fields[name].annotation) if name in model.enumerations else None


def _listed(annotation: object) -> tuple[str, ...]:
    """Return the values of `Literal[...] | None`."""
    listed = [getattr(part, "__args__", ()) for part in getattr(annotation, "__args__", ())]
    return tuple(value for values in listed for value in values)
