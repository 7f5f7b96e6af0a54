"""Notes, passages and extractions in few words, for the tests of the stores."""

import datetime

from notesense.core.note import Note, note_id
from notesense.core.passage import Passage
from notesense.core.signal import Draft, Extraction, Reason, Rejected, Signal, Usage
from notesense.core.vocabulary import Channel, Kind, Origin


def day(number: int) -> datetime.date:
    return datetime.date(2026, 1, 1) + datetime.timedelta(days=number)


def note(text: str, account: str = "Acme", on: int = 0, id: str = "", channel: Channel = Channel.CALL) -> Note:
    date = day(on)
    return Note(
        id=id or note_id(account, date, text), account=account, date=date, channel=channel, title="T", text=text
    )


def lines(of: Note) -> list[Passage]:
    """One passage for each line of the note, line ends left out."""
    found, start = [], 0
    for number, line in enumerate(of.text.splitlines(keepends=True)):
        text = line.rstrip("\r\n")
        if text:
            found.append(
                Passage(
                    ordinal=len(found),
                    start=start,
                    end=start + len(text),
                    text=text,
                    turn=number,
                    line=number + 1,
                    speaker="Ann" if number % 2 else None,
                    side="customer" if number % 2 else "unknown",
                    origin=Origin.QUOTED if text.startswith(">") else Origin.TRANSCRIPT,
                )
            )
        start += len(line)
    return found


def signal(of: Note, start: int = 0, end: int = 4, kind: str = Kind.PAIN_POINT, **other: object) -> Signal:
    facts = {"id": f"{of.id}-{kind}-{start}", "attributes": {"area": "delivery"}, "confidence": 0.25} | other
    return Signal(note_id=of.id, kind=kind, quote=of.text[start:end], start=start, end=end, line=1, **facts)


def extraction(of: Note, *signals: Signal, refused: int = 0, engine: str = "local") -> Extraction:
    rejected = [
        Rejected(
            note_id=of.id,
            draft=Draft(kind="price_value", quote=f"“dear” {n}", passage=n, attributes={"amount": "9 €"}),
            reason=Reason.NUMBER,
        )
        for n in range(refused)
    ]
    return Extraction(
        note_id=of.id, engine=engine, signals=signals, rejected=tuple(rejected), usage=Usage(input_tokens=3)
    )


def keep(store, of: Note, *signals: Signal, refused: int = 0) -> Note:
    store.save(of, lines(of), extraction(of, *signals, refused=refused))
    return of
