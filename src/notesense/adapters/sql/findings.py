"""What was found in a note and what the rep said of it: stored apart, and shown as `core.corrections` settles it.

`signals` holds what is shown, `set_aside` the rest of what engines and labels found; every change writes both anew.
"""

from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, delete, insert, select, update

from notesense.adapters.sql import rows
from notesense.adapters.sql.schema import corrections, rejected, runs, set_aside, signals
from notesense.core.corrections import Correction, settle
from notesense.core.passage import Passage
from notesense.core.signal import LABELS, OWN_SOURCES, Extraction, Reason, Rejected, Signal
from notesense.errors import InputError

_TOGETHER = 500
"""Values in one question; SQLite bounds them."""


def save_run(connection: Connection, note_id: str, extraction: Extraction, history: Sequence[Correction] = ()) -> None:
    """Write what the first run over a new note found, and what the rep said of it in another store."""
    if history:
        connection.execute(insert(corrections), [rows.correction_row(each) for each in history])
    _show(connection, note_id, extraction.signals, history)
    _save_run(connection, note_id, extraction)


def replace_run(connection: Connection, note_id: str, extraction: Extraction) -> None:
    """Put a run in the place of the one before it; labels stay unless this run brings labels."""
    kept = [] if extraction.engine == LABELS else [one for one in _found(connection, note_id) if one.source == "label"]
    for table in (rejected, runs):
        connection.execute(delete(table).where(table.c.note_id == note_id))
    _show(connection, note_id, [*kept, *extraction.signals], history_of(connection, note_id))
    _save_run(connection, note_id, extraction)


def replace_kinds(connection: Connection, note_id: str, extraction: Extraction, kinds: Collection[str]) -> None:
    """Put what trackers found in the place of the engine's signals and refused drafts of these kinds."""
    kept = [one for one in _found(connection, note_id) if one.source == "label" or one.kind not in kinds]
    drafts = connection.execute(select(rejected).where(rejected.c.note_id == note_id)).mappings().all()
    stale = [row["id"] for row in drafts if rows.rejected_of(row).draft.kind in kinds]
    connection.execute(delete(rejected).where(rejected.c.id.in_(stale)))
    connection.execute(update(runs).where(runs.c.note_id == note_id), {"trackers": extraction.trackers})
    _show(connection, note_id, [*kept, *extraction.signals], history_of(connection, note_id))
    _save_refused(connection, note_id, extraction)


def withdraw(connection: Connection, note_id: str, signal_ids: Collection[str], reason: Reason) -> None:
    """Put these signals of the engine among the note's refused drafts."""
    found = _found(connection, note_id)
    gone = [one for one in found if one.source == "engine" and one.id in signal_ids]
    _show(connection, note_id, [one for one in found if one not in gone], history_of(connection, note_id))
    refused = tuple(Rejected(note_id=note_id, draft=one.as_draft(), reason=reason) for one in gone)
    _save_refused(connection, note_id, Extraction(note_id=note_id, engine="", rejected=refused))


def add_corrections(connection: Connection, note_id: str, new: Sequence[Correction]) -> None:
    """Add to a note's history, and show what follows from it."""
    connection.execute(insert(corrections), [rows.correction_row(each) for each in new])
    _show(connection, note_id, _found(connection, note_id), history_of(connection, note_id))


def place(connection: Connection, note_id: str, passages: Sequence[Passage]) -> None:
    """Give what was found and what the rep said the sides of the passages, where it stands on none."""
    history = connection.execute(select(corrections).where(corrections.c.note_id == note_id)).mappings().all()
    for row in history:
        said = rows.correction_of(row)
        forms = {"signal": said.signal, "replaced": said.replaced}
        placed = {name: one and _placed(one, passages) for name, one in forms.items()}
        values = rows.correction_row(said.model_copy(update=placed))
        connection.execute(update(corrections).where(corrections.c.id == row["id"]).values(**values))
    found = [_placed(one, passages) for one in _found(connection, note_id)]
    _show(connection, note_id, found, history_of(connection, note_id))


def _placed(signal: Signal, passages: Sequence[Passage]) -> Signal:
    """Return a signal with the side of the passage in which it begins, where it stands on none."""
    begun = [one for one in passages if one.start <= signal.start < one.end]
    return signal.model_copy(update={"side": begun[0].side}) if begun and signal.side == "unknown" else signal


def history_of(connection: Connection, note_id: str) -> tuple[Correction, ...]:
    """Return a note's corrections, oldest first."""
    wanted = select(corrections).where(corrections.c.note_id == note_id).order_by(corrections.c.id)
    return tuple(map(rows.correction_of, connection.execute(wanted).mappings()))


def _found(connection: Connection, note_id: str) -> list[Signal]:
    """Return what engines and labels found, whether it is shown or not."""
    shown = connection.execute(select(signals).where(signals.c.note_id == note_id)).mappings()
    aside = connection.execute(
        select(set_aside.c.signal).where(set_aside.c.note_id == note_id).order_by(set_aside.c.id)
    ).scalars()
    found = [one for one in map(rows.signal_of, shown) if one.source not in OWN_SOURCES]
    return [*found, *map(Signal.model_validate_json, aside)]


def _show(connection: Connection, note_id: str, found: Sequence[Signal], history: Sequence[Correction]) -> None:
    settled = settle(found, history)
    for table in (signals, set_aside):
        connection.execute(delete(table).where(table.c.note_id == note_id))
    shown = [rows.signal_row(signal, note_id) for signal in settled.shown]
    _check_ids(connection, [row["id"] for row in shown])
    aside = [{"note_id": note_id, "signal": signal.model_dump_json()} for signal in settled.aside]
    for table, values in ((signals, shown), (set_aside, aside)):
        if values:
            connection.execute(insert(table), values)


def _check_ids(connection: Connection, ids: Sequence[str]) -> None:
    """Raise InputError where another signal has one of these ids already."""
    taken = [one for one, times in Counter(ids).items() if times > 1]
    for at in range(0, len(ids), _TOGETHER):
        wanted = select(signals.c.id).where(signals.c.id.in_(ids[at : at + _TOGETHER]))
        taken += connection.scalars(wanted)
    if taken:
        raise InputError(
            f'the id "{taken[0]}" of a signal is that of another one', "Import the file as it was exported."
        )


def _save_run(connection: Connection, note_id: str, extraction: Extraction) -> None:
    _save_refused(connection, note_id, extraction)
    connection.execute(insert(runs), rows.run_row(extraction, note_id))


def _save_refused(connection: Connection, note_id: str, extraction: Extraction) -> None:
    refused = rows.rejected_rows(extraction, note_id)
    if refused:
        connection.execute(insert(rejected), refused)
