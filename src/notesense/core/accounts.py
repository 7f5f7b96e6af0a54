"""Which account a name means: case-insensitively, by alias, by unique prefix. Never a silent guess."""

import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches

from notesense.core.ports import AccountNames
from notesense.errors import UnknownAccount

NEAR = 0.82
"""Likeness from which on a new name is taken for a slip of the pen and asked about."""


def find_account(name: str, accounts: Sequence[AccountNames]) -> str:
    """Return the full name of the one account that answers to `name`.

    Raises UnknownAccount with the candidates where none or several do.
    """
    fitting = fitting_accounts(name, accounts)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UnknownAccount(
            f'"{name}" fits {len(fitting)} accounts: {_listed(fitting)}.', "Type more of the name.", fitting
        )
    near = near_accounts(name, accounts) or tuple(a.name for a in accounts)[:10]
    fix = (
        f"Known: {_listed(near)}."
        if near
        else "There are no accounts yet: add a note with notesense add --account NAME."
    )
    raise UnknownAccount(f'No account is called "{name}".', fix, near)


def fitting_accounts(name: str, accounts: Sequence[AccountNames]) -> tuple[str, ...]:
    """Return the accounts that answer to the name: the one whose name or alias it is, else all that begin with it."""
    wanted = key(name)
    if not wanted:
        return ()
    exact = [a.name for a in accounts if wanted in _keys(a)]
    if exact:
        return tuple(exact)
    return tuple(a.name for a in accounts if any(k.startswith(wanted) for k in _keys(a)))


def near_accounts(name: str, accounts: Sequence[AccountNames]) -> tuple[str, ...]:
    """Return accounts whose name comes near to this one: spelled alike, or with the name inside."""
    wanted = key(name)
    spelled = {k: a.name for a in accounts for k in _keys(a)}
    alike = [spelled[k] for k in get_close_matches(wanted, list(spelled), n=5, cutoff=NEAR)]
    inside = [a.name for a in accounts if len(wanted) > 2 and any(wanted in k for k in _keys(a))]
    return tuple(dict.fromkeys(alike + inside))[:10]


def key(name: str) -> str:
    """Return the form in which account names are compared: Unicode form, case and white space folded."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _keys(account: AccountNames) -> tuple[str, ...]:
    return (key(account.name), *(key(alias) for alias in account.aliases))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
