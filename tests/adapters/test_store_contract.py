"""What every store promises, asked of the fake and of SQLite alike."""

import datetime

import pytest

from fakes import FakeStore
from notesense.adapters.sql.store import SqlStore
from notesense.core.note import NoteSource, Turn
from notesense.core.passages import passages_of
from notesense.core.ports import AccountNames, AccountRow, SignalFilter
from notesense.core.signal import LABELS, SOME_LABELS, Reason
from notesense.core.vocabulary import Channel, Kind, Origin
from notesense.errors import InputError, UnknownAccount
from store_samples import day, extraction, keep, lines, note, signal


@pytest.fixture(params=["fake", "sql"])
def store(request, tmp_path):
    made = FakeStore() if request.param == "fake" else SqlStore(tmp_path / "home" / "notes.db")
    yield made
    made.close()


def test_a_saved_note_comes_back_with_everything(store):
    one = note("Late again.\n> quoted\n\nWe pay 9 €.")
    hint = signal(one, certainty="hedged", match="fuzzy", review=True, speaker="Ann", side="customer")
    keep(store, one, hint, refused=2)
    assert store.note(one.id) == one
    assert list(store.passages(one.id)) == lines(one)
    (found,) = store.signals(SignalFilter())
    assert found.signal == hint
    assert (found.account, found.date, found.channel, found.title) == ("Acme", day(0), "call", "T")
    assert store.rejected(one.id) == extraction(one, refused=2).rejected


