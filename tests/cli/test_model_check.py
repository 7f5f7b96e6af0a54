"""What `doctor` tells of the language model, and `doctor --model` asks of it."""

import json
import logging

import pytest

from notesense.core.results import Check
from serving import misbehaviour as does
from terminal import Terminal

KEY = "sk-secret-key-of-the-test"


@pytest.fixture
def chosen(model_server, monkeypatch):
    monkeypatch.setenv("NOTESENSE_MODEL", "openai:test-model")
    monkeypatch.setenv("OPENAI_BASE_URL", model_server.url)
    model_server.answer = lambda body: {"ready": True}
    return model_server


def told(notesense: Terminal, *options: str) -> tuple[int, dict[str, Check]]:
    answer = notesense("doctor", "-f", "json", *options)
    return answer.code, {row["name"]: Check(**row) for row in json.loads(answer.out)["checks"]}


def test_without_a_model_nothing_is_needed(notesense: Terminal) -> None:
    _, checks = told(notesense)
    assert checks["language model"].detail == "none is chosen, and none is needed"
    assert checks["network"].detail == "not used: no model is chosen, telemetry is off"
    code, checks = told(notesense, "--model")
    assert (code, checks["language model"].state) == (1, "fault")
    assert "Set NOTESENSE_MODEL" in checks["language model"].fix


def test_a_model_is_told_without_asking_it(notesense: Terminal, chosen) -> None:
    host = chosen.url.removeprefix("http://").removesuffix("/v1")
    code, checks = told(notesense)
    assert (code, checks["language model"].state) == (0, "ok")
    assert checks["language model"].detail == (
        f"openai:test-model at {host}; no key needed; not known yet how it answers in form"
    )
    assert checks["network"].detail == f"only when a model is asked, to {host}; telemetry is off"
    assert chosen.requests == []


def test_one_line_is_asked_for_and_what_it_showed_is_remembered(notesense: Terminal, chosen) -> None:
    notesense("add", "A note of test data.", "--account", "Harlow")
    chosen.supports = {"tools", "temperature"}
    code, checks = told(notesense, "--model")
    assert code == 0
    assert "answers in form: by tool call; answered in " in checks["language model"].detail
    assert len(chosen.chats) == 2
    assert "answers in form: by tool call" in told(notesense)[1]["language model"].detail
    assert len(chosen.chats) == 2


@pytest.mark.parametrize("answers", [True, False])
def test_the_line_is_a_call_like_any_other(
    notesense: Terminal, chosen, monkeypatch: pytest.MonkeyPatch, answers: bool
) -> None:
    monkeypatch.setenv("NOTESENSE_PRICE", "1/2")
    if not answers:
        chosen.answer = lambda body: does.CutOff()
    told(notesense)
    assert json.loads(notesense("costs", "-f", "json").out)["spent"] == []
    told(notesense, "--model")
    (spent,) = json.loads(notesense("costs", "-f", "json").out)["spent"]
    assert (spent["task"], spent["model"], spent["calls"], spent["failed"]) == (
        "trial",
        "openai:test-model",
        1,
        int(not answers),
    )
    assert spent["input_tokens"] > 0
    assert spent["cost_usd"] > 0


def test_without_a_price_that_is_one_nothing_is_asked(notesense: Terminal, chosen, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("NOTESENSE_HOME", str(tmp_path))
    (tmp_path / "prices.yaml").write_text("openai:test-model: cheap", encoding="utf-8")
    code, checks = told(notesense, "--model")
    assert (code, checks["language model"].state, chosen.chats) == (1, "fault", [])


@pytest.mark.parametrize(
    ("behaviour", "says", "fix"),
    [
        (does.refused_key(KEY), "the key was refused (status 401, invalid_api_key)", "Check the key"),
        (does.no_such_model(), "the server has no such model (status 404", "NOTESENSE_MODEL"),
        (does.forbidden(), "the server does not allow it", "your key"),
        (does.no_credit(), "too many requests (status 429, insufficient_quota", "credit"),
        (does.CutOff(), "no answer: the answer was cut off", ""),
    ],
)
def test_a_model_that_does_not_answer_is_a_fault(
    notesense: Terminal, chosen, monkeypatch, caplog, behaviour, says, fix
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    chosen.answer = lambda body: behaviour
    answer = notesense("doctor", "--model", "-f", "json")
    check = next(row for row in json.loads(answer.out)["checks"] if row["name"] == "language model")
    assert (answer.code, check["state"]) == (1, "fault")
    assert says in check["detail"]
    assert "key OPENAI_API_KEY from the environment" in check["detail"]
    assert fix in check["fix"]
    assert KEY not in answer.out + answer.err + caplog.text


def test_words_that_would_go_unencrypted_are_warned_of(notesense: Terminal, monkeypatch) -> None:
    monkeypatch.setenv("NOTESENSE_MODEL", "openai:m")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://models.example.com/v1")
    code, checks = told(notesense)
    assert (code, checks["language model"].state) == (0, "warning")
    assert "NOT ENCRYPTED" in checks["language model"].detail


def test_a_choice_that_cannot_be_used_is_a_fault_and_stops_nothing_else(notesense: Terminal, monkeypatch) -> None:
    monkeypatch.setenv("NOTESENSE_MODEL", "gpt-5-mini")
    code, checks = told(notesense)
    assert (code, checks["language model"].state, checks["playbook"].state) == (1, "fault", "ok")
    assert checks["network"].detail.startswith("only when a model is asked, to nobody")
