"""Calendar files put together with the verbs: the meeting that is meant, and the meetings of the coming week."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from notesense.core.briefing import Briefing
from notesense.core.calendar import Meeting, meant
from notesense.core.plan import USUAL_MINUTES
from notesense.core.week import DAYS, Week
from notesense.readers.calendar import read_calendar
from notesense.wiring.belonging import directory, ourselves
from notesense.workflows.week import naming, prepare

if TYPE_CHECKING:
    from notesense.wiring.meetings import Meetings


def next_meeting(
    notes: "Meetings", file: Path, as_of: datetime.date | None, number: int | None, account: str
) -> Meeting:
    """Return the meeting of a file that is meant, without our own people; `warn` hears of events that are not read."""
    schedule = read_calendar(file, as_of or datetime.date.today())
    for fault in schedule.faults:
        notes.warn(fault)
    ours = ourselves(notes)
    named = naming(schedule.meetings, ours, notes.store, directory(notes).holders) if account else lambda meeting: {}
    meeting = meant(schedule.meetings, str(file), number, account, named)
    theirs = ours.theirs(meeting.attendees)
    return meeting.model_copy(update={"attendees": theirs})


def week(notes: "Meetings", file: Path, as_of: datetime.date | None, minutes: int | None, wording: str | None) -> Week:
    """Return the coming seven days, `as_of` included."""
    first = as_of or datetime.date.today()
    last = first + datetime.timedelta(days=DAYS - 1)

    def brief(account: str, meeting: Meeting) -> Briefing:
        length = minutes or meeting.minutes or USUAL_MINUTES
        there = tuple(one.shown for one in meeting.attendees)
        return notes.brief(account, as_of=first, meeting=meeting.day, minutes=length, present=there, wording=wording)

    known = directory(notes)
    schedule = read_calendar(file, first, last)
    return prepare((first, last), schedule, known.ours, notes.store, brief, holders=known.holders)
