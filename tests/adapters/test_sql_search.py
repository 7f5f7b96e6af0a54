"""Full text in SQLite: names, part numbers and odd characters are found, and no query can break it."""

import sqlite3

import pytest

from notesense.adapters.sql.migrations import MIGRATIONS, tenth
from notesense.adapters.sql.store import SqlStore
from store_samples import extraction, keep, lines, note


@pytest.fixture
def store(tmp_path):
    made = SqlStore(tmp_path / "notes.db")
    yield made
    made.close()


@pytest.mark.parametrize(
    "query",
    ["AX-4410/B", "ax 4410", "4410", "Müller", "muller", "MÜLL", "Mü", "O'Brien", '"Nordwind"', "nordw", "col:umn",
     "(late", "NEAR late", "late OR", "-late", "late*", "^late", "pump   late !!", "a.meyer@nord.example", "R&D"],
)  # fmt: skip
def test_names_numbers_and_odd_characters_are_found(store, query):
    text = "Müller says AX-4410/B is late, Nordwind's O'Brien waits near the pump. col:umn a.meyer@nord.example R&D or"
    keep(store, note("Nothing of the kind."))
    one = keep(store, note(text))
    assert store.match_text(query, None, 5)[0] == (one.id, 0)


@pytest.mark.parametrize("query", ["", "   ", "!!! --", '"', '""', "*", "\0", "☃", "zebra", "\ud800"])
def test_a_query_without_words_or_match_finds_nothing(store, query):
    keep(store, note("The pump is late."))
    assert store.match_text(query, None, 5) == ()


def test_passages_with_all_words_come_before_those_with_some(store):
    some = keep(store, note("pump pump pump"))
    both = keep(store, note("the pump in a long line that also says late once, far away from the rest of it"))
    assert store.match_text("pump late", None, 5) == ((both.id, 0), (some.id, 0))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("価格が上がったのに、サポートは返事をくれない。", "サポート"),
        ("価格が上がったのに、サポートは返事をくれない。", "上がった"),
        ("新的财务总监想审查所有合同。", "合同"),
        ("新的财务总监想审查所有合同。", "合同 总监"),
        ("新的财务总监想审查所有合同。", "为什么要审查合同"),
        ("주간 보고서가 또 늦었습니다.", "보고서"),
        ("รายงานล่าช้าอีกแล้ว", "ล่าช้า"),
        ("Отчёт снова опоздал.", "отчёт"),
        ("Spotkanie z panią Wójcik.", "wojcik"),
        ("Alle Verträge prüfen.", "vertrage"),
        ("Le rapport est très en retard.", "tres retard"),
        ("La señora Peña llamó.", "pena"),
    ],
)
def test_words_of_other_languages_are_found_and_forgotten(store, text, query):
    keep(store, note("The pump is late. 会議"))
    one = keep(store, note(text, account="Other"))
    assert store.match_text(query, None, 5)[0] == (one.id, 0)
    store.forget("Other")
    assert one.id not in dict(store.match_text(query, None, 5))


def test_the_languages_that_an_engine_does_not_know_are_kept(store):
    german, other = note("Die Pumpe ist kaputt.", on=1), note("The pump is late.", account="Other")
    store.save(german, lines(german), extraction(german).model_copy(update={"language": "de"}))
    store.save(other, lines(other), extraction(other))
    assert store.languages() == store.languages("acme") == ((german.id, "de"),)
    assert store.languages("Other") == store.languages("Nobody") == ()
    store.replace_extraction(german.id, extraction(german, engine="llm"))
    assert store.languages() == ()


def test_words_that_an_older_file_holds_unspaced_are_found_after_the_step(tmp_path):
    one = note("価格が上がった。")
    old = SqlStore(tmp_path / "old.db", steps=MIGRATIONS[: MIGRATIONS.index(tenth)])
    assert old.match_text("x", None, 1) == ()
    old.close()
    with sqlite3.connect(tmp_path / "old.db") as raw:
        raw.execute("INSERT INTO accounts VALUES (1, 'Acme', 'acme')")
        raw.execute(
            "INSERT INTO notes (id, account_id, date, channel, created, hash, title, text) VALUES (?,1,?,?,1,'','',?)",
            (one.id, "2026-01-01", "call", one.text),
        )
        raw.execute(
            'INSERT INTO passages (id, note_id, ordinal, start, "end", turn, line, side) VALUES (1,?,0,0,?,0,1,?)',
            (one.id, len(one.text), "unknown"),
        )
        raw.execute("INSERT INTO passage_words(rowid, text) VALUES (1, ?)", (one.text,))
    raw.close()
    new = SqlStore(tmp_path / "old.db")
    assert new.match_text("上がった", None, 5) == ((one.id, 0),)
    new.forget("Acme")
    assert new.match_text("上がった", None, 5) == ()
    new.close()
