"""The store on SQLite: every method is one transaction, and every failure comes out as one of our errors.

Accounts answer to their name and their aliases, whatever the case. What is asked of one account costs what that account
holds: the indexes of `migrations` lead every such question.
"""

import datetime
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, case, delete, exists, func, insert, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from notesense.adapters.sql import database, findings, migrations, names, records, rows, search
from notesense.adapters.sql.file import SqlFile
from notesense.adapters.sql.note_rows import NOTES, attended
from notesense.adapters.sql.schema import (
    accounts,
    aliases,
    ascribed,
    attendees,
    corrections,
    indexed,
    notes,
    passages,
    rejected,
    runs,
    signals,
)
from notesense.core.accounts import key
from notesense.core.corrections import Correction
from notesense.core.note import Note, content_hash
from notesense.core.passage import Passage
from notesense.core.ports import AccountNames, AccountRow, Found, Judged, SignalFilter
from notesense.core.signal import LABELS, SOME_LABELS, Extraction, Reason, Rejected
from notesense.core.vocabulary import LIVE_CHANNELS
from notesense.errors import InputError, StoreError, UnknownAccount

_TOGETHER = 500
"""Ids in one question; SQLite bounds them."""
_LIVE = sorted(channel.value for channel in LIVE_CHANNELS)


