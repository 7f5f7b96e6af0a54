"""The verbs about signals: which there are, the rep's word on them, and the export of what was labelled so."""

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from notesense.core.ports import SignalFilter
from notesense.core.results import Corrected, Exported, Listed
from notesense.wiring.accounts import Accounts

if TYPE_CHECKING:
    from notesense.workflows.correcting import Corrector


class Corrections(Accounts):
    """The signals over one data folder, and what the rep says of them."""

    def signals(
        self,
        account: str | None = None,
        *,
        kinds: Sequence[str] = (),
        since: datetime.date | None = None,
        until: datetime.date | None = None,
        note_id: str | None = None,
    ) -> Listed:
        """Return the stored signals that fit. Raises UnknownKind for a kind that neither we nor the team have."""
        from notesense.wiring.tracking import known_kinds

        name = None if account is None else self.account(account)
        wanted = SignalFilter(account=name, kinds=known_kinds(self, kinds), since=since, until=until, note_id=note_id)
        note = None if note_id is None else self.store.note(note_id)
        corrections = self.store.corrections(note.id) if note and name in (None, note.account) else ()
        found = self.privacy.found(self.store.signals(wanted))
        return Listed(account=name, found=found, corrections=corrections)

    @property
    def _corrector(self) -> "Corrector":
        from notesense.workflows.correcting import Corrector

        return Corrector(self.store, datetime.datetime.now(datetime.UTC), lambda: self.trackers.names)

    def confirm(self, *signal_ids: str, note_id: str | None = None) -> Corrected:
        """Take signals as certain, by their ids or the beginnings of these; engines no longer change them.

        With `note_id` all that is left in that note is right, and nothing is missing in it.
        """
        return self._corrector.confirm(signal_ids) if note_id is None else self._corrector.complete(note_id)

    def reject(self, *signal_ids: str) -> Corrected:
        """Say that these are no signals: they disappear, and no engine brings them back."""
        return self._corrector.reject(signal_ids)

    def correct(
        self,
        signal_id: str,
        *,
        kind: str | None = None,
        quote: str | None = None,
        start: int | None = None,
        put: Mapping[str, str] | None = None,
        drop: Sequence[str] = (),
    ) -> Corrected:
        """Change a signal's kind, its words (a quote from the note) or its attributes (`put` sets, `drop` unsets).

        `start` chooses between several places of the quote. Raises InputError for what the note does not bear out.
        """
        from notesense.core.editing import Edit

        edit = Edit(kind=kind, quote=quote, start=start, put=dict(put or {}), drop=tuple(drop))
        return self._corrector.correct(signal_id, edit)

    def add_signal(
        self, note_id: str, kind: str, quote: str, *, start: int | None = None, put: Mapping[str, str] | None = None
    ) -> Corrected:
        """Put in a signal that the engine missed, in the note's own words."""
        from notesense.core.editing import Edit

        return self._corrector.add(note_id, Edit(kind=kind, quote=quote, start=start, put=dict(put or {})))

    def undo(self, *signal_ids: str, note_id: str | None = None) -> Corrected:
        """Take back what was said of signals, or the mark of a note as complete: what the engine says returns."""
        return self._corrector.undo(signal_ids) if note_id is None else self._corrector.reopen(note_id)

    def export_labelled(
        self, *accounts: str, since: datetime.date | None = None, only_corrected: bool = False
    ) -> Exported:
        """Return notes with a person's labels: those that are marked as complete or came with labels.

        With `only_corrected`: all notes with corrections, with what a person spoke for alone.
        """
        from notesense.workflows.exporting import export_labelled

        return export_labelled([self.account(name) for name in accounts], since, only_corrected, self.store)
