"""What an import would do, file by file, without an engine and without writing anything."""

from collections.abc import Callable, Iterable

from notesense.core.import_results import ImportPlan, PlannedFile, PlannedNote
from notesense.core.note import Note
from notesense.core.reading import Piece, Reading
from notesense.core.results import Kept, Refused
from notesense.workflows.doubles import Doubles
from notesense.workflows.intake import Given, Intake
from notesense.workflows.keeping import Another, take_in
from notesense.workflows.pieces import Terms, Underway
from notesense.workflows.shelves import Shelves


class _Planner:
    """Takes notes in as an import does; those that would be added wait for ever."""

    def __init__(self, given: Given, shelves: Shelves, terms: Terms) -> None:
        self.given = given
        self.terms = terms
        self.sources = shelves.sources
        self.notes = 0
        self._intake = Intake(shelves.store, given)
        self._doubles = Doubles(shelves.store, shelves.sources)
        self._waiting: dict[str, Note] = {}

    def file(self, piece: Piece) -> PlannedFile:
        """Return what would be done with one file."""
        mark = self.terms.mark(piece, self.given)
        there = self.sources.recall(mark) if mark else None
        if there is not None:
            self.notes += there
            return PlannedFile(where=piece.where, unchanged=there)
        found = piece.read()
        notes, refused, skipped = [], list(found.refused), list(found.skipped)
        for reading in found.notes:
            left_out = self.terms.leaves_out(reading, self.given)
            if left_out is not None:
                skipped.append(left_out)
                continue
            planned = self._note(reading)
            if isinstance(planned, Refused):
                refused.append(planned)
            else:
                notes.append(planned)
        self.notes += len(notes)
        form = next((one.form for one in found.notes), "")
        return PlannedFile(
            where=piece.where, form=form, notes=tuple(notes), refused=tuple(refused), skipped=tuple(skipped)
        )

    def _note(self, reading: Reading) -> PlannedNote | Refused:
        outcome = take_in(reading, self._intake, self._waiting, self._doubles)
        if isinstance(outcome, Refused):
            return outcome
        if isinstance(outcome, Note):
            undated = reading.date is None and self._intake.assumes_today
            return _planned(outcome, undated=undated)
        if isinstance(outcome, Kept):
            return _planned(outcome.note, status="known", note_id=outcome.note.id)
        assert isinstance(outcome, Another)
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
    files: list[PlannedFile] = []
    for piece in pieces:
        files.append(planner.file(piece))
        if progress is not None:
            progress(Underway(files=len(files), of_files=piece.files, notes=planner.notes, share=piece.reached))
    return ImportPlan(files=tuple(files))
