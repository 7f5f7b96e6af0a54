"""Hand notes over to a server in batches, so that a stop at any moment neither loses one nor pays for one twice.

What a batch asks is written down before anything is sent, its file once it is uploaded, and its id at the server once
it is submitted; the server holds our own id as metadata. Words are sent once: what waits already is not asked again.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import uuid4

from notesense.core.batch_ports import BatchServer
from notesense.core.batch_results import Submitted
from notesense.core.batches import MOST_BYTES, MOST_REQUESTS, Asked, Batch, File, Remote, State, Terms
from notesense.core.expenses import PlannedRequest
from notesense.core.note import Note
from notesense.core.ports import Progress
from notesense.core.requests import Request
from notesense.core.results import Refused
from notesense.errors import ModelError, NotTaken, ServerAway
from notesense.workflows.asking import drafts_of
from notesense.workflows.batches import office as at
from notesense.workflows.batches.office import Office
from notesense.workflows.batches.waiting import Bounds, Noting

TOO_LARGE = "a request about it is larger than a batch's file may be"


@dataclass(frozen=True)
class Wishes:
    """How notes are handed over. `dry_run` sends and writes nothing. Limits are those of one file."""

    bounds: Bounds = field(default_factory=Bounds)
    dry_run: bool = False
    most_requests: int = MOST_REQUESTS
    most_bytes: int = MOST_BYTES


@dataclass
class _Tally:
    """Running counts of one run."""

    batches: list[str] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    requests: int = 0
    ready: int = 0
    underway: int = 0
    labelled: int = 0
    restricted: int = 0
    failed: list[Refused] = field(default_factory=list)
    planned: list[PlannedRequest] = field(default_factory=list)


def submit(
    notes: Sequence[Note], terms: Terms, office: Office, wishes: Wishes | None = None, progress: Progress | None = None
) -> Submitted:
    """Ask about notes in batches. A note whose answers are remembered is read at once.

    Raises ModelError where nothing can be submitted at all; what goes wrong later is told in the answer.
    """
    wishes = wishes or Wishes()
    if wishes.dry_run:
        return _Counter(terms, office, wishes).run(notes, progress)
    server = office.server(terms)
    with office.alone():
        at.find_out(office)
        return _Clerk(terms, office, wishes, server).run(notes, progress)


class _Counter:
    """Goes through the notes and counts what would be asked."""

    def __init__(self, terms: Terms, office: Office, wishes: Wishes) -> None:
        self.terms = terms
        self.office = office
        self.wishes = wishes
        self.underway = at.underway(office, terms)
        self.tally = _Tally()
        self.noting = Noting(
            terms.model,
            lambda request: office.recall(terms, request),
            lambda request: office.expected(terms, request),
            lambda request: request in self.underway,
            wishes.bounds,
        )
        self.asker = office.asking(terms, self.noting)

    def run(self, notes: Sequence[Note], progress: Progress | None) -> Submitted:
        """Take the notes one after another and tell what became of them."""
        labelled = at.labelled(self.office)
        restricted = {note.id for note in notes if note.id not in labelled and self.office.stays(note)}
        mine = [note for note in notes if note.id not in labelled | restricted]
        self.tally.restricted = len(restricted)
        self.tally.labelled = len(notes) - len(mine) - len(restricted)
        self.settled(labelled | restricted)
        error: str | None = None
        try:
            for done, note in enumerate(self._each(mine), 1):
                if progress is not None:
                    progress(done, len(mine))
                self.asked(note)
            self.finish()
        except ModelError as trouble:
            error = f"{trouble.message} {trouble.fix}".strip()
        return self._told(error)

    def _each(self, notes: Sequence[Note]) -> Iterator[tuple[Note, list[Request]]]:
        """Yield each note that has to wait, with what is asked about it; settle the others."""
        engine = self.asker.engine
        for start in range(0, len(notes), engine.batch):
            chunk = notes[start : start + engine.batch]
            ready = []
            for note, drafts in zip(chunk, drafts_of(chunk, engine), strict=True):
                requests = self.noting.taken(note.id)
                if not requests and drafts.error is None:
                    ready.append(note.id)
                    if not self.wishes.dry_run:
                        at.read_anew(note, drafts, engine, self.office)
                elif not requests:
                    self.tally.failed.append(Refused(where=at.note_name(note), reason=drafts.error or ""))
                yield note, requests
            self.tally.ready += len(ready)
            self.settled(ready)

    def asked(self, waiting: tuple[Note, list[Request]]) -> None:
        """Count a note that waits for answers to these requests."""
        note, requests = waiting
        new = {request.key: request for request in requests if request not in self.underway}
        self.underway.keys |= dict.fromkeys(new, "")
        self.tally.planned += [self.office.planned(self.terms, request) for request in new.values()]
        self.tally.requests += len(new)
        if new:
            self.tally.notes.add(note.id)
        elif requests:
            self.tally.underway += 1

    def settled(self, note_ids: Collection[str]) -> None:
        """Take it that these notes need no answer."""

    def finish(self) -> None:
        """Do what is left after the last note."""

    def _told(self, error: str | None) -> Submitted:
        tally = self.tally
        return Submitted(
            model=self.terms.model,
            batches=tuple(tally.batches),
            notes=len(tally.notes),
            requests=tally.requests,
            ready=tally.ready,
            underway=tally.underway,
            labelled=tally.labelled,
            restricted=tally.restricted,
            failed=tuple(tally.failed),
            usage=self.noting.usage,
            dry_run=self.wishes.dry_run,
            planned=tuple(tally.planned),
            error=error,
        )


class _Clerk(_Counter):
    """Puts the requests into files and hands these over as they become full."""

    def __init__(self, terms: Terms, office: Office, wishes: Wishes, server: BatchServer) -> None:
        super().__init__(terms, office, wishes)
        self._server = server
        self._begin()

    def _begin(self) -> None:
        self._file = File(self.wishes.most_requests, self.wishes.most_bytes)
        self._rows: list[Asked] = []
        self._tasks: dict[str, str] = {}
        self._lengths: dict[str, int] = {}

    def asked(self, waiting: tuple[Note, list[Request]]) -> None:
        """Put what is asked about a note into the file, or let it wait with others for the same answer."""
        note, requests = waiting
        late: list[Asked] = []
        new = old = False
        for request in requests:
            if request in self.underway:
                old = True
                if batch_id := self.underway.keys.get(request.key):
                    late.append(self._asked(batch_id, note, request))
            elif request.key in self._file or self._put(note, request):
                self._rows.append(self._asked("", note, request))
                self._lengths[note.id] = len(note.text)
                new = True
        if late:
            self.office.records.attach(late)
            at.close_rows(self.office, [note.id], State.RETRIED, [State.FAILED])
        if old and not new:
            self.tally.underway += 1

    def _put(self, note: Note, request: Request) -> bool:
        line = self._server.line(request)
        if len(line) > self.wishes.most_bytes:
            self.tally.failed.append(Refused(where=at.note_name(note), reason=TOO_LARGE))
            return False
        if not self._file.takes(line):
            self.finish()
        self._file.add(request.key, line)
        self._tasks[request.key] = request.task
        return True

    def settled(self, note_ids: Collection[str]) -> None:
        """Let nothing be asked again about notes that need no answer."""
        at.close_rows(self.office, note_ids, State.RETRIED, [State.FAILED])

    def finish(self) -> None:
        """Hand over the file, if anything is in it."""
        if not len(self._file):
            return
        file, rows, tasks, lengths = self._file, self._rows, self._tasks, self._lengths
        self._begin()
        self.office.announce(self.terms, len(lengths), sum(lengths.values()))
        batch = Batch(
            id=uuid4().hex[:12],
            terms=self.terms,
            made=self.office.now(),
            total=len(file),
            task=(most := Counter(tasks.values()).most_common(1)[0][0]),
            other_tasks={key: task for key, task in tasks.items() if task != most},
        )
        asked = [row.model_copy(update={"batch_id": batch.id}) for row in rows]
        self.office.records.prepare(batch, asked)
        hand_over(batch, file.content, self._server, self.office)
        self.tally.batches.append(batch.id)
        self.tally.requests += len(file)
        self.tally.notes |= {row.note_id for row in rows}
        self.underway.keys |= {row.key: batch.id for row in rows}
        at.close_rows(self.office, {row.note_id for row in rows}, State.RETRIED, [State.FAILED])

    def _asked(self, batch_id: str, note: Note, request: Request) -> Asked:
        return Asked(
            batch_id=batch_id,
            key=request.key,
            note_id=note.id,
            account=note.account,
            part=request.part,
            names=self.asker.names(note.id, request.part),
        )


def hand_over(batch: Batch, content: bytes, server: BatchServer, office: Office) -> Batch:
    """Upload and submit a batch that is written down. Raises ModelError after writing down what became of it.

    Only a server that refuses has begun nothing for certain. Any other trouble leaves the batch and its file as they
    are, unless the server lists the batch already: a later run finds out.
    """
    try:
        file_id = server.upload(batch.file_name, content)
    except ModelError as error:
        at.unsent(batch, error.message, office)
        raise
    batch = batch.model_copy(update={"file_id": file_id, "asked": office.now()})
    office.records.update(batch)
    try:
        remote = server.submit(file_id, batch.id)
    except NotTaken as error:
        at.unsent(batch, error.message, office)
        server.delete(file_id)
        raise
    except ModelError as error:
        found: Remote | None = None
        with suppress(ModelError):
            found = server.find(batch)
        if found is None:
            raise ServerAway(error.message, at.UNCLEAR) from error
        remote = found
    return at.submitted(batch, remote, office)


def retry(name: str | None, office: Office, wishes: Wishes | None = None) -> tuple[Submitted, ...]:
    """Ask again what failed in all batches, or in one; an answer for each model and way of reading."""
    with office.alone():
        at.find_out(office)
        only = None if name is None else at.chosen(name, office).id
    groups: dict[str, tuple[Terms, dict[str, Note]]] = {}
    for batch in office.records.batches():
        if only in (None, batch.id):
            _, notes = groups.setdefault(batch.terms.model_dump_json(), (batch.terms, {}))
            for one in office.records.asked(batch.id):
                note = office.store.note(one.note_id) if one.state is State.FAILED else None
                if note is not None:
                    notes[note.id] = note
    return tuple(submit(list(notes.values()), terms, office, wishes) for terms, notes in groups.values() if notes)
