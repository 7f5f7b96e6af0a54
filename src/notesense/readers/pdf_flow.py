"""Rows of a PDF to lines as they were written: what a page's or a column's width has cut is one line again.

A row goes on in the next where both stand in one column, as near as the rows of a paragraph, and the first word of the
next would not have fitted; and only where the column's width is certain, as its rows end there. What begins anew (a
list's sign, a speaker's name, a time) or stands in cells is left as it is, as is what is written from right to left.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from notesense.readers import speaker_names
from notesense.readers.pdf_rows import Row

_ENDS = re.compile(r"[.!?:;…。！？：；][\"'”’»)\]」』]*$")
_STOPS = re.compile(r"[.!?…。！？][\"'”’»)\]」』]*$")
_SIGN = re.compile(
    r"(?:[-*+•–—·‣▪▫●○■□→◦▸✓✔☐☑☒\ue000-\uf8ff]|\d{1,3}[.)]|\(\d{1,2}\)|[A-Za-z]\)|\[[ xX]?\]|[>|#]+)(?:\s|$)"
    r"|[\[(]?\d{1,2}[:.h]\d{2}(?!\d)"
)
"""A list's sign, a quotation's mark, or a time."""
_LABEL = re.compile(r"[^\W\d_][^:：.!?]{0,40}(?::(?:\s|$)|：)")
"""A name or a heading with a colon."""
_STAMPED = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?[\])]?$")
_BROKEN = re.compile(r"([^\W\d_]+)[-\u2010]$")
_SOFT_HYPHEN = "\u00ad"
_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_AND = frozenset("and or und oder bzw et ou y o e en of och eller og i oraz lub a ja tai".split())
"""Before these, a hyphen stands for what follows the next one: "pre- and post-sales"."""
_TIGHT, _LOOSE = 0.03, 0.08
"""By how much of the column's width a row may be too short: before anything, and before a small letter."""
_LEAST = 15
"""Ems of the narrowest column whose width its rows alone tell."""
_MARGIN = 0.12
"""By how much of a page's width the margin on the right may be wider than that on the left."""
_NEAR = 1.2
"""How much further apart than most rows of their size those of a paragraph may be."""
_BESIDE = 8
"""Ems by which the rows of one column may begin at different places."""
_EVEN = 0.35
"""Ems by which rows that begin at one place may differ."""
_GRID = 6.0
"""Points in which the beginnings of rows are counted."""


class _Step(NamedTuple):
    """From one row (by its number) to the next, which may go on with its paragraph as far as their places tell."""

    number: int
    row: Row
    after: Row
    turns: bool
    """Whether the next stands at the head of another column or page."""

    @property
    def goes_on(self) -> bool:
        """Whether the next row begins as no sentence does, and the first ends as none does."""
        return (self.is_small or _is_unspaced(self.after.text[0])) and not _ENDS.search(self.row.text)

    @property
    def is_small(self) -> bool:
        """Whether the next row begins with a small letter."""
        return _begins_small(self.after.text)

    def fills(self, right: float, doubt: float) -> bool:
        """Tell whether the first word of the next row would not have fitted before this right edge."""
        first = self.after.text.split(maxsplit=1)[0]
        needed = self.row.width(" " + (first[0] if _is_unspaced(first[0]) else first))
        return self.row.right + needed > right - doubt * (right - self.row.left)


def lines_of(pages: Sequence[Sequence[Row]], page_width: float) -> str:
    """Return the text of the rows of all pages, with those of a paragraph on one line. `page_width` is in points."""
    rows = [row for page in pages for row in page]
    steps = list(_steps(pages))
    words = Counter(word for row in rows for word in _WORDS.findall(row.text.casefold()))
    edges = _with_edges(rows, steps, page_width)
    going_on = [step for step, right, is_prose in edges if _is_one_line(step, right, is_prose)]
    cut = [row.text + "\n" for row in rows]
    for step in [*going_on, *filter(_is_hyphenated, steps)]:
        cut[step.number] = _before(step.row.text, step.after.text, words)
    return "".join(cut).strip("\n")


