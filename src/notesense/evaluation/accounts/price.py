"""The causes behind price complaints, against the facts."""

from collections.abc import Sequence

from notesense.evaluation.accounts.facts import PriceFact
from notesense.evaluation.accounts.marks import Case, Marks, Worded
from notesense.evaluation.accounts.told import Price


def price(case: Case, marks: Marks) -> None:
    """Score causes of each complaint by name, the words they rest on, and the proof of value beside them."""
    gold, told = case.facts.price, case.told.price
    pairs = case.texts.pairs([one.words for one in told], gold)
    by_fact = {j: told[i] for i, j in pairs.items()}
    for j, fact in enumerate(gold):
        _complaint(fact, by_fact.get(j), case, marks)
        proof = by_fact[j].proof_of_value if j in by_fact else ()
        marks.add("price.proof", _overlapping(fact.proof_of_value, proof, case), len(fact.proof_of_value))
    for i, one in enumerate(told):
        if i not in pairs:
            marks.add("price.precision", 0, len(one.causes))
            for cause in one.causes:
                marks.miss("price", None, cause.cause, one.words)


def _complaint(fact: PriceFact, told: Price | None, case: Case, marks: Marks) -> None:
    gold = {str(one.cause): one for one in fact.causes}
    mine = {one.cause: one for one in told.causes} if told is not None else {}
    both = gold.keys() & mine.keys()
    marks.add("price.precision", len(both), len(mine))
    marks.add("price.recall", len(both), len(gold))
    for name in sorted(both):
        marks.add("price.evidence", int(case.texts.any_same(mine[name].evidence, gold[name].evidence)), 1)
    for name in sorted(gold.keys() - both):
        marks.miss("price", name, None, fact, *gold[name].evidence)
    for name in sorted(mine.keys() - both):
        marks.miss("price", None, name, fact, *mine[name].evidence)


def _overlapping(gold: Sequence[Worded], told: Sequence[Worded], case: Case) -> int:
    return sum(case.texts.any_same([one], told) for one in gold)
