"""Cuts a mail's body by hands: the writer's own words, older words that it carries along, signatures.

Every stretch is an exact slice of the body. What introduces older words ("On Monday Ben wrote:", a head of From, Sent,
To, a rule) is nobody's words and in none. The time grows with the length alone.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from notesense.core.vocabulary import Origin
from notesense.readers import mail_signatures
from notesense.readers.mail_phrases import (
    ADDRESS,
    DATED,
    HEAD_LINE,
    REPLY,
    RULE,
    SEPARATOR,
    WROTE,
)

_MARKS = re.compile(r"[ \t]*(?:>[ \t]?)+")
_MOST_HEAD_LINES = 12
_MOST_INTRODUCING = 3
"""Lines over which a program breaks "On ... wrote:"."""
_LONG_INTRODUCTION = 300
_NAMING = re.compile(r"[\"“'(]?([^\"“”<>,:\d()\[\]]{2,80})[\"”'(]*\s*[<\[(]{1,2}\s*(?:mailto:)?[^\s<>()\[\]]+@")
_QUOTED_NAME = re.compile(r"\"([^\"]{1,80})\"\s*[<\[(]")
_NO_NAME = re.compile(r"(?:(?:[AP]M|Uhr|h|um|at|o|ore|kl|via|GMT|UTC|[A-Z]{3,4}T)\b\.?|[+-]\d{4})[\s,]*")


class Stretch(NamedTuple):
    """Lines of one hand, `body[start:end]`. `writer` is empty where nothing tells who wrote them."""

    start: int
    end: int
    origin: Origin
    writer: str


class _Line(NamedTuple):
    start: int
    end: int
    depth: int
    words: str
    """What stands in the line behind the marks of quoting."""


class _Hand(NamedTuple):
    """Who wrote a line. `number` counts what introduces older words, so that two mails of one writer stay apart."""

    origin: Origin
    writer: str
    number: int


def stretches(body: str, writer: str) -> tuple[Stretch, ...]:
    """Return the stretches of a mail's body that have words, in order; `writer` wrote the mail."""
    lines = list(_lines(body))
    hands = _Hands(lines, writer).all()
    found: list[Stretch] = []
    for hand, run in groupby(range(len(lines)), key=lambda at: hands[at]):
        if hand is None:
            continue
        own = [lines[at] for at in run]
        signed = mail_signatures.signed([line.words for line in own], hand.writer)
        for is_signature, part in groupby(zip(own, signed, strict=True), key=lambda pair: pair[1]):
            told = [line for line, _ in part if line.words.strip()]
            if told:
                origin = Origin.SIGNATURE if is_signature else hand.origin
                found.append(Stretch(told[0].start, told[-1].end, origin, hand.writer))
    return tuple(found)


def bare_subject(subject: str) -> int:
    """Return where a subject's own words begin, behind `Re:` and the like; 0 for a mail that begins a thread."""
    found = REPLY.match(subject)
    return found.end() if found else 0


def _lines(body: str) -> Iterator[_Line]:
    at = 0
    for line in body.split("\n"):
        end = at + len(line)
        marks = _MARKS.match(line)
        yield _Line(at, end, marks[0].count(">") if marks else 0, line[marks.end() :] if marks else line)
        at = end + 1


