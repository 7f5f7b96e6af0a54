"""Tells from the lines of a text who speaks: speaker names, stamps, mail heads, ticket heads.

Any text is accepted, in time that grows with its length alone.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from notesense.core.clauses import FILLING, LONGEST
from notesense.core.note import Side, Turn
from notesense.core.vocabulary import Origin

_PREFIX_REACH = 90
"""Characters of a line in which a speaker is looked for; bounds the work on very long lines."""

_US = frozenset({"us", "support", "supplier", "vendor", "me", "our side"})
_CUSTOMER = frozenset({"customer", "client", "buyer"})
_LABELS = frozenset(
    "action actions agenda apologies attendees bcc case cc contact context date decision fw fwd info next note notes "
    "present priority product ps question re reporter result sent status steps subject summary tel time title to todo "
    "topic update".split()
)
_PARTICLES = frozenset("al bin da de del della den der di dos du el ibn la le ten ter van von y zu".split())

_LINE = re.compile(r"[^\r\n]+")
_QUOTE_MARKS = re.compile(r"[ \t]*(?:>[ \t]?)+")
_BULLET = re.compile(r"\s*(?:(?:[-*+•–—·‣▪●○→]+|\d{1,2}[.)]|\(\d{1,2}\)|[a-z]\)|#{1,6}|\[[ xX]\])\s+|[•·‣▪●○])")
_STAMP = r"[\[(]?\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:[.,]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s[A-Z]{2,4})?[\])]?"
_WORD = r"[^\W\d_][\w.'’\-]{0,30}"
_NAME = rf"{_WORD}(?:,?[ ]{_WORD}){{0,4}}"
_ROLE = r"(?:\s?[(\[](?P<role>[^()\[\]\n]{1,40})[)\]])?"
_SPEAKER = re.compile(rf"\s*(?P<stamp>{_STAMP}[,\s-]*)?(?P<name>{_NAME}){_ROLE}\s?:(?=\s|$)\s*")
_NAME_STAMP = re.compile(
    rf"(?P<name>{_NAME}){_ROLE}(?:\s*\|\s*(?P<side>[\w ]{{2,12}}))?\s*(?:\||\s|[-–—,])\s*{_STAMP}\s*$"
)
_STAMP_NAME = re.compile(rf"{_STAMP}\s*[,|–—-]?\s*(?P<name>{_NAME}){_ROLE}\s*$")
_TICKET = re.compile(rf"#\d+\s*\|\s*(?P<name>{_NAME}){_ROLE}\s*(?:\|.*)?$")
_FROM = re.compile(rf"From\s?:\s*\"?(?P<name>{_NAME})\"?{_ROLE}\s*(?:[<\[].*|[(,;|][^.!?]{{0,60}})?$")
_WROTE = re.compile(rf"(?:On .{{4,60}}[,\d]\s)?(?P<name>{_NAME}){_ROLE}(?:\s<[^>]*>)? wrote\s?:\s*$")
_HEADS = ((_STAMP_NAME, Origin.TRANSCRIPT), (_NAME_STAMP, Origin.TRANSCRIPT), (_WROTE, Origin.EMAIL))
_HEADER = re.compile(r"(?:To|Cc|Bcc|Date|Sent|Reply-To)\s?:\s", re.IGNORECASE)
_SUBJECT = re.compile(r"Subject\s?:\s*", re.IGNORECASE)
_RULE = re.compile(r"[-=_*]{3,}[^\n]{0,60}$")
_NEW_HAND = re.compile(rf"(?i:-{{2,}}\s?(?:Original|Forwarded)\b)|[^.!?]{{2,40}}[,\s]{_STAMP}[^.!?]{{0,30}}:\s*$")


class Line(NamedTuple):
    """A line without its end; `body` is where the words begin, past quote marks and bullet."""

    start: int
    end: int
    number: int
    quoted: bool
    bullet: bool
    body: int


class Voice(NamedTuple):
    """What a line says about its speaker. `content` is where the speech begins; equal to the line's end for headers.

    `origin` is that of the words which follow, as far as the line alone tells.
    """

    name: str
    side: Side
    content: int
    header: bool
    sure: bool
    origin: Origin


def voices(text: str, found: Sequence[Line]) -> tuple[list[Voice | None], bool]:
    """Return whom each line names as its speaker, and whether the text is a dialogue.

    It is one where most of it is speech with its speakers named; there, what they say is a transcript.
    """
    guessed = [_voice(text, line) for line in found]
    dialogue = _is_dialogue(found, guessed)
    known = _accepted(text, found, guessed, dialogue)
    told = [voice if voice and (voice.sure or voice.name.casefold() in known) else None for voice in guessed]
    if not dialogue:
        return told, False
    spoken = {Origin.REP_NOTE: Origin.TRANSCRIPT}
    return [voice and voice._replace(origin=spoken.get(voice.origin, voice.origin)) for voice in told], True


def given_voice(text: str, line: Line, turn: Turn) -> Voice:
    """Return the speaker of a turn whose first line this is; a name and colon before the words are no words."""
    name = turn.speaker or ""
    content = line.body
    for begin in (line.body, line.start):
        if name and text.startswith(f"{name}:", begin):
            content = begin + len(name) + 1
    return Voice(name, turn.side, content, header=False, sure=True, origin=turn.origin)


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


def lines(text: str, stretches: Iterable[tuple[int, int]]) -> Iterator[Line]:
    """Yield the lines with words that stand in these stretches, which are in order."""
    number, seen = 1, 0
    for first, last in stretches:
        for found in _LINE.finditer(text, first, last):
            start, end = found.span()
            number += text.count("\n", seen, start)
            seen = start
            marks = _QUOTE_MARKS.match(text, start, end)
            body = marks.end() if marks else start
            bullet = _BULLET.match(text, body, min(end, body + _PREFIX_REACH))
            if bullet:
                body = bullet.end()
            if text[body:end].strip(FILLING):
                yield Line(start, end, number, bool(marks), bool(bullet), body)


def _voice(text: str, line: Line) -> Voice | None:
    """Return the speaker whom this line names, if it looks like naming one."""
    head = text[line.body : min(line.end, line.body + _PREFIX_REACH)]
    whole = line.body + len(head) >= line.end
    if head.startswith("#") or text.startswith("#", line.start):
        ticket = _TICKET.match(text, line.start, line.end) if line.end - line.start <= _PREFIX_REACH else None
        return _header(ticket, line, Origin.TICKET)
    if head.startswith("From"):
        return _header(_FROM.match(head), line, Origin.EMAIL)
    if whole:
        stripped = head.strip()
        for pattern, origin in _HEADS:
            if not line.bullet and (found := pattern.match(stripped)) and _looks_named(found["name"]):
                return _header(found, line, origin)
    found = _SPEAKER.match(head)
    if not found or not _looks_named(found["name"]):
        return None
    side = _side(found["role"] or "")
    if side == "unknown":
        side = _own_side(found["name"])
    sure = bool(found["stamp"]) or side != "unknown"
    origin = Origin.TRANSCRIPT if found["stamp"] else Origin.REP_NOTE
    return Voice(found["name"], side, line.body + found.end(), header=False, sure=sure, origin=origin)


def _header(found: re.Match[str] | None, line: Line, origin: Origin) -> Voice | None:
    if not found:
        return None
    groups = found.groupdict()
    side = _side(groups.get("role") or "")
    if side == "unknown":
        side = _side(groups.get("side") or "")
    if side == "unknown":
        side = _own_side(found["name"])
    return Voice(found["name"], side, line.end, header=True, sure=True, origin=origin)


def _side(words: str) -> Side:
    folded = words.strip().casefold()
    if folded in _US:
        return "us"
    return "customer" if folded in _CUSTOMER else "unknown"


def _own_side(name: str) -> Side:
    """Return the side that a speaker's own name tells: "Support, Ben", "me", "Support desk"."""
    return _side(re.split(r"[ ,]", name, maxsplit=1)[0])


