"""Which column of a CRM's export holds what, told by its name: HubSpot, Salesforce, and tables that people keep."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from notesense.core.vocabulary import Channel
from notesense.readers.crm_headers import Sort, folded, sort_of, written_by_machine

_ACCOUNT = (
    "account name|account|company account|company name|company|associated company|associated companies|"
    "associated company names|associated company primary|customer name|customer|client name|client|organization|"
    "organisation|organization name|account name account name|"
    "accountname|kunde|kundenname|firma|unternehmen|unternehmensname|zugeordnetes unternehmen|"
    "nom du compte|compte|entreprise|société|entreprise associée|nombre de la cuenta|cuenta|cliente|empresa|"
    "empresa asociada|nome account|azienda|nome da conta|conta|empresa associada|klant|bedrijf|accountnaam|"
    "取引先名|取引先|会社名|会社|顧客名"
)
_DATE = (
    "hs timestamp|activity date|activitydate|meeting start time|hs meeting start time|add time|"
    "call date|meeting date|note date|date|due date|date time opened|"
    "opened date|date opened|message date|start|start time|start date time|timestamp|created date|create date|"
    "createdate|hs createdate|created at|visit date|conversation date|logged date|sent date|created on|created|opened|"
    "day|datum|aktivitätsdatum|fällig am|fälligkeitsdatum|erstellungsdatum|erstellt am|erstelldatum|angelegt am|"
    "date d échéance|date de création|date de l activité|fecha|fecha de vencimiento|fecha de creación|"
    "fecha de la actividad|data|data di scadenza|data di creazione|data de vencimento|data de criação|vervaldatum|"
    "aanmaakdatum|日付|期日|作成日|活動日|活動日時"
)
_SUBJECT = (
    "subject|title|email subject|hs email subject|hs task subject|hs call title|hs meeting title|call title|"
    "meeting title|task title|note title|activity title|task name|ticket name|case subject|"
    "betreff|thema|titel|objet|sujet|titre|asunto|título|oggetto|titolo|assunto|onderwerp|件名|タイトル"
)
_ID = (
    "record id|activity id|task id|event id|call id|meeting id|note id|engagement id|case number|case id|ticket id|"
    "hs object id|id"
)
_KIND = "activity type|engagement type|task subtype|tasksubtype|channel|type|call type|calltype"
_CONTACT = (
    "contact name|contact full name|contact|associated contact|associated contacts|contacts|who name|"
    "ansprechpartner|ansprechpartnerin|kontakt|kontaktname|zugeordneter kontakt|nom du contact|contact associé|"
    "contacto|nombre del contacto|contatto|nome contatto|contato|nome do contato|contactpersoon|contactnaam|"
    "取引先責任者|担当者|連絡先|name"
)
_MAIL = "contact email|email|email address"
_OWNER = (
    "owner|owner name|assigned|assigned to|activity assigned to|task owner|activity owner|case owner|ticket owner|"
    "note owner|besitzer|inhaber|zuständig|zugewiesen an|propriétaire|attribué à|assigné à|propietario|asignado a|"
    "proprietario|assegnato a|proprietário|atribuído a|eigenaar|toegewezen aan|所有者|任命先"
)
_AUTHOR = "created by|created by name"
_SENDER = "from name|sender name|email from name|sender"
_SENT_FROM = "email from address|from address|hs email from email|sender email|from email|email from|from"
_SENT_TO = "email to address|to address|hs email to email|to email|email to|to"
_CASE = frozenset({"case number", "case id", "ticket id", "ticket name"})
_HELD = {"call id": Channel.CALL, "meeting id": Channel.MEETING}
"""What all rows are where only their ids tell it."""
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
NEEDED = "Notes (or Comments, Description, the same in German, French, Spanish and others)"
"""What one column must be called, among others."""
_LONGEST_NAME = 60
"""Characters of the longest name by which a column is known; a longer one may be a question that a form asks."""


class Columns(NamedTuple):
    """Where each thing stands (0-based), None where no column holds it. `words` has a column at least."""

    names: tuple[str, ...]
    words: tuple[int, ...]
    sorts: tuple[Sort, ...]
    """What each column holds of a note, in the order of `names`."""
    generated: frozenset[int]
    """The columns among `words` that a program wrote."""
    account: int | None
    date: int | None
    subject: int | None
    id: int | None
    kind: int | None
    contact: int | None
    mail: int | None
    owner: int | None
    author: int | None
    """Who entered it: one of us, but for cases, which customers enter themselves."""
    sender: int | None
    sent_from: int | None
    sent_to: int | None
    channel: Channel | None
    """What all rows are, where the columns tell it."""

    @property
    def facts(self) -> tuple[int, ...]:
        """The columns that are known and hold no words."""
        places = (self.account, self.date, self.subject, self.id, self.kind, self.contact, self.mail, self.owner)
        more = (self.author, self.sender, self.sent_from, self.sent_to)
        return tuple(place for place in (*places, *more) if place is not None)

    @property
    def known(self) -> int:
        """How many columns are known besides the words; an address alone does not count."""
        return len(set(self.facts) - {self.mail})

    def is_of(self, at: int, *sorts: Sort) -> bool:
        """Tell whether a column holds something of these sorts."""
        return self.sorts[at] in sorts


def columns_of(names: Sequence[str]) -> Columns | None:
    """Return what the columns of these names hold, or None where none holds the words of a note."""
    plain = [folded(name) if len(name) < _LONGEST_NAME else "" for name in names]
    sorts = tuple(sort_of(name) for name in plain)
    generated = written_by_machine(plain, sorts)
    words = tuple(at for at, sort in enumerate(sorts) if sort)
    noted = [at for at in words if sorts[at] != "further"]
    if not set(noted) - generated:
        return None
    return Columns(
        names=tuple(name.strip() for name in names),
        words=words,
        sorts=sorts,
        generated=generated,
        account=_place(plain, _ACCOUNT),
        date=_place(plain, _DATE),
        subject=_place(plain, _SUBJECT),
        id=_place(plain, _ID),
        kind=_place(plain, _KIND),
        contact=_place(plain, _CONTACT),
        mail=_place(plain, _MAIL),
        owner=_place(plain, _OWNER),
        author=_place(plain, _AUTHOR),
        sender=_place(plain, _SENDER),
        sent_from=_place(plain, _SENT_FROM),
        sent_to=_place(plain, _SENT_TO),
        channel=_channel_of_all(plain, noted),
    )


def _place(plain: Sequence[str], names: str) -> int | None:
    return next((plain.index(name) for name in names.split("|") if name in plain), None)


def _channel_of_all(plain: Sequence[str], words: Sequence[int]) -> Channel | None:
    if _CASE & set(plain):
        return Channel.SUPPORT
    told = {channel_in(plain[at].removeprefix("hs ").partition(" ")[0]) for at in words if " " in plain[at]}
    if len(told) == 1 and (channel := told.pop()) is not None:
        return channel
    return next((held for name, held in _HELD.items() if name in plain), None) if not told else None


def channel_in(words: str) -> Channel | None:
    """Return the channel that the first word of a kind or subject names, such as "Call" or "Email: Re: price"."""
    first = re.match(r"\W*([^\W\d_]+)", words.casefold().replace("e-mail", "email"))
    return _CHANNELS.get(first[1]) or _CHANNELS.get(first[1].removesuffix("s")) if first else None
