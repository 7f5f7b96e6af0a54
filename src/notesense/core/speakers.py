"""Tells from the lines of a text who speaks: speaker names, stamps, mail heads, ticket heads.

Any text is accepted, in time that grows with its length alone.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from notesense.core.casting import Cast, Verdict, cast
from notesense.core.clauses import LONGEST
from notesense.core.lines import Line
from notesense.core.note import Side, Turn
from notesense.core.speaker_marks import LATEST_START, STAMP, mark_of, seconds_of, side_of
from notesense.core.vocabulary import Origin

_WORD = r"[^\W\d_][\w.'’\-]{0,30}"
_HEADER = re.compile(r"(?:To|Cc|Bcc|Date|Sent|Reply-To)\s?:\s", re.IGNORECASE)
_SUBJECT = re.compile(r"Subject\s?:\s*", re.IGNORECASE)
_RULE = re.compile(r"[-=_*]{3,}[^\n]{0,60}$")
_NEW_HAND = re.compile(rf"(?i:-{{2,}}\s?(?:Original|Forwarded)\b)|[^.!?]{{2,40}}[,\s]{STAMP}[^.!?]{{0,30}}:\s*$")


class Voice(NamedTuple):
    """What a line says about its speaker. `content` is where the speech begins; equal to the line's end for headers.

    `name` is empty where somebody speaks or writes who is not known. `origin` is that of the words which follow, as far
    as the line alone tells. `time` is in seconds from the beginning.
    """

    name: str
    side: Side
    content: int
    header: bool
    origin: Origin
    time: float | None = None


def voices(text: str, found: Sequence[Line]) -> tuple[list[Voice | None], range]:
    """Return whom each line names as its speaker, and the lines (from, to) that are a dialogue.

    What is said in a dialogue is a transcript.
    """
    told = cast(text, found, [mark_of(text, line) for line in found])
    times = _times(told)
    return [_voice(line, number, told, times) for number, line in enumerate(found)], told.dialogue


def _voice(line: Line, number: int, told: Cast, times: dict[int, float]) -> Voice | None:
    mark, verdict = told.marks[number], told.verdicts[number]
    inside = number in told.dialogue
    if verdict is Verdict.NONE:
        return None
    if verdict is Verdict.NOBODY or not mark:
        return Voice("", "unknown", line.body, header=False, origin=Origin.TRANSCRIPT if inside else Origin.REP_NOTE)
    spoken = inside and mark.origin is Origin.REP_NOTE
    origin = Origin.TRANSCRIPT if spoken else mark.origin
    return Voice(mark.name, mark.side, mark.content, mark.header, origin, times.get(number))


def _times(told: Cast) -> dict[int, float]:
    """Return the seconds that the speakers' times tell, by line; none where they are hours of a day or restart."""
    stamped = {
        number: mark.stamp
        for number, mark in enumerate(told.marks)
        if mark and mark.stamp and told.verdicts[number] is Verdict.SPEAKER
    }
    seconds = {number: seconds_of(stamp) for number, stamp in stamped.items()}
    known = [one for one in seconds.values() if one is not None]
    falls = any(one > two for one, two in pairwise(known))
    if not known or len(known) < len(seconds) or known[0] > LATEST_START or falls:
        return {}
    return {number: one for number, one in seconds.items() if one is not None}


def given_voice(text: str, line: Line, turn: Turn) -> Voice:
    """Return the speaker of a turn whose first line this is; a name and colon before the words are no words."""
    name = turn.speaker or ""
    content = line.body
    for begin in (line.body, line.start):
        if name and text.startswith(f"{name}:", begin):
            content = begin + len(name) + 1
    return Voice(name, turn.side, content, header=False, origin=turn.origin)


def is_head(text: str, line: Line) -> bool:
    """Tell whether a line is a mail's header line or a rule, and no speech."""
    return bool(_HEADER.match(text, line.body, line.end) or _RULE.match(text, line.body, line.end))


def subject_at(text: str, line: Line) -> int:
    """Return where the words of a line begin that may be a mail's subject."""
    subject = _SUBJECT.match(text, line.body, line.end)
    return subject.end() if subject else line.body


def is_new_hand(text: str, line: Line) -> bool:
    """Tell whether somebody else writes from this line on, whoever that is."""
    return _NEW_HAND.match(text, line.body, line.end) is not None


def sides(text: str, voices: Iterable[Voice]) -> dict[str, Side]:
    """Return the side of each speaker (folded name), where any mention in the note tells it."""
    told: dict[str, Side] = {}
    for voice in voices:
        if voice.side != "unknown" and voice.name.casefold() != "them":
            told.setdefault(voice.name.casefold(), voice.side)
    if told.get("me") == "us":
        told["them"] = "customer"
    for found in re.finditer(rf"\b(?:(\w{{1,4}}) = )?({_WORD}(?: {_WORD})?) \(([\w ]{{2,10}})\)", text[: 50 * LONGEST]):
        side = side_of(found[3])
        if side != "unknown":
            for name in (found[1], found[2], found[2].split()[0], found[2].split()[-1]):
                if name:
                    told.setdefault(name.casefold(), side)
    return told
