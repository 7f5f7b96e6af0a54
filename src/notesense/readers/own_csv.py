"""The tables that `notesense export` wrote as CSV: notes read back as they were; the table of signals completes them.

Its cells may begin with an apostrophe that keeps a spreadsheet from running them (`core.formulas`). Excel cuts cells at
32,767 characters when it saves: a row whose turns no longer fit its words is refused rather than guessed at.
"""

import csv
import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from notesense.core.formulas import as_written
from notesense.core.note import NoteSource, check_turns, turns_from
from notesense.core.reading import Reading, Readings
from notesense.core.results import Refused
from notesense.core.vocabulary import Channel
from notesense.errors import InputError
from notesense.readers.csv_rows import Row, delimiter_of, lines_of, rows_of, values_of
from notesense.readers.decoding import checked
from notesense.readers.family import CompanionError, Content, Family, Fit

_ID = "NoteSense ID"
_NOTES = frozenset({_ID, "Account Name", "Date", "Channel", "Body"})
_SIGNALS = frozenset({_ID, "Signal ID", "Kind", "Quote"})
_LONGEST = 64 * 1024 * 1024
"""Characters of the longest cell."""


def _sniff(content: Content) -> Fit:
    if content.binary or _ID not in content.head[:2_000]:
        return Fit.NO
    columns = _columns(content.head)
    return Fit.SURE if columns.keys() >= _NOTES or columns.keys() >= _SIGNALS else Fit.NO


def _columns(text: str) -> dict[str, int]:
    first = next((line for line in lines_of(text[:2_000]) if line.strip()), "")
    return {name.strip(): at for at, name in enumerate(values_of(first, delimiter_of(first)))}


def _read(content: Content) -> Readings:
    columns = _columns(content.text)
    if not columns.keys() >= _NOTES:
        raise CompanionError(
            f"{content.where} lists signals; the notes are in notes.csv beside it.", "Import that file."
        )
    lines = lines_of(content.text)
    first = next(at for at, line in enumerate(lines) if line.strip())
    notes: list[Reading] = []
    refused: list[Refused] = []
    with _long_cells():
        for row in rows_of(lines, first + 1, delimiter_of(lines[first]), len(columns)):
            place = f"{content.where}, line {row.line}"
            try:
                notes.append(_note(row, columns, place))
            except InputError as error:
                refused.append(Refused(where=place, reason=error.message))
    if not notes and not refused:
        raise InputError(f"{content.where} has columns, but no rows.", "Export it again, with the notes in it.")
    return Readings(notes=tuple(notes), refused=tuple(refused))


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let a cell hold a whole transcript."""
    before = csv.field_size_limit(_LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _note(row: Row, columns: dict[str, int], place: str) -> Reading:
    if row.broken:
        raise InputError(row.broken)

    def cell(name: str) -> str:
        return as_written(row.values[columns[name]]) if name in columns else ""

    text = checked(cell("Body"), "Body")
    try:
        turns = turns_from(cell("Turns"))
        check_turns(turns, text)
    except (ValueError, TypeError):
        raise InputError(
            "Turns do not fit Body, which was changed or cut since the export; "
            "empty the cell under Turns to have the words alone tell who speaks"
        ) from None
    try:
        day, channel = datetime.date.fromisoformat(cell("Date")), Channel(cell("Channel"))
        source = NoteSource(form=cell("Form"), meeting=cell("Meeting ID"), started=cell("Started") or None)
    except ValueError as error:
        raise InputError(f"not as it was exported ({' '.join(str(error).split())[:120]})") from None
    return Reading(
        where=place,
        text=text,
        id=cell(_ID) or None,
        account=cell("Account Name") or None,
        date=day,
        channel=channel,
        title=cell("Subject"),
        turns=turns,
        **source.model_dump(),
    )


FAMILY = Family("notesense csv", frozenset({".csv"}), _sniff, _read, restores=True)
