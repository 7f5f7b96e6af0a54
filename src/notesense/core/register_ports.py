"""The seam behind the register of accounts: renewals, accounts renamed or put together, their domains and people."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Protocol

from notesense.core.note import Note, Value
from notesense.core.passage import Passage
from notesense.core.person_ports import DomainOf
from notesense.core.whose import Met


class Merged(Value):
    """What came of putting one account into another. `twice` are notes whose words the other account had, too."""

    account: str
    into: str
    notes: int
    twice: tuple[str, ...] = ()


class Register(Protocol):
    """What the rep said of accounts as such. Each method is one transaction. It goes with the account.

    Accounts answer to their name and their aliases. Every method that changes an account raises UnknownAccount where
    there is none of that name.
    """

    def renewals(self) -> Mapping[str, datetime.date]:
        """Return the renewal days that are kept, by the names of the accounts."""
        ...

    def set_renewal(self, account: str, day: datetime.date | None) -> None:
        """Keep when an account's contract renews, in the place of an earlier day; None takes it back."""
        ...

    def begin(self, account: str) -> None:
        """Begin an account that has no notes yet; nothing is changed where one answers to the name.

        Raises InputError for a name without letters and digits.
        """
        ...

    def rename(self, account: str, name: str) -> None:
        """Give an account another name; it answers to the old one, too. Its notes are to be indexed anew.

        Raises InputError for a name without letters and digits, and for one that stands for another account.
        """
        ...

    def merge(self, account: str, into: str) -> Merged:
        """Put all that belongs to an account into another, which answers to its names from then on.

        What the other has itself counts: its renewal day, and what was said of its people. A restriction of either
        holds for both. The notes are to be indexed anew. Raises InputError where both are one account.
        """
        ...

    def domains(self) -> tuple[DomainOf, ...]:
        """Return what the rep said of e-mail domains, by account and domain."""
        ...

    def set_domain(self, said: DomainOf) -> None:
        """Keep that a domain is an account's, or is not, in the place of what was said before."""
        ...

    def met(self) -> tuple[Met, ...]:
        """Return attendees on either side, by note, of all notes of which is known how they came to their account."""
        ...

    def strangers(self) -> tuple[tuple[str, str], ...]:
        """Return account and address of those attendees who stand on no known side, each once."""
        ...

    def customers(self) -> tuple[tuple[str, str], ...]:
        """Return account and name of those who speak on the customer's side, each once, in order."""
        ...

    def place(self, note: Note, parts: Sequence[Passage]) -> None:
        """Give those who attend and speak in a kept note the sides that they have in this one.

        So do its passages, here its `parts`, and signals that have been on no known side. Nothing else changes; a note
        that is gone meanwhile stays so.
        """
        ...

    def close(self) -> None:
        """Release the database."""
        ...
