"""Fathom: a transcript, a summary or both copied out of it as text. The text stays as it stands.

Harlow renewal - March 12
VIEW RECORDING - 31 mins (No highlights): https://fathom.video/share/abc

0:05 - Ben Cole (Northgate)        (`@0:05 - Ben Cole` where it is copied with its links)
  Shall we start?
  ACTION ITEM: Send the report - WATCH: https://fathom.video/share/abc?timestamp=12.9  And the price?

What the program puts between the words, such as an action item, ends with the link to it; after it the speaker goes on.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from notesense.core.note import Attendee, Turn
from notesense.core.reading import Reading, Readings
from notesense.core.vocabulary import Channel, Origin
from notesense.readers import headings, hints, speaker_names
from notesense.readers.decoding import checked
from notesense.readers.family import Content, Family, Fit
from notesense.readers.headings import Kind
from notesense.readers.parts import told_turns
from notesense.readers.stamps import WHOLE_STAMP, seconds

_RECORDING = re.compile(r"^[ \t]*[\[*]{0,3}VIEW RECORDING - \d{1,5} \w{1,10}\b[^\r\n]*", re.MULTILINE)
_HEAD = re.compile(
    rf"^[ \t]*\[?@?(?P<time>{WHOLE_STAMP})\]?(?:\(https?://[^\s()]{{1,300}}\))?[ \t]+-"
    r"(?:[ \t]+\**(?P<name>[^\s*](?:[^\r\n*]{0,78}[^\s*])?)\**)?[ \t]*$",
    re.MULTILINE,
)
_INSERTED = re.compile(
    r"^[ \t]*[A-Z][A-Z ]{3,30}:[^\r\n]{0,1000}?(?:\r?\n[ \t]*)?- WATCH:[ \t]*https?://\S+", re.MULTILINE
)
_ADDITION = re.compile(r"\s*\((?P<words>[^()]{1,60})\)$")
_LINK = re.compile(r"https://fathom\.video/\S{1,200}timestamp=")
_OWN_HEADINGS = frozenset({"meeting purpose", "key takeaways"})
"""Headings of the summary that Fathom makes unless another template is chosen."""
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,2}[.)])\s|[ \t]{2,}\S")
_TITLE = re.compile(r"(?P<title>\S[^\r\n]*?)(?: - (?P<day>[A-Z][a-z]{2,8} \d{1,2}(?:, \d{4})?))?")
_LONGEST_TITLE = 200
_PARAGRAPH = re.compile(r"\n[ \t]*\r?\n(?=[ \t]*\S)")


class _Heading(NamedTuple):
    """The lines above the rest that name the meeting and its recording."""

    start: int
    end: int
    title: str
    day: str


def _sniff(content: Content) -> Fit:
    if content.binary:
        return Fit.NO
    head = content.head
    if _RECORDING.search(head) or len(_LINK.findall(head)) > 1:
        return Fit.SURE if _heads(head) or _is_summary(head) else Fit.NO
    return Fit.LIKELY if _names(head) >= _OWN_HEADINGS else Fit.NO


def _heads(text: str) -> list[re.Match[str]]:
    """Return the lines above what is said. They stand apart; others, such as "12:30 - is that fine?", are said.

    Where an editor took the empty lines away, all lines of that form that are not indented are such.
    """
    found = [head for head in _HEAD.finditer(text) if text[head.start()] not in " \t"]
    apart = [head for head in found if _is_apart(text, head.start())]
    if len(apart) < 2:
        return found
    names = {head["name"] for head in apart if head["name"]}
    return [head for head in found if head["name"] in names or _is_apart(text, head.start())]


def _is_apart(text: str, start: int) -> bool:
    """Tell whether an empty line or nothing stands above what begins here."""
    return not text[max(text.rfind("\n", 0, max(start - 1, 0)), 0) : start].strip() or start == 0


def _names(text: str) -> set[str]:
    return {one.name.casefold().strip(" :*") for one in headings.sections_of(text)}


def _is_summary(text: str) -> bool:
    """Tell whether this is a summary with its links, or one under Fathom's own headings."""
    return len(_LINK.findall(text)) > 1 or bool(_names(text) & _OWN_HEADINGS)


