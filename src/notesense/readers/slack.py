"""Slack: an export's folder of days, one JSON list of messages each, with the names in `users.json` above.

One day of a channel is one note. Mentions, links and entities are written as Slack shows them. A message that somebody
shares is its writer's, quoted; what Slack shows of a linked page is a program's. Who left or joined, and what a person
deleted, is passed over. Nothing in an export tells sides; the e-mails of those who wrote are handed on.

Answers of the API, as an object with `messages` or a message a line, may hold several days.
"""

import html
import re
from typing import Any

from notesense.core.reading import Reading, Readings
from notesense.core.vocabulary import Channel, Origin
from notesense.errors import InputError
from notesense.readers import hints
from notesense.readers.beside import Beside
from notesense.readers.conversation import Conversation, read_each
from notesense.readers.family import CompanionError, Content, Family, Fit
from notesense.readers.json_source import Record, day_of, elapsed, lines, members, parsed, records, string
from notesense.readers.layout import Spoken

_COMPANIONS = frozenset(
    f"{name}.json"
    for name in (
        *("users", "org_users", "channels", "groups", "dms", "mpims", "integration_logs", "canvases", "lists"),
        *("file_conversations", "teams"),
    )
)
_TIME = re.compile(r"\d{9,11}(?:\.\d+)?")
_TRIED = 20
"""Messages that are looked at."""
_SLACKBOT = "USLACKBOT"
_MAY_BE_EMPTY = frozenset({"huddle_transcripts.json"})
_MARK = re.compile(r"<([^<>\n]{1,2000})>")
_SPOKEN = frozenset(
    {"", "bot_message", "file_share", "file_comment", "me_message", "reply_broadcast", "slackbot_response"}
    | {"thread_broadcast", "channel_canvas_updated"}
)
"""Kinds of messages that hold somebody's words; others tell what happened to the channel."""
_INLINE = frozenset({"text", "link", "user", "usergroup", "channel", "emoji", "broadcast", "date", "color", "mrkdwn"})


def _sniff(content: Content) -> Fit:
    if content.name in _COMPANIONS | _MAY_BE_EMPTY and content.head.lstrip().startswith("["):
        return Fit.LIKELY
    return Fit.SURE if any(map(_is_message, _looked_at(content))) else Fit.NO


def _looked_at(content: Content) -> list[Any]:
    """Return the first messages of what may be a list of such, an answer of the API, or a message a line."""
    if not content.fields & {"ts"}:
        return []
    try:
        return _listed_in(content.json)[:_TRIED]
    except (ValueError, RecursionError, InputError):
        return lines(content, _TRIED) or []


def _listed_in(whole: Any) -> list[Any]:
    return members(whole.get("messages") if isinstance(whole, dict) and "messages" in whole else whole)


def _is_message(value: Any) -> bool:
    """Tell whether this is a message: its time tells, as only Slack writes it, and its kind or writer."""
    return _TIME.fullmatch(string(value, "ts")) is not None and bool(value.keys() & {"type", "user", "bot_id"})


def _read(content: Content) -> Readings:
    messages = _listed_in(parsed(content))
    if content.name in _COMPANIONS or (content.name in _MAY_BE_EMPTY and not messages):
        raise CompanionError(
            f"{content.where} lists names for the messages of a Slack export, and holds none itself.",
            "Add the folder of the export, or one of its channels.",
        )
    if not messages:
        raise InputError(f"{content.where} holds no messages.", "Export the channel again.")
    if not any(map(_is_said, messages)):
        raise CompanionError(f"{content.where} tells only who joined, left or changed the channel.", "Add other days.")
    people, channel = _people(content), content.beside.name if content.beside else ""
    days = [messages] if hints.day_in_name(content.stem) else _days(messages)

    def read(record: Record, meeting: Conversation) -> Reading:
        return _day(record["messages"], meeting, people, channel)

    return read_each(content.where, [{"messages": each} for each in days], read)


def _days(messages: list[Any]) -> list[list[Any]]:
    """Return the messages day by day, days being those of universal time, as answers of the API hold several."""
    found: dict[str, list[Any]] = {}
    for each in messages:
        if _is_said(each):
            found.setdefault(day_of(each.get("ts") if isinstance(each, dict) else None), []).append(each)
    return [found[day] for day in sorted(found)]


def _people(content: Content) -> dict[str, Record]:
    """Return the people of the export by id, from the file above the channel's folder or in it."""
    if not content.beside:
        return {}
    return _listed(content.beside.above) or _listed(content.beside)


def _listed(folder: Beside) -> dict[str, Record]:
    """Return the people whom a folder lists; none where it lists none or its list is broken."""

    def find() -> dict[str, Record]:
        data = folder.data("users.json")
        try:
            users = records(parsed(Content(data, "users.json"))) if data else []
        except InputError:
            return {}
        return {string(each, "id"): each for each in users}

    found: dict[str, Record] = folder.once("slack users", find)
    return found


