"""Terminal text for batches: what was handed over, how the batches stand, and what came back."""

import datetime
from collections.abc import Sequence

from notesense.core.batch_results import Backfilled, BatchList, Cancelled, Collected, Retried, Submitted
from notesense.core.batches import OPEN, Batch, Stage
from notesense.core.results import Refused
from notesense.render import words
from notesense.render.sheet import Sheet
from notesense.render.terminal_expenses import requests
from notesense.render.terminal_import import imported
from notesense.render.terminal_notes import MOST_REFUSED

_SPANS = ((86_400, "day", 2), (3_600, "hour", 2), (60, "minute", 1))
"""Seconds of a unit, its name, and from how many of it on a time is told in it."""


def batch_list(sheet: Sheet, result: BatchList) -> None:
    """Write all batches, the oldest first, and what to do next."""
    if not result.batches:
        sheet.line("No batches. Submit notes: notesense import FOLDER --engine llm --batch")
        return
    for batch in result.batches:
        _batch(sheet, batch, result.now)
    if any(batch.stage in OPEN for batch in result.batches):
        sheet.gap()
        sheet.line("Take in what is answered: notesense batch collect (--wait waits for the rest)")


def _batch(sheet: Sheet, batch: Batch, now: datetime.datetime) -> None:
    sheet.gap()
    answered = f"{batch.done:,} of {words.count(batch.total, 'request')} answered"
    failed = [f"{batch.failed:,} failed"] * bool(batch.failed)
    counts = ", ".join([answered, *failed])
    sheet.line((batch.id, "strong"), f"  {_standing(batch)}", f" · {counts} · {age(now - batch.made)} old")
    asked = f"seen {age(now - batch.asked)} ago" if batch.asked and batch.stage is Stage.SUBMITTED else ""
    parts = [f"{batch.terms.model}, {batch.terms.engine}", _cost(batch), asked]
    sheet.line((" · ".join(part for part in parts if part), "quiet"), indent=2)
    if batch.detail:
        sheet.line((batch.detail, "warn"), indent=2)


def _standing(batch: Batch) -> str:
    status = words.plain(batch.status)
    if batch.stage is Stage.SUBMITTED:
        return status
    return f"{batch.stage} ({status})" if status not in ("", "completed") else str(batch.stage)


def _cost(batch: Batch) -> str:
    usage = batch.usage
    if not usage.input_tokens + usage.output_tokens:
        return ""
    tokens = f"{usage.input_tokens:,} + {usage.output_tokens:,} tokens"
    return f"{tokens}, {words.money(usage.cost_usd)}" + (" so far" if batch.stage is Stage.SUBMITTED else "")


def age(span: datetime.timedelta) -> str:
    """Return "3 hours", "2 days", "1 minute"; "less than a minute" below that."""
    seconds = span.total_seconds()
    for size, name, least in _SPANS:
        if seconds >= size * least:
            return words.count(int(seconds // size), name)
    return "less than a minute"


def backfilled(sheet: Sheet, result: Backfilled) -> None:
    """Write what was kept, then what was handed over."""
    if result.imported is not None:
        imported(sheet, result.imported)
        sheet.gap()
    _submitted(sheet, result.submitted)


def retried(sheet: Sheet, result: Retried) -> None:
    """Write what was handed over again."""
    if not result.submitted:
        sheet.line("There is nothing to retry.")
    for one in result.submitted:
        sheet.gap()
        _submitted(sheet, one)


def _submitted(sheet: Sheet, result: Submitted) -> None:
    """Write what waits for an answer now, what it will probably cost, and what was not handed over."""
    usage = result.usage
    many = f"{words.count(result.requests, 'request')} about {words.count(result.notes, 'note')}"
    tokens = f"about {usage.input_tokens:,} tokens in, {usage.output_tokens:,} out"
    price = "cost not known" if usage.cost_usd is None else f"about {words.money(usage.cost_usd)}"
    if result.dry_run:
        requests(sheet, result.planned)
        sheet.gap()
        sheet.line(("Nothing was sent, nothing was stored.", "strong"))
        sheet.line(f"In a batch to {result.model}: {many}; {tokens}; {price} at batch prices.")
    elif result.batches:
        sheet.line(("Submitted: ", "good"), f"{many} to {result.model}; {tokens}; {price}.")
        sheet.line(f"{words.count(len(result.batches), 'batch', 'batches')}: {', '.join(result.batches)}", indent=2)
        sheet.line("Answers come within a day. Take them in: notesense batch collect", indent=2)
    else:
        sheet.line(("Nothing was submitted.", "strong"))
    rows = (
        ("Read at once", result.ready, "answered before"),
        ("Underway", result.underway, "wait for an answer already"),
        ("Left alone", result.labelled, "labelled by a person"),
        ("Kept here", result.restricted, "restricted: read on this machine alone"),
    )
    for label, number, why in rows:
        if number:
            sheet.row(label, f"{words.count(number, 'note')}, {why}")
    _rows(sheet, "Not submitted", result.failed)
    if result.error:
        sheet.gap()
        sheet.line(("Not all was submitted: ", "bad"), result.error)
        sheet.line("The notes are kept. Repeat the command to submit the rest.", indent=2)


def collected(sheet: Sheet, result: Collected) -> None:
    """Write how the batches stand and what was read with their answers."""
    if not result.batches:
        sheet.line("There is nothing to collect.")
    for batch in result.batches:
        _batch(sheet, batch, result.now)
    if result.read or result.failed:
        sheet.gap()
        found = f"{words.count(result.signals, 'signal')} found, {words.count(result.rejected, 'draft')} rejected"
        sheet.line(("Read: ", "good"), f"{words.count(result.read, 'note')}; {found}.")
    _rows(sheet, "Not wholly read", result.failed)
    _rows(sheet, "Could not be looked at", result.faults)
    if result.retry:
        sheet.gap()
        sheet.line(f"{words.count(result.retry, 'note')} can be asked about again: notesense batch retry")
    if any(batch.stage in OPEN for batch in result.batches):
        sheet.gap()
        sheet.line("The rest is still to come: notesense batch collect")


def cancelled(sheet: Sheet, result: Cancelled) -> None:
    """Write how a batch stands after it was cancelled."""
    _batch(sheet, result.batch, result.now)
    if result.batch.stage is Stage.SUBMITTED:
        sheet.gap()
        sheet.line("What it has answered by then can be taken in: notesense batch collect")


def _rows(sheet: Sheet, title: str, rows: Sequence[Refused]) -> None:
    if rows:
        sheet.gap()
        sheet.line((f"{title}: {len(rows)}", "warn"))
    for one in rows[:MOST_REFUSED]:
        sheet.line("- ", (one.where, "strong"), f": {one.reason}", indent=2, hang=2)
    if len(rows) > MOST_REFUSED:
        sheet.line(f"... and {len(rows) - MOST_REFUSED} more (--format json shows all)", indent=2)
