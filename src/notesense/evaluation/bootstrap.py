"""Percentile bootstrap over notes (Efron 1979): how far a figure might lie with other notes of the same kind.

A resample is how often each note is drawn, so that all resamples of a sum are one matrix product. Row 0 is the data
itself. Two runs over the same notes get the same draws, which is what makes their difference a paired one.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from notesense.core.evaluated import Figure

RESAMPLES = 2000
SEED = 20240229
LEVEL = 95

Floats: TypeAlias = NDArray[np.float64]


def draws(notes: int) -> Floats:
    """Return a matrix of (1 + RESAMPLES) rows: how often each of so many notes is drawn; the first row is all ones."""
    if not notes:
        return np.zeros((1 + RESAMPLES, 0))
    drawn = np.random.default_rng(SEED).multinomial(notes, np.full(notes, 1 / notes), size=RESAMPLES)
    return np.vstack([np.ones(notes), drawn.astype(np.float64)])


def ratio(above: Floats, below: Floats) -> Floats:
    """Return above / below, NaN where there is nothing below."""
    known = np.full(np.shape(above), np.nan)
    np.divide(above, below, out=known, where=below != 0)
    return known


def mean(columns: Floats) -> Floats:
    """Return the mean of each row over the columns that are numbers; NaN where none is."""
    known = ~np.isnan(columns)
    return ratio(np.where(known, columns, 0.0).sum(axis=1), known.sum(axis=1).astype(np.float64))


def figure(series: Any) -> Figure:
    """Return the first value of a series with the interval that the others give."""
    values = np.asarray(series, dtype=np.float64)
    if np.isnan(values[0]):
        return Figure()
    low, high = np.nanpercentile(values[1:], [(100 - LEVEL) / 2, (100 + LEVEL) / 2])
    return Figure(value=float(values[0]), low=float(low), high=float(high))
