"""The contact clock: when we last spoke, how often we usually do, through which channels, and which habits show.

Every pattern is a plain count with dates. Nothing is concluded from the words of a note here; only whether somebody is
named in it is looked at. Notes are taken in the order of their days, whenever they were entered; those of one day count
as one contact. A renewal may lie in the past: the same day of every year counts.
"""

import datetime
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median

from notesense.core.history import History
from notesense.core.note import Note
from notesense.core.picture import Contact, Pattern, Person
from notesense.core.pillars import quarter_of
from notesense.core.spellings import parts, parts_in
from notesense.core.vocabulary import Channel

QUIET_DAYS = 60
"""Silence shorter than this is never called quiet."""
NO_LIVE_DAYS = 90
TIMES_USUAL = 2
LONG_GAP_DAYS = 180
EMAIL_ONLY_NOTES = 3
RENEWAL_WINDOW_DAYS = 90
RENEWAL_ONLY_SHARE = 0.8
RENEWAL_ONLY_DAYS = 3
RECENT_DAYS = 180
UNHEARD_MEETINGS = 3
"""A decider whom so many of the last calls and meetings do not name is told of."""


def contact_of(history: History, renewal: datetime.date | None = None, people: Sequence[Person] = ()) -> Contact:
    """Return the contact clock of an account. `renewal` is a renewal day of its contract, `people` who is in a role.

    Without a renewal day, nothing is said of contact around renewals. A note of which nothing told the day is no call
    or meeting of that day, and counts as a contact only where there are no others.
    """
    notes = tuple(note for note in history.notes if not note.source.undated) or history.notes
    if not notes:
        return Contact()
    days = tuple(sorted({note.date for note in notes}))
    live = [note for note in notes if note.is_live]
    live_days = tuple(sorted({note.date for note in live}))
    gap, live_gap = _longest(days), _longest(live_days)
    last_live = live[-1].date if live else None
    email_only = _email_only(notes)
    patterns = (
        _quiet(history, days),
        _no_live(history, live),
        email_only,
        _slowing(history, days),
        _long_gap(notes, gap),
        _renewal_only(notes, days, renewal),
        *(_unheard(live, person) for person in people),
    )
    return Contact(
        last_contact=days[-1],
        days_since_last_contact=history.age(days[-1]),
        last_live_contact=last_live,
        days_since_last_live_contact=None if last_live is None else history.age(last_live),
        longest_gap_days=None if gap is None else (gap[1] - gap[0]).days,
        longest_gap=gap,
        usual_interval_days=_usual(days),
        earlier_interval_days=_usual(_earlier(history, days)),
        recent_interval_days=_usual(_recent(history, days)),
        usual_live_interval_days=_usual(live_days),
        longest_live_gap_days=None if live_gap is None else (live_gap[1] - live_gap[0]).days,
        channel_mix=dict(sorted(Counter(note.channel.value for note in notes).items())),
        channel_mix_by_quarter=_by_quarter(notes),
        email_only_since=None if email_only is None else email_only.since,
        days=days,
        patterns=tuple(pattern for pattern in patterns if pattern is not None),
    )


def _usual(days: tuple[datetime.date, ...]) -> int | None:
    if len(days) < 3:
        return None
    return round(median((later - earlier).days for earlier, later in pairwise(days)))


def _beyond(days: int, least: int, usual: int | None) -> bool:
    return days > max(least, TIMES_USUAL * (usual or 0))


def _usually(usual: int | None) -> str:
    return "" if usual is None else f"; usual interval {usual} days"


def _quiet(history: History, days: tuple[datetime.date, ...]) -> Pattern | None:
    silence, usual = history.age(days[-1]), _usual(days)
    if not _beyond(silence, QUIET_DAYS, usual):
        return None
    text = f"No contact for {silence} days, since {days[-1]}{_usually(usual)}."
    return Pattern(code="quiet", text=text, days=silence, since=days[-1], note_ids=(history.notes[-1].id,))


def _no_live(history: History, live: list[Note]) -> Pattern | None:
    if not live:
        return None
    last = live[-1]
    silence, usual = history.age(last.date), _usual(tuple(sorted({note.date for note in live})))
    if not _beyond(silence, NO_LIVE_DAYS, usual):
        return None
    text = f"No call or meeting for {silence} days, since {last.date}{_usually(usual)}."
    return Pattern(code="no_live", text=text, days=silence, since=last.date, note_ids=(last.id,))


def _email_only(notes: tuple[Note, ...]) -> Pattern | None:
    """Return the last days on which all contact was by e-mail, where they have enough e-mails."""
    run: list[Note] = []
    for _, same_day in groupby(reversed(notes), key=lambda note: note.date):
        of_day = list(same_day)
        if any(note.channel is not Channel.EMAIL for note in of_day):
            break
        run += of_day
    if len(run) < EMAIL_ONLY_NOTES:
        return None
    run.reverse()
    text = f"E-mail only since {run[0].date}: {len(run)} e-mails, no call or meeting."
    return Pattern(code="email_only", text=text, since=run[0].date, note_ids=tuple(note.id for note in run))


