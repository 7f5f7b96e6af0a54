"""Fills the attributes of a statement: trained heads pick enumerated values, small parsers read names, days and sums.

Whatever the words do not support is left out; every free text is made of the note's own words.
"""

import datetime
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from notesense.adapters.local import dates, people
from notesense.adapters.local.amounts import amount
from notesense.adapters.local.heads import Choice
from notesense.core.note import Note
from notesense.core.passage import Passage
from notesense.core.vocabulary import Kind

SURE = 0.25
"""An enumerated value less likely than this is left out."""

_LEADING = re.compile(
    r"^(?:(?:and|but|so|also|the|a|an|our|your|those|these|that|their|his|her|all|half|of)\s)+", re.IGNORECASE
)
_THING_ENDS = re.compile(
    r"[,:;.!?()\"]|\s(?:we|you|i|they|he|she|it|that|which|who|is|are|was|were|has|have|had|for|in|at|on|from|with|since|still|"
    r"not|never|nobody|lies?|lying|sits?|stands?|bought|installed|delivered|set)\b",
    re.IGNORECASE,
)


class Scene(NamedTuple):
    """What the parsers need to know of a note."""

    note: Note
    people: people.People
    order: str
    marks: list[tuple[int, datetime.date]]
    sides_known: bool


class Statement(NamedTuple):
    """A span that an engine is about to claim, with the passage it is best seen in and that passage's features."""

    text: str
    start: int
    passage: Passage
    row: NDArray[np.float32]


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


def attributes(kind: str, said: Statement, around: Scene, choices: Mapping[str, Choice]) -> dict[str, str]:
    """Return the attributes that the statement supports."""
    found: dict[str, str | None] = {}
    for field, choice in choices.items():
        if field.startswith(f"{kind}."):
            value, share = choice.pick(said.row)
            found[field.partition(".")[2]] = value if share >= SURE else None
    parser = _PARSERS.get(kind)
    if parser:
        found |= parser(said, around)
    return {field: value for field, value in found.items() if value}


def _expectation(said: Statement, around: Scene) -> dict[str, str | None]:
    return {"deadline": dates.deadline(said.text, _written(said, around), around.order)}


def _leadership_change(said: Statement, around: Scene) -> dict[str, str | None]:
    return {
        "person": people.changed(said.text, said.passage, around.people),
        "role": people.role(said.text),
        "effective": dates.effective(said.text, _written(said, around), around.order),
    }


def _price_value(said: Statement, around: Scene) -> dict[str, str | None]:
    return {"amount": amount(said.text)}


def _commitment(said: Statement, around: Scene) -> dict[str, str | None]:
    found: dict[str, str | None] = {
        "person": people.promiser(said.text, said.passage, around.people),
        "due": dates.due(said.text, _written(said, around), around.order),
    }
    if owner := _owner(said, around):
        found["owner"] = owner
    return found


def _owner(said: Statement, around: Scene) -> str | None:
    """Return the side behind an "I", where the note tells sides; None leaves it to the trained head."""
    if not re.match(r"\W*(?:[a-z]+,\s)?I\b", said.text):
        return None
    if said.passage.side != "unknown":
        return said.passage.side
    if said.passage.speaker and around.sides_known:
        return "customer"
    return None if said.passage.speaker else "us"


def _competitor(said: Statement, around: Scene) -> dict[str, str | None]:
    return {"name": people.rival(said.text, around.people, (around.note.account,))}


def _stalled_adoption(said: Statement, around: Scene) -> dict[str, str | None]:
    return {"what": _thing(said.text)}


def _thing(clause: str) -> str | None:
    """Return what the clause opens with, up to its verb: "tag scanner app we set up" speaks of a tag scanner app."""
    lead = _LEADING.match(clause)
    start = lead.end() if lead else 0
    stop = _THING_ENDS.search(clause, start)
    words = clause[start : stop.start() if stop else len(clause)].strip()
    return words if stop and 1 <= len(words.split()) <= 4 and len(words) > 3 else None


def _written(said: Statement, around: Scene) -> datetime.date:
    return dates.written_at(around.marks, said.start, around.note.date)


_PARSERS: dict[str, Callable[[Statement, Scene], dict[str, str | None]]] = {
    Kind.EXPECTATION: _expectation,
    Kind.LEADERSHIP_CHANGE: _leadership_change,
    Kind.PRICE_VALUE: _price_value,
    Kind.COMMITMENT: _commitment,
    Kind.COMPETITOR: _competitor,
    Kind.STALLED_ADOPTION: _stalled_adoption,
}
