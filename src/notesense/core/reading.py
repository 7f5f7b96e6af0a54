"""What a reader makes of one file, paste or line of an export, before it is known whose note it is and of which day."""

import datetime

from notesense.core.note import Value
from notesense.core.results import Refused
from notesense.core.signal import Draft
from notesense.core.vocabulary import Channel


class Reading(Value):
    """A note as read: what the source does not tell is None. `where` names the source for messages.

    `labels` are signals that a person labelled; they go through grounding as an engine's drafts do. None where the
    source tells nothing of labels; without any where it tells that the note holds no signal.
    """

    where: str
    text: str
    id: str | None = None
    account: str | None = None
    date: datetime.date | None = None
    channel: Channel | None = None
    title: str = ""
    labels: tuple[Draft, ...] | None = None
    partial: bool = False
    """True where the source says that these are not all labels of the note."""


class Readings(Value):
    """All that a source gave: the notes, and what could not be read with the reason."""

    notes: tuple[Reading, ...] = ()
    refused: tuple[Refused, ...] = ()
