"""Fills the attributes of a statement: trained heads pick and mark, small parsers read days.

Heads pick enumerated values and mark the words that name a person, an office, a rival, a sum or a thing.

Whatever the words do not support is left out; every free text is made of the note's own words.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from notesense.adapters.local import dates, people
from notesense.adapters.local.features import Words
from notesense.adapters.local.heads import Heads, squash
from notesense.core.note import Note
from notesense.core.passage import Passage
from notesense.core.vocabulary import Kind

SURE = 0.25
"""An enumerated value less likely than this is left out."""

TAGGED = 0.4
"""A token counts as part of a value from this probability on."""

_TAGGED_FIELDS: dict[str, tuple[str, ...]] = {
    Kind.LEADERSHIP_CHANGE: ("person", "role"),
    Kind.PRICE_VALUE: ("amount", "competitor"),
    Kind.COMMITMENT: ("person",),
    Kind.STALLED_ADOPTION: ("what",),
    Kind.COMPETITOR: ("name",),
    Kind.OPPORTUNITY: ("topic",),
    Kind.PRAISE: ("topic",),
}


class Scene(NamedTuple):
    """What the parsers need to know of a note."""

    note: Note
    people: people.People
    order: str
    marks: list[tuple[int, datetime.date]]
    sides_known: bool


class Statement(NamedTuple):
    """A span about to be claimed, the passage it is best seen in with its dense row, and the span's tokens."""

    text: str
    start: int
    passage: Passage
    row: NDArray[np.float32]
    words: Sequence[Words]


def scene(note: Note, passages: tuple[Passage, ...]) -> Scene:
    """Read once what holds for the whole note."""
    speakers = dict.fromkeys(p.speaker for p in passages if p.speaker)
    return Scene(
        note=note,
        people=people.People(note.text, speakers),
        order=dates.number_order(note.text, note.date),
        marks=dates.anchors(note.text, note.date),
        sides_known=any(p.side == "us" for p in passages),
    )


def attributes(kind: str, said: Statement, around: Scene, heads: Heads) -> dict[str, str]:
    """Return the attributes that the statement supports."""
    found: dict[str, str | None] = {}
    for field, choice in heads.choices.items():
        if field.startswith(f"{kind}."):
            value, share = choice.pick(said.row)
            found[field.partition(".")[2]] = value if share >= SURE else None
    for field in _TAGGED_FIELDS.get(kind, ()):
        found[field] = named(said, heads.tags.index(field), around.note.text)
    parser = _PARSERS.get(kind)
    if parser:
        found |= parser(said, around, found)
    return {field: value for field, value in found.items() if value}


def named(said: Statement, tag: int, text: str) -> str | None:
    """Return the surest run of the statement's words that bear this tag, as the note writes it.

    A word bears a tag where any of its tokens does.
    """
    best, most = None, 0.0
    start, shares = 0, list[float]()
    words = list(_tagged(said, tag, text))
    for (first, last, share), (after, _, next_share) in pairwise([*words, (-1, -1, 0.0)]):
        if share < TAGGED:
            continue
        start = start if shares else first
        shares.append(share)
        if next_share < TAGGED or text[last:after].strip(" "):
            sure = sum(shares) / len(shares) + 0.1 * min(len(shares), 3)
            best, most = (text[start:last], sure) if sure > most else (best, most)
            shares = []
    return best


def _tagged(said: Statement, tag: int, text: str) -> Iterator[tuple[int, int, float]]:
    """Yield the statement's words: where each begins and ends, and the probability of the tag."""
    word: tuple[int, int, float] | None = None
    for words in said.words:
        for first, last, logit in zip(words.starts, words.ends, words.tags[:, tag], strict=True):
            share = float(squash(logit))
            if word and first == word[1] and text[first].isalnum() and text[first - 1].isalnum():
                word = (word[0], int(last), max(word[2], share))
                continue
            if word:
                yield word
            word = (int(first), int(last), share)
    if word:
        yield word


Found = dict[str, str | None]


def _expectation(said: Statement, around: Scene, _found: Found) -> Found:
    return {"deadline": dates.deadline(said.text, _written(said, around), around.order)}


def _leadership_change(said: Statement, around: Scene, found: Found) -> Found:
    return {
        "person": _full(found.get("person"), around) or people.speaking(said.text, said.passage, around.people),
        "effective": dates.effective(said.text, _written(said, around), around.order),
    }


def _commitment(said: Statement, around: Scene, found: Found) -> Found:
    stated: Found = {
        "person": _full(found.get("person"), around) or people.speaking(said.text, said.passage, around.people),
        "due": dates.due(said.text, _written(said, around), around.order),
    }
    if owner := _owner(said, around):
        stated["owner"] = owner
    return stated


def _full(name: str | None, around: Scene) -> str | None:
    return around.people.resolve(name) if name else None


def _owner(said: Statement, around: Scene) -> str | None:
    """Return the side behind an "I", where the note tells sides; None leaves it to the trained head."""
    if not re.match(r"\W*(?:[a-z]+,\s)?I\b", said.text):
        return None
    if said.passage.side != "unknown":
        return said.passage.side
    if said.passage.speaker and around.sides_known:
        return "customer"
    return None if said.passage.speaker else "us"


def _written(said: Statement, around: Scene) -> datetime.date:
    return dates.written_at(around.marks, said.start, around.note.date)


_PARSERS: dict[str, Callable[[Statement, Scene, Found], Found]] = {
    Kind.EXPECTATION: _expectation,
    Kind.LEADERSHIP_CHANGE: _leadership_change,
    Kind.COMMITMENT: _commitment,
}
