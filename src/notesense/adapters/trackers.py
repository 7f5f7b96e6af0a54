"""Reads a team's tracker file. Every fault is one TrackerError: the file, the line, the tracker, what to change."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from notesense.adapters import yaml_file
from notesense.core.trackers import NO_TRACKERS, Trackers
from notesense.errors import TrackerError

_HELP = "See docs/trackers.md for the form of the file."
_MESSAGES = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "string_type": "is no text; put it in quotation marks",
    "tuple_type": "must be a list, each line of it with a dash",
    "model_type": "must be a mapping with name, definition and examples",
    "dict_type": "must be a mapping with name, definition and examples",
}
"""Our words for the faults that pydantic finds by itself."""


def load(path: Path | None) -> Trackers:
    """Return the trackers of a file, or none without one. Raises TrackerError for a file that cannot be used."""
    if path is None:
        return NO_TRACKERS
    return parse(yaml_file.read(path, "tracker file", TrackerError, _HELP), str(path))


def parse(text: str, where: str) -> Trackers:
    """Return the trackers that a text holds; `where` names its file in messages."""
    must = 'holds no trackers: it must begin with "trackers:", and a list below it.'
    data = yaml_file.parse(text, where, must, TrackerError, _HELP)
    if "trackers" not in data:
        raise TrackerError(f"{where} {must}", _HELP)
    try:
        return Trackers.model_validate(data)
    except ValidationError as error:
        raise TrackerError(_told(where, text, data, error), f"Change that in {where}. {_HELP}") from error


def _told(where: str, text: str, data: Mapping[str, object], error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    steps, message = first["loc"], first["msg"].removeprefix("Value error, ")
    named = _named(data, steps)
    told = f"{named} {_MESSAGES[first['type']]}" if first["type"] in _MESSAGES else f"{named}: {message}"
    more = error.error_count() - 1
    others = f" ({more} more fault{'s' if more > 1 else ''})" if more else ""
    return f"{where}, line {yaml_file.line_of(text, steps)}: {told}.{others}"


def _named(data: Mapping[str, object], steps: tuple[int | str, ...]) -> str:
    """Name a place in the file; a tracker goes by its name, a list's entries by their number from 1."""
    names = [f"number {step + 1}" if isinstance(step, int) else step for step in steps]
    listed = data.get("trackers")
    if len(steps) > 1 and isinstance(steps[1], int) and isinstance(listed, list):
        entry = listed[steps[1]]
        name = entry.get("name") if isinstance(entry, dict) else None
        names[:2] = [f'tracker "{name[:40]}"' if isinstance(name, str) else f"tracker {steps[1] + 1}"]
    return ", ".join(names)
