"""Full text in SQLite: names, part numbers and odd characters are found, and no query can break it."""

import pytest

from notesense.adapters.sql.store import SqlStore
from store_samples import keep, note


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
