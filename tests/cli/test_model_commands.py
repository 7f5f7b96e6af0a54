"""Commands whose engine asks a model, over real HTTP: what is sent, paid, remembered, limited and told."""

import json
import re
from pathlib import Path

import pytest

from evaluation.labelled import note as labelled_note
from evaluation.labelled import write
from notesense.errors import InputError
from notesense.wiring.verbs import NoteSense
from notesense.wiring.wishes import ModelWishes
from serving.completions import text_of
from serving.misbehaviour import Declined, refused_key
from serving.server import ModelServer
from terminal import Terminal

NOTE = "Marta says the pumps leak again. Ben sends seals by Friday."
LLM = ("--engine", "llm")


def finds(body: dict[str, object]) -> dict[str, object]:
    """Claim one signal in each note that tells of a leak."""
    place = re.search(r"^\[(\d+)\] (.*leak again)", text_of(body).rsplit("<note", 1)[-1], re.MULTILINE)
    if place is None:
        return {"signals": []}
    claim = {"passage": int(place[1]), "quote": place[2], "kind": "pain_point", "attributes": []}
    return {"signals": [claim | {"certainty": "stated", "confidence": "high"}]}


@pytest.fixture
def server(model_server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    model_server.answer = finds
    monkeypatch.setenv("OPENAI_BASE_URL", model_server.url)
    monkeypatch.setenv("NOTESENSE_MODEL", "openai:test-model")
    return model_server


def many(folder: Path, count: int = 6) -> str:
    path = folder / "notes.jsonl"
    lines = (
        {"id": f"n{n}", "account": "Harlow", "date": "2026-03-04", "text": f"Line {n}: the pumps leak again."}
        for n in range(count)
    )
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return str(path)


# Who is asked


def test_a_model_finds_signals(notesense: Terminal, server: ModelServer) -> None:
    answer = notesense("add", NOTE, "--account", "Harlow", *LLM)
    assert answer.code == 0
    assert "Marta says the pumps leak again" in answer.out
    assert re.search(r"^openai:test-model: 1 request sent; [\d,]+ \+ \d+ tokens, cost not known\.$", answer.err, re.M)
    assert json.loads(notesense("signals", "--format", "json").out)["signals"][0]["kind"] == "pain_point"


@pytest.mark.parametrize("command", [("add", NOTE, "--account", "H"), ("extract", NOTE), ("reindex",)])
@pytest.mark.parametrize("engine", ["llm", "hybrid"])
def test_without_a_model_there_is_one_message(notesense: Terminal, command: tuple[str, ...], engine: str) -> None:
    answer = notesense(*command, "--engine", engine)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.splitlines() == [
        "notesense: No model is chosen.",
        "  Name one: --model openai:gpt-5-mini, or set NOTESENSE_MODEL to it.",
    ]
    assert json.loads(notesense("accounts", "--format", "json").out)["accounts"] == []


def test_without_a_key_nothing_begins(notesense: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answer = notesense("import", many(tmp_path), *LLM, "--model", "openai:gpt-5-mini")
    assert (answer.code, answer.out) == (1, "")
    assert "There is no key for openai." in answer.err
    assert json.loads(notesense("accounts", "--format", "json").out)["accounts"] == []


def test_the_environment_chooses_engine_and_model_and_options_win(
    notesense: Terminal, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTESENSE_ENGINE", "llm")
    assert notesense("extract", NOTE, "--model", "openai:other-model").code == 3
    server.models = {"test-model", "other-model"}
    assert notesense("extract", NOTE, "--model", "openai:other-model").code == 0
    assert notesense("extract", NOTE).code == 0
    assert [chat["model"] for chat in server.chats][-2:] == ["other-model", "test-model"]
    before = len(server.chats)
    assert "engine local" in notesense("extract", NOTE, "--engine", "local").out
    assert len(server.chats) == before


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("NOTESENSE_PRICE", "cheap", '"cheap" is no price'),
        ("NOTESENSE_CONCURRENCY", "0", '"0"; it must be a whole number from 1 to 64'),
        ("NOTESENSE_CONCURRENCY", "2.5", '"2.5"'),
        ("NOTESENSE_RATE", "-1", "a number above 0"),
        ("NOTESENSE_RATE", "nan", "a number above 0"),
        ("NOTESENSE_ENGINE", "oracle", 'no engine called "oracle"'),
        ("NOTESENSE_MODEL", "gpt-5-mini", '"gpt-5-mini"'),
    ],
)
def test_a_setting_that_cannot_be(
    notesense: Terminal, server: ModelServer, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, told: str
) -> None:
    monkeypatch.setenv(variable, value)
    answer = notesense("extract", NOTE, *(() if variable == "NOTESENSE_ENGINE" else LLM))
    assert (answer.code, answer.out, len(server.chats)) == (1, "", 0)
    assert told in answer.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--max-cost", "0"), "no amount above 0"),
        (("--max-cost", "nan"), "no amount above 0"),
        (("--max-tokens", "0"), "max-tokens"),
        (("--concurrency", "65"), "concurrency"),
        (("--max-cost", "much"), "max-cost"),
    ],
)
def test_wrong_usage(notesense: Terminal, server: ModelServer, arguments: tuple[str, ...], told: str) -> None:
    answer = notesense("extract", NOTE, *LLM, *arguments)
    assert (answer.code, answer.out, len(server.chats)) == (2, "", 0)
    assert told in answer.err


