"""`eval export`: notes that a person went through, as labelled notes to measure and train on."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

from notesense.cli import options


def register(group: typer.Typer) -> None:
    """Put the command into the group `eval`."""
    group.command("export")(export)


def export(
    accounts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ACCOUNT",
            show_default=False,
            autocompletion=options.complete_account,
            help="Only these accounts (default: all).",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "--output", "-o", metavar="FILE.jsonl", help="Write to this file (readable by you only)."
        ),
    ] = None,
    since: Annotated[
        datetime.date | None,
        typer.Option("--since", parser=options.day, metavar="DAY", help="Only notes of this day and later."),
    ] = None,
    only_corrected: Annotated[
        bool,
        typer.Option("--only-corrected", help="Every note with a correction, with what a person spoke for alone."),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write notes that a person went through as labelled notes (JSONL).

    A note counts as labelled when it is marked as complete (notesense confirm --note ID) or came with its labels
    (notesense import --keep-signals). What was rejected stands in it apart.
    """
    from notesense.cli.output import show, tell
    from notesense.errors import InputError
    from notesense.render.labelled import summary
    from notesense.wiring.verbs import NoteSense

    if out is not None and out.is_file() and not force:
        raise InputError(f"{out} is there already.", "Choose another file, or add --force to write over it.")
    with NoteSense() as notes:
        exported = notes.export_labelled(*accounts or [], since=since, only_corrected=only_corrected)
    show(exported, "jsonl", output=out)
    for line in summary(exported):
        tell(line)
