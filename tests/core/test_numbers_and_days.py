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
        ("½ of it", "half of it"),
        ("it is halved", "half of it"),
        ("⅔ of it", "two-thirds of it"),
        ("2½ units", "2 and a half units"),
        ("⅛", "0.125"),
        ("⑨ litres", "nine litres"),
        ("Ⅻ litres", "12 litres"),
        ("x² litres", "two litres"),
        ("٣٥ men", "３５ men"),
        ("𝟗 litres", "ｎｉｎｅ litres"),
        ("the ninth pump", "the 9th pump"),
        ("two fifths", "2 5ths"),
        ("the twentieth", "20th"),
        ("the 1,000th", "the thousandth"),
        ("the fourth of March", "March 4"),
        ("thrice", "triple"),
        ("a couple of pumps", "two pumps"),
        ("double the price", "twice the price"),
        ("a tenfold price", "10 prices"),
        ("billions", "a billion"),
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
        ("½ of it", "2 of it"),
        ("the third pump", "3 pumps"),
        ("the 3rd pump", "3 pumps"),
        ("the second pump", "a pump"),
        ("a score of pumps", "some pumps"),
        ("zero litres", "litres"),
        ("a zillion sheep", "sheep"),
        ("billions", "millions"),
        ("a pair", "a trio"),
        ("quadrupled", "tripled"),
    ],
)
def test_what_differs_is_not_proven(one: str, other: str) -> None:
    assert not figures(one) <= provable(figures(other))


def test_a_number_with_its_unit_proves_the_number_alone() -> None:
    assert figures("the 12 of them") <= provable(figures("12 days"))


def test_one_is_a_pronoun_unless_a_unit_follows() -> None:
    assert figures("one of them told me") == frozenset()
    assert figures("one week") == {"1 week"}


def test_words_that_are_no_numbers_here() -> None:
    assert figures("We double-check the second-hand one within seconds, coupled with a paired one.") == frozenset()
    assert figures("a 30 second wait") == {"30"}


def test_a_month_that_is_none_and_a_month_alone() -> None:
    assert figures("2026-13-01") == {"1/13", "2026"}
    assert figures("you may ask in May") == {"may"}


def test_what_a_text_may_say_of_a_day() -> None:
    told = provable(figures_of(datetime.date(2026, 3, 4)))
    assert figures("Wednesday 4 March 2026, that is 2026-03-04") <= told
    assert not figures("Thursday") <= told