def _steps(pages: Sequence[Sequence[Row]]) -> Iterator[_Step]:
    """Yield the steps between rows that may be of one paragraph."""
    rows = [(row, page) for page, some in enumerate(pages) for row in some]
    leading = _leading(row for row, _ in rows)
    above: Row | None = None
    for number, ((row, page), (after, next_page)) in enumerate(pairwise(rows)):
        if _are_alike(row, after) and not _is_fresh(after.text):
            down = row.base - after.base
            if page != next_page or (down < 0 and after.left > row.left + _BESIDE * row.size):
                yield _Step(number, row, after, turns=True)
            elif 0 < down <= _NEAR * leading[_sized(row)] and _is_below(above, row, after):
                yield _Step(number, row, after, turns=False)
        above = row if page == next_page else None


def _are_alike(row: Row, after: Row) -> bool:
    """Tell whether two rows have words in letters of one size, from left to right, and no cells."""
    if not (row.level and after.level) or row.cells or after.cells or not (row.text.strip() and after.text.strip()):
        return False
    return abs(row.size - after.size) <= 0.06 * row.size and not any(map(_is_reversed, (row.text, after.text)))


def _is_below(above: Row | None, row: Row, after: Row) -> bool:
    """Tell whether a row stands where the next one of a paragraph does: below, below its indented first, or hanging."""
    shift = (after.left - row.left) / row.size
    if abs(shift) <= _EVEN:
        return True
    if shift > 0:
        return shift <= _BESIDE and _is_fresh(row.text)
    return -shift <= _BESIDE / 2 and (above is None or abs(above.left - after.left) <= _EVEN * row.size)


def _leading(rows: Iterable[Row]) -> dict[int, float]:
    """Return how far apart rows of one size stand: the least of the distances that are about as frequent as any."""
    found: dict[int, Counter[float]] = defaultdict(Counter)
    for row, after in pairwise(rows):
        down = round((row.base - after.base) * 2) / 2
        if _are_alike(row, after) and 0.7 * row.size < down < 3 * row.size:
            found[_sized(row)][down] += 1
    usual = {
        size: min(down for down, n in tally.items() if n * 2 >= max(tally.values())) for size, tally in found.items()
    }
    return defaultdict(float, usual)


def _with_edges(rows: Sequence[Row], steps: Sequence[_Step], page_width: float) -> Iterator[tuple[_Step, float, bool]]:
    """Yield the steps with the right edge of their column, and whether it holds prose.

    Only where the edge is certain: by the rows of their block, else by all rows that begin about there.
    """
    edge = _Edges(rows)
    margin = min((row.left for row in rows if row.level and row.text.strip()), default=0.0)
    columns: dict[tuple[int, float], list[_Step]] = defaultdict(list)
    for step in steps:
        columns[_sized(step.row), edge.right_of(step)].append(step)
    sure = {
        (size, right)
        for (size, right), some in columns.items()
        if _is_told(some, right) or _is_at_margin(some, right, margin, page_width)
    }
    told: float | None = None
    reached = -1
    for block in _blocks(steps):
        if not block[0].turns:
            last = max(one.right for step in block for one in (step.row, step.after))
            told = last if _is_told(block, last) else None
        elif reached != block[0].number:
            told = None
        right = told or edge.right_of(block[0])
        if told or (_sized(block[0].row), right) in sure:
            is_prose = _is_prose(block, right)
            yield from ((step, right, is_prose) for step in block)
        reached = block[-1].number + 1


