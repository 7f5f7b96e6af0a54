"""Running heads and page numbers: lines that return at the same place of most pages, or count the pages.

Nobody says them in the midst of a page's words: they are taken out and told once.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

from notesense.readers.pdf_rows import Row

_DEEPEST = 4
"""Lines of a running head or foot at most."""
_LEVEL = 2.0
"""Points by which lines at the same place may differ in height."""
_APART = 1.6
"""Line heights that part a running head from the words of the page."""
_NUMBER = re.compile(r"(?<![\d:.,])\d{1,4}(?![\d:]|[.,]\d)")
_COUNT = re.compile(r"\W*(?:(?:[^\W\d]+\W+)?(\d{1,4})\W+(?:[^\W\d]+\W+)?(\d{1,4})|(\d{1,4}))\W*")
"""A page's number without other words: "Page 2 of 12", "- 2 / 12 -", "2"."""
_COUNTED = re.compile(r"(?<![\d/.:])(\d{1,4})\D{1,6}(\d{1,4})\W*$")
"""A page's number and how many there are: "1/3", "page 1 of 3"."""


class _Band(NamedTuple):
    """What stands at one height of a page: its rows by their index, its words, and whether it stands apart."""

    page: int
    rows: tuple[int, ...]
    text: str
    base: float
    size: float
    is_apart: bool


def parted(pages: Sequence[Sequence[Row]]) -> tuple[list[list[Row]], list[str]]:
    """Return the pages without what returns on most of them, and that once: the first of each in its own words.

    Numbers of pages without other words are told nowhere.
    """
    taken: dict[int, set[int]] = defaultdict(set)
    told: dict[str, str] = {}
    for edge in (1, -1):
        for band in _running(pages, edge):
            taken[band.page].update(band.rows)
            told.setdefault(_NUMBER.sub("#", band.text), band.text)
    if len(pages) == 1:
        for band in _beside_a_count(pages[0]):
            taken[0].update(band.rows)
            told.setdefault(band.text, band.text)
    kept = [[row for number, row in enumerate(rows) if number not in taken[page]] for page, rows in enumerate(pages)]
    return kept, [text for text in told.values() if any(map(str.isalpha, text)) and not _COUNT.fullmatch(text)]


def _running(pages: Sequence[Sequence[Row]], edge: int) -> list[_Band]:
    """Return what runs along the upper edge of the pages (1) or along the lower one (-1), the outermost first.

    Several lines of one wording run there where the innermost of them stands apart or counts the pages.
    """
    passed: dict[int, set[int]] = defaultdict(set)
    found: list[_Band] = []
    sure = 0
    for _ in range(_DEEPEST):
        outer = [band for page, rows in enumerate(pages) if (band := _outermost(page, rows, passed[page], edge))]
        numbered = _numbered(outer, pages)
        some, is_sure = (numbered, True) if numbered else _returning(outer, pages)
        for band in some:
            passed[band.page].update(band.rows)
        found += some
        sure = len(found) if is_sure else sure
        if not some:
            break
    return found[:sure]


def _outermost(page: int, rows: Sequence[Row], taken: set[int], edge: int) -> _Band | None:
    """Return the highest (edge 1) or lowest (-1) band of a page; None where no words would be left without it."""
    left = [(number, row) for number, row in enumerate(rows) if number not in taken and row.level and row.text.strip()]
    if not left:
        return None
    base = max((row.base for _, row in left), key=lambda one: one * edge)
    band = [(number, row) for number, row in left if abs(row.base - base) <= _LEVEL]
    within = [row.base for _, row in left if abs(row.base - base) > _LEVEL]
    if not within:
        return None
    near = max(within, key=lambda one: one * edge)
    size = max(row.size for _, row in band)
    text = "\t".join(row.text.strip() for _, row in sorted(band, key=lambda one: one[1].left))
    return _Band(page, tuple(number for number, _ in band), text, base, size, abs(near - base) > _APART * size)


def _numbered(outer: Sequence[_Band], pages: Sequence[Sequence[Row]]) -> list[_Band]:
    """Return the bands that are a page's number: with the number of all pages, else where each page has its own."""
    counts = [(band, found) for band in outer if (found := _COUNT.fullmatch(band.text))]
    whole = [
        band for band, found in counts if found[1] and (int(found[1]), int(found[2])) == (band.page + 1, len(pages))
    ]
    alone = [band for band, found in counts if found[3] and int(found[3]) == band.page + 1]
    if len(pages) < 2:
        return []
    return whole or (alone if len(alone) == len(list(filter(None, pages))) else [])


def _returning(outer: Sequence[_Band], pages: Sequence[Sequence[Row]]) -> tuple[list[_Band], bool]:
    """Return the bands at one place of most pages that are of one wording or count the pages, and whether they run.

    Those of the very same words run where they stand apart and stand nowhere else.
    """
    filled = len(list(filter(None, pages)))
    for same in _of_one(outer, lambda band: (_NUMBER.sub("#", band.text), round(band.base / _LEVEL / 2))):
        if _is_most(len(same), filled):
            if len({band.text for band in same}) > 1 and _steady(same) == len(same):
                return same, True
            if len({band.text for band in same}) == 1 and _is_only_there(same, pages):
                return same, _is_most(sum(band.is_apart for band in same), len(same))
    for same in _of_one([band for band in outer if band.is_apart], lambda band: round(band.base / _LEVEL / 2)):
        if len(same) >= 3 and _is_most(len(same), filled) and _is_most(_steady(same), len(same)):
            return same, True
    return [], False


def _is_only_there(same: Sequence[_Band], pages: Sequence[Sequence[Row]]) -> bool:
    first = pages[same[0].page][same[0].rows[0]].text.strip()
    return sum(row.text.strip() == first for page in pages for row in page) == len(same)


def _of_one(bands: Iterable[_Band], key: Callable[[_Band], Hashable]) -> list[list[_Band]]:
    groups: dict[Hashable, list[_Band]] = defaultdict(list)
    for band in bands:
        groups[key(band)].append(band)
    return list(groups.values())


def _is_most(some: int, of: int) -> bool:
    return some >= 2 and some * 5 >= of * 3


def _steady(bands: Sequence[_Band]) -> int:
    """Return in how many bands a number is the same distance from the page's."""
    distances = Counter(
        distance for band in bands for distance in {int(number) - band.page for number in _NUMBER.findall(band.text)}
    )
    return max(distances.values(), default=0)


def _beside_a_count(rows: Sequence[Row]) -> list[_Band]:
    """Return what a browser or printer put around the only page: "1/1" at an edge, and what is as small there."""
    if not rows:
        return []
    edges = [band for edge in (1, -1) if (band := _outermost(0, rows, set(), edge)) and band.is_apart]
    counts = [band for band in edges if (found := _COUNTED.search(band.text)) and found.groups() == ("1", "1")]
    sizes = Counter[float]()
    for number, row in enumerate(rows):
        sizes[row.size] += 0 if any(number in band.rows for band in edges) else len(row.text)
    body = sizes.most_common(1)[0][0]
    return [
        band
        for band in edges
        if band in counts or any(band.size == one.size and abs(one.size - body) > 0.5 for one in counts)
    ]