@pytest.mark.parametrize("wish", [("--dry-run",), ("--fresh",), ("--max-tokens", "5"), ("--verify",)])
def test_wishes_need_an_engine_that_asks_a_model(notesense: Terminal, wish: tuple[str, ...], tmp_path: Path) -> None:
    plans = wish == ("--dry-run",)  # of an import, without a model: what would be done with each file
    imports = () if plans else (("import", many(tmp_path)),)
    for command in (("add", NOTE, "--account", "H"), ("extract", NOTE), ("reindex",), *imports):
        answer = notesense(*command, *wish)
        assert (answer.code, answer.out) == (1, "")
        assert f"{wish[0]}: the engine local asks no model." in answer.err
    plain = notesense("eval", "run", str(write(tmp_path / "dev.jsonl", labelled_note())), "-e", "keywords", *wish)
    assert (plain.code, plain.out) == (1, "")
    assert "the engine keywords asks no model" in plain.err
    labels = notesense("import", many(tmp_path), "--keep-signals", *wish)
    assert labels.code == (0 if plans else 2)
    assert json.loads(notesense("accounts", "--format", "json").out)["accounts"] == []


# Nothing is paid twice


def test_a_second_identical_run_makes_no_calls(notesense: Terminal, server: ModelServer, tmp_path: Path) -> None:
    dev = str(write(tmp_path / "dev.jsonl", *[labelled_note(id=f"n{n}", text=f"{n}. {NOTE}") for n in range(3)]))
    commands = (
        ("extract", NOTE, *LLM),
        ("extract", NOTE, "--engine", "hybrid"),
        ("eval", "run", dev, "--no-baselines", *LLM),
    )
    first = [notesense(*command) for command in commands]
    calls = len(server.chats)
    assert calls
    for command, before in zip(commands, first, strict=True):
        again = notesense(*command)
        assert again.code == before.code
        assert " 0 requests sent, " in again.err
        assert "answered from the cache" in again.err
    assert len(server.chats) == calls


def test_what_was_asked_by_one_command_is_known_to_another(
    notesense: Terminal, server: ModelServer, tmp_path: Path
) -> None:
    file = many(tmp_path)
    assert notesense("import", file, *LLM).code == 0
    assert notesense("extract", file, *LLM, "--format", "jsonl").code == 0
    assert len(server.chats) == 6
    notesense("forget", "Harlow", "--yes")
    assert notesense("extract", file, *LLM).code == 0
    assert len(server.chats) == 12


