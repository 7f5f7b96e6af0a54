"""A store as two tables for a spreadsheet or a CRM: a row a note, a row a signal.

Comma, CRLF between rows, quotes where they are needed (RFC 4180). Cells that a spreadsheet would run get an apostrophe
before them (`core.formulas`). The texts stand there word for word, with the line ends that they have.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

from notesense.core.carried import Recorded
from notesense.core.formulas import harmless
from notesense.core.note import Note, compact_turns
from notesense.core.signal import Signal

NOTES, SIGNALS = "notes.csv", "signals.csv"
NOTE_COLUMNS = (
    *("NoteSense ID", "Account Name", "Date", "Channel", "Subject", "Body"),
    *("Signals", "Started", "Meeting ID", "Form", "Turns"),
)
SIGNAL_COLUMNS = (
    *("Signal ID", "NoteSense ID", "Account Name", "Date", "Channel", "Kind", "Quote", "Speaker", "Side"),
    *("Certainty", "Confidence", "Status", "Review", "Whose Words", "Line", "Start", "End", "Attributes"),
)
_STATUS = {"engine": "found", "label": "labelled"}


def pieces(notes: Iterable[tuple[Note, Recorded]], bom: bool) -> Iterator[tuple[str, str]]:
    """Yield (file name, text) for both tables; with `bom` each begins with a byte order mark, which Excel asks for."""
    mark = "\ufeff" if bom else ""
    yield NOTES, mark + _row(NOTE_COLUMNS)
    yield SIGNALS, mark + _row(SIGNAL_COLUMNS)
    for note, recorded in notes:
        shown = recorded.shown
        yield NOTES, _row(_note(note, len(shown)))
        if shown:
            yield SIGNALS, "".join(_row(_signal(signal, note)) for signal in shown)


def _note(note: Note, signals: int) -> Sequence[str]:
    started = note.source.started
    return (
        *(note.id, note.account, note.date.isoformat(), note.channel.value, note.title, note.text),
        *(str(signals), started.isoformat() if started else "", note.source.meeting, note.source.form),
        compact_turns(note.turns),
    )


def _signal(signal: Signal, note: Note) -> Sequence[str]:
    attributes = {name: value for name, value in signal.attributes.items() if value}
    return (
        *(signal.id, note.id, note.account, note.date.isoformat(), note.channel.value, str(signal.kind), signal.quote),
        *(signal.speaker or "", signal.side, signal.certainty, f"{signal.confidence:g}"),
        *(_STATUS.get(signal.source, signal.source), "yes" if signal.review else "no", signal.origin.value),
        *(str(signal.line), str(signal.start), str(signal.end)),
        json.dumps(attributes, ensure_ascii=False) if attributes else "",
    )


def _row(cells: Sequence[str]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return written.getvalue()
