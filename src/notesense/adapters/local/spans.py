"""From passages with probabilities to spans: neighbours of one kind in one breath become one statement."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from notesense.core.passage import Passage

LOW = 0.5
"""A neighbour joins a statement from this share of the threshold on."""
_MOST = 3
_LONGEST = 300


class Run(NamedTuple):
    """Passages `first` to `last` (inclusive, counted within the note) that make one statement, and the best of them."""

    first: int
    last: int
    best: int
    score: float


def runs(passages: Sequence[Passage], scores: NDArray[np.float32], threshold: float) -> list[Run]:
    """Return the statements of one kind in a note, in order."""
    found = []
    index = 0
    while index < len(passages):
        if scores[index] < threshold:
            index += 1
            continue
        last = index
        while last + 1 < len(passages) and _joins(passages, index, last + 1, float(scores[last + 1]), threshold):
            last += 1
        best = index + int(np.argmax(scores[index : last + 1]))
        found.append(Run(index, last, best, float(scores[best])))
        index = last + 1
    return found


def _joins(passages: Sequence[Passage], first: int, after: int, score: float, threshold: float) -> bool:
    """Tell whether the passage `after` goes on with the statement that began at `first`."""
    begin, end = passages[first], passages[after]
    return (
        score >= LOW * threshold
        and (begin.turn, begin.line, begin.quoted) == (end.turn, end.line, end.quoted)
        and after - first < _MOST
        and end.end - begin.start <= _LONGEST
    )


def repeats(passages: Sequence[Passage]) -> NDArray[np.bool_]:
    """Mark the passages that only repeat another one: quoted history first of all, else the later of two."""
    told: dict[str, int] = {}
    repeated = np.zeros(len(passages), dtype=np.bool_)
    for index, passage in sorted(enumerate(passages), key=lambda item: (item[1].quoted, item[0])):
        folded = " ".join(passage.text.casefold().split()).strip(".!? ")
        if len(folded) > 12 and folded in told:
            repeated[index] = True
        else:
            told[folded] = index
    return repeated
