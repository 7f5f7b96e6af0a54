"""What the verbs answer, apart from briefing and agenda: plain values that one renderer prints as text or JSON."""

import datetime
from collections import Counter
from typing import Literal, TypeAlias

from notesense.core.corrections import Correction, Verdict
from notesense.core.note import Note, Value
from notesense.core.ports import Found
from notesense.core.records import Restriction
from notesense.core.signal import Extraction, Rejected, Signal
from notesense.core.vocabulary import Origin, in_order


class News(Value):
    """One thing that a note tells about its account for the first time, with the signal it rests on."""

    what: str
    signal: Signal | None = None


class ReadAs(Value):
    """The encoding that a source's bytes were read as because they looked so. `sure` where no other came near."""

    encoding: str
    sure: bool = True


class Elsewhere(Value):
    """A note of another account that has the same words, or is of the same meeting or mail, as one that came."""

    note_id: str
    account: str


class Kept(Value):
    """What became of one note handed to `add`. `known` means that it was there before and nothing was done.

    `joined` means that `note` was there before in another form, as which this one is kept with it.
    """

    status: Literal["added", "known", "joined"]
    note: Note
    signals: tuple[Signal, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    news: tuple[News, ...] = ()
    undated: bool = False
    """True where nothing told the day, so that the note is dated on the day of the adding."""
    unclear_day: str = ""
    """What the source of an undated note tells of the day that may be one of several days, or is none."""
    error: str | None = None
    """Why the engine failed on this note; the note itself is saved."""
    restricted: bool = False
    """True where the note was restricted with this `add`."""
    fuller: bool = False
    """True where another form was joined to the note that has plainly more words than it."""
    read_as: ReadAs | None = None
    """The encoding where only the content told it."""
    language: str = ""
    """The language, as ISO 639 code, that the engine was not trained for and a good part of the note is in."""
    elsewhere: tuple[Elsewhere, ...] = ()
    """Notes of other accounts that are the same: perhaps it stands under the wrong one."""

    def counts(self) -> dict[str, int]:
        """Return how many signals of each kind were found, in the guide's order, trackers last, without zeros."""
        tally = Counter(signal.kind for signal in self.signals)
        return {kind: tally[kind] for kind in in_order(tally)}


class Added(Value):
    """The answer of `add`. `index_error` says why the search index could not take the notes; they are saved."""

    kept: tuple[Kept, ...]
    refused: tuple["Refused", ...] = ()
    index_error: str | None = None
    not_compared: int = 0
    """Notes that are left to be compared with the others of their account when that is next prepared."""


class Refused(Value):
    """One file or line that could not be taken: where, and why."""

    where: str
    reason: str


class Unsettled(Refused):
    """A note that is refused because nothing tells whose it is; what comes after it may yet tell."""


class Extracted(Value):
    """The answer of `extract` for one note: nothing is stored."""

    note: Note
    extraction: Extraction


class Listed(Value):
    """The answer of `signals`. `corrections` is what the rep said of the one note that was asked for, oldest first."""

    account: str | None
    found: tuple[Found, ...]
    corrections: tuple[Correction, ...] = ()


Status: TypeAlias = Verdict | Literal["unchanged"]


class Change(Value):
    """What the rep's word made of one signal. `now` is None where it is shown no more.

    `before` is the signal as it last was, None where it is new.
    """

    status: Status
    signal_id: str
    note_id: str
    account: str
    date: datetime.date
    channel: str
    now: Signal | None = None
    before: Signal | None = None
    why: str = ""
    """Why nothing was changed, or what else there is to know."""


class MarkedNote(Value):
    """A note whose mark as complete was set or taken away; `as_before` where it was so already."""

    note_id: str
    account: str
    date: datetime.date
    channel: str
    complete: bool
    as_before: bool = False


class Corrected(Value):
    """The answer of `correct`, `confirm` and `reject`, in the order in which it was asked for."""

    changes: tuple[Change, ...] = ()
    notes: tuple[MarkedNote, ...] = ()


class LabelledNote(Value):
    """A note with the signals that a person spoke for. `complete` is True where these are all that there are."""

    note: Note
    signals: tuple[Signal, ...]
    rejected: tuple[Signal, ...] = ()
    complete: bool


class Exported(Value):
    """The answer of `eval export`, oldest note first.

    `left_out` counts notes with corrections that nobody marked as complete, `unconfirmed` the signals in the exported
    notes that no person spoke for and that were left out.
    """

    notes: tuple[LabelledNote, ...]
    left_out: int = 0
    unconfirmed: int = 0


class Trained(Value):
    """The answer of `train`: F1 over all kinds on notes that the heads had not seen, of the old heads and of new ones.

    `kept` tells which are in use from now on; with `trial` nothing was written. `removed` means that a team's heads
    were taken away and the shipped ones are back; then there are no figures.
    """

    kept: Literal["old", "new"]
    version: str
    """The local engine's version from now on."""
    trial: bool = False
    removed: bool = False
    notes: int = 0
    signals: int = 0
    folds: int = 0
    by_account: bool = True
    """Whether notes of one account were always on the same side; with a single account they cannot be."""
    old_f1: float | None = None
    new_f1: float | None = None


class SearchHit(Value):
    """One passage that answers a search, with its citation. `by` tells whether meaning, words or both found it."""

    note_id: str
    account: str
    date: datetime.date
    channel: str
    title: str
    quote: str
    start: int
    end: int
    line: int
    speaker: str | None = None
    origin: Origin = Origin.REP_NOTE
    by: Literal["meaning", "words", "both"]
    score: float


class Searched(Value):
    """The answer of `search`, best hit first. `warning` tells when only full text could be searched, and why."""

    query: str
    account: str | None
    hits: tuple[SearchHit, ...]
    warning: str | None = None


class Check(Value):
    """One line of `doctor`."""

    name: str
    state: Literal["ok", "warning", "fault"]
    detail: str
    fix: str = ""


class Checked(Value):
    """The answer of `doctor`."""

    checks: tuple[Check, ...]


class Reindexed(Value):
    """The answer of `reindex`. `reread` counts notes that an engine had failed on and has read now.

    `tracked` counts notes that were there before and have been read for new or changed trackers, `not_compared` those
    that are left to be compared with the others of their account when that is next prepared.
    """

    reread: int = 0
    still_unread: int = 0
    tracked: int = 0
    not_compared: int = 0
    notes: int
    passages: int
    seconds: float


class TrackerRow(Value):
    """One tracker of the team. `found` and `mistaken` tell how its examples separate, each left out once."""

    name: str
    definition: str
    examples: int
    not_examples: int
    found: int
    """Positive examples that are found when they are left out of the learning."""
    mistaken: int
    """Negative examples that are taken for the tracker when they are left out of the learning."""
    signals: int = 0


class TrackerList(Value):
    """The answer of `trackers`. `file` is where they stand, or where they can be written; `waiting` counts old notes.

    Waiting are notes that have not been read for these trackers yet.
    """

    file: str
    trackers: tuple[TrackerRow, ...] = ()
    waiting: int = 0


class Restrained(Value):
    """The answer of `restrict`: the restrictions in force, by account and note, or what one command made of them.

    `changed` is None where nothing was to be changed, False where it was so already. `lifted` tells whether the
    restriction was taken back.
    """

    restrictions: tuple[Restriction, ...]
    changed: bool | None = None
    lifted: bool = False


class TakenOut(Value):
    """The answer of `export`. Counts are of what was written; `size` is in bytes, of all files together.

    `restricted` are accounts that must not leave this machine, wholly or with some notes, and stand in it nevertheless.
    `too_large` means that the file is larger than one that can be imported.
    """

    form: str
    where: str
    notes: int
    accounts: tuple[str, ...]
    signals: int
    corrections: int
    restricted: tuple[str, ...] = ()
    files: int = 1
    size: int
    too_large: bool = False
    seconds: float = 0.0


class Forgotten(Value):
    """The answer of `forget`."""

    account: str
    notes: int
    signals: int
    note_id: str | None = None
    """The one note that was forgotten; None where the whole account was."""
