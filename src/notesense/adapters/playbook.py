"""Reads playbook files: the shipped one, and a team's own laid over it.

Every fault of a file is a PlaybookError that names the file, the key and what to change.
"""

from importlib import resources
from pathlib import Path

import yaml
from pydantic import ValidationError

from notesense.core.playbook import Playbook
from notesense.errors import PlaybookError

LARGEST_FILE = 256 * 1024
_HELP = "See docs/playbook.md for the form of the file."


def load(path: Path | None = None) -> Playbook:
    """Return the shipped playbook, or the one in this file laid over it.

    Raises PlaybookError when the file cannot be read or does not hold what a playbook must.
    """
    shipped = parse(_shipped(), "retention.yaml")
    return shipped if path is None else parse(_read(path), str(path)).over(shipped)


def parse(text: str, where: str) -> Playbook:
    """Return the playbook that a text holds; `where` names its file in messages."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise PlaybookError(f"{where} is no YAML: {_place(error)}", f"Mend that line. {_HELP}") from error
    except ValueError as error:
        raise PlaybookError(f"{where} holds a value that is none: {error}", f"Put it in quotes. {_HELP}") from error
    except RecursionError as error:
        raise PlaybookError(f"{where} is nested too deeply.", _HELP) from error
    if not isinstance(data, dict):
        raise PlaybookError(f"{where} holds no playbook: it must be a mapping with version, name and entries.", _HELP)
    strange = next((key for key in data if not isinstance(key, str)), None)
    if strange is not None:
        raise PlaybookError(f"{where}: the key {strange!r} is no text.", f"Put it in quotation marks. {_HELP}")
    try:
        return Playbook.model_validate(data)
    except ValidationError as error:
        raise PlaybookError(_told(where, data, error), f"Change that key in {where}. {_HELP}") from error


def _shipped() -> str:
    return resources.files("notesense.playbook").joinpath("retention.yaml").read_text(encoding="utf-8")


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise PlaybookError(f"The playbook {path} cannot be read: {reason}.", "Check the path.") from error
    if len(raw) > LARGEST_FILE:
        raise PlaybookError(f"The playbook {path} is larger than {LARGEST_FILE // 1024} KB.", _HELP)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlaybookError(f"The playbook {path} is not UTF-8 text.", "Save it as UTF-8.") from error


def _place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    return f"{problem}." if mark is None else f"line {mark.line + 1}: {problem}."


def _told(where: str, data: dict[object, object], error: ValidationError) -> str:
    first = error.errors()[0]
    more = error.error_count() - 1
    key = _key(data, first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    others = f" ({more} more fault{'s' if more > 1 else ''})" if more else ""
    return f"{where}: {key}: {message}.{others}"


def _key(data: dict[object, object], steps: tuple[int | str, ...]) -> str:
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
