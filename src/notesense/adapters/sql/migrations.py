"""How a database file comes to have its tables: numbered steps, run in order, each file remembering how far it came.

A step is never edited once released; a new one is appended. All steps that are due run in one transaction, after a
copy of an existing file was put beside it. A file from a newer NoteSense is left untouched.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection, Engine

from notesense.adapters.sql import search
from notesense.adapters.sql.database import APPLICATION_ID, connect, copy_file, damaged, translated, use_wal
from notesense.errors import StoreError, StoreTooNew

_OF_NOTE = "note_id VARCHAR NOT NULL REFERENCES notes(id) ON DELETE CASCADE"

_FIRST = (
    "CREATE TABLE accounts (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, key VARCHAR NOT NULL UNIQUE)",
    """CREATE TABLE aliases (key VARCHAR PRIMARY KEY NOT NULL, alias VARCHAR NOT NULL,
        account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE)""",
    "CREATE INDEX aliases_of_account ON aliases(account_id)",
    """CREATE TABLE notes (id VARCHAR PRIMARY KEY NOT NULL,
        account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE, date VARCHAR NOT NULL,
        channel VARCHAR NOT NULL, created INTEGER NOT NULL UNIQUE, hash VARCHAR NOT NULL, title VARCHAR NOT NULL,
        text VARCHAR NOT NULL)""",
    "CREATE INDEX notes_of_account ON notes(account_id, date, created, channel)",
    "CREATE INDEX notes_by_text ON notes(account_id, hash)",
    f"""CREATE TABLE passages (id INTEGER PRIMARY KEY, {_OF_NOTE}, ordinal INTEGER NOT NULL,
        start INTEGER NOT NULL, "end" INTEGER NOT NULL, turn INTEGER NOT NULL, line INTEGER NOT NULL, speaker VARCHAR,
        side VARCHAR NOT NULL, quoted BOOLEAN NOT NULL, UNIQUE (note_id, ordinal))""",
    f"""CREATE TABLE signals (id VARCHAR PRIMARY KEY NOT NULL, {_OF_NOTE}, kind VARCHAR NOT NULL,
        quote VARCHAR NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, line INTEGER NOT NULL, speaker VARCHAR,
        side VARCHAR NOT NULL, certainty VARCHAR NOT NULL, confidence FLOAT NOT NULL, attributes VARCHAR NOT NULL,
        "match" VARCHAR NOT NULL, review BOOLEAN NOT NULL, source VARCHAR NOT NULL)""",
    "CREATE INDEX signals_of_note ON signals(note_id)",
    f"""CREATE TABLE rejected (id INTEGER PRIMARY KEY, {_OF_NOTE}, draft VARCHAR NOT NULL,
        reason VARCHAR NOT NULL)""",
    "CREATE INDEX rejected_of_note ON rejected(note_id)",
    f"""CREATE TABLE runs (id INTEGER PRIMARY KEY, {_OF_NOTE}, engine VARCHAR NOT NULL, usage VARCHAR NOT NULL,
        error VARCHAR)""",
    "CREATE INDEX runs_of_note ON runs(note_id)",
    """CREATE TABLE indexed (note_id VARCHAR PRIMARY KEY NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
        generation VARCHAR NOT NULL)""",
    "CREATE INDEX indexed_by_generation ON indexed(generation, note_id)",
    search.CREATE,
)


def first(connection: Connection) -> None:
    """Make the tables of the first release."""
    for statement in _FIRST:
        connection.exec_driver_sql(statement)


_CORRECTIONS = (
    f"""CREATE TABLE corrections (id INTEGER PRIMARY KEY, {_OF_NOTE}, signal_id VARCHAR, verdict VARCHAR NOT NULL,
        made VARCHAR NOT NULL, signal VARCHAR, replaced VARCHAR)""",
    "CREATE INDEX corrections_of_note ON corrections(note_id)",
    "CREATE INDEX corrections_of_signal ON corrections(signal_id, note_id)",
    f"CREATE TABLE set_aside (id INTEGER PRIMARY KEY, {_OF_NOTE}, signal VARCHAR NOT NULL)",
    "CREATE INDEX set_aside_of_note ON set_aside(note_id)",
)


def second(connection: Connection) -> None:
    """Make room for the rep's corrections, and for what they set aside."""
    for statement in _CORRECTIONS:
        connection.exec_driver_sql(statement)


