"""Options and arguments that several commands share, each told once."""

import datetime
import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from notesense.wiring.wishes import ModelWishes


class TextOrJson(StrEnum):
    """Formats of answers."""

    TEXT = "text"
    JSON = "json"


class ExtractFormat(StrEnum):
    """Formats of `extract`."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


class TableFormat(StrEnum):
    """Formats of tables."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MD = "md"


class PageFormat(StrEnum):
    """Formats of briefing and agenda."""

    TEXT = "text"
    MD = "md"
    HTML = "html"
    JSON = "json"
    DOCX = "docx"


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


@dataclass(frozen=True)
class When:
    """A meeting as it was given: its day, or the calendar file that tells it."""

    day: datetime.date | None = None
    file: Path | None = None


def when(value: str) -> When:
    """Read a day or a calendar file from an option; typer turns the fault into a usage message."""
    if value.casefold().endswith((".ics", ".ical", ".icalendar", ".ifb")) or Path(value).is_file():
        return When(file=Path(value))
    return When(day=day(value))


@dataclass(frozen=True)
class Renewing:
    """A renewal day as it was given; None takes back what is kept."""

    day: datetime.date | None


def renewing(value: str) -> Renewing:
    """Read a day, or "none", from an option; typer turns the fault into a usage message."""
    return Renewing(None if value.strip().casefold() == "none" else day(value))


def codec(value: str) -> str:
    """Read the name of an encoding from an option; typer turns the fault into a usage message."""
    from notesense.errors import InputError
    from notesense.readers.code_pages import codec_named

    try:
        return codec_named(value)
    except InputError as error:
        raise typer.BadParameter(f"{error.message} {error.fix}") from None


def _above_zero(value: float | None) -> float | None:
    if value is not None and not 0 < value < float("inf"):
        raise typer.BadParameter(f"{value:g} is no amount above 0")
    return value


Account = Annotated[
    str,
    typer.Argument(
        metavar="ACCOUNT",
        show_default=False,
        autocompletion=complete_account,
        help="The account: its name, an alias, or the beginning of its name.",
    ),
]
AccountOrWeek = Annotated[
    str | None,
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
Engine = Annotated[
    str | None,
    typer.Option(
        "--engine",
        "-e",
        metavar="ENGINE",
        show_default=False,
        help="local (no key, no network), llm (a model), hybrid. Default: NOTESENSE_ENGINE, local.",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        parser=codec,
        metavar="NAME",
        show_default=False,
        help="What files that are not UTF-8 are in, such as windows-1252. Default: told by their content.",
    ),
]
_MODEL = {
    "model": Annotated[
        str | None,
        typer.Option(
            "--model", metavar="PROVIDER:NAME", show_default=False, help="The model. Default: NOTESENSE_MODEL."
        ),
    ],
    "dry_run": Annotated[
        bool, typer.Option("--dry-run", help="Show what a model would be asked, and an estimate; send nothing.")
    ],
    "max_cost": Annotated[
        float | None,
        typer.Option("--max-cost", metavar="US$", callback=_above_zero, help="Stop before it would cost more."),
    ],
    "max_tokens": Annotated[
        int | None, typer.Option("--max-tokens", metavar="N", min=1, help="Stop before it would take more tokens.")
    ],
    "fresh": Annotated[bool, typer.Option("--fresh", help="Ask again what was answered before.")],
    "verify": Annotated[bool, typer.Option("--verify", help="Have the model take a second look at what it found.")],
    "redact": Annotated[
        str | None,
        typer.Option(
            "--redact",
            metavar="WHAT",
            show_default=False,
            help="Replace before sending: all, or some of people,companies,emails,phones,amounts. "
            "Default: NOTESENSE_REDACT.",
        ),
    ],
    "concurrency": Annotated[
        int | None,
        typer.Option(
            "--concurrency",
            metavar="N",
            min=1,
            max=64,
            show_default=False,
            help="Requests at once. Default: NOTESENSE_CONCURRENCY, 8.",
        ),
    ],
}


def asking(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of model work (all, or these); it gets them as one argument, `wishes`."""
    wanted = {name: _MODEL[name] for name in names or _MODEL}
    usual = ModelWishes()

    def with_options(command: Callable[..., None]) -> Callable[..., None]:
        own = inspect.signature(command, eval_str=True)
        mine = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=getattr(usual, name), annotation=annotation)
            for name, annotation in wanted.items()
        ]
        others = [
            each.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            for each in own.parameters.values()
            if each.name != "wishes"
        ]

        @functools.wraps(command)
        def asked(**given: Any) -> None:
            wishes = ModelWishes(**{name: given.pop(name) for name in wanted})
            command(**given, wishes=wishes)

        asked.__signature__ = own.replace(parameters=[*others, *mine])  # type: ignore[attr-defined]
        return asked

    return with_options


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
    When | None,
    typer.Option(
        "--meeting",
        parser=when,
        metavar="DAY|FILE.ics",
        help="The next meeting: its day, or a calendar file with its time and who comes.",
    ),
]
Event = Annotated[
    int | None,
    typer.Option("--event", metavar="N", min=1, help="Which meeting of the calendar file (default: the next)."),
]
Week = Annotated[
    Path | None,
    typer.Option("--week", metavar="FILE.ics", help="A briefing for each meeting of the coming seven days."),
]
Renewal = Annotated[
    datetime.date | None,
    typer.Option("--renewal", parser=day, metavar="DAY", help="When the contract renews (default: as kept)."),
]
With = Annotated[
    str | None,
    typer.Option(
        "--with",
        metavar="NAME[,NAME]",
        show_default=False,
        help="Who of the customer's people will be there: their matters are preferred.",
    ),
]


def names(given: str | None) -> tuple[str, ...]:
    """Return the names of an option that takes several."""
    return tuple(name.strip() for name in (given or "").split(",") if name.strip())
