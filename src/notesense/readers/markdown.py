"""Markdown with a head in YAML: notes as Obsidian keeps them, and meetings as the open program `minutes` writes them.

The head tells day, title, account and who was there; the body is the note. What `minutes` makes of a meeting by itself
(decisions, action items and intents in the head, the summary in the body) is a vendor's summary; its section
`Transcript` is what was said, `Notes` what the rep wrote.
"""

import datetime
import re
from collections.abc import Iterator
from itertools import pairwise

from notesense.core import minutes_words
from notesense.core.note import Attendee
from notesense.core.passages import turns
from notesense.core.reading import Reading, Readings
from notesense.core.vocabulary import Channel, Origin
from notesense.errors import InputError
from notesense.readers import front_matter, hints
from notesense.readers.decoding import checked
from notesense.readers.family import Content, Family, Fit
from notesense.readers.front_matter import Head
from notesense.readers.layout import Spoken, laid_out
from notesense.readers.written_days import When

_ACCOUNT = ("account", "customer", "client", "company", "organization", "organisation")
_OURS = "notesense"
"""The source of a meeting that NoteSense wrote: its tasks are words of the note itself, and are not read again."""
_GENERATED = ("decisions", "action_items", "intents")
_MINUTES = frozenset({*_GENERATED, "speaker_map"})
_KNOWN = frozenset({"title", "type", "date", "attendees", "participants", "channel", "tags", *_ACCOUNT})
_CHANNELS = {
    Channel.MEETING: "meeting visit onsite workshop qbr",
    Channel.CALL: "call phone phone_call video_call",
    Channel.EMAIL: "email e_mail mail",
    Channel.SUPPORT: "support ticket case",
    Channel.CHAT: "chat slack teams",
    Channel.MEMO: "memo voice_memo note notes dictation",
}
_CHANNEL = {word: channel for channel, words in _CHANNELS.items() for word in words.split()}
_SECTION = re.compile(r"^##[ \t]+(?P<name>[^\r\n]+?)[ \t#]*$", re.MULTILINE)
_SAID = re.compile(
    r"^\[(?:(?P<name>[^\]\[\r\n]{1,80}?)[ \t]+)?(?P<hours>\d{1,2}:)?(?P<minutes>\d{1,3}):(?P<seconds>\d{2})\][ \t]*",
    re.MULTILINE,
)


def _sniff(content: Content) -> Fit:
    if content.binary or not content.head.lstrip().startswith("---"):
        return Fit.NO
    keys = front_matter.keys_at(content.head)
    if keys & _MINUTES and keys & _KNOWN:
        return Fit.SURE
    return Fit.LIKELY if keys & _KNOWN else Fit.NO


def _read(content: Content) -> Readings:
    head = front_matter.head_of(content.text, content.where)
    attendees = front_matter.people_of(head.entries("attendees") or head.entries("participants"))
    body = content.text[head.body :].strip("\r\n")
    ours = head.word("source").casefold() == _OURS
    if head.facts.keys() & _MINUTES or any(_is_transcript(name) for name, _ in _sections(body)):
        pieces = list(_meeting(content.text, head, body, attendees))
        if ours:
            pieces = [piece._replace(words=_as_written(piece.words)) for piece in pieces]
        text, laid = laid_out(pieces, content.where)
    else:
        if not body.strip():
            raise InputError(f"{content.where} has nothing below its head.", "Write the note there.")
        text, laid = checked(body, content.where), ()
    (day, started), unclear = _moment(head)
    if ours and started is not None and started.time() == datetime.time():
        started = None
    named = hints.day_in_name(content.stem)
    told = head.word("channel", "type").casefold().replace(" ", "_").replace("-", "_")
    reading = Reading(
        where=content.where,
        text=text,
        account=head.word(*_ACCOUNT) or None,
        date=day or named,
        unclear_day="" if named else unclear,
        channel=_CHANNEL.get(told) or hints.channel_of(content.stem, body),
        title=head.word("title") or hints.title_of(content.stem, body),
        turns=laid,
        started=started,
        attendees=attendees,
    )
    return Readings(notes=(reading,))


