"""Cuts a note into turns (who speaks) and passages (clauses), both exact slices of the text.

`text[p.start:p.end] == p.text` always; passages are ordered, do not overlap and are never blank. Any text is accepted,
in time that grows with its length alone. Speaker names, bullets and mail headers stay outside the passages.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from notesense.core.note import Side
from notesense.core.passage import Passage, Turn

_PREFIX_REACH = 90
"""Characters of a line in which a speaker is looked for; bounds the work on very long lines."""
_LONGEST = 600  # characters of a passage: beyond, encoders cut silently
_CLAUSE_SENTENCE = 70  # shorter sentences stay whole

_US = frozenset({"us", "support", "supplier", "vendor", "me", "our side"})
_CUSTOMER = frozenset({"customer", "client", "buyer"})
_LABELS = frozenset(
    "action actions agenda apologies attendees bcc case cc contact context date decision fw fwd info next note notes "
    "present priority product ps question re reporter result sent status steps subject summary tel time title to todo "
    "topic update".split()
)
_PARTICLES = frozenset("al bin da de del della den der di dos du el ibn la le ten ter van von y zu".split())
_ABBREVIATIONS = frozenset(
    "mr mrs ms mme mlle dr prof st sr sra jr hr fr vs etc approx inc ltd co corp dept fig ca bzw z.b e.g i.e eg ie "
    "a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun incl excl "
    "resp max min vol ext tel cf est gov gen capt".split()
)
_BEFORE_DIGITS = frozenset("no nr art para sec pos p pp".split())

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
_HEADER = re.compile(r"(?:To|Cc|Bcc|Date|Sent|Reply-To)\s?:\s", re.IGNORECASE)
_SUBJECT = re.compile(r"Subject\s?:\s*", re.IGNORECASE)
_RULE = re.compile(r"[-=_*]{3,}[^\n]{0,60}$")
_NEW_HAND = re.compile(rf"(?i:-{{2,}}\s?(?:Original|Forwarded)\b)|[^.!?]{{2,40}}[,\s]{_STAMP}[^.!?]{{0,30}}:\s*$")
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？؟]+")
_CLAUSE = re.compile(
    r";\s+|\s+[-–—]{1,2}\s+|[—]|\s=\s|,\s+(?=(?:and|but|so|because|while|whereas|though|although|otherwise|then|which|"
    r"or|since|as|yet|plus)\s)|,\s+(?=(?:he|she|they|we|i|it|you|there|that|this|nobody|nothing|"
    r"(?-i:[A-Z])\w+(?=\s(?-i:[a-z])))['’\s])",
    re.IGNORECASE,
)
_FILLING = " \t\r\n\f\v,;-–—=\u00a0\ufeff\u200b"


class _Line(NamedTuple):
    """A line without its end; `body` is where the words begin, past quote marks and bullet."""

    start: int
    end: int
    number: int
    quoted: bool
    bullet: bool
    body: int


class _Voice(NamedTuple):
    """What a line says about its speaker. `content` is where the speech begins; equal to the line's end for headers."""

    name: str
    side: Side
    content: int
    header: bool
    sure: bool


def turns(text: str) -> tuple[Turn, ...]:
    """Return the stretches of one speaker each; together they cover the whole text, in order."""
    return _Reading(text).turns


def passages(text: str) -> tuple[Passage, ...]:
    """Return the clauses of the text in order."""
    reading = _Reading(text)
    starts = [turn.start for turn in reading.turns]
    found: list[Passage] = []
    for line, start, end in reading.blocks():
        number, counted = line.number, start
        for left, right in _clauses(text, start, end):
            number += text.count("\n", counted, left)
            counted = left
            index = max(bisect_right(starts, left) - 1, 0)
            turn = reading.turns[index]
            found.append(
                Passage(
                    ordinal=len(found),
                    start=left,
                    end=right,
                    text=text[left:right],
                    turn=index,
                    line=number,
                    speaker=turn.speaker,
                    side=turn.side,
                    quoted=line.quoted,
                )
            )
    return tuple(found)


