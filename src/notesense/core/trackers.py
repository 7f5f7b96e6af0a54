"""Trackers: a team's own kinds of signal, each with a name, a definition and a few positive and negative examples.

Pure models; `adapters/trackers.py` reads the file. All texts are on one line and within bounds, so `model_dump()` of a
tracker is what a prompt can be filled with.
"""

import hashlib
import json
import re
from functools import cached_property
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, StringConstraints, field_validator, model_validator

from notesense.core.folding import fold
from notesense.core.note import Value
from notesense.core.signal import Extraction
from notesense.core.vocabulary import TRACKER_NAME, Kind

LEAST_EXAMPLES = 3
"""Positive examples that a tracker needs; five to eight are better."""
MOST_EXAMPLES = 60
MOST_TRACKERS = 40
LONGEST_TEXT = 400
LONGEST_NAME = 40


def _on_one_line(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _text(value: str) -> str:
    if not value:
        raise ValueError("it is empty")
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"it is {len(value)} characters long, and {LONGEST_TEXT} is the most")
    return value


Text = Annotated[str, BeforeValidator(_on_one_line), StringConstraints(strict=True)]


class Tracker(Value):
    """One kind of signal that a team follows. `not_examples` are sentences that come near and are none."""

    name: str
    definition: Text
    examples: tuple[Text, ...] = ()
    not_examples: tuple[Text, ...] = ()

    @field_validator("name", mode="before")
    @classmethod
    def _is_a_name(cls, name: object) -> object:
        if not isinstance(name, str):
            raise ValueError("it must be text, in quotation marks if need be")
        for kind in Kind:
            if name_key(name) == name_key(kind):
                raise ValueError(f'"{name[:60]}" clashes with the built-in kind {kind}; choose another name')
        if not re.fullmatch(TRACKER_NAME, name) or len(name) > LONGEST_NAME:
            raise ValueError(
                f'"{name[:60]}" is no name: use a to z, digits and underscores, a letter first, {LONGEST_NAME} at most'
            )
        return name

    @field_validator("definition")
    @classmethod
    def _is_defined(cls, definition: str) -> str:
        return _text(definition)

    @field_validator("examples", "not_examples")
    @classmethod
    def _are_texts(cls, texts: tuple[str, ...]) -> tuple[str, ...]:
        if len(texts) > MOST_EXAMPLES:
            raise ValueError(f"there are {len(texts)}, and {MOST_EXAMPLES} is the most")
        seen: set[str] = set()
        for number, text in enumerate(texts, 1):
            try:
                _text(text)
            except ValueError as error:
                raise ValueError(f"number {number}: {error}") from None
            if _same(text) in seen:
                raise ValueError(f'"{text[:60]}" stands there twice')
            seen.add(_same(text))
        return texts

    @model_validator(mode="after")
    def _has_examples(self) -> Self:
        if len(self.examples) < LEAST_EXAMPLES:
            given = f"only {len(self.examples)}" if self.examples else "none"
            raise ValueError(f"examples: it needs at least {LEAST_EXAMPLES} positive examples, and there is {given}")
        negative = {_same(text) for text in self.not_examples}
        both = next((text for text in self.examples if _same(text) in negative), None)
        if both is not None:
            raise ValueError(f'"{both[:60]}" is both an example and none; take it out of one of the two lists')
        return self


class Trackers(Value):
    """All trackers of a team, in the order of their file."""

    trackers: tuple[Tracker, ...] = Field(default=(), max_length=MOST_TRACKERS)

    @field_validator("trackers")
    @classmethod
    def _do_not_clash(cls, trackers: tuple[Tracker, ...]) -> tuple[Tracker, ...]:
        known: dict[str, str] = {}
        for tracker in trackers:
            key = name_key(tracker.name)
            if key in known:
                clash = f'"{known[key]}" and "{tracker.name}"'
                raise ValueError(f"two trackers clash: {clash}; give one of them another name")
            known[key] = tracker.name
        return trackers

    @cached_property
    def names(self) -> frozenset[str]:
        """The kinds of signal that these trackers make."""
        return frozenset(tracker.name for tracker in self.trackers)

    @cached_property
    def mark(self) -> str:
        """Identifies what the trackers say: another definition or example gives another mark; empty without any."""
        if not self.trackers:
            return ""
        plain = json.dumps(self.model_dump(), ensure_ascii=True, sort_keys=True)
        return hashlib.sha256(plain.encode()).hexdigest()[:12]

    def read(self, extraction: Extraction) -> Extraction:
        """Return the extraction of a note as one that was read for these trackers, unless the engine had failed."""
        return extraction if extraction.error else extraction.model_copy(update={"trackers": self.mark})


NO_TRACKERS = Trackers()


def name_key(name: str) -> str:
    """Return what a name is known again by, whatever its case, dashes, blanks and underscores."""
    return re.sub(r"[\s_\-‐-―]", "", name).casefold()


def _same(text: str) -> str:
    return fold(text).strip(" .!?")
