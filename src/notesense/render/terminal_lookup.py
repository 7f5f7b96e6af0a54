"""Terminal text for things looked up: the answers of `signals`, `search` and `accounts`.

Each quote is followed by where it stands: day, channel, note and line.
"""

from collections.abc import Sequence

from rich.cells import cell_len

from notesense.core.ports import AccountRow, Found
from notesense.core.results import Listed, Portfolio, Searched
from notesense.core.vocabulary import in_order
from notesense.render import safe, words
from notesense.render.sheet import Sheet, quoted
from notesense.render.terminal_corrections import history

_BY = {"meaning": "by meaning", "words": "by words", "both": "by meaning and words"}
_COLUMNS = (("Notes", 7), ("Signals", 9), ("Last note", 14), ("Last live", 14))


def listed(sheet: Sheet, result: Listed) -> None:
    """Write signals, grouped by kind in the guide's order (trackers last), in the order given within a kind."""
    whose = f"{result.account}: " if result.account else ""
    sheet.line((f"{whose}{words.count(len(result.found), 'signal')}", "strong"))
    for kind in in_order(one.signal.kind for one in result.found):
        found = [one for one in result.found if one.signal.kind == kind]
        sheet.heading(f"{words.kinds(kind)} ({len(found)})")
        for one in found:
            _found(sheet, one, with_account=result.account is None)
    if result.corrections:
        history(sheet, result.corrections)


def _found(sheet: Sheet, one: Found, with_account: bool) -> None:
    signal = one.signal
    sheet.line(quoted(signal.quote), indent=2, hang=1)
    parts = [one.account] if with_account else []
    parts.append(words.citation(one.date, one.channel, signal.note_id, signal.line))
    if signal.speaker:
        parts.append(signal.speaker)
    if stated := words.attributes(signal):
        parts.append(f"[{stated}]")
    if one.restricted:
        parts.append("restricted")
    if vouched := words.source(signal.source):
        parts.append(vouched)
    parts.append(f"id {signal.id}")
    sheet.line((" · ".join(parts), "quiet"), indent=4)
    sheet.gap()


def searched(sheet: Sheet, result: Searched) -> None:
    """Write numbered hits, best first."""
    if result.warning:
        sheet.line(("Note: ", "warn"), result.warning)
        sheet.gap()
    where = f" in {result.account}" if result.account else ""
    hits = words.count(len(result.hits), "hit") if result.hits else "nothing found"
    sheet.line((f"{quoted(result.query)}{where}: {hits}", "strong"))
    for number, hit in enumerate(result.hits, 1):
        sheet.gap()
        sheet.row((f"{number}.", "strong"), quoted(hit.quote), indent=0, column=4)
        parts = [] if result.account else [hit.account]
        parts.append(words.citation(hit.date, hit.channel, hit.note_id, hit.line))
        parts += [part for part in (hit.speaker or "", hit.title, _BY[hit.by]) if part]
        sheet.line((" · ".join(parts), "quiet"), indent=4)


def portfolio(sheet: Sheet, result: Portfolio) -> None:
    """Write the accounts as a table."""
    if not result.accounts:
        sheet.line("No accounts yet. Add a note: notesense add --account NAME notes.txt")
        return
    room = sheet.width - sum(width for _, width in _COLUMNS) - 2
    widest = max(cell_len(safe.inline(row.name)) for row in result.accounts)
    column = max(10, min(room, widest)) + 2
    sheet.row(("Account", "strong"), ("".join(head.rjust(width) for head, width in _COLUMNS), "strong"), **_at(column))
    for row in result.accounts:
        _account(sheet, row, column)


def _at(column: int) -> dict[str, int]:
    return {"indent": 0, "column": column}


def _account(sheet: Sheet, row: AccountRow, column: int) -> None:
    cells: Sequence[str] = (f"{row.notes:,}", f"{row.signals:,}", words.day(row.last_note), words.day(row.last_live))
    numbers = "".join(cell.rjust(width) for cell, (_, width) in zip(cells, _COLUMNS, strict=True))
    sheet.row(row.name, numbers, **_at(column))
    told = [f"also {', '.join(row.aliases)}"] if row.aliases else []
    if row.restricted:
        told.append("restricted")
    elif row.restricted_notes:
        told.append(f"{words.count(row.restricted_notes, 'note')} restricted")
    if told:
        sheet.line(("; ".join(told), "quiet"), indent=2)
