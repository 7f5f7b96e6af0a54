"""SQLite as a store: migrations, damage, locks, privacy, odd text, and what a question costs."""

import datetime
import multiprocessing
import os
import sqlite3
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, event, inspect

from fakes import likely
from notesense.adapters.sql import rows, schema, search
from notesense.adapters.sql.links import SqlLinks
from notesense.adapters.sql.migrations import MIGRATIONS, copies, eighth, seventh
from notesense.adapters.sql.persons import SqlPersons
from notesense.adapters.sql.records import SqlRecords
from notesense.adapters.sql.register import SqlRegister
from notesense.adapters.sql.store import SqlStore
from notesense.core.bearing import Bearing, Effect, Place
from notesense.core.corrections import Correction
from notesense.core.note import content_hash
from notesense.core.person_ports import OneOfUs
from notesense.core.ports import SignalFilter
from notesense.core.records import Ability, Restriction
from notesense.core.requests import Message, Reply, Request
from notesense.core.vocabulary import Kind, Origin
from notesense.errors import InputError, StoreError, StoreTooNew
from store_samples import extraction, keep, lines, note, signal


@pytest.fixture
def path(tmp_path):
    return tmp_path / "home" / "notes.db"


@pytest.fixture
def store(path):
    made = SqlStore(path)
    yield made
    made.close()


def reopened(path, **options):
    """Open and close, for the sake of what opening does."""
    SqlStore(path, **options).close()


def one_more(connection):
    connection.exec_driver_sql("ALTER TABLE notes ADD COLUMN mood VARCHAR")


def failing(connection):
    connection.exec_driver_sql("DELETE FROM notes")
    connection.exec_driver_sql("SELECT no_such_function()")


def rejection(of, start=0, end=4):
    old = signal(of, start, end)
    made = datetime.datetime(2026, 3, 4, tzinfo=datetime.UTC)
    return Correction(note_id=of.id, signal_id=old.id, verdict="rejected", made=made, replaced=old)


# Files and migrations


def test_the_migrated_file_has_the_tables_that_queries_see(path):
    reopened(path)
    there = inspect(create_engine(f"sqlite:///{path}"))
    for name, table in schema.metadata.tables.items():
        assert [column["name"] for column in there.get_columns(name)] == table.columns.keys()
        assert len(there.get_foreign_keys(name)) == len(table.foreign_keys)


def test_everything_belongs_to_the_owner_alone(path):
    before = os.umask(0)
    try:
        store = SqlStore(path)
        keep(store, note("Words."))
        rights = {each.name: stat.S_IMODE(each.stat().st_mode) for each in (path.parent, *path.parent.iterdir())}
        store.close()
    finally:
        os.umask(before)
    assert rights == {"home": 0o700, "notes.db": 0o600, "notes.db-wal": 0o600, "notes.db-shm": 0o600}
    path.chmod(0o644)
    reopened(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_with_other_things_keeps_its_rights(tmp_path):
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "other").touch()
    reopened(folder / "notes.db")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_an_older_file_is_copied_and_brought_up(path):
    old = SqlStore(path)
    kept = keep(old, note("Words."))
    old.close()
    new = SqlStore(path, steps=[*MIGRATIONS, one_more])
    assert new.note(kept.id) == kept
    new.close()
    assert [each.name for each in copies(path)] == [f"notes.db.schema-{len(MIGRATIONS)}.bak"]
    (copy,) = copies(path)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert not copy.with_name(copy.name + ".part").exists()
    copy.replace(path)
    restored = SqlStore(path)
    assert restored.notes() == (kept,)
    restored.close()


