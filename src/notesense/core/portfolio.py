"""The portfolio: each account on one line, with what asks for attention."""

import datetime
from collections.abc import Callable, Sequence

from notesense.core.accounts import key
from notesense.core.note import Value
from notesense.core.picture import AccountPicture, StandingType
from notesense.core.portfolio_order import SortedBy
from notesense.core.ports import AccountRow

_WORST_FIRST = ("at_risk", "deja_vu", "unknown", "steady", "a_list")


class PortfolioRow(AccountRow):
    """An account with its counts over all notes, and how it stands as of the portfolio's day.

    `overdue` counts promises of ours, `fires` open ones. `compared` is False where notes wait to be compared with what
    was said before: what was kept or settled may then not be known. `days_to_renewal` is below 0 once that has passed.
    """

    standing: StandingType = "unknown"
    last_live_contact: datetime.date | None = None
    days_since_last_live_contact: int | None = None
    overdue: int = 0
    fires: int = 0
    renewal: datetime.date | None = None
    days_to_renewal: int | None = None
    compared: bool = False


class Portfolio(Value):
    """The answer of `accounts`."""

    as_of: datetime.date
    accounts: tuple[PortfolioRow, ...] = ()


_FIRST: dict[SortedBy, Callable[[PortfolioRow], int]] = {
    SortedBy.NAME: lambda row: 0,
    SortedBy.STANDING: lambda row: _WORST_FIRST.index(row.standing),
    SortedBy.CONTACT: lambda row: (row.last_live_contact or datetime.date.min).toordinal(),
    SortedBy.OVERDUE: lambda row: -row.overdue,
    SortedBy.FIRES: lambda row: -row.fires,
    SortedBy.RENEWAL: lambda row: _until(row.days_to_renewal),
}


def _until(days: int | None) -> int:
    """Put renewals to come first, the next before all; then those that have passed, then those not known."""
    if days is None:
        return 2 * datetime.date.max.toordinal()
    return days if days >= 0 else datetime.date.max.toordinal() - days


def row_of(account: AccountRow, picture: AccountPicture, compared: bool) -> PortfolioRow:
    """Return an account's line."""
    return PortfolioRow(
        **dict(account),
        standing=picture.standing.type,
        last_live_contact=picture.contact.last_live_contact,
        days_since_last_live_contact=picture.contact.days_since_last_live_contact,
        overdue=sum(one.owner == "us" and one.status == "overdue" for one in picture.promises),
        renewal=picture.renewal,
        days_to_renewal=None if picture.renewal is None else (picture.renewal - picture.as_of).days,
        fires=sum(one.fire and one.newest and not one.settled for one in picture.pains),
        compared=compared,
    )


def sorted_rows(rows: Sequence[PortfolioRow], by: SortedBy) -> tuple[PortfolioRow, ...]:
    """Return the lines in this order."""
    return tuple(sorted(rows, key=lambda row: (_FIRST[by](row), key(row.name))))
