"""The export of a store put together: notes taken out some at a time, written in the form that is asked for."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from notesense.core.carried import AccountFacts, Carried, Recorded, Weighed
from notesense.core.note import Note
from notesense.core.ports import Progress
from notesense.core.reading import Piece, Readings
from notesense.core.results import Refused, TakenOut
from notesense.errors import InputError
from notesense.wiring.comparing import beside

if TYPE_CHECKING:
    from notesense.wiring.people import People
    from notesense.workflows.carrying import Books

FORMS = ("jsonl", "csv", "markdown", "minutes")
"""The forms of an export; only the first is the whole store."""
LARGEST = 190 * 1024 * 1024
"""Bytes from which on a file could no longer be imported again."""


def books(notes: "People") -> "Books":
    """Return where all is kept that is known besides notes."""
    from notesense.workflows.carrying import Books

    return Books(notes.store, notes.register, notes.persons, notes.records, notes.links)


def without_facts(readings: Readings) -> Readings:
    """Return the readings. Raises InputError where they are an export, whose accounts are more than one note's."""
    if readings.carried.accounts:
        raise InputError("This is an export of whole accounts.", "Bring it in with: notesense import FILE")
    return readings


class Incoming:
    """What exports tell besides notes, taken in as the files of an import are read.

    Where the notes are put under one account, nothing else is taken in.
    """

    def __init__(self, notes: "People", account: str | None) -> None:
        self._notes = notes
        self._account = account
        self._link = beside(notes)
        self._weighed: list[Weighed] = []
        self._brought: set[str] = set()

    def pieces(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """Yield the files as they are to be kept."""
        return (replace(piece, read=partial(self._read, piece)) for piece in pieces)

    def link(self, accounts: Sequence[str]) -> int:
        """Take in what was weighed of the notes that came, and link the rest."""
        from notesense.workflows import carrying

        if self._weighed:
            carrying.bring_bearings(self._weighed, accounts, frozenset(self._brought), books(self._notes))
        return self._link(accounts)

    def _read(self, piece: Piece) -> Readings:
        from notesense.workflows import carrying

        found = piece.read()
        if found.carried == Carried():
            return found
        if self._account is not None:
            return _under_one_account(found, piece.where)
        self._weighed += found.carried.weighed
        self._brought.update(one.id for one in found.notes if one.id)
        refused = carrying.bring_in(found.carried, books(self._notes))
        return found.model_copy(update={"refused": (*found.refused, *refused)})


def _under_one_account(found: Readings, where: str) -> Readings:
    """Return an export's notes, unless putting them under another account would free what is restricted."""
    restricted = [one.account for one in found.carried.accounts if one.restricted or one.restricted_notes]
    if not restricted:
        return found
    reason = (
        f"The export holds what is restricted ({', '.join(restricted[:3])}), and that would be lost under another "
        "account. Import it without --account; then notesense accounts NAME --into OTHER."
    )
    return Readings(refused=(*found.refused, Refused(where=where, reason=reason)))


class Export:
    """One export of one store: checked first, then written. `accounts` are full names; none means all."""

    def __init__(self, notes: "People", accounts: Sequence[str], progress: Progress | None = None) -> None:
        from notesense.adapters.sql.outgoing import SqlOutgoing

        self._books = books(notes)
        self._accounts = tuple(dict.fromkeys(accounts))
        self._outgoing = SqlOutgoing(notes.database)
        self._progress = progress
        self._notes = self._signals = self._corrections = 0
        self._seen: dict[str, None] = {}

    def write(self, place: Path, form: str, force: bool, bom: bool) -> TakenOut:
        """Write the export. Raises InputError where it may not go there or there is nothing, StoreError on a fault."""
        from notesense.adapters import private_files

        began = time.monotonic()
        if form not in FORMS:
            raise InputError(f'There is no form "{form}".', f"Choose one of: {', '.join(FORMS)}.")
        with closing(self._outgoing):
            total = self._outgoing.count(self._accounts)
            if not total and not self._books.store.account_names():
                raise InputError("There is nothing to export yet.", "Add a note: notesense add --account NAME")
            files = 1
            if form == "jsonl":
                private_files.check_file(place, force)
                size = private_files.write_file(place, (("", line) for line in self._lines(total)))
            else:
                private_files.check_folder(place, force)
                files, size = private_files.write_folder(place, self._files(form, bom, total))
        restricted = self._books.records.restrictions()
        return TakenOut(
            form=form,
            where=str(place),
            notes=self._notes,
            accounts=tuple(sorted(self._seen)),
            signals=self._signals,
            corrections=self._corrections,
            restricted=tuple(dict.fromkeys(one.account for one in restricted if one.account in self._seen)),
            files=files,
            size=size,
            too_large=form == "jsonl" and size > LARGEST,
            seconds=time.monotonic() - began,
        )

    def _counted(self, total: int) -> Iterator[tuple[Note, Recorded]]:
        """Yield the notes, counting what goes."""
        for note, recorded in self._outgoing.recorded(self._accounts):
            yield note, recorded
            self._seen[note.account] = None
            self._notes += 1
            self._signals += len(recorded.shown)
            self._corrections += len(recorded.corrections)
            if self._progress is not None:
                self._progress(self._notes, max(total, self._notes))

    def _files(self, form: str, bom: bool, total: int) -> Iterator[tuple[str, str]]:
        from notesense.render import export_csv, export_markdown, export_minutes

        notes = self._counted(total)
        if form == "csv":
            return export_csv.pieces(notes, bom)
        return export_markdown.pieces(notes) if form == "markdown" else export_minutes.pieces(notes)

    def _lines(self, total: int) -> Iterator[str]:
        from notesense.render import export_jsonl

        yield export_jsonl.head_line(total)
        ours = self._books.persons.ours()
        if ours:
            yield export_jsonl.us_line(ours)
        names = self._accounts or tuple(one.name for one in self._books.store.account_names())
        for name in names:
            yield export_jsonl.account_line(self._facts(name))
        for note, recorded in self._counted(total):
            yield export_jsonl.note_line(note, recorded)
        for name in names:
            yield from export_jsonl.weighed_lines(self._books.weighed(name))

    def _facts(self, account: str) -> AccountFacts:
        self._seen[account] = None
        return self._books.facts_of(account)