def third(connection: Connection) -> None:
    """Remember for which of the team's trackers a note was read."""
    connection.exec_driver_sql("ALTER TABLE runs ADD COLUMN trackers VARCHAR NOT NULL DEFAULT ''")


_ABOUT = "note_id VARCHAR NOT NULL, account VARCHAR NOT NULL"

_MODELS = (
    f"""CREATE TABLE answers (key VARCHAR NOT NULL, model VARCHAR NOT NULL, {_ABOUT}, made VARCHAR NOT NULL,
        reply VARCHAR NOT NULL, PRIMARY KEY (key, model))""",
    "CREATE INDEX answers_of_note ON answers(note_id)",
    "CREATE INDEX answers_of_account ON answers(account, note_id)",
    f"""CREATE TABLE calls (id INTEGER PRIMARY KEY, made VARCHAR NOT NULL, task VARCHAR NOT NULL,
        model VARCHAR NOT NULL, key VARCHAR NOT NULL, {_ABOUT}, input_tokens INTEGER NOT NULL,
        output_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL, cost FLOAT, seconds FLOAT NOT NULL,
        outcome VARCHAR NOT NULL, failure VARCHAR)""",
    "CREATE INDEX calls_of_note ON calls(note_id)",
    "CREATE INDEX calls_of_account ON calls(account, note_id)",
    "CREATE INDEX calls_by_time ON calls(made)",
    """CREATE TABLE abilities (server VARCHAR NOT NULL, model VARCHAR NOT NULL, step VARCHAR NOT NULL,
        PRIMARY KEY (server, model))""",
    """CREATE TABLE restricted (account VARCHAR NOT NULL, note_id VARCHAR NOT NULL, name VARCHAR NOT NULL,
        PRIMARY KEY (account, note_id))""",
    "CREATE TABLE batches (id VARCHAR PRIMARY KEY NOT NULL, made VARCHAR NOT NULL, batch VARCHAR NOT NULL)",
    """CREATE TABLE batch_requests (batch_id VARCHAR NOT NULL REFERENCES batches(id) ON DELETE CASCADE,
        note_id VARCHAR NOT NULL, part INTEGER NOT NULL, key VARCHAR NOT NULL, account VARCHAR NOT NULL,
        state VARCHAR NOT NULL, detail VARCHAR NOT NULL, names VARCHAR NOT NULL,
        PRIMARY KEY (batch_id, note_id, part, key))""",
    "CREATE INDEX batch_requests_of_note ON batch_requests(note_id)",
    "CREATE INDEX batch_requests_of_account ON batch_requests(account, note_id)",
)


def fourth(connection: Connection) -> None:
    """Make room for what is kept of the work with language models."""
    for statement in _MODELS:
        connection.exec_driver_sql(statement)


_OVER_TIME = (
    f"""CREATE TABLE bearings (id INTEGER PRIMARY KEY, {_OF_NOTE}, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
        words_note_id VARCHAR NOT NULL REFERENCES notes(id) ON DELETE CASCADE, words_start INTEGER NOT NULL,
        words_end INTEGER NOT NULL, settles FLOAT NOT NULL, fails FLOAT NOT NULL, replaces FLOAT NOT NULL,
        repeats FLOAT NOT NULL, likeness FLOAT NOT NULL)""",
    "CREATE INDEX bearings_of_note ON bearings(note_id)",
    "CREATE INDEX bearings_of_words ON bearings(words_note_id)",
    """CREATE TABLE linked (note_id VARCHAR PRIMARY KEY NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
        mark VARCHAR NOT NULL)""",
    """CREATE TABLE people_joined (account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
        key VARCHAR NOT NULL, other_key VARCHAR NOT NULL, name VARCHAR NOT NULL, other VARCHAR NOT NULL,
        verdict VARCHAR NOT NULL, made VARCHAR NOT NULL, PRIMARY KEY (account_id, key, other_key))""",
    "CREATE TABLE our_people (key VARCHAR PRIMARY KEY NOT NULL, name VARCHAR NOT NULL)",
)


