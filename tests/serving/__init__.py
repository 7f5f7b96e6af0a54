"""A real HTTP server on loopback that speaks the OpenAI protocol, for tests and benchmarks. Its answers are test data.

The fixture `model_server` (tests/conftest.py) gives a running one:

    def test_something(model_server, monkeypatch):
        model_server.answer = lambda body: {"signals": []}      # a JSON value, or a Misbehaviour
        monkeypatch.setenv("OPENAI_BASE_URL", model_server.url)  # http://127.0.0.1:PORT/v1
        monkeypatch.setenv("NOTESENSE_MODEL", "openai:test-model")
        ...
        assert len(model_server.chats) == 1                      # the parsed bodies of chat requests
        assert "json_schema" in str(model_server.chats[0]["response_format"])

`answer` is called with the parsed body of each chat request, in the thread of that request, so several at a time.
`in_turn(a, b, c)` makes one that gives these, one after another, and then the last again. `text_of(body)` is all that
was asked, in one string. What it returns is put on the wire as the request wants it: as the message, or as the
arguments of a tool call. What else it may return stands in `serving.misbehaviour`: `refused_key()`, `forbidden()`,
`no_such_model()`, `unknown_format()`, `busy(retry_after=2)`, `broken(502)`, `too_long()`, `Reset()`, `Hang()`,
`Drip()`, `HalfBody()`, `CutOff(...)`, `Declined()`, `Said("prose {...} prose")`, `Raw(b"...")`, `NO_CHOICES`,
`INVALID_UTF8`,
`huge(megabytes)`.

Attributes of `ModelServer`, all settable at any time:
- `supports`: which of "json_schema", "tools", "json_object", "temperature" it takes; a 400 of OpenAI's form for others.
- `ignores`: which of them it takes and does nothing about, as small servers do (the answer comes as prose around JSON).
- `models`: the names it knows; 404 for others. `key`: the one accepted key; None takes any.
- `latency`: seconds before each chat answer. `cached_tokens`: how many prompt tokens it says it had cached.
- `requests` (method, path, headers, body, at), `chats`, `peak` (most chat requests at one time), `faults` (what the
  answer function raised: the fixture fails the test for it).
- `instead`: called with method and path of every other request (files, batches, models); a Misbehaviour that it returns
  happens in the place of the answer.
- `batches.steps`: the states of a batch; each `retrieve` goes one further and the last one stays (see `batches`).

Like OpenAI it refuses schemas that break the rules of `strict`, and JSON mode without the word "json" in a message.
Benchmarks import it as `tests.serving.server`.
"""
