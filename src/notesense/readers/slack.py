"""Slack: an export's folder of days, one JSON list of messages each, with the names in `users.json` above.

One day of a channel is one note. Mentions, links and entities are written as Slack shows them. Who left or joined, and
what a person deleted, is passed over. Nothing in an export tells sides; the e-mails of those who wrote are handed on.
"""

import html
import re
from typing import Any

from notesense.core.reading import Reading, Readings
from notesense.core.vocabulary import Channel, Origin
from notesense.errors import InputError
from notesense.readers.beside import Beside
from notesense.readers.conversation import Conversation, read_each
from notesense.readers.family import CompanionError, Content, Family, Fit
from notesense.readers.json_source import Record, elapsed, members, parsed, records, string
from notesense.readers.layout import Spoken

_COMPANIONS = frozenset(
    f"{name}.json"
    for name in ("users", "org_users", "channels", "groups", "dms", "mpims", "integration_logs", "canvases", "lists")
)
_MARK = re.compile(r"<([^<>\n]{1,2000})>")
_SPOKEN = frozenset({"", "bot_message", "file_share", "me_message", "thread_broadcast", "channel_canvas_updated"})
"""Kinds of messages that hold somebody's words; others tell what happened to the channel."""


def _sniff(content: Content) -> Fit:
    if not content.head.lstrip().startswith("["):
        return Fit.NO
    if content.name in _COMPANIONS:
        return Fit.LIKELY
    return Fit.SURE if content.fields >= {"ts", "text"} and content.fields & {"type", "user"} else Fit.NO


def _read(content: Content) -> Readings:
    if content.name in _COMPANIONS:
        raise CompanionError(
            f"{content.where} lists names for the messages of a Slack export, and holds none itself.",
            "Add the folder of the export, or one of its channels.",
        )
    messages = members(parsed(content))
    if not messages:
        raise InputError(f"{content.where} holds no messages.", "Export the channel again.")
    if not any(map(_is_said, messages)):
        raise CompanionError(f"{content.where} tells only who joined, left or changed the channel.", "Add other days.")
    people, channel = _people(content), content.beside.name if content.beside else ""

    def read(record: Record, meeting: Conversation) -> Reading:
        return _day(record["messages"], meeting, people, channel)

    return read_each(content.where, [{"messages": messages}], read)


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
        words = each.get("text")
        shown = _shown(words, people) if isinstance(words, str) else words
        meeting.say(Spoken("", name or None, origin=Origin.CHAT), place, shown, time)
    return meeting.reading()


def _is_said(message: Any) -> bool:
    """Tell whether a message holds somebody's words; what is no message is for `Conversation.parts` to tell."""
    return not isinstance(message, dict) or (
        string(message, "subtype") in _SPOKEN and message.get("hidden") is not True
    )


def _writer(message: Record, people: dict[str, Record]) -> tuple[str, str]:
    """Return name and e-mail of who wrote a message, the id where nothing names them."""
    key = string(message, "user", "bot_id")
    known = people.get(key, {})
    own = message.get("user_profile")
    name = _name(known) or string(own, "real_name", "display_name", "name") or string(message, "username") or key
    return name, string(known.get("profile"), "email")


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