def _recent(history: History, days: tuple[datetime.date, ...]) -> tuple[datetime.date, ...]:
    """Return the days of contact of late, with the last one before them: the interval into them counts."""
    earlier = _earlier(history, days)
    return (*earlier[-1:], *days[len(earlier) :])


def _earlier(history: History, days: tuple[datetime.date, ...]) -> tuple[datetime.date, ...]:
    return tuple(day for day in days if history.age(day) > RECENT_DAYS)


def _slowing(history: History, days: tuple[datetime.date, ...]) -> Pattern | None:
    before, now = _usual(_earlier(history, days)), _usual(_recent(history, days))
    if before is None or now is None or now < TIMES_USUAL * max(before, 1):
        return None
    recent = _recent(history, days)
    text = (
        f"Contact has slowed: in the last {RECENT_DAYS} days usually {now} days lie between two contacts, "
        f"before that it was {before}."
    )
    ids = tuple(note.id for note in history.notes if note.date in recent)
    return Pattern(code="slowing", text=text, days=now, since=recent[0], note_ids=ids)


def _by_quarter(notes: tuple[Note, ...]) -> dict[str, dict[str, int]]:
    """Return how many notes of each channel every quarter has, from the first to the last."""
    first, last = (4 * note.date.year + (note.date.month - 1) // 3 for note in (notes[0], notes[-1]))
    quarters = {f"{at // 4:04d}-Q{at % 4 + 1}": Counter[str]() for at in range(first, last + 1)}
    for note in notes:
        quarters[quarter_of(note.date)][note.channel.value] += 1
    return {quarter: dict(sorted(mix.items())) for quarter, mix in quarters.items()}


def _unheard(live: list[Note], person: Person) -> Pattern | None:
    """Return that a customer's person in a role is named in none of the last calls and meetings since that was told."""
    names = [part for name in (person.person, *person.also_written) if name for part in parts(name) if len(part) > 1]
    if not (names and person.role and person.in_role and person.side == "customer"):
        return None
    missed: list[Note] = []
    for note in reversed(live):
        if note.date <= person.date or parts_in(note.text).intersection(names):
            break
        missed.append(note)
    if len(missed) < UNHEARD_MEETINGS:
        return None
    missed.reverse()
    text = f"{person.person} ({person.role}) is named in none of the last {len(missed)} calls and meetings."
    ids = tuple(note.id for note in missed)
    return Pattern(code="decider_unheard", text=text, since=missed[0].date, note_ids=ids)


def _longest(days: tuple[datetime.date, ...]) -> tuple[datetime.date, datetime.date] | None:
    return max(pairwise(days), key=lambda pair: pair[1] - pair[0], default=None)


def _long_gap(notes: tuple[Note, ...], gap: tuple[datetime.date, datetime.date] | None) -> Pattern | None:
    if gap is None or (gap[1] - gap[0]).days < LONG_GAP_DAYS:
        return None
    length = (gap[1] - gap[0]).days
    text = f"Longest silence between two contacts: {length} days, {gap[0]} to {gap[1]}."
    ends = tuple(note.id for note in notes if note.date in gap)
    return Pattern(code="long_gap", text=text, days=length, since=gap[0], note_ids=ends)


def _renewal_only(
    notes: tuple[Note, ...], days: tuple[datetime.date, ...], renewal: datetime.date | None
) -> Pattern | None:
    if renewal is None or len(days) < RENEWAL_ONLY_DAYS or (days[-1] - days[0]).days < 365:
        return None
    near = tuple(note for note in notes if _before_renewal(note.date, renewal))
    near_days = {note.date for note in near}
    if len(near_days) < RENEWAL_ONLY_SHARE * len(days):
        return None
    text = (
        f"{len(near_days)} of {len(days)} days of contact fall in the {RENEWAL_WINDOW_DAYS} days up to the renewal "
        f"({renewal:%m-%d}, counting the same day of each year)."
    )
    return Pattern(code="renewal_only", text=text, since=near[0].date, note_ids=tuple(note.id for note in near))


def _before_renewal(day: datetime.date, renewal: datetime.date) -> bool:
    """Tell whether the next return of the renewal day comes within the window; 29 February counts as 1 March.

    In the last year that a calendar knows there may be none left.
    """
    for year in (day.year, min(day.year + 1, datetime.MAXYEAR)):
        try:
            due = renewal.replace(year=year)
        except ValueError:
            due = datetime.date(year, 3, 1)
        if due >= day:
            return (due - day).days <= RENEWAL_WINDOW_DAYS
    return False
