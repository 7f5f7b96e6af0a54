"""Port `Sources` on the SQLite file of the notes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, func, insert, select

from notesense.adapters.sql import names, rows
from notesense.adapters.sql.file import SqlFile
from notesense.adapters.sql.schema import notes, other_forms, read_files, read_notes
from notesense.core.source_ports import OtherForm, ReadFile
from notesense.errors import InputError


class SqlSources(SqlFile):
    """Port `Sources` on one SQLite file. Raises StoreError where the file cannot be used."""

    def recall(self, mark: str) -> int | None:
        """Return how many notes came of a file that was read completely; None where it was not, or one has gone."""
        there = select(func.count()).select_from(read_notes).where(read_notes.c.mark == mark).scalar_subquery()
        with self._read() as connection:
            found = connection.execute(select(read_files.c.notes, there).where(read_files.c.mark == mark)).first()
        return found[0] if found is not None and found[0] == found[1] else None

    def remember(self, files: Sequence[ReadFile]) -> None:
        """Keep that these files were read completely."""
        if not files:
            return
        with self._write() as connection:
            values = [{"mark": one.mark, "notes": len(set(one.note_ids)), "place": one.place} for one in files]
            connection.execute(insert(read_files).prefix_with("OR REPLACE"), values)
            held = [{"mark": one.mark, "note_id": note_id} for one in files for note_id in one.note_ids]
            if held:
                connection.execute(insert(read_notes).prefix_with("OR IGNORE"), held)

    def came_of(self, place: str) -> tuple[str, ...]:
        """Return the notes, still there, that came of whatever lay at a place before, in the order of their coming."""
        of_place = select(read_notes.c.note_id).join(read_files, read_files.c.mark == read_notes.c.mark)
        wanted = select(notes.c.id).where(notes.c.id.in_(of_place.where(read_files.c.place == place)))
        with self._read() as connection:
            return tuple(connection.scalars(wanted.order_by(notes.c.created))) if place else ()

    def add_form(self, form: OtherForm) -> None:
        """Keep another form of a note; the same text twice is once. Raises InputError where there is no such note."""
        with self._write() as connection:
            if not connection.execute(select(notes.c.id).where(notes.c.id == form.note_id)).first():
                raise InputError(f"There is no note with the id {form.note_id!r}.", "Import the file again.")
            same = and_(other_forms.c.note_id == form.note_id, other_forms.c.text == form.text)
            if not connection.execute(select(other_forms.c.id).where(same)).first():
                connection.execute(insert(other_forms), rows.form_row(form))

    def forms(self, note_id: str) -> tuple[OtherForm, ...]:
        """Return the other forms of a note, in the order of their coming."""
        return self._forms(_FORMS.where(other_forms.c.note_id == note_id))

    def forms_in(self, account: str) -> tuple[OtherForm, ...]:
        """Return the other forms of all notes of an account, in the order of their coming."""
        with self._read() as connection:
            account_id = names.account_id(connection, account) or 0
        joined = _FORMS.join(notes, notes.c.id == other_forms.c.note_id)
        return self._forms(joined.where(notes.c.account_id == account_id))

    def _forms(self, wanted: Select[Any]) -> tuple[OtherForm, ...]:
        with self._read() as connection:
            return tuple(map(rows.form_of, connection.execute(wanted).mappings()))


_FORMS = select(other_forms).order_by(other_forms.c.id)
