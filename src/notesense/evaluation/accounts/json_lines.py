"""On which line of a JSON text each value stands: what a fault in a file of facts needs to be told by."""

import json
import re
from collections.abc import Iterator
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def lines_of(text: str) -> dict[Path, int]:
    """Return the 1-based line on which each value begins, by its path (keys and places). The JSON must be valid."""
    return _Walk(text).lines


class _Walk:
    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self._tokens = _tokens(text)
        self._value((), next(self._tokens))

    def _value(self, path: Path, token: tuple[str, int]) -> None:
        mark, self.lines[path] = token
        if mark == "{":
            self._members(path)
        elif mark == "[":
            self._items(path)

    def _members(self, path: Path) -> None:
        for mark, _ in self._tokens:
            if mark == "}":
                return
            if mark != ",":
                next(self._tokens)  # the colon
                self._value((*path, json.loads(mark)), next(self._tokens))

    def _items(self, path: Path) -> None:
        number = 0
        for token in self._tokens:
            if token[0] == "]":
                return
            if token[0] != ",":
                self._value((*path, number), token)
                number += 1


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line = last = 0
    for found in _TOKEN.finditer(text):
        line += text.count("\n", last, found.start())
        last = found.start()
        yield found[0], line + 1
