"""Who is named in a table's rows, and on which side they stand: contacts, owners, writers, who entered a row."""

import re
from collections.abc import Iterable, Iterator
from email.utils import getaddresses
from typing import NamedTuple

from notesense.core.note import Attendee, Side
from notesense.core.vocabulary import Channel
from notesense.readers.crm_columns import Columns
from notesense.readers.csv_rows import Row

_LONGEST = 4_000
"""Characters of a cell in which people are looked for: a list of a hundred addresses."""
_WITH_MAIL = re.compile(r"(?P<name>[^<>()]*?)\s*[<(]\s*(?P<mail>[^\s<>()]+@[^\s<>()]+)\s*[)>]")


class Sides(NamedTuple):
    """The names (folded) that a table has as contacts, and those that it has as owners; one in both is on no side."""

    contacts: frozenset[str]
    owners: frozenset[str]


class People(NamedTuple):
    """Who is named in a row. `writer` wrote the mail that it holds; empty where nothing tells who did."""

    attendees: tuple[Attendee, ...]
    writer: str


def sides_in(rows: Iterable[Row], columns: Columns) -> Sides:
    """Return who is a contact and who an owner in any row of a table."""
    whole = [row for row in rows if not row.broken]

    def names(at: int | None) -> frozenset[str]:
        return frozenset(_key(one.name) for row in whole for one in _named(_cell(row, at)) if one.name)

    return Sides(names(columns.contact), names(columns.owner))


def people_in(row: Row, columns: Columns, sides: Sides, channel: Channel | None) -> People:
    """Return who is named in a row: the customer's contacts, whose entry it is, and who wrote and got its mail."""
    found = list(_contacts(row, columns, sides))
    owners = list(_named(_cell(row, columns.owner)))
    for one in owners or _named(_cell(row, columns.author)):
        if not _is_among(one, found):
            is_ours = (owners or channel is not Channel.SUPPORT) and _key(one.name) not in sides.contacts
            found.append(one.model_copy(update={"side": "us"}) if is_ours else one)
    sender = next(_senders(row, columns), None)
    addressed = [*([sender] if sender else []), *_addressed(_cell(row, columns.sent_to))]
    _address_owner(addressed, found)
    for one in addressed:
        found += [] if _is_among(one, found) else [one]
    writer = _name_of(sender, found) if sender else ""
    return People(tuple(found), writer)


def _contacts(row: Row, columns: Columns, sides: Sides) -> Iterator[Attendee]:
    mail = _cell(row, columns.mail)
    named = list(_named(_cell(row, columns.contact)))
    alone = mail if "@" in mail and ";" not in mail and len(named) < 2 else ""
    for one in named or ([Attendee(email=alone)] if alone else []):
        side: Side = "unknown" if _key(one.name) in sides.owners else "customer"
        yield one.model_copy(update={"side": side, "email": one.email or alone})


def _named(cell: str) -> Iterator[Attendee]:
    """Yield the people of a cell such as `Marta Ruiz (marta@harlow.example); Jo Lind`; a number is nobody."""
    for part in filter(None, map(str.strip, cell.split(";"))):
        if found := _WITH_MAIL.fullmatch(part):
            yield Attendee(name=found["name"], email=found["mail"])
        elif not part.isdecimal():
            yield Attendee(email=part) if "@" in part and " " not in part else Attendee(name=part)


def _senders(row: Row, columns: Columns) -> Iterator[Attendee]:
    """Yield who sent the mail of a row, at most one."""
    name = _cell(row, columns.sender)
    addressed = next(_addressed(_cell(row, columns.sent_from)), None)
    if addressed is not None:
        yield addressed if addressed.name else addressed.model_copy(update={"name": "" if "@" in name else name})
    elif name:
        yield next(_addressed(name), Attendee(name=name))


def _addressed(cell: str) -> Iterator[Attendee]:
    for name, mail in getaddresses([cell.replace(";", ",")]):
        if "@" in mail:
            yield Attendee(name=" ".join(name.split()), email=mail.strip())


def _address_owner(addressed: Iterable[Attendee], found: list[Attendee]) -> None:
    """Give the only owner the only address of a mail that has a name of theirs; none of a customer's domain."""
    ours = [at for at, one in enumerate(found) if one.side == "us" and not one.email]
    if len(ours) != 1:
        return
    names = set(_key(found[ours[0]].name).split())
    theirs = {one.domain for one in found if one.side == "customer"} - {""}
    fitting = {
        one.email for one in addressed if not one.name and one.domain not in theirs and names & _parts(one.email)
    }
    if len(fitting) == 1:
        found[ours[0]] = found[ours[0]].model_copy(update={"email": fitting.pop()})


def _parts(mail: str) -> set[str]:
    """Return what stands between dots before the @ of an address."""
    return set(re.split(r"[._-]", mail.casefold().partition("@")[0]))


def _name_of(one: Attendee, others: Iterable[Attendee]) -> str:
    """Return the name of whom others may name by the same address, else the address."""
    same = (other.name for other in others if one.email and other.email.casefold() == one.email.casefold())
    return one.name or next(filter(None, same), "") or one.email


def _is_among(one: Attendee, others: Iterable[Attendee]) -> bool:
    return any(
        (one.email and one.email.casefold() == other.email.casefold())
        or (one.name and _key(one.name) == _key(other.name))
        for other in others
    )


def _cell(row: Row, at: int | None) -> str:
    return " ".join(row.values[at][:_LONGEST].split()) if at is not None else ""


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
