"""What the verbs are made of: each adapter, made when a verb first needs it, and what is heavy imported only then."""

import os
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from notesense.core.ports import Engine, Index, ModelRecords, Progress, Store
from notesense.errors import EngineError
from notesense.settings import Settings, load
from notesense.workflows.indexing import Librarian
from notesense.workflows.remembering import RememberingEmbedder

if TYPE_CHECKING:
    from notesense.adapters.embedding.minilm import MiniLM
    from notesense.adapters.local.engine import LocalEngine
    from notesense.core.trackers import Trackers

ENGINES = ("local",)


class Parts:
    """The adapters over one data folder. Close it, or use it as a context manager."""

    def __init__(
        self, home: str | Path | None = None, *, engine: str = "local", progress: Progress | None = None
    ) -> None:
        self.settings: Settings = load(os.environ, None if home is None else Path(home))
        self.progress = progress
        self._engine_name = engine

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the database."""
        for name in ("store", "records"):
            if opened := self.__dict__.pop(name, None):
                opened.close()

    @cached_property
    def store(self) -> Store:
        """The record of everything; opened, and brought to this version, on first use."""
        from notesense.adapters.sql.store import SqlStore

        return SqlStore(self.settings.database)

    @cached_property
    def records(self) -> ModelRecords:
        """What is kept of the work with language models, in the same file."""
        from notesense.adapters.sql.records import SqlRecords

        return SqlRecords(self.settings.database)

    @cached_property
    def _minilm(self) -> "MiniLM":
        """The encoder that sentence vectors and the local engine share."""
        from notesense.adapters.embedding.minilm import MiniLM

        return MiniLM(folder=self.settings.weights, cache=self.settings.cache)

    @cached_property
    def embedder(self) -> RememberingEmbedder:
        """Sentence vectors."""
        return RememberingEmbedder(self._minilm, self.progress)

    @cached_property
    def trackers(self) -> "Trackers":
        """The team's own kinds of signal; none without a file. Raises TrackerError for a file that cannot be used."""
        from notesense.adapters.trackers import load as load_trackers

        return load_trackers(self.settings.trackers)

    @cached_property
    def engine(self) -> Engine:
        """The engine chosen by name, with the team's trackers beside it. Raises EngineError for an unknown name."""
        from notesense.wiring.tracking import beside

        return beside(self.bare_engine, self.trackers, self.embedder, self.settings)

    @cached_property
    def bare_engine(self) -> Engine:
        """The engine chosen by name, for the nine kinds alone. Raises EngineError for a name that no engine has."""
        if self._engine_name not in ENGINES:
            raise EngineError(
                f'There is no engine called "{self._engine_name}".', f"Choose one of: {', '.join(ENGINES)}."
            )
        return self.local_engine(progress=self.progress)

    def local_engine(self, *, own: bool = True, progress: Progress | None = None) -> "LocalEngine":
        """Return a local engine, with the team's own heads where there are some, or as it ships (`own=False`)."""
        from notesense.adapters.local.engine import LocalEngine

        return LocalEngine(self._minilm, team=self.settings.heads if own else None, progress=progress)

    @cached_property
    def librarian(self) -> Librarian:
        """Keeps the search index in step with the store."""
        return Librarian(self.store, self.embedder, self._open_index)

    def _open_index(self) -> AbstractContextManager[Index]:
        from notesense.adapters.chroma import open_index

        return open_index(self.settings.index, self.embedder.fingerprint, self.settings.lock_seconds)
