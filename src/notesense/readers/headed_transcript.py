"""Transcripts with a line above each turn: `Marta Ruiz  0:09`, as Otter and Teams (its DOCX) export them.

Otter may leave out the name, the time or both; such a text is known by Otter's line at its end.
"""

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from notesense.core.reading import Reading, Readings
from notesense.core.vocabulary import Origin
from notesense.errors import InputError
from notesense.readers import meeting_facts, speaker_names
from notesense.readers.cues import lines_of
from notesense.readers.family import Content, Family, Fit
from notesense.readers.layout import Spoken, laid_out
from notesense.readers.stamps import WHOLE_STAMP, seconds

_HEAD = re.compile(rf"\s*(?P<name>\S(?:.{{0,78}}?\S)?)(?:[ \xa0]{{2,}}|[ \xa0]*\t\s*)(?P<time>{WHOLE_STAMP})\s*")
_TIME = re.compile(rf"\s*(?P<time>{WHOLE_STAMP})\s*")
_FOOT = re.compile(r"\s*Transcribed by (?:https?://)?(?:www\.)?otter\.ai/?\s*", re.IGNORECASE)
_TEAMS = re.compile(r"\s*\S.{0,80} (?:started|stopped) transcription\s*")
"""What Teams writes where somebody switches the transcript on or off: nobody says it."""
_LASTING = re.compile(r"\s*(?:\d+h ?)?(?:\d+m ?)?(?:\d+s)?\s*")
"""How long a meeting lasted, in the heading that Teams writes."""
_FIRST = 180
"""Seconds within which somebody speaks in a transcript; later ones are rather hours of a day, as in a chat."""
_CLOCK = re.compile(r"0[1-9]:")
_LONGEST_LINE = 120


class _Block(NamedTuple):
    """A turn: who says it and when, as far as the line above it tells, and its lines."""

    name: str | None
    time: float | None
    lines: list[str]


def _sniff(content: Content) -> Fit:
    if content.binary:
        return Fit.NO
    lines = content.head.splitlines()
    heads = [head for head in map(_head, lines) if head]
    if any(_FOOT.fullmatch(line) for line in _tail(content)):
        return Fit.SURE
    if heads and any(map(_TEAMS.fullmatch, lines)):
        return Fit.SURE
    if len(heads) < 2 or _CLOCK.match(heads[0]["time"]):
        return Fit.NO
    times = [seconds(head["time"]) for head in heads]
    return Fit.LIKELY if times[0] <= _FIRST and times == sorted(times) else Fit.NO


def _tail(content: Content) -> list[str]:
    try:
        return content.text[-200:].splitlines()
    except InputError:
        return []


def _head(line: str) -> re.Match[str] | None:
    """Return what a line that stands above a turn tells: its name and time."""
    return _HEAD.fullmatch(line) if len(line) <= _LONGEST_LINE else None


def _read(content: Content) -> Readings:
    lines = lines_of(content.text)
    foot = next((number for number, line in enumerate(lines) if _FOOT.fullmatch(line)), len(lines))
    opening, blocks = _blocks(lines[:foot])
    said = [Spoken("\n".join(block.lines), speaker_names.known(block.name), time=block.time) for block in blocks]
    facts, own = _facts(content, opening)
    around = [Spoken("\n".join(part), origin=Origin.REP_NOTE) for part in (own, lines[foot + 1 :])]
    text, turns = laid_out([around[0], *said, around[1]], content.where)
    reading = Reading(
        where=content.where,
        text=text,
        turns=turns,
        title=facts.title,
        started=facts.started,
        date=facts.date,
        channel=meeting_facts.live_channel(content),
    )
    return Readings(notes=(reading,))


def _blocks(lines: list[str]) -> tuple[list[str], list[_Block]]:
    """Return the lines above the first turn, and the turns, with all that stands above each of them told."""
    if any(map(_head, lines)):
        return _headed(lines, _HEAD)
    if any(map(_TIME.fullmatch, lines)):
        return _headed(lines, _TIME)
    paragraphs = list(_paragraphs(lines))
    if all(len(one) > 1 and speaker_names.looks_named(one[0].strip()) for one in paragraphs):
        return [], [_Block(one[0].strip(), None, one[1:]) for one in paragraphs]
    return [], [_Block(None, None, one) for one in paragraphs]


def _headed(lines: list[str], pattern: re.Pattern[str]) -> tuple[list[str], list[_Block]]:
    opening: list[str] = []
    blocks: list[_Block] = []
    heard = opening
    for line in lines:
        head = pattern.fullmatch(line) if len(line) <= _LONGEST_LINE else None
        if head:
            blocks.append(_Block(head.groupdict().get("name"), seconds(head["time"]), []))
            heard = blocks[-1].lines
        elif not _TEAMS.fullmatch(line):
            heard.append(line)
    return opening, blocks


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line)
        elif paragraph:
            yield paragraph
            paragraph = []


def _facts(content: Content, opening: list[str]) -> tuple[meeting_facts.Facts, list[str]]:
    """Return what the heading, else the name of the file tells of the meeting, and the lines that are no heading."""
    facts = meeting_facts.facts_of(content)
    own: list[str] = []
    for line in opening:
        named, began = meeting_facts.named_recording(line), meeting_facts.written_moment(line)
        if named:
            facts = named
        elif isinstance(began, datetime.datetime):
            facts = facts._replace(started=facts.started or began)
        elif began:
            facts = facts._replace(date=facts.date or began)
        elif not line.strip() or not _LASTING.fullmatch(line):
            own.append(line)
    return facts, own


FAMILY = Family("transcript", frozenset(), _sniff, _read)