class SqlStore(SqlFile):
    """Port `Store` on one SQLite file. Raises StoreError where the file cannot be used."""

    def save(
        self,
        note: Note,
        passages: Sequence[Passage],
        extraction: Extraction,
        corrections: Sequence[Correction] = (),
    ) -> None:
        """Write a new note with its passages, signals, rejected drafts and history; a new account is made."""
        with self._write() as connection:
            if connection.execute(select(notes.c.id).where(notes.c.id == note.id)).first():
                raise InputError(f"There is already a note with the id {note.id!r}.", "Give the new note another id.")
            account_id = names.account_id(connection, note.account) or names.make_account(connection, note.account)
            connection.execute(
                insert(notes), rows.note_row(note, account_id, names.next_number(connection, notes.c.created))
            )
            _save_belonging(connection, note)
            _save_passages(connection, note, passages)
            findings.save_run(connection, note.id, extraction, corrections)
            connection.execute(insert(indexed), {"note_id": note.id, "generation": ""})

    def replace_extraction(self, note_id: str, extraction: Extraction) -> None:
        """Put another run in the place of what engines found; labels stay, unless the run brings labels itself."""
        with self._write() as connection:
            _need_note(connection, note_id)
            findings.replace_run(connection, note_id, extraction)

    def correct(self, corrections: Sequence[Correction]) -> None:
        """Add to the histories of notes, and show what follows: all of it or nothing."""
        with self._write() as connection:
            for note_id in dict.fromkeys(each.note_id for each in corrections):
                _need_note(connection, note_id)
                new = [each for each in corrections if each.note_id == note_id]
                findings.add_corrections(connection, note_id, new)

    def corrections(self, note_id: str) -> tuple[Correction, ...]:
        """Return all that the rep said of a note, oldest first."""
        with self._read() as connection:
            return findings.history_of(connection, note_id)

    def signal_ids(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """Return (signal id, note id) of signals shown or once corrected whose id begins so, in order."""
        with self._read() as connection:
            found: set[tuple[str, str]] = set()
            for name, note_id in ((signals.c.id, signals.c.note_id), (corrections.c.signal_id, corrections.c.note_id)):
                wanted = select(name, note_id).where(name >= prefix, name < f"{prefix}\U0010ffff")
                found.update((each[0], each[1]) for each in connection.execute(wanted))
            return tuple(sorted(found))

    def judged(self, account: str | None = None, since: datetime.date | None = None) -> tuple[Judged, ...]:
        """Return the notes that have corrections or came with labels, oldest first."""
        refused = exists().where(rejected.c.note_id == notes.c.id)
        spoken = exists().where(corrections.c.note_id == notes.c.id)
        wanted = (
            select(notes.c.id, and_(runs.c.engine == LABELS, ~refused))
            .join_from(notes, runs, runs.c.note_id == notes.c.id)
            .where(or_(runs.c.engine == LABELS, spoken))
            .order_by(notes.c.date, notes.c.created)
        )
        with self._read() as connection:
            wanted = _of_account(connection, wanted, account)
            if since is not None:
                wanted = wanted.where(notes.c.date >= since.isoformat())
            return tuple(Judged(note_id=note_id, by_labels=by) for note_id, by in connection.execute(wanted))

    def untracked(self, mark: str) -> tuple[str, ...]:
        """Return the ids of notes that an engine read, but not for the trackers of this mark, as they came."""
        waiting = (runs.c.trackers != mark, runs.c.error.is_(None), runs.c.engine.not_in((LABELS, SOME_LABELS)))
        with self._read() as connection:
            wanted = select(notes.c.id).join(runs, runs.c.note_id == notes.c.id).where(*waiting)
            return tuple(connection.scalars(wanted.order_by(notes.c.created)))

    def replace_tracked(self, note_id: str, extraction: Extraction, kinds: Collection[str]) -> None:
        """Put what trackers found in the place of a note's engine signals of these kinds; all others stay."""
        with self._write() as connection:
            _need_note(connection, note_id)
            findings.replace_kinds(connection, note_id, extraction, kinds)

    def withdraw(self, note_id: str, signal_ids: Collection[str], reason: Reason) -> None:
        """Put an engine's signals among a note's refused drafts; labels and what the rep said stay."""
        with self._write() as connection:
            findings.withdraw(connection, note_id, signal_ids, reason)

    def known(self, account: str, text: str) -> tuple[Note, ...]:
        """Return the account's notes that have exactly this text, oldest first."""
        with self._read() as connection:
            account_id = names.account_id(connection, account)
            wanted = _NOTES.where(notes.c.account_id == account_id, notes.c.hash == content_hash(text))
            return tuple(note for note in _read_notes(connection, wanted) if note.text == text)

    def elsewhere(self, note: Note) -> tuple[Note, ...]:
        """Return notes of other accounts with exactly this text, or of the same day and with the same meeting's id."""
        with self._read() as connection:
            # Over the accounts the index of texts serves; by the hash alone every note would be looked at.
            others = select(accounts.c.id).where(accounts.c.key != key(note.account))
            same = [and_(notes.c.account_id.in_(others), notes.c.hash == content_hash(note.text))]
            if note.source.meeting:
                met = and_(notes.c.meeting == note.source.meeting, notes.c.meeting != "")
                same.append(and_(met, notes.c.account_id.in_(others), notes.c.date == note.date.isoformat()))
            found = [one for wanted in same for one in _read_notes(connection, _NOTES.where(wanted))]
            return tuple({one.id: one for one in found if one.source.meeting or one.text == note.text}.values())

    def note(self, note_id: str) -> Note | None:
        """Return a note by its id."""
        with self._read() as connection:
            return next(iter(_read_notes(connection, _NOTES.where(notes.c.id == note_id))), None)

    def notes(self, account: str | None = None, until: datetime.date | None = None) -> tuple[Note, ...]:
        """Return notes, oldest first; none for an account that is not there."""
        with self._read() as connection:
            wanted = _of_account(connection, _NOTES, account)
            if until:
                wanted = wanted.where(notes.c.date <= until.isoformat())
            return _read_notes(connection, wanted)

    def passages(self, note_id: str) -> tuple[Passage, ...]:
        """Return a note's passages in order."""
        with self._read() as connection:
            text = connection.execute(select(notes.c.text).where(notes.c.id == note_id)).scalar()
            wanted = select(passages).where(passages.c.note_id == note_id).order_by(passages.c.ordinal)
            return tuple(rows.passage_of(row, text or "") for row in connection.execute(wanted).mappings())

    def signals(self, wanted: SignalFilter) -> tuple[Found, ...]:
        """Return signals with their notes' facts, by date, then place in the note."""
        with self._read() as connection:
            query = _of_account(connection, _SIGNALS, wanted.account)
            return tuple(map(rows.found_of, connection.execute(query.where(*_conditions(wanted))).mappings()))

    def rejected(self, note_id: str) -> tuple[Rejected, ...]:
        """Return the refused drafts of a note."""
        with self._read() as connection:
            wanted = select(rejected).where(rejected.c.note_id == note_id).order_by(rejected.c.id)
            return tuple(map(rows.rejected_of, connection.execute(wanted).mappings()))

    def unread(self) -> tuple[str, ...]:
        """Return the ids of notes that were kept although their engine failed, oldest first."""
        with self._read() as connection:
            return tuple(
                connection.scalars(select(runs.c.note_id).where(runs.c.error.is_not(None)).order_by(runs.c.id))
            )

    def languages(self, account: str | None = None) -> tuple[tuple[str, str], ...]:
        """Return (note id, language) of the notes whose engine was not trained for their language, oldest first."""
        wanted = select(notes.c.id, runs.c.language).join_from(notes, runs, runs.c.note_id == notes.c.id)
        wanted = wanted.where(runs.c.language != "").order_by(notes.c.date, notes.c.created)
        with self._read() as connection:
            return tuple((row[0], row[1]) for row in connection.execute(_of_account(connection, wanted, account)))

    def accounts(self) -> tuple[AccountRow, ...]:
        """Return all accounts with their counts, by name."""
        with self._read() as connection:
            answering_to = names.by_account(connection)
            return tuple(
                rows.account_of(row, answering_to.get(row["id"], ()))
                for row in connection.execute(_ACCOUNTS).mappings()
            )

    def account_names(self) -> tuple[AccountNames, ...]:
        """Return names and aliases alone, by name: cheap however much the store holds."""
        with self._read() as connection:
            answering_to = names.by_account(connection)
            found = connection.execute(select(accounts.c.id, accounts.c.name).order_by(accounts.c.key))
            return tuple(
                AccountNames(name=name, aliases=tuple(answering_to.get(account_id, ()))) for account_id, name in found
            )

    def add_alias(self, account: str, alias: str) -> None:
        """Let an account answer to another name too. Raises InputError where the alias is another account's."""
        with self._write() as connection:
            account_id = names.account_id(connection, account)
            if account_id is None:
                raise UnknownAccount(f"There is no account {account!r}.", "Run `notesense accounts` to see them.")
            taken = names.account_id(connection, alias)
            if taken is None:
                row = {"key": key(alias), "alias": alias.strip(), "account_id": account_id}
                connection.execute(insert(aliases), row)
            elif taken != account_id:
                owner = connection.execute(select(accounts.c.name).where(accounts.c.id == taken)).scalar()
                raise InputError(f"{alias!r} already stands for the account {owner!r}.", "Choose another alias.")

    def match_text(self, query: str, account: str | None, limit: int) -> tuple[tuple[str, int], ...]:
        """Full-text search: (note id, passage ordinal), best first. Any characters are allowed in the query."""
        with self._read() as connection:
            account_id = None if account is None else names.account_id(connection, account) or 0
            return tuple(search.match(connection, query, account_id, limit))

    def forget(self, account: str, note_id: str | None = None) -> tuple[str, ...]:
        """Delete an account with all that hangs on it, or one of its notes; return the ids of the notes that went.

        Their words leave the file too, and copies that a migration left are deleted, for they hold the same notes.
        """
        with self._write() as connection:
            account_id = names.account_id(connection, account)
            if account_id is None:
                return ()
            which = notes.c.account_id == account_id
            if note_id is not None:
                which = and_(which, notes.c.id == note_id)
            wanted = select(notes.c.id).where(which).order_by(notes.c.date, notes.c.created)
            gone = tuple(connection.execute(wanted).scalars())
            records.forget(connection, names.all_names(connection, account_id), gone, note_id is None)
            search.remove(connection, which)
            connection.execute(delete(notes).where(which))
            if note_id is None:
                connection.execute(delete(accounts).where(accounts.c.id == account_id))
        with database.translated(self.path):
            for copy in migrations.copies(self.path):
                copy.unlink()
            if not database.empty_wal(self._engine):
                raise StoreError(
                    f"{account!r} is deleted, but {self.path}-wal still holds its words for another program.",
                    "Close every other NoteSense; the words go when the last one ends.",
                )
        return gone

    def unindexed(self, generation: str) -> tuple[str, ...]:
        """Return the ids of notes that this generation of the index does not hold yet, in the order of their coming."""
        with self._read() as connection:
            # Two ranges of the index rather than "not equal", and no order by SQL: both would scan every note.
            found: list[tuple[int, str]] = []
            for other in (indexed.c.generation < generation, indexed.c.generation > generation):
                wanted = select(notes.c.created, notes.c.id).join(indexed, indexed.c.note_id == notes.c.id).where(other)
                found += [(created, note_id) for created, note_id in connection.execute(wanted)]
            return tuple(note_id for _, note_id in sorted(found))

    def mark_indexed(self, note_ids: Iterable[str], generation: str) -> None:
        """Remember that this generation of the index holds these notes."""
        with self._write() as connection:
            held = [{"held": note_id, "generation": generation} for note_id in note_ids]
            if held:
                connection.execute(update(indexed).where(indexed.c.note_id == bindparam("held")), held)

    def passage_count(self, generation: str | None = None) -> int:
        """Return how many passages the store holds, or only those that this generation of the index should hold."""
        with self._read() as connection:
            wanted = select(func.count()).select_from(passages)
            if generation is not None:
                held = indexed.c.note_id == passages.c.note_id
                wanted = wanted.join(indexed, held).where(indexed.c.generation == generation)
            return connection.execute(wanted).scalar_one()


def _read_notes(connection: Connection, wanted: Select[Any]) -> tuple[Note, ...]:
    """Return the notes of a query made of `_NOTES`, each with its attendees."""
    found = connection.execute(wanted).mappings().all()
    there = attended(connection, [row["id"] for row in found])
    return tuple(rows.note_of(row, there.get(row["id"], ())) for row in found)


def _signals() -> Select[Any]:
    return (
        select(signals, accounts.c.name, notes.c.date, notes.c.channel, notes.c.title)
        .join_from(signals, notes, notes.c.id == signals.c.note_id)
        .join(accounts, accounts.c.id == notes.c.account_id)
        .order_by(notes.c.date, notes.c.created, signals.c.start, signals.c.end, signals.c.id)
    )


def _accounts() -> Select[Any]:
    found = (
        select(notes.c.account_id, func.count().label("number"))
        .join(signals, signals.c.note_id == notes.c.id)
        .group_by(notes.c.account_id)
        .subquery()
    )
    live = case((and_(notes.c.channel.in_(_LIVE), ~notes.c.undated), notes.c.date))
    counted = (
        select(
            notes.c.account_id,
            func.count().label("notes"),
            func.min(notes.c.date).label("first_note"),
            func.max(notes.c.date).label("last_note"),
            func.max(live).label("last_live"),
        )
        .group_by(notes.c.account_id)
        .subquery()
    )
    return (
        select(accounts.c.id, accounts.c.name, counted, found.c.number.label("signals"))
        .join_from(accounts, counted, counted.c.account_id == accounts.c.id, isouter=True)
        .join(found, found.c.account_id == accounts.c.id, isouter=True)
        .order_by(accounts.c.key)
    )


_NOTES = NOTES.order_by(notes.c.date, notes.c.created)
_SIGNALS = _signals()
_ACCOUNTS = _accounts()


def _of_account(connection: Connection, query: Select[Any], account: str | None) -> Select[Any]:
    """Narrow a query on notes to one account, if one is wanted."""
    return query if account is None else query.where(notes.c.account_id == (names.account_id(connection, account) or 0))


def _conditions(wanted: SignalFilter) -> list[ColumnElement[bool]]:
    """Return what the filter asks for, apart from the account."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.kinds:
        conditions.append(signals.c.kind.in_(wanted.kinds))
    if wanted.since:
        conditions.append(notes.c.date >= wanted.since.isoformat())
    if wanted.until:
        conditions.append(notes.c.date <= wanted.until.isoformat())
    if wanted.note_id is not None:
        conditions.append(signals.c.note_id == wanted.note_id)
    return conditions


def _save_belonging(connection: Connection, note: Note) -> None:
    """Write who attended, and how it was known whose the note is."""
    if attended := rows.attendee_rows(note):
        connection.execute(insert(attendees), attended)
    if note.ascribed.by:
        connection.execute(insert(ascribed), {"note_id": note.id, **note.ascribed.model_dump()})


def _save_passages(connection: Connection, note: Note, given: Sequence[Passage]) -> None:
    first = names.next_number(connection, passages.c.id)
    if given:
        values = [rows.passage_row(each, note.id, first + n) for n, each in enumerate(given)]
        connection.execute(insert(passages), values)
        search.add(connection, [(first + n, note.text[each.start : each.end]) for n, each in enumerate(given)])


def _need_note(connection: Connection, note_id: str) -> None:
    if not connection.execute(select(notes.c.id).where(notes.c.id == note_id)).first():
        raise InputError(f"There is no note with the id {note_id!r}.", "See the ids with `notesense signals`.")
