"""Proof of attributes: a listed value where there is a list, a day of the calendar, or words of the note itself."""

import datetime
from collections.abc import Mapping

from notesense.core.folding import words
from notesense.core.kinds import ATTRIBUTES
from notesense.core.vocabulary import Kind

DATE_FIELDS = frozenset({"deadline", "due", "effective"})


def proven_attributes(kind: Kind, claimed: Mapping[str, str], note_words: frozenset[str]) -> dict[str, str]:
    """Return the claimed attributes that hold, in the kind's order; all others are left out.

    Free text holds when each of its words stands in the note (its text, title or account, folded); a date also when
    it is an ISO day.
    """
    model = ATTRIBUTES[kind]
    proven: dict[str, str] = {}
    for name, field in model.model_fields.items():
        value = claimed.get(name, "").strip()
        if not value:
            continue
        if name in model.enumerations:
            holds = value in _listed(field.annotation)
        else:
            holds = _in_note(value, note_words) or (name in DATE_FIELDS and is_iso_day(value))
        if holds:
            proven[name] = value
    return proven


def is_iso_day(value: str) -> bool:
    """Tell whether the value is a day in the form YYYY-MM-DD that the calendar has."""
    try:
        return datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _in_note(value: str, note_words: frozenset[str]) -> bool:
    found = words(value)
    return bool(found) and all(word in note_words for word in found)


def _listed(annotation: object) -> frozenset[str]:
    """Return the values of `Literal[...] | None`."""
    listed = [getattr(part, "__args__", ()) for part in getattr(annotation, "__args__", ())]
    return frozenset(value for values in listed for value in values)
