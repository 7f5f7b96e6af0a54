"""The judge of later words: how a pair is read, what a file must hold, and what the shipped model tells apart."""

from pathlib import Path

import numpy as np
import pytest

from notesense.adapters.embedding.encoder import Tokens
from notesense.adapters.embedding.minilm import MiniLM
from notesense.adapters.local import model
from notesense.adapters.local.judge import (
    CLASSES,
    LONGEST,
    MODEL,
    WIDTH,
    LocalJudge,
    Ruling,
    joined,
    load,
    pooled,
    save,
    softmax,
    summed,
)
from notesense.core.bearing import Pair
from notesense.errors import EngineError

PAIR = Pair(kind="commitment", owner="us", earlier="we send it", later="it came")


class Letters:
    """A stand-in for the encoder: a token a letter, and a state that tells the letter's number."""

    first, last = 1, 2

    def tokens(self, text: str) -> Tokens:
        ids = np.array([ord(letter) for letter in text], np.int64)
        return Tokens(ids, np.arange(len(ids)), np.arange(1, len(ids) + 1))

    def states(self, windows):
        for ids in windows:
            yield np.repeat(ids[:, np.newaxis].astype(np.float32) / 1000, WIDTH, 1)


class Published:
    """Gives the letters, and remembers with which changes it was asked for them."""

    def __init__(self) -> None:
        self.changes: dict[str, np.ndarray] = {}

    def tuned(self, changes):
        self.changes = changes
        return Letters()


def ruling(**about: object) -> Ruling:
    random = np.random.default_rng(7)
    weights = random.normal(size=(5 * WIDTH, len(CLASSES))).astype(np.float32)
    name = "encoder.layer.5.output.dense.bias"
    changes = {name: np.ones(WIDTH, np.float32)}
    told = {"version": "judge-test", "engine": model.load().version, **about}
    return Ruling(changes, weights, np.zeros(len(CLASSES), np.float32), told)


def test_a_pair_is_one_sequence_with_the_kind_before_the_statement() -> None:
    ids, middle = joined(PAIR, Letters())
    text = "us commitment: we send it"
    assert ids[0] == 1
    assert "".join(map(chr, ids[1:middle])) == text
    assert ids[middle] == ids[-1] == 2
    assert "".join(map(chr, ids[middle + 1 : -1])) == "it came"


def test_long_texts_are_cut() -> None:
    ids, middle = joined(Pair(kind="praise", earlier="a" * 500, later="b" * 500), Letters())
    assert (middle, len(ids)) == (LONGEST + 1, 2 * LONGEST + 3)


def test_features_tell_both_sides_apart() -> None:
    states = np.repeat(np.array([9, 1, 3, 0, 5, 0], np.float32)[:, np.newaxis], WIDTH, 1)
    row = pooled(states, 3).reshape(5, WIDTH)
    assert row[:, 0].tolist() == [9, 2, 5, 3, 10]
    empty = pooled(np.repeat(np.array([9, 0, 0], np.float32)[:, np.newaxis], WIDTH, 1), 1)
    assert np.isfinite(empty).all()


def test_likelihoods_sum_to_one() -> None:
    shares = softmax(np.array([[1000.0, 0, 0], [0, 0, 0]], np.float32))
    assert np.allclose(shares.sum(1), 1)
    assert shares[0, 0] == pytest.approx(1)


def test_changes_are_added_to_those_of_the_engine(tmp_path: Path) -> None:
    save(ruling(), tmp_path / "j.npz")
    published = Published()
    (verdict,) = LocalJudge(published, tmp_path / "j.npz").weigh([PAIR])
    assert 0 <= verdict.none <= 1
    name = "encoder.layer.5.output.dense.bias"
    assert np.allclose(published.changes[name], model.load().changes[name] + 1, atol=1e-3)
    assert published.changes.keys() == model.load().changes.keys()
    assert summed({"a": np.zeros(1, np.float32)}, {"b": np.ones(1, np.float32)}).keys() == {"a", "b"}


def test_nothing_to_weigh_needs_no_weights(tmp_path: Path) -> None:
    assert LocalJudge(Published(), tmp_path / "none.npz").weigh([]) == ()


@pytest.mark.parametrize("about", [{"engine": "local-other"}, {"version": None, "engine": None}])
def test_a_model_of_another_engine_is_refused(tmp_path: Path, about: dict[str, object]) -> None:
    save(ruling(**about), tmp_path / "j.npz")
    with pytest.raises(EngineError, match="belongs to another engine"):
        load(tmp_path / "j.npz")


@pytest.mark.parametrize("content", [b"", b"no archive", None])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "j.npz"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(EngineError, match="Cannot read the model of later words"):
        load(file)


def test_another_format_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "j.npz").open("wb") as stream:
        about = np.frombuffer(b'{"format": 99}', np.uint8)
        np.savez(stream, about=about, weights=np.zeros(1), bias=np.zeros(1))
    with pytest.raises(EngineError, match="another format"):
        load(tmp_path / "j.npz")


def test_the_shipped_model_sees_what_dev_pairs_tell() -> None:
    from evals.train_judge import PAIRS, measure
    from evals.written_pairs import written_pairs

    figures = measure(LocalJudge(MiniLM()), written_pairs(PAIRS / "dev"))
    assert figures["settles"][1] > 0.65
    assert all(f1 > 0.45 for _, _, f1 in figures.values())


def test_the_shipped_model_fits_its_data() -> None:
    from evals.train_judge import PAIRS
    from evals.train_local import files_hash

    assert load(MODEL).about["train_sha256"] == files_hash(PAIRS / "train")
