"""From what stands on the command line to readings: text, files, folders, standard input, the user's editor."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from notesense.core.reading import Readings
from notesense.errors import InputError
from notesense.readers.families import ENDINGS
from notesense.readers.sources import read_bytes, read_path, read_text


def readings_from(sources: Sequence[str], encoding: str | None = None, accounts_from_folders: bool = False) -> Readings:
    """Read all sources; none means standard input, or the editor where standard input is a terminal.

    `encoding` is what the user says of those that are not UTF-8. With `accounts_from_folders`, the first folder below
    one that is given names the account of the notes in it.
    Raises InputError for the first source that cannot be read: nothing has been stored then.
    """
    if not sources:
        return _from_editor() if _typed_at(sys.stdin) else _from_stdin(encoding)
    read = [_read(source, encoding, accounts_from_folders) for source in sources]
    return Readings(
        notes=tuple(note for one in read for note in one.notes),
        refused=tuple(refused for one in read for refused in one.refused),
    )


def _typed_at(stream: TextIO) -> bool:
    """Tell whether a person sits at this stream."""
    return stream.isatty()


def _read(source: str, encoding: str | None, accounts_from_folders: bool) -> Readings:
    if source == "-":
        return _from_stdin(encoding)
    path = Path(source)
    if source.strip() and _exists(path):
        return read_path(path, accounts_from_folders, encoding)
    if _looks_like_path(source):
        raise InputError(
            f"There is no file {source}.", "Check the name; a note given as text needs quotes around all of it."
        )
    return read_text(source)


def _exists(path: Path) -> bool:
    """Tell whether the path exists; a text too long or too strange for a path does not."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _looks_like_path(source: str) -> bool:
    """Tell whether one word was meant as a file: a single word is no note."""
    one_word = len(source.split()) == 1
    return one_word or ("\n" not in source and Path(source).suffix.lower() in ENDINGS)


def _from_stdin(encoding: str | None) -> Readings:
    return read_bytes(sys.stdin.buffer.read(), "Standard input", encoding)


def _from_editor() -> Readings:
    """Let the user write the note in $VISUAL or $EDITOR."""
    import click

    try:
        text = click.edit("", extension=".md", require_save=True)
    except click.ClickException as error:
        raise InputError(error.format_message(), "Set EDITOR to a program that is there, such as nano.") from None
    if text is None or not text.strip():
        raise InputError("No note was written.", "Save the text in the editor before leaving it.")
    return read_text(text, "The note")
