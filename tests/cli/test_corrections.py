"""The rep's word as a user types it: gone at once, kept for good, exported as labels, told in one message."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from terminal import Terminal

ROOT = Path(__file__).parents[2]
TEXT = "The dosing pumps on line four leak again. Ben: I will send the seals by Friday. Marta loved the new manual."
PUMPS = "The dosing pumps on line four leak again"


@pytest.fixture
def labelled(notesense: Terminal, tmp_path: Path) -> Terminal:
    """A note with a label, an engine's kind of note without, both of Harlow."""
    label = {"kind": "pain_point", "quote": PUMPS, "attributes": {"area": "product"}}
    rows = [
        {"id": "n1", "account": "Harlow", "date": "2026-03-04", "text": TEXT, "signals": [label]},
        {
            "id": "n2",
            "account": "Bolt",
            "date": "2026-03-05",
            "text": "They leak. They leak. It is too dear.",
            "signals": [],
        },
    ]
    path = tmp_path / "notes.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert notesense("import", str(path), "--keep-signals").code == 0
    return notesense


def signals(notesense: Terminal, *of: str) -> list[dict[str, object]]:
    return json.loads(notesense("signals", *of, "-f", "json").out)["signals"]


def the_id(notesense: Terminal) -> str:
    return str(signals(notesense, "harlow")[0]["id"])


def train_local() -> ModuleType:
    spec = importlib.util.spec_from_file_location("train_local", ROOT / "evals" / "train_local.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["train_local"] = module
    spec.loader.exec_module(module)
    return module


def test_add_shows_the_ids_that_the_rep_needs(notesense: Terminal) -> None:
    text = "I will send you the new seals by Friday."
    kept = json.loads(notesense("add", text, "-a", "Harlow", "-f", "json").out)["kept"][0]
    assert kept["signals"]
    notesense("forget", "harlow", "-y")
    out = notesense("add", text, "-a", "Harlow", "-d", kept["note"]["date"]).out
    for signal in kept["signals"]:
        assert f"id {signal['id']}" in " ".join(out.split())


def test_a_rejected_signal_leaves_every_answer(labelled: Terminal) -> None:
    name = the_id(labelled)
    assert name in labelled("brief", "harlow", "-f", "json").out
    answer = labelled("reject", name[:5])
    assert (answer.code, answer.out.split()[0]) == (0, "Rejected")
    assert signals(labelled) == []
    for command in ("signals", "brief", "agenda"):
        assert name not in labelled(command, "harlow", "-f", "json").out
    assert json.loads(labelled("accounts", "-f", "json").out)["accounts"][1]["signals"] == 0
    answer = labelled("reject", name)
    assert (answer.code, "rejected it before" in answer.out) == (0, True)
    assert labelled("reject", name, "--undo").code == 0
    assert the_id(labelled) == name


def test_a_correction_is_marked_and_remembered(labelled: Terminal) -> None:
    name = the_id(labelled)
    answer = labelled("correct", name, "--quote", "dosing pumps on line four", "-s", "severity=high", "--unset", "area")
    assert answer.code == 0, answer.err
    assert "before: pain point" in answer.out
    labelled("correct", "n1", "--add", "praise", "--quote", "Marta loved the new manual")
    listing = labelled("signals", "harlow", "--note", "n1").out
    assert all(len(line) <= 80 for line in listing.splitlines())
    for told in ("corrected by you", "added by you", "Corrections (2)", "before: pain point", "severity: high"):
        assert told in " ".join(listing.split())
    answer = json.loads(labelled("signals", "--note", "n1", "-f", "json").out)
    assert [one["verdict"] for one in answer["corrections"]] == ["corrected", "added"]
    assert answer["corrections"][0]["replaced"]["quote"] == PUMPS
    assert json.loads(labelled("signals", "bolt", "--note", "n1", "-f", "json").out)["corrections"] == []
    assert labelled("confirm", name).out.startswith("Unchanged")
    assert labelled("correct", name, "--undo").code == 0
    listing = labelled("signals", "--note", "n1").out
    assert "taken back" in listing
    assert "labelled" in listing


def test_a_note_is_marked_as_complete_and_opened_again(labelled: Terminal) -> None:
    assert "is marked as complete" in labelled("confirm", "--note", "n1").out
    assert "was marked as complete before" in " ".join(labelled("confirm", "--note", "n1").out.split())
    assert "note marked as complete" in labelled("signals", "--note", "n1").out
    answer = json.loads(labelled("confirm", "--note", "n1", "--undo", "-f", "json").out)
    assert (answer["version"], answer["notes"][0]["complete"]) == (1, False)
    assert "was not marked" in " ".join(labelled("confirm", "--note", "n1", "--undo").out.split())
    assert "mark of the note taken back" in labelled("signals", "--note", "n1").out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["reject", "nope"], 1, 'no signal with the id "nope"'),
        (["confirm", "\x1b[2J"], 1, "no signal with the id"),
        (["confirm"], 2, "name signals, or one note with --note"),
        (["confirm", "ID", "--note", "n1"], 2, "name signals, or one note"),
        (["confirm", "--note", "n9"], 1, 'no note with the id "n9"'),
        (["correct", "ID"], 2, "say what is to change"),
        (["correct", "ID", "--undo", "--kind", "praise"], 2, "it stands alone"),
        (["correct", "n1", "--add", "praise"], 2, "say in which words"),
        (["correct", "n1", "--add", "praise", "--quote", "x", "--kind", "praise"], 2, "nothing else goes with it"),
        (["correct", "ID", "--set", "severity"], 2, "write it as severity=high"),
        (["correct", "ID", "--set", "severity=awful"], 1, "low, medium, high"),
        (["correct", "ID", "--set", "due=Friday"], 1, 'no field "due"'),
        (["correct", "ID", "--kind", "gossip"], 1, 'no kind "gossip"'),
        (["correct", "ID", "--quote", "the pumps explode"], 1, "The nearest are on line 1"),
        (["correct", "n2", "--add", "pain_point", "--quote", "They leak"], 1, "--start 11"),
        (["correct", "n9", "--add", "praise", "--quote", "x"], 1, 'no note with the id "n9"'),
        (["reject"], 2, "SIGNAL_ID"),
        (["eval", "export", "Nobody"], 1, 'No account is called "Nobody"'),
        (["eval", "export", "--since", "2026-04-01"], 1, "No note here is marked as complete"),
        (["eval", "export", "--only-corrected"], 1, "no note with corrections"),
    ],
)
def test_one_message_and_nothing_changed(labelled: Terminal, arguments: list[str], code: int, told: str) -> None:
    before = signals(labelled)
    answer = labelled(*[the_id(labelled) if one == "ID" else one for one in arguments])
    assert (answer.code, answer.out) == (code, "")
    assert told in answer.err.replace("\n", " ")
    assert "\x1b" not in answer.err
    assert "Traceback" not in answer.err
    assert signals(labelled) == before


