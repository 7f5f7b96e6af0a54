"""The seam behind the word on people: which spellings are one person, and who is one of us."""

import datetime
from collections.abc import Sequence
from typing import Literal, Protocol, TypeAlias

from notesense.core.note import Value


class Joined(Value):
    """The rep's word on two spellings of a name in one account: they are one person (`same`) or two (`other`).

    Which of the two is named first means nothing.
    """

    name: str
    other: str
    verdict: Literal["same", "other"]
    made: datetime.datetime


Sort: TypeAlias = Literal["person", "address", "domain"]


class OneOfUs(Value):
    """Somebody who is one of us, or a domain of ours. `learned` from a source that told it, else the rep said so."""

    sort: Sort
    value: str
    learned: bool = False


class DomainOf(Value):
    """The rep's word on a domain: it is an account's, or it is not."""

    account: str
    domain: str
    theirs: bool = True


class Persons(Protocol):
    """What the rep said about people. Names are compared whatever their case and spaces.

    Each method is one transaction. What is said of an account goes with the account.
    """

    def joined(self, account: str) -> tuple[Joined, ...]:
        """Return what was said of spellings in an account, by names; none for an account that is not there."""
        ...

    def join(self, account: str, said: Joined) -> None:
        """Keep what is said of two spellings, in the place of what was said of them before.

        Raises UnknownAccount where there is no such account, InputError where the two are one name, or one is empty.
        """
        ...

    def unjoin(self, account: str, name: str, other: str) -> bool:
        """Take back what was said of two spellings; False where nothing was."""
        ...

    def our_people(self) -> tuple[str, ...]:
        """Return the names of our own people, as the rep gave them, in order."""
        ...

    def add_our_people(self, names: Sequence[str]) -> None:
        """Count these among our own people; twice is once. Raises InputError for an empty name."""
        ...

    def remove_our_person(self, name: str) -> bool:
        """Count this one no more among our own people; False where nobody of that name was."""
        ...

    def ours(self) -> tuple[OneOfUs, ...]:
        """Return all that tells who is one of us: people, addresses, domains, each in order."""
        ...

    def add_ours(self, said: Sequence[OneOfUs]) -> None:
        """Keep whom the rep names as one of us; twice is once."""
        ...

    def learn_ours(self, told: Sequence[OneOfUs]) -> tuple[OneOfUs, ...]:
        """Keep whom sources tell as one of us, and return who is new; what the rep said of them stays."""
        ...

    def remove_ours(self, value: str) -> bool:
        """Take back that this is one of us; what was learned is not learned again. False where it was not there."""
        ...

    def close(self) -> None:
        """Release the database."""
        ...
