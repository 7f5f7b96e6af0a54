"""What scoring one history leaves: counts for each figure, and each place where briefing and facts differ."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, TypeVar

from notesense.core.account_scores import Miss, Quoted
from notesense.evaluation.accounts.facts import Facts
from notesense.evaluation.accounts.told import Told
from notesense.evaluation.matching import most_pairs

T = TypeVar("T")
S = TypeVar("S")


class Worded(Protocol):
    """Words of a note, as facts and briefings quote them."""

    @property
    def note_id(self) -> str:
        """The note."""
        ...

    @property
    def quote(self) -> str:
        """An exact run of it."""
        ...


class Texts:
    """The texts of a history's notes: where words stand in them, and which words are the same."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def places(self, words: Worded) -> list[tuple[int, int]]:
        """Return where words stand: at their own start where that is told, else wherever the note has them."""
        start, size = getattr(words, "start", None), len(words.quote)
        if start is not None:
            return [(start, start + size)]
        text, found = self._texts.get(words.note_id, ""), []
        at = text.find(words.quote)
        while at >= 0:
            found.append((at, at + size))
            at = text.find(words.quote, at + 1)
        return found

    def shared(self, one: Worded, other: Worded) -> float:
        """Return which share of the shorter words both have in common, 0 to 1."""
        if one.note_id != other.note_id:
            return 0.0
        return max((_shared(a, b) for a in self.places(one) for b in self.places(other)), default=0.0)

    def same(self, one: Worded, other: Worded) -> bool:
        """Tell whether two quotes overlap: they share at least half of the shorter one."""
        return self.shared(one, other) >= 0.5

    def any_same(self, some: Iterable[Worded], others: Sequence[Worded]) -> bool:
        """Tell whether any of the ones overlaps any of the others."""
        return any(self.same(one, other) for one in some for other in others)

    def pairs(self, told: Sequence[Worded], gold: Sequence[Worded]) -> dict[int, int]:
        """Return the most pairs of overlapping quotes, one to one: place among the facts by place among the told."""
        friends = []
        for one in told:
            near = {at: self.shared(one, other) for at, other in enumerate(gold)}
            friends.append(sorted((at for at, share in near.items() if share >= 0.5), key=lambda at: -near[at]))
        return dict(most_pairs(friends))


def _shared(one: tuple[int, int], other: tuple[int, int]) -> float:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, common) / min(one[1] - one[0], other[1] - other[0])


class Case(NamedTuple):
    """One history to score: the facts, what the briefing tells, and the notes' texts."""

    facts: Facts
    told: Told
    texts: Texts


class Count(NamedTuple):
    """So many of so many."""

    right: int = 0
    total: int = 0

    def plus(self, other: "Count") -> "Count":
        """Return both together."""
        return Count(self.right + other.right, self.total + other.total)

    @property
    def share(self) -> float | None:
        """The share of the right ones; None of nothing."""
        return self.right / self.total if self.total else None


@dataclass
class Marks:
    """Counts by figure, and misses in the order in which they were found."""

    counts: dict[str, Count] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def add(self, name: str, right: int, total: int) -> None:
        """Count so many of so many for a figure."""
        self.counts[name] = self.counts.get(name, Count()).plus(Count(right, total))

    def found(self, part: str, matched: int, told: int, gold: int) -> None:
        """Count precision, recall and F1 of a part."""
        self.add(f"{part}.precision", matched, told)
        self.add(f"{part}.recall", matched, gold)
        self.add(f"{part}.f1", 2 * matched, told + gold)

    def miss(self, part: str, gold: str | None, told: str | None, *words: Worded) -> None:
        """Note one difference."""
        quoted = tuple(Quoted(note_id=one.note_id, quote=one.quote) for one in words)
        self.misses.append(Miss(part=part, gold=gold, told=told, words=quoted))
