"""Whose note is it: what is known of accounts and their people, and what that tells of a reading. Never a silent guess.

What the user gave and what the source names goes before all of this. Else people tell: by the e-mail domains of those
who attend or write, and by known people, with address or full name. Only where they tell nothing, the name of an
account in the title or file name does. What speaks for two accounts, or for one but against it as much, is a doubt.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import PurePath

from notesense.core.accounts import key
from notesense.core.domains import company_in, parents
from notesense.core.meeting_accounts import named_in, people_in_heads
from notesense.core.naming import plain
from notesense.core.note import Ascribed, Attendee, By, Turn, Value
from notesense.core.ourselves import Ourselves
from notesense.core.passages import turns
from notesense.core.person_ports import DomainOf
from notesense.core.ports import AccountNames
from notesense.core.reading import Reading
from notesense.core.spellings import parts
from notesense.core.vocabulary import Origin

_SURE: frozenset[By] = frozenset({"given", "named", "asked", "folder"})
"""Only notes of which a person or the source said whose they are teach anything of an account."""

_SHORT = 3
"""A word of so few letters, with which an account's name begins, is not looked for."""


class Met(Value):
    """An attendee of a kept note, with its account and how that was known."""

    account: str
    note_id: str
    by: By
    attendee: Attendee


class Clue(Value):
    """What speaks for an account."""

    account: str
    by: By
    why: str


class Told(Value):
    """The one account that a reading tells."""

    account: str
    ascribed: Ascribed


class Doubt(Value):
    """Why a reading tells no one account: what speaks for which, and the domains that nobody is known by."""

    candidates: tuple[Clue, ...] = ()
    strange: tuple[str, ...] = ()


