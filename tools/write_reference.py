"""Writes the generated reference: the `--help` pages and the JSON schemas. A test compares: they cannot lie."""

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
COMMANDS = (
    *"add import watch show extract signals search ask accounts people us correct confirm reject brief agenda".split(),
    "trackers",
    "trackers check",
    *("eval check", "eval run", "eval show", "eval compare", "eval accounts", "eval export"),
    *("batch", "batch collect", "batch retry", "batch cancel"),
    *"costs export demo doctor reindex train restrict forget".split(),
)
"""In the order in which a newcomer meets them."""


def pages() -> Iterator[tuple[Path, str]]:
    """Yield each generated file with its text."""
    yield FOLDER / "commands.md", _commands()
    for name, schema in _schemas().items():
        yield FOLDER / "schemas" / f"{name}.json", json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _commands() -> str:
    parts = [
        "# Commands\n\nWritten by `make docs` from `notesense COMMAND --help`. The JSON of each command: "
        "[json.md](json.md).\n\n"
        "Exit codes: 0 done, 1 a NoteSense error (one message and its fix), 2 wrong usage, 3 saved but part failed, "
        "130 interrupted.\n",
        f"```text\n{_help()}\n```\n",
    ]
    parts += [f"## notesense {command}\n\n```text\n{_help(*command.split())}\n```\n" for command in COMMANDS]
    return "\n".join(parts)


def _help(*command: str) -> str:
    from notesense.cli.app import run

    os.environ["COLUMNS"] = "80"
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        run([*command, "--help"])
    return written.getvalue().strip()


def _schemas() -> dict[str, object]:
    from notesense.core.account_scores import AccountsScored
    from notesense.core.agenda import Agenda
    from notesense.core.answer import Answered
    from notesense.core.batch_results import Backfilled, BatchList, Cancelled, Collected, Retried
    from notesense.core.briefing import Briefing
    from notesense.core.evaluated import Compared, DatasetChecked, Evaluated
    from notesense.core.expenses import Costs, Planned
    from notesense.core.import_results import Imported, ImportPlan, ShownNote
    from notesense.core.note_list import NoteList
    from notesense.core.people_list import PeopleList
    from notesense.core.portfolio import Portfolio
    from notesense.core.results import (
        Checked,
        Corrected,
        Forgotten,
        Reindexed,
        Restrained,
        Searched,
        TakenOut,
        TrackerList,
        Trained,
    )
    from notesense.core.us_list import UsList
    from notesense.core.week import Week

    models = {
        "brief": Briefing,
        "brief-week": Week,
        "agenda": Agenda,
        "import": Imported,
        "import-plan": ImportPlan,
        "show": ShownNote,
        "notes": NoteList,
        "export": TakenOut,
        "search": Searched,
        "ask": Answered,
        "accounts": Portfolio,
        "correct": Corrected,
        "doctor": Checked,
        "reindex": Reindexed,
        "train": Trained,
        "restrict": Restrained,
        "forget": Forgotten,
        "people": PeopleList,
        "us": UsList,
        "trackers": TrackerList,
        "import-batch": Backfilled,
        "batch": BatchList,
        "batch-collect": Collected,
        "batch-retry": Retried,
        "batch-cancel": Cancelled,
        "costs": Costs,
        "dry-run": Planned,
        "eval-check": DatasetChecked,
        "eval-run": Evaluated,
        "eval-compare": Compared,
        "eval-accounts": AccountsScored,
    }
    return {name: model.model_json_schema(mode="serialization") for name, model in models.items()}


if __name__ == "__main__":
    for path, text in pages():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.relative_to(FOLDER)}", file=sys.stderr)
