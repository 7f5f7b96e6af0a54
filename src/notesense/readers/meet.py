"""Google Meet: the document "Notes by Gemini" and the transcript that Meet writes, as text or unwrapped from DOCX.

What stands before the transcript and after its end is a program's summary: kept and found, but nobody's testimony. That
holds for the heading of the transcript, too. The transcript has a bare time every minute or so, which is that of the
words right below it alone.
"""

import datetime
import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from notesense.core.note import Attendee
from notesense.core.reading import Readings
from notesense.core.results import Refused
from notesense.core.vocabulary import Channel, Origin
from notesense.readers import meeting_facts, speaker_names
from notesense.readers.attribution import Run
from notesense.readers.cues import lines_of
from notesense.readers.family import Content, Family, Fit
from notesense.readers.layout import Spoken
from notesense.readers.stamps import seconds

_WHEN = (
    r"(?P<year>\d{4})[/_-](?P<month>\d\d)[/_-](?P<day>\d\d)(?: at)? (?P<hour>\d\d)[:_](?P<minute>\d\d)"
    r"(?: (?P<zone>[A-Z][\w:+−-]{0,9}))?"
)
_NOTES = re.compile(
    rf"\W*(?:(?P<event>\S.*?) \\?[-–—]|[^\W\d][^\d\n]{{0,40}}?) {_WHEN} \\?[-–—] "
    r"[^\d\n]{0,24}\bGemini\b[^\d\n]{0,16}"
)
"""The name of the document: "Notes by Gemini" in any language."""
_WORD = r"[^\d\n]{0,12}\b(?i:trans?[ck]ri|trascri)[^\W\d]*(?: [^\W\d]+){0,2}"
"""How a transcript is called, in most languages."""
_TRANSCRIPTS = (
    re.compile(rf"\W*(?P<event>\S.*?) \({_WHEN}\) \\?[-–—] {_WORD}\W*"),
    re.compile(rf"\W*(?P<event>\S.*?) \\?[-–—] {_WHEN} \\?[-–—] {_WORD}\W*"),
    re.compile(
        r"\W*(?P<event>\S.*?) \((?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?(?P<year>\d{4}),? "
        r"(?P<hour>\d\d?)[:_.](?P<minute>\d\d)"
        rf"(?: (?P<zone>[A-Z][\w:+−-]{{0,9}}))?\) \\?[-–—] {_WORD}\W*"
    ),
)
"""The name of the document of a transcript; figures with dots are day, month, year."""
_MARK = re.compile(r"\W*📖\W*(?:\w+\W*){0,3}")
_BARE_MARK = re.compile(r"\W*(?i:trans?[ck]ri|trascri)[^\W\d]*\W*")
_OWN_MARK = re.compile(r"\W*📝\W*(?:\w+\W*){0,3}")
"""What stands above the notes in the document itself."""
_ADVICE = re.compile(
    r"\W*(?:You should review Gemini['’]s notes|Sie sollten die Notizen von Gemini"
    r"|(?:Vous devriez|Veuillez) .{0,20}les notes de Gemini|(?:Debes|Deberías) .{0,20}las notas de Gemini"
    r"|Dovresti .{0,20}le note di Gemini|Você deve .{0,20}as (?:notas|anotações) do Gemini"
    r"|(?:Je|U) .{0,20}de notities van Gemini).*",
    re.IGNORECASE,
)
"""What stands below the notes."""
_REFERENCE = re.compile(r"\(\[?[0-9]{2}:[0-9]{2}:[0-9]{2}\]?")
_TAB = re.compile(rf".* \\?[-–—] {_WORD}\W*")
_ANCHOR = re.compile(r"\W*(?P<time>[0-9]{1,2}:[0-9]{2}:[0-9]{2})\W*(?:\{#[^{}]*\}\s*)?")
_END = re.compile(r"\W*(?:Transcription|Meeting) ended after [0-9:]+.*")
_TIME_IN_WORDS = re.compile(r"(?=.*\w{3})[^:]*\b(?P<time>[0-9]{2}:[0-9]{2}:[0-9]{2})\b[^:]*")
"""A line that tells a time in words, as the last line of a transcript does in any language."""
_SPOKEN = re.compile(r"\s*(?P<bold>\*\*)?(?P<name>[^\s*:][^*:]{0,59}?)\s?:(?(bold)\*\*)(?:\s+|$)(?P<words>.*)")
_MACHINE = re.compile(
    r"\W*(?:This editable transcript was computer generated|Dieses bearbeitbare Transkript wurde"
    r"|Cette transcription modifiable a été|Esta transcripción editable|Questa trascrizione modificabile"
    r"|Esta transcrição editável|Dit bewerkbare transcript).*"
)
"""What stands below a transcript, or above it."""
_INVITED = (
    *("Invited", "Attendees", "Eingeladen", "Invités", "Invitados", "Invitati", "Convidados", "Genodigden"),
    "Uitgenodigd",
)
"""What stands before those who were invited, or above them."""
_ATTENDED = frozenset(
    "teilnehmer teilnehmende participants asistentes participantes partecipanti deelnemers aanwezigen".split()
)
"""What stands above them where only a transcript is; before words on its line it may be anything."""
_MAILED = re.compile(r"\[([^\[\]]{1,80})\]\(mailto:([^()\s]{3,120})\)")
_LOOKED_AT = 12
"""Lines in which the heading is looked for."""
_FINISHED = (".", "?", "!", "…", "。", "！", "？")
_OFTEN = 3
"""So often what does not look like a name has to stand before words where not each line has a speaker."""
_LONGEST_NAME = 3
"""Words of what may be a name and does not look like one."""
_SHORT = 200
"""Characters that headings and marks have at most."""


