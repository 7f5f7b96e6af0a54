"""Captions that Zoom saved on a computer: `17:32:36 text` line by line, or `[Name] 17:32:36` above what was said.

The times are those of the clock on the wall. Where the folder that Zoom saved into tells when the meeting began, they
are counted from there, else from the first caption.
"""

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from notesense.core.reading import Reading, Readings
from notesense.core.vocabulary import Origin
from notesense.readers import meeting_facts
from notesense.readers.attribution import Said, gathered, named
from notesense.readers.cues import lines_of
from notesense.readers.family import Content, Family, Fit
from notesense.readers.layout import Spoken, laid_out
from notesense.readers.stamps import seconds

_CLOCK = r"(?P<clock>(?:[01]?[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])"
_LINE = re.compile(rf"\s*{_CLOCK}\s+(?P<words>\S.*)")
_HEAD = re.compile(rf"\s*\[(?P<name>[^\[\]]{{1,80}})\]\s+{_CLOCK}\s*")
_CHAT = re.compile(r"From .{1,80}:")
"""What follows the clock in a saved chat, which is no caption."""
_DAY = 24 * 60 * 60
_LOOKED_AT = 40


class _Caption(NamedTuple):
    """A caption: the second of the day, who says it where that is told, its lines."""

    clock: int
    name: str
    lines: list[str]


def _sniff(content: Content) -> Fit:
    if content.binary:
        return Fit.NO
    lines = [line for line in content.head[:20_000].splitlines() if line.strip()][:_LOOKED_AT]
    if sum(map(bool, map(_HEAD.fullmatch, lines))) > 1 and _HEAD.fullmatch(lines[0]):
        return Fit.SURE
    stamped = [found for found in map(_LINE.fullmatch, lines) if found and not _CHAT.match(found["words"])]
    return Fit.LIKELY if len(stamped) > 1 and len(stamped) * 3 >= len(lines) * 2 else Fit.NO


def _read(content: Content) -> Readings:
    lines = lines_of(content.text)
    first_at = next((number for number, line in enumerate(lines) if _begun(line)), len(lines))
    captions = list(_captions(lines[first_at:]))
    facts = meeting_facts.facts_of(content)
    day = facts.started.date() if facts.started else facts.date
    first = captions[0].clock if captions else 0
    began = _second_of_day(facts.started) if facts.started else first
    said = [Said(caption.lines, time) for caption, time in zip(captions, _times(captions, began), strict=True)]
    if any(caption.name for caption in captions):
        spoken = zip(captions, said, strict=True)
        pieces = gathered(Spoken("\n".join(one.lines), caption.name, time=one.time) for caption, one in spoken)
    else:
        pieces = named(said)
    own = Spoken("\n".join(lines[:first_at]), origin=Origin.REP_NOTE)
    text, turns = laid_out([own, *pieces], content.where)
    midnight = datetime.datetime.combine(day, datetime.time()) if day else None
    reading = Reading(
        where=content.where,
        text=text,
        turns=turns,
        title=facts.title,
        date=day,
        started=facts.started or (midnight and midnight + datetime.timedelta(seconds=first)),
        meeting=facts.meeting,
        channel=meeting_facts.live_channel(content),
    )
    return Readings(notes=(reading,))


def _begun(line: str) -> re.Match[str] | None:
    """Return what the line tells with which a caption begins."""
    return _HEAD.fullmatch(line) or _LINE.fullmatch(line)


def _captions(lines: list[str]) -> Iterator[_Caption]:
    """Yield the captions; a line without a time belongs to the one before it."""
    caption = _Caption(0, "", [])
    for line in lines:
        begun = _begun(line)
        if begun:
            if caption.lines:
                yield caption
            parts = begun.groupdict()
            caption = _Caption(int(seconds(begun["clock"])), parts.get("name", ""), [])
            line = parts.get("words", "")
        if line.strip():
            caption.lines.append(line.strip())
    if caption.lines:
        yield caption


def _times(captions: list[_Caption], began: int) -> Iterator[float]:
    """Yield the seconds from the beginning, on past midnight."""
    before = began
    for caption in captions:
        clock = caption.clock + (before - caption.clock + _DAY // 2) // _DAY * _DAY
        before = max(before, clock)
        yield float(clock - began)


def _second_of_day(moment: datetime.datetime) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


FAMILY = Family("zoom captions", frozenset(), _sniff, _read)
