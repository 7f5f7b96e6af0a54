"""What goes from store to store besides a note's words: what was found in it, what the rep said, how accounts are.

It comes back from files that anyone may have changed, so whatever claims to stand in a note is checked against it.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from notesense.core.bearing import Bearing
from notesense.core.corrections import Correction, settle
from notesense.core.note import Ascribed, Note, Value
from notesense.core.person_ports import DomainOf, Joined, OneOfUs
from notesense.core.signal import OWN_SOURCES, Extraction, Signal
from notesense.core.source_ports import OtherForm


class Recorded(Value):
    """All that a store knows of a note besides the note: what was found, the rep's history with it, its other forms.

    The signals of `extraction` are those of engines and labels, whether the rep's word hides them or not.
    """

    extraction: Extraction
    corrections: tuple[Correction, ...] = ()
    forms: tuple[OtherForm, ...] = ()
    ascribed: Ascribed = Ascribed()

    @property
    def shown(self) -> tuple[Signal, ...]:
        """The signals as they are shown, in the order of the note."""
        return settle(self.extraction.signals, self.corrections).shown

    def check(self, note: Note) -> None:
        """Raise ValueError where this is about another note, or a signal's words do not stand there in it."""
        if any(each.source in OWN_SOURCES for each in self.extraction.signals):
            raise ValueError("a signal that the rep spoke for stands among what engines found")
        told = [form for one in self.corrections for form in (one.signal, one.replaced) if form is not None]
        for signal in (*self.extraction.signals, *told):
            if signal.quote != note.text[signal.start : signal.end] or not 0 <= signal.start < signal.end:
                raise ValueError(f"the words of signal {signal.id[:20]} do not stand in the text where it says")
            if signal.line != note.line_of(signal.start):
                raise ValueError(f"signal {signal.id[:20]} does not stand on line {signal.line}")
        if any(one.made.tzinfo is None for one in self.corrections):
            raise ValueError("a correction does not tell the time zone of its hour")
        found = self.extraction
        about = {one.note_id for one in (*found.signals, *told)} | {one.note_id for one in found.rejected}
        about |= {one.note_id for one in self.corrections} | {one.note_id for one in self.forms}
        if about | {found.note_id} != {note.id}:
            raise ValueError("a part of it is about another note")


class AccountFacts(Value):
    """What the rep said of an account as such. `where` names the source for messages; empty from a store."""

    account: str
    aliases: tuple[str, ...] = ()
    renewal: datetime.date | None = None
    joined: tuple[Joined, ...] = ()
    domains: tuple[DomainOf, ...] = ()
    restricted: bool = False
    restricted_notes: tuple[str, ...] = ()
    where: str = ""


class Weighed(Value):
    """What later words were found to say about the statements of one note, and with what they were weighed."""

    note_id: str
    mark: str
    bearings: tuple[Bearing, ...] = ()

    def fits(self, texts: Mapping[str, str]) -> bool:
        """Tell whether each of its places lies inside a text; `texts` are those of notes, by their ids."""
        places = [place for one in self.bearings for place in (one.statement, one.words)]
        return all(
            place.note_id in texts and 0 <= place.start < place.end <= len(texts[place.note_id]) for place in places
        )


class Carried(Value):
    """What a file tells besides notes: accounts, our own people, what was weighed."""

    accounts: tuple[AccountFacts, ...] = ()
    ours: tuple[OneOfUs, ...] = ()
    weighed: tuple[Weighed, ...] = ()

    def __add__(self, other: "Carried") -> "Carried":
        """Return both together."""
        return Carried(
            accounts=self.accounts + other.accounts,
            ours=self.ours + other.ours,
            weighed=self.weighed + other.weighed,
        )


class Outgoing(Protocol):
    """The seam behind taking notes out of a store. Nothing is held that was given already, however many there are."""

    def count(self, accounts: Sequence[str]) -> int:
        """Return how many notes these accounts have, or all accounts where none is named."""
        ...

    def recorded(self, accounts: Sequence[str]) -> Iterator[tuple[Note, Recorded]]:
        """Yield the notes of these accounts, or of all where none is named, in the order in which they came."""
        ...

    def close(self) -> None:
        """Release the database."""
        ...
