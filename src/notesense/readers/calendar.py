"""Calendar files (iCalendar, RFC 5545) to meetings: their own time zones, repetitions, what was cancelled.

Times in UTC are those of the calendar's zone (X-WR-TIMEZONE) where it names one, else of this machine's.
"""

import datetime
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from zoneinfo import ZoneInfo

from notesense.core.calendar import MOST_MINUTES, Attendee, Meeting, in_order
from notesense.errors import InputError

if TYPE_CHECKING:
    from icalendar import Calendar

MOST_BYTES = 20_000_000
AHEAD = datetime.timedelta(days=370)
"""So far a repeated meeting is looked for: a yearly one is found."""
_ROOMS = ("ROOM", "RESOURCE")
_TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
_Event: TypeAlias = Any
"""An icalendar.Event, whose entries are of some thirty types."""
_Moment: TypeAlias = datetime.datetime | datetime.date


def read_calendar(
    path: Path, since: datetime.date, until: datetime.date | None = None, local: datetime.tzinfo | None = None
) -> tuple[Meeting, ...]:
    """Return the meetings from one day to another (370 days later), inclusive, in order, without cancelled ones.

    `local` is the zone of times in UTC; None is this machine's. Raises InputError where the file cannot be read, is no
    calendar, holds no event at all, or an event that cannot be understood.
    """
    last = until or min(since, datetime.date.max - AHEAD) + AHEAD
    try:
        return in_order([one for book in _calendars(path) for one in _meetings(book, since, last, local)])
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError) as error:
        why = str(error).strip().partition("\n")[0][:120] or type(error).__name__
        raise InputError(f"{path} holds an event that cannot be read: {why}.", _AGAIN) from None


_AGAIN = "Export it again from your calendar as iCalendar (.ics)."


