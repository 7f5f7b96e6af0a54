"""The lines of a batch's files: what is asked, what comes back, and what is none of it."""

import datetime
import json

import pytest

from notesense.core.batches import Batch, File, Outcome, Remote, Terms, code_of, line_of, outcome_of
from notesense.core.requests import Failure
from notesense.core.signal import Usage

TOO_LONG = Failure.TOO_LONG


def row(**told):
    return json.dumps({"custom_id": "k", "response": None, "error": None} | told).encode()


def answered(status, body):
    return row(response={"status_code": status, "body": body})


def test_a_line_is_one_line_of_ascii():
    line = line_of("k", {"model": "m", "messages": [{"role": "user", "content": "Grüße\u2028\nund mehr"}]})
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    asked = json.loads(line.decode("ascii"))
    assert (asked["custom_id"], asked["method"], asked["url"]) == ("k", "POST", "/v1/chat/completions")
    assert asked["body"]["messages"][0]["content"] == "Grüße\u2028\nund mehr"


def test_a_file_knows_its_limits():
    file = File(requests=2, size=10)
    assert len(file) == 0
    assert file.takes(b"1234567890")
    assert not file.takes(b"12345678901")
    file.add("a", b"12345\n")
    assert "a" in file
    assert "b" not in file
    assert not file.takes(b"12345")
    assert file.takes(b"1234")
    file.add("b", b"123\n")
    assert not file.takes(b"")
    assert file.content == b"12345\n123\n"


def test_an_answer_comes_with_its_tokens():
    used = {"prompt_tokens": 9, "completion_tokens": 4, "prompt_tokens_details": {"cached_tokens": 5}}
    outcome = outcome_of(answered(200, {"usage": used}))
    assert (outcome.key, outcome.failure) == ("k", None)
    assert outcome.tokens == Usage(input_tokens=9, output_tokens=4, cached_tokens=5)


@pytest.mark.parametrize(
    "body",
    [None, {}, {"usage": 3}, {"usage": {"prompt_tokens": -1, "completion_tokens": "9", "prompt_tokens_details": True}}],
)
def test_tokens_that_nobody_counted_are_none(body):
    assert Outcome(key="k", body=body).tokens == Usage()


@pytest.mark.parametrize(
    ("line", "failure", "detail"),
    [
        (
            answered(400, {"error": {"code": "context_length_exceeded"}}),
            Failure.TOO_LONG,
            "400 context_length_exceeded",
        ),
        (answered(400, {"error": {"message": "secret words"}}), Failure.BAD_REQUEST, "400"),
        (answered(401, {"error": "x"}), Failure.KEY, "401"),
        (answered(403, None), Failure.FORBIDDEN, "403"),
        (answered(404, {"error": {"code": "model_not_found"}}), Failure.NO_MODEL, "404 model_not_found"),
        (answered(429, {}), Failure.BUSY, "429"),
        (answered(500, {"error": {"code": "two words"}}), Failure.SERVER, "500"),
        (answered(200, "no object"), Failure.BAD_REQUEST, "200"),
        (answered("200", {}), Failure.SERVER, ""),
        (row(error={"code": "batch_expired", "message": "m"}), Failure.TIMED_OUT, "batch_expired"),
        (row(error={"code": "batch_cancelled"}), Failure.NOT_SENT, "batch_cancelled"),
        (row(error=["x"]), Failure.SERVER, ""),
        (row(), Failure.SERVER, ""),
    ],
)
def test_a_failure_is_told_by_status_and_code_alone(line, failure, detail):
    outcome = outcome_of(line)
    assert (outcome.body, outcome.failure, outcome.detail) == (None, failure, detail)
    assert outcome.tokens == Usage()


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b'"k"', b"{}", b'{"custom_id": 3}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_answer_is_none(line):
    assert outcome_of(line) is None


@pytest.mark.parametrize(
    ("value", "code"), [("a.b-c_9", "a.b-c_9"), ("two words", ""), ("x" * 65, ""), (7, ""), (None, "")]
)
def test_codes_are_plain_words(value, code):
    assert code_of(value) == code


@pytest.mark.parametrize(
    ("status", "ended"),
    [("validating", False), ("in_progress", False), ("finalizing", False), ("cancelling", False)]
    + [(status, True) for status in ("completed", "failed", "expired", "cancelled")],
)
def test_when_a_batch_has_ended(status, ended):
    assert Remote(id="b", status=status).ended is ended


def test_a_file_is_called_after_its_batch():
    terms = Terms(model="openai:m", server="s", engine="llm")
    made = datetime.datetime(2026, 3, 5, tzinfo=datetime.UTC)
    assert Batch(id="abc", terms=terms, made=made).file_name == "notesense-abc.jsonl"
