"""Keeping notes: once, in whole, under the right account and day; failures are told and lose nothing."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from fakes import FakeEngine
from notesense.core.note import Note
from notesense.core.ports import SignalFilter
from notesense.core.results import Refused
from notesense.core.signal import Draft, Drafts
from notesense.core.vocabulary import Channel
from notesense.errors import EngineError, InputError, StoreError, UnknownAccount
from notesense.workflows.extracting import extract
from notesense.workflows.intake import Given
from workshop import TODAY, Desk, reading


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_note_is_kept_with_what_it_holds_and_what_was_refused(desk: Desk) -> None:
    (kept,) = desk.add("the pumps leak\nlunch was fine").kept
    assert (kept.status, kept.note.date, kept.note.channel) == ("added", TODAY, Channel.MEMO)
    assert [s.quote for s in kept.signals] == ["the pumps leak"]
    assert [r.draft.quote for r in kept.rejected] == ["we love you"]
    assert [n.what for n in kept.news] == ["first note of this account"]
    assert desk.store.note(kept.note.id) == kept.note
    assert desk.index.count() == desk.store.passage_count() == 2


def test_the_same_note_twice_is_known_and_costs_nothing(desk: Desk) -> None:
    first = desk.add("the pumps leak").kept[0]
    desk.embedder.asked.clear()
    desk.engine.claim = lambda note: pytest.fail("the engine ran again")  # type: ignore[assignment]
    again = desk.add("the pumps leak").kept[0]
    assert (again.status, again.note.id) == ("known", first.note.id)
    assert desk.embedder.asked == []


def test_the_same_words_on_another_day_are_another_note_when_the_day_is_said(desk: Desk) -> None:
    desk.add("no answer", date=datetime.date(2026, 3, 1))
    assert desk.add("no answer").kept[0].status == "known"
    assert desk.add("no answer", date=datetime.date(2026, 3, 1)).kept[0].status == "known"
    assert desk.add("no answer", date=datetime.date(2026, 3, 2)).kept[0].status == "added"


def test_the_same_text_twice_in_one_go_is_kept_once(desk: Desk) -> None:
    assert [k.status for k in desk.add("leak", "leak", account="Harlow").kept] == ["added", "known"]


def test_news_are_what_the_account_had_not_told_before(desk: Desk) -> None:
    desk.add("lunch")
    assert [n.what for n in desk.add("a leak").kept[0].news] == ["first pain point on record"]
    assert desk.add("another leak").kept[0].news == ()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"date": datetime.date(2026, 3, 6)}, "lies in the future"),
        ({"date": datetime.date(1890, 1, 1)}, "too long ago"),
        ({"account": "x" * 121}, "cannot be an account's name"),
        ({"account": "a\x1b[31m"}, "cannot be an account's name"),
        ({"account": None}, "stands nowhere"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_stored(desk: Desk, given: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        desk.add("the pumps leak", **given)
    assert desk.store.notes() == ()


def test_of_several_the_good_ones_are_kept_and_the_bad_ones_told(desk: Desk) -> None:
    late = reading("of tomorrow", date=datetime.date(2026, 3, 6))
    added = desk.add("one leak", late)
    assert len(added.kept) == 1
    assert [r.where for r in added.refused] == ["of tomorrow"]


def test_a_name_that_comes_near_is_asked_about(desk: Desk) -> None:
    desk.add("hello there", account="Harlow Instruments")
    with pytest.raises(UnknownAccount, match="come near: Harlow Instruments"):
        desk.add("again", account="Harlow Instrument s")
    begun = desk.add("again", account="Harlow Instrument s", new_account=True).kept[0]
    assert begun.note.account == "Harlow Instrument s"
    for name, new in (("HARLOW instruments", True), ("harlow instruments", False)):
        assert desk.add(f"more {new}", account=name, new_account=new).kept[0].note.account == "Harlow Instruments"
    with pytest.raises(UnknownAccount, match="fits 2 accounts"):
        desk.add("once more", account="harl")


def test_a_note_is_saved_although_the_engine_or_the_index_fails(desk: Desk) -> None:
    desk.locked = True
    desk.engine.claim = lambda note: 1 / 0  # type: ignore[assignment,return-value]
    added = desk.add("the pumps leak")
    assert added.index_error == "The index is in use."
    assert added.kept[0].error == "division by zero"
    assert len(desk.store.notes()) == 1
    desk.locked = False
    desk.librarian.catch_up()
    assert desk.index.count() == 1


def test_an_import_keeps_ids_names_and_labels(desk: Desk) -> None:
    labels = (Draft(kind="pain_point", quote="pumps leak"), Draft(kind="praise", quote="not there"))
    imported = desk.import_all(
        reading("the pumps leak", id="a1", account="Harlow", date=datetime.date(2025, 1, 2), labels=labels),
        reading("fine", id="a2", account="harlow "),
        labels=True,
    )
    assert (imported.added, imported.signals, imported.rejected, imported.accounts) == (2, 1, 1, ("Harlow",))
    (found,) = desk.store.signals(SignalFilter(account="Harlow"))
    assert (found.signal.note_id, found.signal.source, found.date) == ("a1", "label", datetime.date(2025, 1, 2))


def test_an_import_is_safe_to_repeat_and_tells_what_it_did_not_take(desk: Desk) -> None:
    notes = [reading(f"leak {n}", id=f"n{n}", account="Harlow") for n in range(40)]
    assert desk.import_all(*notes).added == 40
    again = desk.import_all(*notes, reading("other words", id="n3", account="Harlow"), reading("nobody's"))
    assert (again.added, again.known) == (0, 40)
    assert [r.reason.split(".")[0] for r in again.refused] == [
        'the id "n3" is another note of Harlow, 2026-03-05',
        "whose note this is stands nowhere",
    ]
    assert desk.index.count() == desk.store.passage_count()


def test_two_notes_with_one_id_in_one_go_are_not_mixed_up(desk: Desk) -> None:
    imported = desk.import_all(*(reading(text, id="a", account="H") for text in ("leak one", "leak one", "two")))
    assert (imported.added, imported.known) == (1, 1)
    assert imported.refused == (Refused(where="two", reason='the id "a" is another note of H, 2026-03-05'),)


def test_an_interrupted_import_keeps_what_was_done_and_goes_on_later(desk: Desk) -> None:
    notes = [reading(f"leak {n}", id=f"n{n:02}", account="Harlow") for n in range(40)]
    whole = desk.engine.claim

    def stop_at_20(note: Note) -> list[Draft]:
        if note.id == "n20":
            raise KeyboardInterrupt
        return list(whole(note))

    desk.engine.claim = stop_at_20
    stopped = desk.import_all(*notes)
    assert stopped.interrupted
    assert stopped.added == len(desk.store.notes()) == 20
    desk.engine.claim = whole
    rest = desk.import_all(*notes)
    assert (rest.known, rest.added) == (20, 20)
    assert desk.index.count() == desk.store.passage_count()


def test_an_import_without_an_index_still_keeps_the_notes(desk: Desk) -> None:
    desk.locked = True
    imported = desk.import_all(reading("leak", account="Harlow"))
    assert (imported.added, imported.index_error) == (1, "The index is in use.")


def test_an_engine_failure_in_an_import_is_told_with_its_place(desk: Desk) -> None:
    desk.engine.claim = lambda note: 1 / 0  # type: ignore[assignment,return-value]
    imported = desk.import_all(reading("leak", account="Harlow", where="notes.jsonl, line 4"))
    assert imported.failed == (Refused(where="notes.jsonl, line 4", reason="division by zero"),)
    assert imported.added == 1


def test_a_full_disk_stops_the_import_with_what_was_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    save = desk.store.save

    def full(note: Note, *rest: Any) -> None:
        if note.id == "n2":
            raise StoreError("The disk is full.")
        save(note, *rest)

    monkeypatch.setattr(desk.store, "save", full)
    with pytest.raises(StoreError, match="disk is full"):
        desk.import_all(*(reading(f"leak {n}", id=f"n{n}", account="Harlow") for n in range(4)))
    assert [note.id for note in desk.store.notes()] == ["n0", "n1"]


def test_extracting_stores_nothing_and_answers_in_order(desk: Desk) -> None:
    notes = [reading(f"leak {n}", id=f"n{n}") for n in range(20)]
    results = list(extract(notes, Given(today=TODAY), desk.engine))
    assert [r.note.id for r in results] == [f"n{n}" for n in range(20)]
    assert all(len(r.extraction.signals) == len(r.extraction.rejected) == 1 for r in results)
    assert desk.store.notes() == ()


def test_an_engine_is_given_as_many_notes_as_it_likes_and_each_is_saved_as_it_comes(desk: Desk) -> None:
    asked: list[int] = []
    whole = desk.engine.extract

    def extract_all(notes: Sequence[Note]) -> Iterator[Drafts]:
        asked.append(len(notes))
        for number, drafts in enumerate(whole(notes)):
            assert len(desk.store.notes()) == number
            yield drafts

    desk.engine.batch = 1_000
    desk.engine.extract = extract_all  # type: ignore[method-assign]
    notes = [reading(f"leak {n}", id=f"n{n}", account="Harlow") for n in range(40)]
    assert desk.import_all(*notes).added == 40
    assert asked == [40]
    assert len(list(extract(notes, Given(today=TODAY), FakeEngine(batch=30)))) == 40


class Breaking:
    """An engine that breaks in the middle of a batch, or stops answering."""

    name, version, batch = "breaking", "1", 16

    def __init__(self, how: Exception | None) -> None:
        self.how = how

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        for note in notes:
            if "bad" in note.text:
                if self.how is not None:
                    raise self.how
                return
            yield Drafts(note_id=note.id, drafts=(Draft(kind="praise", quote=note.text),))


@pytest.mark.parametrize(
    ("how", "told"),
    [
        (ValueError("secret details"), "the engine broke (ValueError)"),
        (EngineError("No weights.", "Install them."), "No weights. Install them."),
        (None, "the engine gave no answer"),
    ],
)
def test_an_engine_that_breaks_in_the_middle_loses_no_note(desk: Desk, how: Exception | None, told: str) -> None:
    desk.engine = Breaking(how)  # type: ignore[assignment]
    kept = desk.add("good one", "bad one", "good two", "bad two").kept
    assert [k.error for k in kept] == [None, told, None, told]
    assert len(desk.store.notes()) == 4
    assert [len(k.signals) for k in kept] == [1, 0, 1, 0]


def test_the_same_id_in_another_account_is_refused(desk: Desk) -> None:
    desk.import_all(reading("leak", id="k1", account="Kilo"))
    again = desk.import_all(reading("leak", id="k1", account="Zulu"))
    assert (again.known, [r.reason for r in again.refused]) == (
        0,
        ['the id "k1" is another note of Kilo, 2026-03-05. Give this note another id.'],
    )


def test_a_note_that_another_process_saved_first_is_known(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    save = desk.store.save

    def too_late(note: Note, *rest: Any) -> None:
        save(note, *rest)
        save(note, *rest)

    monkeypatch.setattr(desk.store, "save", too_late)
    assert desk.add("the pumps leak").kept[0].status == "known"


def test_labels_take_the_place_of_what_an_engine_had_found(desk: Desk) -> None:
    desk.import_all(reading("the pumps leak", id="k1", account="Kilo"))
    label = Draft(kind="stalled_adoption", quote="the pumps")
    imported = desk.import_all(reading("the pumps leak", id="k1", account="Kilo", labels=(label,)), labels=True)
    assert (imported.known, imported.added, imported.signals) == (1, 0, 1)
    assert [f.signal.kind for f in desk.store.signals(SignalFilter())] == ["stalled_adoption"]
