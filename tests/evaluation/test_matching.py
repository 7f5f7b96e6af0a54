"""Matching and scoring by the annotation guide, on spans small enough to check by hand."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesense.core.claims import Claim, same_value
from notesense.core.vocabulary import Kind
from notesense.evaluation.matching import locate, matches, pair
from notesense.evaluation.scores import Counts, score


def claim(start: int, end: int, kind: str = "praise", **attributes: str) -> Claim:
    return Claim(kind=kind, quote="x" * (end - start), start=start, end=end, attributes=attributes)


@pytest.mark.parametrize(
    ("predicted", "gold", "right"),
    [
        ((0, 10), (0, 10), True),
        ((0, 10), (5, 15), True),  # half of either
        ((0, 10), (6, 16), False),
        ((0, 40), (10, 20), True),  # all of the shorter, a quarter of the longer
        ((0, 41), (10, 20), False),
        ((0, 10), (10, 20), False),
    ],
)
def test_spans_match_by_the_guide(predicted: tuple[int, int], gold: tuple[int, int], right: bool) -> None:
    assert matches(claim(*predicted), claim(*gold)) is right
    assert matches(claim(*gold), claim(*predicted)) is right


def test_another_kind_never_matches() -> None:
    assert not matches(claim(0, 10), claim(0, 10, "pain_point"))


@pytest.mark.parametrize(
    ("quote", "start", "place"),
    [("late", None, (4, 8)), ("late", 13, (13, 17)), ("late", 12, None), ("early", None, None), ("", None, None)],
)
def test_a_quote_that_is_not_the_notes_text_stands_nowhere(
    quote: str, start: int | None, place: tuple[int, int] | None
) -> None:
    found = locate("two late and late", "pain_point", quote, start)
    assert (found.start, found.end) == (place or (None, None))
    assert matches(found, claim(4, 8, "pain_point")) is (place == (4, 8))


def test_one_prediction_pairs_with_one_label() -> None:
    assert pair([claim(0, 20)], [claim(0, 10), claim(10, 20)]) == ((0, 0),)


def test_the_most_pairs_are_found_even_when_the_first_choice_is_taken() -> None:
    predicted = [claim(0, 10), claim(0, 5)]
    gold = [claim(0, 5), claim(4, 12)]
    assert pair(predicted, gold) == ((0, 1), (1, 0))


spans = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 8)).map(lambda p: claim(p[0], p[0] + p[1])), max_size=4)


@settings(max_examples=60, deadline=None)
@given(spans, spans)
def test_pairs_are_as_many_as_any_assignment_gives(predicted: list[Claim], gold: list[Claim]) -> None:
    best = 0
    for chosen in itertools.permutations([*range(len(gold)), *[None] * len(predicted)], len(predicted)):
        best = max(best, sum(j is not None and matches(predicted[i], gold[j]) for i, j in enumerate(chosen)))
    pairs = pair(predicted, gold)
    assert len(pairs) == best
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(matches(predicted[i], gold[j]) for i, j in pairs)


def test_scores_of_kinds_micro_and_macro() -> None:
    notes = [
        ([claim(0, 10), claim(20, 30), claim(0, 10, "pain_point")], [claim(0, 10)]),
        ([], [claim(0, 10, "pain_point"), claim(5, 9)]),
    ]
    result = score(notes)
    assert result.kinds[Kind.PRAISE] == Counts(matched=1, predicted=2, gold=2)
    assert result.kinds[Kind.PRAISE].f1 == pytest.approx(0.5)
    assert result.kinds[Kind.PAIN_POINT].f1 == 0.0
    assert result.micro == Counts(matched=1, predicted=3, gold=3)
    assert result.macro_f1 == pytest.approx(0.5 / 9)
    assert result.core_macro_f1 == 0.0


def test_nothing_to_find_scores_zero_and_does_not_fail() -> None:
    assert score([]).micro.f1 == 0.0
    assert score([([], [])]).micro.precision == 0.0
    assert score([([claim(0, 9)], [])]).micro.recall == 0.0


def test_attributes_are_counted_on_matched_pairs() -> None:
    predicted = [claim(0, 10, "commitment", owner="us", person="ann  lee", due="2024-01-02"), claim(50, 60, owner="us")]
    gold = [claim(0, 10, "commitment", owner="us", person="Ann Lee", note="x"), claim(80, 90, owner="us")]
    fields = score([(predicted, gold)]).fields
    assert fields["commitment.owner"].right == fields["commitment.person"].right == 1
    assert fields["commitment.due"].extra == 1
    assert fields["commitment.due"].accuracy == 0.0
    assert fields["commitment.note"].missing == 1
    assert set(fields) == {"commitment.owner", "commitment.person", "commitment.due", "commitment.note"}


@pytest.mark.parametrize(
    ("field", "one", "other", "same"),
    [("person", "Ann Lee", "ann lee", True), ("owner", "us", "Us", False), ("due", "2024-01-02", "2024-01-03", False)],
)
def test_values_agree(field: str, one: str, other: str, same: bool) -> None:
    assert same_value(field, one, other) is same
