"""What every keeper of bearings promises, asked of the fake and of SQLite alike."""

import contextlib
import sqlite3

import pytest

from fakes import FakeLinks, FakeStore, likely
from notesense.adapters.sql.links import SqlLinks
from notesense.adapters.sql.store import SqlStore
from notesense.core.bearing import Bearing, Effect, Place
from store_samples import keep, note

FIRST, SECOND, THIRD = (note(f"Words {number} of it.", on=number, id=f"n{number}") for number in (1, 2, 3))
ELSEWHERE = note("Words elsewhere.", account="Bolt", id="b1")


@pytest.fixture(params=["fake", "sql"])
def kept(request, tmp_path):
    """A store with three notes of Acme and one of Bolt, and the links over it."""
    path = tmp_path / "home" / "notes.db"
    store = FakeStore() if request.param == "fake" else SqlStore(path)
    links = FakeLinks(store) if request.param == "fake" else SqlLinks(path)
    for each in (FIRST, SECOND, THIRD, ELSEWHERE):
        keep(store, each)
    yield store, links
    links.close()
    store.close()


def bearing(earlier, later, effect=Effect.SETTLES, at=0):
    statement, words = (Place(note_id=one.id, start=at, end=at + 5) for one in (earlier, later))
    return Bearing(statement=statement, words=words, likelihoods=likely(effect), likeness=0.25)


def test_what_was_found_comes_back(kept):
    _, links = kept
    found = (bearing(FIRST, SECOND), bearing(FIRST, SECOND, Effect.FAILS, at=6), bearing(SECOND, THIRD))
    assert (links.links("Acme"), links.linked("Acme")) == ((), {})
    links.link({"n1": "a", "n2": "b", "n3": "c"}, found)
    assert links.links("ACME") == found
    assert links.linked("acme") == {"n1": "a", "n2": "b", "n3": "c"}
    assert (links.links("Bolt"), links.linked("Bolt"), links.links("Nobody")) == ((), {}, ())


def test_a_bearing_is_as_one_that_was_never_stored(kept):
    _, links = kept
    links.link({"n1": "a"}, [bearing(FIRST, SECOND)])
    (found,) = links.links("Acme")
    assert found.statement in {bearing(FIRST, SECOND).statement: 1}
    assert found.likelihoods.likeliest is Effect.SETTLES
    assert found.model_dump() == bearing(FIRST, SECOND).model_dump()


def test_a_note_linked_anew_loses_its_bearings_at_both_ends(kept):
    _, links = kept
    links.link({"n1": "a", "n2": "b", "n3": "c"}, [bearing(FIRST, SECOND), bearing(SECOND, THIRD)])
    links.link({"n3": "c2"}, [bearing(FIRST, THIRD)])
    assert links.links("Acme") == (bearing(FIRST, SECOND), bearing(FIRST, THIRD))
    links.link({"n1": "a2"}, [])
    assert links.links("Acme") == ()
    assert links.linked("Acme") == {"n1": "a2", "n2": "b", "n3": "c2"}


def test_a_note_that_another_process_linked_stays_as_it_is(kept):
    _, links = kept
    links.link({"n1": "a", "n2": "b"}, [bearing(FIRST, SECOND)])
    links.link({"n1": "a", "n2": "b"}, [bearing(FIRST, SECOND, Effect.FAILS)])
    assert links.links("Acme") == (bearing(FIRST, SECOND),)


def test_bearings_vanish_with_either_note(kept):
    store, links = kept
    links.link({"n1": "a", "n2": "b", "n3": "c"}, [bearing(FIRST, SECOND), bearing(SECOND, THIRD)])
    store.forget("Acme", "n3")
    assert links.links("Acme") == (bearing(FIRST, SECOND),)
    store.forget("Acme", "n1")
    assert (links.links("Acme"), links.linked("Acme")) == ((), {"n2": "b"})


def test_a_note_that_is_gone_meanwhile_is_passed_over(kept):
    store, links = kept
    store.forget("Acme", "n2")
    links.link({"n1": "a", "n2": "b"}, [bearing(FIRST, SECOND), bearing(FIRST, THIRD)])
    assert links.linked("Acme") == {"n1": "a"}
    assert links.links("Acme") == (bearing(FIRST, THIRD),)


def test_an_alias_finds_them_too(kept):
    store, links = kept
    links.link({"n1": "a"}, [bearing(FIRST, SECOND)])
    store.add_alias("Acme", "The Smiths")
    assert len(links.links("the smiths")) == len(links.linked("The Smiths")) == 1


def test_all_can_be_thrown_away(kept):
    _, links = kept
    links.link({"n1": "a", "b1": "b"}, [bearing(FIRST, SECOND)])
    links.unlink()
    assert (links.links("Acme"), links.linked("Acme"), links.linked("Bolt")) == ((), {}, {})


def test_nothing_of_it_is_left_in_the_file_when_the_account_is_forgotten(tmp_path):
    path = tmp_path / "notes.db"
    store, links = SqlStore(path), SqlLinks(path)
    for each in (FIRST, SECOND, ELSEWHERE):
        keep(store, each)
    links.link({"n1": "a", "n2": "b", "b1": "c"}, [bearing(FIRST, SECOND)])
    links.close()
    store.forget("Acme")
    store.close()
    with contextlib.closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT count(*) FROM bearings").fetchone() == (0,)
        assert file.execute("SELECT note_id FROM linked").fetchall() == [("b1",)]
