"""What a line marks as the name of its speaker: before a colon, beside a time, above the words, in a mail's head.

A mark is a guess. Whether what stands there is a speaker at all shows in the whole text (`speaker_evidence`).
"""

import re
import unicodedata
from enum import Enum
from typing import NamedTuple

from notesense.core.lines import PREFIX_REACH, Line
from notesense.core.naming_words import GIVEN_NAMES, NO_NAMES, TITLES
from notesense.core.note import Side
from notesense.core.speaker_words import (
    COMBINING,
    LABELS,
    NUMBERED,
    PARTICLES,
    ROLES_OF_CUSTOMER,
    ROLES_OF_US,
    UNKNOWN,
)
from notesense.core.vocabulary import Origin

LATEST_START = 180
"""Seconds within which somebody speaks in a recording; later times of two parts may be hours of a day."""
_ZONE = (
    r"(?:\s(?:UTC|GMT|BST|IST|WES?T|CES?T|EES?T|MSK|[ECMPAN][SD]T|AK[SD]T|HS?T|JST|KST|SGT|HKT|A[ECW][SD]T|NZ[SD]T|SAST)"
    r"(?![\w]|\s?:))?"
)
_HALF = r"\s?[AaPp](?:\.?[Mm]\.?)?(?![\w])"
_CLOCK = rf"\d{{1,2}}(?::\d{{2}}){{1,2}}(?:[.,]\d{{1,3}})?(?:{_HALF})?{_ZONE}"
_OTHER_CLOCK = rf"\d{{1,2}}(?:h\d{{2}}(?!\w)|[.]\d{{2}}{_HALF}){_ZONE}"
_BRACKETED = rf"(?:\[\s?(?:{_CLOCK}|\d{{1,2}}[.h]\d{{2}})\s?\]|\(\s?(?:{_CLOCK}|\d{{1,2}}[.h]\d{{2}})\s?\))"
STAMP = rf"(?:{_BRACKETED}|{_CLOCK}|{_OTHER_CLOCK})"
"""A time of the day or of a recording."""
_WORD = rf"[^\W\d_][\w.'’\-{COMBINING}]{{0,30}}"
_NAME = rf"{_WORD}(?:,?[ ]{_WORD}){{0,6}}(?:[ ]#?\d{{1,3}})?"
_FIRM = r"(?:[ ]?[|@][ ]?[^\s|:：\[\](){}<>][^|:：\n\[\]{}<>]{0,39})"
_ROLE = r"(?:\s?[(\[](?P<role>[^()\[\]\n]{1,40})[)\]])?"
_SPEAKER = re.compile(
    rf"\s*(?P<stamp>{STAMP}[,\s–—-]*)?"
    rf"(?:\[(?P<inside>{_NAME})\]|(?P<name>{_NAME}{_FIRM}?)(?:\s?(?P<late>{_BRACKETED}))?{_ROLE}"
    rf"(?:\s?(?P<later>{_BRACKETED}))?)"
    rf"\s?(?:(?P<colon>:)(?=\s|$)|：|(?P<tight>:)(?=[^\W\d_]|[\"'“„«(¿¡]))\s*(?P<after>{_BRACKETED})?\s*"
)
_DASHED = re.compile(rf"\s*(?P<stamp>{STAMP})\s*(?P<name>{_NAME}){_ROLE}\s+[–—-]\s+(?=\S)")
_NAME_STAMP = re.compile(
    rf"(?P<name>{_NAME}){_ROLE}(?:\s*\|\s*(?P<side>[\w ]{{2,12}}))?(?P<gap>\s*(?:\||\s|[-–—,])\s*|(?=[(\[]))"
    rf"(?P<stamp>{STAMP})\s*:?\s*$"
)
_STAMP_NAME = re.compile(rf"(?P<stamp>{STAMP})(?P<gap>\s*[,|–—-]?\s*)(?P<name>{_NAME}){_ROLE}\s*$")
_TICKET = re.compile(rf"#\d+\s*\|\s*(?P<name>{_NAME}){_ROLE}\s*(?:\|.*)?$")
_FROM = re.compile(rf"From\s?:\s*\"?(?P<name>{_NAME})\"?{_ROLE}\s*(?:[<\[].*|[(,;|][^.!?]{{0,60}})?$")
_WROTE = re.compile(
    rf"(?:On .{{4,60}}(?:[,\d]|[AaPp]\.?[Mm]\.?)\s)?(?P<name>{_NAME}){_ROLE}(?:\s<[^>]*>)? wrote\s?:\s*$"
)
_BARE = re.compile(rf"\s*(?P<name>{_NAME}){_ROLE}\s*$")
_OPENING_STAMP = re.compile(rf"\s*({STAMP})[,\s–—-]*")
_LOOSE_NAME = re.compile(r"([^:：.!?\n]{1,60}(?:\.[^:：.!?\n]{0,60})?)(?::(?=\s|$)|：)\s*")
_DESKS = frozenset("desk team line agent".split())


