"""Labelled notes out: what counts as a label, what is left out, and the way back in."""

import datetime
import json

import pytest

from notesense.core.editing import Edit
from notesense.core.ports import SignalFilter
from notesense.core.signal import Draft
from notesense.core.vocabulary import Origin
from notesense.errors import InputError
from notesense.readers.jsonl import read_jsonl
from notesense.render.labelled import summary, to_labelled_jsonl
from notesense.workflows.correcting import Corrector
from notesense.workflows.exporting import export_labelled
from workshop import TODAY, Desk, of_origins, reading

NOW = datetime.datetime(2026, 3, 5, 9, tzinfo=datetime.UTC)


@pytest.fixture
def desk() -> Desk:
    """Two notes of an engine, one with labels, one that came without any."""
    made = Desk()
    made.add(reading("the pumps leak\nleak, leak: the seals leak\nthey loved it", id="n1"), account="Harlow")
    made.add(reading("one more leak", id="n2"), account="Bolt", date=TODAY - datetime.timedelta(days=9))
    labels = (Draft(kind="praise", quote="we love it"),)
    made.import_all(
        reading("we love it", id="l1", account="Bolt", labels=labels),
        reading("fine", id="l2", account="Bolt", labels=()),
        reading("who knows", id="l3", account="Bolt"),
        reading("we love it still", id="l4", account="Bolt", labels=labels, partial=True),
        reading("we loved it", id="l5", account="Bolt", labels=labels),
        labels=True,
    )
    return made


@pytest.fixture
def rep(desk: Desk) -> Corrector:
    return Corrector(desk.store, NOW)


def ids(desk: Desk, note_id: str) -> list[str]:
    return [found.signal.id for found in desk.store.signals(SignalFilter(note_id=note_id))]


def exported(desk: Desk, *accounts: str, since: datetime.date | None = None, only_corrected: bool = False):
    return export_labelled(accounts, since, only_corrected, desk.store)


def test_only_notes_that_are_whole_are_labels(desk: Desk, rep: Corrector) -> None:
    assert [one.note.id for one in exported(desk).notes] == ["l1", "l2"]
    rep.reject(ids(desk, "n1")[:1])
    rep.complete("n2")
    answer = exported(desk)
    assert [one.note.id for one in answer.notes] == ["n2", "l1", "l2"]
    assert (answer.left_out, answer.unconfirmed) == (1, 0)
    assert [one.note.id for one in exported(desk, "Bolt", "Bolt", since=TODAY).notes] == ["l1", "l2"]
    rep.reject(ids(desk, "l1"))
    assert [len(one.signals) for one in exported(desk, "Bolt").notes] == [1, 0, 0]


def test_corrected_notes_come_with_what_a_person_spoke_for_alone(desk: Desk, rep: Corrector) -> None:
    first, *_ = ids(desk, "n1")
    rep.reject([first])
    rep.add("n1", Edit(kind="praise", quote="they loved it"))
    answer = exported(desk, only_corrected=True)
    (one,) = answer.notes
    assert [signal.quote for signal in one.signals] == ["they loved it"]
    assert [signal.quote for signal in one.rejected] == ["the pumps leak"]
    assert (one.complete, answer.unconfirmed, answer.left_out) == (False, 1, 0)
    rep.add("n1", Edit(kind="pain_point", quote="pumps leak"))
    assert exported(desk, only_corrected=True).notes[0].rejected == ()
    rep.undo([signal_id for signal_id in ids(desk, "n1") if signal_id != first] + [first])
    with pytest.raises(InputError, match="no note with corrections"):
        exported(desk, only_corrected=True)


def test_nothing_to_export_says_what_to_do(desk: Desk, rep: Corrector) -> None:
    with pytest.raises(InputError, match=r"No note here is marked as complete yet.$") as error:
        exported(desk, "Harlow")
    assert "notesense confirm --note" in error.value.fix
    rep.confirm(ids(desk, "n1"))
    with pytest.raises(InputError, match=r"yet .1 with corrections."):
        exported(desk, "Harlow")


