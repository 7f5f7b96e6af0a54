"""Notes in: `add` a few, `import` many, `extract` without storing."""

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

Sources = Annotated[
    list[str] | None,
    typer.Argument(metavar="SOURCE", show_default=False, help="Text in quotes, a file, a folder, or - for stdin."),
]
ChannelOption = Annotated[
    Channel | None, typer.Option("--channel", "-c", help="Default: told by file name or form, else memo.")
]
Date = Annotated[
    datetime.date | None,
    typer.Option(
        "--date", "-d", parser=options.day, metavar="DAY", help="When it took place. Default: file name, today."
    ),
]
NewAccount = Annotated[
    bool, typer.Option("--new-account", help="Begin a new account although its name comes near to a known one.")
]

WhoseNote = Annotated[
    str | None,
    typer.Option(
        "--account",
        "-a",
        metavar="NAME",
        autocompletion=options.complete_account,
        help="Whose note it is; a new name begins a new account. Default: told by the source or its people.",
    ),
]
Restricted = Annotated[
    bool, typer.Option("--restricted", help="The notes never leave this machine: no model is asked about them.")
]

Place = Annotated[
    Path,
    typer.Argument(metavar="FILE|FOLDER", show_default=False, help="A folder of notes, an archive, an export, a file."),
]
WhoseNotes = Annotated[
    str | None,
    typer.Option("--account", "-a", metavar="NAME", help="Put all notes under this account, whatever the file says."),
]
KeepSignals = Annotated[
    bool, typer.Option("--keep-signals", help="The file's labels become the signals; no engine runs.")
]
Batch = Annotated[
    bool, typer.Option("--batch", help="Let the model answer within a day, at a lower price (notesense batch).")
]
NotBefore = Annotated[
    datetime.date | None,
    typer.Option("--since", parser=options.day, metavar="DAY", help="Leave out notes from before this day."),
]


def register(app: typer.Typer) -> None:
    """Put this group's commands into the app."""
    app.command("add")(add)
    app.command("import")(import_)
    app.command("extract")(extract)


@options.asking()
def add(
    source: Sources = None,
    account: WhoseNote = None,
    date: Date = None,
    channel: ChannelOption = None,
    encoding: options.Encoding = None,
    engine: options.Engine = None,
    fmt: options.Answer = options.TextOrJson.TEXT,
    new_account: NewAccount = False,
    restricted: Restricted = False,
    wishes: ModelWishes = USUAL,
) -> None:
    """Keep notes and say what they hold.

    Each signal found comes with the words it rests on. Whose note it is tells --account, the source, or who of the
    people in it is known; where that is not plain, you are asked. Without SOURCE the note is read from standard input,
    or from your editor on a terminal. The same note twice is kept once.
    """
    from notesense.cli import asking, modelwork
    from notesense.cli.output import show
    from notesense.cli.paste import readings_from

    if restricted and wishes.given:
        raise typer.BadParameter(f"no model is asked, so {wishes.given[0]} has no use", param_hint="--restricted")
    with modelwork.opened(engine, wishes, "Reading and comparing", modelwork.KEPT) as notes:
        readings = readings_from(source or [], encoding, accounts_from_folders=account is None)
        if wishes.dry_run:
            planned = notes.rehearse(readings, account=account, date=date, channel=channel, new_account=new_account)
            show(planned, fmt.value)
            return
        notes.ask_whose = asking.whose()
        added = notes.add(
            readings,
            account=account,
            date=date,
            channel=channel,
            new_account=new_account,
            restricted=restricted,
        )
        show(added, fmt.value)
    if added.refused or added.index_error or any(kept.error for kept in added.kept):
        raise typer.Exit(PARTLY)


