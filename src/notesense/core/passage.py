"""Passages and turns: exact slices of a note, the units that engines read and the index holds.

`note.text[p.start:p.end] == p.text` holds for every passage; nothing here changes a character.
"""

from notesense.core.note import Side, Value


class Turn(Value):
    """A stretch of a note that one speaker says or writes. `speaker` is None where the note does not tell."""

    start: int
    end: int
    speaker: str | None = None
    side: Side = "unknown"


class Passage(Value):
    """One clause or sentence of a note. `ordinal` counts from 0 within the note; `turn` is the index of its turn."""

    ordinal: int
    start: int
    end: int
    text: str
    turn: int
    line: int
    speaker: str | None = None
    side: Side = "unknown"
    quoted: bool = False
    """True inside quoted history of an e-mail (lines that begin with `>`)."""
