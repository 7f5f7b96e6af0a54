"""`people`: who is in which role at an account, and the rep's word on who is who."""

from typing import Annotated

import typer

from notesense.cli import options


def register(app: typer.Typer) -> None:
    """Put this group's commands into the app."""
    app.command("people")(people)


def people(
    account: options.Account,
    as_of: options.AsOf = None,
    same: Annotated[
        tuple[str, str] | None,
        typer.Option("--same", metavar="NAME NAME", help="These are two spellings of one person's name."),
    ] = None,
    apart: Annotated[
        tuple[str, str] | None, typer.Option("--apart", metavar="NAME NAME", help="These are two people.")
    ] = None,
    ours: Annotated[
        str | None, typer.Option("--ours", metavar="NAME", help="This is one of us, in all accounts.")
    ] = None,
    theirs: Annotated[
        str | None, typer.Option("--theirs", metavar="NAME", help="Take back that this is one of us.")
    ] = None,
    fmt: options.Answer = options.TextOrJson.TEXT,
) -> None:
    """List who is in which role, as of a day: rumoured, announced, in force.

    What you say of who is who is kept, and holds in every briefing.
    """
    from notesense.cli.output import show
    from notesense.wiring.verbs import NoteSense

    with NoteSense() as notes:
        if same:
            notes.say_of_spellings(account, *same, "same")
        if apart:
            notes.say_of_spellings(account, *apart, "other")
        if ours:
            notes.add_our_person(ours)
        if theirs:
            notes.remove_our_person(theirs)
        listed = notes.people(account, as_of=as_of)
    show(listed, fmt.value)
