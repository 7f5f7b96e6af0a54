"""Take in what batches answered: look, download, read the notes again. Each step can be repeated; none is paid twice.

What a note's requests came to is written down first, once, with what it cost. Then the notes are read by the engine
itself, over the answers in the place of the model: redacted words return and answers are remembered as in any other
run. The rep's corrections stay. A note of which an answer is missing keeps what it had.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from notesense.core.batch_ports import BatchServer
from notesense.core.batch_results import Collected
from notesense.core.batches import OPEN, Asked, Batch, Outcome, Remote, Stage, State, outcome_of
from notesense.core.note import Note
from notesense.core.ports import Progress
from notesense.core.records import Call
from notesense.core.results import Refused
from notesense.core.signal import Extraction, Usage
from notesense.errors import InUse, ModelError, ServerAway
from notesense.workflows.asking import drafts_of
from notesense.workflows.batches import office as at
from notesense.workflows.batches.office import Office
from notesense.workflows.batches.waiting import FromFile

FIRST_WAIT, LONGEST_WAIT = 5.0, 300.0
"""Seconds between two looks at batches that are waited for."""
_MISSING = {
    "expired": "the batch expired before it was answered",
    "cancelled": "the batch was cancelled before it was answered",
    "failed": "the server refused the batch",
}


@dataclass
class _Tally:
    """Running counts of one run. `batches` are those that were looked at, as they are now."""

    batches: dict[str, Batch] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    hopeless: set[str] = field(default_factory=set)
    failed: dict[str, str] = field(default_factory=dict)
    read: int = 0
    signals: int = 0
    rejected: int = 0


@dataclass(frozen=True)
class Patience:
    """Whether and how batches are waited for. `sleep` takes seconds."""

    sleep: Callable[[float], None]
    first: float = FIRST_WAIT
    longest: float = LONGEST_WAIT


def collect(
    office: Office, patience: Patience | None = None, progress: Progress | None = None, only: str | None = None
) -> Collected:
    """Take in all that is there; with patience, wait until nothing is left to come.

    Interrupted, it can be called again: what was taken in stays so. What may work later is tried again as long as there
    is patience, and told when there is none. `only` names one batch; where it was collected before and its files are
    still at the server, its notes are read with them once more.
    """
    tally = _Tally()
    only = only and _reopened(only, office).id
    interrupted = False
    wait = patience.first if patience else 0.0
    try:
        while True:
            open_ones = _alone_round(office, tally, only, patient=patience is not None)
            if open_ones and progress is not None:
                progress(sum(batch.done + batch.failed for batch in open_ones), sum(one.total for one in open_ones))
            over = open_ones is not None and all(batch.id in tally.hopeless for batch in open_ones)
            if patience is None or over:
                break
            patience.sleep(wait)
            wait = min(wait * 1.5, patience.longest)
    except KeyboardInterrupt:
        interrupted = True
    return _told(tally, office, interrupted)


def _reopened(name: str, office: Office) -> Batch:
    """Return the batch of this id; one that was collected will be read once more."""
    with office.alone():
        batch = at.chosen(name, office)
        if batch.stage is Stage.DONE:
            batch = batch.model_copy(update={"stage": Stage.FETCHED})
            office.records.update(batch)
        return batch


def _alone_round(office: Office, tally: _Tally, only: str | None, patient: bool) -> list[Batch] | None:
    """Look once at every batch while no other command does; None where another does and there is patience."""
    try:
        with office.alone():
            return _round(office, tally, only)
    except InUse:
        if not patient:
            raise
        return None


def _round(office: Office, tally: _Tally, only: str | None) -> list[Batch]:
    """Look once at every batch from which something may come; return those from which something still may."""
    for batch in office.records.batches():
        if batch.stage in OPEN and batch.id not in tally.hopeless and only in (None, batch.id):
            tally.faults.pop(batch.id, None)
            try:
                tally.batches[batch.id] = _visit(batch, office, tally)
            except ModelError as error:
                tally.batches[batch.id] = batch
                tally.faults[batch.id] = f"{error.message} {error.fix}".strip()
                if not at.away(error):
                    tally.hopeless.add(batch.id)
    return [batch for batch in tally.batches.values() if batch.stage not in (Stage.DONE, Stage.UNSENT)]


def _visit(batch: Batch, office: Office, tally: _Tally) -> Batch:
    server = office.server(batch.terms)
    if batch.stage is Stage.PREPARED:
        batch = at.look_for(batch, server, office)
        if batch.stage is Stage.PREPARED:
            raise ServerAway(at.UNCLEAR)
        if batch.stage is Stage.UNSENT:
            tally.failed |= _names(office.records.asked(batch.id), office, batch.detail)
            return batch
    remote = server.look(batch.remote_id or "")
    if remote is None:
        return _vanished(batch, office, tally)
    batch = at.seen(batch, remote, office)
    office.records.update(batch)
    return _Intake(batch, remote, server, office, tally).taken() if remote.ended else batch


def _vanished(batch: Batch, office: Office, tally: _Tally) -> Batch:
    """Write down that the server no longer knows a batch; what it asked can be asked again."""
    why = "the server does not know this batch any more"
    rows = [one for one in office.records.asked(batch.id) if one.state is not State.READ]
    batch = batch.model_copy(update={"stage": Stage.DONE, "detail": why, "asked": office.now()})
    office.records.update(batch, at.failed(rows, why))
    tally.failed |= _names(rows, office, why)
    return batch


class _Intake:
    """Takes in one batch that has ended."""

    def __init__(self, batch: Batch, remote: Remote, server: BatchServer, office: Office, tally: _Tally) -> None:
        self._batch = batch
        self._remote = remote
        self._server = server
        self._office = office
        self._tally = tally

    def taken(self) -> Batch:
        """Write down what each request came to, read the notes, and delete the files at the server."""
        asked = self._office.records.asked(self._batch.id)
        outcomes, detail = self._outcomes({one.key for one in asked})
        if self._batch.stage is not Stage.FETCHED:
            self._batch = self._batch.model_copy(
                update={"stage": Stage.FETCHED, "detail": detail, "usage": self._cost(outcomes.values())}
            )
            settled = [_settled(one, outcomes, self._missing(outcomes)) for one in asked]
            self._office.records.update(self._batch, settled, self._calls(asked, outcomes))
        unused = self._read(outcomes)
        self._batch = self._batch.model_copy(update={"stage": Stage.DONE})
        self._office.records.update(self._batch)
        if not unused:
            files = (self._batch.file_id, self._remote.output_file, self._remote.error_file)
            self._server.delete(*(file for file in files if file))
        return self._batch

    def _outcomes(self, keys: set[str]) -> tuple[dict[str, Outcome], str]:
        """Return what came back for these keys, and a line on what was odd about it."""
        outcomes: dict[str, Outcome] = {}
        odd: Counter[str] = Counter()
        strays: set[str] = set()
        for line in self._lines(odd):
            outcome = outcome_of(line)
            if outcome is None:
                odd["unreadable"] += 1
            elif outcome.key not in keys:
                strays.add(outcome.key)
            elif outcome.key in outcomes:
                odd["twice"] += 1
                if outcomes[outcome.key].body is None:
                    outcomes[outcome.key] = outcome
            else:
                outcomes[outcome.key] = outcome
        forgotten = min(len(strays), max(0, self._batch.total - len(keys)))
        odd |= Counter({"forgotten": forgotten, "unasked": len(strays) - forgotten})
        told = [sentence.format(odd[name]) for name, sentence in _ODD.items() if odd[name] > 0]
        return outcomes, "; ".join([*self._remote.faults, *told])

    def _lines(self, odd: Counter[str]) -> Iterator[bytes]:
        for file_id in (self._remote.output_file, self._remote.error_file):
            lines = self._server.lines(file_id) if file_id else ()
            odd["missing"] += lines is None
            yield from (line for line in lines or () if line.strip())
        odd["no output"] += self._remote.status == "completed" and not (
            self._remote.output_file or self._remote.error_file
        )

    def _missing(self, outcomes: Mapping[str, Outcome]) -> str:
        """Return why a request has no outcome."""
        why = _MISSING.get(self._remote.status, "no answer came back")
        return f"{why}: {'; '.join(self._remote.faults)}" if self._remote.faults and not outcomes else why

    def _cost(self, outcomes: Iterable[Outcome]) -> Usage:
        return self._office.price(self._batch.terms, sum((one.tokens for one in outcomes), Usage()))

    def _calls(self, asked: Iterable[Asked], outcomes: Mapping[str, Outcome]) -> list[Call]:
        """Return what each answer cost, once for each, whether a note will be read with it or not."""
        about = {one.key: one for one in asked}
        answered = ((about[key], outcome) for key, outcome in outcomes.items() if outcome.body is not None)
        return [
            Call(
                made=self._office.now(),
                task=self._batch.other_tasks.get(one.key, self._batch.task),
                model=self._batch.terms.model,
                key=one.key,
                note_id=one.note_id,
                account=one.account,
                usage=self._cost([outcome]) if outcome.tokens.input_tokens else outcome.tokens,
                outcome="failed" if outcome.unfinished else "answered",
                failure=outcome.unfinished,
            )
            for one, outcome in answered
        ]

    def _read(self, outcomes: Mapping[str, Outcome]) -> bool:
        """Read the notes of the batch again; return whether an answer that came could not be used."""
        by_note: dict[str, list[Asked]] = {}
        for one in self._office.records.asked(self._batch.id):
            if one.state not in (State.READ, State.RETRIED):
                by_note.setdefault(one.note_id, []).append(one)
        names = [row.names for rows in by_note.values() for row in rows]
        labelled = at.labelled(self._office)
        every = [note for note_id in by_note if (note := self._office.store.note(note_id))]
        notes = [note for note in every if note.id not in labelled and not self._office.stays(note)]
        for note_id in by_note.keys() - {note.id for note in notes}:
            self._finish(by_note[note_id])
        waiting = at.underway(self._office, self._batch.terms, but=self._batch.id).keys
        model = FromFile(self._batch.terms.model, outcomes, self._server, waiting)
        engine = self._office.reading(self._batch.terms, model, names)
        unused = False
        for start in range(0, len(notes), engine.batch):
            chunk = notes[start : start + engine.batch]
            for note, drafts in zip(chunk, drafts_of(chunk, engine), strict=True):
                rows = by_note[note.id]
                if drafts.error is None or (drafts.drafts and note.id not in model.lacking):
                    self._take(note, at.read_anew(note, drafts, engine, self._office), rows)
                elif not self._waits_elsewhere(note):
                    unused |= all(one.state is not State.FAILED for one in rows)
                    self._fail(note, rows, drafts.error)
        return unused

    def _take(self, note: Note, extraction: Extraction, rows: list[Asked]) -> None:
        """Count a note that was read; with an error, all was answered, but the answers could be used in part alone."""
        self._tally.read += 1
        self._tally.signals += len(extraction.signals)
        self._tally.rejected += len(extraction.rejected)
        if extraction.error is not None:
            self._tally.failed[at.note_name(note)] = extraction.error
        self._finish(rows)

    def _finish(self, rows: list[Asked]) -> None:
        """Write down that nothing is left to do about these requests."""
        done = [one.model_copy(update={"state": State.READ, "detail": "", "names": ""}) for one in rows]
        self._office.records.update(self._batch, done)

    def _fail(self, note: Note, rows: list[Asked], why: str) -> None:
        """Leave a note as it was; where the answers came but are of no use, that is why it is asked about again."""
        told = [one.detail for one in rows if one.state is State.FAILED]
        if not told:
            self._office.records.update(self._batch, at.failed(rows, why))
        self._tally.failed[at.note_name(note)] = told[0] if told else why

    def _waits_elsewhere(self, note: Note) -> bool:
        """Tell whether another batch will bring more about this note."""
        records = self._office.records
        return any(
            one.note_id == note.id and one.state is State.WAITING
            for batch in records.batches()
            if batch.id != self._batch.id and batch.stage in (Stage.PREPARED, Stage.SUBMITTED)
            for one in records.asked(batch.id)
        )


_ODD = {
    "missing": "a file of answers is gone from the server",
    "no output": "the server has no file of answers",
    "unreadable": "lines that are no answers: {}",
    "twice": "answers that came twice: {}",
    "forgotten": "answers about notes that you have forgotten since, thrown away: {}",
    "unasked": "answers to what was never asked, thrown away: {}",
}


def _settled(asked: Asked, outcomes: Mapping[str, Outcome], missing: str) -> Asked:
    """Return a request with what it came to."""
    outcome = outcomes.get(asked.key)
    if outcome is not None and outcome.body is not None:
        return asked.model_copy(update={"state": State.ANSWERED})
    failure = outcome.failure if outcome else None
    why = missing if outcome is None or failure is None else _why(failure.value, outcome.detail)
    return asked.model_copy(update={"state": State.FAILED, "detail": why})


def _why(failure: str, detail: str) -> str:
    return f"{failure} ({detail})" if detail else failure


def _names(rows: Iterable[Asked], office: Office, why: str) -> dict[str, str]:
    """Return the notes of requests, by the names under which they are told, each with this reason."""
    notes = (office.store.note(note_id) for note_id in dict.fromkeys(one.note_id for one in rows))
    return {at.note_name(note): why for note in notes if note is not None}


def to_retry(office: Office) -> int:
    """Return how many notes have a request that failed and was not asked again."""
    rows = (one for batch in office.records.batches() for one in office.records.asked(batch.id))
    return len({one.note_id for one in rows if one.state is State.FAILED})


def _told(tally: _Tally, office: Office, interrupted: bool) -> Collected:
    return Collected(
        now=office.now(),
        batches=tuple(tally.batches.values()),
        read=tally.read,
        signals=tally.signals,
        rejected=tally.rejected,
        failed=tuple(Refused(where=where, reason=why) for where, why in tally.failed.items()),
        faults=tuple(Refused(where=f"batch {name}", reason=why) for name, why in tally.faults.items()),
        retry=to_retry(office),
        interrupted=interrupted,
    )
