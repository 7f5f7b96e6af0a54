"""What the verbs about batches answer: plain values that one renderer prints as text or JSON."""

import datetime

from notesense.core.batches import Batch
from notesense.core.expenses import PlannedRequest
from notesense.core.import_results import Imported
from notesense.core.note import Value
from notesense.core.results import Refused
from notesense.core.signal import Usage


class BatchList(Value):
    """The answer of `batch`: all batches, oldest first, as of a moment."""

    now: datetime.datetime
    batches: tuple[Batch, ...] = ()


class Submitted(Value):
    """The answer of handing notes over in batches. Counts are notes, apart from `requests`.

    `notes` wait for an answer now; `ready` were read at once, for what they ask was answered before; `underway` waited
    already; `labelled` were left alone, for a person's labels stand in them; `restricted` do not leave this machine.
    `usage` is what the requests will probably take, `planned` are those of a dry run as they would be sent. `error`
    says why not all was handed over.
    """

    model: str
    batches: tuple[str, ...] = ()
    notes: int = 0
    requests: int = 0
    ready: int = 0
    underway: int = 0
    labelled: int = 0
    restricted: int = 0
    failed: tuple[Refused, ...] = ()
    usage: Usage = Usage()
    dry_run: bool = False
    planned: tuple[PlannedRequest, ...] = ()
    error: str | None = None


class Retried(Value):
    """The answer of `batch retry`: what was handed over again, for each model and way of reading."""

    submitted: tuple[Submitted, ...] = ()


class Collected(Value):
    """The answer of `batch collect`: the batches that were looked at as they are now, and what became of their notes.

    `read` notes were read with their answers, in which `signals` were found. `failed` keep what they had; `retry` of
    them can be asked again. `faults` tell of batches that could not be looked at.
    """

    now: datetime.datetime
    batches: tuple[Batch, ...] = ()
    read: int = 0
    signals: int = 0
    rejected: int = 0
    failed: tuple[Refused, ...] = ()
    faults: tuple[Refused, ...] = ()
    retry: int = 0
    interrupted: bool = False


class Cancelled(Value):
    """The answer of `batch cancel`: the batch as it is now."""

    now: datetime.datetime
    batch: Batch


class Backfilled(Value):
    """The answer of `import --batch`: what was kept, and what was handed over. `imported` is None for a dry run."""

    imported: Imported | None
    submitted: Submitted
