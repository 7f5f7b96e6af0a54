"""Writes docs/reference/commands.md from the `--help` pages. A test compares: the page cannot lie."""

import contextlib
import io
import os
import sys
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "commands.md"
COMMANDS = (
    "add import extract signals search accounts brief agenda demo doctor reindex forget".split()
)  # in the order in which a newcomer meets them


def page() -> str:
    """Return the whole page."""
    parts = [
        "# Commands\n\nWritten by `make docs` from `notesense COMMAND --help`.\n\n"
        "Exit codes: 0 done, 1 a NoteSense error (one message and its fix), 2 wrong usage, 3 saved but part failed, "
        "130 interrupted.\n",
        f"```text\n{_help()}\n```\n",
    ]
    parts += [f"## notesense {command}\n\n```text\n{_help(command)}\n```\n" for command in COMMANDS]
    return "\n".join(parts)


def _help(*command: str) -> str:
    from notesense.cli.app import run

    os.environ["COLUMNS"] = "80"
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        run([*command, "--help"])
    return written.getvalue().strip()


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.name}", file=sys.stderr)
