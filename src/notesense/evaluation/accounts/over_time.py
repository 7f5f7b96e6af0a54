"""What changed since the last live meeting, and what is told again and again, against the facts."""

from itertools import combinations
from typing import TypeAlias

from notesense.evaluation.accounts.marks import Case, Marks, Texts, Worded
from notesense.evaluation.matching import most_pairs

Pair: TypeAlias = tuple[Worded, Worded]


def since(case: Case, marks: Marks) -> None:
    """Score what came since the last meeting: by its words, by words and type, and what it is held against."""
    gold, told = case.facts.since_last_meeting, case.told.since_last_meeting
    pairs = case.texts.pairs([one.words for one in told], gold)
    marks.found("since", len(pairs), len(told), len(gold))
    typed = dict(
        most_pairs(
            [
                [j for j, fact in enumerate(gold) if one.type == fact.type and case.texts.same(one.words, fact)]
                for one in told
            ]
        )
    )
    marks.found("since.typed", len(typed), len(told), len(gold))
    for i, j in typed.items():
        before = gold[j].before
        if before is not None:
            against = [words for words in (told[i].before, *told[i].later) if words is not None]
            marks.add("since.before", int(case.texts.any_same(against, [before])), 1)
    by_fact = {j: told[i] for i, j in pairs.items()}
    for j, fact in enumerate(gold):
        if j not in typed.values():
            marks.miss("since", fact.type, (by_fact[j].type or "no type") if j in by_fact else None, fact)
    for i, one in enumerate(told):
        if i not in pairs:
            marks.miss("since", None, one.type or "no type", one.words)


def recurring(case: Case, marks: Marks) -> None:
    """Score recurrence by pairs: two tellings in two notes that are one matter, here and there."""
    gold = [pair for one in case.facts.recurring for pair in _pairs(one.occurrences)]
    told = [pair for one in case.told.recurring for pair in _pairs([each.words for each in one.occurrences])]
    near = [[j for j, fact in enumerate(gold) if _same(pair, fact, case.texts)] for pair in told]
    pairs = dict(most_pairs(near))
    marks.found("recurring", len(pairs), len(told), len(gold))
    for j, pair in enumerate(gold):
        if j not in pairs.values():
            marks.miss("recurring", "one matter", None, *pair)
    for i, pair in enumerate(told):
        if i not in pairs:
            marks.miss("recurring", None, "one matter", *pair)


def _pairs(tellings: "tuple[Worded, ...] | list[Worded]") -> list[Pair]:
    return [pair for pair in combinations(tellings, 2) if pair[0].note_id != pair[1].note_id]


def _same(one: Pair, other: Pair, texts: Texts) -> bool:
    straight = texts.same(one[0], other[0]) and texts.same(one[1], other[1])
    return straight or (texts.same(one[0], other[1]) and texts.same(one[1], other[0]))
