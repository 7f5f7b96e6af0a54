"""The workflows over fakes, for tests."""

import contextlib
import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from fakes import FakeEmbedder, FakeEngine, FakeIndex, FakeJudge, FakeLinks, FakeSources, FakeStore
from notesense.core.import_results import Imported, Skipped
from notesense.core.note import Note, Turn
from notesense.core.reading import Piece, Reading, Readings
from notesense.core.results import Added, Refused
from notesense.core.signal import Draft
from notesense.core.vocabulary import Origin
from notesense.errors import IndexUnusable
from notesense.workflows.adding import add
from notesense.workflows.allowance import Link
from notesense.workflows.importing import import_all, whole
from notesense.workflows.indexing import Librarian
from notesense.workflows.intake import Given
from notesense.workflows.linking import Linker
from notesense.workflows.shelves import Shelves

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
        self.links, self.judge = FakeLinks(self.store), FakeJudge()
        self.sources = FakeSources(self.store)
        self.locked = False

    @contextlib.contextmanager
    def open_index(self) -> Iterator[FakeIndex]:
        if self.locked:
            raise IndexUnusable("The index is in use.")
        yield self.index

    @property
    def librarian(self) -> Librarian:
        return Librarian(self.store, self.embedder, self.open_index)

    @property
    def shelves(self) -> Shelves:
        return Shelves(self.store, self.sources, self.librarian)

    @property
    def linker(self) -> Linker:
        return Linker(self.store, self.links, self.judge, self.librarian)

    def add(self, *texts: str | Reading, account: str | None = "Harlow", **given: Any) -> Added:
        readings = [t if isinstance(t, Reading) else Reading(where="here", text=t) for t in texts]
        chosen = Given(today=TODAY, account=account, **given)
        return add(Readings(notes=tuple(readings)), chosen, self.shelves, self.engine)

    def import_all(self, *readings: Reading, labels: bool = False, **given: Any) -> Any:
        engine = None if labels else self.engine
        chosen = Given(today=TODAY, **given)
        return import_all(whole(Readings(notes=readings)), chosen, self.shelves, engine)

    def keep(self, verb: str, readings: list[Reading], link: Link) -> Added | Imported:
        """`add` or `import`, with what is to link in the end."""
        found, given = Readings(notes=tuple(readings)), Given(today=TODAY)
        if verb == "add":
            return add(found, given, self.shelves, self.engine, link=link)
        return import_all(whole(found), given, self.shelves, self.engine, link=link)


class Shelf:
    """Files of an import; counts how often each was read."""

    def __init__(self, **files: Sequence[Reading | Refused | Skipped]) -> None:
        self.files = files
        self.read: list[str] = []

    def __iter__(self) -> Iterator[Piece]:
        number = len(self.files)
        for at, (name, found) in enumerate(self.files.items()):
            yield Piece(
                name, lambda name=name: self._open(name), f"mark {found}", name, at / number, (at + 1) / number, number
            )

    def _open(self, name: str) -> Readings:
        self.read.append(name)
        kinds: dict[type, list[Any]] = {Reading: [], Refused: [], Skipped: []}
        for one in self.files[name]:
            kinds[type(one)].append(one)
        return Readings(notes=tuple(kinds[Reading]), refused=tuple(kinds[Refused]), skipped=tuple(kinds[Skipped]))


def of_origins(*pieces: tuple[str, Origin], **told: Any) -> Reading:
    """A reading whose source told whose words each piece is made of."""
    turns, at = [], 0
    for piece, origin in pieces:
        turns.append(Turn(start=at, end=at + len(piece) + 1, origin=origin))
        at += len(piece) + 1
    return reading("".join(f"{piece}\n" for piece, _ in pieces), turns=tuple(turns), **told)


def reading(text: str, **told: Any) -> Reading:
    return Reading(where=told.pop("where", text), text=text, **told)
