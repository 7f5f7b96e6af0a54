"""Fits the heads of the local engine to labelled notes. Needs the extra `train` (scikit-learn); no run imports this.

The same examples and seed give the same heads. Writers are never split: thresholds and calibration come from notes
whose writers the fitted weights have not seen.
"""

import hashlib
import json
import platform
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from notesense.adapters.local.features import BUCKETS, Features, Reading, features, read
from notesense.adapters.local.heads import FACT_SCALE, VECTOR_SCALE, Choice, Heads, Network, logit, squash
from notesense.adapters.local.spans import repeats, runs, same
from notesense.core.kinds import ATTRIBUTES
from notesense.core.note import Note
from notesense.core.ports import Embedder
from notesense.core.vocabulary import Kind

SEED = 7
KINDS = tuple(str(kind) for kind in Kind)
_NETWORKS = 3
_HIDDEN = 96
_ROUNDS = 18
_BATCH = 128
_RATE = 1e-3
_DECAY = 1e-3
_DROP = 0.5
_DROP_INPUT = 0.3
_PATTERN_PENALTY = 0.1
_CHOICE_PENALTY = 10.0
_INNER_FOLDS = 3
_GRID = tuple(round(0.04 * step, 2) for step in range(2, 19))

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]


class Labelled(NamedTuple):
    """A labelled statement: kind, place in the note, attributes."""

    kind: str
    start: int
    end: int
    attributes: dict[str, str]


class Example(NamedTuple):
    """A note with its labels and the writer whose voice it is in."""

    note: Note
    labels: tuple[Labelled, ...]
    writer: str


class Prepared(NamedTuple):
    """Examples with the features and targets of all their passages; `note_of` gives each row's example."""

    examples: tuple[Example, ...]
    readings: tuple[Reading, ...]
    features: Features
    targets: Floats
    weights: Floats
    note_of: Rows
    embedder: str

    def rows(self, writers: set[str]) -> Rows:
        """Return the rows of these writers' notes."""
        wanted = np.array([example.writer in writers for example in self.examples])
        return np.flatnonzero(wanted[self.note_of])


def prepare(examples: Sequence[Example], embedder: Embedder) -> Prepared:
    """Cut and embed all examples once."""
    readings = tuple(read(example.note) for example in examples)
    targets, weights, note_of = [], [], []
    for number, (example, reading) in enumerate(zip(examples, readings, strict=True)):
        for passage in reading.passages:
            target, weight = _target(example, (passage.start, passage.end))
            targets.append(target)
            weights.append(weight)
            note_of.append(number)
    return Prepared(
        examples=tuple(examples),
        readings=readings,
        features=features(readings, embedder),
        targets=np.array(targets, np.float32),
        weights=np.array(weights, np.float32),
        note_of=np.array(note_of, np.intp),
        embedder=embedder.fingerprint,
    )


def fit(data: Prepared, writers: set[str], seed: int = SEED) -> Heads:
    """Return heads fitted to these writers' notes, thresholds and calibration included."""
    names = sorted(writers)
    unseen = np.zeros_like(data.targets)
    for fold in range(min(_INNER_FOLDS, len(names))):
        held = set(names[fold::_INNER_FOLDS])
        weights = _weights(data, set(names) - held, seed)
        rows = data.rows(held)
        part = _part(data.features, rows)
        unseen[rows] = weights.scores(part, weights.dense(part))
    heads = _weights(data, writers, seed)
    thresholds, calibration = _decide(data, writers, unseen)
    choices = _choices(data, data.rows(writers), heads)
    about = _about(data, writers, seed)
    heads = heads._replace(thresholds=thresholds, calibration=calibration, choices=choices)
    mark = hashlib.sha256(json.dumps(about, sort_keys=True).encode())
    for values in (heads.patterns, thresholds, *(network.inner for network in heads.networks)):
        mark.update(values.astype(np.float16).tobytes())
    return heads._replace(about={**about, "version": f"local-{mark.hexdigest()[:12]}"})


