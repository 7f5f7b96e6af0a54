"""What a reader makes of one file, paste or line of an export, before it is known whose note it is and of which day."""

import datetime
from typing import Self

from pydantic import model_validator

from notesense.core.note import Ascribed, Attendee, Note, NoteSource, Turn, Value, check_turns, note_id
from notesense.core.results import Refused
from notesense.core.signal import Draft
from notesense.core.vocabulary import Channel


class Reading(Value):
    """A note as read: what the source does not tell is None or empty. `where` names the source for messages.

    `turns` tell who speaks where, as `Note.turns` do. `started` is when the meeting began or the message was sent,
    `meeting` the source's own id of it (a call id, a Message-ID), `form` the name of the family of files.

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
    turns: tuple[Turn, ...] = ()
    started: datetime.datetime | None = None
    meeting: str = ""
    attendees: tuple[Attendee, ...] = ()
    form: str = ""
    labels: tuple[Draft, ...] | None = None
    partial: bool = False
    """True where the source says that these are not all labels of the note."""

    @model_validator(mode="after")
    def _has_turns_in_order(self) -> Self:
        check_turns(self.turns, self.text)
        return self

    def as_note(self, account: str, date: datetime.date, channel: Channel, ascribed: Ascribed | None = None) -> Note:
        """Return the note of this account, day and channel; one without an id gets that of its words."""
        return Note(
            id=self.id or note_id(account, date, self.text),
            account=account,
            date=date,
            channel=channel,
            title=self.title,
            text=self.text,
            turns=self.turns,
            source=NoteSource(form=self.form, meeting=self.meeting, started=self.started, attendees=self.attendees),
            ascribed=ascribed or Ascribed(),
        )


class Readings(Value):
    """All that a source gave: the notes, and what could not be read with the reason."""

    notes: tuple[Reading, ...] = ()
    refused: tuple[Refused, ...] = ()
