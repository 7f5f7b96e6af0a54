"""The answer of `people`: who is in which role at an account, as of a day, and what the rep said of them."""

import datetime

from notesense.core.note import Value
from notesense.core.person_ports import Joined
from notesense.core.picture import Pattern, Person


class PeopleList(Value):
    """Everybody of whose role a change was told, newest first. `unheard` is who was not named in the last meetings."""

    account: str
    as_of: datetime.date
    people: tuple[Person, ...] = ()
    unheard: tuple[Pattern, ...] = ()
    doubtful: tuple[tuple[str, str], ...] = ()
    """Pairs of names that may be one person's: for the rep to say."""
    ours: tuple[str, ...] = ()
    """Whom the rep named as one of us, in all accounts."""
    joined: tuple[Joined, ...] = ()
    """What the rep said of spellings in this account."""
