"""Notes that are there already are read for new trackers: each once, and nothing else is touched."""

import datetime

import pytest

from fakes import FakeEngine
from notesense.core.note import Note
from notesense.core.ports import SignalFilter
from notesense.core.signal import Draft
from notesense.core.trackers import NO_TRACKERS, Tracker, Trackers
from notesense.workflows.correcting import Corrector
from notesense.workflows.tracking import Tracking, read_for_trackers
from notesense.workflows.upkeep import reindex
from workshop import Desk, reading


def trackers(definition: str = "Where is it?", name: str = "data_residency") -> Trackers:
    return Trackers(trackers=(Tracker(name=name, definition=definition, examples=("a b", "c d", "e f")),))


def abroad(note: Note) -> list[Draft]:
    said = [line for line in note.text.splitlines() if "abroad" in line]
    return [Draft(kind="data_residency", quote=line) for line in [*said, "nobody said this"]]


def tracking(definition: str = "Where is it?") -> Tracking:
    return Tracking(trackers(definition), FakeEngine(abroad, name="trackers"))


def kinds(desk: Desk) -> list[str]:
    return [found.signal.kind for found in desk.store.signals(SignalFilter())]


def test_old_notes_are_read_once_for_each_version_of_the_file() -> None:
    desk = Desk()
    desk.add("They leak.\nIt goes abroad.", "Lunch.")
    assert kinds(desk) == ["pain_point"]
    steps: list[tuple[int, int]] = []
    assert read_for_trackers(desk.store, tracking(), lambda *step: steps.append(step)) == 2
    assert sorted(kinds(desk)) == ["data_residency", "pain_point"]
    assert read_for_trackers(desk.store, tracking()) == 0
    assert read_for_trackers(desk.store, tracking("Somewhere else?")) == 2
    assert sorted(kinds(desk)) == ["data_residency", "pain_point"]
    note_id = desk.store.notes()[0].id
    reasons = [(one.draft.kind, one.reason.value) for one in desk.store.rejected(note_id)]
    assert reasons == [("praise", "not in the note"), ("data_residency", "not in the note")]
    assert steps == []


def test_long_work_tells_its_progress_and_a_stop_loses_nothing() -> None:
    desk = Desk()
    desk.add(*(f"It goes abroad {n}." for n in range(40)))
    steps: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        steps.append((done, total))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_for_trackers(desk.store, tracking(), stop)
    assert steps == [(16, 40)]
    assert read_for_trackers(desk.store, tracking()) == 24
    assert kinds(desk) == ["data_residency"] * 40


def test_a_note_on_which_it_fails_is_left_for_the_next_time() -> None:
    desk = Desk()
    desk.add("It goes abroad.", "Lunch.")

    def breaks(note: Note) -> list[Draft]:
        if "Lunch" in note.text:
            raise ValueError("no")
        return abroad(note)

    assert read_for_trackers(desk.store, Tracking(trackers(), FakeEngine(breaks))) == 1
    assert read_for_trackers(desk.store, tracking()) == 1


def test_notes_added_with_the_trackers_need_no_second_reading() -> None:
    desk = Desk()
    desk.engine = FakeEngine(abroad, name="local")
    desk.add("It goes abroad.", trackers=trackers())
    assert kinds(desk) == ["data_residency"]
    assert read_for_trackers(desk.store, tracking()) == 0
    assert read_for_trackers(desk.store, Tracking(NO_TRACKERS, FakeEngine(abroad))) == 0


def test_labels_of_a_tracker_are_kept_where_it_is_known_and_their_note_is_left_alone() -> None:
    desk = Desk()
    label = Draft(kind="data_residency", quote="goes abroad")
    told = reading("It goes abroad.", id="n1", labels=(label,), account="Harlow")
    assert desk.import_all(told, labels=True).rejected == 1
    assert desk.import_all(told, labels=True, trackers=trackers()).signals == 1
    assert read_for_trackers(desk.store, tracking()) == 0
    (found,) = desk.store.signals(SignalFilter())
    assert (found.signal.kind, found.signal.source) == ("data_residency", "label")


def test_what_the_rep_rejected_does_not_come_back() -> None:
    desk = Desk()
    desk.add("It goes abroad.")
    read_for_trackers(desk.store, tracking())
    (found,) = desk.store.signals(SignalFilter())
    Corrector(desk.store, datetime.datetime(2026, 3, 5, tzinfo=datetime.UTC)).reject([found.signal.id])
    assert kinds(desk) == []
    assert read_for_trackers(desk.store, tracking("Somewhere else?")) == 1
    assert kinds(desk) == []


def test_signals_of_a_tracker_that_is_gone_stay() -> None:
    desk = Desk()
    desk.add("It goes abroad.")
    read_for_trackers(desk.store, tracking())
    other = Tracking(trackers(name="hiring_freeze"), FakeEngine(lambda note: ()))
    assert read_for_trackers(desk.store, other) == 1
    assert kinds(desk) == ["data_residency"]


def test_reindex_reads_for_trackers_and_what_an_engine_had_failed_on() -> None:
    desk = Desk()

    def breaks(note: Note) -> list[Draft]:
        raise ValueError("no")

    desk.engine = FakeEngine(breaks)
    desk.add("It goes abroad.", trackers=trackers())
    desk.engine = FakeEngine(lambda note: ())
    desk.add("It goes abroad again.")
    both = FakeEngine(abroad, name="local")
    result = reindex(desk.store, both, desk.librarian, None, tracking())
    assert (result.reread, result.tracked, result.still_unread) == (1, 1, 0)
    assert kinds(desk) == ["data_residency"] * 2
    assert reindex(desk.store, both, desk.librarian).tracked == 0
