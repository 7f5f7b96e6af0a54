"""The rep's word: what becomes of a signal, what is told, and what cannot be."""

import datetime

import pytest

from notesense.core.editing import Edit
from notesense.core.grounding import ground
from notesense.core.ports import SignalFilter
from notesense.core.results import Corrected
from notesense.core.signal import Draft, Drafts, Signal
from notesense.errors import InputError
from notesense.workflows.correcting import Corrector
from notesense.workflows.upkeep import reindex
from workshop import Desk, reading

NOW = datetime.datetime(2026, 3, 5, 9, tzinfo=datetime.UTC)
TEXT = "the pumps leak\nthe seals leak again\nlunch was fine and they loved the manual"


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.add(reading(TEXT, id="n1"))
    return made


@pytest.fixture
def rep(desk: Desk) -> Corrector:
    return Corrector(desk.store, NOW)


def shown(desk: Desk, note_id: str = "n1") -> list[Signal]:
    return [found.signal for found in desk.store.signals(SignalFilter(note_id=note_id))]


def told(answer: Corrected) -> list[tuple[str, str]]:
    return [(change.status, change.why) for change in answer.changes]


def run_again(desk: Desk, *drafts: Draft) -> None:
    """Let another engine read the note."""
    note = desk.store.note("n1")
    extraction = ground(note, desk.store.passages("n1"), Drafts(note_id="n1", drafts=drafts), "other")
    desk.store.replace_extraction("n1", extraction)


def test_rejected_signals_are_gone_for_good(desk: Desk, rep: Corrector) -> None:
    pumps, seals = shown(desk)
    answer = rep.reject([pumps.id, pumps.id[:6], seals.id])
    assert told(answer) == [("rejected", ""), ("rejected", "")]
    assert answer.changes[0].before == pumps
    assert answer.changes[0].now is None
    assert told(rep.reject([pumps.id])) == [("unchanged", "you rejected it before")]
    assert desk.add(TEXT).kept[0].status == "known"
    desk.import_all(reading(TEXT, id="n1", account="Harlow"))
    reindex(desk.store, desk.engine, desk.librarian)
    run_again(desk, Draft(kind="pain_point", quote="pumps leak", attributes={"severity": "high"}))
    assert shown(desk) == []


def test_labels_of_an_import_do_not_bring_rejected_ones_back(desk: Desk, rep: Corrector) -> None:
    rep.reject([shown(desk)[0].id])
    labels = (Draft(kind="pain_point", quote="pumps leak"), Draft(kind="praise", quote="they loved the manual"))
    desk.import_all(reading(TEXT, id="n1", account="Harlow", labels=labels), labels=True)
    assert [(signal.quote, signal.source) for signal in shown(desk)] == [("they loved the manual", "label")]


def test_confirmed_signals_are_certain_and_stay(desk: Desk, rep: Corrector) -> None:
    pumps, _ = shown(desk)
    assert told(rep.confirm([pumps.id])) == [("confirmed", "")]
    assert told(rep.confirm([pumps.id])) == [("unchanged", "you confirmed it before")]
    run_again(desk)
    (left,) = shown(desk)
    assert (left.id, left.quote, left.source, left.confidence) == (pumps.id, pumps.quote, "confirmed", 1.0)
    assert told(rep.undo([pumps.id])) == [("undone", "no engine and no label tells it now")]
    assert shown(desk) == []


def test_a_rejected_signal_that_is_right_after_all_is_confirmed_or_corrected(desk: Desk, rep: Corrector) -> None:
    pumps, seals = shown(desk)
    rep.reject([pumps.id, seals.id])
    rep.confirm([pumps.id])
    rep.correct(seals.id, Edit(put={"severity": "high"}))
    assert [(signal.id, signal.source) for signal in shown(desk)] == [(pumps.id, "confirmed"), (seals.id, "corrected")]


def test_corrections_change_the_signal_and_keep_its_id(desk: Desk, rep: Corrector) -> None:
    pumps, _ = shown(desk)
    answer = rep.correct(pumps.id, Edit(quote="pumps leak", put={"severity": "high"}))
    (change,) = answer.changes
    assert (change.status, change.before, change.now) == ("corrected", pumps, shown(desk)[0])
    assert (change.now.id, change.now.quote, change.now.attributes) == (pumps.id, "pumps leak", {"severity": "high"})
    assert told(rep.correct(pumps.id, Edit(put={"severity": "high"}))) == [("unchanged", "it says so already")]
    assert told(rep.confirm([pumps.id])) == [("unchanged", "you corrected it before")]
    rep.correct(pumps.id, Edit(kind="praise"))
    run_again(desk, Draft(kind="pain_point", quote="the pumps leak"), Draft(kind="praise", quote="the pumps leak"))
    assert [(signal.kind, signal.quote) for signal in shown(desk)] == [("praise", "pumps leak")]
    assert [one.replaced.kind for one in desk.store.corrections("n1")] == ["pain_point", "pain_point"]
    (undone,) = rep.undo([pumps.id]).changes
    assert (undone.status, undone.before.kind, undone.now.quote) == ("undone", "praise", "the pumps leak")


def test_a_correction_that_says_what_the_engine_says_changes_nothing(desk: Desk, rep: Corrector) -> None:
    pumps, _ = shown(desk)
    assert told(rep.correct(pumps.id, Edit(kind="pain_point"))) == [("unchanged", "it says so already")]
    assert shown(desk)[0].source == "engine"