def test_a_file_of_the_first_schema_takes_corrections(path):
    one = note("Late again.")
    reopened(path, steps=MIGRATIONS[:1])
    with sqlite3.connect(path) as old:
        old.execute("INSERT INTO accounts VALUES (1, 'Acme', 'acme')")
        old.execute(
            "INSERT INTO notes VALUES (?, 1, ?, 'call', 1, ?, 'T', ?)",
            (one.id, one.date.isoformat(), content_hash(one.text), one.text),
        )
        for each in (signal(one), signal(one, 5, 10, Kind.PRAISE)):
            row = rows.signal_row(each, one.id)
            del row["origin"]
            marks = ", ".join(f":{name}" for name in row)
            old.execute(f"INSERT INTO signals ({', '.join(map(repr, row))}) VALUES ({marks})", row)
        refused = rows.rejected_rows(extraction(one, refused=1), one.id)[0]
        old.execute("INSERT INTO rejected VALUES (1, :note_id, :draft, :reason)", refused)
    old.close()
    new = SqlStore(path)
    assert [found.signal for found in new.signals(SignalFilter())] == [signal(one), signal(one, 5, 10, Kind.PRAISE)]
    assert len(new.rejected(one.id)) == 1
    new.correct([rejection(one)])
    assert [found.signal.kind for found in new.signals(SignalFilter())] == [Kind.PRAISE]
    new.close()
    (copy,) = copies(path)
    assert copy.name == "notes.db.schema-1.bak"
    with sqlite3.connect(copy) as before:
        assert before.execute("PRAGMA user_version").fetchone() == (1,)
        assert before.execute("SELECT count(*) FROM signals").fetchone() == (2,)
    before.close()


def test_a_file_of_the_second_schema_takes_trackers(path):
    one = note("It goes abroad.")
    reopened(path, steps=MIGRATIONS[:2])
    with sqlite3.connect(path) as old:
        old.execute("INSERT INTO accounts VALUES (1, 'Acme', 'acme')")
        old.execute(
            "INSERT INTO notes VALUES (?, 1, ?, 'call', 1, ?, 'T', ?)",
            (one.id, one.date.isoformat(), content_hash(one.text), one.text),
        )
        old.execute("INSERT INTO runs VALUES (1, ?, 'local', '{}', NULL)", (one.id,))
    old.close()
    new = SqlStore(path)
    assert new.untracked("a") == (one.id,)
    new.replace_tracked(one.id, extraction(one).model_copy(update={"trackers": "a"}), {"abroad"})
    assert new.untracked("a") == ()
    new.close()
    assert [each.name for each in copies(path)] == ["notes.db.schema-2.bak"]


def test_a_file_of_the_third_schema_takes_records_of_model_work(path):
    one = note("Late again.")
    reopened(path, steps=MIGRATIONS[:3])
    with sqlite3.connect(path) as old:
        old.execute("INSERT INTO accounts VALUES (1, 'Acme', 'acme')")
        old.execute(
            "INSERT INTO notes VALUES (?, 1, ?, 'call', 1, ?, 'T', ?)",
            (one.id, one.date.isoformat(), content_hash(one.text), one.text),
        )
    old.close()
    records = SqlRecords(path)
    records.remember(question(one), "a:m", Reply(data={"said": one.text}))
    records.note_ability(Ability(server="http://a", model="m", step="tool"))
    assert records.remembered(question(one).key, "a:m").data == {"said": one.text}
    records.close()
    assert [each.name for each in copies(path)] == ["notes.db.schema-3.bak"]
    store = SqlStore(path)
    assert store.notes() == (one,)
    store.close()


