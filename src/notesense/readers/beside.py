"""The files beside one in its folder: some exports keep the names of the speakers in a file of its own.

The folder may lie on disk or in an archive: its files see no difference.
"""

import hashlib
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from notesense.readers import packed

LARGEST = 50 * 1024 * 1024
"""Bytes of the largest file that is looked into for the sake of another."""
_LISTS = ("users.json", "org_users.json")
"""Files in the folder above that tell something of the files in the folders below it."""


class Beside(ABC):
    """A folder as seen by a file in it. What one file has found out there, the next one need not."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    @property
    @abstractmethod
    def name(self) -> str:
        """The name of the folder."""

    @property
    @abstractmethod
    def above(self) -> "Beside":
        """The folder around this one."""

    @abstractmethod
    def named(self, ending: str) -> list[str]:
        """Return the names of the files with this ending, in order; none where the folder cannot be read."""

    @abstractmethod
    def data(self, name: str, most: int = LARGEST) -> bytes | None:
        """Return what a file of this folder begins with, all of it by default.

        None where it is none, larger than LARGEST or cannot be read.
        """

    @abstractmethod
    def _mark(self, name: str) -> str:
        """Return what changes where the file of this name does; empty where there is none."""

    def once(self, what: str, find: Callable[[], Any]) -> Any:
        """Return what was found out under this name, finding it out the first time."""
        if what not in self._known:
            self._known[what] = find()
        return self._known[what]

    @cached_property
    def state(self) -> str:
        """What changes where a file appears, goes or changes that may tell something of another file of this folder."""
        here = [f"{name}\0{self._mark(name)}" for name in self.named(".json")]
        above = [self.above._mark(name) for name in _LISTS]
        return hashlib.sha256("\n".join([*here, *above]).encode("utf-8", "replace")).hexdigest()


class BesideOnDisk(Beside):
    """A folder of the disk. `others` are folders seen already, by their paths; the one around is shared through it."""

    def __init__(self, folder: Path, others: "dict[Path, Beside] | None" = None) -> None:
        super().__init__()
        self._folder = folder
        self._others = {} if others is None else others

    @property
    def name(self) -> str:
        """The name of the folder."""
        return self._folder.absolute().name

    @cached_property
    def above(self) -> Beside:
        """The folder around this one."""
        parent = self._folder.absolute().parent
        return self._others.setdefault(parent, BesideOnDisk(parent, self._others))

    def named(self, ending: str) -> list[str]:
        """Return the names of the files with this ending, in order; none where the folder cannot be read."""
        try:
            return sorted(path.name for path in self._folder.iterdir() if path.suffix.lower() == ending)
        except OSError:
            return []

    def data(self, name: str, most: int = LARGEST) -> bytes | None:
        """Return what a file begins with; None where it is none, too large or cannot be read."""
        path = self._folder / name
        try:
            if not path.is_file() or path.stat().st_size > LARGEST:
                return None
            with path.open("rb") as file:
                return file.read(most)
        except OSError:
            return None

    def _mark(self, name: str) -> str:
        try:
            facts = (self._folder / name).stat()
        except OSError:
            return ""
        return f"{facts.st_size} {facts.st_mtime_ns}"


class Packed:
    """The files of one open archive by their paths in it, and its folders. `around` is the folder that it lies in.

    `encoding` is what the user says of files that are not UTF-8.
    """

    def __init__(
        self,
        archive: zipfile.ZipFile,
        parts: Mapping[PurePosixPath, zipfile.ZipInfo],
        name: str,
        around: Beside | None,
        encoding: str | None = None,
    ) -> None:
        self.encoding = encoding
        self.archive = archive
        self.parts = parts
        self.name = name
        self.around = around
        self._folders: dict[PurePosixPath, Beside] = {}

    def beside(self, folder: PurePosixPath) -> Beside:
        """Return a folder in the archive as its files see it."""
        return self._folders.setdefault(folder, BesideInArchive(self, folder))

    def files_in(self, folder: PurePosixPath) -> Iterator[str]:
        """Yield the names of the files that lie in a folder."""
        yield from self._by_folder.get(folder, ())

    @cached_property
    def _by_folder(self) -> dict[PurePosixPath, list[str]]:
        found: dict[PurePosixPath, list[str]] = {}
        for path in self.parts:
            found.setdefault(path.parent, []).append(path.name)
        return found


class BesideInArchive(Beside):
    """A folder in an archive; the outermost has the archive's name, and around it is what is around the archive."""

    def __init__(self, packed: Packed, folder: PurePosixPath) -> None:
        super().__init__()
        self._packed = packed
        self._folder = folder

    @property
    def name(self) -> str:
        """The name of the folder."""
        return self._folder.name or self._packed.name

    @cached_property
    def above(self) -> Beside:
        """The folder around this one; around the archive there may be none that can be seen: then an empty one."""
        if self._folder.name:
            return self._packed.beside(self._folder.parent)
        return self._packed.around or BesideInArchive(Packed(self._packed.archive, {}, "", None), PurePosixPath("."))

    def named(self, ending: str) -> list[str]:
        """Return the names of the files with this ending, in order."""
        files = self._packed.files_in(self._folder)
        return sorted(name for name in files if PurePosixPath(name).suffix.lower() == ending)

    def data(self, name: str, most: int = LARGEST) -> bytes | None:
        """Return what a file begins with; None where it is none, too large or cannot be unpacked."""
        part = self._packed.parts.get(self._folder / name)
        if part is None or part.file_size > LARGEST:
            return None
        try:
            with self._packed.archive.open(part) as file:
                return file.read(most)
        except packed.BROKEN:
            return None

    def _mark(self, name: str) -> str:
        part = self._packed.parts.get(self._folder / name)
        return "" if part is None else f"{part.file_size} {part.CRC}"
