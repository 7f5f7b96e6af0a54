"""From histories and briefings to figures: each part scored by its own module, pooled by adding up their counts."""

import difflib
from collections.abc import Iterable, Sequence

from notesense.core.account_scores import Score
from notesense.core.evaluated import Limit
from notesense.errors import InputError
from notesense.evaluation.accounts.marks import Case, Count, Marks
from notesense.evaluation.accounts.meeting import agenda, must_not
from notesense.evaluation.accounts.over_time import recurring, since
from notesense.evaluation.accounts.people import people
from notesense.evaluation.accounts.price import price
from notesense.evaluation.accounts.statuses import expectations, pains, promises, stalled, support
from notesense.evaluation.limits import Asked, limit

TARGETS = {
    "contact": 1.0,
    "promises": 0.9,
    "promises.kept.precision": 0.95,
    "promises.overdue.precision": 0.95,
    "people": 0.9,
    "since.f1": 0.8,
    "since.typed.f1": 0.8,
    "recurring.f1": 0.75,
    "price.recall": 0.8,
    "price.precision": 0.7,
    "standing": 0.8,
    "agenda": 0.85,
    "must_not": 1.0,
}
"""What each figure should reach with the labels as signals."""


def _found(part: str) -> tuple[str, ...]:
    return (f"{part}.precision", f"{part}.recall", f"{part}.f1")


FIGURES = (
    "contact",
    "promises",
    *_found("promises.kept"),
    *_found("promises.overdue"),
    "promises.evidence",
    "promises.hung_on_leaver.precision",
    "promises.hung_on_leaver.recall",
    "people",
    "people.change",
    "people.certainty",
    "people.in_role",
    "people.precision",
    *_found("since"),
    *_found("since.typed"),
    "since.before",
    *_found("recurring"),
    "expectations",
    *_found("stale"),
    "pains",
    *_found("fires"),
    "support",
    *_found("stalled"),
    "stalled.last_mention",
    "price.precision",
    "price.recall",
    "price.evidence",
    "price.proof",
    "standing",
    "agenda",
    "must_not",
)
"""Every figure, in the order in which they are shown."""

_PARTS = (
    promises,
    people,
    since,
    recurring,
    expectations,
    pains,
    support,
    stalled,
    price,
    agenda,
    must_not,
)
_CONTACT = (
    "last_contact",
    "days_since_last_contact",
    "last_live_contact",
    "longest_gap_days",
    "channel_mix",
    "email_only_since",
)


def score(case: Case) -> Marks:
    """Return the counts and misses of one history."""
    marks = Marks()
    _contact(case, marks)
    for part in _PARTS:
        part(case, marks)
    _standing(case, marks)
    return marks


def pooled(several: Iterable[Marks]) -> tuple[Score, ...]:
    """Return every figure over these histories together."""
    totals = dict.fromkeys(FIGURES, Count())
    for marks in several:
        for name, count in marks.counts.items():
            totals[name] = totals[name].plus(count)
    return tuple(_score(name, count) for name, count in totals.items())


def check_names(asked: Iterable[Asked]) -> None:
    """Raise InputError for a name that no figure has, before any work is done."""
    for _, name, _ in asked:
        if name not in FIGURES:
            near = difflib.get_close_matches(name, FIGURES, 3) or list(TARGETS)[:5]
            raise InputError(
                f'There is no figure called "{name}".', f"Near it: {', '.join(near)}; docs/measuring.md names them all."
            )


def hold(asked: Sequence[Asked], scores: Sequence[Score]) -> tuple[Limit, ...]:
    """Return what was asked of each figure and whether it holds; a figure that was not measured never holds."""
    values = {one.name: one.value for one in scores}
    return tuple(limit(side, name, bound, values[name]) for side, name, bound in asked)


def _score(name: str, count: Count) -> Score:
    target = TARGETS.get(name)
    value = count.share
    reached = None if target is None else value is not None and value >= target
    return Score(name=name, right=count.right, total=count.total, value=value, target=target, reached=reached)


def _contact(case: Case, marks: Marks) -> None:
    for name in _CONTACT:
        gold, told = getattr(case.facts.contact, name), getattr(case.told.contact, name)
        marks.add("contact", int(gold == told), 1)
        if gold != told:
            marks.miss("contact", f"{name} {_plain(gold)}", f"{name} {_plain(told)}")


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {number}" for name, number in sorted(value.items()))
    return "none" if value is None else str(value)


def _standing(case: Case, marks: Marks) -> None:
    gold, told = case.facts.standing, case.told.standing.type
    marks.add("standing", int(gold.type == told), 1)
    if gold.type != told:
        marks.miss("standing", gold.type, told, *gold.reasons)
