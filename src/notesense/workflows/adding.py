"""Keep a few notes and tell everything about each: what it holds, what was refused, what is new for the account."""

from notesense.core.ports import Engine, Progress, Store
from notesense.core.reading import Readings
from notesense.core.results import Added, Kept
from notesense.errors import InputError, NoteSenseError
from notesense.workflows.indexing import Librarian
from notesense.workflows.intake import Given, Intake
from notesense.workflows.keeping import keep_all


def add(
    readings: Readings,
    given: Given,
    store: Store,
    engine: Engine,
    librarian: Librarian,
    progress: Progress | None = None,
) -> Added:
    """Keep these notes and say what each holds. Raises InputError when none of them can be taken."""
    kept: list[Kept] = []
    refused = list(readings.refused)
    for _, outcome in keep_all(readings.notes, Intake(store, given), store, engine, tell_news=True):
        if isinstance(outcome, Kept):
            kept.append(outcome)
        else:
            refused.append(outcome)
    if refused and not kept:
        more = f" ({len(refused) - 1} more could not be taken either)" if len(refused) > 1 else ""
        raise InputError(f"{refused[0].where}: {refused[0].reason}{more}", "Nothing was stored.")
    added = any(k.status == "added" for k in kept)
    return Added(kept=tuple(kept), refused=tuple(refused), index_error=_indexed(librarian, progress) if added else None)


def _indexed(librarian: Librarian, progress: Progress | None) -> str | None:
    try:
        librarian.catch_up(progress)
    except NoteSenseError as error:
        return error.message
    return None