class _Parts(NamedTuple):
    """The lines of the parts of a document."""

    before: list[str]
    transcript: list[str]
    after: list[str]
    own: list[str]
    """What somebody wrote below the program's last words."""
    is_marked: bool
    """Whether the transcript has a mark or is the whole document."""


def _sniff(content: Content) -> Fit:
    if content.binary:
        return Fit.NO
    lines = [line.strip() for line in content.head.splitlines() if line.strip()]
    short = [line for line in lines if len(line) < _SHORT]
    marked = any(map(_MARK.fullmatch, short)) and any(map(_ANCHOR.fullmatch, short))
    if marked or _heading(lines) or any(map(_END.fullmatch, short)) or _is_body(lines):
        return Fit.SURE
    return Fit.LIKELY if _heading([content.stem]) else Fit.NO


def _is_body(lines: list[str]) -> bool:
    """Tell whether these are notes of Gemini without the name of their document: what stands above and below them."""
    if any(map(_ADVICE.match, lines)):
        return True
    own = any(len(line) < _SHORT and _OWN_MARK.fullmatch(line) for line in lines[:_LOOKED_AT])
    return own and any("Gemini" in line for line in lines) and any(map(_REFERENCE.search, lines))


def _heading(lines: list[str]) -> re.Match[str] | None:
    near = [line for line in lines[:_LOOKED_AT] if len(line) < _SHORT]
    return next((found for line in near if (found := _named(line))), None)


def _named(line: str) -> re.Match[str] | None:
    """Return what a line tells that is the name of a document of Meet."""
    return next((found for form in (_NOTES, *_TRANSCRIPTS) if (found := form.fullmatch(line))), None)


def _read(content: Content) -> Readings:
    lines = lines_of(content.text)
    filled = [line.strip() for line in lines if line.strip()]
    parts = _parts(lines, _is_notes([content.stem, *filled[:_LOOKED_AT]]) or _is_body(filled))
    attendees = _attendees(parts.before)
    said = _said(parts.transcript, {each.name for each in attendees} | _invited(parts.before))
    top = _top(parts.before)
    summary = [Spoken("\n".join(part), origin=Origin.VENDOR_SUMMARY) for part in (parts.before[top:], parts.after)]
    own = [Spoken("\n".join(part), origin=Origin.REP_NOTE) for part in (parts.before[:top], parts.own)]
    heading = _heading(filled) or _heading([content.stem])
    facts = meeting_facts.facts_of(content)
    if heading:
        facts = facts._replace(title=(heading["event"] or "").strip(), started=_began(heading))
    facts = facts._replace(date=facts.date or _day(filled))
    invited = _told(parts.before)
    speakers = dict.fromkeys(piece.speaker for piece in said if piece.speaker and piece.speaker in invited)
    reading = meeting_facts.reading_of(
        content,
        [own[0], summary[0], *said, summary[1], own[1]],
        facts,
        channel=Channel.CALL,
        attendees=attendees or [Attendee(name=name) for name in speakers if name],
    )
    refused: tuple[Refused, ...] = ()
    if parts.is_marked and not said:
        reason = "its transcript holds nothing that anyone says; only the summary is kept"
        refused = (Refused(where=content.where, reason=reason),)
    return Readings(notes=(reading,), refused=refused)