class _Edges:
    """How far to the right the rows go that begin at about one place, in letters of about one size."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._far: dict[tuple[int, int], float] = defaultdict(float)
        for row in rows:
            if row.level and row.text.strip():
                key = (_sized(row), int(row.left // _GRID))
                self._far[key] = max(self._far[key], row.right)

    def right_of(self, step: _Step) -> float:
        """Return the right edge of all rows in the column of this step, as far as they show it."""
        row, left = step.row, step.row.left if step.turns else min(step.row.left, step.after.left)
        first, last = int((left - row.size) // _GRID), int((left + _BESIDE * row.size) // _GRID)
        size = _sized(row)
        return max(self._far.get((size, place), 0.0) for place in range(first, last + 1))


def _blocks(steps: Iterable[_Step]) -> Iterator[list[_Step]]:
    """Yield the steps that follow one another without a break."""
    for _, run in groupby(enumerate(steps), key=lambda one: (one[1].number - one[0], one[1].turns)):
        yield [step for _, step in run]


def _is_told(steps: Sequence[_Step], right: float) -> bool:
    """Tell whether the rows themselves show that they were cut at this edge: most fill it and many sentences go on."""
    within = [step for step in steps if not step.turns]
    full = [step for step in within if step.fills(right, _TIGHT)]
    if len(full) < 3 or len(full) * 3 < len(within) * 2:
        return False
    first = full[0].row
    wide = right - first.left >= _LEAST * first.size
    return wide and sum(step.goes_on for step in full) * 3 >= len(full) and not _all_small(within)


def _is_at_margin(steps: Sequence[_Step], right: float, margin: float, page_width: float) -> bool:
    """Tell whether this edge is as far from the page's as the rows begin on the left, and sentences go on there."""
    full = [step for step in steps if step.fills(right, _TIGHT)]
    going_on = [step for step in full if step.goes_on]
    is_near = page_width - right - margin <= _MARGIN * page_width
    return (is_near and len(full) > 1 and bool(going_on)) or any(
        step.fills(page_width - margin, _TIGHT) for step in going_on
    )


def _is_prose(block: Sequence[_Step], right: float) -> bool:
    """Tell whether the rows of a block that could have gone on end as sentences do; an item of a list is prose, too."""
    chosen = [step.row for step in block if not step.fills(right, _TIGHT)] + [block[-1].after]
    ended = sum(bool(_ENDS.search(row.text)) for row in chosen)
    return _is_fresh(block[0].row.text) or ended * 2 >= len(chosen)


def _all_small(steps: Iterable[_Step]) -> bool:
    return all(_begins_small(step.row.text) and step.is_small for step in steps)


def _is_hyphenated(step: _Step) -> bool:
    """Tell whether a hyphen at the end shows that the row goes on, wherever its column ends."""
    return step.is_small and bool(_BROKEN.search(step.row.text) or step.row.text.endswith(_SOFT_HYPHEN))


def _is_one_line(step: _Step, right: float, is_prose: bool) -> bool:
    """Tell whether a row goes on in the next, whose column ends at this edge.

    A capital letter may begin a line of its own: there, the row must be full, no sentence end, and prose all around.
    """
    if step.is_small:
        return not (_ENDS if step.turns else _STOPS).search(step.row.text) and step.fills(right, _LOOSE)
    above, below = step.row.text, step.after.text
    if step.turns or not is_prose or _ENDS.search(above) or _STAMPED.search(above) or _STAMPED.search(below):
        return False
    return step.fills(right, _TIGHT) and not speaker_names.looks_named(below)


def _before(text: str, after: str, words: Counter[str]) -> str:
    """Return a row as it stands before its next one: with a space, or with what a hyphen at its end was.

    A hyphen goes only where it was a soft one, or where the document has the word elsewhere without it.
    """
    if text.endswith(_SOFT_HYPHEN):
        return text[:-1]
    broken, rest = _BROKEN.search(text), _LETTERS.match(after)
    if broken and rest:
        first, last = broken[1].casefold(), rest[0].casefold()
        if last in _AND:
            return text + " "
        is_one_word = words[first + last] > 0 and not words[f"{first}-{last}"]
        return text[:-1] if is_one_word and after[0].islower() else text
    if re.search(r"\d[-\u2010]$", text) and after[0].isdigit():
        return text
    return text if _is_unspaced(text[-1]) and _is_unspaced(after[0]) else text + " "


def _is_fresh(text: str) -> bool:
    """Tell whether a row begins anew, whatever stands above it."""
    return bool(_SIGN.match(text) or (_LABEL.match(text) and not text[0].islower()))


def _begins_small(text: str) -> bool:
    return text.lstrip("\"'“„«([ ")[:1].islower()


def _is_unspaced(letter: str) -> bool:
    """Tell whether a letter is of a script that has no spaces between words: Chinese, Japanese."""
    return "\u3000" <= letter <= "\u9fff" or "\uff00" <= letter <= "\uffef" or letter >= "\U00020000"


def _is_reversed(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def _sized(row: Row) -> int:
    """Return the class of a row's letters: sizes that look alike."""
    return round(row.size)
