"""The verbs over many notes: import them, say what an import would do, watch a folder, show a note in all its forms."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from notesense.core.import_results import Imported, ImportPlan, ShownNote
from notesense.core.reading import Piece, Readings
from notesense.core.vocabulary import Channel
from notesense.errors import InputError
from notesense.wiring import belonging
from notesense.wiring.exports import Incoming
from notesense.wiring.people import People
from notesense.workflows.intake import Given
from notesense.workflows.pieces import Terms, Underway

if TYPE_CHECKING:
    from notesense.core.note_list import NoteList
    from notesense.core.ports import Engine
    from notesense.workflows.lookout import Lookout


class Imports(People):
    """What brings many notes into one data folder, and shows what came."""

    def import_all(
        self,
        source: Path | Readings,
        *,
        account: str | None = None,
        channel: Channel | None = None,
        keep_signals: bool = False,
        new_account: bool = False,
        since: datetime.date | None = None,
        encoding: str | None = None,
        progress: Callable[[Underway], None] | None = None,
    ) -> Imported:
        """Keep many notes; with `keep_signals` their labels become the signals instead of an engine's.

        A path is walked file by file; without `account`, its first folders name the accounts. Notes from before `since`
        are left out. `encoding`, by Python's name, is that of files that are not UTF-8.
        """
        given = self._given(account, channel, new_account)
        engine = None if keep_signals else self.engine
        if isinstance(source, Readings):
            self.privacy.expect(reading.text for reading in source.notes)
        else:
            self.privacy.expect_from(str(source))
        pieces = _pieces(source, account, encoding)
        return self._brought(pieces, given, engine, _terms(since, keep_signals), progress)

    def plan_import(
        self,
        source: Path | Readings,
        *,
        account: str | None = None,
        channel: Channel | None = None,
        keep_signals: bool = False,
        new_account: bool = False,
        since: datetime.date | None = None,
        encoding: str | None = None,
        progress: Callable[[Underway], None] | None = None,
    ) -> ImportPlan:
        """Return what `import_all` would do with each file; nothing is written, and no engine runs."""
        from notesense.workflows.planning import plan_import

        given = self._given(account, channel, new_account)
        return plan_import(
            _pieces(source, account, encoding), given, self.shelves, _terms(since, keep_signals), progress
        )

    def readings_at(
        self,
        path: Path,
        account: str | None = None,
        since: datetime.date | None = None,
        encoding: str | None = None,
    ) -> Readings:
        """Return all notes at a path at once, those from before `since` left out."""
        from notesense.readers.sources import read_path

        found, terms = read_path(path, account is None, encoding), _terms(since, False)
        given = self._given(account, None, False)
        wanted = tuple(one for one in found.notes if terms.leaves_out(one, given) is None)
        return found.model_copy(update={"notes": wanted})

    def lookout(self, folder: Path, *, account: str | None = None, channel: Channel | None = None) -> "Lookout":
        """Return what picks up new files of a folder. Raises InputError where it is no folder."""
        from notesense.readers import folders, walking
        from notesense.workflows.lookout import Lookout

        if not folder.is_dir():
            raise InputError(f"{folder} is no folder.", "Name the folder into which new files come.")

        def take(path: Path) -> Imported:
            below = path.relative_to(folder).parts
            named = folders.account_of(below[:-1]) if account is None else None
            self.privacy.expect_from(str(path))
            found = walking.pieces(path, accounts_from_folders=account is None and len(below) == 1)
            pieces = (replace(one, read=partial(_under, one, named)) for one in found)
            return self._brought(pieces, self._given(account, channel, False), self.engine, _terms(None, False), None)

        def look() -> Iterator[Path]:
            return (each for each in walking.files_below(folder) if isinstance(each, Path))

        return Lookout(folder, take, look)

    def show_note(self, note_id: str, form: int | None = None) -> ShownNote:
        """Return a note with the other forms in which it came; with `form` that one of them, counted from 1, is shown.

        Raises InputError where there is no such note or form.
        """
        note = self.store.note(note_id)
        if note is None:
            raise InputError(
                f'There is no note with the id "{note_id}".', "notesense search and signals show the ids of notes."
            )
        forms = self.sources.forms(note_id)
        if form is not None and form > len(forms):
            came = f"{len(forms)} other form{'' if len(forms) == 1 else 's'}"
            raise InputError(f'The note "{note_id}" came in {came}.', f"See all: notesense show {note_id}")
        return ShownNote(note=note, forms=forms, shown=form)

    def list_notes(
        self, account: str, *, since: datetime.date | None = None, until: datetime.date | None = None
    ) -> "NoteList":
        """Return an account's notes between these days, oldest first, without their words."""
        from notesense.workflows.listing import list_notes

        return list_notes(self.account(account), self.shelves, self.records.restrictions(), since, until)

    def _brought(
        self,
        pieces: Iterable[Piece],
        given: Given,
        engine: "Engine | None",
        terms: Terms,
        progress: Callable[[Underway], None] | None,
    ) -> Imported:
        """Keep the notes of these files, with what exports tell besides, and what sources tell of us."""
        from notesense.workflows.importing import import_all

        incoming = Incoming(self, given.account)
        imported = import_all(incoming.pieces(pieces), given, self.shelves, engine, terms, progress, incoming.link)
        belonging.keep_learned(self, given)
        return imported

    def _given(
        self, account: str | None, channel: Channel | None, new_account: bool, date: datetime.date | None = None
    ) -> Given:
        return Given(
            today=datetime.date.today(),
            account=account,
            date=date,
            channel=channel,
            new_account=new_account,
            trackers=self.trackers,
            whose=belonging.whose(self),
        )


def _under(piece: Piece, account: str | None) -> Readings:
    """Return what is in a file, under the account that its folder names where the source names none."""
    from notesense.readers.walking import under

    return under(piece.read(), account)


def _pieces(source: Path | Readings, account: str | None, encoding: str | None) -> Iterable[Piece]:
    from notesense.readers import walking
    from notesense.workflows.importing import whole

    if isinstance(source, Readings):
        return whole(source)
    return _some(walking.pieces(source, account is None, encoding), source)


def _some(pieces: Iterator[Piece], source: Path) -> Iterator[Piece]:
    """Yield the pieces. Raises InputError where there is none at all."""
    none = True
    for piece in pieces:
        none = False
        yield piece
    if none:
        raise InputError(f"No notes in {source}.", "Put the files there that hold them.")


def _terms(since: datetime.date | None, labels: bool) -> Terms:
    from notesense import __version__

    return Terms(since, labels, __version__)
