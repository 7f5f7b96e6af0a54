"""Calendar files: time zones, repetitions, what was cancelled or moved, who comes, and what is broken."""

import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from notesense.core.calendar import Meeting
from notesense.errors import InputError
from notesense.readers import calendar
from notesense.readers.calendar import read_calendar

SINCE = datetime.date(2026, 3, 2)
BERLIN = "DTSTART;TZID=Europe/Berlin:20260302T090000"


def event(*lines: str, uid: str = "1") -> str:
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def read(tmp_path: Path, *events: str, head: str = "", until: datetime.date | None = None) -> tuple[Meeting, ...]:
    text = "\n".join(filter(None, ["BEGIN:VCALENDAR", "VERSION:2.0", head, *events, "END:VCALENDAR"]))
    file = tmp_path / "calendar.ics"
    file.write_text(text.replace("\n", "\r\n") + "\r\n", encoding="utf-8")
    schedule = read_calendar(file, SINCE, until, ZoneInfo("America/New_York"))
    assert schedule.faults == ()
    return schedule.meetings


def told(tmp_path: Path, *events: str) -> tuple[list[str], list[str]]:
    file = tmp_path / "c.ics"
    file.write_text("\r\n".join(["BEGIN:VCALENDAR", *(e.replace("\n", "\r\n") for e in events), "END:VCALENDAR", ""]))
    schedule = read_calendar(file, SINCE)
    return when(schedule.meetings), [fault.removeprefix(f"{file}: ") for fault in schedule.faults]


def when(meetings: tuple[Meeting, ...]) -> list[str]:
    return [one.told for one in meetings]


@pytest.mark.parametrize(
    ("begin", "head", "told"),
    [
        (BERLIN, "", "2026-03-02 09:00 x"),
        ("DTSTART;TZID=Asia/Tokyo:20260303T003000", "", "2026-03-03 00:30 x"),
        ("DTSTART;TZID=W. Europe Standard Time:20260302T090000", "", "2026-03-02 09:00 x"),
        ("DTSTART:20260302T233000", "", "2026-03-02 23:30 x"),
        ("DTSTART:20260303T003000Z", "", "2026-03-02 19:30 x"),
        ("DTSTART;TZID=Etc/UTC:20260303T003000", "", "2026-03-02 19:30 x"),
        ("DTSTART:20260302T233000Z", "X-WR-TIMEZONE:Europe/Berlin", "2026-03-03 00:30 x"),
        ("DTSTART:20260303T003000Z", "X-WR-TIMEZONE:Nowhere/../Land", "2026-03-02 19:30 x"),
        ("DTSTART;VALUE=DATE:20260302", "", "2026-03-02 x"),
    ],
)
def test_a_day_is_that_of_the_meetings_time_zone(tmp_path: Path, begin: str, head: str, told: str) -> None:
    assert when(read(tmp_path, event(begin, "SUMMARY:x"), head=head)) == [told]


@pytest.mark.parametrize(
    ("length", "minutes"),
    [
        ("DTEND;TZID=Europe/Berlin:20260302T094500", 45),
        ("DURATION:PT1H30M", 90),
        ("DURATION:P2D", 480),
        ("DURATION:PT0S", None),
        ("LOCATION:Hall 3", None),
    ],
)
def test_how_long_it_lasts(tmp_path: Path, length: str, minutes: int | None) -> None:
    (meeting,) = read(tmp_path, event(BERLIN, length))
    assert meeting.minutes == minutes


def test_a_whole_day_has_no_length(tmp_path: Path) -> None:
    (meeting,) = read(tmp_path, event("DTSTART;VALUE=DATE:20260302", "DTEND;VALUE=DATE:20260303"))
    assert (meeting.time, meeting.minutes) == (None, None)


def test_who_comes(tmp_path: Path) -> None:
    (meeting,) = read(
        tmp_path,
        event(
            BERLIN,
            "ORGANIZER;CN=Ben Adeyemi:mailto:ben@ours.example",
            "ATTENDEE;CN=Ben Adeyemi:MAILTO:Ben@ours.example",
            'ATTENDEE;CN="Duarte, Ines":mailto:ines@harlow.example',
            "ATTENDEE;PARTSTAT=DECLINED;CN=Zed:mailto:zed@harlow.example",
            "ATTENDEE;CUTYPE=ROOM;CN=Room 4:mailto:room4@ours.example",
            "ATTENDEE;CN=tom.lee@harlow.example:mailto:tom.lee@harlow.example",
            "ATTENDEE;CN=No Address:urn:uuid:1",
        ),
    )
    assert [one.shown for one in meeting.attendees] == ["Ben Adeyemi", "Ines Duarte", "Tom Lee", "No Address"]


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Falk, Odine", "Odine Falk"),
        ("Falk, Odine (Utrecht)", "Odine Falk (Utrecht)"),
        ("Falk, Odine [Guest]", "Odine Falk [Guest]"),
        ("Odine Falk (Falk, Sons)", "Odine Falk (Falk, Sons)"),
        ("Falk, Sons, Daughters", "Falk, Sons, Daughters"),
    ],
)
def test_a_name_as_people_say_it(tmp_path: Path, told: str, name: str) -> None:
    (meeting,) = read(tmp_path, event(BERLIN, f'ATTENDEE;CN="{told}":mailto:o@falk.example'))
    assert [one.name for one in meeting.attendees] == [name]


