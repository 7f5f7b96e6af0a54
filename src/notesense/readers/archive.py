"""ZIP archives: each file in them is taken as one that lies in a folder. One bad file never loses the others.

Nothing is written to disk. What leads out of the archive, is locked, is a link or was made to do harm is refused.
"""

import io
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from notesense.core.import_results import Skipped
from notesense.errors import InputError
from notesense.readers import folders, packed
from notesense.readers.beside import Packed
from notesense.readers.family import Content

_DEEPEST = 3
"""How many archives may lie in one another."""
_LOCKED = 0x1
_RESOURCES = "__MACOSX"


@dataclass
class Room:
    """What an archive and all archives in it may still unpack to, in bytes, and those of them that lie too deep."""

    left: int = field(default_factory=lambda: packed.LARGEST)
    too_deep: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """One file of an archive: its content, or why there is none.

    `account` is the name of the first folder in the archive, where that names accounts. `reached` tells how much of
    the archive is done with this part, from 0 to 1.
    """

    where: str
    content: Content | InputError | Skipped
    account: str | None = None
    reached: float = 1.0


def parts_of(
    content: Content, accounts_from_folders: bool = False, room: Room | None = None, depth: int = 1
) -> Iterator[Part]:
    """Yield all files of an archive and of the archives in it, in order of name, one unpacked at a time.

    With `accounts_from_folders`, the first folder in the archive names the account of the notes in it; not where all
    files lie in one folder and some in folders below, as that may be the account's or may hold the accounts'.
    Raises InputError where the archive cannot be read, or holds nothing.
    """
    room = room or Room()
    try:
        archive = zipfile.ZipFile(io.BytesIO(content.data))
    except packed.BROKEN as error:
        raise InputError(
            f"{content.where} is a broken archive ({packed.brief(error)}).", "Fetch or pack it again."
        ) from None
    with archive:
        infos = [part for part in archive.infolist() if not part.is_dir() and packed.path_of(part).parts]
        files = sorted(
            (part for part in infos if not _is_hidden(packed.path_of(part))), key=lambda part: str(packed.path_of(part))
        )
        if not files:
            raise InputError(f"{content.where} is an archive without files.", "Pack it again, with the notes in it.")
        room.left -= packed.check(files, content.where, room.left)
        named = accounts_from_folders and not _is_one_folder([packed.path_of(part) for part in files])
        shelf = Packed(
            archive, {packed.path_of(part): part for part in files}, content.stem, content.beside, content.encoding
        )
        for number, info in enumerate(files):
            for part in _taken(shelf, info, content.where, named, room, depth):
                yield Part(part.where, part.content, part.account, (number + part.reached) / len(files))
        for info in infos:
            if _is_hidden(packed.path_of(info)):
                place = f"{content.where}/{packed.path_of(info)}"
                yield Part(place, Skipped(where=place, why="hidden", reason="is a hidden file"))
    if depth == 1 and room.too_deep:
        first, *others = room.too_deep
        more = f", as do {len(others)} more" if others else ""
        yield Part(
            first,
            InputError(f"{first} lies more than {_DEEPEST} archives deep{more}.", "Unpack the outer ones first."),
        )


def _taken(shelf: Packed, info: zipfile.ZipInfo, where: str, named: bool, room: Room, depth: int) -> Iterator[Part]:
    """Yield one file of an archive; where it is an archive itself, the files in that."""
    path = packed.path_of(info)
    place = f"{where}/{path}"
    account = folders.account_of(path.parts[:-1]) if named else None
    try:
        beside = shelf.beside(path.parent)
        data = _bytes(shelf.archive, info, path, place)
        inner = Content(data, place, path.name, beside=beside, encoding=shelf.encoding)
        if not packed.is_archive(inner.data):
            yield Part(place, inner, account)
            return
        if depth == _DEEPEST:
            room.too_deep.append(place)
            return
        for part in parts_of(inner, named and account is None, room, depth + 1):
            yield Part(part.where, part.content, part.account or account, part.reached)
    except InputError as error:
        yield Part(place, error, account)


def _is_hidden(path: PurePosixPath) -> bool:
    return any(step == _RESOURCES or (step.startswith(".") and step != "..") for step in path.parts)


def _is_one_folder(paths: list[PurePosixPath]) -> bool:
    """Tell whether all files lie in one folder that is not just for customers, and some in folders below it."""
    tops = {path.parts[0] for path in paths}
    return len(tops) == 1 and not folders.holds_accounts(*tops) and any(len(path.parts) > 2 for path in paths)


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
