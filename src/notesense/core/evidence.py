"""Evidence: the words a line rests on, with all that a citation shows.

A `Backed` line cannot be built without evidence, and its quote is always the quote of its first piece of evidence.
Every quote is an exact slice of its note: `note.text[e.start:e.end] == e.quote`.
"""

import datetime
from typing import Self

from pydantic import Field, model_validator

from notesense.core.note import Note, Side, Value
from notesense.core.ports import Found
from notesense.core.vocabulary import Origin

OPENING_QUOTES = "\"“„«'‘"


class Evidence(Value):
    """Words of a note. `signal_id` and `kind` are None for a sentence that carries no signal of its own.

    `voiced` is True where these are known to be the customer's own words: the customer speaks or writes them, or the
    note puts them in quotation marks.
    """

    note_id: str
    quote: str
    date: datetime.date
    channel: str
    title: str = ""
    line: int
    start: int
    end: int
    speaker: str | None = None
    side: Side = "unknown"
    origin: Origin = Origin.REP_NOTE
    voiced: bool = False
    signal_id: str | None = None
    kind: str | None = None

    def overlaps(self, other: "Evidence") -> bool:
        """Tell whether both are words of the same stretch of the same note."""
        return self.note_id == other.note_id and self.start < other.end and other.start < self.end


class Backed(Value):
    """A line that states something of the notes: without evidence it cannot be built."""

    evidence: tuple[Evidence, ...] = Field(min_length=1)


class Stated(Backed):
    """A line that rests on one statement. `evidence[0]` is that statement; what follows are later words on it."""

    note_id: str
    quote: str

    @model_validator(mode="after")
    def _is_its_evidence(self) -> Self:
        if (self.note_id, self.quote) != (self.source.note_id, self.source.quote):
            raise ValueError("the first piece of evidence must be the statement itself")
        return self

    @property
    def source(self) -> Evidence:
        """The statement itself."""
        return self.evidence[0]

    @property
    def later(self) -> tuple[Evidence, ...]:
        """Later words that bear on the statement, oldest first; for the reader to judge."""
        return self.evidence[1:]


def cite(found: Found, note: Note) -> Evidence:
    """Return the evidence that a signal gives."""
    signal = found.signal
    return Evidence(
        note_id=signal.note_id,
        quote=signal.quote,
        date=found.date,
        channel=found.channel,
        title=found.title,
        line=signal.line,
        start=signal.start,
        end=signal.end,
        speaker=signal.speaker,
        side=signal.side,
        origin=signal.origin,
        voiced=signal.side == "customer" or (signal.side == "unknown" and _in_quotation_marks(note.text, signal.start)),
        signal_id=signal.id,
        kind=str(signal.kind),
    )


def cite_slice(note: Note, start: int, end: int) -> Evidence:
    """Return the evidence that a stretch of a note gives."""
    return Evidence(
        note_id=note.id,
        quote=note.text[start:end],
        date=note.date,
        channel=note.channel.value,
        title=note.title,
        line=note.line_of(start),
        start=start,
        end=end,
        origin=note.origin_at(start),
    )


def _in_quotation_marks(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] in OPENING_QUOTES
