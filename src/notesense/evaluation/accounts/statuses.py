"""How promises, expectations, pains, tickets and unused things stand, against the facts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from notesense.evaluation.accounts.facts import PromiseFact
from notesense.evaluation.accounts.marks import Case, Marks, Worded
from notesense.evaluation.accounts.told import Line, Promise

_LISTED = {"stale": "stale", "fires": "a fire", "stalled": "unused"}
"""How a line of each list is told."""


class _Fact(Worded, Protocol):
    @property
    def status(self) -> str: ...


class _Told(Protocol):
    @property
    def words(self) -> Worded: ...

    @property
    def status(self) -> str: ...


def promises(case: Case, marks: Marks) -> None:
    """Score the ledger: statuses, what is called kept and overdue, the words that show it, what hung on a leaver."""
    gold, told = case.facts.promises, case.told.promises
    pairs = _statuses("promises", gold, told, case, marks)
    for status in ("kept", "overdue"):
        matched = sum(told[i].status == status == gold[j].status for i, j in pairs.items())
        claimed, labelled = (sum(one.status == status for one in some) for some in (told, gold))
        marks.found(f"promises.{status}", matched, claimed, labelled)
    for i, promise in enumerate(told):
        if i not in pairs:
            marks.miss("promises", None, promise.status, promise.words)
    kept = [(told[i], gold[j]) for i, j in pairs.items() if told[i].status == "kept" == gold[j].status]
    _evidence("promises", kept, case, marks)
    _leavers(gold, told, pairs, case, marks)


def expectations(case: Case, marks: Marks) -> None:
    """Score the statuses of expectations, and which are found stale."""
    gold, told = case.facts.expectations, case.told.expectations
    _statuses("expectations", gold, told, case, marks)
    _listed(
        "stale",
        [one for one in gold if one.status == "stale"],
        [one for one in told if one.status == "stale"],
        case,
        marks,
    )


def pains(case: Case, marks: Marks) -> None:
    """Score the statuses of pains, and which are fires."""
    gold, told = case.facts.pains, case.told.pains
    _statuses("pains", gold, told, case, marks)
    _listed("fires", [one for one in gold if one.fire], [one for one in told if one.fire], case, marks)


def support(case: Case, marks: Marks) -> None:
    """Score the statuses of tickets."""
    _statuses("support", case.facts.support, case.told.support, case, marks)


def stalled(case: Case, marks: Marks) -> None:
    """Score what lies unused, and the day of its last mention."""
    gold, told = case.facts.stalled, case.told.stalled
    pairs = _listed("stalled", gold, told, case, marks)
    right = sum(told[i].date == gold[j].last_mention for i, j in pairs.items())
    marks.add("stalled.last_mention", right, len(pairs))


def _statuses(part: str, gold: Sequence[_Fact], told: Sequence[_Told], case: Case, marks: Marks) -> Mapping[int, int]:
    """Count which facts have their status in the briefing; return the pairs (told, fact)."""
    pairs = case.texts.pairs([one.words for one in told], gold)
    by_fact = {j: told[i] for i, j in pairs.items()}
    for j, fact in enumerate(gold):
        status = by_fact[j].status if j in by_fact else None
        marks.add(part, int(status == fact.status), 1)
        if status != fact.status:
            marks.miss(part, fact.status, status, fact)
    return pairs


def _listed(part: str, gold: Sequence[Worded], told: Sequence[Line], case: Case, marks: Marks) -> Mapping[int, int]:
    """Count which facts of a list are in the briefing's; return the pairs (told, fact)."""
    name = _LISTED[part]
    pairs = case.texts.pairs([one.words for one in told], gold)
    marks.found(part, len(pairs), len(told), len(gold))
    for j, fact in enumerate(gold):
        if j not in pairs.values():
            marks.miss(part, name, None, fact)
    for i, line in enumerate(told):
        if i not in pairs:
            marks.miss(part, None, name, line.words)
    return pairs


def _evidence(part: str, kept: Iterable[tuple[Promise, PromiseFact]], case: Case, marks: Marks) -> None:
    for promise, fact in kept:
        shown = case.texts.any_same(promise.later, fact.evidence)
        marks.add(f"{part}.evidence", int(shown), 1)
        if not shown:
            marks.miss(f"{part}.evidence", "kept, as these words show", "kept, as other words show", *fact.evidence)


def _leavers(
    gold: Sequence[PromiseFact], told: Sequence[Promise], pairs: Mapping[int, int], case: Case, marks: Marks
) -> None:
    """Count promises that hung on someone who left: the ledger says so, or they stand beside the leaver."""
    beside = [words for person in case.told.people for words in person.orphaned]
    hung = {i for i, one in enumerate(told) if one.hung_on or case.texts.any_same(beside, [one.words])}
    facts = {j for j, fact in enumerate(gold) if fact.hung_on_leaver}
    matched = {j for i, j in pairs.items() if i in hung and j in facts}
    marks.add("promises.hung_on_leaver.precision", len(matched), len(hung))
    marks.add("promises.hung_on_leaver.recall", len(matched), len(facts))
    for j in sorted(facts - matched):
        marks.miss("promises.hung_on_leaver", "hung on a leaver", None, gold[j])
    for i in sorted(hung - {i for i, j in pairs.items() if j in matched}):
        marks.miss("promises.hung_on_leaver", None, "hung on a leaver", told[i].words)
