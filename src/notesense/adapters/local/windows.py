"""Lays a note out for the encoder: windows of at most 256 tokens, each clause read where it has most context around it.

A line break becomes a separator token, because the tokenizer would drop it. Windows of a long note overlap; a clause
belongs to the one window in which it lies farthest from the cut ends.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from notesense.core.passage import Passage

LENGTH = 256
"""Tokens of a window, the two that begin and end it included."""
OVERLAP = 96
"""Tokens that neighbouring windows share at least."""

Integers = NDArray[np.int64]


class Tokens(Protocol):
    """A text's tokens: ids, and where each begins and ends in the text."""

    @property
    def ids(self) -> Integers:
        """Numbers of the tokens in the vocabulary."""
        ...

    @property
    def starts(self) -> Integers:
        """Places of their first characters."""
        ...

    @property
    def ends(self) -> Integers:
        """Places behind their last characters."""
        ...


class Stretch(NamedTuple):
    """The tokens of one passage within a window: `first` up to `end`; `ordinal` counts passages in the note."""

    ordinal: int
    first: int
    end: int


class Window(NamedTuple):
    """What the encoder reads at once. `starts` and `ends` are places in the note; 0 for tokens that stand nowhere."""

    ids: Integers
    starts: Integers
    ends: Integers
    stretches: tuple[Stretch, ...]


def windows(text: str, passages: Sequence[Passage], tokens: Tokens, first: int, last: int) -> Iterator[Window]:
    """Yield the windows of a note in order; every passage that has a token is in exactly one of them."""
    ids, starts, ends = _with_breaks(text, tokens, last)
    stretches = list(_stretches(passages, starts, ends))
    bounds = list(_bounds(len(ids)))
    owned: list[list[Stretch]] = [[] for _ in bounds]
    for stretch in stretches:
        owned[_best(stretch, bounds, len(ids))].append(stretch)
    for (begin, end), mine in zip(bounds, owned, strict=True):
        if mine:
            yield Window(
                ids=np.concatenate([[first], ids[begin:end], [last]]),
                starts=np.concatenate([[0], starts[begin:end], [0]]),
                ends=np.concatenate([[0], ends[begin:end], [0]]),
                stretches=tuple(Stretch(s.ordinal, s.first - begin + 1, min(s.end, end) - begin + 1) for s in mine),
            )


def _with_breaks(text: str, tokens: Tokens, separator: int) -> tuple[Integers, Integers, Integers]:
    """Return ids and places with a separator wherever a line ends between two tokens."""
    breaks = [match.start() for match in re.finditer("\n", text)]
    lines = np.searchsorted(np.array(breaks, np.int64), tokens.starts)
    after = np.flatnonzero(np.diff(lines)) + 1
    return (
        np.insert(tokens.ids, after, separator),
        np.insert(tokens.starts, after, 0),
        np.insert(tokens.ends, after, 0),
    )


def _stretches(passages: Sequence[Passage], starts: Integers, ends: Integers) -> Iterator[Stretch]:
    """Yield for each passage the run of tokens that begin in it."""
    real = np.flatnonzero(ends > 0)
    places = starts[real]
    for passage in passages:
        low, high = np.searchsorted(places, [passage.start, passage.end])
        if low < high:
            yield Stretch(passage.ordinal, int(real[low]), int(real[high - 1]) + 1)


def _bounds(count: int) -> Iterator[tuple[int, int]]:
    """Yield begin and end of each window over `count` tokens, evenly spread."""
    room = LENGTH - 2
    if count <= room:
        yield 0, count
        return
    number = -(-(count - OVERLAP) // (room - OVERLAP))
    step = (count - room) / (number - 1)
    for index in range(number):
        begin = round(index * step)
        yield begin, begin + room


def _best(stretch: Stretch, bounds: Sequence[tuple[int, int]], count: int) -> int:
    """Return the window in which a passage has most room on its poorer side; a note's own ends count as room."""
    step = bounds[-1][0] / (len(bounds) - 1) if len(bounds) > 1 else 1.0
    lowest = max(int((stretch.first - LENGTH) / step), 0)
    highest = min(int(stretch.first / step) + 1, len(bounds) - 1)
    best, most = 0, -1
    for index in range(lowest, highest + 1):
        begin, end = bounds[index]
        if not begin <= stretch.first < end:
            continue
        before = stretch.first - begin if begin else LENGTH
        behind = max(end - stretch.end, 0) if end < count else LENGTH
        if min(before, behind) > most:
            best, most = index, min(before, behind)
    return best
