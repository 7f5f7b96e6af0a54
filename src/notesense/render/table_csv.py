"""The portfolio as CSV for a spreadsheet: one line an account, ISO days, empty where nothing is known.

A name that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV Injection").
"""

import csv
import io
from collections.abc import Sequence

from notesense.core.note import Value
from notesense.core.portfolio import Portfolio
from notesense.errors import InputError
from notesense.render import safe

COLUMNS = (
    *("name", "standing", "last_live_contact", "days_since_last_live_contact", "overdue", "fires", "renewal"),
    *("compared", "notes", "signals", "first_note", "last_note", "restricted", "aliases"),
)
_FORMULA = ("=", "+", "-", "@")


def to_csv(result: Value | Sequence[Value]) -> str:
    """Return the portfolio as CSV with a line of heads. Raises InputError for any other result."""
    if not isinstance(result, Portfolio):
        raise InputError("CSV is the form of the table of accounts only.", "Use --format text or json.")
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in result.accounts:
        plain = row.model_dump(mode="json") | {"aliases": "; ".join(row.aliases)}
        writer.writerow([_cell(plain[name]) for name in COLUMNS])
    return file.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return value
    text = safe.inline(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
