"""Caption files: WebVTT (Zoom, Teams, Stream), SRT, and times with `-->` pasted from anywhere.

`webvtt-py` is not used: it drops cues with times below 0 or with a comma without a word (docs/decisions/0023).
"""

import re

from notesense.core.reading import Reading, Readings
from notesense.core.results import Refused
from notesense.readers import meeting_facts
from notesense.readers.attribution import pieces_of
from notesense.readers.cues import Cue, Outside, cues_of, is_id, is_timing
from notesense.readers.family import Content, Family, Fit
from notesense.readers.layout import laid_out

_LOOKED_AT = 60
"""Lines in which times are looked for."""
_PART = re.compile(r"(?P<utterance>(?P<call>[0-9A-Fa-f]{8}-[0-9A-Fa-f-]{20,28})[/-][0-9]+)-[0-9]+")
"""The id that Teams gives to a part of an utterance: of the call, of the utterance in it, of the part."""
_SHOWN = 40


def _sniff(content: Content) -> Fit:
    if content.binary:
        return Fit.NO
    head = content.head.lstrip()
    lines = [line for line in head[:20_000].splitlines() if line.strip()][:_LOOKED_AT]
    timed = [number for number, line in enumerate(lines) if is_timing(line)]
    if head.startswith("WEBVTT") or (timed and all(map(is_id, lines[: timed[0]]))):
        return Fit.SURE
    if len(timed) > 1:
        return Fit.LIKELY
    return Fit.ENDING if timed else Fit.NO


def _read(content: Content) -> Readings:
    found = cues_of(content.text)
    parts = {cue.id: part for cue in found.cues if (part := _PART.fullmatch(cue.id))}
    pieces = pieces_of(found.cues, {name: part["utterance"] for name, part in parts.items()})
    text, turns = laid_out(pieces, content.where)
    facts = meeting_facts.facts_of(content)
    reading = Reading(
        where=content.where,
        text=text,
        turns=turns,
        title=facts.title,
        started=facts.started,
        date=facts.date,
        channel=meeting_facts.live_channel(content),
        meeting=facts.meeting or _call(found.cues, parts),
    )
    return Readings(notes=(reading,), refused=_told(found.outside, content.where))


def _call(cues: list[Cue], parts: dict[str, re.Match[str]]) -> str:
    """Return the id of the call where all cues are of one."""
    calls = {part["call"] for part in parts.values()}
    return calls.pop() if len(calls) == 1 and all(cue.id in parts for cue in cues) else ""


def _told(outside: list[Outside], where: str) -> tuple[Refused, ...]:
    """Return what is told of lines that stand outside any cue."""
    if not outside:
        return ()
    first = outside[0]
    shown = first.words if len(first.words) <= _SHOWN else f"{first.words[: _SHOWN - 1]}…"
    if len(outside) == 1:
        reason = f'text outside any cue was left out: "{shown}"'
    else:
        reason = f'{len(outside)} stretches of text outside any cue were left out, the first: "{shown}"'
    return (Refused(where=f"{where}, line {first.line}", reason=reason),)


FAMILY = Family("captions", frozenset({".vtt", ".srt"}), _sniff, _read)
