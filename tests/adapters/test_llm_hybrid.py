"""The hybrid engine: the local engine's choice of passages, and what of a note is sent."""

import datetime
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from evals import attention as setting

from fakes import FakeModel
from notesense.adapters.embedding.minilm import MiniLM
from notesense.adapters.llm.hybrid import hybrid
from notesense.adapters.local.attention import FILE, Attention, Pair, is_transcript, load
from notesense.adapters.local.engine import LocalEngine
from notesense.adapters.local.features import Floats, read
from notesense.adapters.local.model import load as load_model
from notesense.core.claims import Claim
from notesense.core.note import Note
from notesense.core.vocabulary import Channel
from notesense.errors import EmbeddingError, EngineError
from notesense.evaluation.datasets import LabelledNote

CALL = """Maya (us): Good morning, how was the weekend?
Ruth Ekholm: Fine, we went to the lake with the children.
Maya (us): And the weather?
Ruth Ekholm: Sunny. The water was cold though.
Maya (us): My dog loves the water.
Ruth Ekholm: Ours, too. He is nine now.
Ruth Ekholm: The conveyor stopped three times last week and we lost a whole shift each time.
Maya (us): I am sorry to hear that.
"""


def note(text: str = CALL, name: str = "n1", channel: Channel = Channel.CALL) -> Note:
    return Note(id=name, account="Ekholm", date=datetime.date(2025, 9, 10), channel=channel, text=text)


@pytest.fixture(scope="module")
def local() -> LocalEngine:
    published = MiniLM()
    try:
        published.tuned({})
    except EmbeddingError as error:
        pytest.skip(error.message)
    return LocalEngine(published)


@pytest.mark.parametrize(
    ("scores", "chosen"),
    [
        ([0.9, 0.2, 0.0, 0.2, 0.9], {0, 1, 3, 4}),
        ([0.2, 0.9, 0.01, 0.2], {0, 1}),
        ([0.2, 0.2], set()),
        ([0.5], {0}),
        ([], set()),
    ],
)
def test_a_passage_is_chosen_from_a_threshold_on_and_its_neighbours_from_a_lower_one(
    scores: list[float], chosen: set[int]
) -> None:
    assert Pair(0.5, 0.1).chosen(np.array(scores, np.float32)) == chosen


def test_transcripts_have_thresholds_of_their_own() -> None:
    attention = Attention(Pair(0.5, 0.5), Pair(0.1, 0.1), "m")
    scores = np.full(8, 0.2, np.float32)
    call, mail, bare = read(note()), read(note(channel=Channel.EMAIL)), read(note("It leaks. We met."))
    assert [is_transcript(each) for each in (call, mail, bare)] == [True, False, False]
    assert attention.chosen(call, scores) == set()
    assert attention.chosen(mail, scores) == set(range(8))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"transcripts": ["high", 0], "others": [0, 0], "model": ""}'])
def test_thresholds_that_cannot_be_read_are_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(EngineError, match="Cannot read the thresholds"):
        load(tmp_path / "none.json")
    (tmp_path / "bad.json").write_text(text)
    with pytest.raises(EngineError, match="Cannot read the thresholds"):
        load(tmp_path / "bad.json")


def test_the_thresholds_were_set_for_the_model_that_ships_and_keep_what_they_promise() -> None:
    told = json.loads(FILE.read_text("utf-8"))
    assert told["model"] == load_model().version, "stale thresholds: run python -m evals.attention"
    assert told["dev_covered"] >= setting.COVERED
    assert told["dev_transcripts"] <= setting.SENT < 0.6


def test_the_local_engine_gives_each_passage_a_score_and_none_to_repetitions(local: LocalEngine) -> None:
    copied = f"{CALL}\n> The conveyor stopped three times last week and we lost a whole shift each time.\n"
    readings = [read(note()), read(note("...")), read(note(copied))]
    first, none, twice = local.attention(readings)
    assert len(first) == len(readings[0].passages)
    assert int(np.argmax(first)) == next(p.ordinal for p in readings[0].passages if "stopped" in p.text)
    assert len(none) == 0
    assert twice[-1] == 0.0


def test_what_nobody_needs_to_read_is_not_sent(local: LocalEngine) -> None:
    model = FakeModel(lambda request: {"signals": []})
    engine = hybrid(model, local, lambda text: ("", 0.0))
    found = list(engine.extract([note(), note("...", "n2")]))
    assert [drafts.note_id for drafts in found] == ["n1", "n2"]
    (request,) = model.asked
    sent = request.messages[1].text
    assert "The conveyor stopped three times" in sent
    assert "..." in sent
    assert len(sent) < len(CALL)
    assert engine.name == "hybrid"
    assert local.shipped.version in engine.version


def labelled(name: str, scores: list[float], carrying: int, channel: Channel = Channel.CALL) -> setting.Seen:
    text = "".join(f"{('Maya (us)', 'Ruth')[n % 2]}: Belt {n} stands still.\n" for n in range(len(scores)))
    one = note(text, name, channel)
    words = f"Belt {carrying} stands still"
    start = text.index(words)
    claim = Claim(kind="pain_point", quote=words, start=start, end=start + len(words))
    found: Floats = np.array(scores, np.float32)
    return setting.Seen(LabelledNote(note=one, labels=(claim,), where="x:1", file=Path("x")), read(one), found)


def test_transcripts_use_what_they_may_send_and_other_notes_send_as_little_as_covers_enough() -> None:
    calls = [labelled("a", [0.9] + [0.0] * 9, 0), labelled("b", [0.004] * 2 + [0.0] * 8, 1)]
    mails = [labelled("c", [0.3] + [0.001] * 9, 0, Channel.EMAIL)]
    found = setting.decided([*calls, *mails], "m")
    measured = setting.measure([*calls, *mails], found)
    assert (measured.transcripts.coverage, measured.every.coverage) == (1.0, 1.0)
    assert 0 < measured.transcripts.share <= setting.SENT
    assert found.transcripts.threshold <= 0.004
    assert found.others.threshold > 0.001
    assert measured.every.sent - measured.transcripts.sent == len("Belt 0 stands still.")
    assert setting.told(measured).startswith("transcripts: 1.000 of 2 labelled signals covered")


def test_where_nothing_covers_enough_the_best_is_taken_and_not_written(tmp_path: Path, monkeypatch: Any) -> None:
    lost = [labelled("a", [0.9] + [0.0] * 9, 0), labelled("b", [-1.0] * 10, 4, Channel.EMAIL)]
    assert setting.measure(lost, setting.decided(lost, "m")).every.covered < 2
    monkeypatch.setattr(setting, "seen", lambda engine, folder: lost)
    with pytest.raises(SystemExit, match="covers too few"):
        setting.write(LocalEngine(MiniLM()), tmp_path / "attention.json")
    assert not (tmp_path / "attention.json").exists()
