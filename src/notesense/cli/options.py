"""Options and arguments that several commands share, each told once."""

import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class TextOrJson(StrEnum):
    """Formats of answers."""

    TEXT = "text"
    JSON = "json"


class ExtractFormat(StrEnum):
    """Formats of `extract`."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


class PageFormat(StrEnum):
    """Formats of briefing and agenda."""

    TEXT = "text"
    MD = "md"
    HTML = "html"
    JSON = "json"


def complete_account(incomplete: str) -> list[str]:
    """Offer the accounts whose name begins like this, for shell completion."""
    from notesense.core.accounts import fitting_accounts
    from notesense.errors import NoteSenseError
    from notesense.wiring.verbs import NoteSense

    try:
        with NoteSense() as notes:
            names = notes.store.account_names() if notes.settings.database.exists() else ()
    except NoteSenseError:
        return []
    return list(fitting_accounts(incomplete, names)) if incomplete else [row.name for row in names]


def complete_kind(incomplete: str) -> list[str]:
    """Offer the nine kinds and the team's trackers that begin like this, for shell completion."""
    from notesense.core.vocabulary import KINDS, in_order
    from notesense.errors import NoteSenseError
    from notesense.wiring.verbs import NoteSense

    try:
        own = NoteSense().trackers.names
    except NoteSenseError:
        own = frozenset()
    return [str(kind) for kind in in_order(KINDS | own) if kind.startswith(incomplete)]


def day(value: str) -> datetime.date:
    """Read a day from an option; typer turns the fault into a usage message."""
    from notesense.core.days import parse_day
    from notesense.errors import InputError

    try:
        return parse_day(value, datetime.date.today())
    except InputError as error:
        raise typer.BadParameter(f"{error.message} {error.fix}") from None


Account = Annotated[
    str,
    typer.Argument(
        metavar="ACCOUNT",
        show_default=False,
        autocompletion=complete_account,
        help="The account: its name, an alias, or the beginning of its name.",
    ),
]
AccountOption = Annotated[
    str | None,
    typer.Option("--account", "-a", metavar="NAME", autocompletion=complete_account, help="Only this account."),
]
Engine = Annotated[str, typer.Option("--engine", "-e", metavar="ENGINE", help="local needs no key and no network.")]
Answer = Annotated[TextOrJson, typer.Option("--format", "-f", help="How to print the answer.")]
Page = Annotated[PageFormat, typer.Option("--format", "-f", help="How to print it.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead (readable by you only)."),
]
AsOf = Annotated[
    datetime.date | None,
    typer.Option("--as-of", parser=day, metavar="DAY", help="Only what was known on that day (default: today)."),
]
Meeting = Annotated[
    datetime.date | None, typer.Option("--meeting", parser=day, metavar="DAY", help="The day of the next meeting.")
]
Renewal = Annotated[
    datetime.date | None, typer.Option("--renewal", parser=day, metavar="DAY", help="When the contract renews.")
]