class Directory:
    """What is known of us, of accounts, their domains and their people; it grows with each note that is taken in."""

    def __init__(
        self,
        accounts: Sequence[AccountNames] = (),
        ours: Ourselves | None = None,
        domains: Iterable[DomainOf] = (),
        met: Iterable[Met] = (),
        speakers: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Take what is kept; `speakers` are (account, name) of whom signals of it have on the customer's side."""
        self.ours = ours or Ourselves()
        self.accounts = {one.name: one for one in accounts}
        self._said: dict[str, set[str]] = defaultdict(set)
        self._barred: set[tuple[str, str]] = set()
        self._learned: dict[str, set[str]] = defaultdict(set)
        self._people: dict[str, set[str]] = defaultdict(set)
        self._colleagues: set[str] = set()
        for each in domains:
            if each.theirs:
                self._said[each.domain].add(each.account)
            else:
                self._barred.add((each.domain, each.account))
        for (account, _, by), those in groupby(met, key=lambda one: (one.account, one.note_id, one.by)):
            self.learn(account, by, [one.attendee for one in those])
        for account, name in speakers:
            self._know(account, name)

    def __bool__(self) -> bool:
        return bool(self.ours or self._said or self._learned or self._people)

    def names_of(self, account: str) -> tuple[str, ...]:
        """Return an account's name and aliases; the name alone for one that is not there yet."""
        known = self.accounts.get(account)
        return (account, *known.aliases) if known else (account,)

    def learn(self, account: str, by: By, attendees: Sequence[Attendee]) -> None:
        """Know from now on the people of a note, and the customer's domain: the only one, or one called as it is."""
        self.accounts.setdefault(account, AccountNames(name=account))
        met = (_person(one.name) for one in attendees if one.side == "us" and one.email)
        self._colleagues.update(mark for mark in met if mark)
        if by not in _SURE:
            return
        theirs = [one for one in attendees if one.side == "customer"]
        domains = {one.domain for one in theirs if one.domain and not self.ours.has_address(f"@{one.domain}")}
        for domain in domains:
            if len(domains) == 1 or resembles(domain, self.names_of(account)):
                self._learned[domain].add(account)
        for one in theirs:
            self._know(account, one.name)
            self._know(account, one.email)

    def holders(self, domain: str) -> frozenset[str]:
        """Return the accounts of which a domain is: those that the rep said, else those that notes told."""
        for each in parents(domain):
            if self._said.get(each):
                return frozenset(self._said[each])
        for each in parents(domain):
            learned = {one for one in self._learned.get(each, ()) if (each, one) not in self._barred}
            if learned:
                return frozenset(learned)
        return frozenset()

    def is_firm(self, domain: str, account: str) -> bool:
        """Tell whether a domain is an account's for certain: the rep said so, or it is called as the account is."""
        said = any(account in self._said.get(each, ()) for each in parents(domain))
        return said or resembles(domain, self.names_of(account))

    def accounts_of_person(self, one: str) -> frozenset[str]:
        """Return the accounts among whose people an address or a full name is known."""
        return frozenset(self._people.get(_person(one), ()))

    def is_of_us(self, one: Attendee) -> bool:
        """Tell whether somebody is one of us, by the source or by what is known of us."""
        known = self.ours.has_address(one.email) if one.email else self.has_name_of_us(one.name)
        return one.side == "us" or (one.side == "unknown" and (known or self.ours.has_name(one.name)))

    def has_name_of_us(self, name: str) -> bool:
        """Tell whether a name is one of ours: known as such, or in full that of whom we met with an address of ours."""
        met = _person(name) in self._colleagues and not self.accounts_of_person(name)
        return met or self.ours.has_name(name)

    def domains_of(self, account: str) -> tuple[tuple[str, bool], ...]:
        """Return the domains of an account, each with whether the rep said so, in order."""
        said = {domain for domain, those in self._said.items() if account in those}
        learned = {domain for domain, those in self._learned.items() if account in those}
        barred = {domain for domain, other in self._barred if other == account}
        return tuple((domain, domain in said) for domain in sorted(said | (learned - barred)))

    def _know(self, account: str, one: str) -> None:
        if mark := _person(one):
            self._people[mark].add(account)


def _person(one: str) -> str:
    """Return what an address or a full name is known by; empty for a mere first name."""
    if "@" in one:
        return one.strip().casefold()
    return " ".join(sorted(parts(one))) if len(parts(one)) > 1 else ""


def marks(one: Attendee) -> tuple[str, ...]:
    """Return by what somebody is known: the address, and the name where no address tells of a company.

    Of two people of one name, the address tells which.
    """
    return tuple(filter(None, (one.email, "" if one.domain else one.name)))


def resembles(domain: str, names: Iterable[str]) -> bool:
    """Tell whether a domain is called as one of these names of a company, or as their first words."""
    word = _letters(company_in(domain))
    return len(word) > 1 and any(word in _beginnings(name) for name in names)


def _beginnings(name: str) -> set[str]:
    """Return the beginnings of a name, word by word, written together: `harlow`, `harlowinstruments`."""
    words = [each for each in (_letters(word) for word in re.split(r"[\s&.,_-]+", name)) if each]
    return {"".join(words[:end]) for end in range(1, len(words) + 1)}


def _letters(word: str) -> str:
    return re.sub(r"[\W_]", "", plain(word))


def whose(reading: Reading, known: Directory) -> Told | Doubt:
    """Return whose note a reading is, where neither user nor source said it."""
    folder = _folder(reading.where)
    if folder and (fitting := [name for name in known.accounts if _is_called(folder, known.names_of(name))]):
        return Told(account=fitting[0], ascribed=Ascribed(by="folder", why=f"the folder {folder}"))
    people = _Theirs(reading, known)
    clues = people.clues()
    candidates = tuple({one.account: one for one in reversed(clues)}.values())[::-1]
    if len(candidates) == 1 and not people.speak_against(candidates[0].account):
        return _told(candidates[0])
    if candidates:
        return Doubt(candidates=candidates, strange=people.strange)
    titled = _titled(reading, known)
    alike = tuple(
        Clue(account=name, by="domain", why=f"{domain} is called like it")
        for domain in people.strange
        for name in known.accounts
        if resembles(domain, known.names_of(name))
    )
    others = [one for one in people.strange if not titled or not resembles(one, known.names_of(titled[0].account))]
    if len(titled) == 1 and not others and not people.shared:
        return _told(titled[0])
    begun = () if titled or alike or people.shared else _begun(reading, known)
    every = {one.account: one for one in (*alike, *people.shared, *titled, *begun)}
    return Doubt(candidates=tuple(every.values()), strange=people.strange)


def _told(clue: Clue) -> Told:
    return Told(account=clue.account, ascribed=Ascribed(by=clue.by, why=clue.why))


def _is_called(word: str, names: Iterable[str]) -> bool:
    return key(word) in map(key, names)


def _folder(where: str) -> str:
    """Return the name of the folder in which a file lies; empty for what is none."""
    return PurePath(where).parent.name if "/" in where or "\\" in where else ""


def _stems(reading: Reading) -> tuple[str, str]:
    """Return the file name without its ending, as it is and in words; empty for what is no file."""
    stem = PurePath(reading.where).stem if re.search(r"\.\w{1,8}$", reading.where) else ""
    return stem, re.sub(r"[_\-.]+", " ", stem)


def _begun(reading: Reading, known: Directory) -> tuple[Clue, ...]:
    """Return the accounts with whose first word, of some length, title or file name have a word in common."""
    said = {word for text in (reading.title, *_stems(reading)) for word in key(text).split()}
    return tuple(
        Clue(account=name, by="alias", why=f"“{first}” is the first word of its name")
        for name in known.accounts
        if len(first := name.split()[0]) > _SHORT and key(first) in said
    )


def _titled(reading: Reading, known: Directory) -> tuple[Clue, ...]:
    """Return the accounts that title and file name name."""
    stem, apart = _stems(reading)
    accounts = tuple(known.accounts.values())
    titles = {account: f"“{name}” in its title" for account, name in named_in([reading.title], accounts).items()}
    files = {account: f"“{name}” in its file name" for account, name in named_in([stem, apart], accounts).items()}
    return tuple(Clue(account=account, by="title", why=why) for account, why in (files | titles).items())


class _Theirs:
    """Those of a reading who are none of us, and what they tell."""

    def __init__(self, reading: Reading, known: Directory) -> None:
        self._known = known
        listed = {key(one.name) for one in attendees_of(reading) if one.name}
        self._attendees = [one for one in attendees_of(reading) if not known.is_of_us(one)]
        if reading.attendees and not self._attendees:  # one of us forwards it
            self._attendees = [one for one in _in_heads(reading.text) if not known.is_of_us(one)]
        self._speakers = [name for name in speakers_of(reading, known) if key(name) not in listed]
        addressed = [one for one in self._attendees if one.domain]
        self._held = {one.domain: known.holders(one.domain) for one in addressed}
        self.strange = tuple(dict.fromkeys(one.domain for one in addressed if not self._held[one.domain]))
        self.shared = tuple(
            Clue(account=name, by="domain", why=f"the domain {domain}")
            for domain, holders in self._held.items()
            if len(holders) > 1
            for name in sorted(holders)
        )

    def clues(self) -> list[Clue]:
        """Return what domains and known people tell, the strongest first."""
        found = [
            Clue(account=name, by="domain", why=f"the domain {domain}")
            for domain, holders in self._held.items()
            if len(holders) == 1
            for name in holders
        ]
        named = [mark for one in self._attendees for mark in marks(one)] + self._speakers
        for mark in named:
            accounts = self._known.accounts_of_person(mark)
            if len(accounts) == 1:
                found += [Clue(account=name, by="people", why=mark) for name in accounts]
        return found

    def speak_against(self, account: str) -> bool:
        """Tell whether as many are of companies that nobody knows as are of this account, and nothing makes it firm."""
        if not self.strange or any(
            account in holders and self._known.is_firm(domain, account) for domain, holders in self._held.items()
        ):
            return False
        strangers = [one for one in self._attendees if one.domain in self.strange and not self._is_of(one, account)]
        return len(strangers) >= sum(self._is_of(one, account) for one in self._attendees)

    def _is_of(self, one: Attendee, account: str) -> bool:
        by_domain = account in self._held.get(one.domain, ())
        return by_domain or any(account in self._known.accounts_of_person(mark) for mark in marks(one))


def attendees_of(reading: Reading) -> tuple[Attendee, ...]:
    """Return who attended or wrote; of a pasted mail, whom its head lines name."""
    return reading.attendees or _in_heads(reading.text)


def _in_heads(text: str) -> tuple[Attendee, ...]:
    return tuple(Attendee(name=name, email=mail) for name, mail in people_in_heads(text))


def speakers_of(reading: Reading, known: Directory) -> tuple[str, ...]:
    """Return who speaks in a reading and is none of us; older words that it carries along do not count."""
    told = reading.turns or turns(reading.text)
    names = dict.fromkeys(one.speaker for one in told if one.speaker and _counts(one))
    return tuple(name for name in names if name and not known.has_name_of_us(name))


def _counts(turn: Turn) -> bool:
    return turn.side != "us" and turn.origin is not Origin.QUOTED
