"""What an account's notes tell, for one run: so that words which mails quote from each other count once.

They count in the oldest note in which they stand, in whatever order the notes come.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from notesense.core.accounts import key
from notesense.core.grounding import ground
from notesense.core.note import Note
from notesense.core.passage import Passage
from notesense.core.passages import passages_of
from notesense.core.ports import SignalFilter, Store
from notesense.core.retelling import is_newer, retold, words_of
from notesense.core.signal import Drafts, Extraction, Reason, Signal
from notesense.core.trackers import Trackers
from notesense.core.vocabulary import Origin


@dataclass(frozen=True)
class _Told:
    note: Note

    @cached_property
    def words(self) -> str:
        """All words of the note that can prove anything."""
        return words_of(self.note.testimony)


@dataclass
class _Account:
    """The notes of an account in the order of their coming, and the words of quoted signals that count, by note."""

    told: dict[str, _Told] = field(default_factory=dict)
    quoted: dict[str, list[str]] = field(default_factory=dict)

    def quotes(self, note_id: str, signals: Iterable[Signal]) -> None:
        """Remember which of a note's signals are quoted from a mail."""
        for signal in filter(_is_quoted, signals):
            self.quoted.setdefault(note_id, []).append(words_of(signal.quote))


class Tellings:
    """Remembers what it has read of the store, so it is for one run; what the run keeps it is told by `keep`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._accounts: dict[str, _Account] = {}

    def ground(self, note: Note, drafts: Drafts, engine: str, trackers: Trackers) -> Extraction:
        """Prove what an engine claims of a note, which may be in the store already."""
        parts = passages_of(note)
        found = ground(note, parts, drafts, engine, trackers=trackers.names, retold=self._retold(note, parts))
        return trackers.read(found)

    def keep(self, note: Note, signals: Sequence[Signal]) -> None:
        """Take in a note that was just saved; signals of newer notes that only quote its words are withdrawn."""
        known = self._accounts.get(key(note.account)) or self._load(note)
        told = known.told.setdefault(note.id, _Told(note))
        for other, quoted in known.quoted.items():
            newer = other != note.id and is_newer(known.told[other].note, note)
            if newer and any(words in told.words for words in quoted):
                self._withdraw(known.told[other].note, told.words)
        known.quotes(note.id, signals)

    def _retold(self, note: Note, parts: Sequence[Passage]) -> frozenset[int]:
        """Return the passages of a note that only carry along what an older note of the account tells."""
        if not any(part.quoted for part in parts):
            return frozenset()
        known = self._accounts.get(key(note.account)) or self._load(note)
        ids = list(known.told)
        own = ids.index(note.id) if note.id in known.told else len(ids)
        older = [
            told
            for at, told in enumerate(known.told.values())
            if at != own and (is_newer(note, told.note) or (at < own and not is_newer(told.note, note)))
        ]
        return retold(parts, (told.words for told in reversed(older)))

    def _load(self, note: Note) -> _Account:
        """Read what the store holds of a note's account."""
        found = self._store.signals(SignalFilter(account=note.account))
        known = _Account({each.id: _Told(each) for each in self._store.notes(note.account)})
        for one in found:
            known.quotes(one.signal.note_id, [one.signal])
        return self._accounts.setdefault(key(note.account), known)

    def _withdraw(self, other: Note, words: str) -> None:
        """Withdraw the signals of a note that only quote these words."""
        parts = passages_of(other)
        told = retold(parts, [words])
        fresh = [part for part in parts if part.ordinal not in told]
        found = [one.signal for one in self._store.signals(SignalFilter(account=other.account, note_id=other.id))]
        gone = [one.id for one in found if _is_quoted(one) and not any(_overlap(part, one) for part in fresh)]
        if gone:
            self._store.withdraw(other.id, gone, Reason.TOLD_BEFORE)


def _overlap(part: Passage, signal: Signal) -> bool:
    return part.start < signal.end and signal.start < part.end


def _is_quoted(signal: Signal) -> bool:
    return signal.origin is Origin.QUOTED and signal.source == "engine"