def test_a_line_is_in_the_form_of_the_guide(desk: Desk, rep: Corrector) -> None:
    rep.reject(ids(desk, "n1")[:1])
    rep.add("n1", Edit(kind="praise", quote="leak", start=10))
    lines = to_labelled_jsonl(exported(desk, "Harlow", only_corrected=True)).splitlines()
    assert json.loads(lines[0]) == {
        "id": "n1",
        "account": "Harlow",
        "date": TODAY.isoformat(),
        "channel": "memo",
        "title": "",
        "text": "the pumps leak\nleak, leak: the seals leak\nthey loved it",
        "signals": [{"kind": "praise", "quote": "leak", "start": 10, "attributes": {}}],
        "rejected": [{"kind": "pain_point", "quote": "the pumps leak"}],
        "complete": False,
    }


def test_what_is_left_out_is_told(desk: Desk, rep: Corrector) -> None:
    rep.reject(ids(desk, "n1")[:1])
    assert list(summary(exported(desk))) == [
        "Labelled: 2 notes with 1 signal.",
        "Left out: 1 note with corrections but not marked as complete "
        "(notesense confirm --note ID, or --only-corrected).",
    ]
    assert list(summary(exported(desk, only_corrected=True))) == [
        "Labelled: 1 note with 0 signals; 1 rejected span beside them.",
        '1 note among them is not marked as complete ("complete": false): signals may be missing there.',
        "Left out: 1 signal that nobody confirmed.",
    ]
    rep.confirm(ids(desk, "n2"))
    assert any("2 notes among them are not" in line for line in summary(exported(desk, only_corrected=True)))


def test_an_export_comes_back_as_it_was(desk: Desk, rep: Corrector) -> None:
    rep.correct(ids(desk, "n1")[1], Edit(quote="seals leak", put={"severity": "high"}))
    rep.complete("n1")
    out = to_labelled_jsonl(exported(desk))
    other = Desk()
    readings = read_jsonl(out.encode(), "labels.jsonl")
    assert readings.refused == ()
    other.import_all(*readings.notes, labels=True)
    assert to_labelled_jsonl(exported(other)) == out
    before = [found.signal for found in desk.store.signals(SignalFilter())]
    desk.import_all(*readings.notes, labels=True)
    assert [found.signal for found in desk.store.signals(SignalFilter())] == before


def test_turns_and_source_go_out_and_come_back(rep: Corrector, desk: Desk) -> None:
    summary_and_words = (("They leak, it says.", Origin.VENDOR_SUMMARY), ("the seals leak", Origin.TRANSCRIPT))
    desk.add(of_origins(*summary_and_words, id="n9", form="gong", meeting="7", date=TODAY), account="Harlow")
    rep.add("n9", Edit(kind="pain_point", quote="They leak"))
    rep.complete("n9")
    out = to_labelled_jsonl(exported(desk))
    other = Desk()
    other.import_all(*read_jsonl(out.encode(), "labels.jsonl").notes, labels=True)
    back = other.store.note("n9")
    there = desk.store.note("n9")
    assert back is not None
    assert there is not None
    assert (there.ascribed.by, back.ascribed.by) == ("given", "named")
    assert back.model_copy(update={"ascribed": there.ascribed}) == there
    found = [one.signal for one in other.store.signals(SignalFilter(note_id="n9"))]
    assert {(one.origin, one.quote) for one in found} == {
        (Origin.VENDOR_SUMMARY, "They leak"),
        (Origin.TRANSCRIPT, "the seals leak"),
    }


def test_a_part_of_the_labels_replaces_nothing(desk: Desk, rep: Corrector) -> None:
    rep.confirm(ids(desk, "n1")[:1])
    out = to_labelled_jsonl(exported(desk, only_corrected=True))
    before = ids(desk, "n1")
    desk.import_all(*read_jsonl(out.encode(), "labels.jsonl").notes, labels=True)
    assert ids(desk, "n1") == before


def test_labels_of_a_known_note_replace_what_was_found_also_where_there_are_none(desk: Desk) -> None:
    text = "one more leak"
    desk.import_all(reading(text, id="n2", account="Bolt"), labels=True)
    assert len(ids(desk, "n2")) == 1
    desk.import_all(reading(text, id="n2", account="Bolt", labels=()), labels=True)
    assert ids(desk, "n2") == []
    assert "n2" in [one.note.id for one in exported(desk).notes]
