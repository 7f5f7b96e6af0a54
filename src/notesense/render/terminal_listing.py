"""Terminal text of an account's notes: a line each."""

from rich.cells import cell_len, set_cell_size

from notesense.core.note_list import ListedNote, NoteList
from notesense.render import safe, words
from notesense.render.sheet import Sheet

_ID, _DAY, _CHANNEL, _FOUND = 14, 13, 9, 7


def note_list(sheet: Sheet, result: NoteList) -> None:
    """Write the notes as a table, in the order given."""
    if not result.notes:
        sheet.line(f"{result.account} has no notes of these days.")
        return
    heads = f"{'Id':<{_ID}}{'Day':<{_DAY}}{'Channel':<{_CHANNEL}}{'Found':>{_FOUND - 2}}  Title"
    sheet.line((heads, "strong"))
    for note in result.notes:
        _note(sheet, note)
    if any(note.undated for note in result.notes):
        sheet.gap()
        sheet.line(("* No day was given: this is the day on which the note came.", "quiet"))
    sheet.gap()
    sheet.line((f"{words.count(len(result.notes), 'note')}. Read one: notesense show ID", "quiet"))


def _note(sheet: Sheet, note: ListedNote) -> None:
    beside = [words.count(note.forms, "other form")] * bool(note.forms) + ["restricted"] * note.restricted
    further = "".join(f"; {one}" for one in beside)
    title = safe.inline(note.title or note.form)
    room = max(10, sheet.width - _ID - _DAY - _CHANNEL - _FOUND - len(further))
    if cell_len(title) > room:
        title = set_cell_size(title, room - 1).rstrip() + "…"
    day = words.day(note.date) + ("*" if note.undated else "")
    facts = f"{day:<{_DAY}}{words.channel(note.channel):<{_CHANNEL}}{note.signals or '-':>{_FOUND - 2}}  "
    sheet.line((set_cell_size(note.id, max(_ID, cell_len(note.id) + 2)), "strong"), facts, title, (further, "quiet"))