def _read(content: Content) -> Readings:
    text = content.text
    found = _heads(text)
    begin = found[0].start() if found else len(text)
    heading = _heading(text[:begin])
    turns: list[Turn] = []
    if heading:
        turns += _own(text, 0, heading.start)
        turns.append(Turn(start=heading.start, end=heading.end, origin=Origin.VENDOR_SUMMARY))
    turns += _above(text, heading.end if heading else 0, begin)
    turns += _transcript(text, found)
    day = hints.Day(hints.day_in_name(content.stem))
    if day.day is None and heading:
        day = hints.written_day(heading.day)
    reading = Reading(
        where=content.where,
        text=checked(text, content.where),
        turns=tuple(turn for turn in turns if text[turn.start : turn.end].strip(" \t\r\n-*_")),
        date=day.day,
        unclear_day=day.unclear,
        channel=hints.channel_of(content.stem, "") or Channel.CALL,
        title=(heading.title if heading else "") or hints.title_of(content.stem, ""),
        attendees=tuple(dict.fromkeys(_attendees(found))),
    )
    return Readings(notes=(reading,))


def _heading(above: str) -> _Heading | None:
    """Return the line of the recording, with the line of the title right above it."""
    recording = _RECORDING.search(above)
    if not recording:
        return None
    before = above[: recording.start()].rstrip("\r\n")
    start = max(before.rfind("\n"), before.rfind("\r")) + 1
    line = above[start : len(before)].strip()
    apart = above[len(before) : recording.start()].count("\n") > 1 and not line.startswith("#")
    titled = _TITLE.fullmatch(line.strip("#* ")) if len(line) < _LONGEST_TITLE and not apart else None
    if not titled:
        return _Heading(recording.start(), recording.end(), "", "")
    return _Heading(start, recording.end(), titled["title"], titled["day"] or "")


def _own(text: str, start: int, end: int) -> Iterator[Turn]:
    """Yield what the rep wrote in this stretch."""
    for turn in told_turns(text[start:end]):
        yield turn.model_copy(update={"start": turn.start + start, "end": turn.end + start})


def _above(text: str, start: int, end: int) -> Iterator[Turn]:
    """Yield what stands above the transcript, or without one: the summary, and what the rep wrote around it."""
    if not _is_summary(text[start:end]):
        yield from _own(text, start, end)
        return
    own = _names(text[start:end]) & _OWN_HEADINGS
    for section in headings.sections_of(text[start:end], by_program=True):
        begin, last = start + section.start, start + section.end
        linked = bool(_LINK.search(text, begin, last))
        if section.kind is Kind.TRANSCRIPT:
            continue
        if not linked and (not section.name or section.kind in (Kind.OWN, Kind.PLAN) or not own):
            yield from _own(text, begin, last)
            continue
        cut = _after_list(text, start + section.body, last)
        yield Turn(start=begin, end=cut, origin=Origin.VENDOR_SUMMARY)
        yield from _own(text, cut, last)


def _after_list(text: str, start: int, end: int) -> int:
    """Return where a paragraph begins below a list of the summary that is no part of it; else the end."""
    items = False
    at = start
    for block in [*(found.end() for found in _PARAGRAPH.finditer(text, start, end)), end]:
        words = text[at:block]
        listed = bool(_ITEM.match(words.lstrip("\r\n"))) or bool(_LINK.search(words))
        if items and not listed and words.strip():
            return at
        items, at = items or listed, block
    return end


def _transcript(text: str, found: list[re.Match[str]]) -> Iterator[Turn]:
    """Yield what is said, without the lines above it, and what the program put between."""
    ends = [*(head.start() for head in found[1:]), len(text)][: len(found)]
    blocks = any(_PARAGRAPH.search(text, head.end(), end) for head, end in zip(found[:-1], ends, strict=False))
    for number, (head, end) in enumerate(zip(found, ends, strict=True)):
        last = number == len(found) - 1
        after = _PARAGRAPH.search(text, head.end(), end) if last and not blocks else None
        close = after.end() if after and text[head.end() : after.start()].strip() else end
        yield from _said(text, head, close)
        yield from _own(text, close, end)


def _said(text: str, head: re.Match[str], end: int) -> Iterator[Turn]:
    name = speaker_names.known(_ADDITION.sub("", head["name"] or "")) or None
    time: float | None = seconds(head["time"])
    at = head.end()
    for inserted in [*_INSERTED.finditer(text, head.end(), end), None]:
        words = inserted.start() if inserted else end
        if text[at:words].strip():
            yield Turn(start=at, end=words, speaker=name, origin=Origin.TRANSCRIPT, time=time)
            time = None
        if inserted:
            yield Turn(start=inserted.start(), end=inserted.end(), origin=Origin.VENDOR_SUMMARY)
            at = inserted.end()


def _attendees(found: list[re.Match[str]]) -> Iterator[Attendee]:
    for head in found:
        name = speaker_names.known(_ADDITION.sub("", head["name"] or ""))
        addition = _ADDITION.search(head["name"] or "")
        mail = addition["words"] if addition and "@" in addition["words"] and " " not in addition["words"] else ""
        if name:
            yield Attendee(name=name, email=mail)


FAMILY = Family("fathom-copied", frozenset({".txt", ".md"}), _sniff, _read)
