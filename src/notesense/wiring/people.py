"""The verbs about people: who is in which role, which spellings are one person's, and who is one of us."""

import datetime
from typing import TYPE_CHECKING, Literal

from notesense.core.domains import domain_of
from notesense.errors import InputError
from notesense.wiring import belonging
from notesense.wiring.accounts import Accounts

if TYPE_CHECKING:
    from notesense.core.bearing import Bearing
    from notesense.core.people_list import PeopleList
    from notesense.core.spellings import KnownPeople
    from notesense.core.us_list import UsList


class People(Accounts):
    """What is known of the people at the accounts of one data folder."""

    def people(self, account: str, *, as_of: datetime.date | None = None) -> "PeopleList":
        """Return who is in which role at an account as of a day (today)."""
        from notesense.workflows.knowing import people

        name = self.account(account)
        return people(name, as_of or datetime.date.today(), self.store, self.persons, lambda: self.bearings(name))

    def known_people(self, account: str) -> "KnownPeople":
        """Return what the rep said about people that holds for an account."""
        from notesense.workflows.knowing import known_people

        return known_people(account, self.persons)

    def say_of_spellings(self, account: str, name: str, other: str, verdict: Literal["same", "other"]) -> None:
        """Say that two spellings of a name are one person in an account, or two.

        Raises InputError for a name that no note of the account has, and where both are one spelling.
        """
        from notesense.core.person_ports import Joined
        from notesense.workflows.knowing import say

        now = datetime.datetime.now(datetime.UTC)
        said = Joined(name=name, other=other, verdict=verdict, made=now)
        say(self.account(account), said, self.store, self.persons)

    def add_our_person(self, name: str) -> None:
        """Count somebody among our own people, in all accounts. Raises InputError for an empty name."""
        self.persons.add_our_people([name])
        belonging.place_anew(self)

    def remove_our_person(self, name: str) -> None:
        """Count somebody no more among our own people. Raises InputError where they never were."""
        if not self.persons.remove_our_person(name):
            ours = ", ".join(one.value for one in self.persons.ours() if one.sort == "person") or "nobody"
            raise InputError(f'"{name}" is not on the list of our own people.', f"On it: {ours}.")

    def us(self) -> "UsList":
        """Return who is one of us: people, addresses, domains."""
        from notesense.core.us_list import UsList

        ours = belonging.ourselves(self)
        met: dict[str, set[str]] = {}
        for account, address in self.register.strangers():
            domain = domain_of(address)
            if domain and not ours.has_address(address):
                met.setdefault(domain, set()).add(account)
        perhaps = tuple(domain for domain, accounts in sorted(met.items()) if len(accounts) > 1)
        return UsList(ours=self.persons.ours(), domains_set=self.settings.domains, perhaps=perhaps)

    def add_ours(self, *who: str) -> "UsList":
        """Count people, addresses and domains among us, in older notes, too.

        Raises InputError for what is none of these.
        """
        from notesense.core.ourselves import whom_of_us

        self.persons.add_ours([one for each in who for one in whom_of_us(each)])
        placed = belonging.place_anew(self)
        return self.us().model_copy(update={"placed": placed})

    def remove_ours(self, *who: str) -> None:
        """Count these no more among us. Raises InputError for who is not; the others are taken back all the same."""
        strange = [each for each in who if not self.persons.remove_ours(" ".join(each.split()).removeprefix("@"))]
        if strange:
            there = ", ".join(one.value for one in self.persons.ours()) or "nobody"
            raise InputError(f"{', '.join(strange)}: not on the list of who is one of us.", f"On it: {there}.")

    def bearings(self, account: str) -> "tuple[Bearing, ...] | None":
        """Return what an account's later words say about its earlier statements; what was not compared yet is first.

        Where that cannot be, None, and `warn` hears why.
        """
        from notesense.wiring.comparing import bearings

        return bearings(self, self.account(account))