def test_turns_and_source_come_back(store):
    started = datetime.datetime(2026, 1, 1, 10, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    turns = (
        Turn(start=0, end=4, origin=Origin.VENDOR_SUMMARY),
        Turn(start=5, end=11, speaker="Ann “A” Ruiz", side="customer", origin=Origin.TRANSCRIPT, time=2.25),
    )
    source = NoteSource(form="gong", meeting="7782342274025937895", started=started)
    one = note("Late again.").model_copy(update={"turns": turns, "source": source})
    said = signal(one, 5, 10, origin=Origin.TRANSCRIPT)
    store.save(one, passages_of(one), extraction(one, said))
    assert store.note(one.id) == one
    assert store.notes() == (one,)
    assert store.passages(one.id) == passages_of(one)
    assert [passage.origin for passage in store.passages(one.id)] == [Origin.VENDOR_SUMMARY, Origin.TRANSCRIPT]
    assert [found.signal for found in store.signals(SignalFilter())] == [said]
    plain = keep(store, note("In time.", on=3))
    assert (store.note(plain.id).turns, store.note(plain.id).source) == ((), NoteSource())


def test_the_same_in_another_account_is_found_by_its_text_or_its_meeting_on_a_day(store):
    met = {"source": NoteSource(meeting="m1")}
    here, words = keep(store, note("Late again.")), note("Late again.", account="Bolt")
    call = keep(store, note("A call.", on=2).model_copy(update=met))
    other = note("That call.", account="Bolt", on=2).model_copy(update=met)
    weekly = note("The next call.", account="Bolt", on=9).model_copy(update=met)
    assert [store.elsewhere(one) for one in (words, other, weekly)] == [(here,), (call,), ()]
    assert store.elsewhere(here) == store.elsewhere(note("Other.", account="Bolt")) == ()


def test_what_is_not_there_is_empty(store):
    assert store.note("x") is None
    assert store.passages("x") == store.rejected("x") == store.notes("X") == store.known("X", "y") == ()
    assert store.signals(SignalFilter(account="X")) == store.accounts() == store.account_names() == ()
    assert store.forget("X") == store.match_text("y", "X", 5) == store.match_text("y", None, 5) == ()
    assert store.passage_count() == 0


def test_an_id_is_taken_once(store):
    one = keep(store, note("First."))
    with pytest.raises(InputError, match=one.id):
        keep(store, note("Second.", id=one.id))
    assert store.note(one.id).text == "First."


def test_a_note_without_account_is_refused(store):
    with pytest.raises(InputError, match="account"):
        keep(store, note("Words.", account="  "))


def test_accounts_answer_whatever_the_case(store):
    keep(store, note("One.", account="Straße GmbH"))
    keep(store, note("Two.", account=" STRASSE   gmbh ", on=1))
    assert [each.account for each in store.notes("strasse GMBH")] == ["Straße GmbH"] * 2
    assert store.account_names() == (AccountNames(name="Straße GmbH"),)


def test_aliases(store):
    keep(store, note("One."))
    keep(store, note("Two.", account="Bolt"))
    store.add_alias("acme", " Acme Corp ")
    store.add_alias("Acme", "ACME CORP")
    store.add_alias("Acme", "Acme")
    keep(store, note("Three.", account="acme corp", on=2))
    assert [each.text for each in store.notes("ACME corp")] == ["One.", "Three."]
    assert store.account_names() == (AccountNames(name="Acme", aliases=("Acme Corp",)), AccountNames(name="Bolt"))
    for taken in ("acme corp", "Acme"):
        with pytest.raises(InputError, match="Acme"):
            store.add_alias("Bolt", taken)
    with pytest.raises(UnknownAccount, match="Nobody"):
        store.add_alias("Nobody", "N")


def test_known_needs_the_same_text_of_the_same_account(store):
    one = keep(store, note("Same."))
    keep(store, note("Same.", account="Bolt"))
    later = keep(store, note("Same.", on=3))
    assert store.known("ACME", "Same.") == (one, later)
    assert store.known("Acme", "Same. ") == ()


def test_notes_come_oldest_first_and_up_to_a_day(store):
    for on in (3, 1, 2):
        keep(store, note(f"Day {on}.", on=on))
    keep(store, note("Other.", account="Bolt", on=1))
    assert [each.text for each in store.notes("Acme", until=day(2))] == ["Day 1.", "Day 2."]
    assert [each.text for each in store.notes()] == ["Day 1.", "Other.", "Day 2.", "Day 3."]


def test_signals_are_filtered_and_ordered(store):
    late = keep_two(store, note("Late again, dear.", on=5))
    early = keep_two(store, note("Early once, dear.", on=2))
    other = keep_two(store, note("Other one, dear.", account="Bolt", on=3))

    def ids(**wanted):
        return [(found.signal.note_id, found.signal.start) for found in store.signals(SignalFilter(**wanted))]

    assert ids(account="acme") == [(early.id, 0), (early.id, 6), (late.id, 0), (late.id, 6)]
    assert ids(kinds=("praise",)) == [(early.id, 6), (other.id, 6), (late.id, 6)]
    assert ids(since=day(3), until=day(3)) == [(other.id, 0), (other.id, 6)]
    assert ids(note_id=late.id, kinds=("praise", "pain_point")) == [(late.id, 0), (late.id, 6)]


def keep_two(store, one):
    return keep(store, one, signal(one, 6, 10, Kind.PRAISE), signal(one))


def test_another_run_replaces_the_engines_signals_and_keeps_the_labels(store):
    one = note("Late again, dear.")
    label = signal(one, 6, 10, Kind.PRAISE, source="label")
    keep(store, one, signal(one), label, refused=2)
    again = signal(one, 6, 10, Kind.PRAISE)
    fresh = signal(one, 12, 16, Kind.PRICE_VALUE)
    store.replace_extraction(one.id, extraction(one, again, fresh, refused=1))
    assert [found.signal for found in store.signals(SignalFilter())] == [label, fresh]
    assert len(store.rejected(one.id)) == 1
    with pytest.raises(InputError, match="nope"):
        store.replace_extraction("nope", extraction(one))


def test_accounts_are_counted(store):
    one = note("One.", on=1, channel=Channel.MEETING)
    keep(store, one, signal(one), signal(one, kind=Kind.PRAISE))
    keep(store, note("Two.", on=4, channel=Channel.EMAIL))
    undated = {"source": NoteSource(undated=True)}
    keep(store, note("Of some day.", on=3, channel=Channel.CALL).model_copy(update=undated))
    keep(store, note("Three.", account="bolt", channel=Channel.MEMO))
    store.add_alias("Acme", "A")
    assert store.accounts() == (
        AccountRow(
            name="Acme",
            aliases=("A",),
            notes=3,
            signals=2,
            first_note=day(1),
            last_note=day(4),
            last_live=day(1),
        ),
        AccountRow(name="bolt", notes=1, first_note=day(0), last_note=day(0)),
    )


def test_words_are_found(store):
    one = keep(store, note("The pump is late.\nDear indeed."))
    keep(store, note("The pump is fine.", account="Bolt"))
    assert store.match_text("Pump late", None, 9)[0] == (one.id, 0)
    assert store.match_text("pump", "acme", 9) == ((one.id, 0),)
    assert len(store.match_text("pump", None, 1)) == 1
    assert store.match_text("  ", None, 9) == ()


def test_forget_leaves_nothing_of_the_account(store):
    first = keep(store, note("Secret pump.", on=2), refused=1)
    second = keep(store, note("Secret valve.", on=1))
    other = keep(store, note("Open pump.", account="Bolt"))
    store.add_alias("Acme", "A")
    assert store.forget("a") == (second.id, first.id)
    assert store.notes() == (other,)
    assert store.account_names() == (AccountNames(name="Bolt"),)
    assert store.match_text("pump", None, 9) == ((other.id, 0),)
    assert store.rejected(first.id) == store.passages(first.id) == ()
    assert store.passage_count() == 1
    assert store.unindexed("g") == (other.id,)
    keep(store, first)
    assert [each.account for each in store.notes("acme")] == ["Acme"]


def test_the_index_is_followed_by_generation(store):
    one, two = keep(store, note("One.\nMore.")), keep(store, note("Two.", on=-1))
    assert store.unindexed("b") == (one.id, two.id)
    store.mark_indexed([one.id, "gone"], "b")
    assert store.unindexed("b") == (two.id,)
    assert store.unindexed("a") == store.unindexed("c") == (one.id, two.id)
    assert (store.passage_count(), store.passage_count("b"), store.passage_count("c")) == (3, 2, 0)
    store.mark_indexed([], "b")
    store.mark_indexed((each for each in (one.id, two.id)), "c")
    assert store.unindexed("c") == ()
    assert store.unindexed("b") == (one.id, two.id)


def test_notes_that_an_engine_failed_on_are_known_until_it_reads_them(store):
    failed = note("One.")
    store.save(failed, lines(failed), extraction(failed).model_copy(update={"error": "it broke"}))
    keep(store, note("Two."))
    assert store.unread() == (failed.id,)
    store.replace_extraction(failed.id, extraction(failed))
    assert store.unread() == ()


def test_one_note_of_an_account_can_be_forgotten(store):
    one, two = keep(store, note("One unusual word.")), keep(store, note("Two.", on=-1))
    assert store.forget(one.account, "nobody") == ()
    assert store.forget(one.account, one.id) == (one.id,)
    assert [each.id for each in store.notes()] == [two.id]
    assert store.match_text("unusual", None, 5) == ()
    assert [row.notes for row in store.accounts()] == [1]


def read_for(mark, of, *signals, **other):
    return extraction(of, *signals, **other).model_copy(update={"trackers": mark})


def test_notes_wait_for_trackers_until_they_were_read_for_them(store):
    one, two, three, four, five = (note(f"It goes abroad {n}.", on=5 - n) for n in range(5))
    store.save(one, lines(one), read_for("a", one))
    store.save(two, lines(two), extraction(two))
    store.save(three, lines(three), extraction(three).model_copy(update={"error": "broke"}))
    store.save(four, lines(four), extraction(four, engine=LABELS))
    store.save(five, lines(five), extraction(five, engine=SOME_LABELS))
    assert store.untracked("a") == (two.id,)
    assert store.untracked("b") == (one.id, two.id)
    store.replace_tracked(two.id, read_for("a", two), {"abroad"})
    assert store.untracked("a") == ()
    store.replace_tracked(two.id, read_for("b", two), {"abroad"})
    assert store.untracked("a") == (two.id,)
    store.replace_extraction(one.id, extraction(one))
    assert store.untracked("a") == (one.id, two.id)
    assert store.unread() == (three.id,)
    with pytest.raises(InputError, match="nowhere"):
        store.replace_tracked("nowhere", read_for("a", one), {"abroad"})


def test_trackers_replace_their_own_kinds_alone(store):
    one = note("It goes abroad again.")
    label = signal(one, 0, 8, kind="abroad", source="label", attributes={})
    old = signal(one, 3, 8, kind="abroad", attributes={})
    gone, pain = signal(one, kind="gone", attributes={}), signal(one)
    keep(store, one, label, old, gone, pain, refused=1)
    new = signal(one, 9, 15, kind="abroad", attributes={})
    store.replace_tracked(one.id, read_for("a", one, new), {"abroad"})
    found = {each.signal.id: each.signal for each in store.signals(SignalFilter())}
    assert found == {each.id: each for each in (label, gone, pain, new)}
    assert len(store.rejected(one.id)) == 1
    assert [each.signal.kind for each in store.signals(SignalFilter(kinds=("gone",)))] == ["gone"]


def test_a_signal_that_is_withdrawn_is_among_the_refused_and_what_people_said_stays(store):
    one = note("Late again. Too dear.")
    engines, labelled = signal(one, 0, 10), signal(one, 12, 20, source="label")
    keep(store, one, engines, labelled, refused=1)
    store.withdraw(one.id, [engines.id, labelled.id], Reason.TOLD_BEFORE)
    assert [found.signal for found in store.signals(SignalFilter())] == [labelled]
    assert [each.reason for each in store.rejected(one.id)][1:] == [Reason.TOLD_BEFORE]
    assert store.rejected(one.id)[-1].draft == engines.as_draft()
    assert store.unread() == ()
    store.withdraw(one.id, [], Reason.TOLD_BEFORE)
    assert len(store.rejected(one.id)) == 2
