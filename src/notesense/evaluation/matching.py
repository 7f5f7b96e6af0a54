"""Pairs predicted with labelled signals, by the last section of the annotation guide.

Within one note and one kind, two spans match when they share at least half of the characters of the shorter one and at
least a quarter of the longer one. Pairs are one to one, as many as possible. A prediction that is not the note's own
text stands nowhere and so matches nothing.
"""

from collections import deque
from collections.abc import Mapping, Sequence

from notesense.core.claims import Claim
from notesense.core.spans import same_span


def locate(
    text: str, kind: str, quote: str, start: int | None = None, attributes: Mapping[str, str] | None = None
) -> Claim:
    """Return the claim with its place: at `start` where that is given, else where the quote first occurs."""
    place = text.find(quote) if start is None else start
    stated = dict(attributes or {})
    if not quote or place < 0 or text[place : place + len(quote)] != quote:
        return Claim(kind=kind, quote=quote, attributes=stated)
    return Claim(kind=kind, quote=quote, start=place, end=place + len(quote), attributes=stated)


def matches(predicted: Claim, gold: Claim) -> bool:
    """Tell whether two claims of one note count as the same statement."""
    if predicted.kind != gold.kind or predicted.start is None or gold.start is None:
        return False
    assert predicted.end is not None
    assert gold.end is not None
    return same_span((predicted.start, predicted.end), (gold.start, gold.end))


def pair(predicted: Sequence[Claim], gold: Sequence[Claim]) -> tuple[tuple[int, int], ...]:
    """Return the most pairs (index of a prediction, index of a label) for one note, by place of the prediction."""
    return most_pairs([[j for j, label in enumerate(gold) if matches(claim, label)] for claim in predicted])


def most_pairs(friends: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    """Return the most pairs, one to one, of each place with one of its friends; dearer friends stand first."""
    holder: dict[int, int] = {}
    for index in range(len(friends)):
        _augment(index, friends, holder)
    return tuple(sorted((index, label) for label, index in holder.items()))


def _augment(root: int, friends: Sequence[Sequence[int]], holder: dict[int, int]) -> None:
    """Find room for one more prediction, moving others to their second choice where that helps."""
    came_from: dict[int, int] = {}
    queue = deque([root])
    while queue:
        index = queue.popleft()
        for label in friends[index]:
            if label in came_from:
                continue
            came_from[label] = index
            if label not in holder:
                _rearrange(root, label, came_from, holder)
                return
            queue.append(holder[label])


def _rearrange(root: int, label: int, came_from: Mapping[int, int], holder: dict[int, int]) -> None:
    """Give the free label to the prediction that reached it, and so on back to the root."""
    held = {index: owned for owned, index in holder.items()}
    while True:
        index = came_from[label]
        holder[label] = index
        if index == root:
            return
        label = held[index]
