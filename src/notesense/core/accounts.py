"""Which account a name means: case-insensitively, by alias, by unique prefix. Never a silent guess."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from operator import ne

from notesense.core.ports import AccountNames
from notesense.errors import UnknownAccount

NEAR = 0.82
"""Likeness from which on a new name is taken for a slip of the pen and asked about."""
SLIP = 0.8
"""Likeness of two words from which on one may be the other, written wrongly: `harow`, `harrow`."""
LONG_WORD = 5
SHORT_NAME = 3
"""Letters from which on a name within another one may mean it."""
LEGAL_FORMS = frozenset(
    "ab ag aps as bhd bv co company corp corporation eurl gmbh hf inc incorporated kft kg kgaa kk limited llc llp ltd "
    "ltda nv oe ohg oy oyj plc pte pty sa sarl sas sdn se sl sp spa srl ug zoo".split()
)
"""What a company's name says of its form in law, in the countries where most customers are."""
_LINKS = frozenset(("and", "et", "und", "y", "the"))


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


def confusable_accounts(name: str, accounts: Iterable[AccountNames]) -> tuple[str, ...]:
    """Return accounts that may be meant by a name that none of them has, in their order.

    Such are called the same but for legal form, signs and `and`, begin or end with the same words, or differ by a slip
    in one word. Names whose figures differ are different names.
    """
    wanted = _company(name)
    return tuple(
        a.name for a in accounts if any(_is_confusable(wanted, _company(each)) for each in (a.name, *a.aliases))
    )


def _is_confusable(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    number = len(short)
    if short == long[:number] or short == long[-number:]:
        return sum(map(len, short)) >= SHORT_NAME and _figures(one) == _figures(other)
    if number != len(long) or sum(map(ne, one, other)) != 1:
        return False
    return _figures(one) == _figures(other) and any(map(_is_slip, one, other))


def _is_slip(word: str, other: str) -> bool:
    """Tell whether two longer words differ as by a slip of the pen."""
    if word == other or min(len(word), len(other)) < LONG_WORD:
        return False
    return SequenceMatcher(None, word, other).ratio() >= SLIP


def _figures(words: Iterable[str]) -> list[str]:
    return [word for word in words if any(char.isdigit() for char in word)]


@lru_cache(maxsize=10_000)
def _company(name: str) -> tuple[str, ...]:
    """Return the words that tell a company: folded, without accents, legal forms and signs."""
    folded = "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(char))
    words = [word for word in re.findall(r"\w+", re.sub(r"(?<=\w)\.(?=\w\b)|['’]", "", folded)) if word not in _LINKS]
    telling = [word for word in words if word not in LEGAL_FORMS]
    return tuple(telling or words)


def key(name: str) -> str:
    """Return the form in which account names are compared: Unicode form, case and white space folded."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _keys(account: AccountNames) -> tuple[str, ...]:
    return (key(account.name), *(key(alias) for alias in account.aliases))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
