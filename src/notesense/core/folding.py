"""Texts made comparable, with a map back to every character of the original.

Folded away: Unicode form (NFKD), case, runs of white space, the shapes of quotation marks, apostrophes and dashes,
invisible and steering characters, the marks of quoted mail lines. Kept apart: accents, digits, superscripts and
fractions, the signs for feet and inches after a digit, so that no number changes.
A folded character knows the slice of the original that it came from; a match never cuts a letter from its accents.
"""

import re
import unicodedata
from bisect import bisect_right
from itertools import pairwise

from notesense.core.hidden import is_invisible, visible

_QUOTES = dict.fromkeys("'\"‘’‚‛“”„‟«»‹›′″`´＂＇", "'")
_DASHES = dict.fromkeys("-‐‑‒–—―−﹣－\u2043", "-")
_SHAPES = _QUOTES | _DASHES
_INCH = frozenset('"“”„‟″＂')
MAIL_LINE = re.compile(r"\n[ \t]*(?:>[ \t]?)+")
"""The end of a line before one of quoted mail, with the marks of the latter."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_HYPHENATED = re.compile(r"[^\W_][-‐‑][^\W\d_]")
_UNSPACED = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x2E80, 0xA4CF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF))

_AROUND = 40
"""How many characters on each side of a cut are read for a number that it may go through."""

_CURRENCY = "[$€£¥₹₽₩₺₴₦¢]"
_MAGNITUDE = (
    "hundred|thousand|million|billion|trillion|dozen|bn|mn|mio|mrd|k|m|percent|per cent|prozent|tausend|millionen"
)
_SPELT = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    "|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half|quarter"
)
_NUMBER = re.compile(
    # a day or a time of day, of which a spaced dash makes no range
    r"(?<![\w-])(?:\d{4}-\d\d-\d\d|\d{1,2}([./])\d{1,2}\1\d{2,4}|\d{1,2}:\d\d(?::\d\d)?)(?![\d%-])"
    # sign (a dash only where it touches the number: `- 5` is a bullet; `>` only after a word: elsewhere it quotes mail)
    r"|(?:(?:(?<![^\s(])[-−–+]|[±≤≥≈~<]\s?|(?<=\w )>\s?|(?<=\w)>\s?|(?<![^\s(])\.)(?=[.\d$€£¥]))?"
    rf"(?:{_CURRENCY}\s?)?"
    r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)"
    r"(?:(?:[.,:/]|[ \u00a0]?[-−–—][ \u00a0]?| to )\d+)*"
    rf"(?:\s?(?:[%‰]|{_CURRENCY})|[\s-]?(?:{_MAGNITUDE})\b)*"
    rf"|\b(?:{_SPELT})(?: an?)?(?:[\s-](?:{_MAGNITUDE})\b)+",
    re.IGNORECASE,
)


def _fold_character(cluster: str) -> str:
    shaped = _SHAPES.get(cluster)
    if shaped is not None:
        return shaped
    if unicodedata.category(cluster[0]) == "No":
        return cluster
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", cluster).casefold())


class Folded:
    """A text and its folded form; `find` answers with slices of the text itself."""

    def __init__(self, text: str) -> None:
        self.source = text
        pieces: list[str] = []
        starts: list[int] = []
        """For each folded cluster: where it begins in the folded text, and where in the source."""
        sources: list[int] = []
        length = at = 0
        while at < len(text):
            quoted = MAIL_LINE.match(text, at)
            end = quoted.end() if quoted else _cluster_end(text, at)
            piece = " " if quoted else _fold_cluster(text[at:end])
            if piece == "'" and text[at] in _INCH and pieces and pieces[-1][-1].isdigit():
                piece = '"'
            if piece == " " and (not pieces or pieces[-1] == " "):
                piece = ""
            if piece:
                pieces.append(piece)
                starts.append(length)
                sources.append(at)
                length += len(piece)
            at = end
        self.text = "".join(pieces)
        self._starts = starts
        self._sources = sources
        self._edges = {*starts, length}

    def find(self, needle: "Folded", start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """Return the slices of the source (start, end) that fold to the needle and lie within [start, end)."""
        wanted = needle.text.strip()
        stop = len(self.source) if end is None else end
        found = []
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            after = at + len(wanted)
            if at in self._edges and after in self._edges:
                first, last = self.source_slice(at, after)
                if start <= first and last <= stop:
                    found.append((first, last))
            at = self.text.find(wanted, at + 1)
        return found

    def source_slice(self, start: int, end: int) -> tuple[int, int]:
        """Return the slice of the source that the slice [start, end) of the folded text came from."""
        return self._source_of(start), self._source_end(end)

    def _source_of(self, folded: int) -> int:
        return self._sources[bisect_right(self._starts, folded) - 1]

    def _source_end(self, folded: int) -> int:
        return _cluster_end(self.source, self._source_of(folded - 1))


def _fold_cluster(cluster: str) -> str:
    if cluster[0].isspace():
        return " "
    if is_invisible(cluster[0]):
        return unicodedata.normalize("NFKD", cluster[1:])
    if len(cluster) == 1:
        return _fold_character(cluster)
    return unicodedata.normalize("NFKD", _fold_character(cluster[0]) + cluster[1:])


def _cluster_end(text: str, at: int) -> int:
    """Return the end of the character at `at` with the combining marks that belong to it."""
    end = at + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def fold(text: str) -> str:
    """Return the folded form of a text alone."""
    return Folded(text).text


def words(text: str) -> list[str]:
    """Return the words of a text, folded, in order; digits count as words, punctuation does not."""
    return _WORD.findall(fold(text))


def cuts_word(text: str, at: int) -> bool:
    """Tell whether a cut before `text[at]` would go through a word (`un|able`, `can|'t`, `non-|toxic`) or a number.

    To a number belong its sign, its currency, its range and its magnitude: `$|1|.|5| |million`. Invisible characters
    are read past: they part no word.
    """
    first = last = at
    while first > 0 and is_invisible(text[first - 1]):
        first -= 1
    while last < len(text) and is_invisible(text[last]):
        last += 1
    before, after = visible(text[max(0, first - _AROUND) : first]), visible(text[last : last + _AROUND])
    near, at = before + after, len(before)
    if not 0 < at < len(near):
        return False
    if any(m.start() < at < m.end() for m in _NUMBER.finditer(near)):
        return True
    around = [near[i] if 0 <= i < len(near) else " " for i in (at - 2, at - 1, at, at + 1)]
    joined = [not c.isspace() and _joins(c) for c in around]
    if any(unicodedata.combining(c) for c in around[2:3]):
        return True
    if _HYPHENATED.search(near, max(0, at - 2), at + 2):
        return True
    if _is_apostrophe(around[1]):
        return joined[0] and joined[2]
    if _is_apostrophe(around[2]):
        return joined[1] and joined[3]
    return all(_joins(left) and _joins(right) for left, right in pairwise(around[1:3]))


def _is_apostrophe(character: str) -> bool:
    return character in "'’"


def _joins(character: str) -> bool:
    """Tell whether the character is a letter or digit of a script that puts spaces between words."""
    code = ord(character)
    return character.isalnum() and not any(low <= code <= high for low, high in _UNSPACED)
