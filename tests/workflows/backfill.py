"""An office for batches over the real Batch API adapter and a loopback server, for tests. All answers are test data."""

import contextlib
import datetime
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from fake_batches import FakeBatches
from fakes import FakeRecords, FakeStore
from notesense.adapters.llm.batch import OpenAIBatches, Way
from notesense.adapters.llm.endpoint import endpoint
from notesense.adapters.llm.steps import Step
from notesense.core.batches import Terms
from notesense.core.expenses import planned_request
from notesense.core.note import Note
from notesense.core.passages import passages
from notesense.core.ports import LanguageModel, SignalFilter
from notesense.core.prices import Price
from notesense.core.requests import Message, Reply, Request
from notesense.core.signal import Draft, Drafts, Extraction, Usage
from notesense.workflows.batches.office import Asker, Office
from notesense.workflows.layers.remembering import Remembering
from notesense.workflows.layers.spending import Spending
from serving.server import MODEL, ModelServer, text_of

FORM = {
    "type": "object",
    "properties": {"said": {"type": "string"}},
    "required": ["said"],
    "additionalProperties": False,
}


HALF = Price(input=1.0, output=4.0)


def question(text: str, note: Note | None = None, part: int = 1) -> Request:
    """Ask in JSON for what a line says."""
    about = {"note_id": note.id, "account": note.account} if note else {}
    messages = (Message(role="system", text="Answer in JSON."), Message(role="user", text=text))
    return Request(task="test.v1", messages=messages, form=FORM, form_name="said", part=part, **about)


def said_again(body: dict[str, Any]) -> Any:
    """Answer with the last line that was asked about."""
    return {"said": text_of(body).splitlines()[-1]}


class LineEngine:
    """Port `Engine`: asks a model about each line of a note; what it says of it is claimed as a pain point."""

    name = "llm"
    version = "1"

    def __init__(self, model: LanguageModel, batch: int = 3) -> None:
        self.model = model
        self.batch = batch

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        asked = [(note, n, line) for note in notes for n, line in enumerate(note.text.splitlines(), 1)]
        replies = self.model.answer(question(line, note, n) for note, n, line in asked)
        by_note: dict[str, list[Reply]] = {note.id: [] for note in notes}
        for (note, _, _), reply in zip(asked, replies, strict=True):
            by_note[note.id].append(reply)
        for note in notes:
            failed = [f"{one.failure} ({one.detail})" for one in by_note[note.id] if one.failure]
            drafts = [Draft(kind="pain_point", quote=one.data["said"]) for one in by_note[note.id] if one.data]
            yield Drafts(note_id=note.id, drafts=tuple(drafts), error=failed[0] if failed else None)


class Bureau:
    """What outlives a stop: notes, batches, remembered answers. `office` is new for every run, `ahead` is its clock."""

    def __init__(
        self, server: ModelServer, store: Any = None, batches: Any = None, api: Any = None, records: Any = None
    ) -> None:
        self.server = server
        self.store = store or FakeStore()
        self.records = records or FakeRecords()
        self.batches = batches or FakeBatches(self.records)
        self.read: list[str] = []
        self.environment = {"OPENAI_BASE_URL": server.url}
        self.trials = 0
        self.ahead = datetime.timedelta()
        self._api = api
        server.answer = said_again

    @property
    def terms(self) -> Terms:
        return Terms(model=f"openai:{MODEL}", server=self.server.url, engine="llm")

    @property
    def api(self) -> OpenAIBatches:
        """The adapter; making its client takes a tenth of a second, so it serves several offices."""

        def way() -> Way:
            self.trials += 1
            return Way(Step.SCHEMA, True)

        if self._api is None:
            where = endpoint(f"openai:{MODEL}", self.environment)
            self._api = OpenAIBatches(where, way, tries=1, environment={})
        return self._api

    def office(self, wrapped: Callable[[Any], Any] = lambda port: port, engine: Any = LineEngine) -> Office:
        def half(terms: Terms, usage: Usage) -> Usage:
            return usage.model_copy(update={"cost_usd": HALF.cost(usage)})

        return Office(
            store=wrapped(self.store),
            records=wrapped(self.batches),
            server=lambda terms: wrapped(self.api),
            asking=lambda terms, model: Asker(engine(model)),
            reading=lambda terms, model, names: engine(self.kept(model)),
            recall=lambda terms, request: self.records.remembered(request.key, terms.model),
            expected=lambda terms, request: Usage(input_tokens=10, output_tokens=2, cost_usd=6.0),
            planned=lambda terms, request: planned_request(request, lambda one: one.messages, Usage(input_tokens=10)),
            price=half,
            alone=contextlib.nullcontext,
            now=lambda: datetime.datetime.now(datetime.UTC) + self.ahead,
        )

    def kept(self, model: LanguageModel) -> LanguageModel:
        """Return the model with its answers remembered."""
        return Remembering(model, self.records, Spending(), model.name)

    def keep(self, *texts: str, account: str = "Harlow") -> list[Note]:
        """Keep notes as the local engine would, with nothing found."""
        made = []
        for number, text in enumerate(texts):
            note = Note(id=f"n{len(self.store.notes()) + 1}", account=account, date=day(number), text=text)
            self.store.save(note, passages(text), Extraction(note_id=note.id, engine="local"))
            made.append(note)
        return made

    def found(self, note: Note) -> list[str]:
        """Return the quotes that are shown of a note."""
        return [one.signal.quote for one in self.store.signals(SignalFilter(note_id=note.id))]


def day(number: int) -> datetime.date:
    return datetime.date(2026, 3, 1) + datetime.timedelta(days=number)
