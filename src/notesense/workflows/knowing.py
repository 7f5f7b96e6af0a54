"""Who is who at an account: its people as of a day, and the rep's word on spellings and on who is one of us."""

import datetime
from collections.abc import Callable, Sequence

from notesense.core.bearing import Bearing
from notesense.core.briefing import known_history
from notesense.core.people import doubtful_people
from notesense.core.people_list import PeopleList
from notesense.core.person_ports import Joined, Persons
from notesense.core.portrait import picture_of
from notesense.core.ports import SignalFilter, Store
from notesense.core.spellings import KnownPeople, parts
from notesense.errors import InputError


def known_people(account: str, persons: Persons) -> KnownPeople:
    """Return what is known about people that holds for an account."""
    people = [one for one in persons.ours() if one.sort == "person"]
    return KnownPeople(
        ours=tuple(one.value for one in people if not one.learned),
        learned=tuple(one.value for one in people if one.learned),
        joined=persons.joined(account),
    )


def people(
    account: str,
    as_of: datetime.date,
    store: Store,
    persons: Persons,
    compare: Callable[[], Sequence[Bearing] | None] = lambda: None,
) -> PeopleList:
    """Return the account's people as of a day; `compare` as for a briefing."""
    bearings, known = compare(), known_people(account, persons)
    notes = store.notes(account, until=as_of)
    signals = store.signals(SignalFilter(account=account, until=as_of))
    history = known_history(account, notes, signals, as_of, bearings)
    picture = picture_of(history, known=known)
    return PeopleList(
        account=account,
        as_of=as_of,
        people=picture.people,
        unheard=tuple(one for one in picture.contact.patterns if one.code == "decider_unheard"),
        doubtful=doubtful_people(history, known),
        ours=known.ours,
        joined=known.joined,
    )


def say(account: str, said: Joined, store: Store, persons: Persons) -> None:
    """Keep the rep's word on two spellings. Raises InputError for one that no note of the account has."""
    written = [frozenset(parts(note.text)) for note in store.notes(account)]
    for name in (said.name, said.other):
        if not any(frozenset(parts(name)) <= words for words in written):
            raise InputError(f'No note of {account} names "{name}".', f'See who is named: notesense people "{account}"')
    persons.join(account, said)