class _Reading:
    """One pass over a text: its lines, who speaks in which, and the blocks that hold speech."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = list(_lines(text))
        voices = [_voice(text, line) for line in self.lines]
        self.dialogue = _is_dialogue(self.lines, voices)
        known = _accepted(text, self.lines, voices, self.dialogue)
        self.voices = [v if v and (v.sure or v.name.casefold() in known) else None for v in voices]
        self.sides = _sides(text, [v for v in self.voices if v])
        self.turns = tuple(self._turns())

    def _turns(self) -> Iterator[Turn]:
        """Cut where the speaker changes; quoted history belongs to nobody unless it names its writer."""
        start, who, writer = 0, "", ""
        for line, voice in zip(self.lines, self.voices, strict=True):
            if voice:
                speaker = voice.name
                lasting = voice.header or (self.dialogue and not line.bullet)
            else:
                if _NEW_HAND.match(self.text, line.body, line.end):
                    writer = ""
                speaker, lasting = self._unnamed(line, who, writer), False
            if lasting and not line.quoted:
                writer = speaker
            if speaker != who or (voice and line.start > start):
                if line.start > start:
                    yield self._turn(start, line.start, who)
                start, who = line.start, speaker
        yield self._turn(start, len(self.text), who)

    def _unnamed(self, line: _Line, who: str, writer: str) -> str:
        """Return who speaks in a line that names nobody."""
        if line.quoted:
            return who if who != writer else ""
        return writer

    def _turn(self, start: int, end: int, speaker: str) -> Turn:
        side = self.sides.get(speaker.casefold(), "unknown")
        return Turn(start=start, end=end, speaker=speaker or None, side=side)

    def blocks(self) -> Iterator[tuple[_Line, int, int]]:
        """Yield the stretches of speech: a line, or the lines that a mail program has wrapped."""
        pending: tuple[_Line, int, int] | None = None
        width = _wrap_width(self.text, self.lines)
        for line, voice in zip(self.lines, self.voices, strict=True):
            start = self._content(line, voice)
            if start is None:
                continue
            fresh = bool(voice) or line.bullet or line.quoted or start != line.body
            if pending and not fresh and self._continues(pending[0], pending[2], line, width):
                pending = (pending[0], pending[1], line.end)
                continue
            if pending:
                yield pending
            pending = (line, start, line.end)
        if pending:
            yield pending

    def _continues(self, first: _Line, end: int, line: _Line, width: int) -> bool:
        """Tell whether this line goes on where the block before it was wrapped."""
        if not width or first.quoted or self.text.count("\n", end, line.start) != 1:
            return False
        word = self.text[line.start : line.start + width].split(maxsplit=1)
        last = end - max(self.text.rfind("\n", 0, end) + 1, first.start)
        return bool(word) and last + 1 + len(word[0]) > width

    def _content(self, line: _Line, voice: _Voice | None) -> int | None:
        """Return where the line's speech begins, or None for headers and rules."""
        text = self.text
        if voice:
            return None if voice.header else voice.content
        if _HEADER.match(text, line.body, line.end) or _RULE.match(text, line.body, line.end):
            return None
        subject = _SUBJECT.match(text, line.body, line.end)
        return subject.end() if subject else line.body


def _lines(text: str) -> Iterator[_Line]:
    number, seen = 1, 0
    for found in _LINE.finditer(text):
        start, end = found.span()
        number += text.count("\n", seen, start)
        seen = start
        marks = _QUOTE_MARKS.match(text, start, end)
        body = marks.end() if marks else start
        bullet = _BULLET.match(text, body, min(end, body + _PREFIX_REACH))
        if bullet:
            body = bullet.end()
        if text[body:end].strip(_FILLING):
            yield _Line(start, end, number, bool(marks), bool(bullet), body)


def _voice(text: str, line: _Line) -> _Voice | None:
    """Return the speaker whom this line names, if it looks like naming one."""
    head = text[line.body : min(line.end, line.body + _PREFIX_REACH)]
    whole = line.body + len(head) >= line.end
    if head.startswith("#") or text.startswith("#", line.start):
        ticket = _TICKET.match(text, line.start, line.end) if line.end - line.start <= _PREFIX_REACH else None
        return _header(ticket, line)
    if head.startswith("From"):
        return _header(_FROM.match(head), line)
    if whole:
        stripped = head.strip()
        for pattern in (_STAMP_NAME, _NAME_STAMP, _WROTE):
            if not line.bullet and (found := pattern.match(stripped)) and _looks_named(found["name"]):
                return _header(found, line)
    found = _SPEAKER.match(head)
    if not found or not _looks_named(found["name"]):
        return None
    side = _side(found["role"] or "")
    if side == "unknown":
        side = _own_side(found["name"])
    sure = bool(found["stamp"]) or side != "unknown"
    return _Voice(found["name"], side, line.body + found.end(), header=False, sure=sure)


