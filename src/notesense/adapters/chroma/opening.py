"""How the index is opened: one process at a time, in a folder for its owner alone.

Embedded Chroma does not bear several processes, so the lock file beside the folder is held for the whole use. It goes
free by itself when its holder dies.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from notesense.adapters.chroma.index import ChromaIndex
from notesense.core.index_ports import Index
from notesense.errors import IndexUnusable


@contextmanager
def open_index(folder: Path, fingerprint: str, timeout: float) -> Iterator[Index]:
    """Open the index in `folder` under its lock, waiting at most `timeout` seconds for another process.

    An index that is missing, damaged, or filled by another embedder than `fingerprint` names is begun anew: empty, with
    a new generation. Raises IndexUnusable when the lock or the folder is not to be had.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder.with_name(folder.name + ".lock"), timeout=timeout, mode=0o600)
    try:
        if not folder.parent.is_dir():
            folder.parent.mkdir(parents=True, mode=0o700)
        lock.acquire()
    except Timeout:
        raise IndexUnusable(
            f"The search index {folder} was in use for {timeout:g} seconds, perhaps by an import in another window.",
            "Wait until the other NoteSense command has ended, then run this one again.",
        ) from None
    except OSError as error:
        raise IndexUnusable(
            f"The search index {folder} cannot be locked: {error.strerror or error}.",
            f"Make {folder.parent} a folder that you may write to, or set NOTESENSE_HOME to one.",
        ) from error
    try:
        index = ChromaIndex(folder, fingerprint)
        try:
            yield index
        finally:
            index.close()
    finally:
        lock.release()
