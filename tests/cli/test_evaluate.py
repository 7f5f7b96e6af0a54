"""`eval check`, `eval run`, `eval show` and `eval compare` as a user types them."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from evaluation.labelled import PAIN, PROMISE, note, write
from fakes import FakeEngine, FakeModel
from notesense.adapters.llm.engine import LlmEngine
from notesense.core.note import Note
from notesense.core.signal import Draft
from notesense.wiring.verbs import NoteSense
from terminal import Terminal

PLAIN = ("--engine", "keywords", "--no-baselines")


def use(monkeypatch: pytest.MonkeyPatch, claim: Callable[[Note], Sequence[Draft]], version: str = "1") -> None:
    """Let `claim` be the engine."""
    monkeypatch.setattr(NoteSense, "bare_engine", FakeEngine(claim, version=version))


def right(note: Note) -> list[Draft]:
    return [Draft(kind=s["kind"], quote=s["quote"], attributes=s["attributes"]) for s in (PAIN, PROMISE)]


@pytest.fixture
def dev(tmp_path: Path) -> Path:
    records = [note(id=f"n{n}", text=f"Call {n}. {note()['text']}") for n in range(4)]
    return write(tmp_path / "dev.jsonl", *records, note(id="n4", text="All is well.", signals=[], channel="email"))


def test_check_tells_every_fault_and_measures_the_rest(notesense: Terminal, dev: Path, tmp_path: Path) -> None:
    answer = notesense("eval", "check", str(dev))
    assert answer.code == 0
    assert "5 notes, 8 signals" in answer.out
    assert "No faults." in answer.out
    broken = write(tmp_path / "broken.jsonl", *[note(id=str(n), text=f"{n}", signals=[PAIN]) for n in range(30)])
    answer = notesense("eval", "check", str(broken))
    assert answer.code == 1
    assert answer.out.count("the quote is not in the text") == 20
    assert "... and 10 more" in answer.out
    assert all(len(line) <= 80 for line in answer.out.splitlines())
    checked = json.loads(notesense("eval", "check", str(broken), "--format", "json").out)
    assert checked["version"] == 1
    assert len(checked["faults"]) == 30
    assert checked["faults"][0].keys() == {"where", "what", "fix"}


def test_check_finds_leakage(notesense: Terminal, dev: Path) -> None:
    answer = notesense("eval", "check", str(dev), "--against", str(dev))
    assert answer.code == 1
    assert "the same text as" in answer.out


def test_a_faulty_set_is_not_scored(notesense: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, lambda note: pytest.fail("the engine ran"))
    records = [note(id=str(n), text=f"{n}", signals=[PAIN]) for n in range(25)]
    answer = notesense(
        "eval", "run", str(write(tmp_path / "dev.jsonl", *records)), "--save", str(tmp_path / "run.json")
    )
    assert (answer.code, answer.out) == (1, "")
    assert "dev.jsonl:1: signal 1: the quote is not in the text" in answer.err
    assert "... and 5 more" in answer.err
    assert "The data set has 25 faults; nothing was scored." in answer.err
    assert [path.name for path in tmp_path.iterdir()] == ["dev.jsonl"]


def test_run_scores_with_baselines_and_saves(
    notesense: Terminal, dev: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, right)
    saved = tmp_path / "run.json"
    answer = notesense("eval", "run", str(dev), "--save", str(saved))
    assert answer.code == 0, answer.err
    assert all(len(line) <= 80 for line in answer.out.splitlines())
    assert "keywords" in answer.out
    assert "similarity" in answer.out
    assert saved.stat().st_mode & 0o777 == 0o600
    assert not saved.with_name("run.json.partial").exists()
    run = json.loads(saved.read_text(encoding="utf-8"))
    assert run["version"] == 1
    assert run["figures"]["core_macro_f1"]["value"] == 1.0
    assert run["figures"]["quotes"]["rejected"] == 2
    assert run["about"]["prompt_sha256"] is None
    assert run["about"]["engine_version"] == "1"
    assert run["about"]["data"] == ["dev.jsonl"]
    assert str(tmp_path) not in saved.read_text(encoding="utf-8")
    assert [one["name"] for one in run["baselines"]] == ["keywords", "similarity"]
    assert json.loads(notesense("eval", "show", str(saved), "-f", "json").out) == run
    assert notesense("eval", "show", str(saved)).out == answer.out


def test_a_failed_note_is_a_failed_row_and_never_a_zero(
    notesense: Terminal, dev: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(given: Note) -> list[Draft]:
        if given.id == "n2":
            raise RuntimeError("no answer")
        return right(given)

    use(monkeypatch, broken)
    answer = notesense("eval", "run", str(dev), "--no-baselines", "-f", "json")
    assert answer.code == 3
    run = json.loads(answer.out)
    assert (run["figures"]["notes"], run["figures"]["failed"]) == (4, 1)
    assert run["figures"]["micro"]["f1"]["value"] == 1.0
    assert [row["error"] for row in run["notes"] if row["id"] == "n2"] == ["no answer"]
    text = notesense("eval", "run", str(dev), "--no-baselines").out
    assert "The engine failed on 1 note" in text
    assert "dev.jsonl:3 n2: no answer" in text


def test_limits_make_a_gate(notesense: Terminal, dev: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, right)
    held = ("--min", "core_macro_f1=0.9", "--max", "false_signals=0.3", "--min", "pain_point.area.accuracy=1")
    answer = notesense("eval", "run", str(dev), "--no-baselines", *held)
    assert answer.code == 0
    assert answer.out.count("Held:") == 3
    answer = notesense("eval", "run", str(dev), "--no-baselines", "--max", "micro_f1=0.5", "--min", "praise.f1=0")
    assert answer.code == 1
    assert "Missed: micro_f1 is 1.000, asked for at most 0.5" in answer.out
    assert "Missed: praise.f1 was not measured, asked for at least 0" in answer.out


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (("--min", "core_macro_f1"), 2, "is no NAME=VALUE"),
        (("--min", "core_macro_f1=high"), 2, "is no NAME=VALUE"),
        (("--min", "=0.5"), 2, "is no NAME=VALUE"),
        (("--min", "core_macro=0.5"), 1, 'no figure called "core_macro"'),
        (("--min", "over_keywords=0.5", "--no-baselines"), 1, "over_keywords needs the baselines"),
        (("--resume",), 2, "say which run: --save FILE --resume"),
        (("--save", "."), 1, "is a folder"),
        (("--save", "no/run.json"), 1, "Cannot write no/run.json.partial"),
        (("--engine", "oracle"), 1, "Choose one of: local, llm, hybrid, keywords, similarity."),
        (("--tune", "none.jsonl"), 1, "There is no data set none.jsonl"),
    ],
)
def test_bad_options_are_told(
    notesense: Terminal, dev: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], code: int, told: str
) -> None:
    monkeypatch.chdir(dev.parent)
    engine = () if "--engine" in options else ("--engine", "keywords")
    answer = notesense("eval", "run", "dev.jsonl", *engine, *options)
    assert (answer.code, answer.out) == (code, "")
    assert told in " ".join(answer.err.split())
    assert "Traceback" not in answer.err
    assert [path.name for path in dev.parent.iterdir()] == ["dev.jsonl"]


def test_an_interrupted_run_keeps_what_is_done_and_goes_on(
    notesense: Terminal, dev: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved, partial = tmp_path / "run.json", tmp_path / "run.json.partial"
    command = ("eval", "run", str(dev), "--no-baselines", "--save", str(saved))

    def stopped(given: Note) -> list[Draft]:
        if given.id == "n3":
            raise KeyboardInterrupt
        return right(given)

    use(monkeypatch, stopped)
    answer = notesense(*command)
    assert answer.code == 130
    assert "--resume" in answer.err
    assert (saved.exists(), partial.stat().st_mode & 0o777) == (False, 0o600)

    asked: list[str] = []

    def counted(given: Note) -> list[Draft]:
        asked.append(given.id)
        return right(given)

    use(monkeypatch, counted)
    answer = notesense(*command)
    assert (answer.code, asked) == (1, [])
    assert "holds what an interrupted run has done" in answer.err
    use(monkeypatch, counted, version="2")
    answer = notesense(*command, "--resume")
    assert (answer.code, asked) == (1, [])
    assert "begun with another engine version (1, now 2)" in answer.err
    use(monkeypatch, counted)
    assert notesense(*command, "--resume").code == 0
    assert asked == ["n3", "n4"]
    rows = json.loads(saved.read_text(encoding="utf-8"))["notes"]
    assert [row["id"] for row in rows] == ["n0", "n1", "n2", "n3", "n4"]
    assert not partial.exists()


def test_compare_tells_what_changed_and_refuses_other_data(notesense: Terminal, dev: Path, tmp_path: Path) -> None:
    a, b, c = (str(tmp_path / f"{name}.json") for name in "abc")
    assert notesense("eval", "run", str(dev), *PLAIN, "--save", a).code == 0
    tuned = write(tmp_path / "tune.jsonl", note(id="t", text=f"Other. {note()['text']}"))
    similar = ("--engine", "similarity", "--no-baselines", "--tune", str(tuned), "--save", b)
    assert notesense("eval", "run", str(dev), *similar).code == 0
    answer = notesense("eval", "compare", a, b)
    assert answer.code == 0
    assert "core macro F1" in answer.out
    assert all(len(line) <= 80 for line in answer.out.splitlines())
    compared = json.loads(notesense("eval", "compare", a, b, "-f", "json").out)
    assert (compared["version"], compared["notes"]) == (1, 5)
    page = tmp_path / "page.html"
    assert notesense("eval", "compare", a, b, "-f", "html", "-o", str(page)).code == 0
    assert "What was won and lost" in page.read_text(encoding="utf-8")
    other = write(tmp_path / "other.jsonl", note())
    assert notesense("eval", "run", str(other), *PLAIN, "--save", c).code == 0
    answer = notesense("eval", "compare", a, c)
    assert (answer.code, answer.out) == (1, "")
    assert "The runs are over different data" in answer.err


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "Cannot read"),
        ("nonsense", "is no saved run"),
        ("[]", "is no saved run"),
        ('{"version": 1}', "is no saved run"),
        ('{"version": 2, "about": {}}', "is a run of version 2; this NoteSense reads 1"),
        ('{"version": 1, "about": {}}', "is a damaged run"),
    ],
)
def test_a_file_that_is_no_run_is_told(notesense: Terminal, tmp_path: Path, content: Any, told: str) -> None:
    path = tmp_path / "run.json"
    if content is not None:
        path.write_text(content)
    answer = notesense("eval", "show", str(path))
    assert (answer.code, answer.out) == (1, "")
    assert told in answer.err
    assert 1 <= len(answer.err.splitlines()) <= 3


def test_a_run_by_the_local_engine_is_what_extract_answers(notesense: Terminal, dev: Path) -> None:
    run = json.loads(notesense("eval", "run", str(dev), "--no-baselines", "-f", "json").out)
    lines = map(json.loads, notesense("extract", str(dev), "-f", "jsonl").out.splitlines())
    found = {
        line["id"]: [(s["kind"], s["start"], s["end"], s["attributes"]) for s in line["signals"]] for line in lines
    }
    for row in run["notes"]:
        assert [(p["kind"], p["start"], p["end"], p["attributes"]) for p in row["predicted"]] == found[row["id"]]


def test_a_run_by_a_language_model_tells_model_and_prompt(
    notesense: Terminal, dev: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = LlmEngine(FakeModel(lambda request: {"signals": []}))
    monkeypatch.setattr(NoteSense, "bare_engine", engine)
    assert notesense("eval", "run", str(dev), "--no-baselines", "--save", str(tmp_path / "run.json")).code == 0
    about = json.loads((tmp_path / "run.json").read_text())["about"]
    assert (about["engine"], about["model"], about["prompt_sha256"]) == ("llm", "fake:model", engine.prompt_sha256)
    assert about["engine_version"] == engine.version
