"""Mend what can be made again, forget an account, and look whether everything is as it should be."""

from collections.abc import Callable, Iterable, Iterator

from notesense.core.note import Note
from notesense.core.ports import Engine, Progress, SignalFilter, Store
from notesense.core.results import Check, Checked, Forgotten, Reindexed
from notesense.core.signal import Extraction
from notesense.core.trackers import NO_TRACKERS
from notesense.errors import IndexUnusable, InputError, NoteSenseError
from notesense.workflows.allowance import Link, no_link
from notesense.workflows.asking import drafts_of
from notesense.workflows.indexing import Librarian
from notesense.workflows.tellings import Tellings
from notesense.workflows.tracking import Tracking, read_for_trackers


def reindex(
    store: Store,
    engine: Engine,
    librarian: Librarian,
    progress: Progress | None = None,
    tracking: Tracking | None = None,
    link: Link = no_link,
    *,
    knows_languages: bool = False,
) -> Reindexed:
    """Read again what an engine had failed on, and all notes for new trackers; then fill the search index anew.

    An engine that `knows_languages` also reads what another one read without knowing its language. In the end all
    accounts are linked.
    """
    trackers = tracking.trackers if tracking else NO_TRACKERS
    unread = list(to_be_read_again(store, knows_languages))
    reread = 0
    tellings = Tellings(store)
    for note, drafts in zip(unread, drafts_of(unread, engine), strict=True):
        extraction = tellings.ground(note, drafts, engine.name, trackers)
        if extraction.error is None or _tells_more(extraction, store):
            store.replace_extraction(note.id, extraction)
            reread += extraction.error is None
    still = len(store.unread())
    tracked = read_for_trackers(store, tracking, progress) if tracking else 0
    counts = {"reread": reread, "still_unread": still, "tracked": tracked}
    rebuilt = librarian.rebuild(progress)
    counts["not_compared"] = link([account.name for account in store.account_names()])
    return rebuilt.model_copy(update=counts)


def to_be_read_again(store: Store, knows_languages: bool) -> Iterator[Note]:
    """Yield the notes that an engine failed on, and those whose language it did not know where this one does."""
    languages = (note_id for note_id, _ in store.languages()) if knows_languages else ()
    for note_id in dict.fromkeys((*store.unread(), *languages)):
        if (note := store.note(note_id)) is not None:
            yield note


def _tells_more(extraction: Extraction, store: Store) -> bool:
    """Tell whether a run that failed in part found at least what is there from the one before it."""
    shown = (one.signal for one in store.signals(SignalFilter(note_id=extraction.note_id)))
    there = {signal.id for signal in shown if signal.source == "engine"}
    found = {signal.id for signal in extraction.signals}
    return bool(found) and found.issuperset(there)


def forget(account: str, note_id: str | None, store: Store, librarian: Librarian) -> Forgotten:
    """Delete an account, or one of its notes, from store and index; what the store lacks is never shown.

    Raises InputError where the account has no such note.
    """
    signals = len(store.signals(SignalFilter(account=account, note_id=note_id)))
    gone = store.forget(account, note_id)
    if note_id is not None and not gone:
        raise InputError(
            f'{account} has no note with the id "{note_id}".', "notesense search and signals show the ids of notes."
        )
    try:
        with librarian.opened() as shelf:
            shelf.index.remove(gone)
    except IndexUnusable as error:
        raise IndexUnusable(
            f"{account} is forgotten, but its vectors (no words) are still in the search index: {error.message}",
            "Run notesense reindex when the index is free.",
        ) from None
    return Forgotten(account=account, notes=len(gone), signals=signals, note_id=note_id)


def doctor(probes: Iterable[tuple[str, Callable[[], Check]]]) -> Checked:
    """Run all probes; one that fails becomes a fault and never stops the others."""
    checks = []
    for name, probe in probes:
        try:
            checks.append(probe())
        except NoteSenseError as error:
            checks.append(Check(name=name, state="fault", detail=error.message, fix=error.fix))
        except OSError as error:
            checks.append(Check(name=name, state="fault", detail=str(error), fix="Check the folder's permissions."))
    return Checked(checks=tuple(checks))
