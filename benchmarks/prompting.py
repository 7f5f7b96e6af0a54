"""How much is sent to a model for a note, counted in characters, and what the hybrid engine leaves out.

LangExtract with its defaults and the annotation guide as its prompt was measured on notes of about 1,250 characters:
12.4 characters of messages for each character of note, 1.7 requests a note. The test notes are cut to that length. What
we send is counted without and with the schema of the answer, which goes along with every request and is paid for.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from evals import attention

from benchmarks.outcome import Outcome
from notesense.adapters.embedding.minilm import MiniLM
from notesense.adapters.llm.engine import LlmEngine
from notesense.adapters.local.attention import load
from notesense.adapters.local.engine import LocalEngine
from notesense.core.note import Note
from notesense.core.requests import Reply, Request
from notesense.evaluation.datasets import read_dataset

TEST = Path(__file__).parents[1] / "evals" / "datasets" / "test"
LENGTH = 1_250
LANGEXTRACT, LANGEXTRACT_REQUESTS = 12.4, 1.7


class Nobody:
    """A language model that keeps what it is asked and finds nothing."""

    name = "nobody:nothing"

    def __init__(self) -> None:
        self.asked: list[Request] = []

    def answer(self, requests: Iterable[Request]) -> Iterator[Reply]:
        """Answer without a signal."""
        for request in requests:
            self.asked.append(request)
            yield Reply(data={"signals": []})


def measure() -> list[Outcome]:
    """Return characters and requests a note, and what hybrid sends and covers."""
    model = Nobody()
    notes = [_short(one.note) for one in read_dataset([TEST]).notes]
    list(LlmEngine(model).extract(notes))
    length = sum(len(note.text) for note in notes)
    sent = sum(request.characters for request in model.asked) / length
    form = len(json.dumps(model.asked[0].form, separators=(",", ":"))) * len(model.asked) / length
    each = len(model.asked) / len(notes)
    return [
        *(
            Outcome(what, f"{ours:.2f}", f"{LANGEXTRACT}", ours / LANGEXTRACT, at_most=0.5)
            for what, ours in (
                (f"characters of messages a note's ({length // len(notes):,})", sent),
                ("the same with the answer's schema", sent + form),
            )
        ),
        Outcome("requests a note", f"{each:.2f}", f"{LANGEXTRACT_REQUESTS}", each, at_most=1.0),
        *_hybrid(),
    ]


def _short(note: Note) -> Note:
    """Return the note's first words, as many as there is room for."""
    text = note.text[: LENGTH + 1]
    return note.model_copy(update={"text": text.rsplit(maxsplit=1)[0] if len(text) > LENGTH else text})


def _hybrid() -> list[Outcome]:
    local, thresholds = LocalEngine(MiniLM()), load()
    dev, test = (attention.measure(attention.seen(local, folder), thresholds) for folder in (attention.DEV, TEST))
    return [
        Outcome(
            "hybrid: share of transcripts that is sent",
            f"{test.transcripts.share:.3f}",
            "1",
            test.transcripts.share,
            at_most=0.6,
        ),
        Outcome("hybrid: labels covered (dev)", f"{dev.every.coverage:.3f}", "1", dev.every.coverage, at_least=0.97),
    ]
