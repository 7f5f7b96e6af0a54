"""What a reader makes of one file, paste or line of an export, before it is known whose note it is and of which day."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from pydantic import model_validator

from notesense.core.carried import Carried, Recorded
from notesense.core.import_results import Skipped
from notesense.core.note import Ascribed, Attendee, Note, NoteSource, Turn, Value, check_turns, note_id
from notesense.core.results import ReadAs, Refused
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
    undated: bool = False
    """True where another store knew that `date` is only the day on which the note came."""
    typed: bool = False
    """True for what a person writes or pastes just now: without a day it is of today, and nobody need doubt that."""
    meeting: str = ""
    attendees: tuple[Attendee, ...] = ()
    form: str = ""
    labels: tuple[Draft, ...] | None = None
    partial: bool = False
    """True where the source says that these are not all labels of the note."""
    recorded: Recorded | None = None
    """What another store knew of the note. With it no engine reads the note, and labels are of no account."""
    unclear_day: str = ""
    """What the source tells of the day where that may be one of several days, or is none; `date` is None then."""
    read_as: ReadAs | None = None
    """The encoding where the source does not tell it and it is not UTF-8; None elsewhere."""

    @model_validator(mode="after")
    def _has_turns_in_order(self) -> Self:
        check_turns(self.turns, self.text)
        return self

    def as_note(
        self,
        account: str,
        date: datetime.date,
        channel: Channel,
        ascribed: Ascribed | None = None,
        *,
        undated: bool = False,
    ) -> Note:
        """Return the note of this account, day and channel; one without an id gets that of its words.

        `undated` says that nothing told the day.
        """
        return Note(
            id=self.id or note_id(account, date, self.text),
            account=account,
            date=date,
            channel=channel,
            title=self.title,
            text=self.text,
            turns=self.turns,
            source=NoteSource(
                form=self.form,
                meeting=self.meeting,
                started=self.started,
                attendees=self.attendees,
                undated=undated or self.undated,
            ),
            ascribed=ascribed or Ascribed(),
        )


class Readings(Value):
    """All that a source gave: the notes, what could not be read with the reason, and what was passed over.

    `carried` is what another store knew besides.
    """

    notes: tuple[Reading, ...] = ()
    refused: tuple[Refused, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    carried: Carried = Carried()


@dataclass(frozen=True)
class Piece:
    """One file of a folder or archive as the walk through these comes to it.

    `read` gives what is in it and never raises on what the file holds. `mark` is what the file is known again by, whole
    and unchanged, in the same place under the same options of reading; `place` stands for where it lies, whatever is in
    it; both are empty where there is none. `before` and `reached`
    are how far the walk is before and after the piece, from 0 to 1; `files` is how many files it knows of so far.
    """

    where: str
    read: Callable[[], Readings]
    mark: str = ""
    place: str = ""
    before: float = 0.0
    reached: float = 1.0
    files: int = 1
