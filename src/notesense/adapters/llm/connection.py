"""One request at a time to a model through LangChain. Importing this takes seconds: only where one is really asked.

Finished messages are handed over, never LangChain's templates. Its own retries, caches and streams are off, and so are
LangSmith's tracing and gateway, whatever the environment says: words go to the server that the user chose and to no
other, not even where that server sends us on.
"""

import contextlib
import os
import re
import threading
import warnings
import weakref
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2
import openai
from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_openai.chat_models.base import BaseChatOpenAI
from langsmith import tracing_context

from notesense.adapters.llm import steps
from notesense.adapters.llm.endpoint import OPENAI, OPENAI_URL, PLACEHOLDER, Endpoint
from notesense.adapters.llm.keys import secrets
from notesense.adapters.llm.pace import Pace
from notesense.adapters.llm.receiving import UNPACKED, hooks
from notesense.adapters.llm.steps import Step
from notesense.adapters.llm.trouble import Unsupported
from notesense.core.requests import Message, Request
from notesense.core.signal import Usage
from notesense.core.tokens import count_of
from notesense.errors import ModelError

CONNECT_SECONDS = 10.0
LONGEST_NAME = 200
"""Characters of a model's name."""

_METHODS = {Step.SCHEMA: "json_schema", Step.TOOL: "function_calling", Step.JSON: "json_mode"}
_CUT_OFF = frozenset({"length", "max_tokens", "max_output_tokens", "model_length"})
_DECLINED = frozenset({"content_filter", "refusal", "safety", "recitation", "prohibited_content", "blocklist"})
_OLD_TRACING = ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER")
_HUSHED = (
    "This model does not support OpenAI's structured output|Invalid schema for OpenAI's structured output"
    "|Pydantic serializer warnings"
)
"""Warnings that would show what a server said, or tell what is dealt with here."""
_environment_lock = threading.Lock()


@dataclass(frozen=True)
class Said:
    """What a model said: text, or the arguments of the tool that it called. `cut_off`, `declined`: why it ended."""

    text: str
    arguments: Mapping[str, Any] | None = None
    cut_off: bool = False
    declined: bool = False
    usage: Usage = field(default_factory=Usage)
    model: str = ""


class Connection:
    """A model of LangChain's, ready to be asked; several threads may ask at a time.

    Raises ModelError where the provider is unknown, or its package or setup is missing.
    """

    def __init__(self, endpoint: Endpoint, pace: Pace, environment: Mapping[str, str]) -> None:
        self._endpoint = endpoint
        self._pace = pace
        self._environment = environment
        self._lock = threading.Lock()
        self._models: dict[bool, BaseChatModel] = {}
        self._client: httpx2.Client | None = None
        _refuse_old_tracing()
        warnings.filterwarnings("ignore", message=_HUSHED)
        self.model(cool=True)

    def model(self, cool: bool) -> BaseChatModel:
        """Return the model, at temperature 0 (`cool`) or at its own."""
        with self._lock:
            if cool not in self._models:
                self._models[cool] = self._made({"temperature": 0} if cool else {})
            return self._models[cool]

    def ask(self, request: Request, step: Step, cool: bool) -> Said:
        """Ask once. Raises whatever LangChain, the provider's package or the network does."""
        model = self.model(cool)
        sent = [_handed_over(message) for message in steps.messages(step, request)]
        with tracing_context(enabled=False):
            if isinstance(model, BaseChatOpenAI):
                try:
                    return _read(model.invoke(sent, **steps.parameters(step, request)))
                except (openai.LengthFinishReasonError, openai.ContentFilterFinishReasonError) as error:
                    return _ended(error)
            return _read(self._asked_elsewhere(model, sent, request, step))

    def close(self) -> None:
        """Close the connections to the server."""
        if self._client:
            self._client.close()

    def _asked_elsewhere(self, model: BaseChatModel, sent: Sequence[BaseMessage], request: Request, step: Step) -> Any:
        if step not in _METHODS:
            return model.invoke(list(sent))
        form = {"title": request.form_name, "description": request.form_name, **request.form}
        try:
            chain = model.with_structured_output(form, method=_METHODS[step], include_raw=True)
        except (ValueError, TypeError, NotImplementedError):
            raise Unsupported from None
        answer = chain.invoke(list(sent))
        return answer["raw"] if isinstance(answer, dict) else answer

    def _made(self, more: Mapping[str, Any]) -> BaseChatModel:
        given: dict[str, Any] = {"max_retries": 0, "timeout": self._pace.timeout, "cache": False, **more}
        key = self._endpoint.key
        if self._endpoint.provider == OPENAI:
            given |= {"api_key": key.value if key else PLACEHOLDER} | self._openai()
        elif key and key.source == "keyring":
            given["api_key"] = key.value
        try:
            with _no_gateway(self._endpoint.provider):
                made: BaseChatModel = init_chat_model(
                    self._endpoint.model, model_provider=self._endpoint.provider, **given
                )
                return made
        except ImportError as error:
            raise _no_package(self._endpoint.provider, error) from None
        except Exception as error:
            raise _not_set_up(self._endpoint, error, secrets(self._environment, key)) from None

    def _openai(self) -> dict[str, Any]:
        """Return what makes LangChain talk to this address alone, over connections that we can close."""
        if self._client is None:
            private = self._endpoint.private
            self._client = httpx2.Client(
                timeout=httpx2.Timeout(self._pace.timeout, connect=min(CONNECT_SECONDS, self._pace.timeout)),
                limits=httpx2.Limits(max_connections=self._pace.concurrency + 1),
                follow_redirects=False,
                trust_env=not private,
                proxy=None if private else self._environment.get("OPENAI_PROXY") or None,
                headers=UNPACKED,
                event_hooks=hooks(self._pace.timeout),
            )
            weakref.finalize(self, self._client.close)
        own = self._endpoint.url != OPENAI_URL
        return {
            "base_url": self._endpoint.url,
            "http_client": self._client,
            "openai_proxy": None,
            "use_responses_api": False if own else None,
        }


