"""The default embedder: all-MiniLM-L6-v2 on this machine's processor.

Making one costs nothing; the first text to embed loads NumPy, ONNX Runtime, the tokenizer and the weights.
"""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from notesense.adapters.embedding.weights import MODEL_SHA256, Weights, find_weights
from notesense.errors import EmbeddingError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from notesense.adapters.embedding.encoder import Encoder, Tensors, TokenEncoder


class MiniLM:
    """Texts to unit vectors by all-MiniLM-L6-v2: the first 256 tokens, mean pooling.

    `folder` holds other copies of the weights than those installed, `cache` remembers that they were verified
    (None: verify at each start), `threads` is how many threads compute (None: one for each core).
    """

    name = "all-MiniLM-L6-v2"
    dimension = 384
    fingerprint = f"all-MiniLM-L6-v2 mean 256 {MODEL_SHA256[:16]}"

    def __init__(self, *, folder: Path | None = None, cache: Path | None = None, threads: int | None = None) -> None:
        self._folder = folder
        self._cache = cache
        self._threads = threads
        self._loading = Lock()
        self._loaded: Encoder | None = None

    def embed(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> "NDArray[np.float32]":
        """Return one row for each text, in order; `progress` hears (done, total) as the work goes on.

        Raises EmbeddingError when there are no weights, or not the published ones.
        """
        if not texts:
            import numpy as np

            return np.empty((0, self.dimension), np.float32)
        return self._encoder.embed(texts, progress)

    def tuned(self, changes: "Tensors") -> "TokenEncoder":
        """Return a second model: the published weights with `changes` added, giving the states of all tokens.

        Raises EmbeddingError when there are no weights, or not the published ones.
        """
        from notesense.adapters.embedding.encoder import Model, TokenEncoder

        return TokenEncoder(Model(self._weights, changes), self._tokenizer, self._threads or _cores())

    def warm(self) -> None:
        """Begin to load the model beside other work. What goes wrong is told when the first text comes."""

        def load() -> None:
            with suppress(EmbeddingError):
                _ = self._encoder

        Thread(target=load).start()

    @property
    def _encoder(self) -> "Encoder":
        with self._loading:
            if self._loaded is None:
                from notesense.adapters.embedding.encoder import Encoder, Model

                self._loaded = Encoder(Model(self._weights), self._tokenizer, self._threads or _cores())
            return self._loaded

    @cached_property
    def _weights(self) -> Weights:
        return find_weights(self._folder, self._cache)

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from notesense.adapters.embedding.encoder import load_tokenizer

        return load_tokenizer(self._weights)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
