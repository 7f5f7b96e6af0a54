"""What is not known: lacks of knowledge, silent pillars, and facts that rest on a single note, as open questions."""

from collections.abc import Iterable, Iterator

from notesense.core.agenda import Unknown
from notesense.core.evidence import Stated
from notesense.core.history import History
from notesense.core.matter import Matter, fresh, matter_of
from notesense.core.picture import AccountPicture, Gap
from notesense.core.playbook import Entry, Playbook, Trigger, fill, first, turn_of
from notesense.core.spellings import parts, parts_in

SILENT_QUARTERS = 2
"""A pillar without a signal in so many of the newest quarters is silent."""
MOST_ONCE_TOLD = 3
_PILLARS = ("innovation", "performance", "service")


def thin(picture: AccountPicture) -> str | None:
    """Say so where the notes hold too little to plan a meeting on."""
    if picture.notes == 0:
        return f"There is no note on {picture.account} up to {picture.as_of}: all that can be planned is what to ask."
    if picture.signals == 0:
        return f"No signal was found in the {picture.notes} note(s) up to {picture.as_of}: ask, and assume nothing."
    if picture.notes == 1:
        return f"There is one note up to {picture.as_of}: it shows a single day, so ask more than you assume."
    return None


def unknowns_of(picture: AccountPicture, playbook: Playbook) -> list[Entry]:
    """Return the entries for what is not known at all, by priority."""
    codes = {trigger.value for trigger in Trigger}
    entries = [playbook.entry(Trigger(gap.code)) for gap in _gaps(picture) if gap.code in codes]
    return sorted((entry for entry in entries if entry and entry.question), key=lambda entry: -entry.priority)


def unknown_of(picture: AccountPicture, entry: Entry, minutes: int) -> Unknown:
    """Return the question of an entry for so many minutes; 0 for one that does not fit."""
    values = {"account": picture.account}
    return Unknown(
        code=entry.trigger.value,
        text=next(gap.text for gap in _gaps(picture) if gap.code == entry.trigger.value),
        title=first(entry.title, values),
        question=turn_of(entry.question, values, 0),
        why=fill(entry.why, values),
        practice=entry.practice,
        minutes=minutes,
    )


def single_source(history: History, picture: AccountPicture) -> Iterator[Matter]:
    """Yield what stands firm in the picture and only one note tells: who holds a role, and which rival is about."""
    people = (one for one in picture.people if one.in_role and one.certainty != "rumored" and not one.told_before)
    rivals = (one for one in picture.competitors if one.name and one.date == one.first_told)
    named: list[tuple[Stated, str]] = [(one, one.person) for one in people if one.person and one.side == "customer"]
    named += [(one, one.name) for one in rivals if one.name]
    for line, name in named:
        if not _is_named_elsewhere(history, line.note_id, name):
            rank = fresh(history.age(line.source.date))
            yield matter_of(history, line, Trigger.SINGLE_SOURCE, rank)


def once_told(matters: Iterable[Matter], playbook: Playbook) -> tuple[Unknown, ...]:
    """Return the questions on what only one note tells, the newest first."""
    entry = playbook.entry(Trigger.SINGLE_SOURCE)
    if entry is None or not entry.question:
        return ()
    told = sorted(
        (one for one in matters if one.trigger is Trigger.SINGLE_SOURCE),
        key=lambda one: (-one.evidence[0].date.toordinal(), one.evidence[0].note_id, one.evidence[0].start),
    )
    return tuple(_once(one, entry, turn) for turn, one in enumerate(told[:MOST_ONCE_TOLD]))


def _once(matter: Matter, entry: Entry, turn: int) -> Unknown:
    return Unknown(
        code=entry.trigger.value,
        text=f"Only one note tells this, of {matter.evidence[0].date}.",
        title=first(entry.title, matter.values),
        question=turn_of(entry.question, matter.values, turn),
        why=fill(entry.why, matter.values),
        practice=entry.practice,
        evidence=matter.evidence,
    )


def _gaps(picture: AccountPicture) -> tuple[Gap, ...]:
    return (*picture.gaps, *_silent_pillars(picture))


def _silent_pillars(picture: AccountPicture) -> Iterator[Gap]:
    """Yield the pillars of which the newest quarters with any signal tell nothing."""
    told = {name: {one.quarter for one in getattr(picture.pillars, name).quarters} for name in _PILLARS}
    newest = sorted(set().union(*told.values()))[-SILENT_QUARTERS:]
    if len(newest) == SILENT_QUARTERS:
        for name in _PILLARS:
            if not told[name] & set(newest):
                text = f"In the newest quarters with signals, {' and '.join(newest)}, none is about {name}."
                yield Gap(code=f"no_{name}", text=text)


def _is_named_elsewhere(history: History, note_id: str, name: str) -> bool:
    wanted = parts(name)
    return any(parts_in(note.text).intersection(wanted) for note in history.notes if note.id != note_id)
