"""The test server against the real openai client: what other tests rely on."""

import io
import json

import openai
import pytest

from serving import misbehaviour as does
from serving.server import MODEL, in_turn, text_of

ASKED = [{"role": "user", "content": "Answer in JSON, please."}]
STRICT = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}


@pytest.fixture
def client(model_server):
    with openai.OpenAI(base_url=model_server.url, api_key="sk-test", max_retries=0, timeout=5) as client:
        yield client


def chat(client, **given):
    return client.chat.completions.create(**({"model": MODEL, "messages": ASKED} | given))


def schema(form):
    return {"type": "json_schema", "json_schema": {"name": "found", "schema": form, "strict": True}}


def tools(form):
    tool = {"type": "function", "function": {"name": "found", "parameters": form}}
    return {"tools": [tool], "tool_choice": {"type": "function", "function": {"name": "found"}}}


def test_a_chat_is_answered_with_the_value_and_recorded(client, model_server):
    model_server.answer = lambda body: {"asked": text_of(body)}
    model_server.cached_tokens = 3
    given = chat(client)
    assert json.loads(given.choices[0].message.content) == {"asked": "Answer in JSON, please."}
    assert (given.usage.prompt_tokens, given.usage.prompt_tokens_details.cached_tokens) == (6, 3)
    assert model_server.chats == [{"model": MODEL, "messages": ASKED}]
    assert model_server.requests[0].headers["authorization"] == "Bearer sk-test"


def test_a_tool_is_called_with_the_value(client, model_server):
    model_server.answer = lambda body: {"a": "b"}
    call = chat(client, **tools(STRICT)).choices[0].message.tool_calls[0]
    assert (call.function.name, json.loads(call.function.arguments)) == ("found", {"a": "b"})


@pytest.mark.parametrize(
    ("supports", "asks", "says"),
    [
        (set(), {"response_format": schema(STRICT)}, "json_schema"),
        ({"json_schema"}, {"response_format": {"type": "json_object"}}, "json_object"),
        ({"json_schema"}, tools(STRICT), "tools"),
        (set(), {"temperature": 0}, "temperature"),
        ({"json_object"}, {"response_format": {"type": "json_object"}, "messages": [{"role": "user", "content": "?"}]},
         "word 'json'"),
        ({"json_schema"}, {"response_format": schema({"type": "object", "properties": {}})}, "additionalProperties"),
        ({"json_schema"}, {"response_format": schema(STRICT | {"required": []})}, "required"),
        ({"json_schema"}, {"response_format": schema(STRICT | {"default": {}})}, "default"),
    ],
)  # fmt: skip
def test_what_the_server_does_not_take_is_a_400_of_openais_form(client, model_server, supports, asks, says):
    model_server.supports = supports
    with pytest.raises(openai.BadRequestError, match=says):
        chat(client, **asks)


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (does.refused_key("sk-test"), openai.AuthenticationError),
        (does.forbidden(), openai.PermissionDeniedError),
        (does.no_such_model(), openai.NotFoundError),
        (does.busy(), openai.RateLimitError),
        (does.broken(502), openai.InternalServerError),
        (does.Reset(), openai.APIConnectionError),
        (does.HalfBody(), openai.APIConnectionError),
        (does.INVALID_UTF8, UnicodeDecodeError),
    ],
)
def test_misbehaviour_reaches_the_client(client, model_server, behaviour, error):
    model_server.answer = lambda body: behaviour
    with pytest.raises(error):
        chat(client)


def test_a_server_that_hangs_is_left_after_the_clients_own_limit(client, model_server):
    model_server.answer = lambda body: does.Hang()
    with pytest.raises(openai.APITimeoutError):
        chat(client.with_options(timeout=0.05))


@pytest.mark.parametrize(
    ("behaviour", "content", "reason"),
    [
        (does.Said("Hello"), "Hello", "stop"),
        (does.CutOff('{"a'), '{"a', "length"),
        (does.Declined("No."), None, "stop"),
        (does.Filtered(), "", "content_filter"),
    ],
)
def test_what_a_model_says_instead(client, model_server, behaviour, content, reason):
    model_server.answer = lambda body: behaviour
    choice = chat(client).choices[0]
    assert (choice.message.content, choice.finish_reason) == (content, reason)


