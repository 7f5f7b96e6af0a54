"""The verbs about batches put together: the Batch API, the layers above it, and the engine that reads over them.

A batch is collected by the terms on which it was submitted, whatever is set by then; the server must be the same.
"""

import datetime
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from notesense.core.batch_names import together
from notesense.core.batch_ports import BatchRecords
from notesense.core.batch_results import Backfilled, BatchList, Cancelled, Collected, Retried
from notesense.core.batches import Terms
from notesense.core.expenses import PlannedRequest, planned_request
from notesense.core.ports import Engine, LanguageModel, Progress, Sender
from notesense.core.reading import Readings
from notesense.core.requests import Reply, Request
from notesense.core.signal import Usage
from notesense.errors import InputError, ModelError
from notesense.settings import PRICE_VARIABLE
from notesense.wiring.model_check import Recorder, recorded_trial
from notesense.wiring.modelling import Modelling
from notesense.wiring.parts import ASKING
from notesense.wiring.privacy import Privacy
from notesense.wiring.wishes import ModelWishes
from notesense.workflows.batches import backfilling, collecting, submitting
from notesense.workflows.batches import office as offices
from notesense.workflows.batches.office import Asker, Office
from notesense.workflows.batches.overhearing import Overhearing
from notesense.workflows.batches.submitting import Wishes
from notesense.workflows.batches.waiting import Bounds
from notesense.workflows.intake import Given

if TYPE_CHECKING:
    from notesense.adapters.llm.batch import OpenAIBatches, Way
    from notesense.wiring.verbs import NoteSense

USELESS = ("--fresh", "--concurrency")
"""Wishes that mean nothing in a batch."""


