"""The verbs about accounts as such: which are meant, how they stand, and which never leave this machine."""

import datetime

from notesense.core.accounts import find_account
from notesense.core.portfolio import Portfolio
from notesense.core.portfolio_order import SortedBy
from notesense.core.register_ports import Merged
from notesense.core.results import Restrained
from notesense.errors import InputError
from notesense.wiring import belonging
from notesense.wiring.parts import Parts


class Accounts(Parts):
    """The adapters over one data folder, and its accounts."""

    def account(self, name: str) -> str:
        """Return the full name of the account meant. Raises UnknownAccount with the candidates."""
        return find_account(name, self.store.account_names())

    def add_alias(self, account: str, alias: str) -> None:
        """Let an account answer to another name, too. Raises InputError where that is another account's name."""
        self.store.add_alias(self.account(account), alias)

    def set_renewal(self, account: str, day: datetime.date | None) -> None:
        """Keep when an account's contract renews; None takes it back."""
        self.register.set_renewal(self.account(account), day)

    def renewal(self, account: str) -> datetime.date | None:
        """Return the day that is kept for an account's renewal, or None."""
        return self.register.renewals().get(self.account(account))

    def say_domain(self, account: str, domain: str, theirs: bool = True) -> tuple[tuple[str, bool], ...]:
        """Say that an e-mail domain is an account's, or is not; return its domains, each with whether you said so.

        Raises InputError for what is no domain, for one that anybody may have, and for one of ours.
        """
        from notesense.core.domains import checked_domain
        from notesense.core.person_ports import DomainOf

        name, tidy = self.account(account), checked_domain(domain)
        if theirs and belonging.ourselves(self).has_address(f"@{tidy}"):
            raise InputError(f"{tidy} is your own domain.", f"Not so? notesense us remove {tidy}")
        self.register.set_domain(DomainOf(account=name, domain=tidy, theirs=theirs))
        if theirs:
            belonging.place_anew(self, name)
        return belonging.directory(self).domains_of(name)

    def rename(self, account: str, name: str) -> None:
        """Give an account another name; it answers to the old one, too. Raises InputError for another's name."""
        self.register.rename(self.account(account), name)

    def merge(self, account: str, into: str) -> Merged:
        """Put all notes of an account into another, which answers to its names from then on.

        Raises InputError where both are one. Restrictions of either hold for both.
        """
        return self.register.merge(self.account(account), self.account(into))

    def accounts(self, *, as_of: datetime.date | None = None, sort: str = SortedBy.NAME) -> Portfolio:
        """Return all accounts with how they stand as of a day (today), from what is kept; nothing is compared for it.

        Raises InputError for an order that there is not.
        """
        from notesense.workflows.portfolio import Overview

        if sort not in list(SortedBy):
            raise InputError(f'Accounts cannot be sorted by "{sort}".', f"Choose one of: {', '.join(SortedBy)}.")
        overview = Overview(self.store, self.links, self.linker, self.persons, self.register.renewals(), self.progress)
        rows = self.privacy.rows(self.store.accounts())
        return overview.portfolio(rows, as_of or datetime.date.today(), SortedBy(sort))

    def restrict(self, account: str, note_id: str | None = None, *, lift: bool = False) -> Restrained:
        """Keep an account, or one of its notes, from every model; with `lift` take that back."""
        return self.privacy.restrict(self.account(account), note_id, lift)

    def restrictions(self) -> Restrained:
        """Return all restrictions in force."""
        return self.privacy.listed()
