"""Google Meet: the document "Notes by Gemini" and the transcript that Meet writes, as text or unwrapped from DOCX.

What stands before the transcript and after its end is a program's summary: kept and found, but nobody's testimony.
The transcript has a bare time every minute or so, which is that of the words right below it alone.
"""

import datetime
import re
from itertools import pairwise
from typing import NamedTuple

from notesense.core.note import Attendee
from notesense.core.reading import Reading, Readings
from notesense.core.results import Refused
from notesense.core.vocabulary import Channel, Origin
from notesense.readers import meeting_facts, speaker_names
from notesense.readers.attribution import Run
from notesense.readers.cues import lines_of
from notesense.readers.family import Content, Family, Fit
from notesense.readers.layout import Spoken, laid_out
from notesense.readers.stamps import seconds

_WHEN = (
    r"(?P<year>\d{4})[/_-](?P<month>\d\d)[/_-](?P<day>\d\d)(?: at)? (?P<hour>\d\d)[:_](?P<minute>\d\d)"
    r"(?: (?P<zone>[A-Z][\w:+−-]{0,9}))?"
)
_NOTES = re.compile(rf"\W*(?:Meeting started|(?P<event>\S.*?) [-–—]) {_WHEN} [-–—] Notes by Gemini\W*")
_TRANSCRIPT = re.compile(rf"\W*(?P<event>\S.*?) \({_WHEN}\) [-–—] Transcript\W*")
_MARK = re.compile(r"\W*📖\W*(?:\w+\W*){0,3}")
_BARE_MARK = re.compile(r"\W*Transcript\W*")
_TAB = re.compile(r".* [-–—] Transcript\W*")
_ANCHOR = re.compile(r"\W*(?P<time>[0-9]{1,2}:[0-9]{2}:[0-9]{2})\W*(?:\{#[^{}]*\}\s*)?")
_END = re.compile(r"\W*(?:Transcription|Meeting) ended after [0-9:]+.*")
_SPOKEN = re.compile(r"\s*(?P<bold>\*\*)?(?P<name>[^\s*:][^*:]{0,59}?)\s?:(?(bold)\*\*)(?:\s+|$)(?P<words>.*)")
_MACHINE = re.compile(r"This editable transcript was computer generated.*")
_MAILED = re.compile(r"\[([^\[\]]{1,80})\]\(mailto:([^()\s]{3,120})\)")
_LOOKED_AT = 12
"""Lines in which the heading is looked for."""
_SHORT = 200
"""Characters that headings and marks have at most."""


class _Parts(NamedTuple):
    """The lines of the three parts of a document."""

    before: list[str]
    transcript: list[str]
    after: list[str]


def _sniff(content: Content) -> Fit:
    if content.binary:
        return Fit.NO
    lines = [line.strip() for line in content.head.splitlines() if line.strip()]
    short = [line for line in lines if len(line) < _SHORT]
    marked = any(map(_MARK.fullmatch, short)) and any(map(_ANCHOR.fullmatch, short))
    if marked or _heading(lines) or any(map(_END.fullmatch, short)):
        return Fit.SURE
    return Fit.LIKELY if _heading([content.stem]) else Fit.NO


def _heading(lines: list[str]) -> re.Match[str] | None:
    near = [line for line in lines[:_LOOKED_AT] if len(line) < _SHORT]
    return next((found for line in near if (found := _NOTES.fullmatch(line) or _TRANSCRIPT.fullmatch(line))), None)


def _read(content: Content) -> Readings:
    lines = lines_of(content.text)
    parts = _parts(lines, _is_notes([content.stem, *lines[:_LOOKED_AT]]))
    said = _said(parts.transcript)
    summary = [Spoken("\n".join(part), origin=Origin.VENDOR_SUMMARY) for part in (parts.before, parts.after)]
    text, turns = laid_out([summary[0], *said, summary[1]], content.where)
    heading = _heading([line for line in lines if line.strip()]) or _heading([content.stem])
    facts = meeting_facts.facts_of(content)
    reading = Reading(
        where=content.where,
        text=text,
        turns=turns,
        title=((heading["event"] or "") if heading else facts.title).strip(),
        started=_began(heading) if heading else facts.started,
        date=facts.date or _day(lines),
        channel=Channel.CALL,
        attendees=tuple(_attendees(parts.before, said)),
    )
    refused: tuple[Refused, ...] = ()
    if parts.transcript and not said:
        reason = "its transcript holds nothing that anyone says; only the summary is kept"
        refused = (Refused(where=content.where, reason=reason),)
    return Readings(notes=(reading,), refused=refused)


