"""Turns passages into what the heads read: sentence vectors in context, surface facts, and hashed word patterns.

Nothing here names a kind of signal or knows a telling phrase: which vectors, facts and patterns speak for which kind is
learned from labelled notes alone.
"""

import re
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from notesense.core.note import Note
from notesense.core.passage import Passage
from notesense.core.passages import passages
from notesense.core.ports import Embedder
from notesense.core.vocabulary import Channel

BUCKETS = 1 << 14
"""Slots into which word patterns are hashed."""

_NEGATION = re.compile(r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|\w+n['’]?t)\b", re.IGNORECASE)
_MONEY = re.compile(r"[€$£¥%]")
_INNER_CAPITAL = re.compile(r"(?<=\s)[A-Z]\w")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[€$£%?!:]")
_CHANNELS = tuple(Channel)


class Reading(NamedTuple):
    """A note with its passages."""

    note: Note
    passages: tuple[Passage, ...]


class Features(NamedTuple):
    """One row for each passage: vectors and facts as a dense matrix, word patterns as slots."""

    dense: NDArray[np.float32]
    facts: NDArray[np.float32]
    patterns: list[NDArray[np.int64]]


def read(note: Note) -> Reading:
    """Cut a note into its passages."""
    return Reading(note, passages(note.text))


def features(readings: Sequence[Reading], embedder: Embedder) -> Features:
    """Return the features of all passages of these notes, in order; all texts are embedded in one call."""
    texts = [pair for reading in readings for pair in _contexts(reading.passages)]
    flat = [text for pair in texts for text in pair]
    unique = sorted(set(flat))
    row = {text: index for index, text in enumerate(unique)}
    vectors = (
        np.asarray(embedder.embed(unique), dtype=np.float32)
        if unique
        else np.zeros((0, embedder.dimension), np.float32)
    )
    chosen = (
        vectors[[row[text] for text in flat]].reshape(len(texts), -1)
        if flat
        else np.zeros((0, 2 * embedder.dimension), np.float32)
    )
    facts = np.array([fact for reading in readings for fact in _facts(reading)], dtype=np.float32)
    patterns = [np.array(slots(p.text), dtype=np.int64) for reading in readings for p in reading.passages]
    return Features(chosen, facts.reshape(len(texts), -1), patterns)


def slots(text: str) -> list[int]:
    """Return the slots of the word patterns in a text: words, neighbours, and neighbours but one."""
    words = _words(text)
    found = set(words)
    found.update(f"{one}_{two}" for one, two in zip(["^", *words], [*words, "$"], strict=True))
    found.update(f"{one}_*_{two}" for one, two in zip(words, words[2:], strict=False))
    return sorted({zlib.crc32(pattern.encode()) % BUCKETS for pattern in found})


def _contexts(found: Sequence[Passage]) -> list[tuple[str, str]]:
    """Return each passage alone, and with the one after it: what follows tells most about what was meant."""
    texts = [p.text for p in found]
    return [(text, f"{text} {after}".strip()) for text, after in zip(texts, [*texts[1:], ""], strict=False)]


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


def _words(text: str) -> list[str]:
    """Return a text's words folded: numbers alike, names alike."""
    words = []
    for match in _TOKEN.finditer(text):
        word = match[0].replace("’", "'")
        if word[0].isdigit():
            words.append("0")
        elif word[0].isupper() and match.start() > 0 and text[match.start() - 1] == " ":
            words.append("<name>")
        else:
            words.append(word.lower())
    return words