def test_who_was_sent_comes_instead(tmp_path: Path) -> None:
    (meeting,) = read(
        tmp_path,
        event(
            BERLIN,
            'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:per@falk.example";CN=Odine Falk:mailto:o@falk.example',
            "ATTENDEE;CN=Per Lund:mailto:Per@falk.example",
            'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:ida.holm@falk.example":mailto:x@falk.example',
            'ATTENDEE;DELEGATED-TO="urn:x","mailto:ida.holm@falk.example";CN=Mia:mailto:mia@falk.example',
        ),
    )
    assert [one.shown for one in meeting.attendees] == ["Per Lund", "Mia", "Ida Holm"]


@pytest.mark.parametrize("order", [1, -1])
def test_a_later_revision_takes_the_place_of_the_earlier_one(tmp_path: Path, order: int) -> None:
    old = event(BERLIN, "SEQUENCE:1", "SUMMARY:old")
    new = event("DTSTART:20260304T100000", "SEQUENCE:2", "SUMMARY:new")
    other = event("DTSTART:20260305T100000", "SUMMARY:other", uid="2")
    same = event("DTSTART:20260306T100000", "SUMMARY:same", "SEQUENCE:x", uid="2")
    assert when(read(tmp_path, *[old, new, other, same][::order])) == [
        "2026-03-04 10:00 new",
        "2026-03-05 10:00 other",
        "2026-03-06 10:00 same",
    ]
    off = event(BERLIN, "SEQUENCE:3", "STATUS:CANCELLED")
    assert read(tmp_path, *[old, new, off][::order]) == ()


def test_a_revision_of_one_meeting_leaves_the_series(tmp_path: Path) -> None:
    series = event(BERLIN, "RRULE:FREQ=WEEKLY;COUNT=2", "SEQUENCE:4", "SUMMARY:w")
    moved = "RECURRENCE-ID;TZID=Europe/Berlin:20260309T090000"
    first = event(moved, "DTSTART;TZID=Europe/Berlin:20260310T090000", "SEQUENCE:1", "SUMMARY:first")
    second = event(moved, "DTSTART;TZID=Europe/Berlin:20260311T090000", "SEQUENCE:2", "SUMMARY:second")
    assert when(read(tmp_path, series, second, first)) == ["2026-03-02 09:00 w", "2026-03-11 09:00 second"]


def test_a_series_that_moves_from_one_meeting_on(tmp_path: Path) -> None:
    series = event(BERLIN, "RRULE:FREQ=WEEKLY;COUNT=6", "SUMMARY:w")
    later = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260309T090000",
        "DTSTART;TZID=Europe/Berlin:20260310T140000",
        "DURATION:PT2H",
        "SUMMARY:later",
    )
    single = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20260316T090000",
        "DTSTART;TZID=Europe/Berlin:20260316T100000",
        "SUMMARY:single",
    )
    off = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260330T090000",
        "DTSTART;TZID=Europe/Berlin:20260330T090000",
        "STATUS:CANCELLED",
    )
    found = read(tmp_path, off, series, later, single)
    assert when(found) == [
        "2026-03-02 09:00 w",
        "2026-03-10 14:00 later",
        "2026-03-16 10:00 single",
        "2026-03-24 14:00 later",
    ]
    assert [one.minutes for one in found] == [None, 120, None, 120]


def test_whole_days_that_move_from_one_on(tmp_path: Path) -> None:
    series = event("DTSTART;VALUE=DATE:20260302", "RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:d")
    later = event(
        "RECURRENCE-ID;VALUE=DATE;RANGE=THISANDFUTURE:20260309", "DTSTART;VALUE=DATE:20260311", "SUMMARY:later"
    )
    assert when(read(tmp_path, series, later)) == ["2026-03-02 d", "2026-03-11 later", "2026-03-18 later"]