def test_a_file_of_the_fourth_schema_takes_bearings_and_people(path):
    one, two = note("Late again."), note("In time at last.", on=1)
    reopened(path, steps=MIGRATIONS[:4])
    with sqlite3.connect(path) as old:
        old.execute("INSERT INTO accounts VALUES (1, 'Acme', 'acme')")
        for number, each in enumerate((one, two)):
            old.execute(
                "INSERT INTO notes VALUES (?, 1, ?, 'call', ?, ?, 'T', ?)",
                (each.id, each.date.isoformat(), number, content_hash(each.text), each.text),
            )
    old.close()
    links = SqlLinks(path)
    assert links.linked("Acme") == {}
    statement, words = (Place(note_id=each.id, start=0, end=4) for each in (one, two))
    found = Bearing(statement=statement, words=words, likelihoods=likely(Effect.SETTLES))
    links.link({one.id: "a", two.id: "a"}, [found])
    assert links.links("Acme") == (found,)
    links.close()
    persons = SqlPersons(path)
    persons.add_our_people(["Ben"])
    assert (persons.our_people(), persons.joined("Acme")) == (("Ben",), ())
    persons.close()
    assert [each.name for each in copies(path)] == ["notes.db.schema-4.bak"]
    store = SqlStore(path)
    assert store.notes() == (one, two)
    store.close()


def test_a_file_of_the_fifth_schema_takes_renewals(path):
    one = note("Late again.")
    reopened(path, steps=MIGRATIONS[:5])
    with sqlite3.connect(path) as old:
        old.execute("INSERT INTO accounts VALUES (1, 'Acme', 'acme')")
        old.execute(
            "INSERT INTO notes VALUES (?, 1, ?, 'call', 1, ?, 'T', ?)",
            (one.id, one.date.isoformat(), content_hash(one.text), one.text),
        )
    old.close()
    register = SqlRegister(path)
    register.set_renewal("Acme", one.date)
    assert register.renewals() == {"Acme": one.date}
    register.close()
    assert [each.name for each in copies(path)] == ["notes.db.schema-5.bak"]


def test_a_file_from_before_origins_takes_them(path):
    one, mail = note("Late again.\n> quoted"), note("In time.", on=1)
    reopened(path, steps=MIGRATIONS[: MIGRATIONS.index(seventh)])
    with sqlite3.connect(path) as old:
        old.execute("INSERT INTO accounts VALUES (1, 'Acme', 'acme')")
        for number, each in enumerate((one, mail)):
            old.execute(
                "INSERT INTO notes VALUES (?, 1, ?, 'call', ?, ?, 'T', ?)",
                (each.id, each.date.isoformat(), number, content_hash(each.text), each.text),
            )
        row = {name: value for name, value in rows.signal_row(signal(one), one.id).items() if name != "origin"}
        old.execute(
            f"INSERT INTO signals ({', '.join(map(repr, row))}) VALUES ({', '.join(':' + n for n in row)})", row
        )
        for passage in lines(one):
            place = (passage.ordinal, one.id, passage.ordinal, passage.start, passage.end, passage.turn, passage.line)
            old.execute(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, NULL, 'unknown', ?)", (*place, passage.quoted)
            )
    old.close()
    store = SqlStore(path)
    assert store.notes() == (one, mail)
    assert [(each.text, each.origin) for each in store.passages(one.id)] == [
        ("Late again.", Origin.REP_NOTE),
        ("> quoted", Origin.QUOTED),
    ]
    assert [found.signal for found in store.signals(SignalFilter())] == [signal(one)]
    store.replace_extraction(one.id, extraction(one, signal(one, origin=Origin.EMAIL)))
    assert [found.signal.origin for found in store.signals(SignalFilter())] == [Origin.EMAIL]
    store.close()
    assert [each.name for each in copies(path)] == [f"notes.db.schema-{MIGRATIONS.index(seventh)}.bak"]


def question(about):
    message = Message(role="user", text=about.text)
    return Request(task="t.v1", messages=(message,), form={}, form_name="f", note_id=about.id, account=about.account)


def test_forget_takes_what_models_answered_and_asked(path, store):
    gone, kept = keep(store, note("Unspeakable one.")), keep(store, note("Two.", account="Bolt"))
    store.add_alias("Acme", "A")
    records = SqlRecords(path)
    for each in (gone, kept):
        records.remember(question(each), "a:m", Reply(data={"said": each.text}))
        records.restrict(Restriction(account=each.account, note_id=each.id))
    assert store.forget("Acme") == (gone.id,)
    assert records.remembered(question(gone).key, "a:m") is None
    assert records.remembered(question(kept).key, "a:m") is not None
    assert [one.account for one in records.restrictions()] == ["Bolt"]
    records.close()
    store.close()
    assert b"Unspeakable" not in path.read_bytes()


