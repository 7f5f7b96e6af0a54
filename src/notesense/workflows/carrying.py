"""Bring in what an export tells besides notes: accounts, our own people, restrictions, and what was weighed.

What is known here already stays as it is; what contradicts it is told, and never loses the rest.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from notesense.core.accounts import find_account, key
from notesense.core.bearing import Bearing
from notesense.core.bearing_ports import Links
from notesense.core.carried import AccountFacts, Carried, Weighed
from notesense.core.person_ports import Persons
from notesense.core.ports import ModelRecords, Store
from notesense.core.records import Restriction
from notesense.core.register_ports import Register
from notesense.core.results import Refused
from notesense.errors import InputError
from notesense.workflows.intake import refusal


@dataclass(frozen=True)
class Books:
    """Where a store keeps what is known besides notes."""

    store: Store
    register: Register
    persons: Persons
    records: ModelRecords
    links: Links

    def facts_of(self, account: str) -> AccountFacts:
        """Return what the rep said of an account."""
        names = next(one for one in self.store.account_names() if one.name == account)
        told = [one for one in self.records.restrictions() if key(one.account) == key(account)]
        return AccountFacts(
            account=account,
            aliases=names.aliases,
            renewal=self.register.renewals().get(account),
            joined=self.persons.joined(account),
            domains=tuple(one for one in self.register.domains() if one.account == account),
            restricted=any(not one.note_id for one in told),
            restricted_notes=tuple(one.note_id for one in told if one.note_id),
        )

    def weighed(self, account: str) -> Iterator[Weighed]:
        """Yield what was weighed of each note of an account that was weighed against the others."""
        bearings: dict[str, list[Bearing]] = defaultdict(list)
        for one in self.links.links(account):
            bearings[one.statement.note_id].append(one)
        for note_id, mark in self.links.linked(account).items():
            yield Weighed(note_id=note_id, mark=mark, bearings=tuple(bearings[note_id]))


def bring_in(carried: Carried, books: Books) -> tuple[Refused, ...]:
    """Take in accounts, their restrictions first, and our own people; return what contradicts what is known here."""
    refused: list[Refused] = []
    for facts in carried.accounts:
        try:
            _bring_account(facts, books, refused)
        except InputError as error:
            refused.append(Refused(where=facts.where, reason=refusal(error)))
    if carried.ours:
        known = {(one.sort, key(one.value)) for one in books.persons.ours()}
        new = [one for one in carried.ours if key(one.value) and (one.sort, key(one.value)) not in known]
        books.persons.add_ours([one for one in new if not one.learned])
        books.persons.learn_ours([one for one in new if one.learned])
    return tuple(refused)


def _bring_account(facts: AccountFacts, books: Books, refused: list[Refused]) -> None:
    books.register.begin(facts.account)
    account = find_account(facts.account, books.store.account_names())
    whole = [""] if facts.restricted else []
    for note_id in (*whole, *facts.restricted_notes):
        books.records.restrict(Restriction(account=account, note_id=note_id))
    for alias in facts.aliases:
        try:
            books.store.add_alias(account, alias)
        except InputError as error:
            refused.append(Refused(where=facts.where, reason=refusal(error)))
    if facts.renewal is not None and account not in books.register.renewals():
        books.register.set_renewal(account, facts.renewal)
    said_of = {(key(one.account), one.domain) for one in books.register.domains()}
    for domain in facts.domains:
        if (key(account), domain.domain) not in said_of:
            books.register.set_domain(domain.model_copy(update={"account": account}))
    there = {frozenset((key(one.name), key(one.other))) for one in books.persons.joined(account)}
    for said in facts.joined:
        if frozenset((key(said.name), key(said.other))) not in there:
            with suppress(InputError):
                books.persons.join(account, said)


def bring_bearings(weighed: Sequence[Weighed], accounts: Iterable[str], brought: frozenset[str], books: Books) -> None:
    """Keep what was weighed in accounts whose notes were all brought in; in others all is to be weighed anew.

    `brought` are the ids of the notes of the same export: among these alone it is known what was weighed.
    """
    by_note = {one.note_id: one for one in weighed}
    for account in accounts if by_note else ():
        texts = {note.id: note.text for note in books.store.notes(account)}
        known = [by_note[note_id] for note_id in texts if note_id in by_note]
        if known and texts.keys() <= brought and all(one.fits(texts) for one in known):
            books.links.link({one.note_id: one.mark for one in known}, [b for one in known for b in one.bearings])
