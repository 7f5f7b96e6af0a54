"""What an evaluation answers: the notes with labels and predictions, the figures, and two runs held side by side.

`Evaluated` is also the form of a saved run. Figures are None where the data has nothing to measure, never 0.
"""

import datetime
from typing import Literal, TypeAlias

from pydantic import Field

from notesense.core.claims import Claim, Prediction, Refusal
from notesense.core.note import Value
from notesense.core.signal import Usage

Span: TypeAlias = tuple[int, int]


class Figure(Value):
    """A figure with its 95% bootstrap interval over notes; all None where there is nothing to measure."""

    value: float | None = None
    low: float | None = None
    high: float | None = None


class KindFigures(Value):
    """Pairs found for a kind (or for all together), and how many claims there were on either side."""

    name: str
    matched: int
    predicted: int
    labels: int
    precision: Figure
    recall: Figure
    f1: Figure


class FieldFigures(Value):
    """An attribute over matched pairs in which either side states it. `name` is `kind.field`."""

    name: str
    right: int
    wrong: int
    missing: int
    """Labelled, but not predicted."""
    extra: int
    """Predicted, but not labelled."""
    accuracy: Figure


class QuoteFigures(Value):
    """How exact the quotes are. `exact` is the share of drafts that stand in the note word for word."""

    drafts: int
    rejected: int
    exact: Figure
    identical: Figure
    """Share of the matched pairs with the very same span."""
    overlap: Figure
    """Mean share of characters that the spans of a matched pair have in common (intersection over union)."""


class Bin(Value):
    """Predictions whose confidence lies from `low` to `high`: their mean confidence, and the share that is right."""

    low: float
    high: float
    count: int
    confidence: float | None = None
    right: float | None = None


class Calibration(Value):
    """What a confidence is worth. `error` is the expected calibration error over the bins, `brier` the Brier score."""

    bins: tuple[Bin, ...]
    error: Figure
    brier: Figure


class Part(Value):
    """The notes of one channel, or of one length."""

    name: str
    notes: int
    figures: KindFigures


class Cost(Value):
    """What the engine's work cost, over the notes that were scored. Rates are per second of the engine's own time.

    `cost_usd` is None where the model's price is not known.
    """

    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    seconds: float
    notes_per_second: float | None
    passages_per_second: float | None


class Figures(Value):
    """All figures of a run, over the notes on which the engine did not fail."""

    notes: int
    failed: int
    signals: int
    kinds: tuple[KindFigures, ...]
    micro: KindFigures
    macro_f1: Figure
    """Mean F1 of the kinds that have labels in this data."""
    core_macro_f1: Figure
    """The same over the four core kinds."""
    fields: tuple[FieldFigures, ...]
    attributes: Figure
    """Accuracy over all attributes together."""
    quotes: QuoteFigures
    empty_notes: int
    """Notes without any label."""
    false_signals: Figure
    """Predictions for each note without any label."""
    calibration: Calibration
    channels: tuple[Part, ...]
    lengths: tuple[Part, ...]
    cost: Cost


class Baseline(Value):
    """What a plain method comes to on the same notes."""

    name: str
    version: str
    kinds: dict[str, float | None]
    """F1 of each kind."""
    core_macro_f1: float | None
    macro_f1: float | None
    micro_f1: float | None
    false_signals: float | None


class NoteRow(Value):
    """A note with its labels and what was predicted. `pairs` are (index in `predicted`, index in `gold`).

    A note on which the engine failed has `error` and stands in no score.
    """

    id: str
    where: str
    """File and line of the data set, `dev.jsonl:12`."""
    account: str
    date: datetime.date
    channel: str
    title: str
    text: str
    gold: tuple[Claim, ...]
    predicted: tuple[Prediction, ...] = ()
    pairs: tuple[tuple[int, int], ...] = ()
    rejected: tuple[Refusal, ...] = ()
    passages: int = 0
    error: str | None = None
    usage: Usage = Usage()


class About(Value):
    """What was run on what. `data_sha256` is the hash of all notes and labels in the order of their ids."""

    notesense: str
    engine: str
    engine_version: str
    model: str | None = None
    prompt_sha256: str | None = None
    """None for engines without a prompt."""
    data: tuple[str, ...]
    data_sha256: str
    settings: dict[str, str | float | int] = Field(default_factory=dict)
    started: datetime.datetime
    """In UTC."""


class Limit(Value):
    """A figure that was asked to be at least (`min`) or at most (`max`) a value."""

    name: str
    side: Literal["min", "max"]
    bound: float
    value: float | None
    met: bool


class Evaluated(Value):
    """The answer of `eval run`, and the form of a saved run."""

    about: About
    figures: Figures
    baselines: tuple[Baseline, ...] = ()
    limits: tuple[Limit, ...] = ()
    notes: tuple[NoteRow, ...]


class Difference(Value):
    """B minus A of one figure, with its 95% interval. `better` is the share of resamples in which B is better."""

    name: str
    a: float | None
    b: float | None
    difference: Figure
    better: float | None


class Change(Value):
    """A statement on which two runs differ. `attributes` are the label's, or the prediction's where there is none."""

    kind: str
    quote: str
    start: int
    attributes: dict[str, str] = Field(default_factory=dict)


class NoteChanges(Value):
    """What B won and lost against A on one note."""

    id: str
    where: str
    title: str
    won: tuple[Change, ...] = ()
    """Labels that B found and A missed."""
    lost: tuple[Change, ...] = ()
    """Labels that A found and B missed."""
    dropped: tuple[Change, ...] = ()
    """False signals of A that B does not make."""
    gained: tuple[Change, ...] = ()
    """False signals of B that A did not make."""


class Compared(Value):
    """The answer of `eval compare`, over the `notes` that neither run failed on."""

    a: About
    b: About
    notes: int
    left_out: int
    differences: tuple[Difference, ...]
    changes: tuple[NoteChanges, ...]


class Fault(Value):
    """One thing wrong in a data set: file and line, what is wrong, and what is right."""

    where: str
    what: str
    fix: str = ""


class Overlap(Value):
    """Two notes with runs of six words in common. `share` is that of the note with fewer such runs."""

    one: str
    other: str
    shared: int
    share: float


class SetSize(Value):
    """What a data set holds. `repeated` is the share of its different runs of six words that stand in several notes."""

    notes: int
    signals: int
    words: int
    kinds: dict[str, int]
    channels: dict[str, int]
    passages: int
    passages_without: int
    """Passages (clauses, sentences) that carry no signal."""
    few: int
    """Notes with two signals at most."""
    none: int
    """Notes without any signal."""
    runs: int
    repeated_runs: int


class DatasetChecked(Value):
    """The answer of `eval check`."""

    paths: tuple[str, ...]
    against: tuple[str, ...] = ()
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...] = ()
    histories: int = 0
    """Account histories among them, without a fault."""
    size: SetSize
    overlaps: tuple[Overlap, ...] = ()
    """The pairs of notes that have most in common, most first."""
