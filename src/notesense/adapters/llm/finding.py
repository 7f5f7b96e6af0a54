"""Finds the JSON object in what a model said: alone, in a code fence, or somewhere in its prose."""

import json
from collections.abc import Iterable
from typing import Any

_OPENINGS = 2_000
"""How many opening braces are tried in one answer; more of them are no answer but a loop."""
DEEPEST = 50
"""Objects and lists within each other in one answer; our forms need four."""


def whole_object(text: str) -> dict[str, Any] | None:
    """Return the object that the text is, from its first to its last character, or None."""
    try:
        return plain(json.loads(text, strict=False, parse_constant=_refuse))
    except (ValueError, RecursionError):
        return None


def object_in(text: str) -> dict[str, Any] | None:
    """Return the longest object that stands in the text, or None. What a model thought aloud first does not count."""
    if text.lstrip().startswith("<think"):
        text = text.partition("</think")[2]
    return whole_object(text) or _longest(text)


def _longest(text: str) -> dict[str, Any] | None:
    decoder = json.JSONDecoder(strict=False, parse_constant=_refuse)
    best: dict[str, Any] | None = None
    length = place = 0
    for _ in range(_OPENINGS):
        place = text.find("{", place)
        if place < 0:
            break
        try:
            found, end = decoder.raw_decode(text, place)
            if end - place > length:
                best, length = plain(found), end - place
        except (ValueError, RecursionError):
            end = place + 1
        place = end
    return best


def plain(found: Any) -> dict[str, Any] | None:
    """Return the value if it is an object that all can read.

    Halves of characters, which nothing can write, become question marks. What goes too deep is no answer to anything.
    """
    if not isinstance(found, dict) or _is_deep(found):
        return None
    written = json.dumps(found, ensure_ascii=False)
    try:
        written.encode()
    except UnicodeEncodeError:
        mended: dict[str, Any] = json.loads(written.encode("utf-8", "replace"))
        return mended
    return found


def _is_deep(found: Any) -> bool:
    level = [found]
    for _ in range(DEEPEST):
        level = [inner for each in level for inner in _parts(each)]
    return bool(level)


def _parts(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")
