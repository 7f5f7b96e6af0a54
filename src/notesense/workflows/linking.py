"""Brings up to date what an account's later words say about its earlier statements.

A note is linked once it was weighed against all others of its account that are linked, in both directions. Its mark
tells with what: the judge, the rules by which pairs are chosen, its account, day and statements. Where any of these is
another, the note waits to be linked anew, so what is kept can be left half done at any moment.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from notesense.core.accounts import key
from notesense.core.bearing import BEARABLE, Bearing, Effect, Place
from notesense.core.bearing_ports import Judge, Links
from notesense.core.briefing import LEAST_CONFIDENCE
from notesense.core.note import Note
from notesense.core.ports import Progress, SignalFilter, Store
from notesense.core.signal import Signal
from notesense.workflows.candidates import Candidate, Candidates
from notesense.workflows.indexing import Librarian

RULES = 1
"""Goes up whenever other pairs would be chosen or kept."""
AT_ONCE = 64
"""Pairs from which on what was weighed is saved; more notes are taken together until there are so many."""
LEAST_KEPT = 0.15
"""Words with no effect as likely as this are not kept: they are most of what is weighed, and say nothing."""


@dataclass(frozen=True)
class _Account:
    """What is stored of an account, oldest first: notes, signals that count, the mark that each note should have."""

    notes: tuple[Note, ...]
    signals: tuple[Signal, ...]
    marks: dict[str, str]
    waiting: tuple[str, ...]


class Linker:
    """Links the notes of accounts. `progress` hears (done, total) notes."""

    def __init__(
        self, store: Store, links: Links, judge: Judge, librarian: Librarian, progress: Progress | None = None
    ) -> None:
        self._store = store
        self._links = links
        self._judge = judge
        self._librarian = librarian
        self._progress = progress

    def waiting(self, account: str) -> int:
        """Return how many notes of an account are to be linked yet. Raises EngineError without a usable judge."""
        return len(self._stored(account).waiting)

    def link(self, accounts: Sequence[str], enough: Callable[[], bool] = lambda: False) -> int:
        """Link the notes of these accounts that wait, oldest first, until there are none or it is `enough`.

        Returns how many still wait. What was done stays done, however it ends. Raises EmbeddingError, EngineError or
        IndexUnusable where nothing can be weighed.
        """
        total = sum(map(self.waiting, accounts))
        done = 0
        for account in accounts:
            if done < total and not enough():
                done = self._link(account, enough, done, total)
        return total - done

    def bearings(self, account: str) -> tuple[Bearing, ...]:
        """Return an account's bearings, once all of its notes are linked. Raises as `link` does."""
        self.link([account])
        return self._links.links(account)

    def unlink(self) -> None:
        """Throw away what was found of all accounts."""
        self._links.unlink()

    def _stored(self, account: str) -> _Account:
        notes = self._store.notes(account)
        found = self._store.signals(SignalFilter(account=account))
        signals = tuple(one.signal for one in found if one.signal.confidence >= LEAST_CONFIDENCE)
        told: dict[str, list[tuple[int, int, str, str]]] = {note.id: [] for note in notes}
        for signal in signals:
            if signal.kind in BEARABLE:
                fact = (signal.start, signal.end, str(signal.kind), signal.attributes.get("owner", ""))
                told[signal.note_id].append(fact)
        version = self._judge.version
        marks = {note.id: _mark(version, note, told[note.id]) for note in notes}
        linked = self._links.linked(account)
        return _Account(notes, signals, marks, tuple(n.id for n in notes if linked.get(n.id) != marks[n.id]))

    def _link(self, account: str, enough: Callable[[], bool], done: int, total: int) -> int:
        """Link an account's notes; return how many are done in all, `done` of `total` being so before."""
        stored = self._stored(account)
        candidates = self._candidates(account, stored)
        ready = sorted(set(stored.marks) - set(stored.waiting))
        marks: dict[str, str] = {}
        chosen: list[Candidate] = []
        for number, note_id in enumerate(stored.waiting, 1):
            chosen += candidates.between(note_id, ready) if candidates else ()
            marks[note_id] = stored.marks[note_id]
            ready.append(note_id)
            if len(chosen) < AT_ONCE and number < len(stored.waiting):
                continue
            self._links.link(marks, self._weighed(chosen))
            done += len(marks)
            marks, chosen = {}, []
            if self._progress is not None:
                self._progress(min(done, total), total)
            if enough():
                break
        return done

    def _candidates(self, account: str, stored: _Account) -> Candidates | None:
        """Return what there is to choose from; None where there is nothing to compare, and so no need of the index."""
        if len(stored.notes) < 2 or not any(signal.kind in BEARABLE for signal in stored.signals):
            return None
        with self._librarian.opened() as shelf:
            shelf.catch_up(self._progress)
            places, vectors = shelf.index.vectors(account)
        passages = {note.id: self._store.passages(note.id) for note in stored.notes}
        return Candidates(stored.notes, passages, stored.signals, places, vectors)

    def _weighed(self, chosen: Sequence[Candidate]) -> list[Bearing]:
        if not chosen:
            return []
        verdicts = self._judge.weigh([one.pair for one in chosen])
        return [
            Bearing(
                statement=_place(one.statement.signal.note_id, one.statement.signal.start, one.statement.signal.end),
                words=_place(one.note_id, one.passage.start, one.passage.end),
                likelihoods=verdict,
                likeness=max(-1.0, min(1.0, one.likeness)),
            )
            for one, verdict in zip(chosen, verdicts, strict=True)
            if max(map(verdict.of, Effect)) >= LEAST_KEPT
        ]


def _mark(version: str, note: Note, told: Sequence[tuple[int, int, str, str]]) -> str:
    facts = [RULES, version, key(note.account), note.date.isoformat(), sorted(told)]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:24]


def _place(note_id: str, start: int, end: int) -> Place:
    return Place(note_id=note_id, start=start, end=end)
