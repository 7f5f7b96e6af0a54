"""Caption files (WebVTT, SRT and what is written like them) to cues, forgiving what programs get wrong in them.

Times may be unpadded, below 0, with a comma, or not readable at all; blank lines may lack. All words are kept: what
stands between two cues without a time is one that has lost it, what stands above or below all of them is somebody's
note.
"""

import html
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from notesense.readers.stamps import STAMP, seconds

TIMING = re.compile(rf"\s*(?P<start>{STAMP})\s*-->\s*(?:{STAMP})?(?=\s|$)")
_LOOSE = re.compile(rf"\s*(?P<start>{STAMP})\s*(?:[-–—=]{{1,3}}>|→)\s*{STAMP}\s*")
"""Times with something else for an arrow."""
_ARROW = re.compile(rf"\s*[-0-9][^<>]{{0,40}}-->|[^<>]{{1,40}}-->\s*{STAMP}(?:\s|$)")
"""A line of times of which the first cannot be read."""
_LONGEST_ID = 2
"""Words that what stands above times has as the id of a cue, where it is none of the usual ones."""
_NO_WORDS = re.compile(r"[\W\d_]*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_COMMENT = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_NAMED_ID = re.compile(r'\s*[0-9]{1,9}\s+"(?P<name>[^\n]{1,80})"\s*(?:\([0-9]{1,19}\))?\s*')
"""The id that Webex gives to a cue: its number, who speaks, and that one's own number."""
_ID = re.compile(r"\s*(?:[0-9]{1,9}|[0-9A-Fa-f]{8}-[0-9A-Fa-f-]{20,28}(?:[/-][\w-]{1,40})?)\s*")
_TAG = re.compile(r"</?(?:[vcibus]|lang|ruby|rt|font)(?:[.\s][^<>]*)?>|<-?[0-9]+:[0-9:.]+>|\{\\[^{}]*\}")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s(?P<name>[^<>]+)>|(?P<end></v>)")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


@dataclass
class Cue:
    """One cue: its id, when it begins in seconds (None where that cannot be read), and its lines as written.

    `voice` is who speaks, where the id says so. `at` is the 1-based number of the line with which it begins.
    """

    id: str
    start: float | None
    at: int
    voice: str = ""
    lines: list[str] = field(default_factory=list)


class Cues(NamedTuple):
    """All that a caption file holds: its cues, and the lines above the first and below the last of them."""

    cues: list[Cue]
    above: list[str]
    below: list[str]


def cues_of(text: str) -> Cues:
    """Return the cues of a caption file in their order. Those that stand without a time are among them."""
    scan = _Scan()
    for number, line in enumerate(lines_of(text), 1):
        scan.take(number, line)
    scan.end_block()
    return Cues(scan.cues, scan.above, "\n\n".join("\n".join(cue.lines) for cue in scan.lost).split("\n"))


def lines_of(text: str) -> list[str]:
    """Return the lines of a text as editors number them: only carriage return and line feed end one."""
    return _LINE_END.split(text)


def is_timing(line: str) -> bool:
    """Tell whether a line is the times of a cue."""
    return TIMING.match(line) is not None


def is_id(line: str) -> bool:
    """Tell whether a line may be the id of a cue: a number, or what Teams writes there."""
    return _ID.fullmatch(line) is not None or _NAMED_ID.fullmatch(line) is not None


class _Scan:
    """Goes through the lines; `_open` are those of the present block that belong to no cue as yet.

    `lost` are blocks below the last cue so far that have no time; they are cues if another with a time follows.
    """

    def __init__(self) -> None:
        self.cues: list[Cue] = []
        self.above: list[str] = []
        self.lost: list[Cue] = []
        self._open: list[str] = []
        self._begun = 0
        self._cue: Cue | None = None
        self._passing = False

    def take(self, number: int, line: str) -> None:
        if not line.strip():
            self.end_block()
        elif timed := self._timing(line):
            self._begin(number, seconds(timed["start"]))
        elif self._cue:
            self._cue.lines.append(line)
        elif not self._passing and self._is_untimed(line):
            self._begin(number, None)
        elif not self._passing and not self._is_passed_over(line):
            self._begun = self._begun if self._open else number
            self._open.append(line)

    def _timing(self, line: str) -> re.Match[str] | None:
        if ">" not in line and "→" not in line:
            return None
        return TIMING.match(line) or (None if self._cue else _LOOSE.fullmatch(line))

    def end_block(self) -> None:
        """Leave the present block; what it had for no cue is put aside."""
        lines, numbered = self._open, bool(self._open) and is_id(self._open[0])
        self._open, self._cue, self._passing = [], None, False
        if numbered and len(lines) > 1:
            words = lines[2:] if _NO_WORDS.fullmatch(lines[1]) else lines[1:]
            self._put_aside(Cue(lines[0].strip(), None, self._begun, _voice(lines[0]), words), bool(words))
        elif lines and not numbered:
            self._put_aside(Cue("", None, self._begun, lines=lines), timed=False)

    def _put_aside(self, cue: Cue, timed: bool) -> None:
        """Keep a block without a time that can be read; `timed` where its id says that it had one."""
        if timed and (self.cues or cue.id == "1"):
            self._add(cue)
        elif self.cues:
            self.lost.append(cue)
        else:
            self.above += ["", *cue.lines] if self.above else cue.lines

    def _is_untimed(self, line: str) -> bool:
        """Tell whether a line holds the times of a cue of which the first cannot be read."""
        if "-->" not in line:
            return False
        below_id = len(self._open) == 1 and is_id(self._open[0])
        return below_id or (not self._open and _ARROW.match(line) is not None)

    def _is_passed_over(self, line: str) -> bool:
        """Tell whether a block begins that is no speech: the head of the file, a comment, a style."""
        begins = not self._open
        self._passing = begins and (bool(_COMMENT.match(line)) or line.startswith("WEBVTT"))
        return self._passing

    def _begin(self, number: int, start: float | None) -> None:
        name = ""
        if self._cue and self._cue.lines and is_id(self._cue.lines[-1]):
            name = self._cue.lines.pop().strip()
        elif self._open and (is_id(self._open[-1]) or len(self._open[-1].split()) <= _LONGEST_ID):
            name = self._open.pop().strip()
        self.end_block()
        self._cue = Cue(name, start, number, _voice(name))
        self._add(self._cue)

    def _add(self, cue: Cue) -> None:
        """Add a cue, and those without a time above it that stand between two."""
        self.cues += [*self.lost, cue]
        self.lost = []


def _voice(name: str) -> str:
    """Return who speaks, where the id of a cue says so."""
    named = _NAMED_ID.fullmatch(name)
    return named["name"].strip() if named else ""


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
    if "<" in words or "{" in words:
        words = _TAG.sub("", words)
    return _ENTITY.sub(lambda found: html.unescape(found[0]), words) if "&" in words else words