class Kind(Enum):
    """Where the name stands."""

    BEFORE = "before a colon and the words"
    TIGHT = "before a colon without a space"
    STAMPED = "on a line with a time, the words below"
    ABOVE = "on a line of its own, the words below"
    LETTER = "in the head of a mail or ticket"


class Mark(NamedTuple):
    """What a line marks as a name. `content` is where the words begin; the line's end where they stand below.

    `told` says that a role beside the name tells its side. `wide` says that more than one space or a sign parts the
    name from its time. `fits` says that the words have the form of a name, not that they are one. `role` is what stands
    in brackets beside it. `boxed` says that the name itself stands in brackets.
    """

    name: str
    kind: Kind
    content: int
    side: Side = "unknown"
    told: bool = False
    stamp: str = ""
    wide: bool = False
    fits: bool = True
    role: str = ""
    boxed: bool = False
    origin: Origin = Origin.REP_NOTE

    @property
    def folded(self) -> str:
        """The name as it is compared."""
        return unicodedata.normalize("NFC", self.name).casefold()

    @property
    def header(self) -> bool:
        """Whether the words stand below."""
        return self.kind in (Kind.STAMPED, Kind.ABOVE, Kind.LETTER)


def side_of(role: str) -> Side:
    """Return the side that a role tells which stands in a speaker's place or beside the name: "Agent", "Customer"."""
    folded = role.strip().casefold()
    if folded in ROLES_OF_US:
        return "us"
    return "customer" if folded in ROLES_OF_CUSTOMER else "unknown"


def mark_of(text: str, line: Line) -> Mark | None:
    """Return what this line marks as its speaker's name, where it has the form of one."""
    head = text[line.body : min(line.end, line.body + PREFIX_REACH)]
    whole = line.body + len(head) >= line.end
    if head.startswith("#") or text.startswith("#", line.start):
        ticket = _TICKET.match(text, line.start, line.end) if line.end - line.start <= PREFIX_REACH else None
        return _letter(ticket, line, Origin.TICKET)
    if head.startswith("From"):
        return _letter(_FROM.match(head), line, Origin.EMAIL)
    if whole and not line.bullet and (found := _head(head.strip(), line)):
        return found
    return _before(head, line)


def timed_mark(text: str, line: Line) -> Mark | None:
    """Return whatever stands between a time that opens a line and a colon; an empty name where there is no colon.

    None where no time opens the line.
    """
    head = text[line.body : min(line.end, line.body + PREFIX_REACH)]
    if not (stamp := _OPENING_STAMP.match(head)):
        return None
    named = _LOOSE_NAME.match(head, stamp.end())
    name, end = (named[1].strip(), named.end()) if named else ("", stamp.end())
    return Mark(name, Kind.BEFORE, line.body + end, stamp=stamp[1], fits=False, origin=Origin.TRANSCRIPT)


def bare_mark(text: str, line: Line) -> Mark | None:
    """Return the name that alone stands on a line, where it has the form of one."""
    if line.end - line.body > PREFIX_REACH or line.bullet or line.quoted:
        return None
    found = _BARE.match(text[line.body : line.end])
    if not found or not has_form(found["name"]) or found["name"].endswith("."):
        return None
    side, told = _sides(found)
    return Mark(found["name"], Kind.ABOVE, line.end, side, told)


def has_form(name: str) -> bool:
    """Tell whether these words have the form of a person's name, not of the opening of a sentence."""
    words = _words(name)
    if not words or words[0].casefold() in LABELS or any(map(_ends_sentence, words[:-1])):
        return False
    if len(words) == 1 and words[0].casefold() in ("me", "i"):
        return True
    if all(word.casefold() in PARTICLES for word in words):
        return False
    capitals = [word for word in words if not word[0].islower()]
    lower = [word for word in words if word[0].islower()]
    return bool(capitals) and all(word.casefold() in PARTICLES for word in lower) and len(capitals) <= 5


def _ends_sentence(word: str) -> bool:
    return word.endswith(".") and len(word) > 4 and word.casefold().rstrip(".") not in TITLES and "." not in word[:-1]


