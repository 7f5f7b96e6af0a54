import datetime

import pytest

from notesense.core.portfolio import PortfolioRow, row_of, sorted_rows
from notesense.core.portfolio_order import SortedBy
from notesense.core.ports import AccountRow
from small_accounts import Account, day, pain, picture, promise


def test_a_line_counts_our_overdue_promises_and_open_fires() -> None:
    account = Account().note(40, promise("we send the gasket list", due=day(5)))
    account.note(30, promise("they send the drawing", owner="customer", due=day(5)))
    account.note(9, pain("line down", severity="high"), channel="email")
    row = row_of(AccountRow(name="Alder Mill", notes=3), picture(account), compared=True)
    assert (row.overdue, row.fires, row.notes, row.standing) == (1, 1, 3, "at_risk")
    assert (row.days_since_last_live_contact, row.renewal) == (30, None)


ROWS = (
    PortfolioRow(name="b", standing="steady", overdue=2, last_live_contact=datetime.date(2026, 3, 1)),
    PortfolioRow(name="A", standing="at_risk", fires=1, last_live_contact=datetime.date(2026, 1, 1)),
    PortfolioRow(name="c", standing="a_list"),
)


def test_renewals_to_come_stand_before_those_that_have_passed_and_those_not_known() -> None:
    days = {"a": None, "b": -400, "c": 30, "d": 0, "e": -3}
    rows = [PortfolioRow(name=name, days_to_renewal=left) for name, left in days.items()]
    assert "".join(row.name for row in sorted_rows(rows, SortedBy.RENEWAL)) == "dceba"


def test_the_renewal_day_is_that_of_the_picture() -> None:
    shown = picture(Account().note(9), renewal=datetime.date(2026, 10, 30))
    row = row_of(AccountRow(name="Alder Mill", notes=1), shown, compared=True)
    assert (row.renewal, row.days_to_renewal) == (datetime.date(2026, 10, 30), 10)


@pytest.mark.parametrize(
    ("renewal", "gap"),
    [
        (datetime.date(2026, 10, 20), []),
        (datetime.date(2026, 10, 19), ["The renewal day told, 2026-10-19, has passed"]),
    ],
)
def test_a_renewal_day_that_has_passed_is_told_as_such(renewal: datetime.date, gap: list[str]) -> None:
    gaps = [one.text for one in picture(Account().note(9), renewal=renewal).gaps if one.code == "renewal_passed"]
    assert [text[: len(gap[0])] for text in gaps] == gap


@pytest.mark.parametrize(
    ("by", "names"),
    [("name", "Abc"), ("standing", "Abc"), ("contact", "cAb"), ("overdue", "bAc"), ("fires", "Abc")],
)
def test_what_asks_for_attention_comes_first(by: str, names: str) -> None:
    assert "".join(row.name for row in sorted_rows(ROWS, SortedBy(by))) == names
