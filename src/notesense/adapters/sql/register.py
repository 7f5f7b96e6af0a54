"""Port `Register` on the SQLite file of the notes."""

import datetime
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, Table, and_, delete, insert, select, update

from notesense.adapters.sql import findings, names, rows
from notesense.adapters.sql.file import SqlFile
from notesense.adapters.sql.schema import (
    accounts,
    aliases,
    answers,
    ascribed,
    attendees,
    batch_requests,
    calls,
    domains,
    indexed,
    notes,
    passages,
    people_joined,
    renewals,
    restricted,
    signals,
)
from notesense.core.accounts import key
from notesense.core.note import Note, compact_turns
from notesense.core.passage import Passage
from notesense.core.person_ports import DomainOf
from notesense.core.register_ports import Merged
from notesense.core.whose import Met
from notesense.errors import InputError, UnknownAccount

_BY_KEY: tuple[Table, ...] = (answers, calls, batch_requests, restricted)
"""Tables that have accounts by their folded names."""


class SqlRegister(SqlFile):
    """Port `Register` on one SQLite file. Raises StoreError where the file cannot be used."""

    def renewals(self) -> Mapping[str, datetime.date]:
        """Return the renewal days that are kept, by the names of the accounts."""
        with self._read() as connection:
            wanted = select(accounts.c.name, renewals.c.day).join(renewals, renewals.c.account_id == accounts.c.id)
            return {name: datetime.date.fromisoformat(day) for name, day in connection.execute(wanted)}

    def set_renewal(self, account: str, day: datetime.date | None) -> None:
        """Keep when an account's contract renews, in the place of an earlier day; None takes it back."""
        with self._write() as connection:
            account_id = _need(connection, account)
            connection.execute(delete(renewals).where(renewals.c.account_id == account_id))
            if day is not None:
                connection.execute(insert(renewals), {"account_id": account_id, "day": day.isoformat()})

    def begin(self, account: str) -> None:
        """Begin an account that has no notes yet; nothing is changed where one answers to the name."""
        with self._write() as connection:
            if names.account_id(connection, account) is None:
                names.make_account(connection, account)

    def rename(self, account: str, name: str) -> None:
        """Give an account another name; it answers to the old one, too."""
        with self._write() as connection:
            account_id, wanted = _need(connection, account), key(name)
            taken = names.account_id(connection, name)
            if not wanted:
                raise InputError(f"{name!r} is no name of an account.", "Give a name with letters or digits.")
            if taken not in (None, account_id):
                owner = names.all_names(connection, taken or 0)[0]
                raise InputError(
                    f"{name!r} already stands for the account {owner!r}.",
                    f'To put both together: notesense accounts "{account}" --into "{owner}"',
                )
            old = names.all_names(connection, account_id)[0]
            connection.execute(delete(aliases).where(aliases.c.key == wanted))
            connection.execute(
                update(accounts).where(accounts.c.id == account_id).values(name=name.strip(), key=wanted)
            )
            if key(old) != wanted:
                connection.execute(insert(aliases), {"key": key(old), "alias": old, "account_id": account_id})
            _call(connection, [old], name.strip())
            _index_anew(connection, account_id)

    def merge(self, account: str, into: str) -> Merged:
        """Put all that belongs to an account into another, which answers to its names from then on."""
        with self._write() as connection:
            old, new = _need(connection, account), _need(connection, into)
            if old == new:
                raise InputError(f"{account!r} and {into!r} are one account already.", "Name two accounts.")
            called, name = names.all_names(connection, old), names.all_names(connection, new)[0]
            _index_anew(connection, old)
            twice = _twice(connection, old, new)
            moved = connection.execute(update(notes).where(notes.c.account_id == old).values(account_id=new)).rowcount
            connection.execute(update(aliases).where(aliases.c.account_id == old).values(account_id=new))
            for table in (people_joined, renewals, domains):
                kept = update(table).where(table.c.account_id == old).values(account_id=new)
                connection.execute(kept.prefix_with("OR IGNORE"))
            connection.execute(delete(accounts).where(accounts.c.id == old))
            connection.execute(insert(aliases), {"key": key(called[0]), "alias": called[0], "account_id": new})
            _call(connection, called, name)
            return Merged(account=called[0], into=name, notes=moved, twice=twice)

    def domains(self) -> tuple[DomainOf, ...]:
        """Return what the rep said of e-mail domains, by account and domain."""
        with self._read() as connection:
            wanted = select(accounts.c.name, domains.c.domain, domains.c.theirs).join(
                domains, domains.c.account_id == accounts.c.id
            )
            found = connection.execute(wanted.order_by(accounts.c.key, domains.c.domain))
            return tuple(DomainOf(account=name, domain=domain, theirs=theirs) for name, domain, theirs in found)

    def set_domain(self, said: DomainOf) -> None:
        """Keep that a domain is an account's, or is not, in the place of what was said before."""
        with self._write() as connection:
            row = {"account_id": _need(connection, said.account), "domain": said.domain, "theirs": said.theirs}
            connection.execute(insert(domains).prefix_with("OR REPLACE"), row)

    def met(self) -> tuple[Met, ...]:
        """Return attendees on either side, by note, of all notes of which is known how they came to their account."""
        wanted = (
            select(accounts.c.name.label("account"), ascribed.c.by, attendees)
            .join_from(attendees, notes, notes.c.id == attendees.c.note_id)
            .join(accounts, accounts.c.id == notes.c.account_id)
            .join(ascribed, ascribed.c.note_id == notes.c.id)
            .where(attendees.c.side.in_(("customer", "us")))
            .order_by(attendees.c.id)
        )
        with self._read() as connection:
            return tuple(
                Met(account=row["account"], note_id=row["note_id"], by=row["by"], attendee=rows.attendee_of(row))
                for row in connection.execute(wanted).mappings()
            )

    def strangers(self) -> tuple[tuple[str, str], ...]:
        """Return account and address of those attendees who stand on no known side, each once."""
        wanted = (
            select(accounts.c.name, attendees.c.email)
            .distinct()
            .join_from(attendees, notes, notes.c.id == attendees.c.note_id)
            .join(accounts, accounts.c.id == notes.c.account_id)
            .where(attendees.c.side == "unknown", attendees.c.email != "")
        )
        with self._read() as connection:
            return tuple((account, address) for account, address in connection.execute(wanted))

    def customers(self) -> tuple[tuple[str, str], ...]:
        """Return account and name of those who speak on the customer's side, each once, in order."""
        wanted = (
            select(accounts.c.name, signals.c.speaker)
            .distinct()
            .join_from(signals, notes, notes.c.id == signals.c.note_id)
            .join(accounts, accounts.c.id == notes.c.account_id)
            .where(signals.c.side == "customer", signals.c.speaker.is_not(None))
            .order_by(accounts.c.name, signals.c.speaker)
        )
        with self._read() as connection:
            return tuple((account, speaker) for account, speaker in connection.execute(wanted))

    def place(self, note: Note, parts: Sequence[Passage]) -> None:
        """Give those who attend and speak in a kept note the sides that they have in this one."""
        with self._write() as connection:
            if connection.execute(select(notes.c.id).where(notes.c.id == note.id)).scalar() is None:
                return
            connection.execute(update(notes).where(notes.c.id == note.id).values(turns=compact_turns(note.turns)))
            connection.execute(delete(attendees).where(attendees.c.note_id == note.id))
            if there := rows.attendee_rows(note):
                connection.execute(insert(attendees), there)
            of_note = update(passages).where(passages.c.note_id == note.id)
            for one in parts:
                connection.execute(of_note.where(passages.c.ordinal == one.ordinal).values(side=one.side))
            findings.place(connection, note.id, parts)


