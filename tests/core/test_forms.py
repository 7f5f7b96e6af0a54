from enum import StrEnum
from typing import Literal

import pytest
from pydantic import BaseModel, Field

from notesense.core.forms import fits, schema_of


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


class Lists(BaseModel):
    said: list[str]
    more: list[str]
    missing: str


class Plain(BaseModel):
    name: str
    size: int


@pytest.mark.parametrize(
    ("data", "form", "fit"),
    [
        ({"said": [], "more": [], "missing": ""}, Lists, True),
        ({"said": [7], "more": ["x"]}, Lists, True),
        ({"said": []}, Lists, False),
        ({"said": {}, "more": []}, Lists, False),
        ({"foo": 1}, Lists, False),
        ({"name": 7, "size": "x"}, Plain, True),
        ({"name": "x"}, Plain, False),
    ],
)
def test_an_object_fits_a_form_by_its_lists_or_its_keys(data, form, fit):
    assert fits(data, schema_of(form)) is fit


def test_a_form_that_requires_nothing_fits_everything():
    assert fits({"foo": 1}, {})