def _moment(head: Head) -> tuple[When, str]:
    """Return the day and hour that the head tells, and what it says instead that is not to be read as one day."""
    try:
        return front_matter.moment(head.facts.get("date")), ""
    except ValueError as error:
        return When(), str(error)


def _sections(body: str) -> list[tuple[str, str]]:
    """Return the sections of a body, each with its heading in its words; the first is what stands before any."""
    found = [*_SECTION.finditer(body)]
    starts = [0, *(each.start() for each in found), len(body)]
    names = ["", *(each["name"].strip() for each in found)]
    return [(name, body[start:end]) for name, (start, end) in zip(names, pairwise(starts), strict=True)]


def _is_transcript(name: str) -> bool:
    return name.casefold() == "transcript"


def _meeting(text: str, head: Head, body: str, attendees: tuple[Attendee, ...]) -> Iterator[Spoken]:
    """Yield what a meeting of `minutes` holds, the head's decisions and tasks last."""
    names = _names(head, attendees)
    for name, words in _sections(body):
        if _is_transcript(name):
            yield from _said(_SECTION.sub("", words, count=1), names)
        elif not name or name.casefold() == "notes":
            yield Spoken(words, origin=Origin.REP_NOTE)
        else:
            yield Spoken(words, origin=Origin.VENDOR_SUMMARY)
    for key in () if head.word("source").casefold() == _OURS else _GENERATED:
        if head.facts.get(key) and key in head.lines:
            start, end = head.lines[key]
            yield Spoken(text[start:end], origin=Origin.VENDOR_SUMMARY)


def _as_written(words: str) -> str:
    """Return what NoteSense wrote below a heading: without it, and as it was before anything was marked in it."""
    return minutes_words.unmarked(_SECTION.sub("", words.strip(), count=1).strip())


def _said(words: str, names: dict[str, str]) -> Iterator[Spoken]:
    """Yield what a transcript holds: `[NAME m:ss] words`, or any other form that tells who speaks."""
    found = [*_SAID.finditer(words)]
    if not found:
        for turn in turns(words) if words.strip() else ():
            yield Spoken(turn.words(words), turn.speaker, turn.side)
        return
    yield Spoken(words[: found[0].start()])
    for one, end in zip(found, [*(each.start() for each in found[1:]), len(words)], strict=True):
        name = (one["name"] or "").strip()
        time = int((one["hours"] or "0:")[:-1]) * 3600 + int(one["minutes"]) * 60 + int(one["seconds"])
        yield Spoken(words[one.end() : end], names.get(name.casefold(), name) or None, time=float(time))


def _names(head: Head, attendees: tuple[Attendee, ...]) -> dict[str, str]:
    """Return who is meant by each label of a speaker, as far as the head is sure of it.

    Somebody called by a first name is the one attendee who has it.
    """
    found = {}
    for entry in head.entries("speaker_map"):
        if isinstance(entry, dict) and front_matter.one_line(entry.get("confidence", "high")).casefold() == "high":
            label, name = (front_matter.one_line(entry.get(key)) for key in ("speaker_label", "name"))
            if label and name:
                whole = {one.name for one in attendees if _calls(name, one.name)}
                found[label.casefold()] = whole.pop() if len(whole) == 1 else name
    return found


def _calls(short: str, whole: str) -> bool:
    """Tell whether a name or its slug may mean this one: "mat" and "mat-s" mean "Mat S."."""
    ours, theirs = (re.sub(r"[^\w]+", " ", name.casefold()).split() for name in (short, whole))
    return bool(ours) and theirs[: len(ours)] == ours


FAMILY = Family("markdown", frozenset({".md", ".markdown"}), _sniff, _read)
