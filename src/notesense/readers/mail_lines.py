"""The lines of a mail's body, with their marks of quoting."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_MARKS = re.compile(r"[ \t]*(?:>[ \t]?)+")
_STUFFED = re.compile(r"(?:>[ \t]?)+")
_BETWEEN = re.compile(r">{2,} ?(?P<words>[^<>\s].{0,200}?) ?>{2,}[ \t]*")
"""GroupWise's line above older words, which no mark of quoting begins: `>>> Ben Cole <ben@us.example> 6:04 PM >>>`."""
_NEAR = 6


class Line(NamedTuple):
    """A line, `body[start:end]`. `words` is what stands in it behind the marks of quoting, `depth` of them."""

    start: int
    end: int
    depth: int
    words: str


def lines_of(body: str, stuffed: bool = False) -> Iterator[Line]:
    """Yield the lines of a body. In a `stuffed` one (format=flowed) a space before a mark says that it is none."""
    at = 0
    for whole in body.split("\n"):
        line = whole.removesuffix("\r")
        end = at + len(line)
        marks = None if _BETWEEN.fullmatch(line) else (_STUFFED if stuffed else _MARKS).match(line)
        yield Line(at, end, marks[0].count(">") if marks else 0, line[marks.end() :] if marks else line)
        at += len(whole) + 1


def next_with_words(lines: Sequence[Line], at: int) -> int | None:
    """Return the first line with words that stands here or a little below, or None."""
    return next((n for n in range(at, min(at + _NEAR, len(lines))) if lines[n].words.strip()), None)
