"""Search and index: found by meaning and by words, always out of the store, whatever becomes of the index."""

import datetime
from collections.abc import Iterator, Sequence

import pytest

from fakes import FakeEmbedder
from notesense.core.note import Note
from notesense.core.ports import SignalFilter
from notesense.core.signal import Draft, Drafts
from notesense.core.vocabulary import Origin
from notesense.errors import InputError, NoteSenseError
from notesense.render.terminal import to_text
from notesense.workflows.remembering import CAPACITY, RememberingEmbedder
from notesense.workflows.searching import search
from notesense.workflows.upkeep import doctor, forget, reindex
from workshop import Desk, of_origins, reading


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.import_all(
        reading("pump AX-4410 leaks", id="n1", account="Harlow", date=datetime.date(2026, 1, 1)),
        reading("the seals of the pump\nlunch with Marta", id="n2", account="Harlow", date=datetime.date(2026, 2, 1)),
        reading("pump runs well", id="n3", account="Bexley", date=datetime.date(2026, 2, 2)),
    )
    return desk


def found(desk: Desk, query: str, limit: int = 9, **wanted: object) -> list[tuple[str, str]]:
    result = search(query, SignalFilter(**wanted), limit, desk.store, desk.embedder, desk.librarian)  # type: ignore[arg-type]
    return [(hit.note_id, hit.by) for hit in result.hits]


def test_hits_say_how_they_were_found_and_where_they_stand(desk: Desk) -> None:
    result = search("marta lunch", SignalFilter(), 1, desk.store, desk.embedder, desk.librarian)
    (hit,) = result.hits
    assert (hit.note_id, hit.quote, hit.line, hit.by) == ("n2", "lunch with Marta", 2, "both")
    note = desk.store.note("n2")
    assert note.text[hit.start : hit.end] == hit.quote


def test_part_numbers_are_found_by_words(desk: Desk) -> None:
    assert found(desk, "ax-4410", limit=1)[0][0] == "n1"


def test_account_and_days_limit_both_ways_of_finding(desk: Desk) -> None:
    assert {n for n, _ in found(desk, "pump", account="Bexley")} == {"n3"}
    assert {n for n, _ in found(desk, "pump", since=datetime.date(2026, 2, 1))} == {"n2", "n3"}
    assert {n for n, _ in found(desk, "pump", until=datetime.date(2026, 1, 31))} == {"n1"}


def test_an_empty_search_is_refused(desk: Desk) -> None:
    with pytest.raises(InputError, match="empty"):
        found(desk, "  ")


def test_without_the_index_words_alone_answer_and_that_is_said(desk: Desk) -> None:
    desk.locked = True
    result = search("pump", SignalFilter(), 9, desk.store, desk.embedder, desk.librarian)
    assert {h.by for h in result.hits} == {"words"}
    assert "The index is in use." in str(result.warning)


def test_a_lost_index_is_noticed_and_filled_again(desk: Desk) -> None:
    desk.index.reset()
    assert ("n1", "both") in found(desk, "pump AX-4410 leaks")
    desk.index.rows.popitem()
    assert desk.librarian.catch_up() == desk.store.passage_count() == desk.index.count()
    assert desk.librarian.catch_up() == 0


def test_what_the_store_does_not_hold_is_never_a_hit(desk: Desk) -> None:
    vectors = desk.embedder.embed(["pump ghost"])
    gone = next(iter(desk.index.rows.values()))[0].model_copy(update={"note_id": "ghost"})
    desk.index.add([gone], vectors)
    assert "ghost" not in {n for n, _ in found(desk, "pump ghost")}


def test_forgetting_takes_everything_out(desk: Desk) -> None:
    gone = forget("Harlow", None, desk.store, desk.librarian)
    assert (gone.notes, gone.account) == (2, "Harlow")
    assert {place[0] for place in desk.index.rows} == {"n3"}
    assert found(desk, "pump leaks", account="Harlow") == []


def test_forgetting_while_the_index_is_locked_says_what_is_left(desk: Desk) -> None:
    desk.locked = True
    with pytest.raises(NoteSenseError, match="Harlow is forgotten"):
        forget("Harlow", None, desk.store, desk.librarian)
    desk.locked = False
    found(desk, "pump")
    assert {place[0] for place in desk.index.rows} == {"n3"}


def test_reindexing_counts_what_it_did(desk: Desk) -> None:
    done = desk.librarian.rebuild()
    assert (done.notes, done.passages) == (3, desk.store.passage_count())


