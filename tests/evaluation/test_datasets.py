"""Data sets: every fault by file and line, with the value and what is right."""

from pathlib import Path
from typing import Any

import pytest

from evaluation.labelled import PAIN, PROMISE, TEXT, note, write
from notesense.core.note import NoteSource, Turn
from notesense.core.vocabulary import Origin
from notesense.errors import InputError
from notesense.evaluation.datasets import read_dataset


def signal(**changes: Any) -> dict[str, Any]:
    changed = {**PAIN, **changes}
    return note(signals=[{key: value for key, value in changed.items() if value is not None}])


@pytest.mark.parametrize(
    ("record", "what", "fix"),
    [
        ('{"id": "n1", "te', "not a whole JSON object", "One note is one line"),
        ('{"id": "\\ud800"}', "not a whole JSON object", "UTF-8"),
        ("[1, 2]", "not a JSON object but [1, 2]", "One note is one JSON object"),
        (note(id=None), '"id" is missing', "Add it"),
        (note(account=None), '"account" is missing', "Add it"),
        (note(signals=None), '"signals" is missing', "Add it"),
        (note(id=7), '"id" is 7', "string"),
        (note(id=" "), '"id" is empty', "Fill it in"),
        (note(text="  ", signals=[]), '"text" is empty', "Fill it in"),
        (note(signals={}), '"signals" is {}', "list"),
        (note(date="4.3.2026"), '"date" is "4.3.2026"', "YYYY-MM-DD"),
        (note(date="20260304"), '"date" is "20260304"', "YYYY-MM-DD"),
        (note(channel="pigeon"), '"channel" is "pigeon"', "call, meeting"),
        (note(titel="x", title=None), 'unknown key "titel"', 'Did you mean "title"?'),
        (note(signals=["x"]), 'signal 1: not a JSON object but "x"', '"kind" and "quote"'),
        (note(complete=False), "not all of its signals are labelled", "confirm --note"),
        (note(turns=[{"start": 9, "end": 1}]), '"turns" or "source" cannot be read', "leave them out"),
        (note(source={"started": "soon"}), '"turns" or "source" cannot be read', "leave them out"),
        (signal(kind=None), 'signal 1: "kind" is missing', "Add it"),
        (signal(quote=None), 'signal 1: "quote" is missing', "Add it"),
        (signal(quote=""), 'signal 1: "quote" is ""', "own words"),
        (signal(kind="gossip"), 'signal 1: "kind" is "gossip"', "expectation, pain_point"),
        (signal(kind=["x"]), 'signal 1: "kind" is ["x"]', "expectation, pain_point"),
        (signal(quote="The pumps leak again"), "the quote is not in the text", "Only case or white space differ"),
        (signal(quote="the pumps leaked again"), "the quote is not in the text", "goes on otherwise"),
        (signal(quote="nobody rings back"), "the quote is not in the text", "exactly"),
        (signal(quote="They want a visit"), 'occurs 2 times and "start" is missing', "It stands at 56, 75."),
        (signal(start=3), '"start" is 3, but the quote is not there', "It stands at 7."),
        (signal(start="7"), '"start" is "7"', "It stands at 7."),
        (signal(start=True), '"start" is true', "It stands at 7."),
        (signal(attributes=[]), '"attributes" is []', "object"),
        (signal(attributes={"mood": "bad"}), 'pain_point has no attribute "mood"', "area, about, severity"),
        (signal(attributes={"area": "weather"}), '"area" is "weather"', "delivery, communication"),
        (signal(attributes={"area": None}), '"area" is null', "leave out"),
        (signal(attributes=None, atributes={}), 'unknown key "atributes"', 'Did you mean "attributes"?'),
        (note(signals=[PAIN, PAIN]), "is labelled pain_point twice", "Keep one"),
    ],
)
def test_a_fault_is_told_with_line_value_and_fix(tmp_path: Path, record: Any, what: str, fix: str) -> None:
    path = write(tmp_path / "dev.jsonl", note(id="n0", text="First note. " + TEXT), "", record)
    data = read_dataset([path])
    (fault,) = data.faults
    assert fault.where == "dev.jsonl:3"
    assert what in fault.what
    assert fix in fault.fix
    assert [one.note.id for one in data.notes] == ["n0"]


