"""A run, and a comparison of two, as one self-contained HTML page: no network, complete without its script.

The run's page is where a person improves a label or a prompt: every note with what was found, missed and claimed too
much. The small inline script only filters and jumps; the page's policy names it by its hash and allows no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from notesense.core.evaluated import Bin, Compared, Difference, Evaluated, Figure, NoteRow
from notesense.render import findings, measures, page, words

SIDE = 200
"""Length of the calibration drawing's sides, in its own units."""
_LEAST, _MOST = 2.5, 11.0


@dataclass(frozen=True)
class Headline:
    """A figure at the head of the page, with the same of the baselines."""

    name: str
    value: str
    interval: str
    beside: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shown:
    """A note with its findings and its text in pieces."""

    row: NoteRow
    found: tuple[findings.Finding, ...]
    pieces: tuple[findings.Piece, ...]
    counts: str


@dataclass(frozen=True)
class Dot:
    """A bin in the calibration drawing: place and size."""

    x: float
    y: float
    r: float


@dataclass(frozen=True)
class Stroke:
    """A difference in the comparison's drawing: interval and value as places from 0 to SIDE."""

    low: float
    high: float
    value: float


def to_html(result: Evaluated | Compared) -> str:
    """Return the page."""
    return _evaluated(result) if isinstance(result, Evaluated) else _compared(result)


def _evaluated(result: Evaluated) -> str:
    script, allowed = page.script("evaluation.js")
    kinds = [kind.name for kind in result.figures.kinds if kind.labels or kind.predicted]
    return page.fill(
        "evaluation.html.j2",
        run=result,
        facts=measures.provenance(result.about),
        costs=measures.costs(result),
        headlines=_headlines(result),
        macro_rows=measures.macro_rows(result),
        dots=[_dot(one, result.figures.calibration.bins) for one in result.figures.calibration.bins if one.count],
        notes=[_shown(row) for row in result.notes if row.error is None],
        failures=[row for row in result.notes if row.error is not None],
        kinds=kinds,
        channels=sorted({row.channel for row in result.notes}),
        marks=findings.MARKS,
        hue={kind.name: number % 9 for number, kind in enumerate(result.figures.kinds)},
        side=SIDE,
        measures=measures,
        words=words,
        script=script,
        allowed=allowed,
    )


def _headlines(result: Evaluated) -> tuple[Headline, ...]:
    figures, beside = result.figures, result.baselines

    def headline(name: str, figure: Figure, plain: Sequence[float | None]) -> Headline:
        others = tuple((one.name, measures.number(value)) for one, value in zip(beside, plain, strict=False))
        return Headline(name, measures.number(figure.value), measures.interval(figure), others)

    return (
        headline("core macro F1", figures.core_macro_f1, [one.core_macro_f1 for one in beside]),
        headline("macro F1", figures.macro_f1, [one.macro_f1 for one in beside]),
        headline("micro F1", figures.micro.f1, [one.micro_f1 for one in beside]),
        headline("attributes right", figures.attributes, []),
        headline("false signals a note without signals", figures.false_signals, [one.false_signals for one in beside]),
    )


def _shown(row: NoteRow) -> Shown:
    found = findings.findings(row)
    numbers = [(word, sum(one.status == status for one in found)) for status, (_, word) in findings.MARKS.items()]
    counts = ", ".join(f"{number} {word}" for word, number in numbers) if found else "no signals, none claimed"
    return Shown(row, found, tuple(findings.pieces(row, found)), counts)


def _dot(one: Bin, bins: Sequence[Bin]) -> Dot:
    """Return the place of a bin: across what is stated, up what is right; its area grows with its claims."""
    most = max(each.count for each in bins)
    radius = max(_LEAST, _MOST * (one.count / most) ** 0.5)
    return Dot(round((one.confidence or 0) * SIDE, 1), round((1 - (one.right or 0)) * SIDE, 1), round(radius, 1))


def _compared(result: Compared) -> str:
    shares = [one for one in result.differences if one.name != "false_signals"]
    widest = max((abs(bound) for one in shares for bound in _bounds(one)), default=0.0) or 1.0
    return page.fill(
        "comparison.html.j2",
        result=result,
        a=measures.provenance(result.a),
        b=measures.provenance(result.b),
        strokes={one.name: _stroke(one, widest) for one in shares},
        side=SIDE,
        measures=measures,
        words=words,
    )


def _bounds(one: Difference) -> tuple[float, ...]:
    figure = one.difference
    return tuple(value for value in (figure.low, figure.high, figure.value) if value is not None)


def _stroke(one: Difference, widest: float) -> Stroke | None:
    low, high, value = one.difference.low, one.difference.high, one.difference.value
    if low is None or high is None or value is None:
        return None
    return Stroke(*(round((1 + each / widest) * SIDE / 2, 1) for each in (low, high, value)))
