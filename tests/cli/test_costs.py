"""`costs`: what was spent, in 80 columns, and never a zero for what is not known."""

import datetime
import json
from pathlib import Path

import pytest

from notesense.adapters.sql.records import SqlRecords
from notesense.core.records import Call
from notesense.core.requests import Failure, Message, Reply, Request
from notesense.core.signal import Usage
from terminal import Terminal


def call(month: int, *, task: str = "extract.v1", reply: Reply, model: str = "openai:gpt-5-mini") -> Call:
    request = Request(task=task, messages=(Message(role="user", text="x"),), form={}, form_name="f")
    return Call.of(request, reply, model, datetime.datetime(2026, month, 3, 12, tzinfo=datetime.UTC))


def answered(cost: float | None) -> Reply:
    usage = Usage(input_tokens=1_200, output_tokens=300, cached_tokens=800, cost_usd=cost)
    return Reply(data={}, usage=usage)


@pytest.fixture
def spent(home: Path) -> None:
    records = SqlRecords(home / "notes" / "notes.db")
    long = "openai:a-model-with-a-rather-long-name-\x1b[2J-of-somebodys-own:latest-q4"
    records.record(
        [
            call(3, reply=answered(0.5)),
            call(3, reply=Reply(failure=Failure.BUSY)),
            call(3, reply=Reply(data={}, cached=True)),
            call(4, reply=answered(123.456), task="brief.v1"),
            call(4, reply=answered(None), model=long),
        ]
    )
    records.close()


def test_nothing_was_asked(notesense: Terminal, home: Path) -> None:
    answer = notesense("costs")
    assert (answer.code, answer.out, answer.err) == (0, "No model was asked anything.\n", "")
    assert json.loads(notesense("costs", "--format", "json").out)["cost_usd"] == 0.0
    assert not (home / "notes").exists()


@pytest.mark.usefixtures("spent")
def test_months_models_and_tasks(notesense: Terminal) -> None:
    out = notesense("costs").out
    flat = " ".join(out.split())
    assert (
        "2026-03 openai:gpt-5-mini, extract.v1 2 sent (1 failed); 1 from the cache; 1,200 + 300 tokens, 800 of them at "
        "the provider's cache price; US$0.5000 2026-04"
    ) in flat
    assert "brief.v1 1 sent; 0 from the cache; 1,200 + 300 tokens, 800 of them" in flat
    assert "US$123.46" in flat
    assert "cost not known" in flat
    assert "Total: at least US$123.96; 4 requests sent, 1 answered from the cache." in flat
    assert "NOTESENSE_PRICE" in flat
    assert "\x1b" not in out
    assert all(len(line) <= 80 for line in out.splitlines())


@pytest.mark.usefixtures("spent")
def test_costs_since_a_day_and_as_json(notesense: Terminal) -> None:
    costs = json.loads(notesense("costs", "--since", "2026-03-04", "--format", "json").out)
    assert (costs["version"], costs["since"]) == (1, "2026-03-04")
    assert [one["cost_usd"] for one in costs["spent"]] == [None, 123.456]
    assert (costs["calls"], costs["cached"], costs["unpriced"], costs["cost_usd"]) == (2, 0, 1, 123.456)
    assert "since 1 Jan 2999" in notesense("costs", "--since", "2999-01-01").out
    assert notesense("costs", "--since", "someday").code == 2
