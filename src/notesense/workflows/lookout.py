"""A folder that is watched: each new or changed file is taken once it is written to its end.

A file is looked at again and again, and taken when its size and time were the same twice. Polling, for changes on
network drives and in folders that a cloud keeps in step are not announced by the system.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from notesense.core.import_results import Imported
from notesense.errors import InputError

Look: TypeAlias = Callable[[], Iterable[Path]]


@dataclass(frozen=True)
class Taken:
    """What became of one file."""

    path: Path
    imported: Imported | None = None
    error: str = ""
    """Why the file could not be taken at all; it is tried again once it changes."""


@dataclass(frozen=True)
class _State:
    size: int
    written: int


class Lookout:
    """Knows which files of a folder were taken as they are. `take` imports one; `sleep` waits between two looks."""

    def __init__(self, folder: Path, take: Callable[[Path], Imported], look: Look) -> None:
        self.folder = folder
        self._take = take
        self._look = look
        self._seen: dict[Path, _State] = {}
        self._taken: dict[Path, _State] = {}

    @property
    def waiting(self) -> tuple[Path, ...]:
        """The files that were still being written when they were last looked at."""
        return tuple(path for path, state in self._seen.items() if self._taken.get(path) != state)

    def look(self) -> Iterator[Taken]:
        """Look once: yield what became of each file that has not changed since the last look."""
        before, self._seen = self._seen, {}
        for path in self._files():
            state = _state(path)
            if state is None:
                continue
            self._seen[path] = state
            if self._taken.get(path) == state or before.get(path) != state:
                continue
            taken = self._try(path)
            if _state(path) == state:
                self._taken[path] = state
            yield taken

    def _files(self) -> Iterable[Path]:
        """Return the files that are there; none while the folder is away, as a network drive may be."""
        try:
            return list(self._look())
        except OSError:
            return []

    def _try(self, path: Path) -> Taken:
        try:
            return Taken(path, self._take(path))
        except InputError as error:
            return Taken(path, error=f"{error.message} {error.fix}".strip())


def keep_looking(lookout: Lookout, sleep: Callable[[], None], once: bool = False) -> Iterator[Taken]:
    """Yield what becomes of each file as it comes, without end; with `once` only of what is there and complete now."""
    yield from lookout.look()
    while True:
        sleep()
        yield from lookout.look()
        if once:
            return


def _state(path: Path) -> _State | None:
    try:
        facts = path.stat()
    except OSError:
        return None
    return _State(facts.st_size, facts.st_mtime_ns)
