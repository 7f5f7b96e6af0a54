"""`export`: notes and signals out, as a whole store or for other programs."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from notesense.cli import options


class Form(StrEnum):
    """Forms of an export."""

    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"
    MINUTES = "minutes"


def register(app: typer.Typer) -> None:
    """Put the command into the app."""
    app.command("export")(export)


def export(
    dest: Annotated[
        Path,
        typer.Argument(
            metavar="DEST", show_default=False, help="The file to write (jsonl), or the new folder (other forms)."
        ),
    ],
    account: Annotated[
        list[str] | None,
        typer.Option(
            "--account",
            "-a",
            metavar="NAME",
            autocompletion=options.complete_account,
            help="Only this account; repeatable.",
        ),
    ] = None,
    form: Annotated[
        Form,
        typer.Option(
            "--form",
            help="jsonl: all that is known, to import again. csv: two tables. markdown: a file a note. "
            "minutes: for the program of that name.",
        ),
    ] = Form.JSONL,
    bom: Annotated[bool, typer.Option("--bom", help="Begin CSV so that Excel takes it for UTF-8.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over an earlier export.")] = False,
    fmt: options.Answer = options.TextOrJson.TEXT,
) -> None:
    """Write notes and signals to files of your own.

    JSONL holds all that is known, and notesense import brings it back: what engines found stays theirs, what you
    said stays yours. The other forms are for spreadsheets, CRMs and note programs. The files are readable by you
    only, and appear whole or not at all.
    """
    from notesense.cli.output import progress, show
    from notesense.wiring.verbs import NoteSense

    if bom and form is not Form.CSV:
        raise typer.BadParameter("is for --form csv", param_hint="--bom")
    with NoteSense() as notes:
        told = progress("Exporting notes")
        taken = notes.export(dest, *account or [], form=form.value, force=force, bom=bom, progress=told)
    show(taken, fmt.value)
