"""Terminal text of `export`: what was written, where it is, and how it comes back."""

from notesense.core.results import TakenOut
from notesense.render import words
from notesense.render.sheet import Sheet

_BACK = {
    "jsonl": "It is all that is known of these accounts.",
    "csv": "Turns and texts come back with it, signals are found anew.",
    "markdown": "Turns and texts come back with it, signals are found anew.",
    "minutes": "It comes back as new notes, as far as that form can carry them.",
}


def taken_out(sheet: Sheet, result: TakenOut) -> None:
    """Write what was exported."""
    whose = words.count(len(result.accounts), "account")
    sheet.line(("Exported: ", "good"), f"{words.count(result.notes, 'note')} of {whose}.")
    sheet.row("Signals", words.count(result.signals, "signal"))
    if result.corrections and result.form == "jsonl":
        sheet.row("Your word on them", words.count(result.corrections, "correction"))
    sheet.row("Written to", f"{result.where} ({_amount(result)}; readable by you only)")
    sheet.row("To bring it back", f"notesense import {_quoted(result.where)}")
    sheet.row("", _BACK[result.form])
    if result.restricted:
        names = words.listing(list(result.restricted[:3])) + (" and more" if len(result.restricted) > 3 else "")
        sheet.line(
            ("Restricted: ", "warn"),
            f"{names} must not leave this machine, and is in it. Keep it here, or export others.",
        )
    if result.too_large:
        sheet.line(
            ("Too large: ", "warn"),
            "more than an import reads from one file. Export it in parts, with --account NAME.",
        )


def _amount(result: TakenOut) -> str:
    size = f"{result.size / 1e6:.1f} MB" if result.size >= 100_000 else f"{result.size / 1e3:.1f} kB"
    return size if result.form == "jsonl" else f"{words.count(result.files, 'file')}, {size}"


def _quoted(where: str) -> str:
    return f'"{where}"' if " " in where else where
