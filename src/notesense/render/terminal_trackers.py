"""Terminal text for a team's trackers: the answer of `trackers` and of `trackers check`."""

from notesense.core.results import TrackerList, TrackerRow
from notesense.render import words
from notesense.render.sheet import Sheet


def tracker_list(sheet: Sheet, result: TrackerList) -> None:
    """Write each tracker with its definition and how its examples separate; without any, where to write them."""
    if not result.trackers:
        sheet.line(("No trackers.", "strong"), f" Write yours into {result.file}; docs/trackers.md has the form.")
        return
    sheet.line((words.count(len(result.trackers), "tracker"), "strong"), f" in {result.file}")
    for row in result.trackers:
        _tracker(sheet, row)
    sheet.gap()
    sheet.line(
        ("Left out: each example is scored by a reader that was made without it, so this is on the low side.", "quiet")
    )
    if result.waiting:
        notes = words.count(result.waiting, "note")
        sheet.line(("Not read for these yet: ", "warn"), f"{notes}; notesense reindex reads them.")


def _tracker(sheet: Sheet, row: TrackerRow) -> None:
    sheet.heading(row.name)
    sheet.line(row.definition, indent=2)
    sheet.line(f"Examples: {row.examples}, left out {row.found} found", indent=2)
    if row.not_examples:
        sheet.line(f"Counter-examples: {row.not_examples}, left out {row.mistaken} mistaken", indent=2)
    if row.signals:
        sheet.line(f"In your notes: {words.count(row.signals, 'signal')}", indent=2)
