"""OpenAI's Batch API through the openai package: files of requests go up, files of answers come down within a day.

Importing the openai package takes a second: it is imported when a server is first asked. Nothing that a server writes
is told but its status and its codes. Beginning a batch is never tried twice by the package: that could pay twice.
"""

import io
import itertools
import os
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from notesense.adapters.llm import steps
from notesense.adapters.llm.endpoint import OPENAI, PLACEHOLDER, Endpoint
from notesense.adapters.llm.finding import object_in
from notesense.adapters.llm.keys import SAID_BACK, Key, without
from notesense.adapters.llm.steps import Step
from notesense.core.batches import ENDPOINT, Batch, Outcome, Remote, code_of, line_of
from notesense.core.forms import fits
from notesense.core.requests import Failure, Reply, Request
from notesense.core.signal import Usage
from notesense.core.tokens import count_of
from notesense.errors import ModelError, NotTaken, ServerAway

if TYPE_CHECKING:
    import openai

MARK = "notesense"
"""The name of the metadata under which a batch at the server holds our own id."""
LISTED = 1_000
"""So many of the newest batches at the server are looked through for one of ours."""
_LATER = frozenset({408, 409, 429})
_NONE = frozenset({404, 405, 501})
_OVER = ("failed", "cancelled", "cancelling")
_AGAIN = "Nothing is lost: run the command again later."


class Way(NamedTuple):
    """How the server takes requests: the step of structured output, and whether it takes temperature 0 (`cool`)."""

    step: Step
    cool: bool


def check(endpoint: Endpoint) -> None:
    """Raise ModelError for a model whose provider has no Batch API that we speak."""
    if endpoint.provider != OPENAI or endpoint.url is None:
        raise ModelError(
            f"Batches need OpenAI's Batch API, and {endpoint.name} has none.",
            "Choose a model of openai:, or leave out --batch: the notes are then read one by one.",
        )


class OpenAIBatches:
    """Port `BatchServer` on a server that speaks OpenAI's protocol. Raises ModelError for any other provider.

    `way` is called before the first request is written. `tries` are made of what can safely be repeated.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        way: Callable[[], Way],
        *,
        timeout: float = 120.0,
        tries: int = 3,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        check(endpoint)
        self._endpoint = endpoint
        self._find_way = way
        self._way: Way | None = None
        self._timeout = timeout
        self._tries = tries
        self._environment = environment
        self._opened: openai.OpenAI | None = None

    def ready(self) -> Way:
        """Return how the server takes requests, found out once. Raises ModelError where it does not answer."""
        self._way = self._way or self._find_way()
        return self._way

    def line(self, request: Request) -> bytes:
        """Return a request as a line of a batch's file."""
        return line_of(request.key, body_of(request, self._endpoint.model, self.ready()))

    def upload(self, name: str, content: bytes) -> str:
        """Hand over a file; return its id."""
        with self._asked():
            file = self._client.files.create(file=(name, content, "application/jsonl"), purpose="batch")
            return _text(file.id, self._endpoint.key)

    def submit(self, file_id: str, batch_id: str) -> Remote:
        """Begin a batch over an uploaded file, marked with our own id. Never tried twice by itself."""
        with self._asked():
            made = self._client.with_options(max_retries=0).batches.create(
                input_file_id=file_id, endpoint=ENDPOINT, completion_window="24h", metadata={MARK: batch_id}
            )
            return remote_of(made, self._endpoint.key)

    def find(self, batch: Batch) -> Remote | None:
        """Return the batch that is marked with our id, where the server has one; more than one are cancelled."""
        with self._asked():
            newest = itertools.islice(self._client.batches.list(limit=100), LISTED)
            found = [one for one in newest if _is_ours(one, batch)]
            found.sort(key=lambda one: one.status in _OVER)
            for one in found[1:]:
                with suppress(Exception):
                    self._client.batches.cancel(one.id)
            return remote_of(found[0], self._endpoint.key) if found else None

    def look(self, remote_id: str) -> Remote | None:
        """Return a batch as it is now, or None where the server has none of this id."""
        with self._asked():
            found = self._or_none(lambda client: client.batches.retrieve(remote_id))
            return None if found is None else remote_of(found, self._endpoint.key)

    def cancel(self, remote_id: str) -> Remote:
        """Begin to cancel a batch; one that has ended stays as it is."""
        import openai

        with self._asked():
            try:
                return remote_of(self._client.batches.cancel(remote_id), self._endpoint.key)
            except openai.ConflictError:
                return remote_of(self._client.batches.retrieve(remote_id), self._endpoint.key)

    def lines(self, file_id: str) -> Iterator[bytes] | None:
        """Return the lines of a file, or None where the server has none of this id."""
        with self._asked():
            there = self._or_none(lambda client: client.files.content(file_id))
            return None if there is None else io.BytesIO(self._safe(there.content))

    def delete(self, *file_ids: str) -> None:
        """Delete files; one that cannot be deleted is left to expire."""
        for file_id in file_ids:
            with suppress(ModelError), self._asked():
                self._client.files.delete(file_id)

    def reply(self, request: Request, body: Mapping[str, Any]) -> Reply:
        """Return what the body of a chat completion answers to this request."""
        usage = Outcome(key=request.key, body=dict(body)).tokens
        named, said = body.get("model"), _said(body)
        model = without(named, self._endpoint.key) if isinstance(named, str) else self._endpoint.name
        if said.data is not None and not fits(said.data, request.form):
            said = Reply(failure=Failure.FORMLESS, detail="another JSON object")
        data = None if said.data is None else without(said.data, self._endpoint.key)
        return said.model_copy(update={"data": data, "usage": usage, "model": model})

    def close(self) -> None:
        """Close the connections to the server."""
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()

    @property
    def _client(self) -> "openai.OpenAI":
        if self._opened is None:
            import httpx2
            import openai

            private, key = self._endpoint.private, self._endpoint.key
            proxy = None if private else self._environment.get("OPENAI_PROXY") or None
            client = httpx2.Client(timeout=self._timeout, follow_redirects=False, trust_env=not private, proxy=proxy)
            weakref.finalize(self, client.close)
            self._opened = openai.OpenAI(
                api_key=key.value if key else PLACEHOLDER,
                base_url=self._endpoint.url,
                http_client=client,
                max_retries=self._tries - 1,
            )
        return self._opened

    def _or_none(self, ask: "Callable[[openai.OpenAI], Any]") -> Any:
        import openai

        try:
            return ask(self._client)
        except openai.NotFoundError:
            return None

    def _safe(self, content: bytes) -> bytes:
        """Return a file without the key, should the server have written it there."""
        key = self._endpoint.key
        return content.replace(key.value.encode(), SAID_BACK.encode()) if key else content

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """Turn whatever goes wrong with the server into one of our errors, without its words."""
        import openai

        host = self._endpoint.host
        try:
            yield
        except ModelError:
            raise
        except openai.APITimeoutError:
            raise ServerAway(f"No answer from {host} in time.", _AGAIN) from None
        except openai.APIConnectionError:
            raise ServerAway(f"No connection to {host}.", _AGAIN) from None
        except openai.APIStatusError as error:
            raise self._status_error(error) from None
        except Exception as error:
            if _of_network(error):
                raise ServerAway(f"The connection to {host} broke off.", _AGAIN) from None
            raise ModelError(
                f"{host} answers in a way that is not OpenAI's Batch API.",
                "Look at the address of the server, or leave out --batch.",
            ) from None

    def _status_error(self, error: "openai.APIStatusError") -> ModelError:
        status, host = error.status_code, self._endpoint.host
        code = code_of(without(error.code, self._endpoint.key))
        told = ", ".join(part for part in (f"status {status}", code) if part)
        if status in _LATER or (status >= 500 and status not in _NONE):
            return ServerAway(f"{host} is too busy or failing just now ({told}).", _AGAIN)
        if status in (401, 403):
            failure = Failure.KEY if status == 401 else Failure.FORBIDDEN
            return NotTaken(f"{host}: {failure.value} ({told}).", f"Look at the key: {self._endpoint.key_told}.")
        if status in _NONE:
            return NotTaken(
                f"{host} has no Batch API ({told}).", "Leave out --batch: the notes are then read one by one."
            )
        return NotTaken(f"{host} did not take this ({told}).", "Run notesense doctor to see whether the model works.")


