"""Looking things up: `signals`, `search`, `accounts`. Each line comes with its source."""

import datetime
from typing import Annotated

import typer

from notesense.cli import options
from notesense.core.portfolio_order import SortedBy

Since = Annotated[
    datetime.date | None, typer.Option("--since", parser=options.day, metavar="DAY", help="Not before this day.")
]
Until = Annotated[
    datetime.date | None, typer.Option("--until", parser=options.day, metavar="DAY", help="Not after this day.")
]


def register(app: typer.Typer) -> None:
    """Put this group's commands into the app."""
    app.command("signals")(signals)
    app.command("search")(search)
    app.command("accounts")(accounts)


def signals(
    account: Annotated[
        str | None,
        typer.Argument(
            metavar="ACCOUNT", show_default=False, autocompletion=options.complete_account, help="Only this account."
        ),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            "-k",
            metavar="KIND",
            autocompletion=options.complete_kind,
            help="Only this kind, such as pain_point or a tracker's name; repeatable.",
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    note: Annotated[str | None, typer.Option("--note", metavar="ID", help="Only this note.")] = None,
    fmt: options.Answer = options.TextOrJson.TEXT,
) -> None:
    """List the signals found, each with its quote and source."""
    from notesense.cli.output import show
    from notesense.errors import UnknownKind
    from notesense.wiring.verbs import NoteSense

    with NoteSense() as notes:
        try:
            listed = notes.signals(account, kinds=kind or [], since=since, until=until, note_id=note)
        except UnknownKind as error:
            raise typer.BadParameter(f"{error.message} {error.fix}", param_hint="--kind") from None
    show(listed, fmt.value)


def search(
    query: Annotated[list[str], typer.Argument(metavar="QUERY", show_default=False, help="What to look for.")],
    account: options.AccountOption = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=200, help="How many passages at most.")] = 8,
    since: Since = None,
    until: Until = None,
    fmt: options.Answer = options.TextOrJson.TEXT,
) -> None:
    """Find passages again, by meaning and by words."""
    from notesense.cli.output import progress, show, tell
    from notesense.wiring.verbs import NoteSense

    with NoteSense(progress=progress("Indexing passages")) as notes:
        searched = notes.search(" ".join(query), account, limit=limit, since=since, until=until)
    if searched.warning and fmt is options.TextOrJson.JSON:
        tell(searched.warning)
    show(searched, fmt.value)


def accounts(
    account: Annotated[
        str | None,
        typer.Argument(
            metavar="ACCOUNT", show_default=False, autocompletion=options.complete_account, help="Whose alias it is."
        ),
    ] = None,
    alias: Annotated[
        str | None, typer.Option("--alias", metavar="NAME", help="Let ACCOUNT answer to this name, too.")
    ] = None,
    sort: Annotated[
        SortedBy, typer.Option("--sort", help="What comes first: what asks most for attention, or the name.")
    ] = SortedBy.NAME,
    as_of: options.AsOf = None,
    fmt: Annotated[options.TableFormat, typer.Option("--format", "-f", help="How to print it.")] = (
        options.TableFormat.TEXT
    ),
    output: options.Output = None,
) -> None:
    """List all accounts: standing, live contact, what we owe, fires.

    It tells what is known; accounts whose notes were not compared yet are marked. A briefing compares them.
    """
    from notesense.cli.output import progress, show
    from notesense.wiring.verbs import NoteSense

    if (account is None) != (alias is None):
        raise typer.BadParameter("say both, for example: notesense accounts Harlow --alias HI", param_hint="--alias")
    with NoteSense(progress=progress("Looking over accounts")) as notes:
        if account is not None and alias is not None:
            notes.add_alias(account, alias)
        portfolio = notes.accounts(as_of=as_of, sort=sort)
    show(portfolio, fmt.value, output=output)
