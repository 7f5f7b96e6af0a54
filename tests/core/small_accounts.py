"""Small accounts for the tests of picture, agenda and playbook: a note is its statements, one a line."""

import datetime
from collections.abc import Mapping, Sequence

from notesense.core.bearing import Bearing, Effect, Likelihoods, Place
from notesense.core.history import History, history_of
from notesense.core.note import Note, NoteSource, Side, Turn
from notesense.core.picture import AccountPicture
from notesense.core.portrait import picture_of
from notesense.core.ports import Found
from notesense.core.signal import Certainty, Signal
from notesense.core.vocabulary import Channel, Origin

AS_OF = datetime.date(2026, 10, 20)
ACCOUNT = "Alder Mill"


class Account:
    """Gathers notes and signals; `days` counts back from `AS_OF`."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self.signals: list[Found] = []
        self.bearings: list[Bearing] | None = None

    def note(self, days: int, *statements: "Said | str", channel: str = "call", name: str | None = None) -> "Account":
        date = AS_OF - datetime.timedelta(days=days)
        lines = [one if isinstance(one, str) else one.quote for one in statements] or ["hello there"]
        number = len(self.notes) + 1
        note = Note(
            id=name or f"n{number}", account=ACCOUNT, date=date, channel=Channel(channel), text="\n".join(lines)
        )
        self.notes.append(note)
        start = 0
        for one, line in zip(statements, lines, strict=False):
            if not isinstance(one, str):
                self.signals.append(_found(note, one, start, len(self.signals)))
            start += len(line) + 1
        return self

    def undated(self) -> "Account":
        """Let the newest note have no day of its own."""
        note = self.notes[-1]
        self.notes[-1] = note.model_copy(update={"source": NoteSource(undated=True)})
        return self

    def of(self, origin: Origin) -> "Account":
        """Let all words of the newest note be of this origin."""
        note = self.notes[-1]
        self.notes[-1] = note.model_copy(update={"turns": (Turn(start=0, end=len(note.text), origin=origin),)})
        return self

    def bears(self, later: str, effect: Effect, earlier: str, likelihood: float = 0.9) -> "Account":
        """Let the later words have an effect on the earlier statement; both are the first of these words."""
        bearing = Bearing(
            statement=self._place(earlier), words=self._place(later), likelihoods=likely(effect, likelihood)
        )
        self.bearings = [*(self.bearings or ()), bearing]
        return self

    def labelled(self) -> "Account":
        """Let all signals be a person's labels."""
        self.signals = [
            one.model_copy(update={"signal": one.signal.model_copy(update={"source": "label"})}) for one in self.signals
        ]
        return self

    def compared(self) -> "Account":
        """Let later words have been weighed, with no effect but those told."""
        self.bearings = self.bearings or []
        return self

    def history(self, as_of: datetime.date = AS_OF) -> History:
        return history_of(ACCOUNT, self.notes, self.signals, as_of, self.bearings)

    def _place(self, words: str) -> Place:
        note = next(note for note in self.notes if words in note.text)
        start = note.text.index(words)
        return Place(note_id=note.id, start=start, end=start + len(words))


def likely(effect: Effect, likelihood: float) -> Likelihoods:
    return Likelihoods(**{one.value: likelihood if one is effect else 0.0 for one in Effect})


class Said:
    """One statement with its kind and attributes."""

    def __init__(
        self, kind: str, quote: str, side: Side = "unknown", certainty: Certainty = "stated", **attributes: str
    ) -> None:
        self.speaker = attributes.pop("speaker", None)
        self.confidence = 1.0
        self.kind, self.quote, self.side = kind, quote, side
        self.certainty: Certainty = certainty
        self.attributes: Mapping[str, str] = attributes


def _found(note: Note, one: Said, start: int, number: int) -> Found:
    signal = Signal(
        id=f"s{number}",
        note_id=note.id,
        kind=one.kind,
        quote=one.quote,
        start=start,
        end=start + len(one.quote),
        line=note.line_of(start),
        speaker=one.speaker,
        side=one.side,
        confidence=one.confidence,
        certainty=one.certainty,
        attributes=dict(one.attributes),
    )
    return Found(signal=signal, account=note.account, date=note.date, channel=note.channel.value, title=note.title)


def unsure(said: Said) -> Said:
    said.confidence = 0.6
    return said


def promise(quote: str, owner: str = "us", **more: str) -> Said:
    return Said("commitment", quote, owner=owner, **more)


def pain(quote: str, about: str = "us", **more: str) -> Said:
    return Said("pain_point", quote, about=about, **more)


def leader(quote: str, sure: str | None = None, **more: str) -> Said:
    said = Said("leadership_change", quote, certainty="rumored" if sure == "rumored" else "stated", **more)
    said.attributes = {**said.attributes, **({"certainty": sure} if sure else {})}
    return said


def quotes(lines: Sequence[object]) -> list[str]:
    return [line.quote for line in lines]  # type: ignore[attr-defined]


def picture(account: Account, renewal: datetime.date | None = None, as_of: datetime.date = AS_OF) -> AccountPicture:
    return picture_of(account.history(as_of), renewal=renewal)


def day(days: int) -> str:
    return (AS_OF - datetime.timedelta(days=days)).isoformat()
