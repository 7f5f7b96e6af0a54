"""Cells that a spreadsheet would run as a formula, and what makes them harmless (OWASP, "CSV Injection").

An apostrophe before the cell, as spreadsheets themselves mark text. A cell that begins with an apostrophe gets a second
one, so that taking one away always gives back what was written.
"""

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What such a cell begins with: also the full-width forms, which some programs take for the same."""
_MARK = "'"


def harmless(cell: str) -> str:
    """Return the cell with an apostrophe before it where it needs one."""
    return _MARK + cell if cell.startswith((*_RUN, _MARK)) else cell


def as_written(cell: str) -> str:
    """Return what the cell was before `harmless`; any other cell is returned as it is."""
    return cell[1:] if cell.startswith(_MARK) else cell