def test_answers_in_turn_and_the_last_again(client, model_server):
    model_server.answer = in_turn(1, 2)
    assert [chat(client).choices[0].message.content for _ in range(3)] == ["1", "2", "2"]


def test_a_format_can_be_taken_and_ignored(client, model_server):
    model_server.ignores = {"json_schema"}
    text = chat(client, response_format=schema(STRICT)).choices[0].message.content
    assert text.startswith("Sure!")
    assert "```json\n{}\n```" in text


def test_one_key_may_be_required(client, model_server):
    model_server.key = "sk-other"
    with pytest.raises(openai.AuthenticationError, match="sk-test"):
        client.models.list()


def test_models_and_embeddings(client, model_server):
    assert [model.id for model in client.models.list()] == [MODEL]
    in_base64 = client.embeddings.create(model="e", input=["a", "b"]).data
    as_numbers = client.embeddings.create(model="e", input=["a", "b"], encoding_format="float").data
    for one, other in zip(in_base64, as_numbers, strict=True):
        assert one.embedding == pytest.approx(other.embedding)


def submitted(client, *lines):
    content = "\n".join(lines).encode()
    file = client.files.create(file=("requests.jsonl", io.BytesIO(content)), purpose="batch")
    return client.batches.create(input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h")


def line(own_id, text="In JSON?", **body):
    body = {"model": MODEL, "messages": [{"role": "user", "content": text}]} | body
    return json.dumps({"custom_id": own_id, "method": "POST", "url": "/v1/chat/completions", "body": body})


def rows(client, file_id):
    return {row["custom_id"]: row for row in map(json.loads, client.files.content(file_id).text.splitlines())}


def test_a_batch_goes_through_its_states_and_answers_each_request_or_tells_why_not(client, model_server):
    model_server.answer = lambda body: does.too_long() if "long" in text_of(body) else {"a": text_of(body)}
    batch = submitted(client, line("1"), line("2", "long"), line("3", "Grüße \u2028"))
    assert batch.status == "validating"
    states = [client.batches.retrieve(batch.id).status for _ in range(4)]
    assert states == ["in_progress", "finalizing", "completed", "completed"]
    done = client.batches.list().data[0]
    assert (done.request_counts.completed, done.request_counts.failed) == (2, 1)
    answered = rows(client, done.output_file_id)
    content = answered["3"]["response"]["body"]["choices"][0]["message"]["content"]
    assert json.loads(content) == {"a": "Grüße \u2028"}
    assert rows(client, done.error_file_id)["2"]["response"]["status_code"] == 400


def test_a_batch_that_expires_answers_only_some(client, model_server):
    model_server.batches.steps = ["in_progress", "expired"]
    model_server.batches.answered = 1
    batch = client.batches.retrieve(submitted(client, line("1"), line("2")).id)
    assert batch.status == "expired"
    assert list(rows(client, batch.output_file_id)) == ["1"]
    assert rows(client, batch.error_file_id)["2"]["error"]["code"] == "batch_expired"


def test_a_batch_can_be_cancelled(client, model_server):
    batch = submitted(client, line("1"))
    assert client.batches.cancel(batch.id).status == "cancelling"
    assert client.batches.retrieve(batch.id).status == "cancelled"
    with pytest.raises(openai.ConflictError):
        client.batches.cancel(batch.id)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["no json"], "invalid_json_line"),
        ([line("1"), line("1")], "duplicate_custom_id"),
        ([line("1"), line("2", model="other")], "mismatched_model"),
        ([""], "empty_file"),
    ],
)
def test_a_faulty_file_fails_the_batch(client, model_server, lines, code):
    batch = client.batches.retrieve(submitted(client, *lines).id)
    assert batch.status == "failed"
    assert [fault.code for fault in batch.errors.data] == [code]


def test_files_are_deleted_for_good(client, model_server):
    file = client.files.create(file=("a.jsonl", b"{}"), purpose="batch")
    assert client.files.delete(file.id).deleted
    with pytest.raises(openai.NotFoundError):
        client.files.retrieve(file.id)
