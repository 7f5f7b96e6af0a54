"""The names that a request's redaction rested on, so that a batch's answers meet the same request a day later.

Which names are known grows with every note. So a batch keeps, beside each note, those of the known names that share a
word with what was asked about it, in the places that they had: whatever is known later, the same is replaced.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence

from notesense.core.naming import plain
from notesense.core.redaction import Known

_WORD = re.compile(r"[^\W_]{2,}")


def relevant(known: Known, text: str) -> str:
    """Return, as JSON, the names of which any word stands anywhere in the text; empty where there are none."""
    folded = plain(text)
    found = {"people": _sharing(known.people, folded), "companies": _sharing(known.companies, folded)}
    return json.dumps(found) if any(found.values()) else ""


def together(kept: Collection[str]) -> Known:
    """Return what was known to requests that were made in one run, as far as it bore on them."""
    people: dict[int, str] = {}
    companies: dict[int, str] = {}
    for names in kept:
        if names:
            found = json.loads(names)
            people |= _placed(found["people"])
            companies |= _placed(found["companies"])
    return Known(people=_in_order(people), companies=_in_order(companies))


def _sharing(names: Sequence[str], folded: str) -> dict[str, str]:
    return {str(place): name for place, name in enumerate(names) if any(word in folded for word in _words(name))}


def _words(name: str) -> list[str]:
    return _WORD.findall(plain(name))


def _placed(names: Mapping[str, str]) -> dict[int, str]:
    return {int(place): name for place, name in names.items()}


def _in_order(names: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(names[place] for place in sorted(names))
