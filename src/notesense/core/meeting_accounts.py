"""Which account a meeting is with: by a name or alias in its words, or by the e-mail domain of who comes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from email.utils import getaddresses

from notesense.core.accounts import key
from notesense.core.calendar import Attendee, Meeting
from notesense.core.domains import domain_of, parents
from notesense.core.ports import AccountNames

SHORT = 3
"""A name of so few letters counts only in the case in which it is written: HI is not "hi"."""
MOST_HEADS = 100
"""Head lines of pasted mails in which people are looked for."""
_HEAD = re.compile(r"(?m)^[>\s]*[^\W\d_][\w-]{1,15}:[^\n]*@[^\n]*$")
_DOMAIN = re.compile(r"[\w.+-]@((?:[\w-]+\.)+[^\W\d_]{2,})")


def mail_domains(texts: Iterable[str]) -> frozenset[str]:
    """Return the e-mail domains in the head lines of mails (`From: Ines <ines@harlow.example>`), folded."""
    heads = (head for text in texts if "@" in text for head in _HEAD.findall(text))
    return frozenset(filter(None, (domain_of(f"@{each}") for head in heads for each in _DOMAIN.findall(head))))


def people_in_heads(text: str) -> tuple[tuple[str, str], ...]:
    """Return name and address of whom the head lines of pasted mails name, each once; a name may be empty."""
    values = [head.partition(":")[2].strip() for head in _HEAD.findall(text)[:MOST_HEADS]] if "@" in text else []
    found = {mail.casefold(): (" ".join(name.split()), mail) for name, mail in getaddresses(values) if "@" in mail}
    return tuple(found.values())


def accounts_of(
    meeting: Meeting,
    theirs: Sequence[Attendee],
    accounts: Sequence[AccountNames],
    domains: Mapping[str, frozenset[str]],
) -> dict[str, str]:
    """Return the accounts that a meeting names, each with what names it.

    `domains` are those of each account's mails; one that several accounts have tells of none. A name within the longer
    name of another account does not count.
    """
    words = (meeting.title, meeting.location, *(one.name for one in theirs))
    found = {account: f"“{name}”" for account, name in named_in(words, accounts).items()}
    for one in theirs:
        within = frozenset(parents(one.domain))
        holders = [name for name, seen in domains.items() if within & seen]
        if len(holders) == 1:
            found.setdefault(holders[0], f"the e-mail domain {one.domain}")
    return found


def named_in(texts: Sequence[str], accounts: Sequence[AccountNames]) -> dict[str, str]:
    """Return the accounts that texts name in whole words, each with the name or alias that stands there.

    A name within the longer name of another account does not count.
    """
    found: dict[str, str] = {}
    spans: list[tuple[int, int, int, str, str]] = []
    texts = [" ".join(text.split()) for text in texts]
    folded = [key(text) for text in texts]
    every = [(account.name, name.strip()) for account in accounts for name in (account.name, *account.aliases)]
    for account_name, name in every:
        short = len(name) <= SHORT
        for number, text in enumerate(texts if short else folded):
            places = _places(name if short else key(name), text)
            spans += [(number, start, end, account_name, name) for start, end in places]
    for number, start, end, account_name, name in spans:
        if not any(n == number and s <= start and end <= e and e - s > end - start for n, s, e, *_ in spans):
            found.setdefault(account_name, name)
    return found


def _places(name: str, text: str) -> list[tuple[int, int]]:
    """Return where a name stands in a text, as whole words."""
    if not name or name not in text:
        return []
    return [match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
