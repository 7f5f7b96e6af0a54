"""Before a meeting: `brief` and `agenda`."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from notesense.cli import options
from notesense.cli.exits import PARTLY
from notesense.wiring.wishes import USUAL, ModelWishes

if TYPE_CHECKING:
    from notesense.core.agenda import Wording as Made

Minutes = Annotated[
    int | None,
    typer.Option(
        "--minutes",
        "-m",
        metavar="N",
        show_default=False,
        help="How long the meeting lasts. Default: as the calendar file says, else 45.",
    ),
]


class WordedBy(StrEnum):
    """Who finds the words."""

    PLAYBOOK = "playbook"
    MODEL = "model"


Wording = Annotated[
    WordedBy | None,
    typer.Option("--wording", help="Who finds the words: our playbook, or the model you chose."),
]


_asking = options.asking("model", "dry_run", "max_cost", "max_tokens", "fresh", "redact")


def register(app: typer.Typer) -> None:
    """Put this group's commands into the app."""
    app.command("brief")(brief)
    app.command("agenda")(agenda)


@_asking
def brief(
    account: options.AccountOrWeek = None,
    week: options.Week = None,
    as_of: options.AsOf = None,
    meeting: options.Meeting = None,
    event: options.Event = None,
    renewal: options.Renewal = None,
    minutes: Minutes = None,
    present: options.With = None,
    wording: Wording = None,
    fmt: options.Page = options.PageFormat.TEXT,
    output: options.Output = None,
    wishes: ModelWishes = USUAL,
) -> None:
    """Print the briefing for an account, agenda included.

    Every line comes with the words it rests on. With --week, for each meeting of the coming seven days.
    """
    from notesense.cli import arranging, modelwork
    from notesense.cli.output import show

    if week is not None:
        apart = {"ACCOUNT": account, "--meeting": meeting, "--event": event, "--renewal": renewal, "--with": present}
        arranging.brief_week(week, apart, arranging.Wanted(as_of, minutes, wording, fmt, output), wishes)
        return
    if account is None:
        raise typer.BadParameter("name one, or give a calendar with --week FILE.ics", param_hint="ACCOUNT")
    with modelwork.opened(None, wishes, "Reading and comparing") as notes:
        account = notes.account(account)
        occasion = arranging.arranged(notes, account, meeting, event, as_of, minutes, options.names(present))
        briefing = notes.brief(
            account,
            as_of=as_of,
            meeting=occasion.day,
            renewal=renewal,
            minutes=occasion.minutes,
            present=occasion.present,
            wording=wording,
        )
        if wishes.dry_run:
            modelwork.show_rehearsed(notes, "json" if fmt is options.PageFormat.JSON else "text")
            return
        texts = notes.notes_by_id(briefing.account) if fmt is options.PageFormat.HTML else None
    show(briefing, fmt.value, notes=texts, output=output)
    leave(briefing.agenda.wording, briefing.in_brief.wording if briefing.in_brief else None)


@_asking
def agenda(
    account: options.Account,
    as_of: options.AsOf = None,
    minutes: Minutes = None,
    meeting: options.Meeting = None,
    event: options.Event = None,
    renewal: options.Renewal = None,
    present: options.With = None,
    wording: Wording = None,
    fmt: options.Page = options.PageFormat.TEXT,
    output: options.Output = None,
    wishes: ModelWishes = USUAL,
) -> None:
    """Print the discovery agenda alone.

    What to raise, in which order, in the minutes there are.
    """
    from notesense.cli import arranging, modelwork
    from notesense.cli.output import show

    with modelwork.opened(None, wishes, "Reading and comparing") as notes:
        account = notes.account(account)
        occasion = arranging.arranged(notes, account, meeting, event, as_of, minutes, options.names(present))
        planned = notes.agenda(
            account,
            as_of=as_of,
            minutes=occasion.minutes,
            meeting=occasion.day,
            renewal=renewal,
            present=occasion.present,
            wording=wording,
        )
        if wishes.dry_run:
            modelwork.show_rehearsed(notes, "json" if fmt is options.PageFormat.JSON else "text")
            return
        texts = notes.notes_by_id(planned.account) if fmt is options.PageFormat.HTML else None
    show(planned, fmt.value, notes=texts, output=output)
    leave(planned.wording)


def leave(*wordings: "Made | None") -> None:
    """Leave with the code for partly done where a model that was asked for words gave none that could be read."""
    failures = [one.failure for one in wordings if one is not None and one.failure is not None]
    if failures:
        from notesense.cli.output import tell

        tell(f"The playbook's words, without the model's: {failures[0]}.")
        raise typer.Exit(PARTLY)
