"""The pre-meeting briefing: the picture of the account with the agenda for the meeting.

The whole path from notes and signals to a briefing. Pure: no clock, no files; what is dated after `as_of` is invisible.
"""

import datetime
from collections.abc import Iterable, Sequence

from notesense.core.agenda import Agenda, Wording
from notesense.core.bearing import Bearing
from notesense.core.evidence import Backed, Stated
from notesense.core.history import History, history_of
from notesense.core.note import Note, Value
from notesense.core.picture import AccountPicture
from notesense.core.plan import USUAL_MINUTES, plan_agenda
from notesense.core.playbook import Playbook
from notesense.core.portrait import picture_of
from notesense.core.ports import Found
from notesense.core.spellings import NOBODY_KNOWN, KnownPeople
from notesense.core.vocabulary import KINDS

LEAST_CONFIDENCE = 0.5
"""A briefing rests on signals that are likelier right than wrong. A person's labels have confidence 1."""


class Occasion(Value):
    """What is prepared, and from which day it is seen. `renewal` is the coming renewal day of the contract."""

    as_of: datetime.date
    meeting: datetime.date | None = None
    renewal: datetime.date | None = None
    minutes: int = USUAL_MINUTES
    present: tuple[str, ...] = ()
    """Who of the customer's people will be there, as far as known."""


class Unsure(Stated):
    """A finding that nothing else in the briefing rests on."""

    kind: str
    confidence: float


class Tracked(Stated):
    """A signal of one of the team's own trackers; `kind` is its name."""

    kind: str
    date: datetime.date


class BriefSentence(Backed):
    """One sentence of "in brief", written by a model, with the words that it rests on."""

    text: str


class InBrief(Value):
    """A short paragraph that sums the briefing up, written by a model; without sentences where none could be used."""

    sentences: tuple[BriefSentence, ...] = ()
    written_by: str
    wording: Wording


class Briefing(AccountPicture):
    """What the account manager reads before the meeting: everything of the picture, and the agenda."""

    agenda: Agenda
    trackers: tuple[Tracked, ...] = ()
    """What the team's own trackers found, by name, newest first. Picture and agenda do not rest on it."""
    unsure: tuple[Unsure, ...] = ()
    """Signals that the engine was too unsure of to build on; shown apart, surest first."""
    in_brief: InBrief | None = None
    """None where no model was asked for it."""


def brief(
    account: str,
    notes: Sequence[Note],
    signals: Sequence[Found],
    playbook: Playbook,
    occasion: Occasion,
    bearings: Sequence[Bearing] | None = None,
    known: KnownPeople = NOBODY_KNOWN,
) -> Briefing:
    """Return the briefing for an account. Raises InputError when the minutes are not 1 to 480.

    `bearings` are what later words were weighed to say about earlier statements; None where nobody compared them.
    `known` is what the rep said about people.
    """
    whole = history_of(account, notes, signals, occasion.as_of)
    sure = [one for one in whole.found if _is_sure(one)]
    history = known_history(account, notes, signals, occasion.as_of, bearings)
    picture = picture_of(history, occasion.meeting, occasion.renewal, known)
    return Briefing(
        **dict(picture),
        agenda=plan_agenda(history, picture, playbook, occasion.minutes, occasion.present),
        trackers=_tracked(whole, (one for one in sure if one.signal.kind not in KINDS)),
        unsure=_unsure(whole),
    )


def known_history(
    account: str,
    notes: Sequence[Note],
    signals: Sequence[Found],
    as_of: datetime.date,
    bearings: Sequence[Bearing] | None = None,
) -> History:
    """Return the history on which a briefing rests: of the nine kinds, and of signals that are likelier right."""
    sure = [one for one in signals if _is_sure(one) and one.signal.kind in KINDS]
    return history_of(account, notes, sure, as_of, bearings)


def _is_sure(found: Found) -> bool:
    return found.signal.confidence >= LEAST_CONFIDENCE


def _tracked(known: History, found: Iterable[Found]) -> tuple[Tracked, ...]:
    newest_first = sorted(found, key=lambda one: (one.signal.kind, -one.date.toordinal()))
    return tuple(
        Tracked(
            note_id=one.signal.note_id,
            quote=one.signal.quote,
            evidence=(known.cite(one),),
            kind=one.signal.kind,
            date=one.date,
        )
        for one in newest_first
    )


def _unsure(known: History) -> tuple[Unsure, ...]:
    left = sorted((one for one in known.found if not _is_sure(one)), key=lambda one: -one.signal.confidence)
    return tuple(
        Unsure(
            note_id=one.signal.note_id,
            quote=one.signal.quote,
            evidence=(known.cite(one),),
            kind=str(one.signal.kind),
            confidence=one.signal.confidence,
        )
        for one in left
    )
