"""Later notes are compared with what was said before: after each note, before each briefing, and never in the way."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fakes import FakeJudge
from notesense.adapters.local.judge_on_demand import JudgeOnDemand
from notesense.core.bearing import Effect
from notesense.errors import StoreError
from notesense.wiring.parts import Parts
from notesense.wiring.verbs import NoteSense

PROMISE = "We send the revised layout drawing to Marta by Friday."
SENT = "Marta thanked us for the layout drawing that came in time."


@pytest.fixture
def judge(monkeypatch):
    made = FakeJudge(lambda pair: Effect.SETTLES if "thanked" in pair.later else None)
    monkeypatch.setattr(Parts, "judge", made)
    return made


@pytest.fixture
def no_judge(monkeypatch, tmp_path):
    monkeypatch.setattr(Parts, "judge", JudgeOnDemand(None, tmp_path / "nowhere.npz"))


def labelled(tmp_path: Path) -> Path:
    label = {"kind": "commitment", "quote": PROMISE, "attributes": {"owner": "us"}}
    notes = [
        {"id": "n1", "account": "Acme", "date": "2026-01-12", "channel": "call", "text": PROMISE, "signals": [label]},
        {"id": "n2", "account": "Acme", "date": "2026-01-19", "channel": "email", "text": SENT, "signals": []},
    ]
    path = tmp_path / "notes.jsonl"
    path.write_text("".join(json.dumps(note) + "\n" for note in notes))
    return path


def held() -> list[tuple[str, str]]:
    with NoteSense() as notes:
        return [(one.statement.note_id, one.words.note_id) for one in notes.links.links("Acme")]


def test_notes_are_compared_once_they_are_kept(notesense, judge, tmp_path):
    answer = notesense("import", str(labelled(tmp_path)), "--keep-signals")
    assert (answer.code, answer.err) == (0, "")
    assert held() == [("n1", "n2")]
    assert len(judge.weighed) == 1
    assert notesense("add", "Marta thanked us again.", "--account", "Acme", "--date", "2026-02-01").code == 0
    assert len(held()) == len(judge.weighed) == 2
    assert notesense("brief", "Acme", "--as-of", "2026-02-02").code == 0
    assert len(judge.weighed) == 2


def test_what_was_not_compared_is_before_a_briefing(notesense, judge, tmp_path):
    with NoteSense() as notes:
        notes.import_all(labelled(tmp_path), keep_signals=True)
        notes.links.unlink()
    for command in ("brief", "agenda"):
        judge.weighed.clear()
        assert notesense(command, "Acme", "--as-of", "2026-02-02").code == 0
        assert len(judge.weighed) == (1 if command == "brief" else 0)
    assert held() == [("n1", "n2")]


def test_reindex_finds_everything_anew(notesense, judge, tmp_path):
    notesense("import", str(labelled(tmp_path)), "--keep-signals")
    judge.rule = lambda pair: None
    answer = notesense("reindex")
    assert (answer.code, held(), len(judge.weighed)) == (0, [], 2)
    assert "Left to compare" not in answer.out


def test_forgotten_notes_take_it_with_them(notesense, judge, tmp_path):
    notesense("import", str(labelled(tmp_path)), "--keep-signals")
    assert notesense("forget", "Acme", "--note", "n2", "--yes").code == 0
    assert held() == []


def test_what_there_was_no_time_for_is_told(notesense, judge, tmp_path, monkeypatch):
    monkeypatch.setattr("notesense.workflows.allowance.LEAST_SECONDS", -1.0)
    monkeypatch.setattr("notesense.workflows.allowance.SHARE", -1.0)
    answer = notesense("import", str(labelled(tmp_path)), "--keep-signals")
    assert "Left to compare   2 notes, when their account is next prepared" in answer.out
    assert json.loads(notesense("reindex", "--format", "json").out)["not_compared"] == 2
    assert "Left to compare: 2 notes, when their account is next prepared." in notesense("reindex").out
    more = notesense("add", SENT, "--account", "Acme", "--date", "2026-02-01")
    assert "Left to compare: 3 notes, when their account is next prepared." in more.out
    checked = notesense("doctor").out
    assert "later words" in checked
    assert "model fake-1; 0 of 3 notes are compared with the others" in " ".join(checked.split())
    assert notesense("brief", "Acme", "--as-of", "2026-02-02").code == 0
    assert "3 of 3 notes are compared" in " ".join(notesense("doctor").out.split())


@pytest.mark.usefixtures("no_judge")
def test_without_the_model_all_else_goes_on(notesense, tmp_path):
    told = "Later notes were not compared with what was said before: Cannot read the model of later words"
    for command in (
        ("import", str(labelled(tmp_path)), "--keep-signals"),
        ("add", "The pumps leak.", "--account", "Acme", "--date", "2026-01-20"),
        ("reindex",),
        ("brief", "Acme", "--as-of", "2026-02-02"),
        ("agenda", "Acme", "--as-of", "2026-02-02"),
    ):
        answer = notesense(*command)
        assert (answer.code, answer.err.count(told)) == (0, 1), command
        assert answer.out
        assert "Reinstall notesense." in answer.err
    checked = notesense("doctor", "--format", "json")
    (line,) = (each for each in json.loads(checked.out)["checks"] if each["name"] == "later words")
    assert (line["state"], line["fix"]) == ("warning", "Reinstall notesense.")


def test_a_store_that_cannot_keep_it_hinders_no_briefing(notesense, judge, tmp_path, monkeypatch):
    with NoteSense() as notes:
        notes.import_all(labelled(tmp_path), keep_signals=True)
        notes.links.unlink()

    def full(*_arguments):
        raise StoreError("The disk is full.", "Free some space.")

    monkeypatch.setattr("notesense.adapters.sql.links.SqlLinks.link", full)
    answer = notesense("brief", "Acme", "--as-of", "2026-02-02")
    assert answer.code == 0
    assert "The disk is full. Free some space." in answer.err


def test_a_briefing_of_linked_notes_asks_the_database_alone(judge, tmp_path):
    with NoteSense() as notes:
        notes.import_all(labelled(tmp_path), keep_signals=True)
    ask = """
import datetime, sys
from notesense.wiring.parts import Parts
from notesense.wiring.verbs import NoteSense

class Judge:
    version = "fake-1"

Parts.judge = Judge()
with NoteSense() as notes:
    notes.warn = print
    briefing = notes.brief("Acme", as_of=datetime.date(2026, 2, 2))
    print(len(briefing.promises), len(notes.bearings("Acme")))
print([name for name in ("chromadb", "numpy", "onnxruntime", "tokenizers") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout == "1 1\n[]\n"
