"""Tell anew on which side people stand in notes that are kept, once more is known of us or of an account."""

from collections.abc import Callable, Sequence

from notesense.core.passages import passages_of
from notesense.core.placing import placed_anew
from notesense.core.ports import Progress, Store
from notesense.core.register_ports import Register
from notesense.core.whose import Directory

_ROUNDS = 3
"""How often notes are looked through at most: who is known as a customer by one note is known in the others."""


def place_anew(
    accounts: Sequence[str],
    known: Callable[[], Directory],
    store: Store,
    register: Register,
    progress: Progress | None = None,
) -> int:
    """Give those who have stood on no side in these accounts' notes the one that is known now; return in how many.

    `known` tells what is known as of its call. Sides that are told already stay. Each note is one transaction.
    """
    changed: set[str] = set()
    for _ in range(_ROUNDS):
        before, directory = len(changed), known()
        notes = [note for account in accounts for note in store.notes(account)]
        for number, note in enumerate(notes, start=1):
            placed = placed_anew(note, directory)
            if placed != note:
                register.place(placed, passages_of(placed))
                changed.add(note.id)
            if progress is not None:
                progress(number, len(notes))
        if len(changed) == before:
            break
    return len(changed)
