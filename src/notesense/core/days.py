"""Days as a user writes them."""

import datetime

from notesense.errors import InputError

_RELATIVE = {"today": 0, "yesterday": 1}


def parse_day(value: str, today: datetime.date) -> datetime.date:
    """Return the day meant by YYYY-MM-DD, `today` or `yesterday`. Raises InputError for anything else."""
    written = value.strip().casefold()
    if written in _RELATIVE:
        return today - datetime.timedelta(days=_RELATIVE[written])
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        raise InputError(
            f'"{value[:40]}" is no day of the calendar.', "Write it as YYYY-MM-DD, for example 2026-03-04."
        ) from None
