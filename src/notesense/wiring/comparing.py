"""Comparing later notes with what was said before, beside the verbs that keep notes, and before those that need it.

Nothing fails for it: where it cannot be done, `warn` hears why.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from notesense.errors import NoteSenseError
from notesense.workflows.allowance import Allowance, Link

if TYPE_CHECKING:
    from notesense.core.bearing import Bearing
    from notesense.wiring.parts import Parts


def beside(notes: "Parts") -> Link:
    """Return what links accounts at the end of the verb that begins now, in bounded time."""
    allowance = Allowance()

    def link(accounts: Sequence[str]) -> int:
        try:
            return allowance.link(notes.linker, accounts)
        except NoteSenseError as error:
            _tell(notes, error)
            return 0

    return link


def anew(notes: "Parts") -> Link:
    """Return the same; all that was found of any account is thrown away first."""
    link = beside(notes)

    def relink(accounts: Sequence[str]) -> int:
        notes.linker.unlink()
        return link(accounts)

    return relink


def bearings(notes: "Parts", account: str) -> "tuple[Bearing, ...] | None":
    """Return an account's bearings, once all of its notes are linked; None where that cannot be."""
    try:
        return notes.linker.bearings(account)
    except NoteSenseError as error:
        _tell(notes, error)
        return None


def _tell(notes: "Parts", error: NoteSenseError) -> None:
    notes.warn(f"Later notes were not compared with what was said before: {error.message} {error.fix}".strip())
