"""Which model is meant, on which server, with which key: told from a name and the environment, without a network."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from notesense.adapters.llm.keys import Key, Lookup, find_key, from_keyring, looks_secret
from notesense.errors import ModelError

OPENAI = "openai"
OPENAI_URL = "https://api.openai.com/v1"
PLACEHOLDER = "no-key"
"""Sent as the key to a server on this machine or in its own network where the user has none."""

OLLAMA = "ollama"
_USUAL_URLS = {OPENAI: OPENAI_URL, OLLAMA: "http://127.0.0.1:11434"}
_URL_VARIABLES = {
    "anthropic": ("ANTHROPIC_API_URL", "ANTHROPIC_BASE_URL"),
    "azure_openai": ("AZURE_OPENAI_ENDPOINT",),
    "cohere": ("CO_API_URL",),
    "deepseek": ("DEEPSEEK_API_BASE",),
    "fireworks": ("FIREWORKS_API_BASE",),
    "google_genai": ("GOOGLE_GEMINI_BASE_URL",),
    "groq": ("GROQ_API_BASE",),
    "mistralai": ("MISTRAL_BASE_URL",),
    "nvidia": ("NVIDIA_BASE_URL",),
    OLLAMA: ("OLLAMA_HOST",),
    OPENAI: ("OPENAI_BASE_URL", "OPENAI_API_BASE"),
    "openrouter": ("OPENROUTER_API_BASE",),
}
"""Where the packages for these providers look for another address than their own, the first one first."""
_KEY_VARIABLES = {
    "anthropic": "ANTHROPIC_API_KEY",
    "azure_openai": "AZURE_OPENAI_API_KEY",
    "cohere": "COHERE_API_KEY",
    "deepseek": "DEEPSEEK_API_KEY",
    "fireworks": "FIREWORKS_API_KEY",
    "google_genai": "GOOGLE_API_KEY",
    "groq": "GROQ_API_KEY",
    "mistralai": "MISTRAL_API_KEY",
    "nvidia": "NVIDIA_API_KEY",
    OPENAI: "OPENAI_API_KEY",
    "openrouter": "OPENROUTER_API_KEY",
    "perplexity": "PPLX_API_KEY",
    "together": "TOGETHER_API_KEY",
    "upstage": "UPSTAGE_API_KEY",
    "xai": "XAI_API_KEY",
}
_NAME_HELP = "Write it as PROVIDER:MODEL, such as openai:gpt-5-mini or anthropic:claude-haiku-4-5."


@dataclass(frozen=True)
class Endpoint:
    """A model and where it runs. `url` is None where only LangChain's package for the provider knows the address.

    `private` says that the server is this machine or stands in its own network. `server` names it for our records.
    """

    provider: str
    model: str
    url: str | None = None
    key: Key | None = None
    private: bool = False

    @property
    def name(self) -> str:
        """As the user writes it."""
        return f"{self.provider}:{self.model}"

    @property
    def server(self) -> str:
        """The address without what a person may have put into it to log in; the provider's name where there is none."""
        parts = urlsplit(self.url) if self.url else None
        return f"{parts.scheme}://{_place(parts)}{parts.path.rstrip('/')}" if parts else self.provider

    @property
    def host(self) -> str:
        """Where words go, for people: host and port, or whose servers they are."""
        return _place(urlsplit(self.url)) if self.url else f"the servers of {self.provider}"

    @property
    def open_wire(self) -> bool:
        """Whether words and key go unencrypted over a network that is not one's own."""
        return bool(self.url) and urlsplit(self.url).scheme == "http" and not self.private

    @property
    def key_told(self) -> str:
        """Where the key is from, for people; never the key."""
        if self.key:
            return f"key {self.key.variable} from the {self.key.source}"
        return "no key needed" if self.private else "no key of ours"


def endpoint(name: str, environment: Mapping[str, str], lookup: Lookup = from_keyring) -> Endpoint:
    """Return the endpoint that a name such as `openai:gpt-5-mini` means.

    Raises ModelError for a name without provider or model, an address that is none, and a key that is missing.
    """
    provider, colon, model = (part.strip() for part in name.strip().partition(":"))
    provider = provider.replace("-", "_").lower()
    if not colon or not provider or not model or any(sign.isspace() or not sign.isprintable() for sign in model):
        shown = "What was given as the model" if looks_secret(name, environment) else f'The model "{name}"'
        raise ModelError(f"{shown} does not name a provider and a model.", _NAME_HELP)
    if looks_secret(model, environment):
        raise ModelError(
            "What was given as the model looks like a key.",
            f"{_NAME_HELP} Keys stand in the environment, in {_KEY_VARIABLES.get(provider, 'a variable')}.",
        )
    url = _url(provider, environment)
    private = _is_private(urlsplit(url).hostname or "") if url else False
    keyless = private and provider == OPENAI
    variable = _KEY_VARIABLES.get(provider)
    key = find_key(variable, environment, _nowhere if keyless else lookup) if variable else None
    if variable and key is None and not keyless:
        raise ModelError(
            f"There is no key for {provider}.",
            f"Set {variable} in the environment, or put it into your keyring: keyring set notesense {variable}.",
        )
    return Endpoint(provider, model, url, key, private)


def _nowhere(variable: str) -> str | None:
    return None


def _url(provider: str, environment: Mapping[str, str]) -> str | None:
    for variable in _URL_VARIABLES.get(provider, ()):
        if value := environment.get(variable, "").strip():
            if provider == OLLAMA:
                value = _of_ollama(value)
            try:
                parts = urlsplit(value)
                usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
            except ValueError:
                usable = False
            if not usable:
                shown = "" if "@" in value else f' ("{value}")'
                raise ModelError(
                    f"{variable} holds no address of a server{shown}.",
                    "Write it with its scheme, such as http://127.0.0.1:11434/v1.",
                )
            return value
    return _USUAL_URLS.get(provider)


def _of_ollama(host: str) -> str:
    """Return the address that Ollama's package makes of a host: scheme and port may be missing."""
    if "://" in host:
        return host
    name, _, port = host.rpartition(":")
    if ":" not in host or not port.isdigit():
        name, port = host, "11434"
    return f"http://{name or '127.0.0.1'}:{port}"


def _place(parts: SplitResult) -> str:
    return parts.netloc.rpartition("@")[2]


def _is_private(host: str) -> bool:
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal", ".lan")):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host
    return address.is_loopback or address.is_private or address.is_link_local
