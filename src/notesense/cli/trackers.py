"""`trackers`: a team's own kinds of signal, listed with how well their examples separate, and checked."""

from pathlib import Path
from typing import Annotated

import typer

from notesense.cli import options


def register(app: typer.Typer) -> None:
    """Put this group's commands into the app."""
    group = typer.Typer(rich_markup_mode=None)
    group.callback(invoke_without_command=True)(trackers)
    group.command("check")(check)
    app.add_typer(group, name="trackers")


def trackers(context: typer.Context, fmt: options.Answer = options.TextOrJson.TEXT) -> None:
    """List your own kinds of signal, and how well their examples separate."""
    if context.invoked_subcommand is not None:
        return
    from notesense.cli.output import show
    from notesense.wiring.verbs import NoteSense

    with NoteSense() as notes:
        listed = notes.list_trackers()
    show(listed, fmt.value)


def check(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", show_default=False, help="Default: the tracker file in use.")
    ] = None,
    fmt: options.Answer = options.TextOrJson.TEXT,
) -> None:
    """Say whether a tracker file can be used; the first fault is told with its line."""
    from notesense.cli.output import show
    from notesense.wiring.verbs import NoteSense

    with NoteSense() as notes:
        checked = notes.check_trackers(file)
    show(checked, fmt.value)
