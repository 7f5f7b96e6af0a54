"""Since the last live meeting: what notes have brought that was not known then.

Where the live meeting is itself the newest note, it is what that meeting brought. Weightiest first.
"""

from notesense.core.history import History
from notesense.core.note import Note
from notesense.core.picture import Change, Since
from notesense.core.ports import Found
from notesense.core.vocabulary import LIVE_CHANNELS, Kind

MOST_WITHOUT_MEETING = 10

_WEIGHT: dict[str, int] = {
    Kind.LEADERSHIP_CHANGE: 9,
    Kind.PRICE_VALUE: 8,
    Kind.COMPETITOR: 7,
    Kind.PAIN_POINT: 6,
    Kind.STALLED_ADOPTION: 5,
    Kind.EXPECTATION: 4,
    Kind.OPPORTUNITY: 3,
    Kind.COMMITMENT: 2,
    Kind.PRAISE: 1,
}


def since_of(history: History) -> tuple[Since, tuple[Change, ...]]:
    """Return what is measured against, and the changes, weightiest first, then newest."""
    live = [note for note in history.notes if note.channel in LIVE_CHANNELS]
    if not live:
        text = "No note is of a call or a meeting: the newest statements of all notes."
        return Since(mode="all", text=text), _changes(history, history.found[-MOST_WITHOUT_MEETING:])
    last = live[-1]
    if any(note.date > last.date for note in history.notes):
        new = tuple(found for found in history.found if found.date > last.date)
        text = f"Since the last call or meeting, on {last.date}."
        return Since(mode="after", meeting=last.date, text=text), _changes(history, new)
    text = f"No note is newer than the last call or meeting, on {last.date}: what that day brought."
    return Since(mode="brought", meeting=last.date, text=text), _changes(history, _of_day(history, last))


def _of_day(history: History, last: Note) -> tuple[Found, ...]:
    return tuple(found for found in history.found if found.date == last.date)


def _changes(history: History, new: tuple[Found, ...]) -> tuple[Change, ...]:
    ordered = sorted(new, key=lambda found: (-_weight(found), -found.date.toordinal(), found.signal.note_id))
    return tuple(_change(history, found) for found in ordered)


def _weight(found: Found) -> int:
    urgent = found.signal.kind is Kind.PAIN_POINT and found.signal.attributes.get("severity") == "high"
    return 10 if urgent else _WEIGHT[found.signal.kind]


def _change(history: History, found: Found) -> Change:
    source = history.cite(found)
    before = history.first_told(found)
    return Change(
        note_id=source.note_id,
        quote=source.quote,
        evidence=(source,),
        kind=str(found.signal.kind),
        date=found.date,
        label=f"again (first told {before})" if before else "new",
    )
