"""What every store promises about the rep's corrections, asked of the fake and of SQLite alike."""

import datetime

import pytest

from fakes import FakeStore
from notesense.adapters.sql.store import SqlStore
from notesense.core.corrections import Correction
from notesense.core.ports import Judged, SignalFilter
from notesense.core.signal import LABELS, SOME_LABELS
from notesense.core.vocabulary import Kind
from notesense.errors import InputError
from store_samples import day, extraction, keep, lines, note, signal

TIME = datetime.datetime(2026, 3, 4, 12, 30, 15, 123456, tzinfo=datetime.UTC)
TEXT = "Late again, dear."


@pytest.fixture(params=["fake", "sql"])
def store(request, tmp_path):
    made = FakeStore() if request.param == "fake" else SqlStore(tmp_path / "home" / "notes.db")
    yield made
    made.close()


def shown(store, one):
    return [found.signal for found in store.signals(SignalFilter(note_id=one.id))]


def said(verdict, old, new=None):
    return Correction(
        note_id=old.note_id,
        signal_id=old.id,
        verdict=verdict,
        made=TIME,
        signal=new,
        replaced=None if new == old else old,
    )


def mine(old, source="confirmed", **changes):
    return old.model_copy(update={"source": source, "confidence": 1.0} | changes)


def test_a_history_comes_back_whole_and_in_order(store):
    one = keep(store, note(TEXT))
    late = signal(one, attributes={"area": "delivery", "about": "us"}, speaker="Ann", side="customer")
    history = (
        said("confirmed", late, mine(late, review=True)),
        Correction(note_id=one.id, verdict="complete", made=TIME),
        said("rejected", late),
    )
    store.correct(history[:1])
    store.correct(history[1:])
    assert store.corrections(one.id) == history
    assert store.corrections("nobody") == ()


def test_what_is_rejected_is_gone_whatever_runs_later(store):
    one = note(TEXT)
    late, dear = signal(one), signal(one, 12, 16, Kind.PRICE_VALUE)
    keep(store, one, late, dear)
    store.correct([said("rejected", late)])
    assert shown(store, one) == [dear]
    nearly = signal(one, 0, 5, attributes={})
    store.replace_extraction(one.id, extraction(one, nearly, dear, refused=1))
    assert shown(store, one) == [dear]
    assert [row.signals for row in store.accounts()] == [1]
    assert len(store.rejected(one.id)) == 1
    store.correct([said("undone", late)])
    assert shown(store, one) == [nearly, dear]


def test_what_is_confirmed_and_corrected_stays_whatever_runs_later(store):
    one = note(TEXT)
    late, dear = signal(one), signal(one, 12, 16, Kind.PRICE_VALUE)
    keep(store, one, late, dear)
    right, moved = mine(late), mine(dear, "corrected", kind=Kind.PRAISE, start=5, end=16, quote=TEXT[5:16])
    store.correct([said("confirmed", late, right), said("corrected", dear, moved)])
    assert shown(store, one) == [right, moved]
    for _ in range(2):
        store.replace_extraction(one.id, extraction(one, dear))
        assert shown(store, one) == [right, moved]
    store.correct([said("undone", dear), said("undone", late)])
    assert shown(store, one) == [dear]


def test_what_is_added_and_taken_back_leaves_nothing(store):
    one = keep(store, note(TEXT))
    new = signal(one, source="added")
    store.correct([said("added", new, new)])
    assert shown(store, one) == [new]
    store.correct([said("undone", new)])
    assert shown(store, one) == []


def test_a_complete_note_takes_no_more_from_engines(store):
    one = note(TEXT)
    keep(store, one, signal(one))
    store.correct([Correction(note_id=one.id, verdict="complete", made=TIME)])
    assert shown(store, one) == []
    store.correct([Correction(note_id=one.id, verdict="undone", made=TIME)])
    assert shown(store, one) == [signal(one)]


def test_a_run_of_labels_replaces_labels_and_corrections_win_over_both(store):
    one = note(TEXT)
    late, dear = signal(one, source="label"), signal(one, 12, 16, Kind.PRICE_VALUE, source="label")
    store.save(one, lines(one), extraction(one, late, engine=LABELS))
    store.replace_extraction(one.id, extraction(one, late, dear, engine=LABELS))
    assert shown(store, one) == [late, dear]
    store.correct([said("rejected", late)])
    store.replace_extraction(one.id, extraction(one, late, engine=LABELS))
    assert shown(store, one) == []
    store.correct([said("undone", late)])
    assert shown(store, one) == [late]


def test_corrections_of_several_notes_are_made_all_or_none(store):
    one, two = note(TEXT), note("Late once more.")
    keep(store, one, signal(one))
    with pytest.raises(InputError, match=two.id):
        store.correct([said("rejected", signal(one)), said("rejected", signal(two))])
    assert shown(store, one) == [signal(one)]
    keep(store, two, signal(two))
    store.correct([said("rejected", signal(one)), said("rejected", signal(two))])
    assert store.signals(SignalFilter()) == ()
    store.correct([])


def test_ids_are_found_by_their_beginning_shown_or_not(store):
    one = note(TEXT)
    early, late, other = (signal(one, n, n + 1, id=id) for n, id in ((0, "ab1"), (2, "ab2"), (4, "b%1")))
    keep(store, one, early, late, other)
    store.correct([said("rejected", late), Correction(note_id=one.id, verdict="complete", made=TIME)])
    store.correct([Correction(note_id=one.id, verdict="undone", made=TIME)])
    assert store.signal_ids("ab") == (("ab1", one.id), ("ab2", one.id))
    assert store.signal_ids("ab2") == (("ab2", one.id),)
    assert [found for found, _ in store.signal_ids("")] == ["ab1", "ab2", "b%1"]
    assert store.signal_ids("%") == store.signal_ids("ab%") == store.signal_ids("ab22") == ()


def test_notes_are_judged_by_labels_or_by_corrections(store):
    plain, some = note(TEXT, on=1), note("Late, some say.", on=2)
    spoken, labelled, empty = note("Late.", on=3), note("Late, as told.", on=4), note("Fine.", "Bolt", on=5)
    doubtful = note("Late, we guess.", on=6)
    keep(store, plain, signal(plain))
    keep(store, spoken, signal(spoken))
    store.save(some, lines(some), extraction(some, signal(some, source="label"), engine=SOME_LABELS))
    store.save(labelled, lines(labelled), extraction(labelled, signal(labelled, source="label"), engine=LABELS))
    store.save(empty, lines(empty), extraction(empty, engine=LABELS))
    store.save(doubtful, lines(doubtful), extraction(doubtful, refused=1, engine=LABELS))
    store.correct([said("rejected", signal(spoken))])
    judged = [(one.note_id, one.by_labels) for one in store.judged()]
    assert judged == [(spoken.id, False), (labelled.id, True), (empty.id, True), (doubtful.id, False)]
    assert store.judged("bolt") == (Judged(note_id=empty.id, by_labels=True),)
    assert [one.note_id for one in store.judged("Acme", since=day(4))] == [labelled.id, doubtful.id]
    assert store.judged("Nobody") == ()


def test_corrections_go_with_their_note(store):
    one = note(TEXT)
    keep(store, one, signal(one))
    store.correct([said("rejected", signal(one))])
    store.forget("Acme", one.id)
    assert store.corrections(one.id) == store.signal_ids("") == store.judged() == ()
    with pytest.raises(InputError, match=one.id):
        store.correct([said("undone", signal(one))])
    keep(store, one, signal(one))
    assert shown(store, one) == [signal(one)]
