"""The verbs as a Python interface: adapters put behind the ports and handed to the workflows.

Everything heavy is imported when a verb first needs it.
"""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from notesense.core.days import parse_day
from notesense.core.ports import Progress, SignalFilter
from notesense.core.reading import Readings
from notesense.core.results import (
    Added,
    Extracted,
    Forgotten,
    Reindexed,
    Searched,
    Trained,
)
from notesense.core.vocabulary import Channel
from notesense.wiring import belonging
from notesense.wiring.comparing import beside
from notesense.wiring.corrections import Corrections
from notesense.wiring.exports import without_facts
from notesense.wiring.imports import Imports
from notesense.wiring.measures import Measures
from notesense.wiring.meetings import Meetings
from notesense.wiring.parts import ASKING
from notesense.workflows.intake import Given
from notesense.workflows.splitting import Marking

if TYPE_CHECKING:
    from notesense.core.answer import Answered
    from notesense.core.expenses import Costs, Planned
    from notesense.core.results import TakenOut, TrackerList


class NoteSense(Imports, Corrections, Meetings, Measures):
    """The verbs over one data folder. Close it, or use it as a context manager.

    `progress` hears (done, total) while long work goes on. Every verb raises a NoteSenseError on what can be mended.
    """

    def add(
        self,
        source: str | Path | Readings,
        *,
        account: str | None = None,
        date: str | datetime.date | None = None,
        channel: Channel | None = None,
        new_account: bool = False,
        restricted: bool = False,
    ) -> Added:
        """Keep a text, a file, a folder or readings, and tell what each note holds.

        Without an account the source tells it, or what is known of its people; `ask_whose` where that is not plain.
        With `restricted` the notes are restricted before any engine sees them.
        """
        from notesense.workflows.adding import add

        given = self._given(account, channel, new_account, _date(date))
        engine, readings, link = self._watched_engine, without_facts(_readings(source)), beside(self)
        self.privacy.expect(reading.text for reading in readings.notes)
        if restricted:
            engine = Marking(engine, self.privacy.mark)
        self._minilm.warm()  # for the search index, while the engine reads
        added = add(readings, given, self.shelves, engine, self.progress, link)
        belonging.keep_learned(self, given)
        return self.privacy.marked(added) if restricted else added

    def export(
        self,
        place: str | Path,
        *accounts: str,
        form: str = "jsonl",
        force: bool = False,
        bom: bool = False,
        progress: Progress | None = None,
    ) -> "TakenOut":
        """Write notes and signals of these accounts, of all where none is named, to a file or a new folder.

        `jsonl` (a file) is the whole store; `csv`, `markdown` and `minutes` (folders) are for other programs. Nothing
        is written over without `force`. `bom` puts a byte order mark before CSV, for Excel.
        """
        from notesense.wiring.exports import Export

        return Export(self, [self.account(name) for name in accounts], progress).write(Path(place), form, force, bom)

    def extract(
        self, source: str | Path | Readings, *, date: str | datetime.date | None = None, channel: Channel | None = None
    ) -> Iterator[Extracted]:
        """Find signals without storing anything, one result for each note."""
        from notesense.workflows.extracting import extract

        given = Given(today=datetime.date.today(), date=_date(date), channel=channel, trackers=self.trackers)
        readings = _readings(source)
        self.privacy.expect(reading.text for reading in readings.notes)
        return extract(readings.notes, given, self._watched_engine)

    def rehearse(
        self,
        source: str | Path | Readings | None = None,
        *,
        kept: bool = True,
        account: str | None = None,
        date: str | datetime.date | None = None,
        channel: Channel | None = None,
        new_account: bool = False,
    ) -> "Planned":
        """Return what a model would be asked if notes were kept, or only looked at; nothing is sent or stored.

        Without a source: about the notes that `reindex` would read again. Needs `ModelWishes(dry_run=True)`.
        """
        from notesense.wiring import rehearsing

        if source is None:
            return rehearsing.of_unread(self)
        asked = belonging.whose(self) if kept else None
        given = Given(datetime.date.today(), account, _date(date), channel, new_account, self.trackers, asked)
        return rehearsing.of_readings(self, _readings(source), given, kept)

    def search(
        self,
        query: str,
        account: str | None = None,
        *,
        limit: int = 8,
        since: datetime.date | None = None,
        until: datetime.date | None = None,
    ) -> Searched:
        """Return the passages that answer a query best, by meaning and by words."""
        from notesense.workflows.searching import search

        name = None if account is None else self.account(account)
        wanted = SignalFilter(account=name, since=since, until=until)
        return search(query, wanted, limit, self.store, self.embedder, self.librarian)

    def ask(
        self,
        account: str,
        question: str,
        *,
        as_of: datetime.date | None = None,
        since: datetime.date | None = None,
    ) -> "Answered":
        """Answer a question from an account's notes: by the chosen model, each sentence cited, else by passages."""
        from notesense.wiring.drafting import ask

        return ask(self, account, question, as_of, since)

    def reindex(self) -> Reindexed:
        """Read what an engine had failed on, and all notes for new trackers; fill the search index anew.

        An engine that asks a model also reads the notes whose language the local engine does not know.

        What later words were found to say is thrown away and found anew, as far as time allows.
        """
        from notesense.wiring.comparing import anew
        from notesense.wiring.tracking import tracking
        from notesense.workflows.upkeep import reindex, to_be_read_again

        own = tracking(self.trackers, self.embedder, self.settings)
        asks = self.engine_name in ASKING
        self.privacy.expect(note.text for note in to_be_read_again(self.store, asks))
        engine, librarian = self._watched_engine, self.librarian
        return reindex(self.store, engine, librarian, self.progress, own, anew(self), knows_languages=asks)

    def costs(self, since: datetime.date | None = None) -> "Costs":
        """Return what was spent on language models, by month (UTC), model and task."""
        from notesense.core.expenses import Costs

        there = self.settings.database.exists()
        return Costs.of(self.records.spent(since) if there else (), since)

    def list_trackers(self) -> "TrackerList":
        """Return the team's trackers with how well their examples separate, and how many notes wait to be read."""
        from notesense.wiring.tracking import list_trackers

        return list_trackers(self)

    def check_trackers(self, path: Path | None = None) -> "TrackerList":
        """Return the trackers of a file that need not be in use. Raises TrackerError where it holds a fault."""
        from notesense.wiring.tracking import check_trackers

        return check_trackers(self, path)

    def forget(self, account: str, note_id: str | None = None) -> Forgotten:
        """Delete an account with all its notes, or one of them, for good."""
        from notesense.workflows.upkeep import forget

        return forget(self.account(account), note_id, self.store, self.librarian)

    def train(self, *files: Path, trial: bool = False, progress: Progress | None = None) -> Trained:
        """Refit the local engine to the notes that are marked as complete and to labelled files; keep the better.

        With `trial` it is only measured. Raises EngineError where there are too few notes.
        """
        from notesense.wiring.training import train

        return train(self, files, trial, progress)

    def untrain(self) -> Trained:
        """Go back to the local engine as it ships."""
        from notesense.wiring.training import reset

        return reset(self)


def _readings(source: str | Path | Readings) -> Readings:
    from notesense.readers import sources

    if isinstance(source, Readings):
        return source
    return sources.read_path(source) if isinstance(source, Path) else sources.read_text(source)


def _date(value: str | datetime.date | None) -> datetime.date | None:
    return parse_day(value, datetime.date.today()) if isinstance(value, str) else value
