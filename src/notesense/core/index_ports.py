"""The seam to the search index: vectors of passages, found by likeness, filled anew from the store at any time."""

import datetime
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeAlias

from notesense.core.note import Value
from notesense.core.ports import Matrix, SignalFilter


class IndexEntry(Value):
    """One passage as the index holds it. No text: only where it stands."""

    note_id: str
    ordinal: int
    account: str
    date: datetime.date
    channel: str


class Hit(Value):
    """A passage that the index found. `similarity` is the cosine, 1.0 for the same direction."""

    note_id: str
    ordinal: int
    similarity: float


class Index(Protocol):
    """Vectors of passages, found by likeness. Can always be thrown away and rebuilt from the store."""

    @property
    def generation(self) -> str:
        """Identifies this filling of the index; a rebuilt index has another."""
        ...

    def add(self, entries: Sequence[IndexEntry], vectors: Matrix) -> None:
        """Put passages in, or in the place of those with the same note and ordinal."""
        ...

    def remove(self, note_ids: Sequence[str]) -> None:
        """Take out all passages of these notes."""
        ...

    def query(self, vector: Matrix, limit: int, wanted: SignalFilter) -> tuple[Hit, ...]:
        """Return the passages nearest to `vector` (one row), best first, that fit account and days of `wanted`."""
        ...

    def vectors(self, account: str) -> tuple[tuple[tuple[str, int], ...], Matrix]:
        """Return where an account's passages stand, (note id, ordinal), and their vectors, a row for each."""
        ...

    def count(self) -> int:
        """Return how many passages the index holds."""
        ...

    def reset(self) -> None:
        """Throw all away and begin an empty generation."""
        ...


OpenIndex: TypeAlias = Callable[[], AbstractContextManager[Index]]
"""Opens the index under its cross-process lock; raises IndexUnusable when the lock is not to be had."""
