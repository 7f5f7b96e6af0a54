"""`train` put together: a team's labelled notes, the local engine, and the file that its own heads go to."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from notesense.core.ports import Progress
from notesense.core.results import Trained
from notesense.errors import InputError

if TYPE_CHECKING:
    from notesense.adapters.local.lessons import Example
    from notesense.wiring.verbs import NoteSense


def train(notes: "NoteSense", files: Sequence[Path], trial: bool, progress: Progress | None) -> Trained:
    """Refit the heads to the notes kept as labelled and to those of the files; keep the better by cross-validation.

    Compared are the shipped heads with new ones fitted to all these notes: a team's earlier heads have seen some of
    them and would look too good. Where the new ones are not clearly better, what is in use stays in use.
    Raises EngineError where there are too few notes, DatasetFaulty where a file has a fault.
    """
    from notesense.adapters.local import fitting, team

    examples = _labelled(notes, files)
    fitted = fitting.fit(notes.local_engine(progress=progress, own=False), examples, progress)
    if fitted.team is not None and not trial:
        team.save(fitted.team, notes.settings.heads)
    engine = notes.local_engine()
    return Trained(
        kept="new" if fitted.team else "old",
        version=engine.version,
        trial=trial,
        notes=len(examples),
        signals=sum(len(example.labels) for example in examples),
        folds=fitted.measured.folds,
        by_account=fitted.measured.by_account,
        old_f1=round(fitted.measured.old, 4),
        new_f1=round(fitted.measured.new, 4),
    )


def reset(notes: "NoteSense") -> Trained:
    """Take the team's heads away: the shipped ones are in use again."""
    from notesense.adapters.local import team

    removed = team.remove(notes.settings.heads)
    return Trained(kept="old", version=notes.local_engine().version, removed=removed)


def _labelled(notes: "NoteSense", files: Sequence[Path]) -> "list[Example]":
    """Return the notes that a person labelled wholly, here and in the files, without labels of trackers."""
    from notesense.adapters.local.lessons import example_of
    from notesense.wiring.evaluating import form_of, sound

    try:
        kept = notes.export_labelled().notes
    except InputError:
        kept = ()
    found = [example_of(one.note, one.signals, one.note.account) for one in kept if one.complete]
    if files:
        known = {example.note.text for example in found}
        data = sound(files, form_of(notes), "trained")
        found += [
            example_of(one.note, one.labels, one.note.account) for one in data.notes if one.note.text not in known
        ]
    return found