def test_a_chosen_place_is_taken(labelled: Terminal) -> None:
    assert labelled("correct", "n2", "--add", "pain_point", "--quote", "They leak", "--start", "11").code == 0
    (found,) = signals(labelled, "bolt")
    assert (found["start"], found["source"], found["confidence"]) == (11, "added", 1.0)


def test_an_export_is_read_by_evaluation_and_by_import(
    labelled: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    labelled("correct", "n2", "--add", "pain_point", "--quote", "They leak", "--start", "11")
    labelled("correct", "n1", "--add", "commitment", "--quote", "I will send the seals by Friday", "-s", "owner=us")
    labelled("reject", str(signals(labelled, "harlow", "--kind", "pain_point")[0]["id"]))
    folder = tmp_path / "team"
    folder.mkdir()
    file = folder / "ours.jsonl"
    answer = labelled("eval", "export", "--out", str(file))
    assert (answer.code, answer.out) == (0, "")
    assert "2 notes with 2 signals; 1 rejected span" in answer.err
    assert file.stat().st_mode & 0o777 == 0o600
    examples = train_local().examples(folder)
    assert [(e.note.id, [(x.kind, x.start, x.attributes) for x in e.labels]) for e in examples] == [
        ("n1", [("commitment", TEXT.index("I will"), {"owner": "us"})]),
        ("n2", [("pain_point", 11, {})]),
    ]
    monkeypatch.setenv("NOTESENSE_HOME", str(tmp_path / "elsewhere"))
    assert labelled("import", str(file), "--keep-signals").code == 0
    assert [(one["kind"], one["start"]) for one in signals(labelled)] == [
        ("commitment", TEXT.index("I will")),
        ("pain_point", 11),
    ]
    again = labelled("eval", "export")
    assert [json.loads(line)["signals"] for line in again.out.splitlines()] == [
        json.loads(line)["signals"] for line in file.read_text(encoding="utf-8").splitlines()
    ]


def test_a_file_is_not_written_over_without_force(labelled: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    file.write_text("mine")
    answer = labelled("eval", "export", "harlow", "-o", str(file))
    assert (answer.code, file.read_text()) == (1, "mine")
    assert "--force" in answer.err
    assert labelled("eval", "export", "harlow", "-o", str(file), "--force").code == 0
    assert json.loads(file.read_text())["id"] == "n1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.jsonl", "out.jsonl"]


def test_the_python_interface_says_the_same(labelled: Terminal) -> None:
    from notesense import NoteSense

    with NoteSense() as notes:
        name = notes.signals("harlow").found[0].signal.id
        assert notes.confirm(name).changes[0].now.confidence == 1.0
        assert notes.correct(name, put={"severity": "high"}, drop=["area"]).changes[0].status == "corrected"
        assert notes.reject(name).changes[0].now is None
        assert notes.undo(name).changes[0].now.source == "label"
        added = notes.add_signal("n1", "praise", "Marta loved the new manual").changes[0]
        assert notes.signals(note_id="n1").corrections[-1].signal == added.now
        assert notes.confirm(note_id="n1").notes[0].complete
        assert [len(one.signals) for one in notes.export_labelled("harl").notes] == [2]
        assert not notes.undo(note_id="n1").notes[0].complete
