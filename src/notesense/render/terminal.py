"""Results as terminal text: which result is written by which function.

Quiet on purpose: indents and air instead of frames, marks in words, colour only as help.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from notesense.core.agenda import Agenda
from notesense.core.briefing import Briefing
from notesense.core.note import Value
from notesense.core.results import (
    Added,
    Checked,
    Extracted,
    Forgotten,
    Imported,
    Listed,
    Portfolio,
    Reindexed,
    Searched,
)
from notesense.errors import InputError
from notesense.render import terminal_briefing, terminal_lookup, terminal_notes, terminal_upkeep
from notesense.render.sheet import Sheet

Writer: TypeAlias = Callable[[Sheet, Any], None]

_WRITERS: dict[type[Value], Writer] = {
    Added: terminal_notes.added,
    Imported: terminal_notes.imported,
    Extracted: terminal_notes.extracted,
    Listed: terminal_lookup.listed,
    Searched: terminal_lookup.searched,
    Portfolio: terminal_lookup.portfolio,
    Checked: terminal_upkeep.checked,
    Reindexed: terminal_upkeep.reindexed,
    Forgotten: terminal_upkeep.forgotten,
    Agenda: terminal_briefing.agenda,
    Briefing: terminal_briefing.briefing,
}


def to_text(result: Value | Sequence[Value], *, width: int = 80, colour: bool = False) -> str:
    """Return the result as text for a terminal of this width; several results stand one below the other."""
    sheet = Sheet(width, colour)
    for one in [result] if isinstance(result, Value) else result:
        writer = _WRITERS.get(type(one))
        if writer is None:
            raise InputError(f"{type(one).__name__} has no text form.", "Use --format json.")
        sheet.gap()
        writer(sheet, one)
    return sheet.text()