def test_a_failed_migration_changes_nothing(path):
    old = SqlStore(path)
    kept = keep(old, note("Words."))
    old.close()
    with pytest.raises(
        StoreError, match=rf"schema {len(MIGRATIONS) + 2}: no such function: .*\. It was left as it was"
    ) as error:
        SqlStore(path, steps=[*MIGRATIONS, one_more, failing])
    assert error.value.fix
    again = SqlStore(path)
    assert again.notes() == (kept,)
    again.close()


def test_a_newer_file_is_left_untouched(path):
    reopened(path, steps=[*MIGRATIONS, one_more])
    before = path.read_bytes()
    with pytest.raises(StoreTooNew, match=f"schema {len(MIGRATIONS) + 1}") as error:
        SqlStore(path)
    assert "upgrade" in error.value.fix
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database\n" * 400, b"\0" * 8192, b"SQLite format 3\0" + b"x" * 5000])
def test_a_file_that_is_no_database(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(StoreError, match="not a NoteSense database") as error:
        SqlStore(path)
    assert f"mv {path}" in error.value.fix
    assert path.read_bytes() == content


def test_another_programs_database(path):
    path.parent.mkdir()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        SqlStore(path)
    assert path.read_bytes() == before


def test_a_file_damaged_in_the_middle(path):
    store = SqlStore(path)
    keep(store, note("Words. " * 9000))
    store.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))
    with pytest.raises(StoreError, match="damaged"):  # noqa: PT012 - opening may see it, or reading
        broken = SqlStore(path)
        broken.notes()


@pytest.mark.parametrize("where", ["file/notes.db", "/proc/notesense/notes.db", "folder"])
def test_a_place_that_cannot_be_written(tmp_path, where):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError) as error:
        SqlStore(tmp_path / where)
    assert where.split("/")[-1] in error.value.message
    assert "NOTESENSE_HOME" in error.value.fix


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="Permission denied"):
        SqlStore(tmp_path / "notes.db")


def test_a_full_disk(store):
    kept = keep(store, note("Words."))
    with store._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="full") as error:
        keep(store, note("Long. " * 20_000))
    assert "space" in error.value.fix
    assert store.notes() == (kept,)


def test_a_full_disk_at_opening(path, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(StoreError, match="full"):
        SqlStore(path)


def test_a_locked_database(path):
    store = SqlStore(path, timeout=0.1)
    kept = keep(store, note("Words."))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="Another program") as error:
        keep(store, note("More."))
    assert "again" in error.value.fix
    assert store.notes() == (kept,)
    other.close()
    store.close()


def _many(path: Path, name: str) -> None:
    store = SqlStore(path)
    for number in range(10):
        keep(store, note(f"{name} {number}.", account=f"A{number % 3}"))
    store.close()


def test_processes_begin_and_write_the_same_file_at_once(path):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_many, args=(path, name)) for name in "abc"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    store = SqlStore(path)
    assert len(store.notes()) == 30
    assert len(store.account_names()) == 3
    store.close()


# One transaction


@pytest.mark.parametrize("table", ["passages", "passage_words", "signals", "rejected", "runs", "indexed"])
def test_save_is_all_or_nothing(path, store, table, monkeypatch):
    one = note("Late again.")
    if table == "passage_words":
        monkeypatch.setattr(search, "_INSERT", "INSERT INTO passage_words(nope) VALUES (?, ?)")
    else:
        with sqlite3.connect(path) as other:
            other.execute(f"CREATE TRIGGER no BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END")
        other.close()
    with pytest.raises(StoreError, match="no"):
        keep(store, one, signal(one), refused=1)
    assert store.notes() == store.accounts() == store.match_text("late", None, 5) == ()
    assert store.passage_count() == 0
    assert store.signals(SignalFilter()) == store.unindexed("g") == ()


