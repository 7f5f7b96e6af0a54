"""What is said of a note in an evaluation: a statement of a kind at a place, labelled by a person or predicted."""

from pydantic import Field

from notesense.core.note import Value


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
