"""Draws the picture of an account as of a day: each part by its own module, put together here.

Pure: the same notes, signals and day give the same picture whenever it is drawn.
"""

import datetime
from collections.abc import Sequence

from notesense.core.contact import contact_of
from notesense.core.expectations import expectations_of
from notesense.core.history import History, history_of
from notesense.core.note import Note
from notesense.core.pains import pains_of, support_of
from notesense.core.people import people_of
from notesense.core.picture import AccountPicture, Findings, Gap, Need, Praise, Rival, Stalled
from notesense.core.pillars import pillars_of
from notesense.core.ports import Found
from notesense.core.price import price_of
from notesense.core.promises import promises_of
from notesense.core.since import since_of
from notesense.core.standing import standing_of
from notesense.core.vocabulary import LIVE_CHANNELS, Channel, Kind


def draw_picture(
    account: str,
    notes: Sequence[Note],
    signals: Sequence[Found],
    as_of: datetime.date,
    meeting: datetime.date | None = None,
    renewal: datetime.date | None = None,
) -> AccountPicture:
    """Return the picture of an account on `as_of`; later notes are invisible."""
    return picture_of(history_of(account, notes, signals, as_of), meeting, renewal)


def picture_of(
    history: History, meeting: datetime.date | None = None, renewal: datetime.date | None = None
) -> AccountPicture:
    """Return the picture that a history gives."""
    found = Findings(
        promises=promises_of(history),
        support=support_of(history),
        people=people_of(history),
        expectations=expectations_of(history),
        pains=pains_of(history),
        price=price_of(history),
        stalled=_stalled(history),
        competitors=_rivals(history),
        opportunities=_needs(history),
        praise=_praise(history),
    )
    since, changes = since_of(history)
    return AccountPicture(
        **dict(found),
        account=history.account,
        as_of=history.as_of,
        meeting=meeting,
        renewal=renewal,
        notes=len(history.notes),
        signals=len(history.found),
        standing=standing_of(history, found),
        contact=contact_of(history, renewal),
        since=since,
        since_last_meeting=changes,
        pillars=pillars_of(history),
        gaps=_gaps(history),
    )


def _newest(history: History, kind: Kind) -> tuple[Found, ...]:
    return tuple(reversed(history.of(kind)))


def _stalled(history: History) -> tuple[Stalled, ...]:
    lines = []
    for found in _newest(history, Kind.STALLED_ADOPTION):
        source = history.cite(found)
        lines.append(
            Stalled(
                note_id=source.note_id,
                quote=source.quote,
                evidence=(source, *history.later_sentences(found)),
                what=history.stated(found, "what"),
                date=found.date,
                age_days=history.age(found.date),
            )
        )
    return tuple(lines)


def _rivals(history: History) -> tuple[Rival, ...]:
    lines = []
    first: dict[str, datetime.date] = {}
    for found in history.of(Kind.COMPETITOR):
        source, name = history.cite(found), history.stated(found, "name")
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
    lines = []
    for found in _newest(history, Kind.OPPORTUNITY):
        source, topic = history.cite(found), history.stated(found, "topic")
        lines.append(Need(note_id=source.note_id, quote=source.quote, evidence=(source,), topic=topic, date=found.date))
    return tuple(lines)


def _praise(history: History) -> tuple[Praise, ...]:
    lines = []
    for found in _newest(history, Kind.PRAISE):
        source, topic = history.cite(found), history.stated(found, "topic")
        lines.append(
            Praise(note_id=source.note_id, quote=source.quote, evidence=(source,), topic=topic, date=found.date)
        )
    return tuple(lines)


_SILENT = {
    Kind.EXPECTATION: ("no_measure", "No expectation or measure of success was found in the notes."),
    Kind.LEADERSHIP_CHANGE: (
        "no_decider",
        "No change among those who decide was found; who decides now is not established.",
    ),
    Kind.OPPORTUNITY: ("no_needs", "Nothing was found about what the customer plans next."),
    Kind.PAIN_POINT: ("no_pains", "No problem of the customer was found in the notes."),
    Kind.PRAISE: ("no_proof", "No words of the customer were found that something of ours paid off."),
    Kind.COMMITMENT: ("no_promises", "No promise of either side was found in the notes."),
}


def _gaps(history: History) -> tuple[Gap, ...]:
    gaps = []
    if not history.notes:
        gaps.append(Gap(code="no_notes", text=f"There is no note up to {history.as_of}."))
    elif not any(note.channel in LIVE_CHANNELS for note in history.notes):
        gaps.append(Gap(code="no_live_contact", text=f"No call or meeting is on record up to {history.as_of}."))
    memos = sum(note.channel is Channel.MEMO for note in history.notes)
    if memos:
        text = f"{memos} of {len(history.notes)} notes are memos: they do not say whether the contact was live."
        gaps.append(Gap(code="memo_channel", text=text))
    gaps += [Gap(code=code, text=text) for kind, (code, text) in _SILENT.items() if not history.of(kind)]
    return tuple(gaps)
