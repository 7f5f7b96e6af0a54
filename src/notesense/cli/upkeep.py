"""The house: `doctor`, `reindex`, `train`, `forget`, and the `demo` that shows it all."""

from pathlib import Path
from typing import Annotated

import typer

from notesense.cli import options
from notesense.cli.exits import FAILED, PARTLY
from notesense.wiring.wishes import USUAL, ModelWishes


def register(app: typer.Typer) -> None:
    """Put this group's commands into the app."""
    app.command("demo")(demo)
    app.command("doctor")(doctor)
    app.command("reindex")(reindex)
    app.command("train")(train)
    app.command("restrict")(restrict)
    app.command("forget")(forget)


def demo(
    home: Annotated[
        Path | None,
        typer.Option(
            "--home", metavar="FOLDER", help="An empty or earlier demo folder (default: in your cache folder)."
        ),
    ] = None,
) -> None:
    """Show a briefing made from sample notes.

    Two invented accounts are loaded into a scratch folder of their own.
    """
    from notesense.cli.demo import run_demo

    run_demo(home)


def doctor(
    model: Annotated[
        bool, typer.Option("--model", help="Ask the chosen model for one line, too; all else uses no network.")
    ] = False,
    fmt: options.Answer = options.TextOrJson.TEXT,
) -> None:
    """Look whether everything is as it should be.

    What is not comes with the command that mends it.
    """
    from notesense.cli.output import show
    from notesense.wiring.probes import examine
    from notesense.wiring.verbs import NoteSense

    with NoteSense() as notes:
        checked = examine(notes, ask_model=model)
    show(checked, fmt.value)
    if any(check.state == "fault" for check in checked.checks):
        raise typer.Exit(FAILED)


@options.asking()
def reindex(
    engine: options.Engine = None, fmt: options.Answer = options.TextOrJson.TEXT, wishes: ModelWishes = USUAL
) -> None:
    """Fill the search index again from the notes.

    Notes that were kept although the engine failed on them are read again first, and all notes are read for trackers
    that are new or have changed. What later notes say about earlier ones is found anew. It can be interrupted and
    repeated.
    """
    from notesense.cli import modelwork
    from notesense.cli.output import show

    with modelwork.opened(engine, wishes, "Reading, indexing and comparing") as notes:
        if wishes.dry_run:
            show(notes.rehearse(), fmt.value)
            return
        reindexed = notes.reindex()
        show(reindexed, fmt.value)
    if reindexed.still_unread:
        raise typer.Exit(PARTLY)


def train(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE.jsonl", show_default=False, help="Labelled notes besides those kept here."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only measure; write nothing.")] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Go back to the engine as it ships.")] = False,
    fmt: options.Answer = options.TextOrJson.TEXT,
) -> None:
    """Refit the local engine to your own labelled notes, where that helps.

    Labelled are the notes marked as complete (notesense confirm --note ID) and those imported with their labels.
    The better of the shipped and the refitted heads is kept, by cross-validation, and you are told which.
    """
    from notesense.cli.output import progress, show, tell_faults
    from notesense.errors import DatasetFaulty
    from notesense.wiring.verbs import NoteSense

    if reset and (files or dry_run):
        raise typer.BadParameter("goes alone, without files and --dry-run", param_hint="--reset")
    with NoteSense() as notes:
        try:
            trained = (
                notes.untrain() if reset else notes.train(*files or [], trial=dry_run, progress=progress("Training"))
            )
        except DatasetFaulty as error:
            tell_faults(error)
            raise
    show(trained, fmt.value)


def restrict(
    account: Annotated[
        str | None,
        typer.Argument(
            metavar="ACCOUNT",
            show_default=False,
            autocompletion=options.complete_account,
            help="The account. Without it all restrictions are listed.",
        ),
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="ID", help="Only this note of the account.")] = None,
    lift: Annotated[bool, typer.Option("--lift", help="Take the restriction back.")] = False,
    fmt: options.Answer = options.TextOrJson.TEXT,
) -> None:
    """Keep an account, or one note, from ever leaving this machine.

    No model is asked about it; engines that ask one leave it to the local engine.
    """
    from notesense.cli.output import show
    from notesense.wiring.verbs import NoteSense

    if account is None and (note is not None or lift):
        raise typer.BadParameter("say whose, for example: notesense restrict Harlow", param_hint="ACCOUNT")
    with NoteSense() as notes:
        restrained = notes.restrictions() if account is None else notes.restrict(account, note, lift=lift)
    show(restrained, fmt.value)


def forget(
    account: options.Account,
    note: Annotated[str | None, typer.Option("--note", metavar="ID", help="Only this note of the account.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    fmt: options.Answer = options.TextOrJson.TEXT,
) -> None:
    """Delete an account with all its notes, for good.

    With --note only that one note goes, so that it can be added again as it should be.
    """
    import sys

    from notesense.cli.output import show, tell
    from notesense.render.safe import inline
    from notesense.wiring.verbs import NoteSense

    with NoteSense() as notes:
        name = notes.account(account)
        what = f"{inline(name)} with all its notes" if note is None else f"the note {inline(note)} of {inline(name)}"
        if not yes and not sys.stdin.isatty():
            raise typer.BadParameter(f"{what} would be deleted for good; add --yes to do it", param_hint="--yes")
        if not yes and not typer.confirm(f"Delete {what} for good?", err=True):
            tell("Nothing was deleted.")
            raise typer.Exit(FAILED)
        forgotten = notes.forget(name, note)
    show(forgotten, fmt.value)
