"""Asking the notes a question: `ask`."""

import datetime
from enum import StrEnum
from typing import Annotated

import typer

from notesense.cli import options
from notesense.cli.exits import PARTLY
from notesense.wiring.wishes import USUAL, ModelWishes


class AnswerFormat(StrEnum):
    """Formats of an answer."""

    TEXT = "text"
    MD = "md"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Put this command into the app."""
    app.command("ask")(ask)


@options.asking("model", "dry_run", "max_cost", "max_tokens", "fresh", "redact")
def ask(
    account: options.Account,
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", show_default=False, help="What to ask.")],
    as_of: options.AsOf = None,
    since: Annotated[
        datetime.date | None, typer.Option("--since", parser=options.day, metavar="DAY", help="Not before this day.")
    ] = None,
    fmt: Annotated[AnswerFormat, typer.Option("--format", "-f", help="How to print the answer.")] = AnswerFormat.TEXT,
    wishes: ModelWishes = USUAL,
) -> None:
    """Answer a question from an account's notes.

    The model that you chose answers, and each sentence cites words of the notes; without one you get the passages.
    """
    from notesense.cli import modelwork
    from notesense.cli.output import show, tell

    with modelwork.opened(None, wishes, "Indexing passages") as notes:
        answered = notes.ask(account, " ".join(question), as_of=as_of, since=since)
        if wishes.dry_run:
            modelwork.show_rehearsed(notes, "json" if fmt is AnswerFormat.JSON else "text")
            return
    show(answered, fmt.value)
    if answered.failure is not None:
        tell(f"The passages alone, without the model's answer: {answered.failure}.")
        raise typer.Exit(PARTLY)
