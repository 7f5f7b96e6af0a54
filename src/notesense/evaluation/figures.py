"""From the notes of a run to its figures, each with its interval. Notes on which the engine failed are left out."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from notesense.core.evaluated import (
    Baseline,
    Bin,
    Calibration,
    Cost,
    FieldFigures,
    Figures,
    KindFigures,
    NoteRow,
    Part,
    QuoteFigures,
)
from notesense.core.signal import Usage
from notesense.evaluation.bootstrap import Floats, figure, ratio
from notesense.evaluation.tallies import OUTCOMES, Series, fields_of, kinds_of, tally

BINS = 10


def figures(rows: Sequence[NoteRow]) -> Figures:
    """Return all figures of a run."""
    scored = [row for row in rows if row.error is None]
    series = Series(tally(scored, kinds_of(scored), fields_of(scored)))
    counted = series.counted
    return Figures(
        notes=len(scored),
        failed=len(rows) - len(scored),
        signals=int(counted.gold.sum()),
        kinds=tuple(_kind(series, kind, [at]) for at, kind in enumerate(counted.kinds)),
        micro=_kind(series, "all", counted.nine),
        macro_f1=figure(series.macro_f1),
        core_macro_f1=figure(series.core_macro_f1),
        fields=_fields(series),
        attributes=figure(series.attributes),
        quotes=_quotes(series),
        empty_notes=int(counted.empty.sum()),
        false_signals=figure(series.false_signals),
        calibration=_calibration(scored, series),
        channels=_parts(series, _by_channel(scored)),
        lengths=_parts(series, _by_length(scored)),
        cost=_cost(scored),
    )


def baseline(name: str, version: str, rows: Sequence[NoteRow]) -> Baseline:
    """Return what a plain method comes to."""
    scored = figures(rows)
    return Baseline(
        name=name,
        version=version,
        kinds={kind.name: kind.f1.value for kind in scored.kinds},
        core_macro_f1=scored.core_macro_f1.value,
        macro_f1=scored.macro_f1.value,
        micro_f1=scored.micro.f1.value,
        false_signals=scored.false_signals.value,
    )


def _kind(series: Series, name: str, columns: Iterable[int], notes: Floats | None = None) -> KindFigures:
    """Return the figures of some kinds together, over some of the notes (a mask; None means all)."""
    chosen = list(columns)
    counted = series.counted
    mask = np.ones(len(counted.empty)) if notes is None else notes
    sums = [each[:, chosen].sum(axis=1) * mask for each in (counted.matched, counted.predicted, counted.gold)]
    matched, predicted, gold = (series.draws @ each for each in sums)
    return KindFigures(
        name=name,
        matched=int(matched[0]),
        predicted=int(predicted[0]),
        labels=int(gold[0]),
        precision=figure(ratio(matched, predicted)),
        recall=figure(ratio(matched, gold)),
        f1=figure(ratio(2 * matched, predicted + gold)),
    )


def _fields(series: Series) -> tuple[FieldFigures, ...]:
    counts = series.counted.outcomes.sum(axis=0)
    accuracy = series.fields
    return tuple(
        FieldFigures(
            name=name,
            accuracy=figure(accuracy[:, at]),
            **{result: int(counts[at, number]) for number, result in enumerate(OUTCOMES)},
        )
        for at, name in enumerate(series.counted.fields)
    )


def _quotes(series: Series) -> QuoteFigures:
    counted = series.counted
    proven, matched = counted.predicted.sum(axis=1), series.matched.sum(axis=1)
    drafts = proven + counted.rejected
    return QuoteFigures(
        drafts=int(drafts.sum()),
        rejected=int(counted.rejected.sum()),
        exact=figure(ratio(series.draws @ proven, series.draws @ drafts)),
        identical=figure(ratio(series.draws @ counted.identical, matched)),
        overlap=figure(ratio(series.draws @ counted.shared, matched)),
    )


def _calibration(rows: Sequence[NoteRow], series: Series) -> Calibration:
    """Compare what predictions claim with how many are right: ten equal bins, error and Brier score."""
    count, claimed, right, squares = (np.zeros((len(rows), BINS)) for _ in range(4))
    for at, row in enumerate(rows):
        hits = {i for i, _ in row.pairs}
        for i, claim in enumerate(row.predicted):
            place = min(int(claim.confidence * BINS), BINS - 1)
            count[at, place] += 1
            claimed[at, place] += claim.confidence
            right[at, place] += i in hits
            squares[at, place] += (claim.confidence - (i in hits)) ** 2
    total = series.draws @ count.sum(axis=1)
    gaps = np.abs(series.draws @ (claimed - right)).sum(axis=1)
    sums = [each.sum(axis=0) for each in (count, claimed, right)]
    return Calibration(
        bins=tuple(
            Bin(low=at / BINS, high=(at + 1) / BINS, count=int(n), confidence=said / n, right=hit / n)
            if n
            else Bin(low=at / BINS, high=(at + 1) / BINS, count=0)
            for at, (n, said, hit) in enumerate(zip(*sums, strict=True))
        ),
        error=figure(ratio(gaps, total)),
        brier=figure(ratio(series.draws @ squares.sum(axis=1), total)),
    )


class _Group(NamedTuple):
    """Some of the notes: a name, and a mask over all."""

    name: str
    notes: Floats


def _parts(series: Series, groups: Iterable[_Group]) -> tuple[Part, ...]:
    every = series.counted.nine
    return tuple(
        Part(name=name, notes=int(notes.sum()), figures=_kind(series, name, every, notes)) for name, notes in groups
    )


def _by_channel(rows: Sequence[NoteRow]) -> list[_Group]:
    names = sorted({row.channel for row in rows})
    return [_Group(name, np.array([row.channel == name for row in rows], np.float64)) for name in names]


def _by_length(rows: Sequence[NoteRow]) -> list[_Group]:
    """Return the shortest third of the notes, the middle one, and the longest, by words."""
    if not rows:
        return []
    words = np.array([len(row.text.split()) for row in rows])
    low, high = (int(bound) for bound in np.quantile(words, [1 / 3, 2 / 3], method="higher"))
    groups = [
        _Group(f"up to {low} words", (words <= low).astype(np.float64)),
        _Group(f"{low + 1} to {high} words", ((words > low) & (words <= high)).astype(np.float64)),
        _Group(f"over {high} words", (words > high).astype(np.float64)),
    ]
    return [group for group in groups if group.notes.any()]


def _cost(rows: Sequence[NoteRow]) -> Cost:
    usage = sum((row.usage for row in rows), Usage())
    return Cost(
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cost_usd=usage.cost_usd,
        seconds=usage.seconds,
        notes_per_second=len(rows) / usage.seconds if usage.seconds else None,
        passages_per_second=sum(row.passages for row in rows) / usage.seconds if usage.seconds else None,
    )
