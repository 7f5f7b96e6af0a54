"""Before a meeting: `brief` and `agenda`."""

from typing import Annotated

import typer

from notesense.cli import options

Minutes = Annotated[int, typer.Option("--minutes", "-m", metavar="N", help="How long the meeting lasts.")]


def register(app: typer.Typer) -> None:
    """Put this group's commands into the app."""
    app.command("brief")(brief)
    app.command("agenda")(agenda)


def brief(
    account: options.Account,
    as_of: options.AsOf = None,
    meeting: options.Meeting = None,
    renewal: options.Renewal = None,
    minutes: Minutes = 45,
    fmt: options.Page = options.PageFormat.TEXT,
    output: options.Output = None,
) -> None:
    """Print the briefing for an account, agenda included.

    Every line comes with the words it rests on.
    """
    from notesense.cli.output import show
    from notesense.wiring.verbs import NoteSense

    with NoteSense() as notes:
        briefing = notes.brief(account, as_of=as_of, meeting=meeting, renewal=renewal, minutes=minutes)
        texts = notes.notes_by_id(briefing.account) if fmt is options.PageFormat.HTML else None
    show(briefing, fmt.value, notes=texts, output=output)


def agenda(
    account: options.Account,
    as_of: options.AsOf = None,
    minutes: Minutes = 45,
    meeting: options.Meeting = None,
    renewal: options.Renewal = None,
    fmt: options.Page = options.PageFormat.TEXT,
    output: options.Output = None,
) -> None:
    """Print the discovery agenda alone.

    What to raise, in which order, in the minutes there are.
    """
    from notesense.cli.output import show
    from notesense.wiring.verbs import NoteSense

    with NoteSense() as notes:
        planned = notes.agenda(account, as_of=as_of, minutes=minutes, meeting=meeting, renewal=renewal)
        texts = notes.notes_by_id(planned.account) if fmt is options.PageFormat.HTML else None
    show(planned, fmt.value, notes=texts, output=output)
