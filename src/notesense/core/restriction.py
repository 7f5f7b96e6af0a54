"""Which accounts and notes are restricted: their words never leave this machine."""

from collections.abc import Iterable

from notesense.core.accounts import key
from notesense.core.ports import AccountNames
from notesense.core.records import Restriction
from notesense.core.requests import Request


class Restricted:
    """The restrictions in force. An account is meant by its name and by each of its aliases."""

    def __init__(self, restrictions: Iterable[Restriction], accounts: Iterable[AccountNames]) -> None:
        alike = {key(name): key(each.name) for each in accounts for name in (*each.aliases, each.name)}
        self._alike = alike
        self._notes = {each.note_id for each in restrictions if each.note_id}
        self._accounts = {self._canonical(each.account) for each in restrictions if not each.note_id}

    def __bool__(self) -> bool:
        return bool(self._notes or self._accounts)

    def account(self, name: str) -> bool:
        """Tell whether all of an account is restricted."""
        return bool(name) and self._canonical(name) in self._accounts

    def note(self, account: str, note_id: str) -> bool:
        """Tell whether a note is restricted, by itself or with its account."""
        return note_id in self._notes or self.account(account)

    def request(self, request: Request) -> bool:
        """Tell whether a request holds words of a restricted note or is about a restricted account."""
        return self.account(request.account) or not self._notes.isdisjoint({request.note_id, *request.quotes})

    def _canonical(self, name: str) -> str:
        return self._alike.get(key(name), key(name))
