"""Cuts a stretch of prose into clauses: sentences, and the halves of long sentences that can stand alone."""

import re
from collections.abc import Iterator

LONGEST = 600
"""Characters of a clause: beyond, encoders cut silently."""
_CLAUSE_SENTENCE = 70  # shorter sentences stay whole

_ABBREVIATIONS = frozenset(
    "mr mrs ms mme mlle dr prof st sr sra jr hr fr vs etc approx inc ltd co corp dept fig ca bzw z.b e.g i.e eg ie "
    "a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun incl excl "
    "resp max min vol ext tel cf est gov gen capt".split()
)
_BEFORE_DIGITS = frozenset("no nr art para sec pos p pp".split())

_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？؟]+")
_CLAUSE = re.compile(
    r";\s+|\s+[-–—]{1,2}\s+|[—]|\s=\s|,\s+(?=(?:and|but|so|because|while|whereas|though|although|otherwise|then|which|"
    r"or|since|as|yet|plus)\s)|,\s+(?=(?:he|she|they|we|i|it|you|there|that|this|nobody|nothing|"
    r"(?-i:[A-Z])\w+(?=\s(?-i:[a-z])))['’\s])",
    re.IGNORECASE,
)
FILLING = " \t\r\n\f\v,;-–—=\u00a0\ufeff\u200b"
"""Characters that neither begin nor end a clause."""


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the trimmed clauses of a block as spans."""
    for begin, stop in _cells(text, start, end):
        for left, right in _sentences(text, begin, stop):
            for first, last in _parts(text, left, right):
                yield from _trimmed(text, first, last)


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the cells of a row of a table, parted by tabs; all of what is none."""
    while (tab := text.find("\t", start, end)) >= 0:
        yield start, tab
        start = tab + 1
    yield start, end


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
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = space if space > 0 else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span without the filling at its ends; nothing for a span without content."""
    while start < end and (text[start] in FILLING or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in FILLING or text[end - 1].isspace()):
        end -= 1
    if any(char.isalnum() or ord(char) > 0x2000 for char in text[start:end]):
        yield start, end
