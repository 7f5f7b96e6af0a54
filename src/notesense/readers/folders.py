"""Which account the folders name in which a file lies: not those of kinds of files, of mail programs and of times."""

import re
import unicodedata
from collections.abc import Sequence

from notesense.core.domains import is_of_anybody

_FOR_CUSTOMERS = frozenset(
    "account accounts client cliente clientes clienti clients customer customers klant klanten kunde kunden".split()
)
_FOR_TIMES = frozenset(
    "all and april archiv archive archived archives archivio archivos august december february january july june march "
    "may november october of old q september the week work year".split()
)
"""Words for folders of which each holds those of customers, and for times: the folder below them says whose it is."""
_KINDS_OF_FOLDERS = frozenset(
    "all and anrufe appels april archiv archive archived archives archiviert archivio archivos arrivo attachments "
    "audio aufnahmen august backup backups bandeja besprechungen bilder bin boite bozze boîte brouillons bureau "
    "call calls captions chat chats computer concepten contacts corbeille corrupted courriel courrier crm csv cur "
    "data de december deleted demo desktop di doc docs document documents dokumente download downloads drafts "
    "dropbox elemente elementi elementos eliminados email emails eml en entrada entrée entwürfe enviados envoyés "
    "escritorio export exports fathom february file files fireflies folder fotos from gelöscht gelöschte geral "
    "gesendet gesendete gmail gong google granola hubspot images import imports in inbox incoming indésirables "
    "inkorgen intern internal interne interno inviata inviati inviato invio items january july june junk la laptop "
    "le library llamadas machine mail mailbox maildir mails march may mbox meet meeting meetings memo memos minutes "
    "misc my new notas note notes notities notizen november october of old onedrive ongewenste otter outbox "
    "outgoing outlook papelera papierkorb pc pdf pdfs personal phone photos pictures posta postausgang posteingang "
    "postvak presentations q received recibidos recording recordings rejected rep report reports reuniones reuniões "
    "réception réunions salesforce salida sauvegarde scans schreibtisch screenshots sent september shared "
    "sharepoint skickat slack spam src stuff summaries support supprimés takeout team teams temp templates the "
    "thunderbird ticket tickets tmp transcript transcripts trash txt uit unread unsorted vergaderingen verzonden "
    "video videos vorlagen vtt week work zip zoom éliminés éléments".split()
)
"""Words for what lies in a folder (mail folders in several languages, too), or of which time it is.

A folder whose name has no other words is called after no account.
"""
_WORD = re.compile(r"[^\W\d_]+")


def account_of(folders: Sequence[str]) -> str | None:
    """Return the account that the folders name in which a file lies, the outermost given first; None where none does.

    Folders for customers as such or for a time are passed by; of the others the first one says it, or nothing does.
    """
    for folder in folders:
        if not holds_accounts(folder):
            return composed(folder) if _names_an_account(folder) else None
    return None


def composed(name: str) -> str:
    """Return a name with its letters composed: some systems write them with separate accents."""
    return unicodedata.normalize("NFC", name)


def holds_accounts(folder: str) -> bool:
    """Tell whether a folder holds those of customers, or is that of a time: "Customers", "2026", "Q1 2026".

    "Customer 12" is a customer's.
    """
    words = _WORD.findall(composed(folder).casefold())
    passed = _FOR_TIMES if any(char.isdigit() for char in folder) else _FOR_TIMES | _FOR_CUSTOMERS
    return all(word in passed for word in words)


def _names_an_account(folder: str) -> bool:
    """Tell whether a folder may be called after an account: not one that says what lies in it, or of which time.

    Nor is one that is called as a domain from which anybody may write.
    """
    if is_of_anybody(folder):
        return False
    return any(word not in _KINDS_OF_FOLDERS for word in _WORD.findall(composed(folder).casefold()))
