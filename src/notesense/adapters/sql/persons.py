"""Port `Persons` on the SQLite file of the notes."""

import datetime
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from notesense.adapters.sql import database, migrations, names
from notesense.adapters.sql.schema import ours, people_joined
from notesense.core.accounts import key
from notesense.core.person_ports import Joined, OneOfUs
from notesense.errors import InputError, UnknownAccount

_SAID, _LEARNED, _DENIED = "said", "learned", "not"


class SqlPersons:
    """Port `Persons` on one SQLite file. Raises StoreError where the file cannot be used."""

    def __init__(self, path: Path, timeout: float = 30.0) -> None:
        """Open or make the file; `timeout` seconds are spent on a lock. Raises StoreTooNew for a newer file."""
        self.path = path
        self._engine = migrations.open_file(path, timeout)

    def joined(self, account: str) -> tuple[Joined, ...]:
        """Return what was said of spellings in an account, by names; none for an account that is not there."""
        with self._read() as connection:
            wanted = (
                select(people_joined.c.name, people_joined.c.other, people_joined.c.verdict, people_joined.c.made)
                .where(people_joined.c.account_id == (names.account_id(connection, account) or 0))
                .order_by(people_joined.c.key, people_joined.c.other_key)
            )
            return tuple(Joined(**row) for row in connection.execute(wanted).mappings())

    def join(self, account: str, said: Joined) -> None:
        """Keep what is said of two spellings, in the place of what was said of them before."""
        one, other = _keys(said.name, said.other)
        if not one or one == other:
            raise InputError(
                f"{said.name!r} and {said.other!r} are not two spellings of a name.",
                "Name both as the notes spell them, each in quotes.",
            )
        with self._write() as connection:
            account_id = names.account_id(connection, account)
            if account_id is None:
                raise UnknownAccount(f"There is no account {account!r}.", "Run `notesense accounts` to see them.")
            row = {
                "account_id": account_id,
                "key": one,
                "other_key": other,
                **said.model_dump(include={"name", "other", "verdict"}),
                "made": said.made.astimezone(datetime.UTC).isoformat(),
            }
            connection.execute(insert(people_joined).prefix_with("OR REPLACE"), row)

    def unjoin(self, account: str, name: str, other: str) -> bool:
        """Take back what was said of two spellings; False where nothing was."""
        with self._write() as connection:
            lesser, greater = _keys(name, other)
            told = delete(people_joined).where(
                people_joined.c.account_id == (names.account_id(connection, account) or 0),
                people_joined.c.key == lesser,
                people_joined.c.other_key == greater,
            )
            return bool(connection.execute(told).rowcount)

    def our_people(self) -> tuple[str, ...]:
        """Return the names of our own people, as the rep gave them, in order."""
        return tuple(one.value for one in self.ours() if one.sort == "person" and not one.learned)

    def add_our_people(self, names: Sequence[str]) -> None:
        """Count these among our own people; twice is once. Raises InputError for an empty name."""
        for name in names:
            if not key(name):
                raise InputError(f"{name!r} is nobody's name.", "Name a person, such as Ben Adeyemi.")
        self.add_ours([OneOfUs(sort="person", value=" ".join(name.split())) for name in names])

    def remove_our_person(self, name: str) -> bool:
        """Count this one no more among our own people; False where nobody of that name was."""
        return self.remove_ours(name)

    def ours(self) -> tuple[OneOfUs, ...]:
        """Return all that tells who is one of us: people, addresses, domains, each in order."""
        with self._read() as connection:
            wanted = select(ours).where(ours.c.how != _DENIED).order_by(ours.c.sort.desc(), ours.c.key)
            return tuple(
                OneOfUs(sort=row["sort"], value=row["value"], learned=row["how"] == _LEARNED)
                for row in connection.execute(wanted).mappings()
            )

    def add_ours(self, said: Sequence[OneOfUs]) -> None:
        """Keep whom the rep names as one of us; twice is once."""
        if said:
            with self._write() as connection:
                connection.execute(insert(ours).prefix_with("OR REPLACE"), [_row(one, _SAID) for one in said])

    def learn_ours(self, told: Sequence[OneOfUs]) -> tuple[OneOfUs, ...]:
        """Keep whom sources tell as one of us, and return who is new; what the rep said of them stays."""
        if not told:
            return ()
        with self._write() as connection:
            there = set(connection.scalars(select(ours.c.key)))
            new = {key(one.value): one for one in told if key(one.value) not in there}
            if new:
                connection.execute(insert(ours), [_row(one, _LEARNED) for one in new.values()])
            return tuple(one.model_copy(update={"learned": True}) for one in new.values())

    def remove_ours(self, value: str) -> bool:
        """Take back that this is one of us; what was learned is not learned again. False where it was not there."""
        with self._write() as connection:
            this = ours.c.key == key(value)
            how = connection.execute(select(ours.c.how).where(this)).scalar()
            if how in (None, _DENIED):
                return False
            connection.execute(update(ours).where(this).values(how=_DENIED))
            return True

    def close(self) -> None:
        """Release the database."""
        with database.translated(self.path):
            self._engine.dispose()

    def _read(self) -> AbstractContextManager[Connection]:
        return database.reading(self._engine, self.path)

    def _write(self) -> AbstractContextManager[Connection]:
        return database.writing(self._engine, self.path)


def _keys(name: str, other: str) -> tuple[str, str]:
    """Return both names folded, the lesser first."""
    one, two = sorted((key(name), key(other)))
    return one, two


def _row(one: OneOfUs, how: str) -> dict[str, str]:
    return {"key": key(one.value), "sort": one.sort, "value": one.value, "how": how}