def _handed_over(message: Message) -> BaseMessage:
    text = message.text.encode("utf-8", "replace").decode()
    return SystemMessage(text) if message.role == "system" else HumanMessage(text)


def _read(message: Any) -> Said:
    if not isinstance(message, AIMessage):
        raise TypeError("no message of a model")
    told, extra = message.response_metadata, message.additional_kwargs
    incomplete = told.get("incomplete_details") or {}
    ends = {str(told.get(name) or "").lower() for name in ("finish_reason", "stop_reason", "done_reason")}
    ends.add(str(incomplete.get("reason") or "").lower())
    broken = "".join(str(call.get("args") or "") for call in message.invalid_tool_calls[:1])
    return Said(
        text=str(message.text) or broken,
        arguments=message.tool_calls[0]["args"] if message.tool_calls else None,
        cut_off=bool(ends & _CUT_OFF),
        declined=bool(ends & _DECLINED or extra.get("refusal")),
        usage=_usage(message),
        model=_name(told.get("model_name") or told.get("model")),
    )


def _name(told: Any) -> str:
    """Return the model's name as the server tells it; empty for what is none."""
    return told[:LONGEST_NAME] if isinstance(told, str) and told.isprintable() else ""


def _usage(message: AIMessage) -> Usage:
    used = message.usage_metadata
    if not used:
        return Usage()
    details = used.get("input_token_details") or {}
    return Usage(
        input_tokens=count_of(used["input_tokens"]),
        output_tokens=count_of(used["output_tokens"]),
        cached_tokens=count_of(details.get("cache_read")),
    )


def _ended(error: openai.LengthFinishReasonError | openai.ContentFilterFinishReasonError) -> Said:
    """Return what the openai package turned into an error although it was answered, and paid for."""
    used = error.completion.usage if error.completion else None
    details = used.prompt_tokens_details if used else None
    return Said(
        text="",
        cut_off=isinstance(error, openai.LengthFinishReasonError),
        declined=isinstance(error, openai.ContentFilterFinishReasonError),
        usage=Usage(
            input_tokens=count_of(used.prompt_tokens) if used else 0,
            output_tokens=count_of(used.completion_tokens) if used else 0,
            cached_tokens=count_of(details.cached_tokens) if details else 0,
        ),
        model=_name(error.completion.model) if error.completion else "",
    )


@contextlib.contextmanager
def _no_gateway(provider: str) -> Iterator[None]:
    """Keep LangChain from reading LANGSMITH_GATEWAY, which would lead all requests over another company's servers."""
    names = [name for name in os.environ if name.startswith("LANGSMITH_GATEWAY") and provider != "langsmith"]
    with _environment_lock:
        taken = {name: os.environ.pop(name) for name in names}
        try:
            yield
        finally:
            os.environ.update(taken)


def _refuse_old_tracing() -> None:
    for name in _OLD_TRACING:
        if os.environ.get(name, "") not in ("", "0", "false", "False"):
            raise ModelError(f"LangChain does not work where {name} is set.", f"Unset it: unset {name}.")


def _no_package(provider: str, error: ImportError) -> ModelError:
    named = re.search(r"pip install [\"']?([\w.\-\[\]]+)", str(error))
    return ModelError(
        f"The package through which LangChain talks to {provider} is not installed.",
        f"pip install {named[1]}" if named else "See LangChain's list of integration packages.",
    )


def _not_set_up(endpoint: Endpoint, error: Exception, hidden: Sequence[str]) -> ModelError:
    if "Unsupported provider" in str(error):
        return ModelError(
            f'There is no provider called "{endpoint.provider}".',
            "Name one that LangChain knows: openai, anthropic, google_genai, mistralai, ollama, ...",
        )
    said = "; ".join(each["msg"] for each in error.errors()) if hasattr(error, "errors") else str(error)
    for secret in hidden:
        said = said.replace(secret, "[key]")
    said = " ".join(said.split())[:200] or type(error).__name__
    return ModelError(
        f"The model {endpoint.name} could not be set up: {said}",
        "LangChain's page on this provider tells what it needs in the environment.",
    )
