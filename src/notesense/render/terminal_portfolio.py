"""Terminal text of the portfolio: a table of accounts, with what is known of each besides below its line."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from notesense.core.portfolio import Portfolio, PortfolioRow
from notesense.render import safe, words
from notesense.render.outline import STANDINGS
from notesense.render.sheet import Sheet

_COLUMNS = (("Notes", 7), ("Last live", 13), ("Days", 6), ("Overdue", 8), ("Fires", 6))
_RENEWAL = ("Renewal", 9)
_RENEWAL_KNOWN = ("Renewal", 13)
_STANDING = 10
_SHORT = {"at_risk": "at risk", "deja_vu": "déjà-vu", "unknown": "unknown", "steady": "steady", "a_list": "A-list"}
NOT_COMPARED = "not all compared yet: a briefing does it"


def portfolio(sheet: Sheet, result: Portfolio) -> None:
    """Write the accounts as a table, in the order given."""
    if not result.accounts:
        sheet.line("No accounts yet. Add a note: notesense add --account NAME notes.txt")
        return
    columns = (*_COLUMNS, _RENEWAL_KNOWN if any(row.renewal for row in result.accounts) else _RENEWAL)
    room = max(10, sheet.width - _STANDING - sum(width for _, width in columns) - 2)
    widest = max(cell_len(safe.inline(row.name)) for row in result.accounts)
    column = min(room, max(7, widest)) + 2
    heads = "".join(head.rjust(width) for head, width in columns)
    sheet.line((f"{'Account':<{column}}{'Standing':<{_STANDING}}{heads}", "strong"))
    for row in result.accounts:
        _row(sheet, row, column, columns)


def _row(sheet: Sheet, row: PortfolioRow, column: int, columns: Sequence[tuple[str, int]]) -> None:
    name = safe.inline(row.name)
    if cell_len(name) > column - 2:
        sheet.line(name)
        name = ""
    numbers = "".join(cell.rjust(width) for cell, (_, width) in zip(cells(row), columns, strict=True))
    standing = (f"{_SHORT[row.standing]:<{_STANDING}}", STANDINGS[row.standing][1] or "")
    sheet.line(set_cell_size(name, column), standing, numbers)
    if told := beside(row):
        sheet.line(("; ".join(told), "quiet"), indent=2)


def cells(row: PortfolioRow) -> tuple[str, ...]:
    """Return the figures of a line: what is not known is a dash."""
    days = row.days_since_last_live_contact
    return (
        f"{row.notes:,}",
        words.day(row.last_live_contact),
        "-" if days is None else f"{days:,}",
        f"{row.overdue:,}",
        f"{row.fires:,}",
        words.day(row.renewal),
    )


def standing(row: PortfolioRow) -> str:
    """Return the standing in a word or two."""
    return _SHORT[row.standing]


def beside(row: PortfolioRow) -> list[str]:
    """Return what is known of an account besides its figures."""
    ago = -(row.days_to_renewal or 0)
    passed = [f"the renewal day passed {words.count(ago, 'day')} ago"] if ago > 0 else []
    told = [f"also {', '.join(row.aliases)}"] if row.aliases else []
    if row.restricted:
        told.append("restricted")
    elif row.restricted_notes:
        told.append(f"{words.count(row.restricted_notes, 'note')} restricted")
    return told + passed + [NOT_COMPARED] * (not row.compared)
