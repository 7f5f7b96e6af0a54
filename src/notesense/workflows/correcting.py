"""The rep's word on what was found: confirm, reject, correct, add, and take it back. Each call is one transaction.

Signals are meant by their id or the beginning of it. A call on several is done for all of them or for none.
"""

import datetime
from collections.abc import Callable, Collection, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from notesense.core.corrections import Correction, Verdict, same_statement, standing, twin_of
from notesense.core.editing import Edit, added, confirmed, edited
from notesense.core.note import Note
from notesense.core.ports import SignalFilter, Store
from notesense.core.results import Change, Corrected, MarkedNote, Status
from notesense.core.signal import OWN_SOURCES, Signal
from notesense.errors import InputError

MOST_CANDIDATES = 6
_LIST = "See the ids with notesense signals."


class _Case(NamedTuple):
    """A signal that the rep speaks of: as it is shown, else as it last was, with what was said of it before."""

    id: str
    note: Note
    shown: Signal | None
    last: Signal | None
    chain: tuple[Correction, ...]
    note_is_complete: bool

    def change(self, status: Status, now: Signal | None = None, why: str = "") -> Change:
        return Change(
            status=status,
            signal_id=self.id,
            note_id=self.note.id,
            account=self.note.account,
            date=self.note.date,
            channel=self.note.channel.value,
            now=now,
            before=self.last,
            why=why,
        )


