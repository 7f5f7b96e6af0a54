"""The seams: what the workflows ask of the outside world. Batches in, results out; no global state.

Adapters implement these; tests have fakes of each in `tests/fakes.py`, held to the same contract tests.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeAlias

from notesense.core.corrections import Correction
from notesense.core.note import Note, Value
from notesense.core.passage import Passage
from notesense.core.records import Ability, Call, Restriction, Spent
from notesense.core.requests import Reply, Request
from notesense.core.signal import Drafts, Extraction, Reason, Rejected, Signal, Usage


class Matrix(Protocol):
    """Rows of floats; a NumPy array is one."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Rows and columns."""
        ...

    def __len__(self) -> int: ...

    def __getitem__(self, key: Any, /) -> Any: ...


class Embedder(Protocol):
    """Texts to vectors of unit length. `fingerprint` changes whenever the same text would get another vector."""

    @property
    def name(self) -> str:
        """The model's published name."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """Identifies weights and pooling; the index remembers it and refuses a mix."""
        ...

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return one row for each text, in order. Raises EmbeddingError when there are no usable weights."""
        ...


class Engine(Protocol):
    """Finds signals. Answers one `Drafts` for each note, in order; a note that failed carries `error`."""

    @property
    def name(self) -> str:
        """`local`, or the name of another engine."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the answers might."""
        ...

    @property
    def batch(self) -> int:
        """How many notes it likes to be given at once."""
        ...

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        """Read notes, claim signals."""
        ...


class LanguageModel(Protocol):
    """Answers requests. Layers (cache, budget, redaction, ...) are language models around another one."""

    @property
    def name(self) -> str:
        """Provider and model as the user chose them, such as `openai:gpt-5-mini`."""
        ...

    def answer(self, requests: Iterable[Request]) -> Iterator[Reply]:
        """Yield one reply for each request, in their order, taking the next requests only as work goes on.

        What goes wrong with a request is told in its reply. Raises ModelError only where none could be asked at all:
        no key, an unknown provider.
        """
        ...


Arrived: TypeAlias = Callable[[Request, Reply], None]
"""Hears of a request and its reply."""
Further: TypeAlias = Callable[[Request, Sequence[Usage]], bool]
"""Tells whether a request may be tried once more, after answers to it that took so much and were of no use."""


def unheard(request: Request, reply: Reply) -> None:
    """Hear of a reply, and do nothing about it."""


class Sender(LanguageModel, Protocol):
    """A language model inside the layer that remembers: it tells of what came before its turn in the order."""

    def answer(self, requests: Iterable[Request], arrived: Arrived = unheard) -> Iterator[Reply]:
        """Yield the replies as every language model does.

        `arrived` hears each of them once, before it is yielded and as soon as it is there, in the caller's thread: what
        was paid for is not lost where nobody waits for its turn any more.
        """
        ...


class AccountNames(Value):
    """What an account is called, and what it answers to besides."""

    name: str
    aliases: tuple[str, ...] = ()


class AccountRow(AccountNames):
    """An account with its counts. Dates are None for an account without notes.

    `restricted` accounts never leave this machine; `restricted_notes` counts the notes that do not for themselves.
    """

    notes: int = 0
    signals: int = 0
    first_note: datetime.date | None = None
    last_note: datetime.date | None = None
    last_live: datetime.date | None = None
    restricted: bool = False
    restricted_notes: int = 0


class SignalFilter(Value):
    """Which signals are wanted; None means any. `since` and `until` are inclusive days."""

    account: str | None = None
    kinds: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    note_id: str | None = None


class Found(Value):
    """A signal together with the note facts that every citation shows; `restricted` notes leave no machine."""

    signal: Signal
    account: str
    date: datetime.date
    channel: str
    title: str
    restricted: bool = False


class Judged(Value):
    """A note on which a person spoke. `by_labels`: it came with labels, and all of them are proven."""

    note_id: str
    by_labels: bool