def is_numbered(name: str) -> bool:
    """Tell whether a program calls somebody so whom it cannot name: "Speaker 2", "SPEAKER_01"."""
    found = re.fullmatch(r"([^\W\d_]+)[ _#-]{0,2}(?:\d{1,3}|[A-Z])", name.strip())
    return found is not None and found[1].casefold() in NUMBERED


def is_nobody(name: str) -> bool:
    """Tell whether a program says so that it does not know who speaks: "Unknown", "Unidentified speaker"."""
    words = name.casefold().split()
    return words[0] in UNKNOWN and len(words) <= 3


def seconds_of(stamp: str) -> float | None:
    """Return the seconds into a recording that a time tells; None for one that can only be of a day."""
    bare = re.match(r"[\[(]?\s?((?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)\s?[\])]?[,\s–—-]*$", stamp)
    if not bare:
        return None
    total = 0.0
    for part in bare[1].replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


def _words(name: str) -> list[str]:
    bare = re.split(r"\s?[|@]\s?", name, maxsplit=1)[0]
    return [word for word in bare.replace(",", " ").split() if not word.lstrip("#").isdigit()]


def _head(stripped: str, line: Line) -> Mark | None:
    """Return the name on a line that stands above the words."""
    for pattern in (_STAMP_NAME, _NAME_STAMP):
        if (found := pattern.match(stripped)) and _may_head(found["name"]):
            side, told = _sides(found)
            gap = found["gap"]
            wide = gap != " " or found["stamp"][0] in "[("
            return Mark(
                found["name"],
                Kind.STAMPED,
                line.end,
                side,
                told,
                found["stamp"],
                wide,
                fits=has_form(found["name"]),
                role=found["role"] or "",
                origin=Origin.TRANSCRIPT,
            )
    if (wrote := _WROTE.match(stripped)) and has_form(wrote["name"]):
        return _letter(wrote, line, Origin.EMAIL)
    return None


def _may_head(name: str) -> bool:
    words = _words(name)
    return bool(words) and len(words) <= 6 and (not name.endswith(".") or len(words[-1]) <= 3)


def _before(head: str, line: Line) -> Mark | None:
    found = _SPEAKER.match(head)
    dashed = None if found else _DASHED.match(head)
    if dashed:
        name, stamp, kind = dashed["name"], dashed["stamp"], Kind.BEFORE
        side, told = _sides(dashed)
        return Mark(name, kind, line.body + dashed.end(), side, told, stamp, fits=has_form(name), origin=_origin(stamp))
    if not found:
        return None
    name = found["inside"] or found["name"]
    words = _words(name)
    if not words or words[0].casefold() in LABELS or len(words) > 7:
        return None
    stamp = found["stamp"] or found["late"] or found["later"] or found["after"] or ""
    side, told = _sides(found)
    above = found.end() >= len(head.rstrip()) and line.body + len(head) >= line.end
    kind = Kind.ABOVE if above else Kind.TIGHT if found["tight"] else Kind.BEFORE
    content = line.end if above else line.body + found.end()
    role = found["role"] or ""
    return Mark(
        name,
        kind,
        content,
        side,
        told,
        stamp.strip(),
        fits=has_form(name),
        role=role,
        boxed=bool(found["inside"]),
        origin=_origin(stamp),
    )


def _origin(stamp: str) -> Origin:
    return Origin.TRANSCRIPT if stamp else Origin.REP_NOTE


def _letter(found: re.Match[str] | None, line: Line, origin: Origin) -> Mark | None:
    if not found:
        return None
    side, told = _sides(found)
    return Mark(found["name"], Kind.LETTER, line.end, side, told, origin=origin)


def _sides(found: re.Match[str]) -> tuple[Side, bool]:
    """Return the side of a name, and whether what stands beside it tells that it is somebody's."""
    groups = found.groupdict()
    name = groups.get("name") or groups.get("inside") or ""
    for words in (groups.get("role") or "", groups.get("side") or ""):
        if (side := side_of(words)) != "unknown":
            return side, True
    role = (groups.get("role") or "").split()
    side = _own_side(name)
    person = bool(role) and all(word[0].isupper() and word.casefold() not in NO_NAMES for word in role)
    return side, side != "unknown" and (person or len(name.split()) > 1)


def _own_side(name: str) -> Side:
    """Return the side that a speaker's own name tells: "Support, Ben", "me", "Agent 2", "Support desk"."""
    if (side := side_of(name)) != "unknown":
        return side
    first, _, rest = name.replace(",", " , ").partition(" ")
    after = rest.split()
    named = after[1:2] and after[1][0].isupper()
    if after and ((after[0] == "," and named) or after[0].isdigit() or after[0].casefold() in _DESKS | GIVEN_NAMES):
        return side_of(first)
    return "unknown"