def _day(messages: list[Any], meeting: Conversation, people: dict[str, Record], channel: str) -> Reading:
    meeting.channel = Channel.CHAT
    meeting.title = f"#{channel}" if channel else ""
    said = [(place, each) for place, each in meeting.parts(messages, "message") if _is_said(each)]
    said.sort(key=lambda part: string(part[1], "ts"))
    meeting.began(*(each.get("ts") for _, each in said[:1]))
    times = elapsed([each.get("ts") for _, each in said])
    for (place, each), time in zip(said, times, strict=True):
        name, email = _writer(each, people)
        meeting.attend(name, email)
        words, shared = _words(each, people), records(each.get("attachments"))
        if isinstance(words, str) and not words and shared and each.get("bot_id"):
            words, shared = "\n".join(filter(None, map(_card, shared))), []
        shown = _shown(words, people) if isinstance(words, str) else words
        meeting.say(Spoken("", name or None, origin=Origin.CHAT), place, shown, time)
        for one in shared:
            meeting.say(_shared(one, people), place, _shown(_card(one), people), time)
    return meeting.reading()


def _is_said(message: Any) -> bool:
    """Tell whether a message holds somebody's words; what is no message is for `Conversation.parts` to tell."""
    return not isinstance(message, dict) or (
        string(message, "subtype") in _SPOKEN and message.get("hidden") is not True
    )


def _words(message: Record, people: dict[str, Record]) -> Any:
    """Return the words of a message: its text, else what its blocks show, with the names of its files.

    What is no text where it should be is returned as it is.
    """
    comment = message.get("comment")
    told = comment.get("comment") if isinstance(comment, dict) else message.get("text")
    if told is not None and not isinstance(told, str):
        return told
    said = told if told and told.strip() else _of_blocks(message.get("blocks"), people)
    files = [string(each, "title", "name") for each in records(message.get("files"))]
    found = "\n".join(filter(None, (said, *files)))
    return found if found or told is not None or message.get("attachments") else told


def _of_blocks(blocks: Any, people: dict[str, Record]) -> str:
    """Return the words that stand in the blocks of a message, a line each, in order; mentions as in a text."""
    lines: list[str] = []
    waiting: list[Any] = [blocks]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += reversed(each)
        elif isinstance(each, dict):
            inner = records(each.get("elements"))
            if inner and all(isinstance(one.get("type"), str) and one["type"] in _INLINE for one in inner):
                lines.append("".join(_inline(one) for one in inner))
            elif isinstance(each.get("text"), str):
                lines.append(each["text"])
            else:
                waiting += reversed([each.get(name) for name in ("text", "fields", "elements")])
    return "\n".join(line.strip() for line in lines if line.strip())


def _inline(element: Record) -> str:
    """Return a piece of a line of a block, mentions in the form that they have in a text."""
    kind, text = string(element, "type"), element.get("text")
    if kind == "user":
        return f"<@{string(element, 'user_id')}>"
    if kind == "emoji":
        return f":{string(element, 'name')}:"
    return text if isinstance(text, str) else string(element, "url", "range")


def _card(attachment: Record) -> str:
    """Return the words of what is attached to a message: a message shared, or a card that a program shows."""
    fields = [
        "\n".join(filter(None, (string(each, "title"), string(each, "value"))))
        for each in records(attachment.get("fields"))
    ]
    parts = [attachment.get(name) for name in ("pretext", "title", "text")]
    found = [part.strip() for part in (*parts, *fields) if isinstance(part, str) and part.strip()]
    return "\n".join(found) or string(attachment, "fallback")


def _shared(attachment: Record, people: dict[str, Record]) -> Spoken:
    """Return whose words an attachment holds: those of the writer of a shared message, else a program's."""
    if attachment.get("is_msg_unfurl") is not True and attachment.get("is_share") is not True:
        return Spoken("", origin=Origin.VENDOR_SUMMARY)
    author = _name(people.get(string(attachment, "author_id"), {})) or string(attachment, "author_name")
    return Spoken("", author or None, origin=Origin.QUOTED)


def _writer(message: Record, people: dict[str, Record]) -> tuple[str, str]:
    """Return name and e-mail of who wrote a message, the id where nothing names them."""
    comment = message.get("comment")
    key = string(comment, "user") or string(message, "user", "bot_id")
    known = people.get(key, {})
    own = {} if string(comment, "user") else message.get("user_profile")
    name = (
        "Slackbot"
        if key == _SLACKBOT
        else _name(known) or string(own, "real_name", "display_name", "name") or string(message, "username")
    )
    return name or string(message.get("bot_profile"), "name") or key, string(known.get("profile"), "email")


def _name(person: Record) -> str:
    profile = person.get("profile")
    return (
        string(profile, "real_name")
        or string(person, "real_name")
        or string(profile, "display_name")
        or string(person, "name")
    )


def _shown(words: str, people: dict[str, Record]) -> str:
    """Return the words as Slack shows them: mentions by name, links by their text, entities decoded."""

    def written(mark: re.Match[str]) -> str:
        target, _, label = mark[1].partition("|")
        if target.startswith("@"):
            return "@" + (label or _name(people.get(target[1:], {})) or target[1:])
        if target.startswith("#"):
            return "#" + (label or target[1:])
        if target.startswith("!"):
            return label or "@" + target[1:].partition("^")[0]
        return label or target.removeprefix("mailto:")

    return html.unescape(_MARK.sub(written, words))


FAMILY = Family("slack", frozenset({".json"}), _sniff, _read, in_folders_of_channels=True)
