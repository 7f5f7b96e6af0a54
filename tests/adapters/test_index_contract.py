"""What every index promises, asked of the fake and of Chroma alike."""

import contextlib

import numpy as np
import pytest

from fakes import FakeIndex
from notesense.adapters.chroma import open_index
from notesense.core.index_ports import IndexEntry
from notesense.core.ports import SignalFilter
from store_samples import day

ANY = SignalFilter()


@pytest.fixture(params=["fake", "chroma"])
def index(request, tmp_path):
    opened = contextlib.nullcontext(FakeIndex()) if request.param == "fake" else open_index(tmp_path / "index", "f", 5)
    with opened as made:
        yield made


def entry(note: str, ordinal: int = 0, account: str = "Acme", on: int = 0) -> IndexEntry:
    return IndexEntry(note_id=note, ordinal=ordinal, account=account, date=day(on), channel="call")


def unit(*parts: float) -> np.ndarray:
    row = np.array([*parts, *([0.0] * (8 - len(parts)))], dtype=np.float32)
    return (row / np.linalg.norm(row)).reshape(1, -1)


def fill(index) -> None:
    entries = [entry("a", 0), entry("a", 1, on=5), entry("b", 0, account="Bolt & Söhne", on=5), entry("c", 0, on=9)]
    index.add(entries, np.vstack([unit(1, 0), unit(1, 1), unit(0, 1), unit(0, 0, 1)]))


def places(hits) -> list[tuple[str, int]]:
    return [(hit.note_id, hit.ordinal) for hit in hits]


def test_an_empty_index_answers_nothing(index):
    assert index.count() == 0
    assert index.query(unit(1), 5, ANY) == ()
    index.add([], np.zeros((0, 8), dtype=np.float32))
    index.remove(["a"])
    index.remove([])
    assert index.count() == 0


def test_the_nearest_come_first(index):
    fill(index)
    hits = index.query(unit(1, 0.1), 2, ANY)
    assert places(hits) == [("a", 0), ("a", 1)]
    assert hits[0].similarity == pytest.approx(0.995, abs=0.001)
    assert index.query(unit(1), 1, ANY)[0].similarity == pytest.approx(1.0)


def test_more_may_be_asked_than_there_is(index):
    fill(index)
    assert len(index.query(unit(1), 1000, ANY)) == 4
    assert index.query(unit(1), 0, ANY) == ()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (SignalFilter(account="ACME"), {("a", 0), ("a", 1), ("c", 0)}),
        (SignalFilter(account="bolt & söhne"), {("b", 0)}),
        (SignalFilter(account="nobody"), set()),
        (SignalFilter(since=day(5)), {("a", 1), ("b", 0), ("c", 0)}),
        (SignalFilter(until=day(5)), {("a", 0), ("a", 1), ("b", 0)}),
        (SignalFilter(account="Acme", since=day(1), until=day(8)), {("a", 1)}),
    ],
)
def test_account_and_days_narrow(index, wanted, found):
    fill(index)
    assert set(places(index.query(unit(1, 1, 1), 10, wanted))) == found


def test_adding_again_replaces(index):
    fill(index)
    index.add([entry("a", 0), entry("a", 0)], np.vstack([unit(1), unit(0, 0, 0, 1)]))
    assert index.count() == 4
    assert places(index.query(unit(0, 0, 0, 1), 1, ANY)) == [("a", 0)]


def test_notes_are_taken_out(index):
    fill(index)
    index.remove(["a", "gone"])
    assert index.count() == 2
    assert set(places(index.query(unit(1), 10, ANY))) == {("b", 0), ("c", 0)}


def test_reset_begins_another_generation(index):
    fill(index)
    before = index.generation
    index.reset()
    assert index.generation != before
    assert index.count() == 0
    fill(index)
    assert index.count() == 4


def test_the_vectors_of_an_account_are_given_back_with_their_places(index):
    fill(index)
    held, rows = index.vectors("acme")
    assert sorted(held) == [("a", 0), ("a", 1), ("c", 0)]
    assert np.allclose(rows[held.index(("a", 1))], unit(1, 1))
    other, row = index.vectors("BOLT & söhne")
    assert other == (("b", 0),)
    assert np.allclose(row, unit(0, 1))


def test_an_account_without_passages_has_no_vectors(index):
    fill(index)
    held, rows = index.vectors("nobody")
    assert (held, len(rows)) == ((), 0)
