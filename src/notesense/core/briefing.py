"""The pre-meeting briefing: the picture of the account with the agenda for the meeting.

The whole path from notes and signals to a briefing. Pure: no clock, no files; what is dated after `as_of` is invisible.
"""

import datetime
from collections.abc import Sequence

from notesense.core.agenda import Agenda
from notesense.core.history import history_of
from notesense.core.note import Note, Value
from notesense.core.picture import AccountPicture
from notesense.core.plan import USUAL_MINUTES, plan_agenda
from notesense.core.playbook import Playbook
from notesense.core.portrait import picture_of
from notesense.core.ports import Found

LEAST_CONFIDENCE = 0.6
"""A briefing rests on signals that are clearly likelier right than wrong. A person's labels have confidence 1."""


class Occasion(Value):
    """What is prepared, and from which day it is seen. `renewal` is the coming renewal day of the contract."""

    as_of: datetime.date
    meeting: datetime.date | None = None
    renewal: datetime.date | None = None
    minutes: int = USUAL_MINUTES


class Briefing(AccountPicture):
    """What the account manager reads before the meeting: everything of the picture, and the agenda."""

    agenda: Agenda
    left_out: int = 0
    """Signals that the engine was too unsure of for this briefing; `signals` lists them with all others."""


def brief(
    account: str, notes: Sequence[Note], signals: Sequence[Found], playbook: Playbook, occasion: Occasion
) -> Briefing:
    """Return the briefing for an account. Raises InputError when the minutes are not 1 to 480."""
    sure = [found for found in signals if found.signal.confidence >= LEAST_CONFIDENCE]
    history = history_of(account, notes, sure, occasion.as_of)
    picture = picture_of(history, occasion.meeting, occasion.renewal)
    return Briefing(
        **dict(picture),
        agenda=plan_agenda(history, picture, playbook, occasion.minutes),
        left_out=len(history_of(account, notes, signals, occasion.as_of).found) - len(history.found),
    )
