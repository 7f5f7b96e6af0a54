"""The two plain methods that stand beside every result."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from evaluation.labelled import note, write
from fakes import FakeEmbedder
from notesense.core.note import Note
from notesense.core.signal import Extraction
from notesense.evaluation.datasets import read_dataset
from notesense.evaluation.keywords import Keywords
from notesense.evaluation.similarity import GRID, Similarity, tuned

NOTE = Note(
    id="n", account="Harlow", date=datetime.date(2026, 3, 4), text="We're unhappy: it’s too expensive. The sun shone."
)


def test_keywords_claim_what_holds_a_cue() -> None:
    (drafts,) = Keywords().extract([NOTE])
    assert {draft.kind for draft in drafts.drafts} == {"pain_point", "price_value"}
    assert all(draft.quote in NOTE.text for draft in drafts.drafts)
    assert all(NOTE.text.startswith(draft.quote, draft.start or 0) for draft in drafts.drafts)


def test_similarity_claims_the_nearest_definition_from_the_threshold_on() -> None:
    text = "A concrete promise by either side to do something after this interaction.\nZzz qqq."
    given = NOTE.model_copy(update={"text": text})
    (drafts,) = Similarity(FakeEmbedder(dimension=4096), 0.6).extract(
        [given, NOTE.model_copy(update={"text": "?"})][:1]
    )
    (draft,) = drafts.drafts
    assert (draft.kind, draft.confidence) == ("commitment", pytest.approx(1.0, abs=0.15))
    assert Similarity(FakeEmbedder(), 0.6).version != Similarity(FakeEmbedder(), 0.7).version


def test_the_threshold_is_the_best_one_on_other_notes(tmp_path: Path) -> None:
    data = read_dataset([write(tmp_path / "a.jsonl", note(signals=[]))])

    def read(engine: Similarity) -> Any:
        assert engine.threshold == GRID[0]
        return lambda notes: [Extraction(note_id=one.id, engine="similarity") for one in notes]

    assert tuned(data.notes, FakeEmbedder(), read) in GRID
