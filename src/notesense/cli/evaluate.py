"""Measuring: `eval check`, `eval run`, `eval compare`, `eval show`."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from notesense.cli import options
from notesense.cli.exits import FAILED, PARTLY
from notesense.wiring.wishes import USUAL, ModelWishes

if TYPE_CHECKING:
    from notesense.core.evaluated import Evaluated
    from notesense.wiring.verbs import NoteSense


class ReportFormat(StrEnum):
    """Formats of a run and of a comparison."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


Report = Annotated[ReportFormat, typer.Option("--format", "-f", help="How to print it; html is one page.")]
DataSet = Annotated[
    list[Path],
    typer.Argument(metavar="DATASET", show_default=False, help="JSONL files of labelled notes, or folders of them."),
]
SavedRun = Annotated[Path, typer.Argument(metavar="RUN.json", show_default=False, help="A run saved with --save.")]
Bounds = list[str] | None

group = typer.Typer(
    help="Measure engines on labelled notes.", no_args_is_help=True, rich_markup_mode=None, add_completion=False
)

Scored = Annotated[
    str | None,
    typer.Option(
        "--engine",
        "-e",
        metavar="ENGINE",
        show_default=False,
        help="local, llm, hybrid; or a plain one: keywords, similarity. Default: NOTESENSE_ENGINE, local.",
    ),
]
Save = Annotated[
    Path | None,
    typer.Option("--save", "-s", metavar="FILE", help="Keep the run (JSON); an earlier one is replaced."),
]
Least = Annotated[Bounds, typer.Option("--min", metavar="NAME=VALUE", help="Fail when a figure is lower; repeatable.")]
Most = Annotated[Bounds, typer.Option("--max", metavar="NAME=VALUE", help="Fail when a figure is higher; repeatable.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with an interrupted run of --save FILE.")]
Tune = Annotated[
    list[Path] | None,
    typer.Option("--tune", metavar="DATASET", help="Other notes, to choose the threshold of similarity on."),
]


def register(app: typer.Typer) -> None:
    """Put this group's commands into the app."""
    app.add_typer(group, name="eval")


@group.command("check")
def check(
    dataset: DataSet,
    against: Annotated[
        list[Path] | None,
        typer.Option("--against", metavar="DATASET", help="A set that must not share notes with it; repeatable."),
    ] = None,
    fmt: options.Answer = options.TextOrJson.TEXT,
) -> None:
    """Look whether labelled notes are sound, and measure them.

    Every fault is told with its file and line.
    """
    from notesense.cli.output import show
    from notesense.wiring.verbs import NoteSense

    with NoteSense() as notes:
        checked = notes.check(*dataset, against=against or ())
    show(checked, fmt.value)
    if checked.faults:
        raise typer.Exit(FAILED)


@group.command("run")
@options.asking()
def run(
    dataset: DataSet,
    engine: Scored = None,
    fmt: Report = ReportFormat.TEXT,
    output: options.Output = None,
    save: Save = None,
    least: Least = None,
    most: Most = None,
    resume: Resume = False,
    baselines: Annotated[bool, typer.Option(help="Score the plain methods beside it.")] = True,
    tune: Tune = None,
    wishes: ModelWishes = USUAL,
) -> None:
    """Score an engine on labelled notes.

    Precision, recall and F1 with 95% intervals, attributes, quotes, false signals, confidence, cost; two plain methods
    beside it. Notes on which the engine fails are listed and stand in no score (exit code 3). A figure that --min or
    --max misses ends in exit code 1.
    """
    from notesense.cli import modelwork
    from notesense.cli.output import show

    limits = [("min", *bound(each)) for each in least or ()] + [("max", *bound(each)) for each in most or ()]
    partial = None if wishes.dry_run else _partial(save, resume)
    with modelwork.opened(engine, wishes, "Reading passages") as notes:
        if wishes.dry_run:
            show(notes.rehearse_evaluation(*dataset), fmt.value, output=output)
            return
        asked = {"baselines": baselines, "limits": limits, "resume": resume, "tune": tune or ()}
        line = modelwork.progress(notes, "Reading notes")
        evaluated = _evaluate(notes, dataset, partial, progress=line, **asked)
        if save is not None and partial is not None:
            show(evaluated, "json", output=save)
            partial.unlink(missing_ok=True)
        show(evaluated, fmt.value, output=output)
    _leave(evaluated)


@group.command("show")
def show_run(saved: SavedRun, fmt: Report = ReportFormat.TEXT, output: options.Output = None) -> None:
    """Print a saved run again, for example as a page."""
    from notesense.cli.output import show
    from notesense.wiring.verbs import NoteSense

    with NoteSense() as notes:
        evaluated = notes.evaluated(saved)
    show(evaluated, fmt.value, output=output)


@group.command("compare")
def compare(
    a: Annotated[Path, typer.Argument(metavar="A.json", show_default=False, help="The run from before.")],
    b: Annotated[Path, typer.Argument(metavar="B.json", show_default=False, help="The run that is held against it.")],
    fmt: Report = ReportFormat.TEXT,
    output: options.Output = None,
) -> None:
    """Hold one saved run against another.

    Differences with 95% intervals (paired bootstrap over notes), and what was won and lost, note by note.
    """
    from notesense.cli.output import show
    from notesense.wiring.verbs import NoteSense

    with NoteSense() as notes:
        compared = notes.compare(a, b)
    show(compared, fmt.value, output=output)


def bound(told: str) -> tuple[str, float]:
    """Return name and value of NAME=VALUE."""
    name, _, value = told.partition("=")
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not name.strip() or number != number:
        raise typer.BadParameter(f"{told!r} is no NAME=VALUE, for example core_macro_f1=0.6", param_hint="--min/--max")
    return name.strip(), number


def _partial(save: Path | None, resume: bool) -> Path | None:
    """Return the file that keeps what is done. Raises InputError for one that would be lost."""
    from notesense.errors import InputError

    if save is None:
        if resume:
            raise typer.BadParameter("say which run: --save FILE --resume", param_hint="--resume")
        return None
    if save.is_dir():
        raise InputError(f"{save} is a folder.", "Name a file with --save.")
    partial = save.with_name(f"{save.name}.partial")
    if partial.exists() and not resume:
        raise InputError(
            f"{partial} holds what an interrupted run has done.", "Go on with it: --resume. Or delete it to begin anew."
        )
    return partial


def _evaluate(notes: "NoteSense", dataset: list[Path], partial: Path | None, **wishes: object) -> "Evaluated":
    """Run; tell all faults of the data, or how to go on after an interruption."""
    from notesense.cli.output import tell, tell_faults
    from notesense.errors import DatasetFaulty

    try:
        return notes.evaluate(*dataset, partial=partial, **wishes)  # type: ignore[arg-type]
    except DatasetFaulty as error:
        tell_faults(error)
        raise
    except KeyboardInterrupt:
        if partial is not None and partial.exists():
            tell(f"What is done is kept in {partial}. Go on with the same command and --resume.")
        raise


def _leave(evaluated: "Evaluated") -> None:
    """Leave with the exit code that says whether a figure was missed or a note failed."""
    if not all(limit.met for limit in evaluated.limits):
        raise typer.Exit(FAILED)
    if evaluated.figures.failed:
        raise typer.Exit(PARTLY)
