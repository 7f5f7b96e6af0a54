"""Setting a model up through LangChain: what is missing is told; other providers' packages are asked their own way."""

import sys
import types
from typing import Any

import pytest
from langchain.chat_models.base import _get_chat_model_creator
from langchain_core.exceptions import ModelAuthenticationError
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import RunnableLambda

from fakes import FakeRecords
from notesense.adapters.llm.chat import ChatModel
from notesense.adapters.llm.endpoint import Endpoint, endpoint
from notesense.adapters.llm.keys import Key
from notesense.adapters.llm.pace import Pace
from notesense.core.requests import Failure, Message, Request
from notesense.errors import ModelError

FORM = {"type": "object", "properties": {"found": {"type": "string"}}}
REQUEST = Request(task="t.v1", messages=(Message(role="user", text="Read."),), form=FORM, form_name="found")
KEY = "sk-secret-key-of-the-test"


def answered(where, environment=None, records=None):
    model = ChatModel(where, records or FakeRecords(), Pace(concurrency=1), environment=environment or {})
    try:
        return next(model.answer([REQUEST]))
    finally:
        model.close()


def test_a_package_that_is_missing_is_named():
    with pytest.raises(ModelError, match="LangChain talks to anthropic is not installed") as told:
        answered(endpoint("anthropic:c", {"ANTHROPIC_API_KEY": KEY}))
    assert told.value.fix == "pip install langchain-anthropic"


def test_a_provider_that_nobody_knows_is_told():
    with pytest.raises(ModelError, match='no provider called "nobody"'):
        answered(endpoint("nobody:m", {}))


def test_a_setup_that_lacks_something_is_told_without_the_key():
    environment = {"AZURE_OPENAI_API_KEY": KEY}
    with pytest.raises(ModelError, match="azure_openai:m could not be set up") as told:
        answered(endpoint("azure_openai:m", environment), environment)
    assert KEY not in told.value.message


class Other(BaseChatModel):
    """A model of another provider's package, for these tests: it knows two ways to ask for a form."""

    model: str
    api_key: str = ""
    says: Any = None
    asked: Any = None

    @property
    def _llm_type(self) -> str:
        return "other"

    def _generate(self, messages, stop=None, run_manager=None, **given):
        if isinstance(self.says, Exception):
            raise self.says
        self.asked.append((given.get("way"), messages[0].content))
        return ChatResult(generations=[ChatGeneration(message=self.says)])

    def with_structured_output(self, schema, *, include_raw=False, method="function_calling", **given):
        if method not in ("function_calling", "json_mode"):
            raise ValueError(f"Unknown method {method}")
        assert (schema["title"], include_raw) == ("found", True)
        bound = self.bind(way=method)
        return RunnableLambda(lambda messages: {"raw": bound.invoke(messages), "parsed": None, "parsing_error": None})


@pytest.fixture
def other(monkeypatch):
    """Puts the package in the place of one that is not installed, and says what it answers."""
    made = []

    def make(says):
        def chat(**given):
            made.append(Other(**given, says=says, asked=[]))
            return made[-1]

        monkeypatch.setitem(sys.modules, "langchain_groq", types.SimpleNamespace(ChatGroq=chat))
        _get_chat_model_creator.cache_clear()
        return made

    yield make
    _get_chat_model_creator.cache_clear()


def said(**told):
    return AIMessage(**({"content": '{"found": "x"}'} | told))


def groq(source="environment"):
    return Endpoint("groq", "m", key=Key("GROQ_API_KEY", source, KEY))


def test_another_package_is_asked_its_own_way_and_the_way_is_remembered(other):
    made = other(said(usage_metadata={"input_tokens": 3, "output_tokens": 2, "total_tokens": 5}))
    records = FakeRecords()
    reply = answered(groq(), records=records)
    assert (reply.data, reply.usage.input_tokens, reply.model) == ({"found": "x"}, 3, "groq:m")
    assert made[0].asked == [("function_calling", "Read.")]
    assert records.ability("groq", "m") == "tool_call"


def test_a_key_of_the_keyring_is_handed_over_and_one_of_the_environment_is_found_by_the_package(other):
    made = other(said())
    answered(groq("keyring"))
    answered(groq("environment"))
    assert [model.api_key for model in made] == [KEY, ""]


@pytest.mark.parametrize(
    ("says", "failure"),
    [
        (said(response_metadata={"stop_reason": "max_tokens"}), Failure.CUT_OFF),
        (said(response_metadata={"finish_reason": "MAX_TOKENS"}), Failure.CUT_OFF),
        (said(response_metadata={"incomplete_details": {"reason": "max_output_tokens"}}), Failure.CUT_OFF),
        (said(response_metadata={"stop_reason": "refusal"}), Failure.DECLINED),
        (said(response_metadata={"finish_reason": "SAFETY"}), Failure.DECLINED),
        (ModelAuthenticationError(f"wrong key {KEY}"), Failure.KEY),
        (ConnectionError(f"no route {KEY}"), Failure.NO_CONNECTION),
    ],
)
def test_other_providers_words_for_the_same_things(other, says, failure):
    other(says)
    records = FakeRecords()
    model = ChatModel(groq(), records, Pace(concurrency=1, attempts=1), environment={})
    reply = next(model.answer([REQUEST]))
    assert (reply.failure, KEY in reply.detail) == (failure, False)


def test_content_in_blocks_is_read(other):
    other(said(content=[{"type": "text", "text": '{"found": '}, {"type": "text", "text": '"x"}'}]))
    assert answered(groq()).data == {"found": "x"}