class Batching:
    """The verbs about batches over one data folder. Close it when done."""

    def __init__(self, notes: "NoteSense") -> None:
        self._notes = notes
        self._opened: dict[str, OpenAIBatches] = {}
        self._works: dict[str, Modelling] = {}

    def close(self) -> None:
        """Release the database and the connections."""
        for server in self._opened.values():
            server.close()
        if records := self.__dict__.pop("_records", None):
            records.close()

    def backfill(
        self, readings: Readings, given: Given, progress: tuple[Progress, Progress] | None = None
    ) -> Backfilled:
        """Keep the notes, read on this machine, and submit them. Raises before anything where that cannot work.

        Where no note is new, all may be answered already: the model is asked nothing before something is to be sent.
        """
        if any(reading.recorded for reading in readings.notes):
            raise InputError(
                "The notes of an export were read before, and come with what was found.", "Import it without --batch."
            )
        terms = self._terms()
        if not self._notes.wishes.dry_run and backfilling.any_new(readings.notes, given, self._notes.store):
            self._server(terms).ready()
        local = (self._local, self._notes.shelves)
        return backfilling.backfill(readings, given, terms, self._office, self._wishes(terms), local, progress)

    def list(self) -> BatchList:
        """Return all batches as they were last seen; nothing is asked of a server."""
        batches = self._records.batches() if self._notes.settings.database.exists() else ()
        return BatchList(now=_now(), batches=batches)

    def collect(
        self, only: str | None = None, *, sleep: Callable[[float], None] | None = None, progress: Progress | None = None
    ) -> Collected:
        """Take in what is answered; with `sleep`, wait for all that is still to come."""
        patience = None if sleep is None else collecting.Patience(sleep)
        return collecting.collect(self._office, patience, progress, only)

    def retry(self, only: str | None = None) -> Retried:
        """Ask again what failed, in all batches or in one, by the model that was asked before."""
        wishes = self._notes.wishes
        if wishes.max_cost is not None:
            for batch in self._records.batches():
                self._wishes(batch.terms)
        bounds = Bounds(wishes.max_cost, wishes.max_tokens)
        return Retried(submitted=submitting.retry(only, self._office, Wishes(bounds, wishes.dry_run)))

    def cancel(self, name: str) -> Cancelled:
        """Cancel a batch; what it has answered by then can be collected."""
        return offices.cancel(name, self._office)

    def _terms(self) -> Terms:
        """Return the terms that settings and wishes make. Raises ModelError or InputError for what cannot work."""
        from notesense.adapters.llm.batch import check

        notes, work = self._notes, self._notes.modelling
        wishes = notes.wishes
        if notes.engine_name not in ASKING:
            raise InputError(
                f"--batch: the engine {notes.engine_name} asks no model.", "Add --engine llm or --engine hybrid."
            )
        useless = [name for name in USELESS if name in wishes.given]
        if useless:
            raise InputError(f"{useless[0]} means nothing in a batch.", f"Leave out {useless[0]} or --batch.")
        check(work.endpoint)
        options = {"verify": "yes"} if wishes.verify else {}
        redact = wishes.redact or notes.settings.redact
        options |= {"redact": redact} if redact else {}
        return Terms(model=work.endpoint.name, server=work.endpoint.server, engine=notes.engine_name, options=options)

    def _wishes(self, terms: Terms) -> Wishes:
        wishes = self._notes.wishes
        if wishes.max_cost is not None and self._work(terms).price is None:
            raise InputError(
                f"--max-cost needs the price of {terms.model}, which is not known.", f"Set {PRICE_VARIABLE}."
            )
        return Wishes(Bounds(wishes.max_cost, wishes.max_tokens), wishes.dry_run)

    @cached_property
    def _records(self) -> BatchRecords:
        from notesense.adapters.sql.batches import SqlBatches

        return SqlBatches(self._notes.database)

    @cached_property
    def _office(self) -> Office:
        return Office(
            store=self._notes.store,
            records=self._records,
            server=self._server,
            asking=self._asker,
            reading=self._reader,
            recall=self._recall,
            expected=lambda terms, request: self._price(terms, self._work(terms).estimator.expected(request)),
            planned=self._planned,
            price=self._price,
            alone=self._alone,
            now=_now,
            announce=self._announce,
            stays=lambda note: self._notes.privacy.restricted().note(note.account, note.id),
            trackers=self._notes.trackers,
        )

    def _work(self, terms: Terms) -> Modelling:
        """Return the model of these terms, whatever model is set now."""
        key = terms.model_dump_json()
        if key not in self._works:
            settings = replace(self._notes.settings, model=terms.model, redact=terms.options.get("redact"))
            wishes = ModelWishes(dry_run=self._notes.wishes.dry_run, verify="verify" in terms.options)
            notes = self._notes
            privacy = Privacy(settings.redact, lambda: notes.store, lambda: notes.records)
            privacy.tell = notes.privacy.tell
            self._works[key] = Modelling(settings, wishes, lambda: notes.records, privacy)
        return self._works[key]

    def _server(self, terms: Terms) -> "OpenAIBatches":
        from notesense.adapters.llm.batch import OpenAIBatches

        key = terms.model_dump_json()
        if key not in self._opened:
            where = self._work(terms).endpoint
            if where.server != terms.server:
                raise ModelError(
                    f"This batch is at {terms.server}, and OPENAI_BASE_URL leads to {where.server}.",
                    f"Set OPENAI_BASE_URL={terms.server} with the key of that server, and run the command again.",
                )
            self._opened[key] = OpenAIBatches(where, lambda: self._way(terms))
        return self._opened[key]

    def _way(self, terms: Terms) -> "Way":
        """Ask the model one short question, to find out how it takes requests. Raises ModelError without an answer."""
        from notesense.adapters.llm.batch import Way
        from notesense.adapters.llm.chat import ChatModel

        work = self._work(terms)
        self._notes.privacy.tell(f"One short question to {terms.model} first, to see how it takes requests.")
        chat = ChatModel(work.endpoint, self._notes.records)
        try:
            reply = recorded_trial(chat, Recorder(lambda: self._notes.records, lambda: work.price))
        finally:
            chat.close()
        if reply.failure is not None or chat.step is None:
            why = f"{reply.failure}{f' ({reply.detail})' if reply.detail else ''}"
            raise ModelError(
                f"{terms.model} at {work.endpoint.host} gives no answer: {why}.",
                "Nothing was submitted. See notesense doctor --model.",
            )
        return Way(chat.step, chat.cool)

    def _engine(self, terms: Terms, model: LanguageModel) -> Engine:
        from notesense.adapters.llm.engine import LlmEngine
        from notesense.adapters.llm.hybrid import hybrid

        notes, verify = self._notes, "verify" in terms.options
        if terms.engine == "llm":
            return LlmEngine(model, trackers=notes.trackers, verify=verify)
        return self._beside(
            hybrid(model, notes.local_engine(progress=notes.progress), notes.languages.tell, verify=verify)
        )

    @property
    def _local(self) -> Engine:
        """The engine that reads the notes meanwhile."""
        return self._beside(self._notes.local_engine(progress=self._notes.progress))

    def _beside(self, engine: Engine) -> Engine:
        """Return an engine with the team's trackers, which are found on this machine."""
        from notesense.wiring.tracking import beside

        notes = self._notes
        return beside(engine, notes.trackers, notes.embedder, notes.settings)

    def _asker(self, terms: Terms, model: Sender) -> Asker:
        """Return the engine that asks as it would be sent: redacted, nothing that is restricted."""
        privacy = self._work(terms).privacy
        if not privacy.redacted:
            return Asker(self._engine(terms, privacy.around(model)))
        known = privacy.known()
        overhearing = Overhearing(privacy.around(model, known), known)
        return Asker(self._engine(terms, overhearing), overhearing.names)

    def _reader(self, terms: Terms, model: Sender, names: Sequence[str]) -> Engine:
        """Return the engine that reads over answers, redacted as it was when they were asked for."""
        return self._engine(terms, self._work(terms).privacy.around(self._kept(terms, model), together(names)))

    def _kept(self, terms: Terms, model: Sender) -> LanguageModel:
        """Return the model with its answers remembered; its calls were recorded when the answers came."""
        from notesense.workflows.layers.remembering import Remembering

        work = self._work(terms)
        return Remembering(model, self._notes.records, work.spending, work.known_as)

    def _announce(self, terms: Terms, notes: int, characters: int) -> None:
        work = self._work(terms)
        work.privacy.announce(notes, characters, work.endpoint.host, terms.model)

    def _recall(self, terms: Terms, request: Request) -> Reply | None:
        from notesense.workflows.layers.remembering import known

        return known(self._notes.records, request, self._work(terms).known_as)

    def _planned(self, terms: Terms, request: Request) -> PlannedRequest:
        work = self._work(terms)
        return planned_request(request, work.as_sent, work.estimator.expected(request))

    def _price(self, terms: Terms, usage: Usage) -> Usage:
        price = self._work(terms).price
        cost = price.times(self._notes.settings.batch_share).cost(usage) if price else None
        return usage.model_copy(update={"cost_usd": cost})

    def _alone(self) -> AbstractContextManager[None]:
        from notesense.adapters.lock import held

        settings = self._notes.settings
        return held(settings.home / "batches.lock", settings.lock_seconds, "batches")


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
