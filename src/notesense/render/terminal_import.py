"""Terminal text for imports: the report, the plan of a dry run, a line for a watched file, a note in all its forms."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import PurePath

from notesense.core import languages
from notesense.core.import_results import (
    Changed,
    Imported,
    ImportPlan,
    JoinedForm,
    PlannedFile,
    PlannedNote,
    ShownNote,
    Skipped,
    ToldBy,
    Twin,
)
from notesense.core.note import Turn
from notesense.core.results import Refused
from notesense.core.vocabulary import NO_TESTIMONY, Origin
from notesense.render import words
from notesense.render.sheet import Sheet
from notesense.render.terminal_notes import MOST_REFUSED, index_error, refused, without_place

_WHY = {
    "companion": ("file that completes others", "files that complete others"),
    "hidden": ("hidden file", "hidden files"),
    "empty": ("empty file", "empty files"),
    "partial": ("file still being written", "files still being written"),
    "before": ("note from before the day", "notes from before the day"),
}
_PLANNED = {"added": "new", "known": "there already", "joined": "another form of"}
MOST_TOLD = 10
MOST_FILES = 200
"""Files of a plan that are shown one by one."""


def imported(sheet: Sheet, result: Imported) -> None:
    """Write the report of `import`."""
    stopped = "Import was interrupted; repeat the command to go on." if result.interrupted else "Import finished."
    sheet.line((stopped, "warn" if result.interrupted else "strong"), f" {_seconds(result.seconds)}")
    sheet.gap()
    if result.files > 1:
        unchanged = f", {result.unchanged:,} of them unchanged since they were read" if result.unchanged else ""
        sheet.row("Files", f"{result.files:,}{unchanged}")
    rows: list[tuple[str, int, str]] = [
        ("Read", result.read, "note"),
        ("Added", result.added, "note"),
        ("Already there", result.known, "note"),
        ("Found", result.signals, "signal"),
        ("Drafts rejected", result.rejected, "draft"),
    ]
    left = result.read - result.added - result.known - len(result.joined)
    rows.insert(3, ("Not taken", left, "note"))
    for label, number, noun in rows:
        if number or label in ("Read", "Added"):
            sheet.row(label, words.count(number, noun))
    _how(sheet, result)
    _joined(sheet, result.joined)
    _twins(sheet, result.twins)
    _changed(sheet, result.changed)
    refused(sheet, "Dated today, as the day is not clear (write it as 2026-03-12)", result.unclear_days)
    refused(sheet, "Could not be taken", result.refused)
    refused(sheet, "Saved, but not wholly analysed", result.failed)
    index_error(sheet, result.index_error)


def _how(sheet: Sheet, result: Imported) -> None:
    """Tell what the rep should know of how the notes were taken."""
    _undated(sheet, result)
    if passed := _whole(result.skipped):
        sheet.row("Passed over", _passed_over(passed))
    for at, line in enumerate(_unread(result.skipped)):
        sheet.row("" if at else "Not read", line)
    if result.accounts:
        sheet.row("Accounts", _named(result.accounts))
    if result.new_accounts == result.accounts and result.accounts:
        sheet.row("", "all of them new")
    elif result.new_accounts:
        sheet.row("New accounts", f"{_named(result.new_accounts)}. Not one? notesense accounts NAME --into OTHER")
    _told_by(sheet, result.told)
    if result.languages:
        read = f"{languages.counted(result.languages)}, read by an engine trained on English alone: it misses much. "
        sheet.row("Not in English", read, "To read them again: notesense reindex --engine llm")
    if result.read_as:
        parts = [f"{words.count(number, 'note')} as {name}" for name, number in result.read_as.items()]
        sheet.row("Not in UTF-8", f"read by its looks: {', '.join(parts)}. If letters are wrong: --encoding NAME")
    if result.not_compared:
        sheet.row("Left to compare", words.not_compared(result.not_compared))


def _undated(sheet: Sheet, result: Imported) -> None:
    """Tell which notes nothing told the day of; days that are not clear are told apart."""
    if not result.undated:
        return
    sheet.row("Without a day", f"{words.count(result.undated, 'note')}, dated today")
    unclear = {one.where for one in result.unclear_days}
    untold = [where for where in result.undated_in if where not in unclear]
    for where in untold[:MOST_TOLD]:
        sheet.row("", where)
    if len(untold) > MOST_TOLD:
        sheet.row("", f"... and {len(untold) - MOST_TOLD} more (--format json shows all)")
    if untold:
        sheet.row("", "The day may stand in the file's name: forget the note, rename, import again.")


def _named(accounts: Sequence[str]) -> str:
    """Return how many accounts there are, with the first of their names."""
    more = len(accounts) - MOST_REFUSED
    return f"{len(accounts)}: {', '.join(accounts[:MOST_REFUSED])}" + (f" and {more} more" if more > 0 else "")


def _told_by(sheet: Sheet, told: Sequence[ToldBy]) -> None:
    for one in told[:MOST_TOLD]:
        sheet.row("Told by", f"{one.account}: {one.why} ({words.count(one.notes, 'note')})")
    if len(told) > MOST_TOLD:
        sheet.row("", f"... and {len(told) - MOST_TOLD} more (--format json shows all)")


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 120 else f"{seconds / 60:,.0f} min"


def _whole(skipped: Sequence[Skipped]) -> list[Skipped]:
    """Return the files and notes that were passed over, as against columns of tables that were read."""
    return [one for one in skipped if one.why in _WHY]


def _unread(skipped: Sequence[Skipped]) -> list[str]:
    """Return a line for each table with columns that were not read."""
    told = [f"{one.where}: {one.reason}" for one in skipped if one.why == "columns"]
    more = [f"... and {len(told) - MOST_TOLD} more (--format json shows all)"] * (len(told) > MOST_TOLD)
    how = ["To have a column read, call it Notes."] * bool(told)
    return [*told[:MOST_TOLD], *more, *how]


def _passed_over(skipped: Sequence[Skipped]) -> str:
    reasons = Counter(one.why for one in skipped)
    return ", ".join(words.count(number, *_WHY[why]) for why, number in reasons.items())


def _joined(sheet: Sheet, joined: Sequence[JoinedForm]) -> None:
    """Tell which notes came in another form, and which of those forms has more words than the note."""
    if not joined:
        return
    sheet.gap()
    sheet.line((f"Joined, the same in another form: {len(joined)}", "strong"))
    for one in joined[:MOST_REFUSED]:
        sheet.line("- ", (one.where, "strong"), f" with {one.note_id} ({words.day(one.date)})", indent=2, hang=2)
        if one.fuller:
            again = f'notesense forget "{one.account}" --note {one.note_id}'
            sheet.line(("It has more words than the note. To keep it instead: ", "warn"), again, indent=4)
            sheet.line("Then import it again.", indent=4)
    if len(joined) > MOST_REFUSED:
        sheet.line(f"... and {len(joined) - MOST_REFUSED} more (--format json shows all)", indent=2)
    sheet.line(("See both: notesense show ID", "quiet"), indent=2)


def _changed(sheet: Sheet, changed: Sequence[Changed]) -> None:
    """Tell which files were read before in another state, and the notes of then."""
    if not changed:
        return
    sheet.gap()
    sheet.line((f"Changed since they were read: {words.count(len(changed), 'file')}", "strong"))
    for one in changed[:MOST_REFUSED]:
        verb = "is" if len(one.note_ids) == 1 else "are"
        listed = words.listing(list(one.note_ids[:MOST_TOLD]))
        sheet.line("- ", (one.where, "strong"), f": what it said before {verb} {listed}", indent=2, hang=2)
    if len(changed) > MOST_REFUSED:
        sheet.line(f"... and {len(changed) - MOST_REFUSED} more (--format json shows all)", indent=2)
    sheet.line(("To keep only what it says now: notesense forget ACCOUNT --note ID", "quiet"), indent=2)


def _twins(sheet: Sheet, twins: Sequence[Twin]) -> None:
    """Tell which notes another account has, too."""
    if not twins:
        return
    sheet.gap()
    sheet.line((f"In another account, too: {len(twins)}", "strong"))
    for one in twins[:MOST_REFUSED]:
        there = f" ({one.account}) is {one.other.note_id} of {one.other.account}"
        sheet.line("- ", (one.where, "strong"), there, indent=2, hang=2)
    if len(twins) > MOST_REFUSED:
        sheet.line(f"... and {len(twins) - MOST_REFUSED} more (--format json shows all)", indent=2)
    sheet.line(("If one is wrong: notesense forget ACCOUNT --note ID", "quiet"), indent=2)


def in_lines(name: str, result: Imported) -> tuple[list[str], bool]:
    """Return what became of a watched file, and whether nothing of it failed.

    That is one line, and one for each further part of an archive or export that could not be taken.
    """
    parts = []
    if result.added:
        into = f" for {words.listing(list(result.accounts))}"
        parts.append(f"{words.count(result.added, 'note')} added{into}, {words.count(result.signals, 'signal')}")
    parts += [f"what it said before is {words.listing(list(one.note_ids))}" for one in result.changed]
    parts += ["no day given, so dated today"] * bool(result.undated)
    if result.known:
        parts.append(f"{words.count(result.known, 'note')} already there")
    parts += [_joined_with(one) for one in result.joined]
    passed = _whole(result.skipped)
    parts += [f"passed over: {_passed_over(passed)}"] * bool(passed)
    parts += [one.reason for one in result.skipped if one.why == "columns"]
    parts += [f"not taken: {_in_file(one, name)}" for one in result.refused[:1]]
    parts += [f"saved, but not wholly analysed: {one.reason}" for one in result.failed[:1]]
    parts += [f"search index not updated: {result.index_error}"] * bool(result.index_error)
    lines = ["; ".join(parts) or "no notes"]
    lines += [f"not taken: {_in_file(one, name)}" for one in result.refused[1:MOST_REFUSED]]
    if len(result.refused) > MOST_REFUSED:
        lines.append(f"and {len(result.refused) - MOST_REFUSED} more could not be taken")
    return lines, not (result.refused or result.failed or result.index_error)


def _joined_with(one: JoinedForm) -> str:
    instead = f', which has fewer words; to keep this: notesense forget "{one.account}" --note {one.note_id}'
    return f"joined with {one.note_id}" + (instead if one.fuller else "")


def _in_file(one: Refused, name: str) -> str:
    """Return what was refused by the bare name of its file, where that is another one than the watched file's."""
    bare = PurePath(one.where).name
    return without_place(one) if bare == PurePath(name).name else f"{bare}: {without_place(one)}"