class Corrector:
    """Takes the rep's corrections for one store. `now` is the time at which they are made, in UTC.

    `trackers` answers with the names of the team's own kinds; it is asked where a kind is named.
    """

    def __init__(
        self, store: Store, now: datetime.datetime, trackers: Callable[[], Collection[str]] = frozenset[str]
    ) -> None:
        self._store = store
        self._now = now
        self._trackers = trackers

    def confirm(self, ids: Sequence[str]) -> Corrected:
        """Take these signals as certain, whatever an engine finds from now on."""
        changes, corrections = [], []
        for case in self._cases(ids):
            if case.shown is not None and case.shown.source in OWN_SOURCES:
                changes.append(case.change("unchanged", case.shown, f"you {case.shown.source} it before"))
                continue
            right = confirmed(self._known(case))
            corrections.append(self._correction(case, "confirmed", right))
            changes.append(case.change("confirmed", right))
        self._store.correct(corrections)
        return Corrected(changes=tuple(changes))

    def reject(self, ids: Sequence[str]) -> Corrected:
        """Say that these are no signals; no engine brings them back."""
        changes, corrections = [], []
        for case in self._cases(ids):
            if case.shown is None:
                why = "you rejected it before" if case.chain else "it is shown no more"
                changes.append(case.change("unchanged", None, why))
                continue
            corrections.append(self._correction(case, "rejected", None))
            changes.append(case.change("rejected"))
        self._store.correct(corrections)
        return Corrected(changes=tuple(changes))

    def correct(self, signal_id: str, edit: Edit) -> Corrected:
        """Change kind, place or attributes of a signal. Raises InputError for what cannot be."""
        (case,) = self._cases([signal_id])
        old = self._known(case)
        mine = edited(case.note, self._store.passages(case.note.id), old, edit, self._trackers() if edit.kind else ())
        self._refuse_twin(mine)
        if case.shown is not None and _says_the_same(case.shown, mine):
            return Corrected(changes=(case.change("unchanged", case.shown, "it says so already"),))
        self._store.correct([self._correction(case, "corrected", mine)])
        return Corrected(changes=(case.change("corrected", mine),))

    def add(self, note_id: str, edit: Edit) -> Corrected:
        """Put in a signal that was missed. Raises InputError for what cannot be."""
        note = self._note(note_id)
        shown = self._signals(note.id)
        spoken_of = (one.signal_id for one in self._store.corrections(note.id) if one.signal_id is not None)
        taken = frozenset((*(one.id for one in shown), *spoken_of))
        mine = added(note, self._store.passages(note.id), edit, taken, self._trackers())
        self._refuse_twin(mine)
        known = next((one for one in shown if same_statement(one, mine)), None)
        if known is not None:
            raise InputError(
                f"That is found already, as {known.id}: “{known.quote[:60]}”.",
                f"If it is right, notesense confirm {known.id}; if not, notesense correct {known.id}.",
            )
        case = _Case(mine.id, note, None, None, (), False)
        self._store.correct([self._correction(case, "added", mine)])
        return Corrected(changes=(case.change("added", mine),))

    def undo(self, ids: Sequence[str]) -> Corrected:
        """Take back all that was said of these signals: what engines and labels say returns."""
        cases = self._cases(ids)
        corrections, reopened = [], {}
        for case in cases:
            if case.chain:
                corrections.append(self._correction(case, "undone", None))
                if case.note_is_complete:
                    reopened[case.note.id] = case.note
        marks = [Correction(note_id=note_id, verdict="undone", made=self._now) for note_id in reopened]
        self._store.correct([*corrections, *marks])
        return Corrected(
            changes=tuple(self._undone(case) for case in cases),
            notes=tuple(_marked(note, complete=False) for note in reopened.values()),
        )

    def complete(self, note_id: str) -> Corrected:
        """Take all signals of a note as certain, and the note as holding no others."""
        note = self._note(note_id)
        was = standing(self._store.corrections(note.id)).complete is not None
        cases = [self._case(one.id, note) for one in self._signals(note.id) if one.source not in OWN_SOURCES]
        right = [(case, confirmed(self._known(case))) for case in cases]
        mark = [] if was else [Correction(note_id=note.id, verdict="complete", made=self._now)]
        self._store.correct([*(self._correction(case, "confirmed", signal) for case, signal in right), *mark])
        changes = tuple(case.change("confirmed", signal) for case, signal in right)
        return Corrected(changes=changes, notes=(_marked(note, complete=True, as_before=was),))

    def reopen(self, note_id: str) -> Corrected:
        """Take back the mark of a note as complete, and the confirmations that were made with it."""
        note = self._note(note_id)
        now = standing(self._store.corrections(note.id))
        if now.complete is None:
            return Corrected(notes=(_marked(note, complete=False, as_before=True),))
        cases = [
            self._case(signal_id, note)
            for signal_id, chain in now.chains.items()
            if chain[-1].verdict == "confirmed" and chain[-1].made == now.complete
        ]
        mark = Correction(note_id=note.id, verdict="undone", made=self._now)
        self._store.correct([*(self._correction(case, "undone", None) for case in cases), mark])
        changes = tuple(self._undone(case) for case in cases)
        return Corrected(changes=changes, notes=(_marked(note, complete=False),))

    def _undone(self, case: _Case) -> Change:
        """Return what became of a signal once nothing is said of it any more."""
        now = self._shown(case.id, case.note.id)
        if not case.chain:
            return case.change("unchanged", now, "nothing was said of it")
        return case.change("undone", now, "" if now else "no engine and no label tells it now")

    def _correction(self, case: _Case, verdict: Verdict, signal: Signal | None) -> Correction:
        return Correction(
            note_id=case.note.id,
            signal_id=case.id,
            verdict=verdict,
            made=self._now,
            signal=signal,
            replaced=case.shown,
        )

    def _cases(self, ids: Sequence[str]) -> list[_Case]:
        """Return the signals meant, each once. Raises InputError where one is unknown or fits several."""
        meant = dict.fromkeys(self._meant(one) for one in ids)
        return [self._case(signal_id, self._note(note_id)) for signal_id, note_id in meant]

    def _case(self, signal_id: str, note: Note) -> _Case:
        now = standing(self._store.corrections(note.id))
        chain = now.chains.get(signal_id, ())
        shown = self._shown(signal_id, note.id)
        last = shown or next((one.replaced for one in reversed(chain) if one.replaced is not None), None)
        return _Case(signal_id, note, shown, last, chain, now.complete is not None)

    def _shown(self, signal_id: str, note_id: str) -> Signal | None:
        return next((signal for signal in self._signals(note_id) if signal.id == signal_id), None)

    def _signals(self, note_id: str) -> list[Signal]:
        return [found.signal for found in self._store.signals(SignalFilter(note_id=note_id))]

    def _known(self, case: _Case) -> Signal:
        """Return the signal as it is or last was shown. Raises InputError where a correction was taken back."""
        if case.last is None:
            raise InputError(
                f'The signal "{case.id}" is not there any more: what was said of it was taken back.',
                'Add it anew: notesense correct NOTE_ID --add KIND --quote "...".',
            )
        return case.last

    def _meant(self, prefix: str) -> tuple[str, str]:
        wanted = prefix.strip().casefold()
        fitting = self._store.signal_ids(wanted) if wanted else ()
        exact = [pair for pair in fitting if pair[0] == wanted]
        if len(exact or fitting) == 1:
            return (exact or list(fitting))[0]
        if not fitting:
            near = get_close_matches(wanted, [one for one, _ in self._store.signal_ids(wanted[:2])], MOST_CANDIDATES)
            raise InputError(
                f'There is no signal with the id "{prefix[:40]}".',
                f"Did you mean {' or '.join(near)}? {_LIST}" if near else _LIST,
            )
        told = [self._told(*pair) for pair in fitting[:MOST_CANDIDATES]]
        more = f" and {len(fitting) - MOST_CANDIDATES} more" if len(fitting) > MOST_CANDIDATES else ""
        raise InputError(f'"{prefix}" fits {len(fitting)} signals: {"; ".join(told)}{more}.', "Type more of the id.")

    def _told(self, signal_id: str, note_id: str) -> str:
        shown = self._shown(signal_id, note_id)
        return f"{signal_id} ({shown.kind} “{shown.quote[:40]}”)" if shown else f"{signal_id} (not shown)"

    def _note(self, note_id: str) -> Note:
        note = self._store.note(note_id.strip())
        if note is None:
            raise InputError(
                f'There is no note with the id "{note_id[:60]}".', "notesense signals and search show the ids of notes."
            )
        return note

    def _refuse_twin(self, mine: Signal) -> None:
        twin = twin_of(mine, self._signals(mine.note_id))
        if twin is not None:
            raise InputError(
                f"These words are part of your {mine.kind} {twin.id} already: “{twin.quote[:60]}”.",
                f"Correct that one, or reject one of the two first: notesense reject {twin.id}.",
            )


def _says_the_same(one: Signal, other: Signal) -> bool:
    facts = ("kind", "start", "end", "attributes")
    return all(getattr(one, fact) == getattr(other, fact) for fact in facts)


def _marked(note: Note, *, complete: bool, as_before: bool = False) -> MarkedNote:
    return MarkedNote(
        note_id=note.id,
        account=note.account,
        date=note.date,
        channel=note.channel.value,
        complete=complete,
        as_before=as_before,
    )