def _is_notes(lines: list[str]) -> bool:
    """Tell whether one of these names the document as notes that Gemini wrote."""
    return any(_NOTES.fullmatch(line) for line in lines if len(line) < _SHORT)


def _parts(lines: list[str], notes: bool) -> _Parts:
    """Cut a document into what stands before the transcript, the transcript, and what stands after its end.

    In `notes` a mark begins the transcript; a transcript by itself begins below its heading.
    """
    marks = [number for number, line in enumerate(lines) if len(line) < _SHORT and _MARK.fullmatch(line)]
    if not marks and not notes:
        bare = [number for number, line in enumerate(lines[:_LOOKED_AT]) if _BARE_MARK.fullmatch(line)]
        tab = [number for number, line in enumerate(lines[:_LOOKED_AT]) if _TAB.fullmatch(line)]
        marks = bare or tab or [-1]
    begin = marks[0] + 1 if marks else len(lines)
    end = next((n for n in range(begin, len(lines)) if _END.fullmatch(lines[n])), len(lines))
    return _Parts(lines[: max(begin - 1, 0)] if marks else lines, lines[begin:end], lines[end:])


def _said(lines: list[str]) -> list[Spoken]:
    """Return what is said, without times and the heading of the tab."""
    runs: list[Run] = []
    time: float | None = None
    for line in lines:
        anchor, spoken = _ANCHOR.fullmatch(line), _SPOKEN.fullmatch(line)
        if anchor:
            time = seconds(anchor["time"])
        elif not line.strip() or (not runs and _is_tab_heading(line)):
            continue
        elif spoken and speaker_names.looks_named(spoken["name"]):
            runs.append(Run(Spoken(spoken["words"], speaker_names.known(spoken["name"]), time=time)))
            time = None
        elif runs:
            runs[-1].parts.append(line.strip())
        else:
            runs.append(Run(Spoken(line.strip(), time=time)))
            time = None
    said = (run.whole("\n") for run in runs)
    return [piece for piece in said if piece.words.strip()]


def _is_tab_heading(line: str) -> bool:
    return bool(_TAB.fullmatch(line) or _MACHINE.match(line) or meeting_facts.written_moment(line))


def _began(heading: re.Match[str]) -> datetime.datetime | None:
    """Return when the meeting began; local time where the zone may be several."""
    zone = meeting_facts.zone_of(heading["zone"]) if heading["zone"] else None
    return meeting_facts.moment(heading.group("year", "month", "day", "hour", "minute"), zone)


def _day(lines: list[str]) -> datetime.date | None:
    """Return the day that stands on a line of its own near the beginning."""
    found = (meeting_facts.written_moment(line) for line in lines[:_LOOKED_AT])
    day = next(filter(None, found), None)
    return day.date() if isinstance(day, datetime.datetime) else day


def _attendees(before: list[str], said: list[Spoken]) -> list[Attendee]:
    """Return who was invited: names with addresses, a list with commas, or those who speak and are named there."""
    invited = [line.strip() for line in before if line.strip().startswith(("Invited", "Attendees"))]
    following = [two for one, two in pairwise(before) if one.strip() in ("Invited", "Attendees")]
    told = " ".join([*invited, *following])
    mailed = [Attendee(name=name.strip(), email=email) for name, email in _MAILED.findall(told)]
    if mailed:
        return mailed
    listed = [name.strip() for line in following if "," in line for name in line.split(",")]
    speakers = dict.fromkeys(piece.speaker for piece in said if piece.speaker and piece.speaker in told)
    return [Attendee(name=name) for name in listed or speakers if name]


FAMILY = Family("meet", frozenset(), _sniff, _read)