def _top(before: list[str]) -> int:
    """Return the line with which the program's words begin, where that shows; 0 where it does not."""
    near = (number for number, line in enumerate(before[:_LOOKED_AT]) if _heading([line]) or _OWN_MARK.fullmatch(line))
    return next(near, 0)


def _is_notes(lines: list[str]) -> bool:
    """Tell whether one of these names the document as notes that Gemini wrote."""
    return any(_NOTES.fullmatch(line) for line in lines if len(line) < _SHORT)


def _parts(lines: list[str], notes: bool) -> _Parts:
    """Cut a document into what stands before the transcript, the transcript, and what stands after its end.

    In `notes` a mark begins the transcript, or the first time with somebody's words below it; a transcript by itself
    begins below its heading. What the heading tells stands before it.
    """
    marks = [number for number, line in enumerate(lines) if len(line) < _SHORT and _MARK.fullmatch(line)]
    if not marks and not notes:
        bare = [number for number, line in enumerate(lines[:_LOOKED_AT]) if _BARE_MARK.fullmatch(line)]
        tab = [number for number, line in enumerate(lines[:_LOOKED_AT]) if _TAB.fullmatch(line)]
        marks = bare or tab or [-1]
    begin = _first(lines, marks[0] + 1) if marks else _first_time(lines)
    end = _end(lines, begin)
    machine = [number for number in range(end, len(lines)) if _MACHINE.match(lines[number])]
    blanks = (number for number in range(machine[-1], len(lines)) if not lines[number].strip()) if machine else ()
    below = next(iter(blanks), len(lines))
    return _Parts(lines[:begin], lines[begin:end], lines[end:below], lines[below:], bool(marks))


def _first(lines: list[str], mark: int) -> int:
    """Return where the words of the transcript begin below its mark: at its first time, else at the first speaker."""
    last = min(mark + _LOOKED_AT, len(lines))
    near = range(mark, last)
    spoken = next((n for n in near if _SPOKEN.fullmatch(lines[n]) and not _TAB.fullmatch(lines[n])), last)
    time = next((n for n in range(mark, spoken) if _ANCHOR.fullmatch(lines[n])), None)
    if time is not None or spoken < last:
        return spoken if time is None else time
    return next((n for n in near if not _is_heading(lines[n])), last)


def _is_heading(line: str) -> bool:
    return not line.strip() or bool(_TAB.fullmatch(line) or _MACHINE.match(line) or meeting_facts.written_moment(line))


