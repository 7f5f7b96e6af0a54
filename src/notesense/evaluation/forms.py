"""What a label may say: the kinds, the fields of each, and the values of the fields that hold one of a list."""

from collections.abc import Mapping
from typing import Literal, TypeAlias, get_args, get_origin

from notesense.core.kinds import ATTRIBUTES, Attributes

Fields: TypeAlias = Mapping[str, tuple[str, ...] | None]
"""Field to its allowed values; None where any words are allowed."""


def guide_form() -> dict[str, Fields]:
    """Return the nine kinds of the annotation guide, each with its fields."""
    return {str(kind): _fields(shape) for kind, shape in ATTRIBUTES.items()}


def _fields(shape: type[Attributes]) -> Fields:
    return {
        name: _values(info.annotation) if name in shape.enumerations else None
        for name, info in shape.model_fields.items()
    }


def _values(annotation: object) -> tuple[str, ...]:
    """Return the values of `Literal[...] | None`."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return tuple(value for part in get_args(annotation) for value in _values(part))
