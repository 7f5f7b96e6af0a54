"""Prepare the next meeting: what the store holds of one account, as of a day, made into a briefing with its agenda."""

from collections.abc import Callable, Sequence

from notesense.core import briefing
from notesense.core.bearing import Bearing
from notesense.core.briefing import Briefing, Occasion
from notesense.core.playbook import Playbook
from notesense.core.ports import SignalFilter, Store
from notesense.core.spellings import NOBODY_KNOWN, KnownPeople
from notesense.errors import InputError


def brief(
    account: str,
    occasion: Occasion,
    store: Store,
    playbook: Playbook,
    compare: Callable[[], Sequence[Bearing] | None] = lambda: None,
    known: KnownPeople = NOBODY_KNOWN,
) -> Briefing:
    """Return the briefing. Raises InputError for a meeting before `as_of` or an impossible length.

    `compare` answers with the account's bearings, or None where nothing could be compared; `known` is what the
    rep said about people.
    """
    if occasion.meeting is not None and occasion.meeting < occasion.as_of:
        raise InputError(
            f"The meeting on {occasion.meeting} lies before {occasion.as_of}.",
            "Give a later --meeting, or an earlier --as-of.",
        )
    bearings = compare()
    notes = store.notes(account, until=occasion.as_of)
    signals = store.signals(SignalFilter(account=account, until=occasion.as_of))
    return briefing.brief(account, notes, signals, playbook, occasion, bearings, known)
