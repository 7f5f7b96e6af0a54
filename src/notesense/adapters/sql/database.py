"""What is SQLite's own: the file and who may read it, pragmas, transactions, and its errors in our words.

The file belongs to its owner alone. Writers take the write lock when they begin, so a transaction never fails half-way
because another process wrote meanwhile.
"""

import errno
import os
import shlex
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from notesense.errors import InputError, StoreError

APPLICATION_ID = 0x4E534E53
"""Marks a SQLite file as ours."""


def connect(path: Path, timeout: float) -> Engine:
    """Return an engine on this file, which is made when it is missing; `timeout` seconds are spent on a lock."""
    _own(path)
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": timeout})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("foreign_keys = ON", "secure_delete = ON", "synchronous = NORMAL"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _own(path: Path) -> None:
    """Make folder and file where they are missing, for their owner alone."""
    folder = path.parent
    if not folder.is_dir():
        folder.mkdir(parents=True, mode=0o700)
        folder.chmod(0o700)
    elif stat.S_IMODE(folder.stat().st_mode) & 0o077 and not any(folder.iterdir()):
        folder.chmod(0o700)
    own_file(path)


def own_file(path: Path) -> None:
    """Make an empty file where there is none, and let nobody but its owner read it; the umask does not matter.

    A file that is there is never opened: closing it would take away the locks by which SQLite holds it elsewhere in
    this process, and other processes would write over each other (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    if stat.S_IMODE(path.stat().st_mode) != 0o600:
        path.chmod(0o600)


def use_wal(engine: Engine, timeout: float) -> None:
    """Let readers and one writer work at the same time; SQLite does not wait for this switch by itself."""
    deadline = time.monotonic() + timeout
    while True:
        try:
            _outside_transaction(engine, "PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def empty_wal(engine: Engine) -> bool:
    """Move all changes into the database file and cut the write-ahead log to nothing; False when a reader hinders."""
    return not _outside_transaction(engine, "PRAGMA wal_checkpoint(TRUNCATE)")[0]


def _outside_transaction(engine: Engine, statement: str) -> tuple[int, ...]:
    pooled = engine.raw_connection()
    try:
        cursor = pooled.cursor()
        cursor.execute(statement)
        return tuple(cursor.fetchone() or ())
    finally:
        pooled.close()


def copy_file(engine: Engine, target: Path) -> None:
    """Write a whole copy of the database, with what is still in the log, for its owner alone; replaces `target`."""
    unfinished = target.with_name(target.name + ".part")
    unfinished.unlink(missing_ok=True)
    own_file(unfinished)
    pooled = engine.raw_connection()
    try:
        copy = sqlite3.connect(unfinished)
        try:
            pooled.driver_connection.backup(copy)  # type: ignore[union-attr]
        finally:
            copy.close()
        unfinished.replace(target)
    finally:
        pooled.close()
        unfinished.unlink(missing_ok=True)


@contextmanager
def reading(engine: Engine, path: Path) -> Iterator[Connection]:
    """Read in one transaction, and tell failures as our own errors."""
    with translated(path), engine.begin() as connection:
        yield connection


@contextmanager
def writing(engine: Engine, path: Path) -> Iterator[Connection]:
    """Write in one transaction, all of it or nothing, and tell failures as our own errors."""
    with translated(path), engine.execution_options(writing=True).begin() as connection:
        yield connection


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn whatever SQLite, SQLAlchemy or the file system say into one StoreError with its fix."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise _store_error(path, error) from error
    except OSError as error:
        raise _file_error(path, error) from error
    except UnicodeEncodeError as error:
        raise InputError(
            f"The text cannot be kept: {error.object[error.start]!r} at {error.start} is half a character.",
            "Save the text as UTF-8 and run the command again.",
        ) from error


def _code(error: BaseException) -> int:
    """Return SQLite's primary result code, or 0."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _store_error(path: Path, error: Exception) -> StoreError:
    cause = getattr(error, "orig", None) or error
    code = _code(cause)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreError(
            f"Another program is writing to {path} and did not finish in time.",
            "Wait until it has finished, then run the command again.",
        )
    if code == sqlite3.SQLITE_FULL:
        return _full(path)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH):
        return _forbidden(path, str(cause))
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return damaged(path, str(cause))
    return StoreError(f"The database {path} could not do this: {cause}", "Run `notesense doctor` to find out why.")


def _file_error(path: Path, error: OSError) -> StoreError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full(path)
    return _forbidden(path, error.strerror or str(error))


def _full(path: Path) -> StoreError:
    return StoreError(
        f"The disk that holds {path} is full; nothing was half written.", "Free some space and run the command again."
    )


def _forbidden(path: Path, why: str) -> StoreError:
    return StoreError(
        f"The database {path} cannot be opened for writing: {why}.",
        f"Make {path.parent} a folder that you may write to, or set NOTESENSE_HOME to one.",
    )


def damaged(path: Path, why: str) -> StoreError:
    """Return the error for a file that is no database of ours or is broken."""
    aside = f"mv {shlex.quote(str(path))} {shlex.quote(str(path) + '.damaged')}"
    return StoreError(
        f"The file {path} is damaged or not a NoteSense database: {why}.",
        f"Put a backup in its place, or move it away and begin anew: `{aside}`.",
    )
