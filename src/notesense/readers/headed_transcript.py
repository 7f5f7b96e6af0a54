"""Transcripts with a line above each turn: `Marta Ruiz  0:09`, as Otter and Teams (its DOCX) export them.

Otter may leave out the name, the time or both; such a text is known by Otter's line at its end.
"""

import datetime
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from notesense.core.reading import Readings
from notesense.core.vocabulary import Origin
from notesense.errors import InputError
from notesense.readers import meeting_facts, speaker_names
from notesense.readers.cues import lines_of
from notesense.readers.family import Content, Family, Fit
from notesense.readers.layout import Spoken
from notesense.readers.turn_heads import Head, are_of_transcript, heads_in, on_one_line

_FOOT = re.compile(r"\s*Transcribed by (?:https?://)?(?:www\.)?otter\.ai/?\s*", re.IGNORECASE)
_SWITCHED = re.compile(
    r"\s*(?P<name>\S.{0,80}?) (?:(?:started|stopped) transcription"
    r"|hat die Transkription (?:gestartet|beendet|angehalten)"
    r"|a (?:démarré|commencé|lancé|arrêté|interrompu) la transcription"
    r"|(?:ha )?(?:inició|iniciado|comenzó|detuvo|detenido) la transcripción"
    r"|ha (?:avviato|interrotto|arrestato) la trascrizione"
    r"|(?:iniciou|parou|interrompeu) a transcrição"
    r"|heeft de transcriptie (?:gestart|gestopt|beëindigd))\.?\s*"
)
"""What Teams writes where somebody switches the transcript on or off: nobody says it."""
_TRANSCRIPT = re.compile(r"(?i:trans?[ck]ri|trascri)")
_LONGEST_SWITCH = 160
_ABOUT_TRANSCRIPT = re.compile(r"(?:\s\S{1,15}){0,4}\s\S{0,4}(?i:trans?[ck]ri|trascri)\w*(?:\s\S{1,15}){0,2}\s*")
"""What follows the name of a speaker where Teams writes this in another language."""
_LASTING = re.compile(r"\s*(?:\d+h ?)?(?:\d+m ?)?(?:\d+s)?\s*")
"""How long a meeting lasted, in the heading that Teams writes."""
_HEADING = 5
"""Lines in which the name of a recording stands above its transcript."""
_BLANKS = "  "
"""What Otter writes behind a name."""


class _Block(NamedTuple):
    """A turn: who says it and when, as far as the line above it tells, and its lines."""

    name: str | None
    time: float | None
    lines: list[str]


def _sniff(content: Content) -> Fit:
    if content.binary:
        return Fit.NO
    lines = _lines_of_head(content.head)
    heads = [head for head in heads_in(lines) if head.name]
    if any(_FOOT.fullmatch(line) for line in _tail(content)):
        return Fit.SURE
    headed = any(map(meeting_facts.named_recording, lines[:_HEADING]))
    if heads and (headed or any(map(_SWITCHED.fullmatch, lines))):
        return Fit.SURE
    return Fit.LIKELY if are_of_transcript(heads) else Fit.NO


def _lines_of_head(head: str) -> list[str]:
    """Return the first lines with each head on one line; the last, which may be cut, counts for none of these."""
    lines = head.splitlines()
    joined = on_one_line(lines[:-1])
    return joined if len(joined) < len(lines) - 1 else lines


def _tail(content: Content) -> list[str]:
    try:
        return content.text[-200:].splitlines()
    except InputError:
        return []


def _read(content: Content) -> Readings:
    lines = on_one_line(lines_of(content.text))
    foot = next((number for number, line in enumerate(lines) if _FOOT.fullmatch(line)), len(lines))
    opening, pieces = _pieces(lines[:foot], is_whole=foot < len(lines))
    facts, own = _facts(content, opening)
    around = [Spoken("\n".join(part), origin=Origin.REP_NOTE) for part in (own, lines[foot + 1 :])]
    return Readings(notes=(meeting_facts.reading_of(content, [around[0], *pieces, around[1]], facts),))


