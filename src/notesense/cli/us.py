"""`us`: who is one of us, by name, address or e-mail domain, in all accounts."""

from typing import Annotated

import typer

from notesense.cli import options

group = typer.Typer(
    help="Who is one of us: people, addresses and e-mail domains of yours, in all accounts.",
    invoke_without_command=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Whom = Annotated[
    list[str],
    typer.Argument(
        metavar="WHO...", show_default=False, help='"Ben Cole", ben@ours.example, or ours.example for all of a domain.'
    ),
]


def register(app: typer.Typer) -> None:
    """Put this group's commands into the app."""
    group.callback()(list_)
    group.command("add")(add)
    group.command("remove")(remove)
    app.add_typer(group, name="us")


def list_(context: typer.Context, fmt: options.Answer = options.TextOrJson.TEXT) -> None:
    """List who is one of us, as you said or as exports told that tell sides.

    What they say is ours: it tells whose a note is by the others, and what we owe.
    """
    if context.invoked_subcommand is None:
        _show((), (), fmt)


def add(who: Whom, fmt: options.Answer = options.TextOrJson.TEXT) -> None:
    """Count these among us, in notes that come, in those that are there, and in every briefing."""
    _show(who, (), fmt)


def remove(who: Whom, fmt: options.Answer = options.TextOrJson.TEXT) -> None:
    """Count these no more among us, from now on. What was learned from a source is not learned again."""
    _show((), who, fmt)


def _show(added: list[str] | tuple[str, ...], removed: list[str] | tuple[str, ...], fmt: options.TextOrJson) -> None:
    from notesense.cli.output import progress, show
    from notesense.wiring.verbs import NoteSense

    with NoteSense(progress=progress("Looking through notes")) as notes:
        if removed:
            notes.remove_ours(*removed)
        show(notes.add_ours(*added) if added else notes.us(), fmt.value)
