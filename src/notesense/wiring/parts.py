"""What the verbs are made of: each adapter, made when a verb first needs it, and what is heavy imported only then."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Self

from notesense.core.bearing_ports import Judge, Links
from notesense.core.index_ports import Index
from notesense.core.person_ports import Persons
from notesense.core.ports import Engine, ModelRecords, Progress, Store
from notesense.core.register_ports import Register
from notesense.core.source_ports import Sources
from notesense.errors import EngineError, InputError
from notesense.settings import Settings, load
from notesense.wiring.modelling import Modelling
from notesense.wiring.privacy import Privacy
from notesense.wiring.wishes import USUAL, ModelWishes
from notesense.workflows.indexing import Librarian
from notesense.workflows.languages import TrainedOnEnglish
from notesense.workflows.remembering import RememberingEmbedder
from notesense.workflows.shelves import Shelves
from notesense.workflows.watching import Watched
from notesense.workflows.whose import Ask

if TYPE_CHECKING:
    from notesense.adapters.embedding.minilm import MiniLM
    from notesense.adapters.languages import Languages
    from notesense.adapters.local.engine import LocalEngine
    from notesense.core.trackers import Trackers
    from notesense.workflows.linking import Linker

ENGINES = ("local", "llm", "hybrid")
ASKING = frozenset({"llm", "hybrid"})
"""The engines that ask a language model."""


class Parts:
    """The adapters over one data folder. Close it, or use it as a context manager."""

    def __init__(
        self,
        home: str | Path | None = None,
        *,
        engine: str | None = None,
        wishes: ModelWishes = USUAL,
        progress: Progress | None = None,
    ) -> None:
        self.settings: Settings = load(os.environ, None if home is None else Path(home))
        self.progress = progress
        self.wishes = wishes
        self.privacy = Privacy(wishes.redact or self.settings.redact, lambda: self.store, lambda: self.records)
        self.modelling = Modelling(self.settings, wishes, lambda: self.records, self.privacy)
        self.engine_name = engine or self.settings.engine
        self.ask_whose: Ask | None = None
        """Asked whose a note is where that is not plain; None where nobody is there to answer."""
        self.warn: Callable[[str], None] = lambda message: None
        """Hears what went less well than it should, where an answer is given all the same."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the database, and what a model was asked over."""
        self.modelling.close()
        for name in ("store", "records", "links", "persons", "register", "sources", "_scratch"):
            if opened := self.__dict__.pop(name, None):
                opened.cleanup() if name == "_scratch" else opened.close()

    @cached_property
    def store(self) -> Store:
        """The record of everything; opened, and brought to this version, on first use."""
        from notesense.adapters.sql.store import SqlStore

        return SqlStore(self.database)

    @cached_property
    def records(self) -> ModelRecords:
        """What is kept of the work with language models, in the same file."""
        from notesense.adapters.sql.records import SqlRecords

        return SqlRecords(self.database)

    @cached_property
    def links(self) -> Links:
        """What later words were found to say about earlier statements, in the same file."""
        from notesense.adapters.sql.links import SqlLinks

        return SqlLinks(self.database)

    @cached_property
    def persons(self) -> Persons:
        """The rep's word on people, in the same file."""
        from notesense.adapters.sql.persons import SqlPersons

        return SqlPersons(self.database)

    @cached_property
    def register(self) -> Register:
        """The rep's word on accounts as such, in the same file."""
        from notesense.adapters.sql.register import SqlRegister

        return SqlRegister(self.database)

    @cached_property
    def sources(self) -> Sources:
        """What is remembered of sources, in the same file."""
        from notesense.adapters.sql.sources import SqlSources

        return SqlSources(self.database)

    @property
    def shelves(self) -> Shelves:
        """Where notes are kept, together."""
        return Shelves(self.store, self.sources, self.librarian)

    @property
    def database(self) -> Path:
        """The file of store and records: one that is thrown away where a dry run finds none."""
        if self.wishes.dry_run and not self.settings.database.exists():
            return Path(self._scratch.name) / self.settings.database.name
        return self.settings.database

    @cached_property
    def _scratch(self) -> TemporaryDirectory[str]:
        return TemporaryDirectory(prefix="notesense-")

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
        """The engine chosen by name, which finds the team's trackers too. Raises EngineError for an unknown name.

        Where it asks a model, restricted notes are read by the local one.
        """
        engine = self.engine_with(self.trackers)
        if self.engine_name in ASKING:
            return self.privacy.split(engine, self._local_beside)
        return TrainedOnEnglish(engine, self.languages.tell)

    def _local_beside(self) -> Engine:
        from notesense.wiring.tracking import beside

        local = beside(self.local_engine(), self.trackers, self.embedder, self.settings)
        return TrainedOnEnglish(local, self.languages.tell)

    @cached_property
    def languages(self) -> "Languages":
        """Tells the language of a text."""
        from notesense.adapters.languages import Languages

        return Languages()

    @property
    def _watched_engine(self) -> Engine:
        """The engine; one that asks a model tells progress as each note is read."""
        if self.engine_name not in ASKING or self.progress is None:
            return self.engine
        return Watched(self.engine, self.progress)

    def engine_with(self, trackers: "Trackers") -> Engine:
        """Return the engine chosen by name, for the nine kinds and these trackers.

        A model is asked for the trackers too; beside every other engine they are found on this machine. Raises as
        `bare_engine` does.
        """
        if self.engine_name == "llm":
            from notesense.adapters.llm.engine import LlmEngine

            return LlmEngine(self.modelling.model, trackers=trackers, verify=self.wishes.verify)
        from notesense.wiring.tracking import beside

        return beside(self.bare_engine, trackers, self.embedder, self.settings)

    @cached_property
    def bare_engine(self) -> Engine:
        """The engine chosen by name, for the nine kinds alone.

        Raises EngineError for a name that no engine has, InputError for wishes that it cannot fulfil, ModelError where
        no model can be asked.
        """
        self.check_wishes()
        if self.engine_name not in ENGINES:
            raise EngineError(
                f'There is no engine called "{self.engine_name}".', f"Choose one of: {', '.join(ENGINES)}."
            )
        local = self.local_engine(progress=self.progress)
        if self.engine_name != "hybrid":
            return local
        from notesense.adapters.llm.hybrid import hybrid

        return hybrid(self.modelling.model, local, self.languages.tell, verify=self.wishes.verify)

    @property
    def asks(self) -> bool:
        """Whether the engine asks a language model."""
        return self.engine_name in ASKING

    def check_wishes(self) -> None:
        """Raise InputError where something is wished of a model, and the engine asks none."""
        if self.wishes.given and self.engine_name not in ASKING:
            raise InputError(
                f"{', '.join(self.wishes.given)}: the engine {self.engine_name} asks no model.",
                "Add --engine llm or --engine hybrid.",
            )

    def local_engine(self, *, own: bool = True, progress: Progress | None = None) -> "LocalEngine":
        """Return a local engine, with the team's own heads where there are some, or as it ships (`own=False`)."""
        from notesense.adapters.local.engine import LocalEngine

        return LocalEngine(self._minilm, team=self.settings.heads if own else None, progress=progress)

    @cached_property
    def librarian(self) -> Librarian:
        """Keeps the search index in step with the store."""
        return Librarian(self.store, self.embedder, self._open_index)

    @cached_property
    def judge(self) -> Judge:
        """Weighs what later words say."""
        from notesense.adapters.local.judge_on_demand import JudgeOnDemand

        return JudgeOnDemand(self._minilm)

    @cached_property
    def linker(self) -> "Linker":
        """Keeps in step with the store what later words say about earlier statements."""
        from notesense.workflows.linking import Linker

        return Linker(self.store, self.links, self.judge, self.librarian, self.progress)

    def _open_index(self) -> AbstractContextManager[Index]:
        from notesense.adapters.chroma import open_index

        return open_index(self.settings.index, self.embedder.fingerprint, self.settings.lock_seconds)
