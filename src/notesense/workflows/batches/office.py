"""What the verbs about batches work with, and what they share: batches of unknown fate, and reading a note anew."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property

from notesense.core.batch_ports import BatchRecords, BatchServer
from notesense.core.batch_results import Cancelled
from notesense.core.batches import OPEN, Asked, Batch, Remote, Stage, State, Terms
from notesense.core.expenses import PlannedRequest
from notesense.core.note import Note
from notesense.core.ports import Engine, Sender, Store
from notesense.core.requests import Reply, Request
from notesense.core.results import Refused
from notesense.core.signal import Drafts, Extraction, Usage
from notesense.core.trackers import NO_TRACKERS, Trackers
from notesense.errors import InputError, ModelError, ServerAway
from notesense.workflows.tellings import Tellings

NEVER_SENT = "it was never submitted"
UNCLEAR = "Whether the batch was begun is not known yet: notesense batch collect finds out."
SETTLED = datetime.timedelta(minutes=10)
"""A batch that the server does not list so long after it was asked to begin it was never begun."""


@dataclass(frozen=True)
class Asker:
    """An engine that asks as it would be sent. `names` tells on which names the redaction of a note's part rested."""

    engine: Engine
    names: Callable[[str, int], str] = lambda note_id, part: ""


@dataclass(frozen=True)
class Office:
    """Where batches are made and come back to.

    `server` opens the Batch API of some terms; it raises ModelError where what is set now does not fit them. `asking`
    gives the engine whose requests reach a model as they would be sent; `reading` the same above remembered answers,
    so that what the model answers is kept, redacted by the names that were kept of a batch. `recall`
    returns a remembered answer to a request as it would be sent. `price` adds what tokens cost in a batch, `expected`
    tells what a request will take, `planned` how it would be sent. `stays` tells of notes that leave this machine no
    more, `announce` says, before a file leaves, about how many notes of how many characters it asks. `alone` keeps
    other processes from the batches for as long as it is entered.
    """

    store: Store
    records: BatchRecords
    server: Callable[[Terms], BatchServer]
    asking: Callable[[Terms, Sender], Asker]
    reading: Callable[[Terms, Sender, Sequence[str]], Engine]
    recall: Callable[[Terms, Request], Reply | None]
    expected: Callable[[Terms, Request], Usage]
    planned: Callable[[Terms, Request], PlannedRequest]
    price: Callable[[Terms, Usage], Usage]
    alone: Callable[[], AbstractContextManager[None]]
    now: Callable[[], datetime.datetime]
    stays: Callable[[Note], bool] = lambda note: False
    announce: Callable[[Terms, int, int], None] = lambda terms, notes, characters: None
    trackers: Trackers = NO_TRACKERS

    @cached_property
    def tellings(self) -> Tellings:
        """What the notes of the store tell."""
        return Tellings(self.store)


def read_anew(note: Note, drafts: Drafts, engine: Engine, office: Office) -> Extraction:
    """Put what the engine claims of a note, as far as it is proven, in the place of what was found before."""
    extraction = office.tellings.ground(note, drafts, engine.name, office.trackers)
    office.store.replace_extraction(note.id, extraction)
    return extraction


def labelled(office: Office) -> frozenset[str]:
    """Return the ids of notes in which a person's labels stand: no engine reads them."""
    return frozenset(
        one.note_id for one in office.store.judged() if one.by_labels or not office.store.corrections(one.note_id)
    )


def note_name(note: Note) -> str:
    """Return how a note is named in a list of what failed."""
    return f"{note.id} ({note.account}, {note.date})"


def find_out(office: Office) -> list[Refused]:
    """Settle the fate of batches during whose submission this program was stopped; return what could not be settled.

    The server is asked for its batches. One that it has goes on as submitted; one that it has not was never paid.
    """
    faults = []
    for batch in office.records.batches():
        if batch.stage is Stage.PREPARED:
            try:
                look_for(batch, office.server(batch.terms), office)
            except ModelError as error:
                faults.append(Refused(where=f"batch {batch.id}", reason=f"{error.message} {error.fix}".strip()))
    return faults


def look_for(batch: Batch, server: BatchServer, office: Office) -> Batch:
    """Write down that the server has a batch, or that it has not; then its file is of no use to anybody there.

    A batch that was begun a moment ago may not be listed yet: it stays as it is, and so does its file.
    """
    remote = server.find(batch)
    if remote is not None:
        return submitted(batch, remote, office)
    if batch.file_id is not None and batch.asked is not None and office.now() - batch.asked < SETTLED:
        return batch
    known = unsent(batch, NEVER_SENT, office)
    if batch.file_id is not None:
        server.delete(batch.file_id)
    return known


