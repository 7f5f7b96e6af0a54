"""Turns notes into what the heads read: each passage's states in its context, pooled, beside what the surface tells.

Nothing here names a kind of signal or knows a telling phrase: which states and facts speak for which kind is learned
from labelled notes alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from notesense.adapters.local.windows import Tokens, Window, windows
from notesense.core.note import Note
from notesense.core.passage import Passage
from notesense.core.passages import passages_of
from notesense.core.ports import Progress
from notesense.core.vocabulary import Channel

WIDTH = 384
"""Length of a token's state."""

_NEGATION = re.compile(r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|\w+n['’]?t)\b", re.IGNORECASE)
_MONEY = re.compile(r"[€$£¥%]")
_INNER_CAPITAL = re.compile(r"(?<=\s)[A-Z]\w")
_CHANNELS = tuple(Channel)
FACTS = 19 + len(_CHANNELS)
"""Surface facts of a passage."""
DENSE = 2 * WIDTH + FACTS
"""Numbers that stand for a passage: mean and maximum of its tokens' states, then the facts."""

MANY, REPORT = 64, 16
"""Progress is told from so many windows on, and every so many."""

Floats = NDArray[np.float32]


class TokenEncoder(Protocol):
    """States of tokens in context."""

    @property
    def first(self) -> int:
        """The token that begins a window."""
        ...

    @property
    def last(self) -> int:
        """The token that ends a window, and that stands for a line break within."""
        ...

    def tokens(self, text: str) -> Tokens:
        """Cut a text of any length into tokens."""
        ...

    def states(self, windows: Iterable[NDArray[np.int64]]) -> Iterator[Floats]:
        """Yield the states of each window, (tokens, 384), in order; a window's states do not depend on the others."""
        ...


class Reading(NamedTuple):
    """A note with its passages."""

    note: Note
    passages: tuple[Passage, ...]


class Words(NamedTuple):
    """The tokens of a passage: their places in the note, and a row of tag logits for each."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    tags: Floats


def read(note: Note) -> Reading:
    """Cut a note into its passages."""
    return Reading(note, passages_of(note))


class Encoded(NamedTuple):
    """A note as the heads read it: for each passage a dense row, (passages, DENSE), and its tokens where it has any."""

    dense: Floats
    words: list[Words | None]


def laid_out(reading: Reading, encoder: TokenEncoder) -> Iterator[Window]:
    """Yield the windows of a note."""
    text = reading.note.text
    return windows(text, reading.passages, encoder.tokens(text), encoder.first, encoder.last)


def encode(
    readings: Sequence[Reading],
    encoder: TokenEncoder,
    tag_weights: Floats,
    tag_bias: Floats,
    progress: Progress | None = None,
) -> list[Encoded]:
    """Return each note encoded; `progress` hears (done, total) windows where there are many.

    `tag_weights` is (384, tags): tokens are tagged while their states are at hand, for the states of a long note would
    fill the memory.
    """
    found = [_blank(reading) for reading in readings]
    laid = [(number, window) for number, reading in enumerate(readings) for window in laid_out(reading, encoder)]
    states = encoder.states(window.ids for _, window in laid)
    for done, ((number, window), state) in enumerate(zip(laid, states, strict=True), 1):
        _pool(found[number], window, state, state @ tag_weights + tag_bias)
        if progress is not None and len(laid) >= MANY and (done % REPORT == 0 or done == len(laid)):
            progress(done, len(laid))
    return found


def _blank(reading: Reading) -> Encoded:
    dense = np.zeros((len(reading.passages), DENSE), np.float32)
    dense[:, 2 * WIDTH :] = facts(reading)
    return Encoded(dense, [None] * len(reading.passages))


def _pool(encoded: Encoded, window: Window, states: Floats, tags: Floats) -> None:
    for ordinal, first, end in window.stretches:
        encoded.dense[ordinal, :WIDTH] = states[first:end].mean(axis=0)
        encoded.dense[ordinal, WIDTH : 2 * WIDTH] = states[first:end].max(axis=0)
        encoded.words[ordinal] = Words(window.starts[first:end], window.ends[first:end], tags[first:end])


def facts(reading: Reading) -> Floats:
    """Return what the surface tells of each passage: who speaks, where it stands, what signs it has."""
    return np.array(_facts(reading), dtype=np.float32).reshape(-1, FACTS)


def _facts(reading: Reading) -> list[list[float]]:
    """Return what the surface tells of each passage: who speaks, where it stands, what signs it has."""
    found = reading.passages
    several = len({p.speaker for p in found if p.speaker}) >= 2
    ours_known = any(p.side == "us" for p in found)
    channel = [float(reading.note.channel == each) for each in _CHANNELS]
    rows = []
    for index, p in enumerate(found):
        before = found[index - 1].text if index else ""
        signs = (
            p.side == "us",
            p.side == "customer",
            ours_known and p.side != "us" and bool(p.speaker),
            bool(p.speaker),
            p.quoted,
            "?" in p.text,
            before.endswith("?"),
            '"' in p.text or "“" in p.text,
            bool(_NEGATION.search(p.text)),
            any(char.isdigit() for char in p.text),
            bool(_MONEY.search(p.text)),
            min(len(p.text), 200) / 100,
            index / max(len(found), 1),
            index < 3,
            index >= len(found) - 3,
            bool(_INNER_CAPITAL.search(p.text)),
            "!" in p.text,
            p.text[:1].islower(),
            several,
        )
        rows.append([float(sign) for sign in signs] + channel)
    return rows
