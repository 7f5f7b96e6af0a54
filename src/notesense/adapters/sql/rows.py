"""Values to rows and back, one pair of functions for each value that is stored.

A row read back gives the value that was written, with the account under the name that it was first given.
"""

import datetime
import json
from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import RowMapping

from notesense.core.corrections import Correction
from notesense.core.note import Ascribed, Attendee, Note, NoteSource, compact_turns, content_hash, turns_from
from notesense.core.passage import Passage
from notesense.core.ports import AccountRow, Found
from notesense.core.signal import Draft, Extraction, Reason, Rejected, Signal
from notesense.core.source_ports import OtherForm
from notesense.core.vocabulary import Channel

Row: TypeAlias = dict[str, Any]


def note_row(note: Note, account_id: int, created: int) -> Row:
    """Return the row of `notes`; `created` counts notes in the order of their coming."""
    row: Row = {name: getattr(note, name) for name in ("id", "title", "text")}
    return row | {
        "account_id": account_id,
        "date": note.date.isoformat(),
        "channel": note.channel.value,
        "created": created,
        "hash": content_hash(note.text),
        "turns": compact_turns(note.turns),
        "form": note.source.form,
        "meeting": note.source.meeting,
        "started": note.source.started and note.source.started.isoformat(),
        "undated": note.source.undated,
    }


def note_of(row: RowMapping, attended: Sequence[Attendee] = ()) -> Note:
    """Return the note of a row of `notes` joined with its account's name and with `ascribed`."""
    return Note(
        id=row["id"],
        account=row["name"],
        date=datetime.date.fromisoformat(row["date"]),
        channel=Channel(row["channel"]),
        title=row["title"],
        text=row["text"],
        turns=turns_from(row["turns"]),
        source=NoteSource(
            form=row["form"],
            meeting=row["meeting"],
            started=row["started"],
            attendees=tuple(attended),
            undated=row["undated"],
        ),
        ascribed=Ascribed(by=row["by"] or "", why=row["why"] or ""),
    )


def attendee_rows(note: Note) -> list[Row]:
    """Return the rows of `attendees`, in order."""
    return [
        {"note_id": note.id, "name": one.name, "email": one.email, "side": one.side} for one in note.source.attendees
    ]


def attendee_of(row: RowMapping) -> Attendee:
    """Return the attendee of a row."""
    return Attendee(name=row["name"], email=row["email"], side=row["side"])


def passage_row(passage: Passage, note_id: str, row_id: int) -> Row:
    """Return the row of `passages`: all but the text."""
    return {"id": row_id, "note_id": note_id, **passage.model_dump(exclude={"text"})}


def passage_of(row: RowMapping, text: str) -> Passage:
    """Return the passage of a row, sliced out of its note's text."""
    facts = {name: row[name] for name in ("ordinal", "start", "end", "turn", "line", "speaker", "side", "origin")}
    return Passage(text=text[row["start"] : row["end"]], **facts)


def signal_row(signal: Signal, note_id: str) -> Row:
    """Return the row of `signals`."""
    row = signal.model_dump(mode="json")
    return row | {"note_id": note_id, "attributes": json.dumps(signal.attributes, ensure_ascii=False)}


def signal_of(row: RowMapping) -> Signal:
    """Return the signal of a row of `signals`."""
    facts = {name: row[name] for name in Signal.model_fields if name != "attributes"}
    return Signal(attributes=json.loads(row["attributes"]), **facts)


def found_of(row: RowMapping) -> Found:
    """Return the signal of a row of `signals`, with the note facts that stand beside it in the row."""
    return Found(
        signal=signal_of(row),
        account=row["name"],
        date=datetime.date.fromisoformat(row["date"]),
        channel=row["channel"],
        title=row["title"],
    )


def rejected_rows(extraction: Extraction, note_id: str) -> list[Row]:
    """Return the rows of `rejected`, in the order in which the drafts were refused."""
    return [
        {"note_id": note_id, "draft": each.draft.model_dump_json(), "reason": each.reason.value}
        for each in extraction.rejected
    ]


def rejected_of(row: RowMapping) -> Rejected:
    """Return the refused draft of a row."""
    draft = Draft.model_validate_json(row["draft"])
    return Rejected(note_id=row["note_id"], draft=draft, reason=Reason(row["reason"]))


def correction_row(correction: Correction) -> Row:
    """Return the row of `corrections`."""
    row: Row = {name: getattr(correction, name) for name in ("note_id", "signal_id", "verdict")}
    forms = {name: getattr(correction, name) for name in ("signal", "replaced")}
    return (
        row
        | {"made": correction.made.isoformat()}
        | {name: None if form is None else form.model_dump_json() for name, form in forms.items()}
    )


def correction_of(row: RowMapping) -> Correction:
    """Return the correction of a row."""
    facts = {name: row[name] for name in ("note_id", "signal_id", "verdict")}
    forms = {name: row[name] and Signal.model_validate_json(row[name]) for name in ("signal", "replaced")}
    return Correction(made=datetime.datetime.fromisoformat(row["made"]), **facts, **forms)


def run_row(extraction: Extraction, note_id: str) -> Row:
    """Return the row of `runs`: which engine and trackers read the note, at what cost, and why it failed."""
    row: Row = {name: getattr(extraction, name) for name in ("engine", "error", "trackers", "language")}
    return row | {"note_id": note_id, "usage": extraction.usage.model_dump_json()}


def account_of(row: RowMapping, aliases: Sequence[str]) -> AccountRow:
    """Return an account with the counts and days that stand in the row."""
    days = {
        name: row[name] and datetime.date.fromisoformat(row[name]) for name in ("first_note", "last_note", "last_live")
    }
    return AccountRow(
        name=row["name"], aliases=tuple(aliases), notes=row["notes"] or 0, signals=row["signals"] or 0, **days
    )


def form_row(form: OtherForm) -> Row:
    """Return the row of `other_forms`."""
    source = form.source
    return {
        "note_id": form.note_id,
        "place": form.where.encode("utf-8", "replace").decode(),
        "title": form.title,
        "form": source.form,
        "meeting": source.meeting,
        "started": source.started and source.started.isoformat(),
        "text": form.text,
        "turns": compact_turns(form.turns),
    }


def form_of(row: RowMapping) -> OtherForm:
    """Return another form of a note from its row."""
    return OtherForm(
        note_id=row["note_id"],
        where=row["place"],
        title=row["title"],
        text=row["text"],
        turns=turns_from(row["turns"]),
        source=NoteSource(form=row["form"], meeting=row["meeting"], started=row["started"]),
    )
