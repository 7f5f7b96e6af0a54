"""The head of a Markdown file: YAML between two lines of three dashes. Keys are matched without case."""

import datetime
import math
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from notesense.core.note import Attendee
from notesense.errors import InputError
from notesense.readers import written_days
from notesense.readers.written_days import When

_FENCED = re.compile(r"\s*---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"^([A-Za-z][\w -]{0,40}?)[ \t]*:(?:[ \t]|$)", re.MULTILINE)
_MAIL = re.compile(r"\s*\"?(?P<name>[^<\"]*?)\"?\s*<(?P<mail>[^<>\s]+@[^<>\s]+)>\s*$")
LARGEST = 65_536
"""Characters of the longest head."""


_LARGEST_NUMBER = 10**30


class Head(NamedTuple):
    """What the YAML says, under folded keys; where each key's own lines stand in the text; where the body begins."""

    facts: dict[str, Any]
    lines: dict[str, tuple[int, int]]
    body: int

    def word(self, *keys: str) -> str:
        """Return what the first of these keys says, where that is one word, number or line; else nothing."""
        for key in keys:
            if said := one_line(self.facts.get(key)):
                return said
        return ""

    def entries(self, key: str) -> list[Any]:
        """Return the list that stands under this key; what is one thing alone is a list of one."""
        value = self.facts.get(key)
        if isinstance(value, str):
            return value.split(",")
        return value if isinstance(value, list) else [] if value is None else [value]


def keys_at(text: str) -> frozenset[str]:
    """Return the keys that a head at the beginning of this text seems to have, folded; none where there is no head."""
    found = _FENCED.match(text[:LARGEST])
    return frozenset(_folded(key) for key in _KEY.findall(found["yaml"])) if found else frozenset()


def head_of(text: str, where: str) -> Head:
    """Read the head of a text that has one. Raises InputError, with the line, where it is no YAML of keys."""
    import yaml

    found = _FENCED.match(text[:LARGEST])
    if not found:
        raise InputError(f"{where} has no head between two lines of ---.", "Put one there, or save it as .txt.")
    start, fix = found.start("yaml"), "Mend that line; a text with a colon in it needs quotes."
    try:
        loader = yaml.SafeLoader(found["yaml"])
        node = loader.get_single_node()
        facts = loader.construct_document(node) if node else {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = text.count("\n", 0, start) + 1 + (mark.line if mark else 0)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        raise InputError(f"{where}, line {line}: the head is no YAML ({problem}).", fix) from None
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError) as error:
        told = "nested too deeply" if isinstance(error, RecursionError) else str(error).partition("\n")[0]
        reason = told[:80] or type(error).__name__
        raise InputError(f"{where}: a value in the head cannot be read ({reason}).", fix) from None
    if not isinstance(facts, dict):
        raise InputError(f"{where}: the head holds no keys with values.", "Write one as key: value on each line.")
    lines = {
        _folded(key.value): (start + key.start_mark.index, start + value.end_mark.index)
        for key, value in (node.value if node else ())
        if isinstance(key, yaml.ScalarNode)
    }
    return Head({_folded(key): value for key, value in facts.items()}, lines, found.end())


def one_line(value: Any) -> str:
    """Return a text or number of the head in one line; nothing for anything else."""
    if not isinstance(value, str | int | float) or isinstance(value, bool) or value in (math.inf, -math.inf):
        return ""
    if isinstance(value, int) and abs(value) >= _LARGEST_NUMBER:
        return ""
    return " ".join(str(value).encode("utf-8", "replace").decode().split())


def _folded(key: object) -> str:
    return one_line(key).casefold().replace(" ", "_").replace("-", "_")


def moment(value: Any) -> When:
    """Return the day, and the hour where there is one, of a value of the head: a date, or a day as people write it.

    Raises ValueError for a text that may be one of several days, or is none; any other value tells nothing.
    """
    if isinstance(value, datetime.datetime):
        return When(value.date(), value)
    if isinstance(value, datetime.date):
        return When(value)
    written = one_line(value)
    return _with_zone(written) or written_days.alone(written)


def _with_zone(written: str) -> When | None:
    """Return a moment in ISO form that names its zone: midnight is an hour there, too."""
    try:
        told = datetime.datetime.fromisoformat(written)
    except ValueError:
        return None
    return When(told.date(), told) if told.tzinfo else None


def people_of(entries: Sequence[Any]) -> tuple[Attendee, ...]:
    """Return those who took part: names, `Name <mail>`, or mappings with `name` and `email`; each once."""
    found: dict[Attendee, None] = {}
    for entry in entries:
        name, mail = "", ""
        if isinstance(entry, dict):
            name, mail = (one_line(entry.get(key)) for key in ("name", "email"))
        elif written := one_line(entry):
            both = _MAIL.match(written)
            name, mail = (both["name"], both["mail"]) if both else (written, "")
            if not both and "@" in name and " " not in name:
                name, mail = "", name
        if name or mail:
            found[Attendee(name=name.removeprefix("[[").removesuffix("]]"), email=mail)] = None
    return tuple(found)
