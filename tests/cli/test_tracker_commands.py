"""Trackers as a user meets them: a file, a reindex, and then in every answer."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from notesense import NoteSense
from notesense.core.vocabulary import Kind
from terminal import Terminal

OURS = Path(__file__).parents[2] / "evals" / "trackers" / "trackers.yaml"
SAID = "Their privacy officer asks in which country the backups are held"
NOTE = f"The dosing pumps on line four leak again. {SAID}."
HARLOW = ("--account", "Harlow", "--date", "2026-03-04")


@pytest.fixture
def file(home: Path) -> Path:
    folder = home / "notes"
    folder.mkdir(mode=0o700)
    return Path(shutil.copy(OURS, folder / "trackers.yaml"))


def kinds(answer: str) -> list[str]:
    return [signal["kind"] for signal in json.loads(answer)["signals"]]


def test_a_tracker_is_a_kind_like_the_nine(notesense: Terminal, file: Path, home: Path) -> None:
    added = notesense("add", NOTE, *HARLOW)
    assert (added.code, SAID[:40] in added.out, "data residency" in added.out) == (0, True, True)
    (kept,) = json.loads(notesense("add", f"{NOTE} Again.", *HARLOW, "-f", "json").out)["kept"]
    assert kept["counts"]["data_residency"] == 1
    line = json.loads(notesense("extract", NOTE, "-f", "jsonl").out)
    assert "data_residency" in [signal["kind"] for signal in line["signals"]]
    for name in ("data_residency", "Data-Residency"):
        assert set(kinds(notesense("signals", "harlow", "--kind", name, "-f", "json").out)) == {"data_residency"}
    assert "Data residency (2)" in notesense("signals", "harlow").out
    picture = json.loads(notesense("brief", "harlow", "-f", "json").out)
    assert {(one["kind"], one["quote"]) for one in picture["trackers"]} >= {("data_residency", SAID)}
    for form in ("text", "md", "html"):
        page = notesense("brief", "harlow", "-f", form).out
        assert "Your own signals" in page
        assert "Data residency (2)" in page
    assert all(len(row) <= 80 for row in notesense("brief", "harlow").out.splitlines())
    database = sqlite3.connect(home / "notes" / "notes.db")
    ((engine, mark),) = set(database.execute("select engine, trackers from runs"))
    database.close()
    assert (engine, bool(mark)) == ("local", True)


def test_old_notes_are_read_by_reindex_and_gone_trackers_are_still_shown(
    notesense: Terminal, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    notesense("add", NOTE, *HARLOW)
    own = tmp_path / "ours.yaml"
    shutil.copy(OURS, own)
    monkeypatch.setenv("NOTESENSE_TRACKERS", str(own))
    listed = json.loads(notesense("trackers", "-f", "json").out)
    assert (listed["file"], listed["waiting"], len(listed["trackers"])) == (str(own), 1, 5)
    assert "Not read for these yet: 1 note" in notesense("trackers").out
    (check,) = (c for c in json.loads(notesense("doctor", "-f", "json").out)["checks"] if c["name"] == "trackers")
    assert (check["state"], check["fix"]) == ("warning", "notesense reindex")
    before = kinds(notesense("signals", "-f", "json").out)
    assert "Read for trackers: 1 note." in notesense("reindex").out
    after = kinds(notesense("signals", "-f", "json").out)
    assert [kind for kind in after if kind in before] == before
    assert "data_residency" in after
    assert json.loads(notesense("reindex", "-f", "json").out)["tracked"] == 0
    assert json.loads(notesense("trackers", "-f", "json").out)["trackers"][0]["signals"] == 1
    assert "In your notes: 1 signal" in notesense("trackers").out
    monkeypatch.delenv("NOTESENSE_TRACKERS")
    assert kinds(notesense("signals", "-f", "json").out) == after
    assert kinds(notesense("signals", "-k", "data_residency", "-f", "json").out) == ["data_residency"]
    assert "Data residency (1)" in notesense("brief", "harlow").out
    assert notesense("signals", "-k", "gossip").code == 2


def test_a_rep_corrects_trackers_like_the_nine(notesense: Terminal, file: Path) -> None:
    note_id = json.loads(notesense("add", NOTE, *HARLOW, "-f", "json").out)["kept"][0]["note"]["id"]
    (found,) = json.loads(notesense("signals", "-k", "data_residency", "-f", "json").out)["signals"]
    assert notesense("confirm", found["id"]).code == 0
    assert notesense("correct", note_id, "--add", "headcount-cut", "--quote", "dosing pumps on line four").code == 0
    sources = {s["kind"]: s["source"] for s in json.loads(notesense("signals", "-f", "json").out)["signals"]}
    assert (sources["data_residency"], sources["headcount_cut"]) == ("confirmed", "added")
    answer = notesense("correct", found["id"], "--kind", "gossip")
    assert (answer.code, "integration_wish" in answer.err) == (1, True)


def test_trackers_are_scored_on_lines_of_their_own(notesense: Terminal, file: Path, tmp_path: Path) -> None:
    row = {"id": "n1", "account": "Harlow", "date": "2026-03-04", "channel": "call", "text": NOTE}
    nine, own = tmp_path / "nine.jsonl", tmp_path / "own.jsonl"
    pain = {"kind": "pain_point", "quote": "The dosing pumps on line four leak again"}
    nine.write_text(json.dumps({**row, "signals": [pain]}))
    own.write_text(json.dumps({**row, "signals": [pain, {"kind": "data_residency", "quote": SAID}]}))
    assert notesense("eval", "check", str(own)).code == 0
    runs = {}
    for path in (nine, own):
        answer = notesense("eval", "run", str(path), "--no-baselines", "-f", "json")
        assert answer.code == 0, answer.err
        runs[path] = json.loads(answer.out)["figures"]
    kinds = {one["name"]: one for one in runs[own]["kinds"]}
    assert (kinds["data_residency"]["matched"], kinds["data_residency"]["labels"]) == (1, 1)
    assert {one["name"] for one in runs[nine]["kinds"]} == {str(kind) for kind in Kind}
    for same in ("micro", "macro_f1", "core_macro_f1", "false_signals"):
        assert runs[nine][same] == runs[own][same]
    text = notesense("eval", "run", str(own), "--no-baselines", "--min", "data_residency.f1=0.5")
    assert (text.code, "data residency" in text.out) == (0, True)
    file.unlink()
    answer = notesense("eval", "check", str(own))
    assert (answer.code, '"kind" is "data_residency"' in " ".join(answer.out.split())) == (1, True)


def test_labels_of_a_tracker_come_in_with_the_file(notesense: Terminal, file: Path, tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    label = {"kind": "data_residency", "quote": SAID}
    path.write_text(
        json.dumps({"id": "n1", "account": "Harlow", "date": "2026-03-04", "text": NOTE, "signals": [label]})
    )
    assert notesense("import", str(path), "--keep-signals").code == 0
    (signal,) = json.loads(notesense("signals", "-f", "json").out)["signals"]
    assert (signal["kind"], signal["source"], signal["attributes"]) == ("data_residency", "label", {})


def test_the_list_tells_how_well_the_examples_separate(notesense: Terminal, file: Path) -> None:
    answer = notesense("trackers")
    assert answer.code == 0
    assert "Examples: 6, left out 4 found" in answer.out
    assert all(len(line) <= 80 for line in answer.out.splitlines())
    assert notesense("trackers", "check").out.startswith("5 trackers")


def test_without_a_file_it_says_where_to_write_one(notesense: Terminal, home: Path) -> None:
    answer = notesense("trackers")
    assert (answer.code, "No trackers. Write yours into" in answer.out) == (0, True)
    checked = notesense("trackers", "check")
    assert (checked.code, "There is no tracker file" in checked.err) == (1, True)
    assert not (home / "notes").exists()


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ("trackers:\n  - name: pain-point\n", 'line 2: tracker "pain-point", name: "pain-point" clashes'),
        ("trackers:\n  - name: a\n    definition: b\n", "it needs at least 3 positive examples, and there is none"),
        ("trackers: [", "is no YAML: line 1"),
    ],
)
def test_a_faulty_file_stops_before_anything_is_stored(
    notesense: Terminal, home: Path, file: Path, held: str, told: str
) -> None:
    file.write_text(held)
    for command in (["trackers", "check"], ["trackers"], ["add", NOTE, *HARLOW], ["extract", NOTE], ["reindex"]):
        answer = notesense(*command)
        assert (answer.code, answer.out) == (1, ""), command
        assert told in answer.err
        assert 1 <= len(answer.err.splitlines()) <= 2
    assert json.loads(notesense("accounts", "-f", "json").out)["accounts"] == []
    (check,) = (c for c in json.loads(notesense("doctor", "-f", "json").out)["checks"] if c["state"] == "fault")
    assert check["name"] == "trackers"
    file.rename(file.with_name("other.yaml"))
    assert notesense("trackers", "check", str(file.with_name("other.yaml"))).code == 1


def test_control_characters_of_a_tracker_never_reach_the_terminal(notesense: Terminal, file: Path) -> None:
    examples = "".join(f"      - sentence {n}\n" for n in range(3))
    file.write_text(f'trackers:\n  - name: odd\n    definition: "red \\e[31m \\u202e"\n    examples:\n{examples}')
    for command in (["trackers"], ["trackers", "-f", "json"]):
        answer = notesense(*command)
        assert answer.code == 0
        assert "\x1b" not in answer.out
        assert "\u202e" not in answer.out


def test_kinds_are_completed_with_those_of_the_team(file: Path) -> None:
    from notesense.cli.options import complete_kind

    assert complete_kind("da") == ["data_residency"]
    assert complete_kind("p") == ["pain_point", "price_value", "praise"]
    file.write_text("trackers: [")
    assert complete_kind("da") == []


def test_python_has_the_same(file: Path) -> None:
    with NoteSense() as notes:
        assert "data_residency" in notes.trackers.names
        (one,) = notes.extract(NOTE)
        assert "data_residency" in [signal.kind for signal in one.extraction.signals]
        assert len(notes.check_trackers().trackers) == len(notes.list_trackers().trackers) == 5