def body_of(request: Request, model: str, way: Way) -> dict[str, Any]:
    """Return the body of a chat request of OpenAI's protocol."""
    messages = [
        {"role": message.role, "content": message.text.encode("utf-8", "replace").decode()}
        for message in steps.messages(way.step, request)
    ]
    cool = {"temperature": 0.0} if way.cool else {}
    return {"model": model, "messages": messages, **cool, **steps.parameters(way.step, request)}


def remote_of(batch: Any, key: Key | None = None) -> Remote:
    """Return what a batch of the openai package tells, without this key."""
    counts, used = batch.request_counts, batch.usage
    faults = (batch.errors.data if batch.errors else None) or ()
    return Remote(
        id=_text(batch.id, key),
        status=_text(batch.status, key),
        total=count_of(counts.total) if counts else 0,
        done=count_of(counts.completed) if counts else 0,
        failed=count_of(counts.failed) if counts else 0,
        output_file=without(batch.output_file_id, key) or None,
        error_file=without(batch.error_file_id, key) or None,
        usage=Usage(
            input_tokens=count_of(used.input_tokens),
            output_tokens=count_of(used.output_tokens),
            cached_tokens=count_of(used.input_tokens_details.cached_tokens),
        )
        if used and used.total_tokens
        else None,
        faults=tuple(dict.fromkeys(_fault(fault, key) for fault in faults)),
    )


def _fault(fault: Any, key: Key | None) -> str:
    code = code_of(without(fault.code, key)) or "an error without a code"
    return f"{code} in line {fault.line}" if isinstance(fault.line, int) else code


def _text(value: Any, key: Key | None) -> str:
    """Return a server's id or state. Raises TypeError for what cannot be one."""
    if not isinstance(value, str) or not value or not value.isprintable() or len(value) > 200:
        raise TypeError("no id")
    if key and key.value in value:
        raise TypeError("a key")
    return value


def _is_ours(one: Any, batch: Batch) -> bool:
    marked = (one.metadata or {}).get(MARK)
    return bool(marked == batch.id or (marked is None and batch.file_id and one.input_file_id == batch.file_id))


def _said(body: Mapping[str, Any]) -> Reply:
    choices = body.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
    message = choice.get("message")
    told = message if isinstance(message, dict) else {}
    if told.get("refusal") or choice.get("finish_reason") == "content_filter":
        return Reply(failure=Failure.DECLINED)
    if choice.get("finish_reason") == "length":
        return Reply(failure=Failure.CUT_OFF)
    text = _arguments(told) or told.get("content")
    found = object_in(text) if isinstance(text, str) else None
    return Reply(failure=Failure.FORMLESS, detail="no JSON object") if found is None else Reply(data=found)


def _arguments(message: Mapping[str, Any]) -> object:
    """Return the arguments of the tool that was called, where one was."""
    calls = message.get("tool_calls")
    call = calls[0] if isinstance(calls, list) and calls else None
    function = call.get("function") if isinstance(call, dict) else None
    return function.get("arguments") if isinstance(function, dict) else None


def _of_network(error: Exception) -> bool:
    import httpx2

    return isinstance(error, httpx2.TransportError | OSError)
