"""How all accounts stand as of a day, from what is kept: nothing is compared for it."""

import datetime
from collections.abc import Mapping, Sequence

from notesense.core.bearing import Bearing
from notesense.core.bearing_ports import Links
from notesense.core.briefing import known_history
from notesense.core.person_ports import Persons
from notesense.core.portfolio import Portfolio, PortfolioRow, row_of, sorted_rows
from notesense.core.portfolio_order import SortedBy
from notesense.core.portrait import picture_of
from notesense.core.ports import AccountRow, Progress, SignalFilter, Store
from notesense.errors import EngineError
from notesense.workflows.knowing import known_people
from notesense.workflows.linking import Linker


class Overview:
    """Looks over the accounts of a store. `renewals` are by account; `progress` hears (done, total) accounts."""

    def __init__(
        self,
        store: Store,
        links: Links,
        linker: Linker,
        persons: Persons,
        renewals: Mapping[str, datetime.date],
        progress: Progress | None = None,
    ) -> None:
        self._store = store
        self._links = links
        self._linker = linker
        self._persons = persons
        self._renewals = renewals
        self._progress = progress

    def portfolio(self, accounts: Sequence[AccountRow], as_of: datetime.date, by: SortedBy) -> Portfolio:
        """Return a line for each of these accounts."""
        rows: list[PortfolioRow] = []
        for account in accounts:
            rows.append(self._row(account, as_of))
            if self._progress is not None:
                self._progress(len(rows), len(accounts))
        return Portfolio(as_of=as_of, accounts=sorted_rows(rows, by))

    def _row(self, account: AccountRow, as_of: datetime.date) -> PortfolioRow:
        notes = self._store.notes(account.name, until=as_of)
        signals = self._store.signals(SignalFilter(account=account.name, until=as_of))
        bearings, compared = self._kept(account)
        history = known_history(account.name, notes, signals, as_of, bearings)
        known = known_people(account.name, self._persons)
        picture = picture_of(history, renewal=self._renewals.get(account.name), known=known)
        return row_of(account, picture, compared)

    def _kept(self, account: AccountRow) -> tuple[tuple[Bearing, ...] | None, bool]:
        """Return the bearings that are kept, None where no note was compared; and whether all of them were."""
        try:
            waiting = self._linker.waiting(account.name)
        except EngineError:
            return None, False
        if waiting and waiting >= account.notes:
            return None, False
        return self._links.links(account.name), not waiting
