"""Fits a team's own heads to its labelled notes, where cross-validation finds that this helps."""

from collections.abc import Sequence
from typing import NamedTuple

from notesense.adapters.local.engine import LocalEngine
from notesense.adapters.local.features import read
from notesense.adapters.local.lessons import Example
from notesense.adapters.local.refit import LEAST_GAIN, LEAST_NOTES, LEAST_SIGNALS, Lesson, Measured, measure, refit
from notesense.adapters.local.team import Team
from notesense.core.ports import Progress
from notesense.errors import EngineError


class Fitted(NamedTuple):
    """What training came to: the figures, and the new heads where they are better."""

    measured: Measured
    team: Team | None


def fit(engine: LocalEngine, examples: Sequence[Example], progress: Progress | None = None) -> Fitted:
    """Refit the engine's heads to labelled notes; the answer has heads only where cross-validation finds them better.

    Raises EngineError where there are too few notes to tell.
    """
    signals = sum(len(example.labels) for example in examples)
    if len(examples) < LEAST_NOTES or signals < LEAST_SIGNALS:
        raise EngineError(
            f"Training needs at least {LEAST_NOTES} labelled notes with {LEAST_SIGNALS} signals in all; "
            f"there are {len(examples)} with {signals}.",
            "Go through more notes (`notesense confirm --note ID` marks one as complete), or name labelled files.",
        )
    readings = [read(example.note) for example in examples]
    lessons = [
        Lesson(example, reading, encoded.dense)
        for example, reading, encoded in zip(examples, readings, engine.encode(readings), strict=True)
    ]
    measured = measure(engine.heads, lessons, progress)
    if measured.new < measured.old + LEAST_GAIN:
        return Fitted(measured, None)
    heads = refit(engine.heads, lessons, measured.pull)
    about = {
        "base": engine.shipped.version,
        "notes": len(examples),
        "signals": signals,
        "old_f1": measured.old,
        "new_f1": measured.new,
        "pull": measured.pull,
    }
    return Fitted(measured, Team(heads.weights, heads.bias, about))
