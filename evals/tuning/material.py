"""From labelled notes to what the network is taught: windows with targets for passages, attributes and tokens."""

import random
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from notesense.adapters.local.features import Reading, TokenEncoder, facts, laid_out, read
from notesense.adapters.local.lessons import KINDS, Example, Labelled, targets
from notesense.adapters.local.windows import Window
from notesense.core.kinds import ATTRIBUTES
from notesense.core.spans import same_span
from notesense.core.vocabulary import Kind

CHOICES: dict[str, tuple[str, ...]] = {
    f"{kind}.{field}": ("", *get_args(get_args(ATTRIBUTES[kind].model_fields[field].annotation)[0]))
    for kind in Kind
    for field in sorted(ATTRIBUTES[kind].enumerations)
}
"""The enumerated attributes and their values; the empty one leaves the field out."""

TAGS = ("person", "role", "name", "competitor", "amount", "what", "topic", "when")
"""Attributes that copy the note's words: tokens are taught whether they belong to such a value."""
_WHEN = frozenset({"due", "effective", "deadline"})
_SHORT = 6
"""Lines or clauses of a short note, at most."""
_TELLING = 0.6
"""Share of the very short notes that begin with a statement."""
_REACH = 300
"""Characters around a statement in which a value that does not stand in it is looked for."""

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


class Piece(NamedTuple):
    """One window: `passage` counts the window's own passages (-1: none); `choices` are (attribute, passage, value)."""

    ids: Integers
    passage: Integers
    facts: Floats
    values: Floats
    weights: Floats
    choices: tuple[tuple[str, int, int], ...]
    tags: Floats
    inside: Floats
    note: int
    ordinals: Integers


class Material(NamedTuple):
    """Labelled notes, read and cut into pieces."""

    examples: tuple[Example, ...]
    readings: tuple[Reading, ...]
    pieces: tuple[Piece, ...]


def prepare(examples: Sequence[Example], encoder: TokenEncoder) -> Material:
    """Cut all examples once."""
    readings = tuple(read(example.note) for example in examples)
    pieces = tuple(
        piece
        for number, (example, reading) in enumerate(zip(examples, readings, strict=True))
        for piece in _pieces(number, example, reading, encoder)
    )
    return Material(tuple(examples), readings, pieces)


def shortened(example: Example, order: random.Random) -> Iterator[Example]:
    """Yield two short notes cut out of a long one, some lines or clauses and a clause or two: reps paste such, too.

    No statement is cut through, for a part of it would be taught as none.
    """
    text, found = example.note.text, read(example.note).passages
    if len(found) < _SHORT:
        return
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    clauses = [(passage.start, passage.end) for passage in found]
    stated = [place for place in clauses if any(_meet(place, (one.start, one.end)) for one in example.labels)]
    for places, starts, most in ((order.choice((lines, clauses)), None, _SHORT), (clauses, stated, 2)):
        begin = order.choice(starts if starts and order.random() < _TELLING else places)
        first = places.index(begin)
        yield _part(example, begin[0], places[min(first + order.randint(0, most - 1), len(places) - 1)][1])


def _part(example: Example, start: int, end: int) -> Example:
    """Return a stretch of a note with its labels, drawn out where a label crosses its bounds."""
    inside = [one for one in example.labels if _meet((one.start, one.end), (start, end))]
    wider = min([start, *(one.start for one in inside)]), max([end, *(one.end for one in inside)])
    if wider != (start, end):
        return _part(example, *wider)
    labels = tuple(one._replace(start=one.start - start, end=one.end - start) for one in inside)
    return Example(example.note.model_copy(update={"text": example.note.text[start:end]}), labels, example.writer)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _pieces(number: int, example: Example, reading: Reading, encoder: TokenEncoder) -> Iterator[Piece]:
    taught = targets(example.labels, reading.passages)
    surface = facts(reading)
    chosen = list(_chosen(example.labels, reading))
    places = [(TAGS.index(tag), start, end) for tag, start, end in _named(example)]
    for window in laid_out(reading, encoder):
        ordinals = np.array([stretch.ordinal for stretch in window.stretches], np.int64)
        row = {int(ordinal): index for index, ordinal in enumerate(ordinals)}
        passage = np.full(len(window.ids), -1, np.int64)
        for index, stretch in enumerate(window.stretches):
            passage[stretch.first : stretch.end] = index
        labels = [(KINDS.index(label.kind), label.start, label.end) for label in example.labels]
        yield Piece(
            ids=window.ids,
            passage=passage,
            facts=surface[ordinals],
            values=taught.values[ordinals],
            weights=taught.weights[ordinals],
            choices=tuple((name, row[at], value) for name, at, value in chosen if at in row),
            tags=_covered(window, places, len(TAGS)),
            inside=_covered(window, labels, len(KINDS)),
            note=number,
            ordinals=ordinals,
        )


def _covered(window: Window, places: Sequence[tuple[int, int, int]], columns: int) -> Floats:
    """Return which tokens lie inside which places, given as (column, start, end)."""
    covered = np.zeros((len(window.ids), columns), np.float32)
    real = window.ends > 0
    for column, start, end in places:
        covered[real & (window.starts >= start) & (window.ends <= end), column] = 1.0
    return covered


def _chosen(labels: Sequence[Labelled], reading: Reading) -> Iterator[tuple[str, int, int]]:
    """Yield attribute, passage and number of the value for every passage that carries a label of the kind."""
    for label in labels:
        for name, values in CHOICES.items():
            kind, _, field = name.partition(".")
            if kind != label.kind:
                continue
            value = values.index(label.attributes.get(field, ""))
            for passage in reading.passages:
                if same_span((passage.start, passage.end), (label.start, label.end)):
                    yield name, passage.ordinal, value


def _named(example: Example) -> Iterator[tuple[str, int, int]]:
    """Yield the places of the values that copy the note's words."""
    for label in example.labels:
        for field, value in label.attributes.items():
            tag = "when" if field in _WHEN else field
            if tag in TAGS and f"{label.kind}.{field}" not in CHOICES:
                start, words = _found(example.note.text, label, value)
                if start >= 0:
                    yield tag, start, start + len(words)


def _found(text: str, label: Labelled, value: str) -> tuple[int, str]:
    """Return where a value stands: in the statement, else a word of it there ("Ruth" for Ruth Ekholm), else near by."""
    said = text[label.start : label.end].casefold()
    wanted = value.casefold()
    parts = sorted((word for word in wanted.split() if value[wanted.find(word)].isupper()), key=len, reverse=True)
    for words in (wanted, *parts):
        at = said.find(words)
        if at >= 0 and len(words) > 1:
            return label.start + at, words
    low = max(label.start - _REACH, 0)
    at = text[low : label.end + _REACH].casefold().find(wanted)
    return (low + at if at >= 0 else -1), wanted
