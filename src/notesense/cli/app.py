"""The `notesense` command: its groups put together, and the one place where errors become messages and exit codes.

Exit codes: 0 done, 1 a NoteSense error, 2 wrong usage, 3 saved but part failed, 130 interrupted.
"""

import os
import sys
from io import BytesIO, TextIOWrapper

import typer

from notesense.cli import (
    ask,
    batch,
    corrections,
    costs,
    eval_accounts,
    eval_export,
    evaluate,
    exporting,
    imports,
    lookup,
    meeting,
    notes,
    people,
    trackers,
    upkeep,
    us,
)
from notesense.cli.exits import FAILED, INTERRUPTED, OK

app = typer.Typer(
    name="notesense",
    help="Keep customer notes, find in them what decides whether a customer stays, and prepare the next meeting.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from notesense import __version__

        print(f"notesense {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", is_eager=True, callback=_show_version, help="Show the version and leave."
    ),
) -> None:
    pass


for group in (
    *(notes, imports, lookup, people, us, ask, corrections, meeting),
    *(trackers, evaluate, batch, costs, exporting, upkeep),
):
    group.register(app)

eval_accounts.register(evaluate.group)
eval_export.register(evaluate.group)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code; users never see a traceback."""
    _mend_streams()
    try:
        app(args=arguments, prog_name="notesense")
    except SystemExit as leaving:
        return _left_with(leaving.code)
    except Exception as error:
        return _failed(error)
    return OK


def _mend_streams() -> None:
    """See to it that there are streams, and that they take every character."""
    sys.stdin = sys.stdin or TextIOWrapper(BytesIO())
    sys.stdout = sys.stdout or TextIOWrapper(BytesIO())
    sys.stderr = sys.stderr or TextIOWrapper(BytesIO())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _left_with(code: str | int | None) -> int:
    if code == INTERRUPTED:
        _complain("Stopped. What was saved before stays saved.")
    return code if isinstance(code, int) else OK if code is None else FAILED


def _failed(error: Exception) -> int:
    from notesense.errors import NoteSenseError

    if isinstance(error, NoteSenseError):
        _complain(error.message, error.fix)
    elif isinstance(error, OSError):
        _complain(
            f"The answer could not be written: {error.strerror or error}. What was saved before stays saved.",
            "See what is there with notesense accounts.",
        )
    elif os.environ.get("NOTESENSE_DEBUG"):
        raise error
    else:
        _complain(
            f"Something went wrong inside NoteSense ({type(error).__name__}). What was saved before stays saved.",
            "Run the command again with NOTESENSE_DEBUG=1 for the details, and report them.",
        )
    return FAILED


def _complain(message: str, fix: str = "") -> None:
    from notesense.render.safe import inline

    print(f"notesense: {inline(message)}", file=sys.stderr)
    if fix:
        print(f"  {inline(fix)}", file=sys.stderr)
