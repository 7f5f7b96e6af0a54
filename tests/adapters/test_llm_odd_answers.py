"""Answers that are odd in what stands around them, over real HTTP: what is good in them is used, nothing else is."""

import gzip
import itertools
import json

import pytest

from fakes import FakeRecords
from notesense.adapters.llm import chat as chats
from notesense.adapters.llm import receiving
from notesense.adapters.llm.chat import ChatModel
from notesense.adapters.llm.endpoint import endpoint
from notesense.adapters.llm.pace import Pace
from notesense.core.records import Ability
from notesense.core.requests import Failure, Message, Request
from notesense.core.tokens import MOST_TOKENS, count_of
from serving import misbehaviour as does
from serving.completions import completion
from serving.server import MODEL

KEY = "sk-secret-key-of-the-test"
NOTE = "Ines says the analyser in Leeds stops every Monday."
FORM = {
    "type": "object",
    "properties": {"found": {"type": "string"}},
    "required": ["found"],
    "additionalProperties": False,
}
ASKED = Request(task="t.v1", messages=(Message(role="user", text=NOTE),), form=FORM, form_name="found")


@pytest.fixture
def ask(model_server):
    """Ask once, of a server whose way is known."""
    models = []

    def once(step="json_schema", **pace):
        records = FakeRecords()
        records.note_ability(Ability(server=model_server.url, model=MODEL, step=step))
        environment = {"OPENAI_BASE_URL": model_server.url, "OPENAI_API_KEY": KEY}
        limits = Pace(**({"concurrency": 1, "attempts": 2, "timeout": 5, "longest_wait": 0} | pace))
        models.append(ChatModel(endpoint(f"openai:{MODEL}", environment), records, limits, environment=environment))
        return next(models[-1].answer([ASKED]))

    yield once
    for each in models:
        each.close()


def odd(change, given=None):
    """Return an answer function whose completions are changed before they are sent."""

    def answer(body):
        told = completion(body, given or {"found": "x"}, ())
        change(told)
        return does.Raw(json.dumps(told).encode())

    return answer


@pytest.mark.parametrize("step", ["json_schema", "tool_call", "text"])
@pytest.mark.parametrize(
    ("used", "counted"),
    [
        ({"prompt_tokens": 12.5, "completion_tokens": 3, "total_tokens": 1}, (0, 3, 0)),
        ({"prompt_tokens": "many", "completion_tokens": 3}, (0, 3, 0)),
        ({"prompt_tokens": -5, "completion_tokens": True, "total_tokens": 1}, (0, 0, 0)),
        ({"prompt_tokens": 10**30, "completion_tokens": 1, "total_tokens": 1}, (MOST_TOKENS, 1, 0)),
        ({"prompt_tokens": 7, "completion_tokens": 1, "prompt_tokens_details": {"cached_tokens": "x"}}, (7, 1, 0)),
        ({"prompt_tokens": 7, "completion_tokens": 1, "prompt_tokens_details": [1]}, (7, 1, 0)),
        ({"prompt_tokens": 7, "completion_tokens": 1, "queue_time": 0.1}, (7, 1, 0)),
        ({"prompt_tokens": None, "completion_tokens": None, "total_tokens": None}, (0, 0, 0)),
        ({}, (0, 0, 0)),
        (None, (0, 0, 0)),
        ([7], (0, 0, 0)),
        ("many", (0, 0, 0)),
    ],
)
def test_a_good_answer_stands_whatever_its_tokens_are_said_to_be(ask, model_server, step, used, counted):
    model_server.answer = odd(lambda told: told.update(usage=used))
    reply = ask(step)
    assert (reply.data, len(model_server.chats)) == ({"found": "x"}, 1)
    assert (reply.usage.input_tokens, reply.usage.output_tokens, reply.usage.cached_tokens) == counted


@pytest.mark.parametrize("told", [None, "7", 7.0, -1, True, [7]])
def test_what_is_no_count_counts_nothing(told):
    assert count_of(told) == 0


@pytest.mark.parametrize("step", ["json_schema", "tool_call", "text"])
@pytest.mark.parametrize("depth", [60, 900, 3_000])
def test_an_answer_nested_beyond_all_forms_is_no_answer(ask, model_server, step, depth):
    deep = '{"found": "x", "more": ' + "[" * depth + "]" * depth + "}"
    model_server.answer = lambda body: does.Said(deep)
    reply = ask(step)
    assert (reply.data, reply.failure, len(model_server.chats)) == (None, Failure.FORMLESS, 2)


