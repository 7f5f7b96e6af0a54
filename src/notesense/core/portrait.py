"""Draws the picture of an account as of a day: each part by its own module, put together here.

Pure: the same notes, signals and day give the same picture whenever it is drawn.
"""

import datetime

from notesense.core.contact import contact_of
from notesense.core.expectations import expectations_of
from notesense.core.history import History
from notesense.core.pains import pains_of
from notesense.core.people import people_of, rival_of
from notesense.core.picture import AccountPicture, Findings, Gap, Need, Praise, Rival
from notesense.core.pillars import pillars_of
from notesense.core.ports import Found
from notesense.core.price import price_of
from notesense.core.promises import promises_of
from notesense.core.recurrence import recurring_of, stalled_of
from notesense.core.since import since_of
from notesense.core.spellings import NOBODY_KNOWN, KnownPeople
from notesense.core.standing import standing_of
from notesense.core.support import support_of
from notesense.core.threads import Threads
from notesense.core.vocabulary import LIVE_CHANNELS, Channel, Kind
from notesense.core.words import as_title


def picture_of(
    history: History,
    meeting: datetime.date | None = None,
    renewal: datetime.date | None = None,
    known: KnownPeople = NOBODY_KNOWN,
) -> AccountPicture:
    """Return the picture that a history gives. `known` is what the rep said about people."""
    threads = Threads(history)
    unused, used = stalled_of(history, threads)
    promises, expectations = promises_of(history), expectations_of(history, threads)
    pains = pains_of(history, threads)
    people = people_of(history, promises, expectations, known)
    found = Findings(
        promises=promises,
        support=support_of(history, threads),
        people=people,
        expectations=expectations,
        pains=pains,
        recurring=recurring_of(history, threads),
        recurrence_checked=history.compared,
        price=price_of(history, people, pains, used),
        stalled=unused,
        put_to_use=used,
        competitors=_rivals(history),
        opportunities=_needs(history),
        praise=_praise(history),
    )
    since, changes = since_of(history, threads, found)
    return AccountPicture(
        **dict(found),
        account=history.account,
        as_of=history.as_of,
        meeting=meeting,
        renewal=renewal,
        notes=len(history.notes),
        signals=len(history.found),
        standing=standing_of(history, found),
        contact=contact_of(history, renewal, people),
        since=since,
        since_last_meeting=changes,
        pillars=pillars_of(history),
        gaps=_gaps(history, renewal),
    )


def _newest(history: History, kind: Kind) -> tuple[Found, ...]:
    return tuple(reversed(history.of(kind)))


def _rivals(history: History) -> tuple[Rival, ...]:
    lines = []
    first: dict[str, datetime.date] = {}
    for found in history.of(Kind.COMPETITOR):
        source, name = history.cite(found), rival_of(history, found)
        first_told = first.setdefault(name.casefold(), found.date) if name else found.date
        lines.append(
            Rival(
                note_id=source.note_id,
                quote=source.quote,
                evidence=(source,),
                name=name,
                date=found.date,
                first_told=first_told,
            )
        )
    return tuple(reversed(lines))


def _needs(history: History) -> tuple[Need, ...]:
    """Return the customer's needs; what our own side speaks of is a pitch."""
    lines = []
    for found in _newest(history, Kind.OPPORTUNITY):
        if found.signal.side == "us":
            continue
        source, topic = history.cite(found), as_title(history.stated(found, "topic"))
        lines.append(Need(note_id=source.note_id, quote=source.quote, evidence=(source,), topic=topic, date=found.date))
    return tuple(lines)


def _praise(history: History) -> tuple[Praise, ...]:
    lines = []
    for found in _newest(history, Kind.PRAISE):
        source, topic = history.cite(found), as_title(history.stated(found, "topic"))
        lines.append(
            Praise(note_id=source.note_id, quote=source.quote, evidence=(source,), topic=topic, date=found.date)
        )
    return tuple(lines)


_SILENT = {
    Kind.EXPECTATION: ("no_measure", "No signal tells what they expect"),
    Kind.LEADERSHIP_CHANGE: ("no_decider", "No signal tells who decides"),
    Kind.OPPORTUNITY: ("no_needs", "No signal tells what they plan next"),
    Kind.PAIN_POINT: ("no_pains", "No signal tells of a problem"),
    Kind.PRAISE: ("no_proof", "No signal tells of something that paid off for them"),
    Kind.COMMITMENT: ("no_promises", "No signal tells of a promise by either side"),
}


def _gaps(history: History, renewal: datetime.date | None) -> tuple[Gap, ...]:
    gaps = []
    if renewal is not None and renewal < history.as_of:
        text = f"The renewal day told, {renewal}, has passed: when the contract renews next is not known."
        gaps.append(Gap(code="renewal_passed", text=text))
    if not history.notes:
        gaps.append(Gap(code="no_notes", text=f"There is no note up to {history.as_of}."))
    elif not any(note.channel in LIVE_CHANNELS for note in history.notes):
        gaps.append(Gap(code="no_live_contact", text=f"No note up to {history.as_of} is of a call or a meeting."))
    memos = sum(note.channel is Channel.MEMO for note in history.notes)
    if memos:
        text = f"{memos} of {len(history.notes)} notes are memos: they do not say whether the contact was live."
        gaps.append(Gap(code="memo_channel", text=text))
    look = "; look into the notes before you ask." if history.notes else "."
    gaps += [Gap(code=code, text=text + look) for kind, (code, text) in _SILENT.items() if not history.of(kind)]
    return tuple(gaps)
