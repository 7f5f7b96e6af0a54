"""The demo: sample notes of two invented accounts through the local engine, and the briefing of the one in trouble."""

import datetime
import shlex
import shutil
import sys
from importlib import resources
from pathlib import Path

from notesense import demo as sample
from notesense.cli.output import progress, show, tell, write_private
from notesense.cli.pace import Pace
from notesense.errors import InputError
from notesense.readers.jsonl import read_jsonl
from notesense.render import render
from notesense.wiring.verbs import NoteSense

_MARK = ".notesense-demo"
"""The file that shows that a folder is a demo's own, so that it may be emptied."""


def run_demo(home: Path | None) -> None:
    """Fill the scratch folder anew, write the briefing's page and print the briefing."""
    folder = _fresh_folder(home)
    lines = resources.files(sample).joinpath("notes.jsonl").read_bytes()
    readings = read_jsonl(lines, "the sample notes")
    tell(f"Reading {len(readings.notes)} sample notes of two invented accounts with the local engine ...")
    with NoteSense(folder, progress=progress("Reading and comparing")) as notes:
        notes.warn = tell
        imported = notes.import_all(readings, progress=Pace("Importing"))
        briefing = notes.brief(
            sample.ACCOUNT,
            as_of=datetime.date.fromisoformat(sample.AS_OF),
            meeting=datetime.date.fromisoformat(sample.MEETING),
            renewal=datetime.date.fromisoformat(sample.RENEWAL),
        )
        texts = notes.notes_by_id(sample.ACCOUNT)
    page = folder / "briefing.html"
    write_private(page, render(briefing, "html", notes=texts))
    show(imported, "text")
    print()
    show(briefing, "text")
    print(f"\nThe same briefing as a page: {page}")
    print(f'Look around with: NOTESENSE_HOME={shlex.quote(str(folder))} {_program()} search "what was promised"')


def _program() -> str:
    """Return how this program was called, so that the next command can be pasted."""
    called = Path(sys.argv[0])
    if shutil.which("notesense"):
        return "notesense"
    return str(called) if called.name == "notesense" else "python -m notesense"


def _fresh_folder(home: Path | None) -> Path:
    """Return an empty folder of the demo's own. Raises InputError for a folder that holds anything else."""
    folder = (home or NoteSense().settings.cache / "demo").expanduser().resolve()
    try:
        if folder.is_dir() and any(folder.iterdir()):
            if not (folder / _MARK).exists():
                raise InputError(f"{folder} is not empty and no earlier demo.", "Choose another folder with --home.")
            shutil.rmtree(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / _MARK).touch()
    except OSError as error:
        raise InputError(
            f"Cannot use {folder}: {error.strerror or error}.", "Choose another folder with --home."
        ) from None
    return folder
