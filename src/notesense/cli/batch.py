"""Batches: `import --batch`, and the group `batch` that lists, collects, retries and cancels them."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from notesense.cli import options
from notesense.cli.exits import PARTLY
from notesense.core.vocabulary import Channel
from notesense.wiring.wishes import USUAL, ModelWishes

if TYPE_CHECKING:
    from notesense.core.reading import Readings
    from notesense.wiring.batching import Batching
    from notesense.wiring.verbs import NoteSense

group = typer.Typer(
    help="Requests answered within a day, at a lower price. Submit some: notesense import ... --batch",
    invoke_without_command=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

BatchId = Annotated[str, typer.Argument(metavar="BATCH", show_default=False, help="Its id, or the beginning of it.")]
MaybeBatch = Annotated[
    str | None, typer.Argument(metavar="BATCH", show_default=False, help="Only this one: its id, or the beginning.")
]


def register(app: typer.Typer) -> None:
    """Put this group's commands into the app."""
    group.callback()(list_)
    group.command("collect")(collect)
    group.command("retry")(retry)
    group.command("cancel")(cancel)
    app.add_typer(group, name="batch")


def list_(context: typer.Context, fmt: options.Answer = options.TextOrJson.TEXT) -> None:
    """List all batches as they were last seen, and hand on to the commands below.

    Submit notes in a batch: notesense import FOLDER --engine llm --batch
    """
    if context.invoked_subcommand is None:
        from notesense.cli.output import show

        with _opened(USUAL) as (_, batching):
            show(batching.list(), fmt.value)


def collect(
    batch: MaybeBatch = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait until all is there. Can be interrupted.")] = False,
    fmt: options.Answer = options.TextOrJson.TEXT,
) -> None:
    """Take in what batches have answered, and read their notes again with it.

    Your corrections stay. A note of which an answer is missing keeps what it had. With BATCH, one that was collected
    before is read once more, as long as its files are still at the server.
    """
    import time

    from notesense.cli.output import progress, show

    with _opened(USUAL) as (_, batching):
        step = progress("Waiting for answers")
        collected = batching.collect(batch, sleep=time.sleep if wait else None, progress=step if wait else None)
        show(collected, fmt.value)
    if collected.interrupted:
        raise KeyboardInterrupt
    if collected.failed or collected.faults:
        raise typer.Exit(PARTLY)


@options.asking("dry_run", "max_cost", "max_tokens")
def retry(batch: MaybeBatch = None, fmt: options.Answer = options.TextOrJson.TEXT, wishes: ModelWishes = USUAL) -> None:
    """Submit again what failed, expired or was cancelled."""
    from notesense.cli.output import show

    with _opened(wishes) as (_, batching):
        retried = batching.retry(batch)
        show(retried, fmt.value)
    if any(one.failed or one.error for one in retried.submitted):
        raise typer.Exit(PARTLY)


def cancel(batch: BatchId, fmt: options.Answer = options.TextOrJson.TEXT) -> None:
    """Cancel a batch. What it has answered by then is paid, and can be collected."""
    from notesense.cli.output import show

    with _opened(USUAL) as (_, batching):
        show(batching.cancel(batch), fmt.value)


def import_in_batches(
    readings: "Readings",
    engine: str | None,
    wishes: ModelWishes,
    fmt: str,
    account: str | None,
    channel: Channel | None,
    new_account: bool,
) -> None:
    """Keep notes and submit them: what `import --batch` does."""
    from notesense.cli import asking
    from notesense.cli.output import progress, show
    from notesense.wiring import belonging
    from notesense.workflows.intake import Given

    with _opened(wishes, engine) as (notes, batching):
        notes.ask_whose = None if wishes.dry_run else asking.whose()
        told = belonging.whose(notes)
        given = Given(datetime.date.today(), account, None, channel, new_account, notes.trackers, told)
        steps = (progress("Importing notes"), progress("Preparing requests"))
        done = batching.backfill(readings, given, steps)
        if not wishes.dry_run:
            belonging.keep_learned(notes, given)
        show(done, fmt)
    imported, submitted = done.imported, done.submitted
    if imported and imported.interrupted:
        raise KeyboardInterrupt
    unkept = imported and (imported.refused or imported.failed or imported.index_error)
    if unkept or submitted.failed or submitted.error:
        raise typer.Exit(PARTLY)


@contextmanager
def _opened(wishes: ModelWishes, engine: str | None = None) -> Iterator[tuple["NoteSense", "Batching"]]:
    from notesense.cli.output import progress, tell
    from notesense.wiring.batching import Batching
    from notesense.wiring.verbs import NoteSense

    with NoteSense(engine=engine, wishes=wishes, progress=progress("Reading passages")) as notes:
        notes.privacy.tell = tell
        batching = Batching(notes)
        try:
            yield notes, batching
        finally:
            batching.close()
