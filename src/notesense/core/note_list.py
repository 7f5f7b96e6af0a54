"""The answer of `notes`: the notes of an account, one line each."""

import datetime

from notesense.core.note import Value
from notesense.core.vocabulary import Channel


class ListedNote(Value):
    """A note without its words. `forms` counts the other forms in which it came."""

    id: str
    date: datetime.date
    undated: bool = False
    """True where nothing told the day, and `date` is that of its coming."""
    channel: Channel
    title: str = ""
    form: str = ""
    signals: int = 0
    forms: int = 0
    restricted: bool = False


class NoteList(Value):
    """An account's notes, oldest first."""

    account: str
    notes: tuple[ListedNote, ...] = ()
