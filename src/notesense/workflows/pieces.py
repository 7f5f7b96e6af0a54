"""The files of an import, one after the other: which need no reading, which notes came of each, what was passed over.

A file is remembered once all of its notes are settled; it is read again only where it or its place has changed, or
where it tells of more than notes. A note of which nothing tells yet whose it is can be put off, to be drawn again once
the others have taught what they can.
"""

import datetime
import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from notesense.core.carried import Carried
from notesense.core.import_results import Changed, Skipped
from notesense.core.note import Value
from notesense.core.reading import Piece, Reading, Readings
from notesense.core.results import Kept, Refused
from notesense.core.source_ports import ReadFile, Sources
from notesense.workflows.intake import Given

TOGETHER = 100
"""Files that are remembered in one transaction."""
MOST_HELD = 64_000_000
"""Characters of notes that are put off at most; they wait in memory."""


class Underway(Value):
    """How far an import is: files and notes done, files known of so far, and the share of all the work, from 0 to 1."""

    files: int
    of_files: int
    notes: int
    share: float


@dataclass(frozen=True)
class Terms:
    """What else decides what an import makes of a file: `since` leaves older notes out.

    `reader` is what reads the files, by its version; files that another one read are read again.
    """

    since: datetime.date | None = None
    labels: bool = False
    reader: str = ""

    def mark(self, piece: Piece, given: Given) -> str:
        """Return what a file is known again by under these terms; empty where it is not to be."""
        if not piece.mark:
            return ""
        told = (self.since, self.labels, self.reader, given.account, given.date, given.channel)
        return hashlib.sha256("\0".join([piece.mark, *map(str, told)]).encode()).hexdigest()

    def leaves_out(self, reading: Reading, given: Given) -> Skipped | None:
        """Return why a note is left out, or None where it is wanted; a note without a day always is."""
        day = given.date or reading.date
        if self.since is None or day is None or day >= self.since:
            return None
        return Skipped(where=reading.where, why="before", reason=f"is of {day}, before {self.since}")


@dataclass
class _File:
    piece: Piece
    mark: str
    number: int
    notes: int
    settled: int = 0
    ids: list[str] = field(default_factory=list)


@dataclass
class Files:
    """The files of one import as their notes are drawn from it. Whoever draws them tells what became of each."""

    pieces: Iterable[Piece]
    given: Given
    terms: Terms
    sources: Sources
    files: int = 0
    unchanged: int = 0
    known: int = 0
    """Notes of the unchanged files."""
    settled: int = 0
    refused: list[Refused] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    progress: Callable[[Underway], None] | None = None
    _due: deque[tuple[_File, Reading]] = field(default_factory=deque)
    """The notes that were drawn and are not settled yet, in order."""
    _later: deque[tuple[_File, Reading]] = field(default_factory=deque)
    _held: int = 0
    _all_drawn: bool = False
    _last: Piece | None = None
    _done: list[ReadFile] = field(default_factory=list)

    def readings(self) -> Iterator[Reading]:
        """Yield the notes of all files that need reading, one file read at a time."""
        for piece in self.pieces:
            self.files += 1
            self._last = piece
            mark = self.terms.mark(piece, self.given)
            there = self.sources.recall(mark) if mark else None
            if there is not None:
                self.unchanged += 1
                self.known += there
                self._tell()
                continue
            wanted = self._wanted(piece.read())
            if wanted.refused or wanted.carried != Carried():
                mark = ""
            if not wanted.notes:
                self._tell()
                continue
            file = _File(piece, mark, self.files, len(wanted.notes))
            for reading in wanted.notes:
                self._due.append((file, reading))
                yield reading

    def _wanted(self, found: Readings) -> Readings:
        left_out = [self.terms.leaves_out(one, self.given) for one in found.notes]
        self.refused += found.refused
        self.skipped += found.skipped
        self.skipped += [one for one in left_out if one is not None]
        notes = tuple(one for one, out in zip(found.notes, left_out, strict=True) if out is None)
        return found.model_copy(update={"notes": notes})

    def put_off(self) -> bool:
        """Let the next note that was drawn wait to be drawn again; False, and nothing is done, where it cannot."""
        file, reading = self._due[0]
        if self._all_drawn or self._held + len(reading.text) > MOST_HELD:
            return False
        self._due.popleft()
        self._later.append((file, reading))
        self._held += len(reading.text)
        return True

    def again(self) -> Iterator[Reading]:
        """Yield the notes that wait, in order; from now on none is put off."""
        self._all_drawn = True
        while self._later:
            self._due.append(self._later.popleft())
            yield self._due[-1][1]

    def settle(self, outcome: Kept | Refused) -> None:
        """Take in what became of the next note that was drawn, in their order."""
        file, _ = self._due.popleft()
        file.settled += 1
        self.settled += 1
        if isinstance(outcome, Refused):
            file.mark = ""
        else:
            file.ids.append(outcome.note.id)
        if file.settled == file.notes:
            self._compare(file)
            if file.mark:
                self._done.append(ReadFile(mark=file.mark, place=file.piece.place, note_ids=tuple(file.ids)))
        self._tell()
        if len(self._done) >= TOGETHER:
            self.remember()

    def _compare(self, file: _File) -> None:
        """Tell which notes came of the file before it was changed, and do not come of it now."""
        before = self.sources.came_of(file.piece.place) if file.piece.place else ()
        gone = tuple(note_id for note_id in before if note_id not in file.ids)
        if gone:
            self.changed.append(Changed(where=file.piece.where, note_ids=gone))

    def remember(self) -> None:
        """Keep which files are done."""
        self.sources.remember(self._done)
        self._done = []

    def _tell(self) -> None:
        """Tell how far the first note is that is drawn and not settled, less the share of those that were put off."""
        if self.progress is None or self._last is None:
            return
        piece, within, files, waiting = self._last, 1.0, self.files, len(self._later)
        if self._all_drawn:
            waiting += len(self._due)
        elif self._due:
            file = self._due[0][0]
            piece, within, files = file.piece, file.settled / file.notes, file.number - 1
        notes = self.settled + self.known
        share = piece.before + (piece.reached - piece.before) * within
        share *= (notes + 1) / (notes + 1 + waiting)
        self.progress(Underway(files=files, of_files=piece.files, notes=notes, share=share))
