"""What is said of a note in an evaluation: a statement of a kind at a place, labelled by a person or predicted."""

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

from pydantic import Field

from notesense.core.note import Value

Outcome: TypeAlias = Literal["right", "wrong", "missing", "extra"]
_NAMES = frozenset({"person", "role", "competitor", "name", "what", "topic", "amount", "deadline", "due", "effective"})


class Claim(Value):
    """A statement of a kind, predicted or labelled. `start` and `end` are None where its quote is not in the note."""

    kind: str
    quote: str
    start: int | None = None
    end: int | None = None
    attributes: dict[str, str] = Field(default_factory=dict)


class Prediction(Claim):
    """A grounded claim of an engine. `confidence` is the engine's own, 0 to 1."""

    confidence: float = 1.0
    review: bool = False
    """True where grounding asks for a person's look."""


class Refusal(Value):
    """A claim that grounding refused: it is in no score but that of the quotes."""

    kind: str
    quote: str
    reason: str


def same_value(field: str, predicted: str, gold: str) -> bool:
    """Tell whether two values of a field agree: names and words without regard to case and spaces, all else exactly."""
    if field not in _NAMES:
        return predicted == gold
    return _folded(predicted) == _folded(gold)


def outcome(field: str, predicted: Mapping[str, str], gold: Mapping[str, str]) -> Outcome:
    """Return `right`, `wrong`, `missing` or `extra` for a field that at least one of the two states."""
    if field not in predicted:
        return "missing"
    if field not in gold:
        return "extra"
    return "right" if same_value(field, predicted[field], gold[field]) else "wrong"


def _folded(value: str) -> str:
    return re.sub(r"\s+", "", value).casefold()
