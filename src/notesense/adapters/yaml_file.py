"""Reads the YAML files that a team writes by hand: no surprises in them, and each fault told with its line.

A key that stands twice is a fault here, where YAML itself lets the last one win.
"""

from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from notesense.errors import NoteSenseError

LARGEST_FILE = 256 * 1024


_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(yaml.SafeLoader):
    """The safe loader, with a key once only."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        known: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in known:
                raise yaml.constructor.ConstructorError(
                    None, None, f'the key "{key.value}" stands there twice', key.start_mark
                )
            known.add(str(key.value))
        return super().construct_mapping(node, deep)


def read(path: Path, what: str, refusal: type[NoteSenseError], fix: str) -> str:
    """Return the text of a file; `what` names it in messages. Raises `refusal` for a file that cannot be used."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise refusal(f"The {what} {path} cannot be read: {reason}.", "Check the path.") from error
    if len(raw) > LARGEST_FILE:
        raise refusal(f"The {what} {path} is larger than {LARGEST_FILE // 1024} KB.", fix)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refusal(f"The {what} {path} is not UTF-8 text.", "Save it as UTF-8.") from error


def parse(
    text: str, where: str, must: str, refusal: type[NoteSenseError], fix: str, trusted: bool = False
) -> dict[str, Any]:
    """Return the mapping that a text holds; `must` says what it must be. Raises `refusal` for anything else.

    A `trusted` text is one of our own: it is read eight times faster by libyaml, which deep nesting could break.
    """
    try:
        data = yaml.load(text, _FAST if trusted else _Strict)
    except yaml.YAMLError as error:
        raise refusal(f"{where} is no YAML: {_place(error)}", f"Mend that line. {fix}") from error
    except ValueError as error:
        raise refusal(f"{where} holds a value that is none: {error}", f"Put it in quotes. {fix}") from error
    except RecursionError as error:
        raise refusal(f"{where} is nested too deeply.", fix) from error
    if not isinstance(data, dict):
        raise refusal(f"{where} {must}", fix)
    strange = next((key for key in data if not isinstance(key, str)), None)
    if strange is not None:
        raise refusal(f"{where}: the key {strange!r} is no text.", f"Put it in quotation marks. {fix}")
    return data


def line_of(text: str, steps: Sequence[int | str]) -> int:
    """Return the line (from 1) on which a place of a readable YAML text stands, or the nearest place around it."""
    node = yaml.compose(text, yaml.SafeLoader)
    for step in steps:
        inner = _children(node).get(step)
        if inner is None:
            break
        node = inner
    return node.start_mark.line + 1 if node is not None else 1


def _children(node: yaml.Node | None) -> Mapping[int | str, yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        return dict(enumerate(node.value))
    if isinstance(node, yaml.MappingNode):
        return {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}
    return {}


def _place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    return f"{problem}." if mark is None else f"line {mark.line + 1}: {problem}."
