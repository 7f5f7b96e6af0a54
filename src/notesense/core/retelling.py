"""Words that a mail carries along from an older one: what stands in an older note is not told again.

Compared are the words alone, in their order: marks of quoting, line breaks, punctuation, case and form play no part.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from notesense.core.note import Note
from notesense.core.passage import Passage

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> str:
    """Return the words of a text, folded, a space before and after each."""
    return f" {' '.join(_WORD.findall(unicodedata.normalize('NFKC', text).casefold()))} "


def retold(parts: Sequence[Passage], others: Iterable[str]) -> frozenset[int]:
    """Return the ordinals of quoted passages whose words stand in one of the others, which `words_of` made."""
    waiting = {part.ordinal: words_of(part.text) for part in parts if part.quoted}
    found: set[int] = set()
    for other in others:
        if not waiting:
            break
        here = {ordinal for ordinal, told in waiting.items() if told in other}
        found |= here
        waiting = {ordinal: told for ordinal, told in waiting.items() if ordinal not in here}
    return frozenset(found)


def is_newer(one: Note, other: Note) -> bool:
    """Tell whether a note is known to be newer than another: by its day, and on one day by when both began."""
    if one.date != other.date:
        return one.date > other.date
    begun, before = one.source.started, other.source.started
    if begun is None or before is None or (begun.tzinfo is None) != (before.tzinfo is None):
        return False
    return begun > before
