"""The drawn line of a relation: contacts by channel, the longest silence, what was good, bad or changed, days to come.

Places are per cent of the drawing's length, so that it fits any width with marks of one size. The same facts stand in
words beside it: `summary` for those who hear the page, and `months` as a table.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from notesense.core.evidence import Evidence
from notesense.core.note import Note
from notesense.core.picture import AccountPicture
from notesense.core.vocabulary import LIVE_CHANNELS
from notesense.render import words

LONGEST = 730
"""Days before the last day drawn that are drawn at most; what is older is counted."""
FURTHEST = 200
"""Days after the day of the picture that are drawn at most; a later renewal is told in words alone."""
STEPS = 40
"""Marks of one row that fall into the same of so many parts of the line are drawn as one."""
MOST_TICKS = 5

_CHANNELS: dict[str, str] = {"meeting": "M", "call": "C", "email": "E", "support": "S", "chat": "H", "memo": "N"}
_SIGNALS: dict[str, tuple[str, str]] = {"good": ("Good", "+"), "bad": ("Trouble", "!"), "change": ("Change", "Δ")}


@dataclass(frozen=True)
class Mark:
    """One or several things at about the same place; `told` says what and when."""

    place: float
    count: int
    told: str


@dataclass(frozen=True)
class Row:
    """The marks of one channel, or of one kind of signal, oldest first. `code` names their shape."""

    code: str
    name: str
    letter: str
    live: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Flag:
    """A day of its own: the day of the picture, the meeting, the renewal, or the beginning of a quarter."""

    code: str
    name: str
    place: float

    @property
    def anchor(self) -> str:
        """On which side of its place the name stands, so that it stays on the drawing."""
        return "end" if self.place > 50 else "start"


@dataclass(frozen=True)
class Month:
    """One month in figures: by row code, how many."""

    name: str
    counts: Mapping[str, int]

    def told(self, rows: "Sequence[Row]") -> str:
        """Return the figures of these rows in words, nothing where there are none."""
        return ", ".join(f"{row.name} {self.counts[row.code]}" for row in rows if self.counts.get(row.code))


@dataclass(frozen=True)
class TimeLine:
    """What is drawn. `gap` is where the longest silence begins and how long it is, in per cent."""

    contacts: tuple[Row, ...]
    signals: tuple[Row, ...]
    gap: tuple[float, float] | None
    flags: tuple[Flag, ...]
    ticks: tuple[Flag, ...]
    months: tuple[Month, ...]
    title: str
    summary: str
    begins: str
    ends: str

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, contacts first."""
        return (*self.contacts, *self.signals)


@dataclass(frozen=True)
class _Scale:
    first: datetime.date
    last: datetime.date

    def place(self, day: datetime.date) -> float:
        return round((day - self.first).days / (self.last - self.first).days * 100, 2)

    def holds(self, day: datetime.date | None) -> bool:
        return day is not None and self.first <= day <= self.last


def time_line(picture: AccountPicture, notes: Iterable[Note]) -> TimeLine | None:
    """Return the time line, or None where there are fewer than two days to draw.

    `notes` are the account's; what is dated after the day of the picture is left out. Without them no channel is known.
    """
    scale = _scale(picture)
    if scale is None:
        return None
    contacts = _contacts(picture, notes)
    signals = _signals(picture)
    drawn = [day for _, day in contacts if scale.holds(day)]
    return TimeLine(
        contacts=_rows(contacts, scale),
        signals=_rows(signals, scale),
        gap=_gap(picture, scale),
        flags=_flags(picture, scale),
        ticks=_ticks(scale),
        months=_months([*contacts, *signals], scale),
        title=f"{words.count(len(drawn), 'contact')} from {words.day(scale.first)} to {words.day(picture.as_of)}",
        summary=_summary(picture, contacts, signals, scale),
        begins=words.day(scale.first),
        ends=words.day(scale.last),
    )


def _scale(picture: AccountPicture) -> _Scale | None:
    days = picture.contact.days
    if not days:
        return None
    ahead = [day for day in (picture.meeting, picture.renewal) if day and (day - picture.as_of).days <= FURTHEST]
    last = max(picture.as_of, *ahead) if ahead else picture.as_of
    first = max(days[0], last - datetime.timedelta(days=LONGEST))
    return _Scale(first, last) if first < last else None


def _contacts(picture: AccountPicture, notes: Iterable[Note]) -> list[tuple[str, datetime.date]]:
    """Return channel and day of each contact, oldest first; without notes only the days."""
    told = sorted((note.date, note.channel.value) for note in notes if note.date <= picture.as_of)
    return [(channel, day) for day, channel in told] or [("contact", day) for day in picture.contact.days]


