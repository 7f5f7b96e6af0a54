"""Reads account histories: folders with `notes.jsonl` (labelled notes) and `account.json` (the facts on a day).

What is wrong is told with file and line, the value, and what is right, as in any labelled notes.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from notesense.core.evaluated import Fault
from notesense.errors import InputError
from notesense.evaluation.accounts.consistency import inconsistencies
from notesense.evaluation.accounts.facts import Facts
from notesense.evaluation.accounts.json_lines import Path as JsonPath
from notesense.evaluation.accounts.json_lines import lines_of
from notesense.evaluation.datasets import Dataset, LabelledNote, read_dataset, shortened
from notesense.evaluation.forms import Fields

NOTES, FACTS = "notes.jsonl", "account.json"
_KEY = "[key]"
"""What pydantic puts at the end of a path where the key itself is wrong."""
FORM = "A history is a folder with notes.jsonl and account.json; docs/measuring.md tells the form."


class History(NamedTuple):
    """A history without a fault. `name` is its folder's."""

    name: str
    folder: Path
    facts: Facts
    notes: tuple[LabelledNote, ...]


class Histories(NamedTuple):
    """The histories without a fault, all sound notes, and all faults, in the order of the folders."""

    histories: tuple[History, ...]
    notes: tuple[LabelledNote, ...]
    faults: tuple[Fault, ...]

    @property
    def sha256(self) -> str:
        """The hash of all notes, labels and facts, whatever folders they stand in."""
        marks = [
            Dataset(one.notes, ()).sha256 + hashlib.sha256(one.facts.model_dump_json().encode()).hexdigest()
            for one in self.histories
        ]
        return hashlib.sha256("".join(sorted(marks)).encode()).hexdigest()


def folders_in(path: Path) -> list[Path]:
    """Return the histories that a path means: itself, or those of its subfolders that hold facts; often none."""
    if (path / FACTS).is_file():
        return [path]
    return sorted(file.parent for file in path.glob(f"*/{FACTS}"))


def read_histories(paths: Sequence[Path], form: Mapping[str, Fields]) -> Histories:
    """Read the histories of all these folders. Raises InputError where a folder is not there, or holds none."""
    folders: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise InputError(f"There is no folder {path}.", FORM)
        found = folders_in(path)
        if not found:
            raise InputError(f"There is no account history in {path}.", FORM)
        for folder in found:
            folders.setdefault(folder.resolve(), folder)
    names = [folder.name for folder in folders]
    read = [_read(folder, _name(folder, names), form) for folder in folders]
    return Histories(
        histories=tuple(one for each in read for one in each.histories),
        notes=tuple(one for each in read for one in each.notes),
        faults=tuple(one for each in read for one in each.faults),
    )


def read_labelled(paths: Sequence[Path], form: Mapping[str, Fields]) -> tuple[Dataset, int]:
    """Return the labelled notes of files, folders and histories with all faults, and how many histories there are.

    Notes of different histories may have the same ids. Raises InputError as `read_dataset` does.
    """
    told = [path for path in paths if folders_in(path)]
    plain = [path for path in paths if path not in told]
    data = read_dataset(plain, form) if plain else Dataset((), ())
    if not told:
        return data, 0
    found = read_histories(told, form)
    return Dataset((*data.notes, *found.notes), (*data.faults, *found.faults)), len(found.histories)


def _name(folder: Path, names: Sequence[str]) -> str:
    return folder.name if names.count(folder.name) == 1 else f"{folder.parent.name}/{folder.name}"


def _read(folder: Path, name: str, form: Mapping[str, Fields]) -> Histories:
    notes, faults = _notes(folder, name, form)
    facts, wrong = _facts(folder, name, notes if not faults else None)
    whole = facts is not None and not faults and not wrong
    history = (History(name, folder, facts, notes),) if whole and facts is not None else ()
    return Histories(history, notes, (*faults, *wrong))


def _notes(folder: Path, name: str, form: Mapping[str, Fields]) -> tuple[tuple[LabelledNote, ...], tuple[Fault, ...]]:
    file = folder / NOTES
    if not file.is_file():
        return (), (Fault(where=f"{name}/{FACTS}", what=f"there is no {NOTES} beside it", fix=FORM),)
    data = read_dataset([file], form)
    return (
        tuple(one._replace(where=f"{name}/{one.where}") for one in data.notes),
        tuple(fault.model_copy(update={"where": f"{name}/{fault.where}"}) for fault in data.faults),
    )


def _facts(folder: Path, name: str, notes: tuple[LabelledNote, ...] | None) -> tuple[Facts | None, tuple[Fault, ...]]:
    """Return the facts and what is wrong with them; against the notes only where these are all sound."""
    file, where = folder / FACTS, f"{name}/{FACTS}"
    try:
        data = file.read_bytes().removeprefix(b"\xef\xbb\xbf")
        text = data.decode()
    except OSError as error:
        raise InputError(f"Cannot read {file}: {error.strerror or error}.", "Check its permissions.") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, (Fault(where=f"{where}:{line}", what="not UTF-8", fix="Save it as UTF-8."),)
    try:
        facts = Facts.model_validate_json(text)
    except ValidationError as error:
        return None, tuple(_faults(error.errors(include_url=False), text, where))
    lines = lines_of(text)
    found = inconsistencies(facts, notes) if notes is not None else ()
    return facts, tuple(
        Fault(where=f"{where}:{lines[path]}", what=f"{_told(path)}: {what}", fix=fix) for path, what, fix in found
    )


def _faults(errors: Sequence[ErrorDetails], text: str, where: str) -> Iterator[Fault]:
    if errors[0]["type"] == "json_invalid":
        reason = str(errors[0].get("ctx", {}).get("error", ""))
        line = reason.rpartition(" at line ")[2].partition(" ")[0]
        yield Fault(where=f"{where}:{line}", what=f"not a whole JSON object ({reason})", fix=FORM)
        return
    lines = lines_of(text)
    for error in errors:
        path = error["loc"]
        while path not in lines:
            path = path[:-1]
        what, fix = _reason(error)
        yield Fault(where=f"{where}:{lines[path]}", what=f"{_told(error['loc'])}: {what}", fix=fix)


def _reason(error: ErrorDetails) -> tuple[str, str]:
    """Return what pydantic found as what is wrong and what is right."""
    kind, value = error["type"], shortened(error["input"])
    if kind == "missing":
        return "is missing", "Add it; null or [] where there is nothing."
    if kind == "extra_forbidden":
        return "no such fact", "Leave it out, or mend its name."
    if kind in ("literal_error", "enum"):
        return f"is {value}", f"It must be one of {error['ctx']['expected']}."
    if kind.startswith("date"):
        return f"is {value}", "It must be a day as YYYY-MM-DD."
    return f"is {value}", f"{error['msg']}."


def _told(path: JsonPath) -> str:
    """Return a path as a reader would say it, counted from 1: `promises 3: status`."""
    parts = [f" {part + 1}" if isinstance(part, int) else f", {part}" for part in path if part != _KEY]
    return "".join(parts).removeprefix(", ") or "the file"
