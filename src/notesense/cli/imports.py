"""What belongs to bringing many notes in, beside `import`: `watch` a folder, `show` a note in all its forms."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from notesense.cli import options
from notesense.cli.exits import PARTLY
from notesense.core.vocabulary import Channel
from notesense.wiring.wishes import USUAL, ModelWishes

if TYPE_CHECKING:
    from notesense.core.import_results import Imported

SECONDS = 2.0


def register(app: typer.Typer) -> None:
    """Put this group's commands into the app."""
    app.command("watch")(watch)
    app.command("show")(show_)


@options.asking("model", "max_cost", "max_tokens", "redact", "concurrency")
def watch(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", show_default=False, help="The folder into which new files come.")
    ],
    account: Annotated[
        str | None,
        typer.Option("--account", "-a", metavar="NAME", help="Put all notes under this account, whatever a file says."),
    ] = None,
    channel: Annotated[
        Channel | None, typer.Option("--channel", "-c", help="Default: told by file name or form, else memo.")
    ] = None,
    engine: options.Engine = None,
    once: Annotated[bool, typer.Option("--once", help="Take what is there and complete, then end.")] = False,
    interval: Annotated[
        float, typer.Option("--interval", metavar="SECONDS", min=0.05, max=86_400, help="Time between two looks.")
    ] = SECONDS,
    wishes: ModelWishes = USUAL,
) -> None:
    """Pick up new files of a folder as they appear. Ctrl-C ends it.

    A file is taken once it has stayed the same from one look to the next. In a folder below, the first folder names the
    account, unless --account does. One line is printed for each file; a bad one is tried again when it changes.
    """
    import time

    from notesense.cli import modelwork
    from notesense.cli.output import tell
    from notesense.workflows.lookout import keep_looking

    failed = False
    with modelwork.opened(engine, wishes, "Reading", modelwork.KEPT) as notes:
        lookout = notes.lookout(folder, account=account, channel=channel)
        if not once:
            tell(f"Watching {folder}. Ctrl-C ends it; what was taken stays.")
        for taken in keep_looking(lookout, lambda: time.sleep(interval), once):
            failed |= _line(str(taken.path.relative_to(folder)), taken.imported, taken.error)
            if taken.imported is not None and taken.imported.interrupted:
                raise KeyboardInterrupt
        for path in lookout.waiting:
            tell(f"{path.relative_to(folder)}: still being written, left for the next time.")
    if failed:
        raise typer.Exit(PARTLY)


def _line(name: str, imported: "Imported | None", error: str) -> bool:
    """Print what became of a file, with the time; tell whether something of it could not be taken."""
    from notesense.render.safe import inline
    from notesense.render.terminal_import import in_lines

    told, good = in_lines(name, imported) if imported is not None else ([error], False)
    further = (f"      {inline(one)}" for one in told[1:])
    print(inline(f"{datetime.datetime.now():%H:%M} {name}: {told[0]}"), *further, sep="\n", flush=True)
    return not good


def show_(
    note: Annotated[str, typer.Argument(metavar="ID", show_default=False, help="The note's id.")],
    form: Annotated[
        int | None,
        typer.Option("--form", metavar="N", min=1, show_default=False, help="The N-th other form instead of the note."),
    ] = None,
    fmt: options.Answer = options.TextOrJson.TEXT,
) -> None:
    """Print a note word for word, and tell in which other forms it came."""
    from notesense.cli.output import show
    from notesense.wiring.verbs import NoteSense

    with NoteSense() as notes:
        show(notes.show_note(note, form), fmt.value)
