"""What an import would do, file by file, without an engine and without writing anything."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from notesense.core.import_results import ImportPlan, PlannedFile, PlannedNote, Skipped
from notesense.core.note import Note
from notesense.core.reading import Piece, Reading
from notesense.core.results import Kept, Refused, Unsettled
from notesense.workflows.doubles import Doubles
from notesense.workflows.intake import Given, Intake
from notesense.workflows.keeping import Another, take_in
from notesense.workflows.pieces import Terms, Underway
from notesense.workflows.shelves import Shelves


@dataclass
class _File:
    """What would be done with one file, as far as it is known."""

    where: str
    form: str = ""
    unchanged: int | None = None
    notes: list[PlannedNote] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def planned(self) -> PlannedFile:
        return PlannedFile(
            where=self.where,
            form=self.form,
            unchanged=self.unchanged,
            notes=tuple(self.notes),
            refused=tuple(self.refused),
            skipped=tuple(self.skipped),
        )


class _Planner:
    """Takes notes in as an import does; those that would be added wait for ever."""

    def __init__(self, given: Given, shelves: Shelves, terms: Terms) -> None:
        self.given = given
        self.terms = terms
        self.sources = shelves.sources
        self.notes = 0
        self.files: list[_File] = []
        self._intake = Intake(shelves.store, given)
        self._doubles = Doubles(shelves.store, shelves.sources)
        self._waiting: dict[str, Note] = {}
        self._later: list[tuple[_File, Reading]] = []
        self._all_taken = False

    def take(self, piece: Piece) -> None:
        """Plan what would be done with one file; notes of which nothing tells yet whose they are wait."""
        file = _File(piece.where)
        self.files.append(file)
        mark = self.terms.mark(piece, self.given)
        file.unchanged = self.sources.recall(mark) if mark else None
        if file.unchanged is not None:
            self.notes += file.unchanged
            return
        found = piece.read()
        file.form = next((one.form for one in found.notes), "")
        file.refused += found.refused
        file.skipped += found.skipped
        for reading in found.notes:
            left_out = self.terms.leaves_out(reading, self.given)
            if left_out is not None:
                file.skipped.append(left_out)
            else:
                self._note(file, reading)

    def end(self) -> None:
        """Plan for the notes that waited."""
        self._all_taken = True
        for file, reading in self._later:
            self._note(file, reading)

    def _note(self, file: _File, reading: Reading) -> None:
        outcome = take_in(reading, self._intake, self._waiting, self._doubles)
        if isinstance(outcome, Unsettled) and not self._all_taken:
            self._later.append((file, reading))
        elif isinstance(outcome, Refused):
            file.refused.append(outcome)
        else:
            file.notes.append(self._found(reading, outcome))
            self.notes += 1

    def _found(self, reading: Reading, outcome: Note | Kept | Another) -> PlannedNote:
        if isinstance(outcome, Note):
            undated = reading.date is None and self._intake.assumes_today
            return _planned(outcome, undated=undated, unclear_day=reading.unclear_day if undated else "")
        if isinstance(outcome, Kept):
            return _planned(outcome.note, status="known", note_id=outcome.note.id)
        return _planned(outcome.there, status="joined", note_id=outcome.there.id)


def _planned(note: Note, **told: object) -> PlannedNote:
    facts = {"account": note.account, "date": note.date, "channel": note.channel, "title": note.title}
    return PlannedNote.model_validate({"status": "added", **facts, **told})


def plan_import(
    pieces: Iterable[Piece],
    given: Given,
    shelves: Shelves,
    terms: Terms,
    progress: Callable[[Underway], None] | None = None,
) -> ImportPlan:
    """Return what an import under these terms would do with each file."""
    planner = _Planner(given, shelves, terms)
    for piece in pieces:
        planner.take(piece)
        if progress is not None:
            files = len(planner.files)
            progress(Underway(files=files, of_files=piece.files, notes=planner.notes, share=piece.reached))
    planner.end()
    return ImportPlan(files=tuple(one.planned() for one in planner.files))
