"""What the names and headings of recordings tell: what a meeting was called, when it began, which id it had.

With what was said in it, they make the note of it.
"""

import datetime
import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from notesense.core.note import Attendee
from notesense.core.reading import Reading
from notesense.core.vocabulary import Channel
from notesense.readers import hints
from notesense.readers.family import Content
from notesense.readers.layout import Spoken, laid_out

_MONTHS = (
    *("jan ene gen", "feb fev", "mar mrt maa", "apr avr abr", "may mai mag mei", "jun juin giu"),
    *("jul juil lug", "aug aou ago", "sep set", "oct okt ott out", "nov", "dec dez dic"),
)
"""How the names of the months begin: in English, German, French, Spanish, Italian, Portuguese, Dutch."""
_ZONES = {
    "Z": 0,
    "CET": 1,
    "CEST": 2,
    "MEZ": 1,
    "MESZ": 2,
    "EET": 2,
    "EEST": 3,
    "EST": -5,
    "EDT": -4,
    "PST": -8,
    "PDT": -7,
    "JST": 9,
}
"""Hours of the abbreviations that mean one zone alone; GMT and UTC are read with what follows them."""
_OFFSET = re.compile(r"(?:GMT|UTC)(?:(?P<sign>[+−-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?)?")
_ZOOM = re.compile(r"GMT(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)")
_TEAMS = re.compile(r"(?P<title>.*?)[-_ ]?(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)(?P<utc>UTC)?(?:[-_ ]\D{1,40})?")
"""What stands behind the moment says in the user's language that it is a recording."""
_ZOOM_FOLDER = re.compile(
    r"(\d{4})-(\d\d)-(\d\d) (\d\d)[.:](\d\d)[.:](\d\d) (?P<title>.*?)(?: (?P<id>\d{9,11}))?",
)
_WRITTEN = re.compile(
    r"(?:(?P<month>[^\W\d_]{3,9})\.? (?P<day>\d{1,2}),"
    r"|(?P<first>\d{1,2})(?:\.|er|º)? (?:de |d['’])?(?P<then>[^\W\d_]{3,9})\.?(?: de)?) (?P<year>\d{4})"
    r"(?:,? (?:at |um |à |a las |alle |às |om )?(?P<hour>\d{1,2})[:h](?P<minute>\d\d)[\s\u202f]?(?P<half>[AaPp][Mm])?)?"
)
_GENERIC = re.compile(r"(?i)\b(?:(?:meeting saved )?closed captions?|captions?|recording|transcript(?:ion)?)\b")


class Facts(NamedTuple):
    """What is known of a meeting, empty or None where nothing tells it. `started` without a zone is local time."""

    title: str = ""
    started: datetime.datetime | None = None
    date: datetime.date | None = None
    meeting: str = ""


def facts_of(content: Content) -> Facts:
    """Return what the name of a file tells, and the folder into which Zoom saved it."""
    name = content.stem.encode("utf-8", "replace").decode()
    folder = PurePath(content.where).parent.name if content.name else ""
    if found := _ZOOM.search(name):
        return Facts("", moment(found.groups(), datetime.UTC))
    if named := named_recording(name):
        return named
    if saved := _ZOOM_FOLDER.fullmatch(folder):
        return Facts(saved["title"], moment(saved.groups()[:6]), meeting=saved["id"] or "")
    title = hints.title_of(name, "")
    return Facts(" ".join(_GENERIC.sub(" ", title).split()), date=hints.day_in_name(name))


def named_recording(name: str) -> Facts | None:
    """Return what the name that Teams gives to a recording tells, or None for any other."""
    found = _TEAMS.fullmatch(name.strip())
    began = found and moment(found.groups()[1:7], datetime.UTC if found["utc"] else None)
    return Facts(found["title"].strip(), began) if found and began else None


def written_moment(line: str) -> datetime.datetime | datetime.date | None:
    """Return the moment or day of a line like `March 12, 2026, 10:02AM`, `Mar 12, 2026` or `12. März 2026`."""
    found = _WRITTEN.fullmatch(line.strip())
    month = _month(found["month"] or found["then"]) if found else 0
    if not found or not month:
        return None
    try:
        day = datetime.date(int(found["year"]), month, int(found["day"] or found["first"]))
        if not found["hour"]:
            return day
        hour = int(found["hour"])
        if found["half"]:
            hour = hour % 12 + (12 if found["half"].lower() == "pm" else 0)
        return datetime.datetime.combine(day, datetime.time(hour, int(found["minute"])))
    except ValueError:
        return None


def _month(name: str) -> int:
    """Return the number of the month of this name, 0 for none."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return next(
        (number for number, begins in enumerate(_MONTHS, 1) if any(map(plain.startswith, begins.split()))),
        0,
    )


def zone_of(name: str) -> datetime.tzinfo | None:
    """Return the zone of `CET`, `UTC`, `GMT+1`, `GMT-03:30`; None for what may mean several."""
    if name in _ZONES:
        return datetime.timezone(datetime.timedelta(hours=_ZONES[name]))
    found = _OFFSET.fullmatch(name)
    if not found:
        return None
    minutes = int(found["hours"] or 0) * 60 + int(found["minutes"] or 0)
    if minutes > 14 * 60:
        return None
    return datetime.timezone(datetime.timedelta(minutes=minutes if found["sign"] in (None, "+") else -minutes))


def moment(numbers: Sequence[str], zone: datetime.tzinfo | None = None) -> datetime.datetime | None:
    """Return the moment of year, month, day, hour, minute (and second), or None where there is none such."""
    year, month, day, hour, minute, second = (*map(int, numbers), 0)[:6]
    try:
        return datetime.datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def live_channel(content: Content) -> Channel:
    """Return how people met: a call, unless the name of the file says that it was a meeting."""
    named = hints.channel_of(content.stem, "")
    return Channel.MEETING if named is Channel.MEETING else Channel.CALL


def reading_of(
    content: Content,
    pieces: Sequence[Spoken],
    facts: Facts,
    channel: Channel | None = None,
    attendees: Sequence[Attendee] = (),
) -> Reading:
    """Return the note of a meeting: what was said in it, and what is known of it. Raises InputError for no words."""
    text, turns = laid_out(pieces, content.where)
    return Reading(
        where=content.where,
        text=text,
        turns=turns,
        title=facts.title,
        started=facts.started,
        date=facts.date,
        channel=channel or live_channel(content),
        meeting=facts.meeting,
        attendees=tuple(attendees),
    )
