"""Keep many notes: file by file, with progress, safe to interrupt and to repeat, one bad line losing no other."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from notesense.core.import_results import Imported, JoinedForm, ToldBy, Twin
from notesense.core.ports import Engine, Progress
from notesense.core.reading import Piece, Reading, Readings
from notesense.core.results import Kept, Refused, Unsettled
from notesense.errors import EmbeddingError, IndexUnusable
from notesense.workflows.allowance import Link, no_link
from notesense.workflows.doubles import Doubles
from notesense.workflows.indexing import Librarian
from notesense.workflows.intake import Given, Intake
from notesense.workflows.keeping import keep_all
from notesense.workflows.pieces import Files, Terms, Underway
from notesense.workflows.shelves import Shelves

INDEX_EVERY = 128
"""Notes after which the index is brought up to date, while their vectors are remembered; between, others may use it."""
USUAL = Terms()


@dataclass
class _Tally:
    """Running counts of the notes of an import."""

    read: int = 0
    added: int = 0
    known: int = 0
    undated: list[str] = field(default_factory=list)
    unclear_days: list[Refused] = field(default_factory=list)
    signals: int = 0
    rejected: int = 0
    accounts: set[str] = field(default_factory=set)
    joined: list[JoinedForm] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    failed: list[Refused] = field(default_factory=list)
    index_error: str | None = None
    not_compared: int = 0
    interrupted: bool = False
    read_as: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)

    def count(self, reading: Reading, outcome: Kept | Refused) -> None:
        self.read += 1
        if isinstance(outcome, Refused):
            self.refused.append(outcome)
            return
        self.signals += len(outcome.signals)
        self.rejected += len(outcome.rejected)
        if outcome.status == "known":
            self.known += 1
            return
        if outcome.status == "joined":
            note = outcome.note
            told = {"note_id": note.id, "account": note.account, "date": note.date}
            self.joined.append(JoinedForm(where=reading.where, form=reading.form, fuller=outcome.fuller, **told))
            return
        self.twins += [
            Twin(where=reading.where, note_id=outcome.note.id, account=outcome.note.account, other=other)
            for other in outcome.elsewhere
        ]
        self.added += 1
        if outcome.undated:
            self.undated.append(reading.where)
        if outcome.unclear_day:
            self.unclear_days.append(Refused(where=reading.where, reason=outcome.unclear_day))
        self.accounts.add(outcome.note.account)
        if outcome.read_as is not None:
            self.read_as[outcome.read_as.encoding] += 1
        if outcome.language:
            self.languages[outcome.language] += 1
        if outcome.note.ascribed.was_told:
            self.told[outcome.note.account, outcome.note.ascribed.why] += 1
        if outcome.error is not None:
            self.failed.append(Refused(where=reading.where, reason=outcome.error))


def whole(readings: Readings) -> Iterable[Piece]:
    """Return readings that are there already as the one piece of an import."""
    return (Piece("", lambda: readings),)


def counting(progress: Progress | None, total: int) -> Callable[[Underway], None] | None:
    """Return progress in notes, of so many in all, as the progress of an import."""
    return None if progress is None else lambda underway: progress(underway.notes, total)


def import_all(
    pieces: Iterable[Piece],
    given: Given,
    shelves: Shelves,
    engine: Engine | None,
    terms: Terms = USUAL,
    progress: Callable[[Underway], None] | None = None,
    link: Link = no_link,
) -> Imported:
    """Keep the notes of all these files. Without an engine the labels in them become the signals.

    Files that were read completely before, and are as they were, are not read again. A note of which nothing tells yet
    whose it is waits until the others are kept; only then somebody is asked, or the note refused. In the end the
    accounts that notes came into are linked: once, for what is read of an account is read as a whole.
    """
    began = time.monotonic()
    tally = _Tally()
    store = shelves.store
    there = {one.name for one in store.account_names()}
    files = Files(pieces, given, terms, shelves.sources, progress=progress)
    try:
        doubles = Doubles(store, shelves.sources)
        for drawn, asking in ((files.readings, given.unasked()), (files.again, given)):
            for reading, outcome in keep_all(drawn(), Intake(store, asking), store, engine, doubles):
                if isinstance(outcome, Unsettled) and files.put_off():
                    continue
                tally.count(reading, outcome)
                if tally.read % INDEX_EVERY == 0:
                    _index(shelves.librarian, tally)
                files.settle(outcome)
        _index(shelves.librarian, tally)
        if tally.accounts and tally.index_error is None:
            tally.not_compared = link(sorted(tally.accounts))
    except KeyboardInterrupt:
        tally.interrupted = True
    files.remember()
    done = _imported(tally, files, time.monotonic() - began)
    return done.model_copy(update={"new_accounts": tuple(name for name in done.accounts if name not in there)})


def _index(librarian: Librarian, tally: _Tally) -> None:
    """Bring the index up to date; where that cannot be, the notes are kept all the same, and the reason is told."""
    try:
        librarian.catch_up()
        tally.index_error = None
    except (IndexUnusable, EmbeddingError) as error:
        tally.index_error = error.message


def _imported(tally: _Tally, files: Files, seconds: float) -> Imported:
    return Imported(
        files=files.files,
        unchanged=files.unchanged,
        read=tally.read + files.known,
        added=tally.added,
        known=tally.known + files.known,
        undated=len(tally.undated),
        undated_in=tuple(tally.undated),
        unclear_days=tuple(tally.unclear_days),
        signals=tally.signals,
        rejected=tally.rejected,
        accounts=tuple(sorted(tally.accounts)),
        told=tuple(ToldBy(account=a, why=why, notes=n) for (a, why), n in sorted(tally.told.items())),
        joined=tuple(tally.joined),
        twins=tuple(tally.twins),
        changed=tuple(files.changed),
        skipped=tuple(files.skipped),
        refused=(*files.refused, *tally.refused),
        failed=tuple(tally.failed),
        index_error=tally.index_error,
        not_compared=tally.not_compared,
        interrupted=tally.interrupted,
        seconds=seconds,
        read_as=dict(tally.read_as.most_common()),
        languages=dict(tally.languages.most_common()),
    )