def test_fresh_asks_again(notesense: Terminal, server: ModelServer) -> None:
    notesense("extract", NOTE, *LLM)
    server.answer = lambda body: {"signals": []}
    assert "pumps leak" in notesense("extract", NOTE, *LLM).out
    assert "No signals" in notesense("extract", NOTE, *LLM, "--fresh").out
    assert "No signals" in notesense("extract", NOTE, *LLM).out
    assert len(server.chats) == 2


def test_another_server_is_asked_for_itself(
    notesense: Terminal, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    notesense("extract", NOTE, *LLM)
    with ModelServer() as other:
        other.answer = finds
        monkeypatch.setenv("OPENAI_BASE_URL", other.url)
        notesense("extract", NOTE, *LLM)
        assert len(other.chats) == 1


def test_what_failed_is_asked_again(notesense: Terminal, server: ModelServer, tmp_path: Path) -> None:
    server.answer = lambda body: refused_key()
    answer = notesense("import", many(tmp_path), *LLM, "--concurrency", "1")
    assert answer.code == 3
    assert "openai:test-model: 1 request sent, 1 failed" in answer.err
    assert len(server.chats) == 1
    server.answer = finds
    again = notesense("reindex", *LLM)
    assert again.code == 0
    assert "Read again: 6 notes" in again.out


# Limits


def test_a_run_stops_at_the_limit_and_goes_on_later(
    notesense: Terminal, server: ModelServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NOTESENSE_PRICE", "1/10")
    answer = notesense("import", many(tmp_path), *LLM, "--max-cost", "0.007", "--concurrency", "1")
    assert answer.code == 3
    sent = len(server.chats)
    assert 0 < sent < 6
    assert f"Stopped at --max-cost 0.007: {6 - sent} requests left. The notes are kept." in answer.err
    assert "Go on with: notesense reindex --engine llm" in answer.err
    assert json.loads(notesense("accounts", "--format", "json").out)["accounts"][0]["notes"] == 6
    spent = json.loads(notesense("costs", "--format", "json").out)
    assert 0 < spent["cost_usd"] <= 0.007
    again = notesense("reindex", *LLM)
    assert (again.code, len(server.chats)) == (0, 6)
    assert f"Read again: {6 - sent} notes" in again.out


def test_a_limit_on_tokens_needs_no_price(notesense: Terminal, server: ModelServer, tmp_path: Path) -> None:
    answer = notesense("extract", many(tmp_path), *LLM, "--max-tokens", "100", "--format", "jsonl")
    assert (answer.code, len(server.chats)) == (3, 0)
    assert "Stopped at --max-tokens 100: 6 requests left. Repeat the command to go on" in answer.err
    assert answer.out.count("the limit you set is reached") == 6


def test_a_limit_on_cost_needs_a_price(notesense: Terminal, server: ModelServer, home: Path) -> None:
    answer = notesense("add", NOTE, "--account", "H", *LLM, "--max-cost", "1")
    assert (answer.code, answer.out, len(server.chats)) == (1, "", 0)
    assert "--max-cost needs the price of openai:test-model, which is not known." in answer.err
    assert "NOTESENSE_PRICE" in answer.err
    (home / "notes").mkdir(exist_ok=True)
    (home / "notes" / "prices.yaml").write_text("openai:test-model: 1/10/0.1\n", encoding="utf-8")
    assert notesense("add", NOTE, "--account", "H", *LLM, "--max-cost", "1").code == 0
    (home / "notes" / "prices.yaml").write_text("openai:other: 1/10\nopenai:test-model: free\n", encoding="utf-8")
    answer = notesense("extract", NOTE + " More.", *LLM)
    assert (answer.code, answer.out) == (1, "")
    assert 'prices.yaml, line 2, openai:test-model: "free" is no price.' in answer.err


# Dry runs


def test_a_dry_run_shows_all_and_leaves_nothing(
    notesense: Terminal, server: ModelServer, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL")
    monkeypatch.setenv("NOTESENSE_PRICE", "1/10")
    dev = str(write(tmp_path / "dev.jsonl", labelled_note()))
    for command in (
        ("add", NOTE, "--account", "Harlow"),
        ("import", many(tmp_path)),
        ("extract", NOTE),
        ("eval", "run", dev),
    ):
        for engine in ("llm", "hybrid"):
            answer = notesense(*command, "--engine", engine, "--dry-run")
            assert (answer.code, answer.err) == (0, ""), command
            assert "Nothing was sent, nothing was stored." in answer.out
            assert "about US$0.0" in answer.out
    assert not (home / "notes").exists()
    assert notesense("reindex", *LLM, "--dry-run").out.endswith("(four characters a token).\n")
    assert server.requests == []


def test_a_dry_run_shows_exactly_what_is_sent_afterwards(notesense: Terminal, server: ModelServer) -> None:
    text = 'Marta:\tthe pumps leak again \u202e\n\n   and {"again"}. R&D agrees.'
    plan = notesense("add", text, "--account", "Harlow", *LLM, "--dry-run", "--format", "json")
    planned = json.loads(plan.out)
    assert planned["version"] == 1
    assert (planned["model"], planned["notes"], planned["cost_usd"]) == ("openai:test-model", 1, None)
    notesense("add", text, "--account", "Harlow", *LLM)
    (sent,) = server.chats
    shown = [(message["role"], message["text"]) for message in planned["requests"][0]["messages"]]
    assert [(message["role"], message["content"]) for message in sent["messages"]] == shown
    assert sent["response_format"]["json_schema"]["schema"] == planned["requests"][0]["form"]


@pytest.mark.parametrize("more", [(), ("--batch",)])
def test_a_dry_run_spells_the_form_out_where_the_server_needs_it(
    notesense: Terminal, server: ModelServer, tmp_path: Path, more: tuple[str, ...]
) -> None:
    server.supports = {"temperature"}
    notesense("extract", NOTE, *LLM)
    (tmp_path / "2026-03-04 visit.txt").write_text("The seals are worn.", encoding="utf-8")
    command = ("import", str(tmp_path), "--account", "Harlow", *LLM)
    plan = json.loads(notesense(*command, *more, "--dry-run", "--format", "json").out)
    (planned,) = plan["submitted"]["planned"] if more else plan["requests"]
    notesense(*command)
    shown = [message["text"] for message in planned["messages"]]
    assert [message["content"] for message in server.chats[-1]["messages"]] == shown
    assert "Answer with one JSON object" in shown[0]


def test_a_dry_run_of_what_is_known(notesense: Terminal, server: ModelServer, tmp_path: Path) -> None:
    file = many(tmp_path)
    notesense("extract", file, *LLM)
    answer = notesense("import", file, *LLM, "--dry-run")
    assert "0 requests about 6 notes; 6 more answered from the cache." in " ".join(answer.out.split())
    assert "6 requests about 6 notes." in notesense("import", file, *LLM, "--dry-run", "--fresh").out
    notesense("import", file, *LLM)
    assert "0 requests about 0 notes." in notesense("import", file, *LLM, "--dry-run").out
    costs = json.loads(notesense("costs", "--format", "json").out)
    assert (costs["calls"], costs["cached"]) == (6, 6)


def test_a_dry_run_asks_about_what_would_be_read_alone(
    notesense: Terminal, server: ModelServer, tmp_path: Path
) -> None:
    server.answer = lambda body: refused_key()
    notesense("add", NOTE, "--account", "Harlow", *LLM)
    assert "1 request about 1 note." in notesense("reindex", *LLM, "--dry-run").out
    path = tmp_path / "some.jsonl"
    lines = [
        {"account": "Harlow", "text": "The seals leak again.", "date": day} for day in ("2026-03-04", "2999-01-01")
    ]
    path.write_text("\n".join(map(json.dumps, [*lines, lines[0]])), encoding="utf-8")
    assert "1 request about 1 note." in notesense("import", str(path), *LLM, "--dry-run").out
    assert "2 requests about 3 notes." in notesense("extract", str(path), *LLM, "--dry-run").out


def test_messages_that_are_the_same_are_shown_once(notesense: Terminal, server: ModelServer, tmp_path: Path) -> None:
    out = notesense("import", many(tmp_path), *LLM, "--dry-run", "--verify").out
    assert out.count("system:\n") == 1
    assert out.count("system: as message 1 of request 1") == 5
    assert all(f"Line {n}: the pumps leak again." in out for n in range(6))
    assert "--verify asks once more" in out


# Costs


def test_costs_by_month_model_and_task(
    notesense: Terminal, server: ModelServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "No model was asked anything." in notesense("costs").out
    assert json.loads(notesense("costs", "--format", "json").out)["cost_usd"] == 0.0
    file = many(tmp_path)
    server.answer = lambda body: Declined() if "Line 3" in text_of(body) else finds(body)
    monkeypatch.setenv("NOTESENSE_PRICE", "1/10/0.1")
    server.cached_tokens = 40
    assert notesense("extract", file, *LLM).code == 3
    notesense("extract", file, *LLM)
    answer = notesense("costs")
    assert answer.code == 0
    assert "openai:test-model, extract.v2" in answer.out
    assert re.search(r"7 sent \(2 failed\); 5 from the cache; [\d,]+ \+ \d+ tokens, 280 of them", answer.out)
    assert re.search(r"^Total: US\$0\.01\d\d; 7 requests sent, 5 answered from the cache\.$", answer.out, re.M)
    assert all(len(line) <= 80 for line in answer.out.splitlines())
    assert "2999-01-01" not in answer.out
    assert "No model was asked anything since 1 Jan 2999." in notesense("costs", "--since", "2999-01-01").out


def test_a_cost_that_is_not_known_is_never_zero(notesense: Terminal, server: ModelServer) -> None:
    line = json.loads(notesense("extract", NOTE, *LLM, "--format", "jsonl").out)
    assert line["usage"]["cost_usd"] is None
    assert line["usage"]["input_tokens"] > 0
    spent = json.loads(notesense("costs", "--format", "json").out)
    assert (spent["cost_usd"], spent["unpriced"], spent["spent"][0]["cost_usd"]) == (None, 1, None)
    assert "cost not known" in notesense("costs").out
    assert "NOTESENSE_PRICE" in notesense("costs").out


def test_forgotten_notes_leave_the_sums_and_nothing_else(
    notesense: Terminal, server: ModelServer, home: Path, tmp_path: Path
) -> None:
    notesense("add", "Unspeakable pumps leak again.", "--account", "Harlow", *LLM)
    before = notesense("costs", "--format", "json").out
    notesense("forget", "Harlow", "--yes")
    assert notesense("costs", "--format", "json").out == before
    assert b"Unspeakable" not in (home / "notes" / "notes.db").read_bytes()


# From Python


def test_progress_tells_each_note_that_a_model_has_read(server: ModelServer, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    with NoteSense(engine="llm", progress=lambda done, total: heard.append((done, total))) as notes:
        list(notes.extract(Path(many(tmp_path, 3))))
        assert notes.modelling.spending.sent == 3
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_a_dry_run_has_to_be_asked_for(server: ModelServer) -> None:
    with NoteSense(engine="llm") as notes, pytest.raises(InputError, match="not asked for"):
        notes.rehearse(NOTE, kept=False)


def test_too_many_requests_at_once(server: ModelServer) -> None:
    with NoteSense(engine="llm", wishes=ModelWishes(concurrency=65)) as notes, pytest.raises(InputError, match="65"):
        list(notes.extract(NOTE))
