"""Terminal text for the upkeep of the data folder: the answers of `doctor`, `reindex` and `forget`."""

from notesense.core.results import Checked, Forgotten, Reindexed
from notesense.render import words
from notesense.render.sheet import Sheet

_MARKS = {"ok": ("ok  ", "good"), "warning": ("!   ", "warn"), "fault": ("x   ", "bad")}
_WORDS = {"ok": "", "warning": "Warning: ", "fault": "Fault: "}


def checked(sheet: Sheet, result: Checked) -> None:
    """Write one line a check, its mark first, and the fix below what is not well."""
    for check in result.checks:
        sheet.row(
            _MARKS[check.state],
            (check.name, "strong"),
            f"  {_WORDS[check.state]}{check.detail}",
            indent=0,
            column=5,
        )
        if check.fix and check.state != "ok":
            sheet.line("To mend it: ", check.fix, indent=5)
    faults = sum(check.state == "fault" for check in result.checks)
    warnings = sum(check.state == "warning" for check in result.checks)
    sheet.gap()
    counts = [words.count(faults, "fault")] * bool(faults) + [words.count(warnings, "warning")] * bool(warnings)
    sheet.line((words.listing(counts) + "." if counts else "All is well.", "strong"))


def reindexed(sheet: Sheet, result: Reindexed) -> None:
    """Write what was read again and what the rebuilt index holds."""
    if result.reread:
        sheet.line(("Read again: ", "good"), f"{words.count(result.reread, 'note')} that an engine had failed on.")
    if result.still_unread:
        sheet.line(("Still unread: ", "warn"), f"{words.count(result.still_unread, 'note')}; the engine failed again.")
    if result.tracked:
        sheet.line(("Read for trackers: ", "good"), f"{words.count(result.tracked, 'note')}.")
    held = f"{words.count(result.passages, 'passage')} of {words.count(result.notes, 'note')}"
    sheet.line(("Index rebuilt: ", "good"), f"{held} in {result.seconds:.1f} s.")


def forgotten(sheet: Sheet, result: Forgotten) -> None:
    """Write what went with the account."""
    gone = f"{words.count(result.notes, 'note')} and {words.count(result.signals, 'signal')}"
    sheet.line(("Forgotten: ", "strong"), result.account, f" with {gone}.")
