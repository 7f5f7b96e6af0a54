"""List the notes of an account, without their words."""

import datetime
from collections import Counter
from collections.abc import Sequence

from notesense.core.accounts import key
from notesense.core.note_list import ListedNote, NoteList
from notesense.core.ports import SignalFilter
from notesense.core.records import Restriction
from notesense.workflows.shelves import Shelves


def list_notes(
    account: str,
    shelves: Shelves,
    restrictions: Sequence[Restriction],
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> NoteList:
    """Return the account's notes between these days, both included, oldest first."""
    found = Counter(one.signal.note_id for one in shelves.store.signals(SignalFilter(account=account)))
    forms = Counter(form.note_id for form in shelves.sources.forms_in(account))
    held = {one.note_id for one in restrictions if key(one.account) == key(account)}
    notes = (note for note in shelves.store.notes(account, until=until) if since is None or note.date >= since)
    return NoteList(
        account=account,
        notes=tuple(
            ListedNote(
                id=note.id,
                date=note.date,
                undated=note.source.undated,
                channel=note.channel,
                title=note.title,
                form=note.source.form,
                signals=found[note.id],
                forms=forms[note.id],
                restricted=bool(held & {"", note.id}),
            )
            for note in notes
        ),
    )
