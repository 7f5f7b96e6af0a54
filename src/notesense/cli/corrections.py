"""The rep's word: `correct`, `confirm`, `reject`. It wins over every engine, now and in later runs."""

from typing import Annotated

import typer

from notesense.cli import options

Signals = Annotated[
    list[str] | None,
    typer.Argument(metavar="SIGNAL_ID", show_default=False, help="The id of a signal, or its beginning."),
]
Undo = Annotated[bool, typer.Option("--undo", help="Take back what was said: what the engine says returns.")]


def register(app: typer.Typer) -> None:
    """Put this group's commands into the app."""
    app.command("correct")(correct)
    app.command("confirm")(confirm)
    app.command("reject")(reject)


def correct(
    target: Annotated[
        str, typer.Argument(metavar="SIGNAL_ID|NOTE_ID", show_default=False, help="A signal; with --add, a note.")
    ],
    add: Annotated[
        str | None, typer.Option("--add", metavar="KIND", help="Add a signal that was missed in the note.")
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", "-k", metavar="KIND", help="What it is about instead.")] = None,
    quote: Annotated[
        str | None, typer.Option("--quote", "-q", metavar="WORDS", help="The words of the note that carry it.")
    ] = None,
    put: Annotated[
        list[str] | None, typer.Option("--set", "-s", metavar="FIELD=VALUE", help="Set a field; repeatable.")
    ] = None,
    drop: Annotated[
        list[str] | None, typer.Option("--unset", metavar="FIELD", help="Take a field away; repeatable.")
    ] = None,
    start: Annotated[
        int | None,
        typer.Option("--start", metavar="N", help="Which place, where the words stand in several: a message says."),
    ] = None,
    undo: Undo = False,
    fmt: options.Answer = options.TextOrJson.TEXT,
) -> None:
    """Put a signal right: its kind, its words, its fields; or add one that was missed.

    From then on it is yours: no engine changes it.
    """
    from notesense.cli.output import show
    from notesense.wiring.verbs import NoteSense

    fields = _fields(put or [])
    edits = (kind, quote, start, put, drop)
    _check(add, kind, quote, drop or [], undo, any(edit is not None for edit in edits))
    with NoteSense() as notes:
        if undo:
            corrected = notes.undo(target)
        elif add is not None:
            corrected = notes.add_signal(target, add, quote or "", start=start, put=fields)
        else:
            corrected = notes.correct(target, kind=kind, quote=quote, start=start, put=fields, drop=drop or [])
    show(corrected, fmt.value)


def _check(
    add: str | None, kind: str | None, quote: str | None, drop: list[str], undo: bool, changes_anything: bool
) -> None:
    """Refuse options that do not go together."""
    if undo and (add is not None or changes_anything):
        raise typer.BadParameter("it stands alone: the id, and nothing to change", param_hint="--undo")
    if add is not None and quote is None:
        raise typer.BadParameter('say in which words of the note it stands: --quote "..."', param_hint="--add")
    if add is not None and (kind is not None or drop):
        raise typer.BadParameter("it needs --quote and may have --set; nothing else goes with it", param_hint="--add")
    if not undo and not changes_anything:
        raise typer.BadParameter(
            "say what is to change: --kind, --quote, --set or --unset (or use notesense confirm or reject)",
            param_hint="SIGNAL_ID",
        )


def _fields(assignments: list[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals or not name.strip():
            raise typer.BadParameter(
                f'"{assignment}" is no field with a value; write it as severity=high', param_hint="--set"
            )
        fields[name.strip()] = value.strip()
    return fields


def confirm(
    signals: Signals = None,
    note: Annotated[
        str | None,
        typer.Option("--note", metavar="ID", help="All that is left in this note is right, and nothing is missing."),
    ] = None,
    undo: Undo = False,
    fmt: options.Answer = options.TextOrJson.TEXT,
) -> None:
    """Say that signals are right: they count as certain, whatever an engine finds later.

    With --note a note is marked as complete: no engine adds to it, and notesense eval export takes it.
    """
    from notesense.cli.output import show
    from notesense.wiring.verbs import NoteSense

    if bool(signals) == (note is not None):
        raise typer.BadParameter("name signals, or one note with --note", param_hint="SIGNAL_ID")
    with NoteSense() as notes:
        speak = notes.undo if undo else notes.confirm
        corrected = speak(*signals or [], note_id=note)
    show(corrected, fmt.value)


def reject(
    signals: Annotated[
        list[str], typer.Argument(metavar="SIGNAL_ID", show_default=False, help="The id of a signal, or its beginning.")
    ],
    undo: Undo = False,
    fmt: options.Answer = options.TextOrJson.TEXT,
) -> None:
    """Say that these are no signals: they disappear at once, and no engine brings them back."""
    from notesense.cli.output import show
    from notesense.wiring.verbs import NoteSense

    with NoteSense() as notes:
        corrected = notes.undo(*signals) if undo else notes.reject(*signals)
    show(corrected, fmt.value)
