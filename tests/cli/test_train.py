"""`train` as a user types it: too few notes, faults, the better heads kept and told, and the way back."""

import json
from pathlib import Path

import pytest

from notesense.adapters.local import fitting
from notesense.adapters.local.refit import Measured
from terminal import Terminal

TEXT = "Marta: The dosing pumps leak again. We expect a loan unit by Friday. The new manual saves her an hour."
QUOTES = {
    "pain_point": "The dosing pumps leak again",
    "expectation": "We expect a loan unit by Friday",
    "praise": "The new manual saves her an hour",
}


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    rows = [
        {
            "id": f"n{number}",
            "account": f"Firm {number}",
            "date": "2026-03-04",
            "channel": "call",
            "title": "",
            "text": f"{TEXT} Bay {number} was quiet.",
            "signals": [{"kind": kind, "quote": quote, "attributes": {}} for kind, quote in QUOTES.items()],
        }
        for number in range(20)
    ]
    path = tmp_path / "labelled.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def better(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "measure", lambda *_: Measured(old=0.61, new=0.7, pull=300.0, folds=5))


def test_without_labelled_notes_it_tells_how_to_get_some(notesense: Terminal) -> None:
    answer = notesense("train")
    assert answer.code == 1
    assert "at least 20 labelled notes" in answer.err
    assert "there are 0 with 0" in answer.err
    assert "confirm --note" in answer.err


def test_a_fault_in_a_file_is_told_and_nothing_is_trained(notesense: Terminal, labelled: Path) -> None:
    labelled.write_text(labelled.read_text().replace('"praise"', '"prays"', 1))
    answer = notesense("train", str(labelled))
    assert answer.code == 1
    assert "nothing was trained" in answer.err
    assert "labelled.jsonl:1" in answer.err


@pytest.mark.usefixtures("better")
def test_better_heads_are_kept_used_and_taken_back(notesense: Terminal, labelled: Path) -> None:
    trial = notesense("train", str(labelled), "--dry-run")
    assert "Nothing was written" in trial.out
    shipped = json.loads(notesense("train", "--reset", "-f", "json").out)["version"]
    kept = json.loads(notesense("train", str(labelled), "-f", "json").out)
    assert (kept["kept"], kept["notes"], kept["signals"], kept["new_f1"]) == ("new", 20, 60, 0.7)
    assert kept["version"].startswith(f"{shipped}+")
    assert kept["version"] in notesense("doctor").out.replace("\n", "")
    back = notesense("train", "--reset")
    assert "own heads are gone" in back.out
    assert shipped in back.out
    assert "no heads of your team" in notesense("train", "--reset").out


def test_heads_that_are_no_better_leave_the_shipped_ones(
    notesense: Terminal, labelled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "measure", lambda *_: Measured(old=0.7, new=0.69, pull=300.0, folds=5))
    answer = notesense("train", str(labelled))
    assert answer.code == 0
    assert "0.700" in answer.out
    assert "0.690" in answer.out
    assert "Kept: the heads in use" in answer.out


@pytest.mark.usefixtures("better")
def test_heads_in_use_stay_where_new_ones_are_no_better(
    notesense: Terminal, labelled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = json.loads(notesense("train", str(labelled), "-f", "json").out)["version"]
    monkeypatch.setattr(fitting, "measure", lambda *_: Measured(old=0.7, new=0.7, pull=300.0, folds=5))
    again = json.loads(notesense("train", str(labelled), "-f", "json").out)
    assert (again["kept"], again["version"]) == ("old", kept)


@pytest.mark.usefixtures("better")
def test_labels_of_trackers_are_passed_over(
    notesense: Terminal, labelled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = {"name": "gate_talk", "definition": "About bays.", "examples": ["Bay one is quiet", "Bay two", "A bay"]}
    (tmp_path / "trackers.yaml").write_text(json.dumps({"trackers": [tracker]}))
    monkeypatch.setenv("NOTESENSE_TRACKERS", str(tmp_path / "trackers.yaml"))
    rows = [json.loads(line) for line in labelled.read_text().splitlines()]
    for number, row in enumerate(rows):
        row["signals"].append({"kind": "gate_talk", "quote": f"Bay {number} was quiet", "attributes": {}})
    labelled.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert notesense("import", str(labelled), "--keep-signals").code == 0
    (tmp_path / "more.jsonl").write_text(
        labelled.read_text().replace("was quiet", "was quite quiet").replace('"n', '"m')
    )
    answer = notesense("train", str(tmp_path / "more.jsonl"), "--dry-run", "-f", "json")
    assert (json.loads(answer.out)["notes"], json.loads(answer.out)["signals"]) == (40, 120)


@pytest.mark.usefixtures("better")
def test_notes_kept_with_their_labels_count_once(notesense: Terminal, labelled: Path) -> None:
    assert notesense("import", str(labelled), "--keep-signals").code == 0
    answer = json.loads(notesense("train", str(labelled), "--dry-run", "-f", "json").out)
    assert (answer["notes"], answer["signals"], answer["trial"]) == (20, 60, True)


def test_reset_goes_alone(notesense: Terminal) -> None:
    assert notesense("train", "--reset", "--dry-run").code == 2
