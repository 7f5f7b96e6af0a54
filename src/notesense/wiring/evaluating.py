"""Evaluation put together: data sets, engines and baselines, with the passages and the grounding that are in use."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from notesense.core.evaluated import About, Baseline, DatasetChecked, Evaluated, NoteRow
from notesense.core.note import Note
from notesense.core.ports import Engine, Progress
from notesense.core.requests import Prompted
from notesense.core.signal import Extraction
from notesense.core.trackers import NO_TRACKERS, Trackers
from notesense.errors import DatasetFaulty, EngineError
from notesense.evaluation import bootstrap, running
from notesense.evaluation.accounts.histories import read_labelled
from notesense.evaluation.datasets import Dataset, LabelledNote, read_dataset
from notesense.evaluation.figures import baseline, figures
from notesense.evaluation.forms import Fields, guide_form
from notesense.evaluation.keywords import Keywords
from notesense.evaluation.limits import Asked, check_names, hold
from notesense.evaluation.partial import Partial
from notesense.evaluation.repetition import examine
from notesense.evaluation.similarity import THRESHOLD, Similarity, tuned
from notesense.workflows.extracting import extract_from

if TYPE_CHECKING:
    from notesense.wiring.parts import Parts

PLAIN = ("keywords", "similarity")
"""The baselines: engines of the evaluation alone."""
LABELS = "labels"
"""In the place of an engine: the labels of the notes are the signals, so that what rests on them is measured alone."""


@dataclass(frozen=True)
class Wishes:
    """What is wanted of a run. `partial` keeps what is done; on `tune` the zero-shot threshold is chosen."""

    engine: str
    baselines: bool = True
    limits: tuple[Asked, ...] = ()
    partial: Path | None = None
    resume: bool = False
    tune: tuple[Path, ...] = ()


def check(notes: "Parts", paths: Sequence[Path], against: Sequence[Path]) -> DatasetChecked:
    """Return what a data set holds and what is wrong with it."""
    form = form_of(notes)
    others = read_labelled(against, form)[0] if against else None
    data, histories = read_labelled(paths, form)
    checked = examine([str(path) for path in paths], data, [str(path) for path in against], others)
    return checked.model_copy(update={"histories": histories})


def form_of(notes: "Parts") -> Mapping[str, Fields]:
    """Return what a label may say: the guide's nine kinds, and the team's trackers, which have no fields."""
    return guide_form() | {name: {} for name in sorted(notes.trackers.names)}


def labelled(trackers: Trackers, data: Dataset) -> Trackers:
    """Return the trackers that the data has labels of: of the others nobody can tell what is right."""
    kinds = {label.kind for one in data.notes for label in one.labels}
    return Trackers(trackers=tuple(one for one in trackers.trackers if one.name in kinds))


def evaluate(notes: "Parts", paths: Sequence[Path], wishes: Wishes, progress: Progress | None = None) -> Evaluated:
    """Run an engine over labelled notes and score it. Raises DatasetFaulty where the data has any fault."""
    form = form_of(notes)
    check_names(wishes.limits, form, wishes.baselines)
    data = sound(paths, form)
    trackers = labelled(notes.trackers, data)
    threshold = _threshold(notes, wishes.tune)
    engine = _engine(notes, wishes.engine, threshold, trackers)
    described = _about(notes, engine, paths, data, threshold)
    rows = _rows(data, _reading(engine, trackers), described, wishes, progress)
    scored = figures(rows)
    beside = _baselines(notes, data, rows, threshold) if wishes.baselines else ()
    return Evaluated(
        about=described,
        figures=scored,
        baselines=beside,
        limits=hold(wishes.limits, scored, beside),
        notes=rows,
    )


def sound(paths: Sequence[Path], form: Mapping[str, Fields], undone: str = "scored") -> Dataset:
    """Return a data set without a fault. Raises DatasetFaulty, which says what was not done because of them."""
    data = read_dataset(paths, form)
    if data.faults:
        count = len(data.faults)
        raise DatasetFaulty(
            f"The data set has {count} fault{'s' if count > 1 else ''}; nothing was {undone}.",
            f"See them all: notesense eval check {' '.join(map(str, paths))}",
            [f"{fault.where}: {fault.what}. {fault.fix}".strip() for fault in data.faults],
        )
    return data


def _threshold(notes: "Parts", tune: Sequence[Path]) -> float:
    if not tune:
        return THRESHOLD
    return tuned(sound(tune, form_of(notes)).notes, notes.embedder, _reading)


def _engine(notes: "Parts", name: str, threshold: float, trackers: Trackers) -> Engine:
    if name not in PLAIN:
        try:
            return notes.engine_with(trackers)
        except EngineError as error:
            raise EngineError(error.message, f"{error.fix.rstrip('.')}, {', '.join(PLAIN)}.") from None
    notes.check_wishes()
    return _plain(notes, name, threshold)


def _plain(notes: "Parts", name: str, threshold: float) -> Engine:
    return Keywords() if name == "keywords" else Similarity(notes.embedder, threshold)


def _reading(engine: Engine, trackers: Trackers = NO_TRACKERS) -> running.Read:
    """Return the engine with passages and grounding as in use, the kinds of these trackers beside the nine."""

    def read(given: Sequence[Note]) -> Iterator[Extraction]:
        for one in extract_from(given, engine, trackers):
            yield one.extraction

    return read


def _about(notes: "Parts", engine: Engine, paths: Sequence[Path], data: Dataset, threshold: float) -> About:
    settings: dict[str, str | float | int] = {"resamples": bootstrap.RESAMPLES, "seed": bootstrap.SEED}
    if engine.name == "similarity":
        settings["threshold"] = threshold
    return about(notes, engine, paths, data.sha256, settings)


def about(
    notes: "Parts",
    engine: Engine | None,
    paths: Sequence[Path],
    sha256: str,
    settings: Mapping[str, str | float | int] = MappingProxyType({}),
) -> About:
    """Return what is run on what, from now on. Without an engine, the labels are what it would have found."""
    from notesense import __version__

    model, prompt = None, None
    if isinstance(engine, Prompted):
        model, prompt = engine.model, engine.prompt_sha256
    elif engine is not None and engine.name != "keywords":
        model = notes.embedder.fingerprint
    return About(
        notesense=__version__,
        engine=LABELS if engine is None else engine.name,
        engine_version="" if engine is None else engine.version,
        model=model,
        prompt_sha256=prompt,
        data=tuple(path.name or str(path) for path in paths),
        data_sha256=sha256,
        settings=dict(settings),
        started=datetime.datetime.now(datetime.UTC).replace(microsecond=0),
    )


def _rows(
    data: Dataset, read: running.Read, about: About, wishes: Wishes, progress: Progress | None
) -> tuple[NoteRow, ...]:
    """Let the engine read what is not done yet, keeping each row as it comes where a file for them is named."""
    if wishes.partial is None:
        return tuple(_told(running.read_all(data.notes, read), 0, len(data.notes), progress))
    with closing(Partial(wishes.partial, about)) as partial:
        done = partial.resume() if wishes.resume else ()
        known = {row.id for row in done}
        left: list[LabelledNote] = [one for one in data.notes if one.note.id not in known]
        partial.begin(done)
        rows = list(done)
        for row in _told(running.read_all(left, read), len(done), len(data.notes), progress):
            partial.add(row)
            rows.append(row)
    return running.in_order(data.notes, rows)


def _told(rows: Iterator[NoteRow], done: int, total: int, progress: Progress | None) -> Iterator[NoteRow]:
    for number, row in enumerate(rows, done + 1):
        if progress is not None:
            progress(number, total)
        yield row


def _baselines(notes: "Parts", data: Dataset, rows: Sequence[NoteRow], threshold: float) -> tuple[Baseline, ...]:
    """Score the plain methods on the notes on which the engine did not fail."""
    scored = {row.id for row in rows if row.error is None}
    same = [one for one in data.notes if one.note.id in scored]
    found = []
    for name in PLAIN:
        engine = _plain(notes, name, threshold)
        found.append(baseline(name, engine.version, list(running.read_all(same, _reading(engine)))))
    return tuple(found)
