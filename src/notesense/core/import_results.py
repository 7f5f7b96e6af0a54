"""What importing and showing notes answer: the report, the plan of a dry run, a note in all its forms."""

import datetime
from typing import Literal, TypeAlias

from pydantic import Field

from notesense.core.note import Note, Value
from notesense.core.results import Elsewhere, Refused
from notesense.core.source_ports import OtherForm
from notesense.core.vocabulary import Channel


class ToldBy(Value):
    """What told how many notes' account."""

    account: str
    why: str
    notes: int


class JoinedForm(Value):
    """A note that came as another form of one that is there: it is kept with that one, and nothing counts twice."""

    where: str
    note_id: str
    account: str
    date: datetime.date
    form: str = ""
    fuller: bool = False
    """True where it has plainly more words than the note that is kept."""


class Changed(Value):
    """A file that was read before in another state, with the notes of then, which it no longer gives and are kept."""

    where: str
    note_ids: tuple[str, ...]


class Twin(Value):
    """A note that was added although another account has the same one."""

    where: str
    note_id: str
    account: str
    other: Elsewhere


PassedOver: TypeAlias = Literal["companion", "hidden", "empty", "partial", "before", "columns"]
"""Why a file or note is passed over: it completes others, is hidden, empty, still being written, or too old.

`columns` is of a table that was read: some of its columns hold texts and are known as nothing.
"""


class Skipped(Value):
    """A file or note that was rightly passed over: where, why, and that in words."""

    where: str
    why: PassedOver
    reason: str


class Imported(Value):
    """The answer of `import` and `watch`. Counts are notes; `refused` tells file and line of what could not be read."""

    files: int = 0
    """Files that were looked at, those in archives counted one by one."""
    unchanged: int = 0
    """Files among them that were read completely before, and are as they were; their notes are among the known."""
    read: int = 0
    added: int = 0
    known: int = 0
    undated: int = 0
    """Notes whose source tells no day; they are dated on the day of the import."""
    undated_in: tuple[str, ...] = ()
    """Where they stand."""
    unclear_days: tuple[Refused, ...] = ()
    """What stands for the day of undated notes that may be one of several days, or is none."""
    signals: int = 0
    rejected: int = 0
    accounts: tuple[str, ...] = ()
    new_accounts: tuple[str, ...] = ()
    """Those of the accounts that this import began."""
    joined: tuple[JoinedForm, ...] = ()
    twins: tuple[Twin, ...] = ()
    """Added notes that stand in another account, too: a mail to two customers, or one of them is in the wrong place."""
    changed: tuple[Changed, ...] = ()
    """Files that were read before in another state: what they said then is kept as notes of its own."""
    skipped: tuple[Skipped, ...] = ()
    """Files and notes that were passed over: companions, hidden and empty files, notes before the day asked for."""
    told: tuple[ToldBy, ...] = ()
    """Accounts that neither the user nor the source named, with what told them."""
    refused: tuple[Refused, ...] = ()
    failed: tuple[Refused, ...] = ()
    """Notes that were saved although the engine failed on them."""
    index_error: str | None = None
    not_compared: int = 0
    """Notes that are left to be compared with the others of their account when that is next prepared."""
    interrupted: bool = False
    seconds: float = 0.0
    read_as: dict[str, int] = Field(default_factory=dict)
    """How many notes were read as which encoding because their content looked so."""
    languages: dict[str, int] = Field(default_factory=dict)
    """How many notes are in which language, as ISO 639 code, that the engine was not trained for."""


class PlannedNote(Value):
    """What an import would do with a note. `note_id` is the one that is there, where it would not be added."""

    status: Literal["added", "known", "joined"]
    account: str
    date: datetime.date
    undated: bool = False
    unclear_day: str = ""
    channel: Channel
    title: str = ""
    note_id: str | None = None


class PlannedFile(Value):
    """What an import would do with a file: its notes as it would take them, and what could not be taken or read."""

    where: str
    form: str = ""
    unchanged: int | None = None
    """Where the file was read completely before and is as it was: how many notes came of it."""
    notes: tuple[PlannedNote, ...] = ()
    refused: tuple[Refused, ...] = ()
    skipped: tuple[Skipped, ...] = ()


class ImportPlan(Value):
    """The answer of `import --dry-run` where no model is asked: nothing was written."""

    files: tuple[PlannedFile, ...] = ()


class ShownNote(Value):
    """The answer of `show`: a note as it is kept, and the other forms in which it came.

    `shown` is the form that was asked for, counted from 1; None for the note itself.
    """

    note: Note
    forms: tuple[OtherForm, ...] = ()
    shown: int | None = None