def _header(found: re.Match[str] | None, line: _Line) -> _Voice | None:
    if not found:
        return None
    groups = found.groupdict()
    side = _side(groups.get("role") or "")
    if side == "unknown":
        side = _side(groups.get("side") or "")
    if side == "unknown":
        side = _own_side(found["name"])
    return _Voice(found["name"], side, line.end, header=True, sure=True)


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


def _is_dialogue(lines: list[_Line], voices: list[_Voice | None]) -> bool:
    """Tell whether most of the note is speech with its speakers named."""
    named = [v for v in voices if v]
    prefixed = sum(not v.header for v in named)
    return prefixed >= 3 and prefixed * 2 >= len(lines)


def _accepted(text: str, lines: list[_Line], voices: list[_Voice | None], dialogue: bool) -> set[str]:
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
    for match in re.finditer(r"\b([^\W\d_][\w'’\-]{0,30}) (?=[(]|([^\W\d_][\w'’\-]{0,30}))", text[: 200 * _LONGEST]):
        first, second = match[1], match[2]
        if first[0].isupper() and (not second or second[0].isupper()):
            found.add(first)
            if second:
                found.update((second, f"{first} {second}"))
    return found


def _sides(text: str, voices: list[_Voice]) -> dict[str, Side]:
    """Return the side of each speaker (folded name), where any mention in the note tells it."""
    sides: dict[str, Side] = {}
    for voice in voices:
        if voice.side != "unknown":
            sides.setdefault(voice.name.casefold(), voice.side)
    for found in re.finditer(
        rf"\b(?:(\w{{1,4}}) = )?({_WORD}(?: {_WORD})?) \(([\w ]{{2,10}})\)", text[: 50 * _LONGEST]
    ):
        side = _side(found[3])
        if side != "unknown":
            for name in (found[1], found[2], found[2].split()[0], found[2].split()[-1]):
                if name:
                    sides.setdefault(name.casefold(), side)
    return sides


def _wrap_width(text: str, lines: list[_Line]) -> int:
    """Return the width at which the text was wrapped by a program, or 0 where it was not."""
    lengths = [line.end - line.start for line in lines]
    width = max(lengths, default=0)
    if not 50 <= width <= 100:
        return 0
    full = fits = 0
    for line, after in pairwise(lines):
        if after.number == line.number + 1 and not (after.bullet or after.quoted):
            word = text[after.start : after.start + width].split(maxsplit=1)[0]
            fits += 1
            full += line.end - line.start + 1 + len(word) > width - 3
    return width - 3 if full >= 3 and full * 3 >= fits * 2 else 0


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the trimmed clauses of a block as spans."""
    for left, right in _sentences(text, start, end):
        for first, last in _parts(text, left, right):
            yield from _trimmed(text, first, last)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    left = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and _ends_sentence(text, left, stop, end):
            yield left, stop.end()
            left = stop.end()
    yield left, end


def _ends_sentence(text: str, left: int, stop: re.Match[str], end: int) -> bool:
    """Tell a full stop from the dot of an abbreviation, an initial, an ordinal or a pause."""
    after = text[stop.end() : min(end, stop.end() + 40)].lstrip()
    if stop[0][0] not in ".…":
        return not (after[:1].islower() and stop[0][-1] in "\"'”’»)")
    if after[:1].islower() and (stop[0].startswith(("..", "…")) or stop[0][-1] in "\"'”’»)"):
        return False
    words = text[max(left, stop.start() - 15) : stop.start()].split()
    word = words[-1].lstrip("([\"'").casefold() if words else ""
    if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word != "i"):
        return False
    if word in _BEFORE_DIGITS and after[:1].isdigit():
        return False
    return not (word[-1:].isdigit() and after[:1].islower())


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a long sentence where both halves can stand alone, and anything endless at a space."""
    left = start
    if end - start > _CLAUSE_SENTENCE:
        for cut in _CLAUSE.finditer(text, start, end):
            if _stands(text, left, cut.start()) and _stands(text, cut.end(), end):
                yield from _bounded(text, left, cut.start())
                left = cut.end()
    yield from _bounded(text, left, end)


def _stands(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch is long enough to say something by itself."""
    return end - start >= 25 and text[start : min(end, start + 200)].count(" ") >= 3


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        space = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = space if space > 0 else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span without the filling at its ends; nothing for a span without content."""
    while start < end and (text[start] in _FILLING or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _FILLING or text[end - 1].isspace()):
        end -= 1
    if any(char.isalnum() or ord(char) > 0x2000 for char in text[start:end]):
        yield start, end
