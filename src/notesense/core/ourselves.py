"""Who is one of us: by name, by address, by e-mail domain; as the rep said, or as exports told that tell sides."""

from collections.abc import Sequence
from email.utils import parseaddr
from typing import Protocol, TypeVar

from notesense.core.domains import checked_domain, domain_of, is_within
from notesense.core.note import Value
from notesense.core.person_ports import OneOfUs
from notesense.core.spellings import is_among, is_full_name_of, parts
from notesense.errors import InputError


class Party(Protocol):
    """Somebody with a name, an address, or both."""

    @property
    def email(self) -> str:
        """The address; empty where it is not known."""
        ...

    @property
    def domain(self) -> str:
        """The domain of the address; empty where it tells of no company."""
        ...

    @property
    def shown(self) -> str:
        """The name, or what the address tells of it."""
        ...


Someone = TypeVar("Someone", bound=Party)


class Ourselves(Value):
    """How our own people are known. `names` are as the rep gave them, `learned` are full names that sources told."""

    names: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names or self.learned or self.addresses or self.domains)

    def has_address(self, address: str) -> bool:
        """Tell whether an address is one of ours."""
        domain = domain_of(address)
        return address.casefold() in self.addresses or bool(domain and is_within(domain, self.domains))

    def has_name(self, name: str) -> bool:
        """Tell whether this is, in full, the name of one of us; of a mere first name only where the rep gave that."""
        return any(is_full_name_of(name, other) for other in (*self.names, *self.learned)) or any(
            parts(name) == parts(other) for other in self.names if parts(name)
        )

    def domains_among(self, attendees: Sequence[Party]) -> frozenset[str]:
        """Return our e-mail domains as far as known: those that are told, and those of our people among these."""
        seen = (one.domain for one in attendees if self._comes(one))
        return frozenset(map(str.casefold, self.domains)) | frozenset(domain for domain in seen if domain)

    def theirs(self, attendees: Sequence[Someone]) -> tuple[Someone, ...]:
        """Return the attendees who are none of us."""
        domains = self.domains_among(attendees)
        return tuple(one for one in attendees if not (is_within(one.domain, domains) or self._comes(one)))

    def _comes(self, one: Party) -> bool:
        """Tell whether an attendee is one of us, by any spelling of the name."""
        named = is_among(one.shown, self.names) or any(is_full_name_of(one.shown, name) for name in self.learned)
        return named or one.email.casefold() in self.addresses


def whom_of_us(told: str) -> tuple[OneOfUs, ...]:
    """Return whom somebody means, as `one_of_us` does; of `Ben Cole <ben@ours.example>` the address and the full name.

    Raises InputError for what is none of these.
    """
    name, address = parseaddr(told) if told.rstrip().endswith(">") else ("", told)
    named = (one_of_us(name),) if len(parts(name)) > 1 and "@" not in name else ()
    return (one_of_us(address or told), *named)


def one_of_us(told: str) -> OneOfUs:
    """Return whom somebody means by `ben@ours.example`, `@ours.example`, `ours.example` or `Ben Cole`.

    Raises InputError for what is none of these.
    """
    tidy = " ".join(told.split())
    before, at, _ = tidy.rpartition("@")
    if at and before:
        if " " in tidy or "." not in tidy.rpartition("@")[2]:
            raise InputError(f'"{told}" is no e-mail address.', "Give it as ben@ours.example.")
        return OneOfUs(sort="address", value=tidy.casefold())
    if at or ("." in tidy.strip(".") and " " not in tidy):
        return OneOfUs(sort="domain", value=checked_domain(tidy))
    if not parts(tidy):
        raise InputError(f'"{told}" is nobody\'s name.', "Name a person, an address or a domain of yours.")
    return OneOfUs(sort="person", value=tidy)
