"""What every prompt of ours has in common: its template, and answers that are read entry by entry.

A faulty entry never spoils its neighbours; it is left out and counted.
"""

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from notesense.core.requests import Message


class Form(BaseModel):
    """Base of the forms. Fields have no defaults, so that the schema requires all of them."""

    model_config = ConfigDict(frozen=True, defer_build=True)


class Template(Protocol):
    """A numbered prompt: its name and version, its static words, and its messages once the places are filled."""

    @property
    def task(self) -> str:
        """Name and version, such as `ask.v1`."""
        ...

    @property
    def messages(self) -> tuple[Message, ...]:
        """The messages with their places unfilled."""
        ...

    def filled(self, values: Mapping[str, str]) -> tuple[Message, ...]:
        """Return the messages with every place filled."""
        ...


_Form = TypeVar("_Form", bound=Form)


def entries(data: Mapping[str, Any], name: str, form: type[_Form]) -> tuple[list[_Form], int] | None:
    """Return the entries of a list that have their form, and how many have not; None where there is no such list."""
    given = data.get(name)
    if not isinstance(given, list):
        return None
    good = []
    for one in given:
        try:
            good.append(form.model_validate(one))
        except ValidationError:
            continue
    return good, len(given) - len(good)
