"""The workflows over fakes, for tests."""

import contextlib
import datetime
from collections.abc import Iterator
from typing import Any

from fakes import FakeEmbedder, FakeEngine, FakeIndex, FakeStore
from notesense.core.note import Note
from notesense.core.reading import Reading, Readings
from notesense.core.results import Added
from notesense.core.signal import Draft
from notesense.errors import IndexUnusable
from notesense.workflows.adding import add
from notesense.workflows.importing import import_all
from notesense.workflows.indexing import Librarian
from notesense.workflows.intake import Given

TODAY = datetime.date(2026, 3, 5)


def leaks(note: Note) -> list[Draft]:
    """Claims whatever stands before ` leak` as a pain point, and one thing that nobody said."""
    said = [Draft(kind="pain_point", quote=line, passage=None) for line in note.text.splitlines() if "leak" in line]
    return [*said, Draft(kind="praise", quote="we love you", passage=None)]


class Desk:
    """The workflows over fakes."""

    def __init__(self) -> None:
        self.store, self.index, self.engine = FakeStore(), FakeIndex(), FakeEngine(leaks)
        self.embedder = FakeEmbedder()
        self.locked = False

    @contextlib.contextmanager
    def open_index(self) -> Iterator[FakeIndex]:
        if self.locked:
            raise IndexUnusable("The index is in use.")
        yield self.index

    @property
    def librarian(self) -> Librarian:
        return Librarian(self.store, self.embedder, self.open_index)

    def add(self, *texts: str | Reading, account: str | None = "Harlow", **given: Any) -> Added:
        readings = [t if isinstance(t, Reading) else Reading(where="here", text=t) for t in texts]
        chosen = Given(today=TODAY, account=account, **given)
        return add(Readings(notes=tuple(readings)), chosen, self.store, self.engine, self.librarian)

    def import_all(self, *readings: Reading, labels: bool = False, **given: Any) -> Any:
        engine = None if labels else self.engine
        chosen = Given(today=TODAY, **given)
        return import_all(Readings(notes=readings), chosen, self.store, engine, self.librarian)


def reading(text: str, **told: Any) -> Reading:
    return Reading(where=told.pop("where", text), text=text, **told)