def _looks_named(name: str) -> bool:
    """Tell whether these words look like a person's name rather than the opening of a sentence."""
    words = name.replace(",", " ").split()
    if words[0].casefold() in _LABELS:
        return False
    if len(words) == 1 and words[0].casefold() in ("me", "i"):
        return True
    capitals = [word for word in words if not word[0].islower()]
    lower = [word for word in words if word[0].islower()]
    return bool(capitals) and not words[0][0].islower() and all(word.casefold() in _PARTICLES for word in lower)


def _is_dialogue(lines: Sequence[Line], voices: Sequence[Voice | None]) -> bool:
    """Tell whether most of the note is speech with its speakers named."""
    named = [v for v in voices if v]
    prefixed = sum(not v.header for v in named)
    return prefixed >= 3 and prefixed * 2 >= len(lines)


def _accepted(text: str, lines: Sequence[Line], voices: Sequence[Voice | None], dialogue: bool) -> set[str]:
    """Return the folded names that are speakers: named twice, in a dialogue, or known as persons elsewhere."""
    candidates = [(line, v) for line, v in zip(lines, voices, strict=True) if v]
    counts = Counter(v.name.casefold() for _, v in candidates)
    sure = {v.name.casefold() for _, v in candidates if v.sure}
    known = sure | {name for name, n in counts.items() if n > 1 or dialogue}
    single = {v.name for _, v in candidates if v.name.casefold() not in known}
    return known | {name.casefold() for name in single & _persons(text)}


def _persons(text: str) -> set[str]:
    """Return the names that the text uses as persons: followed by a surname, a bracket, or read as a full name."""
    found: set[str] = set()
    for match in re.finditer(r"\b([^\W\d_][\w'’\-]{0,30}) (?=[(]|([^\W\d_][\w'’\-]{0,30}))", text[: 200 * LONGEST]):
        first, second = match[1], match[2]
        if first[0].isupper() and (not second or second[0].isupper()):
            found.add(first)
            if second:
                found.update((second, f"{first} {second}"))
    return found


def sides(text: str, voices: Iterable[Voice]) -> dict[str, Side]:
    """Return the side of each speaker (folded name), where any mention in the note tells it."""
    told: dict[str, Side] = {}
    for voice in voices:
        if voice.side != "unknown":
            told.setdefault(voice.name.casefold(), voice.side)
    for found in re.finditer(rf"\b(?:(\w{{1,4}}) = )?({_WORD}(?: {_WORD})?) \(([\w ]{{2,10}})\)", text[: 50 * LONGEST]):
        side = _side(found[3])
        if side != "unknown":
            for name in (found[1], found[2], found[2].split()[0], found[2].split()[-1]):
                if name:
                    told.setdefault(name.casefold(), side)
    return told
