"""Terminal text of a week: each meeting with its briefing below, then those without one and why."""

from notesense.core.week import Prepared, Week
from notesense.render import terminal_briefing, words
from notesense.render.sheet import Sheet


def week(sheet: Sheet, result: Week) -> None:
    """Write the briefings one after another."""
    sheet.line((title(result), "strong"))
    for one in result.prepared:
        sheet.gap()
        sheet.line("─" * sheet.width)
        sheet.line((one.meeting.told, "strong"))
        sheet.line((facts(one), "quiet"))
        sheet.gap()
        terminal_briefing.briefing(sheet, one.briefing)
    if result.passed_over:
        sheet.heading("Without a briefing")
    for passed in result.passed_over:
        sheet.line(passed.meeting.told, indent=2, hang=2)
        sheet.line((passed.told, "warn" if passed.reason != "no_account" else "quiet"), indent=4)
    if result.faults:
        sheet.heading("Not read in the calendar")
    for fault in result.faults:
        sheet.line((fault, "warn"), indent=2, hang=2)


def title(result: Week) -> str:
    """Return what the week holds, in a line."""
    found = words.count(len(result.prepared), "meeting")
    what = f"{found} with a known account" if result.prepared else "no meeting with a known account"
    return f"{words.day(result.as_of)} to {words.day(result.until)}: {what}"


def facts(one: Prepared) -> str:
    """Return what the calendar tells of a meeting, and why it is taken for one with this account."""
    meeting = one.meeting
    parts = [words.count(meeting.minutes, "minute")] if meeting.minutes else []
    parts += [meeting.location] if meeting.location else []
    parts += [f"with {', '.join(each.shown for each in meeting.attendees)}"] if meeting.attendees else []
    return " · ".join([*parts, f"{one.account}, by {one.because}"])
