"""Which model, where, with which key: told without a network, and without ever showing a key."""

import sys
import types

import pytest

from notesense.adapters.llm.endpoint import OPENAI_URL, endpoint
from notesense.adapters.llm.keys import Key, find_key, from_keyring, secrets
from notesense.errors import ModelError

HERE = {"OPENAI_BASE_URL": "http://127.0.0.1:11434/v1"}
KEY = "sk-secret-key-of-the-test"


def nothing(variable):
    return None


@pytest.mark.parametrize(
    ("name", "provider", "model"),
    [("openai:gpt-x", "openai", "gpt-x"), ("openai:llama3.2:3b", "openai", "llama3.2:3b"),
     (" OpenAI : m ", "openai", "m"), ("google-genai:g", "google_genai", "g"),
     ("openai:accounts/a/m", "openai", "accounts/a/m")],
)  # fmt: skip
def test_a_name_is_a_provider_and_a_model(name, provider, model):
    found = endpoint(name, HERE | {"GOOGLE_API_KEY": KEY}, nothing)
    assert (found.provider, found.model, found.name) == (provider, model, f"{provider}:{model}")


@pytest.mark.parametrize("name", ["", "gpt-x", ":gpt-x", "openai:", "openai:a b", "openai:a\nb", "openai:a\x1b[31m"])
def test_a_name_without_one_of_them_is_told(name):
    with pytest.raises(ModelError, match="does not name a provider and a model") as told:
        endpoint(name, HERE, nothing)
    assert "PROVIDER:MODEL" in told.value.fix


GIVEN = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    "name", [KEY, GIVEN, f"openai:{KEY}", f"openai:{GIVEN}", "sk-proj-1234567890ab", "my-own-key-7"]
)
def test_a_key_in_the_place_of_the_model_is_not_shown(name):
    with pytest.raises(ModelError, match="What was given as the model") as told:
        endpoint(name, HERE | {"OTHER_API_KEY": "my-own-key-7"}, nothing)
    assert name.removeprefix("openai:") not in told.value.message + told.value.fix


@pytest.mark.parametrize("name", ["claude-haiku-4-5-20251001", "gpt-4o-mini-2024-07-18", "Llama-3.1-8B-Instruct"])
def test_models_are_no_keys(name):
    assert endpoint("ollama:m", {"OPENAI_API_KEY": "ollama"}, nothing).name == "ollama:m"
    assert endpoint(f"openai:{name}", HERE, nothing).model == name


@pytest.mark.parametrize(
    ("name", "environment", "server", "host", "open_wire"),
    [
        ("anthropic:c", {"ANTHROPIC_BASE_URL": "http://8.8.8.8:9"}, "http://8.8.8.8:9", "8.8.8.8:9", True),
        ("anthropic:c", {"ANTHROPIC_API_URL": "http://10.0.0.5:9", "ANTHROPIC_BASE_URL": "http://8.8.8.8"},
         "http://10.0.0.5:9", "10.0.0.5:9", False),
        ("anthropic:c", {}, "anthropic", "the servers of anthropic", False),
        ("azure_openai:d", {"AZURE_OPENAI_ENDPOINT": "https://a.openai.azure.com/"}, "https://a.openai.azure.com",
         "a.openai.azure.com", False),
        ("ollama:l", {}, "http://127.0.0.1:11434", "127.0.0.1:11434", False),
        ("ollama:l", {"OLLAMA_HOST": "gpu.example.com"}, "http://gpu.example.com:11434", "gpu.example.com:11434", True),
        ("ollama:l", {"OLLAMA_HOST": "gpu:8000"}, "http://gpu:8000", "gpu:8000", False),

        ("ollama:l", {"OLLAMA_HOST": ":8000"}, "http://127.0.0.1:8000", "127.0.0.1:8000", False),
        ("ollama:l", {"OLLAMA_HOST": "[::1]:8000"}, "http://[::1]:8000", "[::1]:8000", False),
        ("ollama:l", {"OLLAMA_HOST": "8.8.8.8"}, "http://8.8.8.8:11434", "8.8.8.8:11434", True),
        ("ollama:l", {"OLLAMA_HOST": "https://me:secret@gpu.example.com"}, "https://gpu.example.com", "gpu.example.com",
         False),
    ],
)  # fmt: skip
def test_other_providers_too_may_be_at_another_address(name, environment, server, host, open_wire):
    keys = {"ANTHROPIC_API_KEY": "a-key-of-no-use", "AZURE_OPENAI_API_KEY": "a-key-of-no-use"}
    found = endpoint(name, keys | environment, nothing)
    assert (found.server, found.host, found.open_wire) == (server, host, open_wire)


def test_an_address_of_another_provider_that_is_none_is_told():
    environment = {"ANTHROPIC_API_KEY": "a-key-of-no-use", "ANTHROPIC_BASE_URL": "10.0.0.5"}
    with pytest.raises(ModelError, match=r'ANTHROPIC_BASE_URL holds no address of a server \("10\.0\.0\.5"\)'):
        endpoint("anthropic:c", environment, nothing)


def test_a_private_address_of_another_provider_spares_no_key():
    with pytest.raises(ModelError, match="no key for anthropic"):
        endpoint("anthropic:c", {"ANTHROPIC_BASE_URL": "http://10.0.0.5"}, nothing)


