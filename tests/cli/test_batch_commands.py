"""Batches on the command line, over real HTTP. What the server answers is test data."""

import json
import re
import time
from pathlib import Path

import pytest
from filelock import FileLock

from notesense.core.import_results import Imported
from notesense.settings import LOCK_SECONDS, Settings
from serving import misbehaviour as does
from serving.completions import text_of
from serving.server import ModelServer
from terminal import Terminal

LLM = ("--engine", "llm", "--batch")
LOCALLY = [("n1", "commitment"), ("n2", "commitment")]
WITH_ANSWERS = [("n1", "praise"), ("n2", "praise")]


def finds(body: dict[str, object]) -> dict[str, object]:
    """Claim the first passage of each note as praise: nothing that the local engine would."""
    if "signals" not in json.dumps(body.get("response_format")):
        return {"ready": True}
    place = re.search(r"^\[(\d+)\] (.+)$", text_of(body).rsplit("<note", 1)[-1], re.MULTILINE)
    if place is None:
        return {"signals": []}
    claim = {"passage": int(place[1]), "quote": place[2], "kind": "praise", "attributes": []}
    return {"signals": [claim | {"certainty": "stated", "confidence": "high"}]}


@pytest.fixture
def server(model_server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    model_server.answer = finds
    model_server.batches.steps = ["validating", "in_progress", "completed"]
    monkeypatch.setenv("OPENAI_BASE_URL", model_server.url)
    monkeypatch.setenv("NOTESENSE_MODEL", "openai:test-model")
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    return model_server


@pytest.fixture
def notes(tmp_path: Path) -> str:
    path = tmp_path / "notes.jsonl"
    rows = [
        {
            "id": f"n{n}",
            "account": "Harlow",
            "date": "2026-03-04",
            "text": f"Visit {n}: I will send the new tubing on Thursday.",
        }
        for n in (1, 2)
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return str(path)


def kinds(notesense: Terminal) -> list[tuple[str, str]]:
    found = json.loads(notesense("signals", "--format", "json").out)["signals"]
    return [(one["note_id"], one["kind"]) for one in found]


def batches(notesense: Terminal) -> list[dict[str, object]]:
    return json.loads(notesense("batch", "--format", "json").out)["batches"]


def test_an_import_in_a_batch_from_end_to_end(
    notesense: Terminal, server: ModelServer, notes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTESENSE_PRICE", "10/40")
    answer = notesense("import", notes, *LLM)
    assert answer.code == 0
    first, second = (line for line in answer.err.splitlines() if not line.endswith("left"))
    assert first == "One short question to openai:test-model first, to see how it takes requests."
    assert re.fullmatch(r"Sending up to 2 notes \(\d+ characters\) to \S+ \(\S+\)\. Nothing is redacted\.", second)
    assert "Added             2 notes" in answer.out
    assert re.search(r"Submitted: 2 requests about 2 notes to openai:test-model; about [\d,]+", answer.out)
    assert len(server.chats) == 1
    assert kinds(notesense) == LOCALLY
    listed = notesense("batch")
    assert listed.code == 0
    assert "validating · 0 of 2 requests answered · less than a minute old" in listed.out
    collected = notesense("batch", "collect")
    assert collected.code == 0
    assert "in progress" in collected.out
    assert "The rest is still to come" in collected.out
    collected = notesense("batch", "collect", "--wait")
    assert collected.code == 0
    assert "Read: 2 notes; 2 signals found, 0 drafts rejected." in collected.out
    assert kinds(notesense) == WITH_ANSWERS
    (batch,) = batches(notesense)
    used = batch["usage"]
    assert used["cost_usd"] == pytest.approx((used["input_tokens"] * 5 + used["output_tokens"] * 20) / 1e6)
    spent = json.loads(notesense("costs", "--format", "json").out)
    by_task = {one["task"]: one for one in spent["spent"]}
    assert by_task["extract.v2"]["cost_usd"] == pytest.approx(used["cost_usd"])
    assert by_task["trial"]["calls"] == 1
    assert notesense("batch", "collect").out == "There is nothing to collect.\n"
    assert notesense("batch", "retry").out == "There is nothing to retry.\n"
    again = notesense("import", notes, *LLM)
    assert "Read at once      2 notes, answered before" in again.out
    assert "Sending" not in again.err
    assert "question" not in again.err
    assert (len(server.batches.batches), len(server.chats)) == (1, 1)


def test_the_batch_asks_what_single_requests_would_ask(notesense: Terminal, server: ModelServer, notes: str) -> None:
    assert notesense("import", notes, *LLM).code == 0
    ((_, content),) = server.batches.files.values()
    asked = [json.loads(line)["body"] for line in content.splitlines()]
    assert notesense("extract", notes, "--engine", "llm", "--format", "json").code == 0
    single = [body for body in server.chats if "signals" in json.dumps(body.get("response_format"))]
    names = ("model", "messages", "temperature", "response_format")

    def compared(bodies: list[dict[str, object]]) -> list[list[str]]:
        return sorted([json.dumps(body[name], sort_keys=True) for name in names] for body in bodies)

    assert compared(asked) == compared(single)


def test_hybrid_goes_in_a_batch_too(notesense: Terminal, server: ModelServer, notes: str) -> None:
    assert notesense("import", notes, "--engine", "hybrid", "--batch").code == 0
    assert notesense("batch", "collect", "--wait").code == 0
    assert kinds(notesense) == WITH_ANSWERS


def test_a_server_of_few_abilities_is_asked_in_its_own_way(
    notesense: Terminal, server: ModelServer, notes: str
) -> None:
    server.supports = {"json_object"}

    def answers(body: dict[str, object]) -> dict[str, object]:
        shaped = {"response_format": {"signals": 1} if '"signals"' in text_of(body) else {}}
        return finds(body | shaped)

    server.answer = answers
    assert notesense("import", notes, *LLM).code == 0
    ((_, content),) = server.batches.files.values()
    body = json.loads(content.splitlines()[0])["body"]
    assert body["response_format"] == {"type": "json_object"}
    assert "temperature" not in body
    assert notesense("batch", "collect", "--wait").code == 0
    assert kinds(notesense) == WITH_ANSWERS


def test_what_is_redacted_stays_so_whatever_becomes_known_in_between(
    notesense: Terminal, server: ModelServer, tmp_path: Path
) -> None:
    note = tmp_path / "one.jsonl"
    text = "Ottilie Feld rang. I will send the tubing to the grabner on Thursday."
    note.write_text(json.dumps({"id": "n1", "account": "Harlow", "date": "2026-03-04", "text": text}))
    answer = notesense("import", str(note), *LLM, "--redact", "people")
    assert answer.code == 0
    assert "Redacted: people." in answer.err
    ((_, content),) = server.batches.files.values()
    assert (b"Ottilie" in content, b"grabner" in content) == (False, True)
    assert re.search(rb"[A-Z]+_\d rang", content)
    notesense("add", "Our new contact is Paul Grabner.", "--account", "Harlow", "--date", "2026-03-05")
    kept = json.loads(notesense("search", "Grabner", "--format", "json").out)["hits"]
    (there,) = {hit["note_id"] for hit in kept} - {"n1"}
    named = ("--quote", "Our new contact is Paul Grabner", "--set", "person=Paul Grabner", "--set", "change=joined")
    answer = notesense("correct", there, "--add", "leadership_change", *named)
    assert answer.code == 0, answer.err
    answer = notesense("batch", "collect", "--wait")
    assert (answer.code, "Read: 1 note" in answer.out) == (0, True)
    found = json.loads(notesense("signals", "--kind", "praise", "--format", "json").out)["signals"]
    assert ["Ottilie Feld" in one["quote"] for one in found] == [True]


def test_what_is_restricted_is_in_no_batch(notesense: Terminal, server: ModelServer, notes: str) -> None:
    notesense("import", notes)
    assert notesense("restrict", "Harlow", "--note", "n1").code == 0
    answer = notesense("import", notes, *LLM)
    assert (answer.code, "Kept here         1 note, restricted" in answer.out) == (0, True)
    ((_, content),) = server.batches.files.values()
    assert (b"Visit 1" in content, b"Visit 2" in content) == (False, True)
    assert notesense("restrict", "Harlow", "--note", "n2").code == 0
    assert notesense("batch", "collect", "--wait").code == 0
    assert kinds(notesense) == LOCALLY


def test_a_dry_run_keeps_and_sends_nothing(notesense: Terminal, server: ModelServer, notes: str) -> None:
    answer = notesense("import", notes, *LLM, "--dry-run")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Request 1 of 2: extract.v2, Harlow, n1, ")
    assert "Visit 1" in answer.out
    assert "Visit 2" in answer.out
    assert "Nothing was sent, nothing was stored.\nIn a batch to openai:test-model: 2 requests" in answer.out
    assert "cost not known at batch prices" in answer.out
    assert server.requests == []
    assert json.loads(notesense("accounts", "--format", "json").out)["accounts"] == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--batch",), 1, "--batch: the engine local asks no model."),
        ((*LLM, "--fresh"), 1, "--fresh means nothing in a batch."),
        ((*LLM, "--keep-signals"), 2, "--batch has no use"),
        ((*LLM, "--model", "anthropic:claude"), 1, "Batches need OpenAI's Batch API, and anthropic:claude has none."),
        ((*LLM, "--max-cost", "1"), 1, "--max-cost needs the price of openai:test-model"),
    ],
)
def test_what_cannot_work_is_told_before_anything_is_kept(
    notesense: Terminal, server: ModelServer, notes: str, monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...], code: int, said: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-test")
    answer = notesense("import", notes, *arguments)
    assert answer.code == code
    assert said in answer.err
    assert json.loads(notesense("accounts", "--format", "json").out)["accounts"] == []


def test_a_wrong_key_is_told_before_anything_is_kept(notesense: Terminal, server: ModelServer, notes: str) -> None:
    server.key = "sk-right-one"
    answer = notesense("import", notes, *LLM)
    assert answer.code == 1
    assert "openai:test-model at 127.0.0.1" in answer.err
    assert "gives no answer: the key was refused" in answer.err
    assert json.loads(notesense("accounts", "--format", "json").out)["accounts"] == []


def test_a_server_without_a_batch_api_keeps_the_notes_all_the_same(
    notesense: Terminal, server: ModelServer, notes: str
) -> None:
    server.instead = lambda method, path: does.Status(404, "Invalid URL") if "files" in path else None
    answer = notesense("import", notes, *LLM)
    assert answer.code == 3
    assert "has no Batch API (status 404)" in answer.out
    assert kinds(notesense) == LOCALLY
    assert batches(notesense)[0]["stage"] == "not submitted"


def test_limits_leave_notes_out_and_the_same_command_goes_on(
    notesense: Terminal, server: ModelServer, notes: str
) -> None:
    dry = json.loads(notesense("import", notes, *LLM, "--dry-run", "--format", "json").out)["submitted"]["usage"]
    half = (dry["input_tokens"] + dry["output_tokens"]) * 2 // 3
    answer = notesense("import", notes, *LLM, "--max-tokens", str(half))
    assert answer.code == 3
    assert "n2 (Harlow, 2026-03-04): the limit you set is reached" in answer.out
    assert notesense("import", notes, *LLM).code == 0
    assert notesense("batch", "collect", "--wait").code == 0
    assert kinds(notesense) == WITH_ANSWERS


def test_a_model_that_is_away_when_all_notes_are_known_is_told_too(
    notesense: Terminal, server: ModelServer, notes: str
) -> None:
    assert notesense("import", notes, "--account", "Harlow").code == 0
    server.answer = lambda body: does.refused_key()
    answer = notesense("import", notes, *LLM)
    assert (answer.code, "the key was refused" in " ".join(answer.out.split())) == (3, True)
    assert batches(notesense) == []


def test_what_failed_is_told_and_submitted_again(notesense: Terminal, server: ModelServer, notes: str) -> None:
    server.answer = lambda body: does.too_long() if "Visit 2" in text_of(body) else finds(body)
    notesense("import", notes, *LLM)
    answer = notesense("batch", "collect", "--wait")
    assert answer.code == 3
    assert "n2 (Harlow, 2026-03-04): more than the model can read at once" in answer.out
    assert "1 note can be asked about again: notesense batch retry" in answer.out
    assert kinds(notesense) == [("n1", "praise"), ("n2", "commitment")]
    server.answer = finds
    answer = notesense("batch", "retry", "--dry-run")
    assert (answer.code, "1 request about 1 note" in answer.out) == (0, True)
    assert "Sending" not in answer.err
    answer = notesense("batch", "retry")
    assert (answer.code, "Submitted: 1 request about 1 note" in answer.out) == (0, True)
    assert re.search(r"^Sending 1 note \(\d+ characters\) to ", answer.err, re.MULTILINE)
    answer = notesense("batch", "collect", "--wait", "--format", "json")
    assert (answer.code, json.loads(answer.out)["read"]) == (0, 1)
    assert kinds(notesense) == WITH_ANSWERS


def test_a_retry_that_fails_is_told(notesense: Terminal, server: ModelServer, notes: str) -> None:
    server.instead = lambda method, path: does.broken() if "files" in path else None
    assert notesense("import", notes, *LLM).code == 3
    answer = notesense("batch", "retry")
    assert answer.code == 3
    assert "too busy or failing" in answer.out


def test_an_import_that_is_interrupted_submits_nothing(
    notesense: Terminal, server: ModelServer, notes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = Imported(read=1, added=1, interrupted=True)
    monkeypatch.setattr("notesense.workflows.batches.backfilling.import_all", lambda *given, **how: stopped)
    answer = notesense("import", notes, *LLM)
    assert answer.code == 130
    assert "Import was interrupted; repeat the command to go on." in answer.out
    assert server.batches.batches == {}


def test_retrying_within_a_cost_needs_a_price(notesense: Terminal, server: ModelServer, notes: str) -> None:
    notesense("import", notes, *LLM)
    answer = notesense("batch", "retry", "--max-cost", "1")
    assert (answer.code, "needs the price of openai:test-model" in answer.err) == (1, True)


def test_cancelling(notesense: Terminal, server: ModelServer, notes: str) -> None:
    notesense("import", notes, *LLM)
    server.batches.answered = 0
    name = str(batches(notesense)[0]["id"])
    answer = notesense("batch", "cancel", name[:5])
    assert (answer.code, f"{name}  cancelling" in answer.out) == (0, True)
    answer = notesense("batch", "collect", "--wait")
    assert answer.code == 3
    assert "not sent (batch_cancelled)" in answer.out
    answer = notesense("batch", "cancel", name)
    assert (answer.code, "has ended: collected" in answer.err) == (1, True)
    answer = notesense("batch", "cancel", "nope")
    assert (answer.code, "There is no batch 'nope'." in answer.err) == (1, True)
    assert notesense("batch", "cancel").code == 2


def test_a_forgotten_account_is_not_brought_back(
    notesense: Terminal, server: ModelServer, notes: str, home: Path
) -> None:
    notesense("import", notes, *LLM)
    assert notesense("forget", "Harlow", "--yes").code == 0
    answer = notesense("batch", "collect", "--wait")
    assert answer.code == 0
    assert "answers about notes that you have forgotten since, thrown away: 2" in answer.out
    assert kinds(notesense) == []
    assert b"new tubing" not in (home / "notes" / "notes.db").read_bytes()


def test_a_correction_in_between_stays(notesense: Terminal, server: ModelServer, notes: str) -> None:
    notesense("import", notes, *LLM)
    assert notesense("correct", "n1", "--add", "opportunity", "--quote", "new tubing").code == 0
    assert notesense("batch", "collect", "--wait").code == 0
    assert sorted(kinds(notesense)) == [("n1", "opportunity"), *WITH_ANSWERS]


def test_a_server_that_is_away_is_told_and_nothing_is_lost(
    notesense: Terminal, server: ModelServer, notes: str
) -> None:
    notesense("import", notes, *LLM)
    server.instead = lambda method, path: does.refused_key("sk-secret")
    answer = notesense("batch", "collect", "--wait")
    assert answer.code == 3
    assert "the key was refused (status 401, invalid_api_key)" in " ".join(answer.out.split())
    assert "sk-secret" not in answer.out + answer.err
    server.instead = lambda method, path: None
    assert notesense("batch", "collect", "--wait").code == 0


def test_a_batch_of_another_server_is_not_asked_for_with_this_ones_key(
    notesense: Terminal, server: ModelServer, notes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    notesense("import", notes, *LLM)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    answer = notesense("batch", "collect")
    assert answer.code == 3
    assert f"Set OPENAI_BASE_URL={server.url}" in " ".join(answer.out.split())


def test_waiting_can_be_interrupted(
    notesense: Terminal, server: ModelServer, notes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    notesense("import", notes, *LLM)

    def stop(seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", stop)
    answer = notesense("batch", "collect", "--wait")
    assert answer.code == 130
    assert "The rest is still to come: notesense batch collect" in answer.out
    assert "What was saved before stays saved." in answer.err


def test_two_commands_do_not_change_batches_at_the_same_time(
    notesense: Terminal, server: ModelServer, notes: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notesense("import", notes, *LLM)
    monkeypatch.setattr(Settings.__init__, "__defaults__", _quick(Settings.__init__.__defaults__))
    with FileLock(home / "notes" / "batches.lock"):
        answer = notesense("batch", "collect")
    assert answer.code == 1
    assert "Another NoteSense command is at work on batches." in answer.err


def _quick(defaults: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(0.01 if one == LOCK_SECONDS else one for one in defaults)


def test_no_batches(notesense: Terminal) -> None:
    answer = notesense("batch")
    assert (answer.code, answer.out) == (
        0,
        "No batches. Submit notes: notesense import FOLDER --engine llm --batch\n",
    )
    assert json.loads(notesense("batch", "--format", "json").out)["version"] == 1
