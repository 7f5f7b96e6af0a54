"""Reads the numbered prompt files: `prompts/NAME.vN.md`, a YAML header between `---` lines, then one part a message.

A message begins with a line `# system` or `# user`. `{{variable}}` marks a place; all places are filled in one pass, so
that whatever is filled in is never looked at again. The hash of the file travels with every result.
"""

import hashlib
import re
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

from notesense.adapters import yaml_file
from notesense.core.note import Value
from notesense.core.requests import Message
from notesense.errors import PromptError

_FILE = re.compile(r"\A---\n(?P<header>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_ROLE = re.compile(r"^# (system|user)\n", re.MULTILINE)
_PLACE = re.compile(r"\{\{(\w+)\}\}")
_HEADER = frozenset({"name", "version", "variables", "answer"})
_HELP = "See prompts/README.md for the form of the file."


class Prompt(Value):
    """A prompt as it stands in its file. `answer` names the form of the answer."""

    name: str
    version: int
    variables: frozenset[str]
    answer: str
    messages: tuple[Message, ...]
    sha256: str

    @property
    def task(self) -> str:
        """Name and version, such as `extract.v2`."""
        return f"{self.name}.v{self.version}"

    def filled(self, values: Mapping[str, str]) -> tuple[Message, ...]:
        """Return the messages with every place filled. Raises PromptError for a value too few or too many."""
        if values.keys() != self.variables:
            wrong = ", ".join(sorted(values.keys() ^ self.variables))
            raise PromptError(f"The prompt {self.task} cannot be filled: {wrong}.", _HELP)
        return tuple(_filled(message, values) for message in self.messages)


def _filled(message: Message, values: Mapping[str, str]) -> Message:
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for number, piece in enumerate(_PLACE.split(message.text)):
        is_place = number % 2 == 1
        words = values[piece] if is_place else piece
        if is_place:
            spans.append((length, length + len(words)))
        pieces.append(words)
        length += len(words)
    return Message(role=message.role, text="".join(pieces), filled=tuple(spans))


def load(name: str, version: int) -> Prompt:
    """Return a shipped prompt. Raises PromptError where it is missing or faulty."""
    file = _folder() / f"{name}.v{version}.md"
    if not file.is_file():
        raise PromptError(f"There is no prompt {name}.v{version}.", "Install NoteSense again.")
    prompt = parse(file.read_text(encoding="utf-8"), file.name)
    if (prompt.name, prompt.version) != (name, version):
        raise PromptError(f"{file.name} says that it is {prompt.task}.", _HELP)
    return prompt


def common_words() -> frozenset[str]:
    """Return English words that are no names, written by `tools/common_words.py` from the notes of the training."""
    return frozenset(resources.files("notesense.adapters").joinpath("common_words.txt").read_text("utf-8").split())


def parse(text: str, where: str) -> Prompt:
    """Return the prompt that a text holds; `where` names its file in messages. Raises PromptError for a fault."""
    parts = _FILE.match(text)
    if parts is None:
        raise PromptError(f"{where} has no header.", _HELP)
    must = "must begin with a mapping of name, version, variables and answer."
    header = yaml_file.parse(parts["header"], where, must, PromptError, _HELP)
    if header.keys() != _HEADER:
        wrong = ", ".join(sorted(header.keys() ^ _HEADER))
        raise PromptError(f"The header of {where} lacks something or has too much: {wrong}.", _HELP)
    pieces = _ROLE.split(parts["body"])
    if pieces[0].strip() or len(pieces) < 3:
        raise PromptError(f"{where} has no message, or words before the first.", _HELP)
    messages = tuple(
        Message(role=_role(role), text=words.strip("\n"))
        for role, words in zip(pieces[1::2], pieces[2::2], strict=True)
    )
    places = {place for message in messages for place in _PLACE.findall(message.text)}
    variables = _variables(header, where)
    if places != variables:
        wrong = ", ".join(sorted(places ^ variables))
        raise PromptError(f"{where} does not name just the variables that it has: {wrong}.", _HELP)
    return Prompt(
        name=str(header["name"]),
        version=header["version"],
        variables=variables,
        answer=str(header["answer"]),
        messages=messages,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
    )


def _variables(header: Mapping[str, Any], where: str) -> frozenset[str]:
    named, version = header["variables"], header["version"]
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise PromptError(f"{where}: version must be a whole number from 1 on, not {version!r}.", _HELP)
    if not isinstance(named, list):
        raise PromptError(f"{where}: variables must be a list, not {named!r}.", _HELP)
    return frozenset(map(str, named))


def _role(name: str) -> Literal["system", "user"]:
    return "system" if name == "system" else "user"


def _folder() -> Traversable:
    """Return the folder of the prompts: in the package where it was built into a wheel, else beside `src`."""
    shipped = resources.files("notesense").joinpath("prompts")
    return shipped if shipped.is_dir() else Path(__file__).parents[3] / "prompts"
