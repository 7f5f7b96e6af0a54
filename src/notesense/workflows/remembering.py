"""An embedder that remembers what it has just computed, so that engine and index pay once for the same words."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from notesense.core.ports import Embedder, Matrix, Progress

CHUNK = 256
"""Texts handed on at once; progress is told after each chunk."""
CAPACITY = 20_000
"""Vectors remembered: about 30 MB for 384 dimensions."""


class RememberingEmbedder:
    """Wraps an embedder. The least recently used vectors are forgotten first."""

    def __init__(self, embedder: Embedder, progress: Progress | None = None) -> None:
        self._embedder = embedder
        self._rows: OrderedDict[str, Any] = OrderedDict()
        self.progress = progress

    @property
    def name(self) -> str:
        """The wrapped model's name."""
        return self._embedder.name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._embedder.dimension

    @property
    def fingerprint(self) -> str:
        """The wrapped model's fingerprint."""
        return self._embedder.fingerprint

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return one row for each text, in order; only texts not met lately are computed."""
        import numpy as np

        new = [text for text in dict.fromkeys(texts) if text not in self._rows]
        fresh: dict[str, Any] = {}
        for at in range(0, len(new), CHUNK):
            chunk = new[at : at + CHUNK]
            vectors = self._embedder.embed(chunk)
            fresh.update((text, vectors[row]) for row, text in enumerate(chunk))
            if self.progress is not None and len(new) > CHUNK:
                self.progress(min(at + CHUNK, len(new)), len(new))
        rows = [fresh[text] if text in fresh else self._recall(text) for text in texts]
        self._remember(fresh)
        return np.asarray(rows, dtype=np.float32).reshape(len(texts), self.dimension)

    def _recall(self, text: str) -> Any:
        self._rows.move_to_end(text)
        return self._rows[text]

    def _remember(self, fresh: dict[str, Any]) -> None:
        self._rows.update(fresh)
        while len(self._rows) > CAPACITY:
            self._rows.popitem(last=False)
