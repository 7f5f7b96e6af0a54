"""Forget an account, and look whether everything is as it should be."""

from collections.abc import Callable, Iterable

from notesense.core.ports import SignalFilter, Store
from notesense.core.results import Check, Checked, Forgotten
from notesense.errors import IndexUnusable, NoteSenseError
from notesense.workflows.indexing import Librarian


def forget(account: str, store: Store, librarian: Librarian) -> Forgotten:
    """Delete an account with its notes, signals and vectors. The store goes first: what it lacks is never shown."""
    signals = len(store.signals(SignalFilter(account=account)))
    gone = store.forget(account)
    try:
        with librarian.opened() as shelf:
            shelf.index.remove(gone)
    except IndexUnusable as error:
        raise IndexUnusable(
            f"{account} is forgotten, but its vectors (no words) are still in the search index: {error.message}",
            "Run notesense reindex when the index is free.",
        ) from None
    return Forgotten(account=account, notes=len(gone), signals=signals)


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
