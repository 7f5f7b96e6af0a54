"""The rep before labels, labels before engines; whatever came first, and back again."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesense.core.corrections import Correction, Verdict, same_statement, settle, standing, twin_of
from notesense.core.signal import Signal, Source
from notesense.core.vocabulary import Kind

TIME = datetime.datetime(2026, 3, 4, 12, tzinfo=datetime.UTC)


def found(start: int, end: int, kind: Kind = Kind.PAIN_POINT, source: Source = "engine", **other: object) -> Signal:
    facts = {"id": f"{kind}-{start}-{end}", "confidence": 0.4} | other
    return Signal(
        note_id="n", kind=kind, quote="x" * (end - start), start=start, end=end, line=1, source=source, **facts
    )


def said(verdict: Verdict, old: Signal | None, new: Signal | None = None, at: int = 0) -> Correction:
    name = (old or new or found(0, 1)).id
    made = TIME + datetime.timedelta(minutes=at)
    return Correction(note_id="n", signal_id=name, verdict=verdict, made=made, signal=new, replaced=old)


def mark(verdict: Verdict, at: int = 0) -> Correction:
    return Correction(note_id="n", verdict=verdict, made=TIME + datetime.timedelta(minutes=at))


def mine(signal: Signal, source: Source = "confirmed", **changes: object) -> Signal:
    return signal.model_copy(update={"source": source, "confidence": 1.0} | changes)


def test_without_corrections_all_is_shown_in_the_order_of_the_note() -> None:
    late, early = found(20, 30), found(0, 10)
    assert settle([late, early], ()) == ((early, late), ())


@pytest.mark.parametrize(
    ("again", "is_hidden"),
    [
        (found(0, 20), True),
        (found(2, 22, attributes={"area": "delivery"}), True),
        (found(0, 80), True),
        (found(0, 81), False),  # less than a quarter of the longer
        (found(15, 35), False),  # less than half of the shorter
        (found(0, 20, Kind.PRAISE), False),
        (found(2, 22, source="label"), True),
    ],
)
def test_what_was_rejected_does_not_come_back_in_nearly_the_same_words(again: Signal, is_hidden: bool) -> None:
    settled = settle([again], [said("rejected", found(0, 20))])
    assert settled == (((), (again,)) if is_hidden else ((again,), ()))


def test_what_was_confirmed_stays_though_no_engine_finds_it() -> None:
    right = mine(found(0, 20))
    history = [said("confirmed", found(0, 20), right)]
    assert settle([], history).shown == (right,)
    again, near = found(0, 20), found(4, 22)
    assert settle([again, near], history) == ((right,), (again, near))


def test_what_was_corrected_hides_the_old_form_and_whatever_overlaps_the_new() -> None:
    old = found(0, 40)
    new = mine(old, "corrected", kind=Kind.PRAISE, start=30, end=60)
    overlapping, beside = found(58, 200, Kind.PRAISE), found(70, 90)
    assert settle([old, overlapping, beside], [said("corrected", old, new)]) == ((new, beside), (old, overlapping))


def test_a_new_statement_that_takes_the_old_id_stays_aside() -> None:
    old = found(0, 40)
    new = mine(old, "corrected", start=60, end=70)
    assert settle([found(200, 210, id=old.id)], [said("corrected", old, new)]).shown == (new,)


def test_taken_back_means_what_the_engine_says_now() -> None:
    old, new = found(0, 20), mine(found(0, 20), "corrected", kind=Kind.PRAISE)
    history = [said("corrected", old, new), said("rejected", new), said("undone", None, new)]
    assert standing(history).chains == {}
    assert settle([old], history) == ((old,), ())
    assert settle([], history) == ((), ())
    again = [*history, said("rejected", old)]
    assert settle([old], again).shown == ()


def test_a_complete_note_takes_no_more_from_engines_but_from_labels() -> None:
    engine, label = found(0, 20), found(40, 60, source="label")
    assert settle([engine, label], [mark("complete")]) == ((label,), (engine,))
    assert settle([engine, label], [mark("complete"), mark("undone")]).shown == (engine, label)
    assert standing([mark("complete", 3)]).complete == TIME + datetime.timedelta(minutes=3)


def test_a_label_comes_before_an_engine_that_finds_the_same() -> None:
    engine, label, other = found(0, 20), found(2, 20, source="label"), found(30, 40)
    assert settle([engine, label, other], ()) == ((label, other), (engine,))


def test_what_stands_is_the_last_word_on_each_signal() -> None:
    one, two = found(0, 20), found(40, 60)
    now = standing([said("confirmed", one, mine(one)), said("rejected", two), said("rejected", mine(one))])
    assert now.own == ()
    assert now.rejected == (mine(one), two)
    assert [len(chain) for chain in now.chains.values()] == [2, 1]


def test_a_twin_is_another_of_the_reps_own_in_the_same_words() -> None:
    own = mine(found(0, 20))
    assert twin_of(found(15, 40, id="other"), [own, found(15, 40)]) == own
    assert twin_of(own, [own, found(0, 20, id="engine's"), mine(found(0, 20, Kind.PRAISE))]) is None


SIGNALS = st.builds(
    lambda start, length, kind, source: found(start, start + length, kind, source),
    st.integers(0, 50),
    st.integers(1, 30),
    st.sampled_from([Kind.PRAISE, Kind.PAIN_POINT]),
    st.sampled_from(["engine", "label"]),
)


@given(st.lists(SIGNALS, max_size=8), st.lists(SIGNALS, max_size=5), st.data())
def test_nothing_is_lost_and_the_rep_is_always_right(
    ran: list[Signal], judged: list[Signal], data: st.DataObject
) -> None:
    history = []
    for old in judged:
        verdict = data.draw(st.sampled_from(["confirmed", "rejected", "undone"]))
        history.append(said(verdict, old, mine(old) if verdict == "confirmed" else None))
    settled = settle(ran, history)
    now = standing(history)
    assert all(own in settled.shown for own in now.own)
    assert sorted([*settled.shown, *settled.aside], key=repr) == sorted([*ran, *now.own], key=repr)
    assert not [s for s in settled.shown if s.source == "engine" for r in now.rejected if same_statement(s, r)]
    assert settle([*settled.aside, *(s for s in settled.shown if s not in now.own)], history).shown == settled.shown
