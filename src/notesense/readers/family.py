"""What a family of files is: how its content is known, and how it is read. Each reader module has one as `FAMILY`."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from pathlib import PurePath
from typing import Any

from notesense.core.reading import Readings
from notesense.core.results import ReadAs
from notesense.errors import InputError
from notesense.readers import binary, decoding
from notesense.readers.beside import Beside

HEAD = 65_536
"""Bytes from the beginning that are looked at for the form."""
_FIELD = re.compile(r'(?<!\\)"([^"\\\s]{1,60})"\s{0,40}:')


class CompanionError(InputError):
    """The file holds no note and need not: it completes others beside it, or tells only what happened around them."""


@dataclass(frozen=True)
class Content:
    """The bytes of one file, paste or part of an archive.

    `where` names it for messages; `name` is the bare file name with its ending, empty for what has none. `pasted` is
    the text of what never was a file; `beside` gives the files around one that lies in a folder. `encoding` is what
    the user says of data that is not UTF-8 and has no byte order mark.
    """

    data: bytes
    where: str
    name: str = ""
    pasted: str | None = None
    beside: Beside | None = None
    encoding: str | None = None

    @cached_property
    def fields(self) -> frozenset[str]:
        """The names of all fields of JSON; of what begins so and is not whole, those in its beginning; else none."""
        if self.binary or not self.head.lstrip().startswith(("{", "[")):
            return frozenset()
        try:
            return _names_in(self.json)
        except (ValueError, RecursionError, InputError):
            return frozenset(_FIELD.findall(self.head))

    @cached_property
    def json(self) -> Any:
        """What the whole holds as JSON. Raises InputError for what is no text, else ValueError or RecursionError."""
        return json.loads(self.text)

    @cached_property
    def head(self) -> str:
        """The beginning as text; what is no text in it is replaced. For looking only."""
        try:
            return decoding.glance(self.data[:HEAD]) if self.binary else self.text[:HEAD]
        except InputError:
            return decoding.glance(self.data[:HEAD])

    @cached_property
    def text(self) -> str:
        """The whole as text, without a byte order mark. Raises InputError for what is no text."""
        return self.decoded.text

    @cached_property
    def decoded(self) -> decoding.Decoded:
        """The whole as text, and what it was read as. Raises InputError for what is no text."""
        if self.pasted is not None:
            return decoding.Decoded(self.pasted)
        return decoding.decode(self.data, self.where, self.encoding)

    @cached_property
    def read_as(self) -> ReadAs | None:
        """The encoding where content alone told it, and it is not UTF-8; None elsewhere."""
        try:
            return None if self.binary else self.decoded.read_as
        except InputError:
            return None

    @cached_property
    def binary(self) -> str:
        """What kind of binary file this begins as, such as "a PDF document"; empty for what may be text."""
        known = None if decoding.is_marked(self.data) else binary.looks_like(self.data)
        return known[0] if known else ""

    @property
    def stem(self) -> str:
        """The file name without its ending; what is no text in it is replaced."""
        return PurePath(self.name).stem.encode("utf-8", "replace").decode()

    @property
    def ending(self) -> str:
        """The ending of the file name: lower case, with its dot; empty for what has none."""
        return PurePath(self.name).suffix.lower()


def _names_in(value: Any) -> frozenset[str]:
    """Return the names of the fields of all objects in a value of any depth."""
    names: set[str] = set()
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            names.update(each)
            waiting += [inner for inner in each.values() if isinstance(inner, dict | list)]
        elif isinstance(each, list):
            waiting += [inner for inner in each if isinstance(inner, dict | list)]
    return frozenset(names)


class Fit(IntEnum):
    """How sure a reader is that a content is of its family."""

    NO = 0
    ENDING = 1
    """Nothing speaks against it: it is so if the file's ending says so."""
    LIKELY = 2
    SURE = 3


@dataclass(frozen=True)
class Family:
    """One kind of file. `name` is what `Reading.form` says; `endings` are lower case, with their dots.

    `sniff` looks at the head alone and never raises. `read` raises InputError alone, and gives at least one note or
    one refused part; a note's text is what the source says, and one bad part never loses the others.

    `wraps` says that its notes are bare text which may itself be of another form: a transcript saved as DOCX.
    `tells_encodings` says that its parts name the encodings that they are in.
    """

    name: str
    endings: frozenset[str]
    sniff: Callable[[Content], Fit]
    read: Callable[[Content], Readings]
    wraps: bool = False
    restores: bool = False
    """Its notes were exported by us: they tell their form themselves."""
    tells_encodings: bool = False
    in_folders_of_channels: bool = False
    """Its files lie in folders that are called after channels, and so after no account."""
