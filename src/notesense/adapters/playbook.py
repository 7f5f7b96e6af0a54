"""Reads playbook files: the shipped one, and a team's own laid over it.

Every fault of a file is a PlaybookError that names the file, the key and what to change.
"""

from collections.abc import Mapping
from functools import cache
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
    if path is None:
        return _shipped()
    return parse(yaml_file.read(path, "playbook", PlaybookError, _HELP), str(path)).over(_shipped())


def parse(text: str, where: str, trusted: bool = False) -> Playbook:
    """Return the playbook that a text holds; `where` names its file in messages, `trusted` is as for `yaml_file`."""
    must = "holds no playbook: it must be a mapping with version, name and entries."
    data = yaml_file.parse(text, where, must, PlaybookError, _HELP, trusted)
    try:
        return Playbook.model_validate(data)
    except ValidationError as error:
        raise PlaybookError(_told(where, data, error), f"Change that key in {where}. {_HELP}") from error


@cache
def _shipped() -> Playbook:
    text = resources.files("notesense.playbook").joinpath("retention.yaml").read_text(encoding="utf-8")
    return parse(text, "retention.yaml", trusted=True)


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