def test_a_missed_signal_is_added_and_stays(desk: Desk, rep: Corrector) -> None:
    (change,) = rep.add("n1", Edit(kind="praise", quote="they loved the manual")).changes
    assert (change.status, change.now.source, change.before) == ("added", "added", None)
    run_again(desk)
    assert [signal.id for signal in shown(desk)] == [change.signal_id]
    with pytest.raises(InputError, match=f"part of your praise {change.signal_id}") as error:
        rep.add("n1", Edit(kind="praise", quote="loved the manual"))
    assert f"notesense reject {change.signal_id}" in error.value.fix
    rep.undo([change.signal_id])
    assert shown(desk) == []
    with pytest.raises(InputError, match="not there any more"):
        rep.confirm([change.signal_id])
    assert told(rep.undo([change.signal_id])) == [("unchanged", "nothing was said of it")]
    assert told(rep.reject([change.signal_id])) == [("unchanged", "it is shown no more")]


def test_what_the_engine_found_already_is_not_added_again(desk: Desk, rep: Corrector) -> None:
    pumps, seals = shown(desk)
    with pytest.raises(InputError, match=f"found already, as {pumps.id}") as error:
        rep.add("n1", Edit(kind="pain_point", quote="pumps leak"))
    assert f"notesense confirm {pumps.id}" in error.value.fix
    rep.correct(pumps.id, Edit(kind="praise"))
    second = rep.add("n1", Edit(kind="pain_point", quote="the pumps leak")).changes[0]
    assert second.signal_id not in (pumps.id, seals.id)
    assert len(shown(desk)) == 3
    rep.confirm([seals.id])
    with pytest.raises(InputError, match=f"part of your pain_point {seals.id}"):
        rep.correct(second.signal_id, Edit(quote="the seals leak again"))


def test_a_complete_note_is_all_right_and_missing_nothing(desk: Desk, rep: Corrector) -> None:
    pumps, seals = shown(desk)
    rep.correct(pumps.id, Edit(put={"severity": "high"}))
    answer = rep.complete("n1")
    assert [(change.status, change.signal_id) for change in answer.changes] == [("confirmed", seals.id)]
    assert (answer.notes[0].complete, answer.notes[0].as_before) == (True, False)
    again = rep.complete("n1")
    assert (again.changes, again.notes[0].as_before) == ((), True)
    run_again(desk, Draft(kind="praise", quote="they loved the manual"))
    assert [(signal.id, signal.source) for signal in shown(desk)] == [(pumps.id, "corrected"), (seals.id, "confirmed")]
    later = Corrector(desk.store, NOW + datetime.timedelta(hours=1))
    added = later.add("n1", Edit(kind="expectation", quote="lunch was fine")).changes[0].signal_id
    taken = later.reopen("n1")
    assert [(change.status, change.signal_id) for change in taken.changes] == [("undone", seals.id)]
    assert taken.notes[0].complete is False
    assert {signal.id for signal in shown(desk)} >= {pumps.id, added}
    assert [signal.kind for signal in shown(desk)] == ["pain_point", "expectation", "praise"]
    assert later.reopen("n1").notes[0].as_before is True


def test_taking_a_correction_back_opens_a_complete_note_again(desk: Desk, rep: Corrector) -> None:
    pumps, _ = shown(desk)
    rep.reject([pumps.id])
    rep.complete("n1")
    answer = rep.undo([pumps.id])
    assert (answer.changes[0].now, answer.notes[0].complete) == (pumps, False)
    assert rep.complete("n1").notes[0].as_before is False


def test_ids_are_found_by_their_beginning_or_told_apart(desk: Desk, rep: Corrector) -> None:
    pumps, _ = shown(desk)
    twins = [pumps.model_copy(update={"id": f"aa{n}", "start": 30 + n, "end": 31 + n}) for n in range(8)]
    note = desk.store.note("n1")
    run = ground(note, (), Drafts(note_id="n1"), "other").model_copy(update={"signals": (pumps, *twins)})
    desk.store.replace_extraction("n1", run)
    rep.reject(["aa0"])
    with pytest.raises(InputError, match=r"fits 8 signals: aa0 .not shown.; aa1 .pain_point “the pumps leak”") as error:
        rep.confirm(["AA"])
    assert error.value.message.endswith("and 2 more.")
    with pytest.raises(InputError, match='no signal with the id "aa9"') as error:
        rep.reject(["aa1", "aa9"])
    assert error.value.fix.startswith("Did you mean aa")
    assert "aa1" in [signal.id for signal in shown(desk)]
    for nothing in ("zz", " "):
        with pytest.raises(InputError, match="no signal") as error:
            rep.reject([nothing])
        assert error.value.fix == "See the ids with notesense signals."


def test_an_unknown_or_forgotten_note_is_told(desk: Desk, rep: Corrector) -> None:
    (pumps, _) = shown(desk)
    desk.store.forget("Harlow")
    with pytest.raises(InputError, match=f'no signal with the id "{pumps.id}"'):
        rep.reject([pumps.id])
    for speak in (rep.complete, rep.reopen, lambda note_id: rep.add(note_id, Edit(kind="praise", quote="x"))):
        with pytest.raises(InputError, match='no note with the id "n1"'):
            speak("n1")
