"""Keeps the search index in step with the store: after each commit, and whenever it is found missing or behind.

The store is the record; the index can be lost at any moment, and is filled again from the store.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from notesense.core.note import Note
from notesense.core.ports import Embedder, Index, IndexEntry, OpenIndex, Progress, Store
from notesense.core.results import Reindexed

CHUNK = 2_000
"""Passages embedded and put into the index at once."""


class Librarian:
    """Opens the index under its lock and brings it up to date with the store."""

    def __init__(self, store: Store, embedder: Embedder, open_index: OpenIndex) -> None:
        self._store = store
        self._embedder = embedder
        self._open_index = open_index

    @contextmanager
    def opened(self) -> Iterator["Shelf"]:
        """Open the index; others wait until it is closed. Raises IndexUnusable when it is not to be had."""
        with self._open_index() as index:
            yield Shelf(index, self._store, self._embedder)

    def catch_up(self, progress: Progress | None = None) -> int:
        """Bring the index up to date; return how many passages were added."""
        with self.opened() as shelf:
            return shelf.catch_up(progress)

    def rebuild(self, progress: Progress | None = None) -> Reindexed:
        """Throw the index away and fill it again from the store."""
        began = time.monotonic()
        with self.opened() as shelf:
            shelf.index.reset()
            passages = shelf.catch_up(progress)
        notes = sum(account.notes for account in self._store.accounts())
        return Reindexed(notes=notes, passages=passages, seconds=time.monotonic() - began)


class Shelf:
    """An open index beside the store that it follows."""

    def __init__(self, index: Index, store: Store, embedder: Embedder) -> None:
        self.index = index
        self._store = store
        self._embedder = embedder

    def catch_up(self, progress: Progress | None = None) -> int:
        """Add what the store holds and the index does not; begin anew where the two cannot agree."""
        added = self._add_missing(progress)
        if self.index.count() != self._store.passage_count(self.index.generation):
            self.index.reset()
            added = self._add_missing(progress)
        return added

    def _add_missing(self, progress: Progress | None) -> int:
        missing = self._store.unindexed(self.index.generation)
        added = done = 0
        batch: list[Note] = []
        entries: list[IndexEntry] = []
        texts: list[str] = []
        for note_id in missing:
            note = self._store.note(note_id)
            if note is None:
                continue
            batch.append(note)
            passages = self._store.passages(note_id)
            texts += [passage.text for passage in passages]
            entries += [_entry(note, passage.ordinal) for passage in passages]
            if len(texts) >= CHUNK:
                added += self._add(batch, entries, texts)
                done += len(batch)
                batch, entries, texts = [], [], []
                if progress is not None:
                    progress(done, len(missing))
        return added + self._add(batch, entries, texts)

    def _add(self, notes: Sequence[Note], entries: Sequence[IndexEntry], texts: Sequence[str]) -> int:
        if entries:
            self.index.add(entries, self._embedder.embed(texts))
        if notes:
            self._store.mark_indexed([note.id for note in notes], self.index.generation)
        return len(entries)


def _entry(note: Note, ordinal: int) -> IndexEntry:
    return IndexEntry(
        note_id=note.id, ordinal=ordinal, account=note.account, date=note.date, channel=note.channel.value
    )
