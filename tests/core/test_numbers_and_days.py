import datetime

import pytest

from notesense.core.figures import figures, figures_of, provable


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("by 4 March", "by March 4th"),
        ("the 4th of March", "4 Mar."),
        ("9,400 trays", "9400 trays"),
        ("three weeks", "3-week"),
        ("20 percent", "20%"),
        ("twelve trucks", "a dozen trucks"),
        ("every Monday", "on mondays"),
    ],
)
def test_the_same_number_or_day_in_other_writing(one: str, other: str) -> None:
    assert figures(one) == figures(other) != frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("4 weeks", "4 trucks"),
        ("£400", "400 days"),
        ("4 March", "4 May"),
        ("half of it", "a third of it"),
        ("1.5 million", "15 million"),
    ],
)
def test_what_differs_is_not_proven(one: str, other: str) -> None:
    assert not figures(one) <= provable(figures(other))


def test_a_number_with_its_unit_proves_the_number_alone() -> None:
    assert figures("the 12 of them") <= provable(figures("12 days"))


def test_one_is_a_pronoun_unless_a_unit_follows() -> None:
    assert figures("one of them told me") == frozenset()
    assert figures("one week") == {"1 week"}


def test_a_month_that_is_none_and_a_month_alone() -> None:
    assert figures("2026-13-01") == {"1/13", "2026"}
    assert figures("you may ask in May") == {"may"}


def test_what_a_text_may_say_of_a_day() -> None:
    told = provable(figures_of(datetime.date(2026, 3, 4)))
    assert figures("Wednesday 4 March 2026, that is 2026-03-04") <= told
    assert not figures("Thursday") <= told
