"""Microsoft Teams chats: messages as Microsoft Graph gives them, and `messages.json` of a personal export.

One day of a chat is one note, days being those of universal time; replies are told with the message that holds them.
Messages are HTML or plain text; what a reply quotes of an older message is told apart from its own words.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from notesense.core.reading import Reading, Readings
from notesense.core.vocabulary import Channel, Origin
from notesense.errors import InputError
from notesense.readers.conversation import Conversation, read_each
from notesense.readers.family import Content, Family, Fit
from notesense.readers.json_source import Record, day_of, elapsed, members, parsed, records, string, strings
from notesense.readers.layout import Spoken

_LINES = frozenset(
    {"address", "blockquote", "br", "div", "li", "p", "pre", "table", "tr", "h1", "h2", "h3", "h4", "ul", "ol"}
)
_QUOTES = ("blockquote", "quote")
_QUOTE_MARKS = "legacyquote"
"""What programs see that know no quotations: a line of writer and time, and a mark of the end."""
_CARDS = ("application/vnd.microsoft.card.", "application/vnd.microsoft.teams.card.")
_REFERENCE = "messageReference"
_NO_WORDS = re.compile(r"^(?!(?:text|title|subtitle|body|items|columns|facts|value|card|content|altText|sections)$)")
"""Names of fields of a card that hold no words."""
_SPOKEN = ("", "message", "text", "richtext", "richtext/html", "chatmessage")


class _Words(HTMLParser):
    """Takes the words out of a message; those within a quotation apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.own: list[str] = []
        self.quoted: list[str] = []
        self._quotes = 0
        self._marks = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LINES:
            self.handle_data("\n")
        if tag in _QUOTES:
            self._quotes += 1
        if tag == _QUOTE_MARKS:
            self._marks += 1
        if tag in ("emoji", "img"):
            self.handle_data(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _QUOTES:
            self._quotes = max(0, self._quotes - 1)
        if tag == _QUOTE_MARKS:
            self._marks = max(0, self._marks - 1)
        if tag in _LINES:
            self.handle_data("\n")

    def handle_data(self, data: str) -> None:
        if not self._marks:
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
        topic = string(chat.get("threadProperties"), "topic")
        titles[string(chat, "id")] = string(chat, "displayName") or topic
        for each in filter(_is_said, _named(chat)):
            days.setdefault((string(chat, "id"), _day(each)), []).append(each)
    listed = whole.get("value", whole.get("messages")) if isinstance(whole, dict) else whole
    for each in filter(_is_said, _with_replies(members(listed))):
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


def _with_replies(messages: list[Any]) -> Iterator[Any]:
    """Yield messages, each with the replies that it holds after it."""
    for each in messages:
        yield each
        yield from members(each.get("replies")) if isinstance(each, dict) else ()


def _named(chat: Record) -> Iterator[Any]:
    """Yield the messages of a chat of a personal export; whom one names, the others of the same writer name too."""
    messages = members(chat.get("MessageList"))
    names = {string(chat, "id"): string(chat, "displayName")}
    for each in records(messages):
        if name := string(each, "displayName", "imdisplayname"):
            names[string(each, "from")] = name
    for each in messages:
        known = names.get(string(each, "from"))
        yield each | {"displayName": known} if isinstance(each, dict) and known else each


def _chat(message: Any) -> str:
    channel = message.get("channelIdentity") if isinstance(message, dict) else None
    return string(message, "chatId") or string(channel, "channelId")


def _sent(message: Any) -> str:
    return string(message, "createdDateTime", "originalarrivaltime")


def _day(message: Any) -> str:
    """Return the day of a message in universal time; empty where it tells none."""
    return day_of(_sent(message))


def _chatted(messages: list[Any], meeting: Conversation) -> Reading:
    meeting.channel = Channel.CHAT
    said = meeting.parts(messages, "message")
    said.sort(key=lambda part: _sent(part[1]))
    meeting.began(*(_sent(each) for _, each in said[:1]))
    times = elapsed([_sent(each) for _, each in said])
    for (place, each), time in zip(said, times, strict=True):
        name, body = _writer(each), each.get("body")
        words = body.get("content") if isinstance(body, dict) else each.get("content")
        html = _kind(each).startswith("richtext") or string(body, "contentType").casefold() == "html"
        own, quoted = _words(words) if html and isinstance(words, str) else (words, "")
        subject = string(each, "subject")
        shown, referred = _attached(each)
        meeting.attend(name, string(_user(each), "email", "userPrincipalName"))
        for writer, preview in referred:
            meeting.say(Spoken("", writer or None, origin=Origin.QUOTED), place, preview, time)
        meeting.say(Spoken("", origin=Origin.QUOTED), place, quoted, time)
        whole = "\n".join(filter(None, (subject, own, *shown))) if isinstance(own, str | None) else own
        meeting.say(Spoken("", name or None, origin=Origin.CHAT), place, own if whole == "" else whole, time)
    return meeting.reading()


def _attached(message: Record) -> tuple[list[str], list[tuple[str, str]]]:
    """Return what is attached to a message: words of cards and names of files, and messages with their writers."""
    shown: list[str] = []
    referred: list[tuple[str, str]] = []
    for each in records(message.get("attachments")):
        kind = string(each, "contentType")
        inner = _content(each.get("content"))
        if kind == _REFERENCE:
            sender = inner.get("messageSender") if isinstance(inner, dict) else None
            referred.append((string(_sender(sender), "displayName"), string(inner, "messagePreview")))
        elif kind.startswith(_CARDS):
            shown += [words.strip() for words in strings(inner, _NO_WORDS) if words.strip()]
        elif name := string(each, "name"):
            shown.append(name)
    return shown, [(writer, words) for writer, words in referred if words]


def _content(value: Any) -> Any:
    """Return what the JSON holds that an attachment has as a string; nothing where it is none."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return None


def _kind(message: Record) -> str:
    return string(message, "messageType", "messagetype").casefold()


def _is_said(message: Any) -> bool:
    """Tell whether a message holds somebody's words; what is no message is for `Conversation.parts` to tell."""
    return not isinstance(message, dict) or (not message.get("deletedDateTime") and _kind(message) in _SPOKEN)


def _user(message: Record) -> Any:
    return _sender(message.get("from"))


def _sender(sender: Any) -> Any:
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
