"""Whose notes are, put together: what is kept of us, of accounts and their people, and what a run teaches."""

from typing import TYPE_CHECKING

from notesense.workflows.whose import Whose

if TYPE_CHECKING:
    from notesense.core.ourselves import Ourselves
    from notesense.core.whose import Directory
    from notesense.wiring.parts import Parts
    from notesense.workflows.intake import Given


def ourselves(notes: "Parts") -> "Ourselves":
    """Return how our own people are known: as the rep said, as sources told, and by the domains that are set."""
    from notesense.core.ourselves import Ourselves

    every = notes.persons.ours()

    def values(sort: str, learned: bool | None = None) -> tuple[str, ...]:
        return tuple(one.value for one in every if one.sort == sort and learned in (None, one.learned))

    return Ourselves(
        names=values("person", learned=False),
        learned=values("person", learned=True),
        addresses=values("address"),
        domains=(*notes.settings.domains, *values("domain")),
    )


def directory(notes: "Parts") -> "Directory":
    """Return what is known of us, of accounts, their domains and their people."""
    from notesense.core.whose import Directory

    register = notes.register
    return Directory(
        notes.store.account_names(), ourselves(notes), register.domains(), register.met(), register.customers()
    )


def whose(notes: "Parts") -> Whose:
    """Return what tells whose a note is, for the verb that begins now; it asks as `notes.ask_whose` does."""
    return Whose(directory(notes), notes.ask_whose)


def place_anew(notes: "Parts", *accounts: str) -> int:
    """Tell anew on which side people stand in the notes of these accounts, or of all; return in how many it changed."""
    from notesense.workflows.placing import place_anew

    every = accounts or tuple(one.name for one in notes.store.account_names())
    return place_anew(every, lambda: directory(notes), notes.store, notes.register, notes.progress)


def keep_learned(notes: "Parts", given: "Given") -> None:
    """Keep who of us was told by sources that tell sides, for all notes; `warn` hears who is new."""
    learned = notes.persons.learn_ours(given.whose.learned()) if given.whose else ()
    if learned:
        names = ", ".join(one.value for one in learned[:5]) + (f" and {len(learned) - 5} more" if learned[5:] else "")
        verb = "is" if len(learned) == 1 else "are"
        place_anew(notes)
        notes.warn(f"Learned from the source: {names} {verb} on your own side. Not so? notesense us remove WHO")
