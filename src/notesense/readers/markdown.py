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
from notesense.core.reading import Reading, Readings
from notesense.core.results import Refused
from notesense.core.vocabulary import Channel, Origin
from notesense.errors import InputError
from notesense.readers import front_matter, hints, minutes_said, sections
from notesense.readers.decoding import checked
from notesense.readers.family import Content, Family, Fit
from notesense.readers.front_matter import Head
from notesense.readers.headings import Kind, kind_of
from notesense.readers.layout import Spoken, laid_out
from notesense.readers.parts import put_together
from notesense.readers.written_days import When

_ACCOUNT = ("account", "customer", "client", "company", "organization", "organisation")
_OURS = "notesense"
"""The source of a meeting that NoteSense wrote: its tasks are words of the note itself, and are not read again."""
_GENERATED = ("decisions", "action_items", "intents")
_MINUTES = frozenset({*_GENERATED, "speaker_map"})
_KNOWN = frozenset({"title", "type", "date", "attendees", "participants", "channel", "tags", *_ACCOUNT})
_ORIGINS = {
    Kind.USUAL: Origin.VENDOR_SUMMARY,
    Kind.MACHINE: Origin.VENDOR_SUMMARY,
    Kind.PLAN: Origin.PLAN,
}
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
_LASTING = frozenset({"type", "duration", "status"})
"""Keys that `minutes` writes into every head, whether it has made anything of the meeting or not."""
_SECTIONS = {"summary": Origin.VENDOR_SUMMARY, "plan": Origin.PLAN, "signature": Origin.SIGNATURE}
"""Sections that NoteSense itself writes; others hold the rep's words or those of a mail."""


def _sniff(content: Content) -> Fit:
    if content.binary or not content.head.lstrip().startswith("---"):
        return Fit.NO
    keys = front_matter.keys_at(content.head)
    return Fit.SURE if keys & _KNOWN else Fit.NO


def _read(content: Content) -> Readings:
    head = front_matter.head_of(content.text, content.where)
    attendees = front_matter.people_of(head.entries("attendees") or head.entries("participants"))
    body = content.text[head.body :].strip("\r\n")
    ours = head.word("source").casefold() == _OURS
    inner: Reading | None = None
    refused: tuple[Refused, ...] = ()
    if ours or head.facts.keys() & _MINUTES or head.facts.keys() >= _LASTING:
        pieces = list(_meeting(content, head, body, attendees))
        if ours:
            pieces = [piece._replace(words=_as_written(piece.words)) for piece in pieces]
        text, laid = laid_out(pieces, content.where)
    elif not body.strip():
        raise InputError(f"{content.where} has nothing below its head.", "Write the note there.")
    else:
        parts = sections.parts_of(content, body)
        text, laid = put_together(parts)
        inner = next((part.reading for part in parts if part.reading), None)
        refused = tuple(one for part in parts for one in part.refused)
        laid = laid if inner or any(turn.origin is not Origin.REP_NOTE for turn in laid) else ()
    (day, started), unclear = _moment(head)
    if ours and started is not None and started.time() == datetime.time():
        started = None
    named = hints.day_in_name(content.stem)
    told = head.word("channel", "type").casefold().replace(" ", "_").replace("-", "_")
    reading = Reading(
        where=content.where,
        text=checked(text, content.where),
        account=head.word(*_ACCOUNT) or None,
        date=day or named or (inner.date if inner else None),
        unclear_day="" if named else unclear,
        channel=_CHANNEL.get(told) or hints.channel_of(content.stem, body) or (inner.channel if inner else None),
        title=head.word("title") or hints.title_of(content.stem, body),
        turns=laid,
        started=started or (inner.started if inner and not day else None),
        attendees=attendees or (inner.attendees if inner else ()),
        meeting=inner.meeting if inner else "",
    )
    return Readings(notes=(reading,), refused=refused)


def _moment(head: Head) -> tuple[When, str]:
    """Return the day and hour that the head tells, and what it says instead that is not to be read as one day."""
    try:
        return front_matter.moment(head.facts.get("date")), ""
    except ValueError as error:
        return When(), str(error)


def _sections(body: str) -> list[tuple[str, str]]:
    """Return the sections of a body, each with its heading in its words; the first is what stands before any.

    A heading below which somebody is said to speak stands in the transcript itself.
    """
    found = [*_SECTION.finditer(body)]
    starts = [0, *(each.start() for each in found), len(body)]
    names = ["", *(each["name"].strip() for each in found)]
    cut: list[tuple[str, str]] = []
    for name, (start, end) in zip(names, pairwise(starts), strict=True):
        words = body[start:end]
        if cut and _is_transcript(cut[-1][0]) and kind_of(name) is Kind.UNKNOWN and minutes_said.SAID.search(words):
            cut[-1] = (cut[-1][0], cut[-1][1] + words)
        else:
            cut.append((name, words))
    return cut


def _is_transcript(name: str) -> bool:
    return name.casefold() == "transcript"


def _meeting(content: Content, head: Head, body: str, attendees: tuple[Attendee, ...]) -> Iterator[Spoken]:
    """Yield what a meeting of `minutes` holds, the head's decisions and tasks last.

    Sections that `minutes` does not write are the rep's own, which it keeps as they are.
    """
    names = _names(head, attendees)
    ours = head.word("source").casefold() == _OURS
    for name, words in _sections(body):
        if _is_transcript(name):
            yield from _said(content, _SECTION.sub("", words, count=1), names)
        elif ours:
            yield Spoken(words, origin=_SECTIONS.get(name.casefold(), Origin.REP_NOTE))
        else:
            yield Spoken(words, origin=_ORIGINS.get(kind_of(name), Origin.REP_NOTE))
    for key in () if ours else _GENERATED:
        if head.facts.get(key) and key in head.lines:
            start, end = head.lines[key]
            yield Spoken(content.text[start:end], origin=Origin.VENDOR_SUMMARY)


def _said(content: Content, words: str, names: dict[str, str]) -> Iterator[Spoken]:
    """Yield what a transcript holds: `[NAME m:ss] words`, or any other form that tells who speaks."""
    if minutes_said.SAID.search(words):
        yield from minutes_said.said(words, names)
        return
    part = sections.spoken_part(content, words)
    for turn in part.turns:
        yield Spoken(turn.words(part.text), turn.speaker, turn.side, turn.origin, turn.time)


def _as_written(words: str) -> str:
    """Return what NoteSense wrote below a heading: without it, and as it was before anything was marked in it."""
    return minutes_words.unmarked(_SECTION.sub("", words.strip(), count=1).strip())


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