class _Hands:
    """Goes through the lines once and says whose each is; None for what introduces older words."""

    def __init__(self, lines: Sequence[_Line], writer: str) -> None:
        self._lines = lines
        self._own = writer
        self._hands: list[_Hand | None] = []
        self._writers: dict[int, str] = {}
        self._older = False
        """Whether all that follows is older, with marks or without."""
        self._number = 0

    def all(self) -> list[_Hand | None]:
        """Return the hand of each line."""
        while len(self._hands) < len(self._lines):
            at = len(self._hands)
            passed = self._head(at) or self._separator(at) or self._introduction(at)
            self._hands += [None] * passed if passed else [self._hand(at)]
        return self._hands

    def _hand(self, at: int) -> _Hand | None:
        line = self._lines[at]
        if not line.words.strip() and self._hands:
            return self._hands[-1]
        if not line.depth and not self._older:
            return _Hand(Origin.EMAIL, self._own, 0)
        return _Hand(Origin.QUOTED, self._writers.get(line.depth, ""), self._number)

    def _introduce(self, writer: str, depth: int) -> None:
        self._writers = {level: name for level, name in self._writers.items() if level < depth} | {depth: writer}
        self._older = self._older or depth == 0
        self._number += 1

    def _head(self, at: int) -> int:
        """Return how many lines from here are the head of an older mail."""
        depth = self._lines[at].depth
        introduced = bool(self._hands) and self._hands[-1] is None
        sender, labels, is_mail, told = None, 0, False, 0
        for number, line in enumerate(self._lines[at : at + _MOST_HEAD_LINES]):
            found = HEAD_LINE.fullmatch(line.words) if line.depth == depth else None
            if found is None:
                if not labels or line.depth != depth or not ("@" in line.words or line.words[:1].isspace()):
                    break
                continue
            labels, told = labels + 1, number + 1
            if found["sender"] and sender is None:
                sender = found["value"]
            is_mail = is_mail or bool(found["subject"]) or (bool(found["sender"]) and "@" in found["value"])
        if sender is None or not is_mail or labels < (2 if introduced else 3):
            return 0
        self._introduce(_name_in(sender), depth)
        return told

    def _separator(self, at: int) -> int:
        """Return 1 for a line that says that an older mail follows."""
        line = self._lines[at]
        if SEPARATOR.fullmatch(line.words):
            self._introduce("", line.depth)
            return 1
        if not RULE.fullmatch(line.words):
            return 0
        below = self._next(at + 1)
        return int(below is not None and self._head_follows(below))

    def _head_follows(self, at: int) -> bool:
        found = HEAD_LINE.fullmatch(self._lines[at].words)
        return bool(found and found["sender"])

    def _next(self, at: int) -> int | None:
        """Return the first line from here with words."""
        return next((n for n in range(at, min(at + 6, len(self._lines))) if self._lines[n].words.strip()), None)

    def _introduction(self, at: int) -> int:
        """Return how many lines from here say that somebody wrote what follows."""
        first = self._lines[at]
        told = ""
        for number, line in enumerate(self._lines[at : at + _MOST_INTRODUCING], 1):
            words = line.words.strip()
            if not words or line.depth != first.depth or len(told) + len(words) > _LONG_INTRODUCTION:
                return 0
            if number == 1 and not (DATED.search(words) or ADDRESS.search(words) or WROTE.search(words)):
                return 0
            told = f"{told} {words}".strip()
            if words.endswith((":", "：")):
                below = self._next(at + number)
                deeper = below is not None and self._lines[below].depth > first.depth
                if not _introduces(told, deeper) or _introduces_alone(told.removeprefix(first.words.strip())):
                    return 0
                self._introduce(_writer_in(told), first.depth + deeper)
                return number
        return 0


def _introduces(told: str, deeper: bool) -> bool:
    """Tell whether a line with a colon at its end introduces older words; marks below make that likelier."""
    wrote, dated, addressed = WROTE.search(told), DATED.search(told), ADDRESS.search(told)
    if deeper:
        return bool(wrote or (dated and addressed))
    return bool(wrote and (dated or addressed))


def _introduces_alone(told: str) -> bool:
    """Tell whether what is left without the first line says all, so that the first line is no part of it."""
    return bool(WROTE.search(told) and DATED.search(told))


def _writer_in(told: str) -> str:
    """Return whom "On Monday Ben Cole <ben@us.example> wrote:" names, or nothing."""
    told = told.rstrip(":： ")
    if found := _QUOTED_NAME.search(told):
        return _tidy(found[1])
    if (found := _NAMING.search(told)) and (name := _tidy(WROTE.sub(",", found[1]).rpartition(",")[2])):
        return name
    if found := ADDRESS.search(told):
        return found[0].removeprefix("mailto:")
    wrote = WROTE.search(told)
    if wrote is None:
        return ""
    before = re.split(r"[,\d)]", told[: wrote.start()])[-1]
    return _tidy(told[wrote.end() :]) or _tidy(before)


def _tidy(name: str) -> str:
    """Return a name without what stands around it: a time's words, quotation marks, words that are none of it."""
    name = name.strip(" \t\xa0,;.-–—*_'\"“”:")
    while found := _NO_NAME.match(name):
        name = name[found.end() :]
    words = name.split()
    while len(words) > 1 and words[0][:1].islower() and not words[-1][:1].islower():
        del words[0]
    return " ".join(words) if len(words) <= 6 else ""


def _name_in(sender: str) -> str:
    """Return the name of a head's `From:`, or the address where there is no name."""
    name = re.split(r"[<\[]", sender, maxsplit=1)[0].strip(" \t\xa0\"'*_,;")
    if name:
        return " ".join(name.removeprefix("mailto:").split())
    found = ADDRESS.search(sender)
    return found[0].removeprefix("mailto:") if found else ""