@options.asking()
def import_(
    source: Place,
    account: WhoseNotes = None,
    channel: ChannelOption = None,
    encoding: options.Encoding = None,
    engine: options.Engine = None,
    keep_signals: KeepSignals = False,
    batch: Batch = False,
    since: NotBefore = None,
    fmt: options.Answer = options.TextOrJson.TEXT,
    new_account: NewAccount = False,
    wishes: ModelWishes = USUAL,
) -> None:
    """Keep many notes at once. Safe to interrupt and to repeat: files that were read before are passed by.

    In a folder, the first folder below it names the account of the notes in it, unless --account does. Where the source
    names none, who of the people in it is known tells it; where that is not plain, you are asked on a terminal. The
    same call in two forms is kept once. With --dry-run and no model, it is told what would be done with each file. With
    --batch the notes are read on this machine now, and by the model once the batch is collected.
    """
    from notesense.cli import asking, modelwork
    from notesense.cli.batch import import_in_batches
    from notesense.cli.output import show
    from notesense.core.import_results import ImportPlan
    from notesense.readers.sources import read_path

    models = _models(wishes, keep_signals)
    if batch:
        _check_batch(keep_signals, since)
        found = read_path(source, accounts_from_folders=account is None, encoding=encoding)
        import_in_batches(found, engine, wishes, fmt.value, account, channel, new_account)
        return
    with modelwork.opened(engine, wishes, "Reading and comparing", modelwork.KEPT) as notes:
        if wishes.dry_run and not keep_signals and (models or notes.asks):
            readings = notes.readings_at(source, account, since, encoding)
            show(notes.rehearse(readings, account=account, channel=channel, new_account=new_account), fmt.value)
            return
        notes.ask_whose = None if wishes.dry_run else asking.whose()
        pace = modelwork.pace(notes, "Looking" if wishes.dry_run else "Importing")
        do = notes.plan_import if wishes.dry_run else notes.import_all
        done = do(
            source,
            account=account,
            channel=channel,
            keep_signals=keep_signals,
            new_account=new_account,
            since=since,
            encoding=encoding,
            progress=pace,
        )
        pace.clear()
        show(done, fmt.value)
    if not isinstance(done, ImportPlan):
        _leave(done)


def _models(wishes: ModelWishes, keep_signals: bool) -> tuple[str, ...]:
    """Return the options that only a model heeds. Raises BadParameter where no engine runs at all."""
    models = tuple(wish for wish in wishes.given if wish != "--dry-run")
    if keep_signals and models:
        raise typer.BadParameter(f"no engine runs, so {models[0]} has no use", param_hint="--keep-signals")
    return models


def _leave(imported: "Imported") -> None:
    """End as the import did."""
    if imported.interrupted:
        raise KeyboardInterrupt
    if imported.refused or imported.failed or imported.index_error:
        raise typer.Exit(PARTLY)


def _check_batch(keep_signals: bool, since: datetime.date | None) -> None:
    if keep_signals:
        raise typer.BadParameter("no engine runs, so --batch has no use", param_hint="--keep-signals")
    if since:
        raise typer.BadParameter("a batch takes all notes; import without --batch", param_hint="--since")


@options.asking()
def extract(
    source: Sources = None,
    date: Date = None,
    channel: ChannelOption = None,
    encoding: options.Encoding = None,
    engine: options.Engine = None,
    fmt: Annotated[options.ExtractFormat, typer.Option("--format", "-f", help="How to print it.")] = (
        options.ExtractFormat.TEXT
    ),
    wishes: ModelWishes = USUAL,
) -> None:
    """Find signals in notes without storing these.

    What a model answers is remembered all the same, so that it need not be paid twice.
    """
    from notesense.cli import modelwork
    from notesense.cli.output import show, tell
    from notesense.cli.paste import readings_from

    readings = readings_from(source or [], encoding)
    failed = bool(readings.refused)
    for refused in readings.refused:
        tell(f"{refused.where}: {refused.reason}")
    with modelwork.opened(engine, wishes, "Reading") as notes:
        if wishes.dry_run:
            show(notes.rehearse(readings, kept=False, date=date, channel=channel), fmt.value)
            return
        results = notes.extract(readings, date=date, channel=channel)
        if fmt is options.ExtractFormat.JSONL:
            for one in results:
                failed |= one.extraction.error is not None
                show(one, fmt.value)
        else:
            every = list(results)
            failed |= any(one.extraction.error is not None for one in every)
            show(every, fmt.value)
    if failed:
        raise typer.Exit(PARTLY)
