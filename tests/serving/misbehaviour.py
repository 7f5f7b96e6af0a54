"""What a server may do besides answering. All texts are test data."""

from dataclasses import dataclass, field
from typing import Any

SERVER_SAYS = "This text comes from the test server."


class Misbehaviour:
    """Something other than a JSON value as the answer to a chat request."""


@dataclass(frozen=True)
class Status(Misbehaviour):
    """An error with the body that OpenAI gives it. `body` takes the place of that body."""

    status: int
    message: str = SERVER_SAYS
    type: str = "invalid_request_error"
    code: str | None = None
    param: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None

    def as_body(self) -> Any:
        error = {"message": self.message, "type": self.type, "param": self.param, "code": self.code}
        return {"error": error} if self.body is None else self.body


@dataclass(frozen=True)
class Reset(Misbehaviour):
    """The connection is reset before any answer."""


@dataclass(frozen=True)
class Hang(Misbehaviour):
    """No answer until the server closes, or the client leaves."""


@dataclass(frozen=True)
class Drip(Misbehaviour):
    """An answer of one byte every few milliseconds that never ends by itself."""


@dataclass(frozen=True)
class HalfBody(Misbehaviour):
    """The connection closes in the middle of the answer."""


@dataclass(frozen=True)
class CutOff(Misbehaviour):
    """The answer stops in the middle: `finish_reason` is `length`."""

    text: str = '{"signals": [{"kind": "pra'


@dataclass(frozen=True)
class Filtered(Misbehaviour):
    """The provider's filter stopped the answer: `finish_reason` is `content_filter`."""


@dataclass(frozen=True)
class Declined(Misbehaviour):
    """The model declines, in the field that OpenAI has for it."""

    text: str = "I'm sorry, I can't assist with that request."


@dataclass(frozen=True)
class Said(Misbehaviour):
    """The message holds exactly this text, whatever form was asked for; no tool is called. None: no text at all."""

    text: str | None


@dataclass(frozen=True)
class Raw(Misbehaviour):
    """These bytes are the whole answer."""

    body: bytes
    content_type: str = "application/json"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


NO_CHOICES = Raw(b'{"id": "x", "object": "chat.completion", "created": 1, "model": "test-model", "choices": []}')
INVALID_UTF8 = Raw(b'{"id": "x", "object": "chat.completion", "choices": [{"message": {"content": "\xff\xfe\xfa"}}]}')


def huge(megabytes: int) -> Raw:
    """Return an answer whose message is that long."""
    text = b"x" * (megabytes * 1024 * 1024)
    return Raw(
        b'{"id": "x", "object": "chat.completion", "created": 1, "model": "test-model", "choices": [{"index": 0, '
        b'"finish_reason": "stop", "message": {"role": "assistant", "content": "{\\"text\\": \\"' + text + b'\\"}"}}]}'
    )


def refused_key(key: str = "") -> Status:
    """As OpenAI answers a wrong key, part of which it repeats."""
    return Status(
        401,
        f"Incorrect API key provided: {key}. You can find your API key at https://platform.openai.com/account/api-keys.",
        code="invalid_api_key",
    )


def forbidden() -> Status:
    return Status(403, "Country, region, or territory not supported", "request_forbidden", "unsupported_country")


def no_such_model(name: str = "test-model") -> Status:
    return Status(404, f"The model `{name}` does not exist or you do not have access to it.", code="model_not_found")


def unknown_format(kind: str = "json_schema") -> Status:
    return Status(
        400,
        f"Invalid parameter: 'response_format' of type '{kind}' is not supported with this model.",
        param="response_format",
    )


def unknown_tools() -> Status:
    return Status(400, "tools is not supported in this model.", param="tools")


def unknown_temperature() -> Status:
    message = "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) is supported."
    return Status(400, message, code="unsupported_value", param="temperature")


def busy(retry_after: str | float | None = None) -> Status:
    """429; `retry_after` is in seconds or an HTTP date."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Status(429, "Rate limit reached for requests", "requests", "rate_limit_exceeded", headers=headers)


def no_credit() -> Status:
    """429 that no waiting mends."""
    return Status(429, "You exceeded your current quota.", "insufficient_quota", "insufficient_quota")


def broken(status: int = 500, retry_after: str | float | None = None) -> Status:
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Status(status, "The server had an error while processing your request.", "server_error", headers=headers)


def too_long() -> Status:
    message = "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens."
    return Status(400, message, code="context_length_exceeded", param="messages")
