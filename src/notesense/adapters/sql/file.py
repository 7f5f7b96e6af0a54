"""The SQLite file of the notes, open: what the adapters of several ports on it have in common."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import Connection

from notesense.adapters.sql import database, migrations


class SqlFile:
    """One SQLite file, brought to the present schema. Raises StoreError where it cannot be used."""

    def __init__(
        self,
        path: Path,
        timeout: float = 30.0,
        steps: Sequence[migrations.Migration] = migrations.MIGRATIONS,
    ) -> None:
        """Open or make the file; `timeout` seconds are spent on a lock. Raises StoreTooNew for a newer file."""
        self.path = path
        self._engine = migrations.open_file(path, timeout, steps)

    def close(self) -> None:
        """Release the database."""
        with database.translated(self.path):
            self._engine.dispose()

    def _read(self) -> AbstractContextManager[Connection]:
        return database.reading(self._engine, self.path)

    def _write(self) -> AbstractContextManager[Connection]:
        return database.writing(self._engine, self.path)
