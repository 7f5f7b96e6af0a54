"""Orphans: promises and expectations that hung on a person who leaves, and that nobody has settled."""

import datetime
from collections.abc import Sequence

from notesense.core.evidence import Evidence
from notesense.core.picture import Expectation, Promise
from notesense.core.spellings import is_among, parts

MOST_ORPHANED = 4
_SETTLED = frozenset({"kept", "dropped", "met", "changed"})


def orphans_of(
    owed: Sequence[Promise | Expectation], spelled: Sequence[str], told_on: datetime.date
) -> tuple[Evidence, ...]:
    """Return what of these, oldest first, hung on the person up to the day on which it was told that they leave.

    A promise hangs on who was to do it; what is expected, on who said it or is named in it.
    """
    if not spelled:
        return ()
    hung = [
        line.source
        for line in owed
        if line.source.date <= told_on and line.status not in _SETTLED and _hangs_on(line, spelled)
    ]
    return tuple(hung[-MOST_ORPHANED:])


def _hangs_on(line: Promise | Expectation, spelled: Sequence[str]) -> bool:
    person = line.person if isinstance(line, Promise) else None
    teller = person or line.source.speaker
    if teller and is_among(teller, spelled):
        return True
    binds_us = isinstance(line, Promise) and line.owner == "us"
    said = frozenset(parts(line.quote))
    return not binds_us and any(frozenset(parts(name)) <= said for name in spelled if len(name) > 2)
