"""The Batch API's adapter over real HTTP: what goes onto the wire, and what is made of whatever comes back."""

import datetime
import json
import traceback

import httpx2
import openai
import pytest

from notesense.adapters.llm.batch import OpenAIBatches, Way, body_of, remote_of
from notesense.adapters.llm.endpoint import Endpoint, endpoint
from notesense.adapters.llm.keys import Key
from notesense.adapters.llm.steps import Step
from notesense.core.batches import Batch, Terms, outcome_of
from notesense.core.requests import Failure, Message
from notesense.core.signal import Usage
from notesense.errors import ModelError, ServerAway
from serving import misbehaviour as does
from serving.server import MODEL
from workflows.backfill import FORM, question

ASKED = question("It leaks.")


@pytest.fixture
def api(model_server):
    where = endpoint(f"openai:{MODEL}", {"OPENAI_BASE_URL": model_server.url})
    made = OpenAIBatches(where, lambda: Way(Step.SCHEMA, True), tries=1, timeout=0.2, environment={})
    yield made
    made.close()


def batch(**told):
    terms = Terms(model=f"openai:{MODEL}", server="s", engine="llm")
    return Batch(id="own1", terms=terms, made=datetime.datetime.now(datetime.UTC), **told)


@pytest.mark.parametrize(
    ("way", "keys", "spelled_out"),
    [
        (Way(Step.SCHEMA, True), {"temperature", "response_format"}, False),
        (Way(Step.TOOL, False), {"tools", "tool_choice"}, False),
        (Way(Step.JSON, True), {"temperature", "response_format"}, True),
        (Way(Step.TEXT, False), set(), True),
    ],
)
def test_a_request_is_written_as_the_server_takes_it(way, keys, spelled_out):
    body = body_of(ASKED, "m", way)
    assert set(body) == {"model", "messages"} | keys
    assert (json.dumps(FORM) in body["messages"][0]["content"]) is spelled_out
    assert body["messages"][-1] == {"role": "user", "content": "It leaks."}


def test_half_a_character_does_not_fail_a_whole_file():
    broken = ASKED.model_copy(update={"messages": (Message(role="user", text="odd \ud800 one"),)})
    assert body_of(broken, "m", Way(Step.TEXT, False))["messages"][0]["content"].startswith("odd ? one")


def said(**message):
    reason = message.pop("finish_reason", "stop")
    return {"choices": [{"message": message, "finish_reason": reason}], "model": "m-1", "usage": {"prompt_tokens": 7}}


@pytest.mark.parametrize(
    ("body", "data", "failure"),
    [
        (said(content='{"said": "x"}'), {"said": "x"}, None),
        (said(content='{"foo": 1}'), None, Failure.FORMLESS),
        (said(content='Sure!\n```json\n{"said": "x"}\n```'), {"said": "x"}, None),
        (said(content=None, tool_calls=[{"function": {"arguments": '{"said": "y"}'}}]), {"said": "y"}, None),
        (said(content=None, tool_calls=[{"function": None}]), None, Failure.FORMLESS),
        (said(content=None, tool_calls=["odd"]), None, Failure.FORMLESS),
        (said(content=[1]), None, Failure.FORMLESS),
        (said(content='{"said": "x"}', refusal="No."), None, Failure.DECLINED),
        (said(content='{"said": "x"}', finish_reason="content_filter"), None, Failure.DECLINED),
        (said(content='{"said": "x"', finish_reason="length"), None, Failure.CUT_OFF),
        ({"choices": []}, None, Failure.FORMLESS),
        ({"choices": "odd"}, None, Failure.FORMLESS),
        ({"choices": [{"message": "odd"}]}, None, Failure.FORMLESS),
        ({}, None, Failure.FORMLESS),
    ],
)
def test_whatever_a_completion_says_is_an_answer_or_a_failure(api, body, data, failure):
    reply = api.reply(ASKED, body)
    assert (reply.data, reply.failure) == (data, failure)
    assert reply.model == body.get("model", f"openai:{MODEL}")
    assert reply.usage == Usage(input_tokens=7 if "usage" in body else 0)


def test_what_a_batch_of_the_server_tells():
    told = openai.types.Batch.model_validate(
        {
            "id": "batch_1", "completion_window": "24h", "created_at": 1, "endpoint": "/v1/chat/completions",
            "input_file_id": "f", "object": "batch", "status": "failed", "request_counts": None,
            "errors": {"data": [{"code": "token_limit_exceeded", "line": 3, "message": "your words"},
                                {"code": "token_limit_exceeded", "line": 3}, {"code": "two words"}]},
            "usage": {"input_tokens": 5, "output_tokens": 2, "total_tokens": 7,
                      "input_tokens_details": {"cached_tokens": 1}, "output_tokens_details": {"reasoning_tokens": 0}},
        }
    )  # fmt: skip
    remote = remote_of(told)
    assert remote.faults == ("token_limit_exceeded in line 3", "an error without a code")
    assert remote.usage == Usage(input_tokens=5, output_tokens=2, cached_tokens=1)
    assert (remote.total, remote.output_file) == (0, None)


def test_other_providers_have_no_batch_api():
    with pytest.raises(ModelError, match="anthropic:claude has none") as error:
        OpenAIBatches(Endpoint("anthropic", "claude", None, None), lambda: Way(Step.SCHEMA, True))
    assert "leave out --batch" in error.value.fix


