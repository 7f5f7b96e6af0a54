"""Notes that a person went through, as labelled notes: what a team measures and trains its engines on.

A note is a whole label only where a person says that nothing is missing in it: by marking it as complete, or by handing
it in with its labels. Everything else is only exported on request, with the person's own signals alone.
"""

import datetime
from collections.abc import Sequence

from notesense.core.corrections import same_statement, standing
from notesense.core.ports import Judged, SignalFilter, Store
from notesense.core.results import Exported, LabelledNote
from notesense.errors import InputError


def export_labelled(
    accounts: Sequence[str], since: datetime.date | None, only_corrected: bool, store: Store
) -> Exported:
    """Return the labelled notes of these accounts, of all where none is named.

    Raises InputError where there is nothing to export.
    """
    judged = [one for account in accounts or (None,) for one in store.judged(account, since)]
    notes, left_out, unconfirmed = [], 0, 0
    for one in {one.note_id: one for one in judged}.values():
        labelled, others = _labelled(one, store)
        wanted = labelled.complete if not only_corrected else _is_corrected(one, store)
        if wanted:
            notes.append(labelled)
            unconfirmed += others
        else:
            left_out += _is_corrected(one, store)
    if not notes:
        raise _nothing(left_out, only_corrected)
    return Exported(
        notes=tuple(sorted(notes, key=lambda one: one.note.date)), left_out=left_out, unconfirmed=unconfirmed
    )


def _labelled(judged: Judged, store: Store) -> tuple[LabelledNote, int]:
    """Return the note with what a person spoke for, and how many of its signals nobody did."""
    note = store.note(judged.note_id)
    assert note is not None
    now = standing(store.corrections(note.id))
    shown = [found.signal for found in store.signals(SignalFilter(note_id=note.id))]
    spoken_for = tuple(signal for signal in shown if signal.source != "engine")
    rejected = tuple(one for one in now.rejected if not any(same_statement(one, other) for other in spoken_for))
    complete = judged.by_labels or now.complete is not None
    return LabelledNote(note=note, signals=spoken_for, rejected=rejected, complete=complete), len(shown) - len(
        spoken_for
    )


def _is_corrected(judged: Judged, store: Store) -> bool:
    now = standing(store.corrections(judged.note_id))
    return bool(now.chains) or now.complete is not None


def _nothing(left_out: int, only_corrected: bool) -> InputError:
    if only_corrected:
        return InputError(
            "There is no note with corrections here.", "Begin with notesense confirm, reject or correct SIGNAL_ID."
        )
    begun = f" ({left_out} with corrections)" if left_out else ""
    return InputError(
        f"No note here is marked as complete yet{begun}.",
        "Go through a note, then mark it: notesense confirm --note NOTE_ID. "
        "With --only-corrected the notes with corrections are exported as they are.",
    )
