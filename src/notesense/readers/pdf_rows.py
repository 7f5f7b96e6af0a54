"""Rows of a PDF page: the lines of its text in pypdf's order, each with its place on the page.

Lengths are in points, from the lower left corner. pypdf tells where words begin but not where they end: right edges are
estimated from the usual widths of letters, to some five hundredths of a row.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_MONO = re.compile(r"mono|courier|consol|typewriter|menlo|cmtt|fixed", re.IGNORECASE)
_WIDTHS = {
    **dict.fromkeys("ijl.,;:'|!`\u2018\u2019 ", 0.27),
    **dict.fromkeys("tfrI()[]{}-/\\", 0.34),
    **dict.fromkeys("mMW@%\u2014\u2026", 0.87),
    **dict.fromkeys("w&OQCGDNHUR", 0.73),
}
"""Widths of letters in ems, as sans-serif and serif fonts have them in the mean."""
_LIGATURES = {
    ord(sign): letters for sign, letters in zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
}
_LETTER, _CAPITAL, _FIXED, _WIDE = 0.525, 0.66, 0.6, 1.0
_LEAST_GAP = 2.0
"""Ems between words of one row from which on they rather stand in two cells."""
_DOUBT = 0.2
"""By how much an estimated width may be wrong."""

Matrix = Sequence[float]


@dataclass(frozen=True)
class Row:
    """A line of text and where it stands: its left and right edge, its baseline and the size of its letters.

    `level` is False for what stands upright or nowhere; `cells` tells that it has gaps, as a row of a table has.
    """

    text: str
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    size: float = 0.0
    fixed: bool = False
    level: bool = False
    cells: bool = False

    def width(self, words: str) -> float:
        """Return about how wide these words would be in the letters of this row."""
        return width(words, self.fixed) * self.size


class PagePlaces:
    """Collects what pypdf's `visitor_text` is told while the text of one page is extracted."""

    def __init__(self) -> None:
        self._pieces: list[tuple[str, Matrix, float, bool]] = []

    def visit(self, text: str, outer: Matrix, inner: Matrix, font: object, size: float) -> None:
        """Take a piece of text with its matrices, font and font size."""
        name = str(font.get("/BaseFont", "")) if isinstance(font, dict) else ""
        self._pieces.append((text, _product(inner, outer), size, bool(_MONO.search(name))))

    def rows(self, text: str) -> list[Row]:
        """Return the rows of the text that was extracted; where its pieces make another text, rows without a place."""
        if "".join(piece for piece, *_ in self._pieces) != text:
            return [Row(_clean(line)) for line in text.split("\n")]
        rows: list[Row] = []
        line: list[tuple[str, Matrix, float, bool]] = []
        for piece, matrix, size, fixed in self._pieces:
            first, *more = piece.split("\n")
            line.append((first, matrix, size, fixed))
            for one in more:
                rows.append(_row(line))
                line = [(one, matrix, size, fixed)]
        return [*rows, _row(line)]


def width(words: str, fixed: bool = False) -> float:
    """Return about how wide words are, in ems."""
    return len(words) * _FIXED if fixed else sum(map(_letter, words))


def _letter(letter: str) -> float:
    known = _WIDTHS.get(letter)
    if known is None:
        known = _WIDE if letter > "\u2e80" else (_CAPITAL if letter.isupper() else _LETTER)
    return known


def _row(line: list[tuple[str, Matrix, float, bool]]) -> Row:
    """Return the row of these pieces: its size and baseline are those of its longest piece."""
    text = _clean("".join(piece for piece, *_ in line))
    placed = [(piece.strip(), matrix, size, fixed) for piece, matrix, size, fixed in line if piece.strip()]
    if not placed:
        return Row(text)
    _, main, size, fixed = max(placed, key=lambda one: len(one[0]))
    edges = [(matrix[4], matrix[4] + width(words, mono) * _size(matrix, own)) for words, matrix, own, mono in placed]
    em = _size(main, size)
    return Row(
        text,
        left=edges[0][0],
        right=max(right for _, right in edges),
        base=main[5],
        size=em,
        fixed=fixed,
        level=em > 0 and all(abs(matrix[1]) < abs(matrix[0]) / 50 for _, matrix, *_ in placed),
        cells=any(
            after[0] - one[1] > max(_LEAST_GAP * em, _DOUBT * (one[1] - one[0])) or after[0] < one[0]
            for one, after in pairwise(edges)
        ),
    )


def _clean(line: str) -> str:
    """Return a line without what no text can hold, and with the letters that its ligatures stand for."""
    return line.encode("utf-8", "replace").decode().replace("\0", "").translate(_LIGATURES).rstrip()


def _size(matrix: Matrix, size: float) -> float:
    return size * math.hypot(matrix[2], matrix[3])


def _product(one: Matrix, other: Matrix) -> Matrix:
    return (
        one[0] * other[0] + one[1] * other[2],
        one[0] * other[1] + one[1] * other[3],
        one[2] * other[0] + one[3] * other[2],
        one[2] * other[1] + one[3] * other[3],
        one[4] * other[0] + one[5] * other[2] + other[4],
        one[4] * other[1] + one[5] * other[3] + other[5],
    )