def data_hash(examples: Sequence[Example]) -> str:
    """Return the hash of all notes and labels, whatever their order."""
    lines = sorted(
        json.dumps([e.note.model_dump(mode="json"), sorted(map(list, e.labels), key=str), e.writer], sort_keys=True)
        for e in examples
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _target(example: Example, span: tuple[int, int]) -> tuple[list[float], list[float]]:
    """Return which kinds a passage carries, and which it must not teach: those of which it holds a mere scrap."""
    target, weight = [0.0] * len(KINDS), [1.0] * len(KINDS)
    for label in example.labels:
        column = KINDS.index(label.kind)
        if same(span, (label.start, label.end)):
            target[column], weight[column] = 1.0, 1.0
        elif min(span[1], label.end) > max(span[0], label.start) and not target[column]:
            weight[column] = 0.0
    return target, weight


def _part(whole: Features, rows: Rows) -> Features:
    return Features(whole.dense[rows], whole.facts[rows], [whole.patterns[row] for row in rows])


def _weights(data: Prepared, writers: set[str], seed: int) -> Heads:
    """Fit both readers, without thresholds."""
    rows = data.rows(writers)
    part = _part(data.features, rows)
    scale = (part.facts.mean(axis=0), part.facts.std(axis=0) + np.float32(1e-6))
    facts = (part.facts - scale[0]) / scale[1]
    dense = np.hstack([part.dense * VECTOR_SCALE, facts]).astype(np.float32)
    targets, weights = data.targets[rows], data.weights[rows]
    networks = tuple(_network(dense, targets, weights, seed + number) for number in range(_NETWORKS))
    voices = [data.examples[number].writer for number in data.note_of[rows]]
    patterns, pattern_facts, bias = _linear(part, facts, targets, weights, voices)
    empty = np.zeros((len(KINDS), 2), np.float32)
    return Heads(KINDS, scale, networks, patterns, pattern_facts, bias, empty[:, 0], empty, {}, {})


def _network(dense: Floats, targets: Floats, weights: Floats, seed: int) -> Network:
    """Fit one small network by Adam with dropout on inputs and hidden units, the rate falling to nothing."""
    random = np.random.default_rng(seed)
    width = dense.shape[1]
    values = [
        random.normal(0, 1 / np.sqrt(width), (width, _HIDDEN)).astype(np.float32),
        np.zeros(_HIDDEN, np.float32),
        random.normal(0, 0.05, (_HIDDEN, len(KINDS))).astype(np.float32),
        np.full(len(KINDS), -3.0, np.float32),
    ]
    first, second = [np.zeros_like(v) for v in values], [np.zeros_like(v) for v in values]
    steps = _ROUNDS * max(len(dense) // _BATCH, 1)
    for step, chosen in enumerate(_shuffled(random, len(dense)), 1):
        gradients = _gradients(values, dense[chosen], targets[chosen], weights[chosen], random)
        rate = _RATE * (1 - step / steps) + 1e-5
        for i, gradient in enumerate(gradients):
            first[i] = 0.9 * first[i] + 0.1 * gradient
            second[i] = 0.999 * second[i] + 0.001 * gradient**2
            change = (first[i] / (1 - 0.9**step)) / (np.sqrt(second[i] / (1 - 0.999**step)) + 1e-8)
            values[i] -= (rate * (change + (_DECAY if i % 2 == 0 else 0.0) * values[i])).astype(np.float32)
    return Network(*values)


def _shuffled(random: np.random.Generator, count: int) -> Iterator[Rows]:
    for _ in range(_ROUNDS):
        order = random.permutation(count)
        for batch in range(max(count // _BATCH, 1)):
            yield order[batch * _BATCH : (batch + 1) * _BATCH]


def _gradients(
    values: list[Floats], dense: Floats, targets: Floats, weights: Floats, random: np.random.Generator
) -> list[Floats]:
    inner, inner_bias, outer, outer_bias = values
    seen = dense * (random.random(dense.shape, dtype=np.float32) > _DROP_INPUT) / np.float32(1 - _DROP_INPUT)
    raw = seen @ inner + inner_bias
    kept = (random.random(raw.shape, dtype=np.float32) > _DROP) / np.float32(1 - _DROP)
    hidden = np.maximum(raw, 0) * kept
    error = weights * (squash(hidden @ outer + outer_bias) - targets) / np.float32(len(dense)) * len(KINDS)
    back = (error @ outer.T) * kept * (raw > 0)
    return [seen.T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0)]


def _linear(
    part: Features, facts: Floats, targets: Floats, weights: Floats, voices: Sequence[str]
) -> tuple[Floats, Floats, Floats]:
    """Fit the reader of word patterns; a pattern counts when at least two writers use it."""
    from scipy import sparse  # type: ignore[import-untyped]
    from sklearn.linear_model import LogisticRegression

    users: dict[int, set[str]] = {}
    for slots, voice in zip(part.patterns, voices, strict=True):
        for slot in slots:
            users.setdefault(int(slot), set()).add(voice)
    shared = np.zeros(BUCKETS, np.bool_)
    shared[[slot for slot, found in users.items() if len(found) > 1]] = True
    bounds = np.cumsum([0, *(len(slots) for slots in part.patterns)])
    values = np.concatenate([np.full(len(s), 1 / np.sqrt(max(len(s), 1))) for s in part.patterns])
    slots = np.concatenate(part.patterns)
    values = np.where(shared[slots], values, 0.0)
    words = sparse.csr_matrix((values, slots, bounds), shape=(len(part.patterns), BUCKETS))
    table = sparse.hstack([words, sparse.csr_matrix(facts * FACT_SCALE)]).tocsr()
    fitted = np.zeros((BUCKETS + facts.shape[1], len(KINDS)), np.float32)
    bias = np.full(len(KINDS), -6.0, np.float32)
    for column in range(len(KINDS)):
        if 0 < targets[:, column].sum() < len(targets):
            model = LogisticRegression(C=1 / _PATTERN_PENALTY, solver="liblinear", intercept_scaling=10.0, max_iter=300)
            model.fit(table, targets[:, column], sample_weight=weights[:, column])
            fitted[:, column], bias[column] = model.coef_[0], model.intercept_[0]
    return fitted[:BUCKETS], fitted[BUCKETS:], bias


def _decide(data: Prepared, writers: set[str], scores: Floats) -> tuple[Floats, Floats]:
    """Return the threshold of each kind that gives the best F1 on unseen writers, and what a score is worth."""
    thresholds = np.full(len(KINDS), 0.5, np.float32)
    calibration = np.tile(np.array([1.0, 0.0], np.float32), (len(KINDS), 1))
    for column, kind in enumerate(KINDS):
        tables = [_outcomes(data, writers, scores, column, threshold) for threshold in _GRID]
        f1 = np.array(
            [2 * sum(right for _, right in t) / max(len(t) + _labels(data, writers, kind), 1) for t in tables]
        )
        smooth = np.convolve(np.pad(f1, 1, "edge"), [0.25, 0.5, 0.25], "valid")
        thresholds[column] = _GRID[int(np.argmax(smooth))]
        calibration[column] = _calibrated(tables[0])
    return thresholds, calibration


def _labels(data: Prepared, writers: set[str], kind: str) -> int:
    return sum(label.kind == kind for e in data.examples if e.writer in writers for label in e.labels)


def _outcomes(
    data: Prepared, writers: set[str], scores: Floats, column: int, threshold: float
) -> list[tuple[float, bool]]:
    """Return score and rightness of every statement that this threshold lets through."""
    found = []
    ends = np.cumsum([len(reading.passages) for reading in data.readings])
    for example, reading, end in zip(data.examples, data.readings, ends, strict=True):
        if example.writer not in writers:
            continue
        mine = np.where(repeats(reading.passages), 0, scores[end - len(reading.passages) : end, column])
        open_labels = [label for label in example.labels if label.kind == KINDS[column]]
        for run in runs(reading.passages, mine.astype(np.float32), threshold):
            span = (reading.passages[run.first].start, reading.passages[run.last].end)
            hit = next((label for label in open_labels if same(span, (label.start, label.end))), None)
            if hit:
                open_labels.remove(hit)
            found.append((run.score, hit is not None))
    return found


def _calibrated(outcomes: Sequence[tuple[float, bool]]) -> Floats:
    """Return slope and offset that turn a score's logit into the share of right statements (Platt)."""
    from sklearn.linear_model import LogisticRegression

    rights = [right for _, right in outcomes]
    if len(set(rights)) < 2:
        return np.array([1.0, 0.0], np.float32)
    model = LogisticRegression(C=10.0).fit(logit(np.array([[score] for score, _ in outcomes])), rights)
    return np.array([max(float(model.coef_[0][0]), 0.05), model.intercept_[0]], np.float32)


def _choices(data: Prepared, rows: Rows, heads: Heads) -> dict[str, Choice]:
    """Fit a head for each enumerated attribute whose labels show more than one value."""
    dense = heads.dense(_part(data.features, rows))
    place = {int(row): index for index, row in enumerate(rows)}
    found: dict[str, Choice] = {}
    for kind in Kind:
        for field in sorted(ATTRIBUTES[kind].enumerations):
            chosen, values = _valued(data, place, str(kind), field)
            if len(set(values)) > 1:
                found[f"{kind}.{field}"] = _choice(dense[chosen], values)
    return found


def _valued(data: Prepared, place: dict[int, int], kind: str, field: str) -> tuple[list[int], list[str]]:
    """Return the rows that carry labels of a kind, with the field's value in each; absent is an empty text."""
    chosen, values = [], []
    start = 0
    for example, reading in zip(data.examples, data.readings, strict=True):
        for label in (label for label in example.labels if label.kind == kind):
            value = label.attributes.get(field, "")
            for index, passage in enumerate(reading.passages):
                if start + index in place and same((passage.start, passage.end), (label.start, label.end)):
                    chosen.append(place[start + index])
                    values.append(value)
        start += len(reading.passages)
    return chosen, values


def _choice(rows: Floats, values: Sequence[str]) -> Choice:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1 / _CHOICE_PENALTY, max_iter=300).fit(rows, values)
    weights, bias = model.coef_.T, model.intercept_
    if len(model.classes_) == 2:
        weights, bias = np.hstack([-weights / 2, weights / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    return Choice(tuple(map(str, model.classes_)), weights.astype(np.float32), bias.astype(np.float32))


def _about(data: Prepared, writers: set[str], seed: int) -> dict[str, Any]:
    import sklearn

    chosen = [example for example in data.examples if example.writer in writers]
    return {
        "data_sha256": data_hash(chosen),
        "embedder": data.embedder,
        "notes": len(chosen),
        "signals": sum(len(example.labels) for example in chosen),
        "seed": seed,
        "made_with": {
            "numpy": np.__version__,
            "python": platform.python_version(),
            "scikit-learn": sklearn.__version__,
        },
    }
