"""Which account a meeting is with: by a name or alias in its words, or by the e-mail domain of who comes."""

import re
from collections.abc import Iterable, Mapping, Sequence

from notesense.core.accounts import key
from notesense.core.calendar import PUBLIC_DOMAINS, Attendee, Meeting
from notesense.core.ports import AccountNames

SHORT = 3
"""A name of so few letters counts only in the case in which it is written: HI is not "hi"."""
_HEAD = re.compile(r"(?m)^[>\s]*[^\W\d_][\w-]{1,15}:[^\n]*@[^\n]*$")
_DOMAIN = re.compile(r"[\w.+-]@((?:[\w-]+\.)+[^\W\d_]{2,})")


def mail_domains(texts: Iterable[str]) -> frozenset[str]:
    """Return the e-mail domains in the head lines of mails (`From: Ines <ines@harlow.example>`), folded."""
    heads = (head for text in texts if "@" in text for head in _HEAD.findall(text))
    found = {domain.casefold() for head in heads for domain in _DOMAIN.findall(head)}
    return frozenset(found - PUBLIC_DOMAINS)


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
    found: dict[str, str] = {}
    spans: list[tuple[int, int, int, str, str]] = []
    for number, text in enumerate(words):
        for account in accounts:
            for name in (account.name, *account.aliases):
                spans += [(number, start, end, account.name, name) for start, end in _places(name, text)]
    for number, start, end, account_name, name in spans:
        if not any(n == number and s <= start and end <= e and e - s > end - start for n, s, e, *_ in spans):
            found.setdefault(account_name, f"“{name}”")
    for one in theirs:
        holders = [name for name, seen in domains.items() if one.domain and one.domain in seen]
        if len(holders) == 1:
            found.setdefault(holders[0], f"the e-mail domain {one.domain}")
    return found


def _places(name: str, text: str) -> list[tuple[int, int]]:
    """Return where a name stands in a text, as whole words."""
    short = len(name.strip()) <= SHORT
    wanted, within = (name.strip(), " ".join(text.split())) if short else (key(name), key(text))
    if not wanted:
        return []
    return [match.span() for match in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", within)]
