"""What changed since the last live meeting, and what is told again and again, against the facts."""

from collections.abc import Iterable, Iterator, Sequence
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
    gold = [_pairs(one.occurrences) for one in case.facts.recurring]
    told = [_pairs([each.words for each in one.occurrences]) for one in case.told.recurring]
    flat = [pair for pairs in gold for pair in pairs]
    near = [[j for j, fact in enumerate(flat) if _same(pair, fact, case.texts)] for pairs in told for pair in pairs]
    matched = most_pairs(near)
    marks.found("recurring", len(matched), len(near), len(flat))
    for one, (left, size) in zip(case.facts.recurring, _left(gold, {j for _, j in matched}), strict=True):
        if left:
            marks.miss("recurring", f"{one.what}: {len(left)} of {size} pairs", None, *_tellings(left))
    for left, size in _left(told, {i for i, _ in matched}):
        if left:
            marks.miss("recurring", None, f"{len(left)} of {size} pairs", *_tellings(left))


def _left(matters: Iterable[list[Pair]], right: set[int]) -> Iterator[tuple[list[Pair], int]]:
    """Yield, for each matter, its pairs that are not right, and how many it has; `right` counts on through all."""
    first = 0
    for pairs in matters:
        yield [pair for at, pair in enumerate(pairs, first) if at not in right], len(pairs)
        first += len(pairs)


def _tellings(pairs: Iterable[Pair]) -> Iterable[Worded]:
    """Return what is told in these pairs, each once, in order."""
    return {(words.note_id, words.quote): words for pair in pairs for words in pair}.values()


def _pairs(tellings: Sequence[Worded]) -> list[Pair]:
    return [pair for pair in combinations(tellings, 2) if pair[0].note_id != pair[1].note_id]


def _same(one: Pair, other: Pair, texts: Texts) -> bool:
    straight = texts.same(one[0], other[0]) and texts.same(one[1], other[1])
    return straight or (texts.same(one[0], other[1]) and texts.same(one[1], other[0]))
