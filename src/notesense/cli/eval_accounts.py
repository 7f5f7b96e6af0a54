"""`eval accounts`: briefings against what is known of written account histories."""

from pathlib import Path
from typing import Annotated

import typer

from notesense.cli import options
from notesense.cli.evaluate import Bounds, bound
from notesense.cli.exits import FAILED, PARTLY
from notesense.wiring.wishes import USUAL, ModelWishes


def register(group: typer.Typer) -> None:
    """Put the command into the group `eval`."""
    group.command("accounts")(accounts)


@options.asking()
def accounts(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="FOLDER", show_default=False, help="Account histories, or folders that hold them."),
    ],
    engine: Annotated[
        str,
        typer.Option("--engine", "-e", metavar="ENGINE", help="Whose signals: labels, local, llm or hybrid."),
    ] = "labels",
    misses: Annotated[
        bool, typer.Option("--misses", help="Tell every difference between a briefing and the facts.")
    ] = False,
    fmt: options.Answer = options.TextOrJson.TEXT,
    output: options.Output = None,
    least: Annotated[
        Bounds, typer.Option("--min", metavar="NAME=VALUE", help="Fail when a figure is lower; repeatable.")
    ] = None,
    most: Annotated[
        Bounds, typer.Option("--max", metavar="NAME=VALUE", help="Fail when a figure is higher; repeatable.")
    ] = None,
    wishes: ModelWishes = USUAL,
) -> None:
    """Score briefings on written account histories.

    A history is a folder with notes.jsonl (labelled notes) and account.json (what is known on a day). Each is imported
    into a scratch folder and drawn as a briefing on its day; each part is held against the facts. With the engine
    labels, the labels are the signals, so that only what is made of signals is measured.
    """
    from notesense.cli import modelwork
    from notesense.cli.output import show, tell_faults
    from notesense.errors import DatasetFaulty

    limits = [("min", *bound(each)) for each in least or ()] + [("max", *bound(each)) for each in most or ()]
    with modelwork.opened(engine, wishes, "Reading passages") as notes:
        try:
            if wishes.dry_run:
                show(notes.rehearse_accounts(*folders), fmt.value, output=output)
                return
            line = modelwork.progress(notes, "Reading notes")
            scored = notes.evaluate_accounts(*folders, limits=limits, misses=misses, progress=line)  # type: ignore[arg-type]
        except DatasetFaulty as error:
            tell_faults(error)
            raise
    show(scored, fmt.value, output=output)
    if not all(one.met for one in scored.limits):
        raise typer.Exit(FAILED)
    if any(one.failed for one in scored.histories):
        raise typer.Exit(PARTLY)
