"""Caption files: WebVTT (Zoom, Teams, Stream), SRT, and times with `-->` pasted from anywhere.

`webvtt-py` is not used: it drops cues with times below 0 or with a comma without a word (docs/decisions/0023).
"""

import re

from notesense.core.reading import Readings
from notesense.core.results import Refused
from notesense.core.vocabulary import Origin
from notesense.readers import meeting_facts
from notesense.readers.attribution import pieces_of
from notesense.readers.cues import Cue, cues_of, is_id, is_timing
from notesense.readers.family import Content, Family, Fit
from notesense.readers.layout import Spoken

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
    own = [Spoken("\n".join(lines), origin=Origin.REP_NOTE) for lines in (found.above, found.below)]
    facts = meeting_facts.facts_of(content)
    facts = facts._replace(meeting=facts.meeting or _call(found.cues, parts))
    reading = meeting_facts.reading_of(content, [own[0], *pieces, own[1]], facts)
    return Readings(notes=(reading,), refused=_told(found.cues, content.where))


def _call(cues: list[Cue], parts: dict[str, re.Match[str]]) -> str:
    """Return the id of the call where all cues are of one."""
    calls = {part["call"] for part in parts.values()}
    return calls.pop() if len(calls) == 1 and all(cue.id in parts for cue in cues) else ""


def _told(cues: list[Cue], where: str) -> tuple[Refused, ...]:
    """Return what is told of captions whose time cannot be read."""
    untimed = [cue for cue in cues if cue.start is None and any(line.strip() for line in cue.lines)]
    if not untimed:
        return ()
    words = " ".join(untimed[0].lines)
    shown = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
    if len(untimed) == 1:
        reason = f'a caption has no time that can be read, and is kept without one: "{shown}"'
    else:
        reason = (
            f'{len(untimed)} captions have no time that can be read, and are kept without one, the first: "{shown}"'
        )
    return (Refused(where=f"{where}, line {untimed[0].at}", reason=reason),)


FAMILY = Family("captions", frozenset({".vtt", ".srt"}), _sniff, _read)
