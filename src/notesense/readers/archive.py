"""ZIP archives: each file in them is read as one that lies in a folder. One bad file never loses the others.

Nothing is written to disk. What leads out of the archive, is locked, is a link or was made to do harm is refused.
"""

import io
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from notesense.core.reading import Reading, Readings
from notesense.core.results import Refused
from notesense.errors import InputError
from notesense.readers import packed
from notesense.readers.family import Content

_DEEPEST = 3
"""How many archives may lie in one another."""
_LOCKED = 0x1
_RESOURCES = "__MACOSX"


@dataclass
class _Take:
    """What is read so far of an archive and all archives in it; `room` is what these may still unpack to, in bytes."""

    read: Callable[[Content], Readings]
    room: int
    notes: list[Reading] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def read_archive(
    content: Content, read: Callable[[Content], Readings], accounts_from_folders: bool = False
) -> Readings:
    """Read all files of an archive with `read`, in order of name, without hidden ones.

    With `accounts_from_folders`, the first folder in the archive names the account of the notes in it; not where all
    files lie in one folder and some in folders below, as that may be the account's or may hold the accounts'.
    Raises InputError where the archive cannot be read, or holds nothing.
    """
    take = _Take(read, packed.LARGEST)
    _unpack(content, take, 1, accounts_from_folders)
    if not take.notes and not take.refused:
        raise InputError(f"{content.where} is an archive without files.", "Pack it again, with the notes in it.")
    return Readings(notes=tuple(take.notes), refused=tuple(take.refused))


def _unpack(content: Content, take: _Take, depth: int, accounts_from_folders: bool) -> None:
    if depth > _DEEPEST:
        raise InputError(f"{content.where} lies more than {_DEEPEST} archives deep.", "Unpack the outer ones first.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content.data))
    except packed.BROKEN as error:
        raise InputError(
            f"{content.where} is a broken archive ({packed.brief(error)}).", "Fetch or pack it again."
        ) from None
    with archive:
        parts = sorted(_files(archive), key=lambda part: part.filename)
        take.room -= packed.check(parts, content.where, take.room)
        named = accounts_from_folders and not _is_one_folder([_path(part) for part in parts])
        for part in parts:
            _take_part(archive, part, content, take, depth, named)


def _files(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    for part in archive.infolist():
        steps = _path(part).parts
        hidden = any(step == _RESOURCES or (step.startswith(".") and step != "..") for step in steps)
        if steps and not hidden and not part.is_dir():
            yield part


def _path(part: zipfile.ZipInfo) -> PurePosixPath:
    return PurePosixPath(part.filename.replace("\\", "/").encode("utf-8", "replace").decode())


def _is_one_folder(paths: list[PurePosixPath]) -> bool:
    """Tell whether all files lie in one folder, and some of them in folders below it."""
    return len({path.parts[0] for path in paths}) == 1 and any(len(path.parts) > 2 for path in paths)


def _take_part(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, outer: Content, take: _Take, depth: int, named: bool
) -> None:
    """Read one file of an archive into what is taken; what is wrong with it goes to the refused."""
    path = _path(part)
    place = f"{outer.where}/{path}"
    before = len(take.notes)
    try:
        inner = Content(_bytes(archive, part, path, place), place, path.name, encoding=outer.encoding)
        if packed.is_archive(inner.data):
            _unpack(inner, take, depth + 1, named and len(path.parts) == 1)
        else:
            found = take.read(inner)
            take.notes += found.notes
            take.refused += found.refused
    except InputError as error:
        take.refused.append(Refused(where=place, reason=error.message))
    if named and len(path.parts) > 1:
        told = (
            one if one.account else one.model_copy(update={"account": path.parts[0]}) for one in take.notes[before:]
        )
        take.notes[before:] = list(told)


def _bytes(archive: zipfile.ZipFile, part: zipfile.ZipInfo, path: PurePosixPath, place: str) -> bytes:
    if ".." in path.parts or path.is_absolute() or path.parts[0].endswith(":"):
        raise InputError(f"{place} has a name that leads out of the archive.", "Unpack it by hand, and look at it.")
    if stat.S_ISLNK(part.external_attr >> 16):
        raise InputError(f"{place} is a link, not a file.", "Pack the file itself.")
    if part.flag_bits & _LOCKED:
        raise InputError(f"{place} is locked with a password.", "Unpack the archive, and import the folder.")
    try:
        return archive.read(part)
    except packed.BROKEN as error:
        raise InputError(f"{place} cannot be unpacked ({packed.brief(error)}).", "Fetch or pack it again.") from None
