"""`eval accounts` as a user types it: the whole path from a folder of histories to figures, misses and exit codes."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from evaluation.labelled import write
from evaluation.small_histories import HEDGE, KEPT, PAIN, PROMISE, at, known, promise, records, write_history
from fakes import FakeEngine
from notesense.core.note import Note
from notesense.core.signal import Draft
from notesense.evaluation.accounts.scoring import FIGURES
from notesense.wiring.verbs import NoteSense
from serving.server import ModelServer
from terminal import Terminal

DROPPED = {**known(), "promises": [promise("dropped", at("n2", KEPT))]}


@pytest.fixture
def harlow(tmp_path: Path) -> Path:
    """A history whose facts call a promise dropped, of which no note says a word: no judge comes to that."""
    return write_history(tmp_path / "all" / "harlow", DROPPED)


def value(scored: dict[str, object], name: str) -> object:
    scores = scored["scores"]
    assert isinstance(scores, list)
    return next(one["value"] for one in scores if one["name"] == name)


def test_histories_are_scored_with_their_labels_as_signals(notesense: Terminal, harlow: Path, home: Path) -> None:
    answer = notesense("eval", "accounts", str(harlow.parent))
    assert answer.code == 0, answer.err
    lines = answer.out.splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert lines[0].startswith("1 account history, labels as signals, all (data ")
    assert any(line.split() == ["contact", "1.00", "6/6", "1.00", "reached"] for line in lines)
    assert any(line.split()[:3] == ["promises", "0.00", "0/1"] for line in lines)
    assert "1   Harlow, 3 notes, on 2026-04-01 (harlow)" in answer.out
    assert "what differs" not in answer.out
    assert not (home / "notes").exists()


def test_misses_tell_what_differs_and_json_tells_all(notesense: Terminal, harlow: Path, tmp_path: Path) -> None:
    text = notesense("eval", "accounts", str(harlow), "--misses").out
    assert "harlow: what differs" in text
    assert f"n1 “{PROMISE}”" in text
    assert all(len(line) <= 80 for line in text.splitlines())
    scored = json.loads(notesense("eval", "accounts", str(harlow), "--misses", "-f", "json").out)
    assert (scored["version"], scored["about"]["engine"], scored["about"]["model"]) == (1, "labels", None)
    assert [one["name"] for one in scored["scores"]] == list(FIGURES)
    (history,) = scored["histories"]
    assert (history["name"], history["account"], history["notes"], history["failed"]) == ("harlow", "Harlow", 3, [])
    assert history["lacking"] == []
    assert {"part": "promises", "gold": "dropped", "words": [at("n1", PROMISE)]}.items() <= history["misses"][0].items()
    plain = json.loads(notesense("eval", "accounts", str(harlow), "-f", "json").out)
    assert plain["histories"][0]["misses"] == []
    assert plain["scores"] == scored["scores"]
    page = tmp_path / "scores.json"
    assert notesense("eval", "accounts", str(harlow), "-f", "json", "-o", str(page)).code == 0
    assert json.loads(page.read_text(encoding="utf-8"))["scores"] == scored["scores"]


def test_nothing_of_a_later_day_is_seen(notesense: Terminal, tmp_path: Path) -> None:
    later = {**records()[0], "id": "n9", "date": "2026-06-01", "text": "Ida calls: Ben owes us a visit by 9 June."}
    later["signals"] = [{"kind": "commitment", "quote": "Ben owes us a visit by 9 June", "attributes": {}}]
    scored = []
    for name, notes in (("with", [*records(), later]), ("without", records())):
        folder = write_history(tmp_path / name / "harlow", notes=notes)
        scored.append(json.loads(notesense("eval", "accounts", str(folder), "--misses", "-f", "json").out))
    assert scored[0]["scores"] == scored[1]["scores"]
    assert scored[0]["histories"][0]["misses"] == scored[1]["histories"][0]["misses"]


def test_histories_may_share_ids_and_accounts(notesense: Terminal, harlow: Path) -> None:
    write_history(harlow.parent / "twin", DROPPED)
    one = json.loads(notesense("eval", "accounts", str(harlow), "-f", "json").out)
    both = json.loads(notesense("eval", "accounts", str(harlow.parent), "-f", "json").out)
    assert [history["name"] for history in both["histories"]] == ["harlow", "twin"]
    assert value(both, "contact") == value(one, "contact") == 1.0
    assert [score["total"] for score in both["scores"]] == [2 * score["total"] for score in one["scores"]]


def test_limits_make_a_gate(notesense: Terminal, harlow: Path) -> None:
    answer = notesense("eval", "accounts", str(harlow), "--min", "contact=1", "--max", "contact=1")
    assert (answer.code, answer.out.count("Held: ")) == (0, 2)
    answer = notesense("eval", "accounts", str(harlow), "--min", "promises=0.5")
    assert answer.code == 1
    assert "Missed: promises is 0.000, asked for at least 0.5" in answer.out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("all", "--min", "promise=1"), 1, 'There is no figure called "promise". Near it: promises'),
        (("all", "--min", "contact"), 2, "is no NAME=VALUE"),
        (("all", "--engine", "oracle"), 1, "Choose one of: local, llm, hybrid, labels."),
        (("all", "--dry-run"), 1, "--dry-run: the engine labels asks no model."),
        (("all", "--fresh"), 1, "--fresh: the engine labels asks no model."),
        (("nowhere",), 1, "There is no folder nowhere."),
        (("empty",), 1, "There is no account history in empty."),
        ((), 2, "FOLDER"),
    ],
)
def test_bad_options_are_told(
    notesense: Terminal,
    harlow: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    told: str,
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    answer = notesense("eval", "accounts", *arguments)
    assert (answer.code, answer.out) == (code, "")
    assert told in " ".join(answer.err.replace("notesense: ", "").split())
    assert "Traceback" not in answer.err


def test_faulty_histories_are_not_scored(notesense: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NoteSense, "bare_engine", FakeEngine(lambda note: pytest.fail("the engine ran")))
    account = known()
    account["promises"][0]["status"] = "done"
    folder = write_history(tmp_path / "harlow", account)
    answer = notesense("eval", "accounts", str(folder), "--engine", "local")
    assert (answer.code, answer.out) == (1, "")
    assert "The histories have 1 fault; nothing was scored." in answer.err
    assert 'promises 1, status: is "done". It must be one of' in answer.err
    checked = notesense("eval", "check", str(folder))
    assert checked.code == 1
    assert 'promises 1, status: is "done".' in " ".join(checked.out.split())


def test_eval_check_measures_histories_and_finds_leaks(notesense: Terminal, harlow: Path, tmp_path: Path) -> None:
    answer = notesense("eval", "check", str(harlow.parent))
    assert answer.code == 0
    assert "3 notes, 5 signals, 1 account history" in answer.out
    assert json.loads(notesense("eval", "check", str(harlow), "-f", "json").out)["histories"] == 1
    leaking = write(tmp_path / "dev.jsonl", {**records()[0], "id": "other"})
    answer = notesense("eval", "check", str(leaking), "--against", str(harlow))
    assert answer.code == 1
    assert "the same text as" in answer.out


def test_an_engine_reads_the_notes_in_the_place_of_labels(
    notesense: Terminal, harlow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def claim(note: Note) -> Sequence[Draft]:
        quotes = [("commitment", HEDGE)] if HEDGE in note.text else []
        return [Draft(kind=kind, quote=quote, attributes={"owner": "us"}) for kind, quote in quotes]

    monkeypatch.setattr(NoteSense, "bare_engine", FakeEngine(claim))
    answer = notesense("eval", "accounts", str(harlow), "--engine", "local", "--misses")
    assert answer.code == 0, answer.err
    assert "signals by fake (1)" in answer.out
    assert f"must_not: hedge_as_promise; the briefing: in the ledger: {HEDGE}" in " ".join(answer.out.split())
    assert f"n1 “{PAIN}”" in answer.out


def test_a_history_with_a_failed_note_is_in_no_figure_over_all(
    notesense: Terminal, harlow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(note: Note) -> Sequence[Draft]:
        if "Alder" in note.text:
            raise RuntimeError("no answer")
        return []

    other = [{**records()[2], "id": "a1", "text": "Alder. " + records()[2]["text"]}, *records()[:2]]
    write_history(harlow.parent / "other", {**known(), "must_ask": [], "must_not": []}, other)
    monkeypatch.setattr(NoteSense, "bare_engine", FakeEngine(broken))
    answer = notesense("eval", "accounts", str(harlow.parent), "--engine", "local", "-f", "json")
    assert answer.code == 3
    scored = json.loads(answer.out)
    assert [len(one["failed"]) for one in scored["histories"]] == [0, 1]
    assert "no answer" in scored["histories"][1]["failed"][0]
    assert next(one["total"] for one in scored["scores"] if one["name"] == "contact") == 6
    text = notesense("eval", "accounts", str(harlow.parent), "--engine", "local").out
    assert "The engine failed on notes of these; in no figure over all:" in text


def test_an_interrupted_evaluation_says_so(notesense: Terminal, harlow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(note: Note) -> Sequence[Draft]:
        raise KeyboardInterrupt

    monkeypatch.setattr(NoteSense, "bare_engine", FakeEngine(stopped))
    answer = notesense("eval", "accounts", str(harlow), "--engine", "local")
    assert (answer.code, answer.out) == (130, "")
    assert "Traceback" not in answer.err


def test_a_model_reads_histories_and_a_dry_run_sends_nothing(
    notesense: Terminal, harlow: Path, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    model_server.answer = lambda body: {"signals": []}
    monkeypatch.setenv("OPENAI_BASE_URL", model_server.url)
    monkeypatch.setenv("NOTESENSE_MODEL", "openai:test-model")
    planned = notesense("eval", "accounts", str(harlow), "--engine", "llm", "--dry-run", "-f", "json")
    assert (planned.code, json.loads(planned.out)["notes"], model_server.requests) == (0, 3, [])
    answer = notesense("eval", "accounts", str(harlow), "--engine", "llm", "-f", "json")
    assert (answer.code, len(model_server.chats)) == (0, 3)
    assert json.loads(answer.out)["about"]["model"] == "openai:test-model"
    again = notesense("eval", "accounts", str(harlow), "--engine", "llm", "-f", "json")
    assert (again.code, len(model_server.chats)) == (0, 3)
    assert json.loads(again.out)["scores"] == json.loads(answer.out)["scores"]


def test_the_same_from_python(harlow: Path) -> None:
    with NoteSense(engine="labels") as notes:
        scored = notes.evaluate_accounts(harlow, limits=[("min", "contact", 1.0)])
    assert [one.value for one in scored.scores if one.name == "contact"] == [1.0]
    assert [one.met for one in scored.limits] == [True]


def test_the_playbook_in_use_words_the_agenda(
    notesense: Terminal, harlow: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "notes").mkdir()
    (home / "notes" / "playbook.yaml").write_text("nonsense: [", encoding="utf-8")
    answer = notesense("eval", "accounts", str(harlow))
    assert answer.code == 1
    assert "playbook.yaml" in answer.err
