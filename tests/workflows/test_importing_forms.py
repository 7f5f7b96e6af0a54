"""Imports file by file: what was read before is passed by; one conversation in two forms is kept once."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from core.test_likeness import CALL, HEARD, MONDAY, TUESDAY
from notesense.core.import_results import Imported, Skipped
from notesense.core.note import Note, Turn
from notesense.core.ports import SignalFilter
from notesense.core.reading import Reading
from notesense.core.results import Refused
from notesense.core.signal import Drafts
from notesense.core.vocabulary import Channel, Origin
from notesense.workflows.importing import import_all
from notesense.workflows.intake import Given
from notesense.workflows.pieces import Terms, Underway
from notesense.workflows.planning import plan_import
from workshop import TODAY, Desk, Shelf, reading

DAY = datetime.date(2026, 3, 2)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def brought(desk: Desk, shelf: Shelf, terms: Terms | None = None, **more: Any) -> Imported:
    return import_all(shelf, Given(today=TODAY, account="Harlow"), desk.shelves, desk.engine, terms or Terms(), **more)


def call(text: str = CALL, **told: Any) -> Reading:
    return reading(text, channel=Channel.CALL, date=told.pop("date", DAY), **told)


def test_a_second_run_reads_only_what_failed_or_is_new(desk: Desk) -> None:
    files = {f"f{n}": [reading(f"leak {n}"), reading(f"fine {n}")] for n in range(3)}
    files["bad"] = [reading("leak more"), Refused(where="bad, line 2", reason="no")]
    shelf = Shelf(**files)
    first = brought(desk, shelf)
    assert (first.files, first.unchanged, first.added, len(first.refused)) == (4, 0, 7, 1)
    again = Shelf(**files, new=[reading("leak new")])
    second = brought(desk, again)
    assert again.read == ["bad", "new"]
    assert (second.files, second.unchanged, second.read, second.known, second.added) == (5, 3, 8, 7, 1)


def test_a_note_that_could_not_be_taken_lets_its_file_be_read_again(desk: Desk) -> None:
    shelf = Shelf(f=[reading("leak"), reading("of tomorrow", date=datetime.date(2026, 3, 6))])
    assert [one.where for one in brought(desk, shelf).refused] == ["of tomorrow"]
    assert brought(desk, shelf).unchanged == 0


def test_what_was_forgotten_comes_back_and_other_terms_read_again(desk: Desk) -> None:
    shelf = Shelf(f=[reading("leak")])
    brought(desk, shelf)
    desk.store.forget("Harlow")
    assert brought(desk, shelf).added == 1
    assert brought(desk, shelf, Terms(since=DAY)).unchanged == 0
    assert brought(desk, shelf, Terms(reader="2")).unchanged == 0
    assert brought(desk, shelf).unchanged == 1


def test_an_interrupted_run_remembers_the_files_that_are_done(desk: Desk) -> None:
    files = {f"f{n:02}": [reading(f"leak {n}")] for n in range(40)}
    whole = desk.engine.claim

    def stop(note: Note) -> Any:
        if note.text == "leak 20":
            raise KeyboardInterrupt
        return whole(note)

    desk.engine.claim = stop
    stopped = brought(desk, Shelf(**files))
    assert (stopped.interrupted, stopped.added) == (True, 20)
    desk.engine.claim = whole
    rest = brought(desk, Shelf(**files))
    assert (rest.unchanged, rest.added, rest.interrupted) == (20, 20, False)


def test_the_engine_is_given_full_batches_across_files_which_are_read_one_by_one(desk: Desk) -> None:
    asked: list[int] = []
    open_at: list[int] = []
    files = {f"f{n:02}": [reading(f"leak {n}")] for n in range(40)}
    shelf, whole = Shelf(**files), desk.engine.extract

    def extract(notes: Sequence[Note]) -> Iterator[Drafts]:
        asked.append(len(notes))
        open_at.append(len(shelf.read))
        return whole(notes)

    desk.engine.extract = extract  # type: ignore[method-assign]
    brought(desk, shelf)
    assert (asked, open_at) == ([16, 16, 8], [16, 32, 40])


def test_progress_tells_files_notes_and_share(desk: Desk) -> None:
    told: list[Underway] = []
    files = {"a": [reading("leak 1"), reading("leak 2")], "b": [Skipped(where="b", why="empty", reason="is empty")]}
    brought(desk, Shelf(**files), progress=told.append)
    assert [(one.files, one.notes, one.share) for one in told] == [(0, 0, 0.0), (0, 1, 0.25), (2, 2, 1.0)]
    assert {one.of_files for one in told} == {2}
    told.clear()
    brought(desk, Shelf(**files), progress=told.append)
    assert [(one.files, one.notes, one.share) for one in told] == [(1, 2, 0.5), (2, 2, 1.0)]


def test_older_notes_are_left_out_and_told(desk: Desk) -> None:
    old = call("We spoke of nothing.", date=datetime.date(2025, 1, 1), where="old")
    done = brought(desk, Shelf(f=[old, call(), reading("no day")]), Terms(since=DAY))
    assert done.added == 2
    assert done.skipped == (Skipped(where="old", why="before", reason="is of 2025-01-01, before 2026-03-02"),)


def test_one_call_in_two_forms_is_read_once_and_both_forms_are_kept(desk: Desk) -> None:
    leaking = CALL + "Marta: And the pumps leak.\n"
    seen: list[str] = []
    whole = desk.engine.claim
    desk.engine.claim = lambda note: seen.append(note.text) or whole(note)  # type: ignore[func-returns-value]
    heard = HEARD + "Marta: And the pumps leak.\n"
    shelf = Shelf(vtt=[call(leaking)], json=[call(heard, where="b.json", form="fireflies")])
    done = brought(desk, shelf)
    (note,) = desk.store.notes()
    assert (done.read, done.added) == (2, 1)
    assert [(one.where, one.note_id, one.form, one.fuller) for one in done.joined] == [
        ("b.json", note.id, "fireflies", False)
    ]
    assert seen == [leaking]
    assert len(desk.store.signals(SignalFilter())) == 1
    assert [form.text for form in desk.sources.forms(note.id)] == [heard]
    assert desk.index.count() == desk.store.passage_count()
    again = brought(desk, Shelf(other=[call(heard, where="copy")], vtt=[call(leaking)]))
    assert (again.known, again.added, again.joined) == (2, 0, ())


def test_a_third_form_joins_through_the_second_in_a_later_run(desk: Desk) -> None:
    brought(desk, Shelf(a=[call()]))
    brought(desk, Shelf(b=[call(HEARD)]))
    third = brought(desk, Shelf(c=[call(HEARD.replace("Good.", "Right."))]))
    (note,) = desk.store.notes()
    assert [one.note_id for one in third.joined] == [note.id]
    assert len(desk.sources.forms(note.id)) == 2


def test_a_form_with_more_words_is_told(desk: Desk) -> None:
    brought(desk, Shelf(a=[call(CALL[:300], meeting="7")]))
    (joined,) = brought(desk, Shelf(b=[call(CALL, meeting="7")])).joined
    assert joined.fuller


def test_the_same_words_pasted_with_other_line_breaks_are_joined_whatever_the_day(desk: Desk) -> None:
    first = desk.add("The pumps leak.\nBen sends seals.", date=datetime.date(2026, 2, 1)).kept[0]
    again = desk.add("The pumps leak. \r\n\r\nBen sends seals.").kept[0]
    assert (again.status, again.note.id) == ("joined", first.note.id)
    assert desk.add("The pumps leak. \r\n\r\nBen sends seals.").kept[0].status == "known"
    other_day = desk.add("The pumps leak.  Ben sends seals.", date=datetime.date(2026, 2, 9)).kept[0]
    assert other_day.status == "added"


def test_meetings_that_merely_look_alike_are_kept_apart(desk: Desk) -> None:
    days = [datetime.date(2026, 2, 2) + datetime.timedelta(days=7 * week) for week in range(4)]
    weekly = [call(MONDAY, date=day, where=f"week {day}", meeting="81234567890") for day in days]
    done = brought(desk, Shelf(a=weekly, b=[call(TUESDAY, date=days[0])]))
    assert (done.added, done.joined) == (5, ())


def test_a_summary_of_the_same_meeting_is_kept_as_a_note_of_its_own(desk: Desk) -> None:
    text = "Reports are late; the finance director reviews contracts."
    turns = (Turn(start=0, end=len(text), origin=Origin.VENDOR_SUMMARY),)
    summary = call(text, meeting="7", turns=turns)
    assert brought(desk, Shelf(a=[summary], b=[call(meeting="7")])).added == 2


def test_what_comes_with_an_id_or_labels_of_its_own_is_what_it_says(desk: Desk) -> None:
    done = brought(desk, Shelf(a=[call(id="a1")], b=[call(HEARD, id="a2")], c=[call(HEARD + "Ok.", labels=())]))
    assert (done.added, done.joined) == (3, ())
    assert [one.note_id for one in brought(desk, Shelf(d=[call(HEARD + "Right.")])).joined] == ["a2"]


def test_other_accounts_have_nothing_to_do_with_it(desk: Desk) -> None:
    desk.add(call(), account="Corrie")
    assert desk.add(call(HEARD), account="Harlow").kept[0].status == "added"


def test_calls_that_began_together_are_compared_though_one_is_cut_off(desk: Desk) -> None:
    ten = datetime.datetime(2026, 3, 2, 9, 59, tzinfo=datetime.UTC)
    later = (ten + datetime.timedelta(minutes=6)).astimezone(datetime.timezone(datetime.timedelta(hours=-7)))
    brought(desk, Shelf(a=[call(started=ten)]))
    assert len(brought(desk, Shelf(b=[call(CALL[:240], started=later)])).joined) == 1


def test_a_plan_says_what_would_be_done_and_writes_nothing(desk: Desk) -> None:
    brought(desk, Shelf(old=[reading("leak")]))
    shelf = Shelf(
        old=[reading("leak")],
        calls=[call(), call(HEARD, where="b"), call(date=datetime.date(2026, 3, 6))],
        known=[reading("leak", where="x"), Refused(where="known, line 2", reason="no")],
        before=[call(date=datetime.date(2020, 1, 1))],
    )
    told: list[Underway] = []
    given = Given(today=TODAY, account="Harlow")
    plan = plan_import(shelf, given, desk.shelves, Terms(), told.append)
    old, calls, known, _ = plan.files
    assert old.unchanged == 1
    assert [(note.status, note.date) for note in calls.notes] == [("added", DAY), ("joined", DAY)]
    assert calls.notes[1].note_id == desk.add(call()).kept[0].note.id
    assert "lies in the future" in calls.refused[0].reason
    assert [(note.status, note.undated) for note in known.notes] == [("known", False)]
    assert [one.where for one in known.refused] == ["known, line 2"]
    assert [one.share for one in told][-1] == 1.0
    since = plan_import(shelf, given, desk.shelves, Terms(since=DAY))
    assert [one.why for one in since.files[3].skipped] == ["before"]