def test_a_series_keeps_its_hour_and_loses_what_was_dropped_moved_or_cancelled(tmp_path: Path) -> None:
    series = event(
        BERLIN, "RRULE:FREQ=WEEKLY;UNTIL=20260420T070000Z", "EXDATE;TZID=Europe/Berlin:20260309T090000", "SUMMARY:w"
    )
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20260316T090000",
        "DTSTART;TZID=Europe/Berlin:20260317T140000",
        "SUMMARY:moved",
    )
    off = event("RECURRENCE-ID:20260323T080000Z", "DTSTART:20260323T080000Z", "STATUS:CANCELLED")
    assert when(read(tmp_path, series, moved, off)) == [
        "2026-03-02 09:00 w",
        "2026-03-17 14:00 moved",
        "2026-03-30 09:00 w",
        "2026-04-06 09:00 w",
        "2026-04-13 09:00 w",
        "2026-04-20 09:00 w",
    ]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["DTSTART;VALUE=DATE:20260301", "RRULE:FREQ=DAILY;COUNT=3"], ["2026-03-02 x", "2026-03-03 x"]),
        (["DTSTART;VALUE=DATE:20200305", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20270305"], ["2026-03-05 x"]),
        ([BERLIN, "RDATE;TZID=Europe/Berlin:20260305T100000"], ["2026-03-02 09:00 x", "2026-03-05 10:00 x"]),
        ([BERLIN, "RDATE;VALUE=PERIOD:20260305T100000Z/PT1H"], ["2026-03-02 09:00 x", "2026-03-05 05:00 x"]),
        (
            [BERLIN, "RRULE:FREQ=DAILY;COUNT=1", "RRULE:FREQ=DAILY;COUNT=2"],
            ["2026-03-02 09:00 x", "2026-03-03 09:00 x"],
        ),
        (
            [BERLIN, "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20260303"],
            ["2026-03-02 09:00 x", "2026-03-04 09:00 x"],
        ),
        ([BERLIN, "RRULE:FREQ=SECONDLY"], ["2026-03-02 09:00 x"]),
        ([BERLIN, "RRULE:FREQ=DAILY;UNTIL=20260303"], ["2026-03-02 09:00 x", "2026-03-03 09:00 x"]),
        (["DTSTART;VALUE=DATE:20260302", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"], ["2026-03-02 x"]),
    ],
)
def test_what_repeats(tmp_path: Path, lines: list[str], told: list[str]) -> None:
    assert when(read(tmp_path, event(*lines, "SUMMARY:x"))) == told


def test_only_the_days_asked_for_and_none_that_were_cancelled(tmp_path: Path) -> None:
    events = [
        event("DTSTART:20260301T120000", uid="1"),
        event("DTSTART:20260308T120000", "SUMMARY:in", uid="2"),
        event("DTSTART:20260309T120000", uid="3"),
        event("DTSTART:20260305T120000", "STATUS:CANCELLED", uid="4"),
        event("SUMMARY:no day at all", uid="5"),
    ]
    assert when(read(tmp_path, *events, until=datetime.date(2026, 3, 8))) == ["2026-03-08 12:00 in"]
    assert read(tmp_path, event("DTSTART:20260305T120000"), head="METHOD:CANCEL") == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is no calendar that can be read|holds no event"),
        (b"Hello Ines, see you on Monday.\n", "is no calendar that can be read"),
        (b"\x00\xff\xfe\x01" * 40, "is no calendar that can be read"),
        (b"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "holds no event"),
        (
            b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:soon\nEND:VEVENT\nEND:VCALENDAR\n",
            "holds no event that can be read; the event “without a title” cannot be read and is passed over: Exp",
        ),
        (
            b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260303T090000\nRRULE:FREQ=DAILY;BYDAY=XX\nEND:VEVENT\nEND:VCALENDAR\n",
            "holds no event that can be read; .* is passed over: Expected",
        ),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "broken.ics"
    file.write_bytes(content)
    with pytest.raises(InputError, match=message) as raised:
        read_calendar(file, SINCE)
    assert "Export it again" in raised.value.fix


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["DTSTART:soon"], "Expected datetime, date, or time. Got: 'soon'"),
        (["DTSTART:20261399T090000"], "Wrong datetime format: 20261399T090000"),
        ([BERLIN, BERLIN], "'list' object has no attribute 'dt'"),
        ([BERLIN, "RRULE:FREQ=WEEKLY;UNTIL=x"], "Expected datetime, date, or time. Got: 'x'"),
    ],
)
def test_an_event_that_cannot_be_read_is_told_and_the_others_are_read(
    tmp_path: Path, lines: list[str], fault: str
) -> None:
    bad, good = event(*lines, "SUMMARY:Bad", uid="1"), event(BERLIN, "SUMMARY:good", uid="2")
    assert told(tmp_path, bad, good) == (
        ["2026-03-02 09:00 good"],
        [f"the event “Bad” cannot be read and is passed over: {fault}."],
    )


def test_a_long_list_of_events_that_cannot_be_read_is_cut(tmp_path: Path) -> None:
    meetings, faults = told(tmp_path, *[event("DTSTART:soon")] * 12, event(BERLIN, "SUMMARY:good", uid="2"))
    assert (len(meetings), len(faults), faults[-1]) == (1, 11, "and 2 more events.")


def test_a_time_zone_that_nobody_knows_is_told_for_the_days_asked_for(tmp_path: Path) -> None:
    begin = "DTSTART;TZID=Mars/Phobos:2026030{}T090000"
    assert told(tmp_path, event(begin.format(1)), event(begin.format(3), "SUMMARY:x")) == (
        ["2026-03-03 09:00 x"],
        ["the event “x” is in a time zone that is not known, Mars/Phobos: its time is taken as it stands."],
    )


def test_a_file_that_is_not_there_or_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match=r"Cannot read .*none\.ics: No such file"):
        read_calendar(tmp_path / "none.ics", SINCE)
    monkeypatch.setattr(calendar, "MOST_BYTES", 10)
    with pytest.raises(InputError, match="is larger than"):
        read(tmp_path, event(BERLIN))
