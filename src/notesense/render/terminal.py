"""Results as terminal text: which result is written by which function.

Quiet on purpose: indents and air instead of frames, marks in words, colour only as help.
"""

from collections.abc import Sequence
from importlib import import_module

from notesense.core.note import Value
from notesense.errors import InputError
from notesense.render.sheet import Sheet

_WRITERS = {
    "Added": "terminal_notes.added",
    "Imported": "terminal_import.imported",
    "ImportPlan": "terminal_import.plan",
    "ShownNote": "terminal_import.shown",
    "NoteList": "terminal_listing.note_list",
    "Extracted": "terminal_notes.extracted",
    "Listed": "terminal_lookup.listed",
    "Searched": "terminal_lookup.searched",
    "Answered": "terminal_answer.answered",
    "PeopleList": "terminal_people.people_list",
    "UsList": "terminal_us.us_list",
    "Portfolio": "terminal_portfolio.portfolio",
    "Checked": "terminal_upkeep.checked",
    "Corrected": "terminal_corrections.corrected",
    "BatchList": "terminal_batches.batch_list",
    "Backfilled": "terminal_batches.backfilled",
    "Retried": "terminal_batches.retried",
    "Collected": "terminal_batches.collected",
    "Cancelled": "terminal_batches.cancelled",
    "Reindexed": "terminal_upkeep.reindexed",
    "Trained": "terminal_upkeep.trained",
    "Restrained": "terminal_upkeep.restrained",
    "Forgotten": "terminal_upkeep.forgotten",
    "TakenOut": "terminal_export.taken_out",
    "Costs": "terminal_expenses.costs",
    "Planned": "terminal_expenses.planned",
    "TrackerList": "terminal_trackers.tracker_list",
    "DatasetChecked": "terminal_evaluation.checked",
    "Evaluated": "terminal_evaluation.evaluated",
    "AccountsScored": "terminal_accounts.accounts_scored",
    "Compared": "terminal_comparison.compared",
    "Week": "terminal_week.week",
    "Agenda": "terminal_briefing.agenda",
    "Briefing": "terminal_briefing.briefing",
}
"""By name, so that a briefing's modules are not imported to answer an `add`."""


def to_text(result: Value | Sequence[Value], *, width: int = 80, colour: bool = False) -> str:
    """Return the result as text for a terminal of this width; several results stand one below the other."""
    sheet = Sheet(width, colour)
    for one in [result] if isinstance(result, Value) else result:
        place = _WRITERS.get(type(one).__name__)
        if place is None:
            raise InputError(f"{type(one).__name__} has no text form.", "Use --format json.")
        module, writer = place.split(".")
        sheet.gap()
        getattr(import_module(f"notesense.render.{module}"), writer)(sheet, one)
    return sheet.text()
