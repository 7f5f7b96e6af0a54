"""Trackers learned from a few examples: what is found, what is remembered, and what stands beside another engine."""

import datetime
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from fakes import FakeEmbedder, FakeEngine
from notesense.adapters.embedding.minilm import MiniLM
from notesense.adapters.local import fewshot, learned
from notesense.adapters.local.trackers import TrackerEngine, WithTrackers
from notesense.adapters.trackers import load
from notesense.core.note import Note
from notesense.core.signal import Draft, Drafts
from notesense.core.trackers import Tracker, Trackers
from notesense.workflows.remembering import RememberingEmbedder

EVALS = Path(__file__).parents[2] / "evals" / "trackers"
OURS = load(EVALS / "trackers.yaml")


def note(text: str, number: int = 0) -> Note:
    return Note(id=f"n{number}", account="Harlow", date=datetime.date(2026, 3, 4), text=text)


def drafts_of(engine: TrackerEngine, text: str) -> tuple[Draft, ...]:
    (drafts,) = engine.extract([note(text)])
    return drafts.drafts


@pytest.fixture(scope="module")
def embedder() -> RememberingEmbedder:
    return RememberingEmbedder(MiniLM())


@pytest.fixture(scope="module")
def readers(embedder: RememberingEmbedder) -> tuple[fewshot.Learned, ...]:
    return fewshot.learn(OURS, embedder)


@pytest.fixture(scope="module")
def engine(embedder: RememberingEmbedder, readers: tuple[fewshot.Learned, ...]) -> TrackerEngine:
    return TrackerEngine(OURS, embedder, lambda: readers)


def test_most_of_what_is_meant_is_found_in_other_words(
    embedder: RememberingEmbedder, readers: tuple[fewshot.Learned, ...]
) -> None:
    told = [json.loads(line) for line in (EVALS / "sentences.jsonl").read_text(encoding="utf-8").splitlines()]
    vectors = np.asarray(embedder.embed([row["text"] for row in told]), np.float64)
    hits = {reader.name: reader.scores(vectors) >= 0 for reader in readers}
    found = sum(hits[row["tracker"]][at] for at, row in enumerate(told) if row["is"])
    mistaken = sum(hits[row["tracker"]][at] for at, row in enumerate(told) if not row["is"])
    assert (len(told), found >= 55, mistaken <= 10) == (200, True, True)


