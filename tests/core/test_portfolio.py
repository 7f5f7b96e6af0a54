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


@pytest.mark.parametrize(
    ("by", "names"),
    [("name", "Abc"), ("standing", "Abc"), ("contact", "cAb"), ("overdue", "bAc"), ("fires", "Abc")],
)
def test_what_asks_for_attention_comes_first(by: str, names: str) -> None:
    assert "".join(row.name for row in sorted_rows(ROWS, SortedBy(by))) == names