def fifth(connection: Connection) -> None:
    """Make room for what later words say about earlier statements, and for the rep's word on people."""
    for statement in _OVER_TIME:
        connection.exec_driver_sql(statement)


def sixth(connection: Connection) -> None:
    """Make room for the days on which contracts renew."""
    connection.exec_driver_sql(
        """CREATE TABLE renewals (account_id INTEGER PRIMARY KEY NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
        day VARCHAR NOT NULL)"""
    )


_ORIGINS = (
    "ALTER TABLE notes ADD COLUMN turns VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE notes ADD COLUMN form VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE notes ADD COLUMN meeting VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE notes ADD COLUMN started VARCHAR",
    "CREATE INDEX notes_by_meeting ON notes(meeting) WHERE meeting <> ''",
    "ALTER TABLE passages ADD COLUMN origin VARCHAR NOT NULL DEFAULT 'rep_note'",
    "UPDATE passages SET origin = 'quoted' WHERE quoted",
    "ALTER TABLE passages DROP COLUMN quoted",
    "ALTER TABLE signals ADD COLUMN origin VARCHAR NOT NULL DEFAULT 'rep_note'",
)


def seventh(connection: Connection) -> None:
    """Make room for what sources tell of their notes, and for whose words passages and signals are."""
    for statement in _ORIGINS:
        connection.exec_driver_sql(statement)


_BELONGING = (
    """CREATE TABLE ours (key VARCHAR PRIMARY KEY NOT NULL, sort VARCHAR NOT NULL, value VARCHAR NOT NULL,
        how VARCHAR NOT NULL)""",
    "INSERT INTO ours (key, sort, value, how) SELECT key, 'person', name, 'said' FROM our_people",
    "DROP TABLE our_people",
    f"""CREATE TABLE attendees (id INTEGER PRIMARY KEY, {_OF_NOTE}, name VARCHAR NOT NULL, email VARCHAR NOT NULL,
        side VARCHAR NOT NULL)""",
    "CREATE INDEX attendees_of_note ON attendees(note_id)",
    """CREATE TABLE ascribed (note_id VARCHAR PRIMARY KEY NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
        "by" VARCHAR NOT NULL, why VARCHAR NOT NULL)""",
    """CREATE TABLE domains (account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
        domain VARCHAR NOT NULL, theirs BOOLEAN NOT NULL, PRIMARY KEY (account_id, domain))""",
)


def eighth(connection: Connection) -> None:
    """Make room for who attended, for how it was known whose a note is, and for our domains and theirs."""
    for statement in _BELONGING:
        connection.exec_driver_sql(statement)


_SOURCES = (
    f"""CREATE TABLE other_forms (id INTEGER PRIMARY KEY, {_OF_NOTE}, place VARCHAR NOT NULL, title VARCHAR NOT NULL,
        form VARCHAR NOT NULL, meeting VARCHAR NOT NULL, started VARCHAR, text VARCHAR NOT NULL,
        turns VARCHAR NOT NULL)""",
    "CREATE INDEX other_forms_of_note ON other_forms(note_id)",
    "CREATE TABLE read_files (mark VARCHAR PRIMARY KEY NOT NULL, notes INTEGER NOT NULL)",
    f"""CREATE TABLE read_notes (mark VARCHAR NOT NULL REFERENCES read_files(mark) ON DELETE CASCADE, {_OF_NOTE},
        PRIMARY KEY (mark, note_id)) WITHOUT ROWID""",
    "CREATE INDEX read_notes_of_note ON read_notes(note_id)",
)


def ninth(connection: Connection) -> None:
    """Make room for the other forms in which notes came, and for the files that were read completely."""
    for statement in _SOURCES:
        connection.exec_driver_sql(statement)


