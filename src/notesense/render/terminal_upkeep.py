"""Terminal text for the upkeep of the data folder: `doctor`, `reindex`, `train`, `restrict` and `forget`."""

from notesense.core.results import Checked, Forgotten, Reindexed, Restrained, Trained
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
    if result.not_compared:
        sheet.line(("Left to compare: ", "strong"), words.not_compared(result.not_compared), ".")


def forgotten(sheet: Sheet, result: Forgotten) -> None:
    """Write what went with the account."""
    found = words.count(result.signals, "signal")
    if result.note_id is not None:
        sheet.line(("Forgotten: ", "strong"), f"the note {result.note_id} of {result.account}, with {found}.")
        return
    sheet.line(("Forgotten: ", "strong"), f"{result.account}, with {words.count(result.notes, 'note')} and {found}.")


def restrained(sheet: Sheet, result: Restrained) -> None:
    """Write what is restricted, or what became of one restriction."""
    if result.changed is None:
        sheet.line((f"{words.count(len(result.restrictions), 'restriction')}", "strong"))
    for one in result.restrictions:
        whose = f"the note {one.note_id} of {one.account}" if one.note_id else f"all notes of {one.account}"
        if result.changed is None:
            sheet.line("- ", whose, indent=2, hang=2)
        elif result.lifted:
            lead = ("Lifted: ", "good") if result.changed else ("Nothing to lift: ", "strong")
            sheet.line(lead, whose, " may be sent to a model again." if result.changed else ", not restricted.")
        else:
            sheet.line(("Restricted: " if result.changed else "Restricted before: ", "strong"), whose, ".")
            sheet.line("No model is asked about them. Engines that ask one leave them to the local engine.", indent=2)


def trained(sheet: Sheet, result: Trained) -> None:
    """Write which heads are kept, and the figures that decided."""
    if result.old_f1 is None or result.new_f1 is None:
        gone = "Your team's own heads are gone" if result.removed else "There were no heads of your team"
        sheet.line(("Reset: ", "strong"), f"{gone}; the local engine works as it ships ({result.version}).")
        return
    told = f"{words.count(result.notes, 'labelled note')} with {words.count(result.signals, 'signal')}"
    unseen = "its account" if result.by_account else "it"
    sheet.line(("Compared on ", "strong"), f"{told}, each scored by new heads that had not seen {unseen}:")
    sheet.line(f"as shipped  F1 {result.old_f1:.3f}", indent=2)
    sheet.line(f"refitted    F1 {result.new_f1:.3f}", indent=2)
    if result.kept == "old":
        sheet.line(
            ("Kept: ", "strong"),
            f"the heads in use ({result.version}); refitted ones are not clearly better than those that ship.",
        )
    elif result.trial:
        sheet.line(("Better: ", "good"), "the refitted heads. Nothing was written; without --dry-run they are kept.")
    else:
        sheet.line(("Kept: ", "good"), f"the refitted heads ({result.version}). notesense train --reset goes back.")
