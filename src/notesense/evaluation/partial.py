"""What an interrupted run has done already: beside the file that the run will be saved in, one note a line.

The first line tells what was run on what; going on is refused where that has changed. Only its owner can read it.
"""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from notesense.core.evaluated import About, NoteRow
from notesense.errors import InputError, StoreError

VERSION = 1


class Partial:
    """The rows of an unfinished run, in a file."""

    def __init__(self, path: Path, about: About) -> None:
        self.path = path
        self._about = about
        self._file: TextIO | None = None

    def resume(self) -> tuple[NoteRow, ...]:
        """Return the notes that were read already, without those on which the engine failed.

        Nothing kept is an empty answer. Raises InputError where it was another run.
        """
        if not self.path.exists():
            return ()
        head, *lines = self._lines()
        self._check(head)
        rows = {row.id: row for row in map(_row, lines) if row is not None}
        return tuple(row for row in rows.values() if row.error is None)

    def begin(self, done: tuple[NoteRow, ...] = ()) -> None:
        """Open the file for the rows to come, those that are done first; until these stand, the old file stays."""
        first = self.path.with_name(f"{self.path.name}.new") if done else self.path
        try:
            handle = os.open(first, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as error:
            raise self._unwritable(error) from None
        self._file = os.fdopen(handle, "w", encoding="utf-8")
        about = self._about.model_dump(mode="json")
        self._write(json.dumps({"version": VERSION, "about": about}, ensure_ascii=False))
        for row in done:
            self.add(row)
        if done:
            first.replace(self.path)

    def add(self, row: NoteRow) -> None:
        """Keep a row; it is on disk when this returns."""
        self._write(row.model_dump_json())

    def close(self) -> None:
        """Close the file; what is in it stays."""
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def _write(self, line: str) -> None:
        assert self._file is not None
        try:
            self._file.write(line + "\n")
            self._file.flush()
        except OSError as error:
            with suppress(OSError):
                self.close()
            raise self._unwritable(error) from None

    def _unwritable(self, error: OSError) -> StoreError:
        return StoreError(f"Cannot write {self.path}: {error.strerror or error}.", "Choose another file with --save.")

    def _lines(self) -> list[str]:
        try:
            return self.path.read_text(encoding="utf-8", errors="replace").split("\n")
        except OSError as error:
            raise InputError(f"Cannot read {self.path}: {error.strerror or error}.", "Check its permissions.") from None

    def _check(self, head: str) -> None:
        try:
            kept = json.loads(head)
            before = About.model_validate(kept["about"]) if kept["version"] == VERSION else None
        except (ValueError, KeyError, TypeError):
            before = None
        if before is None:
            raise InputError(f"{self.path} is no unfinished run that can be read.", "Delete it to begin anew.")
        for what, then, now in (
            ("data", before.data_sha256[:12], self._about.data_sha256[:12]),
            ("engine", before.engine, self._about.engine),
            ("engine version", before.engine_version, self._about.engine_version),
            ("settings", before.settings, self._about.settings),
        ):
            if then != now:
                raise InputError(
                    f"{self.path} was begun with another {what} ({then}, now {now}).", "Delete it to begin anew."
                )


def _row(line: str) -> NoteRow | None:
    """Return a kept row; None for a line that was cut short."""
    try:
        return NoteRow.model_validate_json(line)
    except ValueError:
        return None
