"""Port `Outgoing` on the SQLite file of the notes: taken out some hundred notes at a time, in the order of coming."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, func, select

from notesense.adapters.sql import names, rows
from notesense.adapters.sql.file import SqlFile
from notesense.adapters.sql.note_rows import NOTES, attended
from notesense.adapters.sql.schema import corrections, notes, other_forms, rejected, runs, set_aside, signals
from notesense.core.carried import Recorded
from notesense.core.note import Note
from notesense.core.signal import OWN_SOURCES, Extraction, Signal, Usage

_AT_ONCE = 200


class SqlOutgoing(SqlFile):
    """Port `Outgoing` on one SQLite file. Raises StoreError where the file cannot be used."""

    def count(self, accounts: Sequence[str]) -> int:
        """Return how many notes these accounts have, or all accounts where none is named."""
        with self._read() as connection:
            wanted = select(func.count()).select_from(notes)
            return int(connection.execute(_narrowed(connection, wanted, accounts)).scalar_one())

    def recorded(self, accounts: Sequence[str]) -> Iterator[tuple[Note, Recorded]]:
        """Yield the notes of these accounts, or of all where none is named, in the order in which they came."""
        last = 0
        while True:
            with self._read() as connection:
                wanted = _narrowed(connection, _NOTES, accounts).where(notes.c.created > last).limit(_AT_ONCE)
                found = connection.execute(wanted).mappings().all()
                taken = list(_recorded(connection, found))
            if not taken:
                return
            yield from taken
            last = found[-1]["created"]


_NOTES = NOTES.order_by(notes.c.created)


def _narrowed(connection: Connection, wanted: Select[Any], names_given: Sequence[str]) -> Select[Any]:
    """Narrow a query on notes to these accounts, where some are named."""
    if not names_given:
        return wanted
    return wanted.where(notes.c.account_id.in_([names.account_id(connection, name) or 0 for name in names_given]))


def _recorded(connection: Connection, found: Sequence[RowMapping]) -> Iterator[tuple[Note, Recorded]]:
    ids = [row["id"] for row in found]
    shown = _by_note(connection, signals, signals.c.start, ids)
    aside = _by_note(connection, set_aside, set_aside.c.id, ids)
    refused = _by_note(connection, rejected, rejected.c.id, ids)
    said = _by_note(connection, corrections, corrections.c.id, ids)
    ran = _by_note(connection, runs, runs.c.id, ids)
    forms = _by_note(connection, other_forms, other_forms.c.id, ids)
    there = attended(connection, ids)
    for row in found:
        note = rows.note_of(row, there.get(row["id"], ()))
        told = [rows.signal_of(each) for each in shown[note.id] if each["source"] not in OWN_SOURCES]
        told += [Signal.model_validate_json(each["signal"]) for each in aside[note.id]]
        run = ran[note.id][-1]
        extraction = Extraction(
            note_id=note.id,
            engine=run["engine"],
            signals=tuple(told),
            rejected=tuple(map(rows.rejected_of, refused[note.id])),
            error=run["error"],
            usage=Usage.model_validate_json(run["usage"]),
            trackers=run["trackers"],
            language=run["language"],
        )
        yield (
            note,
            Recorded(
                extraction=extraction,
                corrections=tuple(map(rows.correction_of, said[note.id])),
                forms=tuple(map(rows.form_of, forms[note.id])),
                ascribed=note.ascribed,
            ),
        )


def _by_note(connection: Connection, table: Table, order: Any, ids: Sequence[str]) -> dict[str, list[RowMapping]]:
    """Return the rows of a table that belong to these notes, in this order, by note."""
    found: dict[str, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(select(table).where(table.c.note_id.in_(ids)).order_by(order)).mappings():
        found[row["note_id"]].append(row)
    return found
