from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, Field

from notesense.core.forms import schema_of


class Colour(StrEnum):
    RED = "red"


class Inner(BaseModel):
    """Told to nobody."""

    colour: Colour
    size: int | None = None


class Outer(BaseModel):
    """Told to nobody."""

    name: str = Field(description="who", max_length=9)
    kind: Literal["a", "b"] = "a"
    parts: list[Inner] = []


def test_a_schema_is_strict_and_plain():
    assert schema_of(Outer) == {
        "type": "object",
        "properties": {
            "name": {"type": "string", "description": "who"},
            "kind": {"type": "string", "enum": ["a", "b"]},
            "parts": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "colour": {"type": "string", "enum": ["red"]},
                        "size": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
                    },
                    "required": ["colour", "size"],
                    "additionalProperties": False,
                },
            },
        },
        "required": ["name", "kind", "parts"],
        "additionalProperties": False,
    }