def test_a_key_is_sent_and_never_shown(model_server):
    where = Endpoint("openai", MODEL, model_server.url, Key("OPENAI_API_KEY", "environment", "sk-hidden-one"))
    api = OpenAIBatches(where, lambda: Way(Step.SCHEMA, True), tries=1, environment={})
    model_server.key = "sk-other"
    with pytest.raises(ModelError, match="the key was refused") as error:
        api.upload("a.jsonl", b"{}\n")
    api.close()
    shown = "".join(traceback.format_exception(error.value)) + error.value.fix
    assert "sk-hidden-one" not in shown.replace('"sk-hidden-one"', "")
    assert model_server.requests[0].headers["authorization"] == "Bearer sk-hidden-one"
    told = api.reply(
        ASKED, said(content='{"said": "x", "sk-hidden-one": "sk-hidden-one"}') | {"model": "sk-hidden-one"}
    )
    assert (told.data, told.model) == ({"said": "x", "[key]": "[key]"}, "[key]")


@pytest.fixture
def keyed(model_server):
    where = Endpoint("openai", MODEL, model_server.url, Key("OPENAI_API_KEY", "environment", "sk-hidden-one"))
    made = OpenAIBatches(where, lambda: Way(Step.SCHEMA, True), tries=1, environment={})
    yield made
    made.close()


def test_a_key_as_the_code_of_an_error_is_not_told(keyed, model_server):
    model_server.instead = lambda method, path: does.Status(400, "no", code="sk-hidden-one")
    with pytest.raises(ModelError, match=r"did not take this \(status 400\)"):
        keyed.upload("a.jsonl", b"{}\n")


def test_a_key_in_a_file_of_answers_is_taken_out(keyed, model_server):
    line = b'{"custom_id": "k", "error": {"code": "sk-hidden-one"}}\n'
    (outcome,) = map(outcome_of, keyed.lines(keyed.upload("a.jsonl", line)))
    assert (outcome.failure, outcome.detail) == (Failure.SERVER, "")


def test_a_key_in_what_a_batch_is_said_to_be_is_not_kept(keyed):
    told = {"id": "b", "status": "failed", "input_file_id": "f", "endpoint": "/v1/chat/completions",
            "completion_window": "24h", "created_at": 1, "object": "batch", "output_file_id": "sk-hidden-one",
            "errors": {"data": [{"code": "sk-hidden-one", "line": 3}]}}  # fmt: skip
    key = Key("OPENAI_API_KEY", "environment", "sk-hidden-one")
    remote = remote_of(openai.types.Batch.model_validate(told), key)
    assert (remote.faults, remote.output_file) == (("an error without a code in line 3",), "[key]")
    with pytest.raises(TypeError):
        remote_of(openai.types.Batch.model_validate(told | {"id": "sk-hidden-one"}), key)


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_server_without_the_api(api, model_server, status):
    model_server.instead = lambda method, path: does.Status(status)
    with pytest.raises(ModelError, match=f"has no Batch API \\(status {status}\\)") as error:
        api.upload("a.jsonl", b"{}\n")
    assert not isinstance(error.value, ServerAway)


def test_a_server_that_hangs_is_away(api, model_server):
    model_server.instead = lambda method, path: does.Hang()
    with pytest.raises(ServerAway, match=r"No answer from 127\.0\.0\.1"):
        api.look("batch_1")
    model_server.closing.set()


def test_a_server_that_is_not_there_is_away():
    where = endpoint(f"openai:{MODEL}", {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1"})
    api = OpenAIBatches(where, lambda: Way(Step.SCHEMA, True), tries=1, environment={})
    with pytest.raises(ServerAway, match=r"No connection to 127\.0\.0\.1:9"):
        api.find(batch())


def test_files_and_batches_that_are_gone_are_none_and_deleting_them_is_no_fault(api):
    assert api.look("batch_9") is None
    assert api.lines("file-9") is None
    api.delete("file-9")


def test_cancelling_what_has_ended_tells_how_it_stands(api, model_server):
    model_server.batches.steps = ["validating", "completed"]
    made = api.submit(api.upload("a.jsonl", api.line(ASKED)), "own1")
    assert api.look(made.id).status == "completed"
    assert api.cancel(made.id).status == "completed"


def test_a_connection_that_breaks_off_is_away(api, monkeypatch):
    def broken(*args, **kwargs):
        raise httpx2.ReadError("gone")

    monkeypatch.setattr(openai.resources.files.Files, "content", broken)
    with pytest.raises(ServerAway, match="broke off"):
        api.lines("file-1")


def test_nothing_is_followed_elsewhere(api, model_server):
    elsewhere = does.Status(302, headers={"Location": "http://127.0.0.1:9/v1/batches"})
    model_server.instead = lambda method, path: elsewhere
    with pytest.raises(ModelError, match="status 302"):
        api.find(batch())


def test_a_batch_is_found_by_its_mark_or_where_marks_are_dropped_by_its_file(api, model_server):
    file_id = api.upload("a.jsonl", api.line(ASKED))
    assert api.find(batch(file_id=file_id)) is None
    made = api.submit(file_id, "own1")
    assert api.find(batch()).id == made.id
    model_server.batches.batches[made.id]["metadata"] = None
    assert api.find(batch()) is None
    assert api.find(batch(file_id=file_id)).id == made.id


def test_the_way_is_found_out_once(model_server):
    asked = []
    where = endpoint(f"openai:{MODEL}", {"OPENAI_BASE_URL": model_server.url})
    api = OpenAIBatches(where, lambda: asked.append(1) or Way(Step.TEXT, False), environment={})
    api.ready()
    assert json.loads(api.line(ASKED))["body"]["model"] == MODEL
    assert asked == [1]
    api.close()
