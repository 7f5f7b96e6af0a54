"""Looking things up: `signals`, `search`, `notes`, `accounts`. Each line comes with its source."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from notesense.cli import options
from notesense.core.portfolio_order import SortedBy

if TYPE_CHECKING:
    from notesense.wiring.verbs import NoteSense

Since = Annotated[
    datetime.date | None, typer.Option("--since", parser=options.day, metavar="DAY", help="Not before this day.")
]
Until = Annotated[
    datetime.date | None, typer.Option("--until", parser=options.day, metavar="DAY", help="Not after this day.")
]

Described = Annotated[
    str | None,
    typer.Argument(
        metavar="ACCOUNT",
        show_default=False,
        autocompletion=options.complete_account,
        help="Which account is changed.",
    ),
]
Alias = Annotated[str | None, typer.Option("--alias", metavar="NAME", help="Let ACCOUNT answer to this name, too.")]
RenewalDay = Annotated[
    options.Renewing | None,
    typer.Option(
        "--renewal",
        parser=options.renewing,
        metavar="DAY|none",
        help="When ACCOUNT's contract renews; none: unknown.",
    ),
]
NewName = Annotated[
    str | None, typer.Option("--rename", metavar="NAME", help="Call ACCOUNT so; it answers to its old name, too.")
]
Into = Annotated[
    str | None,
    typer.Option(
        "--into",
        metavar="OTHER",
        autocompletion=options.complete_account,
        help="Put all notes of ACCOUNT into OTHER: the two are one.",
    ),
]
Domain = Annotated[str | None, typer.Option("--domain", metavar="DOMAIN", help="Who writes from there is of ACCOUNT.")]
NoDomain = Annotated[
    str | None, typer.Option("--no-domain", metavar="DOMAIN", help="This domain tells nothing of ACCOUNT.")
]
Sorting = Annotated[
    SortedBy, typer.Option("--sort", help="What comes first: what asks most for attention, or the name.")
]
TableFormat = Annotated[options.TableFormat, typer.Option("--format", "-f", help="How to print it.")]


def register(app: typer.Typer) -> None:
    """Put this group's commands into the app."""
    app.command("signals")(signals)
    app.command("search")(search)
    app.command("notes")(notes_)
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


def notes_(
    account: options.Account,
    since: Since = None,
    until: Until = None,
    fmt: options.Answer = options.TextOrJson.TEXT,
) -> None:
    """List the notes of an account with their ids, oldest first."""
    from notesense.cli.output import show
    from notesense.wiring.verbs import NoteSense

    with NoteSense() as notes:
        show(notes.list_notes(account, since=since, until=until), fmt.value)


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
    account: Described = None,
    alias: Alias = None,
    renewal: RenewalDay = None,
    rename: NewName = None,
    into: Into = None,
    domain: Domain = None,
    no_domain: NoDomain = None,
    sort: Sorting = SortedBy.NAME,
    as_of: options.AsOf = None,
    fmt: TableFormat = (options.TableFormat.TEXT),
    output: options.Output = None,
) -> None:
    """List all accounts: standing, live contact, what we owe, fires, renewal.

    With ACCOUNT, say what you know of it. The list tells what is known; accounts whose notes were not compared yet are
    marked. A briefing compares them.
    """
    from notesense.cli.output import progress, show
    from notesense.wiring.verbs import NoteSense

    said = Said(alias, renewal, rename, into, domain, no_domain)
    if (account is None) != (said == Said()):
        raise typer.BadParameter("say whose, for example: notesense accounts Harlow --alias HI", param_hint="ACCOUNT")
    with NoteSense(progress=progress("Looking over accounts")) as notes:
        if account is not None:
            _say(notes, notes.account(account), said)
        portfolio = notes.accounts(as_of=as_of, sort=sort)
    show(portfolio, fmt.value, output=output)


@dataclass(frozen=True)
class Said:
    """What is said of one account."""

    alias: str | None = None
    renewal: options.Renewing | None = None
    rename: str | None = None
    into: str | None = None
    domain: str | None = None
    no_domain: str | None = None


def _say(notes: "NoteSense", account: str, said: Said) -> None:
    """Keep what is said of an account: first what it is called, last that it is another."""
    from notesense.cli.output import tell

    if said.alias is not None:
        notes.add_alias(account, said.alias)
    if said.renewal is not None:
        notes.set_renewal(account, said.renewal.day)
        if said.renewal.day is not None and said.renewal.day < datetime.date.today():
            tell(f"The renewal day of {account}, {said.renewal.day}, has passed: briefings say so.")
    for domain, theirs in ((said.domain, True), (said.no_domain, False)):
        if domain is not None:
            known = notes.say_domain(account, domain, theirs)
            shown = ", ".join(each if by_you else f"{each} (learned)" for each, by_you in known)
            tell(f"Domains of {account}: {shown or 'none'}.")
    if said.rename is not None:
        notes.rename(account, said.rename)
        account = notes.account(account)
        tell(f"It is {account} from now on. Its notes are indexed and compared anew when they are next needed.")
    if said.into is not None:
        merged = notes.merge(account, said.into)
        tell(f"{merged.notes} notes of {merged.account} are notes of {merged.into} now, which answers to both names.")
        for note_id in merged.twice:
            tell(f'There twice: {note_id}. To delete it: notesense forget "{merged.into}" --note {note_id}')