def test_no_test_sentence_is_an_example_or_ordinary() -> None:
    known = {text for one in OURS.trackers for text in (*one.examples, *one.not_examples)} | set(fewshot.background())
    lines = (EVALS / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    assert not known & {json.loads(line)["text"] for line in lines}
    assert len(fewshot.background()) == 400


def test_what_a_user_puts_right_stays_right(engine: TrackerEngine) -> None:
    tracker = OURS.trackers[0]
    (yes,) = engine.extract([note("\n".join(tracker.examples))])
    (no,) = engine.extract([note("\n".join(tracker.not_examples))])
    assert sum(draft.kind == tracker.name for draft in yes.drafts) == len(tracker.examples)
    assert not any(draft.kind == tracker.name for draft in no.drafts)


def test_quotes_stand_in_the_note_and_ordinary_talk_is_left_alone(engine: TrackerEngine) -> None:
    text = (
        "Lunch was fine.\n“Their privacy officer asks where the backups sit.”\nThe pumps leak again.\n"
        "> “Their privacy officer asks where the backups sit.”\n"
    )
    (drafts,) = engine.extract([note(text)])
    found = [draft for draft in drafts.drafts if draft.kind == "data_residency"]
    assert len(found) == 1
    assert found[0].start is not None
    assert text[found[0].start :].startswith(found[0].quote)
    assert found[0].quote.startswith("Their privacy")
    assert not found[0].quote.endswith((".", "”"))
    assert 0.3 <= found[0].confidence <= 0.99
    assert not drafts_of(engine, "Lunch was fine. See you on Monday.")


def test_a_passage_that_is_clearly_one_trackers_is_not_anothers_too(
    engine: TrackerEngine, embedder: RememberingEmbedder, readers: tuple[fewshot.Learned, ...]
) -> None:
    said = "Their privacy officer asks in which country the backups are held."
    rows = np.asarray(embedder.embed([said]), np.float64)
    alone = [reader.name for reader in readers if reader.scores(rows)[0] >= 0]
    assert len(alone) > 1
    assert [draft.kind for draft in drafts_of(engine, said)] == ["data_residency"]


class Always:
    """A reader that finds everything."""

    name = "odd"

    def scores(self, vectors: np.ndarray) -> np.ndarray:
        return np.ones(len(vectors))


def test_clauses_of_one_sentence_are_one_statement_and_one_word_is_none() -> None:
    text = "Marek brought up sovereignty again, he wants everything to remain on Polish soil. Yes. It rains a lot."
    always = TrackerEngine(OURS, FakeEmbedder(), lambda: (Always(),))  # type: ignore[arg-type,return-value]
    assert [draft.quote for draft in drafts_of(always, text)] == [
        "Marek brought up sovereignty again, he wants everything to remain on Polish soil",
        "It rains a lot",
    ]


def test_the_same_note_gets_the_same_answer_in_any_batch(
    engine: TrackerEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = [note(f"Nothing may leave Canada. Call {n}.\nHR stopped all hiring.", n) for n in range(5)]
    whole = [one.drafts for one in engine.extract(notes)]
    monkeypatch.setattr("notesense.adapters.local.trackers._BATCH_PASSAGES", 4)
    assert [one.drafts for one in engine.extract(notes)] == whole
    assert [one.note_id for one in engine.extract(notes)] == [f"n{n}" for n in range(5)]
    assert list(engine.extract([])) == []
    assert drafts_of(engine, "...") == ()


def test_nothing_is_embedded_that_the_index_does_not_need(readers: tuple[fewshot.Learned, ...]) -> None:
    plain = FakeEmbedder(dimension=384)
    list(TrackerEngine(OURS, plain, lambda: readers).extract([note("It leaks. Nothing may leave.")]))
    assert plain.asked == ["It leaks.", "Nothing may leave."]


def test_a_tracker_without_negative_examples_can_be_learned() -> None:
    bare = Trackers(trackers=(Tracker(name="a", definition="b c", examples=("d e", "f g", "h i")),))
    (reader,) = fewshot.learn(bare, FakeEmbedder())
    assert (reader.not_examples.shape, reader.mistaken) == ((0, 64), 0)
    assert np.isfinite(reader.scores(np.asarray(FakeEmbedder().embed(["d e", "x"]), np.float64))).all()


class TestCache:
    def test_learning_is_done_once_for_a_file_and_an_embedder(self, tmp_path: Path) -> None:
        cache = tmp_path / "new" / "trackers.npz"
        first, again, other = FakeEmbedder(), FakeEmbedder(), FakeEmbedder(fingerprint="words-2")
        one = learned.learned(OURS, first, cache)
        two = learned.learned(OURS, again, cache)
        assert (bool(first.asked), again.asked) == (True, [])
        assert cache.stat().st_mode & 0o077 == 0
        rows = np.asarray(FakeEmbedder().embed(["Nothing may leave Canada", "lunch"]), np.float64)
        for a, b in zip(one, two, strict=True):
            assert (a.name, a.found, a.mistaken) == (b.name, b.found, b.mistaken)
            assert (a.scores(rows) == b.scores(rows)).all()
        learned.learned(OURS, other, cache)
        assert other.asked
        fewer = Trackers(trackers=OURS.trackers[:2])
        assert [reader.name for reader in learned.learned(fewer, other, cache)] == ["data_residency", "reference_offer"]

    @pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 broken"])
    def test_a_damaged_cache_is_made_again(self, tmp_path: Path, content: bytes) -> None:
        cache = tmp_path / "trackers.npz"
        cache.write_bytes(content)
        assert len(learned.learned(OURS, FakeEmbedder(), cache)) == 5
        again = FakeEmbedder()
        learned.learned(OURS, again, cache)
        assert again.asked == []

    def test_a_cache_that_cannot_be_written_costs_time_alone(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        assert len(learned.learned(OURS, FakeEmbedder(), tmp_path / "file" / "trackers.npz")) == 5
        assert len(learned.learned(OURS, FakeEmbedder(), None)) == 5


class Broken:
    name, version = "local", "7"

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        yield from (Drafts(note_id=one.id, error="broke") for one in notes)


def test_trackers_stand_beside_another_engine(engine: TrackerEngine) -> None:
    inner = FakeEngine(lambda one: [Draft(kind="pain_point", quote="It leaks")], name="local", version="7")
    both = WithTrackers(inner, engine)
    assert (both.name, both.version) == ("local", f"7+{OURS.mark}")
    (drafts,) = both.extract([note("It leaks. Nothing of ours may be held outside the EU.")])
    assert [draft.kind for draft in drafts.drafts][:2] == ["pain_point", "data_residency"]
    (failed,) = WithTrackers(Broken(), engine).extract([note("Nothing of ours may be held outside the EU.")])
    assert (failed.error, failed.drafts) == ("broke", ())
