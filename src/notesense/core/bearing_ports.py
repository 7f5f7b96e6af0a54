"""The seams behind what later words say about earlier statements: who weighs it, and where it is kept."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from notesense.core.bearing import Bearing, Likelihoods, Pair


class Judge(Protocol):
    """Weighs what later words say about an earlier statement."""

    @property
    def version(self) -> str:
        """Changes whenever the verdicts might."""
        ...

    def weigh(self, pairs: Sequence[Pair]) -> Sequence[Likelihoods]:
        """Return one verdict for each pair, in order. Raises EmbeddingError when there are no usable weights."""
        ...


class Links(Protocol):
    """What was found out about later words on earlier statements. Can always be made again from the store."""

    def links(self, account: str) -> tuple[Bearing, ...]:
        """Return all bearings between an account's notes."""
        ...

    def linked(self, account: str) -> Mapping[str, str]:
        """Return the mark with which each note of an account was linked, by note id; others were not yet."""
        ...

    def link(self, marks: Mapping[str, str], found: Sequence[Bearing]) -> None:
        """Keep these notes' marks and bearings in one transaction; all older bearings of these notes go.

        A bearing belongs to both of its notes: to that of the statement and to that of the later words. A note that
        has this mark already (another process was quicker) stays as it is; one that is gone is passed over.
        """
        ...

    def unlink(self) -> None:
        """Throw all marks and bearings of all accounts away."""
        ...

    def close(self) -> None:
        """Release the database."""
        ...
