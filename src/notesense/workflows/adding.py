"""Keep a few notes and tell everything about each: what it holds, what was refused, what is new for the account."""

from notesense.core.ports import Engine, Progress
from notesense.core.reading import Readings
from notesense.core.results import Added, Kept
from notesense.errors import InputError, NoteSenseError
from notesense.workflows.allowance import Link, no_link
from notesense.workflows.doubles import Doubles
from notesense.workflows.indexing import Librarian
from notesense.workflows.intake import Given, Intake
from notesense.workflows.keeping import keep_all
from notesense.workflows.shelves import Shelves


def add(
    readings: Readings,
    given: Given,
    shelves: Shelves,
    engine: Engine,
    progress: Progress | None = None,
    link: Link = no_link,
) -> Added:
    """Keep these notes and say what each holds. Raises InputError when none of them can be taken.

    In the end the accounts that they came into are linked.
    """
    kept: list[Kept] = []
    refused = list(readings.refused)
    store = shelves.store
    intake, doubles = Intake(store, given), Doubles(store, shelves.sources)
    for _, outcome in keep_all(readings.notes, intake, store, engine, doubles, tell_news=True):
        if isinstance(outcome, Kept):
            kept.append(outcome)
        else:
            refused.append(outcome)
    if refused and not kept:
        more = f" ({len(refused) - 1} more could not be taken either)" if len(refused) > 1 else ""
        raise InputError(f"{refused[0].where}: {refused[0].reason}{more}", "Nothing was stored.")
    accounts = sorted({each.note.account for each in kept if each.status == "added"})
    index_error = _indexed(shelves.librarian, progress) if accounts else None
    waiting = link(accounts) if accounts and index_error is None else 0
    return Added(kept=tuple(kept), refused=tuple(refused), index_error=index_error, not_compared=waiting)


def _indexed(librarian: Librarian, progress: Progress | None) -> str | None:
    try:
        librarian.catch_up(progress)
    except NoteSenseError as error:
        return error.message
    return None
