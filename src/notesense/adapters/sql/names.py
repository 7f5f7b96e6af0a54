"""Accounts in the file: by which names and aliases one is found, and how a new one is made.

Part of the caller's transaction.
"""

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.sql.elements import ColumnElement

from notesense.adapters.sql.schema import accounts, aliases
from notesense.core.accounts import key
from notesense.errors import InputError


def account_id(connection: Connection, name: str) -> int | None:
    """Return the account that has this name or alias."""
    wanted = key(name)
    found = connection.execute(select(accounts.c.id).where(accounts.c.key == wanted)).scalar()
    return found or connection.execute(select(aliases.c.account_id).where(aliases.c.key == wanted)).scalar()


def make_account(connection: Connection, name: str) -> int:
    """Begin a new account and return its id. Raises InputError where the name has no letter and no digit."""
    if not key(name):
        raise InputError("A note needs the name of its account.", "Name it with `--account NAME`.")
    account_id = next_number(connection, accounts.c.id)
    connection.execute(insert(accounts), {"id": account_id, "name": name.strip(), "key": key(name)})
    return account_id


def by_account(connection: Connection) -> dict[int, list[str]]:
    """Return the aliases of all accounts that have some, by the account's id."""
    names: dict[int, list[str]] = {}
    for account_id, alias in connection.execute(select(aliases.c.account_id, aliases.c.alias).order_by(aliases.c.key)):
        names.setdefault(account_id, []).append(alias)
    return names


def all_names(connection: Connection, account_id: int) -> list[str]:
    """Return an account's name and its aliases."""
    name = connection.execute(select(accounts.c.name).where(accounts.c.id == account_id)).scalar_one()
    return [name, *connection.scalars(select(aliases.c.alias).where(aliases.c.account_id == account_id))]


def next_number(connection: Connection, column: ColumnElement[int]) -> int:
    """Return one more than the greatest number; safe, since a writer holds the write lock from its beginning."""
    return (connection.execute(select(func.max(column))).scalar() or 0) + 1
