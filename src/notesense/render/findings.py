"""A note of a run as a person reads it: what was found, missed and claimed too much, numbered in the order of the text.

The text is cut wherever a span begins or ends, so that overlapping spans never nest; the pieces together are the note.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from notesense.core.claims import Claim, Outcome, Prediction, outcome
from notesense.core.evaluated import NoteRow

Status: TypeAlias = Literal["hit", "miss", "extra"]
MARKS: dict[Status, tuple[str, str]] = {"hit": ("✓", "found"), "miss": ("○", "missed"), "extra": ("×", "extra")}
"""Sign and word of each status: never told by colour alone."""


@dataclass(frozen=True)
class Compared:
    """An attribute: what the label says and what was predicted (empty: not stated), and how that counts."""

    name: str
    gold: str
    predicted: str
    result: Outcome | None
    """None where there is no pair to score."""


@dataclass(frozen=True)
class Finding:
    """A label, a prediction, or both where they match. `line` is where it begins in the note."""

    number: int
    status: Status
    kind: str
    label: Claim | None
    claim: Prediction | None
    line: int
    attributes: tuple[Compared, ...]

    @property
    def wrong(self) -> bool:
        """True where an attribute of a pair is not right."""
        return any(one.result not in ("right", None) for one in self.attributes)


@dataclass(frozen=True)
class Piece:
    """A stretch of the text: the findings whose label and whose prediction cover it, and those that begin with it."""

    text: str
    labelled: tuple[Finding, ...]
    claimed: tuple[Finding, ...]
    begins: tuple[Finding, ...]

    @property
    def numbers(self) -> str:
        """The findings that cover it, for the page's filter."""
        return " ".join(sorted({str(one.number) for one in (*self.labelled, *self.claimed)}, key=int))


def findings(row: NoteRow) -> tuple[Finding, ...]:
    """Return all findings of a note in the order of the text."""
    pairs = {j: i for i, j in row.pairs}
    taken = set(pairs.values())
    both: list[tuple[Claim | None, Prediction | None]] = [
        (label, row.predicted[pairs[j]] if j in pairs else None) for j, label in enumerate(row.gold)
    ]
    both += [(None, claim) for i, claim in enumerate(row.predicted) if i not in taken]
    both.sort(key=_start)
    return tuple(_finding(number, label, claim, row.text) for number, (label, claim) in enumerate(both, 1))


def pieces(row: NoteRow, found: tuple[Finding, ...]) -> Iterator[Piece]:
    """Yield the text of a note cut at all boundaries of its spans."""
    cuts = {0, len(row.text)}
    for claim in (*row.gold, *row.predicted):
        cuts |= {at for at in (claim.start, claim.end) if at is not None}
    places = sorted(cuts)
    for start, end in pairwise(places):
        yield Piece(
            text=row.text[start:end],
            labelled=tuple(one for one in found if _covers(one.label, start, end)),
            claimed=tuple(one for one in found if _covers(one.claim, start, end)),
            begins=tuple(one for one in found if _start((one.label, one.claim)) == start),
        )


def _finding(number: int, label: Claim | None, claim: Prediction | None, text: str) -> Finding:
    status: Status = "hit" if label and claim else "miss" if label else "extra"
    return Finding(
        number=number,
        status=status,
        kind=(label or claim or Claim(kind="", quote="")).kind,
        label=label,
        claim=claim,
        line=text.count("\n", 0, _start((label, claim))) + 1,
        attributes=_attributes(label, claim),
    )


def _attributes(label: Claim | None, claim: Prediction | None) -> tuple[Compared, ...]:
    gold, predicted = label.attributes if label else {}, claim.attributes if claim else {}
    return tuple(
        Compared(
            name=name,
            gold=gold.get(name, ""),
            predicted=predicted.get(name, ""),
            result=outcome(name, predicted, gold) if label and claim else None,
        )
        for name in dict.fromkeys((*gold, *predicted))
    )


def _start(both: tuple[Claim | None, Claim | None]) -> int:
    """Return where the earlier of the two begins."""
    return min((one.start for one in both if one is not None and one.start is not None), default=0)


def _covers(claim: Claim | None, start: int, end: int) -> bool:
    if claim is None or claim.start is None or claim.end is None:
        return False
    return claim.start <= start and end <= claim.end
