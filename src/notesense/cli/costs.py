"""What work with language models cost: `costs`."""

import datetime
from typing import Annotated

import typer

from notesense.cli import options


def register(app: typer.Typer) -> None:
    """Put this group's command into the app."""
    app.command("costs")(costs)


def costs(
    since: Annotated[
        datetime.date | None,
        typer.Option("--since", parser=options.day, metavar="DAY", help="Only this day and later (UTC)."),
    ] = None,
    fmt: options.Answer = options.TextOrJson.TEXT,
) -> None:
    """Tell what language models cost, by month, model and task.

    A cost is known where you have said the price: NOTESENSE_PRICE, or prices.yaml in the data folder.
    """
    from notesense.cli.output import show
    from notesense.wiring.verbs import NoteSense

    with NoteSense() as notes:
        spent = notes.costs(since)
    show(spent, fmt.value)
