"""Otter: a transcript with what Otter writes above it: title, day, keywords, speakers, overview, action items, outline.

All that is a program's words, kept and found, but nobody's testimony. The transcript below is read as any with a line
above each turn.
"""

import re
from typing import NamedTuple

from notesense.core.reading import Readings
from notesense.core.vocabulary import Origin
from notesense.errors import InputError
from notesense.readers import headed_transcript, headings, hints, written_days
from notesense.readers.family import Content, Family, Fit
from notesense.readers.headings import Kind
from notesense.readers.parts import Part, nobodys, put_together
from notesense.readers.sections import parts_of
from notesense.readers.stamps import WHOLE_STAMP
from notesense.readers.written_days import When

_FOOT = re.compile(r"\s*Transcribed by (?:https?://)?(?:www\.)?otter\.ai/?\s*", re.IGNORECASE)
_TURN = re.compile(
    rf"^[ \t]*(?:\S[^\r\n\t]{{0,78}}?(?:[ \xa0]{{2,}}|[ \xa0]*\t\s*))?{WHOLE_STAMP}[ \t]*$", re.MULTILINE
)
_KEYWORDS = re.compile(r"^[ \t]*SUMMARY KEYWORDS[ \t]*$", re.MULTILINE)
_DAY = re.compile(r"[ \t]*(?P<day>[^\r\n•·]{6,60}?)[ \t]*(?:[•·][^\r\n]{0,40})?")


class _Opening(NamedTuple):
    """The text above the turns, where its first heading begins, where the turns do, what the lines above that tell."""

    text: str
    begin: int
    spoken: int
    title: str
    when: When


def _sniff(content: Content) -> Fit:
    if content.binary:
        return Fit.NO
    head = content.head
    if not _KEYWORDS.search(head) and not _has_foot(content):
        return Fit.NO
    opening = _opening(head)
    return Fit.SURE if opening and _is_program(opening) else Fit.NO


def _has_foot(content: Content) -> bool:
    try:
        return any(_FOOT.fullmatch(line) for line in content.text[-200:].splitlines())
    except InputError:
        return False


def _is_program(opening: _Opening) -> bool:
    """Tell whether above the turns stands what Otter writes."""
    kinds = {one.kind for one in headings.sections_of(opening.text)}
    return Kind.USUAL in kinds or opening.when.day is not None


def _opening(text: str) -> _Opening | None:
    """Return what stands above the turns; None where no turn has a line above it with its time."""
    cut = headings.sections_of(text)
    spoken = next((one for one in cut if one.kind is Kind.TRANSCRIPT), None)
    first = _TURN.search(text, spoken.body if spoken else 0)
    if not first:
        return None
    above = text[: spoken.start if spoken else first.start()]
    begin = next((one.start for one in cut if one.kind is not Kind.UNKNOWN), len(above))
    lines = [line.strip() for line in above[:begin].splitlines() if line.strip()]
    when = next((told for line in lines[:3] if (told := _when(line)).day), When())
    title = lines[0] if lines and len(lines) <= 2 and not _when(lines[0]).day else ""
    title = "" if title.endswith((".", "!", "?", "…")) else title
    return _Opening(above, min(begin, len(above)), first.start(), title, when)


def _when(line: str) -> When:
    found = _DAY.fullmatch(line)
    try:
        return written_days.alone(found["day"]) if found else When()
    except ValueError:
        return When()


def _read(content: Content) -> Readings:
    text = content.text
    opening = _opening(text)
    if not opening:
        return headed_transcript.FAMILY.read(content)
    below = Content(b"", content.where, content.name, pasted=text[opening.spoken :])
    found = headed_transcript.FAMILY.read(below)
    (note,) = found.notes
    head = nobodys(opening.text[: opening.begin], Origin.VENDOR_SUMMARY if opening.when.day else Origin.REP_NOTE)
    above = parts_of(content, opening.text[opening.begin :], by_program=True)
    heading = Part(text[len(opening.text) : opening.spoken], ())
    whole, turns = put_together([head, *above, heading, Part(note.text, note.turns)])
    told = {
        "text": whole,
        "turns": turns,
        "title": opening.title or note.title or hints.title_of(content.stem, ""),
        "started": note.started or opening.when.started,
        "date": note.date or opening.when.day,
    }
    return found.model_copy(update={"notes": (note.model_copy(update=told),)})


FAMILY = Family("otter", frozenset({".txt"}), _sniff, _read)