def plan(sheet: Sheet, result: ImportPlan) -> None:
    """Write what an import would do, file by file."""
    notes = [note for file in result.files for note in file.notes]
    statuses = Counter(note.status for note in notes)
    known = statuses["known"] + sum(file.unchanged or 0 for file in result.files)
    told = [f"{words.count(statuses['added'], 'note')} would be added"]
    told += [f"{known:,} already there"] * bool(known)
    told += [f"{statuses['joined']:,} joined with others"] * bool(statuses["joined"])
    failed = sum(len(file.refused) for file in result.files)
    told += [f"{failed:,} could not be taken"] * bool(failed)
    sheet.line(("Dry run: ", "strong"), f"{', '.join(told)}; nothing was written.")
    skipped = [one for file in result.files for one in file.skipped]
    if passed := _whole(skipped):
        sheet.line(f"Passed over: {_passed_over(passed)}.")
    for line in _unread(skipped):
        sheet.line(line)
    shown = [file for file in result.files if file.notes or file.refused or file.unchanged is not None]
    for file in shown[:MOST_FILES]:
        sheet.gap()
        _planned_file(sheet, file)
    if len(shown) > MOST_FILES:
        sheet.gap()
        sheet.line(f"... and {len(shown) - MOST_FILES:,} more files (--format json shows all)")


