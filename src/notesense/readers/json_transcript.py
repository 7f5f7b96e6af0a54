"""Transcripts as JSON of any other shape: lists of pieces that each have a speaker and words, or a text as one string.

One file may hold several conversations. Field names are compared without case, dashes and underscores. Numbers of a
time are seconds, unless the field's name says milliseconds.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from notesense.core.note import Turn
from notesense.core.passages import turns
from notesense.core.reading import Reading, Readings
from notesense.core.speaker_marks import side_of
from notesense.core.vocabulary import Channel, Origin
from notesense.errors import InputError
from notesense.readers.conversation import Conversation, read_each
from notesense.readers.decoding import checked
from notesense.readers.family import Content, Family, Fit
from notesense.readers.json_source import Record, elapsed, parsed, records, string
from notesense.readers.layout import Spoken
from notesense.readers.marked_text import marked_turns

_SPEAKER = ("speakername", "speaker", "speakerlabel", "speakerid", "participant", "author", "sender", "role", "user")
_NAME = ("name", "displayname", "display_name", "label", "id")
_WORDS = ("text", "content", "words", "transcript", "utterance", "sentence", "message", "body")
_TEXT = ("text", "content", "transcript", "note", "notes", "body")
_TIME = ("start", "starttime", "begin", "begintime", "timestamp", "time", "offset", "startseconds")
_MILLISECONDS = ("startms", "starttimems", "offsetms", "beginms", "timestampms", "startmilliseconds")
_BEGAN = (
    "startedat",
    "started",
    "startdatetime",
    "starttime",
    "datetime",
    "date",
    "meetingdate",
    "calldate",
    "createdat",
)
_MEETING = ("conversationid", "meetingid", "callid", "transcriptid", "id", "uuid")
_TITLE = ("title", "meetingtitle", "subject", "name")
_ACCOUNT = ("account", "accountname", "company", "companyname", "customername")
_SUMMARY = ("summary", "overview", "actionitems", "keypoints", "nextsteps")
_ABOUT = ("metadata", "meta", "meeting", "call", "conversation", "attributes")
_KINDS = (
    ("chat", Channel.CHAT),
    ("ticket", Channel.SUPPORT),
    ("mail", Channel.EMAIL),
    ("meeting", Channel.MEETING),
    ("faq", Channel.MEMO),
    ("document", Channel.MEMO),
)
_DEEP = 4
"""Lists and objects inside each other that are looked into for the pieces of a conversation."""
_NEXT_LINE = re.compile(r"\}[ \t]*\r?\n\s*\{")


class _Found(NamedTuple):
    """A conversation, as pieces or as a text, and the objects around it that may tell of it, nearest first."""

    said: list[Any] | str
    around: tuple[Record, ...]


def _sniff(content: Content) -> Fit:
    if content.binary or not content.head.lstrip().startswith(("{", "[")) or _NEXT_LINE.search(content.head):
        return Fit.NO
    fields = {_plain(name) for name in content.fields}
    return Fit.LIKELY if fields & set(_SPEAKER[:3]) and fields & set(_WORDS) else Fit.ENDING


def _plain(name: str) -> str:
    return name.casefold().replace("_", "").replace("-", "")


def _field(record: Any, names: tuple[str, ...]) -> Any:
    """Return the first field of these plain names that is there, even if it is empty."""
    if not isinstance(record, dict):
        return None
    there = {_plain(name): value for name, value in reversed(record.items()) if value is not None}
    return next((there[name] for name in names if name in there), None)


def _is_piece(value: Any) -> bool:
    return isinstance(value, dict) and _field(value, _SPEAKER) is not None and isinstance(_field(value, _WORDS), str)


def _conversations(value: Any, around: tuple[Record, ...] = ()) -> Iterator[_Found]:
    """Yield the conversations of a JSON value: in each object, its lists of pieces, else its text."""
    if isinstance(value, list):
        if any(map(_is_piece, value)):
            yield _Found(value, around)
        elif len(around) < _DEEP:
            for each in value:
                if isinstance(each, dict | list):
                    yield from _conversations(each, around)
        return
    if not isinstance(value, dict) or len(around) >= _DEEP:
        return
    around = (value, *around)
    inner = [
        found for each in value.values() if isinstance(each, dict | list) for found in _conversations(each, around)
    ]
    if inner:
        yield from inner
    elif isinstance(words := _field(value, _TEXT), str):
        yield _Found(words, around)


def _read(content: Content) -> Readings:
    value = parsed(content)
    try:
        found = list(_conversations(value))
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


def _meeting(found: _Found, meeting: Conversation) -> Reading:
    told = [
        inner for each in found.around for inner in (each, *(one for name in _ABOUT for one in records(each.get(name))))
    ]
    meeting.title = _told(told, _TITLE)
    meeting.meeting = _told(told, _MEETING)
    meeting.account = _told(told, _ACCOUNT)
    meeting.channel = _channel(_told(told, ("type", "kind", "channel")))
    meeting.began(*(_field(each, _BEGAN) for each in told), *(_field(each, ("timestamp",)) for each in told))
    if isinstance(found.said, str):
        text = checked(found.said, "its text")
        turns_ = _turns(text, meeting.channel)
        if not any(turn.speaker for turn in turns_) and meeting.channel is Channel.CALL:
            meeting.channel = Channel.MEMO
        return meeting.reading_of(text, turns_)
    pieces = meeting.parts(found.said, "piece")
    times = elapsed([_field(each, _TIME) for _, each in pieces])
    origin = Origin.CHAT if meeting.channel is Channel.CHAT else Origin.TRANSCRIPT
    for (place, each), time in zip(pieces, times, strict=True):
        name = _speaker(_field(each, _SPEAKER))
        who = Spoken("", name or None, side_of(name), origin)
        if time is None:
            meeting.say(who, place, _field(each, _WORDS), _field(each, _MILLISECONDS), 0.001)
        else:
            meeting.say(who, place, _field(each, _WORDS), time)
    meeting.summarise(*(_field(found.around[0], (name,)) for name in _SUMMARY if found.around))
    return meeting.reading()


def _told(records_: list[Record], names: tuple[str, ...]) -> str:
    """Return the first of these facts that any of the records tells, the nearest first."""
    return next((told for each in records_ if (told := string({"it": _field(each, names)}, "it"))), "")


def _channel(kind: str) -> Channel:
    return next((channel for word, channel in _KINDS if word in kind.casefold()), Channel.CALL)


def _speaker(value: Any) -> str:
    """Return the name of a speaker who is a string, a number, or an object with a name."""
    if isinstance(value, dict):
        return string({"it": _field(value, _NAME)}, "it")
    if isinstance(value, int) and not isinstance(value, bool):
        return f"Speaker {value}"
    return string({"it": value}, "it")


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
