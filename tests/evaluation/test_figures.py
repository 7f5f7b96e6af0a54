"""Figures and intervals over notes small enough to check by hand, limits, comparisons, unfinished runs, baselines."""

from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaluation.labelled import claim, label, row
from notesense.core.claims import Refusal
from notesense.core.evaluated import Figure
from notesense.errors import InputError
from notesense.evaluation.bootstrap import RESAMPLES, draws, figure, mean, ratio
from notesense.evaluation.figures import baseline, figures
from notesense.evaluation.forms import guide_form
from notesense.evaluation.limits import check_names, hold, names

ROWS = (
    row(
        "a",
        [claim(0, 10, confidence=0.95), claim(20, 30, confidence=0.25), claim(40, 50, "commitment", owner="us")],
        [label(0, 10), label(42, 52, "commitment", owner="us", due="2026-03-06"), label(60, 70, "pain_point")],
        rejected=(
            Refusal(kind="praise", quote="we love you", reason="not in the note"),
            Refusal(kind="praise", quote="said again", reason="claimed twice"),
        ),
    ),
    row("b", [claim(0, 10, confidence=0.9), claim(30, 40, confidence=0.9)], channel="email", text="x " * 30),
    row("c", [], [label(0, 10)], text="x " * 90),
    row("d", [], [label(0, 10)], error="the engine broke"),
)


def test_counts_kinds_and_means() -> None:
    found = figures(ROWS)
    kinds = {kind.name: kind for kind in found.kinds}
    assert (found.notes, found.failed, found.signals, found.empty_notes) == (3, 1, 4, 1)
    praise = kinds["praise"]
    assert (praise.matched, praise.predicted, praise.labels) == (1, 4, 2)
    assert (praise.precision.value, praise.recall.value) == (0.25, 0.5)
    assert praise.f1.value == pytest.approx(1 / 3)
    assert kinds["commitment"].f1.value == 1.0
    assert kinds["pain_point"].f1.value == 0.0
    assert kinds["competitor"].f1 == Figure()
    assert found.micro.f1.value == pytest.approx(4 / 9)
    assert found.macro_f1.value == pytest.approx((1 / 3 + 1 + 0) / 3)
    assert found.core_macro_f1.value == 0.0


def test_attributes_quotes_false_signals_parts_and_cost() -> None:
    found = figures(ROWS)
    assert {field.name: (field.right, field.missing, field.accuracy.value) for field in found.fields} == {
        "commitment.due": (0, 1, 0.0),
        "commitment.owner": (1, 0, 1.0),
    }
    assert found.attributes.value == 0.5
    quotes = found.quotes
    assert (quotes.drafts, quotes.rejected, quotes.identical.value) == (6, 1, 0.5)
    assert quotes.exact.value == pytest.approx(5 / 6)
    assert quotes.overlap.value == pytest.approx((1 + 8 / 12) / 2)
    assert found.false_signals.value == 2.0
    assert {part.name: part.notes for part in found.channels} == {"call": 2, "email": 1}
    assert [(part.name, part.notes) for part in found.lengths] == [
        ("up to 30 words", 2),
        ("31 to 90 words", 1),
    ]
    assert found.cost.seconds == 1.5
    assert found.cost.notes_per_second == 2.0
    assert found.cost.passages_per_second == 4.0


def test_calibration_holds_what_is_stated_against_what_is_right() -> None:
    found = figures(ROWS).calibration
    told = {one.low: (one.count, one.confidence, one.right) for one in found.bins if one.count}
    assert told[0.2] == (1, 0.25, 0.0)
    assert told[0.9] == (4, pytest.approx((0.95 + 0.9 + 0.9 + 1.0) / 4), 0.5)
    assert found.error.value == pytest.approx((0.25 + abs(3.75 - 2)) / 5)
    assert found.brier.value == pytest.approx((0.05**2 + 0.25**2 + 2 * 0.9**2) / 5)


def test_nothing_to_measure_is_no_zero() -> None:
    for rows in ([], [row("a", error="broke")], [row("a")]):
        found = figures(rows)
        assert found.micro.f1 == found.macro_f1 == found.core_macro_f1 == found.attributes == Figure()
        assert found.quotes.exact == found.calibration.error == Figure()
    assert figures([]).false_signals == Figure()
    assert figures([]).cost.notes_per_second is None


def test_intervals_are_those_of_drawing_notes_anew() -> None:
    drawn = draws(40)
    assert drawn.shape == (1 + RESAMPLES, 40)
    assert_allclose(drawn.sum(axis=1), 40)
    assert_allclose(drawn[0], 1)
    assert_allclose(draws(40), drawn)
    hits = np.repeat([1.0, 0.0], 20)
    found = figure(ratio(drawn @ hits, drawn.sum(axis=1)))
    assert found.value == 0.5
    assert found.low == pytest.approx(0.5 - 1.96 * (0.25 / 40) ** 0.5, abs=0.03)
    assert found.high == pytest.approx(0.5 + 1.96 * (0.25 / 40) ** 0.5, abs=0.03)
    assert_allclose(mean(np.array([[1.0, np.nan], [1.0, 0.0]])), [1.0, 0.5])


def test_limits_name_every_figure_and_what_was_not_measured_never_holds() -> None:
    found = figures(ROWS)
    beside = [baseline("keywords", "1", ROWS)]
    asked = [
        ("min", "micro_f1", 0.4),
        ("max", "false_signals", 0.3),
        ("min", "commitment.owner.accuracy", 1.0),
        ("min", "competitor.f1", 0.0),
        ("min", "over_keywords", 0.0),
        ("min", "over_similarity", 0.0),
        ("max", "failed_notes", 0),
    ]
    check_names(asked, guide_form(), True)  # type: ignore[arg-type]
    assert [limit.met for limit in hold(asked, found, beside)] == [True, False, True, False, True, False, False]  # type: ignore[arg-type]
    assert len(set(names(guide_form()))) == len(names(guide_form()))
    with pytest.raises(InputError, match="no figure called") as caught:
        check_names([("min", "core_macro_f2", 0.5)], guide_form(), True)
    assert "core_macro_f1" in caught.value.fix
    with pytest.raises(InputError, match="needs the baselines"):
        check_names([("min", "over_keywords", 0.3)], guide_form(), False)


def test_every_name_that_is_documented_is_a_figure() -> None:
    page = (Path(__file__).parents[2] / "docs" / "measuring.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in names(guide_form()) if "." not in name or name.startswith("attributes"))
