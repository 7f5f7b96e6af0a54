"""Which column of a CRM's export holds what, told by its name: HubSpot, Salesforce, and tables that people keep."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from notesense.core.vocabulary import Channel

_ACCOUNT = (
    "account name|account|company account|company name|company|associated company|associated companies|"
    "associated company names|associated company primary|customer name|customer|client name|client|organization|"
    "organisation|organization name|account name account name"
)
_DATE = (
    "hs timestamp|activity date|activitydate|call date|meeting date|note date|date|due date|date time opened|"
    "opened date|date opened|start|start time|start date time|timestamp|created date|create date|createdate|"
    "hs createdate|created at"
)
_SUBJECT = "subject|title|hs task subject|hs call title|hs meeting title|call title|meeting title|task name|ticket name"
_ID = (
    "record id|activity id|task id|event id|call id|note id|engagement id|case number|case id|ticket id|hs object id|id"
)
_KIND = "activity type|engagement type|task subtype|tasksubtype|channel|type|call type|calltype"
_CONTACT = "contact name|contact full name|contact|associated contact|associated contacts|contacts|name"
_MAIL = "contact email|email|email address"
_OWNER = "owner|owner name|assigned|assigned to|task owner|activity owner|case owner|note owner|created by"
_WORDS = frozenset("body comments comment description notes note text content message details summary".split())
"""The last word of a column that holds a note."""
_FURTHER = frozenset("pain pains objection objections signal feedback resolution concern concerns step steps".split())
"""The last word of a column that holds something said or noted besides."""
_GENERATED = frozenset({"hs call summary", "call summary", "ai summary", "meeting summary"})
_CASE = frozenset({"case number", "case id", "ticket id", "ticket name"})
_CHANNELS = {
    "call": Channel.CALL,
    "phone": Channel.CALL,
    "inbound": Channel.CALL,
    "outbound": Channel.CALL,
    "email": Channel.EMAIL,
    "meeting": Channel.MEETING,
    "event": Channel.MEETING,
    "visit": Channel.MEETING,
    "chat": Channel.CHAT,
    "case": Channel.SUPPORT,
    "ticket": Channel.SUPPORT,
    "note": Channel.MEMO,
    "task": Channel.MEMO,
}
USED = "Date, Account Name, Subject, Type, Contact Name, Owner and Record ID"
"""What else is used where a table has it."""
NEEDED = "Comments, Description, Notes or hs_note_body"
"""What one column must be called, among others."""


def folded(name: str) -> str:
    """Return a column's name as it is compared: lower case, one space for whatever is no letter or figure."""
    return " ".join(re.findall(r"[^\W_]+", name.casefold()))


class Columns(NamedTuple):
    """Where each thing stands (0-based), None where no column holds it. `words` has a column at least."""

    names: tuple[str, ...]
    words: tuple[int, ...]
    generated: frozenset[int]
    account: int | None
    date: int | None
    subject: int | None
    id: int | None
    kind: int | None
    contact: int | None
    mail: int | None
    owner: int | None
    channel: Channel | None
    """What all rows are, where the columns tell it."""

    @property
    def known(self) -> int:
        """How many columns are known besides the words."""
        others = (self.account, self.date, self.subject, self.id, self.kind, self.contact, self.owner)
        return sum(place is not None for place in others)


def columns_of(names: Sequence[str]) -> Columns | None:
    """Return what the columns of these names hold, or None where none holds the words of a note."""
    plain = [folded(name) for name in names]
    words = tuple(at for at, name in enumerate(plain) if name.rpartition(" ")[2] in _WORDS)
    further = tuple(at for at, name in enumerate(plain) if name.rpartition(" ")[2] in _FURTHER)
    generated = frozenset(at for at in words if plain[at] in _GENERATED)
    if not set(words) - generated:
        return None
    return Columns(
        names=tuple(name.strip() for name in names),
        words=tuple(sorted({*words, *further})),
        generated=generated,
        account=_place(plain, _ACCOUNT),
        date=_place(plain, _DATE),
        subject=_place(plain, _SUBJECT),
        id=_place(plain, _ID),
        kind=_place(plain, _KIND),
        contact=_place(plain, _CONTACT),
        mail=_place(plain, _MAIL),
        owner=_place(plain, _OWNER),
        channel=_channel_of_all(plain, words),
    )


def _place(plain: Sequence[str], names: str) -> int | None:
    return next((plain.index(name) for name in names.split("|") if name in plain), None)


def _channel_of_all(plain: Sequence[str], words: Sequence[int]) -> Channel | None:
    if _CASE & set(plain):
        return Channel.SUPPORT
    told = {channel_in(plain[at].removeprefix("hs ").partition(" ")[0]) for at in words if " " in plain[at]}
    return told.pop() if len(told) == 1 else None


def channel_in(words: str) -> Channel | None:
    """Return the channel that the first word of a kind or subject names, such as "Call" or "Email: Re: price"."""
    first = re.match(r"\W*([^\W\d_]+)", words.casefold().replace("e-mail", "email"))
    return _CHANNELS.get(first[1]) or _CHANNELS.get(first[1].removesuffix("s")) if first else None
