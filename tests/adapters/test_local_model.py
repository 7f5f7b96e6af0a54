"""The trained file: four bits a number come back close to what they were, and a file is read whole or refused."""

from pathlib import Path

import numpy as np
import pytest

from notesense.adapters.local.features import DENSE, WIDTH
from notesense.adapters.local.heads import Choice, Heads
from notesense.adapters.local.model import Trained, load, pack, save, unpack
from notesense.errors import EngineError


def trained() -> Trained:
    random = np.random.default_rng(3)
    heads = Heads(
        kinds=("praise", "expectation"),
        weights=random.normal(size=(DENSE, 2)).astype(np.float32),
        bias=np.array([-1, -2], np.float32),
        tags=("person",),
        tag_weights=random.normal(size=(WIDTH, 1)).astype(np.float32),
        tag_bias=np.zeros(1, np.float32),
        thresholds=np.array([0.4, 0.6], np.float32),
        calibration=np.array([1, 0, 0], np.float32),
        choices={
            "expectation.topic": Choice(("", "support"), np.ones((DENSE, 2), np.float32), np.zeros(2, np.float32))
        },
    )
    changes = {
        "layer.weight": (random.normal(size=(8, 12)) * 0.01).astype(np.float32),
        "layer.bias": random.normal(size=8).astype(np.float32),
    }
    return Trained(changes, heads, {"version": "local-test"})


def test_four_bits_keep_nearly_all_of_a_change() -> None:
    change = (np.random.default_rng(5).normal(size=(64, 384)) * 0.004).astype(np.float32)
    codes, scale = pack(change)
    assert codes.nbytes == change.size // 2
    assert np.linalg.norm(unpack(codes, scale) - change) < 0.12 * np.linalg.norm(change)


def test_a_row_without_change_stays_so() -> None:
    assert not unpack(*pack(np.zeros((3, 4), np.float32))).any()


def test_a_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    wanted, file = trained(), tmp_path / "model.npz"
    save(wanted, file)
    found = load(file)
    assert found.version == "local-test"
    assert found.heads.kinds == ("praise", "expectation")
    assert np.array_equal(found.heads.weights, wanted.heads.weights)
    assert found.heads.choices["expectation.topic"].pick(np.zeros(DENSE, np.float32)) == ("", 0.5)
    assert np.allclose(found.changes["layer.bias"], wanted.changes["layer.bias"], atol=1e-3)
    assert np.allclose(found.changes["layer.weight"], wanted.changes["layer.weight"], atol=3e-3)


def test_the_same_training_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.npz", "two.npz"):
        save(trained(), tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_missing_or_broken_file_is_an_engine_error(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="Cannot read"):
        load(tmp_path / "none.npz")
    save(trained(), tmp_path / "short.npz")
    whole = (tmp_path / "short.npz").read_bytes()
    (tmp_path / "short.npz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(EngineError, match="Cannot read"):
        load(tmp_path / "short.npz")


def test_another_format_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notesense.adapters.local.model.FORMAT", 99)
    save(trained(), tmp_path / "new.npz")
    monkeypatch.undo()
    with pytest.raises(EngineError, match="another format"):
        load(tmp_path / "new.npz")
