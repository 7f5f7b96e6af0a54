"""Granola: notes as its API gives them, and notes copied out of it as text.

Its transcript often tells `me` or `them` alone: the side is known then, and nobody is named. Where it tells no more
than `microphone` or `speaker`, voices are told apart, and no side. What it writes itself is a program's summary, the
whole of a copied note and the notes that it keeps included.
"""

import datetime
import re

from notesense.core.note import Side
from notesense.core.reading import Reading, Readings
from notesense.core.vocabulary import Channel, Origin
from notesense.errors import InputError
from notesense.readers import hints, written_days
from notesense.readers.conversation import Conversation, read_each
from notesense.readers.family import Content, Family, Fit
from notesense.readers.json_source import Record, elapsed, members, parsed, records, string, within
from notesense.readers.layout import Spoken
from notesense.readers.parts import nobodys, put_together
from notesense.readers.sections import parts_of

_OWN = {"summary_markdown", "diarization_label"}
_KEPT = {"document_id", "source", "start_timestamp"}
"""Fields of a transcript as the program itself keeps it."""
_SIDES: dict[str, Side] = {"me": "us", "them": "customer"}
_HEADING = re.compile(r"^###[ \t]+\S", re.MULTILINE)
_HEAD = re.compile(r"\s*(?P<title>\S[^\r\n]{0,200}?)[ \t]*[\r\n]+[ \t]*(?P<day>\S[^\r\n·]{5,40}?)[ \t]*·[^\r\n]*\s*\Z")
"""The title, then the day and who was there, as they may be copied with the note."""
_END = re.compile(
    r"^Chat with meeting transcript:[^\n]{0,20}https://notes\.granola\.ai/[dpt]/(?P<id>[\w-]{1,80})[^\n]*", re.MULTILINE
)


def _sniff(content: Content) -> Fit:
    return Fit.SURE if content.fields & _OWN or content.fields >= _KEPT else Fit.NO


def _read(content: Content) -> Readings:
    whole = parsed(content)
    listed = whole.get("notes", whole.get("data")) if isinstance(whole, dict) else whole
    found = members(listed) or members(whole)
    if not found:
        raise InputError(f"{content.where} looks like Granola, but holds no note.", "Export it again, whole.")
    return read_each(content.where, found, _meeting)


def _meeting(record: Record, meeting: Conversation) -> Reading:
    event = record.get("calendar_event")
    event = event if isinstance(event, dict) else {}
    meeting.title = string(record, "title") or string(event, "title", "event_title")
    meeting.meeting = string(record, "id")
    meeting.channel = Channel.MEETING
    meeting.began(event.get("scheduled_start_time"), record.get("created_at"))
    for each in records(record.get("owner")):
        meeting.attend(string(each, "name"), string(each, "email"), "us")
    for each in [*records(record.get("attendees")), *records(event.get("invitees"))]:
        meeting.attend(string(each, "name"), string(each, "email"))
    for each in records(record.get("people")):
        _people(each, meeting)
    _transcript(meeting.parts(record.get("transcript"), "passage"), meeting)
    meeting.summarise(record.get("summary_markdown") or record.get("summary_text"))
    meeting.summarise(record.get("notes_markdown") or record.get("notes_plain"))
    return meeting.reading(sentences=True)


def _people(people: Record, meeting: Conversation) -> None:
    """Tell who took part, as the program itself keeps it."""
    for each in records(people.get("creator")):
        meeting.attend(string(each, "name"), string(each, "email"), "us")
    for each in records(people.get("attendees")):
        named = within(each, "details", "person", "name")
        meeting.attend(string(each, "name") or string(named and named[0], "fullName"), string(each, "email"))


def _transcript(pieces: list[tuple[str, Record]], meeting: Conversation) -> None:
    """Add what is said. A voice of which no more is known than how it was recorded is told by that from the others."""
    times = elapsed([each.get("start_time", each.get("start_timestamp")) for _, each in pieces])
    for (place, each), time in zip(pieces, times, strict=True):
        who = each.get("speaker")
        name, attribution = string(who, "name"), string(who, "attribution")
        source = string(who, "source") or string(each, "source")
        label = "" if name else string(who, "diarization_label") or (attribution or source).capitalize()
        spoken = Spoken("", name or None, _SIDES.get(attribution, "unknown"), label=label)
        meeting.say(spoken, place, each.get("text"), time)


def _sniff_copied(content: Content) -> Fit:
    return Fit.SURE if not content.binary and _END.search(content.head) and _HEADING.search(content.head) else Fit.NO


def _read_copied(content: Content) -> Readings:
    """Read a copied note, its text as it stands; what the rep wrote around it stays the rep's, a transcript one."""
    text = content.text
    first, last = _HEADING.search(text), _END.search(text)
    if not first or not last:
        raise InputError(f"{content.where} looks like a note of Granola, but has no heading.", "Copy the whole note.")
    begin, end = min(first.start(), last.start()), last.end()
    head = _HEAD.match(text, 0, begin)
    day = _day(content, head)
    above = [] if head and day else parts_of(content, text[:begin])
    summary = nobodys(text[0 if head and day else begin : end], Origin.VENDOR_SUMMARY)
    whole, turns = put_together([*above, summary, *parts_of(content, text[end:])])
    reading = Reading(
        where=content.where,
        text=whole,
        turns=turns,
        date=day,
        channel=Channel.MEETING,
        title=(head["title"] if head and day else "") or hints.title_of(content.stem, ""),
        meeting=last["id"],
    )
    return Readings(notes=(reading,))


def _day(content: Content, head: re.Match[str] | None) -> datetime.date | None:
    """Return the day that the file's name or the head tells."""
    try:
        told = written_days.alone(head["day"]).day if head else None
    except ValueError:
        told = None
    return told or hints.day_in_name(content.stem)


FAMILY = Family("granola", frozenset({".json"}), _sniff, _read)
COPIED = Family("granola-copied", frozenset({".txt", ".md"}), _sniff_copied, _read_copied)
