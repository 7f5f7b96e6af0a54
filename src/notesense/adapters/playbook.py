"""Reads playbook files: the shipped one, and a team's own laid over it.

Every fault of a file is a PlaybookError that names the file, the key and what to change.
"""

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from pydantic import ValidationError

from notesense.adapters import yaml_file
from notesense.core.playbook import Playbook
from notesense.errors import PlaybookError

_HELP = "See docs/playbook.md for the form of the file."


def load(path: Path | None = None) -> Playbook:
    """Return the shipped playbook, or the one in this file laid over it.

    Raises PlaybookError when the file cannot be read or does not hold what a playbook must.
    """
    shipped = parse(_shipped(), "retention.yaml")
    return (
        shipped
        if path is None
        else parse(yaml_file.read(path, "playbook", PlaybookError, _HELP), str(path)).over(shipped)
    )


def parse(text: str, where: str) -> Playbook:
    """Return the playbook that a text holds; `where` names its file in messages."""
    must = "holds no playbook: it must be a mapping with version, name and entries."
    data = yaml_file.parse(text, where, must, PlaybookError, _HELP)
    try:
        return Playbook.model_validate(data)
    except ValidationError as error:
        raise PlaybookError(_told(where, data, error), f"Change that key in {where}. {_HELP}") from error


def _shipped() -> str:
    return resources.files("notesense.playbook").joinpath("retention.yaml").read_text(encoding="utf-8")


def _told(where: str, data: Mapping[str, object], error: ValidationError) -> str:
    first = error.errors()[0]
    more = error.error_count() - 1
    key = _key(data, first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    others = f" ({more} more fault{'s' if more > 1 else ''})" if more else ""
    return f"{where}: {key}: {message}.{others}"


def _key(data: Mapping[str, object], steps: tuple[int | str, ...]) -> str:
    """Name a place in the file; an entry goes by its trigger."""
    if not steps:
        return "the file"
    names = [str(step) for step in steps]
    entries = data.get("entries")
    if len(steps) > 1 and steps[0] == "entries" and isinstance(entries, list) and isinstance(steps[1], int):
        entry = entries[steps[1]]
        named = entry.get("trigger") if isinstance(entry, dict) else None
        names[:2] = [f"entry {steps[1] + 1}" + (f" ({named})" if isinstance(named, str) else "")]
    return ", ".join(names)
