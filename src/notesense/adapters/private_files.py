"""Files and folders that appear whole or not at all, readable by their owner only.

They are made beside their place under a hidden name and moved there in the end; what stops before leaves nothing.
A folder remembers what was written into it (`LIST`), so that only what came from here is ever replaced.
"""

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedWriter
from pathlib import Path, PurePosixPath

from notesense.errors import InputError, StoreError

LIST = ".notesense-export"
"""The file in a folder that names all others in it; hidden, so that readers pass over it."""
_BEGINNING = b'{"notesense":"export"'
_OPEN = 4
"""How many files of a folder are open at once."""

Pieces = Iterable[tuple[str, str]]


def check_file(path: Path, force: bool) -> None:
    """Raise InputError where a file is not to be written there."""
    if path.is_dir():
        raise InputError(f"{path} is a folder.", f"Name a file in it, such as {path / 'notes.jsonl'}.")
    if path.is_file() and not _is_export(path):
        raise InputError(f"{path} is there already.", "Choose another name; only an earlier export is ever replaced.")
    if path.is_file() and not force:
        raise InputError(f"{path} is there already.", "Choose another name, or add --force to write over it.")
    _check_parent(path)


def _is_export(path: Path) -> bool:
    """Tell whether a file is empty or begins as an export does."""
    with _told(path), path.open("rb") as file:
        return file.read(len(_BEGINNING)) in (b"", _BEGINNING)


def check_folder(path: Path, force: bool) -> None:
    """Raise InputError where a folder is not to be written there: one with files that an export did not write."""
    if path.exists() and not path.is_dir():
        raise InputError(f"{path} is a file.", "This form is a folder of files: name one that is not there yet.")
    if path.is_dir() and any(path.iterdir()):
        if foreign := _foreign(path):
            raise InputError(
                f"{path} holds what was not exported there: {_listed(foreign)}.",
                "Name a new folder; nothing of yours is ever replaced.",
            )
        if not force:
            raise InputError(
                f"{path} holds an earlier export.", "Choose another name, or add --force to put this one in its place."
            )
    _check_parent(path)


def _check_parent(path: Path) -> None:
    if not path.absolute().parent.is_dir():
        raise InputError(f"There is no folder {path.absolute().parent}.", "Make it first, or name another place.")


def _foreign(folder: Path) -> list[str]:
    """Return what lies in a folder and is not on its list; all of it where there is none that can be read."""
    try:
        ours = {str(name) for name in json.loads((folder / LIST).read_text(encoding="utf-8"))}
    except (OSError, ValueError, TypeError):
        ours = set()
    inside = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if not _is_folder(path))
    return [name for name in inside if name not in {*ours, LIST} or not ours]


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what the file system says into a StoreError with its fix."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"Cannot write {path}: {error.strerror or error}. Nothing was left half written.", "Name another place."
        ) from None


def write_file(path: Path, pieces: Pieces) -> int:
    """Write all pieces into one file, whatever names they have; return its bytes. A pipe or device is written into."""
    with _told(path):
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                return sum(file.write(text.encode()) for _, text in pieces)
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        try:
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                size = sum(file.write(text.encode()) for _, text in pieces)
            beside.replace(path)
        except BaseException:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
        return size


def write_folder(path: Path, pieces: Pieces) -> tuple[int, int]:
    """Write each piece into the file of its name, below a new folder; return how many files and bytes there are.

    Pieces of one name follow one another in its file. A folder that is there already is replaced as a whole.
    """
    with _told(path):
        place = path.resolve()
        beside = place.with_name(f".{place.name}.{secrets.token_hex(4)}.part")
        try:
            beside.mkdir(mode=0o700)
            names, size = _fill(beside, pieces)
            with _file(beside / LIST) as file:
                file.write(json.dumps(sorted(names), ensure_ascii=False, indent=0).encode())
            _put(beside, place)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        return len(names), size


def _fill(folder: Path, pieces: Pieces) -> tuple[set[str], int]:
    names: set[str] = set()
    opened: dict[str, BufferedWriter] = {}
    size = 0
    try:
        for name, text in pieces:
            if name not in opened:
                if len(opened) >= _OPEN:
                    opened.pop(next(iter(opened))).close()
                opened[name] = _file(_inside(folder, name))
                names.add(name)
            size += opened[name].write(text.encode())
    finally:
        for file in opened.values():
            file.close()
    return names, size


def _inside(folder: Path, name: str) -> Path:
    """Return the path of a file below a folder, and make the folders between. A name that leads out is our fault."""
    steps = PurePosixPath(name).parts
    assert steps, name
    assert not {"..", "/"} & set(steps), name
    place = folder
    for step in steps[:-1]:
        place = place / step
        place.mkdir(mode=0o700, exist_ok=True)
    return place / steps[-1]


def _file(path: Path) -> BufferedWriter:
    return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb")


def _put(made: Path, path: Path) -> None:
    """Move a finished folder to its place; the one that was there goes when the new one has come."""
    if not path.exists():
        made.rename(path)
        return
    old = path.with_name(f".{path.name}.{secrets.token_hex(4)}.old")
    path.rename(old)
    try:
        made.rename(path)
    except BaseException:
        old.rename(path)
        raise
    shutil.rmtree(old, ignore_errors=True)
