"""Calendar files (iCalendar, RFC 5545) to meetings: their own time zones, repetitions, what was cancelled.

Times in UTC are those of the calendar's zone (X-WR-TIMEZONE) where it names one, else of this machine's. An event that
cannot be read is told and passed over; the others are read all the same.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from notesense.core.calendar import MOST_LISTED, MOST_MINUTES, Attendee, Meeting, Schedule, in_order
from notesense.core.reading import Readings
from notesense.errors import InputError
from notesense.readers.family import Content, Family, Fit

if TYPE_CHECKING:
    from icalendar import Calendar

MOST_BYTES = 20_000_000
AHEAD = datetime.timedelta(days=370)
"""So far a repeated meeting is looked for: a yearly one is found."""
_GONE = ("DECLINED", "DELEGATED")
_UTC = frozenset({"UTC", "UCT", "Zulu", "Universal", "Etc/UTC", "Etc/UCT", "Etc/Zulu", "Etc/Universal"})
_ADDITION = re.compile(r"\s*([(\[][^()\[\]]*[)\]])$")
"""What stands in brackets at the end of a name: "Duarte, Ines (Harlow)"."""
_ROOMS = ("ROOM", "RESOURCE")
_TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
_Event: TypeAlias = Any
"""An icalendar.Event, whose entries are of some thirty types."""
_Moment: TypeAlias = datetime.datetime | datetime.date
_FAULTS = (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError)
"""What `icalendar` and `dateutil` raise over entries of odd forms."""


def read_calendar(
    path: Path, since: datetime.date, until: datetime.date | None = None, local: datetime.tzinfo | None = None
) -> Schedule:
    """Return the meetings from one day to another (370 days later), inclusive, without cancelled ones.

    `local` is the zone of times in UTC; None is this machine's. Raises InputError where the file cannot be read, is no
    calendar, or holds no event that can be understood.
    """
    last = until or min(since, datetime.date.max - AHEAD) + AHEAD
    read = [_read(book, since, last, local) for book in _calendars(path)]
    unread = [fault for one in read for fault in one.unread]
    if unread and len(unread) == sum(one.events for one in read):
        raise InputError(f"{path} holds no event that can be read; {unread[0]}.", _AGAIN)
    faults = [*unread, *(doubt for one in read for doubt in one.doubtful)]
    told = [f"{path}: {fault}." for fault in faults[:MOST_LISTED]]
    if len(faults) > MOST_LISTED:
        told.append(f"{path}: and {len(faults) - MOST_LISTED} more events.")
    return Schedule(meetings=in_order([one for each in read for one in each.meetings]), faults=tuple(told))


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


class _Read(NamedTuple):
    """What a calendar of a file held: how many events in all, its meetings, and what to tell of single events."""

    events: int
    meetings: tuple[Meeting, ...] = ()
    unread: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


def _read(book: "Calendar", since: datetime.date, until: datetime.date, local: datetime.tzinfo | None) -> _Read:
    """Read a calendar; what moved or fell out of a series stands in an event of its own."""
    events: list[_Event] = book.walk("VEVENT")
    if str(book.get("METHOD", "")).upper() == "CANCEL":
        return _Read(len(events))
    zone = _named_zone(str(book.get("X-WR-TIMEZONE", ""))) or local
    begun: list[_Event] = []
    unread: list[str] = []
    doubtful: list[str] = []
    for event in events:
        with _told(event, unread):
            begun += [event] if _begins(event) else []
    changes = _changes(begun)
    meetings: list[Meeting] = []
    for event in _latest(begun):
        with _told(event, unread):
            found = [one for one in _meetings(event, changes, until, zone) if since <= one.day <= until]
            meetings += found
            doubtful += [_doubt(event)] if found and _is_nowhere(event) else []
    return _Read(len(events), tuple(meetings), tuple(unread), tuple(doubtful))


class _Changes(NamedTuple):
    """What events tell of the series of their UID: single meetings that moved, and where the rest of one moved on."""

    moved: Set[tuple[str, _Moment]]
    onward: Mapping[str, Sequence[_Event]]

    def of(self, event: _Event, start: _Moment) -> _Event:
        """Return the event that tells of the meeting of a series which was to begin then: the last one that holds."""
        return next((one for one in self.onward.get(_uid(event), ()) if _is_after(start, one)), event)


def _changes(events: Sequence[_Event]) -> _Changes:
    moved: set[tuple[str, _Moment]] = set()
    onward: dict[str, list[_Event]] = defaultdict(list)
    for event in filter(_is_change, events):
        moved.add((_uid(event), _instant(event["RECURRENCE-ID"].dt)))
        if str(event["RECURRENCE-ID"].params.get("RANGE", "")).upper() == "THISANDFUTURE":
            onward[_uid(event)].append(event)
    for some in onward.values():
        some.sort(key=lambda one: _day(one["RECURRENCE-ID"].dt), reverse=True)
    return _Changes(moved, onward)


def _is_change(event: _Event) -> bool:
    """Tell whether an event changes one of a series."""
    return "RECURRENCE-ID" in event


def _is_after(start: _Moment, change: _Event) -> bool:
    """Tell whether a meeting of a series was to begin after the one from which on it changes."""
    one, other = _instant(start), _instant(change["RECURRENCE-ID"].dt)
    if isinstance(one, datetime.datetime) and isinstance(other, datetime.datetime):
        return (one.tzinfo is None) == (other.tzinfo is None) and one > other
    return _day(one) > _day(other)


def _day(moment: _Moment) -> datetime.date:
    return moment.date() if isinstance(moment, datetime.datetime) else moment


def _latest(events: Sequence[_Event]) -> list[_Event]:
    """Return the events without those of which a later revision (SEQUENCE) is there, too."""
    last: dict[tuple[str, _Moment | None], int] = {}
    for event in events:
        last[_known(event)] = max(last.get(_known(event), 0), _revision(event))
    return [event for event in events if _revision(event) == last[_known(event)]]


def _known(event: _Event) -> tuple[str, _Moment | None]:
    return _uid(event), _instant(event["RECURRENCE-ID"].dt) if _is_change(event) else None


def _revision(event: _Event) -> int:
    told = str(event.get("SEQUENCE", 0))
    return int(told) if told.isdecimal() else 0


@contextmanager
def _told(event: _Event, unread: list[str]) -> Iterator[None]:
    """Pass over an event that cannot be understood, and tell of it."""
    try:
        yield
    except _FAULTS as error:
        why = str(error).strip().partition("\n")[0][:120] or type(error).__name__
        unread.append(f"{_title(event)} cannot be read and is passed over: {why.rstrip('.')}")


def _title(event: _Event) -> str:
    return f"the event “{str(event.get('SUMMARY', '')).strip()[:60] or 'without a title'}”"


def _is_nowhere(event: _Event) -> bool:
    """Tell whether an event begins in a time zone that nobody knows."""
    start = event["DTSTART"]
    return "TZID" in start.params and isinstance(start.dt, datetime.datetime) and start.dt.tzinfo is None


def _doubt(event: _Event) -> str:
    zone = str(event["DTSTART"].params["TZID"])[:60]
    return f"{_title(event)} is in a time zone that is not known, {zone}: its time is taken as it stands"


def _uid(event: _Event) -> str:
    return str(event.get("UID", ""))


def _meetings(
    event: _Event, changes: _Changes, until: datetime.date, zone: datetime.tzinfo | None
) -> Iterator[Meeting]:
    """Yield the meetings of an event, but those of a series that were moved, and none that was cancelled."""
    for start in _starts(event, until):
        if _is_change(event) or (_uid(event), _instant(start)) not in changes.moved:
            told = event if _is_change(event) else changes.of(event, start)
            shift = told["DTSTART"].dt - told["RECURRENCE-ID"].dt if told is not event else datetime.timedelta()
            if str(told.get("STATUS", "")).upper() != "CANCELLED":
                yield _meeting(told, start + shift, zone)


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
    yield from (one for instant, one in seen.items() if instant not in dropped and _day(one) not in dropped)


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
    if at is not None and at.tzinfo is not None and str(at.tzinfo) in _UTC:
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
    """Yield who comes, the organiser included, without rooms and those who declined or sent somebody; each once."""
    seen: set[str] = set()
    sent: list[str] = []
    for name in ("ORGANIZER", "ATTENDEE"):
        given = event.get(name, [])
        for one in given if isinstance(given, list) else [given]:
            about = one.params
            email = _address(str(one))
            instead = about.get("DELEGATED-TO", [])
            sent += [instead] if isinstance(instead, str) else instead
            attendee = Attendee(name=_name(str(about.get("CN", "")), email), email=email)
            known = attendee.email.casefold() or attendee.name.casefold()
            gone = str(about.get("PARTSTAT", "")).upper() in _GONE
            room = str(about.get("CUTYPE", "")).upper() in _ROOMS
            if known and known not in seen and not gone and not room:
                yield attendee
            seen.add(known)
    for email in map(_address, sent):
        if email and email.casefold() not in seen:
            yield Attendee(name="", email=email)
            seen.add(email.casefold())


def _address(told: str) -> str:
    """Return the e-mail address of a calendar address; nothing for one of another kind."""
    return told[7:].strip() if told[:7].casefold() == "mailto:" else ""


def _name(told: str, email: str) -> str:
    """Return a name as people say it: "Duarte, Ines" is Ines Duarte; an address in its place is none."""
    name = told.strip().strip("\"'")
    if "@" in name or name.casefold() == email.casefold():
        return ""
    last, comma, first = _ADDITION.sub("", name).partition(",")
    addition = _ADDITION.search(name)
    if not comma or "," in first:
        return name
    return " ".join(filter(None, (first.strip(), last.strip(), addition[1] if addition else "")))


def _named_zone(name: str) -> datetime.tzinfo | None:
    try:
        return ZoneInfo(name.strip()) if name.strip() else None
    except (ValueError, OSError, KeyError):
        return None


def _sniff(content: Content) -> Fit:
    begins = content.head.lstrip().upper().startswith(("BEGIN:VCALENDAR", "BEGIN:VEVENT"))
    return Fit.SURE if begins and not content.binary else Fit.NO


def _refuse(content: Content) -> Readings:
    raise InputError(
        f"{content.where} is a calendar: it tells of meetings, and holds no note.",
        "Prepare one of its meetings with: notesense brief --meeting FILE.ics",
    )


FAMILY = Family("calendar", frozenset({".ics"}), _sniff, _refuse)
"""As a source of notes a calendar is refused with what it is good for."""