def test_turns_and_source_come_with_the_note(tmp_path: Path) -> None:
    turn = {"start": 0, "end": 5, "speaker": "Ann", "origin": "transcript"}
    record = note(turns=[turn], source={"form": "gong", "meeting": "7"})
    (one,) = read_dataset([write(tmp_path / "dev.jsonl", record)]).notes
    assert (one.note.turns, one.note.source) == (
        (Turn(start=0, end=5, speaker="Ann", origin=Origin.TRANSCRIPT),),
        NoteSource(form="gong", meeting="7"),
    )


def test_all_faults_of_a_line_are_told(tmp_path: Path) -> None:
    record = note(channel="x", date="y", signals=[{**PAIN, "kind": "z"}, {**PROMISE, "quote": "nobody"}])
    assert len(read_dataset([write(tmp_path / "dev.jsonl", record)]).faults) == 4


def test_ids_and_texts_stand_once_in_all_files(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", note())
    write(tmp_path / "b.jsonl", note(text="Another one.", signals=[]), note(id="n2", text=TEXT.upper(), signals=[]))
    told = [f"{fault.where}: {fault.what}" for fault in read_dataset([tmp_path]).faults]
    assert told == [
        'b.jsonl:1: the id "n1" stands at a.jsonl:1 already',
        "b.jsonl:2: the same text stands at a.jsonl:1 already",
    ]


def test_a_sound_set_is_read_whole(tmp_path: Path) -> None:
    twice = {"kind": "expectation", "quote": "They want a visit", "start": 75}
    path = write(tmp_path / "dev.jsonl", "\ufeff" + "", note(signals=[PAIN, twice], writer="ann"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().split(b"\n", 1)[1].replace(b"\n", b"\r\n"))
    (one,) = read_dataset([path]).notes
    assert [(c.kind, c.start, c.end) for c in one.labels] == [("pain_point", 7, 27), ("expectation", 75, 92)]
    assert (one.note.text, one.where, one.labels[0].attributes) == (TEXT, "dev.jsonl:1", {"area": "product"})


def test_files_of_one_name_are_told_apart_and_a_file_is_read_once(tmp_path: Path) -> None:
    for name in ("dev", "test"):
        (tmp_path / name).mkdir()
        write(tmp_path / name / "a.jsonl", note(id=name, text=f"{name}: {TEXT}", signals=[]))
    paths = [tmp_path / "dev", tmp_path / "test" / "a.jsonl", tmp_path / "test"]
    assert [one.where for one in read_dataset(paths).notes] == ["dev/a.jsonl:1", "test/a.jsonl:1"]


def test_the_hash_is_that_of_notes_and_labels_whatever_the_files(tmp_path: Path) -> None:
    other = note(id="n2", text="Nothing here.", signals=[])
    one = read_dataset([write(tmp_path / "a.jsonl", note(), other)])
    moved = read_dataset(
        [write(tmp_path / "b.jsonl", other), write(tmp_path / "c.jsonl", note(signals=[PROMISE, PAIN]))]
    )
    changed = read_dataset([write(tmp_path / "d.jsonl", note(signals=[PAIN]), other)])
    assert one.sha256 == moved.sha256 != changed.sha256


def test_other_kinds_come_with_their_form(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", note(signals=[{**PAIN, "kind": "fleet", "attributes": {"size": "two"}}]))
    assert read_dataset([path], {"fleet": {"size": None}}).faults == ()
    assert len(read_dataset([path]).faults) == 1


def test_what_cannot_be_read_at_all_is_an_input_error(tmp_path: Path) -> None:
    for path, told in ((tmp_path / "none", "There is no data set"), (tmp_path, "No .jsonl files")):
        with pytest.raises(InputError, match=told):
            read_dataset([path])
    with pytest.raises(InputError, match="No labelled notes"):
        read_dataset([write(tmp_path / "empty.jsonl", "")])
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(InputError, match="Cannot read"):
        read_dataset([tmp_path])