@pytest.mark.parametrize("depth", [60, 900])
def test_arguments_of_a_tool_are_no_exception(ask, model_server, depth):
    deep = json.dumps({"found": "x"})[:-1] + ', "more": ' + "[" * depth + "]" * depth + "}"

    def change(told):
        told["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"] = deep

    model_server.answer = odd(change)
    reply = ask("tool_call")
    assert (reply.data, len(model_server.chats)) == (None, 2)
    assert reply.failure in (Failure.FORMLESS, Failure.SERVER)


def test_halves_of_characters_in_the_arguments_of_a_tool_become_question_marks(ask, model_server):
    model_server.answer = lambda body: {"found": "odd \ud800"}
    assert ask("tool_call").data == {"found": "odd ?"}


def test_what_breaks_the_reading_of_an_answer_is_a_failure_of_that_request(ask, model_server, monkeypatch):
    def broken(*given):
        raise RecursionError(NOTE)

    monkeypatch.setattr(chats, "without", broken)
    model_server.answer = lambda body: {"found": "x"}
    reply = ask()
    assert (reply.failure, reply.detail) == (Failure.SERVER, "its answer cannot be read (RecursionError)")
    assert reply.usage.input_tokens > 0


PLACES = {
    "model": lambda told: told.update(model=KEY),
    "model's object": lambda told: told.update(model={"x": KEY}),
    "fingerprint": lambda told: told.update(system_fingerprint=[KEY]),
    "id": lambda told: told.update(id=[KEY, NOTE]),
    "created": lambda told: told.update(created=f"{KEY} {NOTE}"),
    "refusal": lambda told: told["choices"][0]["message"].update(refusal={"t": f"{KEY} {NOTE}"}),
    "content": lambda told: told["choices"][0]["message"].update(content={"t": f"{KEY} {NOTE}"}),
    "parts": lambda told: told["choices"][0]["message"].update(content=[{"type": "text", "text": f"{KEY} {NOTE}"}]),
}


@pytest.mark.parametrize("place", PLACES)
def test_what_a_server_says_in_the_wrong_place_is_not_shown(ask, model_server, capfd, recwarn, place):
    model_server.answer = odd(PLACES[place])
    reply = ask()
    shown = [reply.model_dump_json(), *capfd.readouterr(), *(str(warning.message) for warning in recwarn)]
    assert not [text for text in shown if KEY in text or "analyser in Leeds" in text]


def test_a_key_is_taken_out_of_names_too(ask, model_server):
    model_server.answer = lambda body: {"found": [{KEY: f"it is {KEY}"}]}
    assert ask("text").data == {"found": [{"[key]": "it is [key]"}]}


@pytest.mark.parametrize("model", [7, None, "two\nlines", ""])
def test_a_name_that_is_none_is_not_taken_over(ask, model_server, model):
    model_server.answer = odd(lambda told: told.update(model=model))
    assert ask("text").model == f"openai:{MODEL}"


def test_answers_are_asked_for_unpacked_and_taken_in_no_other_way(ask, model_server):
    def answer(body):
        packed = gzip.compress(json.dumps(completion(body, {"found": "x" * 1_000_000}, ())).encode())
        return does.Raw(packed, headers={"Content-Encoding": "gzip"})

    model_server.answer = answer
    reply = ask()
    assert (reply.failure, reply.detail) == (Failure.SERVER, "its answer is compressed, which was not asked for")
    assert [each.headers["accept-encoding"] for each in model_server.requests] == ["identity"]


def test_an_answer_must_be_there_in_time_from_beginning_to_end(ask, model_server, monkeypatch):
    seconds = itertools.count(0, 6)
    monkeypatch.setattr(receiving, "monotonic", lambda: next(seconds))
    model_server.answer = lambda body: {"found": "x"}
    assert ask(timeout=5).failure is Failure.TIMED_OUT
    assert len(model_server.chats) == 2


def test_an_answer_that_comes_in_drops_is_not_waited_for(ask, model_server):
    model_server.answer = lambda body: does.Drip()
    assert ask(timeout=0.1, attempts=1).failure is Failure.TIMED_OUT
