"""Every figure by a name that `--min` and `--max` understand, and what was asked of them."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from notesense.core.evaluated import Baseline, Figures, Limit
from notesense.errors import InputError
from notesense.evaluation.forms import Fields

Side: TypeAlias = Literal["min", "max"]
Asked: TypeAlias = tuple[Side, str, float]

_OVER = ("over_keywords", "over_similarity")
_PLAIN = (
    "core_macro_f1",
    "macro_f1",
    "micro_f1",
    "micro_precision",
    "micro_recall",
    "attributes.accuracy",
    "false_signals",
    "quotes_exact",
    "spans_identical",
    "spans_overlap",
    "calibration_error",
    "brier",
    "failed_notes",
    "input_tokens",
    "output_tokens",
    "cost_usd",
    "seconds",
    "notes_per_second",
    "passages_per_second",
    *_OVER,
)


def names(form: Mapping[str, Fields]) -> tuple[str, ...]:
    """Return the name of every figure that these kinds can have."""
    kinds = [f"{kind}.{each}" for kind in form for each in ("f1", "precision", "recall")]
    return (*_PLAIN, *kinds, *(f"{kind}.{field}.accuracy" for kind, fields in form.items() for field in fields))


def check_names(asked: Iterable[Asked], form: Mapping[str, Fields], with_baselines: bool) -> None:
    """Raise InputError for a name that no figure has, before any engine runs."""
    known = names(form)
    for _, name, _ in asked:
        if name not in known:
            near = difflib.get_close_matches(name, known, 3) or list(_PLAIN[:5])
            raise InputError(
                f'There is no figure called "{name}".', f"Near it: {', '.join(near)}; docs/measuring.md names them all."
            )
        if name in _OVER and not with_baselines:
            raise InputError(f"{name} needs the baselines.", "Leave out --no-baselines.")


def hold(asked: Sequence[Asked], figures: Figures, baselines: Sequence[Baseline]) -> tuple[Limit, ...]:
    """Return what was asked of each figure and whether it holds; a figure that was not measured never holds."""
    found = _named(figures, baselines)
    return tuple(limit(side, name, bound, found.get(name)) for side, name, bound in asked)


def limit(side: Side, name: str, bound: float, value: float | None) -> Limit:
    """Return what was asked of one figure and whether it holds."""
    met = value is not None and (value >= bound if side == "min" else value <= bound)
    return Limit(name=name, side=side, bound=bound, value=value, met=met)


def _named(figures: Figures, baselines: Sequence[Baseline]) -> dict[str, float | None]:
    cost, quotes = figures.cost, figures.quotes
    found: dict[str, float | None] = {
        "core_macro_f1": figures.core_macro_f1.value,
        "macro_f1": figures.macro_f1.value,
        "micro_f1": figures.micro.f1.value,
        "micro_precision": figures.micro.precision.value,
        "micro_recall": figures.micro.recall.value,
        "attributes.accuracy": figures.attributes.value,
        "false_signals": figures.false_signals.value,
        "quotes_exact": quotes.exact.value,
        "spans_identical": quotes.identical.value,
        "spans_overlap": quotes.overlap.value,
        "calibration_error": figures.calibration.error.value,
        "brier": figures.calibration.brier.value,
        "failed_notes": float(figures.failed),
        "input_tokens": float(cost.input_tokens),
        "output_tokens": float(cost.output_tokens),
        "cost_usd": cost.cost_usd,
        "seconds": cost.seconds,
        "notes_per_second": cost.notes_per_second,
        "passages_per_second": cost.passages_per_second,
    }
    for kind in figures.kinds:
        for each in ("f1", "precision", "recall"):
            found[f"{kind.name}.{each}"] = getattr(kind, each).value
    found |= {f"{field.name}.accuracy": field.accuracy.value for field in figures.fields}
    found |= {f"over_{one.name}": _over(figures.core_macro_f1.value, one.core_macro_f1) for one in baselines}
    return found


def _over(value: float | None, other: float | None) -> float | None:
    return None if value is None or other is None else value - other