class Store(Protocol):
    """The record of everything. Each `save` is one transaction: all of it or nothing.

    What is shown of a note follows from what engines and labels found and from the rep's corrections
    (`notesense.core.corrections.settle`), whichever came first.
    """

    def save(
        self,
        note: Note,
        passages: Sequence[Passage],
        extraction: Extraction,
        corrections: Sequence[Correction] = (),
    ) -> None:
        """Write a new note with its passages, signals, rejected drafts and history; a new account is made.

        Raises InputError where another note has its id, or the id of one of its signals.
        """
        ...

    def replace_extraction(self, note_id: str, extraction: Extraction) -> None:
        """Put another run in the place of what engines found; labels stay, unless the run brings labels itself.

        Corrections stay, and win over whatever the run found. Raises InputError where there is no such note.
        """
        ...

    def correct(self, corrections: Sequence[Correction]) -> None:
        """Add to the histories of notes, and show what follows: all of it or nothing.

        Raises InputError where there is no such note.
        """
        ...

    def corrections(self, note_id: str) -> tuple[Correction, ...]:
        """Return all that the rep said of a note, oldest first."""
        ...

    def signal_ids(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """Return (signal id, note id) of signals shown or once corrected whose id begins so, in order."""
        ...

    def judged(self, account: str | None = None, since: datetime.date | None = None) -> tuple[Judged, ...]:
        """Return the notes that have corrections or came with labels, oldest first."""
        ...

    def untracked(self, mark: str) -> tuple[str, ...]:
        """Return the ids of notes that an engine read, but not for the trackers of this mark, as they came."""
        ...

    def replace_tracked(self, note_id: str, extraction: Extraction, kinds: Collection[str]) -> None:
        """Put what trackers found in the place of a note's engine signals of these kinds; all others stay."""
        ...

    def withdraw(self, note_id: str, signal_ids: Collection[str], reason: Reason) -> None:
        """Put an engine's signals among a note's refused drafts; labels and what the rep said stay."""
        ...

    def known(self, account: str, text: str) -> tuple[Note, ...]:
        """Return the account's notes that have exactly this text, oldest first."""
        ...

    def elsewhere(self, note: Note) -> tuple[Note, ...]:
        """Return notes of other accounts with exactly this text, or of the same day and with the same meeting's id."""
        ...

    def note(self, note_id: str) -> Note | None:
        """Return a note by its id."""
        ...

    def notes(self, account: str | None = None, until: datetime.date | None = None) -> tuple[Note, ...]:
        """Return notes, oldest first."""
        ...

    def passages(self, note_id: str) -> tuple[Passage, ...]:
        """Return a note's passages in order."""
        ...

    def signals(self, wanted: SignalFilter) -> tuple[Found, ...]:
        """Return signals with their notes' facts, by date, then place in the note."""
        ...

    def rejected(self, note_id: str) -> tuple[Rejected, ...]:
        """Return the refused drafts of a note."""
        ...

    def unread(self) -> tuple[str, ...]:
        """Return the ids of notes that were kept although their engine failed, oldest first."""
        ...

    def languages(self, account: str | None = None) -> tuple[tuple[str, str], ...]:
        """Return (note id, language) of the notes whose engine was not trained for their language, oldest first."""
        ...

    def accounts(self) -> tuple[AccountRow, ...]:
        """Return all accounts with their counts, by name."""
        ...

    def account_names(self) -> tuple[AccountNames, ...]:
        """Return all accounts without any counting, by name."""
        ...

    def add_alias(self, account: str, alias: str) -> None:
        """Let an account answer to another name too. Raises InputError where the alias is another account's."""
        ...

    def match_text(self, query: str, account: str | None, limit: int) -> tuple[tuple[str, int], ...]:
        """Full-text search: (note id, passage ordinal), best first. Any characters are allowed in the query."""
        ...

    def forget(self, account: str, note_id: str | None = None) -> tuple[str, ...]:
        """Delete an account with all that hangs on it, or one of its notes; return the ids of the notes that went."""
        ...

    def unindexed(self, generation: str) -> tuple[str, ...]:
        """Return the ids of notes that this generation of the index does not hold yet."""
        ...

    def mark_indexed(self, note_ids: Iterable[str], generation: str) -> None:
        """Remember that this generation of the index holds these notes."""
        ...

    def passage_count(self, generation: str | None = None) -> int:
        """Return how many passages the store holds, or only those that this generation of the index should hold."""
        ...

    def close(self) -> None:
        """Release the database."""
        ...


class Abilities(Protocol):
    """Remembers how servers take the form of an answer, once that was found out. `ModelRecords` is one."""

    def ability(self, server: str, model: str) -> str | None:
        """Return how this model on this server is asked for a form, None before that is known."""
        ...

    def note_ability(self, ability: Ability) -> None:
        """Remember it in the place of what was known of this model on this server."""
        ...


class ModelRecords(Abilities, Protocol):
    """What is kept of the work with language models. Each method is one transaction."""

    def remembered(self, key: str, model: str) -> Reply | None:
        """Return the answer that this model gave to the request with this key: cached, and at no cost."""
        ...

    def remember(self, request: Request, model: str, reply: Reply) -> None:
        """Keep an answer; an earlier one of the same model to the same request goes. Failures are never kept."""
        ...

    def record(self, made: Sequence[Call]) -> None:
        """Write down what was asked and what it cost."""
        ...

    def spent(self, since: datetime.date | None = None) -> tuple[Spent, ...]:
        """Return what was spent, by month, model and task, in this order."""
        ...

    def abilities(self) -> tuple[Ability, ...]:
        """Return all that was found out, by server and model."""
        ...

    def restrict(self, restriction: Restriction) -> None:
        """Keep an account or a note from leaving this machine; twice is once."""
        ...

    def lift(self, restriction: Restriction) -> bool:
        """Take back just this restriction; False where there was none."""
        ...

    def restrictions(self) -> tuple[Restriction, ...]:
        """Return all restrictions, by account and note; account names as they were given."""
        ...

    def forget(self, accounts: Collection[str], note_ids: Collection[str], whole: bool) -> None:
        """Delete what belongs to these notes, and to the account with these names that no one note explains.

        With `whole` all that belongs to the account goes. What calls cost stays in the sums, without note or account.
        """
        ...

    def close(self) -> None:
        """Release the database."""
        ...


Progress: TypeAlias = Callable[[int, int], None]
"""Called with (done, total) while long work goes on."""
