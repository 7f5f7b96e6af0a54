"""What a calendar file tells of a meeting, for `brief` and `agenda`; and the briefings of a whole week."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from notesense.cli import options
from notesense.cli.exits import PARTLY
from notesense.wiring.wishes import ModelWishes

if TYPE_CHECKING:
    from notesense.core.week import Prepared, Week
    from notesense.wiring.verbs import NoteSense

USUAL_MINUTES = 45
FILES = (options.PageFormat.HTML, options.PageFormat.DOCX)
"""Formats in which each meeting is a file of its own."""


@dataclass(frozen=True)
class Arranged:
    """A meeting as it will be: its day where known, its length, who of the customer's people comes."""

    day: datetime.date | None
    minutes: int
    present: tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """What is wanted of the briefings of a week."""

    as_of: datetime.date | None
    minutes: int | None
    wording: str | None
    fmt: options.PageFormat
    output: Path | None


def arranged(
    notes: "NoteSense",
    account: str,
    when: options.When | None,
    event: int | None,
    as_of: datetime.date | None,
    minutes: int | None,
    present: tuple[str, ...],
) -> Arranged:
    """Return the meeting with an account that options and calendar file tell; the options go before the file."""
    from notesense.cli.output import tell

    if when is None or when.file is None:
        if event is not None:
            raise typer.BadParameter("it chooses from a calendar: --meeting FILE.ics", param_hint="--event")
        return Arranged(when.day if when else None, USUAL_MINUTES if minutes is None else minutes, present)
    meeting = notes.meeting(when.file, as_of=as_of, number=event, account=account)
    there = present or tuple(one.shown for one in meeting.attendees)
    length = (meeting.minutes or USUAL_MINUTES) if minutes is None else minutes
    who = f"with {', '.join(there)}" if there else "nobody named"
    tell(f"Meeting: {meeting.told}, {length} minutes, {who}.")
    return Arranged(meeting.day, length, there)


def brief_week(file: Path, apart: Mapping[str, object], wanted: Wanted, wishes: ModelWishes) -> None:
    """Prepare the meetings of a week. `apart` is what does not go together with it."""
    from notesense.cli import modelwork
    from notesense.cli.output import show

    if given := [name for name, value in apart.items() if value is not None]:
        raise typer.BadParameter(f"{given[0]} does not go together with it", param_hint="--week")
    if wanted.fmt in FILES and wanted.output is None:
        raise typer.BadParameter(f"say where the files go: --format {wanted.fmt} --output FOLDER", param_hint="--week")
    with modelwork.opened(None, wishes, "Preparing meetings") as notes:
        made = notes.week(file, as_of=wanted.as_of, minutes=wanted.minutes, wording=wanted.wording)
        if wishes.dry_run:
            modelwork.show_rehearsed(notes, "json" if wanted.fmt is options.PageFormat.JSON else "text")
            return
        if wanted.fmt in FILES and wanted.output is not None:
            _write(notes, made, wanted.fmt.value, wanted.output)
        else:
            show(made, wanted.fmt.value, output=wanted.output)
    _leave(made)


def _write(notes: "NoteSense", made: "Week", fmt: str, folder: Path) -> None:
    """Write a file for each meeting into a folder, and tell of the meetings without one."""
    from notesense.cli.output import show, tell
    from notesense.errors import StoreError

    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(f"Cannot make {folder}: {error.strerror or error}.", "Choose another --output.") from None
    taken: set[str] = set()
    for one in made.prepared:
        show(one.briefing, fmt, notes=notes.notes_by_id(one.account), output=folder / _name(one, fmt, taken))
    for passed in made.passed_over:
        tell(f"No briefing: {passed.meeting.told}: {passed.told}")
    for fault in made.faults:
        tell(fault)
    if not made.prepared:
        tell("No meeting of the coming seven days has a known account: nothing was written.")


def _name(one: "Prepared", fmt: str, taken: set[str]) -> str:
    """Return a file's name that no other has: 2026-03-04-0930-harlow-instruments.html."""
    at = f"-{one.meeting.time:%H%M}" if one.meeting.time else ""
    account = re.sub(r"[^\w]+", "-", one.account.casefold()).strip("-")[:60] or "account"
    stem = f"{one.meeting.day}{at}-{account}"
    number = next(n for n in range(1, len(taken) + 2) if f"{stem}-{n}" not in taken)
    taken.add(f"{stem}-{number}")
    return f"{stem}.{fmt}" if number == 1 else f"{stem}-{number}.{fmt}"


def _leave(made: "Week") -> None:
    """Leave with the code for partly done where a meeting has no briefing that should have one, or not its words."""
    from notesense.cli.meeting import leave

    if not made.is_whole:
        raise typer.Exit(PARTLY)
    briefings = [one.briefing for one in made.prepared]
    leave(*(one.agenda.wording for one in briefings), *(one.in_brief.wording for one in briefings if one.in_brief))
