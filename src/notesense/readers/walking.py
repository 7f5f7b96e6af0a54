"""The walk through a file, a folder or an archive: file by file, none of them kept once the next one is reached.

Folders and archives are walked alike: in order of name, hidden files passed over, a bad file told and the others read.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from notesense.core.import_results import Skipped
from notesense.core.reading import Piece, Readings
from notesense.core.results import Refused
from notesense.errors import InputError
from notesense.readers import families, folders, packed
from notesense.readers.archive import Part, parts_of
from notesense.readers.beside import Beside, BesideOnDisk
from notesense.readers.family import CompanionError, Content

LARGEST = 200 * 1024 * 1024
"""Bytes of the largest file that is read."""
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart")
"""What browsers and copying programs call a file that they still write."""


@dataclass(frozen=True)
class _Way:
    """How files are read: whether folders name accounts, and the encoding that the user gave."""

    accounts_from_folders: bool
    encoding: str | None


@dataclass(frozen=True)
class Found:
    """A file that the walk has met: its content, or why there is none to read."""

    where: str
    content: Content | InputError | Skipped
    account: str | None = None
    reached: float = 1.0
    files: int = 1


def found_at(path: Path, accounts_from_folders: bool = False, encoding: str | None = None) -> Iterator[Found]:
    """Yield what lies at a path, one file at a time.

    With `accounts_from_folders`, the first folder below `path` (or in it, where it is an archive) names the account of
    the notes in it. `encoding`, by Python's name, is that of files that are not UTF-8 and have no byte order mark.
    Raises InputError where the path itself cannot be read.
    """
    way = _Way(accounts_from_folders, encoding)
    try:
        if path.is_dir():
            yield from _in_folder(path, way)
        else:
            yield from _in_file(path, BesideOnDisk(path.parent), way)
    except OSError as error:
        raise InputError(
            f"Cannot read {path}: {error.strerror or error}.", "Check the path and its permissions."
        ) from None


def pieces(path: Path, accounts_from_folders: bool = False, encoding: str | None = None) -> Iterator[Piece]:
    """Yield the files at a path as pieces of an import. Raises as `found_at` does."""
    before = 0.0
    for met, found in enumerate(found_at(path, accounts_from_folders, encoding), 1):
        files = max(found.files, met)
        yield Piece(found.where, partial(read, found), _mark(found), _place(found), before, found.reached, files)
        before = found.reached


def read(found: Found) -> Readings:
    """Read one file that was met; what is wrong with it, or why it is passed over, is in what is returned."""
    content = found.content
    if isinstance(content, Skipped):
        return Readings(skipped=(content,))
    try:
        if isinstance(content, InputError):
            raise content
        if not content.data.strip():
            return Readings(skipped=(Skipped(where=found.where, why="empty", reason="is empty"),))
        return under(families.read(content), found.account)
    except CompanionError as error:
        return Readings(skipped=(Skipped(where=found.where, why="companion", reason=error.message),))
    except InputError as error:
        return Readings(refused=(Refused(where=found.where, reason=f"{error.message} {error.fix}".strip()),))


def under(readings: Readings, account: str | None) -> Readings:
    """Return the readings with this account where the source names none."""
    if account is None:
        return readings
    notes = (
        one if one.account or one.form in families.OF_CHANNELS else one.model_copy(update={"account": account})
        for one in readings.notes
    )
    return readings.model_copy(update={"notes": tuple(notes)})


def _place(found: Found) -> str:
    """Return what stands for where the file lies, so that no paths are kept."""
    return hashlib.sha256(os.path.abspath(found.where).encode("utf-8", "replace")).hexdigest()


def _mark(found: Found) -> str:
    """Return what the file is known again by: all that its reading depends on."""
    content = found.content
    if not isinstance(content, Content):
        return ""
    may_have_companions = content.data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    beside = content.beside.state if content.beside and may_have_companions else ""
    folder = content.beside.name if content.beside else ""
    facts = "\0".join((content.name, folder, found.account or "", beside, content.encoding or ""))
    return hashlib.sha256(hashlib.sha256(content.data).digest() + facts.encode("utf-8", "replace")).hexdigest()


def _in_folder(folder: Path, way: _Way) -> Iterator[Found]:
    met = list(files_below(folder))
    sizes = [_size(each) if isinstance(each, Path) else 0 for each in met]
    total, before = sum(sizes) or 1, 0
    shelves: dict[Path, Beside] = {}
    for each, size in zip(met, sizes, strict=True):
        share = size / total
        if isinstance(each, Path):
            below = each.relative_to(folder).parts
            named = folders.account_of(below[:-1]) if way.accounts_from_folders else None
            inside = replace(way, accounts_from_folders=way.accounts_from_folders and len(below) == 1)
            for found in _one_of(each, shelves, inside):
                reached = before / total + share * found.reached
                yield Found(found.where, found.content, found.account or named, reached, len(met))
        else:
            yield Found(each.where, each.content, reached=before / total, files=len(met))
        before += size


def _one_of(path: Path, shelves: dict[Path, Beside], way: _Way) -> Iterator[Found]:
    """Yield one file of a folder; why it cannot be read is part of what was found."""
    try:
        beside = shelves.setdefault(path.parent, BesideOnDisk(path.parent, shelves))
        yield from _in_file(path, beside, way)
    except InputError as error:
        yield Found(str(path), error)
    except OSError as error:
        yield _unreadable(path, error)


def _in_file(path: Path, beside: Beside, way: _Way) -> Iterator[Found]:
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        data = b"" if size > LARGEST else file.read(LARGEST + 1)
    if max(size, len(data)) > LARGEST:
        raise InputError(
            f"{path} is larger than {LARGEST >> 20} MB, which is more than a file of notes may have.",
            "Split it into smaller files.",
        )
    content = Content(data, str(path), folders.composed(path.name), beside=beside, encoding=way.encoding)
    yield from in_content(content, way.accounts_from_folders)


def in_content(content: Content, accounts_from_folders: bool = False) -> Iterator[Found]:
    """Yield the content itself or, where it is an archive, the files in it. Raises InputError for a bad archive."""
    if not packed.is_archive(content.data):
        yield Found(content.where, content)
        return
    for part in parts_of(content, accounts_from_folders):
        yield _met(part)


def _met(part: Part) -> Found:
    return Found(part.where, part.content, part.account, part.reached)


def files_below(folder: Path) -> Iterator[Path | Found]:
    """Yield the files below a folder in order of name; a folder linked twice is entered once.

    What is hidden, still being written, or cannot be entered is yielded with the reason. Raises OSError where the
    folder itself cannot be entered.
    """
    entered = {_identity(folder)}
    waiting = sorted(folder.iterdir(), reverse=True)
    while waiting:
        path = waiting.pop()
        passed = _passed_over(path)
        if passed is not None:
            yield Found(str(path), passed)
            continue
        try:
            if path.is_dir():
                if (identity := _identity(path)) not in entered:
                    entered.add(identity)
                    waiting += sorted(path.iterdir(), reverse=True)
            elif path.is_file():
                yield path
            elif path.is_symlink():
                yield Found(str(path), InputError("cannot be read: the link leads nowhere"))
        except OSError as error:
            yield _unreadable(path, error)


def _passed_over(path: Path) -> Skipped | None:
    if path.name.startswith((".", "~$")):
        return Skipped(where=str(path), why="hidden", reason="is hidden")
    if path.name.lower().endswith(_UNFINISHED):
        return Skipped(where=str(path), why="partial", reason="is still being written by another program")
    return None


def _identity(path: Path) -> tuple[int, int]:
    """Return what a folder is known by however it is reached."""
    facts = os.stat(path)
    return facts.st_dev, facts.st_ino


def _size(path: Path) -> int:
    """Return the bytes of a file as far as they tell how long it takes to read; none of what is too large."""
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    return 1_000 + (size if size <= LARGEST else 0)


def _unreadable(path: Path, error: OSError) -> Found:
    return Found(str(path), InputError(f"cannot be read: {error.strerror or error}"))
