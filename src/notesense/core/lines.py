"""The lines of a text, with where their words begin: past quote marks and bullets."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from notesense.core.clauses import FILLING

PREFIX_REACH = 90
"""Characters of a line in which a speaker is looked for; bounds the work on very long lines."""

_LINE = re.compile(r"[^\r\n]+")
_QUOTE_MARKS = re.compile(r"[ \t]*(?:>[ \t]?)+")
_BULLET = re.compile(r"\s*(?:(?:[-*+•–—·‣▪●○→]+|\d{1,2}[.)]|\(\d{1,2}\)|[a-z]\)|#{1,6}|\[[ xX]\])\s+|[•·‣▪●○])")


class Line(NamedTuple):
    """A line without its end; `body` is where the words begin, past quote marks and bullet."""

    start: int
    end: int
    number: int
    quoted: bool
    bullet: bool
    body: int


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
            bullet = _BULLET.match(text, body, min(end, body + PREFIX_REACH))
            if bullet:
                body = bullet.end()
            if text[body:end].strip(FILLING):
                yield Line(start, end, number, bool(marks), bool(bullet), body)
