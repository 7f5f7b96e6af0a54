"""Transcripts as JSON of any other shape: lists of pieces that each have a speaker or a time and words, or a text.

One file may hold several conversations, or a piece a line. Numbers of a time are seconds, unless the field's name says
milliseconds. A number or a label in a speaker's place becomes a name where the file tells it, else it names nobody.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from notesense.core.note import Turn
from notesense.core.passages import turns
from notesense.core.reading import Reading, Readings
from notesense.core.speaker_marks import side_of
from notesense.core.vocabulary import Channel, Origin
from notesense.errors import InputError
from notesense.readers import speaker_names
from notesense.readers.conversation import Conversation, read_each
from notesense.readers.decoding import checked
from notesense.readers.family import Content, Family, Fit
from notesense.readers.json_finding import (
    MILLISECONDS,
    SPEAKER,
    TIME,
    WORDS,
    Found,
    conversations,
    field,
    holds_pieces,
    is_spoken_line,
    plain,
)
from notesense.readers.json_source import Record, elapsed, instant, lines, parsed, records, string
from notesense.readers.layout import Spoken
from notesense.readers.marked_text import marked_turns

_NAME = ("speakername", "displayname", "fullname", "name", "label")
_ID = ("id", "speakerid", "participantid", "userid", "speakerlabel", "label", "key", "speaker", "name")
_EMAIL = ("email", "emailaddress", "mail")
_PEOPLE = frozenset("speakers participants attendees invitees parties people users speakermap speakernames".split())
_BEGAN = (
    "startedat",
    "started",
    "startdatetime",
    "starttime",
    "datetime",
    "date",
    "meetingdate",
    "meetingstarttime",
    "calldate",
    "createdat",
)
_MEETING = ("conversationid", "meetingid", "callid", "transcriptid", "id", "uuid", "meetinguuid")
_TITLE = ("title", "meetingtitle", "meetingtopic", "subject", "name")
_ACCOUNT = ("account", "accountname", "company", "companyname", "customername")
_ABOUT = ("metadata", "meta", "meeting", "call", "conversation", "attributes")
_KINDS = (
    ("chat", Channel.CHAT),
    ("ticket", Channel.SUPPORT),
    ("mail", Channel.EMAIL),
    ("meeting", Channel.MEETING),
    ("faq", Channel.MEMO),
    ("document", Channel.MEMO),
)
_RELATIVE = 100_000_000
"""A number below it is no moment: as an epoch in seconds it would be the year 1973."""
_TAKES = ("audioduration", "duration", "durationseconds")
_MILLISECONDS_AT = 200
"""How many times longer than the whole a time must be to be in milliseconds; a whole in minutes is 60 times shorter."""
_RESOURCE = re.compile(r"\S*/\S*\d\S*")
"""How an interface calls something that has no name there: "conferenceRecords/x/participants/12"."""
_NEXT_LINE = re.compile(r"\}[ \t]*\r?\n\s*\{")
_TRIED = 5
"""Lines that are looked at for pieces of a conversation."""


def _sniff(content: Content) -> Fit:
    if content.binary or not content.head.lstrip().startswith(("{", "[")):
        return Fit.NO
    if _NEXT_LINE.search(content.head) and (found := lines(content, _TRIED)):
        whole = [each for each in found if isinstance(each, dict)]
        return Fit.LIKELY if all(is_spoken_line(each) or holds_pieces(each) for each in whole) else Fit.NO
    fields = {plain(name) for name in content.fields}
    timed = {"start", "end"} <= fields or {"starttime", "endtime"} <= fields
    return Fit.LIKELY if (fields & set(SPEAKER[:3]) or timed) and fields & set(WORDS) else Fit.ENDING


def _read(content: Content) -> Readings:
    value = parsed(content)
    try:
        found = conversations(value)
    except RecursionError:
        raise InputError(f"{content.where} is JSON nested too deeply to be read.", "Export it again.") from None
    if not found:
        names = ", ".join(sorted({str(name) for each in records(value) for name in each})[:8])
        raise InputError(
            f"{content.where} is JSON without a conversation: nothing in it has a speaker with words"
            + (f" (its fields: {names[:200]})." if names.strip() else "."),
            'Give its text as a note, or as JSONL: one object a line with a field "text".',
        )

    def read(record: Record, meeting: Conversation) -> Reading:
        return _meeting(record["found"], meeting)

    return read_each(content.where, [{"found": each} for each in found], read)


def _meeting(found: Found, meeting: Conversation) -> Reading:
    told = [
        inner for each in found.around for inner in (each, *(one for name in _ABOUT for one in records(each.get(name))))
    ]
    meeting.title = _told(told, _TITLE)
    meeting.meeting = _told(told, _MEETING)
    meeting.account = _told(told, _ACCOUNT)
    meeting.channel = _channel(_told(told, ("type", "kind", "channel")))
    meeting.began(*map(_moment, (field(each, _BEGAN) for each in told)))
    meeting.began(*map(_moment, (field(each, ("timestamp",)) for each in told)))
    if isinstance(found.said, str):
        _people(told, meeting)
        text = checked(found.said, "its text")
        turns_ = _turns(text, meeting.channel)
        if not any(turn.speaker for turn in turns_) and meeting.channel is Channel.CALL:
            meeting.channel = Channel.MEMO
        meeting.summarise(*found.machine)
        return meeting.reading_of_text(text, turns_)
    _pieces(found.said, told, meeting)
    meeting.summarise(*found.machine)
    return meeting.reading(sentences=_is_word_by_word(found.said))


def _moment(value: Any) -> Any:
    """Return what may tell a moment, but for a number of seconds since something else."""
    return None if isinstance(value, int | float) and abs(value) < _RELATIVE else value


def _pieces(said: Sequence[Any], told: Sequence[Record], meeting: Conversation) -> None:
    names = _people(told, meeting)
    pieces = meeting.parts(said, "piece")
    given = [field(each, TIME) for _, each in pieces]
    times = elapsed(given)
    unit = _unit(told, given)
    meeting.began(next((value for value in given if instant(value)), None))
    origin = Origin.CHAT if meeting.channel is Channel.CHAT else Origin.TRANSCRIPT
    for (place, each), time in zip(pieces, times, strict=True):
        name, label = _speaker(field(each, SPEAKER), names, meeting)
        who = Spoken("", name or None, side_of(name), origin, label=label)
        if time is None:
            meeting.say(who, place, field(each, WORDS), field(each, MILLISECONDS), 0.001)
        else:
            meeting.say(who, place, field(each, WORDS), time, unit)


def _unit(told: Sequence[Record], times: Sequence[Any]) -> float:
    """Return the seconds of a unit of times: milliseconds where they are a thousand times what the whole takes."""
    numbers = [time for time in times if isinstance(time, int | float)]
    whole = next((value for each in told if isinstance(value := field(each, _TAKES), int | float)), 0)
    return 0.001 if numbers and 1 <= whole < max(numbers) / _MILLISECONDS_AT else 1.0


def _is_word_by_word(said: Sequence[Any]) -> bool:
    found = [words for each in said if isinstance(words := field(each, WORDS), str)]
    return len(found) > 1 and not any(" " in words.strip() for words in found)


def _told(records_: list[Record], names: tuple[str, ...]) -> str:
    """Return the first of these facts that any of the records tells, the nearest first."""
    return next((told for each in records_ if (told := string({"it": field(each, names)}, "it"))), "")


def _channel(kind: str) -> Channel:
    return next((channel for word, channel in _KINDS if word in kind.casefold()), Channel.CALL)


def _people(told: Sequence[Record], meeting: Conversation) -> dict[str, str]:
    """Tell who took part, and return the names by what a piece may call their bearers."""
    names: dict[str, str] = {}
    emails: dict[str, str] = {}
    for key, each in _listed(told):
        person = each if isinstance(each, dict) else {"email" if "@" in each else "name": each}
        own = [string({"it": value}, "it") for value in (field(person, (one,)) for one in _NAME)]
        inner = [string({"it": field(one, _NAME)}, "it") for one in person.values() if isinstance(one, dict)]
        known = next((one for one in (*own, *inner) if one and not _RESOURCE.fullmatch(one)), "")
        email = string({"it": field(person, _EMAIL)}, "it")
        emails[known or email] = email or emails.get(known, "")
        ids = (key, *(string({"it": field(person, (one,))}, "it") for one in _ID))
        names |= {one: known for one in ids if one and known and one not in names}
    for known, email in emails.items():
        if not speaker_names.is_label(known):
            meeting.attend(known if known != email else "", email)
    return names


def _listed(told: Sequence[Record]) -> Iterator[tuple[str, Any]]:
    """Yield the people whom the records list, each with the key under which they do, empty where there is none."""
    for value in (value for record in told for name, value in record.items() if plain(name) in _PEOPLE):
        if isinstance(value, dict):
            yield from ((key, each) for key, each in value.items() if isinstance(each, str | dict))
        elif isinstance(value, list):
            yield from (("", each) for each in value if isinstance(each, str | dict))


def _speaker(value: Any, names: dict[str, str], meeting: Conversation) -> tuple[str, str]:
    """Return the name of a speaker who is a string, a number, or an object; a label where it is no name."""
    if isinstance(value, dict):
        own = string({"it": field(value, _NAME)}, "it")
        return (own, "") if own else _speaker(field(value, ("id",)), names, meeting)
    key = string({"it": value}, "it")
    if known := names.get(key):
        return known, ""
    if isinstance(value, int) and not isinstance(value, bool):
        return "", f"Speaker {value}"
    return ("", meeting.voice(key)) if _RESOURCE.fullmatch(key) else (key, "")


def _turns(text: str, channel: Channel) -> tuple[Turn, ...]:
    """Return the turns of a conversation that is one text; none where the text alone tells."""
    origin = Origin.CHAT if channel is Channel.CHAT else Origin.TRANSCRIPT
    if channel in (Channel.SUPPORT, Channel.MEMO):
        return (Turn(start=0, end=len(text), origin=Origin.TICKET if channel is Channel.SUPPORT else Origin.REP_NOTE),)
    if marked := marked_turns(text, origin):
        return marked
    plain = turns(text)
    if sum(bool(turn.speaker) for turn in plain) < 2:
        return ()
    return tuple(
        turn.model_copy(
            update={"origin": origin, "side": side_of(turn.speaker or "") if turn.side == "unknown" else turn.side}
        )
        for turn in plain
    )


FAMILY = Family("json", frozenset({".json"}), _sniff, _read)