def _signals(picture: AccountPicture) -> list[tuple[str, datetime.date]]:
    """Return what was good, bad or a change, each telling once, oldest first."""
    told: dict[str, Sequence[Evidence]] = {
        "good": [one.source for one in picture.praise],
        "bad": [one.source for one in (*picture.pains, *picture.price, *picture.stalled, *picture.competitors)],
        "change": [one.source for one in picture.people],
    }
    found = {(code, one.date, one.note_id, one.start) for code, evidence in told.items() for one in evidence}
    return [(code, day) for code, day, _, _ in sorted(found, key=lambda one: one[1:])]


def _rows(told: Sequence[tuple[str, datetime.date]], scale: _Scale) -> tuple[Row, ...]:
    named = {code: (words.channel(code).capitalize(), letter) for code, letter in _CHANNELS.items()}
    named |= {"contact": ("Contact", "•"), **_SIGNALS}
    rows = []
    for code, (name, letter) in named.items():
        days = [day for one, day in told if one == code and scale.holds(day)]
        if days:
            live = code in {channel.value for channel in LIVE_CHANNELS}
            rows.append(Row(code, name, letter, live, _marks(days, name, scale)))
    return tuple(rows)


def _marks(days: Sequence[datetime.date], name: str, scale: _Scale) -> tuple[Mark, ...]:
    near: dict[int, list[datetime.date]] = {}
    for day in days:
        near.setdefault(int(scale.place(day) * STEPS / 100), []).append(day)
    return tuple(Mark(scale.place(some[len(some) // 2]), len(some), _told(name, some)) for some in near.values())


def _told(name: str, days: Sequence[datetime.date]) -> str:
    if days[0] == days[-1]:
        return f"{name}, {words.day(days[0])}" + (f" ({len(days)})" if len(days) > 1 else "")
    return f"{name}, {len(days)} from {words.day(days[0])} to {words.day(days[-1])}"


def _gap(picture: AccountPicture, scale: _Scale) -> tuple[float, float] | None:
    span = picture.contact.longest_gap
    if span is None or span[1] <= scale.first:
        return None
    begin = scale.place(max(span[0], scale.first))
    return begin, round(scale.place(span[1]) - begin, 2)


def _flags(picture: AccountPicture, scale: _Scale) -> tuple[Flag, ...]:
    days = (("today", "as of", picture.as_of), ("meeting", "meeting", picture.meeting))
    every = (*days, ("renewal", "renewal", picture.renewal))
    return tuple(
        Flag(code, f"{name} {words.day(day)}", scale.place(day))
        for code, name, day in every
        if day and scale.holds(day)
    )


def _ticks(scale: _Scale) -> tuple[Flag, ...]:
    """Return the beginnings of quarters, every so many of them, oldest first."""
    year, month = scale.first.year, (scale.first.month - 1) // 3 * 3 + 1
    starts = []
    while (day := datetime.date(year, month, 1)) <= scale.last:
        if day >= scale.first:
            starts.append(day)
        year, month = (year + 1, 1) if month == 10 else (year, month + 3)
    every = -(-len(starts) // MOST_TICKS) or 1
    return tuple(Flag("tick", words.day(day)[2:], scale.place(day)) for day in starts[::every])


def _months(told: Sequence[tuple[str, datetime.date]], scale: _Scale) -> tuple[Month, ...]:
    counts: dict[tuple[int, int], Counter[str]] = {}
    for code, day in told:
        if scale.holds(day):
            counts.setdefault((day.year, day.month), Counter())[code] += 1
    return tuple(Month(words.day(datetime.date(*key, 1))[2:], counts[key]) for key in sorted(counts))


def _summary(
    picture: AccountPicture,
    contacts: Sequence[tuple[str, datetime.date]],
    signals: Sequence[tuple[str, datetime.date]],
    scale: _Scale,
) -> str:
    """Return the drawing in words."""
    mix = Counter(words.channel(code) for code, day in contacts if scale.holds(day))
    said = [words.capital(", ".join(f"{name} {number}" for name, number in mix.most_common())) + "."]
    kinds = Counter(_SIGNALS[code][0].lower() for code, day in signals if scale.holds(day))
    if kinds:
        said.append("Heard: " + ", ".join(f"{name} {number}" for name, number in kinds.most_common()) + ".")
    span = picture.contact.longest_gap
    if span and picture.contact.longest_gap_days:
        days = words.count(picture.contact.longest_gap_days, "day")
        said.append(f"Longest gap: {days}, {words.day(span[0])} to {words.day(span[1])}.")
    said += [f"{words.capital(flag.name)}." for flag in _flags(picture, scale) if flag.code != "today"]
    if picture.renewal and not scale.holds(picture.renewal):
        said.append(f"Renewal {words.day(picture.renewal)}, not drawn.")
    if older := sum(day < scale.first for _, day in contacts):
        said.append(f"{words.count(older, 'contact')} before {words.day(scale.first)}, not drawn.")
    return " ".join(said)