def tenth(connection: Connection) -> None:
    """Make room for the languages that engines do not know; words of scripts without spaces are found in parts."""
    connection.exec_driver_sql("ALTER TABLE runs ADD COLUMN language VARCHAR NOT NULL DEFAULT ''")
    search.space(connection)


def eleventh(connection: Connection) -> None:
    """Make room for whether nothing told the day of a note, and for where files lie that were read."""
    connection.exec_driver_sql("ALTER TABLE notes ADD COLUMN undated BOOLEAN NOT NULL DEFAULT 0")
    connection.exec_driver_sql("DROP INDEX notes_of_account")
    connection.exec_driver_sql("CREATE INDEX notes_of_account ON notes(account_id, date, created, channel, undated)")
    connection.exec_driver_sql("ALTER TABLE read_files ADD COLUMN place VARCHAR NOT NULL DEFAULT ''")
    connection.exec_driver_sql("CREATE INDEX read_files_by_place ON read_files(place) WHERE place <> ''")


Migration: TypeAlias = Callable[[Connection], None]
MIGRATIONS: tuple[Migration, ...] = (
    *(first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh),
)


def open_file(path: Path, timeout: float, migrations: Sequence[Migration] = MIGRATIONS) -> Engine:
    """Open or make a file and bring it to the last step; `timeout` seconds are spent on a lock.

    Raises StoreTooNew for a file of a newer NoteSense, StoreError for one that cannot be used.
    """
    with translated(path):
        engine = connect(path, timeout)
        try:
            refuse_foreign(engine, path, len(migrations))
            use_wal(engine, timeout)
            migrate(engine.execution_options(writing=True), path, migrations)
        except BaseException:
            engine.dispose()
            raise
        return engine


def refuse_foreign(engine: Engine, path: Path, known: int) -> None:
    """Raise StoreTooNew or StoreError for a file that this NoteSense must not touch; nothing is written."""
    with engine.begin() as connection:
        at = _version(connection, path)
    if at > known:
        raise StoreTooNew(
            f"The database {path} was written by a newer NoteSense: it has schema {at}, this one knows {known}.",
            "Install the newest NoteSense: `pip install --upgrade notesense`.",
        )


def migrate(engine: Engine, path: Path, migrations: Sequence[Migration]) -> None:
    """Bring the file to the last step; a failure changes nothing. The engine must begin with the write lock."""
    with engine.execution_options(writing=False).begin() as connection:
        if _version(connection, path) >= len(migrations):
            return
    with engine.begin() as connection:
        at = _version(connection, path)  # another process may have done it while this one waited for the lock
        if 0 < at < len(migrations):
            copy_file(engine, copy_path(path, at))
        for number, migration in enumerate(migrations[at:], at + 1):
            _run(connection, migration, number, path)
        connection.exec_driver_sql(f"PRAGMA user_version = {max(at, len(migrations))}")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def copy_path(path: Path, version: int) -> Path:
    """Return where the copy of a file of this schema goes before it is migrated."""
    return path.with_name(f"{path.name}.schema-{version}.bak")


def copies(path: Path) -> tuple[Path, ...]:
    """Return the copies that earlier migrations left beside the file."""
    return tuple(sorted(path.parent.glob(f"{path.name}.schema-*.bak")))


def _run(connection: Connection, migration: Migration, number: int, path: Path) -> None:
    try:
        migration(connection)
    except Exception as error:
        why = getattr(error, "orig", None) or error
        raise StoreError(
            f"The database {path} could not be brought to schema {number}: {why}. It was left as it was.",
            "Go on with the NoteSense that you had before, and report this message.",
        ) from error


def _version(connection: Connection, path: Path) -> int:
    """Return how far this file came: 0 for an empty one. Raises StoreError for a file that is not ours."""
    version, application, tables = (
        int(connection.exec_driver_sql(question).scalar_one())
        for question in ("PRAGMA user_version", "PRAGMA application_id", "SELECT count(*) FROM sqlite_master")
    )
    if (version or tables) and application != APPLICATION_ID:
        raise damaged(path, "another program made it")
    return version
