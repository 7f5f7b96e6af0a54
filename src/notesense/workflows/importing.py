"""Keep many notes: with progress, safe to interrupt and to repeat, one bad line never losing the others."""

import time
from collections import Counter
from dataclasses import dataclass, field

from notesense.core.ports import Engine, Progress, Store
from notesense.core.reading import Reading, Readings
from notesense.core.results import Imported, Kept, Refused, ToldBy
from notesense.errors import EmbeddingError, IndexUnusable
from notesense.workflows.allowance import Link, no_link
from notesense.workflows.indexing import Librarian
from notesense.workflows.intake import Given, Intake
from notesense.workflows.keeping import keep_all

INDEX_EVERY = 128
"""Notes after which the index is brought up to date, while their vectors are remembered; between, others may use it."""


@dataclass
class _Tally:
    """Running counts of an import."""

    refused: list[Refused]
    read: int = 0
    added: int = 0
    known: int = 0
    undated: int = 0
    signals: int = 0
    rejected: int = 0
    accounts: set[str] = field(default_factory=set)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    failed: list[Refused] = field(default_factory=list)
    index_error: str | None = None
    not_compared: int = 0
    interrupted: bool = False

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
        self.added += 1
        self.undated += outcome.undated
        self.accounts.add(outcome.note.account)
        if outcome.note.ascribed.was_told:
            self.told[outcome.note.account, outcome.note.ascribed.why] += 1
        if outcome.error is not None:
            self.failed.append(Refused(where=reading.where, reason=outcome.error))


def import_all(
    readings: Readings,
    given: Given,
    store: Store,
    engine: Engine | None,
    librarian: Librarian,
    progress: Progress | None = None,
    link: Link = no_link,
) -> Imported:
    """Keep all these notes. Without an engine the labels in the readings become the signals.

    In the end the accounts that notes came into are linked: once, for what is read of an account is read as a whole.
    """
    began = time.monotonic()
    tally = _Tally(refused=list(readings.refused))
    try:
        for reading, outcome in keep_all(readings.notes, Intake(store, given), store, engine):
            tally.count(reading, outcome)
            if tally.read % INDEX_EVERY == 0:
                _index(librarian, tally)
            if progress is not None:
                progress(tally.read, len(readings.notes))
        _index(librarian, tally)
        if tally.accounts and tally.index_error is None:
            tally.not_compared = link(sorted(tally.accounts))
    except KeyboardInterrupt:
        tally.interrupted = True
    return _imported(tally, time.monotonic() - began)


def _index(librarian: Librarian, tally: _Tally) -> None:
    """Bring the index up to date; where that cannot be, the notes are kept all the same, and the reason is told."""
    try:
        librarian.catch_up()
        tally.index_error = None
    except (IndexUnusable, EmbeddingError) as error:
        tally.index_error = error.message


def _imported(tally: _Tally, seconds: float) -> Imported:
    return Imported(
        read=tally.read,
        added=tally.added,
        known=tally.known,
        undated=tally.undated,
        signals=tally.signals,
        rejected=tally.rejected,
        accounts=tuple(sorted(tally.accounts)),
        told=tuple(ToldBy(account=a, why=why, notes=n) for (a, why), n in sorted(tally.told.items())),
        refused=tuple(tally.refused),
        failed=tuple(tally.failed),
        index_error=tally.index_error,
        not_compared=tally.not_compared,
        interrupted=tally.interrupted,
        seconds=seconds,
    )
