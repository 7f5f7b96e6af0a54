"""Names of files and folders made of what notes and accounts are called: safe on every system, none given twice.

What a name holds is never trusted: no separators, no leading dots, no names that Windows keeps for itself.
"""

import re
import unicodedata

from notesense.core.hidden import visible
from notesense.core.note import Note

LONGEST = 60
"""Characters of one part of a name."""
_UNSAFE = re.compile(r"[^\w .&,()+-]|_{2,}")
_BETWEEN = re.compile(r"[ .,&()+-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def safe_name(words: str, otherwise: str) -> str:
    """Return words as one part of a path; `otherwise` where nothing is left of them."""
    plain = visible(unicodedata.normalize("NFC", words))
    name = re.sub(r"\s+", " ", _UNSAFE.sub("-", plain))[:LONGEST].strip(" .-")
    return f"{name}-" if _RESERVED.fullmatch(name) else name or otherwise


class Names:
    """Gives names, each once, also for those who take capital and small letters for the same."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._folders: dict[str, str] = {}

    def of_note(self, note: Note, ending: str) -> str:
        """Return the path of a note's file: in its account's folder, by day, title and id."""
        if note.account not in self._folders:
            self._folders[note.account] = self._once(safe_name(note.account, "account"), "")
        folder = self._folders[note.account]
        title = safe_name(note.title, "")
        parts = [note.date.isoformat(), _BETWEEN.sub("-", title).strip("-"), safe_name(note.id, "note")]
        return self._once(f"{folder}/{'-'.join(filter(None, parts))}", ending)

    def _once(self, name: str, ending: str) -> str:
        number, wanted = 1, name
        while unicodedata.normalize("NFKC", wanted).casefold() in self._given:
            number += 1
            wanted = f"{name}-{number}"
        self._given.add(unicodedata.normalize("NFKC", wanted).casefold())
        return wanted + ending
