"""Until when words mean, by the day on which they were written: Wednesday 19 March 2025."""

import datetime

import pytest

from notesense.core.due import due_day, iso_day

WRITTEN = datetime.date(2025, 3, 19)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2025-03-31", "2025-03-31"),
        ("2024-12-01", "2024-12-01"),
        ("end of March", "2025-03-31"),
        ("by the end of next week", "2025-03-28"),
        ("early next week", "2025-03-25"),
        ("middle of next week", "2025-03-26"),
        ("this week", "2025-03-21"),
        ("next week", "2025-03-28"),
        ("by Friday", "2025-03-21"),
        ("next Friday", "2025-03-28"),
        ("next Monday", "2025-03-24"),
        ("Monday week", "2025-03-31"),
        ("Thursday night", "2025-03-20"),
        ("mid-April", "2025-04-15"),
        ("beginning of May", "2025-05-10"),
        ("in June", "2025-06-30"),
        ("end of February", "2026-02-28"),
        ("end of January 2027", "2027-01-31"),
        ("Q3", "2025-09-30"),
        ("middle of Q3", "2025-08-15"),
        ("q1 2026", "2026-03-31"),
        ("end of the quarter", "2025-03-31"),
        ("next quarter", "2025-06-30"),
        ("next month", "2025-04-30"),
        ("early next month", "2025-04-10"),
        ("end of the year", "2025-12-31"),
        ("middle of the year", "2025-06-30"),
        ("KW 14", "2025-04-04"),
        ("week 2", "2026-01-09"),
        ("within two weeks", "2025-04-02"),
        ("in ten working days", "2025-04-02"),
        ("within 24 hours", "2025-03-20"),
        ("in a fortnight", "2025-04-02"),
        ("in a month", "2025-04-19"),
        ("in ten months", "2026-01-19"),
        ("14 April", "2025-04-14"),
        ("the 3rd of March", "2026-03-03"),
        ("March 3rd, 2026", "2026-03-03"),
        ("by the 31st", "2025-03-31"),
        ("the 10th", "2025-04-10"),
        ("tomorrow", "2025-03-20"),
        ("day after tomorrow", "2025-03-21"),
        ("today", "2025-03-19"),
    ],
)
def test_words_that_settle_a_day(words: str, day: str) -> None:
    assert due_day(words, WRITTEN) == datetime.date.fromisoformat(day)


@pytest.mark.parametrize(
    "words",
    [
        None,
        "soon",
        "after the audit on 14 April",
        "every Monday",
        "within a day of the test",
        "before I go",
        "week 99",
        "31 June",
        "March 3rd, 2020",
        "31 February 2026",
    ],
)
def test_words_that_settle_none(words: str | None) -> None:
    assert due_day(words, WRITTEN) is None


def test_a_day_of_the_month_that_the_next_one_lacks_is_none() -> None:
    assert due_day("the 30th", datetime.date(2025, 1, 31)) is None


def test_a_period_that_has_passed_is_none() -> None:
    assert due_day("this week", datetime.date(2025, 3, 22)) is None
    assert due_day("early this month", WRITTEN) is None


def test_only_a_whole_date_of_the_calendar_is_an_iso_day() -> None:
    assert iso_day("2026-02-28") == datetime.date(2026, 2, 28)
    assert [iso_day(words) for words in (None, "soon", "2026-02-30", "on 2026-02-28")] == [None] * 4
