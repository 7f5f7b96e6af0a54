"""The verbs about accounts as such: which are meant, what they are called, and which never leave this machine."""

from notesense.core.accounts import find_account
from notesense.core.results import Portfolio, Restrained
from notesense.wiring.parts import Parts


class Accounts(Parts):
    """The adapters over one data folder, and its accounts."""

    def account(self, name: str) -> str:
        """Return the full name of the account meant. Raises UnknownAccount with the candidates."""
        return find_account(name, self.store.account_names())

    def add_alias(self, account: str, alias: str) -> None:
        """Let an account answer to another name, too. Raises InputError where that is another account's name."""
        self.store.add_alias(self.account(account), alias)

    def accounts(self) -> Portfolio:
        """Return all accounts with their counts."""
        return Portfolio(accounts=self.privacy.rows(self.store.accounts()))

    def restrict(self, account: str, note_id: str | None = None, *, lift: bool = False) -> Restrained:
        """Keep an account, or one of its notes, from every model; with `lift` take that back."""
        return self.privacy.restrict(self.account(account), note_id, lift)

    def restrictions(self) -> Restrained:
        """Return all restrictions in force."""
        return self.privacy.listed()
