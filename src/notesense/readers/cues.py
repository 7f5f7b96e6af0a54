"""Caption files (WebVTT, SRT and what is written like them) to cues, forgiving what programs get wrong in them.

Times may be unpadded, below 0, with a comma, or not readable at all; blank lines may lack. What stands outside any cue
is not taken, but counted.
"""

import html
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from notesense.readers.stamps import STAMP, seconds

TIMING = re.compile(rf"\s*(?P<start>{STAMP})\s*-->\s*(?:{STAMP})?(?=\s|$)")
_ARROW = re.compile(r"\s*[-0-9][^<>]{0,40}-->")
"""A line of times of which the first cannot be read."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_COMMENT = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_ID = re.compile(r"\s*(?:[0-9]{1,9}|[0-9A-Fa-f]{8}-[0-9A-Fa-f-]{20,28}(?:[/-][\w-]{1,40})?)\s*")
_TAG = re.compile(r"</?(?:[vcibus]|lang|ruby|rt|font)(?:[.\s][^<>]*)?>|<-?[0-9]+:[0-9:.]+>|\{\\[^{}]*\}")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s(?P<name>[^<>]+)>|(?P<end></v>)")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


@dataclass
class Cue:
    """One cue: its id, when it begins in seconds (None where that cannot be read), and its lines as written."""

    id: str
    start: float | None
    lines: list[str] = field(default_factory=list)


class Outside(NamedTuple):
    """Lines that stand outside any cue; `line` is the 1-based number of the first."""

    line: int
    words: str


class Cues(NamedTuple):
    """All that a caption file holds."""

    cues: list[Cue]
    outside: list[Outside]


def cues_of(text: str) -> Cues:
    """Return the cues of a caption file in their order."""
    scan = _Scan()
    for number, line in enumerate(lines_of(text), 1):
        scan.take(number, line)
    scan.end_block()
    return Cues(scan.cues, scan.outside)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text as editors number them: only carriage return and line feed end one."""
    return _LINE_END.split(text)


def is_timing(line: str) -> bool:
    """Tell whether a line is the times of a cue."""
    return TIMING.match(line) is not None


def is_id(line: str) -> bool:
    """Tell whether a line may be the id of a cue: a number, or what Teams writes there."""
    return _ID.fullmatch(line) is not None


class _Scan:
    """Goes through the lines; `open` are those of the present block that belong to no cue as yet."""

    def __init__(self) -> None:
        self.cues: list[Cue] = []
        self.outside: list[Outside] = []
        self._open: list[Outside] = []
        self._cue: Cue | None = None
        self._passing = False

    def take(self, number: int, line: str) -> None:
        if not line.strip():
            self.end_block()
        elif timed := TIMING.match(line):
            self._begin(seconds(timed["start"]))
        elif _ARROW.match(line) and not self._cue and not self._passing:
            self._begin(None)
        elif self._cue:
            self._cue.lines.append(line)
        elif not self._passing and not self._is_passed_over(number, line):
            self._open.append(Outside(number, line.strip()))

    def end_block(self) -> None:
        """Leave the present block; what it had for no cue is outside."""
        if any(not is_id(each.words) for each in self._open):
            self.outside.append(self._open[0])
        self._open, self._cue, self._passing = [], None, False

    def _is_passed_over(self, number: int, line: str) -> bool:
        """Tell whether a block begins that is no speech: the head of the file, a comment, a style."""
        begins = not self._open
        self._passing = begins and (bool(_COMMENT.match(line)) or (number == 1 and line.startswith("WEBVTT")))
        return self._passing

    def _begin(self, start: float | None) -> None:
        name = ""
        if self._cue and self._cue.lines and is_id(self._cue.lines[-1]):
            name = self._cue.lines.pop().strip()
        elif self._open:
            name = self._open.pop().words
        self.end_block()
        self._cue = Cue(name, start)
        self.cues.append(self._cue)


def voices_of(payload: str) -> list[tuple[str, str]]:
    """Return the (name, words) of a cue's lines in their order; the name is empty where no `<v ...>` tells it."""
    found: list[tuple[str, str]] = []
    name, at = "", 0
    for mark in _VOICE.finditer(payload):
        found.append((name, plain(payload[at : mark.start()])))
        name, at = "" if mark["end"] else plain(mark["name"]), mark.end()
    found.append((name, plain(payload[at:])))
    return [(who, words) for who, words in found if words.strip()]


def plain(words: str) -> str:
    """Return words of a cue without markup, entities decoded."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), _TAG.sub("", words))
