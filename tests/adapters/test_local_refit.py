"""Refitting moves the heads towards what a team labels, and cross-validation tells whether that helps."""

import datetime

import numpy as np
import pytest

from notesense.adapters.local import refit as refit_module
from notesense.adapters.local.features import DENSE, WIDTH, read
from notesense.adapters.local.heads import Heads
from notesense.adapters.local.lessons import KINDS, Example, Labelled, judged, targets
from notesense.adapters.local.refit import Lesson, measure, refit
from notesense.core.note import Note

PRAISE = KINDS.index("praise")
TEXT = "The gate works well. It rained all day.\nThe new pump is a joy. Lunch was at one."
GOOD = ("The gate works well.", "The new pump is a joy.")


def heads() -> Heads:
    return Heads(
        kinds=KINDS,
        weights=np.zeros((DENSE, len(KINDS)), np.float32),
        bias=np.full(len(KINDS), -3, np.float32),
        tags=(),
        tag_weights=np.zeros((WIDTH, 0), np.float32),
        tag_bias=np.zeros(0, np.float32),
        thresholds=np.full(len(KINDS), 0.5, np.float32),
        calibration=np.array([1, 0, 0], np.float32),
        choices={},
    )


def lessons(count: int, accounts: int, told: bool = True) -> list[Lesson]:
    """Notes whose praise shows in one number of its rows; where `told` is False, that number is noise."""
    random, found = np.random.default_rng(1), []
    for number in range(count):
        note = Note(id=f"n{number}", account=f"A{number % accounts}", date=datetime.date(2025, 1, 1), text=TEXT)
        reading = read(note)
        dense = random.normal(0, 0.1, (len(reading.passages), DENSE)).astype(np.float32)
        labels = tuple(Labelled("praise", TEXT.index(quote), TEXT.index(quote) + len(quote), {}) for quote in GOOD)
        for passage in reading.passages:
            if told and passage.text in GOOD:
                dense[passage.ordinal, 0] += 3
        found.append(Lesson(Example(note, labels, "w"), reading, dense))
    return found


def test_targets_teach_nothing_of_a_scrap() -> None:
    reading = read(lessons(1, 1)[0].example.note)
    taught = targets([Labelled("praise", 0, 22, {})], reading.passages)
    assert list(taught.values[:2, PRAISE]) == [1, 0]
    assert list(taught.weights[:2, PRAISE]) == [1, 0]
    assert taught.values.sum() == 1


def test_outcomes_match_each_label_once() -> None:
    reading = read(lessons(1, 1)[0].example.note)
    scores = np.array([0.9, 0.2, 0.8, 0.7], np.float32)
    labels = [Labelled("praise", 0, 20, {}), Labelled("competitor", 40, 60, {})]
    assert [right for _, right in judged("praise", labels, reading.passages, scores, 0.5)] == [True, False]


def test_a_strong_pull_keeps_the_old_weights_and_a_weak_one_learns() -> None:
    taught = lessons(20, 10)
    still, moved = refit(heads(), taught, 1e9), refit(heads(), taught, 1.0)
    assert np.abs(still.weights).max() < 1e-4
    assert moved.weights[0, PRAISE] > 0.5
    assert abs(moved.weights[0, PRAISE]) > 5 * np.abs(moved.weights[1:, PRAISE]).max()


@pytest.fixture
def one_pull(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refit_module, "PULLS", (10.0,))


@pytest.mark.usefixtures("one_pull")
def test_cross_validation_sees_what_helps() -> None:
    heard: list[tuple[int, int]] = []
    found = measure(heads(), lessons(20, 10), lambda done, total: heard.append((done, total)))
    assert heard == [(number, 5) for number in range(1, 6)]
    assert found.old == 0
    assert found.new > 0.9
    assert found.folds == 5


@pytest.mark.usefixtures("one_pull")
def test_cross_validation_does_not_see_help_in_noise() -> None:
    assert measure(heads(), lessons(12, 3, told=False)).new < 0.5