def _first_time(lines: list[str]) -> int:
    """Return where the first time stands alone with somebody's words below it; the end of the lines if none does."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    return next(
        (one for one, two in pairwise(filled) if _ANCHOR.fullmatch(lines[one]) and _SPOKEN.fullmatch(lines[two])),
        len(lines),
    )


def _end(lines: list[str], begin: int) -> int:
    """Return the line with which the transcript ends: one that tells in words how long it was, or is not its own."""
    times = [
        (number, found["time"]) for number in range(begin, len(lines)) if (found := _ANCHOR.fullmatch(lines[number]))
    ]
    last, latest = (times[-1][0], seconds(times[-1][1])) if times else (begin - 1, 0.0)
    for number in range(begin, len(lines)):
        line = lines[number]
        told = _TIME_IN_WORDS.fullmatch(line) if number > last and len(line) < _SHORT else None
        if _END.fullmatch(line) or (number > begin and _MACHINE.match(line)):
            return number
        if told and seconds(told["time"]) >= latest:
            return number
    return len(lines)


def _said(lines: list[str], known: set[str]) -> list[Spoken]:
    """Return what is said, without times."""
    speakers, doubtful = _speakers(lines, known)
    runs: list[Run] = []
    time: float | None = None
    for line in lines:
        anchor, spoken = _ANCHOR.fullmatch(line), _SPOKEN.fullmatch(line)
        name = spoken["name"] if spoken else ""
        if anchor:
            time = seconds(anchor["time"])
        elif not line.strip():
            continue
        elif spoken and name in speakers:
            runs.append(Run(Spoken(spoken["words"], speaker_names.known(name), time=time)))
            time = None
        elif runs and name not in doubtful:
            runs[-1].parts.append(line.strip())
        else:
            runs.append(Run(Spoken(line.strip(), time=time)))
            time = None
    said = (run.whole("\n") for run in runs)
    return [piece for piece in said if piece.words.strip()]


def _speakers(lines: list[str], known: set[str]) -> tuple[set[str], set[str]]:
    """Return what stands before colons and is a speaker, and what may be one or not: such words are nobody's.

    Each line of a transcript has its speaker, unless lines were wrapped or added. A speaker is who is known, in bold,
    returns, looks named where each line has one, or has name and surname where a sentence ended before.
    """
    filled = [line for line in lines if line.strip() and not _ANCHOR.fullmatch(line)]
    found = [spoken for line in filled if (spoken := _SPOKEN.fullmatch(line))]
    counts = Counter(spoken["name"] for spoken in found if speaker_names.may_be_named(spoken["name"]))
    each = counts.total() == len(filled)
    folded = {name.casefold() for name in known}
    speakers = {spoken["name"] for spoken in found if spoken["bold"] or spoken["name"].casefold() in folded}
    speakers |= {name for name in counts if speaker_names.known(name) is None}
    for name, times in counts.items():
        looks = speaker_names.looks_named(name)
        if (times > 1 and (looks or each or times >= _OFTEN)) or (looks and each) or speaker_names.is_marked(name):
            speakers.add(name)
    lines = [line.strip() for line in lines if line.strip()]
    for one, two in pairwise(["00:00:00", *lines]):
        begins = _ANCHOR.fullmatch(one) or one.rstrip("*").endswith(_FINISHED)
        if begins and (spoken := _SPOKEN.fullmatch(two)) and speaker_names.is_full(spoken["name"]):
            speakers.add(spoken["name"])
    short = {name for name in counts if len(name.split()) <= _LONGEST_NAME or speaker_names.looks_named(name)}
    return speakers, short - speakers


def _began(heading: re.Match[str]) -> datetime.datetime | None:
    """Return when the meeting began; local time where the zone may be several."""
    zone = meeting_facts.zone_of(heading["zone"]) if heading["zone"] else None
    return meeting_facts.moment(heading.group("year", "month", "day", "hour", "minute"), zone)


def _day(lines: list[str]) -> datetime.date | None:
    """Return the day that stands on a line of its own near the beginning."""
    found = (meeting_facts.written_moment(line) for line in lines[:_LOOKED_AT])
    day = next(filter(None, found), None)
    return day.date() if isinstance(day, datetime.datetime) else day


def _told(before: list[str]) -> str:
    """Return what the lines tell of who was invited."""
    invited = [line.strip() for line in before if line.strip().startswith(_INVITED)]
    return " ".join([*invited, *_below_label(before)])


def _is_label(line: str) -> bool:
    return line in _INVITED or line.casefold() in _ATTENDED


def _below_label(before: list[str]) -> list[str]:
    """Return the lines below a label of those who were invited."""
    filled = [line.strip() for line in before if line.strip()]
    return [two for one, two in pairwise(filled) if _is_label(one.strip("#* :"))]


def _invited(before: list[str]) -> set[str]:
    """Return all that may be the name of one who was invited, of up to four words in a row."""
    words = _told(before).split()
    return {" ".join(words[at : at + count]) for at in range(len(words)) for count in range(2, 5)}


def _attendees(before: list[str]) -> list[Attendee]:
    """Return who was invited: names with addresses, or a list with commas."""
    mailed = [Attendee(name=name.strip(), email=email) for name, email in _MAILED.findall(_told(before))]
    if mailed:
        return mailed
    listed = [name.strip() for line in _below_label(before) if "," in line for name in line.split(",")]
    return [Attendee(name=name) for name in listed if name]


FAMILY = Family("meet", frozenset(), _sniff, _read)
