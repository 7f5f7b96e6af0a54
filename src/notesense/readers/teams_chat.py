"""Microsoft Teams chats: messages as Microsoft Graph gives them, and `messages.json` of a personal export.

One day of a chat is one note, days being those of universal time. Messages are HTML or plain text; what a reply quotes
of an older message is told apart from its own words.
"""

import datetime
from html.parser import HTMLParser
from typing import Any

from notesense.core.reading import Reading, Readings
from notesense.core.vocabulary import Channel, Origin
from notesense.errors import InputError
from notesense.readers.conversation import Conversation, read_each
from notesense.readers.family import Content, Family, Fit
from notesense.readers.json_source import Record, elapsed, members, moment, parsed, records, string
from notesense.readers.layout import Spoken

_LINES = frozenset(
    {"address", "blockquote", "br", "div", "li", "p", "pre", "table", "tr", "h1", "h2", "h3", "h4", "ul", "ol"}
)
_SPOKEN = ("", "message", "text", "richtext", "richtext/html", "chatmessage")


class _Words(HTMLParser):
    """Takes the words out of a message; those within a quotation apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.own: list[str] = []
        self.quoted: list[str] = []
        self._quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LINES:
            self.handle_data("\n")
        if tag == "blockquote":
            self._quotes += 1
        if tag in ("emoji", "img"):
            self.handle_data(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        if tag in _LINES:
            self.handle_data("\n")

    def handle_data(self, data: str) -> None:
        (self.quoted if self._quotes else self.own).append(data)


def _sniff(content: Content) -> Fit:
    fields = content.fields
    graph = fields >= {"createdDateTime", "body"} and bool(fields & {"messageType", "chatId", "from"})
    return Fit.SURE if graph or fields >= {"conversations", "MessageList"} else Fit.NO


def _read(content: Content) -> Readings:
    whole = parsed(content)
    days: dict[tuple[str, str], list[Any]] = {}
    titles: dict[str, str] = {}
    for chat in records(whole.get("conversations")) if isinstance(whole, dict) else []:
        titles[string(chat, "id")] = string(chat, "displayName")
        for each in filter(_is_said, members(chat.get("MessageList"))):
            days.setdefault((string(chat, "id"), _day(each)), []).append(each)
    listed = whole.get("value", whole.get("messages")) if isinstance(whole, dict) else whole
    for each in filter(_is_said, members(listed)):
        days.setdefault((_chat(each), _day(each)), []).append(each)
    if not days:
        raise InputError(
            f"{content.where} looks like a Teams chat, but holds nothing that anyone wrote.", "Export it again, whole."
        )

    def read(record: Record, meeting: Conversation) -> Reading:
        chat, day = record["key"]
        meeting.title, meeting.meeting = titles.get(chat, ""), f"{chat} {day}" if chat else ""
        return _chatted(record["messages"], meeting)

    return read_each(content.where, [{"key": key, "messages": days[key]} for key in sorted(days)], read)


def _chat(message: Any) -> str:
    channel = message.get("channelIdentity") if isinstance(message, dict) else None
    return string(message, "chatId") or string(channel, "channelId")


def _sent(message: Any) -> str:
    return string(message, "createdDateTime", "originalarrivaltime")


def _day(message: Any) -> str:
    """Return the day of a message in universal time; empty where it tells none."""
    try:
        sent = moment(_sent(message))
    except (ValueError, OverflowError):
        return ""
    if isinstance(sent, datetime.datetime) and sent.tzinfo:
        sent = sent.astimezone(datetime.UTC)
    return sent.isoformat()[:10] if sent else ""


def _chatted(messages: list[Any], meeting: Conversation) -> Reading:
    meeting.channel = Channel.CHAT
    said = meeting.parts(messages, "message")
    said.sort(key=lambda part: _sent(part[1]))
    meeting.began(*(_sent(each) for _, each in said[:1]))
    times = elapsed([_sent(each) for _, each in said])
    for (place, each), time in zip(said, times, strict=True):
        name, body = _writer(each), each.get("body")
        words = body.get("content") if isinstance(body, dict) else each.get("content")
        html = _kind(each) == "richtext/html" or string(body, "contentType").casefold() == "html"
        own, quoted = _words(words) if html and isinstance(words, str) else (words, "")
        meeting.attend(name, string(_user(each), "email", "userPrincipalName"))
        meeting.say(Spoken("", origin=Origin.QUOTED), place, quoted, time)
        meeting.say(Spoken("", name or None, origin=Origin.CHAT), place, own, time)
    return meeting.reading()


def _kind(message: Record) -> str:
    return string(message, "messageType", "messagetype").casefold()


def _is_said(message: Any) -> bool:
    """Tell whether a message holds somebody's words; what is no message is for `Conversation.parts` to tell."""
    return not isinstance(message, dict) or (not message.get("deletedDateTime") and _kind(message) in _SPOKEN)


def _user(message: Record) -> Any:
    sender = message.get("from")
    return (sender.get("user") or sender.get("application")) if isinstance(sender, dict) else None


def _writer(message: Record) -> str:
    return string(_user(message), "displayName") or string(message, "displayName", "imdisplayname")


def _words(html: str) -> tuple[str, str]:
    """Return the words of a message, and those that it quotes, without markup and blank lines.

    HTMLParser gives up on some broken declarations with an AssertionError; such a message stays as it is.
    """
    parser = _Words()
    try:
        parser.feed(html)
        parser.close()
    except AssertionError:
        return html, ""
    return _lines(parser.own), _lines(parser.quoted)


def _lines(pieces: list[str]) -> str:
    lines = "".join(pieces).replace("\xa0", " ").splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


FAMILY = Family("teams-chat", frozenset({".json"}), _sniff, _read)