def _need(connection: Connection, account: str) -> int:
    account_id = names.account_id(connection, account)
    if account_id is None:
        raise UnknownAccount(f"There is no account {account!r}.", "Run `notesense accounts` to see them.")
    return account_id


def _index_anew(connection: Connection, account_id: int) -> None:
    """Let the index take these notes in again: it knows their account by its name."""
    of_account = select(notes.c.id).where(notes.c.account_id == account_id)
    connection.execute(update(indexed).where(indexed.c.note_id.in_(of_account)).values(generation=""))


def _twice(connection: Connection, old: int, new: int) -> tuple[str, ...]:
    """Return the notes of the one account whose words stand in the other, too."""
    others = notes.alias()
    same = and_(others.c.account_id == new, others.c.hash == notes.c.hash)
    wanted = select(notes.c.id).where(notes.c.account_id == old).where(select(others.c.id).where(same).exists())
    return tuple(connection.scalars(wanted.order_by(notes.c.date, notes.c.created)))


def _call(connection: Connection, called: Collection[str], name: str) -> None:
    """Let what tells of work with models, and of restrictions, name the account so from now on."""
    for table in _BY_KEY:
        values = {"account": key(name)} | ({"name": name} if table is restricted else {})
        changed = update(table).where(table.c.account.in_([key(each) for each in called])).values(**values)
        connection.execute(changed.prefix_with("OR REPLACE"))
