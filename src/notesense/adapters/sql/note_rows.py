"""What belongs to a note beside its own row: its account's name, how that was known, who attended."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, select

from notesense.adapters.sql import rows
from notesense.adapters.sql.schema import accounts, ascribed, attendees, notes
from notesense.core.note import Attendee

_TOGETHER = 500

NOTES = (
    select(notes, accounts.c.name, ascribed.c.by, ascribed.c.why)
    .join_from(notes, accounts, accounts.c.id == notes.c.account_id)
    .join(ascribed, ascribed.c.note_id == notes.c.id, isouter=True)
)
"""Notes as `rows.note_of` takes them, in no order."""


def attended(connection: Connection, ids: Sequence[str]) -> dict[str, list[Attendee]]:
    """Return the attendees of these notes, by note, in order."""
    there: dict[str, list[Attendee]] = defaultdict(list)
    for at in range(0, len(ids), _TOGETHER):
        asked = select(attendees).where(attendees.c.note_id.in_(ids[at : at + _TOGETHER])).order_by(attendees.c.id)
        for row in connection.execute(asked).mappings():
            there[row["note_id"]].append(rows.attendee_of(row))
    return there