@pytest.mark.parametrize(
    ("url", "host", "private"),
    [
        ("http://127.0.0.1:11434/v1", "127.0.0.1:11434", True),
        ("http://localhost:8000/v1", "localhost:8000", True),
        ("http://[::1]:8000/v1", "[::1]:8000", True),
        ("http://192.168.3.4/v1", "192.168.3.4", True),
        ("http://10.0.0.4/v1", "10.0.0.4", True),
        ("http://ollama:11434/v1", "ollama:11434", True),
        ("http://box.local/v1", "box.local", True),
        ("https://api.example.com/v1/", "api.example.com", False),
        ("https://8.8.8.8/v1", "8.8.8.8", False),
        ("https://localhost.example.com/v1", "localhost.example.com", False),
    ],
)
def test_a_server_on_this_machine_or_in_its_network_needs_no_key(url, host, private):
    environment = {"OPENAI_BASE_URL": url}
    if not private:
        with pytest.raises(ModelError, match="no key for openai"):
            endpoint("openai:m", environment, nothing)
        environment["OPENAI_API_KEY"] = KEY
    found = endpoint("openai:m", environment, nothing)
    assert (found.host, found.private, found.server) == (host, private, url.rstrip("/"))
    assert found.key_told == ("no key needed" if private else "key OPENAI_API_KEY from the environment")


def test_without_an_address_it_is_openais():
    found = endpoint("openai:m", {"OPENAI_API_KEY": KEY}, nothing)
    assert (found.url, found.host, found.open_wire) == (OPENAI_URL, "api.openai.com", False)


def test_other_providers_keep_their_own_address():
    found = endpoint("anthropic:c", {"ANTHROPIC_API_KEY": KEY} | HERE, nothing)
    assert (found.url, found.server, found.host) == (None, "anthropic", "the servers of anthropic")
    assert endpoint("ollama:m", {}, nothing).key_told == "no key needed"


@pytest.mark.parametrize(
    "url", ["localhost:11434/v1", "ftp://a/b", "http://", "http://a:99999999/v1", "/v1", "http://["]
)
def test_what_is_no_address_is_told(url):
    with pytest.raises(ModelError, match="OPENAI_BASE_URL holds no address") as told:
        endpoint("openai:m", {"OPENAI_BASE_URL": url}, nothing)
    assert url in told.value.message


def test_what_logs_a_person_in_is_not_shown():
    with pytest.raises(ModelError) as told:
        endpoint("openai:m", {"OPENAI_BASE_URL": "me:pass@host"}, nothing)
    assert "pass" not in told.value.message
    found = endpoint("openai:m", {"OPENAI_BASE_URL": "http://me:pass@127.0.0.1:1/v1?token=t"}, nothing)
    assert (found.host, found.server) == ("127.0.0.1:1", "http://127.0.0.1:1/v1")


def test_words_that_go_unencrypted_over_a_strange_network_are_known():
    assert endpoint("openai:m", {"OPENAI_BASE_URL": "http://a.example/v1", "OPENAI_API_KEY": KEY}).open_wire
    assert not endpoint("openai:m", HERE).open_wire


def test_the_environment_wins_over_the_keyring():
    ring = {"OPENAI_API_KEY": "sk-from-the-keyring"}.get
    assert find_key("OPENAI_API_KEY", {"OPENAI_API_KEY": KEY}, ring) == Key("OPENAI_API_KEY", "environment", KEY)
    found = find_key("OPENAI_API_KEY", {"OPENAI_API_KEY": "  "}, ring)
    assert (found.source, found.value) == ("keyring", "sk-from-the-keyring")
    assert find_key("OTHER", {}, ring) is None


def test_the_key_is_in_nothing_that_is_shown():
    found = endpoint("openai:m", {"OPENAI_API_KEY": KEY}, nothing)
    assert KEY not in f"{found!r} {found} {found.key!r} {found.key_told}"


@pytest.mark.parametrize("key", [f"{KEY} x", f"{KEY}\nx", f"“{KEY}”", f"{KEY}\x00"])
def test_a_key_that_cannot_be_sent_is_told_but_not_shown(key):
    with pytest.raises(ModelError, match=r"OPENAI_API_KEY \(environment\) holds spaces or letters") as told:
        find_key("OPENAI_API_KEY", {"OPENAI_API_KEY": key}, nothing)
    assert KEY not in f"{told.value!r} {told.value.message} {told.value.fix}"


def test_the_keyring_is_asked_for_the_service_and_the_variable(monkeypatch):
    asked = []
    ring = types.SimpleNamespace(get_password=lambda service, name: asked.append((service, name)) or KEY)
    monkeypatch.setitem(sys.modules, "keyring", ring)
    assert from_keyring("OPENAI_API_KEY") == KEY
    assert asked == [("notesense", "OPENAI_API_KEY")]


def test_without_a_usable_keyring_there_is_no_key(monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert from_keyring("OPENAI_API_KEY") is None

    def locked(service, name):
        raise RuntimeError(f"{KEY} is locked")

    monkeypatch.setitem(sys.modules, "keyring", types.SimpleNamespace(get_password=locked))
    assert from_keyring("OPENAI_API_KEY") is None


def test_all_that_is_called_like_a_key_is_hidden():
    environment = {"A_API_KEY": "abcdefgh", "MY_TOKEN": "ijklmnop", "PATH": "/usr/bin:/bin", "SHORT_KEY": "x"}
    assert set(secrets(environment, Key("B", "keyring", KEY))) == {"abcdefgh", "ijklmnop", KEY}