def test_a_failed_replacement_leaves_the_old_run(path, store):
    one = note("Late again.")
    keep(store, one, signal(one))
    with sqlite3.connect(path) as other:
        other.execute("CREATE TRIGGER no BEFORE INSERT ON runs BEGIN SELECT RAISE(ABORT, 'no'); END")
    other.close()
    with pytest.raises(StoreError):
        store.replace_extraction(one.id, extraction(one))
    assert len(store.signals(SignalFilter())) == 1


@pytest.mark.parametrize("table", ["corrections", "set_aside", "signals"])
def test_a_correction_is_all_or_nothing(path, store, table):
    one = note("Late again.")
    keep(store, one, signal(one), signal(one, 5, 10, Kind.PRAISE))
    with sqlite3.connect(path) as other:
        other.execute(f"CREATE TRIGGER no BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END")
    other.close()
    with pytest.raises(StoreError, match="no"):
        store.correct([rejection(one)])
    assert len(store.signals(SignalFilter())) == 2
    assert store.corrections(one.id) == ()


# Text


TEXTS = [
    "CRLF\r\nand CR\rand LF\n\n",
    "e\u0301 \u00e9 \u1e9e \ufb01 \u0130 \u2028 \x85 \x1c",
    "👩‍👩‍👧 𝔘𝔫𝔦 \U0010fffd",
    "שלום עולם \u202eabc\u202c مرحبا",
    "a\0b\ufeff\ufffe tab\t \x1b[31m",
    "'; DROP TABLE notes; -- %s ? :x",
    "\n  leading and trailing  \n",
]


@pytest.mark.parametrize("text", TEXTS)
def test_text_comes_back_to_the_letter(store, text):
    one = keep(store, note(text))
    assert store.note(one.id).text == text
    assert store.known("Acme", text) == (one,)
    assert list(store.passages(one.id)) == lines(one)


def test_five_megabytes(store):
    text = ("Zeile mit ü und 😀, Nummer AX-4410/B. " * 26 + "\r\n") * 5_000
    assert len(text.encode()) > 5_000_000
    one = keep(store, note(text), signal(note(text)))
    assert store.note(one.id).text == text
    assert store.match_text("ax-4410/b", "Acme", 1)


def test_half_a_character_is_refused(store):
    with pytest.raises(InputError, match="half a character"):
        store.known("Acme", "a \ud800 b")


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), max_size=40), st.text(max_size=40))
def test_any_text_and_any_query_are_safe(store, text, query):
    text = text if text.strip() else "x"
    if store.note(note(text).id) is None:
        keep(store, note(text))
    assert store.note(note(text).id).text == text
    assert isinstance(store.match_text(query, None, 3), tuple)
    assert isinstance(store.match_text(text, "Acme", 3), tuple)


# Privacy


def test_forgotten_words_leave_the_files(path, store):
    for number in range(40):
        one = note(f"Zanzibar xylophone {number} of quokkas.\nMore zanzibar.", account="Vanishing Ltd", on=number)
        keep(store, one, signal(one, 0, 18), refused=1)
        store.correct([rejection(one, 0, 18)])
        keep(store, note(f"Plain words {number}.", account="Bolt", on=number))
    store.add_alias("Vanishing Ltd", "Vapour")
    copy = path.with_name("notes.db.schema-0.bak")
    copy.write_text("zanzibar")
    assert len(store.forget("vanishing ltd")) == 40
    assert not copy.exists()
    assert path.with_name("notes.db-wal").stat().st_size == 0
    raw = b"".join(each.read_bytes() for each in path.parent.iterdir()).lower()
    assert [word for word in (b"zanzibar", b"anzibar", b"xyloph", b"quokka", b"vanish", b"vapour") if word in raw] == []
    assert b"plain words" in raw
    with sqlite3.connect(path) as other:
        other.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, passage_words, row)")
        assert {row[0] for row in other.execute("SELECT term FROM words WHERE term > 'a'")} == {"plain", "words"}
        other.execute("INSERT INTO passage_words(passage_words) VALUES ('integrity-check')")
    other.close()


