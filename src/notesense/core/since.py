"""Since the last live meeting: what notes have brought that was not known then, and what they leave unsaid.

Where the live meeting is itself the newest note, it is what that meeting brought. Weightiest first, what went quiet
last. Where nobody weighed what later words say, shared words are all that tells whether a matter was told before, and
nothing is called settled, changed or quiet.
"""

from notesense.core.differences import Difference, Window, differences_of
from notesense.core.history import History
from notesense.core.picture import Change, Findings, Since
from notesense.core.ports import Found
from notesense.core.threads import Threads
from notesense.core.vocabulary import Kind

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
_LABELS = {
    "new": "new",
    "changed": "changed (told {day})",
    "settled": "settled (told {day})",
    "still_open": "still open (told {day})",
    "quiet": "not told of since",
}


def since_of(history: History, threads: Threads, found: Findings) -> tuple[Since, tuple[Change, ...]]:
    """Return what is measured against, and the changes, weightiest first, then newest."""
    since, window = _window(history)
    if not history.compared or since.mode == "all":
        return since, _by_words(history, window)
    told = differences_of(history, threads, found, window)
    ordered = sorted(told, key=lambda one: (one.type == "quiet", -_weight(one.about), -one.words.date.toordinal()))
    return since, tuple(_change(one) for one in ordered)


def _window(history: History) -> tuple[Since, Window]:
    live = [note for note in history.notes if note.is_live]
    if not live:
        text = "No note is of a call or a meeting: the newest statements of all notes."
        return Since(mode="all", text=text), Window(history.found[-MOST_WITHOUT_MEETING:], frozenset())
    day = live[-1].date
    after = frozenset(note.id for note in history.notes if note.date > day)
    if after:
        since = Since(mode="after", meeting=day, text=f"Since the last call or meeting, on {day}.")
    else:
        text = f"No note is newer than the last call or meeting, on {day}: what that day brought."
        since = Since(mode="brought", meeting=day, text=text)
    notes = after or frozenset(note.id for note in history.notes if note.date == day)
    return since, Window(tuple(found for found in history.found if found.signal.note_id in notes), notes)


def _weight(found: Found) -> int:
    urgent = found.signal.kind is Kind.PAIN_POINT and found.signal.attributes.get("severity") == "high"
    return 10 if urgent else _WEIGHT[found.signal.kind]


def _change(told: Difference) -> Change:
    label = _LABELS[told.type]
    return Change(
        note_id=told.words.note_id,
        quote=told.words.quote,
        evidence=(told.words,),
        type=told.type,
        kind=str(told.about.signal.kind),
        date=told.words.date,
        label=label.format(day=told.before.date) if told.before else label,
        before=told.before,
    )


def _by_words(history: History, window: Window) -> tuple[Change, ...]:
    ordered = sorted(window.found, key=lambda found: (-_weight(found), -found.date.toordinal(), found.signal.note_id))
    return tuple(_told(history, found) for found in ordered)


def _told(history: History, found: Found) -> Change:
    source = history.cite(found)
    first = history.first_told(found)
    before = history.cite(first) if first else None
    return Change(
        note_id=source.note_id,
        quote=source.quote,
        evidence=(source,),
        type="still_open" if before else "new",
        kind=str(found.signal.kind),
        date=found.date,
        label=f"again (first told {before.date})" if before else "new",
        before=before,
    )