def submitted(batch: Batch, remote: Remote, office: Office) -> Batch:
    """Write down that the server has a batch."""
    known = seen(batch, remote, office).model_copy(update={"stage": Stage.SUBMITTED, "detail": ""})
    office.records.update(known)
    return known


def unsent(batch: Batch, why: str, office: Office) -> Batch:
    """Write down that a batch was never submitted; what it asks can be asked again."""
    known = batch.model_copy(update={"stage": Stage.UNSENT, "detail": why})
    office.records.update(known, failed(office.records.asked(batch.id), why))
    return known


def seen(batch: Batch, remote: Remote, office: Office) -> Batch:
    """Return a batch with what its server tells of it now."""
    told = {
        "status": remote.status,
        "remote_id": remote.id,
        "done": remote.done,
        "failed": remote.failed,
        "asked": office.now(),
    }
    usage = {} if remote.usage is None else {"usage": office.price(batch.terms, remote.usage)}
    return batch.model_copy(update=told | usage)


def failed(asked: Iterable[Asked], why: str) -> list[Asked]:
    """Return requests as failed for this reason."""
    return [one.model_copy(update={"state": State.FAILED, "detail": why}) for one in asked]


@dataclass
class Underway:
    """What waits for an answer from the same model on the same server.

    `keys` are those of requests, each with its batch. `places` are notes and parts that are read in the same way: they
    wait, whatever else would be asked about them now.
    """

    keys: dict[str, str]
    places: set[tuple[str, int]]

    def __contains__(self, request: Request) -> bool:
        return request.key in self.keys or (request.note_id, request.part) in self.places


def underway(office: Office, terms: Terms, but: str = "") -> Underway:
    """Return what waits in all open batches, one left out."""
    found = Underway({}, set())
    for batch in office.records.batches():
        same = (batch.terms.model, batch.terms.server) == (terms.model, terms.server)
        if batch.stage in OPEN and batch.id != but and same:
            rows = [one for one in office.records.asked(batch.id) if one.state in (State.WAITING, State.ANSWERED)]
            found.keys |= {one.key: batch.id for one in rows}
            if batch.terms == terms:
                found.places |= {(one.note_id, one.part) for one in rows}
    return found


def close_rows(office: Office, note_ids: Iterable[str], state: State, of: Iterable[State]) -> None:
    """Move requests about these notes, in whichever batch, from one of some states to another."""
    notes, before = frozenset(note_ids), frozenset(of)
    for batch in office.records.batches():
        rows = [one for one in office.records.asked(batch.id) if one.note_id in notes and one.state in before]
        if rows:
            office.records.update(
                batch, [one.model_copy(update={"state": state, "detail": "", "names": ""}) for one in rows]
            )


def chosen(name: str, office: Office) -> Batch:
    """Return the batch of this id, ours or the server's, or the beginning of ours. Raises InputError."""
    every = office.records.batches()
    exact = [batch for batch in every if name in (batch.id, batch.remote_id)]
    fitting = exact or [batch for batch in every if name and batch.id.startswith(name)]
    if len(fitting) != 1:
        found = f"several batches begin with {name!r}" if fitting else f"there is no batch {name!r}"
        raise InputError(f"{found[0].upper()}{found[1:]}.", "notesense batch shows them all with their ids.")
    return fitting[0]


def cancel(name: str, office: Office) -> Cancelled:
    """Cancel a batch; what it has answered by then can still be collected. Raises InputError where it has ended."""
    with office.alone():
        batch = chosen(name, office)
        if batch.stage not in (Stage.PREPARED, Stage.SUBMITTED):
            raise InputError(f"The batch {batch.id} has ended: {batch.stage}.", "There is nothing left to cancel.")
        server = office.server(batch.terms)
        if batch.stage is Stage.PREPARED:
            batch = look_for(batch, server, office)
        if batch.stage is Stage.PREPARED:
            raise ServerAway(UNCLEAR, f"Cancel it in {SETTLED.seconds // 60} minutes.")
        if batch.stage is Stage.SUBMITTED and batch.remote_id:
            batch = seen(batch, server.cancel(batch.remote_id), office)
            office.records.update(batch)
        return Cancelled(now=office.now(), batch=batch)


def away(error: ModelError) -> bool:
    """Tell whether the same may work later."""
    return isinstance(error, ServerAway)
