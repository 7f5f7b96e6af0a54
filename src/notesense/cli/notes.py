"""Notes in: `add` a few, `import` many, `extract` without storing."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

from notesense.cli import options
from notesense.cli.exits import PARTLY
from notesense.core.vocabulary import Channel

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


def register(app: typer.Typer) -> None:
    """Put this group's commands into the app."""
    app.command("add")(add)
    app.command("import")(import_)
    app.command("extract")(extract)


def add(
    source: Sources = None,
    account: Annotated[
        str | None,
        typer.Option(
            "--account",
            "-a",
            metavar="NAME",
            autocompletion=options.complete_account,
            help="Whose note it is; a new name begins a new account.",
        ),
    ] = None,
    date: Date = None,
    channel: ChannelOption = None,
    engine: options.Engine = "local",
    fmt: options.Answer = options.TextOrJson.TEXT,
    new_account: NewAccount = False,
) -> None:
    """Keep notes and say what they hold.

    Each signal found comes with the words it rests on. Without SOURCE the note is read from standard input, or from
    your editor on a terminal. The same note twice is kept once.
    """
    from notesense.cli.output import progress, show
    from notesense.cli.paste import readings_from
    from notesense.wiring.verbs import NoteSense

    if account is None:
        raise typer.BadParameter("say whose note it is, for example --account Harlow", param_hint="--account")
    with NoteSense(engine=engine, progress=progress("Reading passages")) as notes:
        added = notes.add(
            readings_from(source or []),
            account=account,
            date=date,
            channel=channel,
            new_account=new_account,
        )
    show(added, fmt.value)
    if added.refused or added.index_error or any(kept.error for kept in added.kept):
        raise typer.Exit(PARTLY)


def import_(
    source: Annotated[
        Path,
        typer.Argument(metavar="FILE.jsonl|FOLDER", show_default=False, help="A JSONL file, or a folder of notes."),
    ],
    account: Annotated[
        str | None,
        typer.Option(
            "--account", "-a", metavar="NAME", help="Put all notes under this account, whatever the file says."
        ),
    ] = None,
    channel: ChannelOption = None,
    engine: options.Engine = "local",
    keep_signals: Annotated[
        bool, typer.Option("--keep-signals", help="The file's labels become the signals; no engine runs.")
    ] = False,
    fmt: options.Answer = options.TextOrJson.TEXT,
    new_account: NewAccount = False,
) -> None:
    """Keep many notes at once. Safe to interrupt and to repeat.

    In a folder, the first folder below it names the account of the notes in it, unless --account does.
    """
    from notesense.cli.output import progress, show
    from notesense.readers.sources import read_path
    from notesense.wiring.verbs import NoteSense

    with NoteSense(engine=engine, progress=progress("Reading passages")) as notes:
        imported = notes.import_all(
            read_path(source, accounts_from_folders=account is None),
            account=account,
            channel=channel,
            keep_signals=keep_signals,
            new_account=new_account,
            progress=progress("Importing notes"),
        )
    show(imported, fmt.value)
    if imported.interrupted:
        raise KeyboardInterrupt
    if imported.refused or imported.failed or imported.index_error:
        raise typer.Exit(PARTLY)


def extract(
    source: Sources = None,
    date: Date = None,
    channel: ChannelOption = None,
    engine: options.Engine = "local",
    fmt: Annotated[options.ExtractFormat, typer.Option("--format", "-f", help="How to print it.")] = (
        options.ExtractFormat.TEXT
    ),
) -> None:
    """Find signals in notes without storing anything."""
    from notesense.cli.output import progress, show, tell
    from notesense.cli.paste import readings_from
    from notesense.wiring.verbs import NoteSense

    readings = readings_from(source or [])
    failed = bool(readings.refused)
    with NoteSense(engine=engine, progress=progress("Reading passages")) as notes:
        results = notes.extract(readings, date=date, channel=channel)
        if fmt is options.ExtractFormat.JSONL:
            for one in results:
                failed |= one.extraction.error is not None
                show(one, fmt.value)
        else:
            every = list(results)
            failed |= any(one.extraction.error is not None for one in every)
            show(every, fmt.value)
    for refused in readings.refused:
        tell(f"{refused.where}: {refused.reason}")
    if failed:
        raise typer.Exit(PARTLY)
