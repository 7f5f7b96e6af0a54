"""Prepare the next meeting: the picture of an account as of a day, its agenda, and the briefing that holds both."""

import datetime
from dataclasses import dataclass

from notesense.core.agenda import MOST_MINUTES
from notesense.core.briefing import Briefing, prepare
from notesense.core.playbook import Playbook
from notesense.core.ports import SignalFilter, Store
from notesense.errors import InputError


@dataclass(frozen=True)
class Occasion:
    """What is known of the meeting. `as_of` is the day whose knowledge counts; later notes are invisible."""

    as_of: datetime.date
    meeting: datetime.date | None = None
    renewal: datetime.date | None = None
    minutes: int = 45


def brief(account: str, occasion: Occasion, store: Store, playbook: Playbook) -> Briefing:
    """Return the briefing. Raises InputError for a meeting before `as_of` or an impossible length."""
    if not 1 <= occasion.minutes <= MOST_MINUTES:
        raise InputError(
            f"A meeting cannot last {occasion.minutes} minutes.", f"Give --minutes between 1 and {MOST_MINUTES}."
        )
    if occasion.meeting is not None and occasion.meeting < occasion.as_of:
        raise InputError(
            f"The meeting on {occasion.meeting} lies before {occasion.as_of}.",
            "Give a later --meeting, or an earlier --as-of.",
        )
    return prepare(
        account,
        store.notes(account, until=occasion.as_of),
        store.signals(SignalFilter(account=account, until=occasion.as_of)),
        playbook,
        occasion,
    )