def _planned_file(sheet: Sheet, file: PlannedFile) -> None:
    sheet.line((file.where or "The notes", "strong"), f" · {file.form}" if file.form else "", hang=2)
    if file.unchanged is not None:
        sheet.line(f"read before and unchanged: {words.count(file.unchanged, 'note')}", indent=2)
    for note in file.notes[:MOST_REFUSED]:
        sheet.line(*_planned_note(note), indent=2, hang=2)
    if len(file.notes) > MOST_REFUSED:
        more = Counter(_PLANNED[note.status] for note in file.notes[MOST_REFUSED:])
        sheet.line(f"... and {', '.join(f'{number:,} {what}' for what, number in more.items())}", indent=2)
    for one in file.refused[:MOST_REFUSED]:
        place = "" if one.where == file.where else f"{one.where}: "
        sheet.line(("could not be taken: ", "warn"), f"{place}{without_place(one)}", indent=2, hang=2)
    if len(file.refused) > MOST_REFUSED:
        sheet.line(f"... and {len(file.refused) - MOST_REFUSED:,} more could not be taken", indent=2)


def _planned_note(note: PlannedNote) -> list[str]:
    no_day = f"{note.unclear_day or 'no day'}, would be dated today"
    day = no_day if note.undated else words.day(note.date)
    what = _PLANNED[note.status] + (f" {note.note_id}" if note.status == "joined" else "")
    return [" · ".join(filter(None, (what, note.account, day, words.channel(note.channel), note.title)))]


def _words(sheet: Sheet, text: str, turns: Sequence[Turn]) -> None:
    """Write a text as it is; over what is nobody's own words in it, say whose they are."""
    at = 0
    for origin, stretch in groupby(turns, key=lambda turn: turn.origin):
        end = tuple(stretch)[-1].end
        if origin in NO_TESTIMONY or origin is Origin.QUOTED:
            sheet.line((f"[{words.whose(origin)}]", "quiet"))
        sheet.verbatim(_in_lines(text[at:end]))
        at = end
    if text[at:].strip():
        sheet.verbatim(_in_lines(text[at:]))


def _in_lines(text: str) -> str:
    """Return a text with the line ends of a terminal, whatever those of its source are."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def shown(sheet: Sheet, result: ShownNote) -> None:
    """Write a note word for word under one line of facts; its other forms are listed below."""
    note, at = result.note, result.shown
    facts = " · ".join(filter(None, (note.account, words.day(note.date), words.channel(note.channel), note.title)))
    sheet.line((note.id, "strong"), f" · {facts}", hang=2)
    if note.source.undated:
        sheet.line(("No day was given: this is the day on which the note came.", "warn"))
    if at is not None:
        form = result.forms[at - 1]
        sheet.line(f"Form {at}: {form.source.form or 'text'}, from {form.where}", hang=2)
    sheet.gap()
    if at is None:
        _words(sheet, note.text, note.turns)
    else:
        _words(sheet, result.forms[at - 1].text, result.forms[at - 1].turns)
    if at is None and result.forms:
        sheet.gap()
        sheet.line(("Came in other forms, too", "strong"))
        for number, form in enumerate(result.forms, 1):
            sheet.line(f"{number}. {form.source.form or 'text'}, from {form.where}", indent=2, hang=3)
        sheet.line((f"See one: notesense show {note.id} --form 1", "quiet"), indent=2)
