"""Passages: exact slices of a note, the units that engines read and the index holds.

`note.text[p.start:p.end] == p.text` holds for every passage; nothing here changes a character.
"""

from notesense.core.note import Side, Value
from notesense.core.vocabulary import Origin


class Passage(Value):
    """One clause or sentence of a note. `ordinal` counts from 0 within the note; `turn` is the index of its turn.

    Its origin is that of its turn, or `quoted` for a line of quoted history inside one.
    """

    ordinal: int
    start: int
    end: int
    text: str
    turn: int
    line: int
    speaker: str | None = None
    side: Side = "unknown"
    origin: Origin = Origin.REP_NOTE

    @property
    def quoted(self) -> bool:
        """Whether this is quoted history of an e-mail."""
        return self.origin is Origin.QUOTED
