"""Histories put through the whole path: imported into a scratch folder, drawn as a briefing on their day, scored."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from notesense.core.account_scores import AccountsScored, HistoryScores
from notesense.core.briefing import Occasion
from notesense.core.import_results import Imported
from notesense.core.ports import Engine, Progress
from notesense.core.trackers import NO_TRACKERS
from notesense.errors import DatasetFaulty, EngineError
from notesense.evaluation.accounts.histories import NOTES, Histories, History, read_histories
from notesense.evaluation.accounts.marks import Case, Marks, Texts
from notesense.evaluation.accounts.scoring import check_names, hold, pooled, score
from notesense.evaluation.accounts.told import Told, lacking, told_by
from notesense.evaluation.limits import Asked
from notesense.readers.sources import read_path
from notesense.wiring.drafting import briefed
from notesense.wiring.evaluating import LABELS, about, form_of
from notesense.workflows.importing import counting, import_all, whole
from notesense.workflows.intake import Given

if TYPE_CHECKING:
    from notesense.wiring.parts import Parts
    from notesense.wiring.verbs import NoteSense


class _Drawn(NamedTuple):
    """What came of a history: how its import went, and what its briefing tells."""

    imported: Imported
    told: Told
    lacking: tuple[str, ...]


def evaluate_accounts(
    notes: "Parts",
    paths: Sequence[Path],
    limits: Sequence[Asked] = (),
    misses: bool = False,
    progress: Progress | None = None,
) -> AccountsScored:
    """Score the briefings of all histories. Raises DatasetFaulty where anything is wrong with them."""
    check_names(limits)
    data = sound_histories(notes, paths)
    engine = _engine(notes)
    described = about(notes, engine, paths, data.sha256)
    notes.privacy.expect(one.note.text for one in data.notes)
    rows: list[HistoryScores] = []
    scored: list[Marks] = []
    done = 0
    for history in data.histories:
        drawn = _draw(notes, history, engine, _further(progress, done, len(data.notes)))
        done += len(history.notes)
        marks = score(_case(history, drawn.told))
        rows.append(_row(history, drawn, marks, misses))
        scored += [marks] * (not drawn.imported.failed)
    scores = pooled(scored)
    return AccountsScored(about=described, scores=scores, histories=tuple(rows), limits=hold(limits, scores))


def sound_histories(notes: "Parts", paths: Sequence[Path], undone: str = "scored") -> Histories:
    """Return histories without a fault. Raises DatasetFaulty, which says what was not done because of them."""
    data = read_histories(paths, form_of(notes))
    if data.faults:
        count = len(data.faults)
        raise DatasetFaulty(
            f"The histories have {count} fault{'s' if count > 1 else ''}; nothing was {undone}.",
            f"See them all: notesense eval check {' '.join(map(str, paths))}",
            [f"{fault.where}: {fault.what}. {fault.fix}".strip() for fault in data.faults],
        )
    return data


def _engine(notes: "Parts") -> Engine | None:
    """Return the engine; None for the labels."""
    if notes.engine_name == LABELS:
        notes.check_wishes()
        return None
    try:
        return notes.engine_with(NO_TRACKERS)
    except EngineError as error:
        raise EngineError(error.message, f"{error.fix.rstrip('.')}, {LABELS}.") from None


def _further(progress: Progress | None, done: int, total: int) -> Progress | None:
    """Return the progress of one history as that of all."""
    if progress is None:
        return None
    return lambda here, _: progress(done + here, total)


def _draw(notes: "Parts", history: History, engine: Engine | None, progress: Progress | None) -> _Drawn:
    """Import a history into a scratch folder and draw its briefing with the playbook in use."""
    facts = history.facts
    occasion = Occasion(
        as_of=facts.as_of,
        meeting=facts.meeting,
        renewal=facts.renewal,
        minutes=facts.minutes,
        present=facts.present,
    )
    given = Given(
        today=datetime.date.today(), new_account=True, trackers=notes.trackers if engine is None else NO_TRACKERS
    )
    readings = read_path(history.folder / NOTES)
    with TemporaryDirectory(prefix="notesense-") as folder, _scratch(notes, Path(folder)) as scratch:
        told = counting(progress, len(readings.notes))
        imported = import_all(whole(readings), given, scratch.shelves, engine, progress=told)
        if imported.interrupted:
            raise KeyboardInterrupt
        briefing = briefed(scratch, facts.account, occasion, "playbook")
        return _Drawn(imported, told_by(briefing), lacking(briefing))


def _scratch(notes: "Parts", folder: Path) -> "NoteSense":
    """Return NoteSense over a folder of its own, otherwise as these settings have it, with encoder and judge shared."""
    from notesense.wiring.verbs import NoteSense

    scratch = NoteSense(folder)
    scratch.settings = replace(notes.settings, home=folder, chosen_playbook=notes.settings.playbook)
    scratch.embedder, scratch.judge = notes.embedder, notes.judge
    return scratch


def _case(history: History, told: Told) -> Case:
    return Case(history.facts, told, Texts({one.note.id: one.note.text for one in history.notes}))


def _row(history: History, drawn: _Drawn, marks: Marks, misses: bool) -> HistoryScores:
    return HistoryScores(
        name=history.name,
        account=history.facts.account,
        as_of=history.facts.as_of,
        notes=len(history.notes),
        compared=drawn.told.recurrence_checked,
        lacking=drawn.lacking,
        failed=tuple(f"{one.where}: {one.reason}" for one in drawn.imported.failed),
        scores=pooled([marks]),
        misses=tuple(marks.misses) if misses else (),
    )
