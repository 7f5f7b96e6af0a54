"""What a note's file name and form tell of its day, channel and title. Form only; what is said is for the engines."""

import datetime
import re

from notesense.core.passages import turns
from notesense.core.vocabulary import Channel

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_NAMED = (
    (Channel.EMAIL, r"e-?mails?|mails?"),
    (Channel.SUPPORT, r"support|tickets?|cases?"),
    (Channel.CHAT, r"chats?|slack|whatsapp|dm"),
    (Channel.MEMO, r"memos?|dictat\w*|voice"),
    (Channel.CALL, r"calls?|called|phone\w*|zoom|teams|call-?in|transcript"),
    (Channel.MEETING, r"meetings?|visit\w*|qbr|review|workshop|lunch|dinner|minutes"),
)
_CHANNEL = re.compile(
    "|".join(rf"(?P<{c.value}>(?<![^\W_])(?:{words})(?![^\W_]))" for c, words in _NAMED), re.IGNORECASE
)
_MAIL_HEAD = re.compile(r"\A(?:[\w-]+:.*\r?\n)*?(?:from|subject|to):\s*\S", re.IGNORECASE)
_CHAT_LINE = re.compile(r"^\[?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]m)?\]?\s", re.IGNORECASE | re.MULTILINE)
_TICKET_HEAD = re.compile(r"\A\W*(?:support )?(?:case|ticket)\b", re.IGNORECASE)
_HEAD = 20_000
"""How much of a text is looked at for its form."""


def day_in_name(name: str) -> datetime.date | None:
    """Return the day that stands in a file name as 2026-03-04, 2026_03_04 or 20260304."""
    match = _DAY.search(name)
    if not match:
        return None
    try:
        return datetime.date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def channel_of(name: str, text: str) -> Channel | None:
    """Return the channel that the file name, the first line or the form of the text tells, else None."""
    if named := _CHANNEL.search(name):
        return Channel(str(named.lastgroup))
    head = text[:_HEAD].lstrip()
    if _MAIL_HEAD.match(head):
        return Channel.EMAIL
    if _TICKET_HEAD.match(head):
        return Channel.SUPPORT
    if named := _CHANNEL.search(head.partition("\n")[0][:200]):
        return Channel(str(named.lastgroup))
    voices = [turn for turn in turns(head) if turn.speaker]
    if len(voices) >= 4 and len({turn.speaker for turn in voices}) >= 2:
        return Channel.CHAT if len(_CHAT_LINE.findall(head)) >= len(voices) / 2 else Channel.CALL
    return None


def title_of(name: str, text: str) -> str:
    """Return a title: a mail's subject, else the file's own words without day and ending, else nothing."""
    subject = re.search(r"^subject:[ \t]*(\S[^\r\n]*)", text[:_HEAD], re.IGNORECASE | re.MULTILINE)
    if subject:
        return subject.group(1).strip()
    bare = _DAY.sub(" ", name)
    return " ".join(re.sub(r"[_\-.]+", " ", bare).split())
