"""Terminal text for the rep's word: the answers of `correct`, `confirm` and `reject`, and the history of a note."""

from collections.abc import Sequence

from notesense.core.corrections import Correction
from notesense.core.results import Change, Corrected, MarkedNote
from notesense.core.signal import Signal
from notesense.render import words
from notesense.render.sheet import Part, Sheet, quoted

_DONE: dict[str, Part] = {
    "confirmed": ("Confirmed", "good"),
    "corrected": ("Corrected", "good"),
    "added": ("Added", "good"),
    "rejected": ("Rejected", "warn"),
    "undone": ("Taken back", "strong"),
    "unchanged": ("Unchanged", "quiet"),
}
_COLUMN, _MADE = 14, 24


def corrected(sheet: Sheet, result: Corrected) -> None:
    """Write each signal as it is now, and as it was where that differs."""
    for change in result.changes:
        _change(sheet, change)
        sheet.gap()
    for note in result.notes:
        _note(sheet, note)


def _change(sheet: Sheet, change: Change) -> None:
    signal = change.now or change.before
    told = _told(signal) if signal else f"id {change.signal_id}"
    sheet.row(_DONE[change.status], told, indent=0, column=_COLUMN)
    if change.now and change.before and change.status != "unchanged" and _told(change.before) != told:
        sheet.line((f"before: {_told(change.before)}", "quiet"), indent=_COLUMN)
    where = words.citation(change.date, change.channel, change.note_id, signal.line if signal else None)
    sheet.line((" · ".join([change.account, where, f"id {change.signal_id}"]), "quiet"), indent=_COLUMN)
    if change.why:
        sheet.line(f"{change.why[:1].upper()}{change.why[1:]}.", indent=_COLUMN)


def _told(signal: Signal) -> str:
    stated = words.attributes(signal)
    return f"{words.kind(signal.kind)} {quoted(signal.quote)}" + (f" [{stated}]" if stated else "")


def _note(sheet: Sheet, note: MarkedNote) -> None:
    where = f"{note.account} · {words.citation(note.date, note.channel, note.note_id, None)}"
    if note.complete:
        told = "was marked as complete before" if note.as_before else "is marked as complete: no engine adds to it"
    else:
        told = "was not marked as complete" if note.as_before else "is not marked as complete any more"
    sheet.line(("Note ", "strong"), f"{where} {told}.")


def history(sheet: Sheet, corrections: Sequence[Correction]) -> None:
    """Write all that was said of a note, oldest first."""
    sheet.heading(f"Corrections ({len(corrections)})")
    for one in corrections:
        made = f"{one.made:%Y-%m-%d %H:%M} UTC"
        if one.signal_id is None:
            mark = "note marked as complete" if one.verdict == "complete" else "mark of the note taken back"
            sheet.row(made, mark, column=_MADE)
            continue
        verdict = "taken back" if one.verdict == "undone" else one.verdict
        form = one.signal or one.replaced
        told = f" {_told(form)}" if form else ""
        sheet.row(made, (verdict, "strong"), told, (f" · id {one.signal_id}", "quiet"), column=_MADE)
        if one.signal and one.replaced and _told(one.replaced) != _told(one.signal):
            sheet.line((f"before: {_told(one.replaced)}", "quiet"), indent=_MADE)
