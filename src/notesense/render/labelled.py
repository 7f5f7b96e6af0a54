"""Labelled notes as JSONL in the form of the annotation guide, one note a line.

What the guide does not know stands in keys of its own, which its readers pass over: `rejected` holds what a person
said is no signal, `"complete": false` says that not all signals of the note are there.
"""

import json
from collections.abc import Iterator
from typing import Any

from notesense.core.note import Note
from notesense.core.results import Exported, LabelledNote
from notesense.core.signal import Signal
from notesense.render import safe, words


def to_labelled_jsonl(exported: Exported) -> str:
    """Return one line of JSON for each note."""
    return "".join(safe.json_text(json.dumps(_record(one), ensure_ascii=False)) + "\n" for one in exported.notes)


def summary(exported: Exported) -> Iterator[str]:
    """Yield what was exported as a label and what was left out, as sentences."""
    notes = exported.notes
    signals, rejected = sum(len(one.signals) for one in notes), sum(len(one.rejected) for one in notes)
    apart = f"; {words.count(rejected, 'rejected span')} beside them" if rejected else ""
    yield f"Labelled: {words.count(len(notes), 'note')} with {words.count(signals, 'signal')}{apart}."
    partial = sum(not one.complete for one in notes)
    if partial:
        yield (
            f'{words.count(partial, "note")} among them {_is(partial)} not marked as complete ("complete": false): '
            "signals may be missing there."
        )
    if exported.unconfirmed:
        unspoken = words.count(exported.unconfirmed, "signal")
        yield f"Left out: {unspoken} that nobody confirmed."
    if exported.left_out:
        yield (
            f"Left out: {words.count(exported.left_out, 'note')} with corrections but not marked as complete "
            "(notesense confirm --note ID, or --only-corrected)."
        )


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _record(one: LabelledNote) -> dict[str, Any]:
    note = one.note.model_copy(update={"source": one.note.source.model_copy(update={"undated": False})})
    untold = {name for name in ("turns", "source") if getattr(note, name) == Note.model_fields[name].default}
    record = note.model_dump(mode="json", exclude={*untold, "ascribed"})
    record["signals"] = [_statement(s, one.note.text) | {"attributes": s.attributes} for s in one.signals]
    if one.rejected:
        record["rejected"] = [_statement(signal, one.note.text) for signal in one.rejected]
    if not one.complete:
        record["complete"] = False
    return record


def _statement(signal: Signal, text: str) -> dict[str, Any]:
    """Return kind and quote, and where it starts when the text holds the quote more than once."""
    stated = {"kind": str(signal.kind), "quote": signal.quote}
    first = text.find(signal.quote)
    return stated if text.find(signal.quote, first + 1) < 0 else stated | {"start": signal.start}
