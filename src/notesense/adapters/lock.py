"""A lock between processes on a file; it goes free by itself when its holder dies."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from notesense.errors import InUse, StoreError


@contextmanager
def held(path: Path, timeout: float, what: str) -> Iterator[None]:
    """Hold the lock, waiting at most `timeout` seconds for it; `what` says what another process may be at.

    Raises InUse where another holds it, StoreError where the file is not to be had.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=timeout, mode=0o600)
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, mode=0o700)
        lock.acquire()
    except Timeout:
        raise InUse(
            f"Another NoteSense command is at work on {what}.", "Wait until it has ended, then run this one again."
        ) from None
    except OSError as error:
        raise StoreError(
            f"{path} cannot be locked: {error.strerror or error}.",
            f"Make {path.parent} a folder that you may write to, or set NOTESENSE_HOME to one.",
        ) from error
    try:
        yield
    finally:
        lock.release()