def _pieces(lines: list[str], is_whole: bool) -> tuple[list[str], list[Spoken]]:
    """Return the lines above the first turn, and the turns, with all that stands above each of them told.

    `is_whole` tells that nothing but turns can follow.
    """
    heads = heads_in(lines)
    if heads:
        return _headed(lines, heads, is_whole)
    return [], [
        Spoken("\n".join(block.lines), speaker_names.known(block.name), time=block.time)
        for block in _untimed(list(_paragraphs(lines)))
    ]


def _headed(lines: list[str], heads: Sequence[Head], is_whole: bool) -> tuple[list[str], list[Spoken]]:
    names = {head.name for head in heads if head.name}
    switches = [number for number, line in enumerate(lines) if _is_switch(line, names)]
    nobodys = frozenset(switches)
    begun = next((number for number in switches if number < heads[-1].line), -1)
    above = Counter(head.name for head in heads if head.line < begun)
    if above and max(above.values()) == 1 and above.keys().isdisjoint(head.name for head in heads if head.line > begun):
        heads = [head for head in heads if head.line > begun]
    ends = [*(head.line for head in heads[1:]), len(lines)]
    parted = [number for head, end in zip(heads, ends, strict=True) if (number := _second(lines, head.line + 1, end))]
    pieces: list[Spoken] = []
    for head, end in zip(heads, ends, strict=True):
        at = bisect(switches, head.line)
        off = switches[at] if at < len(switches) and switches[at] < end else None
        until = end if off is None else off
        if off is None and end == len(lines) and not is_whole and len(heads) > 1 and len(parted) == 1:
            until = next((number for number in parted if number > head.line), end)
        said = Spoken("\n".join(lines[head.line + 1 : until]), speaker_names.known(head.name), time=head.time)
        below = [line for number, line in enumerate(lines[until:end], until) if number not in nobodys]
        pieces += [said, Spoken("\n".join(below), origin=Origin.REP_NOTE)]
    opening = [line for number, line in enumerate(lines[: heads[0].line]) if number not in nobodys]
    return opening, pieces


def _second(lines: Sequence[str], begin: int, end: int) -> int | None:
    """Return where the second paragraph of a turn begins, if it has one."""
    words = [number for number in range(begin, end) if lines[number].strip()]
    return next((number for number in words[1:] if not lines[number - 1].strip()), None)


def _is_switch(line: str, names: set[str]) -> bool:
    """Tell whether a line says that somebody switched the transcript on or off; in any language, a speaker."""
    if _SWITCHED.fullmatch(line):
        return True
    if len(line) > _LONGEST_SWITCH or not _TRANSCRIPT.search(line):
        return False
    bare = line.strip().rstrip(".")
    words = bare.split(" ")
    return any(
        " ".join(words[:count]) in names and _ABOUT_TRANSCRIPT.fullmatch(" " + " ".join(words[count:]))
        for count in range(1, min(len(words), 8))
    )


def _untimed(paragraphs: list[list[str]]) -> list[_Block]:
    """Return the turns of a transcript without times. A name is the first line of a paragraph; others go on."""
    firsts = [one[0] for one in paragraphs if len(one) > 1]
    counts = Counter(first.strip() for first in firsts)
    blank = [first.strip() for first in firsts if first.endswith(_BLANKS) and speaker_names.may_be_named(first.strip())]
    names = {*blank} or {name for name in counts if speaker_names.looks_named(name)}
    names |= {name for name, times in counts.items() if times > 1 and speaker_names.looks_named(name)}
    begin = [len(one) > 1 and one[0].strip() in names for one in paragraphs]
    if not paragraphs or not begin[0] or (not blank and sum(begin) * 2 < len(begin)):
        return [_Block(None, None, one) for one in paragraphs]
    blocks: list[_Block] = []
    for one, begins in zip(paragraphs, begin, strict=True):
        if begins:
            blocks.append(_Block(one[0].strip(), None, one[1:]))
        else:
            blocks[-1].lines.extend(["", *one])
    return blocks


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
