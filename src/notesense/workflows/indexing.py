"""Keeps the search index in step with the store: after each commit, and whenever it is found missing or behind.

The store is the record; the index can be lost at any moment, and is filled again from the store.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from notesense.core.index_ports import Index, IndexEntry, OpenIndex
from notesense.core.note import Note
from notesense.core.ports import Embedder, Progress, Store
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
        """Add note by note, marking each batch as soon as it is in, so that an interrupted run goes on from there."""
        missing = self._store.unindexed(self.index.generation)
        waiting = self._store.passage_count() - self._store.passage_count(self.index.generation)
        added = 0
        batch: list[str] = []
        entries: list[IndexEntry] = []
        texts: list[str] = []
        for number, note_id in enumerate(missing, 1):
            note = self._store.note(note_id)
            if note is not None:
                batch.append(note_id)
                for passage in self._store.passages(note_id):
                    entries.append(_entry(note, passage.ordinal))
                    texts.append(passage.text)
            if len(texts) < CHUNK and number < len(missing):
                continue
            for at in range(0, len(texts), CHUNK):
                self.index.add(entries[at : at + CHUNK], self._embedder.embed(texts[at : at + CHUNK]))
                added += len(texts[at : at + CHUNK])
                if progress is not None and waiting > CHUNK:
                    progress(added, waiting)
            self._store.mark_indexed(batch, self.index.generation)
            batch, entries, texts = [], [], []
        return added


def _entry(note: Note, ordinal: int) -> IndexEntry:
    return IndexEntry(
        note_id=note.id, ordinal=ordinal, account=note.account, date=note.date, channel=note.channel.value
    )
