"""Finds keys, in the environment or in the system's keyring, and keeps them out of everything that is shown."""

import importlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from notesense.errors import ModelError

SERVICE = "notesense"
"""The service under which the keyring has the keys; the user's name there is the variable's name."""
Lookup: TypeAlias = Callable[[str], str | None]

_SECRET_NAME = re.compile(r"(KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS)$")
_SHORTEST_SECRET = 6
SAID_BACK = "[key]"
_LIKE_A_KEY = re.compile(r"(sk|gsk|xai|pplx|nvapi|csk)[-_]\S{12}|AIza\S{16}|[0-9a-f]{32}|(?=\D*\d)[A-Za-z0-9]{30}")
"""How keys of known providers begin, or are made."""


@dataclass(frozen=True)
class Key:
    """A key and where it came from (`environment` or `keyring`). Its value is in no representation of it."""

    variable: str
    source: str
    value: str = field(repr=False)


def from_keyring(variable: str) -> str | None:
    """Return what the keyring holds under this name; None where there is nothing, or no usable keyring."""
    try:
        found = importlib.import_module("keyring").get_password(SERVICE, variable)
    except Exception:
        return None
    return found if isinstance(found, str) else None


def find_key(variable: str, environment: Mapping[str, str], lookup: Lookup = from_keyring) -> Key | None:
    """Return the key, or None where there is none. The environment wins.

    Raises ModelError for one that cannot be sent: no key has spaces or letters beyond ASCII.
    """
    places = (("environment", environment.get), ("keyring", lookup))
    for source, place in places:
        value = (place(variable) or "").strip()
        if value and not all("!" <= sign <= "~" for sign in value):
            raise ModelError(
                f"The key {variable} ({source}) holds spaces or letters that no key has.",
                "Set it again; copied keys often bring quotation marks or line breaks with them.",
            )
        if value:
            return Key(variable, source, value)
    return None


def without(value: Any, key: Key | None) -> Any:
    """Return what a server answered (JSON) without the key, should it have said it back."""
    if key is None or isinstance(value, int | float | None):
        return value
    if isinstance(value, str):
        return value.replace(key.value, SAID_BACK)
    if isinstance(value, Mapping):
        return {without(name, key): without(each, key) for name, each in value.items()}
    return [without(each, key) for each in value]


def looks_secret(text: str, environment: Mapping[str, str]) -> bool:
    """Tell whether a key was written in the place of something else: one of the environment, or one that looks so."""
    return text.strip() in secrets(environment) or bool(_LIKE_A_KEY.match(text.strip()))


def secrets(environment: Mapping[str, str], *keys: Key | None) -> tuple[str, ...]:
    """Return all values that must never be shown: these keys, and whatever in the environment is called like one."""
    named = [value.strip() for name, value in environment.items() if _SECRET_NAME.search(name.upper())]
    found = {value for value in (*named, *(key.value for key in keys if key)) if len(value) >= _SHORTEST_SECRET}
    return tuple(sorted(found, key=len, reverse=True))
