"""Files of every family, written by us, each with all that a reader must make of it; and real files, where they are.

A fixture is `tests/readers/forms/NAME/FILE` with `FILE.expected.json` beside it. The latter holds what `told` makes of
the readings, apart from what is empty. For a first draft, to be read through against the file:

    PYTHONPATH=src python tests/form_fixtures.py tests/readers/forms/NAME/FILE
"""

import csv
import datetime
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from notesense.core.passages import turns_of
from notesense.core.reading import Reading, Readings
from notesense.core.vocabulary import Channel
from notesense.readers.sources import read_path

FORMS = Path(__file__).parent / "readers" / "forms"
EXPECTED = ".expected.json"
COMPANIONS = frozenset({"users.json"})
"""Files without notes of their own, which complete the fixtures beside them."""
ROOT = Path(__file__).parents[1]
REAL = Path(os.environ.get("NOTESENSE_REALDATA") or ROOT.parent / "shared" / "realdata")
_SOME_DAY = datetime.date(2026, 1, 1)
REAL_TABLE = Path(__file__).parent / "readers" / "realdata.tsv"


class Real(NamedTuple):
    """What is to become of a real file: form, number of notes and turns, or the beginning of why it is refused."""

    file: str
    form: str
    notes: int
    turns: int
    refused: str


def fixtures() -> list[Path]:
    """Return the files of all fixtures."""
    expected = sorted(FORMS.rglob(f"*{EXPECTED}"))
    return [path.with_name(path.name.removesuffix(EXPECTED)) for path in expected]


def real_files() -> list[Real]:
    """Return the table of real files."""
    with REAL_TABLE.open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Real(row["file"], row["form"], int(row["notes"]), int(row["turns"]), row["refused"] or "") for row in rows
        ]


def told(readings: Readings, folder: Path) -> dict[str, Any]:
    """Return all that the readings tell, as JSON has it, without what is empty; places are relative to the folder."""
    notes = [_note(one, folder) for one in readings.notes]
    refused = [{"where": _place(one.where, folder), "reason": _place(one.reason, folder)} for one in readings.refused]
    return _filled({"notes": notes, "refused": refused})


def _note(one: Reading, folder: Path) -> dict[str, Any]:
    note = one.as_note(one.account or "-", one.date or _SOME_DAY, one.channel or Channel.MEMO)
    plain = one.model_dump(mode="json", exclude={"text", "turns", "labels"})
    turns = [
        turn.model_dump(mode="json", exclude={"start", "end"}, exclude_none=True) | {"words": turn.words(note.text)}
        for turn in turns_of(note)
    ]
    return plain | {"where": _place(one.where, folder), "turns": turns, "labels": len(one.labels or ())}


def _place(text: str, folder: Path) -> str:
    return text.replace(f"{folder}{os.sep}", "")


def _filled(value: Any) -> Any:
    """Return plain data without what is empty or unknown."""
    if isinstance(value, dict):
        kept = {name: _filled(each) for name, each in value.items()}
        return {name: each for name, each in kept.items() if each or (name == "time" and each is not None)}
    return [_filled(each) for each in value] if isinstance(value, list) else value


def _drafts() -> Iterator[str]:
    for name in sys.argv[1:]:
        path = Path(name).resolve()
        yield json.dumps(told(read_path(path), path.parent), indent=1, ensure_ascii=False)


if __name__ == "__main__":
    print(*_drafts(), sep="\n")
