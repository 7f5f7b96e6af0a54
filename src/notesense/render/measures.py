"""How figures of an evaluation are written, alike in text and HTML: numbers, intervals, names."""

from collections.abc import Sequence

from notesense.core.evaluated import About, Evaluated, Figure, Limit
from notesense.render import words

_NAMES = {
    "core_macro_f1": "core macro F1",
    "macro_f1": "macro F1",
    "micro_f1": "micro F1",
    "false_signals": "false signals",
    "attributes.accuracy": "all attributes",
}
_COUNTED = frozenset({"failed_notes", "input_tokens", "output_tokens", "seconds"})


def number(value: float | None, digits: int = 2) -> str:
    """Return the figure rounded; a dash where nothing was measured."""
    return "-" if value is None else f"{value:.{digits}f}"


def interval(figure: Figure) -> str:
    """Return "0.61-0.74"."""
    return "" if figure.low is None or figure.high is None else f"{figure.low:.2f}–{figure.high:.2f}"


def signed_interval(figure: Figure) -> str:
    """Return "-0.03 to +0.11"."""
    return "" if figure.low is None or figure.high is None else f"{_plus(figure.low)} to {_plus(figure.high)}"


def signed(value: float | None) -> str:
    """Return "+0.05"; a dash where nothing was measured."""
    return "-" if value is None else _plus(value)


def _plus(value: float) -> str:
    rounded = round(value, 2) or 0.0
    return f"{rounded:+.2f}" if rounded else "0.00"


def share(part: int, whole: int) -> str:
    """Return "12%"; a dash for a part of nothing."""
    return f"{part / whole:.0%}" if whole else "-"


def figure_name(name: str) -> str:
    """Return the name of a figure in words: `pain_point.area.accuracy` is "pain point: area"."""
    kind, _, rest = name.partition(".")
    if name in _NAMES:
        return _NAMES[name]
    field = rest.removesuffix(".accuracy")
    return words.kind(kind) if field == "f1" else f"{words.kind(kind)}: {words.plain(field)}"


def field_name(name: str) -> str:
    """Return an attribute in words: `pain_point.area` is "pain point: area"."""
    kind, _, field = name.partition(".")
    return f"{words.kind(kind)}: {words.plain(field)}"


def engine(about: About) -> str:
    """Return which engine ran: "local local-0f3a"."""
    return f"{about.engine} ({about.engine_version})" if about.engine_version else about.engine


def data(about: About) -> str:
    """Return which data it read: "dev (data 0f3a9b2c1d4e)"."""
    return f"{', '.join(about.data)} (data {about.data_sha256[:12]})"


def provenance(about: About) -> list[tuple[str, str]]:
    """Return what a run records of itself, as names and values."""
    settings = ", ".join(f"{name} {value}" for name, value in about.settings.items())
    facts = [
        ("engine", engine(about)),
        ("model", about.model or "none"),
        ("prompt", about.prompt_sha256 or "none"),
        ("data", data(about)),
        ("settings", settings),
        ("NoteSense", about.notesense),
        ("started", about.started.strftime("%Y-%m-%d %H:%M UTC")),
    ]
    return [(name, value) for name, value in facts if value]


def limit(one: Limit) -> str:
    """Return what was asked and what came: "core_macro_f1 is 0.41, asked for at least 0.60"."""
    side = "at least" if one.side == "min" else "at most"
    came = "was not measured" if one.value is None else f"is {_exact(one.name, one.value)}"
    return f"{one.name} {came}, asked for {side} {one.bound:g}"


def _exact(name: str, value: float) -> str:
    return f"{value:g}" if name in _COUNTED else f"{value:.3f}"


def costs(result: Evaluated) -> list[tuple[str, str]]:
    """Return tokens, cost and speed as names and values."""
    cost = result.figures.cost
    return [
        ("tokens", f"{cost.input_tokens:,} in, {cost.output_tokens:,} out"),
        ("cost", "not known" if cost.cost_usd is None else f"${cost.cost_usd:.2f}"),
        ("time", f"{cost.seconds:.1f} s"),
        ("speed", f"{number(cost.notes_per_second, 1)} notes/s, {number(cost.passages_per_second, 0)} passages/s"),
    ]


def macro_rows(result: Evaluated) -> Sequence[tuple[str, Figure, list[float | None]]]:
    """Return the summary rows under the kinds: name, figure, and the same of each baseline."""
    figures, beside = result.figures, result.baselines
    return (
        ("all (micro)", figures.micro.f1, [one.micro_f1 for one in beside]),
        ("macro", figures.macro_f1, [one.macro_f1 for one in beside]),
        ("core macro", figures.core_macro_f1, [one.core_macro_f1 for one in beside]),
    )