def test_forgetting_says_when_another_program_keeps_the_words(path):
    store = SqlStore(path, timeout=0.1)
    keep(store, note("Words."))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT * FROM notes").fetchall()
    with pytest.raises(StoreError, match="is deleted, but"):
        store.forget("Acme")
    assert store.notes() == ()
    other.close()
    store.close()


# Cost


def plan(store, ask):
    """What SQLite would do for the statements that `ask` runs."""
    heard = []

    def hear(_connection, _cursor, statement, values, _context, _many):
        heard.append((statement, values))

    event.listen(store._engine, "before_cursor_execute", hear)
    ask()
    event.remove(store._engine, "before_cursor_execute", hear)
    other = sqlite3.connect(store.path)
    asked = [each for each in heard if each[0].startswith("SELECT")]
    steps = [row[3] for sql, values in asked for row in other.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    other.close()
    return steps


def test_a_question_about_an_account_never_scans_the_store(path):
    store = SqlStore(path)
    keep(store, note("Words."))
    asks = {
        "known": lambda: store.known("Acme", "Words."),
        "notes": lambda: store.notes("Acme"),
        "signals": lambda: store.signals(SignalFilter(account="Acme", kinds=("praise",))),
        "passages": lambda: store.passages("x"),
        "rejected": lambda: store.rejected("x"),
        "unindexed": lambda: store.unindexed("g"),
        "corrections": lambda: store.corrections("x"),
        "signal ids": lambda: store.signal_ids("ab"),
    }
    for name, ask in asks.items():
        steps = plan(store, ask)
        assert steps, name
        assert not [step for step in steps if step.startswith("SCAN")], (name, steps)
    store.close()


def test_bearings_are_found_by_their_account_and_leave_by_their_notes(path):
    store, links = SqlStore(path), SqlLinks(path)
    keep(store, note("Words."))
    for name, ask in {"links": links.links, "linked": links.linked}.items():
        steps = plan(links, lambda ask=ask: ask("Acme"))
        assert steps, name
        assert not [step for step in steps if step.startswith("SCAN")], (name, steps)
    other = sqlite3.connect(path)
    for column in ("note_id", "words_note_id"):
        steps = other.execute(f"EXPLAIN QUERY PLAN DELETE FROM bearings WHERE {column} = 'x'").fetchall()
        assert not [step for step in steps if step[3].startswith("SCAN")], (column, steps)
    other.close()
    links.close()
    store.close()


def test_the_portfolio_is_counted_from_indexes(path):
    store = SqlStore(path)
    keep(store, note("Words."))
    steps = plan(store, store.accounts)
    assert not [step for step in steps if step == "SCAN notes"], steps
    store.close()


def test_the_same_in_other_accounts_is_looked_up_by_index(path):
    store = SqlStore(path)
    keep(store, note("Words."))
    steps = plan(store, lambda: store.elsewhere(note("Words.", account="Bolt")))
    assert not [step for step in steps if step == "SCAN notes"], steps
    store.close()


def test_a_file_of_the_seventh_schema_keeps_who_is_one_of_us(path):
    reopened(path, steps=MIGRATIONS[: MIGRATIONS.index(eighth)])
    with sqlite3.connect(path) as old:
        old.execute("INSERT INTO our_people VALUES ('ben cole', 'Ben Cole')")
    old.close()
    persons = SqlPersons(path)
    assert persons.our_people() == ("Ben Cole",)
    assert persons.ours() == (OneOfUs(sort="person", value="Ben Cole"),)
    persons.close()
