"""Where notes come from: a text, bytes, a file, a folder with all below it, an archive.

One bad file never loses the others.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from notesense.core.reading import Reading, Readings
from notesense.core.results import Refused
from notesense.errors import InputError
from notesense.readers import families, packed
from notesense.readers.archive import read_archive
from notesense.readers.beside import Beside
from notesense.readers.decoding import checked
from notesense.readers.family import CompanionError, Content

LARGEST = 200 * 1024 * 1024
"""Bytes of the largest file that is read."""


def read_text(text: str, where: str = "The text") -> Readings:
    """Read what was pasted, in whatever form. Raises InputError where it is blank, binary or cannot be read."""
    checked(text, where)
    return families.read(Content(text.encode(), where, pasted=text))


def read_bytes(data: bytes, where: str, encoding: str | None = None) -> Readings:
    """Read what came on standard input, in whatever form; `encoding` as for `read_path`.

    Raises InputError where it cannot be read.
    """
    return _read_content(Content(data, where, encoding=encoding))


def read_path(path: Path, accounts_from_folders: bool = False, encoding: str | None = None) -> Readings:
    """Read a file or archive, or a folder with all below it, in order of name.

    Raises InputError where the path itself cannot be read; a bad file within a folder is among the refused. With
    `accounts_from_folders`, the first folder below `path` (or in it, where it is an archive) names the account of the
    notes in it. `encoding`, by Python's name, is that of files that are not UTF-8 and have no byte order mark.
    """
    try:
        if path.is_dir():
            return _read_folder(path, accounts_from_folders, encoding)
        return _read_file(path, Beside(path.parent), accounts_from_folders, encoding)
    except OSError as error:
        raise InputError(
            f"Cannot read {path}: {error.strerror or error}.", "Check the path and its permissions."
        ) from None


def _read_folder(folder: Path, accounts_from_folders: bool, encoding: str | None) -> Readings:
    notes: list[Reading] = []
    refused: list[Refused] = []
    companions: list[Refused] = []
    folders: dict[Path, Beside] = {}
    for path in files_below(folder, refused):
        try:
            beside = folders.setdefault(path.parent, Beside(path.parent, folders))
            found = _read_file(path, beside, accounts_from_folders and path.parent == folder, encoding)
        except CompanionError as error:
            companions.append(Refused(where=str(path), reason=error.message))
            continue
        except InputError as error:
            refused.append(Refused(where=str(path), reason=error.message))
            continue
        except OSError as error:
            refused.append(_unreadable(path, error))
            continue
        below = path.relative_to(folder).parts
        named = below[0] if accounts_from_folders and len(below) > 1 else None
        notes += [n if n.account or not named else n.model_copy(update={"account": named}) for n in found.notes]
        refused += found.refused
    refused += [] if notes else companions
    if not notes and not refused:
        raise InputError(f"No notes in {folder}.", "Put the files there that hold them; hidden ones are passed over.")
    return Readings(notes=tuple(notes), refused=tuple(refused))


def files_below(folder: Path, refused: list[Refused]) -> Iterator[Path]:
    """Yield the files below a folder in order of name, without hidden ones; a folder linked twice is entered once.

    What cannot be entered goes to the refused. Raises OSError where the folder itself cannot be.
    """
    entered = {_identity(folder)}
    waiting = sorted(folder.iterdir(), reverse=True)
    while waiting:
        path = waiting.pop()
        if path.name.startswith("."):
            continue
        try:
            if path.is_dir():
                if (identity := _identity(path)) not in entered:
                    entered.add(identity)
                    waiting += sorted(path.iterdir(), reverse=True)
            elif path.is_file():
                yield path
            elif path.is_symlink():
                refused.append(Refused(where=str(path), reason="cannot be read: the link leads nowhere"))
        except OSError as error:
            refused.append(_unreadable(path, error))


def _identity(path: Path) -> tuple[int, int]:
    """Return what a folder is known by however it is reached."""
    facts = os.stat(path)
    return facts.st_dev, facts.st_ino


def _unreadable(path: Path, error: OSError) -> Refused:
    return Refused(where=str(path), reason=f"cannot be read: {error.strerror or error}")


def _read_file(path: Path, beside: Beside, accounts_from_folders: bool, encoding: str | None) -> Readings:
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        data = b"" if size > LARGEST else file.read(LARGEST + 1)
    if max(size, len(data)) > LARGEST:
        raise InputError(
            f"{path} is larger than {LARGEST >> 20} MB, which is more than a file of notes may have.",
            "Split it into smaller files.",
        )
    content = Content(data, str(path), path.name, beside=beside, encoding=encoding)
    return _read_content(content, accounts_from_folders)


def _read_content(content: Content, accounts_from_folders: bool = False) -> Readings:
    if packed.is_archive(content.data):
        return read_archive(content, families.read, accounts_from_folders)
    return families.read(content)