def test_reindexing_reads_again_what_the_engine_had_failed_on(desk: Desk) -> None:
    whole = desk.engine.claim
    desk.engine.claim = lambda note: 1 / 0  # type: ignore[assignment,return-value]
    desk.add("the drums leak", account="Bexley")
    assert len(desk.store.unread()) == 1
    assert (reindex(desk.store, desk.engine, desk.librarian)).still_unread == 1
    desk.engine.claim = whole
    done = reindex(desk.store, desk.engine, desk.librarian)
    assert (done.reread, done.still_unread, desk.store.unread()) == (1, 0, ())
    assert [f.signal.quote for f in desk.store.signals(SignalFilter(account="Bexley"))] == ["the drums leak"]


class InParts:
    """An engine that reads a note in two halves and fails on one of them, as told."""

    name, version, batch = "parts", "1", 16

    def __init__(self) -> None:
        self.finds, self.error = ["the drums leak"], "part 2 of 2: too many requests"

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        for note in notes:
            drafts = tuple(Draft(kind="pain_point", quote=quote) for quote in self.finds)
            yield Drafts(note_id=note.id, drafts=drafts, error=self.error or None)


def test_what_was_found_before_a_part_failed_is_kept_and_a_worse_run_does_not_take_its_place(desk: Desk) -> None:
    desk.engine = engine = InParts()  # type: ignore[assignment]

    def quotes() -> list[str]:
        return [f.signal.quote for f in desk.store.signals(SignalFilter(account="Bexley"))]

    (kept,) = desk.add("the drums leak\nthe seals leak", account="Bexley").kept
    assert ([s.quote for s in kept.signals], kept.error) == (["the drums leak"], "part 2 of 2: too many requests")
    assert desk.store.unread() == (kept.note.id,)
    for finds in ([], ["the seals leak"]):
        engine.finds = finds
        assert reindex(desk.store, desk.engine, desk.librarian).still_unread == 1
        assert quotes() == ["the drums leak"]
    engine.finds = ["the drums leak", "the seals leak"]
    assert reindex(desk.store, desk.engine, desk.librarian).still_unread == 1
    assert quotes() == ["the drums leak", "the seals leak"]
    engine.error = ""
    assert reindex(desk.store, desk.engine, desk.librarian).still_unread == 0
    assert quotes() == ["the drums leak", "the seals leak"]


def test_vectors_are_computed_once_while_they_are_remembered() -> None:
    inner, steps = FakeEmbedder(), []
    remembering = RememberingEmbedder(inner, lambda done, total: steps.append((done, total)))
    first = remembering.embed(["a", "b", "a"])
    assert (first[0] == first[2]).all()
    assert remembering.embed(["b"]).shape == (1, 64)
    assert inner.asked == ["a", "b"]
    assert remembering.embed([]).shape == (0, 64)
    remembering.embed([f"text {n}" for n in range(CAPACITY)])
    assert steps[-1] == (CAPACITY, CAPACITY)
    remembering.embed(["a"])
    assert inner.asked[-1] == "a"
    assert (remembering.name, remembering.fingerprint) == (inner.name, inner.fingerprint)


def test_one_failing_probe_does_not_stop_the_others() -> None:
    def fails() -> object:
        raise InputError("broken", "mend it")

    def full() -> object:
        raise OSError("disk full")

    checked = doctor([("a", fails), ("b", full)])  # type: ignore[list-item]
    assert [(c.name, c.state) for c in checked.checks] == [("a", "fault"), ("b", "fault")]
    assert [c.detail for c in checked.checks] == ["broken", "disk full"]


def test_one_note_can_be_forgotten(desk: Desk) -> None:
    assert forget("Harlow", "n1", desk.store, desk.librarian).notes == 1
    assert {place[0] for place in desk.index.rows} == {"n2", "n3"}
    with pytest.raises(InputError, match='no note with the id "n3"'):
        forget("Harlow", "n3", desk.store, desk.librarian)


def test_what_proves_nothing_is_found_and_says_what_it_is(desk: Desk) -> None:
    gemini = of_origins(
        ("The valve of the boiler was discussed.", Origin.VENDOR_SUMMARY),
        ("The boiler is fine.", Origin.TRANSCRIPT),
        id="n4",
        account="Harlow",
    )
    desk.import_all(gemini)
    result = search("boiler", SignalFilter(), 9, desk.store, desk.embedder, desk.librarian)
    assert {(hit.quote, hit.origin) for hit in result.hits if hit.note_id == "n4"} == {
        ("The boiler is fine.", Origin.TRANSCRIPT),
        ("The valve of the boiler was discussed.", Origin.VENDOR_SUMMARY),
    }
    printed = to_text(result, width=80)
    assert "vendor's summary" in printed
    assert "transcript" in printed