def _calendars(path: Path) -> "list[Calendar]":
    from icalendar import Calendar

    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(
            f"Cannot read {path}: {error.strerror or error}.", "Check the path and its permissions."
        ) from None
    if len(data) > MOST_BYTES:
        raise InputError(f"{path} is larger than {MOST_BYTES // 1_000_000} MB.", "Export a shorter time.")
    try:
        found = [one for one in Calendar.from_ical(data, multiple=True) if isinstance(one, Calendar)]
    except (ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
        why = str(error).strip().partition("\n")[0][:120]
        raise InputError(f"{path} is no calendar that can be read: {why}.", _AGAIN) from None
    if not any(book.walk("VEVENT") for book in found):
        raise InputError(f"{path} holds no event.", _AGAIN)
    return found


def _meetings(
    book: "Calendar", since: datetime.date, until: datetime.date, local: datetime.tzinfo | None
) -> Iterator[Meeting]:
    """Yield the meetings of a calendar; what moved or fell out of a series stands in an event of its own."""
    if str(book.get("METHOD", "")).upper() == "CANCEL":
        return
    zone = _named_zone(str(book.get("X-WR-TIMEZONE", ""))) or local
    events: list[_Event] = [event for event in book.walk("VEVENT") if _begins(event)]
    moved = {
        (str(event.get("UID", "")), _instant(event["RECURRENCE-ID"].dt)) for event in events if "RECURRENCE-ID" in event
    }
    for event in events:
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        uid = str(event.get("UID", ""))
        for start in _starts(event, until):
            if "RECURRENCE-ID" not in event and (uid, _instant(start)) in moved:
                continue
            meeting = _meeting(event, start, zone)
            if since <= meeting.day <= until:
                yield meeting


def _begins(event: _Event) -> bool:
    """Tell whether an event says when it begins. Raises ValueError where what it says cannot be understood."""
    faults = [why for name, why in event.errors if name in ("DTSTART", "RRULE", "RECURRENCE-ID")]
    if faults:
        raise ValueError(faults[0])
    return event.get("DTSTART") is not None


def _starts(event: _Event, until: datetime.date) -> Iterator[_Moment]:
    """Yield when an event begins: once, or as its rule, its further days and its exceptions say."""
    first: _Moment = event["DTSTART"].dt
    rule = event.get("RRULE")
    if "RECURRENCE-ID" in event or (rule is None and not event.rdates):
        yield first
        return
    dropped = set(map(_instant, event.exdates))
    told: list[_Moment] = [first]
    for one in rule if isinstance(rule, list) else [rule] * (rule is not None):
        told += _by_rule(one, first, until)
    told += [one[0] if isinstance(one, tuple) else one for one in event.rdates]
    seen = {_instant(one): one for one in told}
    yield from (one for instant, one in seen.items() if instant not in dropped)


def _by_rule(rule: Any, first: _Moment, until: datetime.date) -> Iterator[_Moment]:
    """Yield the beginnings by one rule: at the same time of the day there, whatever the clocks do.

    What repeats within a day is no meeting with a customer: no more than its first is read.
    """
    from dateutil.rrule import rrulestr

    if str(rule["FREQ"][0]).upper() in _TOO_OFTEN:
        return
    zone = first.tzinfo if isinstance(first, datetime.datetime) else None
    bound = min(
        [datetime.datetime.combine(until + datetime.timedelta(days=1), datetime.time.max)]
        + [_wall(one, zone) for one in rule.get("UNTIL", [])]
    )
    count = next(iter(rule.get("COUNT", [])), None)
    bare = type(rule)({name: value for name, value in rule.items() if name not in ("UNTIL", "COUNT")})
    every = rrulestr(bare.to_ical().decode(), dtstart=_wall(first, zone)).replace(until=bound)
    for wall in islice(every, count):
        yield wall.replace(tzinfo=zone) if isinstance(first, datetime.datetime) else wall.date()


def _wall(moment: _Moment, zone: datetime.tzinfo | None) -> datetime.datetime:
    """Return what the clock on the wall shows in a zone; a day that is told without a time counts to its end."""
    if not isinstance(moment, datetime.datetime):
        return datetime.datetime.combine(moment, datetime.time.max if zone else datetime.time.min)
    return (moment.astimezone(zone) if moment.tzinfo and zone else moment).replace(tzinfo=None)


def _instant(moment: _Moment) -> _Moment:
    """Return a form in which beginnings are compared: aware times in UTC."""
    if isinstance(moment, datetime.datetime) and moment.tzinfo is not None:
        return moment.astimezone(datetime.UTC)
    return moment


def _meeting(event: _Event, start: _Moment, zone: datetime.tzinfo | None) -> Meeting:
    at = start if isinstance(start, datetime.datetime) else None
    if at is not None and at.tzinfo is not None and str(at.tzinfo) == "UTC":
        at = at.astimezone(zone)
    return Meeting(
        day=at.date() if at else start,
        time=at.time().replace(microsecond=0) if at else None,
        minutes=_minutes(event) if at else None,
        title=str(event.get("SUMMARY", "")).strip(),
        location=str(event.get("LOCATION", "")).strip(),
        attendees=tuple(_attendees(event)),
    )


def _minutes(event: _Event) -> int | None:
    """Return how long an event lasts, at most `MOST_MINUTES`; None where it does not say, or lasts no minute."""
    if "DTEND" in event:
        length = event["DTEND"].dt - event["DTSTART"].dt
    elif "DURATION" in event:
        length = event["DURATION"].dt
    else:
        return None
    minutes = int(length.total_seconds() // 60)
    return min(minutes, MOST_MINUTES) if minutes > 0 else None


def _attendees(event: _Event) -> Iterator[Attendee]:
    """Yield who comes, the organiser included, without rooms and those who declined; each once."""
    seen: set[str] = set()
    for name in ("ORGANIZER", "ATTENDEE"):
        given = event.get(name, [])
        for one in given if isinstance(given, list) else [given]:
            about = one.params
            address = str(one)
            email = address[7:] if address[:7].casefold() == "mailto:" else ""
            attendee = Attendee(name=_name(str(about.get("CN", "")), email), email=email.strip())
            known = attendee.email.casefold() or attendee.name.casefold()
            gone = str(about.get("PARTSTAT", "")).upper() == "DECLINED"
            room = str(about.get("CUTYPE", "")).upper() in _ROOMS
            if known and known not in seen and not gone and not room:
                yield attendee
            seen.add(known)


def _name(told: str, email: str) -> str:
    """Return a name as people say it: "Duarte, Ines" is Ines Duarte; an address in its place is none."""
    name = told.strip().strip("\"'")
    if "@" in name or name.casefold() == email.casefold():
        return ""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}".strip() if comma and "," not in first else name


def _named_zone(name: str) -> datetime.tzinfo | None:
    try:
        return ZoneInfo(name.strip()) if name.strip() else None
    except (ValueError, OSError, KeyError):
        return None
