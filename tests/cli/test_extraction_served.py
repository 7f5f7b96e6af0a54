"""Extraction over real HTTP with a server that fails: what the user sees, what is stored, what is tried again."""

import functools
import itertools
import json
import re
from typing import Any

import pytest

from notesense.adapters.llm import chat, pace
from notesense.wiring.verbs import NoteSense
from serving.misbehaviour import Hang, Misbehaviour, Reset, Said, broken, busy
from serving.server import ModelServer, in_turn
from terminal import Terminal

NOTE = "The pumps leak again."
ADD = ("add", NOTE, "--account", "Harlow", "--engine", "llm")
FOUND = {
    "passage": 1,
    "quote": "The pumps leak again",
    "kind": "pain_point",
    "attributes": ["area: product"],
    "certainty": "stated",
    "confidence": "high",
}
FAULT = "The server had an error while processing your request."
LIMIT = "status 429, rate_limit_exceeded: Rate limit reached for requests"

# what the server does, what the user reads, how many requests that takes, the seconds waited between them
TROUBLES = [
    pytest.param(Hang(), "no answer in time", 2, [0.25], id="hang"),
    pytest.param(broken(500), f"the server failed (status 500: {FAULT})", 5, [0.25, 0.5, 1, 2], id="500"),
    pytest.param(broken(502), f"the server failed (status 502: {FAULT})", 5, [0.25, 0.5, 1, 2], id="502"),
    pytest.param(Reset(), "no connection (the server broke it off)", 5, [0.25, 0.5, 1, 2], id="reset"),
    pytest.param(busy(), f"too many requests ({LIMIT})", 5, [0.25, 0.5, 1, 2], id="429"),
    pytest.param(busy(7), f"too many requests ({LIMIT} (asks to wait 7 s))", 5, [7, 7, 7, 7], id="429 with a time"),
    pytest.param(busy(3600), f"too many requests ({LIMIT} (asks to wait 3600 s))", 1, [], id="429 with an hour"),
]


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let time stand all but still, and note the waits."""
    waits: list[float] = []
    ticks = itertools.count()

    def sleep(seconds: float) -> None:
        waits.append(round(seconds, 3))

    def now() -> float:
        return sum(waits) + next(ticks) / 1_000_000

    monkeypatch.setattr(chat, "Clock", functools.partial(pace.Clock, now=now, sleep=sleep, chance=lambda: 0.0))
    return waits


@pytest.fixture
def server(model_server: ModelServer, waited: list[float], monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    monkeypatch.setenv("OPENAI_BASE_URL", model_server.url)
    monkeypatch.setenv("NOTESENSE_MODEL", "openai:test-model")
    return model_server


def signals(notesense: Terminal) -> list[str]:
    return [one["quote"] for one in json.loads(notesense("signals", "--format", "json").out)["signals"]]


def calls(notesense: Terminal) -> dict[str, Any]:
    (spent,) = json.loads(notesense("costs", "--format", "json").out)["spent"]
    return {name: spent[name] for name in ("calls", "failed", "cached")}


@pytest.mark.parametrize(("trouble", "told", "requests", "waits"), TROUBLES)
def test_a_note_that_got_no_answer_is_kept_told_and_read_again_later(
    notesense: Terminal,
    server: ModelServer,
    waited: list[float],
    trouble: Misbehaviour,
    told: str,
    requests: int,
    waits: list[float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server.answer = lambda body: trouble
    with monkeypatch.context() as impatient:
        if isinstance(trouble, Hang):
            impatient.setattr(pace, "Pace", functools.partial(pace.Pace, timeout=0.05))
        answer = notesense(*ADD)
    assert answer.code == 3
    assert told in " ".join((answer.out + answer.err).split())
    assert "Traceback" not in answer.err
    assert (len(server.chats), waited) == (requests, waits)
    assert signals(notesense) == []
    assert calls(notesense) == {"calls": 1, "failed": 1, "cached": 0}
    with NoteSense() as notes:
        (kept,) = notes.store.notes()
        assert (kept.text, notes.store.unread()) == (NOTE, (kept.id,))
    server.answer = lambda body: {"signals": [FOUND]}
    again = notesense("reindex", "--engine", "llm")
    assert (again.code, len(server.chats)) == (0, requests + 1)
    assert "Read again: 1 note" in again.out
    assert signals(notesense) == ["The pumps leak again"]


@pytest.mark.parametrize(("trouble", "told", "requests", "waits"), TROUBLES[1:-1])
def test_a_server_that_recovers_leaves_nothing_to_be_told(
    notesense: Terminal,
    server: ModelServer,
    waited: list[float],
    trouble: Misbehaviour,
    told: str,
    requests: int,
    waits: list[float],
) -> None:
    server.answer = in_turn(trouble, {"signals": [FOUND]})
    answer = notesense(*ADD)
    assert (answer.code, len(server.chats), waited) == (0, 2, waits[:1])
    assert told not in answer.out + answer.err
    assert re.search(r"^openai:test-model: 1 request sent in 2 tries; [\d,]+ \+ \d+ tokens", answer.err, re.MULTILINE)
    assert signals(notesense) == ["The pumps leak again"]
    assert calls(notesense) == {"calls": 1, "failed": 0, "cached": 0}


def test_of_many_notes_only_those_without_an_answer_are_failed_rows(
    notesense: Terminal, server: ModelServer, tmp_path: Any
) -> None:
    path = tmp_path / "notes.jsonl"
    lines = [{"id": f"n{n}", "account": "Harlow", "date": "2026-03-04", "text": f"Line {n}: {NOTE}"} for n in range(6)]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    server.answer = lambda body: broken(502) if "Line 3" in str(body["messages"][1]) else {"signals": [FOUND]}
    answer = notesense("import", str(path), "--engine", "llm", "--concurrency", "2")
    assert answer.code == 3
    assert "the server failed" in answer.out + answer.err
    assert len(signals(notesense)) == 5
    assert calls(notesense) == {"calls": 6, "failed": 1, "cached": 0}
    server.answer = lambda body: {"signals": [FOUND]}
    before = len(server.chats)
    assert notesense("reindex", "--engine", "llm").code == 0
    assert len(server.chats) == before + 1
    assert len(signals(notesense)) == 6


def test_an_answer_of_another_form_is_not_what_the_next_run_reads(notesense: Terminal, server: ModelServer) -> None:
    server.answer = lambda body: {"foo": 1}
    answer = notesense(*ADD)
    assert answer.code == 3
    assert "the answer does not have the form asked for (another JSON" in answer.out
    server.answer = lambda body: {"signals": [FOUND]}
    assert notesense("reindex", "--engine", "llm").code == 0
    assert signals(notesense) == ["The pumps leak again"]


def test_a_limit_holds_for_the_second_try_too(notesense: Terminal, server: ModelServer) -> None:
    server.answer = lambda body: {"signals": []}
    notesense("extract", "Nothing happened.", "--engine", "llm")
    before = len(server.chats)
    server.answer = lambda body: Said("no JSON")
    answer = notesense(*ADD, "--max-tokens", "2300")
    assert (answer.code, len(server.chats) - before) == (3, 1)
    assert "Stopped at --max-tokens 2300: 1 request left." in answer.err
    assert calls(notesense)["calls"] == 2
