"""The files beside one in its folder: some exports keep the names of the speakers in a file of its own."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

LARGEST = 50 * 1024 * 1024
"""Bytes of the largest file that is looked into for the sake of another."""


class Beside:
    """A folder as seen by a file in it. What one file has found out there, the next one need not.

    `others` are folders seen already, by their paths; the folder around this one is shared through it.
    """

    def __init__(self, folder: Path, others: "dict[Path, Beside] | None" = None) -> None:
        self._folder = folder
        self._others = {} if others is None else others
        self._known: dict[str, Any] = {}

    @property
    def name(self) -> str:
        """The name of the folder."""
        return self._folder.absolute().name

    @cached_property
    def above(self) -> "Beside":
        """The folder around this one."""
        parent = self._folder.absolute().parent
        return self._others.setdefault(parent, Beside(parent, self._others))

    def named(self, ending: str) -> list[str]:
        """Return the names of the files with this ending, in order; none where the folder cannot be read."""
        try:
            return sorted(path.name for path in self._folder.iterdir() if path.suffix.lower() == ending)
        except OSError:
            return []

    def data(self, name: str, most: int = LARGEST) -> bytes | None:
        """Return what a file of this folder begins with, all of it by default.

        None where it is none, larger than LARGEST or cannot be read.
        """
        path = self._folder / name
        try:
            if not path.is_file() or path.stat().st_size > LARGEST:
                return None
            with path.open("rb") as file:
                return file.read(most)
        except OSError:
            return None

    def once(self, what: str, find: Callable[[], Any]) -> Any:
        """Return what was found out under this name, finding it out the first time."""
        if what not in self._known:
            self._known[what] = find()
        return self._known[what]
