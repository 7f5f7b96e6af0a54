"""Port `Links` on the SQLite file of the notes. Rows hang on both of their notes, and vanish with either."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from notesense.adapters.sql import database, migrations, names
from notesense.adapters.sql.schema import bearings, linked, notes
from notesense.core.bearing import Bearing, Likelihoods, Place

_TOGETHER = 400
"""Values in one question; SQLite bounds them."""


class SqlLinks:
    """Port `Links` on one SQLite file. Raises StoreError where the file cannot be used."""

    def __init__(self, path: Path, timeout: float = 30.0) -> None:
        """Open or make the file; `timeout` seconds are spent on a lock. Raises StoreTooNew for a newer file."""
        self.path = path
        self._engine = migrations.open_file(path, timeout)

    def links(self, account: str) -> tuple[Bearing, ...]:
        """Return all bearings between an account's notes."""
        with self._read() as connection:
            wanted = (
                select(bearings)
                .join(notes, notes.c.id == bearings.c.note_id)
                .where(notes.c.account_id == (names.account_id(connection, account) or 0))
                .order_by(bearings.c.id)
            )
            return tuple(map(_bearing, connection.execute(wanted)))

    def linked(self, account: str) -> Mapping[str, str]:
        """Return the mark with which each note of an account was linked, by note id; others were not yet."""
        with self._read() as connection:
            account_id = names.account_id(connection, account) or 0
            wanted = select(linked).join(notes, notes.c.id == linked.c.note_id).where(notes.c.account_id == account_id)
            return {note_id: mark for note_id, mark in connection.execute(wanted)}

    def link(self, marks: Mapping[str, str], found: Sequence[Bearing]) -> None:
        """Keep these notes' marks and bearings in one transaction; all older bearings of these notes go."""
        with self._write() as connection:
            ids = {*marks, *(place.note_id for one in found for place in (one.statement, one.words))}
            there = _there(connection, sorted(ids))
            new = {note_id for note_id, mark in marks.items() if note_id in there and there[note_id] != mark}
            for note_id in sorted(new):
                connection.execute(delete(bearings).where(bearings.c.note_id == note_id))
                connection.execute(delete(bearings).where(bearings.c.words_note_id == note_id))
                row = {"note_id": note_id, "mark": marks[note_id]}
                connection.execute(insert(linked).prefix_with("OR REPLACE"), row)
            pairs = ((one, {one.statement.note_id, one.words.note_id}) for one in found)
            rows = [_row(one) for one, ends in pairs if ends & new and ends <= there.keys()]
            if rows:
                connection.execute(insert(bearings), rows)

    def unlink(self) -> None:
        """Throw all marks and bearings of all accounts away."""
        with self._write() as connection:
            connection.execute(delete(bearings))
            connection.execute(delete(linked))

    def close(self) -> None:
        """Release the database."""
        with database.translated(self.path):
            self._engine.dispose()

    def _read(self) -> AbstractContextManager[Connection]:
        return database.reading(self._engine, self.path)

    def _write(self) -> AbstractContextManager[Connection]:
        return database.writing(self._engine, self.path)


def _there(connection: Connection, note_ids: Sequence[str]) -> dict[str, str]:
    """Return those of the notes that are there, with their marks, empty where they have none."""
    marked = select(notes.c.id, linked.c.mark).join(linked, linked.c.note_id == notes.c.id, isouter=True)
    there: dict[str, str] = {}
    for at in range(0, len(note_ids), _TOGETHER):
        wanted = marked.where(notes.c.id.in_(note_ids[at : at + _TOGETHER]))
        there.update((note_id, mark or "") for note_id, mark in connection.execute(wanted))
    return there


def _row(one: Bearing) -> dict[str, Any]:
    return {
        **one.statement.model_dump(),
        **{f"words_{name}": value for name, value in one.words.model_dump().items()},
        **one.likelihoods.model_dump(),
        "likeness": one.likeness,
    }


def _bearing(row: Iterable[Any]) -> Bearing:
    """Return a row as it was written. Nothing is checked again: an account may have thousands of them."""
    _, note_id, start, end, words_note_id, words_start, words_end, settles, fails, replaces, repeats, likeness = row
    return Bearing.model_construct(
        statement=Place.model_construct(note_id=note_id, start=start, end=end),
        words=Place.model_construct(note_id=words_note_id, start=words_start, end=words_end),
        likelihoods=Likelihoods.model_construct(settles=settles, fails=fails, replaces=replaces, repeats=repeats),
        likeness=likeness,
    )
