"""Captions that Zoom saved on a computer: `17:32:36 text` line by line, or `[Name] 17:32:36` above what was said.

The times are those of the clock on the wall. Where the folder that Zoom saved into tells when the meeting began, they
are counted from there, else from the first caption.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from notesense.core.reading import Readings
from notesense.core.vocabulary import Origin
from notesense.readers import meeting_facts
from notesense.readers.attribution import Said, gathered, named
from notesense.readers.cues import lines_of
from notesense.readers.family import Content, Family, Fit
from notesense.readers.layout import Spoken
from notesense.readers.stamps import seconds

_CLOCK = r"(?P<clock>(?:[01]?[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])"
_LINE = re.compile(rf"\s*{_CLOCK}\s+(?P<words>\S.*)")
_HEAD = re.compile(rf"\s*\[(?P<name>[^\n]{{1,80}})\]\s+{_CLOCK}\s*")
_DAY = 24 * 60 * 60
_LOOKED_AT = 40


class Clocked(NamedTuple):
    """What stands under a time of the day: that in seconds, who says or writes it where it is told, its lines."""

    clock: int
    name: str
    lines: list[str]


def _sniff(content: Content) -> Fit:
    if content.binary:
        return Fit.NO
    lines = [line for line in content.head[:20_000].splitlines() if line.strip()][:_LOOKED_AT]
    if sum(map(bool, map(_HEAD.fullmatch, lines))) > 1 and _HEAD.fullmatch(lines[0]):
        return Fit.SURE
    stamped = [found for found in map(_LINE.fullmatch, lines) if found]
    return Fit.LIKELY if len(stamped) > 1 and len(stamped) * 3 >= len(lines) * 2 else Fit.NO


def _read(content: Content) -> Readings:
    lines = lines_of(content.text)
    first_at = next((number for number, line in enumerate(lines) if _begun(line)), len(lines))
    captions, below = _captions(lines[first_at:])
    facts = meeting_facts.facts_of(content)
    day = facts.started.date() if facts.started else facts.date
    first = captions[0].clock if captions else 0
    began = second_of_day(facts.started) if facts.started else first
    times = since([caption.clock for caption in captions], began)
    said = [Said(caption.lines, time) for caption, time in zip(captions, times, strict=True)]
    if any(caption.name for caption in captions):
        spoken = zip(captions, said, strict=True)
        pieces = gathered(Spoken("\n".join(one.lines), caption.name, time=one.time) for caption, one in spoken)
    else:
        pieces = named(said)
    own = [Spoken("\n".join(part), origin=Origin.REP_NOTE) for part in (lines[:first_at], below)]
    midnight = datetime.datetime.combine(day, datetime.time()) if day else None
    started = facts.started or (midnight and midnight + datetime.timedelta(seconds=first))
    facts = facts._replace(date=day, started=started)
    return Readings(notes=(meeting_facts.reading_of(content, [own[0], *pieces, own[1]], facts),))


def _begun(line: str) -> re.Match[str] | None:
    """Return what the line tells with which a caption begins."""
    return _HEAD.fullmatch(line) or _LINE.fullmatch(line)


def _captions(lines: list[str]) -> tuple[list[Clocked], list[str]]:
    """Return the captions, and the lines below them that belong to none.

    A line without a time belongs to the caption above it. Where a blank line ends each caption, what stands below the
    last is somebody's note.
    """
    captions: list[Clocked] = []
    parted = 0
    after_blank = False
    last = len(lines)
    for number, line in enumerate(lines):
        if begun := _begun(line):
            parts = begun.groupdict()
            captions.append(Clocked(int(seconds(begun["clock"])), parts.get("name", ""), []))
            line, last = parts.get("words", ""), len(lines)
        elif line.strip() and after_blank and captions[-1].lines:
            parted += last == len(lines)
            last = min(last, number)
        if line.strip():
            captions[-1].lines.append(line.strip())
        after_blank = not line.strip()
    if parted == 1 and last < len(lines) and captions[-1].name and len(captions) > 1:
        captions[-1] = captions[-1]._replace(lines=captions[-1].lines[: -sum(map(bool, map(str.strip, lines[last:])))])
        return [caption for caption in captions if caption.lines], lines[last:]
    return [caption for caption in captions if caption.lines], []


def since(clocks: Iterable[int], began: int) -> Iterator[float]:
    """Yield the seconds from the beginning to each of these seconds of a day, on past midnight."""
    before = began
    for clock in clocks:
        at = clock + (before - clock + _DAY // 2) // _DAY * _DAY
        before = max(before, at)
        yield float(at - began)


def second_of_day(moment: datetime.datetime) -> int:
    """Return the second of its day."""
    return moment.hour * 3600 + moment.minute * 60 + moment.second


FAMILY = Family("zoom captions", frozenset(), _sniff, _read)
